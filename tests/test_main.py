"""The process as its users meet it: what it loads, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

TOOL = str(Path(sys.executable).with_name("impactcalc"))
TEXT = str(Path(__file__).parents[1] / "scenarios" / "stratton.txt")
SCENARIO = str(Path(__file__).parents[1] / "scenarios" / "payments.yaml")
NUMERIC = {"numpy", "scipy", "pandas", "matplotlib", "numba", "pyarrow", "duckdb", "_duckdb"}
HEAVY = NUMERIC | {"pydantic", "yaml", "rich", "typst"}
LOADED = """
import json, sys
from impactcalc.cli.guard import run
code = run(sys.argv[1:])
sys.stdout.flush()
loaded = sorted({name.split('.')[0] for name in sys.modules})
print(json.dumps([code, loaded]), file=sys.stderr)
"""


def loaded_by(*words):
    command = [sys.executable, "-c", LOADED, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


def command_names():
    """Names of all commands, as the help lists them."""
    from typer.main import get_command

    from impactcalc.cli.app import app

    group: Any = get_command(app)
    return sorted(group.commands)


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], [], *([name, "--help"] for name in command_names())]
)
def test_help_loads_nothing_heavy(words):
    assert not loaded_by(*words) & HEAVY


def test_reading_a_text_loads_no_numpy_either(tmp_path):
    assert not loaded_by("read", TEXT, "--json") & HEAVY
    assert not loaded_by("read", TEXT) & HEAVY
    assert not loaded_by("read", TEXT, "-o", str(tmp_path / "x.yaml")) & HEAVY - {"yaml"}


def test_checking_a_scenario_loads_what_reads_it_and_no_numeric_library():
    assert loaded_by("check", SCENARIO) & HEAVY <= {"pydantic", "yaml"}


def test_the_schema_loads_what_describes_it_and_no_numeric_library():
    assert loaded_by("schema") & HEAVY <= {"pydantic"}


def test_an_estimate_of_a_text_loads_numpy_alone():
    assert loaded_by("estimate", TEXT) & HEAVY == {"numpy"}
    assert loaded_by("estimate", TEXT, "--json") & HEAVY == {"numpy"}


def test_the_module_runs_as_the_command_does():
    words = ["--version"]
    ours = subprocess.run([TOOL, *words], capture_output=True, text=True, timeout=60, check=True)
    module = [sys.executable, "-m", "impactcalc", *words]
    theirs = subprocess.run(module, capture_output=True, text=True, timeout=60, check=True)
    assert ours.stdout == theirs.stdout
    assert ours.stdout.startswith("impactcalc ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell):
    environment = {
        **os.environ,
        "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
    }
    words = [TOOL, "--show-completion", shell]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=60, check=True, env=environment
    )
    assert "_IMPACTCALC_COMPLETE" in done.stdout


def test_a_shell_completes_commands_and_options():
    def completed(words):
        environment = {
            **os.environ,
            "_IMPACTCALC_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
        done = subprocess.run(
            [TOOL], capture_output=True, text=True, timeout=60, check=True, env=environment
        )
        return done.stdout.split()

    assert completed("impactcalc est") == ["estimate"]
    assert completed("impactcalc estimate --acc") == ["--accuracy"]
    assert "--pptx" in completed("impactcalc estimate --pp")


def test_a_reader_that_goes_away_ends_the_command_in_silence():
    command = subprocess.Popen(
        [TOOL, "estimate", TEXT, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout is not None
    command.stdout.close()
    _, errors = command.communicate(timeout=60)
    assert command.returncode == 141
    assert not errors


@pytest.mark.parametrize("words", [["estimate", TEXT], ["estimate", TEXT, "--json"], ["--help"]])
def test_a_full_device_is_noticed(words):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [TOOL, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert done.stderr == "impactcalc: standard output: No space left on device\n"


@pytest.mark.parametrize("moment", [0.01, 0.1, 0.25, 0.6])
def test_ctrl_c_ends_with_130_and_at_most_one_line(moment, tmp_path):
    out = tmp_path / "out"
    words = ["estimate", TEXT, "--trials", "1000000000", "--accuracy", "0.00001%"]
    words += ["--pdf", "--out", str(out)]
    # a job in the background of a script is born deaf to the interrupt: not what is tested here
    script = "import signal as s; s.signal(s.SIGINT, s.default_int_handler); "
    script += "import impactcalc.__main__ as ours; print('ready', flush=True); ours.main()"
    command = subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert command.stdout is not None
    assert command.stdout.readline() == "ready\n"
    time.sleep(moment)
    os.killpg(command.pid, signal.SIGINT)
    try:
        said, errors = command.communicate(timeout=60)
    finally:
        command.kill()
    assert command.returncode in {130, -signal.SIGINT}
    assert not said
    assert errors.count("\n") <= 1
    assert "Traceback" not in errors
    assert not out.exists()
