"""The stated percentage by which response times grew."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.latency import TOPICS
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement


INCREASE = "latency_increase_percent"


_SLOWER = word_set(
    "rose risen rising rise grew grown growth up slower higher longer slowed slowly spike "
    "above over"
)


_SLOWER_STEMS = ("increas", "jump", "climb", "degrad", "worse")


_SLOW_THINGS = word_set(
    "time times duration durations query queries slower slowly delay delays ttfb setup p90 p95 p99"
)


_OTHER_INCREASES = word_set(
    "error errors failure failures traffic cpu memory disk usage volume ticket tickets cost costs "
    "throughput timeout timeouts retries eviction evictions drop drops loss complaint complaints "
    "order orders bounce bounces load"
)


@cache
def _words() -> re.Pattern[str]:
    """Compile a word with its digits."""
    return re.compile(r"\w+")


def _tells_slower(clause: str) -> bool:
    """Whether a clause tells an increase."""
    return "+" in clause or any(
        word in _SLOWER or word.startswith(_SLOWER_STEMS) for word in _words().findall(clause)
    )


def _tells_slow_thing(clause: str) -> bool:
    """Whether a clause names something that gets slower."""
    words = _words().findall(clause)
    return any(
        word in _SLOW_THINGS
        or word.startswith("render")
        or (word.startswith(("latenc", "respon")) and len(word) > len("latenc"))
        for word in words
    ) or ("round" in words and re.search(r"\bround[- ]trips?\b", clause) is not None)


def _tells_other_increase(clause: str) -> bool:
    """Whether a clause names what grows without getting slower; ``load times`` is none."""
    return any(
        match[0] in _OTHER_INCREASES
        and not clause.startswith(" time", match.end())
        and not (match[0] == "load" and "page" in clause)
        for match in _words().finditer(clause)
    )


def increase_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find a stated percentage by which response times grew; nothing is computed."""
    for above, statement in pairwise((None, *statements)):
        if statement is None or statement.topic not in TOPICS or not statement.mentions:
            continue
        if statement.is_past or statement.is_hypothetical:
            continue
        for mention in statement.mentions:
            if mention.kind is Kind.SHARE and _is_increase(statement, mention, above):
                value = mention.low * 100
                span = (mention.start, mention.end)
                found = offer(statement, INCREASE, value, Weight.LIKELY, span)
                negative = f"'{found.text}' is no increase: it is below zero"
                yield found._replace(figure=mention) if value >= 0 else doubtful(found, negative)
                break


_LABELS = frozenset({"increase", "slowdown", "slower by", "slower", "latency increase"})
_TIMES = 2  # of which one is the usual one


@cache
def _pointing_back() -> re.Pattern[str]:
    """Compile the rise of what was said right before: ``that is an increase of``, ``a rise of``."""
    return re.compile(
        r"\s*(?:(?:that|this|which|it)(?: is|'s| was| means| makes| equals)? |i\.e\. |or |so )?"
        r"(?:an? )?(?:plus|increase|rise|growth|slow-?down|up|longer|slower|more)\b"
    )


_POINTING = (
    *("that", "this", "which", "it", "i.e. ", "or ", "so ", "a ", "an ", "plus", "increase"),
    *("rise", "growth", "slow", "up", "longer", "more"),
)


def _points_at_times(clause: str, statement: Statement, above: Statement | None) -> bool:
    """Whether a clause tells the rise of a pair of times in its sentence, or the one before."""
    opens = clause.lstrip().startswith(_POINTING)
    if not opens or _pointing_back().match(clause) is None:
        return False
    near = above if above is not None and above.block is statement.block else None
    own = [one for one in statement.mentions if one.kind is Kind.TIME]
    before = [one for one in near.mentions if one.kind is Kind.TIME] if near else []
    return bool(own) or len(before) >= _TIMES


def _is_increase(statement: Statement, mention: Mention, above: Statement | None) -> bool:
    """Whether a percentage tells by how much something got slower."""
    if statement.label in _LABELS and statement.start and statement.topic is not Topic.IMPACT:
        return mention.high is None
    start, end = statement.clause_span(mention)
    if statement.text[start - 1 : start] == "(" and not _tells_slow_thing(
        statement.lower[start:end]
    ):
        start = max(statement.lower.rfind(mark, 0, start - 1) for mark in (", ", "; ", "(")) + 1
    if _points_at_times(statement.lower[start:end], statement, above):
        return mention.high is None  # "takes 12 s instead of 2 s, an increase of 500%"
    clause = statement.lower[start:end]
    before = statement.lower[start : mention.start].rstrip()
    part = before.endswith((" of", " in")) and "increase of" not in before
    if mention.high is not None or before.endswith((" to", " at")) or part:
        return False
    if statement.lower[mention.end :].startswith((" per ", " a day", " a week", " each ", " of ")):
        return False
    clause = clause.split(" and ")[0] if " and " in clause[mention.end - start :] else clause
    if not _tells_slower(clause):
        return False
    nearest = before.rpartition(" and ")[2]  # "CPU is up 80% and latency by 120%"
    if _tells_slow_thing(nearest):
        before = nearest
    subject = before if _tells_slow_thing(before) else clause
    return _tells_slow_thing(subject) and not _tells_other_increase(subject)
