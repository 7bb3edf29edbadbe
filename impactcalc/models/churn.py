"""Churn: recurring revenue that is lost because the customer leaves (MODEL.md section 3).

loss = ARR ((1-p0)^h - (1-p1)^h) over h years, where p0 is the chance of leaving a year without the
incident and logit p1 = logit p0 + shift by sentiment + shift by escalation + N(0, 0.4). The sizes
of the shifts are assumptions, their direction is evidence (a customer who is worse off leaves
sooner). Where the draw says that the customer is likelier to stay, the loss is negative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.models.laws import law_of, sample
from impactcalc.named import NamedTuple
from impactcalc.stats.normal import ndtri

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.domain.exposure import Exposure
    from impactcalc.domain.incident import Incident
    from impactcalc.models.laws import Draw
    from impactcalc.stats.distributions import Distribution

    Array = NDArray[np.float64]

SENTIMENT = {"positive": 0.0, "neutral": 0.2, "negative": 0.7}
"""Shift of the log-odds of leaving by the customer's sentiment [A]."""
UNSTATED = "neutral"
"""Sentiment of a customer of whom nothing is said [A]."""
ESCALATED = 0.3
"""Further shift from escalation level `ESCALATED_FROM` on [A]."""
ESCALATED_FROM = 3
SPREAD = 0.4
"""Standard deviation of the shift [A]."""
YEAR_S = 365 * 86_400

ARR = "business/arr"
BASE = "business/churn/base"
SHIFT = "business/churn/shift"


class CompiledChurn(NamedTuple):
    """Recurring revenue a year, chance of leaving a year, years ahead, and the mean shift."""

    arr: Distribution
    base: Distribution
    years: float
    shift: float

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its draws."""
        return (SHIFT, ARR, BASE)

    def loss(self, draw: Draw) -> Array:
        """Money lost by trial, shape (n_trials,)."""
        before = sample(self.base, draw(BASE))
        after = shifted(before, self.shift + SPREAD * ndtri(draw(SHIFT)))
        more = (1.0 - before) ** self.years - (1.0 - after) ** self.years
        return np.asarray(sample(self.arr, draw(ARR)) * more)


def shifted(chance: Array | float, shift: Array | float) -> Array:
    """Chance whose log-odds are moved by ``shift``; 0 and 1 stay.

    Examples
    --------
    >>> [round(float(shifted(0.08, by)), 3) for by in (0.0, 0.7, 1.0)]
    [0.08, 0.149, 0.191]
    >>> shifted(np.array([0.0, 1.0]), 0.7).tolist()
    [0.0, 1.0]
    """
    odds = np.exp(shift)
    return np.asarray(chance * odds / (1.0 - chance + chance * odds))


def mean_shift(incident: Incident) -> float:
    """Shift of the log-odds by what is known of the customer, without its spread."""
    sentiment = UNSTATED if incident.sentiment is None else incident.sentiment.value
    level = incident.escalation_level
    escalated = level is not None and level.value >= ESCALATED_FROM
    return SENTIMENT[sentiment] + (ESCALATED if escalated else 0.0)


def compile_churn(business: Exposure, incident: Incident) -> CompiledChurn | None:
    """Compile the part; None when no recurring revenue is stated."""
    if business.arr is None or business.churn is None:
        return None
    return CompiledChurn(
        law_of(business.arr.value),
        law_of(business.churn.base.value),
        float(business.churn.horizon_s.value) / YEAR_S,
        mean_shift(incident),
    )
