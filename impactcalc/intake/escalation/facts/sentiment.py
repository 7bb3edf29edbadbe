"""The customer's mood: the stated verdict, else the tone of what is told about them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, offer
from impactcalc.intake.escalation.facts.moods import (
    FLIPPED,
    HUMAN,
    NEGATIONS,
    PARTS,
    PEOPLE,
    PHRASE_CUES,
    STRONG,
    TONES,
    describes_thing,
    phrases,
)
from impactcalc.intake.escalation.facts.verdicts import VERDICT_LABELS, unread_verdicts
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import holds, word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement


class _Tone(NamedTuple):
    """A word of mood: its tone and its place."""

    tone: str
    span: tuple[int, int]


@cache
def _tone_pattern() -> re.Pattern[str]:
    """Compile a word with its hyphens."""
    return re.compile(r"\b[a-z]+(?:['-][a-z]+)*\b")  # not in "sla_objective"


@cache
def _verdict() -> re.Pattern[str]:
    """Compile what leads to a verdict; the words after it name the tone."""
    return re.compile(
        r"\boverall\b(?! relation)|\b(?:relationship|atmosphere)(?: is| as| remains|:)? (?=neutral|"
        r"positive|negative|good|bad|tense|strained|mixed)|\ball in all\b|\bon balance\b|\bin "
        r"sum\b|\bin (?:one|a) word\b|"
        r"\b(?:sentiment|mood)(?: field| today| now| is| overall)* *[:=]|\bverdict\b[^.:]{0,40}:|"
        r"\b(?:i'd|i would|we'd|we would|we|i|let us|please|shall i)(?: still| rather| now)? "
        r"(?:say|"
        r"call|rate|file|put|write|mark|record|class|describe|book|set)\b|\bcall(?:s|ed)? (?:it|"
        r"them|her|him|the(?! (?:meeting|call|talk|session|update|report|plan|fix|work|answer)))\b|"
        r"\b(?:put|write|writes?|note|mark|file|record|report)(?:s|ed)? (?:me |it |them |"
        r"her |"
        r"him |us |me )?(?:down )?(?:as|under)\b|\b(?:put|write|note) down\b|\bconsiders? (?:it|"
        r"them|"
        r"her|him|the (?:customer|client|relationship))\b|\brated? (?:as|the)\b|"
        r"\brate[sd]? (?:the |this )?(?:customer|client|account|relationship|mood) (?:as|at)\b"
    )


_VERDICT_CUES = (
    *(" overall", " all in all", " on balance", " in sum", " in one word", " in a word"),
    *(" relationship", " atmosphere", " sentiment", " mood", " verdict", " say", " call", " rate"),
    *(" file", " put", " write", " mark", " record", " class", " describe", " book", " set"),
    *(" consider", " note", " report", " is the word"),
)
"""Beginnings of words of which each leading one needs one: ``rate``, not ``frustrated``."""


@cache
def _in_the_end() -> re.Pattern[str]:
    """Compile what tells that a mood is that of the end: ``angry at first, calm now``."""
    return re.compile(r"\b(?:now|today|meanwhile|by now|in the end|at last|finally)\b|[-=]>|\u2192")


def _of_several(statement: Statement, found: Sequence[_Tone]) -> _Tone:
    """Give the tone of several: a plain verdict, that of the end, or what is set against it."""
    first, last = found[0], found[-1]
    if len(found) == 1 or statement.lower[slice(*first.span)] in _VERDICTS:
        return first
    if _in_the_end().search(statement.lower, first.span[1], last.span[1] + _END):
        return last
    return _set_against(statement, found) or first


def _set_against(statement: Statement, found: Sequence[_Tone]) -> _Tone | None:
    """Give the mood behind a ``but``, if it is another than an even or good one before it."""
    if len(found) == 1 or not found or found[0].tone == "negative":
        return None
    at = _contrast().search(statement.lower, found[0].span[1])
    against = (one for one in found if at and one.span[0] > at.end() and one.tone != "neutral")
    return next(against, None)


@cache
def _contrast() -> re.Pattern[str]:
    """Compile what sets a mood against the one before it: ``polite, but fuming``."""
    return re.compile(r"\b(?:but|yet|however|though|although)\b")


_VERDICTS = frozenset({"neutral", "positive", "negative", "mixed"})
_END = 8  # characters behind a mood in which its time stands


def sentiment_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find a verdict, and the tone of the section or of sentences about the customer."""
    tones: list[tuple[Statement, _Tone]] = []
    for statement in statements:
        if statement.role is Role.HEADING or statement.topic is Topic.HISTORY or _asks(statement):
            continue
        if _is_bare(statement):
            yield from unread_verdicts(statement)
            continue
        if statement.lower.startswith(("last ", "back then", "in the past", "years ago")):
            continue  # "Last year they were delighted."
        about = statement.topic is Topic.SENTIMENT
        verdict = _stated(statement, about=about)
        if verdict is not None and not _is_mild(statement, verdict[0]):
            yield offer(statement, "sentiment", verdict[0].tone, verdict[1], verdict[0].span)
        elif about or _is_about_people(statement):
            weak = about or not statement.words.isdisjoint(_NAMED) or _speaks(statement)
            said = _tones(statement, statement.start, weak=weak)
            mixed = statement.topic is Topic.STATUS and len({one.tone for one in said}) > 1
            turned = _last_of(statement, said) or _set_against(statement, said)
            found = None if mixed else turned or _prevailing(said)
            if found:
                tones.append((statement, found))
    for one in _of_tone(tones):
        yield one._replace(note=_broken_off(statements))


