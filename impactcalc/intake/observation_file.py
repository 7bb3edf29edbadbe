"""One observation file: where it lies, what it holds, and its bytes without compression."""

from __future__ import annotations

import glob
import gzip
import re
import zlib
from pathlib import Path
from typing import IO

from impactcalc.errors import InputError, Problem
from impactcalc.intake.source import STANDARD_INPUT, read_bytes
from impactcalc.named import NamedTuple

FOREVER_NS = 2**62
"""End of an episode that is still open: later than any window (the year 2116)."""

LARGEST = 2_000_000_000  # bytes of a file that is read whole, or decompressed
HEAD = 1 << 16
_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
_PACKED = {
    _ZSTD: ("is compressed with zstd", "unpack it first, e.g. with unzstd"),
    b"BZh": ("is compressed with bzip2", "unpack it first, e.g. with bunzip2"),
    b"\xfd7zXZ": ("is compressed with xz", "unpack it first, e.g. with unxz"),
    b"PK\x03\x04": ("is a zip file or a workbook", "unpack it, or save its sheet as CSV"),
}
_PACKED_NAMES = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}
_CHUNK = 1 << 20


class ObservationFile(NamedTuple):
    """A file as a reader gets it: name as the person wrote it, bytes decompressed."""

    name: str
    data: bytes


class Found(NamedTuple):
    """A file, or the Parquet files of one name, before it is read.

    Parameters
    ----------
    name
        As the person wrote it; of a CSV file of a folder or a pattern, its own.
    paths
        Where the plain bytes lie; several for a folder or pattern of Parquet files.
    head
        The first bytes, decompressed.
    """

    name: str
    paths: tuple[Path, ...]
    head: bytes

    @property
    def is_parquet(self) -> bool:
        """Whether it says that it is Parquet."""
        return self.head.startswith(_PARQUET)

    def read(self) -> ObservationFile:
        """Read the whole file."""
        return ObservationFile(self.name, self.paths[0].read_bytes())


def find(name: str, scratch: Path) -> list[Found]:
    """Find what a name stands for: a file, a folder, a pattern, or standard input.

    Parameters
    ----------
    name
        As the person wrote it.
    scratch
        Folder for what has to be decompressed.

    Raises
    ------
    InputError
        When there is no such file, or it cannot be read or decompressed.
    """
    if name == STANDARD_INPUT:
        path = scratch / "standard-input"
        path.write_bytes(read_bytes(name, LARGEST))
        return [_open(name, path, scratch)]
    path = Path(name)
    address = re.match(r"([a-z][a-z0-9+.-]+):/+(?=.)", name)
    if address and not path.exists():
        shown = f"{address[1]}://{name[address.end() :]}"
        what = "is an address: only files of this machine are read"
        raise InputError(Problem(what, "download it first", shown))
    if path.is_dir():
        below = sorted(each for each in path.rglob("*") if each.is_file())
        return _several(name, [each for each in below if _is_data(each)], scratch)
    if not path.exists() and glob.has_magic(name):
        matches = glob.glob(name, recursive=True)  # noqa: PTH207 - Path cannot take absolute ones
        return _several(name, [Path(each) for each in sorted(matches)], scratch)
    return [_open(name, path, scratch)]


def _is_data(path: Path) -> bool:
    """Tell which files of a folder are meant: none that are hidden or marks of other programs."""
    hidden = any(part.startswith((".", "_")) for part in path.parts[-1:])
    return not hidden and bool({".csv", ".parquet"} & {each.lower() for each in path.suffixes})


def _several(name: str, paths: list[Path], scratch: Path) -> list[Found]:
    """Open the files of a folder or pattern; Parquet files stay together under its name."""
    if not paths:
        raise InputError(
            Problem("no file of this kind is there", "name a CSV or Parquet file", name)
        )
    found = [_open(str(path), path, scratch) for path in paths]
    parquet = [each for each in found if each.is_parquet]
    rest = [each for each in found if not each.is_parquet]
    if parquet:
        together = tuple(path for each in parquet for path in each.paths)
        rest.append(Found(name, together, parquet[0].head))
    return rest


def _open(name: str, path: Path, scratch: Path) -> Found:
    """Look at the beginning of a file; decompress it when it is packed."""
    head = _head(name, path)
    for mark, (what, remedy) in _PACKED.items():
        if head.startswith(mark):
            raise InputError(Problem(what, remedy, name))
    if head.startswith(_GZIP):
        path = _unpacked(name, path, scratch)
        head = _head(name, path)
    elif path.suffix.lower() in _PACKED_NAMES and head:
        kind = _PACKED_NAMES[path.suffix.lower()]
        what = f"is no {kind} file, though its name ends in '{path.suffix}'"
        raise InputError(Problem(what, "rename it if it is plain text, or copy it again", name))
    if path.suffix.lower() == ".parquet" and not head.startswith(_PARQUET) and head:
        raise InputError(
            Problem(
                "is no Parquet file: it does not begin with PAR1",
                "rename it if it is CSV, or export it again",
                name,
            )
        )
    return Found(name, (path,), head)


def _head(name: str, path: Path) -> bytes:
    """Read the first bytes; a folder, a device or a missing file is refused in words."""
    if name != STANDARD_INPUT and not path.is_file():
        read_bytes(name, 0)  # says what it is, or that there is none
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        read_bytes(name, 0)
        raise


def _unpacked(name: str, path: Path, scratch: Path) -> Path:
    """Decompress a gzip file; its checksum is compared at its end."""
    plain = scratch / f"{len(list(scratch.iterdir()))}-{path.stem}"
    try:
        with gzip.open(path) as packed, plain.open("wb") as file:
            _copy(packed, file, name)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        what = "is a damaged gzip file: it ends too early, or its checksum differs"
        raise InputError(Problem(what, "copy or export it again", name)) from error
    return plain


def _copy(packed: gzip.GzipFile, file: IO[bytes], name: str) -> None:
    """Copy up to the largest size."""
    size = 0
    while chunk := packed.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST:
            what = f"holds more than {LARGEST // 10**9} GB"
            raise InputError(Problem(what, "unpack it first, or keep the part that matters", name))
        file.write(chunk)
