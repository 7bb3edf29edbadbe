"""A clause of a statement: where it begins, and where what it depends on begins."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import holds, may_hold
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


_ENDS = (
    "...",
    *(",", ";", ":", ".", " and ", " but ", " while ", " whereas ", "\n", " - ", " | "),
    *(" nor ", " though ", " although ", " whilst ", " however "),
)


@cache
def _clause_ends() -> re.Pattern[str]:
    """Compile where one clause ends and the next begins."""
    return re.compile(
        r" ?\.{3,} ?| ?:[a-z_]{2,40}:(?=\s|$)|[,;:.](?=\s|$)(?: (?:and|but) (?=[a-z]))?| and "
        r"(?=[a-z])(?!(?:two|three|four|five|six|seven|eight|nine|ten) "
        r"(?:is|are|was|were|has|have)\b)|"
        r"(?<!all)(?<!everything) but (?!for )"
        r"| nor | while | whereas |\n| - | \| | (?:al)?though | whilst | however ",
        re.IGNORECASE,
    )


_CONDITIONS = (
    *("once ", "until ", "till ", "before ", "unless ", "because ", "as soon as ", "provided "),
    *("so that ", "after ", "if ", "when "),
)


@cache
def _subordinate() -> re.Pattern[str]:
    """Compile what a clause depends on: ``starts once the mapping is corrected``."""
    return re.compile(
        r"\b(?:once|until|till|before|unless|because|as soon as|provided(?: that)?|so that|after|"
        r"if|when) (?=[a-z]+ [a-z]+)"
    )


class Clause(NamedTuple):
    """One clause of a statement.

    Parameters
    ----------
    begin, end
        Where it stands: its main part, with the word that opens a condition behind it.
    joint
        What joins it to the clause before.
    depends
        Whether a condition stands before it: ``once that is through we replay the files``.
    """

    begin: int
    end: int
    joint: str
    depends: bool = False


def clauses(text: str, start: int, stop: int) -> Iterator[Clause]:
    """Cut a statement into clauses; conditions are left out.

    Examples
    --------
    >>> text = "It is off, the tests start once it is on"
    >>> [text[one.begin : one.end].strip() for one in clauses(text, 0, len(text))]
    ['It is off', 'the tests start once']
    """
    lower, depends = text.lower(), False
    for begin, end, joint in _cuts(text, start, stop):
        main = _main_end(lower, begin, end)
        if main > begin:
            yield Clause(begin, main, joint, depends)
            depends = False
            continue
        depends = True
        begin = _after_condition(lower, begin, end)  # noqa: PLW2901 - the same clause, cut
        if begin < end:
            yield Clause(begin, end, joint, depends)
            depends = False


def _cuts(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Cut at marks and joining words, each piece with what stands before it."""
    joint = ""
    cut = may_hold(text.lower(), _ENDS)
    for match in _clause_ends().finditer(text, start, stop) if cut else ():
        word = match[0].strip()
        if word == "but" and _but_one().search(text, start, match.start()):
            continue
        if word == "and" and _joins_stages(text, start, match.span()):
            continue
        if match.start() > start:
            yield start, match.start(), joint
            joint = match[0]
        else:
            joint = joint or match[0]
        start = match.end()
    if start < stop:
        yield start, stop, joint


@cache
def _but_one() -> re.Pattern[str]:
    """Compile what ``but`` takes something from: ``all museums``, ``every site``."""
    return re.compile(
        r"\b(?:all|every|each|everywhere)(?: the| our)?(?: [a-z-]+){0,4}\Z", re.IGNORECASE
    )


def _joins_stages(text: str, begin: int, joint: tuple[int, int]) -> bool:
    """Whether ``and`` stands within ``all immediate and short-term actions``."""
    if not holds(text, _STEPS) or _of_stage().fullmatch(text, begin, joint[0]) is None:
        return False
    return _stage_follows().match(text, joint[1]) is not None


_STEPS = (" actions", " steps", " measures", " tasks", " items", " points")


@cache
def _of_stage() -> re.Pattern[str]:
    """Compile what ``and`` joins another stage to: ``none of the short-term``."""
    return re.compile(
        r"\W*(?:all|none|both|neither|each|every|no)(?: of)?(?: the)? [a-z-]+", re.IGNORECASE
    )


@cache
def _stage_follows() -> re.Pattern[str]:
    """Compile the name of a stage and what belongs to it: ``long-term actions``."""
    return re.compile(r"[a-z-]+ (?:actions|steps|measures|tasks|items|points)\b", re.IGNORECASE)


def _main_end(lower: str, begin: int, end: int) -> int:
    """Give where the main part of a clause ends, behind the word that opens a condition."""
    told = holds(lower, _CONDITIONS)
    for match in _subordinate().finditer(lower, begin, end) if told else ():
        if re.search(r"[a-z]", lower[begin : match.start()]) is None:
            return begin
        if not _of_noun().fullmatch(lower, begin, end):
            return match.end()
    return end


@cache
def _of_noun() -> re.Pattern[str]:
    """Compile ``the check before each rollover is planned``: ``before`` tells of which check."""
    verb = r"(?:is|are|was|were|has|have|had|will|not)\b"
    return re.compile(
        rf" *(?:(?!{verb})[a-z0-9'-]+ +)+?before (?:(?:every|each|any|the|all) )?[a-z-]+ {verb}.*"
    )


def _after_condition(lower: str, begin: int, end: int) -> int:
    """Give where the main part begins behind a condition that opens a clause."""
    match = re.compile(r" (?=(?:we|they)(?: will|'ll| can)? [a-z]+)").search(lower, begin, end)
    return match.end() if match and match.start() > begin + _SHORT else end


_SHORT = 12  # characters of the shortest condition
