"""What holds once an action is done: ``urgent samples go to the second laboratory``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.state import State
from impactcalc.intake.escalation.words.verbs import kinship, of_kind
from impactcalc.intake.escalation.words.vocabulary import word_set
from impactcalc.intake.escalation.words.wording import plain_tokens, stem, stems
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAVING = word_set("off out from")
_REACHING = _LEAVING | word_set("to into onto through via behind without under")
"""Prepositions behind which stands where a thing is afterwards, or what it is then without."""
_STAYING = word_set("in on at by only every")
_SHAPING = frozenset(
    stems(
        "run deliver keep store limit cap restrict show print serve put hold send pin place host "
        "start book offer process ship"
    )
)
"""Verbs with which ``in``, ``on`` and ``at`` tell that, too."""

_RETURNING = frozenset(stems("put bring get switch turn take hand swap plug"))
"""Verbs with which ``back`` tells where a thing is afterwards."""


class Result(NamedTuple):
    """What an action brings about.

    Parameters
    ----------
    things, goal
        Stems of what is acted on, and of where or how it is afterwards.
    leaves
        Whether it is no longer there afterwards.
    lets
        Whether it lets a thing do something.
    creates
        Whether the things exist only afterwards.
    known
        All words of the action.
    """

    things: frozenset[str]
    goal: frozenset[str]
    leaves: bool
    lets: bool
    creates: bool
    known: frozenset[str]


@lru_cache(maxsize=256)
def _result_of(action: str) -> Result:
    """Take an action apart into what is acted on and what comes of it."""
    words = plain_tokens(action)
    verb = stem(words[0]) if words else ""
    creates = _creates(verb, words)
    lets = verb in _LETTING
    cut = _LET_WHOM if lets else _goal_begin(words, verb)
    leaves = words[cut : cut + 1] != [] and words[cut] in _LEAVING
    things, goal = stems(" ".join(words[1:cut])), stems(" ".join(words[cut:]))
    known = frozenset((*words, *map(stem, words)))
    return Result(
        frozenset(things) - _LACKING, frozenset(goal) - _HEADS, leaves, lets, creates, known
    )


_LETTING = frozenset(map(stem, ("let", "make", "have", "allow")))
_LET_WHOM = 2  # words before what somebody is let do
_HEADS = _LEAVING | frozenset(stems("mode state out off"))
"""Words that may be left out: ``kiosks work offline``."""
_LACKING = frozenset(stems("missing additional"))
_HANDING = frozenset(stems("give ship grant lend offer hand assign"))
"""Verbs with whom and what: ``ship printers a spare key``."""
_GIVING = frozenset(stems("give define hire grant"))


def _creates(verb: str, words: Sequence[str]) -> bool:
    """Whether something exists only afterwards: ``put a limit on``, but not ``put the pump on``."""
    anew = verb in {"put", "set"} and words[1:2] in (["a"], ["an"])
    return anew or verb in _GIVING or verb in of_kind("add")


def _goal_begin(words: Sequence[str], verb: str) -> int:
    """Give where the words begin that tell where or how a thing is afterwards."""
    if verb in _HANDING:
        given = (
            at for at, word in enumerate(words) if at > 1 and word in {"a", "an", "its", "their"}
        )
        return next(given, len(words))
    shapes = verb in _SHAPING or _creates(verb, words)
    telling = _REACHING | _STAYING if shapes else _REACHING
    places = (at for at, word in enumerate(words) if at and word in telling)
    back = words.index("back") if verb in _RETURNING and "back" in words else len(words)
    return next(places, back)


def result_holds(clause: str, action: str) -> State | None:
    """Tell whether a clause says that what an action is to bring about is so.

    Parameters
    ----------
    clause
        The words, in small letters.
    action
        The action.

    Examples
    --------
    >>> result_holds("pump 3 is out of the group", "Take pump 3 out of the group").value
    'done'
    >>> result_holds("pump 3 is still in the group", "Take pump 3 out of the group").value
    'not_started'
    """
    result = _result_of(action)
    words = plain_tokens(clause)
    spoken = frozenset(map(stem, words))
    if not _SUPPOSING.isdisjoint(words) or "n't " in clause or not (result.goal or result.creates):
        return None
    whole = result.things <= spoken
    if result.goal and result.goal <= spoken and (whole or _some_are(result, spoken)):
        if result.leaves:
            return _has_left(clause, words, result)
        return State.DONE if _only_tells(clause, words, result, free=True) else None
    exists = result.creates and whole and not _HAVING.isdisjoint(words)
    return State.DONE if exists and _only_tells(clause, words, result, free=False) else None


def _some_are(result: Result, spoken: frozenset[str]) -> bool:
    """Whether it is enough that some of the things are named: they were there before."""
    if any("." in word for word in result.goal):
        return True  # the number of a version
    return not result.creates and not result.things.isdisjoint(spoken)


def _has_left(clause: str, words: Sequence[str], result: Result) -> State | None:
    """Tell whether a thing is said to be still where it should not be."""
    if not _STILL.isdisjoint(words):
        there = re.search(r"\b(?:in|on|at|part of|with|under) ", clause) is not None
        return State.NOT_STARTED if there else None
    gone = not _GONE.isdisjoint(words) or "no longer" in clause
    rest = [word for word in words if word not in _GONE and word not in {"no", "longer"}]
    return State.DONE if gone and _only_tells(clause, rest, result, free=False) else None


def _only_tells(clause: str, words: Sequence[str], result: Result, *, free: bool) -> bool:
    """Whether a clause says nothing else: but for its verb, only when and where.

    Parameters
    ----------
    clause, words
        The clause.
    result
        What the action brings about.
    free
        Whether the verb may be any, as in ``samples travel to``; none beside ``is``.
    """
    if not _STILL.isdisjoint(words) or ("no" in words and "no longer" not in clause):
        return False
    other = _other_words(clause, words, result)
    told = not (_HAVING | _BEING | _NOW).isdisjoint(words) or (
        free and (result.lets or not _MOVING.isdisjoint(words))
    )
    if len(other) == 1 and free:
        lasting = "since" in words and f" been {other[0]} " in clause and _is_lasting(other[0])
        return lasting or (_BEING.isdisjoint(words) and _is_verb(other[0], words))
    return told and not other


def _other_words(clause: str, words: Sequence[str], result: Result) -> list[str]:
    """Give the words that are no words of the action and tell neither when nor where."""
    known = set(result.known) | _PLAIN
    for pattern in (_place(), _everybody()):
        known.update(" ".join(pattern.findall(clause)).split())
    return [
        word
        for word in words
        if not (word[0].isdigit() or word in known or stem(word) in result.known)
    ]


def _is_verb(word: str, words: Sequence[str]) -> bool:
    """Whether a word may be the verb of a clause: no first word, and none that tells of harm."""
    return words[0] != word and stem(word) not in _HARM and not word.endswith(("ly", "ing", "ed"))


def _is_lasting(word: str) -> bool:
    """Whether a verb tells what goes on, and no work: ``have been showing it since noon``."""
    return word.endswith("ing") and stem(word) not in _HARM and not kinship(stem(word))


@cache
def _place() -> re.Pattern[str]:
    """Compile a place that opens or ends a clause: ``at the east gate``."""
    return re.compile(
        r"(?:^| )(?:in|on|at|for|within) "
        r"((?:the |all |every |each |both |our |their )?[a-z]+(?: [a-z]+)?)"
        r"(?=$| the )"
    )


@cache
def _everybody() -> re.Pattern[str]:
    """Compile those whom a plan did not name: ``all stations``."""
    return re.compile(r"^(?:all|every|each|both) (?:of )?(?:the |our )?(?:[0-9]+ )?([a-z]+)")


_SUPPOSING = word_set(
    "not never will would should must can could may might shall if once until unless ready "
    "planned being almost nearly soon tomorrow tonight want wants wanted need needs too"
)
_STILL = word_set("still stays stay remains remain stayed remained")
_GONE = word_set("out off left outside away exempt free empty")
_BEING = word_set("is are was were be been")
_HAVING = word_set("has have had there exist exists got gets carries carry holds hold")
_NOW = word_set("now since again already")
_MOVING = word_set(
    "go goes going come comes coming run runs use uses live lives sit sits stand stands work works "
    "travel travels flow flows"
)
_PLAIN = (
    _BEING
    | _MOVING
    | _HAVING
    | _NOW
    | word_set(
        "the a an our all both every its it their they of in on at to into for from with and back "
        "noon midnight night morning evening afternoon yesterday today monday tuesday wednesday "
        "thursday friday saturday sunday am pm utc cet january february march april june july "
        "august september october november december this last one new own everywhere "
        "first time finally most only"
    )
)
_HARM = frozenset(
    stems(
        "fail time lack need cause crash hang wait miss exceed lose block break drop stop "
        "disappear error refuse reject slow follow"
    )
)
