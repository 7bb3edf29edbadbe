"""The plan, compiled once: laws in hours, order of evaluation, and the evidence at ``as_of``."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.incident import Shape, Status
from impactcalc.models.laws import hours_law, law_of, window_law
from impactcalc.models.recovery.evidence import CommonFactor, Evidence, Kind
from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Z90, Constant, LogNormal

if TYPE_CHECKING:
    from datetime import datetime

    from impactcalc.domain.incident import Incident, RecoveryPlan, Stage
    from impactcalc.domain.moment import Moment
    from impactcalc.domain.sourced import Sourced
    from impactcalc.stats.distributions import Distribution
    from impactcalc.stats.geometric_sum import GeometricSum

HOUR = timedelta(hours=1)


class Span(NamedTuple):
    """A moment in hours since the origin, known exactly or to an interval."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether the moment is known."""
        return self.low == self.high


class CompiledStage(NamedTuple):
    """One stage in hours; ``after`` holds indices, ``tries`` counts the first one too.

    A what-if may change the stage's own time not yet spent by a factor (``pace``), and let it start
    later (``delay``): contracts, "Meaning of a trial", 8.
    ``further`` is the law of what further tries add; None without, or where their chance differs by
    trial.
    """

    name: str
    law: Distribution
    windowed: bool
    after: tuple[int, ...]
    status: Status
    linear: bool
    fails: Distribution
    retry: Distribution
    relapse: Distribution
    hand_over: Distribution | None
    tries: int
    finished: Span | None
    elapsed: float | None
    seen: Span | None
    pace: float = 1.0
    delay: float = 0.0
    further: GeometricSum | None = None
    open_at: float | None = None
    done_by: float | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be finished."""
        return self.status is not Status.DONE

    @property
    def may_fail(self) -> bool:
        """Whether further tries are possible."""
        return self.open and self.tries > 1 and not _is_zero(self.fails)

    @property
    def may_relapse(self) -> bool:
        """Whether it can fall back once."""
        return not _is_zero(self.relapse)

    @property
    def followed(self) -> bool:
        """Done with a duration, and known to have been under way before."""
        return (
            not self.open
            and not self.windowed
            and self.finished is None
            and self.open_at is not None
            and (self.elapsed is not None or self.seen is not None)
        )

    @property
    def timed(self) -> bool:
        """In progress with a duration and a stated elapsed time."""
        return self.status is Status.IN_PROGRESS and not self.windowed and self.elapsed is not None


class CompiledPlan(NamedTuple):
    """The plan in hours since the origin (`origin`), ready for draws.

    ``order`` lists indices so that every stage comes after those that it waits for; ``cut`` is the
    latest moment at which a done stage can have finished, ``floor`` the earliest where it is known
    to have been open later than all that it waited for; ``overrun`` marks bounded laws whose
    stated elapsed time lies beyond their maximum; ``evidence`` is what conditions ``factor``;
    ``known_at`` is the first forecast's moment where the start differs by trial.
    """

    origin: datetime
    as_of: float
    incident_started: Span
    plan_started: Span | None  # None: with the incident
    stages: tuple[CompiledStage, ...]
    order: tuple[int, ...]
    cut: tuple[float, ...]
    floor: tuple[float | None, ...]
    factor: CommonFactor
    overrun: tuple[bool, ...]
    evidence: tuple[Evidence, ...] = ()
    known_at: float | None = None

    @property
    def exact_start(self) -> float | None:
        """The plan's start where it is the same in all trials."""
        span = self.plan_started or self.incident_started
        return span.low if span.exact else None


