"""The sample portal's server: every night answers what the script says, over real HTTP."""

import http.client
import socket
import struct
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from extract.declarations import load_catalogue
from flows.demo.portal import SAMPLE_CATALOGUE, Asked, SamplePortal

ROADMAP = "https://portal.saarland.example/stk/DE/portale/digitalisierung/roadmap/roadmap_node.html"
MOVED_ROADMAP = ROADMAP.replace("/stk/", "/mwide/")
CHAMBER = "https://ihk.magdeburg.example/magdeburg/interessen/sachsen-anhalt-digital-2030-7000042"
STRATEGY = "https://digitales.hessen.example/digitale-zukunft/digitalstrategie-hessen"
PROGRAMME = "https://digitales.schleswig-holstein.example/DE/digitalisierungsprogramm"
PRESS = "https://portal.saarland.example/DE/presse-informationen/medieninfo/2020/pm_2020-01-24-startups.html"
BROCHURE = "https://digitales.schleswig-holstein.example/SharedDocs/Downloads/DE/digitalisierungsprogramm.pdf"


@pytest.fixture(scope="module")
def portal() -> Iterator[SamplePortal]:
    with SamplePortal() as running:
        yield running


class Reply:
    """An answer with its body read."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()


def ask(portal: SamplePortal, night: int, url: str, method: str = "GET", **fields: str) -> Reply:
    """One request to the address behind the night's prefix."""
    target = urlsplit(portal.prefix(night) + url)
    connection = http.client.HTTPConnection(target.netloc, timeout=10)
    path = target.path + (f"?{target.query}" if target.query else "")
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in fields.items()})
        return Reply(connection.getresponse())
    finally:
        connection.close()


def test_the_statuses_of_all_nights_are_those_of_the_script(portal: SamplePortal) -> None:
    """One row for each page, one number for each night."""
    seen = {url: [ask(portal, night, url).status for night in portal.nights] for url in (ROADMAP, CHAMBER, STRATEGY)}
    seen |= {url: [ask(portal, night, url).status for night in portal.nights] for url in (PROGRAMME, PRESS)}
    assert seen == {
        ROADMAP: [200, 200, 200, 200, 200, 200, 301],
        CHAMBER: [200, 200, 200, 200, 200, 200, 200],
        STRATEGY: [200, 200, 200, 200, 200, 302, 200],
        PROGRAMME: [200, 200, 503, 200, 200, 200, 200],
        PRESS: [200, 200, 200, 200, 404, 200, 200],
    }


def test_every_declared_page_is_there_on_the_first_night(portal: SamplePortal) -> None:
    """The catalogue of the sample portal can be loaded, and its pages answer."""
    declarations = load_catalogue(SAMPLE_CATALOGUE)
    assert [ask(portal, 0, declaration.url).status for declaration in declarations] == [200] * 5
    assert {declaration.page_id for declaration in declarations} == {
        "demo-sl-roadmap",
        "demo-st-ihk",
        "demo-he-strategie",
        "demo-sh-programm",
        "demo-sl-presse",
    }


def test_every_answer_tells_its_night(portal: SamplePortal) -> None:
    """Nights are consecutive days at 04:10 in Berlin, told in GMT, whatever the status."""
    told = [parsedate_to_datetime(ask(portal, night, PRESS).headers["Memento-Datetime"]) for night in portal.nights]
    assert told == [portal.night(night).at for night in portal.nights]
    assert [moment.strftime("%d %H:%M") for moment in told] == [f"0{day} 03:10" for day in range(2, 9)]


def test_a_page_that_was_not_rendered_again_answers_304(portal: SamplePortal) -> None:
    """Both kinds of validators are honoured, and an ETag outranks a date."""
    strategy = ask(portal, 1, STRATEGY)
    again = ask(portal, 2, STRATEGY, If_None_Match=f'"other", W/{strategy.headers["ETag"]}')
    assert (again.status, again.body, again.headers["Content-Length"]) == (304, b"", None)
    assert again.headers["ETag"] == strategy.headers["ETag"]
    assert again.headers["Memento-Datetime"] != strategy.headers["Memento-Datetime"]
    chamber = ask(portal, 0, CHAMBER)
    assert ask(portal, 1, CHAMBER, If_Modified_Since=chamber.headers["Last-Modified"]).status == 304
    assert ask(portal, 2, CHAMBER, If_Modified_Since=chamber.headers["Last-Modified"]).status == 200
    modified = strategy.headers["Last-Modified"]
    assert ask(portal, 2, STRATEGY, If_None_Match='"other"', If_Modified_Since=modified).status == 200


def test_a_date_that_cannot_be_read_is_ignored(portal: SamplePortal) -> None:
    """RFC 9110, section 13.1.3: an invalid If-Modified-Since means nothing."""
    assert ask(portal, 1, CHAMBER, If_Modified_Since="gestern").status == 200


