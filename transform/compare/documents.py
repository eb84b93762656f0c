"""Changes of linked files."""

from __future__ import annotations

from transform.change import ChangeKind, Entity
from transform.compare.claims import Claims
from transform.compare.matching import likeness, match
from transform.compare.telling import tell
from transform.records import DocumentRecord, Records


def compare_documents(before: Records, after: Records, claims: Claims) -> None:
    """Documents that came, went, moved (same bytes, other address) or were replaced (other bytes or another file)."""
    found = match(
        before.documents,
        after.documents,
        identity=lambda d: d.url,
        alike=_document_likeness,
        threshold=0.8,
        in_place=0.8,
    )
    for old, new in found.same:
        if old.sha256 and new.sha256 and old.sha256 != new.sha256:
            _tell_document(old, new, ChangeKind.REPLACED, "sha256", claims)
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
                summary=f"Dokument entfallen: „{old.label}“ ({old.url}).",
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
                summary=f"Neues Dokument: „{new.label}“ ({new.url}).",
            ),
            came=(new.label,),
        )


def _document_likeness(old: DocumentRecord, new: DocumentRecord) -> float:
    if old.sha256 and old.sha256 == new.sha256:
        return 1.0
    return max(likeness(old.label, new.label), likeness(_file_name(old.url), _file_name(new.url)))


def _file_name(url: str) -> str:
    return url.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]


def _tell_document(old: DocumentRecord, new: DocumentRecord, kind: ChangeKind, field: str, claims: Claims) -> None:
    summary = {
        "sha256": f"Dokument „{new.label}“ wurde unter derselben Adresse ersetzt ({new.url}).",
        "url": f"Dokument „{new.label}“ "
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
        went=(old.label,),
        came=(new.label,),
    )
