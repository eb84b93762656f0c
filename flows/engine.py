"""Running the refresh in this very process, with or without a Prefect server.

Where no server is configured, a temporary one starts beside the imports and the first requests to portals.  A run that
nobody supervises needs no heartbeat, and without it each flow run ends a second sooner (the heartbeat's thread sleeps
in steps of a second and is waited for).
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import StrategiemonitorError, WaitError
from flows.progress import shown_on_terminal
from flows.settings import Settings
from flows.temporary_server import names_a_server, temporary_server

if TYPE_CHECKING:
    from flows.night import RunSummary

_OBJECTS_BEFORE_COLLECTION = 50_000
"""The collector looks for cycles after so many new objects instead of 700: importing and reading make few cycles, and a
tenth of their time went into looking for them."""


def run_refresh(
    settings: Settings,
    *,
    via: str | None,
    catalogue: Path | None,
    only: tuple[str, ...],
    wait: bool = False,
    group: str | None = None,
) -> RunSummary:
    """One run of the flow; returns its summary.

    Raises:
        StrategiemonitorError: If nothing was loaded: our own errors as they are, Prefect's as something to wait for.
    """
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    if sys.stderr.isatty():
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    server = None if names_a_server() else temporary_server()
    # Only now, since all of this takes as long to import as the server takes to start.
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.ahead import begun_ahead
    from flows.night import NothingVerifiedError, RunSummary
    from flows.refresh import refresh
    from flows.running import RunRequest
    from transform.portal_groups import PortalGroup

    changed: dict[Any, Any] = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
    with shown_on_terminal(), ExitStack() as ahead:
        if server is not None:
            of_portals = PortalGroup.parse(group) if group else None
            ahead.enter_context(begun_ahead(RunRequest(settings, via, catalogue, only, wait=wait, group=of_portals)))
            server.wait()
            changed[PREFECT_API_URL] = server.api_url
        ahead.enter_context(temporary_settings(changed))
        try:
            state = refresh(
                data=str(settings.data),
                via=via,
                catalogue=str(catalogue) if catalogue else None,
                only=list(only) or None,
                wait=wait,
                group=group,
                return_state=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise _unreachable(error) from error
    outcome = state.result(raise_on_failure=False)
    if isinstance(outcome, RunSummary):
        return outcome
    if isinstance(outcome, NothingVerifiedError):
        return outcome.summary
    if isinstance(outcome, StrategiemonitorError):
        raise outcome
    if isinstance(outcome, BaseException):
        raise StrategiemonitorError(
            f"The run failed and loaded nothing: {type(outcome).__name__}: {outcome}.",
            "The log above tells where; the next run starts afresh, nothing is lost.",
        ) from outcome
    raise StrategiemonitorError(f"The run ended as {state.type.value}: {state.message}.", "Run it again.")


def _unreachable(error: Exception) -> WaitError:
    return WaitError(
        f"Prefect's engine did not start: {error}.",
        "Check PREFECT_API_URL, or unset it to let a temporary server start.",
    )
