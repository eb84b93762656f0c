"""Lines that frame a page and say nothing of its subject: what German portals write around their content.

Every phrase was seen on official pages or stands in the templates of their content management systems.  Phrases are
compared as whole lines (:func:`transform.german.text.key`), so that a sentence which mentions "Cookies"
or "teilen" stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transform.german.text import displayed, key

_LINES = """
seite teilen|teilen|beitrag teilen|artikel teilen|diese seite teilen|vielen dank fürs teilen|weiterempfehlen|empfehlen|
seite empfehlen|seite weiterempfehlen|artikel empfehlen|teilen auf|teilen per|link kopieren|link kopiert|url kopieren|
seite drucken|drucken|artikel drucken|druckversion|druckansicht|drucken/pdf|pdf erstellen|als pdf speichern|
seite speichern|merken|auf die merkliste|merkliste|nach oben|zum seitenanfang|zurück zum seitenanfang|seitenanfang|
zurück nach oben|zurück|zurück zur übersicht|zur übersicht|zurück zur startseite|zum inhalt|zum inhalt springen|
direkt zum inhalt|zur navigation|zum hauptmenü|zum hauptmenu|zur suche|zur hauptnavigation|hauptinhalt|hauptinhalte|
navigation und service|navigation|servicemenü|hauptmenü|hauptnavigation|metanavigation|unternavigation|inhaltsbereich|
unternavigationspunkte|unternavigation aller website-bereiche|fußbereich|fussbereich|zusatzinformationen|marginalspalte|
pfadnavigation|brotkrumennavigation|brotkrümelnavigation|breadcrumb|menu|menü|menü öffnen|menü schließen|suche|suchen|
suchbegriff|suche öffnen|suche schließen|vorlesen|seite vorlesen|vorlesefunktion|text vorlesen|anhören|artikel anhören|
details anzeigen|details einblenden|details ausblenden|mehr anzeigen|weniger anzeigen|alle anzeigen|alles aufklappen|
alle aufklappen|alle zuklappen|aufklappen|zuklappen|ausklappen|einklappen|öffnen|schließen|weiterlesen|mehr lesen|
mehr erfahren|mehr dazu|mehr|lesen sie mehr|bild vergrößern|vergrößern|bild herunterladen|bild öffnen|galerie öffnen|
video abspielen|video starten|abspielen|play|pause|stopp|berechne lesezeit|lesezeit wird berechnet|kommentare|
keine kommentare|kommentar schreiben|war diese seite hilfreich|war dieser artikel hilfreich|feedback|feedback geben|
leichte sprache|gebärdensprache|kontrast|schriftgröße|seitenwerkzeuge|werkzeuge|sie sind hier|stichwörter|schlagwörter|
schlagworte|stichworte|öffnet sich in einem neuen fenster|zur startseite|startseite|cookie-einstellungen|
datenschutzeinstellungen|cookies|weitersagen|folgen sie uns|social media|newsletter abonnieren|abonnieren|
vorheriger artikel|nächster artikel|vorheriger beitrag|nächster beitrag|vorheriger|nächster|weiter|
artikel-informationen|artikelinformationen|externer link|externe links werden in einem neuen fenster geöffnet|
seite als pdf|als pdf|anzeige|zum inhaltsverzeichnis|rss-feed abonnieren|zum kontaktformular|kontaktformular|
karte wird geladen|inhalt wird geladen|wird geladen|bitte warten|auf den merkzettel|merkzettel
"""
LINES = frozenset(key(line) for line in _LINES.replace("\n", "").split("|"))

_SHARE = """
facebook|x|twitter|x (twitter)|x (ehemals twitter)|linkedin|xing|whatsapp|mastodon|bluesky|threads|telegram|threema|
instagram|youtube|flickr|pinterest|reddit|signal|e-mail|email|mail|per e-mail|rss|rss-feed|drucken|print|pdf|pocket|
teilen|link kopieren|sms|messenger|tiktok|flipboard|tumblr
"""
SHARE_NAMES = frozenset(key(name) for name in _SHARE.replace("\n", "").split("|"))
_SENT_ON = re.compile(
    r"(?:(?:diese[nr]?\s)?(?:seite|artikel|beitrag|inhalt)\s)?(?:"
    r"(?:auf|über|via|per|bei|mit)\s(?P<name>.+?)\s(?:teilen|senden|versenden|weiterleiten|empfehlen|posten)"
    r"|(?:teilen|senden|versenden|weiterleiten|empfehlen)\s(?:auf|über|via|per|bei|mit)\s(?P<by>.+))"
)
"""``Teilen auf Mastodon``, ``Seite per E-Mail senden``."""

_RELATED = """
mehr zum thema|zum thema|weitere themen|weitere informationen zum thema|verwandte themen|verwandte artikel|
verwandte inhalte|verwandte beiträge|ähnliche themen|ähnliche artikel|ähnliche beiträge|ähnliche seiten|
weitere artikel|weitere beiträge|weitere meldungen|weitere nachrichten|weitere pressemitteilungen|
das könnte sie auch interessieren|das könnte sie interessieren|das könnte dich auch interessieren|auch interessant|
das interessiert sie vielleicht auch|auch interessant für sie|lesen sie auch|lesen sie mehr|lesen sie weiter|
passend dazu|passend zum thema|dazu passt|mehr aus diesem bereich|mehr aus dem bereich|aus dem bereich|
stichwörter|stichworte|schlagwörter|schlagworte|tags|themen-tags|tag cloud|aktuelle meldungen|aktuelle nachrichten|
aktuelle beiträge|neueste beiträge|neueste meldungen|letzte meldungen|neuigkeiten|neues aus dem ministerium|
aktuelle pressemitteilungen|meistgelesen|meistgesuchte themen|meistgelesene artikel|beliebte seiten|top-themen|
seite teilen|beitrag teilen|teilen|teilen sie diese seite|empfehlen sie uns weiter|folgen sie uns|social media|
kommentare|newsletter|auf dieser seite|inhalt dieser seite|inhaltsverzeichnis|seiteninhalt|schnelleinstieg|
nächster artikel|vorheriger artikel|weitere seiten|service|servicebereich|servicelinks|zusatzinformationen|
mehr entdecken|themenwelten|im fokus
"""
RELATED = frozenset(key(phrase) for phrase in _RELATED.replace("\n", "").split("|"))

KEYWORDS = frozenset({"stichwörter", "stichworte", "schlagwörter", "schlagworte", "tags", "themen-tags"})

LEGAL = frozenset(
    {
        *("impressum", "datenschutz", "datenschutzerklärung", "barrierefreiheit", "erklärung zur barrierefreiheit"),
        *("nutzungsbedingungen", "nutzungshinweise", "haftungsausschluss", "rechtliche hinweise", "sitemap"),
        *("leichte sprache", "gebärdensprache", "inhaltsübersicht", "hinweise zum datenschutz", "bildnachweise"),
    }
)
"""Labels of the links in the foot of every official page."""

_POSSIBLY_RELATED = """
weitere informationen|weiterführende informationen|weiterführende links|weiterführendes|mehr informationen|
weitere links|links|linktipps|externe links|interne links|nützliche links|links zum thema|aktuelles|nachrichten|
meldungen|presse|pressemitteilungen|termine|veranstaltungen|news|blog|mehr|siehe auch|hintergrund|
weitere angebote|weitere inhalte
"""
POSSIBLY_RELATED = frozenset(key(phrase) for phrase in _POSSIBLY_RELATED.replace("\n", "").split("|"))

FRAME_LABELS = (
    RELATED | {key(line) for line in ("Brotkrumen", "Seitenwerkzeuge", "Weitere Informationen", "Cookies")} | LINES
)

_PATTERNS = re.compile(
    r"""
      [\w\s().,+&–-]{1,100}\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|avif)                     # name of an image file
    | \(?(?:©|\(c\)|copyright\b|bildquelle|bildnachweis|bildrechte|fotonachweis|fotoquelle).{0,200}
    | (?:foto|bild|grafik|fotograf(?:in)?)\s?:.{1,150}
    | (?:ca\.\s)?(?:lesezeit|lesedauer)\s?:?\s?(?:ca\.\s)?\d+\s?min(?:uten?|\.)?
    | (?:ca\.\s)?\d+\s?min(?:uten?|\.)?\s?(?:lesezeit|lesedauer)
    | (?:\d[\d.]*\s?/\s?\d[\d.]*\s?)?(?:\d[\d.]*\s)?(?:aufrufe|views|klicks|ansichten)(?:\s?:?\s?\d[\d.]*)?
      (?:\s?[·|]\s?(?:\d+|keine)\skommentare?)?
    | \d[\d.]*\s?/\s?\d[\d.]*(?:\s(?:aufrufe|views))?(?:\s?[·|]\s?(?:\d+|keine)\skommentare?)?
    | (?:\d+|keine|ein)\skommentare?
    | (?:hat\sihnen\sd\w+\s\w+\s(?:weiter)?geholfen|war(?:en)?\sd\w+\s\w+\s(?:für\ssie\s)?(?:hilfreich|nützlich))\s?\??
      (?:\s?ja\W+nein)? | ja\W+nein
    | (?:ihr|dein)\sbrowser\swird\snicht\s(?:mehr\s)?unterstützt.{0,160}
    | seite\s\d+\svon\s\d+ | bild\s\d+\svon\s\d+
    | (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag),?\s(?:den\s)?\d{1,2}\.\s?\w+\.?\s?\d{4}
      (?:\s?[,|-]?\s?\d{1,2}[:.]\d{2}(?:\suhr)?)?                                          # running date
    | sie\ssind\shier\s?:?.{0,200}
    | startseite\s?[»›>/|→].{0,200}
    | \w{2,20}-suche
    | (?:diese|unsere)\s(?:web)?(?:seite|site)\s(?:verwendet|nutzt|benutzt)\s(?:technisch\snotwendige\s)?cookies\b.*
    | (?:wir|auf\sdieser\s(?:web)?seite)\s(?:verwenden|nutzen|werden)\s(?:technisch\snotwendige\s)?cookies\b.*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_INLINE = re.compile(
    r"""
      \s*\(\s*(?:vergrößerung\s)?öffnet\s(?:sich\s)?(?:in|im)\s(?:einem\s)?neue[mns]\s(?:fenster|tab)\s*\)
    | \s*\(\s*(?:externer\slink|link\söffnet\s(?:sich\s)?in\s(?:einem\s)?neuem?\s(?:fenster|tab))[^)]{0,40}\)
    | \s*(?-i:Öffnet\ssich\sin\seinem\sneuen\sFenster)\.?
    | \s*(?-i:Vergrößerung\söffnet\ssich\sim\sneuen\sFenster)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATORS = dict.fromkeys(map(ord, ",;|·•/"), " ")
_LONGEST_PHRASE = max(map(len, LINES))


def is_noise_line(line: str) -> bool:
    """Whether a whole line is a label, credit, counter or notice of the page's frame."""
    shown = displayed(line).strip(" ·|•")
    if len(shown) <= _LONGEST_PHRASE + 5 and (not shown or key(shown) in LINES):
        return True
    return len(shown) <= 400 and _PATTERNS.fullmatch(shown) is not None


def is_share_name(line: str) -> bool:
    """Whether a whole line is the name of a network or a way to send a page on."""
    if len(line) > 60:
        return False
    name = key(line)
    sent = _SENT_ON.fullmatch(name)
    return name in SHARE_NAMES or (sent is not None and (sent["name"] or sent["by"]) in SHARE_NAMES)


def is_frame_links(line: str, labels: Sequence[str]) -> bool:
    """Whether a line is made of links that frame a page: "Teilen: Facebook E-Mail", "Stichwörter: KI, Netze".

    Either all its links are such phrases, or what stands beside the links announces related pages.
    """
    rest = line
    for label in labels:
        rest = rest.replace(label, " ", 1)
    beside = key(rest.translate(_SEPARATORS))
    if beside and beside not in LINES and beside not in RELATED:
        return False
    all_framing = all(is_share_name(label) or key(label) in LINES for label in labels)
    return bool(labels) and (all_framing or beside in RELATED)


def without_inline_noise(text: str) -> str:
    """The text without notes such as "(Vergrößerung öffnet sich im neuen Fenster)" that templates glue to it."""
    return _INLINE.sub("", text) if "ffnet" in text or "xterner" in text else text
