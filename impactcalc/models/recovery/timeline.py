"""The timeline of a plan by trial: when each stage starts, finishes, falls back and is redone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.incident import Status
from impactcalc.models.laws import sample
from impactcalc.models.recovery.plan import beyond
from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Constant
from impactcalc.stats.normal import ndtri

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.models.laws import Draw
    from impactcalc.models.recovery.plan import CompiledPlan, CompiledStage, Span
    from impactcalc.stats.distributions import Distribution

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LONGEST_H = 1e9
"""Longest duration that is told apart (114,000 years): keeps every figure finite."""


@dataclass(slots=True)
class StageTimes:
    """One stage by trial, in hours since the origin; shape (n_trials,).

    ``finish`` is the end of the last try, ``ready`` the second finish after a relapse (else the
    same array), ``fallback`` the moment of the relapse (None where none is possible). ``no_time``
    marks trials in which the stages before it leave it no time of its own.
    """

    start: Array
    finish: Array
    ready: Array
    fallback: Array | None = None
    relapsed: Flags | None = None
    no_time: Flags | None = None


class Timeline(NamedTuple):
    """All stages by trial, in plan order, with the starts of the incident and of the plan."""

    incident_started: Array
    plan_started: Array
    stages: list[StageTimes]


def begin_of(plan: CompiledPlan, draw: Draw, count: int) -> tuple[Array, Array]:
    """Start of the plan in hours since the origin, and common factor, by trial."""
    walk = _Walk(plan, draw, count)
    return walk.begin, walk.z


def timeline(plan: CompiledPlan, draw: Draw, count: int) -> Timeline:
    """Timeline of ``count`` trials.

    Parameters
    ----------
    plan
        The compiled plan.
    draw
        Uniform draws by name, shape (count,).
    count
        Number of trials.
    """
    return _Walk(plan, draw, count).run()


def _or(moment: float | None) -> float:
    """Give a moment, or one before all others."""
    return -np.inf if moment is None else moment


class _Walk:
    """One walk through the plan, in the order in which stages can start."""

    def __init__(self, plan: CompiledPlan, draw: Draw, count: int) -> None:
        self.plan, self.draw, self.count = plan, draw, count
        self.now = plan.as_of
        self.times: dict[int, StageTimes] = {}
        self.incident_started = self._moment(plan.incident_started, "incident/started", None)
        self.begin = (
            self.incident_started
            if plan.plan_started is None
            else self._moment(plan.plan_started, "recovery/started", self.incident_started)
        )
        self.z = plan.factor.draw(draw("recovery/common")) if plan.factor.a else np.zeros(count)

    def run(self) -> Timeline:
        for k in self.plan.order:
            stage = self.plan.stages[k]
            times = self._open(stage) if stage.open else self._done(k, stage)
            if stage.may_relapse:
                self._relapse(stage, times)
            self.times[k] = times
        stages = [self.times[k] for k in range(len(self.plan.stages))]
        return Timeline(self.incident_started, self.begin, stages)

    def _moment(self, span: Span, name: str, floor: Array | None) -> Array:
        """Draw a moment: uniform over its interval, cut to [floor, as_of]."""
        if span.exact:
            return np.full(self.count, span.low)
        low = np.full(self.count, span.low)
        if floor is not None:
            low = np.maximum(low, floor)
        high = np.maximum(min(span.high, self.now), low)
        return np.asarray(low + (high - low) * self.draw(name))

    def _waits(self, stage: CompiledStage, *, for_redo: bool) -> Array:
        """Moment at which the stages before it let it start."""
        ready = self.begin
        for j in stage.after:
            before = self.times[j]
            ready = np.maximum(ready, before.ready if for_redo else before.finish)
        return ready

    def _u(self, stage: CompiledStage, what: str) -> Array:
        return self.draw(f"recovery/{stage.name}/{what}")

    def _spent(self, stage: CompiledStage, z: Array) -> Array:
        return np.minimum(stage.law.from_normal(z), LONGEST_H)

    def _fresh(self, stage: CompiledStage, what: str) -> Array:
        return self._spent(stage, ndtri(self._u(stage, what)))

    def _value(self, law: Distribution, stage: CompiledStage, what: str) -> Array:
        if isinstance(law, Constant):
            return np.full(self.count, law.value)
        return sample(law, self._u(stage, what))

    # done stages

    def _done(self, k: int, stage: CompiledStage) -> StageTimes:
        waits = self._waits(stage, for_redo=False)
        if stage.finished is not None:
            finish = self._stated_finish(stage, waits)
        elif stage.windowed:
            finish = self._done_window(k, stage, waits)
        elif stage.followed:
            start, finish = self._done_since(k, stage, waits)
            return StageTimes(np.minimum(start, finish), finish, finish)
        else:
            cut = np.maximum(self.plan.cut[k], waits)
            low = np.maximum(waits, min(self.plan.cut[k], _or(stage.open_at)))
            finish = low + (cut - low) * self._u(stage, "duration")
        finish = np.minimum(finish, self.now)
        return StageTimes(np.minimum(waits, finish), finish, finish)

    def _stated_finish(self, stage: CompiledStage, waits: Array) -> Array:
        span = stage.finished
        if span is None or span.exact:
            return np.full(self.count, self.now if span is None else span.low)
        high = min(span.high, self.now)
        if stage.done_by is not None:
            high = min(high, stage.done_by)
        low = np.clip(np.maximum(waits, _or(stage.open_at)), min(span.low, high), high)
        return np.asarray(low + (high - low) * self._u(stage, "duration"))

    def _bound(self, stage: CompiledStage, spent: Array | float, none: float) -> Array | float:
        """Score of the time spent; ``none`` where no time has passed, so nothing is known."""
        if isinstance(spent, float):
            return float(stage.law.score(spent)) if spent > 0 else none
        return np.where(spent > 0, stage.law.score(np.maximum(spent, 1e-12)), none)

    def _since_start(self, moment: float) -> Array | float:
        begin = self.plan.exact_start
        return moment - (self.begin if begin is None else begin)

    def _done_window(self, k: int, stage: CompiledStage, waits: Array) -> Array:
        u = self._u(stage, "duration")
        bound = self._bound(stage, self._since_start(self.plan.cut[k]), np.inf)
        floor = self.plan.floor[k]
        if floor is None:
            z = self.plan.factor.below(self.z, u, bound)
        else:
            least = self._bound(stage, self._since_start(floor), -np.inf)
            z = self.plan.factor.between(self.z, u, least, bound)
        return np.maximum(self.begin + self._spent(stage, z), waits)

    def _done_since(self, k: int, stage: CompiledStage, waits: Array) -> tuple[Array, Array]:
        """Start and finish of a stage that was under way at ``open_at`` and is done by now."""
        moment = stage.open_at or 0.0
        cut = max(self.plan.cut[k], moment)
        if stage.elapsed is not None:
            start = np.full(self.count, moment - stage.elapsed)
        else:
            start = self._start_before(stage, waits, moment)
        least = self._bound(stage, moment - start, -np.inf)
        z = self.plan.factor.between(
            self.z, self._u(stage, "duration"), least, self._bound(stage, cut - start, np.inf)
        )
        return start, np.clip(start + self._spent(stage, z), moment, cut)

    def _start_before(self, stage: CompiledStage, waits: Array, moment: float) -> Array:
        """Unknown start up to the first sighting, which is not after a moment."""
        seen = stage.seen
        latest = np.full(self.count, moment if seen is None else min(seen.high, moment))
        earliest = np.minimum(np.minimum(waits, moment), latest)
        return np.asarray(earliest + (latest - earliest) * self._u(stage, "start"))

    # open stages

    def _open(self, stage: CompiledStage) -> StageTimes:
        if stage.windowed:
            times = self._open_window(stage)
        elif stage.timed:
            times = self._under_way(stage)
        elif stage.status is Status.IN_PROGRESS:
            times = self._started_unseen(stage)
        else:
            times = self._to_start(stage)
        times.finish = np.maximum(times.finish, self.now)
        if stage.may_fail:
            times.finish = times.finish + self._paced(stage, self._further_tries(stage))
        times.ready = times.finish
        return times

    def _open_window(self, stage: CompiledStage) -> StageTimes:
        waits = self._waits(stage, for_redo=True)
        u = self._u(stage, "duration")
        if all(not self.plan.stages[j].open for j in stage.after):
            bound = self._bound(stage, self._since_start(self.now), -np.inf)
            z = self.plan.factor.above(self.z, u, bound)
        else:
            z = self.plan.factor.free(self.z, u)
        planned = self.begin + self._spent(stage, z)
        no_time = planned <= waits if stage.after else None
        planned = self._hastened(stage, planned, waits)
        if stage.status is Status.NOT_STARTED:
            finish = np.maximum(self._delayed(stage, planned), waits)
            start = self._delayed(stage, np.maximum(waits, self.now))
            # a delayed stage that its window leaves no time starts when it ends
            start = np.minimum(start, np.maximum(finish, self.now)) if stage.delay else start
        else:
            finish = self._delayed(stage, np.maximum(planned, waits))
            start = waits
        return StageTimes(start, finish, finish, no_time=no_time)

    # what an action changes: the time not yet spent, and a later start

    def _paced(self, stage: CompiledStage, hours: Array) -> Array:
        """Take an action's part of the time that a stage still takes."""
        return hours if stage.pace == 1.0 else hours * stage.pace

    def _delayed(self, stage: CompiledStage, moment: Array) -> Array:
        return moment + stage.delay if stage.delay else moment

    def _hastened(self, stage: CompiledStage, finish: Array, start: Array) -> Array:
        """Finish under an action: now + pace x (finish - now), now = the later start."""
        if stage.pace == 1.0:
            return finish
        now = np.maximum(start, self.now)
        return np.where(finish > now, now + stage.pace * (finish - now), finish)

    def _under_way(self, stage: CompiledStage) -> StageTimes:
        elapsed = stage.elapsed or 0.0
        z = self._score_beyond(stage, elapsed)
        start = np.full(self.count, self.now - elapsed)
        finish = self._changed(stage, start + self._spent(stage, z), start)
        return StageTimes(start, finish, finish)

    def _changed(self, stage: CompiledStage, finish: Array, start: Array) -> Array:
        """Finish of a stage under way that an action hastens or delays."""
        return self._delayed(stage, self._hastened(stage, finish, start))

    def _score_beyond(self, stage: CompiledStage, elapsed: Array | float) -> Array:
        bound = self._bound(stage, elapsed, -np.inf)
        return self.plan.factor.above(self.z, self._u(stage, "duration"), bound)

    def _started_unseen(self, stage: CompiledStage) -> StageTimes:
        """In progress since an unknown moment up to its first sighting."""
        start = self._start_before(stage, self._waits(stage, for_redo=False), self.now)
        elapsed = self.now - start
        finish = start + self._spent(stage, self._score_beyond(stage, elapsed))
        if np.isfinite(stage.law.maximum):
            over = elapsed >= stage.law.maximum
            if over.any():
                law = beyond(stage.law)
                bound = law.score(np.maximum(elapsed, 1e-12))
                z = self.plan.factor.above(self.z, self._u(stage, "duration"), bound)
                longer = np.minimum(law.from_normal(z), LONGEST_H)
                finish = np.where(over, start + longer, finish)
        finish = self._changed(stage, finish, start)
        return StageTimes(start, finish, finish)

    def _to_start(self, stage: CompiledStage) -> StageTimes:
        start = np.maximum(self._waits(stage, for_redo=True), self.now)
        if stage.hand_over is not None:
            handed = self._value(stage.hand_over, stage, "hand-over")
            start = start + np.minimum(handed, LONGEST_H)
        start = self._delayed(stage, start)
        z = self.plan.factor.free(self.z, self._u(stage, "duration"))
        finish = start + self._paced(stage, self._spent(stage, z))
        return StageTimes(start, finish, finish)

    # further tries and relapse

    def _further_tries(self, stage: CompiledStage) -> Array:
        """Time that failed tries add: fresh draws times ``retry``, up to ``max_tries``."""
        retry = self._value(stage.retry, stage, "retry")
        if stage.further is not None:
            return retry * stage.further.values(self._u(stage, "further"))
        u = self._u(stage, "tries")
        # the chance differs by trial: one draw gives the number of tries, j more with chance
        # fails^j, so that a smaller chance never adds one
        added = np.zeros(self.count)
        fails = self._value(stage.fails, stage, "fails")
        again = np.flatnonzero(u < fails)
        for try_ in range(2, stage.tries + 1):
            if not again.size:
                break
            fresh = self._spent(stage, ndtri(self._u(stage, f"try{try_}")[again]))
            added[again] += retry[again] * fresh
            again = again[u[again] < fails[again] ** try_]
        return added

    def _relapse(self, stage: CompiledStage, times: StageTimes) -> None:
        chance = self._value(stage.relapse, stage, "relapse-chance")
        relapsed = self._u(stage, "relapse") < chance
        fallback = times.finish if stage.open else np.full(self.count, self.now)
        redone = fallback + self._paced(stage, self._fresh(stage, "redo"))
        times.relapsed, times.fallback = relapsed, fallback
        times.ready = np.where(relapsed, redone, times.finish)
