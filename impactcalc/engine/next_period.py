"""What falls into the next period: an incident that outlasts the contract's period."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.check import Check
from impactcalc.models.outage import downtime
from impactcalc.units.duration import short_duration
from impactcalc.units.instant import moment_words
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from impactcalc.engine.model import Contract, Model, World

    Array = NDArray[np.float64]

OUTLASTS, HOURS = "next/outlasts", "next/hours"
_LEAST_SHOWN = 0.001  # rarer ones rest on a handful of trials


def next_period_detail(contract: Contract, here: World) -> dict[str, Array]:
    """Whether the incident outlasts the period, and the hours of downtime after its end, by trial.

    The hours are those of the reading in force, else the lost share
    times the time.
    """
    outlasts = here.end > contract.end
    if not outlasts.any():
        return dict.fromkeys((OUTLASTS, HOURS), np.zeros(outlasts.shape))
    low = np.maximum(here.times.incident_started, contract.end)
    hours = downtime(here.service, low, np.maximum(here.end, low) + 1.0, contract.threshold)
    return {
        OUTLASTS: outlasts.astype(np.float64),
        HOURS: getattr(hours, contract.basis or "proportional"),
    }


def next_period_checks(model: Model, details: Mapping[str, Array]) -> Iterator[Check]:
    """Say how often, and how much, falls into the next period.

    Parameters
    ----------
    model
        The compiled scenario.
    details
        Figures by name, each by trial.
    """
    contract = model.contract
    if contract is None or OUTLASTS not in details:
        return
    chance, hours = details[OUTLASTS].mean(), details[HOURS].mean()
    if chance < _LEAST_SHOWN:
        return
    lost = short_duration(float(hours) * 3600.0) if hours else "0 min"
    end = model.plan.origin + timedelta(seconds=round(contract.end * 3600.0))
    yield Check(
        "next period",
        f"in {percent(chance)} of the trials the incident outlasts the period, which ends "
        f"{moment_words(end)}: on average {lost} of downtime "
        "fall into the next one and are not counted here",
        (),
    )
