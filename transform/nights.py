"""What counts as another night: how long a doubt or a failure must last before it is believed."""

from __future__ import annotations

from datetime import datetime, timedelta

NIGHT_APART = timedelta(hours=18)
"""So long after a run the next night's may begin: one that was six hours late still counts as a night of its own."""


def is_later_night(earlier: datetime, now: datetime) -> bool:
    """Whether ``now`` belongs to a later night than ``earlier`` (both aware, UTC).

    It is another day and at least 18 hours on: neither a run repeated by hand nor the third of four looks a day counts,
    for what lasts half a day only is what this waits for.  History that is backfilled is judged by its own times.
    """
    return now - earlier >= NIGHT_APART and now.date() > earlier.date()
