"""Times that are no answer's: set, promised, kept or needed for something else."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.ordinary import is_normal_before
from impactcalc.intake.escalation.structure.tenor import mended
from impactcalc.intake.escalation.words.vocabulary import word_set
from impactcalc.units.dimension import HOUR, SECONDS_BY_UNIT

if TYPE_CHECKING:
    from impactcalc.intake.escalation.figures.mention import Mention
    from impactcalc.intake.escalation.structure.statements import Statement

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
    *(
        "agreed",
        "promised",
        "contractual",
        "guaranteed",
        "first response",
        "initial response",
        "your response",
        "response came",
        "on hold",
    ),
)
"""Words of times that are no answer's."""
_SINCE = 4  # words between "since" and a time that it counts
_WORDS_AFTER = 24  # characters after a value that still tell what it is


def is_short(mention: Mention) -> bool:
    """Whether a time may be waited for: seconds or minutes, no hours and days of a plan."""
    return SECONDS_BY_UNIT.get(mention.unit, HOUR) < HOUR


def is_other(statement: Statement, mention: Mention) -> bool:
    """Whether the clause of a value speaks of another kind of time."""
    start, end = statement.clause_span(mention, ": ")
    later = (other.start for other in statement.mentions if other.start >= mention.end)
    end = min(end, next(later, end), mention.end + _WORDS_AFTER)
    clause = statement.lower[start:end]
    if "before the " in clause:
        clause = _before_it().sub(" ", clause)  # "before the outage it took 2 s"
    words = set(re.findall(r"[a-z]+", clause))
    before = statement.lower[: mention.start].rstrip("~ ")
    if "normal" in words:
        words.discard("agreed")  # "the agreed normal case is under 5 s"
    if mended(clause) or _goes_on_from_setting(statement.lower, start, mention.start):
        return True
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


@cache
def _before_it() -> re.Pattern[str]:
    """Compile what puts a time before the incident."""
    return re.compile(r"\bbefore the (?:outage|incident|fault|failure|update|restore|snapshot)\b")


_SETTINGS = word_set(
    "lock timeout timeouts interval ttl lifetime retention backoff window lag backup"
)
"""Times that somebody set, or that are no answer's: the words after them go on about these."""


def is_kept(clause: str) -> bool:
    """Whether a clause is about what was set or kept: ``retry interval 5 s instead of 1 s``."""
    return not _SETTINGS.isdisjoint(clause.split())


def _goes_on_from_setting(lower: str, start: int, end: int) -> bool:
    """Whether a clause goes on about what was set: ``timeout is 30 s, was 60 s before``."""
    small = _SMALL.issuperset(lower[start:end].replace("~", " ").split())
    return small and not _SETTINGS.isdisjoint(lower[:start].split())


_SMALL = word_set(
    "was were is are it instead of normally usually formerly before now then and but up down from "
    "to previously only about"
)
_PROMISED = word_set("target targets goal goals objective objectives sla slo commitment promise")


def _is_promised(statement: Statement) -> bool:
    """Whether the label of a value tells a promise: ``Response target: 15 minutes``."""
    words = statement.label.replace("_", " ").split()
    graded = any(len(word) == len("p1") and word[0] == "p" and word[1] in "12345" for word in words)
    return bool(statement.start) and (graded or not _PROMISED.isdisjoint(words))


_DONE_WITHIN = tuple(
    f"{verb} within"
    for verb in (
        "reacts",
        "react",
        "responds",
        "respond",
        "replies",
        "reply",
        "answer",
        "arrives",
        "arrive",
        "back",
        "answers",
        "returns",
        "completes",
        "opens",
        "loads",
    )
)


_SIZE = word_set(
    "latency latencies time times delay delays average median mean response responses instead wait "
    "waits waiting maximum peak duration lag p95 p99 in out because value figure top lack"
)
"""Words before ``of`` that do not make a time the size of a thing."""


def _is_size(before: str) -> bool:
    """Whether a time tells how long a thing is: ``a recording of ten minutes``."""
    words = before.split()[-2:]
    return len(words) > 1 and words[1] == "of" and words[0] not in _SIZE
