"""Runs a module that ends with the process that started it, even where that one is killed.

``python -m flows.bound_to_parent PARENT MODULE ARGUMENT …`` in place of ``python -m MODULE ARGUMENT …``.  Linux tells a
process that its parent has died (prctl(2), PR_SET_PDEATHSIG); elsewhere the module runs as it would without this.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1


def bind_to(parent: int) -> None:
    """Has this process sent SIGTERM when its parent is gone; at once if it is gone already."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    _, started_by, module, *arguments = sys.argv
    bind_to(int(started_by))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
