"""A requests session whose connections all run over one :class:`~extract.line.Line`.

It sends one request and hands the answer back unread.  It never follows a redirect, never retries, keeps no cookie,
reads neither proxies nor passwords from the environment, and always checks certificates.
"""

from __future__ import annotations

import socket
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from extract.line import Line


def open_session(line: Line, ca_bundle: str | None = None) -> requests.Session:
    """A session for one portal; close it when the portal is done.

    Args:
        line: Makes the connections.
        ca_bundle: File of certificate authorities; ``None`` takes the common ones.
    """
    session = _Session()
    session.trust_env = False
    session.verify = ca_bundle or True
    session.headers.clear()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.mount("http://", _LineAdapter(line))
    session.mount("https://", _LineAdapter(line))
    return session


class _Session(requests.Session):
    """A session that leaves redirects alone: requests would read their bodies whole before it is asked not to."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 (the base class has it)
        return None


class _LineAdapter(HTTPAdapter):
    """Connections of this adapter are dialled by its line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(max_retries=0, pool_connections=2, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        plain, secure = _pools(self._line)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": plain, "https": secure}


def _pools(line: Line) -> tuple[type[HTTPConnectionPool], type[HTTPSConnectionPool]]:
    """Connection pools whose sockets come from a line and are watched by it."""

    class PlainConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return line.dial(self.host, self.port)

        def request(self, *args: Any, **kwargs: Any) -> None:
            if self.sock is not None:
                line.watch(self.sock)
            super().request(*args, **kwargs)
            line.sent_at = time.monotonic()

    class SecureConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return line.dial(self.host, self.port)

        def request(self, *args: Any, **kwargs: Any) -> None:
            if self.sock is not None:
                line.watch(self.sock)
            super().request(*args, **kwargs)
            line.sent_at = time.monotonic()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return PlainPool, SecurePool
