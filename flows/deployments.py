"""What is deployed: ``prefect.yaml`` as it stands, or with a nightly refresh for each group of portals."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # the stubs are a package of their own

from transform.portal_groups import all_groups

NIGHTLY = "nightly"
_ONE_OF_SEVERAL = re.compile(rf"{NIGHTLY}(-[0-9]+)?")


def nightly_names(groups: int) -> tuple[str, ...]:
    """The names of the nightly deployments, where so many runs share a night."""
    return (NIGHTLY,) if groups == 1 else tuple(f"{NIGHTLY}-{group.number}" for group in all_groups(groups))


def is_nightly(name: str) -> bool:
    """Whether a deployment of that name is a nightly one, of this division into groups or of another."""
    return _ONE_OF_SEVERAL.fullmatch(name) is not None


def write_prefect_file(source: Path, target: Path, groups: int) -> None:
    """Writes ``prefect.yaml`` anew, with the nightly deployment once for each group of portals."""
    stated = yaml.safe_load(source.read_text(encoding="utf-8"))
    stated["deployments"] = [one for deployment in stated["deployments"] for one in _for_each_group(deployment, groups)]
    target.write_text(yaml.safe_dump(stated, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _for_each_group(deployment: dict[str, Any], groups: int) -> list[dict[str, Any]]:
    if deployment["name"] != NIGHTLY:
        return [deployment]
    made = []
    for group, name in zip(all_groups(groups), nightly_names(groups), strict=True):
        one = copy.deepcopy(deployment)
        one["name"] = name
        one["parameters"] = {**one["parameters"], "group": str(group)}
        one["description"] = f"{one['description']} Group {group} of the portals."
        made.append(one)
    return made
