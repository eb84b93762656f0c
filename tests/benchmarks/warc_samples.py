"""WARC files of other tools, such as the public samples of web-archive software: what becomes of each record.

::

    pip download --no-deps --no-binary :all: pywb warcat      (their sources hold samples; unpack them)
    python -m tests.benchmarks.warc_samples FOLDER

Each file is read by warcio as well: every HTTP answer and revisit that it finds must have been taken or told with a
reason, and of answers with status 200 the bodies must be the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from extract.model import Exchange
from extract.warc_import import import_warc


def measure(path: Path) -> tuple[int, int, Counter[str], str]:
    """Answers that warcio finds, those that we take, why we take no others, and what does not agree."""
    found = list(import_warc(path, lambda _: True))
    taken = [one for one in found if isinstance(one, Exchange)]
    reasons = Counter(one.reason.value for one in found if not isinstance(one, Exchange))
    answers, bodies, broken = _by_warcio(path)
    missing = bodies - Counter(exchange.body for exchange in taken)
    if "format" in reasons:
        return answers, 0, reasons, ""
    wrong = f"{sum(missing.values())} bodies are missing" if missing and not broken else ""
    if len(found) < answers:
        wrong = f"{answers - len(found)} records without a word"
    return answers, len(taken), reasons, wrong


def _by_warcio(path: Path) -> tuple[int, Counter[bytes], bool]:
    answers, bodies = 0, Counter[bytes]()
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type in ("response", "revisit") and record.http_headers:
                    answers += 1
                    body = record.content_stream().read()
                    if body and record.rec_type == "response" and record.http_headers.get_statuscode() == "200":
                        bodies[body] += 1
    except (ArchiveLoadFailed, AttributeError):  # the latter: warcio 1.8 with Brotli 1.2
        return answers, bodies, True
    return answers, bodies, False


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each file of a folder; status 1 where one does not agree."""
    if not arguments:
        sys.stdout.write((__doc__ or "") + "\n")
        return 0
    files = sorted(path for path in Path(arguments[0]).rglob("*.*arc*") if path.is_file())
    failed = False
    for path in files:
        answers, taken, reasons, wrong = measure(path)
        failed |= bool(wrong)
        sys.stdout.write(f"{path.name:44} {answers:4} answers, {taken:4} taken, {dict(reasons)} {wrong}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
