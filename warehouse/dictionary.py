"""The data dictionary: words for every table, column and macro of schema ``main``.

``python -m warehouse.dictionary`` writes them to ``docs/data-dictionary.md``; the database carries the same words as
comments.  Those of the record tables come from :mod:`transform.records`, the others from
:mod:`warehouse.dictionary_texts`.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from transform.records import RECORD_TYPES, Column
from warehouse.dictionary_texts import CHANGES_BETWEEN_COLUMNS, HISTORY_COLUMNS, LEDGERS, SHARED_COLUMNS

DICTIONARY_FILE = Path(__file__).parent.parent / "docs" / "data-dictionary.md"


@dataclass(frozen=True, slots=True)
class MacroText:
    """What a table macro gives for its parameters."""

    name: str
    parameters: tuple[str, ...]
    description: str


MACROS: tuple[MacroText, ...] = (
    *(
        MacroText(
            f"{table}_as_of",
            ("ts", "known_at := 'infinity'"),
            f"The rows of {table} as the pages showed themselves at ts, by the last observation at or before it; with "
            "known_at as this warehouse knew it then, before later backfills and rebuilds. A date alone is its first "
            f"moment in UTC, before its run: from {table}_as_of('2026-03-05 12:00:00+01', known_at := '2026-03-06').",
        )
        for table in RECORD_TYPES
    ),
    MacroText(
        "document_pages_as_of",
        ("ts", "known_at := 'infinity'"),
        "The same of document_pages: the words of the files that the pages linked at ts.",
    ),
    MacroText(
        "changes_between",
        ("t1", "t2"),
        "Net of all changes seen after t1 and up to t2: for each page, cause, entity, entity_key and field the first "
        "before and the last after; what came and went, or returned to what it was, is left out: from "
        "changes_between('2026-03-02', '2026-03-08'), a date alone being its first moment (UTC).",
    ),
    MacroText(
        "search_sections",
        ("query",),
        "Current sections that hold words of query, German word forms and compounds among them; those with the most "
        "of its words first, then by score: from search_sections('digitale Verwaltung') limit 10.",
    ),
    MacroText(
        "search_document_pages",
        ("query",),
        "The same over document_pages: the pages of linked PDFs that hold words of query.",
    ),
)


def table_texts() -> dict[str, str]:
    """View to the sentence that says what one row is."""
    texts = {name: ledger.description for name, ledger in LEDGERS.items()}
    for table, record in RECORD_TYPES.items():
        sentence = (inspect.getdoc(record) or "").partition("\n\n")[0].replace("\n", " ")
        texts[table] = f"{sentence} Current state; that of a past moment: from {table}_as_of('2026-03-05 12:00:00+01')."
        texts[f"{table}_history"] = f"{sentence} Every version that any page ever showed, with its validity."
    return texts


def column_texts() -> dict[str, dict[str, str]]:
    """View to its columns to what each says."""
    texts = {name: dict(ledger.columns) for name, ledger in LEDGERS.items()}
    for table in RECORD_TYPES:
        own = dict(_record_columns(table))
        texts[table] = {**SHARED_COLUMNS, **own}
        texts[f"{table}_history"] = {**SHARED_COLUMNS, **HISTORY_COLUMNS, **own}
    return texts


def data_dictionary() -> str:
    """The data dictionary in Markdown."""
    return "\n".join(_lines()) + "\n"


def _record_columns(table: str) -> Iterator[tuple[str, str]]:
    for name, hint in typing.get_type_hints(RECORD_TYPES[table], include_extras=True).items():
        column = next(extra for extra in typing.get_args(hint) if isinstance(extra, Column))
        yield name, _sentence(column)


def _sentence(column: Column) -> str:
    unit = f" Unit: {column.unit}." if column.unit else ""
    allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
    return f"{column.description}{unit}{allowed}"


def _lines() -> Iterator[str]:
    tables, columns = table_texts(), column_texts()
    yield "# Data dictionary"
    yield ""
    yield "Schema `main` of `published/strategiemonitor.duckdb`. Written by `python -m warehouse.dictionary`; the same"
    yield "words are comments in the database (`select * from duckdb_columns()`). Times are UTC; what a page does not"
    yield "say is NULL."
    yield ""
    yield "## Record tables"
    yield ""
    yield "Each record table `t` holds the current state, `t_history` every version with `valid_from` and `valid_to`,"
    yield "and `t_as_of(ts)` the rows of a moment. All of them have these columns:"
    yield ""
    shared = {**SHARED_COLUMNS, **{name: dict(_record_columns("goals"))[name] for name in _COMMON}}
    yield from _column_table(shared)
    yield "The histories have these two as well:"
    yield ""
    yield from _column_table(HISTORY_COLUMNS)
    for table in RECORD_TYPES:
        yield from _table(table, tables[table], {k: v for k, v in columns[table].items() if k not in shared})
    yield "## Ledgers"
    yield ""
    for name in LEDGERS:
        yield from _table(name, tables[name], columns[name])
    yield "## Macros"
    yield ""
    for macro in MACROS:
        yield f"- `{macro.name}({', '.join(macro.parameters)})`: {macro.description}"
    yield ""
    yield "`changes_between` has the columns of `changes` up to `significance`, with those of the last change that it"
    yield f"nets, the widest interval, the greatest significance, and `steps`: {CHANGES_BETWEEN_COLUMNS['steps']}"


_COMMON = ("position", "section", "evidence")


def _table(name: str, description: str, columns: dict[str, str]) -> Iterator[str]:
    yield f"### `{name}`"
    yield ""
    yield description
    yield ""
    yield from _column_table(columns)


def _column_table(columns: dict[str, str]) -> Iterator[str]:
    yield "| column | says |"
    yield "| --- | --- |"
    for column, text in columns.items():
        yield f"| `{column}` | {text.replace('|', '&#124;')} |"
    yield ""


if __name__ == "__main__":
    DICTIONARY_FILE.write_text(data_dictionary(), encoding="utf-8")
