"""Two times of one sentence, of which the words of its own clause call one normal."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.words.vocabulary import ends_in
from impactcalc.units.dimension import SECONDS_BY_UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_PAIR = 2
_COMPARING = (
    "against",
    "instead of",
    "rather than",
    "as opposed to",
    "versus",
    "vs",
    "compared to",
)
_WORDS_AFTER = 40  # characters behind the last time that still belong to its clause


@cache
def _cut() -> re.Pattern[str]:
    """Compile where the clause of the next time may begin."""
    return re.compile(
        r"[,;()|]| - |: |(?= (?:now|where|while|whereas|but|which|instead|against|rather|as opposed"
        r"|compared|versus|vs|than|after|before|when|and|on|in normal|normally|usually|ordinarily"
        r"|from|was|were|it|takes|needs|lasts)\b)"
    )


@cache
def _usual() -> re.Pattern[str]:
    """Compile the words of a clause about what is usual."""
    return re.compile(
        r"\b(?:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|baseline|ordinar(?:y|ily)|otherwise|norm"
        r"|healthy|before|formerly|previously|earlier|regular(?:ly)?|customar(?:y|ily)|expected"
        r"|used to|good (?:day|days|times|week)|(?:other|normal|quiet|calm|average|ordinary) "
        r"(?:[a-z]+ )?(?:days?|weeks?|times|evenings?|nights?|months?|mornings?|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
        r"|should|ought|reference|instead of|rather than|as opposed to|against|compared (?:to|with)"
        r"|versus|vs|never (?:above|more|over|took)|generally|as a rule|accustomed|the rule"
        r"|until (?:last )?(?:yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
        r"|week|month|january|february|march|april|may|june|july|august|september|october"
        r"|november|december))\b"
    )


@cache
def _past() -> re.Pattern[str]:
    """Compile the words of a clause about what was so, usual or not."""
    return re.compile(
        r"\b(?:was|were|had been|took|needed|lasted|yesterday|in the past"
        r"|(?:last|previous) (?:week|month|night))\b"
    )


@cache
def _present() -> re.Pattern[str]:
    """Compile the words of a clause about what is so in the incident."""
    return re.compile(
        r"\b(?:now|currently|today|at the moment|at present|these days|since|meanwhile|takes|needs"
        r"|right now|presently|lately|this (?:morning|week|afternoon)|has (?:risen|grown|climbed)"
        r"|rose|climbed|jumped|grew|increased|up to)\b"
    )


def contrasted(statement: Statement, times: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Tell the normal time from the present one by the words of their clauses.

    Parameters
    ----------
    statement
        The sentence.
    times
        Its times that may be response times.

    Returns
    -------
    tuple or None
        Normal and present value; None where the words do not tell.
    """
    if len(times) != _PAIR:
        return None
    first, second = times
    if ends_in(statement.lower[: second.start].rstrip("~< "), _COMPARING):
        return second, first
    early, late = _clauses(statement, first, second)
    usual = [bool(_usual().search(words)) for words in (early, late)]
    if not any(usual):
        usual = [bool(_past().search(words)) for words in (early, late)]
    now = [bool(_present().search(words)) for words in (early, late)]
    if usual[0] != usual[1]:
        return (first, second) if usual[0] and not now[0] else _if(usual[1], second, first)
    if all(usual) and now[0] != now[1]:
        return (second, first) if now[0] else (first, second)
    if _grew_from(statement, second):
        return second, first
    return None


def _if(holds: bool, normal: Mention, now: Mention) -> tuple[Mention, Mention] | None:
    """Give a pair where it holds."""
    return (normal, now) if holds else None


def _grew_from(statement: Statement, second: Mention) -> bool:
    """Whether the second time is where it grew from: ``rose to 7 s (from 1 s)``."""
    before = statement.lower[: second.start].rstrip("~ ")
    return before.endswith(("from", "up from"))


def _clauses(statement: Statement, first: Mention, second: Mention) -> tuple[str, str]:
    """Give the words that belong to each of two times."""
    gap = statement.lower[first.end : second.start]
    cuts = [match.start() for match in _cut().finditer(gap)]
    cut = cuts[0] if cuts else len(gap)
    end = min(len(statement.lower), second.end + _WORDS_AFTER)
    stop = re.search(r"[.;,()]", statement.lower[second.end : end])
    end = second.end + stop.start() if stop else end
    return statement.lower[: first.end + cut], gap[cut:] + statement.lower[second.end : end]


def tells_usual(statement: Statement, mention: Mention) -> bool:
    """Whether the clause of a time is about what is usual, and not about now."""
    clause = statement.clause(mention, ": ")
    return _plainly_usual().search(clause) is not None and _present().search(clause) is None


@cache
def _plainly_usual() -> re.Pattern[str]:
    """Compile words that call a lone time usual; "9 s before it starts" is none."""
    return re.compile(
        r"\b(?:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|ordinarily|otherwise|as a rule|used to|"
        r"generally|reference|baseline|customarily|good days?|"
        r"before (?:that|then|the [a-z ]{3,40}?),? it (?:took|needed|was)"
        r"|before the (?:outage|incident|fault|failure|update|upgrade|change|migration|release"
        r"|rollout|patch|move)[a-z ,]{1,40}(?:took|needed|was|within|in))\b"
    )


def was_so(lower: str) -> bool:
    """Whether a sentence tells what was so before: ``that took 2 s in April``."""
    return _past().search(lower) is not None and _earlier().search(lower) is not None


@cache
def _earlier() -> re.Pattern[str]:
    """Compile when something was so that is no more."""
    return re.compile(
        r"\b(?:in (?:january|february|march|april|may|june|july|august|september|october|november"
        r"|december|spring|summer|autumn|winter)|last (?:week|month|year|friday|spring|autumn)"
        r"|(?:week|month|fortnight|year)s? (?:ago|before)|before (?:that|then)|until then)\b"
    )


def elliptic(statement: Statement, times: Sequence[Mention]) -> Mention | None:
    """Give a bare figure the unit of the only time beside it: ``takes 25 s, 3 would be normal``."""
    if len(times) != 1 or times[0].unit not in SECONDS_BY_UNIT:
        return None
    for mention in statement.mentions:
        if mention.kind is not Kind.COUNT or not mention.bare or mention.high is not None:
            continue
        follows = mention.start > times[0].end
        if follows and _stands_alone(statement, mention):
            factor = SECONDS_BY_UNIT[times[0].unit]
            return mention._replace(
                kind=Kind.TIME, low=mention.low * factor, unit=times[0].unit, bare=False
            )
    return None


def _stands_alone(statement: Statement, mention: Mention) -> bool:
    """Whether no noun follows a figure."""
    rest = statement.lower[mention.end :].lstrip(" )")
    return not rest or rest[0] in ".,;!" or rest.startswith(("would ", "is ", "was ", "were "))