def _broken_off(statements: Sequence[Statement]) -> str:
    """Note that the text ends inside of its list of moods: a verdict may have followed."""
    last = statements[-1]
    listed = last.topic is Topic.SENTIMENT and last.role is Role.ITEM
    lost = listed and last.text[-1:].isalnum()
    return "the text breaks off where moods are listed: this is but their tone" if lost else ""


def _is_mild(statement: Statement, verdict: _Tone) -> bool:
    """Whether a mood is only even, so that what is told behind it counts: ``polite. He said ...``.

    The words ``neutral`` and ``mixed`` sum up whatever else is told, and ``now`` tells the newest.
    """
    summed = statement.lower[slice(*verdict.span)] in _VERDICTS or "overall" in statement.lower
    return verdict.tone == "neutral" and not summed and statement.words.isdisjoint(_FINAL)


_FINAL = frozenset({"nor", "now"})
_NAMED = frozenset(
    {"mood", "tone", "atmosphere", "relationship", "sentiment", "feedback", "temper", "csat"}
)


def _asks(statement: Statement) -> bool:
    """Whether a statement is a question: ``shall I write down cross or happy?``."""
    return statement.text.rstrip(" \"'").endswith("?")


def _is_bare(statement: Statement) -> bool:
    """Whether no word of a statement, nor a phrase, tells of a mood."""
    silent = statement.lower.isascii() and statement.words.isdisjoint(PARTS)
    return silent and not holds(statement.lower, PHRASE_CUES)


def _stated(statement: Statement, *, about: bool) -> tuple[_Tone, Weight] | None:
    """Find a verdict: behind its label, or where a sentence sums the mood up."""
    if statement.start > 0 and statement.label in VERDICT_LABELS:
        found = _tones(statement, statement.start, weak=True)
        summed = _summed_up(statement, statement.start) if len(found) > 1 else None
        return (summed or _of_several(statement, found), Weight.STATED) if found else None
    if not (about or _is_about_people(statement) or holds(statement.lower, _PLAIN_CUES)):
        return None
    bare = statement.lower.strip(' .!*_"')
    if about and bare in _VERDICTS - {"mixed"}:  # "Has seen worse, and better. Neutral."
        at = statement.lower.index(bare)
        return _Tone(bare, (at, at + len(bare))), Weight.CORRECTED
    tone = _summed_up(statement, 0)
    if tone is None:
        return None
    plain = "overall relation" not in statement.lower and (about or "overall" in statement.lower)
    return tone, Weight.STATED if plain else Weight.LIKELY


