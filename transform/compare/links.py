"""Links that lead elsewhere while the words around them stay: told as link noise, which alerts nobody.

Two addresses that differ in decoration alone (session, campaign mark, ``http`` for ``https``) are one address and are
not told at all.  Links to files are documents, and told there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from transform.change import Change, ChangeClass, ChangeKind, Entity
from transform.compare.telling import tell
from transform.compare.wording import shortened
from transform.memory import SeenLink

MOST_SINGLE = 5
"""More links than these that lead elsewhere in one night are one change."""

Pair = tuple[SeenLink | None, SeenLink | None]
"""A link before and after; ``None`` where the words were not linked."""


def compare_links(
    before: Sequence[SeenLink], after: Sequence[SeenLink], *, same_words: bool, title: str = ""
) -> tuple[Change, ...]:
    """The links of the same words that lead elsewhere, in reading order.

    Args:
        before: The links of the main content as last seen.
        after: The same as seen now.
        same_words: Whether the page says the same as before; then words that were not linked before, or are no longer,
            are told too.  Otherwise they came or went with their words.
        title: What the page is called, for a change that tells of many links.
    """
    pairs = [(old, new) for old, new in _paired(before, after) if same_words or (old is not None and new is not None)]
    if len(pairs) > MOST_SINGLE:
        return (_many(pairs, title),)
    return tuple(_one(old, new) for old, new in pairs)


def _paired(before: Sequence[SeenLink], after: Sequence[SeenLink]) -> list[Pair]:
    """Links without their counterpart of the same label and address, paired by label in reading order."""
    kept = Counter((link.label, link.url) for link in before) & Counter((link.label, link.url) for link in after)
    gone, come = _without(before, kept), _without(after, kept)
    pairs: list[Pair] = []
    for new in come:
        old = next((link for link in gone if link.label == new.label), None)
        if old is not None:
            gone.remove(old)
        pairs.append((old, new))
    return [*pairs, *((old, None) for old in gone)]


def _without(links: Sequence[SeenLink], kept: Counter[tuple[str, str]]) -> list[SeenLink]:
    left = Counter(kept)
    rest = []
    for link in links:
        if left[link.label, link.url] > 0:
            left[link.label, link.url] -= 1
        else:
            rest.append(link)
    return rest


def _one(old: SeenLink | None, new: SeenLink | None) -> Change:
    link = new or old
    assert link is not None, "a pair has a link on one side at least"
    name = f"Verweis „{shortened(link.label)}“" if link.label else "Verweis ohne Text"
    if old is not None and new is not None:
        summary = f"{name} führt jetzt zu {new.url} (bisher {old.url})."
    elif new is not None:
        summary = f"{name} ist neu und führt zu {new.url}; die Wörter standen schon da."
    else:
        summary = f"{name} ist keiner mehr (bisher {link.url}); die Wörter stehen noch da."
    return _noise(link.label, link.section, old.url if old else None, new.url if new else None, summary)


def _many(pairs: Sequence[Pair], title: str) -> Change:
    before = "\n".join(old.url for old, _ in pairs if old is not None)
    after = "\n".join(new.url for _, new in pairs if new is not None)
    summary = f"{len(pairs)} Verweise führen zu anderen Adressen; die Wörter stehen noch da."
    return _noise(title, None, before or None, after or None, summary)


def _noise(label: str, section: str | None, before: str | None, after: str | None, summary: str) -> Change:
    return tell(
        Entity.SECTION,
        label,
        ChangeKind.CHANGED,
        field="link",
        before=before,
        after=after,
        section=section,
        change_class=ChangeClass.LINK_NOISE,
        summary=summary,
    )