def compile_plan(incident: Incident, plan: RecoveryPlan, as_of: datetime) -> CompiledPlan:
    """Turn a plan into hours since the earliest possible start of the incident.

    Parameters
    ----------
    incident, plan
        Values of the scenario; `after` has no cycle.
    as_of
        The moment of the forecast, UTC.
    """
    origin = incident.started.value.earliest
    now = (as_of - origin) / HOUR
    index = {stage.name: i for i, stage in enumerate(plan.stages)}
    stages = tuple(_compile_stage(stage, index, origin) for stage in plan.stages)
    started = _span(incident.started.value, origin)
    plan_started = None if plan.started is None else _span(plan.started.value, origin)
    cut = _cuts(stages, now)
    stages, overrun = _unbounded_where_overrun(stages)
    order = _order(stages)
    begin = plan_started or started
    floor = tuple(_floor(stages, stage, cut[k]) for k, stage in enumerate(stages))
    known = tuple(_evidence(stages, order, (floor, cut), begin, now))
    factor = CommonFactor(float(plan.dependence.value), known)
    stages = tuple(with_further_tries(stage) for stage in stages)
    then = None if begin.exact or plan.known_at is None else plan.known_at.value.latest
    return CompiledPlan(
        origin,
        now,
        started,
        plan_started,
        stages,
        order,
        cut,
        floor,
        factor,
        overrun,
        known,
        None if then is None else (then - origin) / HOUR,
    )


def with_further_tries(stage: CompiledStage) -> CompiledStage:
    """Give a stage the law of what its further tries add, where their chance is one number."""
    if not stage.may_fail or not isinstance(stage.fails, Constant):
        return stage._replace(further=None)
    from impactcalc.stats.geometric_sum import GeometricSum  # few plans have tries that can fail

    further = GeometricSum(stage.law, stage.fails.value, stage.tries - 1)
    return stage._replace(further=further)


def largest_open_log_sd(plan: CompiledPlan) -> float:
    """Largest log-sd of the open stages' laws: it widens the half-width of means."""
    return max((stage.law.log_sd for stage in plan.stages if stage.open), default=0.0)


def _is_zero(law: Distribution) -> bool:
    return isinstance(law, Constant) and law.value == 0


def _span(moment: Moment, origin: datetime) -> Span:
    return Span((moment.earliest - origin) / HOUR, (moment.latest - origin) / HOUR)


def _maybe_span(moment: Sourced[Moment] | None, origin: datetime) -> Span | None:
    return None if moment is None else _span(moment.value, origin)


def _compile_stage(stage: Stage, index: dict[str, int], origin: datetime) -> CompiledStage:
    law: Distribution
    if stage.window is not None:
        law = window_law(stage.window.value)
    elif stage.duration is not None:
        law = hours_law(stage.duration.value)
    else:
        raise ValueError(f"stage {stage.name!r} has neither window nor duration; give one")
    return CompiledStage(
        name=stage.name,
        law=law,
        windowed=stage.window is not None,
        after=tuple(index[name] for name in stage.after),
        status=stage.status.value,
        linear=stage.shape is Shape.LINEAR,
        fails=law_of(stage.fails.value),
        retry=law_of(stage.retry.value),
        relapse=law_of(stage.relapse.value),
        hand_over=None if stage.hand_over is None else hours_law(stage.hand_over.value),
        tries=stage.max_tries,
        finished=_maybe_span(stage.finished, origin),
        elapsed=None if stage.elapsed_s is None else float(stage.elapsed_s.value / 3600),
        seen=_maybe_span(stage.seen, origin),
        open_at=None if stage.open_at is None else _span(stage.open_at.value, origin).low,
        done_by=None if stage.done_by is None else _span(stage.done_by.value, origin).high,
    )


def _cuts(stages: tuple[CompiledStage, ...], now: float) -> tuple[float, ...]:
    """Latest finish of each stage if it is done: when it was known, or a waiting one's start."""
    latest = [now if stage.done_by is None else min(now, stage.done_by) for stage in stages]
    for stage in stages:
        if (stage.timed or stage.followed) and stage.elapsed:
            moment = now if stage.timed else (stage.open_at or 0.0)
            for before in stage.after:
                latest[before] = min(latest[before], moment - stage.elapsed)
    return tuple(latest)


def _floor(stages: tuple[CompiledStage, ...], stage: CompiledStage, cut: float) -> float | None:
    """Moment after which a done stage's own time ended; None where nothing is known of it.

    A stage that was open because it still waited for another says nothing of its own time.
    """
    if stage.open or stage.open_at is None or stage.open_at >= cut:
        return None
    waited = any(
        (stages[j].open_at or -math.inf) >= stage.open_at or stages[j].open for j in stage.after
    )
    return None if waited else stage.open_at


