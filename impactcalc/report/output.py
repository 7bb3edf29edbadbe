"""Report files, written whole or not at all.

Every file is first written into a scratch folder inside the target (same file system), fsynced,
then moved over its name by ``os.replace``; the JSON record comes last, and the folder is fsynced.
When one file of a set cannot be moved, those before it are put back. A killed run leaves at most
its scratch folder, which a later run removes.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.domain.result import Estimate

SCRATCH = ".impactcalc-"
STALE_S = 3600.0
_LONGEST_NAME = 80
_LONGEST_BYTES = 180  # file systems take 255 bytes; the ending and "-2" need room
_REMEDY = "give another --out"


def write_reports(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write a set of reports into a folder.

    Parameters
    ----------
    folder
        Where they go; made when it is not there.
    files
        Contents by file name, without any folder; a ``.json`` is replaced last.

    Returns
    -------
    list of Path
        What was written, in the order of `files`.

    Raises
    ------
    InputError
        When the folder cannot be one, or must not be written.
    OutputError
        When writing fails half-way (disk full, a file in use): what was there before is intact.
    """
    _make(folder)
    _remove_stale(folder)
    names = sorted(files, key=lambda name: name.endswith(".json"))
    with _scratch(folder) as scratch:
        try:
            for name in names:
                _write(scratch / name, files[name])
            _replace(scratch, folder, names)
            _sync_folder(folder)
        except OSError as error:
            raise _failure(folder, error) from error
    return [folder / name for name in files]


def write_file(path: Path, content: bytes) -> Path:
    """Write one file whole or not at all; see `write_reports`."""
    return write_reports(path.parent, {path.name: content})[0]


def _replace(scratch: Path, folder: Path, names: Sequence[str]) -> None:
    """Move every file over its name; when one cannot be, the old set is put back as it was."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for number, name in enumerate(names):
            target = folder / name
            old = _kept(target, scratch / f"{number}.old")
            (scratch / name).replace(target)
            done.append((target, old))
    except OSError:
        for target, old in reversed(done):
            with contextlib.suppress(OSError):
                target.unlink() if old is None else old.replace(target)
        raise


def _kept(target: Path, place: Path) -> Path | None:
    """Keep the old file within reach under a second name; None when there is none."""
    if not os.path.lexists(target):
        return None
    try:
        os.link(target, place, follow_symlinks=False)
    except (OSError, RuntimeError):  # no hard links here, or none to a link itself
        shutil.copy2(target, place, follow_symlinks=False)
    return place


def _make(folder: Path) -> None:
    """Make the folder, and refuse what cannot be one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise InputError(Problem("out: a file is here, a folder is needed", _REMEDY)) from None
    except OSError as error:
        raise _refusal(error) from None


def _refusal(error: OSError) -> InputError:
    """Say that the target folder cannot be used."""
    reason = (error.strerror or type(error).__name__).lower()
    return InputError(Problem(f"out: the folder cannot be written ({reason})", _REMEDY))


def _failure(folder: Path, error: OSError) -> OutputError:
    """Say that writing failed, and that nothing old was lost."""
    reason = (error.strerror or type(error).__name__).lower()
    held = "; close it and run again" if isinstance(error, PermissionError) else ""
    return OutputError(
        f"out: writing into {folder} failed ({reason}){held}; no file is left half-written"
    )


@contextlib.contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """Hold a scratch folder inside the target, and remove it whatever happens."""
    try:
        scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=folder))
    except OSError as error:
        raise _refusal(error) from None
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    """Write one file and wait until the disk has it."""
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Wait until the disk has the new names; not every system can (Windows cannot)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_stale(folder: Path) -> None:
    """Remove scratch folders that a killed run left behind more than an hour ago."""
    oldest = time.time() - STALE_S
    for left in folder.glob(f"{SCRATCH}*"):
        with contextlib.suppress(OSError):
            if left.is_dir() and not left.is_symlink() and left.stat().st_mtime < oldest:
                shutil.rmtree(left, ignore_errors=True)


def report_name(estimate: Estimate) -> str:
    """Name an estimate's files, without ending: ``"CE1004-stratton-2024-01-23"``.

    Parameters
    ----------
    estimate
        The whole answer.

    Returns
    -------
    str
        Letters and digits of any script and hyphens; no separator, no leading dot, at most 80
        characters, and never a name that a system reserves (it ends in a date).
    """
    incident = estimate.scenario.incident
    number = "" if incident.id is None else slug(incident.id.value, 24)
    customer = "" if incident.customer is None else slug(incident.customer.value, 40).lower()
    date = estimate.as_of.astimezone(estimate.promise.p50.tzinfo).strftime("%Y-%m-%d")
    names = [name for name in map(_spelled, (number, customer)) if name] or ["escalation"]
    stem = "-".join(names)[: _LONGEST_NAME - len(date) - 1]
    while len(stem.encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    return f"{stem.strip('-')}-{date}"


def _spelled(name: str) -> str:
    """Spell a name in ASCII where the system's file names know nothing else (``LC_ALL=C``)."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        return slug(letters, len(letters))
    return name


def slug(text: str, most: int) -> str:
    """Keep letters, digits and marks of any script; all else becomes one hyphen.

    Examples
    --------
    >>> slug("../Stratton & Søn (EU)", 40), slug("東京 銀行", 40)
    ('Stratton-Søn-EU', '東京-銀行')
    """
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    kept = "".join(one if unicodedata.category(one)[0] in "LNM" else "-" for one in whole)
    return re.sub("-+", "-", kept).strip("-")[:most].strip("-")
