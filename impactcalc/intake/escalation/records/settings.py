"""Assignments in sections and paths: ``[impact]``, ``[[plan]]``, ``plan.1.window = 0-4 h``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import key_words
from impactcalc.intake.escalation.records.entries import Entry, entries_of, give
from impactcalc.intake.escalation.words.sections import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

Path = tuple[str, ...]
_DEEPEST = 6  # names of a path


@cache
def section_head() -> re.Pattern[str]:
    """Compile the head of a section: ``[impact]``, ``[[plan]]``, ``[plan.contain]``."""
    return re.compile(r"\[{1,2} ?([A-Za-z][\w -]{0,40}?)(?:\.([\w -]{1,40}))? ?\]{1,2}\s*$")


def is_nested(lines: Sequence[Line], matches: Sequence[re.Match[str] | None]) -> bool:
    """Whether assignments stand in sections or maps, or most of their names are paths."""
    dotted = sum(bool(match and "." in match[1]) for match in matches if match and match[1])
    return 2 * dotted > sum(map(bool, matches)) or any(
        line.text.lstrip()[:1] == "{" or section_head().match(line.raw) for line in lines
    )


def nested_entries(lines: Sequence[Line], matches: Sequence[re.Match[str] | None]) -> list[Entry]:
    """Read assignments below the heads of sections, and those whose names are paths.

    Parameters
    ----------
    lines
        The lines of the record.
    matches
        For each line the name that opens it; None for one that assigns nothing.
    """
    nest = _Nest()
    for line, match in zip(lines, matches, strict=True):
        head = section_head().match(line.raw)
        if head is not None:
            nest.open(line, head)
        elif match is not None:
            nest.assign(line, match)
        else:
            nest.go_on(line)
    return nest.roots


class _Nest:
    """Puts entries below the names of their paths."""

    def __init__(self) -> None:
        self.roots: list[Entry] = []
        self._lists: dict[Path, list[Entry]] = {(): self.roots}
        self._said: dict[Path, Entry] = {}
        self._section: Path = ()
        self._items = 0
        self._last: Entry | None = None

    def open(self, line: Line, head: re.Match[str]) -> None:
        """Enter a section; a head in two brackets, or a stage of a plan, is one of several."""
        self._section = (head[1],)
        self._last = None
        if line.raw.startswith("[["):
            self._items += 1
            self._section = (head[1], f"#{self._items}")
        elif head[2]:
            self._section = (head[1], head[2])
        below = self._below(line, self._section)
        if head[2] and not head[2].isdigit() and not below and _is_plan(head[1]):
            start = line.text.find(head[2])
            below.append(Entry(line, 0, key="name"))
            below[0].value = (start, start + len(head[2]))

    def assign(self, line: Line, match: re.Match[str]) -> None:
        """Take a name and its value."""
        number = 1 if match[1] else 2
        names = tuple(match[number].split("."))[-_DEEPEST:]
        told = self._said.get(names)
        if told is not None:  # "plan.1.action.2 = done" speaks of what was said before
            entry = Entry(line, match.start(number), key=told.words)
            self._below(line, self._section).append(entry)
        else:
            path = (*self._section, *names)
            entry = Entry(line, match.start(number), key=names[-1])
            entry.listed = names[-1].isdigit()
            entry.key = "" if entry.listed else entry.key
            self._below(line, path[:-1]).append(entry)
            self._said[path] = entry
        give(entry, match.end())
        self._last = entry

    def go_on(self, line: Line) -> None:
        """Take a line of a list that goes over several."""
        text = line.text.strip()
        if text and text != '"""' and text[0] not in "#;]}" and self._last is not None:
            self._last.below.extend(entries_of(line, text))

    def _below(self, line: Line, path: Path) -> list[Entry]:
        """Give the list of what stands below a path; the names on the way are made."""
        if path not in self._lists:
            above = self._below(line, path[:-1])
            several = path[-1][0] in "#0123456789" or (len(path) > 1 and _is_plan(path[-2]))
            entry = Entry(line, 0, key="" if several else path[-1], listed=several)
            above.append(entry)
            self._lists[path] = entry.below
        return self._lists[path]


def _is_plan(name: str) -> bool:
    """Whether a name is that of a plan: what stands below are its stages."""
    return topic_of(key_words(name)) is Topic.PLAN
