"""Strategy pages of lands that do not exist, as values: parts that tests replace, and plain mark-up around them.

All words are authored here.  What a page says and how a system dresses it are two things: the same
:class:`StrategyPage` may be rendered in many ways, and an edit of it is an edit of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape


@dataclass(frozen=True)
class Card:
    """A contact card."""

    name: str
    office: str
    street: str
    town: str
    phone: str
    email: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The card as lines."""
        return (self.name, self.office, self.street, self.town, f"Telefon: {self.phone}", f"E-Mail: {self.email}")


@dataclass(frozen=True)
class Part:
    """A heading with what stands below it, in this order: paragraphs, list items, links, files, a contact card."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    card: Card | None = None
    level: int = 2


@dataclass(frozen=True)
class StrategyPage:
    """What a page says; the first part is the one below its title."""

    title: str
    kicker: str
    parts: tuple[Part, ...]

    def part(self, heading: str) -> Part:
        """The part of this heading."""
        return next(part for part in self.parts if part.heading == heading)

    def with_part(self, below: str, /, **values: object) -> StrategyPage:
        """The page with some values of the part below one heading replaced."""
        changed = replace(self.part(below), **values)  # type: ignore[arg-type]  # names of fields of Part
        return replace(self, parts=tuple(changed if part.heading == below else part for part in self.parts))

    def without(self, heading: str) -> StrategyPage:
        """The page without one part."""
        return replace(self, parts=tuple(part for part in self.parts if part.heading != heading))

    def with_words(self, before: str, after: str) -> StrategyPage:
        """The page with words replaced wherever they stand.

        Raises:
            ValueError: They stand nowhere.
        """
        parts = tuple(_with_words(part, before, after) for part in self.parts)
        if parts == self.parts:
            raise ValueError(f"the page does not say {before!r}")
        return replace(self, parts=parts)


def _with_words(part: Part, before: str, after: str) -> Part:
    return replace(
        part,
        paragraphs=tuple(text.replace(before, after) for text in part.paragraphs),
        items=tuple(text.replace(before, after) for text in part.items),
    )


PRESS_OFFICE = Card(
    name="Hanna Probst",
    office="Referat Digitaler Wandel",
    street="Deichgasse 7",
    town="99123 Nordmarkt",
    phone="0999 555-120",
    email="hanna.probst@digital.nordmark.example",
)

NORDMARK = StrategyPage(
    title="Digitalplan Nordmark 2030",
    kicker="Ministerium für Digitalen Wandel Nordmark",
    parts=(
        Part(
            "Digitalplan Nordmark 2030",
            (
                "Mit dem Digitalplan Nordmark 2030 richtet die Landesregierung ihre Digitalpolitik neu aus.",
                "Das Kabinett hat den Plan am 14. März 2023 beschlossen. Er umfasst 48 Vorhaben und gilt bis 2030.",
            ),
            level=1,
        ),
        Part(
            "Unsere Ziele",
            ("Der Plan verfolgt drei Ziele:",),
            (
                "Jede Behörde nimmt Anträge ohne Papier entgegen",
                "Schnelles Internet erreicht auch die Inseln",
                "Schulen lehren den Umgang mit Daten",
            ),
        ),
        Part(
            "Handlungsfelder",
            ("Die Vorhaben verteilen sich auf vier Handlungsfelder:",),
            ("Digitale Verwaltung", "Vernetzte Küste", "Bildung und Daten", "Sichere Systeme"),
        ),
        Part(
            "Umsetzung",
            (
                "Für die Umsetzung stehen 12,5 Millionen Euro bereit. Davon fließt ein Drittel in die Häfen.",
                "Ein Beirat aus Wirtschaft und Wissenschaft begleitet die Arbeit und tagt zweimal im Jahr.",
                "Über 900 Beschäftigte haben an den Werkstätten teilgenommen. Ihre Anregungen sind eingeflossen.",
            ),
        ),
        Part(
            "Veröffentlichungen",
            ("Der Plan liegt als Heft vor. Weiteres steht auf der Seite des Beirats.",),
            links=(("Zur Seite des Beirats", "https://www.beirat.example/digital"),),
            files=(("Digitalplan als PDF", "https://digital.nordmark.example/hefte/digitalplan.pdf"),),
        ),
        Part("Ansprechpartnerin", card=PRESS_OFFICE),
    ),
)
"""A strategy page with goals, fields, figures, a date, a file, a link and a contact."""


def markup(page: StrategyPage, *, classes: str = "inhalt", before: str = "", after: str = "") -> str:
    """The page as plain HTML5 with a landmark; ``before`` and ``after`` stand outside of it."""
    kicker = f'<p class="{classes}-dachzeile">{escape(page.kicker)}</p>'
    parts = "\n".join(part_markup(part, classes) for part in page.parts)
    return document(page.title, f'{before}<main class="{classes}">{kicker}\n{parts}</main>{after}')


def document(title: str, body: str, *, head: str = '<meta charset="utf-8">', language: str = "de") -> str:
    """A whole HTML5 document with navigation and footer around a body."""
    navigation = (
        '<header><nav><ul><li><a href="/">Start</a></li><li><a href="/themen">Themen</a></li></ul></nav></header>'
    )
    footer = "<footer><p>Impressum | Datenschutz | Barrierefreiheit</p></footer>"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}<title>{escape(title)} | Nordmark</title></head>\n'
        f"<body>{navigation}\n{body}\n{footer}</body></html>"
    )


def part_markup(part: Part, classes: str = "inhalt") -> str:
    """A part as a heading and its elements."""
    pieces = [f'<h{part.level} class="{classes}-titel">{escape(part.heading)}</h{part.level}>']
    pieces += [f'<p class="{classes}-absatz">{escape(text)}</p>' for text in part.paragraphs]
    if part.items:
        pieces.append(f'<ul class="{classes}-liste">{"".join(f"<li>{escape(text)}</li>" for text in part.items)}</ul>')
    pieces += [_anchor(label, url) for label, url in (*part.links, *part.files)]
    if part.card is not None:
        pieces.append(f'<address class="{classes}-kontakt">{_lines(part.card.lines)}</address>')
    return f'<section class="{classes}-teil">{"".join(pieces)}</section>'


def _anchor(label: str, url: str) -> str:
    return f'<p><a href="{escape(url)}">{escape(label)}</a></p>'


def _lines(lines: Sequence[str]) -> str:
    return "<br>".join(map(escape, lines))
