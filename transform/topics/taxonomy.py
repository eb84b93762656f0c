"""The common taxonomy of topics, so that Länder can be compared: data, in one place.

A topic is known by word patterns.  A pattern is matched against single words without regard to case: ``verwaltung``
anywhere in a word ("Landesverwaltung"), ``^kultur`` at its beginning, ``schule$`` at its end, ``^ki$`` the whole word.
A pattern with a space is matched against neighbouring words, each of its parts at the beginning of one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicPatterns:
    """A topic's name and the word patterns by which it is known."""

    name: str
    patterns: tuple[str, ...]


def _topic(name: str, patterns: str) -> TopicPatterns:
    """A topic with its patterns, which stand in one text parted by commas."""
    return TopicPatterns(name, tuple(pattern.strip() for pattern in patterns.split(",")))


TAXONOMY: tuple[TopicPatterns, ...] = (
    _topic(
        "Arbeit",
        "^arbeitswelt, ^arbeitsmarkt, ^arbeitsplatz, ^arbeitsplätz, ^arbeitnehmer, ^beschäftigung, ^fachkräft, "
        "^new work, ^gute arbeit, ^homeoffice, ^qualifizierung, ^arbeit 4",
    ),
    _topic(
        "Bildung",
        "^bildung, ^weiterbildung, ^ausbildung, bildung$, ^schule, schule$, ^schulen, schulen$, ^lehrkräft, "
        "^unterricht, ^lebenslanges lernen, ^medienkompetenz, ^digitalpakt",
    ),
    _topic(
        "Cybersicherheit",
        "cybersicherheit, ^it-sicherheit, ^informationssicherheit, ^cyber, ^cert, ^datensicherheit, "
        "^sicherheit im digital, ^sicherheit in der digital",
    ),
    _topic(
        "Daten",
        "^datenstrateg, ^datenr, ^datensouver, ^datennutzung, ^datenbereitstellung, ^datenökonomie, "
        "^datenkompetenz, ^datenschutz, ^echtzeitdat, ^datengetrieben, ^algorithm, ^datenplattform, ^daten$",
    ),
    _topic(
        "Digitale Souveränität",
        "^digitale souverän, ^digitaler souverän, ^digital souverän, ^open source, ^open-source, "
        "^open-source-software, ^herstellerunabhängig",
    ),
    _topic("Energie und Klima", "^energie, ^klima, ^energiewende, ^smart grid"),
    _topic(
        "Forschung und Wissenschaft",
        "^wissenschaft, ^forschung, forschung$, ^hochschul, ^universität, ^wissenstransfer, ^technologietransfer",
    ),
    _topic("Gesundheit", "gesundheit, ^pflege, ^telemedizin, ^medizin, ^klinik, ^krankenh, ^patient"),
    _topic(
        "Infrastruktur",
        "^breitband, ^glasfaser, ^gigabit, ^mobilfunk, ^5g$, ^rechenzentr, ^netzausbau, ^digitale infrastr, "
        "^digitaler infrastr, ^digitalen infrastr, it-infrastruktur, ^highspeed, ^wlan$, ^kommunikationsnetz",
    ),
    _topic(
        "Innovation und Start-ups",
        "^innovation, innovation$, innovationen$, ^start-up, ^startup, ^gründung, ^gründer, ^technologieführer",
    ),
    _topic("Kommunen", "^kommun, kommunen$, ^gemeinden$, ^landkreis, ^bürgermeister, ^rathaus"),
    _topic("Kultur und Medien", "^kultur, ^medien$, ^museen$, ^museum, ^kreativwirtschaft, ^bibliothek, ^kulturerbe"),
    _topic(
        "Künstliche Intelligenz",
        "^ki$, ^ki-, ^künstliche intelligenz, ^künstlicher intelligenz, ^künstlichen intelligenz, "
        "^maschinelles lernen, ^machine learning",
    ),
    _topic("Landwirtschaft", "landwirtschaft, ^smart farming, ^agrar"),
    _topic(
        "Ländlicher Raum",
        "^ländlicher raum, ^ländlichen raum, ^ländliche räume, ^ländlicher räume, ^ländlichen räume, ^dörf",
    ),
    _topic("Mobilität", "mobilität, ^verkehr, ^logistik, ^öpnv$, ^automotive, ^autonomes fahren, ^verkehrsleit"),
    _topic("Nachhaltigkeit", "nachhaltig, ^ressourcenschon, ^green it, ^kreislaufwirtschaft"),
    _topic(
        "Open Data",
        "^open data, ^opendata, ^offene daten, ^offenen daten, ^transparenzportal, ^open-data, ^open government",
    ),
    _topic(
        "Recht und Justiz",
        "^justiz, ^rechtsrahmen, ^rechtsverkehr, ^gesetz, gesetz$, ^digitalisierungsgesetz, ^e-justice, "
        "^digitalcheck, ^rechtswesen",
    ),
    _topic(
        "Sicherheit und Katastrophenschutz",
        "^polizei, ^katastrophenschutz, ^brandschutz, ^bevölkerungsschutz, ^innere sicherheit",
    ),
    _topic(
        "Smart City und Smart Region",
        "^smart region, ^smart city, ^smart cities, ^smarte region, ^smarte stadt, ^smarte städt, "
        "^smarten region, ^smart country, ^smart-city",
    ),
    _topic(
        "Soziales und Teilhabe",
        "teilhabe, ^barrierefrei, ^inklusion, ^gleichstellung, ^chancengleichheit, ^ehrenamt, "
        "^bürgerschaftliches engagement, ^bürgerschaftliche engagement, ^zusammenhalt, ^digitale spaltung, "
        "^offliner",
    ),
    _topic("Tourismus und Sport", "^tourismus, ^tourist, ^sport$, ^sportverein"),
    _topic("Verbraucherschutz", "verbraucherschutz, ^verbraucher"),
    _topic(
        "Verwaltung",
        "verwaltung, ^onlinezugangsgesetz, ^ozg$, ^behörde, ^registermodernisierung, ^e-government, ^e-governance, "
        "^bürgerservice, ^verwaltungsleistung, ^verwaltungsportal",
    ),
    _topic(
        "Wirtschaft",
        "^wirtschaft, wirtschaft$, ^unternehmen$, ^mittelstand, ^industrie, ^handwerk, ^wertschöpfung, ^kmu$, "
        "^standortfaktor, ^standortvorteil, ^strukturwandel",
    ),
    _topic("Wohnen und Bauen", "^bauantrag, ^bauen$, ^bauwesen, ^planen und bauen, ^baugenehmigung, ^bim$, ^wohnen$"),
)
"""All topics by name.  *Landwirtschaft* is a topic of its own and no *Wirtschaft*: see :data:`EXCLUDED`."""

EXCLUDED: dict[str, tuple[str, ...]] = {
    "Wirtschaft": ("landwirtschaft", "kreativwirtschaft", "kreislaufwirtschaft", "misswirtschaft"),
    "Bildung": ("abbildung", "nachbildung", "herausbildung", "hochschul"),
    "Kommunen": ("kommunikation", "kommunizier"),
    "Kultur und Medien": ("kulturwandel",),
    "Recht und Justiz": ("onlinezugangsgesetz",),
}
"""Words of other topics that a pattern would catch."""
