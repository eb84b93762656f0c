"""What must hold of the tables after every load, each with a name; where it does not, readers keep the copy before.

There are no foreign keys, because DuckDB's get in the way of appending and copying; these audits ask what they would
say, and more.  ``python -m warehouse.audit`` writes ``docs/audits.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.audit_sql import AUDITS, Audit
from warehouse.lake_sql import is_lake

AUDITS_FILE = Path(__file__).parent.parent / "docs" / "audits.md"


@dataclass(frozen=True, slots=True)
class Broken:
    """An audit that does not hold, and of how many rows."""

    audit: Audit
    rows: int

    def __str__(self) -> str:
        return f"{self.audit.name}: {self.rows} {self.audit.says}."


def run_audits(connection: duckdb.DuckDBPyConnection, *, thorough: bool = True) -> tuple[Broken, ...]:
    """The audits that do not hold; empty where all is well.

    Args:
        connection: A warehouse, or a copy of one.
        thorough: Also ask what the keys of a file see to already; always so in a lake, which has none.
    """
    asked = AUDITS if thorough or is_lake(connection) else tuple(audit for audit in AUDITS if not audit.by_keys)
    counted = ((audit, connection.execute(audit.counts).fetchall()[0][0]) for audit in asked)
    return tuple(Broken(audit, rows) for audit, rows in counted if rows)


def audit(connection: duckdb.DuckDBPyConnection, *, thorough: bool = True) -> tuple[str, ...]:
    """Every audit that does not hold and keeps the copy from readers, as a sentence; empty where all is well."""
    return tuple(str(one) for one in run_audits(connection, thorough=thorough) if one.audit.holds_back)


def described() -> str:
    """All audits in Markdown."""
    return "\n".join(_lines(AUDITS)) + "\n"


def _lines(audits: Iterable[Audit]) -> Iterator[str]:
    yield "# Audits"
    yield ""
    yield "Asked in SQL after each load, before the copy for readers is replaced. Where one of them is broken, the copy"
    yield "before it stands, the run says which, and `doctor` goes on saying so; `rebuild --from-archive` derives the"
    yield "tables anew. Those marked *warns* are told by `doctor` alone. Written by `python -m warehouse.audit`."
    yield ""
    yield "| audit | broken where | why it matters | |"
    yield "| --- | --- | --- | --- |"
    for one in audits:
        yield f"| `{one.name}` | {one.says} | {one.why} | {'' if one.holds_back else 'warns'} |"


if __name__ == "__main__":
    AUDITS_FILE.write_text(described(), encoding="utf-8")
