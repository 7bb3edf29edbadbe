"""The state of an action, told by the words or signs of a clause."""

from __future__ import annotations

import enum
import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.state_words import (
    DONE_WORDS,
    EFFECTS,
    IN_PROGRESS_WORDS,
    NOT_STARTED_WORDS,
)
from impactcalc.intake.escalation.vocabulary import holds, word_set
from impactcalc.intake.escalation.wording import split_words, stem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class State(enum.Enum):
    """How far an action is."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow


_MARK_STATES = (
    (
        (
            "white_check",
            "heavy_check",
            "check_mark",
            "\u2705",
            "\u2611",
            "\u2714",
            "\u2713",
            "[x]",
            "(/)",
            "(y)",
        ),
        State.DONE,
    ),
    (
        ("hourglass", "construction", "arrows", "wip", "yellow", "\u23f3", "\u231b", "\u25b6"),
        State.IN_PROGRESS,
    ),
    (("\U0001f504", "\U0001f6a7", "\U0001f7e1", "[~]", "[/]", "[>]"), State.IN_PROGRESS),
    (
        (":x:", "(x)", "(n)", "red", "no_entry", "\u274c", "\u2717", "\u2718", "\u2610", "\u2b1c"),
        State.NOT_STARTED,
    ),
)


_CUES_BY_STATE = {
    State.NOT_STARTED: tuple(f" {cue} " for cue in NOT_STARTED_WORDS),
    State.IN_PROGRESS: tuple(f" {cue} " for cue in IN_PROGRESS_WORDS),
    State.DONE: tuple(f" {cue} " for cue in DONE_WORDS),
}
STATE_CUES = (*NOT_STARTED_WORDS, *IN_PROGRESS_WORDS, *DONE_WORDS)
"""Words that tell a state, and so are no subject."""


@cache
def _fraction() -> re.Pattern[str]:
    """Compile ``2 of 5``, ``one of two``, ``11 out of 17``, ``3/20``, ``62%``."""
    number = r"([0-9][0-9,]{0,12}|one|two|three|four|five|six|seven|eight|nine|ten|all)"
    return re.compile(
        rf"\b{number}(?: out)? of (?:the |about |some |around |all )?{number}\b|"
        rf"\b([0-9]+)/([0-9]+)\b"
        r"|\b([0-9]{1,3}(?:\.[0-9]+)?) ?(?:%|percent)"
    )


@cache
def _some_of() -> re.Pattern[str]:
    """Compile ``on two of the mounts``: some, so not all."""
    return re.compile(
        r"\b(?:one|two|three|four|five|six|[0-9]+|some|most|half|part|parts|several|many) "
        r"of (?:the|our|their|its)\b(?! (?:[0-9]|two|three|four|five|six|seven|eight|nine|ten)\b)"
    )


@cache
def _ratio_words() -> re.Pattern[str]:
    """Compile words whose percentage is an effect and no share of work."""
    return re.compile(
        r"\b(?:errors?|success|ratio|rates?|cpu|memory|usage|utili[sz]ation|load|availability|"
        r"hit|down to|back (?:to|at)|normal)\b"
    )


_PUNCTUATION = str.maketrans(dict.fromkeys('.,;:!?()[]"/\n\t', " "))


def _says(state: State, clause: str) -> bool:
    """Whether a clause holds a cue of a state as whole words; cheaper than one long pattern."""
    return holds(f" {' '.join(clause.translate(_PUNCTUATION).split())} ", _CUES_BY_STATE[state])


def mark_state(mark: str) -> State | None:
    """Give the state that a sign stands for."""
    for signs, state in _MARK_STATES:
        if mark and any(sign in mark for sign in signs):
            return state
    return None


class _Said(NamedTuple):
    """A clause taken apart: all its words, those of the action's verb, and what else is said."""

    words: tuple[str, ...]
    own: tuple[str, ...]
    rest: str
    has_verb: bool
    denied: bool


def state_of(clause: str, known: Sequence[str], *, sure: bool = False) -> State | None:
    """Tell the state that a clause gives to an action.

    Parameters
    ----------
    clause
        The words, in small letters.
    known
        Stems of the action, its verb first: ``failed disks`` says nothing about replacing them.
    sure
        Whether only words that always tell a state count, no participle of another verb.

    Examples
    --------
    >>> state_of("failed disks replaced at 08:05", ["replac", "fail", "disk"])
    <State.DONE: 'done'>
    >>> state_of("disks being replaced", ["replac", "fail", "disk"])
    <State.IN_PROGRESS: 'in_progress'>
    """
    verb = known[0] if known else ""
    words = tuple(split_words(clause))
    own = tuple(word for word in words if verb and stem(word) == verb)
    said = _Said(words, own, _without(clause, known), bool(verb), _denies(clause, verb))
    if _is_open(said) or _goes_on(said, verb):
        return State.NOT_STARTED
    part = _partly(said, sure=sure)
    if part is not None:
        return part
    if holds(said.rest, _UNCLEAR) and _unclear().search(said.rest):
        return None
    if _is_running(said):
        return State.IN_PROGRESS
    return State.DONE if _is_over(said, sure=sure) else None


def _denies(clause: str, verb: str) -> bool:
    """Whether a clause says that the verb did not happen: ``the API was not restarted``."""
    if not verb or not holds(clause, ("not ", "n't ", "never ")):
        return False
    denied = re.finditer(r"\b(?:not|never|\w+n't)(?: been| yet| fully| all)? ([a-z]+)", clause)
    return any(stem(match[1]) == verb for match in denied)


