"""The audits, one query each: it counts the rows of which something is not so."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from transform.records import RECORD_TYPES


@dataclass(frozen=True, slots=True)
class Audit:
    """One thing that must hold.

    Attributes:
        name: Its name, as messages and the documentation spell it.
        says: What is the matter, as the rest of a sentence that begins with a number.
        why: What would go wrong for readers, or what it is a sign of.
        counts: SQL that gives one number: of how many rows it is so.
        holds_back: Whether a copy with it is not published.
        by_keys: Whether the keys of a file, or how a file's only writer loads, make it impossible.
    """

    name: str
    says: str
    why: str
    counts: str
    holds_back: bool = True
    by_keys: bool = False


_ORPHANS = Template("select count(*) from $rows anti join store.$parent using ($key)")

_TWICE = Template("""
select count(*)
from (select $key from store.$table group by $key having count(*) > 1)
""")

_UNCOUNTED = Template("""
select count(*)
from (
    select $key
    from $table
    group by $key
    having min($rank) <> $first or max($rank) - min($rank) + 1 <> count(*)
)
""")

_RECORD_COUNTS = Template("""
select count(*)
from store.versions as versions
left join (select version_id, count(*) as n from ($records) group by version_id) as counted using (version_id)
where versions.n_records <> coalesce(counted.n, 0)
""")


def _orphans(name: str, says: str, why: str, rows: str, parent: str, key: str) -> Audit:
    return Audit(name, says, why, _ORPHANS.substitute(rows=rows, parent=parent, key=key))


def _twice(table: str, *key: str) -> Audit:
    return Audit(
        f"twice_{table}",
        f"keys of {table} are there more than once",
        "Joins would count rows twice; two writers to a lake were not kept apart.",
        _TWICE.substitute(table=table, key=", ".join(key)),
        by_keys=True,
    )


def _uncounted(name: str, says: str, why: str, table: str, key: str, rank: str, first: int) -> Audit:
    """Ranks below a key do not run from the first on without a gap."""
    return Audit(name, says, why, _UNCOUNTED.substitute(table=table, key=key, rank=rank, first=first))


_RECORDS = " union all ".join(f"from store.{table} select version_id, ordinal" for table in RECORD_TYPES)
_RANKED = " union all ".join(
    f"from store.{table} select '{table}' as name, version_id, ordinal" for table in RECORD_TYPES
)

AUDITS: tuple[Audit, ...] = (
    _orphans(
        "orphan_observations",
        "observations speak of a version that is not stored",
        "A page would be without content on those days.",
        "(select version_id from store.observations where version_id <> '')",
        "versions",
        "version_id",
    ),
    _orphans(
        "orphan_records",
        "records belong to a version that is not stored",
        "They would be seen on no day.",
        f"({_RECORDS})",
        "versions",
        "version_id",
    ),
    _orphans(
        "orphan_changes",
        "changes speak of a version that is not stored",
        "Before and after could not be looked up.",
        "(select unnest([before_version_id, after_version_id]) as version_id from store.changes)",
        "versions",
        "version_id",
    ),
    _orphans(
        "orphan_quarantine",
        "quarantined records belong to a version that is not stored",
        "Nobody could say which page they come from.",
        "store.quarantine",
        "versions",
        "version_id",
    ),
    _orphans(
        "orphan_visits",
        "visits speak of a declaration that is not stored",
        "Pages would be missing from `pages`.",
        "store.visits",
        "declarations",
        "declaration_id",
    ),
    _orphans(
        "orphan_visit_runs",
        "visits belong to no run",
        "Pages would be missing from `visits` and `coverage`.",
        "store.visits",
        "snapshots",
        "snapshot_id",
    ),
    _orphans(
        "orphan_captures",
        "captures belong to no run",
        "Evidence could not be dated.",
        "store.captures",
        "snapshots",
        "snapshot_id",
    ),
    _orphans(
        "orphan_observation_runs",
        "observations belong to no run",
        "Nobody could say when they became known.",
        "store.observations",
        "snapshots",
        "snapshot_id",
    ),
    _orphans(
        "orphan_alert_changes",
        "changes told by alerts are not stored",
        "People were told of what nobody can look up. Alerts older than the file are of the one that it was restored "
        "for: where another release reads the archive, it finds other changes.",
        "(select unnest(change_ids) as change_id from store.alerts"
        " where created_at >= (select min(applied_at) from store.migrations))",
        "changes",
        "change_id",
    ),
    _orphans(
        "orphan_change_classes",
        "classes told since belong to no change",
        "A backfill was stored in part.",
        "store.change_classes",
        "changes",
        "change_id",
    ),
    _orphans(
        "orphan_deliveries",
        "deliveries belong to no alert",
        "Nothing could be sent.",
        "store.deliveries",
        "alerts",
        "alert_id",
    ),
    _orphans(
        "orphan_digest_members",
        "digests hold a message that is not queued on their channel",
        "It would be sent to people whom no route names.",
        "store.digest_members",
        "deliveries",
        "alert_id, channel",
    ),
    _orphans(
        "orphan_attempts",
        "attempts to deliver belong to no message",
        "What was sent could not be told.",
        "store.delivery_attempts",
        "sending_states",
        "alert_id, channel",
    ),
    Audit(
        "record_counts",
        "versions do not have the number of records that they were stored with",
        "A page would have lost, or gained, records that nobody removed.",
        _RECORD_COUNTS.substitute(records=_RECORDS),
    ),
    Audit(
        "visit_counts",
        "runs do not have a visit for every page",
        "Pages would be missing from `pages` and `coverage`.",
        """
        select count(*)
        from store.snapshots as snapshots
        left join (
            select snapshot_id, count(verdict) as n from store.visits group by snapshot_id
        ) as visited using (snapshot_id)
        where snapshots.pages_total <> coalesce(visited.n, 0)
        """,
    ),
    Audit(
        "verdict_counts",
        "runs whose verdicts do not add up to their pages",
        "`snapshots` and `coverage` would contradict themselves.",
        """
        select count(*)
        from store.snapshots
        where pages_total
            <> pages_verified + pages_suspect + pages_blocked + pages_gone + pages_failed
            or pages_not_modified > pages_verified
        """,
    ),
    _uncounted(
        "gaps_in_runs",
        "gaps in the numbers of runs",
        "A run has been removed; `known_at` rests on their order.",
        "(select 'all' as whole, snapshot_id from store.snapshots)",
        "whole",
        "snapshot_id",
        1,
    ),
    _uncounted(
        "gaps_in_records",
        "versions whose records are not numbered without a gap",
        "The order of the page would be lost, or a record is missing.",
        f"({_RANKED})",
        "name, version_id",
        "ordinal",
        0,
    ),
    Audit(
        "gaps_in_readings",
        "moments whose later readings stand on no earlier one",
        "A rebuild was stored in part: as-of a known moment would be empty.",
        """
        select count(*)
        from store.observations as later
        where later.reading > 0
            and not exists (
                from store.observations as earlier
                where earlier.page_id = later.page_id
                    and earlier.observed_at = later.observed_at
                    and earlier.reading = later.reading - 1
            )
        """,
    ),
    Audit(
        "gaps_before_changes",
        "changes do not lie between two observations of their page",
        "Nobody could say when they happened.",
        """
        select count(*)
        from (
            select page_id, not_before as observed_at from store.changes
            union all
            select page_id, not_after from store.changes
        )
        anti join store.observations using (page_id, observed_at)
        """,
        holds_back=False,
    ),
    Audit(
        "overlaps_in_history",
        "validity intervals end before they begin",
        "A page would have two contents at one moment.",
        "select count(*) from store.intervals where valid_to <= valid_from",
    ),
    Audit(
        "overlaps_in_changes",
        "changes that end before they begin",
        "Nobody could say when they happened.",
        "select count(*) from store.changes where not_after < not_before",
    ),
    _twice("snapshots", "snapshot_id"),
    _twice("versions", "version_id"),
    _twice("observations", "page_id", "observed_at", "reading"),
    _twice("captures", "page_id", "url", "observed_at", "requested_at", "attempt", "capture_id"),
    _twice("changes", "change_id"),
    _twice("alerts", "key"),
    _twice("delivery_attempts", "alert_id", "channel", "attempt"),
    Audit(
        "dates_to_come",
        "observations lie more than a day after the run that made them",
        "The clock of this machine, or of a web archive, is wrong; as-of today would not show them.",
        """
        select count(*)
        from store.observations as observations
        join store.snapshots as snapshots using (snapshot_id)
        where observations.observed_at > snapshots.finished_at + interval 1 day
        """,
        holds_back=False,
    ),
    Audit(
        "dates_before_the_web",
        "observations lie before 1991",
        "There was no page to be seen: a date of a WARC file or a web archive is wrong.",
        "select count(*) from store.observations where observed_at < timestamptz '1991-01-01 00:00:00+00'",
        holds_back=False,
    ),
    Audit(
        "dates_that_end_before_they_begin",
        "dates, events and horizons end before they begin",
        "The page says so, or it was misread: look at their evidence.",
        """
        select
            (select count(*) from store.dates where length(end_on) = length(start_on) and end_on < start_on)
            + (select count(*) from store.events where length(end_on) = length(start_on) and end_on < start_on)
            + (select count(*) from store.strategies where horizon_to < horizon_from)
        """,
        holds_back=False,
    ),
    Audit(
        "runs_that_end_before_they_begin",
        "runs end before they begin",
        "The clock of this machine was set back; `known_at` rests on it.",
        "select count(*) from store.snapshots where finished_at < started_at",
        holds_back=False,
    ),
)
