"""The tenor of a statement: a correction, a supposition, another incident, an order."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.words.vocabulary import holds

_CORRECTIONS = (
    *("correction", "corrected figure", "corrected number", "corrected count", "corrected:"),
    *("corrected to ", "corrected from", "this corrects", "have to correct", "must correct"),
    *("revised figure", "revised number", "revised estimate", "revised to ", "revised from"),
    "supersede",
    "erratum",
    "should read",
    "should have been",
    "was wrong",
    "were wrong",
    "is wrong",
    "now put at",
    "now estimate",
    "updated figure",
    "updated estimate",
    "updated number",
    "as first written",
    "as first reported",
    "as first stated",
    "as reported earlier",
    "as written earlier",
    "as previously",
    "as originally",
    "as initially",
    "as we first",
    "as stated above",
    "as stated below",
    "originally reported",
    "first reported as",
    "in truth",
    "in reality",
    "the truth is",
    "nonsense",
    "the real number",
    "the real figure",
    "new figure",
    "confirmed figure",
    "actually",
    *("turned out to be", "turns out to be", "first we said", "first said", "first wrote"),
    *("typo: ", "typo, ", "typo - ", "meant to write", "meant to say"),
    "counting error",
    "typing error",
    "miscounted",
    "counted twice",
)
_RETRACTIONS = (
    "sorry, no",
    "scratch that",
    "that was the number of",
    *("please ignore", "ignore that", "ignore this", "please disregard", "disregard that"),
    *("both were wrong", "these were wrong", "those were wrong", "both are wrong"),
    *("was a mistake", "were a mistake", "is a mistake", "is an error", "is a typo"),
    *("written by mistake", "sent by mistake"),
    *(
        "posted by mistake",
        "pasted by mistake",
        "entered by mistake",
        "no longer true",
        "no longer valid",
    ),
    *("not true any", "not valid any", "does not hold any", "turned out to be wrong"),
    *("turned out to be false", "false alarm", "taken back", "was withdrawn", "were withdrawn"),
    *("is withdrawn", "are withdrawn", "hereby withdraw", "we withdraw the", "is outdated"),
    *("are outdated", "is out of date", "is obsolete", "has been retracted", "was retracted"),
)
_HYPOTHETICAL = frozenset({"could", "might", "would", "if", "potentially", "theoretical"})
_MONTHS = (
    *("january", "february", "march", "april", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_CASE_NOUNS = ("ticket", "case", "escalation", "complaint", "incident")
_PAST = (
    "last year",
    "last month's",
    "last quarter's",
    "outage cost",
    *("lessons from", "lessons of", "lessons learned"),
    "outage in ",
    *(f"incident {word} {month}" for word in ("of", "in", "from") for month in _MONTHS),
    "previous outage",
    "previous incident",
    "earlier outage",
    "earlier incident",
    "past outage",
    "in 2019",
    "in 2020",
    "in 2021",
    "in 2022",
    "in 2023",
    "years ago",
    "months ago",
    "black friday",
    "for comparison",
    "for context",
    "for reference",
    "by way of comparison",
    "other customer",
    "another customer",
    "other client",
    "another client",
    "neighbouring",
    "a different customer",
    *(f"similar {word}" for word in ("incident", "problem", "outage", "fault", "failure", "event")),
    "last winter",
    "last summer",
    "last spring",
    "last autumn",
    "last fall",
    "last christmas",
    "last time",
    "in the past",
    "back then",
    "industry average",
    "another case",
    "other case",
    "at that time",
    "see also ",
    "do not use",
    "different case",
    "other incident",
    "another incident",
    "another fault",
    *(
        f"{old} {case}"
        for old in ("previous", "earlier", "older", "unrelated")
        for case in _CASE_NOUNS
    ),
    *(f"last {case}" for case in _CASE_NOUNS),
)

# Each of the above holds one of these: most statements are told apart by a few questions.
_PAST_PARTS = (
    *(
        "lessons ",
        "last ",
        "outage",
        "incident ",
        "previous ",
        "earlier ",
        "in 20",
        "s ago",
        "black ",
        "for co",
        "for ref",
    ),
    *("by way", "other c", "neighbouring", "a different", "similar ", "in the past", "back then"),
    *(
        "at that ",
        "see also",
        "industry",
        "another ",
        "do not use",
        "different ",
        "older ",
        "unrelated ",
    ),
)


_MENDING = ("correct", "amend", "revis", "rectif", "forget ", "ignore ", "disregard ")


@cache
def _mended() -> re.Pattern[str]:
    """Compile ``corrects that to``, ``revised the number on Monday to``."""
    return re.compile(
        r"\b(?:corrects?|corrected|amends?|amended|revises?|revised|rectif(?:y|ies|ied))"
        r"(?: (?!and\b|or\b)[a-z]+){0,4} to (?:[a-z]{2,7} ){0,2}[^a-z ]{0,5}[0-9]"
        r"|\b(?:forget|ignore|disregard)(?: about)? (?:the|my|our|that) (?:[a-z]{2,9} )?"
        r"[^a-z ]{0,4}[0-9]"
    )


_RECONSIDERING = (
    *("no, ", "sorry", "wait, ", "wait. ", "wait - ", "wait: ", "wait no", "hang on", "hold on"),
    *("scratch that", "let me correct", "make that", "oh, ", "no - ", "pardon", "correction"),
    *("my mistake", "i mean", "rather ", "typo", "i meant", "that should be"),
)


def reconsiders(lower: str) -> bool:
    """Whether a sentence opens as that of a speaker who mends what was said right before.

    Examples
    --------
    >>> reconsiders("no, sorry, that is one site only"), reconsiders("nobody knows")
    (True, False)
    """
    return lower.startswith(_RECONSIDERING)


def corrects(lower: str) -> bool:
    """Whether words in small letters say that they correct something said before.

    Examples
    --------
    >>> corrects("correction: 4,200 users, not 9,500"), corrects("4,200 users are affected")
    (True, False)
    """
    return holds(lower, _CORRECTIONS) or (
        holds(lower, _MENDING) and _mended().search(lower) is not None
    )


def retracts(lower: str) -> bool:
    """Whether words in small letters take back the figures beside them.

    Examples
    --------
    >>> retracts("300 users were affected, please ignore that"), retracts("please call us")
    (True, False)
    """
    return holds(lower, _RETRACTIONS)


def supposes(lower: str, words: frozenset[str]) -> bool:
    """Whether a statement speaks of what might be; what could not be done was not done.

    Examples
    --------
    >>> supposes("it could fail", frozenset({"could"})), supposes("300 may be hit", frozenset())
    (True, True)
    >>> supposes("40 could not lend", frozenset({"could"}))
    False
    """
    told = words & _HYPOTHETICAL
    if told and told <= {"could", "would"} and _could_be().search(lower) is None:
        told = frozenset()
    return bool(told) or "worst case" in lower or holds(lower, _MAYBE)


@cache
def _could_be() -> re.Pattern[str]:
    """Compile ``could`` of what might be; ``could not`` and ``would not load`` tell what was."""
    return re.compile(
        r"\bcould\b(?! (?:not|no longer|neither|only|never|hardly|barely|nowhere)\b)"
        r"|\bwould\b(?! not (?!be|have|need|cost)[a-z])"
    )


def mended(lower: str) -> bool:
    """Whether a sentence tells what is so since the fault was mended.

    Examples
    --------
    >>> mended("after the fix pages load in 1.2 s"), mended("after the fix it got worse")
    (True, False)
    """
    return holds(lower, _SINCE_THE_FIX) and not holds(lower, ("worse", "still ", "before the"))


_SINCE_THE_FIX = tuple(
    f"{word} the {one}"
    for word in ("after", "since", "following", "with")
    for one in ("fix", "hotfix", "mitigation", "workaround", "rollback", "failover", "repair")
)


_MAYBE = tuple(
    f" {verb} {one}"
    for verb in ("may", "might")
    for one in ("be hit", "be affected", "be impacted")
)


def recalls(lower: str) -> bool:
    """Whether a statement speaks of another incident."""
    if "in the past " in lower:
        lower = _lately().sub(" ", lower)
    if holds(lower, _PAST_PARTS) and holds(lower, _PAST):
        return True
    named = holds(lower, _CASES) and _named_by_time().search(lower) is not None
    return named and not holds(lower, ("compared", "unlike", " than "))


@cache
def _lately() -> re.Pattern[str]:
    """Compile what reaches to this day: ``in the past two days``."""
    return re.compile(
        r"\bin the past (?:[a-z-]+ |[0-9]+ ){0,2}(?:minutes?|hours?|days?|weeks?|nights?|shifts?)\b"
    )


_CASES = (" case", " incident", " outage", " crash", " breakdown", " event")


@cache
def _named_by_time() -> re.Pattern[str]:
    """Compile another incident by when it was: ``in the May case``, ``of the spring outage``."""
    return re.compile(
        r"\b(?:in|during|from|of|for|like|after) (?:the|our|their|your) (?:january|february|march|"
        r"april|may|june|july|august|september|october|november|december|spring|summer|autumn|"
        r"winter|christmas|easter) (?:case|incident|outage|crash|breakdown|event)s?\b"
    )
