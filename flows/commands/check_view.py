"""What a checked page is shown as: verdict, reading, records, findings, and a declaration where it has none."""

from __future__ import annotations

import dataclasses

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.model import Declaration
from flows.checking import Checked
from flows.consoles import literal_line
from transform.document import Document
from transform.evidence import told_in
from transform.records import RECORD_TYPES, Record, Records
from transform.safe_text import on_one_line
from transform.suggesting.toml import as_toml, file_name

_LONGEST = 160
_BEFORE = 60
_HIDDEN = frozenset({"position", "section", "evidence", "path", "status_evidence", "list_no"})


def show(checked: Checked, console: Console) -> None:
    """Prints verdict, reading, records by table with the words each was read from, findings and a suggestion."""
    _show_capture(checked, console)
    if isinstance(checked.reading, Document):
        _show_reading(checked.reading, console)
    if checked.read is not None and isinstance(checked.reading, Document):
        records = checked.read.version.records
        _line(console, "title", records.title)
        _line(console, "publisher", records.publisher)
        for table in RECORD_TYPES:
            _show_table(table, records, checked.reading, console)
        for locator in checked.read.drift:
            console.print(f"[yellow]drift[/yellow] {literal_line(locator)}", highlight=False)
        for record in checked.read.quarantined:
            console.print(f"[red]quarantined[/red] {record.table_name}: {literal_line(record.rule)}", highlight=False)
    if checked.suggestion is not None:
        _show_suggestion(checked.suggestion, console)


def _show_capture(checked: Checked, console: Console) -> None:
    colour = "green" if checked.verdict.is_good else "red"
    console.print(
        f"[bold {colour}]{checked.verdict}[/bold {colour}] {literal_line(checked.verdict.detail)}", highlight=False
    )
    for hop in checked.capture.exchanges:
        outcome = (
            str(hop.status) if hop.status is not None else f"{hop.error.kind}: {hop.error.detail}" if hop.error else ""
        )
        console.print(f"  {literal_line(hop.url)} → {literal_line(outcome)}", highlight=False)


def _show_reading(document: Document, console: Console) -> None:
    _line(console, "main content", f"{document.root}, {len(document.blocks)} blocks, {len(document.text)} characters")
    _line(console, "encoding", f"{document.encoding.name} (from {document.encoding.source})")
    for stated in document.stated_dates:
        _line(console, f"{stated.role}", f"{stated.text} (from {stated.source}; no content)")


def _line(console: Console, label: str, value: str) -> None:
    console.print(f"[dim]{label:>14}[/dim]  {literal_line(value)}", highlight=False)


def _show_suggestion(declaration: Declaration, console: Console) -> None:
    """The text of a catalogue file, free of mark-up and line wraps, so that it can be copied."""
    console.print(f"[bold]suggested declaration[/bold], to be looked at: {file_name(declaration)}", highlight=False)
    for line in as_toml(declaration).splitlines():
        console.print(Text(on_one_line(line)), highlight=False, soft_wrap=True)


def _show_table(name: str, records: Records, document: Document, console: Console) -> None:
    rows: tuple[Record, ...] = getattr(records, name)
    if not rows:
        return
    shown = [field.name for field in dataclasses.fields(rows[0]) if field.name not in _HIDDEN]
    shown = [column for column in shown if any(getattr(row, column) is not None for row in rows)]
    table = Table(title=f"{name} ({len(rows)})", title_justify="left", title_style="bold", expand=False)
    for column in shown:
        table.add_column(column, overflow="fold")
    table.add_column("read from", overflow="fold")
    for row in rows:
        table.add_row(*(literal_line(_cell(getattr(row, column))) for column in shown), _sentence(document, row))
    console.print(table)


def _sentence(document: Document, record: Record) -> Text:
    """The sentence from which a record was read, with the words that tell it set off."""
    told = told_in(document, record)
    whole = on_one_line(told.sentence)
    words = [word for word in map(on_one_line, told.words) if word in whole]
    first = min((whole.index(word) for word in words), default=0)
    start = max(0, min(first - _BEFORE, len(whole) - _LONGEST))
    shown = f"{'…' if start else ''}{whole[start : start + _LONGEST]}{'…' if start + _LONGEST < len(whole) else ''}"
    text = Text(shown, style="dim")
    for word in words:
        at = shown.find(word[:_LONGEST])
        if at >= 0:
            text.stylize("not dim bold underline", at, at + len(word))
    return text


def _cell(value: object, most: int = 90) -> str:
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    flat = on_one_line(text)
    return flat if len(flat) <= most else flat[: most - 1] + "…"
