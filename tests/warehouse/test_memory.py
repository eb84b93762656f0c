from __future__ import annotations

import dataclasses

from extract.model import PageId, Validators
from tests.warehouse.nights import (
    MAINTENANCE,
    captured,
    declared,
    missed,
    night,
    night_at,
    seen,
    sha,
    unmodified,
    version_of,
)
from transform.memory import KnownContent, PageMemory, PendingContent
from transform.night import IncidentEvent
from warehouse.database import Warehouse
from warehouse.memory import RECENT_OBSERVATIONS

PAGE = declared()


def memory(warehouse: Warehouse) -> PageMemory:
    return warehouse.memories([PAGE.page_id])[PAGE.page_id]


def test_a_page_never_seen_has_an_empty_memory(warehouse: Warehouse) -> None:
    assert memory(warehouse) == PageMemory(PAGE.page_id)


def test_pages_come_back_in_the_order_asked(warehouse: Warehouse) -> None:
    wanted = [PageId("z"), PageId("a"), PageId("z")]
    assert list(warehouse.memories(wanted)) == ["z", "a"]


def test_the_last_good_observation_is_remembered_with_its_evidence(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    last = memory(warehouse).last_good
    version, evidence = version_of(PAGE, "Funk"), captured(PAGE, night_at(0), "Funk")
    assert last is not None
    assert (last.version_id, last.content_sha256, last.extractor) == (
        version.version_id,
        version.content_sha256,
        "leser-1",
    )
    assert (last.observed_at, last.fetched_in_full_at, last.url) == (night_at(0), night_at(0), PAGE.url)
    assert (last.body_sha256, last.text_chars) == (evidence.body_sha256, evidence.text_chars)
    assert last.validators == Validators(PAGE.url, '"Funk"', "Sun, 01 Mar 2026 00:00:00 GMT")
    assert last.warc == evidence.capture.answer.warc


def test_a_304_moves_the_observation_but_not_the_evidence(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    before = memory(warehouse).last_good
    warehouse.load(night(1, unmodified(PAGE, night_at(1), "Funk")))
    assert before is not None
    assert memory(warehouse).last_good == dataclasses.replace(before, observed_at=night_at(1))


def test_a_rejected_answer_leaves_no_validator_behind(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    before = memory(warehouse).last_good
    warehouse.load(night(1, missed(PAGE, night_at(1), MAINTENANCE, "Wartung")))
    assert memory(warehouse).last_good == before


def test_a_304_after_a_rejected_answer_rests_on_the_last_verified_one(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(1, missed(PAGE, night_at(1), MAINTENANCE, "Wartung")))
    warehouse.load(night(2, unmodified(PAGE, night_at(2), "Funk")))
    last = memory(warehouse).last_good
    assert last is not None
    assert (last.body_sha256, last.validators.etag) == (sha("body", "Funk"), '"Funk"')
    assert (last.observed_at, last.fetched_in_full_at) == (night_at(2), night_at(0))


def test_a_confirmed_suspicion_rests_on_its_own_answer(warehouse: Warehouse) -> None:
    """The night that was held back is promoted without a new body: what it showed then is the evidence."""
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    held_back = missed(PAGE, night_at(1), MAINTENANCE, "Netz")
    warehouse.load(night(1, held_back))
    confirmed = dataclasses.replace(seen(PAGE, night_at(1), "Netz"), captures=())
    warehouse.load(night(2, confirmed))
    last = memory(warehouse).last_good
    assert last is not None
    assert last.body_sha256 == sha("body", "Netz")


def test_a_linked_file_is_no_evidence_of_the_page(warehouse: Warehouse) -> None:
    page = seen(PAGE, night_at(0), "Funk")
    file = captured(PAGE, night_at(0), "PDF", attempt=2, resource="document")
    warehouse.load(night(0, dataclasses.replace(page, captures=(*page.captures, file))))
    last = memory(warehouse).last_good
    assert last is not None
    assert last.body_sha256 == sha("body", "Funk")


def test_a_suspicious_content_is_pending_until_the_page_shows_itself_again(warehouse: Warehouse) -> None:
    warehouse.load(night(0, seen(PAGE, night_at(0), "Funk")))
    warehouse.load(night(1, missed(PAGE, night_at(1), MAINTENANCE, "Wartung")))
    capture_id = captured(PAGE, night_at(1), "Wartung", MAINTENANCE).capture_id
    assert memory(warehouse).pending == (PendingContent(sha("Wartung"), capture_id, night_at(1), 2),)
    warehouse.load(night(2, seen(PAGE, night_at(2), "Funk")))
    assert memory(warehouse).pending == ()


def test_a_first_content_that_is_suspicious_is_pending_too(warehouse: Warehouse) -> None:
    warehouse.load(night(0, missed(PAGE, night_at(0), MAINTENANCE, "Wartung")))
    assert [pending.content_sha256 for pending in memory(warehouse).pending] == [sha("Wartung")]
    assert memory(warehouse).last_good is None


def test_known_contents_are_ordered_by_when_they_were_last_seen(warehouse: Warehouse) -> None:
    for n, word in enumerate(["Funk", "Glasfaser", "Funk"]):
        warehouse.load(night(n, seen(PAGE, night_at(n), word)))
    assert memory(warehouse).known == (
        KnownContent(sha("Glasfaser"), version_of(PAGE, "Glasfaser").version_id, night_at(1), night_at(1)),
        KnownContent(sha("Funk"), version_of(PAGE, "Funk").version_id, night_at(0), night_at(2)),
    )
    assert memory(warehouse).recent == (
        (night_at(0), sha("Funk")),
        (night_at(1), sha("Glasfaser")),
        (night_at(2), sha("Funk")),
    )


def test_only_the_last_observations_are_told_one_by_one(warehouse: Warehouse) -> None:
    nights = [seen(PAGE, night_at(n), "Funk").observations[0] for n in range(RECENT_OBSERVATIONS + 5)]
    warehouse.load(night(99, dataclasses.replace(seen(PAGE, night_at(99), "Funk"), observations=tuple(nights))))
    recent = memory(warehouse).recent
    assert [at for at, _ in recent] == [night_at(n) for n in range(5, RECENT_OBSERVATIONS + 5)]


def event(
    action: str, n: float, *, incident_id: str = "stoerung-1", page_id: PageId | None = PAGE.page_id
) -> IncidentEvent:
    return IncidentEvent(incident_id, page_id, "maintenance", action, night_at(n), f"{action} in Nacht {n}")


def test_incidents_live_until_they_are_closed(warehouse: Warehouse) -> None:
    page = missed(PAGE, night_at(0))
    warehouse.load(night(0, page, incidents=(event("opened", 0), event("opened", 0, incident_id="lauf", page_id=None))))
    warehouse.load(night(1, page, incidents=(event("updated", 1),)))
    [incident] = memory(warehouse).incidents
    assert (incident.opened_at, incident.updated_at, incident.detail) == (
        night_at(0),
        night_at(1),
        "updated in Nacht 1",
    )
    assert [(one.incident_id, one.page_id) for one in warehouse.open_incidents()] == [
        ("lauf", None),
        ("stoerung-1", PAGE.page_id),
    ]
    warehouse.load(night(2, page, incidents=(event("closed", 2),)))
    assert memory(warehouse).incidents == ()
    assert [one.incident_id for one in warehouse.open_incidents()] == ["lauf"]


def test_an_incident_opened_and_closed_at_the_same_moment_is_closed(warehouse: Warehouse) -> None:
    warehouse.load(night(0, missed(PAGE, night_at(0)), incidents=(event("closed", 0), event("opened", 0))))
    assert warehouse.open_incidents() == ()
