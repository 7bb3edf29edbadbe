"""The state of an action, told by the words of a clause."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.goals import OPENING, ended, has_reached, is_normal, is_so
from impactcalc.intake.escalation.states.norms import is_norm
from impactcalc.intake.escalation.states.said import (
    SAME_FORM,
    Said,
    has_happened,
    is_participle,
    plain_words,
    take_apart,
)
from impactcalc.intake.escalation.states.shares import (
    nothing_is_left,
    share_of,
    without_last_part,
)
from impactcalc.intake.escalation.states.state import State
from impactcalc.intake.escalation.states.state_labels import state_label
from impactcalc.intake.escalation.states.state_patterns import (
    is_as_ever,
    is_future,
    later,
    not_happened,
    not_over,
    rehearsed,
    unclear,
    under_work,
)
from impactcalc.intake.escalation.states.state_words import (
    DONE_WORDS,
    EFFECTS,
    IN_PROGRESS_WORDS,
    NOT_STARTED_WORDS,
)
from impactcalc.intake.escalation.words.verbs import ending_verbs, of_kind
from impactcalc.intake.escalation.words.vocabulary import holds, word_set
from impactcalc.intake.escalation.words.wording import stem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["STATE_CUES", "State", "state_of"]


_CUES_BY_STATE = {
    State.NOT_STARTED: tuple(f" {cue} " for cue in NOT_STARTED_WORDS),
    State.IN_PROGRESS: tuple(f" {cue} " for cue in IN_PROGRESS_WORDS),
    State.DONE: tuple(f" {cue} " for cue in DONE_WORDS),
}


STATE_CUES = (*NOT_STARTED_WORDS, *IN_PROGRESS_WORDS, *DONE_WORDS)
"""Words that tell a state, and so are no subject."""


def _says(state: State, clause: str) -> bool:
    """Whether a clause holds a cue of a state as whole words; cheaper than one long pattern."""
    return holds(f" {plain_words(clause)} ", _CUES_BY_STATE[state])


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
    said = take_apart(clause, known)
    for rule in _rules():
        answer = rule(said, sure)
        if answer is not None:
            return answer.state
    return None


class _Answer(NamedTuple):
    """What a rule found: a state, or that nothing can be told."""

    state: State | None


_DONE, _RUNNING, _OPEN = map(_Answer, (State.DONE, State.IN_PROGRESS, State.NOT_STARTED))
_NONE = _Answer(None)


@cache
def _rules() -> tuple[Callable[[Said, bool], _Answer | None], ...]:
    """Give the rules in the order in which they are asked; the first answer counts."""
    return (
        lambda said, _: (
            _NONE if holds(said.rest, _UNHEARD) or _stands_at(said.rest) else _rehearsal(said)
        ),
        lambda said, _: _NONE if is_norm(said.clause, said.rest) else None,
        lambda said, _: (
            _RUNNING if _lacks_the_end(said) or _is_draft(said) or _is_handed_on(said) else None
        ),
        lambda said, _: _DONE if nothing_is_left(said.clause) else None,
        lambda said, _: None if (state := ended(said)) is None else _Answer(state),
        lambda said, _: _OPEN if _is_open(said) else None,
        lambda said, _: _OPEN if _is_ordered(said.clause) else _partly(said),
        lambda said, _: _NONE if is_normal(said) else None,
        lambda said, _: _RUNNING if _is_cut_short(said) else None,
        lambda said, _: _NONE if holds(said.rest, _UNCLEAR) and _is_unclear(said) else None,
        lambda said, sure: _RUNNING if _is_running(said, sure=sure) else None,
        lambda said, sure: _DONE if _is_over(said, sure=sure) else None,
        lambda said, _: _OPEN if _is_to_come(said) else None,
        lambda said, _: _Answer(state_label(said.rest)),
    )


def _stands_at(rest: str) -> bool:
    """Whether only a size is told, and no share of work: ``queue still at 1,400 files``."""
    return "still at " in rest and _size().search(rest) is not None


@cache
def _size() -> re.Pattern[str]:
    """Compile a size that something still has."""
    return re.compile(r"\bstill at (?:about |around |~)?[0-9][0-9,.]*+(?! ?%| of |/| per ?cent)")


def _lacks_the_end(said: Said) -> bool:
    """Whether it is said to be not over yet, which tells that it has begun."""
    if "up to " in said.clause and _up_to().search(said.clause) and said.own[-1:]:
        grows = said.verb in of_kind("raise") | of_kind("lower") | of_kind("upgrade")
        return said.own[-1].endswith("ed") and not grows
    if holds(said.clause, ("not all", "not every", "not been all")) and (
        _not_on_all().search(said.clause)
    ):
        return True
    if not holds(said.rest, _NOT_OVER) or not not_over().search(said.rest):
        return False
    return not holds(said.rest, ("not start", "not begun", "has not be", "waits", "waiting"))


@cache
def _up_to() -> re.Pattern[str]:
    """Compile how far something has come: ``reconciled up to 14 March``."""
    return re.compile(
        r"ed up to (?:and including )?(?:the )?(?:[0-9]{1,2}(?:st|nd|rd|th)?\b|page|row|"
        r"january|february|march|april|may|june|july|august|september|october|november|december)"
    )


@cache
def _not_on_all() -> re.Pattern[str]:
    """Compile ``not all of the gateways have been patched``, ``were not all patched``."""
    return re.compile(
        r"\bnot (?:been )?(?:all|every\w*)\b(?: [a-z-]+){0,7}? [a-z]+(?:ed|en|lt|nt)\b"
    )


_NOT_OVER = (
    *("not ", "n't ", "left ", "will ", "shall ", "'ll ", "to ", "mid", "incompl", "unfin", "half"),
    "more",
)
_PLACES = (
    *("test", "staging", "lab", "qa", "sandbox", "dev", "pre", "integration", "uat", "accept"),
    "our own ",
)


def _rehearsal(said: Said) -> _Answer | None:
    """Tell nothing of what happened where it does not count; with ``only`` nothing has begun."""
    if not holds(said.clause, _PLACES) or not rehearsed().search(said.clause):
        return None
    return _OPEN if "only" in said.words else _NONE


def _is_cut_short(said: Said) -> bool:
    """Whether work was broken off in the middle: ``paused after the second site``."""
    if said.verb in ending_verbs() or not holds(
        said.rest, ("paused", "halted", "stopped", "broken")
    ):
        return False
    broken = r"\b(?:paused|halted|stopped|interrupted|broken off) (?:at|after|with|half)"
    return re.search(broken, said.rest) is not None


def _is_handed_on(said: Said) -> bool:
    """Whether a thing has gone to where it is worked on: ``shipped to the works for repair``."""
    if not said.own or "for " not in said.clause or said.own[-1].endswith(("ed", "ing")):
        return False
    handed = r"\b(?:sent|shipped|taken|gone|went|handed|passed|out|in|away|brought)\b.* for "
    return re.search(rf"{handed}(?:an? |the |its )?{said.own[-1]}\b", said.clause) is not None


def _is_draft(said: Said) -> bool:
    """Whether something is being worked out: a draft of what is to be written."""
    if holds(said.clause, ("under ", "in ")) and under_work().search(said.clause):
        return not holds(said.clause, ("not ", "will ", "n't "))
    drafted = "draft" in said.clause and said.verb in of_kind("write") | of_kind("upgrade")
    return drafted and not said.verb.startswith("draft") and "no draft" not in said.clause


def _is_open(said: Said) -> bool:
    """Whether nothing has been done yet."""
    if said.verb in OPENING and re.search(r"\b(?:is|are) (?:now )?open\b", said.clause):
        return False  # "the side gates are open"
    return (
        _says(State.NOT_STARTED, said.rest)
        or ("yet" in said.rest and re.search(r"\b(?:not|no)\b.*\byet\b", said.rest) is not None)
        or said.denied
        or is_as_ever(said.rest)
        or said.rest.rstrip(" .!").endswith((" is not", " are not", " has not", " have not"))
        or _has_not_happened(said)
        or (is_future(said.rest) and _not_at_work(said.rest))
    )


def _is_ordered(clause: str) -> bool:
    """Whether a part is only to be done: ``half of the racks are to be moved``."""
    if not holds(clause, (" to be ", "will be")):
        return False
    return re.search(_is_to_be(), clause) is not None


@cache
def _is_to_be() -> re.Pattern[str]:
    """Compile ``are to be moved``, ``clinics to be notified``; not what seems to be mended."""
    return re.compile(
        r"(?<!seems)(?<!seem)(?<!appears)(?<!appear)(?<!found)(?<!reported)(?<!said)(?<!had)"
        r"(?: to be|\bwill be) (?:[a-z]+ly )?[a-z]+(?:ed|en|lt|nt|ld|id)\b"
    )


def _not_at_work(rest: str) -> bool:
    """Whether no work goes on; also where nobody does it: ``nobody is working on it``."""
    return holds(rest, ("nobody", "no one", "no-one")) or not _says(State.IN_PROGRESS, rest)


def _has_not_happened(said: Said) -> bool:
    """Whether a participle is denied: ``not applied``, ``no invoice re-sent so far``."""
    if holds(said.rest, ("not ", "never ", "n't ")):
        match = not_happened().search(said.rest)
        if match and match["word"] not in EFFECTS:
            return True
    denied = said.rest.lstrip().startswith("no ")
    return denied and ("so far" in said.rest or any(map(is_participle, said.own)))


def _partly(said: Said) -> _Answer | None:
    """Tell the state behind a share: ``2 of 5``, ``62%``, ``on some of the nodes``."""
    part = share_of(said.rest)
    if part is None:
        return None
    return _OPEN if part == 0 else _DONE if part >= 1 else _RUNNING


_UNHEARD = (
    *("no word", "no news", "no answer", "no reply", "heard nothing", "not heard"),
    "no information",
    *("nothing was reported", "nothing reported", "nothing was said", "no report"),
    *("nothing to report", "nothing new to report", "nothing to tell"),
    *("nobody reported", "was not mentioned", "not reported", "nothing was heard"),
    *("been talked about", "not talked about", "not mentioned", "been mentioned", "not come up"),
    *("not brought up", "been brought up", "not spoken of", "not touched upon"),
    *("no feedback", "unclear whether", "do not know", "don't know", "nobody knows"),
)
_UNCLEAR = (
    *("cannot", "can ", "could ", "may ", "might ", "would ", "never", "failed", "not", "n't"),
    *("staging", "test", "lab", "sandbox", "dev"),
)


def _is_unclear(said: Said) -> bool:
    """Whether words say that nothing is certain."""
    return unclear().search(said.rest) is not None


def _is_running(said: Said, *, sure: bool) -> bool:
    """Whether work goes on: a word says so, or the action's verb does: ``is being``, ``adding``."""
    if holds(said.rest, ("running again", "up and running", "works again", "working again")):
        return False
    if _says(State.IN_PROGRESS, without_last_part(said.rest)) or _travels(said):
        return True
    if not sure and holds(said.rest, ("is ", "are ", "'re ")) and _at_work().search(said.rest):
        return True
    # "restarting the nodes took an hour", "sharding design signed off": here the verb is a thing
    thing = not _FINITE.isdisjoint(said.words) or not EFFECTS.isdisjoint(said.words)
    if thing or not any(word.endswith("ing") for word in said.own) or _says(State.DONE, said.rest):
        return False
    if _is_doing().search(said.rest):
        return True
    doing = said.own[0] == said.words[0] and said.words[1:2] not in {(), ("of",)}
    doing = doing or re.search(r"^\W*[a-z]+ing +(?!\w+ed\b)\w", said.rest) is not None
    return _IS.isdisjoint(said.words) and doing  # "aligning the rollers"


