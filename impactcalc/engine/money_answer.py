"""The two ledgers: what the customer loses and what the provider owes. They are never added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.result import (
    CustomerAnswer,
    LostShareAnswer,
    ProviderAnswer,
    Route,
)
from impactcalc.engine.derived import comes_back, provider_parts
from impactcalc.engine.trials import summary
from impactcalc.models.degradation import PERCENTAGE, TABLETS, way_of
from impactcalc.stats.distributions import Constant
from impactcalc.stats.risk import exceedance_curve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.result import Summary
    from impactcalc.engine.model import Model
    from impactcalc.engine.trials import Trials

    Array = NDArray[np.float64]

DOTS = 20
ROUTE_WORDS = {
    TABLETS: "a typical slow query: through the tablets without a leader",
    PERCENTAGE: "the average over all queries: by the stated percentage",
}


def customer_answer(trials: Trials) -> CustomerAnswer:
    """Fill the customer's ledger; what depends on revenue is None where no amount is stated."""
    model, figures = trials.model, trials.sample.figures
    money, whole = model.money, model.total
    productivity, backlog = _part(trials, "productivity"), _part(trials, "backlog")
    if money is None or whole is None:
        return CustomerAnswer(
            exposure_per_day=None,
            revenue_loss=None,
            already_lost=None,
            avoidable=None,
            productivity_loss=productivity,
            backlog=backlog,
            total=None,
            exceedance=(),
            readings={"exposed": None, "lost": None},
            dots=(),
            exposure=None,
        )
    readings = {name: trials.summary(name) for name in ("exposed", "lost")}
    basis = money.business.reading.value.value
    exposure = figures.get("exposure_per_day")
    ordered = np.sort(figures[whole], axis=None)
    per_day = money.per_day
    return CustomerAnswer(
        exposure_per_day=_middle(model) if exposure is None else float(exposure.mean()),
        revenue_loss=readings[basis],
        already_lost=trials.summary("already_lost"),
        avoidable=trials.summary("avoidable"),
        productivity_loss=productivity,
        backlog=backlog,
        total=readings[basis] if whole == basis else trials.summary(whole),
        exceedance=exceedance_curve(ordered),
        readings=dict(readings),
        dots=_dots(ordered),
        exposure=None
        if isinstance(per_day, Constant) or exposure is None
        else trials.summary("exposure_per_day"),
        comes_back=trials.summary("comes_back") if comes_back(model) else None,
    )


def provider_answer(trials: Trials, credits_: Summary | None) -> ProviderAnswer:
    """Fill the provider's ledger; its total is summed by trial."""
    there = provider_parts(trials.model)
    return ProviderAnswer(
        credits=credits_,
        churn=_part(trials, "churn"),
        recovery_cost=_part(trials, "recovery_cost"),
        total=trials.summary("provider/total") if there else credits_,
    )


def _part(trials: Trials, name: str) -> Summary | None:
    """Summary of a figure that only some scenarios have."""
    return trials.summary(name) if name in trials.sample.figures else None


def lost_share_answer(model: Model, details: Mapping[str, Array]) -> LostShareAnswer:
    """Give the lost share at the start and now, and by each route alone."""
    after = details.get("after")
    routes = []
    for name in (TABLETS, PERCENTAGE):
        if f"route/{name}/initial" not in details:
            continue
        loss = details.get(f"route/{name}/loss")
        routes.append(
            Route(
                name=name,
                words=ROUTE_WORDS[name],
                initial=summary(details[f"route/{name}/initial"]),
                now=summary(details[f"route/{name}/now"]),
                revenue_loss=None if loss is None else summary(loss),
            )
        )
    return LostShareAnswer(
        initial=summary(details["initial"]),
        now=summary(details["now"]),
        after_first_stage=None if after is None else summary(after),
        way="observed" if _observed(model) else way_of(model.scenario.incident),
        routes=tuple(routes),
    )


def _observed(model: Model) -> bool:
    """Whether any measurement lies inside the incident."""
    return model.sight is not None and model.sight.record.last_end > 0


def _middle(model: Model) -> float | None:
    if model.money is None:
        return None
    return float(model.money.per_day.from_normal(np.zeros(1))[0])


def _dots(ordered: Array) -> tuple[float, ...]:
    """Quantiles in the middle of 20 equal slices of probability."""
    size = ordered.size
    index = [min(size - 1, int((2 * i + 1) * size / (2 * DOTS))) for i in range(DOTS)]
    return tuple(ordered[index].tolist())
