"""Putting a warehouse in the place of another: what only the old one knows is taken over, the old one is kept."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from string import Template

from warehouse.connection import errors_named, transaction
from warehouse.database import Warehouse
from warehouse.files import give_second_name

_OUTBOX = ("alerts", "deliveries", "digests", "digest_members", "delivery_attempts")

_CARRY = Template("""
insert into store.$table by name
select old.* $renumbered
from before.store.$table as old
$joined
on conflict do nothing
""")

_RENUMBERED = "replace (run.snapshot_id as snapshot_id)"
_BY_RUN = """
left join before.store.snapshots as was on was.snapshot_id = old.snapshot_id
left join store.snapshots as run on run.run_id = was.run_id
"""


def known_runs(warehouse: Warehouse) -> frozenset[str]:
    """Names of the runs that are loaded."""
    with errors_named("The warehouse could not be read"):
        rows = warehouse.connection.execute("select run_id from store.snapshots").fetchall()
    return frozenset(row[0] for row in rows)


def carry_outbox(warehouse: Warehouse, before: Path) -> None:
    """Take alerts and their deliveries over from another file; those that are there already stay as they are.

    Raises:
        WarehouseError: The other file cannot be read; nothing was taken over.
    """
    connection = warehouse.connection
    escaped = str(before).replace("'", "''")
    with errors_named(f"The alerts in {before} could not be taken over"):
        connection.execute(f"attach '{escaped}' as before (read_only)")
        try:
            with transaction(connection):
                for table in _OUTBOX:
                    by_run = table == "alerts"
                    names = {
                        "table": table,
                        "renumbered": _RENUMBERED if by_run else "",
                        "joined": _BY_RUN if by_run else "",
                    }
                    connection.execute(_CARRY.substitute(names))
        finally:
            connection.execute("detach before")


def put_in_place(growing: Path, target: Path) -> Path | None:
    """Let a closed file take the place of another; says where the other one is now, ``None`` where there was none."""
    aside = _free_name(target.with_name(target.name + ".before")) if target.exists() else None
    if aside is not None:
        # There is a file under the name at every moment: without one, the next refresh would begin from nothing.
        give_second_name(target, aside)
    growing.replace(target)
    growing.with_name(growing.name + ".lock").unlink(missing_ok=True)
    return aside


def _free_name(path: Path) -> Path:
    """The path, or the first of ``path-2``, ``path-3``, … that no file has: what was put aside before stays."""
    names = (path if number == 1 else path.with_name(f"{path.name}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())
