"""Observations: page P showed version V at time T.

A page shows one version at one moment.  The same moment may be read anew, by a better extractor, into another version;
then the later reading stands, and the earlier one is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb
import pandas as pd

from extract.model import PageId
from transform.version import Observation
from warehouse.rows import executed, microseconds, utc


def append_observations(
    connection: duckdb.DuckDBPyConnection, observations: Sequence[Observation], snapshot_id: int
) -> None:
    """Store observations; one that says what is known of its moment changes nothing.

    Of several for one page and moment in the same call, the last one stands.
    """
    last = {(seen.page_id, seen.observed_at): seen for seen in observations}
    if not last:
        return
    executed(connection, _APPEND, _frame(list(last.values())), {"snapshot_id": snapshot_id})


def promoted_before(connection: duckdb.DuckDBPyConnection, page_id: PageId, at: datetime) -> Observation | None:
    """The last observation of a page before a moment (aware), that moment excluded; ``None`` where there is none."""
    return _one(connection, _BEFORE, page_id, at)


def promoted_after(connection: duckdb.DuckDBPyConnection, page_id: PageId, at: datetime) -> Observation | None:
    """The first observation of a page after a moment (aware), that moment excluded; ``None`` where there is none."""
    return _one(connection, _AFTER, page_id, at)


def _frame(observations: list[Observation]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "page_id": [str(seen.page_id) for seen in observations],
            "observed_us": [microseconds(seen.observed_at) for seen in observations],
            "version_id": [seen.version_id for seen in observations],
            "url": [seen.url for seen in observations],
        }
    )


def _one(connection: duckdb.DuckDBPyConnection, statement: str, page_id: PageId, at: datetime) -> Observation | None:
    rows = connection.execute(statement, {"page_id": page_id, "at": at}).fetchall()
    if not rows:
        return None
    version_id, content_sha256, observed_us, url = rows[0]
    return Observation(page_id, version_id, content_sha256, utc(observed_us), url)


_APPEND = """
insert into store.observations (page_id, observed_at, reading, version_id, url, snapshot_id)
with
    seen as (
        select page_id, make_timestamptz(observed_us) as observed_at, version_id, url
        from incoming
    ),
    known as (
        select page_id, observed_at, max(reading) as reading, arg_max(version_id, reading) as version_id
        from store.observations
        semi join seen using (page_id, observed_at)
        group by page_id, observed_at
    )
select
    seen.page_id, seen.observed_at, coalesce(known.reading + 1, 0), seen.version_id, seen.url, $snapshot_id
from seen
left join known using (page_id, observed_at)
where known.version_id is distinct from seen.version_id
"""

_BEFORE = """
select version_id, content_sha256, epoch_us(observed_at), url
from store.observed_contents
where page_id = $page_id and observed_at < $at
order by observed_at desc
limit 1
"""

_AFTER = """
select version_id, content_sha256, epoch_us(observed_at), url
from store.observed_contents
where page_id = $page_id and observed_at > $at
order by observed_at
limit 1
"""