_PLAIN_CUES = (
    *("overall", "sentiment", "mood", "i'd say", "i would call", "in one word", "write down"),
    *("on balance", "all in all", "as neutral", "as positive", "as negative"),
    *("say neutral", "say positive", "say negative"),
    *("put down", "note down", "down as", "them under", "relationship"),
)


def _summed_up(statement: Statement, start: int) -> _Tone | None:
    """Give the tone that the last summing words lead to."""
    lower = statement.lower
    neither = phrases().search(lower, start) if "neither" in lower else None
    if neither and neither["neutral"]:
        return _Tone("neutral", neither.span())
    if not holds(f" {' '.join(word_pattern().findall(lower, start))}", _VERDICT_CUES):
        return None
    for match in reversed([*_verdict().finditer(lower, start)]):
        found = _tones(statement, match.end(), weak=True)
        if found and found[0].span[0] - match.end() < _REACH:
            return _of_several(statement, found)
    return _named_word(statement)


_REACH = 48  # characters between summing words and the tone


def _named_word(statement: Statement) -> _Tone | None:
    """Read ``angry is the word``."""
    at = statement.lower.find(" is the word")
    found = [one for one in _tones(statement, 0, weak=True) if one.span[1] == at]
    return found[0] if found else None


def _is_about_people(statement: Statement) -> bool:
    """Whether a sentence outside the section of moods tells how people feel."""
    entry = statement.block.entry
    theirs = entry is not None and entry.speaker in _CUSTOMERS
    named = theirs or not statement.words.isdisjoint(PEOPLE)
    human = not statement.words.isdisjoint(HUMAN)
    if statement.topic is Topic.STATUS:  # a paragraph below the list, no entry of a log
        block = statement.block
        own = block.role is Role.TEXT and block.entry is None
        own = own and (block.after_blank or statement.said is not None)
        told = human and own and not statement.has_digits
        said = told or _speaks(statement) or _is_somebody_so(statement)
        return (named and said) or _is_all_mood(statement)
    told = named or human or _is_all_mood(statement)
    return told and statement.topic in {Topic.NONE, Topic.DESCRIPTION}


def _is_all_mood(statement: Statement) -> bool:
    """Whether a sentence of a log has words of mood alone: ``Matter-of-fact, no complaint.``."""
    words = set(_tone_pattern().findall(statement.lower))
    return statement.block.entry is not None and STRONG.keys() & words == words - _BESIDE != set()


_BESIDE = word_set("no complaint complaints not and but very quite rather still so far at all")
_CUSTOMERS = frozenset({"caller", "customer", "client", "user"})
"""Speakers of a transcript whose mood it is."""


def _is_somebody_so(statement: Statement) -> bool:
    """Whether a person is said to be in a mood: ``she is very pleased with the pace``."""
    if statement.words.isdisjoint(_PERSONS):
        return False
    if any(match[1] in STRONG for match in _somebody_is().finditer(statement.lower)):
        return True
    lost = (one[0] for one in phrases().finditer(statement.lower) if one["negative"])
    return any(one.startswith(("los", "out of")) for one in lost)  # "she has lost her patience"


_PERSONS = frozenset({"she", "he", "manager", "director", "owner", "head", "lead", "boss", "chief"})


@cache
def _somebody_is() -> re.Pattern[str]:
    """Compile how somebody is, with one word before it at most."""
    return re.compile(
        r"\b(?:she|he|manager|director|owner|head|lead|boss|chief)(?: of [a-z]+)? "
        r"(?:is|was|sounds|sounded|seems|seemed|feels|felt|remains) (?:[a-z]+ )?([a-z]+)\b"
    )