def _travels(said: Said) -> bool:
    """Whether somebody who is to be sent is on the way."""
    if said.verb not in of_kind("send") or not holds(said.rest, ("en ", "transit", "way")):
        return False
    way = r"(?:^\W*|\b(?:is|are|been) (?:now |already )?)(?:en[- ]route|in transit|on [a-z]+ way)\b"
    return re.search(way, said.rest) is not None


@cache
def _at_work() -> re.Pattern[str]:
    """Compile somebody who does something: ``Omar is testing it``."""
    return re.compile(
        r"\b(?:is|are|'re) (?:now |currently |still |already |busy )*(?:testing|trying|working|"
        r"preparing|"
        r"copying|rolling|writing|building|doing|checking|moving|finishing|installing|deploying|"
        r"loading|running|coding|rewriting|migrating|importing|exporting|syncing|progressing)\b"
    )


@cache
def _is_doing() -> re.Pattern[str]:
    """Compile ``is clearing``, ``we are busy adding``."""
    return re.compile(
        r"\b(?:is|are|am|'re|we|busy|currently|now|still) (?:[a-z]+ ){0,2}?[a-z]+ing\b"
    )


_IS = frozenset({"is", "are", "will", "can", "must", "needs"})
_FINITE = word_set(
    "costs takes means requires needs causes "
    "took was were did went worked helped brought made had has cost needed"
)


