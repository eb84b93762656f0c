"""What stands beside exported tables: a Frictionless data package, DCAT-AP.de metadata, a JSON Feed of changes.

Pure functions from values to objects of JSON.  Rules: Frictionless Data Package v1 (https://specs.frictionlessdata.io),
DCAT-AP.de 2.0 (https://www.dcat-ap.de/def/dcatde/2.0/spec/), JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from warehouse.export import Coverage, ExportedTable, ToldChange

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None

TITLE = "Digitalstrategien der deutschen Länder: was ihre Seiten sagen und was sich ändert"
DESCRIPTION = (
    "Aus den Webseiten, auf denen die deutschen Länder ihre Digitalstrategien veröffentlichen: Strategien, "
    "Handlungsfelder, Ziele, Zahlen, Termine, Kontakte und Dokumente, jeweils mit der wörtlichen Fundstelle, "
    "mit ihrer Geschichte und mit allen Änderungen. Was eine Seite nicht sagt, bleibt leer."
)
_THEMES = "http://publications.europa.eu/resource/authority/data-theme/"
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes an export, and how.

    Attributes:
        publisher: Web or e-mail address of who runs the monitor.
        base: Address under which the folder is published, with a slash at its end; empty leaves addresses relative.
        licence: Address of the licence; empty states none: nobody but the publisher can grant one.
    """

    publisher: str
    base: str = ""
    licence: str = ""


def data_package(
    tables: Sequence[ExportedTable], coverage: Coverage, publication: Publication, version: str, created: datetime
) -> Json:
    """``datapackage.json``: every CSV file with its schema, size and hash."""
    licences: dict[str, Json] = {"licenses": [{"path": publication.licence}]} if publication.licence else {}
    return licences | {
        "profile": "tabular-data-package",
        "name": "strategiemonitor",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "created": _iso(created),
        "keywords": ["Digitalstrategie", "Länder", "Verwaltung", "Änderungen"],
        "sources": [{"title": url, "path": url} for url in coverage.urls],
        "resources": [_resource(table) for table in tables],
    }


def dcat(tables: Sequence[ExportedTable], coverage: Coverage, publication: Publication, created: datetime) -> Json:
    """``dcat.jsonld``: the data set and its distributions as DCAT-AP.de describes them.

    Args:
        tables: The CSV files.
        coverage: What the data speak of.
        publication: Who publishes them, where, and under which licence.
        created: When the files were written (aware).
    """
    distributions = [_distribution(table, publication, created) for table in tables]
    span: dict[str, Json] = {"@type": "dct:PeriodOfTime"}
    if coverage.first is not None and coverage.last is not None:
        span["dcat:startDate"] = _typed(coverage.first)
        span["dcat:endDate"] = _typed(coverage.last)
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcatde": "http://dcat-ap.de/def/dcatde/",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{publication.base}#datensatz",
        "@type": "dcat:Dataset",
        "dct:identifier": "strategiemonitor",
        "dct:title": {"@value": TITLE, "@language": "de"},
        "dct:description": {"@value": DESCRIPTION, "@language": "de"},
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": "Strategiemonitor",
            "foaf:homepage": publication.publisher,
        },
        "dcat:theme": [{"@id": f"{_THEMES}GOVE"}, {"@id": f"{_THEMES}TECH"}],
        "dcat:keyword": [{"@value": word, "@language": "de"} for word in ("Digitalstrategie", "Länder", "Verwaltung")],
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/DEU"},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"},
        "dct:modified": _typed(created),
        "dct:temporal": span,
        "dcatde:politicalGeocodingLevelURI": {"@id": "http://dcat-ap.de/def/politicalGeocoding/Level/state"},
        "dct:spatial": [{"@type": "dct:Location", "dct:identifier": land} for land in coverage.lands],
        "dcat:distribution": distributions,
    }


def json_feed(changes: Sequence[ToldChange], base: str) -> Json:
    """``feed.json``: the last changes, the latest first; ``date_published`` is when the new state was first seen."""
    feed: dict[str, Json] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Strategiemonitor: Änderungen",
        "description": DESCRIPTION,
        "language": "de",
        "items": [_item(change) for change in changes],
    }
    return feed | ({"feed_url": f"{base}feed.json"} if base else {})


def _resource(table: ExportedTable) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "description": table.description,
        "path": table.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes,
        "hash": f"sha256:{table.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [
                {"name": column.name, "type": column.type, "description": column.description}
                for column in table.columns
            ],
            "missingValues": [""],
        },
    }


def _distribution(table: ExportedTable, publication: Publication, created: datetime) -> Json:
    base = publication.base
    licence: dict[str, Json] = {"dct:license": {"@id": publication.licence}} if publication.licence else {}
    return licence | {
        "@id": f"{base}{table.path}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": {"@value": table.name, "@language": "de"},
        "dct:description": {"@value": table.description, "@language": "en"},
        "dcat:accessURL": {"@id": f"{base}{table.path}"},
        "dcat:downloadURL": {"@id": f"{base}{table.path}"},
        "dct:format": {"@id": f"{_FILE_TYPES}CSV"},
        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
        "dcat:byteSize": {"@value": str(table.bytes), "@type": "xsd:decimal"},
        "dct:modified": _typed(created),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": table.sha256,
        },
    }


def _item(change: ToldChange) -> Json:
    values = f"\n\nVorher: {change.before or '–'}\nNachher: {change.after or '–'}"
    seen = f"\n\nGeändert zwischen {_iso(change.not_before)} und {_iso(change.not_after)}."
    item: dict[str, Json] = {
        "id": f"urn:strategiemonitor:change:{change.change_id}",
        "title": f"{change.publisher or change.page_id}: {change.summary}",
        "content_text": change.summary + values + seen,
        "date_published": _iso(change.not_after),
        "tags": [change.land, change.page_id, f"{change.entity} {change.kind}"],
    }
    return item | ({"url": change.url} if change.url else {})


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _typed(at: datetime) -> Json:
    return {"@value": _iso(at), "@type": "xsd:dateTime"}
