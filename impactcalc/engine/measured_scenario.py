"""The measured scenario: the answer shows the earlier downtime of the data, not the stated one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.units.duration import short_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from impactcalc.domain.scenario import Scenario
    from impactcalc.engine.model import Model

    Array = NDArray[np.float64]

_DIGITS = 3


def measured_scenario(model: Model, figures: Mapping[str, Array]) -> Scenario:
    """Give the scenario with the downtime before the incident as the data tell it.

    Parameters
    ----------
    model
        The compiled scenario.
    figures
        What every trial keeps, by name.

    Returns
    -------
    The scenario itself where the data do not reach before the incident. Where no definition of
    downtime is in force, the readings' smallest and largest mean.
    """
    scenario, sight = model.scenario, model.sight
    seen, contract = scenario.incident.observed, model.contract
    if sight is None or seen is None or contract is None or scenario.sla is None:
        return scenario
    if sight.earlier is None or sight.earlier.uncovered >= 1:
        return scenario
    means = {name: float(figures[f"before/{name}"].mean()) for name in sight.record.down}
    wanted = list(means.values()) if contract.basis is None else [means[contract.basis]]
    to_date = _to_date(min(wanted), max(wanted), seen.source)
    shown = Sourced(to_date.text, to_date.source)
    sla = scenario.figures.get("sla")
    parts = sla if isinstance(sla, dict) else {}
    return scenario._replace(
        sla=scenario.sla._replace(to_date=to_date),
        figures={**scenario.figures, "sla": {**parts, "to_date": shown}},
    )


def _to_date(least: float, most: float, source: str) -> Sourced[Quantity]:
    """Write one mean, or the range between two, in seconds."""
    if least == most:
        return Sourced(_quantity(Law.FIXED, least), source, _words(least))
    words = f"{_words(least)} to {_words(most)} by the reading"
    return Sourced(_quantity(Law.UNIFORM, least, most), source, words)


def _words(seconds: float) -> str:
    return short_duration(seconds, _DIGITS) if seconds else "0 min"


def _quantity(law: Law, *seconds: float) -> Quantity:
    values = tuple(Decimal(repr(each)) for each in seconds)
    return Quantity(law, values, Dimension.DURATION)