def _unbounded_where_overrun(
    stages: tuple[CompiledStage, ...],
) -> tuple[tuple[CompiledStage, ...], tuple[bool, ...]]:
    """Give a lognormal to a stage that has already run beyond its law's maximum."""
    overrun = tuple(s.timed and (s.elapsed or 0.0) >= s.law.maximum for s in stages)
    mended = tuple(
        s._replace(law=beyond(s.law)) if over else s
        for s, over in zip(stages, overrun, strict=True)
    )
    return mended, overrun


def beyond(law: Distribution) -> LogNormal:
    """Lognormal with the median of a bounded law and its maximum as P90."""
    median = float(law.from_normal(np.zeros(1))[0])
    # a constant has no spread of its own: half its value more at P90
    top = law.maximum if law.maximum > median else 1.5 * median
    return LogNormal(math.log(median), math.log(top / median) / Z90)


def _order(stages: tuple[CompiledStage, ...]) -> tuple[int, ...]:
    """Every stage after those that it waits for (Kahn's algorithm)."""
    missing = [len(set(stage.after)) for stage in stages]
    followers: list[list[int]] = [[] for _ in stages]
    for index, stage in enumerate(stages):
        for before in set(stage.after):
            followers[before].append(index)
    order = [index for index, count in enumerate(missing) if not count]
    for index in order:
        for follower in followers[index]:
            missing[follower] -= 1
            if not missing[follower]:
                order.append(follower)  # the queue is read to its growing end
    if len(order) < len(stages):
        raise ValueError("the plan's `after` runs in a circle; take one name out")
    return tuple(order)


def _evidence(
    stages: tuple[CompiledStage, ...],
    order: tuple[int, ...],
    bounds: tuple[tuple[float | None, ...], tuple[float, ...]],
    begin: Span,
    now: float,
) -> list[Evidence]:
    """Find what conditions the common factor; a moment that differs by trial does not.

    ``bounds`` are floor and cut of every stage.
    """
    floor, cut = bounds
    known: dict[int, float] = {}  # finishes that are the same in all trials
    found: list[Evidence] = []
    for k in order:
        stage = stages[k]
        waits_known = begin.exact and all(j in known for j in stage.after)
        ready = max([begin.low, *(known[j] for j in stage.after if j in known)])
        if not stage.open:
            if stage.finished is not None and stage.finished.exact:
                known[k] = stage.finished.low
                if waits_known and stage.finished.low > ready:
                    spent = stage.finished.low - (begin.low if stage.windowed else ready)
                    found.append(_evidence_of(stage, Kind.EQUAL, spent))
            elif stage.followed and stage.elapsed is not None:
                begun = (stage.open_at or 0.0) - stage.elapsed
                found.append(_done_since(stage, stage.open_at, cut[k], begun))
            elif stage.finished is None and stage.windowed and begin.exact:
                found.append(_done_since(stage, floor[k], cut[k], begin.low))
        elif stage.timed:
            found.append(_evidence_of(stage, Kind.ABOVE, stage.elapsed or 0.0))
        elif stage.windowed and begin.exact and all(not stages[j].open for j in stage.after):
            found.append(_evidence_of(stage, Kind.ABOVE, now - begin.low))
    return [e for e in found if math.isfinite(e.bound)]


def _done_since(stage: CompiledStage, floor: float | None, cut: float, begin: float) -> Evidence:
    """Evidence of a done stage: before its cut, and after its floor where it has one."""
    below = _evidence_of(stage, Kind.BELOW, cut - begin)
    if floor is None or floor <= begin or isinstance(stage.law, Constant):
        return below
    return Evidence(Kind.BETWEEN, below.bound, float(stage.law.score(floor - begin)))


def _evidence_of(stage: CompiledStage, kind: Kind, spent_h: float) -> Evidence:
    if spent_h <= 0:
        return Evidence(kind, math.nan)  # no time has passed: nothing is known
    if kind is Kind.EQUAL and isinstance(stage.law, Constant):
        return Evidence(kind, math.nan)
    return Evidence(kind, float(stage.law.score(spent_h)))
