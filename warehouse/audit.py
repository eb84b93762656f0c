"""What foreign keys would say: rows that lack the rows they speak of.

There are no foreign keys, because DuckDB's get in the way of appending and copying; this audit asks the same questions.
"""

from __future__ import annotations

from string import Template

import duckdb

from transform.records import RECORD_TYPES


def audit(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Every relation that is broken, as a sentence with the number of rows; empty where all is well."""
    found = ((question, connection.execute(statement).fetchall()[0][0]) for question, statement in _QUESTIONS.items())
    return tuple(f"{count} {question}." for question, count in found if count)


_ALL_RECORDS = " union all ".join(["from store." + table + " select version_id" for table in RECORD_TYPES])

_QUESTIONS: dict[str, str] = {
    "observations speak of a version that is not stored": """
        select count(*) from store.observations anti join store.versions using (version_id)
    """,
    "versions do not have the number of records that they were stored with": Template("""
        select count(*)
        from store.versions as versions
        left join (select version_id, count(*) as n from ($all_records) group by version_id) as counted
            using (version_id)
        where versions.n_records <> coalesce(counted.n, 0)
    """).substitute(all_records=_ALL_RECORDS),
    "runs do not have a visit for every page": """
        select count(*)
        from store.snapshots as snapshots
        left join (
            select snapshot_id, count(verdict) as n from store.visits group by snapshot_id
        ) as visited using (snapshot_id)
        where snapshots.pages_total <> coalesce(visited.n, 0)
    """,
    "visits speak of a declaration that is not stored": """
        select count(*) from store.visits anti join store.declarations using (declaration_id)
    """,
    "captures belong to no run": """
        select count(*) from store.captures anti join store.snapshots using (snapshot_id)
    """,
    "changes speak of a version that is not stored": """
        select count(*)
        from (
            select before_version_id as version_id from store.changes
            union all
            select after_version_id from store.changes
        )
        anti join store.versions using (version_id)
    """,
    "changes told by alerts are not stored": """
        select count(*)
        from (select unnest(change_ids) as change_id from store.alerts)
        anti join store.changes using (change_id)
    """,
    "deliveries belong to no alert": """
        select count(*) from store.deliveries anti join store.alerts using (alert_id)
    """,
    "digests hold a message that is not queued on their channel": """
        select count(*) from store.digest_members anti join store.deliveries using (alert_id, channel)
    """,
}
