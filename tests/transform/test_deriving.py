"""What follows from a night: observations, dated changes, returns, moves, and whose fault a change is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from extract.model import Capture, Declaration, Exchange, PageId, PageKind, Validators
from transform.change import Cause, ChangeClass, ChangeKind
from transform.deriving import Derived, Shown, derive, returns_within
from transform.memory import KnownContent, LastGood, PageMemory, PendingContent
from transform.night import JudgedCapture
from transform.records import Records, SectionRecord
from transform.verdict import Outcome, Verdict
from transform.version import Version

NIGHT = timedelta(days=1)
START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
URL = "https://land.example/strategie"
PAGE = PageId("xx-strategie")
DECLARATION = Declaration(PAGE, URL, "DE-BE", PageKind.STRATEGY, True, "Senatskanzlei")


def version(text: str, extractor: str = "reader-1") -> Version:
    section = SectionRecord(
        position=0, section="Strategie", evidence="Strategie", level=1, heading="Strategie", path="Strategie", text=text
    )
    records = Records(title="Strategie", publisher="Senatskanzlei", sections=(section,))
    return Version(f"{text}/{extractor}", PAGE, f"content of {text}", extractor, records)


def seen(text: str | None, at: datetime, url: str = URL, *hops: int) -> JudgedCapture:
    redirects = tuple(Exchange(URL, at, status=status) for status in hops)
    capture = Capture(PAGE, URL, (*redirects, Exchange(url, at, status=200)))
    content = f"content of {text}" if text is not None else None
    return JudgedCapture(f"capture {at}", capture, Verdict(Outcome.VERIFIED), content_sha256=content)


def memory(*history: tuple[str, datetime], extractor: str = "reader-1", **more: object) -> PageMemory:
    text, at = history[-1]
    last = LastGood(
        observed_at=at,
        version_id=f"{text}/{extractor}",
        content_sha256=f"content of {text}",
        extractor=extractor,
        url=URL,
        body_sha256="b",
        validators=Validators(URL),
        warc=None,
        text_chars=100,
        fetched_in_full_at=at,
    )
    known = tuple(KnownContent(f"content of {one}", f"{one}/{extractor}", when, when) for one, when in history)
    recent = tuple((when, f"content of {one}") for one, when in history)
    plain = PageMemory(PAGE, last_good=last, known=known, recent=recent)
    return replace(plain, **more)  # type: ignore[arg-type]


def next_night(past: PageMemory, text: str) -> Derived:
    assert past.last_good is not None
    at = past.last_good.observed_at + NIGHT
    return derive(DECLARATION, past, Shown(seen(text, at), version(text)), version_of(past))


def version_of(past: PageMemory) -> Version:
    assert past.last_good is not None
    text, extractor = past.last_good.version_id.split("/")
    return version(text, extractor)


def test_a_first_capture_is_observed_and_is_no_change() -> None:
    """There is nothing to compare it with."""
    derived = derive(DECLARATION, PageMemory(PAGE), Shown(seen("alt", START), version("alt")), None)
    assert [(o.version_id, o.observed_at) for o in derived.observations] == [("alt/reader-1", START)]
    assert derived.changes == ()


def test_an_unchanged_page_is_observed_with_the_same_version() -> None:
    """A 304 or equal content: an observation, no change, and no stored version is needed for it."""
    past = memory(("alt", START))
    derived = derive(DECLARATION, past, Shown(seen(None, START + NIGHT), None), None)
    assert [o.version_id for o in derived.observations] == ["alt/reader-1"]
    assert derived.changes == ()


def test_a_change_lies_between_the_last_good_and_this_observation() -> None:
    """The interval is honest: wider when nights in between failed."""
    past = memory(("alt", START))
    at = START + 4 * NIGHT
    (dated,) = derive(DECLARATION, past, Shown(seen("neu", at), version("neu")), version("alt")).changes
    assert (dated.not_before, dated.not_after) == (START, at)
    assert dated.alerts
    assert dated.change.cause is Cause.PAGE


def test_the_first_return_alerts_as_a_return() -> None:
    """A genuine revert after a stable time is worth an alert."""
    past = memory(("alt", START), ("neu", START + 20 * NIGHT))
    derived = next_night(past, "alt")
    assert [(d.change.change_class, d.alerts) for d in derived.changes] == [(ChangeClass.RETURN, True)]
    assert not derived.flapping


def test_flapping_is_told_once_and_then_kept_quiet() -> None:
    """The second return within the window is silent and marked; the rows are complete all the same."""
    past = memory(("alt", START), ("neu", START + NIGHT), ("alt", START + 2 * NIGHT))
    derived = next_night(past, "neu")
    assert [(d.change.change_class, d.alerts) for d in derived.changes] == [(ChangeClass.RETURN, False)]
    assert derived.flapping


def test_a_third_state_after_flapping_alerts() -> None:
    """New content is news, however much the page flapped before."""
    past = memory(("alt", START), ("neu", START + NIGHT), ("alt", START + 2 * NIGHT), ("neu", START + 3 * NIGHT))
    derived = next_night(past, "drittes")
    assert [(d.change.change_class, d.alerts) for d in derived.changes] == [(ChangeClass.CONTENT, True)]


def test_returns_outside_the_window_are_forgotten() -> None:
    """Forty nights later a return is a first one again."""
    history = [(START, "a"), (START + NIGHT, "b"), (START + 2 * NIGHT, "a")]
    assert returns_within(history, START + 3 * NIGHT) == 1
    assert returns_within(history, START + 40 * NIGHT) == 0


def test_a_confirmed_collapse_is_dated_by_its_first_sighting() -> None:
    """The suspicious night counts once the content is confirmed: observed then, and changed by then."""
    pending = PendingContent("content of kurz", "capture", START + NIGHT, 2)
    past = memory(("alt", START), pending=(pending,))
    at = START + 2 * NIGHT
    derived = derive(DECLARATION, past, Shown(seen("kurz", at), version("kurz")), version("alt"))
    assert [o.observed_at for o in derived.observations] == [START + NIGHT, at]
    assert [(d.not_before, d.not_after) for d in derived.changes] == [(START, START + NIGHT)]


def test_an_upgraded_extractor_is_the_cause_of_its_own_changes() -> None:
    """Mixed nights are split: what the new reader sees in the old body is ours, the rest is the page's."""
    past = memory(("alt", START), extractor="reader-0")
    old, reread = version("alt", "reader-0"), version("alt anders gelesen", "reader-1")
    shown = Shown(seen("neu", START + NIGHT), version("neu", "reader-1"))
    changes = derive(DECLARATION, past, shown, old, reread).changes
    assert [(d.change.cause, d.alerts) for d in changes] == [(Cause.EXTRACTOR, False), (Cause.PAGE, True)]


def test_a_page_moves_once() -> None:
    """A permanent redirect is told when the address first differs, and never again."""
    there = "https://land.example/neu/strategie"
    past = memory(("alt", START))
    first = derive(DECLARATION, past, Shown(seen("alt", START + NIGHT, there, 301), None), None)
    assert [(d.change.kind, d.change.before, d.change.after) for d in first.changes] == [(ChangeKind.MOVED, URL, there)]
    assert past.last_good is not None
    moved = replace(past, last_good=replace(past.last_good, url=there))
    again = derive(DECLARATION, moved, Shown(seen("alt", START + 2 * NIGHT, there, 301), None), None)
    assert again.changes == ()


def test_a_temporary_redirect_is_no_move() -> None:
    """302 says that the address stays what it was."""
    past = memory(("alt", START))
    shown = Shown(seen("alt", START + NIGHT, "https://land.example/heute", 302), None)
    assert derive(DECLARATION, past, shown, None).changes == ()


def test_deriving_twice_gives_the_same_change_ids() -> None:
    """A second load of the same night finds the same rows."""
    past = memory(("alt", START))
    assert next_night(past, "neu") == next_night(past, "neu")
