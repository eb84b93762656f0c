"""``refresh`` from outside: what it prints, how it ends, and what it refuses."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tests.e2e.installation import Installation, environment
from tests.flows.site import Site, night_at, page
from tests.support.server import Answer
from warehouse.query import query_published

KEYS = ["snapshot", "observed_at", "pages", "changed", "incidents_opened", "alerts", "quarantined", "seconds"]
PAGES = ["total", "verified", "not_modified", "suspect", "blocked", "gone", "failed"]


def refreshed(installation: Installation, site: Site, *words: str, status: int = 0) -> Any:
    """What ``refresh --json`` printed: one JSON object and nothing else."""
    where = ("--via", site.via, "--catalogue", str(site.catalogue))
    printed = installation.run("refresh", *where, "--json", *words, status=status).stdout
    assert printed.count("\n") == 1
    return json.loads(printed)


def test_two_nights_give_the_contracts_object_each(installation: Installation, site: Site) -> None:
    """First every page is seen for the first time; then a figure has changed, one page is gone, and it ends with 3."""
    url, other = site.declare("amt-a"), site.declare("amt-b")
    site.show(url, page("Das Land will bis 2030 mehr als 40 Bürgerbüros eröffnen."))
    site.show(other, page("Der Plan gilt."))
    first = refreshed(installation, site)
    assert list(first) == KEYS
    assert list(first["pages"]) == PAGES
    assert (first["snapshot"], first["pages"]["verified"], first["changed"]) == (1, 2, [])
    assert datetime.fromisoformat(first["observed_at"]) == night_at(0)
    site.night = 1
    site.show(url, page("Das Land will bis 2030 mehr als 60 Bürgerbüros eröffnen."))
    site.show(other, Answer(404))
    second = refreshed(installation, site, "--only", "amt-a", "--only", "amt-b", status=3)
    assert second["changed"] == [{"page": "amt-a", "changes": 1, "kinds": ["figure changed"]}]
    assert (second["snapshot"], second["incidents_opened"], second["quarantined"]) == (2, 1, 0)
    assert (second["pages"]["verified"], second["pages"]["gone"], second["alerts"]) == (1, 1, 2)
    assert 0 < second["seconds"] < 120
    why = "select status, verdict from captures where page_id = 'amt-b' order by observed_at"
    assert query_published(installation.settings.published, why).rows == ((200, "verified"), (404, "gone"))


def test_wrong_usage_ends_with_two_and_says_what_to_mend(installation: Installation, site: Site) -> None:
    """File, line and way out on standard error, nothing on standard output, and nothing was begun."""
    site.declare("amt-a", "http://amt-a.example/plan")
    done = installation.run("refresh", "--via", site.via, "--catalogue", str(site.catalogue), "--json", status=2)
    assert done.stdout == ""
    assert "de-sl.toml:" in done.stderr
    assert "http://amt-a.example/plan" in done.stderr
    assert "Traceback" not in done.stderr
    assert not installation.data.exists()


def test_of_two_refreshes_at_once_the_second_refuses(installation: Installation, site: Site, tmp_path: Path) -> None:
    """It names the process of the first, which is halted as long as that takes, and loaded as if nothing had been.

    Halted while it waits before a second attempt: no deadline runs then, however long the second refresh takes.
    """
    url = site.declare("amt-a")
    site.show(url, Answer(503, headers=(("Retry-After", "10"),)), page("Der Plan gilt."))
    where = ("--via", site.via, "--catalogue", str(site.catalogue))
    with installation.start("refresh", *where, log=tmp_path / "log") as first:
        while not archived(installation.settings.archive, url):
            assert first.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.05)
        first.send_signal(signal.SIGSTOP)
        try:
            second = installation.run("refresh", *where, "--json", status=1)
        finally:
            first.send_signal(signal.SIGCONT)
        assert first.wait(120) == 0, (tmp_path / "log").read_text()
    assert second.stdout == ""
    assert f"process {first.pid}" in second.stderr
    assert "Wait until that run has ended" in second.stderr
    assert query_published(installation.settings.published, "select count(*) from snapshots").rows == ((1,),)


def archived(archive: Path, url: str) -> bool:
    """Whether a run that is under way has kept an answer of that address."""
    for path in archive.glob("*/*/*.open"):
        with path.open("rb") as file, suppress(ArchiveLoadFailed):
            kept = [record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(file)]
            return any(uri is not None and uri.endswith(url) for uri in kept)
    return False


def test_a_dead_prefect_server_is_told_with_the_way_out(installation: Installation, site: Site) -> None:
    site.declare("amt-a")
    dead = Installation(installation.data, environment(installation.data, "http://127.0.0.1:9/api"))
    done = dead.run("refresh", "--via", site.via, "--catalogue", str(site.catalogue), "--json", status=1)
    assert done.stdout == ""
    assert "PREFECT_API_URL" in done.stderr
    assert site.server.log == []


def test_the_script_says_what_it_can_do(installation: Installation) -> None:
    told = subprocess.run(installation.command("--help"), capture_output=True, text=True, check=True).stdout
    for command in ("refresh", "demo", "serve", "check", "changes", "incidents", "sql", "deliver", "doctor"):
        assert command in told
