"""Long documents in three languages as lists of blocks, drawn from a seed, and what befalls them over the years.

Rules, terms and reports rather than strategy pages: many headings or none, long lists, whole paragraphs said twice.
All words are authored here and say nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape


@dataclass(frozen=True)
class Block:
    """A heading (``h2``), a paragraph (``p``) or a list item (``li``)."""

    element: str
    text: str


Text = tuple[Block, ...]
Operation = Callable[[Text, str, random.Random], Text | None]
"""An edit; ``None`` where the text has nothing to edit in this way."""

_PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "de": (
        (
            *("Das Ministerium", "Der Beirat", "Die Landesregierung", "Die Geschäftsstelle", "Der Ausschuss"),
            *("Die Behörde", "Der Anbieter", "Die Kommission", "Das Referat", "Die Stadt", "Der Landkreis", "Das Amt"),
        ),
        (
            *("prüft", "veröffentlicht", "fördert", "begleitet", "beschließt", "erläutert", "speichert", "löscht"),
            *("ergänzt", "überarbeitet", "bewertet", "vermittelt"),
        ),
        (
            *(
                "die Anträge der Gemeinden",
                "den Bericht über die Netze",
                "die Angaben der Nutzer",
                "neue Modellregionen",
            ),
            *(
                "das Verzeichnis der Dienste",
                "die Mittel für Schulen",
                "den Ausbau im ländlichen Raum",
                "die Leitlinien",
            ),
            *("die Verträge mit den Partnern", "den Schutz der Daten", "das Programm für Betriebe", "offene Fragen"),
        ),
        (
            *("in jedem Quartal", "nach Ablauf der Frist", "mit Beginn des Jahres", "auf Antrag", "ohne Ausnahme"),
            *("gemeinsam mit den Kommunen", "bis zum Ende der Laufzeit", "in eigener Zuständigkeit", "vor Ort"),
        ),
    ),
    "en": (
        (
            *("The provider", "The service", "The committee", "Our company", "The account holder", "The agency"),
            *("The board", "The processor", "A subsidiary", "The operator", "The department", "The registrar"),
        ),
        (
            *("may collect", "will review", "shall publish", "is entitled to share", "must delete", "can update"),
            *("will disclose", "may suspend", "shall retain", "will notify", "is required to store", "may amend"),
        ),
        (
            *("the information of the users", "the terms of this agreement", "any content of the account"),
            *("the list of the partners", "the records of the transactions", "the settings of the device"),
            *("the reports on the service", "the rights of the members", "the fees for the subscription"),
            *("the notices to the authorities", "the location of the device", "the results of the survey"),
        ),
        (
            *("at any time", "on request", "within thirty days", "without notice", "for as long as the law requires"),
            *("in accordance with this policy", "by electronic mail", "at its own discretion", "before the deadline"),
        ),
    ),
    "fr": (
        (
            *("Le ministère", "La commission", "Le service", "La région", "Le comité", "La société", "Le bureau"),
            *("La mairie", "Le prestataire", "La direction"),
        ),
        (
            *("publie", "examine", "conserve", "peut modifier", "transmet", "soutient", "supprime", "évalue"),
            *("présente", "complète"),
        ),
        (
            *("les données des utilisateurs", "le rapport sur les réseaux", "la liste des services", "les dossiers"),
            *("les contrats avec les partenaires", "le programme pour les écoles", "les règles de la plateforme"),
            *("la protection des informations", "les demandes des communes", "les nouveaux projets"),
        ),
        (
            *("chaque année", "sur demande", "dans un délai de trente jours", "sans préavis", "avec les communes"),
            *("au début du trimestre", "à la fin de la période", "dans tous les cas"),
        ),
    ),
}
LANGUAGES = tuple(_PARTS)
_HEADINGS = {
    "de": ("Allgemeines", "Zuständigkeit", "Fristen", "Daten", "Verträge", "Berichte", "Pflichten", "Änderungen"),
    "en": ("General terms", "Your account", "Data we collect", "Sharing", "Liability", "Changes", "Contact", "Fees"),
    "fr": ("Généralités", "Compte", "Données", "Partage", "Responsabilité", "Modifications", "Contact", "Tarifs"),
}


def sentence(language: str, rng: random.Random) -> str:
    """A sentence that hardly comes twice."""
    who, does, what, how = (rng.choice(words) for words in _PARTS[language])
    number = f" ({rng.randint(2, 99)})" if rng.random() < 0.2 else ""
    return f"{who} {does} {what} {how}{number}."


def drawn_text(language: str, rng: random.Random) -> Text:
    """A document of some hundred to some thousand words; one in three has no heading at all."""
    has_headings, says_twice = rng.random() < 0.67, rng.random() < 0.4
    blocks: list[Block] = []
    for heading in rng.sample(_HEADINGS[language], rng.randint(3, 8)):
        if has_headings:
            blocks.append(Block("h2", heading))
        for _ in range(rng.randint(1, 5)):
            text = " ".join(sentence(language, rng) for _ in range(rng.randint(1, 6)))
            blocks.append(Block("p", text))
        if rng.random() < 0.5:
            items = [Block("li", sentence(language, rng).rstrip(".")) for _ in range(rng.randint(2, 9))]
            blocks += items
    if says_twice:
        blocks += [block for block in blocks[: len(blocks) // 4] if block.element != "h2"]
    return tuple(blocks)


def markup(text: Text, title: str, links: str, rng: random.Random, *, language: str | None, root: str) -> str:
    """The document as HTML; the words that are linked are always the same ones, where they lead differs.

    Args:
        text: What it says.
        title: Content of its title, and its h1 where it has headings.
        links: Mark of the addresses that its links lead to.
        rng: Draws what is decoration.
        language: ``lang`` of the page; ``None`` leaves it out.
        root: Element around the content: ``main``, ``article``, or ``div`` for a page that marks nothing.
    """
    has_headings = any(block.element == "h2" for block in text)
    pieces = [f"<h1>{escape(title)}</h1>"] if has_headings else []
    in_list = False
    for number, block in enumerate(text):
        if (block.element == "li") != in_list:
            in_list = not in_list
            pieces.append("<ul>" if in_list else "</ul>")
        words = (
            _linked(block.text, f"https://partner-{number % 7}.example/{links}/{number}") if number % 5 == 0 else None
        )
        pieces.append(f"<{block.element}>{words or escape(block.text)}</{block.element}>")
    pieces += ["</ul>"] if in_list else []
    lang = f' lang="{language}"' if language else ""
    stamp = f"<!-- {rng.random()} -->"
    navigation = "<nav><a href='/'>Start</a> <a href='/a'>A</a> <a href='/b'>B</a></nav>"
    return (
        f"<!DOCTYPE html><html{lang}><head><meta charset='utf-8'><title>{escape(title)}</title></head>"
        f"<body>{navigation}{stamp}<{root}>{''.join(pieces)}</{root}><footer>© Example</footer></body></html>"
    )


def _linked(text: str, url: str) -> str:
    first, _, rest = text.partition(" ")
    return f'<a href="{url}">{escape(first)}</a> {escape(rest)}'


def _of(text: Text, *elements: str) -> list[int]:
    return [number for number, block in enumerate(text) if block.element in elements]


def _put(text: Text, number: int, *blocks: Block, instead: int = 0) -> Text:
    return (*text[:number], *blocks, *text[number + instead :])


def word_replaced(text: Text, language: str, rng: random.Random) -> Text | None:
    """One word of a sentence is another one."""
    number = rng.choice(_of(text, "p", "li"))
    words = text[number].text.split(" ")
    place = rng.randrange(len(words))
    new = rng.choice(sentence(language, rng).rstrip(".").split(" ")).lower()
    if re.sub(r"\W", "", words[place]).casefold() == re.sub(r"\W", "", new).casefold():
        return None
    words[place] = new + (words[place][-1] if not words[place][-1].isalnum() else "")
    return _put(text, number, replace(text[number], text=" ".join(words)), instead=1)


def number_changed(text: Text, _language: str, rng: random.Random) -> Text | None:
    """A number in brackets is another one."""
    numbered = [number for number in _of(text, "p", "li") if "(" in text[number].text]
    if not numbered:
        return None
    number = rng.choice(numbered)
    changed = re.sub(r"\(\d+\)", f"({rng.randint(100, 999)})", text[number].text, count=1)
    return _put(text, number, replace(text[number], text=changed), instead=1)


def sentence_added(text: Text, language: str, rng: random.Random) -> Text | None:
    """A paragraph goes on."""
    number = rng.choice(_of(text, "p"))
    return _put(text, number, replace(text[number], text=f"{text[number].text} {sentence(language, rng)}"), instead=1)


def sentence_removed(text: Text, _language: str, rng: random.Random) -> Text | None:
    """A paragraph loses its last sentence."""
    long = [number for number in _of(text, "p") if text[number].text.count(". ") >= 1]
    if not long:
        return None
    number = rng.choice(long)
    shorter = text[number].text[:-1].rpartition(". ")[0] + "."
    return _put(text, number, replace(text[number], text=shorter), instead=1)


def paragraph_added(text: Text, language: str, rng: random.Random) -> Text | None:
    """New words in the middle."""
    new = Block("p", " ".join(sentence(language, rng) for _ in range(rng.randint(1, 4))))
    return _put(text, rng.choice(_of(text, "p")) + 1, new)


def paragraph_removed(text: Text, _language: str, rng: random.Random) -> Text | None:
    """A paragraph goes."""
    numbers = _of(text, "p")
    return _put(text, rng.choice(numbers), instead=1) if len(numbers) > 4 else None


def item_added(text: Text, language: str, rng: random.Random) -> Text | None:
    """A list grows."""
    numbers = _of(text, "li")
    return _put(text, rng.choice(numbers), Block("li", sentence(language, rng).rstrip("."))) if numbers else None


def item_removed(text: Text, _language: str, rng: random.Random) -> Text | None:
    """A list shrinks."""
    numbers = _of(text, "li")
    return _put(text, rng.choice(numbers), instead=1) if len(numbers) > 2 else None


def heading_renamed(text: Text, language: str, rng: random.Random) -> Text | None:
    """Another heading over the same words."""
    numbers = _of(text, "h2")
    new = [heading for heading in _HEADINGS[language] if Block("h2", heading) not in text]
    return _put(text, rng.choice(numbers), Block("h2", rng.choice(new)), instead=1) if numbers and new else None


def section_added(text: Text, language: str, rng: random.Random) -> Text | None:
    """A heading with what stands below it, before another one."""
    numbers = _of(text, "h2")
    new = [heading for heading in _HEADINGS[language] if Block("h2", heading) not in text]
    if not numbers or not new:
        return None
    below = [Block("p", " ".join(sentence(language, rng) for _ in range(3))) for _ in range(2)]
    return _put(text, rng.choice(numbers), Block("h2", rng.choice(new)), *below)


def section_removed(text: Text, _language: str, rng: random.Random) -> Text | None:
    """A heading goes with what stands below it."""
    numbers = [*_of(text, "h2"), len(text)]
    if len(numbers) < 5:
        return None
    place = rng.randrange(len(numbers) - 1)
    return _put(text, numbers[place], instead=numbers[place + 1] - numbers[place])


def rewritten(text: Text, language: str, rng: random.Random) -> Text | None:
    """A third of all paragraphs is new, as after a revision."""
    chosen = {number for number in _of(text, "p") if rng.random() < 0.33}
    return tuple(
        Block("p", " ".join(sentence(language, rng) for _ in range(3))) if number in chosen else block
        for number, block in enumerate(text)
    )


OPERATIONS: tuple[Operation, ...] = (
    *(word_replaced, number_changed, sentence_added, sentence_removed, paragraph_added, paragraph_removed),
    *(item_added, item_removed, heading_renamed, section_added, section_removed, rewritten),
)
