"""What a failed exchange is called: from the exceptions of three libraries to one closed set of kinds."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

import requests
import urllib3.exceptions

from extract.line import RefusedAddressError
from extract.model import FetchError, FetchErrorKind


def explain(failure: BaseException, host: str) -> FetchError:
    """The kind of a failure, found in whatever it was wrapped in on its way up, with one sentence for people."""
    causes = tuple(_causes(failure))
    for types, kind in _KINDS:
        cause = next((cause for cause in causes if isinstance(cause, types)), None)
        if cause is not None:
            return FetchError(kind, _sentence(kind, host, cause))
    return FetchError(FetchErrorKind.CONNECTION, _sentence(FetchErrorKind.CONNECTION, host, causes[-1]))


_KINDS: tuple[tuple[tuple[type[BaseException], ...], FetchErrorKind], ...] = (
    ((RefusedAddressError,), FetchErrorKind.REFUSED_ADDRESS),
    ((socket.gaierror, urllib3.exceptions.NameResolutionError), FetchErrorKind.DNS),
    ((ssl.SSLError, urllib3.exceptions.SSLError), FetchErrorKind.TLS),
    ((urllib3.exceptions.IncompleteRead, IncompleteRead), FetchErrorKind.TRUNCATED),
    ((RemoteDisconnected, ConnectionResetError, BrokenPipeError), FetchErrorKind.CONNECTION),
    ((TimeoutError, urllib3.exceptions.TimeoutError), FetchErrorKind.TIMEOUT),
    ((HTTPException, urllib3.exceptions.InvalidHeader, requests.exceptions.InvalidHeader), FetchErrorKind.PROTOCOL),
    ((requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema), FetchErrorKind.INVALID_REDIRECT),
)
"""What a failure is called, most telling first."""

_SENTENCES = {
    FetchErrorKind.REFUSED_ADDRESS: "refused",
    FetchErrorKind.DNS: "its name could not be looked up",
    FetchErrorKind.TLS: "no secure connection",
    FetchErrorKind.TRUNCATED: "the body breaks off",
    FetchErrorKind.CONNECTION: "the connection failed",
    FetchErrorKind.TIMEOUT: "no answer in time",
    FetchErrorKind.PROTOCOL: "the answer does not follow HTTP",
    FetchErrorKind.INVALID_REDIRECT: "the address cannot be asked",
}


def _sentence(kind: FetchErrorKind, host: str, cause: BaseException) -> str:
    """One sentence for people."""
    return f"{host}: {_SENTENCES[kind]}: {str(cause) or type(cause).__name__}"[:500]


def _causes(failure: BaseException) -> Iterator[BaseException]:
    """A failure and all that it wraps, outermost first; libraries wrap as cause, context, reason or argument."""
    pending: list[BaseException] = [failure]
    seen: set[int] = set()
    while pending:
        current = pending.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = (current.__cause__, current.__context__, getattr(current, "reason", None), *current.args)
        pending.extend(cause for cause in inner if isinstance(cause, BaseException))
