"""What the ready answers say where a simple query would go wrong."""

from __future__ import annotations

from dataclasses import replace

from tests.warehouse.contents import rows
from tests.warehouse.nights import declared, night, night_at, seen
from transform.records import ActionField, Topic
from warehouse.database import Warehouse
from warehouse.example_queries import example


def test_an_action_field_belongs_to_a_topic_by_whole_words_and_none_is_left_out(warehouse: Warehouse) -> None:
    shown = seen(declared(), night_at(0), "Funk")
    (version,) = shown.versions
    names = ("Kinder und Jugend", "KI in der Pflege", "IT‑Sicherheit")
    records = replace(
        version.records,
        action_fields=tuple(ActionField(position=rank, evidence=name, name=name) for rank, name in enumerate(names)),
        topics=(
            Topic(position=0, evidence="KI", topic="Künstliche Intelligenz", matched_in="KI | KI-Modelle"),
            Topic(position=1, evidence="IT-Sicherheit", topic="Cybersicherheit", matched_in="IT-Sicherheit"),
        ),
    )
    warehouse.load(night(0, replace(shown, versions=(replace(version, records=records),))))
    sql = example("action_fields_by_topic").sql.strip().removesuffix(";")
    assert rows(warehouse, f"select topic, name from ({sql})") == [
        ("Cybersicherheit", "IT‑Sicherheit"),
        ("Künstliche Intelligenz", "KI in der Pflege"),
        (None, "Kinder und Jugend"),
    ]


def test_a_figure_that_came_back_stood_twice(warehouse: Warehouse) -> None:
    for n, word in enumerate(("Funk", "Funk", "Netze", "Funk")):
        warehouse.load(night(n, seen(declared(), night_at(n), word)))
    sql = example("figures_over_time").sql.strip().removesuffix(";")
    assert rows(warehouse, f"select value, valid_from, valid_to from ({sql})") == [
        (4.0, night_at(0), night_at(2)),
        (5.0, night_at(2), night_at(3)),
        (4.0, night_at(3), None),
    ]
