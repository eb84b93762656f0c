"""The last run in numbers, for Prometheus: ``DIR/metrics/strategiemonitor.prom``.

A node exporter with ``--collector.textfile.directory DIR/metrics`` picks the file up; it is replaced whole after each
run.  Where several runs share a night, each group of portals has a file of its own, its numbers the label ``group``.
Names and units follow Prometheus's conventions (base units, ``_total`` for counts that only a run resets).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from extract.model import Capture
from flows.night import RunSummary
from transform.night import Night
from transform.portal_groups import PortalGroup, all_groups

METRICS_FILE = "strategiemonitor.prom"


def write_metrics(night: Night, summary: RunSummary, folder: Path, group: PortalGroup | None = None) -> Path:
    """Writes the run's numbers; gives the file.  Files of another division into groups are gone then.

    Raises:
        OSError: If the folder or the file cannot be written.
    """
    registry = CollectorRegistry()
    _of_run(registry, night, summary, {"group": str(group)} if group else {})
    _of_portals(registry, night)
    folder.mkdir(parents=True, exist_ok=True)
    kept = {metrics_file(one) for one in all_groups(group.of)} if group else {METRICS_FILE}
    for other in folder.glob(f"{Path(METRICS_FILE).stem}*.prom"):
        if other.name not in kept:
            other.unlink(missing_ok=True)
    path = folder / metrics_file(group)
    write_to_textfile(str(path), registry)
    return path


def metrics_file(group: PortalGroup | None) -> str:
    """The file of a run that visits these portals."""
    return f"strategiemonitor-{group.number}-of-{group.of}.prom" if group else METRICS_FILE


def _of_run(registry: CollectorRegistry, night: Night, summary: RunSummary, labels: dict[str, str]) -> None:
    names = [*labels, "verdict"]
    pages = Gauge("strategiemonitor_pages", "Pages of the last run by verdict.", names, registry=registry)
    for verdict, count in summary.pages.items():
        if verdict != "total":
            pages.labels(**labels, verdict=verdict).set(count)
    plain = {
        "last_run_timestamp_seconds": ("When the last run began.", night.started_at.timestamp()),
        "last_run_duration_seconds": ("How long it took.", summary.seconds),
        "last_run_changes": ("Changes of content that it found.", sum(page.changes for page in summary.changed)),
        "last_run_alerts": ("Alerts that it wrote.", summary.alerts),
        "last_run_quarantined_records": ("Records that broke a rule.", summary.quarantined),
        "last_run_incidents_opened": ("Incidents that it opened.", summary.incidents_opened),
        "last_run_published": ("Whether readers have its copy.", not summary.unpublished),
    }
    for name, (text, value) in plain.items():
        gauge = Gauge(f"strategiemonitor_{name}", text, list(labels), registry=registry)
        (gauge.labels(**labels) if labels else gauge).set(value)


def _of_portals(registry: CollectorRegistry, night: Night) -> None:
    labels = ["portal"]
    requests = Gauge("strategiemonitor_portal_requests", "Pages and files asked for.", labels, registry=registry)
    retries = Gauge("strategiemonitor_portal_retries", "Attempts beyond the first.", labels, registry=registry)
    size = Gauge("strategiemonitor_portal_body_bytes", "Bytes of the decoded bodies.", labels, registry=registry)
    seconds = Gauge("strategiemonitor_portal_answer_seconds", "Time of all answers.", labels, registry=registry)
    by_portal: defaultdict[str, list[Capture]] = defaultdict(list)
    for page in night.pages:
        by_portal[page.declaration.portal] += [judged.capture for judged in page.captures]
    for portal, captures in by_portal.items():
        requests.labels(portal).set(len(captures))
        retries.labels(portal).set(sum(capture.attempt - 1 for capture in captures))
        size.labels(portal).set(sum(capture.answer.body_bytes for capture in captures))
        seconds.labels(portal).set(sum(capture.answer.seconds for capture in captures))
