"""Whether known vulnerabilities stand in the lock files: ``python -m tests.dependency_audit``, part of ``make check``.

pip-audit asks PyPI's advisory database for each pinned release.  Exit status 1 where one is vulnerable.  Where nobody
answers (no network, a mirror without advisories) that is said, and nothing fails: an audit that could not be made must
not keep people from working, nor pass for one that was.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

LOCKS = ("requirements-dev.lock", "requirements-lake.lock")
"""All releases that there are: the first holds those of ``requirements.lock`` as well."""
_ANSWER_LIMIT_S = 120.0


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of asking: releases with advisories, how many were audited, how many nobody knows of."""

    vulnerable: tuple[str, ...]
    audited: int
    unknown: int


def audit_of(answer: str) -> Audit | None:
    """An audit from pip-audit's JSON; ``None`` where there is none because nobody answered."""
    try:
        releases = json.loads(answer)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return None
    asked = [release for release in releases if "vulns" in release]
    vulnerable = [release for release in asked if release["vulns"]]
    return Audit(
        tuple(f"{release['name']} {release['version']}: {_advisories(release)}" for release in vulnerable),
        audited=len(asked),
        unknown=len(releases) - len(asked),
    )


def verdict(lock: str, audit: Audit | None) -> tuple[int, str]:
    """Exit status and a sentence."""
    if audit is None or not audit.audited:
        return 0, f"{lock}: NOT AUDITED, nobody answered for advisories; run it again where PyPI is reached."
    if audit.vulnerable:
        return 1, f"{lock}: " + "; ".join(audit.vulnerable) + ". Run make lock, or pin the release that mends it."
    missing = f", {audit.unknown} could not be asked for" if audit.unknown else ""
    return 0, f"{lock}: {audit.audited} releases without a known vulnerability{missing}."


def _advisories(release: dict[str, list[dict[str, object]]]) -> str:
    found = []
    for advisory in release["vulns"]:
        fixes = advisory.get("fix_versions")
        mended = f", mended in {', '.join(fixes)}" if isinstance(fixes, list) and fixes else ""
        found.append(f"{advisory['id']}{mended}")
    return "; ".join(found)


def _asked(lock: str) -> str:
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--format", "json"]
    command += ["--progress-spinner", "off", "--timeout", "5", "--requirement", lock]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_ANSWER_LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    """Audits the lock files named, else all releases that there are."""
    locks = arguments or LOCKS
    with ThreadPoolExecutor() as pool:
        verdicts = [
            verdict(lock, audit_of(answer)) for lock, answer in zip(locks, pool.map(_asked, locks), strict=True)
        ]
    sys.stdout.writelines(sentence + "\n" for _, sentence in verdicts)
    return max(status for status, _ in verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
