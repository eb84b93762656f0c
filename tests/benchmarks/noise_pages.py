"""Strategy pages of invented Länder, drawn from a seed: what they say, in the words of nobody."""

from __future__ import annotations

import random

from tests.support.strategy_pages import Card, Part, StrategyPage

LANDS = ("Nordmark", "Südland", "Ostfelden", "Westerau", "Mittelgau", "Hochheide", "Seenland", "Grenzmark")
NAMES = ("Digitalstrategie", "Digitalprogramm", "Landesstrategie Digital", "Digitalagenda")
FIELDS = (
    "Digitale Verwaltung",
    "Schnelle Netze",
    "Bildung und Kompetenzen",
    "Gesundheit und Pflege",
    "Mobilität der Zukunft",
    "Wirtschaft und Gründung",
    "Sichere Systeme",
    "Kultur und Teilhabe",
    "Energie und Klima",
    "Landwirtschaft und ländlicher Raum",
    "Offene Daten",
    "Justiz und Rechtspflege",
)
GOALS = (
    "Anträge lassen sich vollständig online stellen",
    "Jeder Haushalt erhält einen schnellen Anschluss",
    "Schulen arbeiten mit eigenen Lernplattformen",
    "Kliniken tauschen Befunde sicher aus",
    "Betriebe finden Beratung in ihrer Nähe",
    "Verwaltungsdaten stehen allen offen",
    "Busse und Bahnen melden ihre Lage in Echtzeit",
    "Museen zeigen ihre Sammlungen im Netz",
    "Gerichte führen ihre Akten elektronisch",
    "Höfe nutzen Wetterdaten für die Aussaat",
)
ADVANTAGES = (
    "kurze Wege zwischen Forschung und Betrieben",
    "ein dichtes Netz von Hochschulen",
    "erfahrene Fachkräfte in der Fertigung",
    "günstige Flächen für Rechenzentren",
    "lebendige Vereine und Initiativen",
    "eine starke Hafenwirtschaft",
    "verlässliche Partner in den Kommunen",
)
MORE_ADVANTAGES = (
    "verlässliche Stromversorgung aus Wind",
    "junge Unternehmen mit neuen Ideen",
    "zwei Forschungszentren für Robotik",
    "ein eigenes Netz aus Glasfaser",
    "hohe Lebensqualität am Wasser",
)
SENTENCES = (
    "Das Land arbeitet dabei eng mit den Kommunen zusammen.",
    "Viele Betriebe haben ihre Erfahrungen in Werkstätten eingebracht.",
    "Die Ergebnisse werden regelmäßig veröffentlicht und erörtert.",
    "Ein Beirat aus Wissenschaft und Wirtschaft begleitet die Umsetzung.",
    "Neue Dienste entstehen zuerst in Modellregionen und gehen dann in die Fläche.",
    "Besonders wichtig ist der Schutz persönlicher Angaben.",
    "Auch ältere Menschen sollen ohne Hürden teilnehmen können.",
    "Die Ressorts stimmen ihre Planungen im Lenkungskreis ab.",
    "Freie Software hat Vorrang, wo sie den Anforderungen genügt.",
    "Beratungsstellen in allen Kreisen helfen beim Einstieg.",
    "Der Austausch mit den Nachbarn jenseits der Grenze wird vertieft.",
    "Fortbildungen richten sich an Beschäftigte aller Laufbahnen.",
    "Gemeinsame Standards erleichtern den Wechsel zwischen Anbietern.",
    "Bürgerinnen und Bürger können Vorschläge über ein Portal einreichen.",
    "Die Wirkung der Maßnahmen wird von unabhängiger Seite untersucht.",
    "Jugendliche gestalten eigene Angebote in offenen Laboren.",
)
UNITS = ("Vorhaben", "Maßnahmen", "Projekte", "Teilvorhaben")
PEOPLE = ("Hanna Probst", "Jonas Lindner", "Meike Carstens", "Tobias Reimann", "Sabine Kolbe", "Peter Ahrens")
STREETS = ("Deichgasse", "Am Speicher", "Lindenallee", "Marktplatz", "Hafenstraße")
MONTHS = ("Januar", "Februar", "März", "Mai", "Juni", "September", "November")


