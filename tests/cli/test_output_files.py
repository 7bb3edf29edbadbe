"""Files of the command: a stranger's is kept, a set is whole or not there, bytes are the same."""

import errno
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

NAME = "CE1004-stratton-2024-01-23"
QUICK = ("--trials", "512", "--example")
FILES = ("--pptx", "--xlsx", "--html", "--csv")


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    code = run(["estimate", *QUICK, "--out", str(folder), *words])
    return code, capsys.readouterr().err


def test_two_runs_give_the_same_bytes_in_every_form(tmp_path, capsys):
    first, second = tmp_path / "a", tmp_path / "b"
    assert said(capsys, first, "--pdf", "--png", *FILES)[0] == 0
    assert said(capsys, second, "--pdf", "--png", *FILES)[0] == 0
    one, other = written(first), written(second)
    assert [Path(name).suffix for name in sorted(one)] == [
        ".csv", ".html", ".json", ".pdf", ".png", ".pptx", ".xlsx",
    ]  # fmt: skip
    records = [json.loads(files.pop(f"{NAME}.json")) for files in (one, other)]
    for record in records:
        del record["run"]["seconds"]
    assert records[0] == records[1]
    assert one == other


def test_a_file_of_somebody_else_is_kept_and_the_set_goes_beside_it(tmp_path, capsys):
    (tmp_path / f"{NAME}.csv").write_bytes(b"mine")
    code, said_there = said(capsys, tmp_path, "--csv", "--html")
    assert code == 0
    assert f"kept what lies under {NAME}.*" in said_there
    assert f"wrote {tmp_path / NAME}-2.csv" in said_there
    files = written(tmp_path)
    assert files.pop(f"{NAME}.csv") == b"mine"
    assert set(files) == {f"{NAME}-2.{form}" for form in ("csv", "html", "json")}
    assert said(capsys, tmp_path, "--csv", "--html")[0] == 0
    assert set(written(tmp_path)) == {f"{NAME}.csv", *files}


def test_slides_that_somebody_edited_are_kept(tmp_path, capsys):
    said(capsys, tmp_path, "--pptx")
    slides = tmp_path / f"{NAME}.pptx"
    edited = io.BytesIO()
    with (
        zipfile.ZipFile(slides) as old,
        zipfile.ZipFile(edited, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = data.replace(
                    b"<cp:lastModifiedBy>impactcalc", b"<cp:lastModifiedBy>Account manager"
                )
            new.writestr(name, data)
    slides.write_bytes(edited.getvalue())
    said(capsys, tmp_path, "--pptx")
    assert slides.read_bytes() == edited.getvalue()
    assert (tmp_path / f"{NAME}-2.pptx").exists()


def test_a_protected_file_is_kept(tmp_path, capsys):
    said(capsys, tmp_path, "--csv")
    (tmp_path / f"{NAME}.csv").chmod(0o444)
    before = written(tmp_path)
    assert said(capsys, tmp_path, "--csv")[0] == 0
    after = written(tmp_path)
    assert {name: after[name] for name in before} == before
    assert f"{NAME}-2.csv" in after


@pytest.mark.parametrize("at_call", [1, 3, 5])
def test_a_full_disk_in_the_middle_leaves_the_old_set_and_one_message(
    tmp_path, capsys, monkeypatch, at_call
):
    said(capsys, tmp_path, *FILES)
    old = written(tmp_path)
    real, calls = os.fsync, [0]

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] == at_call:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    code, said_there = said(capsys, tmp_path, *FILES, "--seed", "7")
    monkeypatch.undo()
    assert code == 1
    assert said_there.count("\n") == 1
    assert "no space left on device" in said_there
    assert written(tmp_path) == old


def test_a_file_in_use_leaves_the_old_set(tmp_path, capsys, monkeypatch):
    said(capsys, tmp_path, *FILES)
    old = written(tmp_path)
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name == f"{NAME}.xlsx" and not self.name.endswith(".old"):
            raise PermissionError(errno.EACCES, "used by another process")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    code, said_there = said(capsys, tmp_path, *FILES, "--seed", "7")
    monkeypatch.undo()
    assert code == 1
    assert "close it and run again" in said_there
    assert written(tmp_path) == old


def test_quiet_says_the_paths_alone(tmp_path, capsys):
    code = run(["estimate", *QUICK, "--quiet", "--csv", "--out", str(tmp_path)])
    captured = capsys.readouterr()
    assert (code, captured.err) == (0, "")
    assert captured.out.splitlines() == [
        str(tmp_path / f"{NAME}.csv"),
        str(tmp_path / f"{NAME}.json"),
    ]
