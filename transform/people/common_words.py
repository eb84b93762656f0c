"""Capitalised German words that are no part of a person's name: nouns, adjectives, places, organisations.

Three questions, three functions: can the word be part of a surname at all, does it head an organisation or a street, is
it the name of a Land or of a large town.  Surnames are often nouns (``Müller``, ``Schön``, ``Kaiser``), so that only
nouns of the pages' own subject and the derivational endings of German are excluded.
"""

from __future__ import annotations

import re

_NOUNS = """
Abend Agenda Aktion Aktionsplan Alltag Analyse Anfang Angebot Angebote Anliegen Anregungen Ansatz Antrag App Arbeit
Archiv Artikel Aufgabe Aufgaben Auftakt Ausbau Ausblick Ausgabe Austausch Bauen Bayern Beginn Beispiele Beitrag
Bericht Beruf Beteiligte Betrieb Betriebe Bevölkerung Beratung Bilanz Bild Bildung Blick Bund Bundesland Bündnis
Bürgerdialog Chance Chancen Cloud Code Daten Datei Demokratie Deutsch Deutsche Deutschen Deutscher Deutschland Dialog
Dienst Dienste Digital Digitales Download Ehrenamt Einladung Entwurf Energie Erde Erfolg Ergebnis Ergebnisse Ethik
Euro Europa Fachkräfte Feld Fokus Fonds Formular Forum Fragen Frühjahr Frühling Fünf Gast Gebiet Gemeinde Gemeinsam
Generation Geschichte Gesetz Gesundheit Grundlage Grundlagen Gruppe Haushalt Haus Heimat Herausforderung Herbst Herzen
Hinweis Hinweise Hilfe Idee Ideen Impuls Impulse Info Information Innovation Internet Jahr Jahre Jahres Kabinett
Kapitel Katalog Klima Kommune Kommunen Konzept Kraft Kultur Kunst Labor Land Landes Leben Lebens Lernen Licht Link
Links Liste Lösung Lösungen Markt Maßnahme Maßnahmen Medien Mehr Mensch Menschen Ministerrat Mittel Mobilität Modell
Modul Monat Monate Morgen Motto Mut Nachhaltig Nachrichten Natur Neu Neues Newsletter Netz Netze Null Nutzen Öffnet
Open Orte Ort Panorama Partner Partei Pfad Pflege Pilot Plan Platz Podium Politik Portal Praxis Preis Presse Produkt
Programm Projekt Projekte Punkt Quelle Rahmen Rat Raum Rede Regeln Region Regionen Ressort Roadmap Robotik Rolle Ruhe
Schritt Schritte Schule Schulen Schutz Schwerpunkt Seite Seiten Sicher Sicherheit Sitzung Smart Sommer Sport Sprache
Staat Stadt Stand Standort Start Startup Startups Strategie Strom Strukturen Studie Stunde Szene Tag Tage Talente Team
Teil Termin Termine Text Thema Themen Titel Tour Umfeld Umwelt Unternehmen Update Urlaub Verein Verfahren Verkehr
Version Vielfalt Vision Visionen Vorhaben Vorteil Wald Wandel Wahl Wasser Wege Welt Werte Wettbewerb Wille Winter
Wirtschaft Wissen Woche Wochen Wohl Wohlstand Zahl Zahlen Zeit Zeiten Ziel Ziele Zukunft Zugang Zeitalter Zuhause
Künstliche Intelligenz Cyber Made Best New Work Data Lab Hub City Cities Service Center Government Januar Februar März
April Mai Juni Juli August September Oktober November Dezember Montag Dienstag Mittwoch Donnerstag Freitag Samstag
Sonnabend Sonntag Der Die Das Den Dem Des Ein Eine Einer Eines Einem Einen Er Sie Es Wir Ich Ihr Ihre Ihrem Ihren
Ihrer Sein Seine Unser Unsere Unserem Unseren Unserer Dieser Diese Dieses Diesem Diesen Jeder Jede Jedes Alle Allen
Beide Und Oder Aber Auch Als Am An Auf Aus Bei Beim Bis Da Dabei Dafür Damit Danach Dann Dazu Denn Deshalb Doch Dort
Durch Erst Für Gegen Hier Hinter Hohe Im In Ins Ist Jetzt Kein Keine Laut Mit Nach Neben Nicht Noch Nun Nur Ob Ohne
Schon Seit So Somit Sowie Über Um Unter Vom Von Vor Vier Weil Weiter Wenn Wer Wie Wo Wird Zehn Zu Zum Zur Zwei
Zwischen Drei Insgesamt Zudem Außerdem Darüber Heute Gestern Bereits Mehrere Viele Rund Etwa Herzlich
"""

