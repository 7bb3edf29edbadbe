"""Response times: normal, now, and the stated increase."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.facts.compared import (
    NOW_WORDS,
    half_of_label,
    pair_of_columns,
    pair_of_label,
    things_with_usual,
)
from impactcalc.intake.escalation.facts.contrast import (
    contrasted,
    elliptic,
    tells_usual,
    was_so,
)
from impactcalc.intake.escalation.facts.ordinary import is_normal, is_normal_before
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import ends_in, word_set
from impactcalc.units.dimension import DAY, HOUR, SECONDS_BY_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

NORMAL = "latency_normal_s"
NOW = "latency_now_s"
_FACT_BY_LABEL = {"normal": NORMAL, "now": NOW}
TOPICS = frozenset(
    {Topic.NONE, Topic.DESCRIPTION, Topic.PERFORMANCE, Topic.IMPACT, Topic.TECHNICAL}
)
OTHER_TIMES = (
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
    "gc",
    "restore",
    "backup",
    "reboot",
    "estimate",
    "estimated",
    "drift",
    "heartbeat",
    "for the last",
    "back to normal",
    "in waves",
    "updated",
    "hold time",
    "grace",
    "cooldown",
    "target",
    "goal",
    "objective",
)
"""Words of times that are no answer's."""
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
    "spinner",
    "hourglass",
    "stare",
    "answer",
    "answers",
    "setup",
    "slow",
    "freeze",
    "freezes",
    "froze",
    "hang",
    "hangs",
    "delayed",
    "delay",
    "delays",
    "late",
    "need",
    "needed",
    "lasts",
    "opens",
    "open",
    "opening",
    "shows",
    "appears",
    "until",
    "visible",
    "after",
)
_LONGEST = 30 * DAY
_SINCE = 4  # words between "since" and a time that it counts
_WORDS_AFTER = 24  # characters after a value that still tell what it is


def latency_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the pair of response times, or one half of it.

    A pair in one statement weighs more than a value alone; mitigated values, told in the status
    section, do not count.
    """
    alone: list[Candidate] = []
    paired = False
    usually = things_with_usual(one.label for one in statements if one.has_digits)
    now: Mention | None = None  # the time of the sentence before, whose unit may hold on
    for statement in statements:
        if statement.topic not in TOPICS or statement.role is Role.HEADING:
            continue
        if not statement.mentions or statement.is_past:
            continue
        times = [mention for mention in statement.mentions if mention.kind is Kind.TIME]
        if not times:
            usual = _without_unit(statement, now)
            alone.extend([_candidate(statement, NORMAL, usual, Weight.LIKELY)] if usual else [])
            now = None
            continue
        before, now = now, times[0]
        if not _is_short(now) or _is_other(statement, now):
            now = None
        elif before is not None and len(times) == 1 and now.low < before.low:
            past = was_so(statement.lower) and not is_normal(statement, now)
            alone.extend([_candidate(statement, NORMAL, now, Weight.LIKELY)] if past else [])
            if past:
                continue
        label = _half(statement, times[0], usually) or _FACT_BY_LABEL.get(statement.field)
        pair = pair_of_label(statement, times) or _pair(statement, times)
        if label and statement.start and pair is None:
            yield _candidate(statement, label, times[0], Weight.STATED)
        elif pair is not None:
            paired = True
            yield _candidate(statement, NORMAL, pair[0], Weight.STATED)
            yield _candidate(statement, NOW, pair[1], Weight.STATED)
        else:
            alone.extend(_single(statement, times))
    yield from (one for one in alone if not paired or one.weight is Weight.CORRECTED)


def _without_unit(statement: Statement, now: Mention | None) -> Mention | None:
    """Read ``Normally it is one and a half.`` behind a sentence that tells the present time."""
    if now is None:
        return None
    alone = elliptic(statement, [now._replace(start=-1, end=-1)])
    return alone if alone is not None and is_normal(statement, alone) else None


_PAIR = 2


def _half(statement: Statement, mention: Mention, usually: frozenset[str]) -> str:
    """Tell which half a time is by its label; empty when that speaks of other times.

    What a label names whose usual value stands elsewhere is the present one.
    """
    others = statement.says(*OTHER_TIMES) or max(mention.values) >= HOUR
    told = "" if others or not statement.start else half_of_label(statement.label)
    told = told or ("now" if statement.label in usually and not others else "")
    return _FACT_BY_LABEL.get(told, "")


def _pair(statement: Statement, times: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Find normal and present value in one statement."""
    beside = pair_of_columns(statement, times)
    if beside is not None and not _is_other(statement, beside[1]):
        return beside
    change = next((mention for mention in times if _is_change(statement, mention)), None)
    if change is not None and change.high is not None:
        low = change._replace(high=None)
        return low, change._replace(low=change.high, high=None)
    for first, second in pairwise(times):
        gap = statement.text[first.end : second.start].strip()
        if gap in {"->", "=>", "\u2192"} and not _is_other(statement, first):
            return first, second
    usable = [one for one in times if not _is_other(statement, one) and _is_short(one)]
    called = [mention for mention in times if is_normal(statement, mention)]
    normal = called[0] if called else None
    if len(called) == len(usable) == _PAIR:  # "as usual: 6 s against 2 s"
        return contrasted(statement, usable)
    rest = [mention for mention in usable if mention not in called]
    rest = rest or [one for one in times if one not in called and _is_waited_for(statement, one)]
    if normal is None or not rest:
        return _in_contrast(statement, usable)
    nearest = min(rest, key=lambda mention: abs(mention.start - normal.start))
    return normal, nearest


_SIZE = word_set(
    "latency latencies time times delay delays average median mean response responses instead wait "
    "waits waiting maximum peak duration lag p95 p99 in out because value figure top lack"
)
"""Words before ``of`` that do not make a time the size of a thing."""


