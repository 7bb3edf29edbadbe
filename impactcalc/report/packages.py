"""What a template of one's own would fetch: Typst loads ``@preview`` packages from the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TAKEN = re.compile(r'\b(?:import|include)\s*\(?\s*"([^"\n]+)"')
_REMEDY = "copy its files into the template's folder and import them from there"


def fetched_packages(template: Path) -> Iterator[Problem]:
    """Yield a problem for every package that a template, or a file that it takes in, would fetch.

    Parameters
    ----------
    template
        A Typst file; what it imports by a path in quotes is looked through as well.

    Notes
    -----
    Comments are skipped. A name that the template puts together while it runs is not found.
    """
    waiting, seen = [template], {template.resolve()}
    while waiting:
        file = waiting.pop(0)
        for number, name in _taken(file):
            if name.startswith("@preview/"):
                message = f"--template: {name} would be fetched from the network"
                yield Problem(message, _REMEDY, str(file), number)
                continue
            folder = template.parent if name.startswith("/") else file.parent
            other = folder / name.lstrip("/")
            if other.suffix == ".typ" and other.is_file() and other.resolve() not in seen:
                seen.add(other.resolve())
                waiting.append(other)


def _taken(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of everything that a file takes in."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return  # Typst says why
    bare = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(bare.splitlines(), 1):
        for found in _TAKEN.finditer(re.split(r"(?<!:)//", line)[0]):
            yield number, found[1]
