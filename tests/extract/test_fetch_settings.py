"""What the operator may set, and what is refused with the reason."""

from __future__ import annotations

import pytest

from extract.errors import SettingsError
from extract.fetch_settings import FetchLimits, FetchSettings, user_agent


def test_the_user_agent_says_who_we_are_and_whom_to_ask() -> None:
    """Name, version and contact; an e-mail address will do."""
    assert user_agent("https://monitor.example/") == user_agent("https://monitor.example/").strip()
    assert user_agent("wir@monitor.example").startswith("Strategiemonitor/")
    assert user_agent("wir@monitor.example").endswith(" (+wir@monitor.example)")


@pytest.mark.parametrize("contact", ["", "Max", "wir@", "https://", "a@b.c\r\nX: y"])
def test_without_a_contact_nothing_is_fetched(contact: str) -> None:
    """An operator of a portal must be able to reach somebody."""
    with pytest.raises(SettingsError, match="contact"):
        user_agent(contact)
    with pytest.raises(SettingsError, match="contact"):
        FetchSettings(user_agent=f"Strategiemonitor ({contact})")


@pytest.mark.parametrize(
    "via", ["archiv.example/", "ftp://a.example/", "http://", "http://u:p@a.example/", "http://[/"]
)
def test_a_prefix_must_be_an_address(via: str) -> None:
    """PREFIX is absolute, http or https, without credentials."""
    with pytest.raises(SettingsError, match="--via"):
        FetchSettings(user_agent("a@b.example"), via=via)


@pytest.mark.parametrize("peer", ["localhost:80", "127.0.0.1", "10.0.0.0/99", "127.0.0.1:http"])
def test_an_allowed_peer_is_a_network_or_a_port_of_a_machine(peer: str) -> None:
    """Names are refused: they would be looked up again and again."""
    with pytest.raises(SettingsError, match="allowed_peers"):
        FetchSettings(user_agent("a@b.example"), allowed_peers=(peer,))


def test_limits_must_leave_something() -> None:
    """A deadline of nothing would fail every page."""
    with pytest.raises(SettingsError, match="total_deadline_s"):
        FetchLimits(total_deadline_s=0)
