"""How the copy for readers keeps what grows every night: exchanges, observations and visits, by number instead of text.

Ten thousand pages bring 3.65 million of each a year.  Nearly all of a row says what the night before said: the same
page at the same address gave the same answer, which shows the same version.  So each *answer* is kept once, with the
*content* that was read from it, and of an exchange only when it was, which answer it had, and where it lies in the
archive.
Contents and answers are numbered page by page and exchanges lie run by run, so that numbers, times and places grow in
small steps, of which DuckDB keeps only the steps.  The views of :data:`UNPACKED` give the rows back exactly; publishing
compares them.
"""

from __future__ import annotations

from string import Template

from warehouse.captures import CAPTURE

_CONTENT = (
    *("status", "verdict", "detail", "content_sha256", "text_chars", "media_type", "encoding", "encoding_source"),
    *("text_language", "version_id"),
)
"""What was read from an answer, and what was made of it."""

_ANSWER = ("body_sha256", "bytes", "etag", "last_modified")
"""What an answer has of its own."""

_EXCHANGE = ("snapshot_id", "attempt", "redirects", "requested_at", "final_url", "warc_offset", "error", "seconds")
"""What differs from exchange to exchange, beside its time, its answer and its file in the archive."""

_OBSERVATION = ("page_id", "observed_at", "reading", "version_id", "url", "snapshot_id")

TOLD = "answers_told"
"""Answers before contents are taken out of them; a table that is gone when the copy is made."""

# An observation rests on an exchange of its page, moment and run.  Where several might be meant, and where a moment was
# read anew, the observation is kept by itself.
_TAKEN = """
    with
        several as (
            select page_id, observed_at
            from store.captures
            where resource = 'page'
            group by page_id, observed_at
            having count(*) > 1
        ),
        taken as (
            select addresses.address_no, captures.*, seen.version_id
            from store.captures as captures
            join $copy.addresses as addresses
                on addresses.page_id = captures.page_id
                and addresses.resource = captures.resource
                and addresses.url = captures.url
            left join (
                select page_id, observed_at, version_id, url, snapshot_id
                from store.observations
                anti join several using (page_id, observed_at)
                where reading = 0
            ) as seen
                on seen.page_id = captures.page_id
                and seen.observed_at = captures.observed_at
                and seen.snapshot_id = captures.snapshot_id
                and seen.url = coalesce(captures.final_url, captures.url)
                and captures.resource = 'page'
        )
"""


def _columns(names: tuple[str, ...], of: str) -> str:
    return ", ".join(f"{of}.{name}" for name in names)


def _alike(names: tuple[str, ...], one: str, other: str) -> str:
    return " and ".join(f"{one}.{name} is not distinct from {other}.{name}" for name in names)


_ADDRESSES = """
create table $copy.addresses as
select row_number() over (order by first_at, page_id, resource, url)::integer as address_no, page_id, resource, url
from (select page_id, resource, url, min(observed_at) as first_at from store.captures group by all)
"""

_ANSWERS_TOLD = f"""
create temp table {TOLD} as
{_TAKEN}
select
    row_number() over (order by address_no, first_at, body_sha256, etag, detail)::integer as answer_no,
    * exclude (first_at)
from (
    select address_no, {_columns((*_CONTENT, *_ANSWER), "taken")}, min(observed_at) as first_at
    from taken
    group by all
)
"""  # noqa: S608  our own names

_CONTENTS = f"""
create table $copy.contents as
select row_number() over (order by first_no)::integer as content_no, * exclude (first_no)
from (
    select address_no, {", ".join(_CONTENT)}, min(answer_no) as first_no
    from {TOLD}
    group by all
)
order by content_no
"""  # noqa: S608  our own names

_ANSWERS = f"""
create table $copy.answers as
select
    told.answer_no, contents.content_no,
    told.* exclude (answer_no, address_no, {", ".join(_CONTENT)}) replace (unhex(body_sha256) as body_sha256)
from {TOLD} as told
join $copy.contents as contents on {_alike(("address_no", *_CONTENT), "contents", "told")}
order by told.answer_no
"""  # noqa: S608  our own names

_WARC_FILES = """
create table $copy.warc_files as
select row_number() over (order by first_at, warc_file)::integer as warc_file_no, warc_file
from (
    select warc_file, min(observed_at) as first_at
    from store.captures
    where warc_file is not null
    group by warc_file
)
"""

_RUN_TIMES = """
create table $copy.run_times as
select snapshot_id, min(observed_at) as began_at from store.captures group by snapshot_id order by snapshot_id
"""

