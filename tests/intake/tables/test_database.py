"""The connection: its compiled part alone is loaded, and the package in its absence."""

import importlib
import subprocess
import sys

from impactcalc.intake.tables.database import database, engine, fetch

SCRIPT = """
import sys
from impactcalc.intake.tables.database import database, fetch
with database() as (connection, _):
    column = fetch(connection, "select range as n from range(3)")["n"]
print(column.tolist(), 'duckdb' in sys.modules)
"""


def test_the_package_around_the_database_is_not_loaded():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[0, 1, 2] False\n"


def test_without_the_compiled_part_the_package_is_taken(monkeypatch):
    find = importlib.import_module

    def without(name):
        if name == "_duckdb":
            raise ImportError(name)
        return find(name)

    monkeypatch.setattr(importlib, "import_module", without)
    assert engine().__name__ == "duckdb"
    with database() as (connection, _):
        assert fetch(connection, "select 7 as n")["n"].tolist() == [7]
