"""What is usual: whether the words right beside a figure call it normal."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import (
    DIGITS,
    ends_in,
    holds,
    is_word_part,
    word_set,
)

if TYPE_CHECKING:
    from impactcalc.intake.escalation.figures.mention import Mention
    from impactcalc.intake.escalation.structure.statements import Statement

_ORDINARY = ("normal", "usual", "typical", "ordinary", "customary", "the usual", "the normal")
_NORMAL_AFTER = (
    *("on a normal day", "normally", "usually", "in normal", "on normal days", "as usual"),
    *("were enough", "was enough", "used to be enough", "sufficed", "did before"),
    *("would be usual", "would be normal", "is the norm", "on an ordinary day", "on other days"),
    *("in ordinary times", "in normal times", "before the"),
    *("on a good day", "in good times", "on good days"),
    *(
        *(f"{verb} {word}" for verb in ("is", "are", "was", "were") for word in _ORDINARY),
        *("would be", "used to be", "is what they are used to", "is what you are used to"),
        *(
            "is what we had",
            "is what we have on",
            "is what we are used to",
            "is the figure we know",
            "is what it should",
            "otherwise",
        ),
        "at normal",
        "under normal",
        "baseline",
    ),
)
_NORMAL_BEFORE = (
    *("normal", "normally", "usual", "usually", "typical", "typically", "baseline", "instead of"),
    *("compared to", "compared with", "against", "versus", "vs", "was", "were", "used to be"),
    *("rather than", "ordinary", "ordinarily", "before", "up from", "never above", "expected"),
    *(
        "formerly",
        "healthy",
        "otherwise",
        "regularly",
        "previously",
        "as a rule",
        "in normal operation",
    ),
    *("on a normal day", "than the usual", "should be", "should take", "ought to be"),
    *("on an ordinary day", "in normal times", "on other days", "on a good day"),
    *("know at", "knows at", "knew at", "used to see in"),
    *("know it at", "knows it at", "know it to be", "used to", "accustomed to", "know it with"),
    *("as opposed to", "norm", "reference value", "where it was"),
    *("on a quiet day", "on quiet days", "in a quiet week", "on an average day", "in quiet times"),
    *("in an ordinary week", "in a normal week", "on an ordinary evening", "on a normal evening"),
    *("used to take", "used to need", "used to wait", "in good times", "on good days"),
)
_BETWEEN = word_set(
    "value figure level time times is was are of at about around below under well the a usual "
    "normal roughly latency response takes take it up to less than some approximately within just "
    "only in needs need needed lasts this that there here arrives arrive answers answer responds "
    "opens loads completes complete runs done finished works value values never not more most no "
    "in under after perhaps maybe ready "
    "season day week month hours night"
)
_NORMAL_THINGS = (" latency", " time", " times", " response", " duration")


@cache
def _normal_thing() -> re.Pattern[str]:
    """Compile ``normal latency`` with up to three words between."""
    return re.compile(
        r"\b(?:normal|usual|typical|baseline) (?:[a-z-]+ ){0,3}"
        r"(?:latency|times?|response|duration)$"
    )


def is_normal(statement: Statement, mention: Mention) -> bool:
    """Whether the words around a value call it normal."""
    before = statement.lower[max(0, mention.start - 60) : mention.start]
    return is_normal_before(before) or _is_normal_after(statement.lower[mention.end :])


def is_normal_before(before: str) -> bool:
    """Whether the words right before a value call it normal, with small words between."""
    before = before.removesuffix("\n")
    if _names_normal_thing(before) or _on_other_days(before):
        return True
    if before[-1:] in {"~", "<", "\u2264"}:
        before = before[:-1]
    words = before.rstrip(" :=")
    while not ends_in(words, _NORMAL_BEFORE):
        words, blank, small = words.rpartition(" ")
        if not blank or small not in _BETWEEN:
            return False
        words = words.rstrip(" :=")
    return True


def _on_other_days(before: str) -> bool:
    """Whether a text ends in ``on other nights after`` or ``in a quiet week within``."""
    return holds(before[-_SOON_AFTER:], _CALM) and _other_days().search(before) is not None


_SOON_AFTER = 40  # characters
_CALM = ("other ", "normal ", "ordinary ", "usual ", "quiet ", "good ", "average ", "calm ")


@cache
def _other_days() -> re.Pattern[str]:
    """Compile the days of a calm time right before a figure."""
    return re.compile(
        r"\b(?:on|in|at) (?:an? |the )?(?:other|normal|ordinary|usual|quiet|good|average|calm) "
        r"(?:(?:working|week) ?)?(?:days?|nights?|mornings?|evenings?|weeks?|shifts?|times"
        r"|weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
        r"(?:,? (?:it|that|they|one|takes?|is|are|was|after|in|within|about|needs?"
        r"|we|you|see|sees|get|have|had|wait|waits)){0,4}[ ~<]*$"
    )


def _names_normal_thing(before: str) -> bool:
    """Whether a text ends in ``normal response time is:``."""
    words = before.removesuffix(" ").removesuffix(":")
    verb = next((one for one in (" is", " was", " of", " at") if words.endswith(one)), "")
    words = words.removesuffix(verb)
    return words.endswith(_NORMAL_THINGS) and _normal_thing().search(words) is not None


_SOON = 12  # characters
_UNTIL = tuple(f"before {one} " for one in ("it", "they", "he", "she", "you", "we", "anything"))


@cache
def _known() -> re.Pattern[str]:
    """Compile ``is what drivers know``, ``is all that they were used to``."""
    return re.compile(
        r"(?:is|was|are|were) (?:what|all(?: that)?) (?:[a-z-]+ ){1,4}?"
        r"(?:knows?|knew|expect(?:s|ed)?|remembers?|used to|accustomed|had|like)\b"
    )


@cache
def _until() -> re.Pattern[str]:
    """Compile what is waited for: ``before a book starts to play``."""
    return re.compile(
        r"before (?:[a-z-]+ ){1,3}?(?:starts?|begins?|opens?|appears?|loads?|plays?|shows?|comes?"
        r"|arrives?|answers?|responds?|connects?|rings?|moves?|(?:is|are) (?:there|ready|shown))\b"
    )


def _is_normal_after(after: str) -> bool:
    """Whether the words right after a value call it normal: ``(2 s) normally``."""
    words = after.lstrip()
    if " what " in words[:_SOON] or " all " in words[:_SOON]:
        return _known().match(words) is not None or words.startswith(_NORMAL_AFTER)
    if words.startswith(_UNTIL) or (words.startswith("before ") and _until().match(words)):
        return False  # "15 s before it starts"
    bracket, _, _ = words[1:].partition(")")
    if words[:1] == "(" and DIGITS.isdisjoint(bracket) and bracket.startswith(_ORDINARY):
        return True  # "(normal)", and no "(normally 2 s)"
    for lead in ("", ")", "is"):
        rest = words.removeprefix(lead).lstrip() if words.startswith(lead) else ""
        if rest.startswith(_NORMAL_AFTER):
            return True
        if rest.startswith("before") and not is_word_part(rest[len("before") :][:1]):
            return True
    return False
