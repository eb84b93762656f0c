"""The view ``start_here``: questions with a query for each, for analysts who have opened the file and nothing else.

``show tables`` names views but no macros; whoever lists them finds this one, and in it each macro with an example.
The moments in its queries are of the file itself, so that they answer with rows in a file of any age.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.example_queries import examples

NAME = "start_here"


@dataclass(frozen=True, slots=True)
class Lead:
    """A question and a query that answers it as it stands, once its moments are filled in (see ``_MOMENTS``)."""

    question: str
    query: str


_BASICS = (
    Lead(
        "Which tables are there, and what is one row of each?",
        "select view_name, comment from duckdb_views() where schema_name = 'main' and not internal order by view_name",
    ),
    Lead(
        "What does each column of a table say? (Any table in place of figures.)",
        "select column_name, data_type, comment from duckdb_columns()"
        " where table_name = 'figures' order by column_index",
    ),
    Lead(
        "What can be asked with a moment or with words? (show tables does not name these macros.)",
        "select function_name, parameters, comment from duckdb_functions()"
        " where schema_name = 'main' and function_type = 'table_macro' and not internal order by function_name",
    ),
    Lead(
        "What do the pages say now? (Each record table: strategies, action_fields, figures, dates ...)", "from figures"
    ),
    Lead(
        "What did they say on a day? (T_as_of for each record table T.)",
        "from figures_as_of('{latest} 12:00:00+01')",
    ),
    Lead(
        "What did we know of that day at the time, before later backfills and rebuilds?",
        "from figures_as_of('{latest} 12:00:00+01', known_at := '{known} 12:00:00+01')",
    ),
    Lead(
        "Which versions showed each record, from when to when? (T_history for each record table T: a row for each"
        " version that has it; since when a value stands: the query below on how figures developed.)",
        "from figures_history order by page_id, position, valid_from",
    ),
    Lead(
        "What changed between two moments, net? (What came and went again is left out; steps in between: changes.)",
        "from changes_between('{week_before} 12:00:00+01', '{latest} 12:00:00+01') order by significance desc",
    ),
    Lead("Where do words stand on the pages?", "from search_sections('digitale Verwaltung') limit 10"),
    Lead("Where do words stand in the PDFs that the pages link?", "from search_document_pages('Verwaltung') limit 10"),
    Lead(
        "What stood in those PDFs on a day?",
        "select page_id, url, page_no, text from document_pages_as_of('{latest} 12:00:00+01')",
    ),
    Lead(
        "Why was an alert sent: by which change, on which route, and did it arrive?",
        "select alerts.created_at, alerts.route, alerts.subject, changes.page_id, changes.summary,"
        ' changes."class", changes.significance, changes.significance_reason, deliveries.channel, deliveries.status'
        " from alerts left join changes on list_contains(alerts.change_ids, changes.change_id)"
        " left join deliveries using (alert_id) order by alerts.created_at, alerts.alert_id, changes.change_id",
    ),
)

_MOMENTS = """
    select
        coalesce(left(max(observed_at)::varchar, 10), '2026-03-05') as latest,
        (latest::date - 7)::varchar as week_before,
        coalesce((left(max(finished_at)::varchar, 10)::date + 1)::varchar, '2026-03-06') as known
    from store.snapshots
"""
"""The days in the queries: of the latest run, a week before it, and the day after it was loaded."""


def leads() -> tuple[Lead, ...]:
    """All of them: first how the tables are made, then the example queries (``sql --example list``)."""
    return (*_BASICS, *(Lead(one.question, one.sql.strip()) for one in examples()))


def start_here() -> str:
    """What the view selects."""
    rows = ", ".join(
        f"({number}, {_literal(lead.question)}, {_literal(lead.query)})" for number, lead in enumerate(leads(), 1)
    )
    query = "query"
    for moment in ("latest", "week_before", "known"):
        query = f"replace({query}, '{{{moment}}}', moments.{moment})"
    return (
        f"select number, question, {query} as query"  # noqa: S608  our own words
        f" from (values {rows}) as leads (number, question, query) cross join ({_MOMENTS}) as moments"
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
