"""Which messages go out together as one."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from transform.delivery import PendingDelivery
from transform.digests import CATCH_UP_OVER, digests
from transform.messages.rendering import LINES_IN_DIGEST, WHOLE_IN_DIGEST

NOW = datetime(2026, 5, 4, 2, 10, tzinfo=UTC)
MANY = CATCH_UP_OVER + 1


def due(number: int, **more: Any) -> PendingDelivery:
    made = PendingDelivery(
        alert_id=f"a{number}",
        channel="post",
        key=f"k{number}",
        kind="content",
        page_id=None,
        change_ids=(),
        incident_ids=(),
        route="leitung",
        subject=f"Betreff {number}",
        body=f"Text {number}.\n\n-- \nWarum? Darum.\nKennung: k{number}",
        created_at=NOW,
        attempts=0,
        html=f"<p>Text {number}.</p>",
        keys=(f"k{number}",),
    )
    return dataclasses.replace(made, **more)


def piled_up(count: int, **more: Any) -> list[PendingDelivery]:
    """Messages of as many nights."""
    return [due(number, created_at=NOW + timedelta(days=number), **more) for number in range(count)]


def test_many_of_one_night_go_out_one_by_one() -> None:
    assert digests([due(number) for number in range(MANY)], ["post"]) == ()


def test_few_that_were_left_over_go_out_one_by_one() -> None:
    assert digests(piled_up(CATCH_UP_OVER), ["post"]) == ()


def test_many_that_were_left_over_go_out_as_one() -> None:
    [digest] = digests(piled_up(MANY), ["post"])
    assert digest.alert_ids == tuple(f"a{number}" for number in range(MANY))
    assert digest.subject == f"Strategiemonitor: Nachgereicht: {MANY} Meldungen, 4. bis 9. Mai 2026"
    assert digests([due(number, attempts=1) for number in range(MANY)], ["post"])[0].alert_ids == digest.alert_ids


def test_only_channels_that_interrupt_people_catch_up() -> None:
    assert digests(piled_up(MANY), ["anderer"]) == ()


def test_a_message_in_doubt_is_in_no_digest() -> None:
    [digest] = digests([*piled_up(MANY), due(99, in_doubt=True)], ["post"])
    assert "a99" not in digest.alert_ids
    assert digests([*piled_up(MANY - 1), due(99, in_doubt=True)], ["post"]) == ()


def test_trials_and_digests_are_in_no_digest() -> None:
    assert digests(piled_up(MANY, kind="trial"), ["post"]) == ()
    assert digests(piled_up(MANY, keys=("k1", "k2")), ["post"]) == ()


def test_routes_channels_and_kinds_are_kept_apart() -> None:
    mixed = [*piled_up(4), *piled_up(4, route="andere"), *piled_up(4, channel="chat"), *piled_up(4, kind="incident")]
    assert digests(mixed, ["post", "chat"]) == ()


def test_a_route_that_asks_for_it_gets_one_message_from_two_on() -> None:
    assert digests([due(1, is_digest=True)], []) == ()
    [digest] = digests([due(1, is_digest=True), due(2, is_digest=True)], [])
    assert digest.subject == "Strategiemonitor: 2 Meldungen, 4. Mai 2026"


def test_a_digest_tells_each_message_whole_and_the_reason_once() -> None:
    [digest] = digests([due(1, is_digest=True), due(2, is_digest=True)], [])
    assert "1. Betreff 1\n\nText 1.\n" in digest.body
    assert digest.body.count("Warum? Darum.") == 1
    assert "Kennung: k1" not in digest.body
    assert f"Kennung: {digest.digest_id}" in digest.body
    assert "<p>Text 1.</p>" in digest.html


def test_a_very_long_digest_names_the_rest_by_subject() -> None:
    count = WHOLE_IN_DIGEST + 3
    [digest] = digests([due(number, is_digest=True) for number in range(count)], [])
    assert digest.body.count("\nText ") == WHOLE_IN_DIGEST
    assert "und 3 weitere:" in digest.body
    assert digest.body.count("- Betreff") == 3 < LINES_IN_DIGEST


def test_a_subject_in_a_digest_is_no_mark_up() -> None:
    hostile = [due(number, is_digest=True, subject="<b>fett</b>", html="") for number in range(WHOLE_IN_DIGEST + 2)]
    [digest] = digests(hostile, [])
    assert "<b>" not in digest.html
    assert "&lt;b&gt;fett" in digest.html


@given(st.lists(st.integers(0, 30), unique=True, min_size=MANY), st.randoms())
@settings(max_examples=30)
def test_the_same_messages_make_the_same_digest_in_whatever_order(numbers: list[int], random: Any) -> None:
    """So a process that dies before the digest is stored makes the same one again."""
    ordered = [due(number, created_at=NOW + timedelta(hours=number)) for number in numbers]
    shuffled = random.sample(ordered, len(ordered))
    assert digests(ordered, ["post"]) == digests(shuffled, ["post"])
