"""The affected ones among several counts of people in a sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import renewed
from impactcalc.intake.escalation.facts.counted import what_is_counted, words_after
from impactcalc.intake.escalation.figures.mention import Kind
from impactcalc.intake.escalation.words.vocabulary import ends_in, holds, may_hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.figures.mention import Mention
    from impactcalc.intake.escalation.structure.statements import Statement

PLAIN_CUES = (
    "in vain",
    "it concerns",
    "this concerns",
    "it affects",
    "it hits",
    "affected",
    "impacted",
    "are hit",
    "were hit",
    "users hit",
    "locked out",
    "hit an",
)
CUES = (
    "online",
    "cannot",
    "can't",
    "unable",
    "suffer",
    "experienc",
    "waiting",
    "without",
    "see ",
    "hit",
    "stuck",
    "in front of",
    "stare",
    "turned away",
    "concerned",
    "queue",
    "unavailable",
    "idle",
    "stand still",
    "blocked",
    "work with",
    "works with",
    "work on paper",
    "work like th",
    "works like th",
    "by hand",
    "by paper",
    "on each shift",
    "are driving",
    "depend on",
    "rely on",
    " use ",
    "affects",
    "no access",
    "lost access",
    "not able",
    " wait",
    "kicked out",
    "logged out",
    "complain",
    "trouble",
    "get an",
    "error page",
    "get errors",
    "receive",
    "have problems",
    "notice",
    "feel ",
    "seen ",
    *("inconvenien", "hamper", "hinder", "nothing to do", "users out", "staff out", "people out"),
    *("could not", "couldn't", "no longer", "stranded", "blind", "offline", "got ", "face "),
    *(
        "guess ",
        "speaks of",
        "speak of",
        "stood",
        "queued",
        "facing",
        "right now",
        "at the moment",
        "in the dark",
        "sent home",
        "are down",
        "had to",
    ),
    *(
        "need the",
        "need it",
        "needs the",
        "have to",
        "lose ",
        "lost ",
        "struggl",
        "fail to",
        "left ",
        "interrupt",
        "disrupt",
        "miss ",
    ),
)
_ASIDE = (
    *("anyway", "in any case", "noticed nothing", "still can", "can still", "unharmed"),
    *(
        "fine",
        "not affected",
        "unaffected",
        "not touched",
        "from our side",
        "joined",
        "on our side",
    ),
    *(" hold a", " holds a", "order through", "are not ", "is used by", "used by", "work on it"),
    *(
        "compared with",
        "compared to",
        "outage",
        "first ",
        "we thought",
        "at first",
        "do not notice",
    ),
    *("notice nothing", "open as usual", "last time", "other customer", "in reserve", "in total"),
)
"""Words of a clause whose people are others than the affected ones."""
_SINGLING = ("only", "just", "it is the", "it is", "but the", "nobody but the", "these are")
"""Words right before the count that a sentence singles out."""


def affected_of(statement: Statement, people: Sequence[Mention]) -> Sequence[Mention]:
    """Give the count of people that a sentence calls affected; at most one.

    Parameters
    ----------
    statement
        The sentence.
    people
        Its counts of people, in order.
    """
    inner = [mention for mention in people if is_inner(statement, mention)]
    inner = inner or [mention for mention in people if _is_singled_out(statement, mention)]
    settled = _settled(statement) if people else None
    if settled is not None:
        return [settled]
    if inner or len(people) < _SEVERAL:
        return [_risen(statement, one) for one in (inner or people)[:1]]
    if statement.is_correction and (newer := renewed(statement, people)) is not None:
        return [newer]
    return [max(people, key=lambda one: _plainness(statement, one, people))]


def _settled(statement: Statement) -> Mention | None:
    """Give the count that a sentence settles on: ``first 220 growers, then 260; we use 260``."""
    if not holds(statement.lower, _SETTLING):
        return None
    for mention in reversed(statement.mentions):
        if mention.kind is Kind.COUNT and ends_in(
            statement.lower[: mention.start].rstrip("~ "), _SETTLING
        ):
            return mention
    return None


_SETTLING = tuple(
    f"{who} {verb}"
    for who in ("we", "we now", "i", "please")
    for verb in ("use", "go with", "work with", "take", "go by", "count", "keep to")
)
_SEVERAL = 2


def _is_singled_out(statement: Statement, mention: Mention) -> bool:
    """Whether these alone are affected: ``28 clerks and 60 porters, only the clerks are hit``."""
    if not may_hold(statement.lower, ("only the ",)):
        return False
    match = _only_those().search(statement.lower, mention.end)
    return match is not None and match[1] in words_after(statement, mention)[:2]


@cache
def _only_those() -> re.Pattern[str]:
    """Compile ``only the clerks are affected``."""
    return re.compile(
        r"\bonly the ([a-z-]+) (?:(?:are|were|is) (?:affected|impacted|hit|concerned|blocked|stuck)"
        r"|cannot|can't|suffer|have (?:the|this) problem)\b"
    )


def _plainness(statement: Statement, mention: Mention, people: Sequence[Mention]) -> int:
    """Tell how plainly the words around a count call these people affected."""
    begin = max((one.end for one in people if one.end <= mention.start), default=0)
    end = min((one.start for one in people if one.start >= mention.end), default=None)
    before = statement.lower[begin : mention.start]
    after = statement.lower[mention.end : end]
    before = before[max(before.rfind(mark) for mark in PARTING) + 1 :]
    after = after[: min((at for mark in PARTING if (at := after.find(mark)) >= 0), default=None)]
    told = 3 * holds(after, PLAIN_CUES) or int(holds(f"{after} ", CUES))
    told += told == 1 and holds(after, _SUFFERING)  # "33 in the queue, 2,300 stranded"
    singled = ends_in(before.rstrip("~ "), _SINGLING)
    aside = holds(before, _ASIDE) or holds(after, (*_ASIDE, *_SPEAKING))
    return told + singled - 3 * aside


_SUFFERING = (
    *("cannot", "can't", "could not", "couldn't", "unable", "stranded", "stuck", "without"),
    *("locked out", "blocked", "no longer", "not able", "lost "),
)
"""Words for those whom it hits, and no more that they wait or are there."""


PARTING = (";", ". ", ", ", " but ", " while ", " whereas ")
"""What parts the clauses of a sentence."""


def _risen(statement: Statement, mention: Mention) -> Mention:
    """Take the second figure of ``rose from 300 to 420``."""
    before = statement.lower[: mention.start].rstrip("~ ")
    if mention.high is None or not ends_in(before, ("from",)):
        return mention
    return mention._replace(low=mention.high, high=None)


def is_inner(statement: Statement, mention: Mention) -> bool:
    """Whether a figure is the affected part of one before: ``of these 600 cannot work``."""
    before = statement.lower[: mention.start].rstrip("~ (,").split()
    if before[-1:] and before[-1] in {"the", "some", "about", "roughly", "around"}:
        before.pop()
    inside = before[-2:-1] == ["of"] and before[-1] in {"these", "them", "whom", "which", "those"}
    following = statement.lower[mention.end :][:_NEAR]
    part = following.startswith((" of them", " of these", " of those", " of whom"))
    earlier = any(one.end <= mention.start for one in statement.mentions)
    told = holds(following, (*PLAIN_CUES, *CUES)) and not holds(following, _SPEAKING)
    return earlier and told and (inside or part or _is_out_of_whole(statement, mention))


_SPEAKING = ("complain", "called", "reported", "wrote", "phoned", "asked")
"""Words of those who say so: others are affected, too."""


def _is_out_of_whole(statement: Statement, mention: Mention) -> bool:
    """Whether the people right before are a whole: ``out of 900 pickers some 120 stand idle``."""
    before = [one for one in statement.mentions if one.end <= mention.start]
    whole = before[-1] if before else None
    if whole is None or what_is_counted(statement, whole) != "people":
        return False
    lead = statement.lower[: whole.start].rstrip("~ ")
    lead = next((lead.removesuffix(one) for one in _ABOUT if lead.endswith(one)), lead)
    if len(before) > 1 and before[-2].end > len(lead) - _OF_PART:
        return False  # "88 of the 240 judges" have their part
    return ends_in(lead, ("of", "of the", "of our", "of their", "of all", "of its"))


_ABOUT = (" roughly", " about", " around", " some", " nearly", " approximately", " circa")
_OF_PART = 14  # characters between a part and its whole: "88 of the 240"
_NEAR = 56  # characters after a figure in which the words stand that tell of those people