def drawn_page(rng: random.Random) -> StrategyPage:
    """A page with all that a strategy page may have."""
    land, name = rng.choice(LANDS), rng.choice(NAMES)
    title = f"{name} {land} {rng.choice((2028, 2030, 2032))}"
    fields = tuple(rng.sample(FIELDS, rng.randint(4, 6)))
    own = rng.sample(SENTENCES, 12)
    unit, other = rng.sample(UNITS, 2)
    under_headings = rng.random() < 0.5
    day = f"{rng.randint(1, 28)}. {rng.choice(MONTHS)} {rng.choice((2022, 2023, 2024))}"
    field_parts = (
        tuple(Part(field, (own[6 + n % 6],), level=3) for n, field in enumerate(fields)) if under_headings else ()
    )
    extent = f"Sie umfasst {rng.randint(21, 180)} {unit}."
    money = f"{rng.randint(2, 60)},{rng.randint(1, 9)}"
    host = land.lower().replace("ü", "ue")
    intro = "Die Strategie ordnet ihre Arbeit nach Handlungsfeldern."
    return StrategyPage(
        title,
        f"Ministerium für Digitales {land}",
        (
            Part(
                title,
                (
                    f"Mit der {title} beschreibt die Landesregierung ihren Weg. {own[0]}",
                    f"Die Landesregierung hat die {title} am {day} beschlossen. {extent}",
                ),
                level=1,
            ),
            Part("Ziele der Strategie", ("Die Strategie verfolgt diese Ziele:",), tuple(rng.sample(GOALS, 4))),
            Part("Handlungsfelder", (intro,), () if under_headings else fields),
            *field_parts,
            Part(
                "Umsetzung",
                (
                    f"Für die Umsetzung stehen {money} Millionen Euro bereit. {own[1]}",
                    f"Rund {rng.randint(20, 90) * 10} Fachleute haben mitgewirkt. {own[2]} {own[3]}",
                    f"{own[4]} {own[5]}",
                ),
            ),
            Part(
                "Beteiligung vor Ort",
                (
                    f"Jedes Jahr werden zwischen {rng.randint(5, 20)} und {rng.randint(21, 60)} Gemeinden gefördert.",
                    "Bürger*innen werden früh einbezogen. „Wir wollen mutig vorangehen“, sagt Ministerin Sommerfeld.",
                    f"Die Fachtagung „Daten am Deich“ findet am {rng.randint(1, 27)}. Juni 2026 in Husum statt.",
                ),
            ),
            Part(
                f"Stärken von {land}",
                (f"Das Land bringt viel mit. In {rng.randint(12, 99)} {other} wird bereits gearbeitet:",),
                tuple(rng.sample(ADVANTAGES, 4)),
            ),
            Part(
                "Veröffentlichungen",
                ("Die Strategie liegt als Heft vor.",),
                links=(("Zur Seite des Beirats", f"https://www.beirat-{host}.example/digital"),),
                files=((f"{name} (PDF)", f"https://digital.{host}.example/hefte/strategie.pdf"),),
            ),
            Part("Kontakt", card=drawn_card(rng, land)),
        ),
    )


def drawn_card(rng: random.Random, land: str) -> Card:
    """A contact card."""
    name = rng.choice(PEOPLE)
    first, last = name.lower().split()
    host = land.lower().replace("ü", "ue")
    return Card(
        name=name,
        office=f"Referat Digitales {land}",
        street=f"{rng.choice(STREETS)} {rng.randint(1, 90)}",
        town=f"9{rng.randint(1000, 9999)} {land}stadt",
        phone=f"0999 555-{rng.randint(100, 999)}",
        email=f"{first}.{last}@digital.{host}.example",
    )
