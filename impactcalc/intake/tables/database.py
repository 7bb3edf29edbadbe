"""The database connection: DuckDB, told not to write, download or guess anything."""

from __future__ import annotations

import contextlib
import importlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

_GIGABYTE = 10**9
_SMALLEST = 256 * 10**6


def engine() -> ModuleType:
    """Return the database's compiled part, which knows connections and errors.

    The package around it (expression builders, relations, sources) takes 60 ms of CPU to load and
    is not used; where the part has no module of its own, the package is taken.
    """
    try:
        return importlib.import_module("_duckdb")
    except ImportError:
        return importlib.import_module("duckdb")


@contextlib.contextmanager
def database() -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """Hold a connection in memory, and the folder that it spills into, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="impactcalc-") as folder:
        connection = engine().connect(
            config={
                "memory_limit": f"{_memory_limit() // 10**6}MB",
                "temp_directory": folder,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        try:
            connection.execute("set enable_progress_bar = false; set TimeZone = 'UTC'")
            yield connection, Path(folder)
        finally:
            connection.close()


def _memory_limit() -> int:
    """Return a quarter of the machine's memory in bytes, at most 1 GB."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        machine = 4 * _GIGABYTE
    return min(_GIGABYTE, max(_SMALLEST, machine // 4))


def fetch(connection: DuckDBPyConnection, statement: str) -> dict[str, NDArray[Any]]:
    """Run a statement and return its columns as arrays; none of them may hold nulls."""
    import numpy as np

    columns = connection.execute(statement).fetchnumpy()
    return {name: np.asarray(column) for name, column in columns.items()}


def quoted(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"
