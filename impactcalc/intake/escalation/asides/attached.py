"""Other cases attached: the summary of an older or closed case, pasted for comparison."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.asides.outline import (
    ends_part,
    indent,
    is_underline,
    label_of,
    level_of,
    rule_title,
)
from impactcalc.intake.escalation.asides.part import Part, parts_in
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_LONGEST = 200  # characters of what announces another case
_NEAR = 14  # lines with words in which its form begins
_FORM = frozenset({"id", "customer", "priority", "status", "created", "escalated"})
_FIELDS = 2  # of the head of a form
_TWO = 2
_CASES = ("summary", "case", "ticket", "escalation", "incident", "record", "report", "form")
_OLDER = ("clos", "old", "previous", "earlier", "former", "last ", "archive", "resolved", "compar")


@cache
def _other_case() -> re.Pattern[str]:
    """Compile ``old summary``, ``summary of the closed case``, ``for comparison``."""
    old = (
        r"old|older|previous|earlier|former|prior|closed|last (?:year|month|spring|summer|autumn|"
        r"winter)(?:'s)?|archived?|historical|resolved|unrelated|different|another|other"
    )
    case = r"summary|summaries|case|ticket|escalation|incident|report|record|form|outage"
    return re.compile(
        rf"\b(?:{old})\b(?: (?!and\b|or\b)[a-z']+){{0,3}},? (?:{case})\b"
        rf"|\b(?:{case})\b(?: (?:of|from)(?: the| an?)?)?(?: [a-z]+){{0,2}},?(?: -)? \(?(?:{old})\b"
        r"|\bfor comparison\b|\bnot part of th(?:is|e) (?:case|ticket|escalation)\b"
        r"|\b(?:not|does not|do not) belong to this\b|\b(?:different|another|other) customer\b"
    )


@cache
def _pasted() -> re.Pattern[str]:
    """Compile the word that a sentence announces an attachment with."""
    return re.compile(
        r"\b(?:attached|pasted|appended|enclosed|copied|quoted|added|kept|follows|below|"
        r"at the end)\b"
    )


def find_attached(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Part]]:
    """Find the summaries of other cases."""
    parts = parts_in(len(lines), lambda at: _end_of(lines, at) if _opens(lines, at) else 0)
    return lines, [*parts] or _announced(lines)


@cache
def _closed_case() -> re.Pattern[str]:
    """Compile what a rule above another form may say instead: ``history``, ``closed``."""
    return re.compile(
        r"\b(?:closed|resolved|settled|archived?|history|for information|unrelated|do not mix)\b"
    )


def _is_other(words: str) -> bool:
    """Whether words announce another case."""
    return len(words) <= _LONGEST and _other_case().search(words.lower()) is not None


def _opens(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the title of another case, and the head of a form stands below it."""
    line = lines[index]
    text = line.text.strip()
    if not text or len(text) > _LONGEST:
        return False
    title = rule_title(line)
    label, value = label_of(text)
    attached = (label or text).lower().startswith(("attach", "appendix", "annex", "enclos"))
    alone = _stands_alone(lines, index) and text[-1] != "."
    if not (title or attached or ((level_of(lines, index) or alone) and not (label and value))):
        return False
    other = _is_other(title or text)
    other = other or (bool(title) and _closed_case().search(title.lower()) is not None)
    return other and _has_form(lines, index + 1)


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether blank lines stand around a line."""
    around = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    return not any(line.text.strip() for line in around)


def _has_form(lines: Sequence[Line], index: int) -> bool:
    """Whether the head of a form begins here: two of its labels in a few lines."""
    found: set[str] = set()
    seen = 0
    for at in range(index, len(lines)):
        text = lines[at].text
        if not text.strip() or is_underline(text):
            continue
        seen += 1
        label, value = label_of(text)
        if label and value and (field := field_of(label)) in _FORM:
            found.add(field)
        if len(found) >= _FIELDS:
            return True
        if seen >= _NEAR:
            break
    return False


def _end_of(lines: Sequence[Line], index: int) -> int:
    """Give the index behind another case: at the next title of its kind, or at the end."""
    first = lines[index]
    titled = bool(rule_title(first))
    level = level_of(lines, index) if first.text.lstrip()[:1] == "#" and not titled else 0
    inner = next((at for at in range(index + 1, len(lines)) if lines[at].text.strip()), index)
    deep = indent(lines[inner].text) if indent(lines[inner].text) > indent(first.text) else 0
    for at in range(index + 1, len(lines)):
        line = lines[at]
        if not line.text.strip():
            continue
        if line.quoted < first.quoted or line.quoted < lines[inner].quoted:
            return at
        if deep and indent(line.text) < deep:
            return at
        if ends_part(line.text):
            return at + 1
        if rule_title(line) and not is_underline(line.text):
            return at
        if level and 0 < level_of(lines, at) <= level and line.text.lstrip()[:1] == "#":
            return at
    return len(lines)


def _announced(lines: Sequence[Line]) -> list[Part]:
    """Find a second form that a sentence of the first one calls another, pasted case."""
    heads = _form_heads(lines)
    if len(heads) < _TWO:
        return []
    for line in lines[: heads[1]]:
        for sentence in line.text.lower().replace("; ", ". ").split(". "):
            older = holds(sentence, _CASES) and holds(sentence, _OLDER)
            if older and len(sentence) < _LONGEST and _pasted().search(sentence):
                return [Part(heads[1], len(lines))]
    return []


def _form_heads(lines: Sequence[Line]) -> list[int]:
    """Give where the heads of forms begin: an underlined title, and labels below it."""
    return [
        at
        for at, line in enumerate(lines)
        if line.text[:1].strip() and level_of(lines, at) == 1 and _opens_form(lines, at + 1)
    ]


def _opens_form(lines: Sequence[Line], index: int) -> bool:
    """Whether the first words below a title are a field of a form's head."""
    for at in range(index, len(lines)):
        text = lines[at].text
        if text.strip() and not is_underline(text):
            label, value = label_of(text)
            return bool(value) and field_of(label) in _FORM
    return False
