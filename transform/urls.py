"""Addresses for comparison: two addresses that lead to the same thing are written the same.

Content management systems decorate one address in many ways: session ids in path, parameters and path segments, the
node from which a visitor came, campaign marks.  :func:`canonical_url` takes the decoration off.  What it returns is for
comparing and storing; asking a server uses the address as found.
"""

from __future__ import annotations

import posixpath
import re
import string
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SESSION_PARAMETER = re.compile(r";(?:jsessionid|phpsessid|sid|session_?id|aspsessionid\w*)=[^/?#;]*", re.IGNORECASE)
_SESSION_SEGMENT = re.compile(r"/SID-[0-9A-F]{8}-[0-9A-F]{8}(?=/|$)", re.IGNORECASE)
_PRINT_VIEW = re.compile(r"(?:/druck)+$", re.IGNORECASE)
_BARE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_TRACKING_PREFIXES = ("utm_", "wt_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "_hs", "oly_", "vero_", "at_")
_TRACKING = {
    *(
        "cflt",
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "twclid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
    ),
    *("mc_cid", "mc_eid", "etcc_cmp", "etcc_med", "initialslide", "ajaxcalendar", "itok", "no_cache"),
    *("nn", "resourceid", "input_", "sortorder.hash"),
    *("jsessionid", "phpsessid", "sid", "sessionid", "session_id"),
}
_VERSION = re.compile(r"\d+(?:[._]\d+)*")
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "zip": "application/zip",
    "epub": "application/epub+zip",
}
_HOME_WORDS = {"home", "startseite", "start", "index", "default", "homepage", "accueil", "welcome", "willkommen"}
_HOME_NODE = re.compile(r"(?:home|startseite|index|default|start)(?:_node)?(?:\.(?:html?|php|aspx?|jsp))?")
_LANGUAGE_WORDS = frozenset({"de", "en", "fr", "deutsch"})


@lru_cache(maxsize=1 << 12)
def canonical_url(url: str, *, document: bool = False) -> str:
    """The address without decoration: ``http`` as ``https``, host in lower case, no session, campaign mark or fragment.

    Args:
        url: An absolute address; anything else than ``http`` and ``https`` is returned stripped of white space only.
        document: Whether a file is addressed although the address itself does not say so.  Files keep ``v`` and
            ``__blob`` (the Government Site Builder counts ``v`` up when a file is replaced); for all else a ``v`` that
            is a version number is dropped.

    Returns:
        The address for comparing; applied twice it changes nothing more.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return url.strip()
    netloc = _ascii_host(host) + (f":{port}" if port and port not in _DEFAULT_PORTS.values() else "")
    path = _canonical_path(parts.path)
    query = _canonical_query(parts.query, keep_version=document or is_document_url(url))
    return urlunsplit(("https", netloc, path, query, ""))


def is_document_url(url: str) -> bool:
    """Whether an address leads to a file to be read or worked with (PDF, office, archive), judged by its words."""
    return _extension(url) in _MEDIA_TYPES or "__blob=publicationfile" in _query(url).lower()


def media_type_of(url: str) -> str | None:
    """The media type (RFC 6838) that an address' file name extension announces; ``None`` where it announces none."""
    return _MEDIA_TYPES.get(_extension(url))


def is_home(url: str) -> bool:
    """Whether an address is a start page, judged by the words of its path: ``/``, ``/DE/home/home_node.html``.

    An address with parameters that choose what is shown (``/?p=12``) is none.
    """
    try:
        parts = urlsplit(canonical_url(url))
    except ValueError:
        return False
    if parts.query:
        return False
    words = [word for word in parts.path.lower().split("/") if word and word not in _LANGUAGE_WORDS]
    return all(word in _HOME_WORDS or _HOME_NODE.fullmatch(word) for word in words)


def registrable_host(url: str) -> str:
    """The last two labels of the host: enough for ``.de``, where nobody registers below a public second level."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return ".".join(host.rstrip(".").split(".")[-2:])


def _ascii_host(host: str) -> str:
    """The host as DNS knows it (IDNA), or as written where it cannot be encoded."""
    if ":" in host:
        return f"[{host}]"
    try:
        return host.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _canonical_path(path: str) -> str:
    """Session ids out, dot segments resolved, slashes single, percent-encoding in one spelling, no final slash."""
    path = _SESSION_SEGMENT.sub("", _SESSION_PARAMETER.sub("", _one_spelling(path)))
    resolved = posixpath.normpath("/" + path).lstrip("/")
    return _PRINT_VIEW.sub("", "/" + resolved) or "/"


def _one_spelling(path: str) -> str:
    """Percent-encoding as RFC 3986, section 6.2.2, has it: unreserved characters plain, hex digits in upper case."""
    path = _BARE_PERCENT.sub("%25", path)
    return quote(_ENCODED.sub(_unreserved_plain, path), safe=_SAFE_PATH, errors="surrogatepass")


def _unreserved_plain(match: re.Match[str]) -> str:
    """One percent-encoded byte: as a character where that is unreserved, else in upper case."""
    character = chr(int(match.group(1), 16))
    return character if character in _UNRESERVED else match.group(0).upper()


def _canonical_query(query: str, *, keep_version: bool) -> str:
    """The parameters that choose what is shown, sorted by name (equal names keep their order)."""
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogatepass")
        if not _is_decoration(name, value, keep_version=keep_version)
    ]
    return urlencode(sorted(kept, key=lambda pair: pair[0]), errors="surrogatepass")


def _is_decoration(name: str, value: str, *, keep_version: bool) -> bool:
    """Whether a parameter says nothing about what is shown."""
    lower = name.lower()
    if lower == "v":
        return not keep_version and _VERSION.fullmatch(value) is not None
    return lower in _TRACKING or lower.startswith(_TRACKING_PREFIXES)


def _extension(url: str) -> str:
    """The file name extension in lower case, without session ids; empty where there is none."""
    try:
        path = _SESSION_PARAMETER.sub("", urlsplit(url.strip()).path)
    except ValueError:
        return ""
    name = path.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _query(url: str) -> str:
    """The query, decoded once; empty where the address is malformed."""
    try:
        return unquote_plus(urlsplit(url.strip()).query)
    except ValueError:
        return ""
