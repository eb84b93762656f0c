"""Verdicts in sentences."""

from __future__ import annotations

import pytest

from extract.model import FetchErrorKind
from transform.messages.explanations import explained
from transform.verdict import Outcome, Suspicion, Verdict


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "verdict",
    [
        *(Verdict(Outcome.SUSPECT, suspicion, "details") for suspicion in Suspicion),
        *(Verdict(Outcome.FAILED, kind, "details") for kind in FetchErrorKind),
        Verdict(Outcome.BLOCKED, "http_403", "details"),
        Verdict(Outcome.GONE, "http_404", "details"),
    ],
    ids=str,
)
def test_every_verdict_has_a_sentence_without_our_words(verdict: Verdict, language: str) -> None:
    """With detail and without."""
    for detail in (f"{verdict}: {verdict.detail}", str(verdict)):
        sentence = explained(detail, language)
        assert sentence is not None
        assert sentence.endswith(".")
        assert "_" not in sentence


def test_what_begins_otherwise_is_left_as_it_is() -> None:
    """A sentence of ours about a group of pages."""
    assert explained("3 von 5 Seiten nicht erreichbar, zuerst x (failed:dns).", "de") is None
    assert explained("blockedby: x", "de") is None
