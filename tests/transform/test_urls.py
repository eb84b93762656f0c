"""Addresses for comparison."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transform.urls import canonical_url, is_document_url, is_home, media_type_of, registrable_host

PDF = "https://land.example/Downloads/plan.pdf"


@pytest.mark.parametrize(
    ("decorated", "plain"),
    [
        ("http://Land.Example:80/Plan", "https://land.example/Plan"),
        ("https://land.example:443/plan/", "https://land.example/plan"),
        ("https://land.example//de//plan#ziele", "https://land.example/de/plan"),
        ("https://land.example/plan_node.html;jsessionid=0A1B2C.2_cid387?nn=17", "https://land.example/plan_node.html"),
        ("https://land.example/SID-C29AF463-5CFEAE1B/253741.htm", "https://land.example/253741.htm"),
        ("https://land.example/plan?PHPSESSID=abc&sid=1", "https://land.example/plan"),
        ("https://land.example/plan?utm_source=x&wt_mc=y&pk_campaign=z&mtm_kwd=a", "https://land.example/plan"),
        ("https://land.example/plan?fbclid=1&gclid=2&cflt=rel", "https://land.example/plan"),
        ("https://land.example/plan?b=2&a=1", "https://land.example/plan?a=1&b=2"),
        ("https://land.example/%c3%bcbersicht", "https://land.example/übersicht"),
        ("https://land.example/%7eplan", "https://land.example/~plan"),
        ("https://land.example/a/../plan/.", "https://land.example/plan"),
        ("https://land.example/plan/druck/druck/", "https://land.example/plan"),
        ("https://länd.example/plan", "https://xn--lnd-qla.example/plan"),
        ("https://land.example/style.css?v=245", "https://land.example/style.css"),
        (f"{PDF};jsessionid=0A1B.live1?__blob=publicationFile&v=9", f"{PDF}?v=9&__blob=publicationFile"),
    ],
)
def test_decoration_is_taken_off(decorated: str, plain: str) -> None:
    """What systems and campaigns add to an address does not make another one."""
    assert canonical_url(decorated) == canonical_url(plain)


def test_the_version_of_a_file_is_kept() -> None:
    """The counter ``v`` grows when a file is replaced."""
    assert canonical_url(f"{PDF}?__blob=publicationFile&v=9") != canonical_url(f"{PDF}?__blob=publicationFile&v=10")
    assert canonical_url("https://land.example/datei/77?v=2", document=True).endswith("?v=2")


def test_parameters_that_choose_what_is_shown_are_kept() -> None:
    """A video's id is no version number, an article's id no decoration."""
    assert canonical_url("https://video.example/watch?v=aB3dE5fG7hI").endswith("?v=aB3dE5fG7hI")
    assert canonical_url("https://land.example/detail.php?gsid=land1.c.7.de").endswith("?gsid=land1.c.7.de")


def test_other_schemes_are_left_as_they_are() -> None:
    """E-mail addresses are no places on the web."""
    assert canonical_url(" mailto:Amt@Land.example ") == "mailto:Amt@Land.example"


@given(
    st.text(alphabet="aZ09ü%/.;=~ -_", max_size=30),
    st.lists(
        st.tuples(st.sampled_from(["v", "nn", "a", "utm_x", "ö"]), st.text(alphabet="a1ü&= ", max_size=5)), max_size=4
    ),
)
@settings(max_examples=150)
def test_a_canonical_address_is_its_own_canonical_form(path: str, parameters: list[tuple[str, str]]) -> None:
    """Applied twice, it changes nothing more."""
    query = "&".join(f"{name}={value}" for name, value in parameters)
    once = canonical_url(f"http://Land.example/{path}?{query}")
    assert canonical_url(once) == once


@given(st.text(max_size=40))
def test_no_address_makes_it_fail(text: str) -> None:
    """Pages link all sorts of things."""
    assert isinstance(canonical_url(text), str)
    assert isinstance(canonical_url(f"https://{text}"), str)
    assert is_home(text) in (True, False)


def test_files_are_told_by_their_address() -> None:
    """By extension, or by the Government Site Builder's way to serve files."""
    assert is_document_url(f"{PDF};jsessionid=1")
    assert is_document_url("https://land.example/plan?__blob=publicationFile&v=2")
    assert not is_document_url("https://land.example/bild.jpg?__blob=normal&v=2")
    assert not is_document_url("https://land.example/plan_node.html")
    assert media_type_of(PDF) == "application/pdf"
    assert media_type_of("https://land.example/") is None


@pytest.mark.parametrize(
    "url",
    [
        "https://land.example",
        "https://land.example/index.html",
        "https://land.example/startseite/",
        "https://land.example/DE/Home/home_node.html;jsessionid=1?nn=2",
        "https://land.example/de/",
    ],
)
def test_start_pages_are_recognised(url: str) -> None:
    """By the words of their path."""
    assert is_home(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://land.example/digitales/strategie",
        "https://land.example/roadmap/roadmap_node.html",
        "https://land.example/?p=2119",
        "https://land.example/home/informieren",
    ],
)
def test_other_pages_are_no_start_pages(url: str) -> None:
    """A word of a start page among others is not enough."""
    assert not is_home(url)


def test_the_registrable_host_leaves_out_subdomains() -> None:
    """``www.`` and ``app.`` belong to the same house."""
    assert registrable_host("https://www.land.example/x") == registrable_host("https://app.land.example/y")
    assert registrable_host("https://land.example/") != registrable_host("https://parking.example/")
