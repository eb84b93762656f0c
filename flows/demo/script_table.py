"""The entries of ``nights.toml`` as types: pages with their edits, special answers and moves, and other addresses.

Plain TOML values come in, frozen dataclasses go out; a key that is missing or of the wrong type is told with its table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from extract.errors import UsageError

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file, read key by key."""

    name: str
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        """A text that must be there."""
        return self._required(key, str)

    def optional_text(self, key: str) -> str | None:
        """A text, or ``None`` where there is none."""
        return self._typed(key, str)

    def number(self, key: str) -> int:
        """A whole number that must be there."""
        return self._required(key, int)

    def optional_number(self, key: str) -> int | None:
        """A whole number, or ``None`` where there is none."""
        return self._typed(key, int)

    def time(self, key: str) -> datetime:
        """A moment with its zone."""
        moment = self._required(key, datetime)
        if moment.tzinfo is None:
            raise UsageError(f"{self.name}: {key} = {moment} has no zone.", "Write it as 2026-03-02T04:10:00+01:00.")
        return moment

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where there is none."""
        return tuple(str(item) for item in self._typed(key, list) or [])

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where there is none."""
        return tuple(int(item) for item in self._typed(key, list) or [])

    def tables(self, key: str) -> tuple[Table, ...]:
        """An array of tables; empty where there is none."""
        entries = self._typed(key, list) or []
        return tuple(Table(f"{self.name}, {key} {rank}", entry) for rank, entry in enumerate(entries, 1))

    def _required(self, key: str, kind: type[_Value]) -> _Value:
        """A value that must be there."""
        value = self._typed(key, kind)
        if value is None:
            raise UsageError(f"{self.name}: {key} is missing.", f"Add {key} to this table.")
        return value

    def _typed(self, key: str, kind: type[_Value]) -> _Value | None:
        """A value of one type, or ``None`` where the key is missing."""
        value = self.values.get(key)
        if value is None or isinstance(value, kind):
            return value
        raise UsageError(f"{self.name}: {key} = {value!r} is no {kind.__name__}.", f"Write a {kind.__name__}.")


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a page replaced by others, from night ``since`` up to, but not including, night ``until``."""

    since: int
    until: int | None
    find: str
    replace: str
    why: str

    @classmethod
    def read(cls, table: Table) -> Edit:
        """From its table."""
        return cls(
            since=table.number("since"),
            until=table.optional_number("until"),
            find=table.text("find"),
            replace=table.text("replace"),
            why=table.text("why"),
        )

    def holds_in(self, night: int) -> bool:
        """Whether the edit is in force."""
        return self.since <= night and (self.until is None or night < self.until)

    def apply(self, text: str, page_id: str) -> str:
        """The text with the words replaced.

        Raises:
            UsageError: If the words do not stand in the text exactly once.
        """
        count = text.count(self.find)
        if count != 1:
            raise UsageError(
                f"The edit of {page_id} from night {self.since} ({self.why}) looks for {self.find!r}, "
                f"which stands in the page {count} times instead of once.",
                "Mend its find in nights.toml.",
            )
        return text.replace(self.find, self.replace)


@dataclass(frozen=True, slots=True)
class Special:
    """What a page answers in one night instead of itself; ``location`` is an original address."""

    night: int
    status: int
    file: str | None
    location: str | None
    retry_after_s: int | None
    why: str

    @classmethod
    def read(cls, table: Table) -> Special:
        """From its table."""
        return cls(
            night=table.number("night"),
            status=table.number("status"),
            file=table.optional_text("file"),
            location=table.optional_text("location"),
            retry_after_s=table.optional_number("retry_after_s"),
            why=table.text("why"),
        )


@dataclass(frozen=True, slots=True)
class Move:
    """A new address from one night on; the old one leads there with 301."""

    since: int
    url: str


@dataclass(frozen=True, slots=True)
class PageScript:
    """One page over all nights."""

    page_id: str
    url: str
    file: str
    validators: tuple[str, ...]
    rendered: tuple[int, ...]
    teasers: tuple[str, ...]
    edits: tuple[Edit, ...]
    specials: tuple[Special, ...]
    moves: tuple[Move, ...]

    @classmethod
    def read(cls, table: Table) -> PageScript:
        """From its table."""
        return cls(
            page_id=table.text("page_id"),
            url=table.text("url"),
            file=table.text("file"),
            validators=table.texts("validators"),
            rendered=table.numbers("rendered"),
            teasers=table.texts("teasers"),
            edits=tuple(Edit.read(entry) for entry in table.tables("edit")),
            specials=tuple(Special.read(entry) for entry in table.tables("answer")),
            moves=tuple(Move(entry.number("since"), entry.text("url")) for entry in table.tables("move")),
        )

    def urls_until(self, night: int) -> tuple[str, ...]:
        """The addresses that the page has had, oldest first; the last one is where it is in this night."""
        return (self.url, *(move.url for move in self.moves if move.since <= night))

    def special_in(self, night: int) -> Special | None:
        """What is answered instead of the page, if anything."""
        return next((special for special in self.specials if special.night == night), None)

    def rendering_before(self, night: int) -> int:
        """The night of the last rendering; the first night always renders."""
        return max((rendered for rendered in self.rendered if rendered <= night), default=0)


@dataclass(frozen=True, slots=True)
class Resource:
    """Another address: a document or a page that nobody watches, from night ``since`` on."""

    url: str
    file: str
    since: int

    @classmethod
    def read(cls, table: Table) -> Resource:
        """From its table."""
        return cls(table.text("url"), table.text("file"), table.optional_number("since") or 0)
