"""Ready automations for a Prefect server: killed runs, missing nights, failed runs.

They are data (``automations.toml``); :func:`apply` puts them in place, as often as one likes (``setup`` does so).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound

from extract.errors import WaitError

AUTOMATIONS_FILE = Path(__file__).with_name("automations.toml")


def apply(source: Path = AUTOMATIONS_FILE) -> dict[str, UUID]:
    """Creates each automation on the configured Prefect server, or brings the one of its name forward.

    Returns:
        The automations' ids by their names.

    Raises:
        WaitError: If a deployment that one of them runs is not there yet.
    """
    with get_client(sync_client=True) as client:
        wanted = [_automation(entry, client) for entry in _entries(source)]
        return {automation.name: _put(client, automation) for automation in wanted}


def _entries(source: Path) -> list[Mapping[str, object]]:
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["automation"]
    assert isinstance(entries, list)
    return entries


def _automation(entry: Mapping[str, object], client: SyncPrefectClient) -> AutomationCore:
    trigger, actions = entry["trigger"], entry["actions"]
    assert isinstance(trigger, dict)
    assert isinstance(actions, list)
    return AutomationCore.model_validate(
        {**entry, "trigger": {"type": "event", **trigger}, "actions": [_action(action, client) for action in actions]}
    )


def _action(action: Mapping[str, object], client: SyncPrefectClient) -> dict[str, object]:
    """The action as Prefect wants it: a deployment by its id, texts to fill in as its kind of template."""
    rest = {name: value for name, value in action.items() if name not in ("deployment", "templates")}
    if "deployment" not in action:
        return rest
    templates = action.get("templates", {})
    assert isinstance(templates, dict)
    parameters = {name: {"__prefect_kind": "jinja", "template": text} for name, text in templates.items()}
    return {**rest, "deployment_id": _deployment(str(action["deployment"]), client), "parameters": parameters or None}


def _deployment(name: str, client: SyncPrefectClient) -> UUID:
    try:
        return client.read_deployment_by_name(name).id
    except ObjectNotFound:
        raise WaitError(
            f"Prefect has no deployment {name} yet.", "Run 'strategiemonitor setup': it deploys before it adds these."
        ) from None


def _put(client: SyncPrefectClient, automation: AutomationCore) -> UUID:
    known = client.read_automations_by_name(automation.name)
    if not known:
        return client.create_automation(automation)
    client.update_automation(known[0].id, automation)
    return known[0].id
