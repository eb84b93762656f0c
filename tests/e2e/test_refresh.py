"""``refresh`` from outside: what it prints, how it ends, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime
from typing import Any

from tests.e2e.installation import Installation, environment
from tests.flows.site import Site, night_at, page
from tests.support.server import Answer
from warehouse.connection import WriterLock
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
    """First every page is seen for the first time, then a figure has changed; every key is there, and no other."""
    url = site.declare("amt-a")
    site.show(url, page("Das Land will bis 2030 mehr als 40 Bürgerbüros eröffnen."))
    site.show(site.declare("amt-b"), page("Der Plan gilt."))
    first = refreshed(installation, site)
    assert list(first) == KEYS
    assert list(first["pages"]) == PAGES
    assert (first["snapshot"], first["pages"]["verified"], first["changed"]) == (1, 2, [])
    assert datetime.fromisoformat(first["observed_at"]) == night_at(0)
    site.night = 1
    site.show(url, page("Das Land will bis 2030 mehr als 60 Bürgerbüros eröffnen."))
    second = refreshed(installation, site, "--only", "amt-a", "--only", "amt-b")
    assert second["changed"] == [{"page": "amt-a", "changes": 1, "kinds": ["figure changed"]}]
    assert (second["snapshot"], second["alerts"], second["incidents_opened"], second["quarantined"]) == (2, 1, 0, 0)
    assert 0 < second["seconds"] < 60


def test_a_run_with_a_page_that_is_gone_is_loaded_and_ends_with_three(installation: Installation, site: Site) -> None:
    """For a person it names the page, and the reason is one query away."""
    site.show(site.declare("amt-a"), page("Der Plan gilt."))
    site.declare("amt-b")
    told = installation.run("refresh", "--via", site.via, "--catalogue", str(site.catalogue), status=3).stdout
    assert "amt-b gone" in told
    rows = query_published(
        installation.settings.published, "select verdict, status from captures where page_id = 'amt-b'"
    ).rows
    assert rows == (("gone", 404),)


def test_wrong_usage_ends_with_two_and_says_what_to_mend(installation: Installation, site: Site) -> None:
    """File, line and way out on standard error, nothing on standard output, and nothing was begun."""
    site.declare("amt-a", "http://amt-a.example/plan")
    done = installation.run("refresh", "--via", site.via, "--catalogue", str(site.catalogue), "--json", status=2)
    assert done.stdout == ""
    assert "de-sl.toml:" in done.stderr
    assert "http://amt-a.example/plan" in done.stderr
    assert "Traceback" not in done.stderr
    assert not installation.data.exists()


def test_a_locked_warehouse_ends_with_one_and_names_the_process(installation: Installation, site: Site) -> None:
    site.declare("amt-a")
    file = installation.settings.warehouse
    with WriterLock(file.with_name(file.name + ".lock")):
        where = ("--via", site.via, "--catalogue", str(site.catalogue))
        done = installation.run("refresh", *where, "--json", status=1)
    assert done.stdout == ""
    assert f"process {os.getpid()}" in done.stderr
    assert site.server.log == []


def test_of_two_refreshes_at_once_the_second_refuses(installation: Installation, site: Site, tmp_path: Any) -> None:
    """While the first waits for a slow portal; the first is loaded as if nothing had happened."""
    url = site.declare("amt-a")
    site.show(url, Answer(body=page("Der Plan gilt."), delay_s=9.0))
    where = ("--via", site.via, "--catalogue", str(site.catalogue))
    first = installation.start("refresh", *where, "--json", log=tmp_path / "erster.log")
    while not site.asked(url):
        assert first.poll() is None, (tmp_path / "erster.log").read_text()
    done = installation.run("refresh", *where, status=1)
    assert str(first.pid) in done.stderr
    assert "Wait until that run has ended" in done.stderr
    assert first.wait(60) == 0
    assert query_published(installation.settings.published, "select count(*) from snapshots").rows == ((1,),)


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
