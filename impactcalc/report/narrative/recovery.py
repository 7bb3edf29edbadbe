"""The recovery in rows and sentences: when service is back, stage by stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple
from impactcalc.report.escape import breadth, escape, shorten
from impactcalc.report.narrative.subject import stage_name
from impactcalc.report.phrases import Clock, chance, in_hundred, joined, length, share, share_range
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from impactcalc.domain.result import Estimate, StageAnswer, Summary

_TITLE = 66  # characters of a title above the recovery plot
STATUS_WORDS = {"done": "done", "in_progress": "running", "not_started": "not started"}

UNDER_WAY = frozenset({"overdue", "milestone"})
"""Kinds of checks that belong to an incident under way: told beside its stages."""


class StageRow(NamedTuple):
    """One stage of the plan, in words.

    Parameters
    ----------
    name, status, restores
        As the plan has them; ``restores`` is empty for a stage that gives nothing back.
    planned, planned_by
        The planned window, and its end.
    middle, span, late_by
        Forecast finish: even chance, 8 in 10, and the moment by which 9 in 10 are over; the last
        two are empty when the finish is known.
    later
        How many of 100 cases end after the planned window; empty for a stage that is done or has
        no window.
    """

    name: str
    status: str
    restores: str
    planned: str
    planned_by: str
    middle: str
    span: str
    late_by: str
    later: str


def stage_rows(
    estimate: Estimate, most: int = 28, stages: Iterable[StageAnswer] | None = None
) -> tuple[StageRow, ...]:
    """Write every stage of the plan, or those given; `most` characters for a name."""
    clock = Clock.of(estimate)
    chosen = estimate.recovery.stages if stages is None else stages
    return tuple(_row(stage, clock, most) for stage in chosen)


def shown_stages(estimate: Estimate, most: int) -> list[StageAnswer]:
    """Choose the stages that fit: all, else the open ones first, in plan order."""
    stages = list(estimate.recovery.stages)
    if len(stages) <= most:
        return stages
    ranked = sorted(stages, key=lambda stage: (stage.status == "done", not stage.restores))
    kept = {id(stage) for stage in ranked[:most]}
    return [stage for stage in stages if id(stage) in kept]


def _row(stage: StageAnswer, clock: Clock, most: int) -> StageRow:
    at, plan = stage.finish_at, stage.planned_at
    known = at["p10"] == at["p90"]
    return StageRow(
        name=stage_name(stage.name, most),
        status="overdue" if stage.overdue else STATUS_WORDS.get(stage.status, stage.status),
        restores=percent(stage.restores) if stage.restores else "",
        planned="" if plan is None else joined_moments(clock.brief(plan[0]), clock.brief(plan[1])),
        planned_by="" if plan is None else clock.brief(plan[1]),
        middle=clock.exact(at["p50"]) if known else clock.brief(at["p50"]),
        span="" if known else joined_moments(clock.brief(at["p10"]), clock.brief(at["p90"])),
        late_by="" if known else clock.brief(at["p90"]),
        later=_later(stage),
    )


def _later(stage: StageAnswer) -> str:
    """Write how often a stage that is still open runs later than planned: ``"46 of 100"``."""
    told = stage.late_prob is not None and stage.status != "done"
    return in_hundred(stage.late_prob) if told and stage.late_prob is not None else ""


def promise_sentence(estimate: Estimate) -> str:
    """Say which objectives are kept how often, and when the next update is worth giving."""
    recovery, clock = estimate.recovery, Clock.of(estimate)
    objectives = (("RTO", recovery.rto_prob), ("MTPD", recovery.mtpd_prob))
    kept = [f"{name} kept in {chance(prob)}" for name, prob in objectives if prob is not None]
    text = f"{', '.join(kept)} of the cases. " if kept else ""
    if recovery.open and estimate.promise.next_update is not None:
        text += f"Next update worth giving: {clock.brief(estimate.promise.next_update)}."
    return text.rstrip()


def plan_sentence(estimate: Estimate) -> str:
    """Set the plan of the stage that all wait for against its forecast; empty without a plan."""
    stage = _waited_for(estimate)
    if stage is None:
        return ""
    row = _row(stage, Clock.of(estimate), 24)
    planned = f"{row.name} is planned by {row.planned_by}; {row.later} run later."
    return planned if row.later else ""


def under_way_words(estimate: Estimate) -> tuple[str, ...]:
    """Write what is overdue, and what a partial restoration tells."""
    return tuple(
        shorten(escape(one.message), 240) + "." for one in estimate.checks if one.kind in UNDER_WAY
    )


def joined_moments(first: str, last: str) -> str:
    """Join two moments; a day that both share is written once.

    Examples
    --------
    >>> joined_moments("24 Jan 05:00", "24 Jan 09:00"), joined_moments("24 Jan", "2 Feb")
    ('24 Jan 05:00 to 09:00', '24 Jan to 2 Feb')
    """
    if first == last:
        return first
    (day, _, hour), (other, _, until) = first.rpartition(" "), last.rpartition(" ")
    clocks = ":" in hour and ":" in until
    return f"{first} to {until}" if clocks and day == other else joined(first, last)


def from_now(estimate: Estimate) -> str:
    """Write how long it takes from the moment of the forecast by the even chance."""
    rest = estimate.recovery.remaining_h
    return f"in {length(rest, 'p50')}" if rest.p50 > 0 else "already past"


def fan_title(estimate: Estimate, room: int = _TITLE) -> str:
    """Write the finding of the recovery plot in about `room` characters: a line of the brief."""
    titles = [_fan_title(estimate, most) for most in (60, 40, 24, 19, 14)]
    return next((title for title in titles if breadth(title) <= room), titles[-1])


def _fan_title(estimate: Estimate, most: int) -> str:
    """Write the finding with the stage's name in at most so many characters."""
    if not estimate.recovery.open:
        return "Service is fully restored"
    now = estimate.lost_share.now
    waits = waiting_stage(estimate, most)
    if now.p95 <= 0:
        return "Nothing fails now" + (f"; {waits} is still open" if waits else "")
    if now.p50 <= 0:
        return "Nothing fails now in half of the cases or more"
    middle = share(now, "p50")
    text = f"{'All' if middle == '100%' else f'About {middle}'} of the work fails now"
    return f"{text}; all is back when {waits} ends" if waits else text


def waiting_stage(estimate: Estimate, most: int = 24) -> str:
    """Name the open stage that ends last by the even chance; empty when nothing is open."""
    stage = _waited_for(estimate)
    return "" if stage is None else stage_name(stage.name, most)


def _waited_for(estimate: Estimate) -> StageAnswer | None:
    """Find the open stage that ends last by the even chance; None when nothing is open."""
    open_stages = [
        stage for stage in estimate.recovery.stages if stage.restores > 0 and stage.status != "done"
    ]
    return max(open_stages, key=lambda stage: stage.finish_h.p50, default=None)


def failing_sentence(estimate: Estimate) -> str:
    """Say how much of the work failed at the start, and fails now."""
    lost = estimate.lost_share
    start, now = _failing(lost.initial), _failing(lost.now)
    return f"Failing share of the work: {start} at the start, {now} now."


def _failing(figure: Summary) -> str:
    """Write a share with its range, unless it is exact."""
    middle, span = share(figure, "p50"), share_range(figure)
    return middle if middle == span else f"{middle} ({span})"
