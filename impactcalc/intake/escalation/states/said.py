"""A clause about an action, taken apart: the forms of its verb, and what else is said."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.state_words import EFFECTS
from impactcalc.intake.escalation.words.verbs import kinship
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, word_set
from impactcalc.intake.escalation.words.wording import plain_tokens, split_words, stem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


_PUNCTUATION = str.maketrans(dict.fromkeys('.,;:!?()[]"/\n\t', " "))


def plain_words(clause: str) -> str:
    """Write a clause without marks, its words parted by one blank."""
    return " ".join(clause.translate(_PUNCTUATION).split())


class Said(NamedTuple):
    """A clause taken apart.

    Parameters
    ----------
    clause, words
        All its words, in small letters.
    verb
        Stem of the action's verb; empty when none is known.
    own
        The words that are forms of this verb, without a particle: ``rolled``, ``roll``.
    rest
        What else is said, in small letters.
    denied
        Whether the verb is said not to have happened.
    """

    clause: str
    words: tuple[str, ...]
    verb: str
    own: tuple[str, ...]
    rest: str
    denied: bool


def denies(clause: str, verb: str) -> bool:
    """Whether a clause says that the verb did not happen: ``the API was not restarted``."""
    if not verb or not holds(
        f"{clause} ", ("not ", "n't ", "never ", "nobody has ", "no one has ")
    ):
        return False
    parts = clause.split()
    if len(parts) > 1 and parts[-1] == "not" and stem(parts[-2]) == verb:
        return True  # "dredging not"
    denied = re.finditer(
        r"\b(?:not|never|\w+n't|nobody has|no one has)(?: been| yet| fully| all)? ([a-z]+)", clause
    )
    return any(stem(match[1]) == verb for match in denied)


def _without(clause: str, known: Sequence[str]) -> str:
    """Leave out the action's own words, so that they are not taken for a state.

    Of its verb only the past form goes, and not after ``not`` or ``has``: ``tag dropped`` is done,
    ``replay not started`` is not.
    """
    verb, things = (known[0], frozenset(known[1:])) if known else ("", frozenset())
    kept_after: tuple[str, ...] = ("not", "n't", "has", "have")
    if holds(clause, ("not ", "n't ", "never ")):
        kept_after = (*kept_after, "been")

    def kept(match: re.Match[str]) -> str:
        word = match[0]
        if stem(word) in things and word not in _KEPT:
            return " "
        asked = clause[: match.start()].rstrip().endswith(kept_after)
        own = stem(word) == verb and not word.endswith("ing") and not asked
        return " " if own else word

    return re.sub(r"[a-z]+", kept, clause)


_KEPT = word_set("of off one no not none nobody nothing never")
"""Words that tell a state although they stand in the action, too: ``switch off``."""


SAME_FORM = word_set("split set reset put cut shut shed spread")


_TELLING = word_set(
    "sent resent built rebuilt written rewritten frozen taken brought withdrawn swept drawn chosen "
    "shrunk told hidden thrown sold paid driven taught undone redone overwritten spun fed laid"
)


_PARTICIPLES = _TELLING | word_set(
    "split set reset put cut shut shed spread made given found held kept bound rebound dealt "
    "shown seen known grown caught struck woken broken led met lit bent run rerun left let "
    "hit cast recast bought lent hung dug torn flown spent won wound unwound "
    "took wrote rewrote froze chose gave drove broke threw drew withdrew grew shrank ran swept"
)


def is_participle(word: str) -> bool:
    """Whether a form of the action's verb says that it happened."""
    return word.endswith("ed") or word in _PARTICIPLES


def has_happened(said: Said) -> bool:
    """Whether a participle that is not the first word, which describes a thing, tells an end.

    One of a verb that means the same as the action's does always: ``swapped`` where it is to be
    replaced.
    """
    words = re.findall(r"[a-z]+", said.rest)
    meant = kinship(said.verb)
    if any(is_participle(word) and meant & kinship(stem(word)) for word in words):
        return True
    first = said.words[:1] == tuple(words[:1])
    ends = [word for word in words[first:] if _tells_an_end(word)]
    if not ends or _somebody_did().search(said.rest):
        return False
    if kinship(stem(ends[0])):
        return True
    noun = said.own[:1] and said.clause.find(said.own[0]) < said.clause.find(ends[0])
    if noun and not holds(said.clause, _AUXILIARIES):
        return False  # "replacement part delayed"
    return not _is_adjective(said.rest, ends[0])


_AUXILIARIES = ("was ", "were ", "been ")


def _tells_an_end(word: str) -> bool:
    """Whether a participle of any verb may tell that something is over."""
    return (word in _TELLING or word.endswith("ed")) and word not in EFFECTS


def _is_adjective(rest: str, word: str) -> bool:
    """Whether an unknown participle tells how a thing is: ``the gate is jammed``."""
    return re.search(rf"\b(?:is|are|looks?|seems?) (?:[a-z]+ ){{0,2}}{word}\b", rest) is not None


@cache
def _somebody_did() -> re.Pattern[str]:
    """Compile what somebody did to something else: ``our manager has talked to theirs``."""
    return re.compile(
        r"\b(?:has|have|had|'ve) (?:already |now |just |also |again )*(?!been\b)[a-z]+ "
        r"(?:to|with|at|about|for) (?!it\b|them\b|this\b|that\b|all\b|both\b|every)[a-z]+"
    )


def has_digits(clause: str) -> bool:
    """Whether figures stand in a clause."""
    return not DIGITS.isdisjoint(clause)


def take_apart(clause: str, known: Sequence[str]) -> Said:
    """Take a clause apart.

    Parameters
    ----------
    clause
        The words, in small letters.
    known
        Stems of the action, its verb first.
    """
    verb = known[0] if known else ""
    words = tuple(split_words(clause))
    forms = zip(plain_tokens(clause), words, strict=True) if verb else ()
    own = tuple(form for form, word in forms if verb in {stem(word), stem(form)})
    denied = denies(clause, verb) or _is_undone(words, verb)
    return Said(clause, words, verb, own, _without(clause, known), denied)


def _is_undone(words: Sequence[str], verb: str) -> bool:
    """Whether a word denies the verb: ``nodes unpatched``."""
    undone = (word[2:] for word in words if word.startswith("un") and word.endswith("ed"))
    return bool(verb) and any(stem(word) == verb for word in undone)
