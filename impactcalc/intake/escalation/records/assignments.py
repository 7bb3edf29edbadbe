"""Fields as assignments: ``priority=2 - High``, ``| state = Degraded`` of a wiki's box."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import (
    TELLING,
    blank,
    compose,
    key_words,
    trimmed,
)
from impactcalc.intake.escalation.records.schedules import holds_schedule
from impactcalc.intake.escalation.records.settings import (
    is_nested,
    nested_entries,
    section_head,
)
from impactcalc.intake.escalation.records.trees import written
from impactcalc.intake.escalation.words.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 3  # assignments one below the other that make a record
_FEWEST_KNOWN = 2  # of them whose names announce facts
_SECTION = 2  # level of a heading


@cache
def _assignment() -> re.Pattern[str]:
    """Compile the name before an equals sign: one word, or some with blanks around the sign."""
    return re.compile(
        r"(?:\| ?|! ?|(?:set|export|let) )?([A-Za-z][\w.\-]{0,59})(?:\[[0-9]{1,3}\])?[ \t]*=[ \t]*|"
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
    found = False  # after a first record in a text a single assignment is one, too
    while index < len(lines):
        opens = matches[index] or section_head().match(lines[index].raw)
        end, is_record = _run(lines, matches, index) if opens else (index + 1, False)
        if is_record or (found and matches[index]):
            found = True
            result.extend(_record(lines[index:end], matches[index:end]))
        else:
            result.extend(lines[index:end])
        index = end
    return result


def _on_one_line(line: Line) -> Iterator[Line]:
    """Write the assignments of a line that holds nothing else, one line each."""
    matches = list(_pair().finditer(line.text)) if line.text.count("=") > 1 else []
    known = {field_of(key_words(match[1])) for match in matches} - {""}
    covered = sum(match.end() - match.start() for match in matches)
    start = matches[0].start() if matches else 0
    lead = line.text[:start].strip()
    told = len(known) >= (1 if lead else _FEWEST_KNOWN) and covered >= len(
        line.text[start:].strip()
    )
    if not told or (lead and not _is_lead(lead)):
        yield line
        return
    if lead:
        yield compose(line, trimmed(line.text, 0, start))
    for match in matches:
        yield compose(line, f"{key_words(match[1])}: ", trimmed(line.text, *match.span(2)))


def _is_lead(words: str) -> bool:
    """Whether words before assignments are those of a log: its time, and what it calls the line."""
    return len(words.split()) <= _LONGEST_LEAD and words[-1].isalnum()


_LONGEST_LEAD = 5  # words


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
    quoted = False  # within a text between three quotation marks
    while index < len(lines) and (quoted or matches[index] or _goes_on(lines[index])):
        match = None if quoted else matches[index]
        quoted ^= lines[index].text.count('"""') == 1
        if match:
            count += 1
            known.add(field_of(key_words(match[1] or match[2])))
            end = index + 1
        elif lines[index].text.strip():
            end = index + 1
        index += 1
    known.discard("")
    is_record = count >= _FEWEST and len(known) >= _FEWEST_KNOWN
    if is_record and not known.isdisjoint(TELLING):
        return end, True
    run = lines[start:end], matches[start:end]
    return end, is_nested(*run) and holds_schedule(nested_entries(*run))


def _goes_on(line: Line) -> bool:
    """Whether a line may stand inside of a record: indented, blank, a comment or a section."""
    return (
        not line.text.strip() or line.text[0] in " \t#;]}" or bool(section_head().match(line.raw))
    )


def _record(lines: Sequence[Line], matches: Sequence[re.Match[str] | None]) -> Iterator[Line]:
    """Write the fields of one line first, then those of several lines as sections."""
    if is_nested(lines, matches):
        yield from written(nested_entries(lines, matches), _SECTION, "")
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


_INDENTED = frozenset({" ", "\t"})


def dedented(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out the blanks that all of some lines begin with."""
    worded = [line.text for line in lines if line.text.strip()]
    common = min((len(text) - len(text.lstrip()) for text in worded), default=0)
    for line in lines:
        yield compose(line, (common, len(line.text))) if line.text.strip() else line