def test_redirects_stay_under_the_prefix_of_their_night(portal: SamplePortal) -> None:
    """The start page of one portal, the new address of another, and both of them exist."""
    home = ask(portal, 5, STRATEGY)
    assert home.headers["Location"] == portal.prefix(5) + "https://digitales.hessen.example/"
    assert ask(portal, 5, "https://digitales.hessen.example/").status == 200
    moved = ask(portal, 6, ROADMAP)
    assert moved.headers["Location"] == portal.prefix(6) + MOVED_ROADMAP
    assert ask(portal, 6, MOVED_ROADMAP).status == 200
    assert ask(portal, 5, MOVED_ROADMAP).status == 404


def test_an_overloaded_portal_says_when_to_come_back(portal: SamplePortal) -> None:
    """An hour is longer than any run waits."""
    assert ask(portal, 2, PROGRAMME).headers["Retry-After"] == "3600"


def test_the_linked_documents_are_there_and_the_second_edition_comes_later(portal: SamplePortal) -> None:
    """What a page links can be fetched in the same night, session id or not."""
    first, second = f"{BROCHURE}?__blob=publicationFile&v=2", f"{BROCHURE}?__blob=publicationFile&v=3"
    assert ask(portal, 3, first).body.startswith(b"%PDF-1.4")
    assert ask(portal, 3, second).status == 404
    with_session = second.replace("?", ";jsessionid=0AFF.live17?")
    assert ask(portal, 4, with_session).body == ask(portal, 5, second).body != ask(portal, 4, first).body
    assert ask(portal, 4, second).headers["Content-Type"] == "application/pdf"


def test_every_host_has_a_robots_file(portal: SamplePortal) -> None:
    """It allows the pages; a host that the portal does not have has none."""
    for url in (ROADMAP, CHAMBER, STRATEGY, PROGRAMME):
        robots = ask(portal, 0, f"https://{urlsplit(url).netloc}/robots.txt")
        assert (robots.status, robots.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
        assert b"User-agent: *" in robots.body
    assert ask(portal, 0, "https://elsewhere.example/robots.txt").status == 404


def test_head_answers_like_get_without_a_body(portal: SamplePortal) -> None:
    """RFC 9110, section 9.3.2."""
    got, head = ask(portal, 0, CHAMBER), ask(portal, 0, CHAMBER, method="HEAD")
    assert head.body == b""
    names = ("Content-Type", "Content-Length", "Last-Modified", "Memento-Datetime")
    assert [head.headers[name] for name in names] == [got.headers[name] for name in names]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/n0/",
        "/n7/" + CHAMBER,
        "/n-1/" + CHAMBER,
        "/n0/file:///etc/passwd",
        "/n0/../../etc/passwd",
    ],
)
def test_whatever_is_not_in_the_script_is_not_found(portal: SamplePortal, path: str) -> None:
    """No request leads out of the script."""
    connection = http.client.HTTPConnection(urlsplit(portal.prefix(0)).netloc, timeout=10)
    connection.putrequest("GET", path)
    connection.endheaders()
    assert connection.getresponse().status == 404
    connection.close()


def test_an_escaped_or_shortened_beginning_of_an_address_is_understood(portal: SamplePortal) -> None:
    """Clients escape the colon or lose one of two slashes; archives take both."""
    plain = ask(portal, 0, CHAMBER).body
    assert ask(portal, 0, CHAMBER.replace("://", "%3A//", 1)).body == plain
    assert ask(portal, 0, CHAMBER.replace("://", ":/", 1)).body == plain


def test_the_log_tells_what_was_asked() -> None:
    """In order, with night, original address and status; other requests leave no trace."""
    with SamplePortal() as own:
        etag = ask(own, 0, PRESS).headers["ETag"]
        ask(own, 1, PRESS, If_None_Match=etag)
        ask(own, 4, PRESS, method="HEAD")
        ask(own, 99, PRESS)
        assert own.asked == (
            Asked(0, "GET", PRESS, 200, conditional=False),
            Asked(1, "GET", PRESS, 304, conditional=True),
            Asked(4, "HEAD", PRESS, 404, conditional=False),
        )


def test_the_server_listens_on_loopback_only_and_ends_with_its_context() -> None:
    """After the context nobody answers any more."""
    with SamplePortal() as own:
        origin = urlsplit(own.prefix(0))
        assert origin.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(origin.netloc, timeout=2)
    with pytest.raises(ConnectionRefusedError):
        connection.request("GET", "/")


def test_nothing_is_written_to_the_terminal(portal: SamplePortal, capfd: pytest.CaptureFixture[str]) -> None:
    """The demo's terminal belongs to its account."""
    ask(portal, 0, PRESS)
    ask(portal, 0, "https://elsewhere.example/")
    assert capfd.readouterr() == ("", "")


def test_a_client_that_hangs_up_disturbs_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    """A reset connection leaves no traceback, and the next client is answered."""
    with SamplePortal() as own:
        target = urlsplit(own.prefix(0))
        for _ in range(3):
            rude = socket.create_connection((str(target.hostname), target.port or 0), timeout=5)
            rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            rude.sendall(f"GET {target.path}{STRATEGY} HTTP/1.1\r\nHost: x\r\n\r\nGET ".encode())
            rude.close()
        assert ask(own, 0, STRATEGY).status == 200
    assert capfd.readouterr() == ("", "")
