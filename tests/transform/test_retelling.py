"""Which told change belongs to which two observations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from extract.model import PageId
from transform.change import ChangeClass
from transform.retelling import ToldChange, pairs_of
from transform.version import Observation

START = datetime(2026, 3, 2, 3, 10, tzinfo=UTC)
OLD, NEW = "alt", "neu"


def at(night: int) -> datetime:
    return START + timedelta(days=night)


def seen(*shown: tuple[int, str]) -> tuple[Observation, ...]:
    return tuple(
        Observation(PageId("plan"), version, f"content of {version}", at(night), "https://land.example/plan")
        for night, version in shown
    )


def told(since: int, until: int, *, is_widened: bool = False, change_class: str = "content") -> ToldChange:
    return ToldChange("c1", at(since), at(until), OLD, NEW, change_class, is_widened=is_widened)


def test_a_change_told_for_two_neighbours_is_not_told_again() -> None:
    (pair,) = pairs_of(seen((0, OLD), (1, NEW)), (told(0, 1),))
    assert not pair.differs


def test_an_older_capture_between_them_asks_for_another_change() -> None:
    """The interval is narrower now: the old row no longer fits."""
    pairs = pairs_of(seen((0, OLD), (2, OLD), (4, NEW)), (told(0, 4),))
    assert [pair.differs for pair in pairs] == [False, True]


def test_a_widened_interval_reaches_over_observations_that_said_nothing() -> None:
    """Nights answered by 304 lie within it: the change is told already."""
    pairs = pairs_of(seen((0, OLD), (1, OLD), (2, OLD), (4, NEW)), (told(0, 4, is_widened=True),))
    assert not any(pair.differs for pair in pairs)


def test_a_state_before_that_was_read_anew_asks_for_another_change() -> None:
    """A linked file that came to light later belongs to the state before: the old row compares with another one."""
    (pair,) = pairs_of(seen((0, "v0"), (1, NEW)), (told(0, 1),))
    assert pair.differs


def test_link_noise_tells_nothing_of_the_words() -> None:
    """A pair of which only the links were told still has to be compared."""
    (pair,) = pairs_of(seen((0, OLD), (1, NEW)), (told(0, 1, change_class=str(ChangeClass.LINK_NOISE)),))
    assert pair.differs
