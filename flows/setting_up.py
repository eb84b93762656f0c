"""Putting everything in place on a running Prefect server: work pool, deployments, automations, variables, secrets.

Idempotent: what is there is brought to what this release wants, and what is others' is left alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prefect.blocks.system import Secret
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectNotFound
from prefect.variables import Variable
from pydantic import SecretStr

from extract.errors import SettingsError, WaitError
from flows import automations, deployments
from flows.server import comes_up
from flows.settings import Settings

WORK_POOL = "strategiemonitor"
DATA_VARIABLE = "strategiemonitor_data"
_SECRET = re.compile(r"\$\{prefect://(?P<name>[a-z0-9-]+)\}")
_DEPLOY_LIMIT_S = 180
SERVER_LIMIT_S = 60.0
"""A server that was started a moment ago makes its database first."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is in place now; ``missing_secrets`` are blocks that routes.toml names and the server does not have."""

    work_pool: str
    deployments: tuple[str, ...]
    automations: tuple[str, ...]
    secrets: tuple[str, ...]
    missing_secrets: tuple[str, ...]


def set_up(settings: Settings, home: Path, wait_s: float = SERVER_LIMIT_S) -> SetUp:
    """Creates or updates all of it on the server that ``PREFECT_API_URL`` names.

    Args:
        settings: Whose data folder the deployments work on.
        home: Folder with ``prefect.yaml``: the checkout that workers run.
        wait_s: How long to wait for a server that is only starting.

    Raises:
        SettingsError: If no server is configured, or ``home`` holds no ``prefect.yaml``.
        WaitError: If the server does not answer, or refuses a deployment.
    """
    _check(home, wait_s)
    with get_client(sync_client=True) as client:
        _work_pool(client)
        Variable.set(DATA_VARIABLE, str(settings.data.resolve()), overwrite=True)
        _deploy(home, settings.portal_groups)
        _retire(client, deployments.nightly_names(settings.portal_groups))
        placed = automations.apply(nightly=deployments.nightly_names(settings.portal_groups))
        names = sorted(
            f"{client.read_flow(found.flow_id).name}/{found.name}"
            for found in client.read_deployments()
            if WORK_POOL in found.tags
        )
    secrets, missing = _secrets(settings)
    return SetUp(WORK_POOL, tuple(names), tuple(sorted(placed)), secrets, missing)


def _check(home: Path, wait_s: float) -> None:
    api_url = os.environ.get("PREFECT_API_URL")
    if not api_url:
        raise SettingsError(
            "No Prefect server is configured.",
            "Start one ('prefect server start') and set PREFECT_API_URL, such as http://127.0.0.1:4200/api; "
            "or do without a server of your own: 'strategiemonitor serve'.",
        )
    if not (home / "prefect.yaml").is_file():
        raise SettingsError(f"There is no prefect.yaml in {home}.", "Run this in the checkout, or name it with --home.")
    if not comes_up(api_url, wait_s):
        raise WaitError(
            f"The Prefect server at {api_url} does not answer, not even after {wait_s:g} s.",
            "Start it, or mend PREFECT_API_URL.",
        )


def _work_pool(client: SyncPrefectClient) -> None:
    """A pool whose workers start a process for each run, unless one of that name is there, of whatever type."""
    try:
        client.read_work_pool(WORK_POOL)
    except ObjectNotFound:
        client.create_work_pool(WorkPoolCreate(name=WORK_POOL, type="process"))


def _deploy(home: Path, groups: int) -> None:
    """Deploys all of ``prefect.yaml``, the nightly refresh once for each group of portals."""
    if groups == 1:
        _deploy_all(home)
        return
    with tempfile.TemporaryDirectory() as folder:
        stated = Path(folder) / "prefect.yaml"
        deployments.write_prefect_file(home / "prefect.yaml", stated, groups)
        _deploy_all(home, "--prefect-file", str(stated))


def _retire(client: SyncPrefectClient, nightly: Sequence[str]) -> None:
    """Takes the nightly deployments of another number of groups away: portals would be visited twice."""
    for found in client.read_deployments():
        if WORK_POOL in found.tags and deployments.is_nightly(found.name) and found.name not in nightly:
            client.delete_deployment(found.id)


def _deploy_all(home: Path, *more: str) -> None:
    """Deploys, without ever being asked."""
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", *more]
    done = subprocess.run(  # noqa: S603  our own interpreter, no shell
        command,
        cwd=home,
        env={**os.environ, "STRATEGIEMONITOR_HOME": str(home.resolve())},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_DEPLOY_LIMIT_S,
        check=False,
    )
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())[-500:]
        raise WaitError(f"Prefect did not take the deployments: {said}", f"Try: prefect deploy --all (in {home})")


def _secrets(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Secret blocks that routes.toml names: those on the server, made from the environment where it has them.

    ``${prefect://smtp-password}`` is made from the environment variable ``SMTP_PASSWORD``.
    """
    text = settings.routes.read_text(encoding="utf-8") if settings.routes.is_file() else ""
    there: list[str] = []
    missing: list[str] = []
    for name in sorted(set(_SECRET.findall(text))):
        value = os.environ.get(name.replace("-", "_").upper())
        if value:
            Secret(value=SecretStr(value)).save(name, overwrite=True)
        (there if value or _is_there(name) else missing).append(name)
    return tuple(there), tuple(missing)


def _is_there(name: str) -> bool:
    try:
        Secret.load(name)
    except ValueError:
        return False
    return True
