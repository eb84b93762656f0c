"""Three queries to try on the demo's data: a history, one day's state against today's, and what was not believed."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question with the query that answers it, in lines short enough for a narrow terminal."""

    question: str
    sql: str

    def command(self, data_folder: str, program: str = "strategiemonitor") -> str:
        """What to type into a shell; the query holds nothing that a shell would change between double quotes."""
        return f'{shlex.quote(program)} --data {shlex.quote(data_folder)} sql "\n{self.sql}"'


def suggestions(first_night: datetime) -> tuple[Suggestion, ...]:
    """The queries, for data whose first night is the given moment (aware)."""
    return (
        Suggestion(
            "How many goals did the chamber's page count, and since when?",
            "  select qualifier, value, unit, min(valid_from) as since\n"
            "  from figures_history where page_id = 'demo-st-ihk' and unit = 'Ziele'\n"
            "  group by all order by since",
        ),
        Suggestion(
            "Which action fields has Hessen gained since the first night?",
            "  select name from action_fields where page_id = 'demo-he-strategie'\n"  # noqa: S608 (shown, never run here)
            "  except select name from action_fields_as_of(\n"
            f"    timestamptz '{first_night.isoformat(timespec='minutes')}')",
        ),
        Suggestion(
            "What was answered when a page was not believed?",
            "  select distinct observed_at, page_id, status, verdict\n"
            "  from captures where verdict not in ('verified', 'not_modified')\n"
            "  order by observed_at",
        ),
    )
