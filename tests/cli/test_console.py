import io
import sys

import pytest

from impactcalc.cli import console
from impactcalc.errors import OutputError


class Screen(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


class Full:
    """A stream on a device without space; it is its own buffer."""

    encoding = "utf-8"

    @property
    def buffer(self):
        return self

    def write(self, _):
        raise OSError(28, "No space left on device")


def test_a_terminal_has_colour_unless_it_is_asked_not_to(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Screen(io.BytesIO(), encoding="utf-8"))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert console.face().colour
    monkeypatch.setenv("NO_COLOR", "")
    assert console.face().colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not console.face().colour
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not console.face().colour
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert console.face().colour, "FORCE_COLOR"


@pytest.mark.parametrize(("columns", "width"), [("5", 20), ("72", 72), ("400", 100), ("x", 80)])
def test_piped_output_has_80_columns_or_those_of_the_environment(monkeypatch, columns, width):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    monkeypatch.setenv("COLUMNS", columns)
    face = console.face()
    assert (face.width, face.colour, face.unicode) == (width, False, False)


def test_closed_standard_output_is_plain_and_an_error_when_written_to(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert not console.face().unicode
    console.emit("")
    with pytest.raises(OutputError, match="closed"):
        console.emit("answer\n")


def test_a_full_device_is_noticed_when_it_is_written_to(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(OutputError, match="standard output: No space left"):
        console.emit("answer\n")


def test_prose_takes_the_encoding_of_the_console_and_documents_are_utf8(monkeypatch):
    stream = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stream, encoding="ascii"))
    console.emit("Brûlerie\n")
    console.emit("Brûlerie\n", utf8=True)
    assert stream.getvalue() == b"Br?lerie\n" + "Brûlerie\n".encode()


def test_messages_are_escaped_and_bounded(capsys):
    console.complain([f"case.yaml:{n}: \x1b[31mred\u202e {'x' * 900}" for n in range(500)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) <= 40
    assert sum(len(line) + 1 for line in lines) <= 8_000
    assert lines[0].startswith("case.yaml:0: \\x1b[31mred\\u202e xxx")
    assert lines[-1] == f"... and {500 - len(lines) + 1} more"


def test_a_standard_error_that_cannot_be_written_to_changes_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    console.complain(["lost"])
    monkeypatch.setattr(sys, "stderr", Full())
    console.complain(["lost"])
