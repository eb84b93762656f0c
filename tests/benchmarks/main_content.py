"""How well the main content of undeclared pages is found: ``python -m tests.benchmarks.main_content``.

For each page in ``tests/pages`` the words found are compared with those that a person took from its source, by the
harmonic mean of precision and recall over words; beside ours stands trafilatura, as it comes and told to favour recall.
The fourteen texts in ``tests/pages/main_text`` were typed from the HTML by hand, without either finder; of the other
eight pages the expected blocks beside them were.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from statistics import mean

import trafilatura

from transform.document import Document
from transform.reading.body import read_body

PAGES = Path(__file__).parents[1] / "pages"
_SIGNS = re.compile(r"^(?:[#^|-]+|\d+\.)\s+", re.MULTILINE)


def main() -> None:
    """Prints a table with one row for each page, and the means."""
    rows = [(page.stem, *scores_of(page)) for page in sorted(PAGES.glob("*.html"))]
    sys.stdout.write(f"{'page':18} {'ours':>8} {'trafilatura':>12} {'its recall':>12}\n")
    for name, *scores in (*rows, ("mean", *(mean(column) for column in zip(*(row[1:] for row in rows), strict=True)))):
        sys.stdout.write(f"{name:18} {scores[0]:8.3f} {scores[1]:12.3f} {scores[2]:12.3f}\n")


def scores_of(page: Path) -> tuple[float, float, float]:
    """Word F1 of our finder, of trafilatura, and of trafilatura with ``favor_recall``."""
    gold = reference_of(page)
    markup = page.read_text(encoding="utf-8")
    reading = read_body(markup.encode(), content_type="text/html", url="https://land.example/", declaration=None)
    ours = reading.text if isinstance(reading, Document) else ""
    theirs = trafilatura.extract(markup, include_comments=False, include_tables=True) or ""
    recall = trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True) or ""
    return f_score(words(ours), gold), f_score(words(theirs), gold), f_score(words(recall), gold)


def reference_of(page: Path) -> Counter[str]:
    """The words of a page's main content, as a person took them from its source."""
    typed = page.parent / "main_text" / f"{page.stem}.txt"
    if typed.exists():
        return words(typed.read_text(encoding="utf-8"))
    return words(_SIGNS.sub("", page.with_suffix(".txt").read_text(encoding="utf-8")))


def words(text: str) -> Counter[str]:
    """The words of a text with their numbers."""
    return Counter(re.findall(r"\w+", text))


def f_score(found: Counter[str], gold: Counter[str]) -> float:
    """The harmonic mean of precision and recall; 0 where nothing was found."""
    common = (found & gold).total()
    return 2 * common / (found.total() + gold.total()) if common else 0.0


if __name__ == "__main__":
    main()
