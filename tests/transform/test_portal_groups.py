"""Portals in groups: each is in exactly one, whatever other portals there are."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from extract.errors import SettingsError
from transform.portal_groups import PortalGroup, all_groups, group_number, latest_of_groups, scope_of

PORTALS = [f"land-{number}.example" for number in range(3000)]


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_each_portal_is_in_exactly_one_group_and_the_groups_are_of_a_size(of: int) -> None:
    groups = all_groups(of)
    assert all(sum(group.has(portal) for group in groups) == 1 for portal in PORTALS)
    sizes = Counter(group_number(portal, of) for portal in PORTALS)
    assert sorted(sizes) == list(range(1, of + 1))
    assert max(sizes.values()) < 1.2 * len(PORTALS) / of


def test_a_portal_stays_in_its_group_from_release_to_release() -> None:
    """By SHA-256 and nothing else: another hash would have portals visited twice while two releases run."""
    assert [group_number(portal, 4) for portal in ("www.saarland.de", "digital.sachsen.de", "www.berlin.de")] == [
        1,
        3,
        2,
    ]


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "01/2", "1 / 2"])
def test_what_is_no_group_is_refused_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(SettingsError, match="group of portals") as refused:
        PortalGroup.parse(text)
    assert "1/2" in refused.value.remedy


def test_a_group_is_written_as_it_is_read() -> None:
    assert str(PortalGroup.parse("2/3")) == "2/3"
    assert scope_of(PortalGroup(2, 3).scope + "3 von 4 Seiten nicht erreichbar") == "Gruppe 2/3: "
    assert scope_of("3 von 4 Seiten nicht erreichbar") == ""


def test_an_incident_has_one_group_that_goes_on_with_it() -> None:
    """Also one that another division has opened: it would stay open for ever."""
    for detail in ("Gruppe 2/3: x", "Gruppe 3/3: x", "Gruppe 4/4: x", "Gruppe 1/2: x", "3 von 4 Seiten"):
        assert sum(group.owns(detail) for group in all_groups(3)) == 1
    assert PortalGroup(2, 3).owns("Gruppe 2/3: x")
    assert PortalGroup(1, 3).owns("Gruppe 4/4: x")
    assert PortalGroup(group_number("a.example", 3), 3).owns("a.example: gone", "a.example")


def test_a_group_is_as_fresh_as_its_freshest_portal() -> None:
    early, late = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    one, other = ([portal for portal in PORTALS if group_number(portal, 2) == number][:3] for number in (1, 2))
    latest = {one[0]: early, one[1]: late, one[2]: None, other[0]: None}
    assert latest_of_groups(latest, 2) == {PortalGroup(1, 2): late, PortalGroup(2, 2): None}
    assert latest_of_groups({}, 2) == {}
