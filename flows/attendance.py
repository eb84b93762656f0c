"""Whether anybody runs what a Prefect server schedules: is the nightly refresh deployed, does a worker ask for it?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from extract.errors import WaitError
from flows.deployments import nightly_names

if TYPE_CHECKING:
    from prefect.client.schemas.responses import DeploymentResponse


class Attendance(StrEnum):
    """What a Prefect server knows of a deployment."""

    MISSING = "missing"
    PAUSED = "paused"
    UNATTENDED = "unattended"
    """For a minute or more neither a worker nor ``serve`` has asked for its runs."""
    READY = "ready"


def attendance(groups: int) -> dict[str, Attendance]:
    """Of the nightly refresh of each group of portals, by the deployment's name, on the configured server.

    Raises:
        WaitError: If the server does not tell, such as for want of a password.
    """
    from prefect.client.orchestration import get_client  # noqa: PLC0415  Prefect takes a second to import

    names = [f"refresh/{name}" for name in nightly_names(groups)]
    try:
        with get_client(sync_client=True) as client:
            found = {f"{client.read_flow(one.flow_id).name}/{one.name}": one for one in client.read_deployments()}
    except Exception as error:  # noqa: BLE001  Prefect raises its own, httpx's and pydantic's errors here
        said = " ".join(str(error).split())[:200]
        raise WaitError(
            f"The Prefect server does not tell what is deployed: {type(error).__name__}: {said}",
            "Look at its log, and at PREFECT_API_URL and PREFECT_API_AUTH_STRING.",
        ) from None
    return {name: _state(found.get(name)) for name in names}


def _state(deployment: DeploymentResponse | None) -> Attendance:
    if deployment is None:
        return Attendance.MISSING
    if deployment.paused:
        return Attendance.PAUSED
    return Attendance.READY if deployment.status == "READY" else Attendance.UNATTENDED
