"""How far what is done reaches: a word that limits it makes a part of it, a doubt makes nothing."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.states.said import has_digits
from impactcalc.intake.escalation.states.shares import without_gaps
from impactcalc.intake.escalation.states.state import State
from impactcalc.intake.escalation.words.verbs import of_kind
from impactcalc.intake.escalation.words.vocabulary import holds, may_hold, word_set
from impactcalc.intake.escalation.words.wording import stem, stems

_COUNT = r"(?:[0-9][0-9,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


def reach_of(said: str, action: str) -> State | None:
    """Give how far an action is, of which a clause says that it is done; None where in doubt.

    Parameters
    ----------
    said, action
        The words of both, in small letters: ``only`` limits nothing where the action has it, too.

    Examples
    --------
    >>> reach_of("most tenants informed", "inform the tenants").value
    'in_progress'
    >>> reach_of("tenants informed", "inform the tenants").value
    'done'
    >>> reach_of("tenants informed in block 4", "inform the tenants") is None
    True
    """
    said = without_gaps(said)
    if may_hold(said, _LIMITS):
        limits = (match[0].strip() for match in _limited().finditer(said))
        if any(limit not in action for limit in limits):
            return State.IN_PROGRESS
    return None if _is_in_doubt(said, action) else State.DONE


def _is_in_doubt(said: str, action: str) -> bool:
    """Whether what is done may be a part, a promise, or nothing that anybody knows."""
    if may_hold(said, _HEDGES) and _hedged().search(said):
        return True
    if _is_undone(said, action) or _is_promised(said):
        return True
    if has_digits(said) and (_impossible().search(said) or _has_other_figure(said, action)):
        return True
    return _counts_some(said, action) or _is_narrowed(said, action)


_LIMITS = (
    *("most", "some ", "several", "many ", "few ", "half", "third", "quarter", "part", "majority"),
    *("bulk", "only", "except", "but ", "bar ", "apart", "other than", "save for", "excluding"),
    *("remain", "left", "missing", "outstanding", "to go", "to follow", "up to", "largely"),
    *("mainly", "so far", "fifth", "tenth", "handful"),
)


@cache
def _limited() -> re.Pattern[str]:
    """Compile ``most``, ``about a third of``, ``except``, ``6 remain``, ``up to 4 May``."""
    fraction = r"(?:a|one|two|three|four|nine)[ -](?:third|quarter|fifth|eighth|tenth)s?"
    times = r"(?:times?|minutes?|hours?|days?|weeks?|attempts|tries)\b"
    return re.compile(
        r"(?<!at )(?<!at the )\bmost\b(?! (?:recent|important|urgent|critical|likely))|"
        rf"\b(?:some|several|many|few)\b(?! {times})|"
        r"(?<!by )(?<!in )(?<!to )(?<!second )(?<!other )\bhalf\b(?! (?:an?\b|past|hour))|"
        rf"(?<!by )(?<!to )\b{fraction}\b|\ba handful\b|\b(?:largely|mainly|mostly)\b|"
        r"(?<!as )(?<!the most )\bparts?\b(?= (?:of|done|only)|$)|\b(?:majority|the bulk)\b|"
        r"(?<!not )(?<!read.)(?<!write-)(?<=.)\bonly\b(?! (?:since|after|today|yesterday|now|by|"
        r"once|this|mon|tue|wed|thu|fri|sat|sun|an?\b|(?:at|on) [0-9]))|"
        rf"\b(?:except|excluding|apart from|other than|save for|but (?:for )?(?:{_COUNT}|the)|"
        rf"bar (?:{_COUNT}|the|[a-z]+ [0-9]))\b|"
        rf"\b(?:{_COUNT}|others|rest) (?:[a-z-]+ ){{0,2}}?(?:remain|remains|remaining|left|"
        r"missing|outstanding|to go|to follow)\b|"
        r"\bup to *$|\bup to (?!date|speed|now|standard|full|all|the (?:last|end))[0-9a-z]+|"
        rf"\b{_COUNT} [a-z -]{{0,40}}\bso far\b|\bso far [a-z ]{{0,20}}\b{_COUNT}\b"
    )


_HEDGES = (
    *("itself", "themselves", "own", "accident", "success", "vain", "edly", "haps", "ably"),
    *("ibly", "ently", "maybe", "hopefully", "mistake", "as far as", "possible", "principle"),
    *("on paper", "supposed", "name only", "theory", "claim"),
)


@cache
def _hedged() -> re.Pattern[str]:
    """Compile words after which nobody knows: ``by itself``, ``allegedly``, ``in vain``."""
    return re.compile(
        r"\b(?:by (?:itself|themselves|mistake|accident)|on (?:its|their) own(?! [a-z])|in vain|"
        r"without success|unsuccessfully|accidentally|allegedly|reportedly|supposedly|presumably|"
        r"apparently|probably|possibly|perhaps|maybe|hopefully|conceivably|arguably|as far as|"
        r"(?:where|if) possible|in (?:principle|theory|name only)|claim(?:s|ed)? to)\b"
    )


def _is_undone(said: str, action: str) -> bool:
    """Whether what was done is no longer so, or only a part for it is on its way."""
    if not may_hold(said, _BACK):
        return False
    known = stems(action)
    if any(stem(match[1]) in known[:1] for match in _no_longer().finditer(said)):
        return True
    fits = of_kind("replace") | of_kind("repair")
    if "shipped" in said and not fits.isdisjoint(known[:1]):
        return True
    return any(frozenset(known).isdisjoint(stems(one[0])) for one in _taken_back().finditer(said))


_BACK = (
    *("rolled back", "revert", "undone", "backed out", "again", "taken back", "no longer"),
    "shipped",
)


@cache
def _no_longer() -> re.Pattern[str]:
    """Compile what is done no more: ``no longer discarded``."""
    return re.compile(r"\bno longer (?:being )?([a-z]+ed|[a-z]+t|[a-z]+n)\b")


@cache
def _taken_back() -> re.Pattern[str]:
    """Compile what undoes work, where the action is not this: ``fix rolled back``."""
    return re.compile(
        r"\b(?:rolled back|reverted|undone|backed out|taken back|"
        r"(?:removed|withdrawn|switched off|taken (?:out|down|off)|disabled|reversed) again)\b"
    )


@cache
def _impossible() -> re.Pattern[str]:
    """Compile a share that cannot be: ``140% complete``, ``-3 of 9``."""
    return re.compile(
        r"(?<![0-9.,])(?:1[0-9][1-9]|1[1-9]0|[2-9][0-9]{2}|[0-9]{4,9})(?:[.,][0-9]+)? ?%|"
        r"(?<![0-9a-z])[-\u2212][0-9][0-9,.]* ?(?:%|of\b|/)|\b0/0\b"
    )


def _has_other_figure(said: str, action: str) -> bool:
    """Whether a figure is another one than the action wants: ``capped at 50,000`` for 5,000."""
    wanted = {match[1]: match[2] for match in _measure().finditer(action)}
    found = _measure().finditer(said) if wanted else ()
    return any(wanted.get(match[1], match[2]) != match[2] for match in found)


@cache
def _measure() -> re.Pattern[str]:
    """Compile how much is wanted: ``at 5,000``, ``to 80``; no time of day."""
    return re.compile(
        r"\b(to|at|above|below|under|over) ([0-9][0-9,.]{0,12}[0-9]|[0-9])\b"
        r"(?![:.][0-9]| ?(?:am|pm|h\b|utc|of\b|%|january|february|march|april|may|june|july|august|"
        r"september|october|november|december))"
    )


def _is_promised(said: str) -> bool:
    """Whether a condition follows what may only be a promise: ``activated as soon as``."""
    past = holds(said, ("was ", "were ", "has ", "have ", "had "))
    return said.endswith(_PROMISING) and not past


_PROMISING = (
    " as soon as ",
    " once ",
    " if ",
    " unless ",
    " provided ",
    " provided that ",
    " when ",
)


def _counts_some(said: str, action: str) -> bool:
    """Whether some things are counted of which the action names no number: ``on 14 devices``."""
    if not (has_digits(said) or may_hold(said, _NUMBERS)):
        return False
    return any(
        match[1] not in action and not _wholly().search(said[: match.start()])
        for match in _counted().finditer(said)
    )


_NUMBERS = ("two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine ", "ten ")


@cache
def _wholly() -> re.Pattern[str]:
    """Compile what makes a count the number of all: ``all``, ``7 of``, ``the last``."""
    return re.compile(
        rf"\b(?:(?:{_COUNT}|all|both|each|last)(?: out)? of(?: the)?|all(?: the)?|both|the|last|"
        r"remaining|other|since|by|after)\W*$"
    )


@cache
def _counted() -> re.Pattern[str]:
    """Compile a count of things: no time, size, money or version."""
    units = (
        r"(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?|times|percent|per|of|out|gb|mb|kb|"
        r"tb|ms|euros?|dollars?|pounds?|am|pm|utc|cet|january|february|march|april|may|june|july|"
        r"august|september|october|november|december|is|was|has|since|as|minus|persons?|people|"
        r"engineers|technicians|attempts|tries)"
    )
    return re.compile(rf"(?<![0-9:.,/-])\b({_COUNT}) (?!{units}\b)(?:[a-z-]+ )?[a-z-]{{2,}}s\b")


def _is_narrowed(said: str, action: str) -> bool:
    """Whether it is done for or of something that the action does not name: ``for the brokers``."""
    if not holds(said, _PLACING) or holds(said, _COMPLETING):
        return False
    known = frozenset(stems(action)[1:])
    return any(
        match[1] not in _PLAIN and known.isdisjoint(stems(match[0]))
        for match in _narrowing().finditer(said)
    )


_COMPLETING = (" too", " as well", " also ", "all ", "every", "each ", "both ", "100%", "100 %")
"""Words with which the last part is told, or all of them."""
_PLACING = (" for ", " of ", " in ", " on ", " at ")
_PLAIN = word_set(
    "the for in on at of since from and via by with all each both good now noon midnight any use "
    "daily place today yesterday this last next first same january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sep sept oct nov "
    "dec mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "weekend time schedule full them it its once person parallel request purpose meantime "
    "meanwhile hand turn site foot production one two three four five six seven eight nine ten "
    "eleven twelve course total addition advance order particular detail public line short test "
    "favour record paper file end whole entire complete remaining other others rest latter"
)
"""What opens a time, a manner or all of something."""


@cache
def _narrowing() -> re.Pattern[str]:
    """Compile of what or where: ``for the paying customers``, ``in lane 1``; no time."""
    return re.compile(
        r"(?<! is)(?<! are) (?:for|of|in|on|at) (?:(?:the|our|its|their|an?) )?"
        r"(?!(?:morning|evening|night|afternoon)(?: of\b| shift|[^ a-z]| ?$))"
        r"([a-z]+)[a-z-]*(?: (?!that\b)[a-z-]+){0,2}(?![a-z-]| that\b)"
    )