def _speaks(statement: Statement) -> bool:
    """Whether somebody's own words follow: ``their director wrote: "..."``."""
    return '"' in statement.text and not statement.words.isdisjoint(_SPEECH)


_SPEECH = frozenset({"wrote", "writes", "said", "says", "calls", "called", "told"})


def _tones(statement: Statement, start: int, *, weak: bool) -> list[_Tone]:
    """Find the words and phrases of mood; a negation before one turns it round.

    Parameters
    ----------
    statement
        Where they stand.
    start
        Where to begin.
    weak
        Whether words count, too, that tell a mood only where moods are spoken of.
    """
    known: Mapping[str, str] = TONES if weak else STRONG
    lower, found = statement.lower, []
    before: list[str] = []
    neither: set[str] = set()
    for match in _tone_pattern().finditer(lower, start):
        tone = known.get(match[0])
        wished = before[-1:] == ["be"] and not _WISHING.isdisjoint(before[-3:])
        if (
            tone is not None
            and not wished
            and not describes_thing(match[0], before, lower[match.end() :])
        ):
            denied = NEGATIONS.intersection(before[-2:])
            neither.update((tone,) if denied else ())
            found.append(_Tone(FLIPPED[tone] if denied else tone, match.span()))
        before.append(match[0])
    if neither >= {"positive", "negative"}:  # "not angry, not happy"
        found = [one._replace(tone="neutral") for one in found]
    told = [*phrases().finditer(lower, start)] if holds(lower, PHRASE_CUES) else []
    whole = [one.span() for one in told]  # "trust is gone" tells of no trust
    found = [one for one in found if not any(a <= one.span[0] < b for a, b in whole)]
    found.extend(
        _Tone(str(match.lastgroup), match.span())
        for match in told
        if weak or match[0] != "thank you"  # which every mail ends in
    )
    return sorted(found, key=lambda one: one.span[0])


_WISHING = frozenset({"would", "i'd", "we'd", "shall", "should"})
"""Words of politeness: ``I would be grateful for your help``."""


def _last_of(statement: Statement, found: Sequence[_Tone]) -> _Tone | None:
    """Give the tone that followed another one: ``started angry, now rather content``."""
    start = found[0].span[1] if len({one.tone for one in found}) > 1 else len(statement.lower)
    for match in _in_the_end().finditer(statement.lower, start):
        later = [one for one in found if 0 <= one.span[0] - match.end() < _SOON]
        if later:
            return later[0]
    return None


_SOON = 24  # characters between ``now`` and the mood


def _prevailing(found: Sequence[_Tone]) -> _Tone | None:
    """Give the tone of a statement: the first good or bad one, else an even one."""
    return next((one for one in found if one.tone != "neutral"), found[0] if found else None)


_TURNING = (
    *("now ", "today ", "by now", "meanwhile", "in the end", "since then", "at last", "finally"),
)


def _of_tone(tones: Sequence[tuple[Statement, _Tone]]) -> Iterator[Candidate]:
    """Give the tone that prevails; bad and good in balance give none."""
    section = [one for one in tones if one[0].topic is Topic.SENTIMENT]
    counted = section or tones
    bad = [one for one in counted if one[1].tone == "negative"]
    good = [one for one in counted if one[1].tone == "positive"]
    chosen: Sequence[tuple[Statement, _Tone]] = ()
    if len(bad) != len(good):
        chosen = bad if len(bad) > len(good) else good
    elif not bad:
        chosen = counted
    if counted[1:] and counted[-1][0].lower.startswith(_TURNING):
        chosen = counted[-1:]  # "Furious on Monday. Today they are relieved."
    for statement, found in chosen[:1]:
        yield offer(statement, "sentiment", found.tone, Weight.HINT, found.span)
