"""Replaying changes: from any moment to any other, forward and back, on pages that are really read and compared.

What a change tells is meant for people and holds less than the records do: a section is shown with its edited words and
no position, a figure in a list that was replaced is told with its list.  So tables cannot be made from changes alone.
What holds stands in docs/decisions/0017: changes lead from version to version without a gap, and for goals and action
fields their values alone give the one table from the other.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Declaration
from tests.benchmarks.noise_edits import EDITS
from tests.benchmarks.noise_pages import drawn_page
from tests.support.strategy_pages import StrategyPage, markup
from tests.warehouse.contents import rows
from tests.warehouse.nights import VERIFIED, captured, declared, night, night_at
from transform.deriving import changed_by_page, dated
from transform.document import Document
from transform.night import Night, PageNight
from transform.reading.body import read_body
from transform.version import Observation, Version
from transform.versioning import read_version
from warehouse.database import Warehouse

counter = iter(range(10**6))


@pytest.fixture(scope="module")
def shared(new_path: Callable[[], Path]) -> Iterator[Warehouse]:
    """One warehouse for all examples: each has a page of its own."""
    with Warehouse.open(new_path()) as opened:
        yield opened


def histories(seed: int) -> list[StrategyPage]:
    """A drawn page with up to four edits, of which one may be taken back."""
    rng = random.Random(seed)
    pages = [drawn_page(rng)]
    for _ in range(rng.randint(2, 4)):
        if len(pages) > 1 and rng.random() < 0.2:
            pages.append(pages[-2])
            continue
        edits = list(EDITS)
        rng.shuffle(edits)
        pages.append(next(edited[0] for edit in edits if (edited := edit(pages[-1], rng)) is not None))
    return pages


def version_of(declaration: Declaration, page: StrategyPage) -> Version:
    document = read_body(
        markup(page).encode(), content_type="text/html; charset=utf-8", url=declaration.url, declaration=declaration
    )
    assert isinstance(document, Document)
    return read_version(document, declaration, {}).version


def nights_of(declaration: Declaration, versions: list[Version]) -> list[Night]:
    """The nights on which the page showed these versions, with the changes between them."""
    told: dict[int, PageNight] = {}
    for n, version in enumerate(versions):
        before = versions[n - 1] if n else version
        returned = version.version_id in {one.version_id for one in versions[:n]}
        changes = changed_by_page(before, version, returned=returned) if before.version_id != version.version_id else ()
        at = night_at(n)
        told[n] = PageNight(
            declaration=declaration,
            verdict=VERIFIED,
            captures=(captured(declaration, at, f"Fassung {n}"),),
            versions=(version,),
            observations=(
                Observation(declaration.page_id, version.version_id, version.content_sha256, at, declaration.url),
            ),
            changes=tuple(
                dated(declaration, one, (before.version_id, version.version_id), (night_at(n - 1), at), alerts=True)
                for one in changes
            ),
        )
    return [night(n, page, run_id=f"{declaration.page_id}-{n}") for n, page in told.items()]


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), data=st.data())
def test_replaying_changes_leads_from_any_moment_to_any_other(
    shared: Warehouse, seed: int, data: st.DataObject
) -> None:
    """Laws: a change starts where the one before ended; followed forward from any moment, or back, changes lead to the
    version of any other; and goals and action fields as of the one follow from those of the other by their values."""
    page = declared(f"seite-{next(counter)}")
    versions = [version_of(page, one) for one in histories(seed)]
    for one in data.draw(st.permutations(nights_of(page, versions))):
        shared.load(one)
    changes = rows(shared, _CHANGES, page.page_id)
    steps = list(dict.fromkeys(change[:3] for change in changes))
    transitions = [(a.version_id, b.version_id) for a, b in pairwise(versions) if a.version_id != b.version_id]
    assert [(before, after) for _, before, after in steps] == transitions
    shown = [{table: texts(shared, table, page, night_at(n)) for table in _REPLAYED} for n in range(len(versions))]
    for i, j in combinations(range(len(versions)), 2):
        between = [change for change in changes if night_at(i) < change[0] <= night_at(j)]
        forward, back = versions[i].version_id, versions[j].version_id
        for _, before, after in (step for step in steps if night_at(i) < step[0] <= night_at(j)):
            assert forward == before
            forward = after
        for _, before, after in reversed([step for step in steps if night_at(i) < step[0] <= night_at(j)]):
            assert back == after
            back = before
        assert (forward, back) == (versions[j].version_id, versions[i].version_id)
        for table, (entity, _) in _REPLAYED.items():
            gone = Counter(change[4] for change in between if change[3] == entity and change[4] is not None)
            come = Counter(change[5] for change in between if change[3] == entity and change[5] is not None)
            early, late = shown[i][table], shown[j][table]
            assert balance(early, come, gone) == balance(late), (table, seed)
            assert balance(late, gone, come) == balance(early), (table, seed)


_REPLAYED = {"goals": ("goal", "text"), "action_fields": ("action_field", "name")}
"""Tables that follow from changes alone: as which entity they are told, and their column."""

_CHANGES = """
select not_after, before_version_id, after_version_id, entity, "before", "after"
from main.changes
where page_id = ?
order by not_after, change_id
"""


def texts(warehouse: Warehouse, table: str, page: Declaration, at: datetime) -> Counter[str]:
    """What a table says of a page at a moment."""
    column = _REPLAYED[table][1]
    found = rows(warehouse, f"select {column} from main.{table}_as_of(?) where page_id = ?", at, page.page_id)
    return Counter(text for (text,) in found)


def balance(shown: Counter[str], come: Counter[str] | None = None, gone: Counter[str] | None = None) -> dict[str, int]:
    """How often each text stands there after some came and some went."""
    total = Counter(shown)
    total.update(come or {})
    total.subtract(gone or {})
    return {text: count for text, count in total.items() if count}