# Of two runs one lies backwards: where one ends and the next begins, the same page follows itself.
_EXCHANGES = f"""
create table $copy.exchanges as
{_TAKEN}
select
    told.answer_no, warc_files.warc_file_no, epoch_us(taken.observed_at) - epoch_us(run_times.began_at) as after_us,
    {_columns(_EXCHANGE, "taken")}, taken.capture_id
from taken
join {TOLD} as told on {_alike(("address_no", *_CONTENT, *_ANSWER), "told", "taken")}
join $copy.run_times as run_times on run_times.snapshot_id = taken.snapshot_id
left join $copy.warc_files as warc_files on warc_files.warc_file = taken.warc_file
order by
    taken.snapshot_id,
    if(taken.snapshot_id % 2 = 0, -told.address_no, told.address_no),
    if(taken.snapshot_id % 2 = 0, -after_us, after_us),
    taken.attempt
"""  # noqa: S608  our own names

_AT = "make_timestamptz(epoch_us(run_times.began_at) + exchanges.after_us)"

_LONE_OBSERVATIONS = f"""
create table $copy.lone_observations as
select {", ".join(_OBSERVATION)}
from store.observations
anti join (
    select addresses.page_id, {_AT} as observed_at, 0 as reading
    from $copy.exchanges as exchanges
    join $copy.run_times as run_times on run_times.snapshot_id = exchanges.snapshot_id
    join $copy.answers as answers on answers.answer_no = exchanges.answer_no
    join $copy.contents as contents on contents.content_no = answers.content_no
    join $copy.addresses as addresses on addresses.address_no = contents.address_no
    where contents.version_id is not null
) as packed using (page_id, observed_at, reading)
order by page_id, observed_at, reading
"""  # noqa: S608  our own names

_VISIT_SUBJECTS = """
create table $copy.visit_subjects as
select row_number() over (order by page_id, declaration_id, verdict, detail)::integer as subject_no, *
from (select distinct page_id, declaration_id, verdict, detail from store.visits)
"""

_VISIT_LOG = """
create table $copy.visit_log as
select visits.snapshot_id, subjects.subject_no
from store.visits as visits
join $copy.visit_subjects as subjects
    on subjects.page_id = visits.page_id
    and subjects.declaration_id = visits.declaration_id
    and subjects.verdict is not distinct from visits.verdict
    and subjects.detail = visits.detail
order by visits.snapshot_id, if(visits.snapshot_id % 2 = 0, -subjects.subject_no, subjects.subject_no)
"""

_PACKING = (
    *(_ADDRESSES, _ANSWERS_TOLD, _CONTENTS, _ANSWERS, _WARC_FILES, _RUN_TIMES, _EXCHANGES, f"drop table temp.{TOLD}"),
    *(_LONE_OBSERVATIONS, _VISIT_SUBJECTS, _VISIT_LOG),
)

_OF_CAPTURE = {
    **{name: f"addresses.{name}" for name in ("page_id", "resource", "url")},
    **{name: f"contents.{name}" for name in _CONTENT},
    **{name: f"answers.{name}" for name in _ANSWER},
    **{name: f"exchanges.{name}" for name in (*_EXCHANGE, "capture_id")},
    "body_sha256": "lower(hex(answers.body_sha256)) as body_sha256",
    "observed_at": f"{_AT} as observed_at",
    "warc_file": "warc_files.warc_file",
}

_FROM_EXCHANGES = """
    from store.exchanges as exchanges
    join store.run_times as run_times on run_times.snapshot_id = exchanges.snapshot_id
    join store.answers as answers on answers.answer_no = exchanges.answer_no
    join store.contents as contents on contents.content_no = answers.content_no
    join store.addresses as addresses on addresses.address_no = contents.address_no
"""

UNPACKED: dict[str, str] = {
    "captures": f"""
        select {", ".join(_OF_CAPTURE[name] for name in CAPTURE)}
        {_FROM_EXCHANGES}
        left join store.warc_files as warc_files on warc_files.warc_file_no = exchanges.warc_file_no
    """,
    "observations": f"""
        select
            addresses.page_id, {_AT} as observed_at, 0 as reading, contents.version_id,
            coalesce(exchanges.final_url, addresses.url) as url, exchanges.snapshot_id
        {_FROM_EXCHANGES}
        where contents.version_id is not null
        union all
        select {", ".join(_OBSERVATION)}
        from store.lone_observations
    """,  # noqa: S608  our own names
    "visits": """
        select log.snapshot_id, subjects.page_id, subjects.declaration_id, subjects.verdict, subjects.detail
        from store.visit_log as log
        join store.visit_subjects as subjects on subjects.subject_no = log.subject_no
    """,
}
"""Table of the warehouse that the copy does not have as such, to the view that gives its rows back."""


def packing(copy: str) -> tuple[str, ...]:
    """The statements that pack these tables into a schema of an attached file, in their order."""
    return tuple(Template(statement).substitute(copy=copy) for statement in _PACKING)