_ADJECTIVES = (
    r"[Dd]igital|[Nn]eu|[Aa]lt|[Jj]ung|[Gg]roß|[Ss]tark|[Gg]ut|[Oo]ffen|[Ss]icher|[Ss]mart|[Ii]ntelligent|[Mm]odern|[Aa]gil|[Vv]ernetzt|"
    r"[Nn]ächst|[Ee]rst|[Zz]weit|[Dd]ritt|[Ww]eiter|[Gg]emeinsam|[Öö]ffentlich|[Rr]egional|[Ll]okal|[Gg]lobal|[Kk]ommunal|[Ss]ozial|"
    r"[Bb]reit|[Hh]oh|[Ss]chnell|[Ff]rei|[Ee]igen|[Gg]anz|[Gg]esamt|[Ll]ebendig|[Gg]rün|[Kk]ünstlich|[Ee]lektronisch|[Zz]entral|[Bb]est|"
    r"[Vv]erbunden|[Rr]obust|[Ee]xzellent|[Ww]ichtig|[Ii]nnovativ|[Bb]esonder|[Dd]eutsch|[Ee]uropäisch|[Hh]essisch|[Ss]ächsisch|[Bb]ayerisch|"
    r"[Hh]erausragend|[Zz]ahlreich|[Vv]erschieden|[Vv]erantwortlich|[Zz]uständig|[Ss]trategisch|[Mm]ehr|[Vv]iel|[Ww]enig|[Ee]inig|[Gg]leich"
)
_ADJECTIVE = re.compile(rf"(?:{_ADJECTIVES})(?:e[nrsm]?)?|.+(?:isch|lich|ig|iv|bar|sam|los|haft|ierend|iert)e[nsm]?")
_ENDING = re.compile(
    r".+(?:heit|keit|schaft|tion|sion|tät|ismus|[aeiou]nz|ierung|logie|grafie|kratie|nomie)(?:en)?|.{4,}ung(?:en|s)?|.{6,}(?:ment|nis)(?:se|s)?"
)
_STRONG_ENDING = re.compile(
    r".+(?:heit|keit|schaft|tion|sion|tät|ismus|ierung|logie|grafie|kratie)(?:en)?|.{6,}ungen|.{7,}ung"
)
_HEADS = re.compile(
    r".*(?:strategie|regierung|programm|projekte?|portal|plattform|dienste?|dienstes|initiative|netzwerk|woche|gipfel|kongress|konferenz|tagung|"
    r"forum|workshop|beirat|kabinett|ausschuss|gesetze?|gesetzes|technologien?|agenda|pakt|fonds|offensive|kompass|index|bericht|preis|"
    r"medien|daten|politik|wirtschaft|wissenschaft|netze|werke?|bildung|mobilität|intelligenz|zukunft|wandel|themen|"
    r"unternehmen|startups?|start-ups?|kommunen|bürgerinnen|vertreter|vertretern|delegation|presse|mitteilung|telefon|teams?)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r".*(?:ministeriums?|kanzlei|behörden?|agentur|verband(?:e?s)?|verein[es]*|kammer|hochschule|universität|gymnasium|kolleg|lehrstuhl|fakultät|professur|museum|theater|institut[es]*|gesellschaft|stiftung|"
    r"landesamt[es]*|bundesamt[es]*|finanzamt[es]*|rathaus|fraktion|landtag[es]*|bundestag[es]*|bundesrat[es]*|landkreis[es]*|vertretung|abteilung|"
    r"referat[es]*|stabsstelle|stabstelle|pressestelle|geschäftsstelle|koordinierungsstelle|leitstelle|servicestelle|anlaufstelle|zentrum|zentrums|"
    r"zentrale|dezernat|fachbereich|sekretariat|redaktion|büro|sparkasse|bank|gruppe|schule|akademie|klinikum|betrieb|referates)",
    re.IGNORECASE,
)
_ORGANISATION_WORDS = """
GmbH gGmbH AG KG SE e.V. eV mbH IHK HWK Ministerium Amt Verlag Holding Group Ltd Inc Stadt Gemeinde Landkreis Kreis
Land Haus Museum Bibliothek Verwaltung Landesverwaltung Team Hotline Service Kompetenzzentrum Referat Arbeitsgruppe
Arbeitskreis Kommission Medienservice Öffentlichkeitsarbeit Dataport ITDZ BITKOM Bitkom DStGB KGSt FITKO CIO-Stab LfDI
BSI BMI BMDS
"""
_STREET = re.compile(
    r".*(?:straße|strasse|str|platz|allee|gasse|weg|ufer|ring|damm|chaussee|promenade|halle|arena|haus|saal|park|brücke|preis|schule|medaille)",
    re.IGNORECASE,
)
_PLACES = """
Baden-Württemberg Bayern Berlin Brandenburg Bremen Hamburg Hessen Mecklenburg-Vorpommern Niedersachsen
Nordrhein-Westfalen Rheinland-Pfalz Saarland Sachsen Sachsen-Anhalt Schleswig-Holstein Thüringen Deutschland Europa
Frankreich Österreich Schweiz Polen Estland Stuttgart München Potsdam Bremerhaven Wiesbaden Schwerin Hannover
Düsseldorf Mainz Saarbrücken Dresden Magdeburg Kiel Erfurt Köln Frankfurt Leipzig Dortmund Essen Nürnberg Duisburg
Bochum Wuppertal Bielefeld Bonn Münster Karlsruhe Mannheim Augsburg Gelsenkirchen Mönchengladbach Braunschweig
Chemnitz Halle Krefeld Freiburg Rostock Kassel Darmstadt Regensburg Ingolstadt Heidelberg Ulm Würzburg Göttingen
Wolfsburg Koblenz Trier Jena Weimar Cottbus Lübeck Flensburg Neumünster Oldenburg Osnabrück Brüssel Paris Wien Gera
Gießen Fulda Völklingen Neunkirchen Homburg Stendal Dessau-Roßlau Wismar Stralsund Greifswald Ludwigshafen
Kaiserslautern Zwickau Bayreuth Bamberg
"""
_SURNAMES_TOO = """
Abend August Best Bild Erde Feld Freitag Gast Haus Herbst Hohe Januar Kraft Licht Markt Mai März Montag Morgen Mut Neu
Ort Punkt Rat Raum Ruhe Schutz Sommer Sonntag Start Strom Tag Wald Wille Winter Wissen Rede Sport Pfad Kunst
Klima Bund
"""


_NOUN_SET = frozenset(_NOUNS.split())
_PLACE_SET = frozenset(_PLACES.split())
_ORGANISATION_SET = frozenset(_ORGANISATION_WORDS.split())
_SURNAME_SET = frozenset(_SURNAMES_TOO.split())
"""Nouns of the table that are surnames as well: after a given name they are taken for one."""


def is_adjective(word: str) -> bool:
    """Whether a word is an inflected adjective of a kind that stands before nouns, not before surnames."""
    return _ADJECTIVE.fullmatch(word) is not None


def is_common(word: str, *, strict: bool = True) -> bool:
    """Whether a capitalised word is a noun or adjective rather than part of a name.

    Args:
        word: One word, hyphens included.
        strict: Exclude every derivational ending; else only those that no surname has.  Strict where nothing else
            says that a person is meant.
    """
    if not strict and word in _SURNAME_SET:
        return False
    if word in _NOUN_SET or _HEADS.fullmatch(word) or is_organisation(word):
        return True
    if not strict:
        return _STRONG_ENDING.fullmatch(word) is not None or (
            word[0].isupper() and is_adjective(word) and len(word) > 7
        )
    return _ENDING.fullmatch(word) is not None or is_adjective(word)


def is_organisation(word: str) -> bool:
    """Whether a word is the head of an organisation's name (``Landesamt``, ``GmbH``, ``Pressestelle``)."""
    return word in _ORGANISATION_SET or _ORGANISATION.fullmatch(word) is not None


def is_street(word: str) -> bool:
    """Whether a word ends as streets, squares and halls do: a name before it is then no person."""
    return _STREET.fullmatch(word.rstrip(".")) is not None


def is_place(word: str) -> bool:
    """Whether a word is a Land, a neighbouring country or one of the larger German towns."""
    return word in _PLACE_SET
