"""Secrets in a channel's address: named in the file, looked up when a message goes out, never shown.

``${NAME}`` is an environment variable, ``${prefect://name}`` a Prefect Secret block; an address that is nothing but
``prefect://name`` is one as well.  Within a longer address the value is percent-encoded (RFC 3986, section 2.1), so
that a password may hold any character.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urlsplit

from extract.errors import SettingsError

SecretReader = Callable[[str], str]
"""Reads a Prefect Secret block by its name; raises :class:`SettingsError` where there is none."""

HIDDEN = "***"
_REFERENCE = re.compile(r"\$\{\s*(prefect://)?([A-Za-z0-9_-]+)\s*\}")
_WHOLE_BLOCK = re.compile(r"prefect://([A-Za-z0-9_-]+)")
_SHORTEST = 4
"""Shorter pieces of an address are too common to be hidden: they would blacken ordinary words."""


def prefect_secret(name: str) -> str:
    """The value of a Prefect Secret block.

    Raises:
        SettingsError: If Prefect has none of that name, or cannot be reached.
    """
    from prefect.blocks.system import Secret  # noqa: PLC0415  Prefect takes a second to import

    try:
        value = Secret.load(name)
    except Exception as error:  # noqa: BLE001  Prefect raises its own, httpx's and pydantic's errors here
        raise SettingsError(
            f"The Prefect Secret block {name!r} cannot be read: {type(error).__name__}.",
            f"Create it with: prefect block create secret (name {name}), and set PREFECT_API_URL.",
        ) from None
    return str(getattr(value, "get", lambda: "")())


def resolved(
    template: str, environment: Mapping[str, str] | None = None, read_block: SecretReader = prefect_secret
) -> tuple[str, frozenset[str]]:
    """An address with its secrets filled in, and everything that must never be shown of it.

    Raises:
        SettingsError: If a variable is not set or a block cannot be read; names it, and no value.
    """
    environment = os.environ if environment is None else environment

    def value_of(name: str, *, is_block: bool) -> str:
        value = read_block(name) if is_block else environment.get(name, "")
        if not value:
            kind = "Prefect Secret block" if is_block else "environment variable"
            raise SettingsError(f"The {kind} {name} is not set.", f"Set {name}, or change routes.toml.")
        return value

    bare = template.strip()
    if block := _WHOLE_BLOCK.fullmatch(bare):
        return _whole(value_of(block[1], is_block=True))
    if reference := _REFERENCE.fullmatch(bare):
        return _whole(value_of(reference[2], is_block=reference[1] is not None))
    values = {match[0]: value_of(match[2], is_block=match[1] is not None) for match in _REFERENCE.finditer(bare)}
    url = _REFERENCE.sub(lambda match: quote(values[match[0]], safe=""), bare)
    shown_never = {url, *values.values(), *(quote(value, safe="") for value in values.values()), *_credentials(url)}
    return url, frozenset(shown_never)


def _whole(url: str) -> tuple[str, frozenset[str]]:
    """An address that is a secret as a whole: the parts of its path and its query are secret as well."""
    parts = urlsplit(url)
    pieces = {*parts.path.split("/"), *(pair.partition("=")[2] for pair in parts.query.split("&"))}
    pieces |= {unquote(piece) for piece in pieces}
    return url, frozenset({url, *_credentials(url), *(piece for piece in pieces if len(piece) >= _SHORTEST)})


def _credentials(url: str) -> frozenset[str]:
    """User and password of an address, as written and as meant."""
    credentials = url.partition("://")[2].partition("/")[0].rpartition("@")[0]
    password = credentials.partition(":")[2]
    return frozenset({credentials, unquote(credentials), password, unquote(password)}) - {""}


def hide(text: str, secrets: frozenset[str]) -> str:
    """The text with every secret blackened, longer ones first."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def holds_password(template: str) -> bool:
    """Whether an address holds a password in plain words instead of the name of a variable or block."""
    user, at, _ = _REFERENCE.sub("", template).partition("://")[2].partition("/")[0].rpartition("@")
    return bool(at) and bool(user.partition(":")[2])
