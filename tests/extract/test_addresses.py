"""Which addresses may be asked: form, and the machine behind them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.addresses import PeerRules, host_key, is_public, normalised, url_refusal
from extract.via import Via


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2a00:1450:4001:82f::200e", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2002:808:808::", True),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)
def test_public_is_judged_by_what_is_inside(address: str, public: bool) -> None:
    """An IPv4 address that travels inside an IPv6 one is judged as itself."""
    assert is_public(ip_address(address)) is public


@settings(max_examples=80)
@given(number=st.integers(0, 2**32 - 1))
def test_wrapping_an_address_never_makes_it_public(number: int) -> None:
    """Mapped, NAT64 and 6to4 spellings are exactly as public as the IPv4 address inside."""
    plain = IPv4Address(number)
    mapped = IPv6Address((0xFFFF << 32) | number)
    nat64 = IPv6Address((0x64FF9B << 96) | number)
    sixtofour = IPv6Address((0x2002 << 112) | (number << 80))
    assert {is_public(mapped), is_public(nat64), is_public(sixtofour)} == {is_public(plain)}


def test_only_what_the_operator_names_is_allowed_besides() -> None:
    """A network, one port of one machine, and loopback for PREFIX's own host alone."""
    peers = PeerRules(("10.1.2.0/24", "127.0.0.1:8080", "[::1]:81"), ("archiv.example", 9000))
    assert peers.refusal("10.1.2.9", "intern.example", 443) is None
    assert peers.refusal("10.1.3.9", "intern.example", 443) is not None
    assert peers.refusal("127.0.0.1", "portal.example", 8080) is None
    assert peers.refusal("127.0.0.1", "portal.example", 80) is not None
    assert peers.refusal("::1", "portal.example", 81) is None
    assert peers.refusal("127.0.0.1", "archiv.example", 9000) is None
    assert peers.refusal("10.9.9.9", "archiv.example", 9000) is not None
    assert peers.refusal("127.0.0.1", "archiv.example", 80) is not None


def test_https_on_a_usual_port_is_not_refused() -> None:
    """Form alone refuses nothing that a page may have."""
    for url in ("https://www.saarland.de/a?b=c", "http://www.digital.rlp.de/", "https://münchen.example:443/"):
        assert url_refusal(url, PeerRules()) is None


def test_an_address_is_asked_in_one_spelling() -> None:
    """Host in lower case and IDNA, fragment gone, what may not stand in a URL escaped once."""
    assert normalised("HTTPS://München.Example#x") == "https://xn--mnchen-3ya.example/"
    assert normalised("https://a.example/Straße und mehr?q=ä%20b") == (
        "https://a.example/Stra%C3%9Fe%20und%20mehr?q=%C3%A4%20b"
    )
    assert host_key("https://A.example:443/x") == host_key("http://a.example./") == "a.example"
    assert host_key("https://a.example:8443/") == "a.example:8443"


@settings(max_examples=80)
@given(path=st.text(max_size=12), query=st.text(max_size=8))
def test_normalising_twice_changes_nothing(path: str, query: str) -> None:
    """The spelling that is asked is its own spelling."""
    try:
        once = normalised(f"https://a.example/{path}?{query}")
    except ValueError:
        return
    assert normalised(once) == once
    assert once.isascii()


@settings(max_examples=60)
@given(path=st.text("abc/._-~%20?=&;", max_size=20))
def test_prefix_and_back_is_the_same_address(path: str) -> None:
    """A redirect below PREFIX names the original address again, whatever its path."""
    via = Via("https://archiv.example/web/2023id_/")
    target = via.target(f"https://portal.example/{path}")
    back = via.redirected(via.target("https://portal.example/"), target.asked)
    assert back == target
