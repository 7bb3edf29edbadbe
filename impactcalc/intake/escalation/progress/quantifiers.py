"""Words that name actions by number or order, all of them, or all but some."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import word_set

ORDER = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_THINGS = r"(?:actions?|steps?|measures?|tasks?|items?|points?|things?|ones?|todos?|bullets?)"
_STAGE = r"(?:stages?|phases?|blocks?|waves?|steps?)"


@cache
def by_number() -> re.Pattern[str]:
    """Compile ``Steps 1 and 2``, ``#3``, ``1, 2``, ``stage 2`` at the start of a clause."""
    number = rf"(?:(?:#|no\.? ?)?[0-9a-h]|(?<!no )(?:{'|'.join(COUNTS)})\b)"
    return re.compile(
        r"(?:in |of |from |for |only |and |now |then )*(?:the )?(?:(?P<kind>stages?|phases?|waves?|"
        r"blocks?|steps?|actions?|items?|points?|measures?|tasks?|numbers?|nos?\.?|nr\.?|#)[ _]?)?"
        rf"(?P<numbers>{number}(?:(?: ?, ?and |, ?| and | ?& ?| ?\+ ?| to | ?- ?| through )"
        rf"{number})*)\)?(?=$| ?[:=(|-] ?|,? (?:is|are|was|were|has|have|been|now|both|all|done|"
        r"not|yet|in (?:progress|work|review|test)|still|being|under|completed?|finished|closed|"
        r"started|running|begun|open|pending|waiting|blocked|planned|scheduled|ok|remains?|"
        r"awaits?|will|"
        r"on hold|had|stands?|went|executed|implemented|half|partly|partially|ongoing|to)\b)"
    )


@cache
def by_order() -> re.Pattern[str]:
    """Compile ``the first two``, ``the last action``, ``the third and fourth steps``."""
    ordinal = rf"(?:{'|'.join(ORDER)}|last|final)"
    return re.compile(
        rf"(?:\bthe |^\W*(?:and )?(?={ordinal} (?!ones?\b|things?\b)(?:{_THINGS}|{_STAGE})\b))"
        rf"(?P<one>{ordinal})(?:(?:,| and|, and) (?:the )?(?P<two>{ordinal}))?"
        rf"(?: (?P<count>{'|'.join(COUNTS)}|[2-9]))?(?: (?P<kind>{_THINGS}|{_STAGE}))?"
        rf"(?= (?:of (?:the |these |those |our )?{_THINGS}|is|are|was|were|has|have|had|done|not|"
        r"in|still|being|under|remains?|waits?|"
        r"will|on|to|awaits?|needs?|must|can|went|did|finished|completed|started|running)\b|$| ?[,:"
        r"(=-])"
    )


_HOW = word_set(
    "all both each every everything neither none no nothing other others remaining remainder rest"
)


def of_all(words: str) -> re.Match[str] | None:
    """Find the words for all actions, or for none, that open a clause."""
    told = not _HOW.isdisjoint(word_pattern().findall(words))
    return _all().match(words) if told else None


@cache
def _all() -> re.Pattern[str]:
    """Compile ``all``, ``both``, ``everything``, ``none``, ``the rest`` at the start."""
    return re.compile(
        r"(?:of these |of those |of the plan |so far |today |now |currently |with that |and |then |"
        r"as for )*(?:the )?(?P<how>everything else|nothing else|all (?:the )?others?|"
        rf"rest|others?|remaining|remainder|all|every|everything|each|both|neither|none|no|nothing)\b"
        r"(?: of| from)?(?: the| our| these| those| this| it| them| planned| other| remaining)*\b"
        rf"(?: (?P<count>{'|'.join(COUNTS)}|[0-9]{{1,6}}))?"
        rf"(?P<things>(?: [a-z-]{{2,20}}){{0,3}}? (?:{_THINGS}|{_STAGE}|plan))?"
        r"(?P<left>[a-z ]{0,30})"
    )


@cache
def goes_on() -> re.Pattern[str]:
    """Compile what may follow ``the rest`` and ``both``, so that they are no adjectives."""
    return re.compile(
        r" *(?:$|(?:of (?:the plan|it|them) )?(?:is|are|has|have|was|were|will|follows?|not|still|"
        r"waits?|remains?|open|pending|done|to come|later|tomorrow|tonight|next|after|comes?|must|"
        r"needs?|can|had|completed?|finished|had to|started|running|in progress|planned|so far)\b)"
    )


@cache
def leaving_out() -> re.Pattern[str]:
    """Compile what leaves actions out: ``except the load tests``, ``but the last``."""
    return re.compile(
        r"\b(?:except(?:ing)?(?: for)?|apart from|other than|save for|besides|barring|"
        r"bar(?= (?:the|one|two|three|our|their|those|these|number|step|action|[0-9]))|"
        r"with the exception of|aside from|(?<=all )but|(?<=everything )but|(?<=actions )but|"
        r"(?<=steps )but) (?P<what>.+)"
    )
