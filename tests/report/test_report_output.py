"""Reports are written whole or not at all."""

import errno
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.result import Estimate
from impactcalc.errors import InputError, OutputError
from impactcalc.report import output
from impactcalc.report.output import report_name, slug, write_file, write_reports

FILES = {"a.json": b"{}", "a.pdf": b"%PDF new", "a.png": b"PNG new"}
OLD = {"a.json": b"old json", "a.pdf": b"old pdf", "a.png": b"old png"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(output.SCRATCH)]


def test_files_are_written_and_the_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "reports"
    paths = write_reports(folder, FILES)
    assert [path.name for path in paths] == list(FILES)
    assert contents(folder) == FILES
    assert leftovers(folder) == []


def test_old_files_are_replaced_and_strangers_kept(tmp_path: Path) -> None:
    write_reports(tmp_path, OLD | {"b.pdf": b"another"})
    write_reports(tmp_path, FILES)
    assert contents(tmp_path) == FILES | {"b.pdf": b"another"}


def test_the_record_is_replaced_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = Path.replace

    def spy(self: Path, target: Path) -> Path:
        order.append(target.name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", spy)
    write_reports(tmp_path, FILES)
    assert order == ["a.pdf", "a.png", "a.json"]


def failing(real: Callable[..., Any], at_call: int, code: int) -> Callable[..., Any]:
    """Let one call of a function fail, the others work."""
    calls = 0

    def wrapped(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at_call:
            raise OSError(code, os.strerror(code))
        return real(*args, **options)

    return wrapped


@pytest.mark.parametrize("at_call", [1, 2, 3])
@pytest.mark.parametrize("what", ["open", "fsync"])
def test_a_failure_while_writing_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, at_call: int
) -> None:
    write_reports(tmp_path, OLD)
    owner: Any = os if what == "fsync" else Path
    monkeypatch.setattr(owner, what, failing(getattr(owner, what), at_call, errno.ENOSPC))
    with pytest.raises(OutputError, match="no space left") as caught:
        write_reports(tmp_path, FILES)
    monkeypatch.undo()
    assert caught.value.exit_code == 1
    assert contents(tmp_path) == OLD
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("at_call", [1, 2, 3])
def test_a_failure_while_replacing_puts_the_old_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_call: int
) -> None:
    write_reports(tmp_path, OLD)
    monkeypatch.setattr(Path, "replace", failing(Path.replace, at_call, errno.EACCES))
    with pytest.raises(OutputError, match="close it and run again"):
        write_reports(tmp_path, FILES)
    monkeypatch.undo()
    assert contents(tmp_path) == OLD
    assert leftovers(tmp_path) == []


def test_a_failure_while_replacing_leaves_no_new_file_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(tmp_path, {"a.pdf": b"old pdf"})
    monkeypatch.setattr(Path, "replace", failing(Path.replace, 3, errno.EACCES))
    with pytest.raises(OutputError):
        write_reports(tmp_path, FILES)
    monkeypatch.undo()
    assert contents(tmp_path) == {"a.pdf": b"old pdf"}


def test_the_old_set_is_put_back_where_files_cannot_have_two_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(tmp_path, OLD)
    monkeypatch.setattr(os, "link", lambda *_a, **_o: (_ for _ in ()).throw(OSError(errno.EPERM)))
    monkeypatch.setattr(Path, "replace", failing(Path.replace, 2, errno.EACCES))
    with pytest.raises(OutputError):
        write_reports(tmp_path, FILES)
    monkeypatch.undo()
    assert contents(tmp_path) == OLD


def test_a_failing_write_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def write(self, _content: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write_reports(tmp_path, OLD)
    monkeypatch.setattr(Path, "open", lambda *_args, **_options: FullDisk())
    with pytest.raises(OutputError):
        write_reports(tmp_path, FILES)
    monkeypatch.undo()
    assert contents(tmp_path) == OLD


def test_an_interrupt_leaves_no_scratch_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_reports(tmp_path, FILES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("deeper", ["", "inside"])
def test_a_file_in_the_folder_s_place_is_refused(tmp_path: Path, deeper: str) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError) as caught:
        write_reports(tmp_path / "out" / deeper, FILES)
    text = "out: a file is here, a folder is needed; give another --out"
    assert str(caught.value) == text
    assert caught.value.exit_code == 2


def test_a_folder_that_cannot_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(InputError, match=r"cannot be written \(permission denied\)"):
        write_reports(tmp_path, FILES)
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(InputError, match="give another --out"):
        write_reports(tmp_path / "new", FILES)


def test_scratch_folders_of_killed_runs_are_removed_after_an_hour(tmp_path: Path) -> None:
    old, new = tmp_path / f"{output.SCRATCH}old", tmp_path / f"{output.SCRATCH}new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "half.pdf").write_bytes(b"%PDF ha")
    hours_ago = time.time() - 2 * output.STALE_S
    os.utime(old, (hours_ago, hours_ago))
    write_reports(tmp_path, FILES)
    assert leftovers(tmp_path) == [new.name]


def test_a_link_keeps_its_target(tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_bytes(b"precious")
    (tmp_path / "a.pdf").symlink_to(target)
    write_reports(tmp_path, FILES)
    assert target.read_bytes() == b"precious"
    assert (tmp_path / "a.pdf").read_bytes() == FILES["a.pdf"]


def test_one_file_is_written_the_same_way(tmp_path: Path) -> None:
    assert write_file(tmp_path / "x.yaml", b"impactcalc: 1\n").read_bytes() == b"impactcalc: 1\n"


def test_a_system_without_folder_handles_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")
    write_reports(tmp_path, FILES)
    assert contents(tmp_path) == FILES


def test_reports_are_named_by_case_customer_and_date(
    seed_estimate: Estimate, variant: Callable[[str], Estimate]
) -> None:
    assert report_name(seed_estimate) == "CE1004-stratton-2024-01-23"
    assert report_name(variant("no names")) == "escalation-2024-01-23"
    assert report_name(variant("cyrillic")) == "CE1004-ёлка-сыновья-2024-01-23"
    assert report_name(variant("hostile")) == "CE1004-let-x-b-b-ref-c-2024-01-23"


@given(st.text(st.characters(exclude_categories=()), max_size=300), st.integers(1, 60))
def test_a_slug_is_safe_on_every_file_system(text: str, most: int) -> None:
    name = slug(text, most)
    assert len(name) <= most
    assert not set(name) & set('/\\:*?"<>|.\0 \n')
    assert not name.startswith("-")
    assert name.encode()[:0] == b""


def test_names_fit_a_file_system_whatever_the_script(any_estimate: Estimate) -> None:
    name = report_name(any_estimate)
    assert len(name) <= 80
    assert len(name.encode()) <= 200
    assert name.endswith("-2024-01-23")
