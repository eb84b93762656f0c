"""A small page as records, with parts to replace: for tests of the comparison."""

from __future__ import annotations

from dataclasses import replace

from transform.compare.comparison import compare_records
from transform.records import ActionField, Figure, ListItem, Records, SectionRecord

TITLE = "Landesprogramm Netz"
FIELD_NAMES = ("Digitale Wege", "Offene Daten", "Sichere Netze")


def section(heading: str, text: str, *, position: int = 0, level: int = 2) -> SectionRecord:
    path = heading if level == 1 else f"{TITLE} > {heading}"
    return SectionRecord(
        position=position, section=path, evidence=heading, level=level, heading=heading, path=path, text=text
    )


def figure(value: float, unit: str, evidence: str, **more: object) -> Figure:
    values: dict[str, object] = {"position": 0, "evidence": evidence, "value": value, "comparator": "eq", "unit": unit}
    return Figure(**{**values, **more})  # type: ignore[arg-type]


def item(text: str, position: int, list_no: int = 0) -> ListItem:
    return ListItem(position=position, evidence=text, text=text, role="advantages", intro="Vorteile:", list_no=list_no)


def action_fields(*names: str) -> tuple[ActionField, ...]:
    return tuple(
        ActionField(position=rank, section=f"{TITLE} > {name}", evidence=name, name=name)
        for rank, name in enumerate(names)
    )


def page(**more: object) -> Records:
    """A small page; what is given replaces its part."""
    base: dict[str, object] = {
        "title": TITLE,
        "publisher": "Ministerium für Netze",
        "sections": (
            section(TITLE, "Das Programm umfasst 36 Projekte. Es gilt im ganzen Land.", level=1),
            section("Aufbau", "Die 36 Projekte stehen in drei Gruppen. Jede Gruppe hat eine Leitung.", position=1),
            section("Ausblick", "Im Herbst wird berichtet. Danach geht es weiter wie geplant.", position=2),
        ),
        "figures": (figure(36, "Projekte", "Das Programm umfasst 36 Projekte.", mentions=2),),
    }
    return Records(**{**base, **more})  # type: ignore[arg-type]


def with_text(records: Records, rank: int, text: str) -> tuple[SectionRecord, ...]:
    return tuple(replace(one, text=text) if number == rank else one for number, one in enumerate(records.sections))


def told(before: Records, after: Records) -> list[tuple[str, str, str | None]]:
    return [(c.entity.value, c.kind.value, c.field) for c in compare_records(before, after)]
