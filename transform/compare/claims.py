"""What the typed changes account for, so that one edit is told once.

A figure that went from 36 to 37 accounts for the words ``36`` and ``37`` wherever the page repeats it; an added action
field accounts for the section of the same heading.  What no typed change accounts for is told as an edited section.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from transform.change import Change
from transform.compare.wording import bag
from transform.german.text import key


@dataclass(slots=True)
class Claims:
    """Changes found so far, with the words and headings that they account for."""

    changes: list[Change] = field(default_factory=list)
    went: Counter[str] = field(default_factory=Counter)
    came: Counter[str] = field(default_factory=Counter)
    headings_removed: set[str] = field(default_factory=set)
    headings_added: set[str] = field(default_factory=set)
    headings_renamed: set[tuple[str, str]] = field(default_factory=set)

    def tell(self, change: Change, *, went: tuple[str | None, ...] = (), came: tuple[str | None, ...] = ()) -> None:
        """Takes a change, and the texts whose words it accounts for."""
        self.changes.append(change)
        self.account(went, came)

    def account(self, went: tuple[str | None, ...] = (), came: tuple[str | None, ...] = ()) -> None:
        """Accounts for the words of some texts without telling a change."""
        self.went += bag(*went)
        self.came += bag(*came)

    def claim_heading(self, before: str | None, after: str | None) -> None:
        """Says that a heading's coming, going or renaming is told already."""
        if before is not None and after is not None:
            self.headings_renamed.add((key(before), key(after)))
        elif before is not None:
            self.headings_removed.add(key(before))
        elif after is not None:
            self.headings_added.add(key(after))