def _is_over(said: Said, *, sure: bool) -> bool:
    """Whether it is done: a word says so, or a participle does."""
    if "still" in said.rest and re.search(r"\bstill\b", said.rest):
        return False
    if "live for " in said.rest and re.search(r"live for (?:[a-z]+ )?[0-9]", said.rest):
        return False  # "sessions live for 25 minutes"
    # "split prepared", "split of the index": here "split" is a noun
    began = not EFFECTS.isdisjoint(said.words) or said.words[1:2] == ("of",)
    if _says(State.DONE, said.rest) or (
        not began and said.clause.rstrip(" .").endswith((" off", " up"))
    ):
        return True
    # "Roll back the release" orders it, "rolled back the release" tells it
    opens = said.own and stem(said.words[0]) == said.verb
    imperative = opens and "ed" not in said.clause[:_FIRST]
    own = () if imperative and not said.own[0].endswith("ed") else said.own
    if any(is_participle(word) and not _is_thing(word, said, began=began) for word in own):
        return True
    if has_reached(said) or is_so(said, sure=sure):
        return True
    return bool(said.verb) and not sure and has_happened(said)


def _is_thing(word: str, said: Said, *, began: bool) -> bool:
    """Whether a verb that does not change its form is a noun here: ``the split``."""
    return word in SAME_FORM and (began or f" the {word} " in f" {said.clause} ")


_FIRST = 12  # characters of the first word


_PAST = word_set("was were came went took got began ran")


def _is_to_come(said: Said) -> bool:
    """Whether something is to come: a clause names nothing but its time."""
    past = any(
        (word.endswith("ed") and word not in EFFECTS) or word in _PAST for word in said.words
    )
    if past or any(map(is_participle, said.own)) or has_happened(said):
        return False
    return later().search(said.rest) is not None
