"""What the typed changes account for, so that one edit is told once and none is lost.

A figure that went from 36 to 37 accounts for ``36`` becoming ``37`` wherever the page repeats it; an added action field
accounts for its words once, and for the section of the same heading.  What no typed change accounts for is told as an
edited section.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from transform.change import Change
from transform.compare.wording import Hunk, bag
from transform.german.text import key
from transform.structure.action_fields import clean_name

Exchange = tuple[frozenset[tuple[str, int]], frozenset[tuple[str, int]]]
"""The words that went and those that came in their place, with how often."""


@dataclass(slots=True)
class Claims:
    """Changes found so far, with the words and headings that they account for.

    ``went`` and ``came`` are words that are accounted for once each and used up as they are met; ``exchanges`` are
    replacements that are accounted for however often the page repeats them.
    """

    changes: list[Change] = field(default_factory=list)
    went: Counter[str] = field(default_factory=Counter)
    came: Counter[str] = field(default_factory=Counter)
    exchanges: set[Exchange] = field(default_factory=set)
    headings_removed: set[str] = field(default_factory=set)
    headings_added: set[str] = field(default_factory=set)
    headings_renamed: set[tuple[str, str]] = field(default_factory=set)

    def tell(self, change: Change, *, went: tuple[str | None, ...] = (), came: tuple[str | None, ...] = ()) -> None:
        """Takes a change, and the texts whose words it accounts for."""
        self.changes.append(change)
        self.account(went, came)

    def account(self, went: tuple[str | None, ...] = (), came: tuple[str | None, ...] = ()) -> None:
        """Accounts for the words of some texts without telling a change."""
        lost, new = bag(*went), bag(*came)
        self.went += lost
        self.came += new
        if lost and new and lost != new:
            self.exchanges.add(_exchange(lost, new))

    def accounts_for(self, hunk: Hunk) -> bool:
        """Whether other changes tell all of a hunk; words that are accounted for once are used up."""
        lost, new = bag(*hunk.before), bag(*hunk.after)
        if not lost and not new:
            return False
        if _exchange(lost, new) in self.exchanges:
            return True
        if lost != new:
            lost, new = lost - new, new - lost
        if lost <= self.went and new <= self.came:
            self.went -= lost
            self.came -= new
            return True
        return False

    def unexplained(self, hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
        """The hunks whose words are not all accounted for."""
        return tuple(hunk for hunk in hunks if not self.accounts_for(hunk))

    def explain(self, hunks: Iterable[Hunk]) -> bool:
        """Whether other changes tell all of these hunks; unlike :meth:`accounts_for` it uses nothing up."""
        trial = Claims(went=Counter(self.went), came=Counter(self.came), exchanges=self.exchanges)
        return all(trial.accounts_for(hunk) for hunk in hunks)

    def tell_of_removed(self, heading: str) -> bool:
        """Whether a heading's going is told, under its words or under the name that it numbers or labels."""
        return bool({key(heading), key(clean_name(heading))} & self.headings_removed)

    def tell_of_added(self, heading: str) -> bool:
        """Whether a heading's coming is told."""
        return bool({key(heading), key(clean_name(heading))} & self.headings_added)

    def tell_of_renamed(self, before: str, after: str) -> bool:
        """Whether a heading's renaming is told."""
        names = ((before, after), (clean_name(before), clean_name(after)))
        return any((key(was), key(now)) in self.headings_renamed for was, now in names)

    def claim_heading(self, before: str | None, after: str | None) -> None:
        """Says that a heading's coming, going or renaming is told already."""
        if before is not None and after is not None:
            self.headings_renamed.add((key(before), key(after)))
        elif before is not None:
            self.headings_removed.add(key(before))
        elif after is not None:
            self.headings_added.add(key(after))


def _exchange(lost: Counter[str], new: Counter[str]) -> Exchange:
    """What differs between two bags: words on both sides cancel each other."""
    return frozenset((lost - new).items()), frozenset((new - lost).items())
