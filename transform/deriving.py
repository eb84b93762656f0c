"""From a judged capture to what the page is now known to have shown, and what changed.

The last promoted version is handed in; nothing here looks anything up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from extract.model import Declaration, PageId
from transform.change import Cause, Change, ChangeClass, ChangeKind, Entity
from transform.compare.comparison import compare
from transform.compare.links import compare_links
from transform.compare.telling import tell
from transform.identifiers import digest
from transform.memory import LastGood, PageMemory, SeenLink
from transform.night import DatedChange, JudgedCapture
from transform.urls import canonical_url
from transform.version import Observation, Version

FLAPPING_WINDOW = timedelta(days=30)
"""A second return within so many days is flapping: recorded, but told as one incident."""

_ALERTING_CLASSES = frozenset({ChangeClass.CONTENT, ChangeClass.RETURN})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a good capture showed: the version (``None``: the same as before), when, and under which address.

    ``links`` is where its links lead; ``None`` where its body was not read.
    """

    judged: JudgedCapture
    version: Version | None
    links: tuple[SeenLink, ...] | None = None

    @property
    def observed_at(self) -> datetime:
        """When the page showed it."""
        return self.judged.capture.observed_at


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from one page's night."""

    observations: tuple[Observation, ...]
    changes: tuple[DatedChange, ...]
    flapping: bool = False
    moved: bool = False
    links: tuple[SeenLink, ...] | None = None
    """Where the page's links lead now, if that is to be remembered."""


def derive(
    declaration: Declaration,
    memory: PageMemory,
    shown: Shown,
    last_version: Version | None,
    reread: Version | None = None,
) -> Derived:
    """What the page is now known to have shown and what changed since the last good observation.

    Args:
        declaration: The page's entry in the catalogue.
        memory: What was known before this night.
        shown: What the good capture showed.
        last_version: The version of the last good observation as stored; ``None`` where nothing is to be compared.
        reread: The same body as read by today's extractor, where today's differs from that of ``last_version``.
    """
    last = memory.last_good
    if last is None:
        first = _observation(declaration.page_id, shown, None, shown.observed_at)
        return Derived(observations=(first,), changes=(), links=shown.links)
    times = _sightings(memory, shown)
    changes = list(_extractor_changes(declaration, last, last_version, reread))
    basis = reread or last_version
    page_changes, flapping = _page_changes(memory, shown, basis)
    before_id = basis.version_id if basis is not None else last.version_id
    after_id = shown.version.version_id if shown.version else before_id
    returned_to = _last_seen(memory, shown)
    since = _since(last, shown)
    changes += [
        replace(
            _dated(declaration, change, since, before_id, after_id, times[0], alerts=alerts and not flapping),
            returned_to=returned_to,
            is_widened=since is not last,
        )
        for change, alerts in page_changes
    ]
    changes += [
        _dated(declaration, change, last, before_id, after_id, shown.observed_at, alerts=False)
        for change in _link_changes(memory, shown, basis, same_words=before_id == after_id)
    ]
    moved = _moved(declaration, last, shown)
    if moved is not None:
        changes.append(_dated(declaration, moved, last, before_id, after_id, shown.observed_at, alerts=True))
    return Derived(
        observations=tuple(_observation(declaration.page_id, shown, last, at) for at in times),
        changes=tuple(changes),
        flapping=flapping,
        moved=moved is not None,
        links=shown.links if shown.links != memory.links else None,
    )


def _page_changes(
    memory: PageMemory, shown: Shown, basis: Version | None
) -> tuple[tuple[tuple[Change, bool], ...], bool]:
    """What the page itself changed, each change with whether it is content, and whether the page flaps.

    It flaps where it goes back and forth between contents that it showed before.
    """
    if shown.version is None or basis is None or shown.version.version_id == basis.version_id:
        return (), False
    returned = _is_known(memory, shown.version.content_sha256)
    flapping = returned and returns_within(memory.recent, shown.observed_at) > 0
    changes = compare(basis, shown.version)
    told = [change.change_class is ChangeClass.CONTENT for change in changes]
    return tuple(zip(_classed(changes, returned=returned), told, strict=True)), flapping


def _link_changes(memory: PageMemory, shown: Shown, basis: Version | None, *, same_words: bool) -> tuple[Change, ...]:
    """Links that lead elsewhere than they did; none where nobody has looked before."""
    if memory.links is None or shown.links is None or shown.links == memory.links:
        return ()
    title = basis.records.title if basis is not None else ""
    return compare_links(memory.links, shown.links, same_words=same_words, title=title)


def changed_by_page(before: Version, after: Version, *, returned: bool) -> tuple[Change, ...]:
    """What the page changed between two versions of one extractor; ``returned``: it showed the later one before."""
    return _classed(compare(before, after), returned=returned)


