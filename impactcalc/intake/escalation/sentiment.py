"""The customer's mood: the stated verdict, else the tone of what is told about them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.block import Role
from impactcalc.intake.escalation.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.sections import Topic
from impactcalc.intake.escalation.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.statements import Statement

_WORDS = {
    "negative": (
        "negative dissatisfied unsatisfied unhappy angry frustrated frustration furious annoyed "
        "upset "
        "anxious disappointed disappointment strained tense worried nervous impatient irritated "
        "stressed concerned hostile outraged livid unacceptable alarmed displeased unimpressed "
        "exasperated fed-up mistrust distrust impatience anger irate enraged bitter resigned "
        "sceptical skeptical poor bad critical tired threatens threatened threatening complains "
        "complained demanding agitated heated fuming uneasy unsettled distressed desperate"
    ),
    "positive": (
        "positive satisfied happy pleased grateful delighted appreciative thanked thankful praised "
        "praises content good excellent friendly optimistic glad impressed complimentary relieved"
    ),
    "neutral": (
        "neutral calm factual cooperative co-operative mixed neither patient understanding "
        "professional businesslike business-like constructive composed even balanced "
        "matter-of-fact "
        "indifferent reserved polite relaxed"
    ),
}
_TONE = {word: tone for tone, words in _WORDS.items() for word in words.split()}
_TONE_PARTS = frozenset(word.partition("-")[0] for word in _TONE)
_NEGATIONS = frozenset({"not", "no", "never", "less", "hardly", "isn't", "aren't", "far", "nor"})
_PEOPLE = word_set(
    "customer customers client they their them relationship mood team cio cto ceo coo cfo ciso vp "
    "director manager managers lead leadership founders founder board head owner owners executive "
    "executives procurement stakeholders sponsor he she operations caller contact side boss people "
    "union chief counterpart counterparts tone atmosphere"
)
_HUMAN = word_set(
    "angry furious livid frustrated annoyed upset unhappy irritated grateful delighted "
    "disappointed "
    "dissatisfied outraged fuming irate thankful"
)
"""Moods that only people have."""
_FLIPPED = {"positive": "negative", "negative": "neutral", "neutral": "neutral"}
_VERDICTS = (
    "overall sentiment",
    "verdict",
    "sentiment",
    "customer sentiment",
    "overall mood",
    "overall",
)


@cache
def _tone_pattern() -> re.Pattern[str]:
    """Compile a word with its hyphens."""
    return re.compile(r"[a-z]+(?:['-][a-z]+)*")


_CUES = (
    *("patience", "confidence", "trust", "faith", "under pressure", "on the edge"),
    *("at the end of", "vent", "escalat"),
)


@cache
def _phrases() -> re.Pattern[str]:
    """Compile moods told in more than one word."""
    return re.compile(
        r"\b(?:los(?:ing|t|es?) (?:patience|confidence|trust|faith)|out of patience|no patience|"
        r"patience is (?:running|wearing)|under pressure|on the edge|at the end of (?:his|her|"
        r"their)|"
        r"lack of trust|vent(?:ed|ing)|escalat\w+ to (?:the )?(?:ceo|board))\b"
    )


def sentiment_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find a verdict, and the tone of the section or of sentences about the customer."""
    tones: list[tuple[str, Statement, tuple[int, int]]] = []
    for statement in statements:
        if statement.role is Role.HEADING:
            continue
        about = statement.topic is Topic.SENTIMENT
        summed = _summed_up(statement, about=about)
        verdict = statement.label in _VERDICTS and statement.start > 0
        if verdict or summed >= 0:
            start = statement.start if verdict else summed
            found = _first_tone(statement, start)
            if found:
                plain = verdict or "overall relation" not in statement.lower
                weight = Weight.STATED if plain else Weight.LIKELY
                yield offer(statement, "sentiment", found[0], weight, found[1])
        elif about or _is_about_people(statement):
            found = _first_tone(statement, statement.start)
            if found:
                tones.append((found[0], statement, found[1]))
    yield from _of_tone(tones)


_SUMMING = ("overall", "call it ", "call them ", "call the ", "all in all", "on balance", "in sum")


_IN_A_WORD = ("in one word", "in a word")


def _summed_up(statement: Statement, *, about: bool) -> int:
    """Give where a statement sums the mood up: ``impatient, but I would call it neutral``."""
    cues = (*_SUMMING, *_IN_A_WORD) if about else _IN_A_WORD
    return max(statement.lower.rfind(cue) for cue in cues)


def _is_about_people(statement: Statement) -> bool:
    """Whether a sentence outside the section of moods tells how people feel."""
    named = not statement.words.isdisjoint(_PEOPLE)
    human = not statement.words.isdisjoint(_HUMAN)
    if statement.topic is Topic.STATUS:  # a paragraph below the list, no entry of a log
        block = statement.block
        own = block.role is Role.TEXT and block.after_blank and block.entry is None
        return named and human and own and not statement.has_digits
    return (named or human) and statement.topic in {Topic.NONE, Topic.DESCRIPTION}


_THINGS = word_set(
    "portal portals record records data app system systems care safety service services ward "
    "monitoring path condition priority state severity level incident issue failure error errors "
    "bug impact component update infrastructure"
)
_ADJECTIVES = frozenset({"patient", "critical", "poor", "bad", "good", "excellent", "tired"})


def _describes_thing(word: str, after: str) -> bool:
    """Whether a word of mood belongs to a thing: ``patient portal``, ``critical incident``."""
    following = after[1:].partition(" ")[0].strip(".,;:!?") if after[:1] == " " else ""
    return word in _ADJECTIVES and following in _THINGS


def _first_tone(statement: Statement, start: int) -> tuple[str, tuple[int, int]] | None:
    """Find the first word of mood; a negation before it turns it round."""
    lower = statement.lower
    silent = lower.isascii() and statement.words.isdisjoint(_TONE_PARTS)
    before: list[str] = []
    for match in () if silent else _tone_pattern().finditer(lower, start):
        tone = _TONE.get(match[0])
        if tone is not None and not _describes_thing(match[0], lower[match.end() :]):
            if _NEGATIONS.intersection(before[-2:]):
                tone = _FLIPPED[tone]
            return tone, match.span()
        before.append(match[0])
    phrase = _phrases().search(lower, start) if holds(lower, _CUES) else None
    return ("negative", phrase.span()) if phrase else None


def _of_tone(tones: Sequence[tuple[str, Statement, tuple[int, int]]]) -> Iterator[Candidate]:
    """Give the tone that prevails; bad and good in balance give none."""
    bad = [one for one in tones if one[0] == "negative"]
    good = [one for one in tones if one[0] == "positive"]
    even = [one for one in tones if one[0] == "neutral"]
    section = [one for one in tones if one[1].topic is Topic.SENTIMENT]
    if section:
        bad, good, even = ([one for one in group if one in section] for group in (bad, good, even))
    chosen: list[tuple[str, Statement, tuple[int, int]]] = []
    if len(bad) > len(good):
        chosen = bad
    elif len(good) > len(bad):
        chosen = good
    elif not bad and not good:
        chosen = even
    for tone, statement, span in chosen[:1]:
        yield offer(statement, "sentiment", tone, Weight.HINT, span)
