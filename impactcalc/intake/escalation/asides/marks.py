"""Marks by which a title or label sets its part aside, or says that its part is the valid one."""

from __future__ import annotations

import enum
import re
from functools import cache, lru_cache

from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import holds, word_set


class Mark(enum.Enum):
    """What a title says of its part."""

    NONE = "none"
    WITHDRAWN = "withdrawn"
    OLD = "old"  # a part of the same name without such a mark is the newer one
    EARLIER = "earlier"  # one of several versions
    VALID = "valid"

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow


_NOUNS = (
    "version|plan|count|figure|estimate|value|number|guess|draft|assessment|proposal|contract|"
    "text|section|part|table|summary|rating|grade"
)
_GONE = (
    "withdrawn|super[sc]e?eded|obsolete|void(?:ed)?|outdated|out[ -]of[ -]date|invalid(?:ated)?|"
    "rescinded|revoked|retracted|discarded|abandoned|rejected|scrapped|annulled|overtaken|"
    "deprecated|replaced|canceled|cancelled|dropped|given up|expired|inactive|stopped|declined|"
    "refused|turned down|histor(?:y only|ical(?: only)?)|"
    "not (?:valid|chosen|selected|agreed|approved|current|in force|accepted|adopted|for use|"
    "to be used)|"
    "never (?:agreed|approved|adopted|accepted|signed)|"
    "no longer (?:valid|in force|applicable|applies|current|in use|used|true|binding|agreed)|"
    "(?:kept )?(?:only )?for the (?:record|file|audit|archive|history|auditors)(?: only)?"
)
_ALIEN = (
    "(?:(?:copied|pasted|entered|inserted|taken|added|left over) )?"
    "(?:from (?:an?other|the wrong|an old|a different|a closed) (?:ticket|case|customer|summary)|"
    "by mistake|in error)|"
    "wrong (?:ticket|case|customer|contract|entry|form|paste)|not real|fictitious|placeholder|"
    "(?:test|dummy|sample|training|demo) (?:data|entry|entries|values?|figures?|record)|"
    "drill|simulation|simulated(?: figures?| values?| numbers?)?|training exercise"
)
"""What makes a part none of the case at all."""
_ORDERS = (
    "(?:please )?(?:do not|don't|never) (?:use|follow|apply|execute|read)|"
    "(?:please )?(?:ignore|disregard)"
)
_ORDERED = (
    "(?: (?:this|that|these|it|any more|anymore|for anything)(?: [a-z]{1,20})?(?: any ?more)?)?"
)
_COUNTS = (
    "valid|current|final|agreed|approved|in force|confirmed|corrected|revised|updated|new|newest|"
    "latest|binding|chosen|selected|preferred|accepted|signed(?: off)?|adopted|active|in effect|"
    "authoritative|applicable|"
    "(?:replaces|supersedes|corrects)(?: .{1,60})?"
)
_OLD = "old|older|previous|former|earlier|draft"
_FIRST = "first|initial|original|preliminary|provisional|proposed|proposal|unconfirmed|tentative"
_LEADING = word_set(
    "now already since meanwhile formally officially hereby is are was were has have been as "
    "marked status and but all this the it version plan section part table count figure estimate "
    "value number summary assessment contract draft first second old earlier former previous "
    "original of on v january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday "
    "thursday friday saturday sunday morning afternoon evening yesterday today therefore thus one "
    "only"
)
"""Words that lead up to a mark: ``version 1 of 4 May is withdrawn``."""
_TRAILING = (
    "(?: (?:by|on|at|in|since|from|as|with|see|until|after|before|when|because|due|for|to|please|"
    r"today|yesterday|and|any|anymore|again|[0-9])\b.{0,80})?"
)
_TRIMMED = " .*_~#=-"


@cache
def _parts() -> re.Pattern[str]:
    """Compile what parts a title: brackets, commas, colons, dashes between blanks."""
    return re.compile(r"[;:()\[\]{}|<>!\"]+|,(?= |$)| [-=]+ | / |\. |\.$")


@cache
def _gone() -> re.Pattern[str]:
    """Compile ``withdrawn on 12 March``, ``no longer valid``, ``do not use``."""
    return re.compile(
        rf"(?:(?:{_GONE}|(?:{_ALIEN})(?: of .{{1,30}})?){_TRAILING}|(?:{_ORDERS}){_ORDERED})$"
    )


