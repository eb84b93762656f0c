"""One line for a change or an incident.

In German a change's own sentence is its headline.  In English it is made from the change's fields; what the page itself
says is quoted as it stands there.
"""

from __future__ import annotations

from transform.change import Change, ChangeKind, Entity
from transform.compare.telling import FIELDS, NAMES
from transform.compare.wording import shortened
from transform.incidents import IncidentKind, remedy
from transform.safe_text import on_one_line

_ENTITIES: dict[Entity, str] = {
    Entity.PAGE: "Page",
    Entity.STRATEGY: "Strategy",
    Entity.SECTION: "Section",
    Entity.ACTION_FIELD: "Field of action",
    Entity.GOAL: "Goal",
    Entity.LIST_ITEM: "List item",
    Entity.FIGURE: "Figure",
    Entity.DATE: "Date",
    Entity.EVENT: "Event",
    Entity.CONTACT: "Contact",
    Entity.PERSON: "Person",
    Entity.QUOTE: "Quotation",
    Entity.DOCUMENT: "Document",
}
_KINDS: dict[ChangeKind, str] = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.RENAMED: "renamed",
    ChangeKind.CHANGED: "changed",
    ChangeKind.EDITED: "edited",
    ChangeKind.MOVED: "moved",
    ChangeKind.REORDERED: "stands in another place",
    ChangeKind.REPLACED: "replaced",
}
_KINDS_DE: dict[ChangeKind, str] = {
    ChangeKind.ADDED: "hinzugekommen",
    ChangeKind.REMOVED: "entfallen",
    ChangeKind.RENAMED: "umbenannt",
    ChangeKind.CHANGED: "geändert",
    ChangeKind.EDITED: "geändert",
    ChangeKind.MOVED: "umgezogen",
    ChangeKind.REORDERED: "steht an anderer Stelle",
    ChangeKind.REPLACED: "ersetzt",
}
_INCIDENTS: dict[str, tuple[str, str]] = {
    IncidentKind.SUSPECT: ("Antwort ist wahrscheinlich nicht die Seite", "The answer is probably not the page"),
    IncidentKind.BLOCKED: ("Zugang verweigert", "Access refused"),
    IncidentKind.GONE: ("Seite gibt es nicht mehr", "The page is gone"),
    IncidentKind.FAILED: ("Seite nicht erreichbar", "The page cannot be reached"),
    IncidentKind.DRIFT: ("Fundstelle auf der Seite nicht mehr zu finden", "A declared place is no longer found"),
    IncidentKind.OSCILLATING: ("Seite wechselt hin und her", "The page changes back and forth"),
    IncidentKind.MASS_FAILURE: ("Viele Seiten zugleich nicht erreichbar", "Many pages cannot be reached at once"),
    IncidentKind.ERROR_SINK: ("Viele Seiten zeigen dasselbe", "Many pages show the same"),
    IncidentKind.PORTAL: ("Portal als Ganzes gestört", "A whole portal is in trouble"),
    IncidentKind.RUN_FAILED: ("Ein Lauf ist gescheitert", "A run has failed"),
    IncidentKind.UNPUBLISHED: ("Neue Daten sind nicht veröffentlicht", "New data are not published"),
    IncidentKind.DAMAGED: ("Archiv oder Warehouse beschädigt", "Archive or warehouse damaged"),
    IncidentKind.STALE: ("Keine frische Prüfung mehr", "No fresh coverage any more"),
}
_REMEDIES: dict[str, str] = {
    IncidentKind.SUSPECT: "Mostly nothing: the next run looks again. If it stays like this, look at the page and mend "
    "its declaration in the catalogue.",
    IncidentKind.BLOCKED: "Check robots.txt and access; ask the operator of the portal for permission if need be.",
    IncidentKind.GONE: "Find the new address and write it into the catalogue.",
    IncidentKind.FAILED: "Most such failures heal by themselves; else check network, DNS and the portal's certificate.",
    IncidentKind.DRIFT: "Fit the locator in the page's declaration to the page as it is now.",
    IncidentKind.OSCILLATING: "Nothing, unless it lasts: the page alternates between known versions, and only a third "
    "one will be told.",
    IncidentKind.MASS_FAILURE: "Check our own connection (network, DNS, proxy), then run the refresh again.",
    IncidentKind.ERROR_SINK: "The portal shows one notice in place of its pages. The last good versions stand; if it "
    "stays like this, check the addresses in the catalogue.",
    IncidentKind.PORTAL: "Check access to the portal, its robots.txt and its home page.",
    IncidentKind.DAMAGED: "Check the disk and bring the named files back from a backup; tables are derived anew by "
    "'strategiemonitor rebuild'. Then run 'strategiemonitor verify'.",
    IncidentKind.RUN_FAILED: "Read the run's log, then run 'strategiemonitor doctor' and 'strategiemonitor refresh'; "
    "nothing is lost.",
    IncidentKind.UNPUBLISHED: "Look at the disk and the rights of the published copy's folder, then run the refresh; "
    "everything is loaded, only readers keep the copy before.",
    IncidentKind.STALE: "See whether 'strategiemonitor serve', cron or the Prefect worker runs, then run the refresh.",
}


def headline(change: Change, language: str) -> str:
    """A change in one line."""
    return on_one_line(_english(change) if language == "en" else change.summary)


def short_headline(change: Change, language: str) -> str:
    """The same without the values, for where both stand below it."""
    names, kinds = (_ENTITIES, _KINDS) if language == "en" else (NAMES, _KINDS_DE)
    opening, closing = ("“", "”") if language == "en" else ("„", "“")
    key = shortened(on_one_line(change.entity_key), 80)
    named = f"{names[change.entity]} {opening}{key}{closing}" if key and change.entity is not Entity.PAGE else ""
    if (
        change.field
        and change.kind in (ChangeKind.CHANGED, ChangeKind.REPLACED)
        and change.entity is not Entity.DOCUMENT
    ):
        field = change.field.replace("_", " ") if language == "en" else FIELDS.get(change.field, change.field)
        return f"{named or names[change.entity]}: {field} {kinds[change.kind]}"
    return f"{named or names[change.entity]} {kinds[change.kind]}"


def _english(change: Change) -> str:
    thing, how = _ENTITIES[change.entity], _KINDS[change.kind]
    if change.kind is ChangeKind.ADDED:
        return f"{thing} added: “{shortened(change.after or change.entity_key)}”."
    if change.kind is ChangeKind.REMOVED:
        return f"{thing} removed: “{shortened(change.before or change.entity_key)}”."
    named = thing if change.entity is Entity.PAGE else f"{thing} “{shortened(change.entity_key, 80)}”"
    if change.kind in (ChangeKind.CHANGED, ChangeKind.REPLACED) and change.field:
        return f"{named}: {change.field.replace('_', ' ')} {how}, {_both(change)}."
    if change.kind is ChangeKind.RENAMED:
        return f"{thing} renamed, {_both(change)}."
    return f"{named} {how}."


def _both(change: Change) -> str:
    before = f"“{shortened(change.before)}”" if change.before is not None else "nothing"
    after = f"“{shortened(change.after)}”" if change.after is not None else "nothing"
    return f"{before} → {after}"


def incident_title(kind: str, language: str) -> str:
    """What is the matter, in a few words; an unknown kind is its own title."""
    german, english = _INCIDENTS.get(kind, (kind, kind))
    return english if language == "en" else german


def incident_remedy(kind: str, language: str) -> str:
    """What to do about it."""
    return _REMEDIES[kind] if language == "en" else remedy(kind)
