"""Fields as assignments: ``priority=2 - High``, ``| state = Degraded`` of a wiki's box."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.labels import field_of
from impactcalc.intake.escalation.records.composing import blank, compose, key_words, trimmed
from impactcalc.intake.escalation.records.entries import Entry, entries_of, give
from impactcalc.intake.escalation.records.trees import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.lines import Line

_FEWEST = 3  # assignments one below the other that make a record
_FEWEST_KNOWN = 2  # of them whose names announce facts
_SECTION = 2  # level of a heading


@cache
def _assignment() -> re.Pattern[str]:
    """Compile the name before an equals sign: one word, or some with blanks around the sign."""
    return re.compile(
        r"(?:\| ?|! ?|(?:set|export|let) )?([A-Za-z][\w.\-]{0,59})[ \t]*=[ \t]*|"
        r"(?:\| ?)?([A-Za-z][\w.\-]{0,29}(?: [A-Za-z(][\w.\-)]{0,29}){1,4})[ \t]+=[ \t]+"
    )


@cache
def _pair() -> re.Pattern[str]:
    """Compile one of several assignments on a line: ``state=open owner="A. B."``."""
    return re.compile(r"([A-Za-z_]\w{0,40})=(\"[^\"]{0,500}\"|[^\s\"]\S{0,200})(?:[ \t,;]+|$)")


def with_assignments(lines: Sequence[Line]) -> Sequence[Line]:
    """Write runs of assignments as labels with values."""
    lines = [one for line in lines for one in _on_one_line(line)]
    if sum("=" in line.text for line in lines) < _FEWEST:
        return lines
    matches = [_match(line) for line in lines]
    result: list[Line] = []
    index = 0
    while index < len(lines):
        end, is_record = _run(lines, matches, index) if matches[index] else (index + 1, False)
        if is_record:
            result.extend(_record(lines[index:end], matches[index:end]))
        else:
            result.extend(lines[index:end])
        index = end
    return result


def _on_one_line(line: Line) -> Iterator[Line]:
    """Write the assignments of a line that holds nothing else, one line each."""
    if line.text.count("=") <= _FEWEST:
        yield line
        return
    matches = list(_pair().finditer(line.text))
    known = {field_of(key_words(match[1])) for match in matches} - {""}
    covered = sum(match.end() - match.start() for match in matches)
    if len(known) < _FEWEST_KNOWN or covered < len(line.text.strip()):
        yield line
        return
    for match in matches:
        yield compose(line, f"{key_words(match[1])}: ", trimmed(line.text, *match.span(2)))


def _match(line: Line) -> re.Match[str] | None:
    """Find the name that opens a line."""
    if "=" not in line.text or line.text[0] in " \t":
        text = line.text.lstrip()
        if not text.startswith("|") or "=" not in text:
            return None
        return _assignment().match(line.text, len(line.text) - len(text))
    return _assignment().match(line.text)


def _run(
    lines: Sequence[Line], matches: Sequence[re.Match[str] | None], start: int
) -> tuple[int, bool]:
    """Give where the record that begins with a line would end, and whether it is one."""
    index = end = start
    known: set[str] = set()
    count = 0
    while index < len(lines) and (matches[index] or _goes_on(lines[index])):
        match = matches[index]
        if match:
            count += 1
            known.add(field_of(key_words(match[1] or match[2])))
            end = index + 1
        elif lines[index].text.strip():
            end = index + 1
        index += 1
    return end, count >= _FEWEST and len(known - {""}) >= _FEWEST_KNOWN


def _goes_on(line: Line) -> bool:
    """Whether a line may stand inside of a record: indented, blank, a comment or a section."""
    return not line.text.strip() or line.text[0] in " \t#;]}" or bool(_section().match(line.raw))


@cache
def _section() -> re.Pattern[str]:
    """Compile the head of a section: ``[impact]``, ``[[plan]]``, ``[plan.contain]``."""
    return re.compile(r"\[{1,2} ?([A-Za-z][\w -]{0,40}?)(?:\.([\w -]{1,40}))? ?\]{1,2}\s*$")


def _record(lines: Sequence[Line], matches: Sequence[re.Match[str] | None]) -> Iterator[Line]:
    """Write the fields of one line first, then those of several lines as sections."""
    if any(_section().match(line.raw) for line in lines):
        yield from written(_sections(lines, matches), _SECTION, "")
        yield blank(lines[-1])
        return
    later: list[Line] = []
    index = 0
    while index < len(lines):
        line, match = lines[index], matches[index]
        index += 1
        if match is None:
            yield line
            continue
        below = index
        while below < len(lines) and matches[below] is None and lines[below].text[:1] in _INDENTED:
            below += 1
        start, end = trimmed(line.text, match.end(), len(line.text))
        if start < end:
            yield compose(line, f"{key_words(match[1] or match[2])}: ", (start, end))
        elif below > index:
            later.append(compose(line, match.span(1 if match[1] else 2), level=_SECTION))
            later.extend(dedented(lines[index:below]))
            index = below
    yield from later
    yield blank(lines[-1])


def _sections(lines: Sequence[Line], matches: Sequence[re.Match[str] | None]) -> list[Entry]:
    """Read assignments below the heads of sections; a head in two brackets is one of several."""
    roots: list[Entry] = []
    into = roots
    for line, match in zip(lines, matches, strict=True):
        head = _section().match(line.raw)
        if head is not None:
            into = _opened(roots, line, head)
        elif match is not None:
            number = 1 if match[1] else 2
            into.append(Entry(line, match.start(number), key=match[number]))
            give(into[-1], match.end())
        elif (text := line.text.strip()) and text[0] not in "#;]}" and into:
            into[-1].below.extend(entries_of(line, text))
    return roots


def _opened(roots: list[Entry], line: Line, head: re.Match[str]) -> list[Entry]:
    """Give the list into which the entries of a section go."""
    parent = next((entry for entry in roots if entry.key == head[1] and entry.below), None)
    if parent is None:
        parent = Entry(line, 0, key=head[1])
        roots.append(parent)
    if not (head[2] or line.raw.startswith("[[")):
        return parent.below
    item = Entry(line, 0, listed=True)
    parent.below.append(item)
    if head[2]:
        item.below.append(Entry(line, 0, key="name"))
        start = line.text.index(head[2])
        item.below[0].value = (start, start + len(head[2]))
    return item.below


_INDENTED = frozenset({" ", "\t"})


def dedented(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out the blanks that all of some lines begin with."""
    worded = [line.text for line in lines if line.text.strip()]
    common = min((len(text) - len(text.lstrip()) for text in worded), default=0)
    for line in lines:
        yield compose(line, (common, len(line.text))) if line.text.strip() else line
