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
from impactcalc.intake.escalation.facts.ordinary import is_normal
from impactcalc.intake.escalation.facts.other_times import OTHER_TIMES, is_kept, is_other, is_short
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import ends_in, word_set
from impactcalc.units.dimension import DAY, HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from impactcalc.intake.escalation.structure.statements import Statement

NORMAL = "latency_normal_s"
NOW = "latency_now_s"
_FACT_BY_LABEL = {"normal": NORMAL, "now": NOW}
TOPICS = frozenset(
    {Topic.NONE, Topic.DESCRIPTION, Topic.PERFORMANCE, Topic.IMPACT, Topic.TECHNICAL}
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
    "spinner",
    "hourglass",
    "stare",
    "answer",
    "answers",
    "answered",
    "wait",
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


def latency_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find the pair of response times, or one half of it.

    A pair in one statement weighs more than a value alone; mitigated values, told in the status
    section, do not count.
    """
    alone: list[tuple[Candidate, Statement]] = []
    waited: set[str] = set()  # words of the sentences that tell pairs
    usually = things_with_usual(one.label for one in statements if one.has_digits)
    now: Mention | None = None  # the time of the sentence before, whose unit may hold on
    for statement in statements:
        if statement.topic not in TOPICS or statement.role is Role.HEADING:
            continue
        if not statement.mentions or statement.is_past or statement.is_mended:
            continue
        times = [mention for mention in statement.mentions if mention.kind is Kind.TIME]
        if not times:
            usual = _without_unit(statement, now)
            found = [_candidate(statement, NORMAL, usual, Weight.LIKELY)] if usual else []
            alone.extend((one, statement) for one in found)
            now = None
            continue
        before, now = now, times[0]
        if not is_short(now) or is_other(statement, now):
            now = None
        elif before is not None and len(times) == 1 and now.low < before.low:
            past = was_so(statement.lower) and not is_normal(statement, now)
            if past:
                one = _candidate(statement, NORMAL, now, Weight.LIKELY)
                alone.append((one, statement))
                continue
        label = _half(statement, times[0], usually) or _FACT_BY_LABEL.get(statement.field)
        pair = pair_of_label(statement, times) or _pair(statement, times)
        if label and statement.start and pair is None:
            yield _candidate(statement, label, times[0], Weight.STATED)
        elif pair is not None:
            waited |= _named(statement.words)
            yield _candidate(statement, NORMAL, pair[0], Weight.STATED)
            yield _candidate(statement, NOW, pair[1], Weight.STATED)
        else:
            alone.extend((one, statement) for one in _single(statement, times))
    yield from _besides(alone, waited)


def _besides(
    alone: Sequence[tuple[Candidate, Statement]], waited: AbstractSet[str]
) -> Iterator[Candidate]:
    """Give the times alone: beside a pair only those that correct it, or dispute it."""
    for one, statement in alone:
        if not waited or one.weight is Weight.CORRECTED:
            yield one
        elif _disputes(one, statement, waited):
            yield one._replace(aside=True)


def _disputes(one: Candidate, statement: Statement, waited: AbstractSet[str]) -> bool:
    """Whether a time alone is that of the same thing as a pair: ``a lookup takes 90 seconds``."""
    before = statement.lower[: one.figure.start].rstrip("~ ") if one.figure else ""
    taken = ends_in(before, _TAKING)
    alike = not waited.isdisjoint(_named(statement.words))
    return taken and (alike or not _ANYTHING.isdisjoint(statement.words))


_ANYTHING = word_set("request requests response responses page pages latency")
"""Words for whatever is waited for."""


_TAKING = (
    *("takes", "take", "taking", "took", "needs", "need", "needing", "wait", "waits", "lasts"),
    *("takes about", "take about", "time is", "times are", "time:", "times:", "time of"),
    *("times are at", "time is at", "times of", "latency is", "latency of", "latency:"),
)


def _named(words: frozenset[str]) -> set[str]:
    """Give the words that name what is waited for, without the sign of a plural."""
    return {
        word.removesuffix("s") for word in words.difference(_LATENCY_WORDS) if len(word) > _SHORT
    }


_SHORT = 5  # letters of words that say nothing: "with", "about", "users"


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
    if beside is not None and not is_other(statement, beside[1]):
        return beside
    change = next((mention for mention in times if _is_change(statement, mention)), None)
    if change is not None and change.high is not None:
        low = change._replace(high=None)
        return low, change._replace(low=change.high, high=None)
    for first, second in pairwise(times):
        gap = statement.text[first.end : second.start].strip()
        if gap in {"->", "=>", "\u2192"} and not is_other(statement, first):
            return first, second
    usable = [one for one in times if not is_other(statement, one) and is_short(one)]
    called = [
        one for one in times if is_normal(statement, one) and not is_kept(statement.clause(one))
    ]
    normal = called[0] if called else None
    if len(called) == len(usable) == _PAIR:  # "as usual: 6 s against 2 s"
        return contrasted(statement, usable)
    rest = [mention for mention in usable if mention not in called]
    rest = rest or [one for one in times if one not in called and _is_waited_for(statement, one)]
    if normal is None or not rest:
        return _in_contrast(statement, usable)
    nearest = min(rest, key=lambda mention: abs(mention.start - normal.start))
    return normal, nearest


def _is_waited_for(statement: Statement, mention: Mention) -> bool:
    """Whether somebody waits for hours, said so: ``comes back after 2 hours``."""
    before = statement.lower[: mention.start].rstrip("~ ")
    waited = ends_in(before, _WAITING)
    return waited and mention.low <= DAY and not is_other(statement, mention)


_WAITING = (
    *("after", "takes", "take", "taking", "waits", "wait", "needs", "need", "needing", "lasts"),
    *("lasting", "runs for", "running for", "took"),
)


def _in_contrast(statement: Statement, usable: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Find the pair by the clauses of a sentence about latency, also with a unit left out."""
    alone = elliptic(statement, usable)
    if alone is not None and is_normal(statement, alone):
        return alone, usable[0]
    if alone is not None and is_normal(statement, usable[0]) and _is_present(statement, alone):
        return usable[0], alone
    speaks = (
        any(tells_usual(statement, one) for one in usable)
        or statement.says(*_LATENCY_WORDS)
        or not statement.words.isdisjoint(_WAITED_FOR)
    )
    return contrasted(statement, usable) if speaks else None


def _is_present(statement: Statement, mention: Mention) -> bool:
    """Whether the words right before a figure say that it is so now: ``and now it's ten``."""
    before = statement.lower[: mention.start].rstrip("~ ")
    for verb in (" it's", " it is", " is", " takes", " it takes", " needs", " we wait", " at"):
        before = before.removesuffix(verb)
    return ends_in(before, (*NOW_WORDS, "this morning", "meanwhile"))


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
    return before.rstrip("~ ").endswith("from") and not is_other(statement, mention)


def _single(statement: Statement, times: Sequence[Mention]) -> Iterator[Candidate]:
    """Find one half of a pair: a present value among words of latency, or a normal one."""
    speaks = statement.says(*_LATENCY_WORDS)
    for mention in times:
        usual = is_normal(statement, mention) or (
            len(times) == 1 and is_short(mention) and tells_usual(statement, mention)
        )
        if usual and not is_other(statement, mention):
            yield _candidate(statement, NORMAL, mention, Weight.LIKELY)
            return
    alone = statement.lower[: times[0].start].strip(" :=-~")
    alone = alone.removeprefix("right ")
    for measuring in (" we measure", " we see", " it is", " it takes", " we get", " they wait"):
        alone = alone.removesuffix(measuring)
    if len(times) == 1 and alone in NOW_WORDS and is_short(times[0]):
        yield _candidate(statement, NOW, times[0], Weight.LIKELY)  # "Now: 14 s."
        return
    several = len([one for one in times if is_short(one)]) > 1
    for mention in times:
        if max(mention.values) >= HOUR:  # nobody waits hours for an answer
            continue
        if is_kept(statement.clause(mention)):
            continue
        before = statement.lower[: mention.start].rstrip("~ ")
        told = ends_in(before, (*_WAITING, "to", "in", "is", "of", "at"))
        if several and not (told or statement.lower.startswith(_WAITED, mention.end)):
            continue  # no word tells which of them is waited for
        if speaks and not is_other(statement, mention) and _right_after(statement, mention):
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
