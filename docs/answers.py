"""The ready answers, drawn from the published file: ``marimo run docs/answers.py`` (extra ``notebook``).

The file is that of the data folder ``STRATEGIEMONITOR_DATA``, else of ``data/``.
"""

import marimo

app = marimo.App(width="medium", app_title="Digital strategies of the Länder")

with app.setup:
    import os
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo
    import pandas as pd

    from warehouse.example_queries import examples

    PUBLISHED = Path(os.environ.get("STRATEGIEMONITOR_DATA", "data"), "published", "strategiemonitor.duckdb")
    connection = duckdb.connect(str(PUBLISHED), read_only=True)
    connection.execute("set timezone = 'UTC'")


@app.function
def ask(sql: str) -> pd.DataFrame:
    """The rows of a query."""
    return connection.execute(sql).df()


@app.function
def chart(rows: pd.DataFrame, drawn: alt.Chart) -> object:
    """The drawing, or a line where there is nothing to draw."""
    return mo.md("*Nothing yet.*") if rows.empty else drawn.properties(width=640)


@app.cell
def _() -> None:
    last = ask("select max(observed_at) as at, count(*) as runs from snapshots where kind = 'refresh'").iloc[0]
    mo.md(
        f"# Digital strategies of the Länder\n\n{last['runs']} runs, the last one of {last['at']:%d %B %Y, %H:%M} UTC. "
        "Every row leads back to the bytes that it was read from: `strategiemonitor evidence RECORD_ID`."
    )


@app.cell
def _() -> None:
    nights = ask(
        "unpivot (select observed_at, verified, not_modified, suspect, blocked, gone, failed from coverage) "
        "on verified, not_modified, suspect, blocked, gone, failed into name verdict value pages"
    )
    mo.vstack(
        [
            mo.md("## What was seen, night by night"),
            chart(nights, alt.Chart(nights).mark_bar().encode(x="observed_at:T", y="sum(pages):Q", color="verdict:N")),
        ]
    )


@app.cell
def _() -> None:
    changes = ask(
        "select date_trunc('week', not_after) as week, \"class\", count(*) as changes from changes "
        "where cause = 'page' group by all order by all"
    )
    mo.vstack(
        [
            mo.md("## What changed, week by week"),
            chart(changes, alt.Chart(changes).mark_bar().encode(x="week:T", y="changes:Q", color="class:N")),
        ]
    )


@app.cell
def _() -> None:
    figures = ask(
        "select land, page_id || ': ' || coalesce(qualifier || ' ', '') || unit as figure, value, valid_from as since "
        "from figures_history where value < 1e6 order by since"
    )
    mo.vstack(
        [
            mo.md("## Figures by Land over time"),
            chart(
                figures,
                alt.Chart(figures)
                .mark_line(interpolate="step-after", point=True)
                .encode(
                    x="since:T",
                    y=alt.Y("value:Q").scale(type="symlog"),
                    color="land:N",
                    detail="figure:N",
                    tooltip=["land", "figure", "value", "since"],
                ),
            ),
        ]
    )


@app.cell
def _() -> None:
    topics = ask("select topic, land, count(distinct page_id) as pages from topics group by all order by all")
    mo.vstack(
        [
            mo.md("## Topics of all Länder"),
            chart(topics, alt.Chart(topics).mark_rect().encode(x="land:N", y="topic:N", color="pages:Q")),
        ]
    )


@app.cell
def _() -> None:
    findings = ask("select publisher, type, count(*) as findings from findings join pages using (page_id) group by all")
    mo.vstack(
        [
            mo.md("## Findings by publisher"),
            chart(findings, alt.Chart(findings).mark_bar().encode(x="findings:Q", y="publisher:N", color="type:N")),
        ]
    )


@app.cell
def _() -> None:
    answers = [
        mo.vstack(
            [
                mo.md(f"## {one.question}"),
                mo.ui.table(ask(one.sql), selection=None, page_size=10),
                mo.accordion({"The query": mo.md(f"```sql\n{one.sql}\n```")}),
            ]
        )
        for one in examples()
    ]
    mo.vstack(answers)


if __name__ == "__main__":
    app.run()
