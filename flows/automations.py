"""Ready automations for a Prefect server: killed runs, missing nights, failed runs.

They are data (``automations.toml``); :func:`apply` puts them in place, as often as one likes (``setup`` does so).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound

from extract.errors import WaitError
from flows.deployments import NIGHTLY

AUTOMATIONS_FILE = Path(__file__).with_name("automations.toml")
_NAME = "prefect.resource.name"


def apply(source: Path = AUTOMATIONS_FILE, nightly: Sequence[str] = (NIGHTLY,)) -> dict[str, UUID]:
    """Creates each automation on the configured Prefect server, or brings the one of its name forward.

    Args:
        source: The automations as data.
        nightly: Names of the nightly deployments; each of them may miss a night of its own.

    Returns:
        The automations' ids by their names.

    Raises:
        WaitError: If a deployment that one of them runs is not there yet.
    """
    with get_client(sync_client=True) as client:
        entries = _entries(source)
        wanted = [_automation(one, client) for entry in entries for one in _for_each_nightly(entry, nightly)]
        _retire(client, [str(entry["name"]) for entry in entries], [automation.name for automation in wanted])
        return {automation.name: _put(client, automation) for automation in wanted}


def _entries(source: Path) -> list[Mapping[str, Any]]:
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["automation"]
    assert isinstance(entries, list)
    return entries


def _for_each_nightly(entry: Mapping[str, Any], nightly: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """The entry for all nightly deployments together, or, where it waits for a run, one for each of them."""
    related = entry["trigger"].get("match_related", {})
    if len(nightly) == 1 or related.get(_NAME) != NIGHTLY:
        yield entry
    elif entry["trigger"]["posture"] == "Reactive":
        yield {**entry, "trigger": {**entry["trigger"], "match_related": {**related, _NAME: list(nightly)}}}
    else:
        for name in nightly:
            trigger = {**entry["trigger"], "match_related": {**related, _NAME: name}}
            yield {**entry, "name": f"{entry['name']} ({name})", "trigger": trigger}


def _retire(client: SyncPrefectClient, stems: Sequence[str], wanted: Sequence[str]) -> None:
    """Takes away what was put in place for another number of nightly deployments."""
    for known in client.read_automations():
        stem = known.name.partition(f" ({NIGHTLY}-")[0]
        if stem in stems and known.name not in wanted:
            client.delete_automation(known.id)


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
