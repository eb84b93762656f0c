"""Portals that answer in ways no portal should: one page suffers, the others are read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.scenarios.harness import URL, Answers, Play, declared, html, redirect
from tests.support.server import Answer
from tests.support.strategy_pages import NORDMARK

OTHER = "https://www.suedland.example/plan"
ZIPPED = ("Content-Encoding", "gzip")
TYPE = ("Content-Type", "text/html; charset=utf-8")
BOMB = gzip.compress(b"<p>" + b" " * (40 * 1024 * 1024), 9)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({URL: Answer(200, BOMB, (ZIPPED, TYPE))}, "failed:too_large"),
        ({URL: Answer(200, b"<p>Plan</p>", (TYPE, ("Content-Length", "90000")), sent_bytes=11)}, "failed:truncated"),
        ({URL: Answer(200, gzip.compress(b"<p>Plan</p>" * 500)[:40], (ZIPPED, TYPE))}, "failed:content_encoding"),
        ({URL: Answer(200, b"x" * 100, (TYPE,), drip_s=0.2)}, "failed:timeout"),
        ({URL: redirect(URL, 302)}, "failed:redirect_loop"),
        ({URL: redirect("http://127.0.0.1/geheim", 302)}, "failed:refused_address"),
        ({URL: redirect("http://169.254.169.254/latest", 302)}, "failed:refused_address"),
        ({URL: redirect("file:///etc/passwd", 302)}, "failed:invalid_redirect"),
        ({URL: Answer(hang_up=True)}, "failed:connection"),
    ],
    ids=["gzip bomb", "short body", "torn gzip", "drip", "loop", "loopback", "metadata", "file", "hang up"],
)
def test_a_hostile_answer_harms_its_own_page_only(tmp_path: Path, answers: dict[str, Answers], verdict: str) -> None:
    """A distinct verdict in bounded time; the other page is verified; nothing is told as changed."""
    with Play(tmp_path, declared(), declared(OTHER, "suedland")) as play:
        play.night({URL: html(NORDMARK), OTHER: html(NORDMARK.with_words("48 Vorhaben", "12 Vorhaben"))})
        told = play.night({**answers, OTHER: html(NORDMARK.with_words("48 Vorhaben", "12 Vorhaben"))})
        assert told.verdicts == {"nordmark": verdict, "suedland": "verified"}
        assert told.dated == ()
