"""Response times: normal, now, and the stated increase."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.blocks import Role
from impactcalc.intake.escalation.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.labels import field_of
from impactcalc.intake.escalation.mentions import Kind, Mention
from impactcalc.intake.escalation.sections import Topic
from impactcalc.units.dimension import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.statements import Statement

NORMAL = "latency_normal_s"
NOW = "latency_now_s"
INCREASE = "latency_increase_percent"
_FACT_BY_LABEL = {"normal": NORMAL, "now": NOW}
_TOPICS = frozenset(
    {Topic.NONE, Topic.DESCRIPTION, Topic.PERFORMANCE, Topic.IMPACT, Topic.TECHNICAL}
)
_OTHER_TIMES = (
    "timeout",
    "timeouts",
    "pause",
    "pauses",
    "lag",
    "lagging",
    "behind",
    "skew",
    "lifetime",
    "ttl",
    "interval",
    "retention",
    "every",
    "ago",
    "window",
    "backoff",
    "since",
    "recovery",
    "recover",
    "restored",
    "eta",
    "buffer",
    "budget",
    "outage",
    "longer",
    "expiry",
    "expires",
    "snapshot",
    "uptime",
    "downtime",
    "within",
    "limit",
    "freeze",
    "gc",
    "drift",
    "heartbeat",
    "for the last",
    "back to normal",
    "in waves",
    "updated",
    "hold time",
    "grace",
    "cooldown",
)
_LATENCY_WORDS = (
    "latency",
    "latencies",
    "response",
    "responses",
    "respond",
    "responds",
    "takes",
    "take",
    "taking",
    "took",
    "averaging",
    "averages",
    "loading",
    "load",
    "loads",
    "median",
    "p50",
    "p90",
    "p95",
    "p99",
    "waits",
    "waiting",
    "needs",
    "rtt",
    "ping",
    "round-trip",
    "first byte",
    "answer",
    "answers",
    "setup",
    "slow",
)
_LONGEST = 30 * DAY
_WORDS_AFTER = 24  # characters after a value that still tell what it is
_NORMAL_AFTER = re.compile(
    r"\s*(?:\)|is)?\s*(?:on a normal day|normally|usually|in normal|before\b|on normal days|"
    r"as usual|is normal|is usual|at normal|under normal|baseline)"
)
_SLOWER = re.compile(
    r"\b(?:increas\w*|rose|risen|rising|grew|grown|up|slower|higher|longer|jump\w*|climb\w*|"
    r"degrad\w*|worse\w*|went up|gone up|slowed)\b|\+"
)
_SLOW_THINGS = re.compile(
    r"\b(?:latenc\w+|respon\w+|times?|durations?|quer(?:y|ies)|render\w*|slower|delays?|"
    r"round[- ]trips?|ttfb|setup|p9[059])\b"
)
_OTHER_INCREASES = re.compile(
    r"\b(?:errors?|failures?|traffic|cpu|memory|disk|usage|volume|tickets?|costs?|throughput|"
    r"timeouts?|retries|evictions?|drops?|loss|complaints?|orders?|bounces?|load)\b(?! times?)"
)


@cache
def _normal_before() -> re.Pattern[str]:
    """Compile the words right before a normal value."""
    return re.compile(
        r"\b(?:normal|usual|typical|baseline) (?:[a-z-]+ ){0,3}(?:latency|times?|response|duration)"
        r"(?: (?:is|was|of|at))?:? ?$"
        r"|(?:\b(?:normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|baseline|instead of|compared (?:to|"
        r"with)|"
        r"against|versus|vs\.?|was|were|used to be|rather than|ordinar(?:y|ily)|before|"
        r"in normal operation|on a normal day|up from|never above|expected|healthy|"
        r"otherwise|regularly|than the usual|previously|as a rule)\b)"
        r"(?: (?:value|figure|level|time|times|is|was|are|of|at|about|around|below|under|well|"
        r"the|a|usual|normal|roughly|latency|response|takes|take|it|up|to|less|than|some|"
        r"approximately|within|just|only|in)\b)*[ :=]*[~<\u2264]?$"
    )


def latency_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the pair of response times, or one half of it.

    A pair in one statement weighs more than a value alone; mitigated values, told in the status
    section, do not count.
    """
    alone: list[Candidate] = []
    paired = False
    for statement in statements:
        if statement.topic not in _TOPICS or statement.role is Role.HEADING or statement.is_past:
            continue
        times = [mention for mention in statement.mentions if mention.kind is Kind.TIME]
        if not times:
            continue
        label = field_of(statement.label) if statement.start else ""
        pair = _pair(statement, times)
        if label in _FACT_BY_LABEL and pair is None:
            yield _candidate(statement, _FACT_BY_LABEL[label], times[0], Weight.STATED)
        elif pair is not None:
            paired = True
            yield _candidate(statement, NORMAL, pair[0], Weight.STATED)
            yield _candidate(statement, NOW, pair[1], Weight.STATED)
        else:
            alone.extend(_single(statement, times))
    if not paired:
        yield from alone


