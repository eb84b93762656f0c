"""What a question to the published copy costs a process that has just begun."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_COLD = """
import sys, time
import duckdb
path, query = sys.argv[1:]
began = time.perf_counter()
with duckdb.connect(path, read_only=True, config={"threads": 2}) as connection:
    connection.execute("set timezone = 'UTC'")
    rows = connection.execute(query).fetchall()
print(len(rows), time.perf_counter() - began, time.process_time())
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows, and seconds from opening the file on: by the clock, and of CPU."""

    rows: int
    wall_s: float
    cpu_s: float


def asked_cold(published: Path, query: str) -> Answered:
    """Asks once in a process of its own."""
    command = [sys.executable, "-c", _COLD, str(published), query]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    # DuckDB draws a bar of progress before it, where an answer takes long.
    rows, wall_s, cpu_s = answer.stdout.split()[-3:]
    return Answered(int(rows), float(wall_s), float(cpu_s))
