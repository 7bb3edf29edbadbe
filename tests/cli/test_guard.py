import signal
from pathlib import Path

import pytest

from impactcalc.cli import guard
from impactcalc.cli.guard import run
from impactcalc.cli.interrupts import interruptible
from impactcalc.cli.outcome import Outcome
from impactcalc.errors import OutputError


@pytest.fixture
def failing(monkeypatch):
    """Make a command fail in a given way, below the guard."""

    def arrange(error):
        def fail(*_):
            raise error

        monkeypatch.setattr(guard, "_command", fail)

    return arrange


def break_check(monkeypatch):
    def broken(name):
        raise ZeroDivisionError(name)

    monkeypatch.setattr("impactcalc.usecases.check.check", broken)


def test_a_bug_of_ours_is_one_line_with_its_place_and_no_traceback(monkeypatch, capsys):
    break_check(monkeypatch)
    assert run(["check", "case.yaml"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("impactcalc: internal error (ZeroDivisionError in cli.app:")
    assert captured.err.endswith("): please report, with the file named by --debug\n")
    assert captured.err.count("\n") == 1


def test_debug_writes_the_traceback_to_its_file_alone(monkeypatch, capsys, tmp_path):
    break_check(monkeypatch)
    file = tmp_path / "bug.txt"
    assert run(["check", "case.yaml", "--debug", str(file)]) == 1
    assert "Traceback" not in capsys.readouterr().err
    written = file.read_text(encoding="utf-8")
    assert written.startswith("impactcalc ")
    assert "ZeroDivisionError: case.yaml" in written


def test_a_debug_file_that_cannot_be_written_is_said(monkeypatch, capsys, tmp_path):
    break_check(monkeypatch)
    assert run(["check", "case.yaml", "--debug", str(tmp_path)]) == 1
    assert "the traceback could not be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (BrokenPipeError(), 141, ""),
        (KeyboardInterrupt(), 130, "impactcalc: interrupted; finished files are whole\n"),
        (MemoryError(), 1, "impactcalc: out of memory; give fewer --trials or a smaller file\n"),
        (OutputError("out: disk full"), 1, "impactcalc: out: disk full\n"),
        (OSError(28, "No space left"), 1, "impactcalc: standard output: No space left\n"),
    ],
)
def test_each_way_to_fail_has_its_line_and_its_exit_code(failing, capsys, error, code, line):
    failing(error)
    assert run([]) == code
    assert capsys.readouterr() == ("", line)


def test_a_condition_that_holds_is_exit_3_after_the_answer(monkeypatch, capsys):
    monkeypatch.setattr(guard, "_command", lambda *_: Outcome("answer\n", met="x is 1"))
    assert run([]) == 3
    assert capsys.readouterr() == ("answer\n", "impactcalc: x is 1\n")


def test_ctrl_c_belongs_to_us_once_the_imports_are_done():
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        interruptible()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        interruptible()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_debug_is_an_option_of_every_command(capsys):
    for command in ("estimate", "read", "check", "schema"):
        assert run([command, "--help"]) == 0
        assert "--debug FILE" in capsys.readouterr().out


def test_schema_ignores_debug_when_nothing_fails(capsys, tmp_path):
    assert run(["schema", "--debug", str(tmp_path / "x")]) == 0
    assert capsys.readouterr().out.startswith("{")
    assert not Path(tmp_path / "x").exists()
