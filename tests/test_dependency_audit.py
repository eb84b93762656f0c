"""The audit of the lock files: what fails it, and what is merely said."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.dependency_audit import audit_of, verdict

SOUND = {"name": "requests", "version": "2.34.2", "vulns": []}
UNKNOWN = {"name": "lxml", "version": "6.0", "skip_reason": "Dependency not found on PyPI"}
VULNERABLE = {
    "name": "jinja2",
    "version": "2.10",
    "vulns": [{"id": "PYSEC-2019-217", "fix_versions": ["2.10.1"], "aliases": [], "description": "sandbox escape"}],
}


def answer(*releases: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": releases, "fixes": []})


def test_a_vulnerable_release_fails_the_audit_and_says_what_mends_it() -> None:
    status, sentence = verdict("requirements.lock", audit_of(answer(SOUND, VULNERABLE)))
    assert status == 1
    assert "jinja2 2.10: PYSEC-2019-217, mended in 2.10.1" in sentence


def test_sound_releases_pass_and_those_nobody_knows_are_counted() -> None:
    status, sentence = verdict("requirements.lock", audit_of(answer(SOUND, UNKNOWN)))
    assert (status, sentence) == (
        0,
        "requirements.lock: 1 releases without a known vulnerability, 1 could not be asked for.",
    )


def test_an_audit_that_nobody_answered_is_no_audit() -> None:
    """A traceback instead of JSON, or a mirror that knows no release: said, and no failure."""
    for said in ("", "Traceback (most recent call last)", answer(UNKNOWN)):
        status, sentence = verdict("requirements.lock", audit_of(said))
        assert status == 0
        assert "NOT AUDITED" in sentence
