"""What-if: alternatives beside the base, paired by trial on the same named draws.

``saving = loss(base) - loss(changed)`` in every trial, so what both have in common cancels: an
unchanged alternative saves exactly nothing, and the error of a small saving is small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from impactcalc.analysis.ranking import Standing, ranked
from impactcalc.domain.result import Alternative
from impactcalc.domain.sourced import Caution
from impactcalc.engine.alternative import (
    LostShares,
    Paired,
    changes_nothing,
    compile_alternative,
    remarks,
    run_alternative,
)
from impactcalc.engine.derived import Derived, pays_money, provider_parts
from impactcalc.engine.sampling import Sample
from impactcalc.engine.trials import HEAVY_LOG_SD, Trials, half_width_factor, summary_of
from impactcalc.errors import InputError, Problem
from impactcalc.models.laws import law_of, sample
from impactcalc.models.recovery.plan import largest_open_log_sd
from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Constant
from impactcalc.stats.risk import figures
from impactcalc.stats.streams import REPLICATES, Streams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.result import Probability, Summary
    from impactcalc.domain.scenario import WhatIf
    from impactcalc.domain.sourced import Sourced
    from impactcalc.engine.model import Model

    Array = NDArray[np.float64]

SLACK = 1e-9
"""Share of the base's figure below which a difference is rounding."""


class Base(NamedTuple):
    """The scenario as it stands, run: what every alternative is paired with."""

    model: Model
    found: Sample
    seed: int

    @property
    def points(self) -> int:
        """Points a replicate that are kept."""
        return int(self.found.figures["full_recovery_h"].shape[1])

    @property
    def kept(self) -> Derived:
        """Derived figures of the kept trials."""
        return Derived(self.model, self.found.figures)

    @property
    def loss(self) -> Array | None:
        """The customer's total by trial; None without money."""
        return loss_of(self.kept, self.model)


class Decision(NamedTuple):
    """An action that costs something: its net saving by trial, shape (16, points).

    ``other_reading`` is its mean net saving if the stated amount is read the other way.
    """

    net: Array
    other_reading: float


class Outcome(NamedTuple):
    """Alternatives, the best first, what to warn of, and those that are decisions."""

    alternatives: tuple[Alternative, ...]
    warnings: tuple[Caution, ...]
    decisions: tuple[Decision, ...]


class _Compared(NamedTuple):
    """One alternative before it is ranked, and its net saving by trial."""

    alternative: Alternative
    net: Array
    other_reading: float
    warnings: tuple[Caution, ...]


def compare(base: Base, actions: Sequence[WhatIf]) -> Outcome:
    """Compare alternatives with the base and rank them.

    Parameters
    ----------
    base
        The scenario's run.
    actions
        In any order: it changes nothing.

    Raises
    ------
    InputError
        When a change makes the scenario impossible; every such alternative is named.
    """
    models = _compiled(base.model, actions)
    lost = LostShares(base.model, base.found.streams, base.points)
    compared = [
        _compare(base, model, action, lost) for model, action in zip(models, actions, strict=True)
    ]
    standings = [
        Standing(one.alternative.name, one.net.mean(axis=1), one.alternative.better_prob or 0.0)
        for one in compared
    ]
    ordered: list[Alternative] = []
    for index, rank, tied in ranked(standings):
        alternative = compared[index].alternative._replace(rank=rank, tied=tied)
        best = not ordered and _surely_better(alternative)
        ordered.append(alternative._replace(recommended=best))
    return Outcome(
        tuple(ordered),
        tuple(warning for one in compared for warning in one.warnings),
        tuple(
            Decision(one.net, one.other_reading)
            for one in compared
            if one.alternative.cost is not None and one.alternative.saving is not None
        ),
    )


def _surely_better(alternative: Alternative) -> bool:
    """Whether the mean net saving lies more than two errors above 0."""
    net = alternative.net_saving
    return net is not None and bool(net.mean > 2.0 * net.mc_error.mean)


def _compiled(base: Model, actions: Sequence[WhatIf]) -> list[Model]:
    models, problems = [], []
    for action in actions:
        try:
            models.append(compile_alternative(base, action))
        except ValueError as error:
            problems.append(Problem(f"what_if.{action.name}: {error}", "", *_place(action)))
    if problems:
        raise InputError(*problems)
    return models


def _place(action: WhatIf) -> tuple[str, int]:
    """Give file and line of an action."""
    file, _, line = action.source.rpartition(":")
    return (file, int(line)) if file and line.isdigit() else ("", 0)