def _pair(statement: Statement, times: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Find normal and present value in one statement."""
    change = next((mention for mention in times if _is_change(statement, mention)), None)
    if change is not None and change.high is not None:
        low = replace(change, high=None)
        return low, replace(change, low=change.high, high=None)
    for first, second in pairwise(times):
        gap = statement.text[first.end : second.start].strip()
        if gap in {"->", "=>", "\u2192"} and not _is_other(statement, first):
            return first, second
    normal = next((mention for mention in times if _is_normal(statement, mention)), None)
    if normal is None:
        return None
    rest = [
        mention for mention in times if mention is not normal and not _is_other(statement, mention)
    ]
    rest = [mention for mention in rest if not _is_normal(statement, mention)]
    return (normal, rest[0]) if rest else None


def _is_change(statement: Statement, mention: Mention) -> bool:
    """Whether a range tells a change: ``went from 180 ms to 6.2 s``."""
    if mention.high is None or mention.high <= mention.low:
        return False
    before = statement.lower[max(0, mention.start - 16) : mention.start]
    return before.rstrip("~ ").endswith("from") and not _is_other(statement, mention)


def _is_normal(statement: Statement, mention: Mention) -> bool:
    """Whether the words around a value call it normal."""
    before = statement.lower[max(0, mention.start - 60) : mention.start]
    if _normal_before().search(before):
        return True
    return bool(_NORMAL_AFTER.match(statement.lower, mention.end))


def _is_other(statement: Statement, mention: Mention) -> bool:
    """Whether the clause of a value speaks of another kind of time."""
    start, end = statement.clause_span(mention, ": ")
    later = (other.start for other in statement.mentions if other.start >= mention.end)
    end = min(end, next(later, end), mention.end + _WORDS_AFTER)
    clause = statement.lower[start:end]
    words = set(re.findall(r"[a-z]+", clause))
    return any(word in words if word.isalpha() else word in clause for word in _OTHER_TIMES)


def _single(statement: Statement, times: Sequence[Mention]) -> Iterator[Candidate]:
    """Find one half of a pair: a present value among words of latency, or a normal one."""
    speaks = statement.says(*_LATENCY_WORDS)
    for mention in times:
        if _is_normal(statement, mention) and not _is_other(statement, mention):
            yield _candidate(statement, NORMAL, mention, Weight.LIKELY)
            return
    for mention in times:
        if speaks and not _is_other(statement, mention) and _right_after(statement, mention):
            yield _candidate(statement, NOW, mention, Weight.LIKELY)
            return


def _right_after(statement: Statement, mention: Mention) -> bool:
    """Whether the clause of a value itself speaks of latency, and of no plan."""
    clause = statement.clause(mention)
    words = set(re.findall(r"[a-z0-9-]+", clause))
    return any(word in words if " " not in word else word in clause for word in _LATENCY_WORDS)


def _candidate(statement: Statement, field: str, mention: Mention, weight: Weight) -> Candidate:
    """Make a candidate of a time in seconds; refuse negative and backward ones."""
    value = mention.low if mention.high is None else mention.values
    found = offer(statement, field, value, weight, (mention.start, mention.end))
    if mention.low < 0:
        return doubtful(found, f"'{found.text}' is below zero")
    if mention.high is not None and mention.high < mention.low:
        return doubtful(found, f"the range '{found.text}' runs backwards")
    if max(mention.values) > _LONGEST:
        return doubtful(found, f"'{found.text}' is longer than any response takes")
    return replace(found, figure=mention)


def increase_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find a stated percentage by which response times grew; nothing is computed."""
    for statement in statements:
        if statement.topic not in _TOPICS or statement.is_past or statement.is_hypothetical:
            continue
        for mention in statement.mentions:
            if mention.kind is Kind.SHARE and _is_increase(statement, mention):
                value = mention.low * 100
                span = (mention.start, mention.end)
                found = offer(statement, INCREASE, value, Weight.LIKELY, span)
                negative = f"'{found.text}' is no increase: it is below zero"
                yield replace(found, figure=mention) if value >= 0 else doubtful(found, negative)
                break


def _is_increase(statement: Statement, mention: Mention) -> bool:
    """Whether a percentage tells by how much something got slower."""
    start, end = statement.clause_span(mention)
    clause = statement.lower[start:end]
    before = statement.lower[start : mention.start].rstrip()
    if mention.high is not None or before.endswith((" to", " at")):
        return False
    if before.endswith((" of", " in")) and "increase of" not in before:
        return False
    clause = clause.split(" and ")[0] if " and " in clause[mention.end - start :] else clause
    subject = before if _SLOW_THINGS.search(before) else clause
    return bool(
        _SLOWER.search(clause)
        and _SLOW_THINGS.search(subject)
        and not _OTHER_INCREASES.search(subject)
    )
