"""``alerts``: what the routes would have sent, and trials of what they send now."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.text import Text

from extract.errors import UsageError
from flows.commands.context import settings_of
from flows.consoles import results
from transform.safe_text import for_terminal, on_one_line

if TYPE_CHECKING:
    from flows.replaying import Replayed, Trial

BERLIN = ZoneInfo("Europe/Berlin")

HELP = "What the routes of DIR/routes.toml would have sent, and trials of what they send now."
REPLAY_HELP = """
Shows what the routes would have sent over the stored history. Writes nothing and sends nothing.

Examples:

  strategiemonitor alerts replay --since 2026-01-01

  strategiemonitor alerts replay --since 2026-01-01 --route leitung --text
"""
TEST_HELP = """
Sends a marked trial along each route, or along one, and tells what came of it on each channel.

Exit status 1 where a channel did not take it.

Example: strategiemonitor alerts test --route leitung
"""


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help=HELP, no_args_is_help=True)
    group.command("replay", help=REPLAY_HELP)(_replay)
    group.command("test", help=TEST_HELP)(_test)
    app.add_typer(group, name="alerts")


_Route = Annotated[str | None, typer.Option("--route", metavar="NAME", help="Only this route.")]


def _replay(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="First day (Berlin), such as 2026-01-31.")],
    route: _Route = None,
    whole: Annotated[bool, typer.Option("--text", help="Show the messages whole.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    from flows.replaying import replay
    from flows.routes import chosen, load_routes

    settings = settings_of(context)
    found = replay(settings, chosen(load_routes(settings), route), _day(since))
    if as_json:
        sys.stdout.write(json.dumps([_object(one) for one in found], ensure_ascii=False) + "\n")
    else:
        _show(found, whole=whole)


def _test(context: typer.Context, route: _Route = None) -> None:
    from flows.replaying import try_routes
    from flows.routes import chosen, load_routes

    settings = settings_of(context)
    found = try_routes(settings, chosen(load_routes(settings), route))
    for trial in found:
        results().print(_line(trial))
    raise typer.Exit(0 if all(trial.delivered for trial in found) else 1)


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=BERLIN)
    except ValueError:
        raise UsageError(f"--since {text!r} is no date.", "Write it as 2026-01-31.") from None


def _object(one: Replayed) -> dict[str, object]:
    messages = [
        {
            "key": alert.key,
            "kind": alert.kind,
            "page": alert.page_id,
            "changes": list(alert.change_ids),
            "incidents": list(alert.incident_ids),
            "subject": alert.subject,
            "body": alert.body,
        }
        for alert in one.alerts
    ]
    return {"due_at": one.at.isoformat(), "route": one.route, "channels": _channels(one), "messages": messages}


def _channels(one: Replayed) -> list[str]:
    return list(one.alerts[0].channels)


def _show(found: tuple[Replayed, ...], *, whole: bool) -> None:
    console = results()
    for one in found:
        together = f"  {len(one.alerts)} as one message" if len(one.alerts) > 1 else ""
        at = one.at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M")
        console.print(
            Text.assemble((f"{at}  ", "dim"), (one.route, "bold"), f"  → {', '.join(_channels(one))}", together)
        )
        for alert in one.alerts:
            console.print(Text(f"  {on_one_line(alert.subject)}"))
            if whole:
                console.print(Text("".join(f"    {line}\n" for line in for_terminal(alert.body).splitlines())))
    count = sum(len(one.alerts) for one in found)
    summary = (
        f"{count} alerts in {len(found)} messages would have been sent." if found else "Nothing would have been sent."
    )
    console.print(summary, style="dim", highlight=False)


def _line(trial: Trial) -> Text:
    mark = ("✓", "green") if trial.delivered else ("✗", "red")
    return Text.assemble(mark, f" {trial.route} → {trial.channel}: ", on_one_line(trial.response))
