"""A warehouse that is gone although there were runs: it must be built again, never begun anew."""

from __future__ import annotations

from extract.errors import WarehouseError
from flows.settings import Settings


def refuse_to_begin_anew(settings: Settings) -> None:
    """A warehouse that was lost must not be replaced by an empty one, nor readers' copy by that.

    Raises:
        WarehouseError: There is none, although there were runs.
    """
    if not settings.is_begun and any(settings.archive.glob("*/*/*.warc.gz")):
        raise WarehouseError(
            f"The warehouse {settings.warehouse} is gone, although {settings.archive} holds runs.",
            "Build it again from the archive: strategiemonitor rebuild",
        )
