"""Surprises: at which percentile of the earlier forecast today's facts fell."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.check import Check
from impactcalc.domain.incident import Status
from impactcalc.domain.since import Surprise
from impactcalc.engine.detail import detail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from impactcalc.domain.incident import Stage
    from impactcalc.domain.scenario import Scenario
    from impactcalc.engine.model import Model
    from impactcalc.engine.sampling import Sample

    Array = NDArray[np.float64]

KIND = "surprise"
RARE = 5.0
"""Percentile below which, and above 100 minus which, the assumptions are to be looked at."""

_HOUR = timedelta(hours=1)


def surprises(model: Model, sample: Sample, today: Scenario) -> tuple[Surprise, ...]:
    """Place today's status of the stages in the earlier forecast of their ends.

    Parameters
    ----------
    model, sample
        The earlier question, compiled, and its trials.
    today
        The question of now, at a moment not before it.

    Returns
    -------
    tuple of Surprise
        One for each stage that was open then and is known of by name today; none when no time has
        passed.
    """
    earlier = model.scenario
    if today.as_of.value <= earlier.as_of.value:
        return ()
    found = detail(model, sample)
    origin = model.plan.origin
    ends = {
        stage.name: (found[f"stage/{k}/finish"], stage)
        for k, stage in enumerate(earlier.recovery.stages)
        if stage.status.value is not Status.DONE
    }
    return tuple(
        one
        for stage in today.recovery.stages
        if stage.name in ends
        for one in _of_stage(stage, ends[stage.name][0], today.as_of.value, origin)
    )


def _of_stage(stage: Stage, ends: Array, now: datetime, origin: datetime) -> Iterator[Surprise]:
    """Place one stage."""
    if stage.status.value is not Status.DONE:
        low, high = _percentile(ends, now, origin), 100.0
        fact = f"still open at {_shown(now)}"
        yield _surprise(stage.name, fact, low, high, low)
        return
    finished = stage.finished
    if finished is not None and finished.value.exact:
        at = _percentile(ends, finished.value.latest, origin)
        yield _surprise(stage.name, f"over at {_shown(finished.value.latest)}", at, at, at)
        return
    last = now if finished is None else min(now, finished.value.latest)
    first = None if finished is None else _percentile(ends, finished.value.earliest, origin)
    low, high = first or 0.0, _percentile(ends, last, origin)
    yield _surprise(stage.name, f"over by {_shown(last)}", low, high, (low + high) / 2)


def _percentile(ends: Array, moment: datetime, origin: datetime) -> float:
    """Share of trials that end by a moment, in percent."""
    return 100.0 * float(np.mean(ends <= (moment - origin) / _HOUR))


def _surprise(stage: str, fact: str, low: float, high: float, at: float) -> Surprise:
    return Surprise(stage, fact, at, low, high, high < RARE or low > 100.0 - RARE)


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def review(one: Surprise) -> Check:
    """Ask for a look at the assumptions behind a stage's forecast."""
    early = one.high < RARE
    rank = one.high if early else one.low
    share = min(99, int(100 - rank if early else rank))
    return Check(
        KIND,
        f"review what was assumed of {one.stage!r}: {one.fact}, "
        f"{'sooner' if early else 'later'} than in {share} of 100 cases of the earlier forecast",
        (),
    )
