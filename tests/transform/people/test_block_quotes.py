"""Quotations by markup: ``<blockquote>`` and ``<q>``, and who signs them."""

from __future__ import annotations

import pytest

from tests.support.documents import declaration
from transform.document import Document, Encoding
from transform.people.reader import read_people
from transform.reading.html import read_html

_WORDS = "Wir machen das Land bis 2030 zum digitalen Vorreiter."
_SIGNED = (
    f"<blockquote><p>{_WORDS}</p><footer>— Erika Mustermann, Ministerin für Digitales</footer></blockquote>",
    f"<blockquote><p>{_WORDS}</p><footer class='blockquote-footer'>Erika Mustermann</footer></blockquote>",
    f"<figure><blockquote>{_WORDS}</blockquote><figcaption>Erika Mustermann<br>Digitalministerin</figcaption></figure>",
    f"<blockquote>{_WORDS}<br><cite>Erika Mustermann</cite></blockquote>",
    f"<blockquote><p>{_WORDS}</p><cite>Erika Mustermann<br>Ministerin für Digitales</cite></blockquote>",
    f"<blockquote><p>{_WORDS}</p></blockquote><p>Ministerin Erika Mustermann</p>",
    f"<blockquote><p>„{_WORDS}“</p><footer>— Erika Mustermann, Ministerin</footer></blockquote>",
    f"<p><q>{_WORDS}</q>, sagte Ministerin Erika Mustermann.</p>",
    f"<p><q>„{_WORDS}“</q>, sagte Ministerin Erika Mustermann.</p>",
)


def _quotes(markup: str) -> list[tuple[str | None, str]]:
    page = (
        "<html lang='de'><body><main><h1>Digitalstrategie</h1><p>Das Land hat eine Strategie beschlossen.</p>"
        f"{markup}<p>Mehr dazu steht auf den folgenden Seiten.</p></main></body></html>"
    )
    read = read_html(page, encoding=Encoding("utf-8", "header"), url="https://www.beispiel.de/", declaration=None)
    assert isinstance(read, Document)
    return [(one.speaker, one.text) for one in read_people(read, declaration()).quotes]


@pytest.mark.parametrize("markup", _SIGNED)
def test_a_signed_quotation_is_a_quote_of_who_signs_it(markup: str) -> None:
    assert _quotes(markup) == [("Erika Mustermann", _WORDS)]


def test_the_paragraphs_of_one_quotation_are_one_quote() -> None:
    markup = f"<blockquote><p>{_WORDS}</p><p>Das geht nur gemeinsam.</p><footer>Erika Mustermann</footer></blockquote>"
    assert _quotes(markup) == [("Erika Mustermann", f"{_WORDS} Das geht nur gemeinsam.")]


def test_two_quotations_one_after_the_other_are_two_quotes() -> None:
    other = "<blockquote><p>Wir fangen in den Schulen an.</p><footer>Max Beispiel</footer></blockquote>"
    assert _quotes(_SIGNED[0] + other) == [
        ("Erika Mustermann", _WORDS),
        ("Max Beispiel", "Wir fangen in den Schulen an."),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>Die Frist endet am 3. Mai 2027. Bitte beachten Sie die Hinweise.</p></blockquote>",
        "<blockquote><p>Erika Mustermann</p></blockquote>",
        "<blockquote><ul><li>Breitband</li><li>Schulen</li></ul></blockquote><p>Ministerin Erika Mustermann</p>",
    ],
)
def test_what_is_set_off_and_not_signed_is_no_quote(markup: str) -> None:
    assert _quotes(markup) == []