def _compare(base: Base, model: Model, action: WhatIf, lost: LostShares) -> _Compared:
    own = Streams(base.seed, (*model.names, f"what_if/{action.name}/cost"))
    draws = Paired(base.found.streams, base.model.names, own)
    trials_of = base.found.figures
    if not changes_nothing(base.model, model, action):
        trials_of = run_alternative(model, draws, base.points, lost)
    found = Sample(trials_of, base.points, True, 0.0, base.found.streams)
    log_sd = max(largest_open_log_sd(model.plan), largest_open_log_sd(base.model.plan))
    trials = Trials(model, found, log_sd)
    measure = _Measure(half_width_factor(log_sd), log_sd >= HEAVY_LOG_SD)
    cost = _cost(base, action, own)
    before, after = base.loss, loss_of(trials.kept, model)
    net = base.kept.values("full_recovery_h") - trials.kept.values("full_recovery_h")
    saving = summary = better = pays = None
    if before is not None and after is not None:
        saving, slack = before - after, SLACK * np.abs(before)
        net = saving if cost is None else saving - cost
        summary = measure.summary(saving)
        better, pays = (float(np.mean(each > slack)) for each in (saving, net))
    alternative = Alternative(
        name=action.name,
        set=action.set,
        changes=action.changes,
        saving=summary,
        better_prob=better,
        cost=None if cost is None else float(np.mean(cost)),
        net_saving=None if saving is None else measure.summary(net),
        pays_prob=pays,
        provider_saving=_provider_saving(base, trials, measure, _amount(action.credit)),
        full_recovery_h=trials.summary("full_recovery_h"),
        earlier_prob=_earlier(base, trials),
        breach_prob=breach(trials),
        break_even_cost=None if summary is None else summary.mean,
        disagree=summary is not None and _opposite(summary),
    )
    line = _place(action)[1]
    warnings = tuple(
        Caution(f"what_if.{action.name}", f"what_if.{action.name}: {words}", line)
        for words in remarks(base.model, model, action)
    )
    other = float(net.mean()) + _other_reading(base, trials)
    return _Compared(alternative, net, other, warnings)


def _other_reading(base: Base, trials: Trials) -> float:
    """How much more an action saves if the stated amount is read the other way."""
    money, names = base.model.money, {"exposed", "lost"}
    if money is None or not names <= set(trials.sample.figures):
        return 0.0
    here = money.business.reading.value.value
    (there,) = names - {here}
    saved = {
        name: float((base.found.figures[name] - trials.sample.figures[name]).mean())
        for name in names
    }
    return saved[there] - saved[here]


def _opposite(saving: Summary) -> bool:
    """Whether mean and median differ in sign; a saving without a mean has none that could."""
    return bool(np.isfinite(saving.mean)) and saving.mean * saving.p50 < 0


class _Measure(NamedTuple):
    """How a difference is summarised: the half-width's factor, and whether it has no mean."""

    factor: float
    heavy: bool

    def summary(self, values: Array) -> Summary:
        """Summarise trials of shape (16, n)."""
        found = figures(values)
        return summary_of(found, self.factor, mean=not self.heavy or not found.sd)


def loss_of(kept: Derived, model: Model) -> Array | None:
    """Give the customer's total by trial, shape (16, points); None without money."""
    return None if model.total is None else kept.values(model.total)


def _earlier(base: Base, trials: Trials) -> float:
    """Share of trials in which service is fully back earlier."""
    before, after = (each.values("full_recovery_h") for each in (base.kept, trials.kept))
    return float(np.mean(before - after > SLACK * np.abs(before)))


def _amount(quantity: Sourced[Quantity] | None) -> float | None:
    """Middle of an amount."""
    if quantity is None:
        return None
    return float(law_of(quantity.value).from_normal(np.zeros(1))[0])


def _cost(base: Base, action: WhatIf, own: Streams) -> Array | float | None:
    """Cost of an action with its credit, drawn where it is uncertain; None: neither is stated."""
    credit = _amount(action.credit)
    if action.cost is None:
        return credit
    law = law_of(action.cost.value)
    if isinstance(law, Constant):
        return law.value + (credit or 0.0)
    u = own.draw(f"what_if/{action.name}/cost", 0, base.points)
    drawn = sample(law, u.ravel()).reshape(REPLICATES, base.points)
    return drawn + (credit or 0.0)


def _provider_saving(
    base: Base, trials: Trials, measure: _Measure, credit: float | None
) -> Summary | None:
    """Summarise what the provider owes less; a credit of goodwill is owed more."""
    before, after = owed(base.kept, base.model), owed(trials.kept, trials.model)
    if credit is None and (before is None or after is None):
        return None
    nothing = np.zeros((REPLICATES, base.points))
    less = nothing if before is None or after is None else before - after
    return measure.summary(less - (credit or 0.0))


def owed(kept: Derived, model: Model) -> Array | None:
    """Give the provider's total by trial; None when none of its parts is there."""
    if provider_parts(model):
        return kept.values("provider/total")
    contract = model.contract
    if contract is None or contract.basis is None or not pays_money(contract):
        return None
    return kept.values(f"{contract.basis}/credits")


def breach(trials: Trials) -> Probability | None:
    """Probability of a breach under the reading in force."""
    contract = trials.model.contract
    if contract is None or contract.basis is None:
        return None
    return trials.probability(f"{contract.basis}/breach")