@cache
def _counts() -> re.Pattern[str]:
    """Compile ``valid``, ``agreed with the customer on 13 March``."""
    return re.compile(rf"(?:{_COUNTS})(?: (?:{_NOUNS}))?{_TRAILING}$")


@cache
def _versions() -> re.Pattern[str]:
    """Compile ``version 1``, ``draft of 4 May``; the first group takes what is old."""
    return re.compile(
        rf"(?:(?:the )?({_OLD})|{_FIRST}|v(?:ersion)? ?[0-9.]+"
        r"|rev(?:ision)?\.? ?(?:[0-9]+|[a-z]\b))"
        rf"(?: (?:{_NOUNS}))?(?: ?[0-9]{{1,2}})?{_TRAILING}(?: of .{{1,30}})?$"
    )


@cache
def _opening() -> re.Pattern[str]:
    """Compile the word before a title: ``Superseded Action Plan``; a group a mark."""
    return re.compile(
        "(?:the )?(?:"
        "(superseded|obsolete|withdrawn|void|outdated|rejected|discarded|retracted|invalid)"
        "|(old|older|previous|former|earlier|draft)"
        "|(initial|original|first|preliminary|provisional|proposed)"
        "|(new|current|valid|final|agreed|revised|corrected|updated|confirmed|approved)"
        ") (?=[a-z])"
    )


_OPENINGS = (Mark.WITHDRAWN, Mark.OLD, Mark.EARLIER, Mark.VALID)
_STRONGEST = (Mark.WITHDRAWN, Mark.VALID, Mark.OLD, Mark.EARLIER)


@lru_cache(maxsize=1024)
def mark_of(segment: str) -> Mark:
    """Tell what a segment of a title says of its part.

    Examples
    --------
    >>> [mark_of(words).value for words in ("withdrawn on 12 March", "version 2", "old client")]
    ['withdrawn', 'earlier', 'none']
    """
    lower = _trimmed(segment)
    if not lower:
        return Mark.NONE
    if _may_be_version(lower) and (match := _versions().match(lower)) is not None:
        return Mark.OLD if match[1] else Mark.EARLIER
    core = lower.split()
    while len(core) > 1 and (core[0] in _LEADING or core[0].strip("v.,").isdigit()):
        core = core[1:]
    words = " ".join(core)
    gone = core[0] in _GONE_FIRST or words.startswith(_GONE_OPEN)
    if gone and _gone().match(words) is not None:
        return Mark.WITHDRAWN
    counts = core[0] in _COUNTS_FIRST or words.startswith(_COUNTS_OPEN)
    counts = counts and _counts().match(words) is not None
    return Mark.VALID if counts else Mark.NONE


def _trimmed(words: str) -> str:
    """Give words in small letters, without decoration."""
    return " ".join(words.lower().strip(_TRIMMED).split())


@lru_cache(maxsize=1024)
def read_title(title: str) -> tuple[str, Mark]:
    """Part a title or label into its bare name, in small letters, and what it says of its part.

    Examples
    --------
    >>> read_title("Action Plan (version 1, withdrawn)")
    ('action plan', <Mark.WITHDRAWN: 'withdrawn'>)
    >>> read_title("Old plan")
    ('plan', <Mark.OLD: 'old'>)
    """
    parts = list(map(_trimmed, _parts().split(title)))
    name = ""
    marks: set[Mark] = set()
    for words in parts:
        rest, mark = _named(words) if not name else ("", mark_of(words))
        name = name or rest
        marks.add(mark)
    return name, next((mark for mark in _STRONGEST if mark in marks), Mark.NONE)


# Words that the marks of a kind begin with: a pattern is asked only behind one of them.
_GONE_FIRST = word_set(
    "withdrawn obsolete void voided outdated out out-of-date "
    "out-of invalid invalidated rescinded revoked retracted discarded abandoned rejected scrapped "
    "annulled overtaken deprecated replaced canceled cancelled dropped given expired inactive "
    "stopped declined refused turned history historical not never no kept only please do don't "
    "ignore disregard copied pasted entered inserted taken added left from by wrong fictitious "
    "placeholder test dummy sample training demo drill simulation simulated"
)
_COUNTS_FIRST = word_set(
    "valid current final agreed approved confirmed corrected revised updated new newest latest "
    "binding chosen selected preferred accepted signed adopted active authoritative applicable "
    "replaces supersedes corrects"
)
_GONE_OPEN = ("super", "in error", "for the ")
_COUNTS_OPEN = ("in force", "in effect")
_VERSIONS_FIRST = word_set(
    "old older previous former earlier draft first initial original preliminary provisional "
    "proposed proposal unconfirmed tentative version v rev rev. revision"
)
_OPENINGS_FIRST = word_set(
    "superseded obsolete withdrawn void outdated rejected discarded retracted invalid old older "
    "previous former earlier draft initial original first preliminary provisional proposed new "
    "current valid final agreed revised corrected updated confirmed approved"
)


