"""Prefect's own settings, put in place before Prefect is imported.

Only what is not set already is set, so that an operator's environment or profile stands.
"""

from __future__ import annotations

import os

_DEFAULTS = {
    # A temporary server migrates its database at the first start: 13 s on a quiet machine, 35 s on a busy one.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # Its shutdown writes some 170 lines of cancelled tasks otherwise.
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # Nothing leaves this machine but requests to portals.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}


def prepare() -> None:
    """Sets what Prefect needs here, where the environment does not say otherwise."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
