import fnmatch
import json
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TABLE = json.loads((HERE / "public.json").read_text(encoding="utf-8"))
TOOL = str(Path(sys.executable).with_name("impactcalc"))
ROWS = {row["id"]: row for row in TABLE["faults"]}
MOST_WAITING = 7  # lower it when later.txt shrinks


def later():
    lines = (HERE / "later.txt").read_text(encoding="utf-8").splitlines()
    named = [line.split(maxsplit=1) for line in lines if not line.startswith("#")]
    assert all(len(words) == 2 for words in named), "each row on the list has its reason"
    return {row for row in ROWS for pattern, _ in named if fnmatch.fnmatch(row, pattern)}


WAITING = later()


def run_rows(rows):
    """Run some rows and return verdict and reasons by row.

    The runner gets a process of its own: a child's peak memory counts its parent's at the fork.
    """
    command = [sys.executable, str(HERE / "run_faults.py"), "-v", "--only", ",".join(rows)]
    command += ["--file", str(HERE / "public.json"), "--cmd", shlex.quote(TOOL)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    found = re.split(r"^(right|wrong|void|skipped) +(\w+) ", done.stdout, flags=re.MULTILINE)[1:]
    return {
        row: (verdict, words)
        for verdict, row, words in zip(found[::3], found[1::3], found[2::3], strict=True)
    }


@pytest.fixture(scope="session")
def verdicts():
    """Run every row on the installed command, two at a time."""
    halves = [list(ROWS)[start::2] for start in range(2)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run_rows, halves)
    return first | second


@pytest.mark.parametrize("row", sorted(set(ROWS) - WAITING))
def test_a_fault_is_answered_rightly(row, verdicts):
    verdict, words = verdicts[row]
    assert verdict in {"right", "skipped"}, f"{verdict}: {words}"


@pytest.mark.parametrize("row", sorted(WAITING))
def test_a_row_that_waits_for_a_later_part_does_not_pass_yet(row, verdicts):
    verdict, _ = verdicts[row]
    assert verdict in {"wrong", "void"}, f"{row} passes: take it off later.txt"


def test_the_list_of_waiting_rows_only_shrinks():
    assert len(WAITING) <= MOST_WAITING


def test_the_good_inputs_are_those_that_the_rows_spoil():
    for name, content in TABLE["files"].items():
        assert (HERE / "base" / name).read_text(encoding="utf-8") == content
