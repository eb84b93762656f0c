"""Answers with status 200 that are not the page: what maintenance, consent, bot and error pages say.

Their phrases stand in titles, main headings and *short* bodies.  A strategy page that mentions "Wartungsarbeiten", or
whose frame asks for cookies, is none of them: where the main content is long, only its title can accuse it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Exchange
from transform.document import BlockKind, Document
from transform.german.text import comparable, displayed
from transform.urls import is_home, registrable_host
from transform.verdict import Suspicion

SHORT_WORDS = 150
"""Up to so many words of main content, an answer may be nothing but a notice."""
_NOTICE_TITLE_WORDS = 9
_LONGEST_STUB = 5_000
_REFRESH = re.compile(
    rb"<meta[^>]{0,80}http-equiv\s*=\s*[\"']?refresh[^>]{0,80}?url\s*=\s*[\"']?([^\"'>]{1,500})", re.IGNORECASE
)

_LOADING_WORDS = r"loading|(?:seite\s)?wird\sgeladen|bitte\swarten|inhalte?\swerden?\sgeladen"
_LOADING = re.compile(rf"(?i)\b(?:{_LOADING_WORDS})\b")
_NOTICES: tuple[tuple[Suspicion, re.Pattern[str]], ...] = (
    (
        Suspicion.SOFT_404,
        re.compile(
            r"(?i)(?:seite|inhalt|dokument|datei|artikel|beitrag)\b.{0,60}\b(?:nicht\s(?:mehr\s)?(?:gefunden|verfügbar|"
            r"vorhanden|existier|auffindbar)|existiert\snicht)|nicht\sgefunden|(?:fehler|error)\s?:?\s?404|\b404\b|"
            r"page\snot\sfound|not\sfound"
        ),
    ),
    (
        Suspicion.MAINTENANCE,
        re.compile(
            r"(?i)wartung(?:sarbeit\w*|smodus|sseite|sfenster)?\b|(?:derzeit|momentan|zurzeit|gerade|vorübergehend|"
            r"zeitweise|aktuell)\b.{0,60}\b(?:nicht\s(?:erreichbar|verfügbar)|gewartet|überarbeitet|offline)|"
            r"maintenance|service\s(?:temporarily\s)?unavailable|bald\swieder\s(?:da|erreichbar)|befindet\ssich\sim\saufbau"
        ),
    ),
    (
        Suspicion.BOT_WALL,
        re.compile(
            r"(?i)captcha|just\sa\smoment|checking\syour\sbrowser|are\syou\s(?:a\s)?human|(?:kein|ein)\s(?:bot|roboter)\b|"
            r"ungewöhnliche[rn]?\s(?:datenverkehr|zugriff|aktivität)|sicherheits(?:über)?prüfung|access\sdenied|"
            r"zugriff\sverweigert|zugriff\s(?:wurde\s)?(?:blockiert|gesperrt)|request\sunsuccessful|"
            r"verify(?:ing)?\s(?:that\s)?you\sare\s(?:a\s)?human|browser\s(?:wird\s)?(?:über)?prüf"
        ),
    ),
    (
        Suspicion.CONSENT_WALL,
        re.compile(
            r"(?i)(?:cookies?|einwilligung|datenschutzeinstellung\w*|tracking)\b.{0,200}\b(?:zustimm\w*|akzeptier\w*|"
            r"einwillig\w*|erlaub\w*|ablehn\w*|auswähl\w*|einstellung\w*|anzuzeigen)|(?:stimmen\ssie|zustimm\w*|"
            r"einwillig\w*|akzeptieren\ssie)\b.{0,200}\bcookies?|bevor\ssie\s(?:weiterlesen|fortfahren)|"
            r"verwende[nt]\s(?:\w+\s){0,3}cookies?\b|before\syou\scontinue"
        ),
    ),
    (
        Suspicion.JAVASCRIPT_SHELL,
        re.compile(
            r"(?i)java\s?script\b.{0,100}\b(?:aktivier\w*|einschalt\w*|erforderlich|benötigt\w*|notwendig|unterstütz\w*|"
            r"deaktiviert|ausgeschaltet|enable\w*|required|disabled)|(?:aktivier\w*|benötig\w*|enable|requires?|"
            rf"without)\b.{{0,80}}\bjava\s?script|^(?:{_LOADING_WORDS}|lädt)\b[\s.…]*"
        ),
    ),
    (
        Suspicion.ERROR_TEXT,
        re.compile(
            r"(?i)(?:interner?\s)?server\s?fehler|internal\sserver\serror|fehler\s(?:ist\s)?aufgetreten|bad\sgateway|"
            r"gateway\stime-?out|fatal\serror|stack\s?trace|datenbankfehler|database\serror|technische[rns]?\s(?:fehler|"
            r"störung|problem\w*)|exception\b|(?:fehler|error)\s?:?\s?5\d\d\b|anfrage\s(?:konnte\s)?nicht\s(?:bearbeitet|"
            r"verarbeitet)"
        ),
    ),
)
_WALLS = frozenset({Suspicion.CONSENT_WALL, Suspicion.JAVASCRIPT_SHELL, Suspicion.BOT_WALL, Suspicion.MAINTENANCE})
_WORD = re.compile(r"[^\W\d_]+")


def notice(document: Document) -> tuple[Suspicion, str] | None:
    """What kind of notice a page is, with the words that give it away; ``None`` for content.

    A page without main content is judged by all that it shows, frame included.
    """
    text = comparable(document.text)
    n_words = len(_WORD.findall(text))
    for suspicion, pattern in _NOTICES:
        for line in _titles(document):
            match = pattern.search(line)
            most_words = 4 * SHORT_WORDS if suspicion is Suspicion.SOFT_404 else SHORT_WORDS
            if match and len(line.split()) <= _NOTICE_TITLE_WORDS and n_words <= most_words:
                return suspicion, match.group(0)
    if n_words > SHORT_WORDS:
        return None
    for suspicion, pattern in _NOTICES:
        match = pattern.search(text)
        if match and _tells(suspicion, document, n_words):
            return suspicion, match.group(0)
    if n_words >= 5:
        return None
    shown = comparable(document.all_text)
    walls = [(suspicion, pattern.search(shown)) for suspicion, pattern in _NOTICES if suspicion in _WALLS]
    walls.append((Suspicion.JAVASCRIPT_SHELL, _LOADING.search(shown)))
    return next(((suspicion, match.group(0)) for suspicion, match in walls if match), None)


def refresh_target(answer: Exchange) -> str | None:
    """Where a stub sends its readers by ``<meta http-equiv="refresh">`` (HTML, 4.2.5.3), as written; else ``None``.

    Long pages carry such elements for readers without scripts; they are no redirects.
    """
    match = _REFRESH.search(answer.body) if len(answer.body) <= _LONGEST_STUB else None
    return match.group(1).decode("ascii", errors="ignore").strip() if match else None


def is_challenge(answer: Exchange) -> bool:
    """Whether the answer's header fields say that a bot check stands before the page."""
    if (answer.header("cf-mitigated") or "").lower() == "challenge":
        return True
    return (answer.header("x-amzn-waf-action") or "").lower() in ("challenge", "captcha")


def leads_home(target: str, declared: str) -> bool:
    """Whether an address is a start page although the declared one is not."""
    return is_home(target) and not is_home(declared)


def leads_elsewhere(target: str, declared: str) -> bool:
    """Whether an address belongs to another registrable host than the declared one."""
    return registrable_host(target) != registrable_host(declared)


def _titles(document: Document) -> Iterator[str]:
    """The page's title (its first part, before the portal's name) and its main heading."""
    if document.title:
        yield re.split(r"\s[|–—»·]\s|\s-\s", displayed(document.title))[0]
    yield from (comparable(block.text) for block in document.headings if block.level == 1)


def _tells(suspicion: Suspicion, document: Document, n_words: int) -> bool:
    """Whether a phrase in a short body makes it a notice: one or two sentences do, a page with sections does not."""
    if suspicion in (Suspicion.SOFT_404, Suspicion.ERROR_TEXT, Suspicion.MAINTENANCE):
        sections = sum(block.kind is BlockKind.HEADING for block in document.blocks)
        return n_words <= SHORT_WORDS // 2 and sections <= 1
    return n_words <= SHORT_WORDS // 2 or not any(block.kind is BlockKind.LIST_ITEM for block in document.blocks)
