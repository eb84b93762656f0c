"""Doing a transaction again where another process wrote to the same lake at the same moment."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from extract.errors import WarehouseConflictError

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 12
_SHORTEST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 5.0


def tried_again(action: Callable[P, T]) -> Callable[P, T]:
    """The same, up to twelve times where it ends in a conflict, after pauses of a length left to chance that grow.

    For what is one transaction and reads within it whatever it depends on: nothing of a try that failed is stored.
    """

    @functools.wraps(action)
    def trying(*args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(1, ATTEMPTS):
            try:
                return action(*args, **kwargs)
            except WarehouseConflictError:
                longest = min(_LONGEST_PAUSE_S, _SHORTEST_PAUSE_S * 2**attempt)
                time.sleep(random.uniform(_SHORTEST_PAUSE_S, longest))  # noqa: S311  no secret
        return action(*args, **kwargs)

    return trying
