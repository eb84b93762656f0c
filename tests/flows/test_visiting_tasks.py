"""How portals become tasks: each its own as long as they are few, then several to a task."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from prefect.utilities.callables import cloudpickle_wrapped_call

from flows.refresh import MOST_VISITING_TASKS, refresh, shares


def test_few_portals_have_a_task_each_under_their_own_name() -> None:
    assert shares(["a.example", "b.example"], MOST_VISITING_TASKS) == {
        "a.example": ("a.example",),
        "b.example": ("b.example",),
    }


def test_of_many_portals_each_task_visits_several() -> None:
    assert shares(["a", "b", "c", "d", "e"], 2) == {"a and 2 more": ("a", "c", "e"), "b and 1 more": ("b", "d")}


@given(st.integers(0, 600), st.integers(1, 40))
def test_every_portal_is_visited_once_in_a_bounded_number_of_tasks(count: int, most: int) -> None:
    portals = [f"portal{number}.example" for number in range(count)]
    dealt = shares(portals, most)
    assert sorted(portal for share in dealt.values() for portal in share) == sorted(portals)
    assert len(dealt) == min(count, most)
    assert max(map(len, dealt.values()), default=0) - min(map(len, dealt.values()), default=0) <= 1


def test_the_flow_can_be_copied_into_another_process() -> None:
    """As ``serve`` does with each scheduled run."""
    assert callable(cloudpickle_wrapped_call(refresh))