def _classed(changes: Sequence[Change], *, returned: bool) -> tuple[Change, ...]:
    """All that a return changes is a return, spelling and order too; these alert as little as they would otherwise."""
    if not returned:
        return tuple(changes)
    return tuple(replace(change, change_class=ChangeClass.RETURN) for change in changes)


def _sightings(memory: PageMemory, shown: Shown) -> tuple[datetime, ...]:
    """When the content was seen: earlier suspicious captures of the same content count once it is confirmed."""
    earlier = {
        pending.observed_at
        for pending in memory.pending
        if pending.content_sha256 == shown.judged.content_sha256 and pending.observed_at < shown.observed_at
    }
    return (*sorted(earlier), shown.observed_at)


def _observation(page_id: PageId, shown: Shown, last: LastGood | None, at: datetime) -> Observation:
    if shown.version is not None:
        version_id, content = shown.version.version_id, shown.version.content_sha256
    else:
        assert last is not None, "a page that has not changed was seen before"
        version_id, content = last.version_id, last.content_sha256
    return Observation(page_id, version_id, content, at, shown.judged.capture.final_url)


def _extractor_changes(
    declaration: Declaration, last: LastGood, last_version: Version | None, reread: Version | None
) -> list[DatedChange]:
    if reread is None or last_version is None or reread.version_id == last_version.version_id:
        return []
    return [
        _dated(declaration, change, last, last_version.version_id, reread.version_id, last.observed_at, alerts=False)
        for change in compare(last_version, reread, cause=Cause.EXTRACTOR)
    ]


def _since(last: LastGood, shown: Shown) -> LastGood:
    """The last good observation; one answered by 304 counts as little as its validator, if that is the same now.

    An answer with another content under the validator of the last body shows that the server's 304 said nothing.
    """
    if last.fetched_in_full_at >= last.observed_at or shown.judged.capture.answer.status != 200:
        return last
    answer, validators = shown.judged.capture.answer, last.validators
    lied = (
        validators.etag == answer.header("ETag")
        if validators.etag is not None
        else validators.last_modified is not None and validators.last_modified == answer.header("Last-Modified")
    )
    return replace(last, observed_at=last.fetched_in_full_at) if lied else last


def _last_seen(memory: PageMemory, shown: Shown) -> datetime | None:
    """When the page last showed this content before; ``None`` for a new one."""
    content = shown.judged.content_sha256
    return max((known.last_at for known in memory.known if known.content_sha256 == content), default=None)


def _is_known(memory: PageMemory, content_sha256: str) -> bool:
    return any(known.content_sha256 == content_sha256 for known in memory.known)


def returns_within(recent: Sequence[tuple[datetime, str]], now: datetime, window: timedelta = FLAPPING_WINDOW) -> int:
    """How often the page went back to a content that it had shown before, within the window before ``now``."""
    seen: set[str] = set()
    previous: str | None = None
    count = 0
    for at, content in recent:
        if content != previous and content in seen and now - at <= window:
            count += 1
        seen.add(content)
        previous = content
    return count


def _moved(declaration: Declaration, last: LastGood, shown: Shown) -> Change | None:
    """The page's own move to another address: told once, when the address first differs from the last one."""
    capture = shown.judged.capture
    if capture.final_url == last.url:
        return None
    if canonical_url(capture.final_url) == canonical_url(last.url):
        return None
    back = canonical_url(capture.final_url) == canonical_url(declaration.url)
    if not capture.moved_permanently and not back:
        return None
    return tell(
        Entity.PAGE,
        declaration.page_id,
        ChangeKind.MOVED,
        field="url",
        before=last.url,
        after=capture.final_url,
    )


def _dated(
    declaration: Declaration,
    change: Change,
    last: LastGood,
    before_id: str,
    after_id: str,
    not_after: datetime,
    *,
    alerts: bool,
) -> DatedChange:
    told = alerts and change.cause is Cause.PAGE and change.change_class in _ALERTING_CLASSES
    return dated(declaration, change, (before_id, after_id), (last.observed_at, not_after), alerts=told)


def dated(
    declaration: Declaration,
    change: Change,
    versions: tuple[str, str],
    interval: tuple[datetime, datetime],
    *,
    alerts: bool,
) -> DatedChange:
    """A change with its interval and a name that follows from what it says: told twice, it is the same one.

    Args:
        declaration: The page's entry in the catalogue.
        change: What changed.
        versions: Ids of the versions before and after.
        interval: Last observation of the one, first observation of the other (aware, UTC).
        alerts: Whether it is to be told to people.
    """
    (before_id, after_id), (not_before, not_after) = versions, interval
    return DatedChange(
        change_id=digest(
            "change",
            declaration.page_id,
            not_before,
            not_after,
            before_id,
            after_id,
            change.entity,
            change.entity_key,
            change.kind,
            change.field,
            change.before,
            change.after,
        ),
        page_id=declaration.page_id,
        land=declaration.land,
        before_version_id=before_id,
        after_version_id=after_id,
        not_before=not_before,
        not_after=not_after,
        change=change,
        alerts=alerts,
    )
