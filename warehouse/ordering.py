"""In which order a file's rows lie: page by page, so that what stays the same stands together and takes little room.

Texts that versions of a page have in common are then kept once by DuckDB's dictionaries, and so is whatever stays as it
was from night to night.
"""

from __future__ import annotations

from string import Template

from transform.records import RECORD_TYPES
from warehouse.rows import quoted

_OF_PAGES = {
    "observations": "page_id, observed_at, reading",
    "captures": "page_id, observed_at, snapshot_id, attempt",
    "visits": "page_id, snapshot_id",
    "versions": "page_id, snapshot_id, version_id",
    "readings": "page_id, read_at",
    "links_seen": "page_id, observed_at",
    "changes": "page_id, not_after, change_id",
}

_ROWS = Template("from $schema.$table order by $order")

_RECORDS = Template("""
select records.*
from $schema.$table as records
left join $schema.versions as versions on versions.version_id = records.version_id
order by versions.page_id, records.ordinal, versions.snapshot_id, records.version_id
""")


def page_by_page(table: str, schema: str = "store") -> str:
    """A query of all rows of a stored table, in the order in which a file is to hold them."""
    if table in RECORD_TYPES:
        return _RECORDS.substitute(schema=schema, table=quoted(table))
    if table in _OF_PAGES:
        return _ROWS.substitute(schema=schema, table=quoted(table), order=_OF_PAGES[table])
    return f"from {schema}.{quoted(table)}"
