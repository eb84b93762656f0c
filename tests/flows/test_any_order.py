"""Captures in any order, repeated, between rebuilds, kills, compactions and restorations: always the same tables."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from flows.backfill_sources import Backfill
from flows.catalogue import declared_pages
from flows.rebuilding import rebuild
from flows.restoring import restore
from flows.settings import Settings
from tests.flows.site import MAINTENANCE, Site, night_at, page
from tests.flows.test_backfill_warc import history
from tests.support.pdf import pdf_bytes
from tests.support.server import ScriptedServer
from tests.support.warc_author import WarcAuthor
from warehouse.compact import compact
from warehouse.database import Warehouse
from warehouse.publish import publish

URL, FILE = "https://plan.example/digitalplan", "https://plan.example/digitalplan.pdf"
PDF = ("Content-Type", "application/pdf")
FIRST = night_at(-900)


def shown(state: str) -> bytes:
    """The page in one of its states."""
    if state == "wartung":
        return MAINTENANCE
    if state == "kurz":
        return page()
    links = f"<p>Der ganze Plan: <a href='{FILE}'>Digitalplan (PDF)</a></p>"
    return page(
        f"Bis 2027 sollen {state} Schulen im Land einen eigenen Anschluss an das Glasfasernetz bekommen.",
        *(f"Abschnitt {number} sagt, was bis zum Jahr 2027 geschehen soll und wer es tut." for number in "abcdef"),
        links=links,
    )


STATES = ("100", "120", "150", "wartung", "kurz")


Nights = tuple[Path, tuple[Path, Path]]
"""A played installation, and the folders of its two catalogues."""


@dataclass(frozen=True)
class Crawl:
    """What a crawler saw: the page in a state, and an edition of its file, if it asked for it."""

    week: int
    state: str
    edition: int | None

    def write(self, author: WarcAuthor) -> None:
        at = FIRST + timedelta(weeks=self.week)
        author.answer(URL, shown(self.state), at=at)
        if self.edition is not None:
            author.answer(FILE, pdf_bytes(f"Fassung {self.edition}"), PDF, at=at + timedelta(minutes=2))


crawls = st.lists(
    st.builds(Crawl, st.integers(0, 60), st.sampled_from(STATES), st.none() | st.integers(1, 2)),
    min_size=2,
    max_size=5,
    unique_by=lambda crawl: crawl.week,
)


class Killed(BaseException):
    """Stands for ``kill -9``: nothing catches it but ``finally``, which ``kill -9`` would not run either."""


class Mortal:
    """A connection that dies before or after its n-th commit of all."""

    left = -1
    """So many commits still come through; -1: all."""
    after = False

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def execute(self, statement: str, *given: Any) -> Any:
        if statement != "commit" or Mortal.left < 0:
            return self._connection.execute(statement, *given)
        Mortal.left -= 1
        if Mortal.left >= 0:
            return self._connection.execute(statement, *given)
        if Mortal.after:
            self._connection.execute(statement, *given)
        raise Killed


@contextmanager
def mortal(commits: int | None, *, after: bool) -> Iterator[None]:
    """Lets a process die at a commit, or not at all (``None``)."""
    connect = duckdb.connect
    Mortal.left, Mortal.after = (-1 if commits is None else commits), after
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(duckdb, "connect", lambda *given, **named: Mortal(connect(*given, **named)))
        try:
            yield
        except Killed:
            note("killed")
        finally:
            Mortal.left = -1


@dataclass(frozen=True)
class Installation:
    """One installation with its two catalogues: another extractor reads the same records by the second."""

    settings: Settings
    catalogues: tuple[Path, Path]

    def pages(self, number: int = 0) -> Sequence[Any]:
        return declared_pages(self.catalogues[number])

    def backfill(self, file: Path, number: int = 0) -> None:
        with Warehouse.open(self.settings.warehouse) as warehouse:
            pages = self.pages(number)
            Backfill(self.settings, warehouse, pages, pages).from_files([file])

    def rebuild(self, number: int) -> None:
        with Warehouse.open(self.settings.warehouse) as warehouse:
            rebuild(warehouse, self.settings.archive, self.pages(number))

    def restore(self, number: int) -> None:
        restore(self.settings, self.pages(number))

    def compact(self) -> None:
        compact(self.settings.warehouse)

    def publish(self) -> None:
        with Warehouse.open(self.settings.warehouse) as warehouse:
            publish(warehouse, self.settings.published)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path) -> Nights:
    """Three nights of the page and its file, and the catalogues."""
    folder = tmp_path_factory.mktemp("naechte")
    with ScriptedServer() as server:
        site = Site(server, folder, empty_warehouse)
        site.declare("plan", URL)
        for night, state in enumerate(("100", "150", "150")):
            site.night = night
            site.show(URL, shown(state))
            site.show(FILE, pdf_bytes(f"Fassung {night}"))
            site.refresh()
    other = shutil.copytree(site.catalogue, folder / "andere")
    entry = other / "de-sl.toml"
    entry.write_text(entry.read_text(encoding="utf-8") + "removals = ['.badewanne']\n", encoding="utf-8")
    return site.settings.data, (site.catalogue, other)


def tables(installation: Installation) -> dict[str, list[str]]:
    """What analysts see, by the first catalogue."""
    installation.rebuild(0)
    found = history(installation.settings)
    with Warehouse.open(installation.settings.warehouse) as warehouse:
        told = warehouse.connection.execute(
            "select * exclude (snapshot_id, alerts) from changes where cause = 'page' and class <> 'link_noise'"
        ).fetchall()
    return {**found, "changes": sorted(map(repr, told))}


def same_tables_in_any_order(
    nights: Nights, tmp_path_factory: pytest.TempPathFactory, seen: list[Crawl], data: Any
) -> None:
    folder = tmp_path_factory.mktemp("folge")
    straight, other = (
        Installation(Settings(data=shutil.copytree(nights[0], folder / name)), nights[1]) for name in ("a", "b")
    )
    straight.backfill(warc(folder / "alle.warc.gz", sorted(seen, key=lambda crawl: crawl.week)))
    portions = [warc(folder / f"{crawl.week}.warc.gz", [crawl]) for crawl in seen]
    for portion in data.draw(st.permutations([*portions, data.draw(st.sampled_from(portions))])):
        for name, step in data.draw(st.lists(steps(other), max_size=2)):
            step_through(name, step, data)
        step_through(f"backfill {portion.stem}", partial(other.backfill, portion), data)
    expected, found = tables(straight), tables(other)
    for name, told in expected.items():
        assert found[name] == told, name
    shutil.rmtree(folder)


LONG_RUN = int(os.environ.get("ANY_ORDER_EXAMPLES", "60"))


def asked(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many histories; what fails is not made smaller, which would take longer than to read it."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        given_all = given(seen=crawls, data=st.data())(test)
        return settings(
            max_examples=examples,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )(given_all)

    return decorate


@asked(3)
def test_any_order_of_captures_kills_and_rebuilds_ends_in_the_same_tables(
    nights: Nights, tmp_path_factory: pytest.TempPathFactory, seen: list[Crawl], data: Any
) -> None:
    same_tables_in_any_order(nights, tmp_path_factory, seen, data)


@pytest.mark.slow
@pytest.mark.timeout(0)
@asked(LONG_RUN)
def test_any_order_at_length(
    nights: Nights, tmp_path_factory: pytest.TempPathFactory, seen: list[Crawl], data: Any
) -> None:
    """``ANY_ORDER_EXAMPLES=300`` for a long run."""
    same_tables_in_any_order(nights, tmp_path_factory, seen, data)


def steps(one: Installation) -> st.SearchStrategy[tuple[str, Callable[[], None]]]:
    """What else may be done with an installation between two loads."""
    return st.sampled_from(
        [
            ("rebuild by the other catalogue", lambda: one.rebuild(1)),
            ("rebuild", lambda: one.rebuild(0)),
            ("restore by the other catalogue", lambda: one.restore(1)),
            ("restore", lambda: one.restore(0)),
            ("compact", one.compact),
            ("publish", one.publish),
        ]
    )


def step_through(name: str, step: Callable[[], None], data: Any) -> None:
    """Does a step, which may be killed once before."""
    kill = data.draw(st.none() | st.tuples(st.integers(0, 4), st.booleans()), label=f"{name}, killed at")
    if kill is not None:
        with mortal(kill[0], after=kill[1]):
            step()
    step()


def warc(path: Path, seen: Sequence[Crawl]) -> Path:
    """A file of another tool."""
    author = WarcAuthor(path)
    for crawl in seen:
        crawl.write(author)
    return path
