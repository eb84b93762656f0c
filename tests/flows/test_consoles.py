"""What a terminal gets: page text letter by letter, whatever it imitates, and never a control sequence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from extract.model import PageId
from flows import cli
from flows.catalogue import declared_pages
from flows.channels import ConsoleChannel
from flows.checking import check_page, declaration_for
from flows.commands.check_view import show
from flows.commands.reports import show_changes, show_incidents
from flows.consoles import literal, literal_line
from tests.flows.site import Site, page
from transform.delivery import PendingDelivery
from warehouse.reports import ChangeRow, IncidentRow

ESCAPES = "\x1b]0;gekapert\x07\x1b[2J\x9b31m\u202eegnalhcS"
AT = datetime(2026, 5, 4, 2, 10, tzinfo=UTC)


def console() -> tuple[Console, StringIO]:
    """A terminal with colours, and what it got."""
    got = StringIO()
    return Console(file=got, force_terminal=True, width=100, color_system="truecolor", emoji=False), got


def own_sequences_only(text: str) -> bool:
    """Whether nothing but rich's own colours is left: ``ESC [ numbers m``."""
    rest = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return not any(char in rest for char in "\x1b\x07\x9b\u202e")


@given(st.text(alphabet=st.sampled_from(list("[]/\\ab:=bold red#\x1b\n")), max_size=30))
@settings(max_examples=150)
def test_page_text_is_shown_letter_by_letter(text: str) -> None:
    """Law: whatever looks like mark-up comes out as it went in; rich may only swallow a backslash before a bracket."""
    out, got = Console(file=StringIO(), width=200, emoji=False), StringIO()
    out.file = got
    out.print(f"[bold]{literal(text)}[/bold]|", highlight=False, soft_wrap=True)
    assert got.getvalue().replace("\\", "") == text.replace("\x1b", "\ufffd").replace("\\", "") + "|\n"
    assert "\n" not in literal_line(text)


def test_a_change_with_control_sequences_is_shown_without_them() -> None:
    out, got = console()
    row = ChangeRow(
        "c1", "amt-a", "DE-SL", 1, AT, AT, "section", "k", "edited", "text",
        f"alt {ESCAPES}", f"neu {ESCAPES}", f"Abschnitt {ESCAPES}", f"Weg {ESCAPES}", "page", "content", 0.5,
    )  # fmt: skip
    show_changes((row,), out)
    assert own_sequences_only(got.getvalue())
    assert "Abschnitt" in got.getvalue()


def test_an_incident_with_control_sequences_is_shown_without_them() -> None:
    out, got = console()
    show_incidents((IncidentRow("i1", "amt-a", "gone", AT, AT, None, f"fort {ESCAPES}"),), out)
    assert own_sequences_only(got.getvalue())


def test_an_alert_with_control_sequences_is_printed_without_them() -> None:
    out, got = console()
    delivery = PendingDelivery(
        alert_id="a1", channel="console", key="k1", kind="content", page_id=PageId("amt-a"), change_ids=(),
        incident_ids=(), route="r", subject=f"Betreff {ESCAPES}", body=f"Text [bold]{ESCAPES}", created_at=AT,
        attempts=0,
    )  # fmt: skip
    assert ConsoleChannel(out).send(delivery).delivered
    assert own_sequences_only(got.getvalue())
    assert "[bold]" in got.getvalue()


def test_a_page_with_control_sequences_is_checked_without_them(site: Site) -> None:
    """In its title, its text, its links and the address that it sends to."""
    url = site.declare("amt-a")
    hostile = "".join(f"&#{ord(char)};" for char in ESCAPES) + " [/red] \\"
    site.show(url, page(f"Das Ziel: {hostile} bis 2030.", title=f"Plan {hostile}"))
    checked = check_page(site.settings, declaration_for("amt-a", declared_pages(site.catalogue)), site.via)
    out, got = console()
    show(checked, out)
    assert own_sequences_only(got.getvalue())
    assert "[/red]" in got.getvalue()
    assert not site.settings.warehouse.exists(), "a dry run keeps nothing"


def test_an_error_message_is_shown_letter_by_letter(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["strategiemonitor", "check", f"[/red]{ESCAPES}"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "[/red]" in told
    assert own_sequences_only(told)
