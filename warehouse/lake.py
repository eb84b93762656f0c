"""The same tables in DuckLake: their catalogue in PostgreSQL, their rows in Parquet files, several writers at once.

DuckDB's extensions for it come as wheels for one version of DuckDB only (the extra ``lake``), so they are loaded from
where pip has put them: nothing is downloaded, nothing is written outside the environment.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extract.errors import SettingsError
from warehouse.connection import SESSION, errors_named

PREFIX = "postgres:"
_EXTENSIONS = ("duckdb_extension_postgres_scanner", "duckdb_extension_ducklake")
_FOR_ADDRESSES = "duckdb_extension_httpfs"
NAME = "lake"
"""What the lake is called within a connection."""


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is.

    Attributes:
        catalogue: ``postgres:`` and what libpq needs to connect, such as ``postgres:host=db dbname=strategiemonitor``;
            passwords belong into ``PGPASSWORD`` or ``~/.pgpass``.
        files: Folder or address (``s3://…``) below which the Parquet files lie; it counts when the lake is made, and
            stays.  DuckDB takes an object store's key from ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``, its
            place from ``AWS_REGION`` and ``DUCKDB_S3_ENDPOINT``.
    """

    catalogue: str
    files: str

    def __post_init__(self) -> None:
        if not self.catalogue.startswith(PREFIX):
            raise SettingsError(
                f"The lake's catalogue is {self.catalogue!r}.",
                "Name a PostgreSQL database, such as: postgres:host=db.example dbname=strategiemonitor",
            )


def connect_lake(lake: Lake, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection in UTC whose tables are those of the lake.

    Raises:
        SettingsError: The extra ``lake`` is not installed, or does not fit DuckDB.
        WarehouseError: The catalogue cannot be reached, or is no lake of ours.
    """
    wanted = (*_EXTENSIONS, _FOR_ADDRESSES) if "://" in lake.files else _EXTENSIONS
    binaries = [_binary(package) for package in wanted]
    with errors_named(f"Cannot open the lake {lake.catalogue}"):
        connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        try:
            connection.execute(SESSION)
            for binary in binaries:
                connection.execute(f"load {_literal(str(binary))}")
            if "DUCKDB_S3_ENDPOINT" in os.environ and len(wanted) > len(_EXTENSIONS):
                # A store of one's own has no name for each bucket.
                connection.execute("set global s3_url_style = 'path'")
            connection.execute(_attach(lake, read_only=read_only))
            connection.execute(f"use {NAME}")
        except BaseException:
            connection.close()
            raise
    return connection


def _attach(lake: Lake, *, read_only: bool) -> str:
    files = lake.files if "://" in lake.files else os.path.join(os.path.abspath(lake.files), "")  # noqa: PTH100, PTH118
    options = "read_only" if read_only else f"data_path {_literal(files)}"
    return f"attach {_literal('ducklake:' + lake.catalogue)} as {NAME} ({options})"


def _binary(package: str) -> Path:
    """The extension in an installed wheel."""
    found = importlib.util.find_spec(package)
    folder = Path(found.origin).parent if found and found.origin else None
    binary = next(folder.glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension"), None) if folder else None
    if binary is None:
        raise SettingsError(
            f"The setting 'lake' needs the package {package.replace('_', '-')} for DuckDB {duckdb.__version__}.",
            "Install into an environment of its own: pip install --requirement requirements-lake.lock",
        )
    return binary


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