def _is_open(said: _Said) -> bool:
    """Whether nothing has been done yet."""
    if _says(State.NOT_STARTED, said.rest):
        return True
    if "yet" in said.rest and re.search(r"\b(?:not|no)\b.*\byet\b", said.rest):
        return True
    if said.denied:
        return True
    denied = said.rest.lstrip().startswith("no ")
    return denied and ("so far" in said.rest or any(map(_is_participle, said.own)))


_STILL = ("still running", "still on", "still active", "still enabled")


@cache
def _stopping() -> frozenset[str]:
    """Give the stems of verbs that end something: what is still running was not paused."""
    verbs = "pause stop disable suspend turnoff switchoff shutdown halt freeze block remove drop"
    return frozenset(map(stem, verbs.split()))


def _goes_on(said: _Said, verb: str) -> bool:
    """Whether what the action is to end is said to go on."""
    return "still" in said.rest and holds(said.rest, _STILL) and verb in _stopping()


def _partly(said: _Said, *, sure: bool) -> State | None:
    """Tell the state behind a share: ``2 of 5``, ``62%``, ``on some of the nodes``."""
    if " of " in said.rest and _some_of().search(said.rest):
        return State.IN_PROGRESS
    part = _part(said.rest)
    if part is None or (sure and "%" in said.rest) or _ratio_words().search(said.rest):
        return None
    if part == 0:
        return State.NOT_STARTED
    return State.DONE if part >= 1 else State.IN_PROGRESS


_UNCLEAR = ("cannot", "never", "failed", "not", "staging")


@cache
def _unclear() -> re.Pattern[str]:
    """Compile words after which nothing is certain."""
    return re.compile(r"\b(?:cannot|never|failed(?! over)|not|staging)\b")


def _is_running(said: _Said) -> bool:
    """Whether work goes on: a word says so, or the action's verb does: ``is being``, ``adding``."""
    if holds(said.rest, ("running again", "up and running", "works again", "working again")):
        return False
    if _says(State.IN_PROGRESS, said.rest):
        return True
    if not any(word.endswith("ing") for word in said.own) or _says(State.DONE, said.rest):
        return False
    if not EFFECTS.isdisjoint(said.words):
        return False  # "sharding design signed off": here the verb is a thing
    return re.search(r"\b(?:is|are|we)\b|^\W*\w+ing +\w", said.rest) is not None


def _is_over(said: _Said, *, sure: bool) -> bool:
    """Whether it is done: a word says so, or a participle does."""
    if "still" in said.rest and re.search(r"\bstill\b", said.rest):
        return False
    # "split prepared", "split of the index": here "split" is a noun
    began = not EFFECTS.isdisjoint(said.words) or said.words[1:2] == ("of",)
    if _says(State.DONE, said.rest) or (not began and said.words[-1:] in {("off",), ("up",)}):
        return True
    if any(_is_participle(word) and not (began and word in _SAME_FORM) for word in said.own):
        return True
    return said.has_verb and not sure and _has_happened(said.rest)


def _without(clause: str, known: Sequence[str]) -> str:
    """Leave out the action's own words, so that they are not taken for a state.

    Of its verb only the past form goes, and not after ``not`` or ``has``: ``tag dropped`` is done,
    ``replay not started`` is not.
    """
    verb, things = (known[0], frozenset(known[1:])) if known else ("", frozenset())

    def kept(match: re.Match[str]) -> str:
        word = match[0]
        if stem(word) in things:
            return " "
        asked = clause[: match.start()].rstrip().endswith(("not", "n't", "has", "have", "been"))
        own = stem(word) == verb and not word.endswith("ing") and not asked
        return " " if own else word

    return re.sub(r"[a-z]+", kept, clause)


_SAME_FORM = word_set("split set reset put cut shut shed spread")
_PARTICIPLES = word_set(
    "sent resent built rebuilt written rewritten frozen taken brought split set reset put cut shut "
    "shed spread made given withdrawn found held kept bound swept drawn rebound chosen shrunk"
)


def _is_participle(word: str) -> bool:
    """Whether a form of the action's verb says that it happened."""
    regular = word.endswith(("ed", "off", "back", "over", "out", "down"))
    return regular or word in _PARTICIPLES


def _has_happened(clause: str) -> bool:
    """Whether a participle that is not the first word, which describes a thing, tells an end."""
    words = re.findall(r"[a-z]+", clause)
    return any(word.endswith("ed") and word not in EFFECTS for word in words[1:])


def _part(clause: str) -> float | None:
    """Give the share that is done: ``2 of 5``, ``62%``; None when none is told."""
    if not holds(clause, (" of ", "/", "%", "percent")):
        return None
    for match in _fraction().finditer(clause):
        if match[5] and float(match[5]) <= _WHOLE:
            return float(match[5]) / _WHOLE
        if match[5]:
            continue
        done, whole = match[1] or match[3], match[2] or match[4]
        if done == "all":
            continue
        first, second = _count(done), _count(whole)
        if second and first <= second:
            return first / second
    return None


_WHOLE = 100  # percent; nothing is done to more
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _count(word: str) -> int:
    """Read a number in digits or words."""
    plain = word.replace(",", "")
    return int(plain) if plain.isdigit() else _COUNTS.index(word) if word in _COUNTS else 0