def _is_size(before: str) -> bool:
    """Whether a time tells how long a thing is: ``a recording of ten minutes``."""
    words = before.split()[-2:]
    return len(words) > 1 and words[1] == "of" and words[0] not in _SIZE


def _is_waited_for(statement: Statement, mention: Mention) -> bool:
    """Whether somebody waits for hours, said so: ``comes back after 2 hours``."""
    before = statement.lower[: mention.start].rstrip("~ ")
    waited = ends_in(before, _WAITING)
    return waited and mention.low <= DAY and not _is_other(statement, mention)


_WAITING = (
    *("after", "takes", "take", "taking", "waits", "wait", "needs", "need", "needing", "lasts"),
    *("lasting", "runs for", "running for", "took"),
)


def _is_short(mention: Mention) -> bool:
    """Whether a time may be waited for: seconds or minutes, no hours and days of a plan."""
    return SECONDS_BY_UNIT.get(mention.unit, HOUR) < HOUR


def _in_contrast(statement: Statement, usable: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Find the pair by the clauses of a sentence about latency, also with a unit left out."""
    alone = elliptic(statement, usable)
    if alone is not None and is_normal(statement, alone):
        return alone, usable[0]
    speaks = (
        any(tells_usual(statement, one) for one in usable)
        or statement.says(*_LATENCY_WORDS)
        or not statement.words.isdisjoint(_WAITED_FOR)
    )
    return contrasted(statement, usable) if speaks else None


_WAITED_FOR = word_set(
    "run runs ran return returns back ready finish finishes complete completes crawl crawls login "
    "page pages search searches query queries lookup request requests upload download report scan "
    "calculated computed processed rendered booking save saving print printing sync lookups "
    "ups display"
)
"""Words of what somebody waits for."""


def _is_change(statement: Statement, mention: Mention) -> bool:
    """Whether a range tells a change: ``went from 180 ms to 6.2 s``."""
    if mention.high is None or mention.high <= mention.low or mention.low >= HOUR:
        return False
    before = statement.lower[max(0, mention.start - 16) : mention.start]
    return before.rstrip("~ ").endswith("from") and not _is_other(statement, mention)


def _is_other(statement: Statement, mention: Mention) -> bool:
    """Whether the clause of a value speaks of another kind of time."""
    start, end = statement.clause_span(mention, ": ")
    later = (other.start for other in statement.mentions if other.start >= mention.end)
    end = min(end, next(later, end), mention.end + _WORDS_AFTER)
    clause = statement.lower[start:end]
    words = set(re.findall(r"[a-z]+", clause))
    before = statement.lower[: mention.start].rstrip("~ ")
    if before.endswith("every") or _is_size(before) or _is_promised(statement):
        return True
    if "since" in words and (
        "since" not in before.split()[-_SINCE:] or before.endswith("since then")
    ):
        words.discard("since")  # "since Monday a look-up takes 30 s"
    done = (before.endswith(_DONE_WITHIN) or "used to " in before) and not statement.says(
        "sla", "contract", "support"
    )
    if "within" in words and (
        done or is_normal_before(statement.lower[max(0, mention.start - 60) : mention.start])
    ):
        words.discard("within")
    return any(word in words if word.isalpha() else word in clause for word in OTHER_TIMES)


_PROMISED = word_set("target targets goal goals objective objectives sla slo commitment promise")


def _is_promised(statement: Statement) -> bool:
    """Whether the label of a value tells a promise: ``Response target: 15 minutes``."""
    words = statement.label.replace("_", " ").split()
    graded = any(len(word) == len("p1") and word[0] == "p" and word[1] in "12345" for word in words)
    return bool(statement.start) and (graded or not _PROMISED.isdisjoint(words))


_DONE_WITHIN = tuple(
    f"{verb} within"
    for verb in ("arrives", "arrive", "back", "answers", "returns", "completes", "opens", "loads")
)


def _single(statement: Statement, times: Sequence[Mention]) -> Iterator[Candidate]:
    """Find one half of a pair: a present value among words of latency, or a normal one."""
    speaks = statement.says(*_LATENCY_WORDS)
    for mention in times:
        usual = is_normal(statement, mention) or (
            len(times) == 1 and _is_short(mention) and tells_usual(statement, mention)
        )
        if usual and not _is_other(statement, mention):
            yield _candidate(statement, NORMAL, mention, Weight.LIKELY)
            return
    alone = statement.lower[: times[0].start].strip(" :=-~")
    if len(times) == 1 and alone in NOW_WORDS and _is_short(times[0]):
        yield _candidate(statement, NOW, times[0], Weight.LIKELY)  # "Now: 14 s."
        return
    several = len([one for one in times if _is_short(one)]) > 1
    for mention in times:
        if max(mention.values) >= HOUR:  # nobody waits hours for an answer
            continue
        before = statement.lower[: mention.start].rstrip("~ ")
        told = ends_in(before, (*_WAITING, "to", "in", "is", "of", "at"))
        if several and not (told or statement.lower.startswith(_WAITED, mention.end)):
            continue  # no word tells which of them is waited for
        if speaks and not _is_other(statement, mention) and _right_after(statement, mention):
            yield _candidate(statement, NOW, mention, Weight.LIKELY)
            return


_WAITED = (" late", " to ", " until", " for ", " per ", " behind")
"""Words right after a time that is waited."""


def _right_after(statement: Statement, mention: Mention) -> bool:
    """Whether the clause of a value itself speaks of latency, and of no plan."""
    clause = statement.clause(mention)
    if clause.strip(" .") == statement.lower[mention.start : mention.end]:
        clause = statement.lower[: mention.end]  # "it is slow, 15 to 20 seconds"
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
    return found._replace(figure=mention)
