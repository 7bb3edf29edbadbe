"""What a path names is looked at before it is opened."""

from __future__ import annotations

import io
import os
import socket
import sys

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.source import read_bytes


def _refusal(name: str, limit: int = 100) -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(name, limit)
    return str(caught.value)


def test_a_file_is_read_whole(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"abc\0")
    assert read_bytes(str(file), 4) == b"abc\0"


def test_an_empty_file_is_no_fault_here(tmp_path):
    (tmp_path / "a.txt").touch()
    assert read_bytes(str(tmp_path / "a.txt"), 4) == b""


def test_a_folder_is_refused(tmp_path):
    assert _refusal(str(tmp_path)) == f"{tmp_path}: is a folder; name a file in it"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe" in _refusal(str(tmp_path / "pipe"))


def test_a_device_is_refused():
    assert "is a device" in _refusal(os.devnull)


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("s")
        assert "is a socket" in _refusal("s")


def test_a_missing_file_is_refused_with_the_nearest_name(tmp_path):
    (tmp_path / "escalation.txt").touch()
    words = _refusal(str(tmp_path / "escalaton.txt"))
    assert "there is no such file" in words
    assert f"did you mean '{tmp_path / 'escalation.txt'}'?" in words


def test_a_missing_folder_is_refused(tmp_path):
    assert "check its name and folder" in _refusal(str(tmp_path / "none" / "a.txt"))
    (tmp_path / "file").touch()
    assert "there is no such file" in _refusal(str(tmp_path / "file" / "a.txt"))


def test_a_file_without_permission_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    file.write_text("x")

    def refuse(*_args: object, **_kwargs: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)  # root may read whatever the mode says
    assert "permission denied" in _refusal(str(file))


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "a.txt"
    with file.open("wb") as handle:
        handle.truncate(200_000_000)
    assert "is too large: 200.0 MB, 10 MB is the limit" in _refusal(str(file), 10_000_000)


def test_a_name_that_no_file_can_have_is_refused():
    assert "cannot be read" in _refusal("a\0b")
    assert "cannot be read: file name too long" in _refusal("a" * 5000)


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    assert read_bytes("-", 3) == b"abc"


def test_standard_input_has_the_same_limit(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abcd")))
    assert _refusal("-", 3).startswith("-: is too large")


def test_closed_standard_input_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert _refusal("-") == "-: standard input is closed; name a file"
