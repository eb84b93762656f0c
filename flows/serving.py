"""The refresh as a served Prefect deployment."""

from __future__ import annotations

from pathlib import Path

from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.refresh import refresh
from flows.schedules import NIGHTLY, ZONE
from flows.settings import Settings


def serve_refresh(settings: Settings, cron: str, *, via: str | None, catalogue: Path | None) -> None:
    """Serves the deployment ``refresh/nightly`` until interrupted; runs one at a time, each in a process of its own.

    The flow is named by its module, not by its file: a file's folder would be put first on ``sys.path`` and stay there.
    The schedule is not paused on shutdown, so that a restart goes on where it stopped.
    """
    refresh.serve(
        name="nightly",
        schedule=Cron(cron, timezone=ZONE),
        parameters={
            "data": str(settings.data.resolve()),
            "via": via,
            "catalogue": str(catalogue.resolve()) if catalogue else None,
            # Nights that were missed while the machine was off come late and all together: one run makes good for them.
            "once_a_night": cron == NIGHTLY,
        },
        description="Visits the declared pages, loads what they say, publishes, and tells what changed.",
        tags=["strategiemonitor"],
        pause_on_shutdown=False,
        limit=1,
        global_limit=1,
        entrypoint_type=EntrypointType.MODULE_PATH,
        print_starting_message=False,
    )
