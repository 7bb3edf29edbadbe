"""The entries of a nested record: names, values and what stands below them, each with its place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_NOTHING = frozenset({"~", "null", "none", "nil", "''", '""', '"', "|", ">", "|-", ">-", "n/a", ""})
_CLOSERS = frozenset({"}", "]", "},", "],", "{", "[", "---", "...", "};"})
_DEEPEST = 12  # maps and lists within each other


class Entry:
    """One entry: ``name: value``, an item of a list, or a line of text.

    Attributes
    ----------
    line
        The line on which it stands.
    key
        Its name as written; empty for an item of a list.
    value
        The stretch of its value; None when it has none, or when it has entries below.
    below
        The entries of its map or list, or the lines of its text.
    listed
        Whether it is an item of a list.
    column
        Where it begins.
    """

    def __init__(self, line: Line, column: int, *, key: str = "", listed: bool = False) -> None:
        self.line = line
        self.column = column
        self.key = key
        self.listed = listed
        self.value: tuple[int, int] | None = None
        self.below: list[Entry] = []

    @property
    def words(self) -> str:
        """The words of its value; empty when it has none."""
        return self.line.text[slice(*self.value)] if self.value else ""

    @property
    def is_text(self) -> bool:
        """Whether it is a line of text and nothing else."""
        return not (self.key or self.listed or self.below)


@cache
def named() -> re.Pattern[str]:
    """Compile the name of an entry: ``opened_at:``, ``"state":``, ``- name:``."""
    return re.compile(
        r"[ \t]*(?:- +)?(?:\"([A-Za-z][^\"\n:]{0,59})\"|'([A-Za-z][^'\n:]{0,59})'|"
        r"([A-Za-z][\w.\-]{0,59}(?: [\w.\-]{1,30}){0,3}))[ \t]?:(?:[ \t]+|$)"
    )


@cache
def _set_inside() -> re.Pattern[str]:
    """Compile the name of an entry inside of braces, where an equals sign may follow it."""
    return re.compile(
        r"[ \t]*(?:\"([A-Za-z][^\"\n:]{0,59})\"|'([A-Za-z][^'\n:]{0,59})'|"
        r"([A-Za-z][\w.\-]{0,59}(?: [\w.\-]{1,30}){0,3}))[ \t]?[:=][ \t]*"
    )


def read_entries(lines: Sequence[Line]) -> list[Entry]:
    """Read the lines of a nested record by their indentation."""
    roots: list[Entry] = []
    open_: list[Entry] = []
    for line in lines:
        stripped = line.text.strip()
        if not stripped or stripped[0] == "#" or (stripped in _CLOSERS and stripped != "{"):
            continue
        for entry in entries_of(line, stripped):
            deep = [one for one in open_[:_DEEPEST] if _holds(one, entry)]
            while deep and deep[-1].is_text:
                deep.pop()
            if stripped == "{" and deep and deep[-1].line.text.rstrip()[-1:] != "[":
                continue  # the map is the value of the name above
            (deep[-1].below if deep else roots).append(entry)
            open_ = [*deep, entry]
    while len(roots) == 1 and roots[0].listed and roots[0].below:
        roots = roots[0].below
    return roots


def _holds(above: Entry, entry: Entry) -> bool:
    """Whether an entry may stand below one above it: further in, or an item right below a name."""
    open_list = bool(above.key) and entry.listed and not above.value
    return above.column < entry.column or (open_list and above.column == entry.column)


def entries_of(line: Line, stripped: str) -> Iterator[Entry]:
    """Read the entries of one line: an item of a list may open a map."""
    column = len(line.text) - len(line.text.lstrip())
    while line.text.startswith("- ", column) or line.text[column:].rstrip() == "-":
        item = Entry(line, column, listed=True)
        column += 2
        column += len(line.text[column:]) - len(line.text[column:].lstrip())
        if named().match(line.text, column) is None:
            give(item, column)
            yield item
            return
        yield item
    match = named().match(line.text, column)
    listed = stripped[0] in "{[" or (stripped[0] in "\"'" and stripped[-1] in ",\"'")
    entry = Entry(line, column, key=next(filter(None, match.groups())) if match else "")
    entry.listed = listed and not match  # the strings and maps of a list
    give(entry, match.end() if match else column)
    yield entry


def give(entry: Entry, start: int) -> None:
    """Give an entry its value: words, or the map or list that stands on its line."""
    text = entry.line.text
    start, end = trimmed(text, start, _comment(text, start))
    if text[start : start + 1] in {"{", "["} and end - start > 1 and text[end - 1] in "}]":
        entry.below = inline(entry.line, start, end)
    elif text[start:end].lower() not in _NOTHING and text[start:end] not in _CLOSERS:
        entry.value = (start, end)


def remark(entry: Entry) -> Entry | None:
    """Give the entry in the comment behind a value: ``delay: 40 s  # normal: 2 s``."""
    text = entry.line.text
    at = _comment(text, entry.value[1]) + 2 if entry.value else len(text)
    match = named().match(text, at) if at < len(text) else None
    if match is None:
        return None
    found = Entry(entry.line, match.start(), key=next(filter(None, match.groups())))
    found.value = trimmed(text, match.end(), len(text))
    return found


def _comment(text: str, start: int) -> int:
    """Give where a comment begins behind a value: ``level: 2  # as of noon``."""
    at = text.find(" #", start)
    while at >= 0:
        before = text[start:at]
        if before.count('"') % 2 == 0 and text[at + 2 : at + 3] in {" ", ""}:
            return at
        at = text.find(" #", at + 1)
    return len(text)


def inline(line: Line, start: int, end: int, depth: int = 0) -> list[Entry]:
    """Read ``{normal: 2 s, now: 40 s}`` and ``[a, b]``."""
    found: list[Entry] = []
    if depth > _DEEPEST:
        return found
    is_map = line.text[start] == "{"
    for first, last in _parts(line.text, start + 1, end - 1):
        match = _set_inside().match(line.text, first, last) if is_map else None
        key = next(filter(None, match.groups())) if match else ""
        entry = Entry(line, first, key=key, listed=not is_map)
        first, last = trimmed(line.text, match.end() if match else first, last)  # noqa: PLW2901
        if line.text[first : first + 1] in {"{", "["} and line.text[last - 1] in "}]":
            entry.below = inline(line, first, last, depth + 1)
        elif line.text[first:last].lower() not in _NOTHING:
            entry.value = (first, last)
        found.append(entry)
    return found


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at the commas that stand in no bracket and no quotation."""
    depth = 0
    quote = ""
    begin = start
    for at in range(start, end):
        character = text[at]
        if quote:
            quote = "" if character == quote else quote
        elif character == '"' or (character == "'" and not text[begin:at].strip(" :")):
            quote = character
        elif character in "{[(":
            depth += 1
        elif character in "}])":
            depth -= 1
        elif character == "," and depth == 0 and not _in_number(text, at):
            yield begin, at
            begin = at + 1
    if text[begin:end].strip():
        yield begin, end


def _in_number(text: str, at: int) -> bool:
    """Whether a comma parts the digits of a number."""
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
