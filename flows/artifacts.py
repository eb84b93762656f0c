"""The night's result as Prefect artifacts: a table of the pages and a page of Markdown."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.night import RunSummary
from transform.night import Night
from transform.safe_text import on_one_line


def publish_artifacts(night: Night, summary: RunSummary) -> None:
    """Writes both artifacts under fixed keys, so that Prefect keeps their history over the nights."""
    create_table_artifact(key="night-pages", table=page_rows(night), description="Pages of the night")
    create_markdown_artifact(key="night-summary", markdown=markdown(night, summary), description="The night in words")


def page_rows(night: Night) -> list[dict[str, str]]:
    """One row a page: id, Land, verdict, number of changes, and why a page was held back."""
    return [
        {
            "page": page.declaration.page_id,
            "land": page.declaration.land,
            "verdict": str(page.verdict),
            "changes": str(len(page.changes)),
            "detail": on_one_line(page.verdict.detail),
        }
        for page in night.pages
    ]


def markdown(night: Night, summary: RunSummary) -> str:
    """The night in a few lines: the tally, then what changed."""
    tally = ", ".join(f"{count} {name}" for name, count in summary.pages.items() if count and name != "total")
    changes = [
        f"- **{page.declaration.page_id}**: {_escaped(dated.change.summary)}"
        for page in night.pages
        for dated in page.changes
    ]
    return "\n".join(
        [
            f"# Snapshot {summary.snapshot}",
            "",
            f"{summary.pages['total']} pages: {tally}. Observed {night.observed_at:%Y-%m-%d %H:%M} UTC.",
            "",
            *(changes or ["Nothing changed."]),
        ]
    )


def _escaped(text: str) -> str:
    """Page text inside Markdown: no mark-up of strangers."""
    flat = on_one_line(text)
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!" else char for char in flat)
