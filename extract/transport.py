"""How a request goes out: over connections that all run over one :class:`~extract.line.Line`.

It sends one request and hands the answer back unread.  It never follows a redirect, never retries, keeps no cookie,
reads neither proxies nor passwords from the environment, and always checks certificates: requests' adapter is used
without its session, which does these things, and whose merging of settings costs as much as sending.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from extract.line import Line


class Transport:
    """Sends requests to one portal; close it when the portal is done.

    Args:
        line: Makes the connections.
        ca_bundle: File of certificate authorities; ``None`` takes the common ones.
    """

    def __init__(self, line: Line, ca_bundle: str | None = None) -> None:
        self._adapter = _LineAdapter(line)
        self._authorities = ca_bundle or True

    def get(self, url: str, headers: Mapping[str, str], timeout_s: float) -> requests.Response:
        """The answer to a GET with just these header fields, its body still on the way; close it.

        Raises:
            requests.RequestException: If no answer began to arrive.
        """
        request = requests.PreparedRequest()
        request.prepare_method("GET")
        request.prepare_url(url, None)
        request.prepare_headers(headers)
        return self._adapter.send(request, stream=True, timeout=timeout_s, verify=self._authorities)

    def close(self) -> None:
        """Close all connections."""
        self._adapter.close()


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
