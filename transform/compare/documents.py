"""Changes of linked files."""

from __future__ import annotations

import re

from transform.change import ChangeClass, ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import likeness, match
from transform.compare.telling import tell
from transform.compare.wording import bag, is_editorial
from transform.german.text import key
from transform.records import DocumentRecord, Records

_IN_PLACE = 0.1
"""Files in the same place of one section need no more in common: another file was put there."""
_ABOUT_FILE = re.compile(r"\s*[(\[][^()\[\]]*\b(?:PDF|XLSX?|DOCX?|PPTX?|ODT|ODS|CSV|ZIP|[kKMG]i?B)\b[^()\[\]]*[)\]]")


def compare_documents(before: Records, after: Records, claims: Claims) -> None:
    """Documents that came, went, moved (same bytes, other address) or were replaced (other bytes or another file)."""
    found = match(
        before.documents,
        after.documents,
        identity=lambda d: d.url,
        alike=_document_likeness,
        threshold=0.8,
        in_place=_IN_PLACE,
    )
    for old, new in found.same:
        if old.sha256 and new.sha256 and old.sha256 != new.sha256:
            _tell_document(old, new, ChangeKind.REPLACED, "sha256", claims)
        elif key(_words(old.label)) != key(_words(new.label)):
            _tell_label(old, new, claims)
        else:
            claims.account(*_labels(old, new))
    for old, new in found.alike:
        moved = bool(old.sha256) and old.sha256 == new.sha256
        _tell_document(old, new, ChangeKind.MOVED if moved else ChangeKind.REPLACED, "url", claims)
    for old in found.removed:
        claims.tell(
            tell(
                Entity.DOCUMENT,
                old.label,
                ChangeKind.REMOVED,
                before=old.url,
                section=old.section,
                summary=f"Dokument entfallen: „{_words(old.label)}“ ({old.url}).",
            ),
            went=(old.label,),
        )
    for new in found.added:
        claims.tell(
            tell(
                Entity.DOCUMENT,
                new.label,
                ChangeKind.ADDED,
                after=new.url,
                section=new.section,
                summary=f"Neues Dokument: „{_words(new.label)}“ ({new.url}).",
            ),
            came=(new.label,),
        )


def _document_likeness(old: DocumentRecord, new: DocumentRecord) -> float:
    if old.sha256 and old.sha256 == new.sha256:
        return 1.0
    same_section = _IN_PLACE if key(old.section or "") == key(new.section or "") else 0.0
    return max(same_section, likeness(old.label, new.label), likeness(_file_name(old.url), _file_name(new.url)))


def _file_name(url: str) -> str:
    return url.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]


def _words(label: str) -> str:
    """A label without what it says of the file: ``Strategie (PDF, 2 MB)`` is ``Strategie``."""
    return _ABOUT_FILE.sub("", label)


def _tell_label(old: DocumentRecord, new: DocumentRecord, claims: Claims) -> None:
    """The same file under another name."""
    claims.tell(
        tell(
            Entity.DOCUMENT,
            new.label,
            ChangeKind.RENAMED,
            field="label",
            before=old.label,
            after=new.label,
            section=new.section,
            change_class=ChangeClass.EDITORIAL if is_editorial(old.label, new.label) else ChangeClass.CONTENT,
        ),
        went=(old.label,),
        came=(new.label,),
    )


def _labels(old: DocumentRecord, new: DocumentRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that went and came with a file; where it stands in its place, those alone that are others."""
    if key(old.section or "") != key(new.section or ""):
        return (old.label,), (new.label,)
    lost, gained = bag(old.label), bag(new.label)
    return tuple((lost - gained).elements()), tuple((gained - lost).elements())


def _tell_document(old: DocumentRecord, new: DocumentRecord, kind: ChangeKind, field: str, claims: Claims) -> None:
    went, came = _labels(old, new)
    name = _words(new.label)
    summary = {
        "sha256": f"Dokument „{name}“ wurde unter derselben Adresse ersetzt ({new.url}).",
        "url": f"Dokument „{name}“ "
        + ("liegt jetzt" if kind is ChangeKind.MOVED else "wurde ersetzt; die neue Fassung liegt")
        + f" unter {new.url} (bisher {old.url}).",
    }[field]
    claims.tell(
        tell(
            Entity.DOCUMENT,
            new.label,
            kind,
            field=field,
            before=getattr(old, field),
            after=getattr(new, field),
            section=new.section,
            summary=summary,
        ),
        went=went,
        came=came,
    )