def _first(words: str) -> str:
    """Give the first word behind an article."""
    return words.removeprefix("the ").partition(" ")[0]


def _may_be_version(words: str) -> bool:
    """Whether words may be the number or the age of a version: ``v2``, ``old estimate``."""
    first = _first(words)
    rest = first.removeprefix("rev").removeprefix("v")
    return first in _VERSIONS_FIRST or (rest != first and rest[:1].isdigit())


def _named(words: str) -> tuple[str, Mark]:
    """Part the first words of a title into the name and a mark before or behind it."""
    match = _opening().match(words) if _first(words) in _OPENINGS_FIRST else None
    if match is not None and _is_part(words[match.end() :]):
        return words[match.end() :], _OPENINGS[(match.lastindex or 1) - 1]
    if (mark := mark_of(words)) is not Mark.NONE:
        return "", mark
    head, _, version = words.rpartition(" ")
    if head and version[:1] == "v" and version[1:].isdigit():
        return head, Mark.EARLIER
    return words, Mark.NONE


def _is_part(name: str) -> bool:
    """Whether a word before it tells of its validity: ``old plan``, not ``rejected orders``."""
    if topic_of(name) in {Topic.PLAN, Topic.IMPACT, Topic.ACCOUNT} or name.rstrip("s") in _PARTS:
        return True
    return field_of(name) not in _COUNTED


_PARTS = frozenset(_NOUNS.split("|"))
_COUNTED = frozenset({"", "errors", "now", "normal", "subject", "users"})


@cache
def _pointing() -> re.Pattern[str]:
    """Compile ``This plan was withdrawn on 5 May``, ``The table below is no longer valid``.

    The group before the noun, or that behind it, tells which one is meant.
    """
    return re.compile(
        r"(?:note|attention|remark|warning|n\.b\.|nb)?[:!]? ?"
        rf"(this|the following|the next|the|the above) (?:action )?"
        rf"(?:{_NOUNS}|list|page|paragraph|chapter)( below| above)?"
        rf" (?:is|was|has been) (?:[a-z]{{3,9}} )?(?:{_GONE})\b"
    )


def opens_withdrawn(words: str) -> bool:
    """Whether a remark opens with a mark: ``superseded, see the next line``."""
    first = next((part for part in _parts().split(words) if part.strip()), "")
    return mark_of(first) is Mark.WITHDRAWN


def tells_withdrawn(words: str) -> str:
    """Tell which part a sentence sets aside: ``here``, ``above``, ``below``; empty for none.

    Examples
    --------
    >>> tells_withdrawn("(This plan was withdrawn on 5 May.)"), tells_withdrawn("Exports failed")
    ('here', '')
    >>> tells_withdrawn("The following plan is void:"), tells_withdrawn("The plan above is void")
    ('below', 'above')
    """
    lower = " ".join(words.lower().split()).strip(" (*_[-=#")
    told = lower.startswith(_SUBJECTS) and holds(lower, (" is ", " was ", " been "))
    told = told and not _POINTED.isdisjoint(lower.split()[1:_SUBJECT])
    match = _pointing().match(lower) if told else None
    if match is None:
        return "here" if opens_withdrawn(lower) else ""
    if match[2] or match[1] in _PLACES:
        return (match[2] or "").strip() or _PLACES[match[1]]
    return "here"


_POINTED = frozenset(_NOUNS.split("|")) | {"list", "page", "paragraph", "chapter"}
_SUBJECT = 5  # words in which the subject of a sentence ends
_SUBJECTS = ("this ", "the ", "note", "attention", "remark", "warning", "n.b", "nb")
_PLACES = {"the following": "below", "the next": "below", "the above": "above"}
