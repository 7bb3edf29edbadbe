"""The share of an action that is done: ``2 of 5``, ``62%``, ``on some of the nodes``."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.words.vocabulary import holds, joins_digits
from impactcalc.intake.escalation.words.wording import stem

_WHOLE = 100  # percent; nothing is done to more
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MORE_COUNTS = {
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "none": 0,
}
_NUMBER = rf"([0-9][0-9,.]{{0,12}}|{'|'.join((*_COUNTS[1:], *_MORE_COUNTS))}|all)"


@cache
def _fraction() -> re.Pattern[str]:
    """Compile ``2 of 5``, ``two regions of five``, ``11 out of 17``, ``3/20``, ``62%``."""
    return re.compile(
        rf"(?<![0-9][:.])\b{_NUMBER}(?: [a-z-]{{3,15}})?(?: out)? of (?:the |about |some |around "
        rf"|all |our |its |their |roughly |nearly |almost |approximately )?{_NUMBER}\b|"
        r"\b([0-9][0-9,.]{0,12}) ?/ ?([0-9][0-9,.]{0,12})\b"
        r"(?! [0-9]{1,2}[:.])|\b([0-9]{1,3}(?:\.[0-9]+)?) ?(?:%|per ?cent\b)"
    )


_FRACTION = r"(?:a|one|two|three|four)[ -](?:third|quarter|fifth|sixth|eighth|tenth)s?"


@cache
def _of_whole() -> re.Pattern[str]:
    """Compile ``of the 900 old labels 300 have been``: the whole stands before its part."""
    return re.compile(
        rf" *of (?:the |all |our |its |their )?{_NUMBER}(?:[ ,]+[a-z-]{{2,20}}){{0,4}}[ ,]+"
        rf"{_NUMBER} (?:is|are|was|were|has|have)\b"
    )


@cache
def _some_of() -> re.Pattern[str]:
    """Compile ``on two of the mounts``, ``half the traffic``, ``a third of it``: so not all."""
    return re.compile(
        r"\b(?:one|two|three|four|five|six|[0-9]+|some|most|half|part|parts|several|many|a few|"
        rf"a part|the majority|the bulk|a handful|{_FRACTION}) "
        r"of (?:the|our|their|its|them|it|these|those)\b"
        r"(?! (?:[0-9]|two|three|four|five|six|seven|eight|nine|ten)\b)"
    )


@cache
def _all_but() -> re.Pattern[str]:
    """Compile ``all museums but one``, ``bar the last``, ``in Rome only``: so not all."""
    return re.compile(
        r"\b(?:all|every|everywhere)(?: the| our)?(?: [a-z-]+)? "
        r"(?:but|except|save|bar)\b(?! for all)|\bbut for (?!all)"
        r"|\bbar the\b|\b(?:in|on|at) (?!test|staging|lab|qa|sandbox|dev|pre)[a-z]+ only\b"
        r"|\b(?:three quarters|two thirds)\b"
    )


@cache
def _first_of() -> re.Pattern[str]:
    """Compile ``the first of two clusters``."""
    return re.compile(
        r"\b(?:first|second) of (?:the |our )?(?:[0-9]|two|three|four|five|six|several)"
    )


@cache
def _ratio_words() -> re.Pattern[str]:
    """Compile words whose percentage is an effect and no share of work."""
    return re.compile(
        r"\b(?:errors?|success|ratio|rates?|cpu|memory|usage|utili[sz]ation|load|availability|"
        r"do not|does not|don't|doesn't|fail|fails|failed|cannot|slow|affected|rejected|refused|"
        r"hit|down to|back (?:to|at)|normal|fell|rose|dropped|climbed)\b|"
        r"% to [0-9]|(?<![0-9a-z])-[0-9]+ of "
    )


@cache
def _on_the_rest() -> re.Pattern[str]:
    """Compile the end of a clause that tells on what the last part was done."""
    return re.compile(
        r"(?:^| )(?:on|for|in|at|to) (?:all (?:of )?)?(?:the )?"
        r"(?:rest|remaining|remainder|others?)\b"
        r"(?: [0-9a-z-]+){0,3}?(?: as well| too| also)?\W*$"
        r"|^\W*(?:the )?(?:other|second|remaining) (?:half|part|third)\b"
    )


def without_last_part(clause: str) -> str:
    """Leave out at the end of a clause what a done part completes.

    Examples
    --------
    >>> without_last_part("moved for the remaining hosts"), without_last_part("the rest waits")
    ('moved', 'the rest waits')
    """
    if not holds(clause, ("rest", "remain", "other", "second half")):
        return clause
    return _on_the_rest().sub("", clause)


def nothing_is_left(clause: str) -> bool:
    """Whether words in small letters say that no part is missing any more.

    Examples
    --------
    >>> nothing_is_left("no message is outstanding"), nothing_is_left("two are outstanding")
    (True, False)
    """
    return holds(clause, _MISSING) and _none_missing().search(clause) is not None


_MISSING = ("outstanding", "missing", "pending", "left", "remain", "to do", "to go")


@cache
def _none_missing() -> re.Pattern[str]:
    """Compile ``no message is outstanding``, ``nothing left to do``, ``none of them missing``."""
    return re.compile(
        r"\b(?:no|none|nothing|zero|0)\b(?: (?!date|owner|approval|answer)[a-z-]+){0,4}?"
        r" (?:outstanding|missing|pending|remains?|remaining|left|to do|to go)\b(?! (?:open|as)\b)"
    )


@cache
def _money() -> re.Pattern[str]:
    """Compile a currency before its amount: ``EUR 12,400 of EUR 31,000``."""
    return re.compile(
        r"\b(?:eur|usd|gbp|chf|cad|aud|jpy|sek|nok|dkk|pln) (?=[0-9])|[$\u20ac\u00a3]"
    )


_NOT_ALL = (" but ", " except ", " save ", "bar ", "only", "three quarters", "two thirds")


def share_of(rest: str) -> float | None:
    """Give the share that words in small letters tell, from 0 to 1; None when they tell none.

    Examples
    --------
    >>> share_of("restarted on two hosts of five"), share_of("at 60 per cent"), share_of("all done")
    (0.4, 0.6, None)
    """
    rest = without_gaps(rest)
    if " of " in rest and (_some_of().search(rest) or _first_of().search(rest)):
        return 0.5
    if holds(rest, _NOT_ALL) and _all_but().search(rest):
        return 0.5
    if rest.lstrip().startswith("of ") and (parts := _of_whole().match(rest)) is not None:
        done, whole = _count(parts[2]), _count(parts[1])
        return done / whole if 0 < done < whole else None
    return _part_in_figures(rest)


def without_gaps(clause: str) -> str:
    """Write counts without the blanks, points or strokes between their thousands.

    Examples
    --------
    >>> without_gaps("2 100 of 3.800 sent, 14 of 20 back, 640 of 1'900 at 14.05")
    '2100 of 3800 sent, 14 of 20 back, 640 of 1900 at 14.05'
    """
    return _gap().sub("", clause) if any(joins_digits(clause, sign) for sign in " .'") else clause


@cache
def _gap() -> re.Pattern[str]:
    """Compile the sign before three digits of a count."""
    return re.compile(r"(?<=[0-9])[ .'](?=[0-9]{3}(?![0-9.,:%']))")


def _part_in_figures(rest: str) -> float | None:
    """Give the share that figures tell: ``2 of 5``, ``62%``."""
    if not holds(rest, (" of ", "/", "%", "percent", "per cent")) or _ratio_words().search(rest):
        return None
    rest = " ".join(_money().sub("", rest).split())
    for match in _fraction().finditer(rest):
        if match[5] and float(match[5]) <= _WHOLE:
            return float(match[5]) / _WHOLE
        if match[5]:
            if holds(rest, ("complete", "done", "finished")):
                continue
            return 0.5  # "130% emptied": whatever was meant, it goes on
        done, whole = match[1] or match[3], match[2] or match[4]
        if done == "all":
            continue
        first, second = _count(done), _count(whole)
        if second and first <= second:
            return first / second
    return None


def whole_of(clause: str) -> float | None:
    """Give the number of things of which a clause tells a part, or all.

    Examples
    --------
    >>> whole_of("5 of 8 gates are back"), whole_of("all eight are back"), whole_of("back")
    (8.0, 8, None)
    """
    if not holds(clause, (" of ", "all ")):
        return None
    clause = without_gaps(clause)
    part = _fraction().search(clause)
    every = _all_of().search(clause)
    whole = part[2] if part else every[1] if every else None
    return _count(whole) or None if whole else None


def are_all_there(clause: str) -> bool:
    """Whether all that were counted have arrived where the action takes them.

    Examples
    --------
    >>> [are_all_there(words) for words in (" all 61 are on the new queue", "all 61 are down")]
    [True, False]
    """
    return clause.lstrip().startswith("all ") and holds(clause, _THERE) and not holds(clause, _AWAY)


_THERE = (
    " are on ",
    " are in ",
    " are at ",
    " are over",
    " are through",
    " run on ",
    " are across",
    " have the ",
    " have it",
)
_AWAY = (" not ", " still ", " waiting", " on the old", " on hold")


@cache
def _all_of() -> re.Pattern[str]:
    """Compile ``all 8``."""
    return re.compile(rf"\ball (?:of the |the )?{_NUMBER}\b")


def tells_some_units(action: str, clause: str) -> bool:
    """Whether a clause counts some of the units that an action takes one by one.

    Examples
    --------
    >>> tells_some_units("restart the hub depot by depot", "two depots restarted")
    True
    >>> tells_some_units("restart the hub depot by depot", "all two depots are restarted")
    False
    """
    unit = _one_by_one().search(action.lower()) if " by " in action else None
    if unit is None or holds(clause, ("all ", "both ", "every ", "last ", "remaining ")):
        return False
    return any(stem(match[1]) == stem(unit[1]) for match in _counted().finditer(clause))


@cache
def _one_by_one() -> re.Pattern[str]:
    """Compile how an action goes over its units: ``zone by zone``."""
    return re.compile(r"\b([a-z]{3,}) by \1\b")


@cache
def _counted() -> re.Pattern[str]:
    """Compile some things that are counted: ``two depots``, ``the first zone``."""
    return re.compile(
        r"\b(?:[0-9]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|first|second|some|"
        r"several|most) ([a-z]+)\b"
    )


def _count(word: str) -> float:
    """Read a number in digits or words; 0 for what is none."""
    if word in _COUNTS:
        return _COUNTS.index(word)
    plain = word.replace(",", "").rstrip(".")
    try:
        return float(plain)
    except ValueError:
        return _MORE_COUNTS.get(word, 0)
