"""When things happen by themselves; times are Berlin's."""

from __future__ import annotations

ZONE = "Europe/Berlin"
NIGHTLY = "10 4 * * *"
"""04:10: after the portals' own nightly work, and there exactly once on both days of a clock change."""
