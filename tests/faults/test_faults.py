import fnmatch
import importlib.util
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent
TABLE = json.loads((HERE / "public.json").read_text(encoding="utf-8"))
ROWS = {row["id"]: row for row in TABLE["faults"]}
MOST_WAITING = 24  # lower it when later.txt shrinks


def load_runner() -> ModuleType:
    loader = SourceFileLoader("run_faults", str(HERE / "run_faults.py"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def later():
    lines = (HERE / "later.txt").read_text(encoding="utf-8").splitlines()
    named = [line.split(maxsplit=1) for line in lines if not line.startswith("#")]
    assert all(len(words) == 2 for words in named), "each row on the list has its reason"
    return {row for row in ROWS for pattern, _ in named if fnmatch.fnmatch(row, pattern)}


WAITING = later()


@pytest.fixture(scope="session")
def verdicts():
    """Run every row on the installed command, two at a time."""
    runner = load_runner()
    controls: dict[str, Any] = {}
    command = str(Path(sys.executable).with_name("impactcalc"))

    def judge(row):
        return runner.one(TABLE, row, command, controls)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(ROWS, pool.map(judge, ROWS.values()), strict=True))


@pytest.mark.parametrize("row", sorted(set(ROWS) - WAITING))
def test_a_fault_is_answered_rightly(row, verdicts):
    verdict, wrong, _ = verdicts[row]
    assert verdict in {"right", "skipped"}, f"{ROWS[row]['title']}: {verdict}: {wrong}"


@pytest.mark.parametrize("row", sorted(WAITING))
def test_a_row_that_waits_for_a_later_part_does_not_pass_yet(row, verdicts):
    verdict, _, _ = verdicts[row]
    assert verdict in {"wrong", "void"}, f"{row} passes: take it off later.txt"


def test_the_list_of_waiting_rows_only_shrinks():
    assert len(WAITING) <= MOST_WAITING


def test_the_good_inputs_are_those_that_the_rows_spoil():
    for name, content in TABLE["files"].items():
        assert (HERE / "base" / name).read_text(encoding="utf-8") == content
