"""The command line: ``strategiemonitor [--data DIR] COMMAND``.

Exit status: 0 done; 1 the run failed and loaded nothing; 2 wrong usage, settings or catalogue; 3 loaded, but at least
one page is suspect, blocked, gone or failed, or the copy for readers could not be published.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from extract.errors import StrategiemonitorError
from flows.commands import (
    alerts,
    backfill,
    check,
    deliver,
    demo,
    doctor,
    evidence,
    export,
    rebuild,
    refresh,
    reports,
    serve,
    setup,
    sql,
    upkeep,
)
from flows.commands.context import Context
from flows.consoles import literal, messages

app = typer.Typer(
    name="strategiemonitor",
    help="Watches the digital strategies of the German Länder and tells what really changed.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: [bold]strategiemonitor demo[/bold]",
)


@app.callback()
def common(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", envvar="STRATEGIEMONITOR_DATA", help="The data folder.", show_default="data"
        ),
    ] = None,
) -> None:
    """Options of all commands."""
    context.obj = Context(data)


refresh.register(app)
demo.register(app)
serve.register(app)
check.register(app)
reports.register(app)
sql.register(app)
deliver.register(app)
alerts.register(app)
rebuild.register(app)
backfill.register(app)
export.register(app)
evidence.register(app)
doctor.register(app)
upkeep.register(app)
setup.register(app)


def main() -> None:
    """Runs the command line; our errors become one message and an exit status, never a traceback."""
    try:
        app()
    except StrategiemonitorError as error:
        console = messages()
        console.print(f"[bold red]error:[/bold red] {literal(error.message)}")
        if error.remedy:
            console.print(f"  [bold]→[/bold] {literal(error.remedy)}")
        sys.exit(error.exit_status)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
