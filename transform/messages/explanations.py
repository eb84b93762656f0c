"""A verdict in a sentence for people who do not know our words."""

from __future__ import annotations

import re

_VERDICT = re.compile(r"(?P<outcome>suspect|failed|blocked|gone)(?::(?P<reason>[a-z0-9_]+))?(?::\s|$)")
_SENTENCES: dict[str, tuple[str, str]] = {
    "maintenance": (
        "Statt der Seite steht dort zurzeit ein Hinweis auf Wartungsarbeiten.",
        "In place of the page there is a notice of maintenance.",
    ),
    "consent_wall": (
        "Statt der Seite steht dort eine Abfrage der Zustimmung zu Cookies.",
        "In place of the page there is a request to accept cookies.",
    ),
    "javascript_shell": (
        "Die Seite zeigt ihren Text nur noch mit JavaScript; ohne es ist sie leer.",
        "The page shows its text with JavaScript only; without it, it is empty.",
    ),
    "bot_wall": (
        "Vor der Seite steht eine Prüfung, die Programme aussperrt; sie wird nicht umgangen.",
        "A check that shuts programs out stands before the page; it is not circumvented.",
    ),
    "soft_404": (
        "Das Portal meldet an dieser Stelle, dass es die Seite nicht gibt.",
        "The portal says at this address that there is no such page.",
    ),
    "redirect_home": (
        "Die Adresse führt jetzt auf die Startseite des Portals; die Seite ist wohl umgezogen oder entfernt.",
        "The address now leads to the portal's home page; the page has probably moved or gone.",
    ),
    "redirect_host": (
        "Die Adresse führt jetzt zu einem anderen Anbieter mit anderem Inhalt.",
        "The address now leads to somebody else's host with another content.",
    ),
    "error_text": (
        "Statt der Seite steht dort eine Fehlermeldung des Portals.",
        "In place of the page there is an error message of the portal.",
    ),
    "collapse": (
        "Der größte Teil des Textes fehlt. Fehlt er auch in einer der nächsten Nächte, wird das als Änderung gemeldet.",
        "Most of the text is missing. If it is still missing on one of the next nights, that is told as a change.",
    ),
    "empty": ("Die Seite ist leer.", "The page is empty."),
    "media_type": (
        "Dort liegt jetzt eine andere Art von Datei als bisher.",
        "There is another kind of file than before.",
    ),
    "language": (
        "Die Seite antwortet in einer anderen Sprache als bisher.",
        "The page answers in another language than before.",
    ),
    "encoding": ("Der Text der Seite ist nicht lesbar kodiert.", "The text of the page is not encoded readably."),
    "no_text_layer": (
        "Das Dokument besteht nur aus Bildern und hat keinen lesbaren Text.",
        "The document consists of pictures and has no text to read.",
    ),
    "unreadable": ("Die Antwort ließ sich nicht lesen.", "The answer could not be read."),
    "timeout": ("Das Portal hat nicht rechtzeitig geantwortet.", "The portal did not answer in time."),
    "dns": ("Der Name des Portals ist nicht auffindbar.", "The portal's name cannot be found."),
    "tls": (
        "Das Zertifikat des Portals ist ungültig oder abgelaufen; ohne gültiges wird nichts gelesen.",
        "The portal's certificate is invalid or expired; nothing is read without a valid one.",
    ),
    "connection": ("Die Verbindung zum Portal kam nicht zustande.", "No connection to the portal came about."),
    "truncated": ("Die Antwort des Portals brach mittendrin ab.", "The portal's answer broke off in the middle."),
    "robots_disallowed": (
        "Das Portal untersagt in seiner robots.txt das automatische Lesen; daran halten wir uns.",
        "The portal forbids automatic reading in its robots.txt; we keep to that.",
    ),
    "blocked": (
        "Das Portal lässt uns zurzeit nicht lesen; das wird nicht umgangen.",
        "The portal does not let us read at present; that is not circumvented.",
    ),
    "gone": ("Das Portal meldet, dass es die Seite nicht mehr gibt.", "The portal says that the page is gone."),
    "failed": ("Die Seite war nicht abrufbar.", "The page could not be fetched."),
    "suspect": ("Die Antwort ist wahrscheinlich nicht die Seite.", "The answer is probably not the page."),
}


def explained(detail: str, language: str) -> str | None:
    """What a verdict at the beginning of an incident's detail means; ``None`` for any other detail."""
    match = _VERDICT.match(detail)
    if match is None:
        return None
    german, english = _SENTENCES.get(match["reason"] or "", _SENTENCES[match["outcome"]])
    return english if language == "en" else german
