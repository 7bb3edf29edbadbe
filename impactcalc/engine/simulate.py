"""Simulate: the trials of one scenario, until accurate enough, as one answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

import impactcalc
from impactcalc.domain.result import Estimate, Run
from impactcalc.engine import notes
from impactcalc.engine.detail import detail
from impactcalc.engine.money_answer import customer_answer, lost_share_answer, provider_answer
from impactcalc.engine.recovery_answer import Forecast, promise, recovery_answer
from impactcalc.engine.sampling import CAP_TRIALS, Target, points_for, run
from impactcalc.engine.sla_answer import Case, breaches, sla_answer, total_downtime
from impactcalc.engine.summary import half_width_factor
from impactcalc.engine.trial import compile_model
from impactcalc.errors import InputError, Problem
from impactcalc.models.recovery.plan import largest_open_log_sd
from impactcalc.stats.streams import REPLICATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from impactcalc.domain.scenario import Scenario
    from impactcalc.engine.sampling import Sample
    from impactcalc.engine.trial import Model

    Array = NDArray[np.float64]

DEFAULT_ACCURACY = 0.01
DEFAULT_SEED = 1


def simulate(
    scenario: Scenario,
    *,
    accuracy: float | None = None,
    trials: int | None = None,
    seed: int = DEFAULT_SEED,
) -> Estimate:
    """Answer a scenario.

    Parameters
    ----------
    scenario
        The whole question.
    accuracy
        Stop when the mc_error of mean, P95 and expected shortfall of the customer's total and of
        full recovery is at most this share of the figure, and that of the breach probability at
        most half of it. Default 0.01, or none when ``trials`` alone is given.
    trials
        Alone: how many to run, rounded up to 16 x 2^k. With ``accuracy``: the most to run.
    seed
        Seed of the random shifts, >= 0.

    Returns
    -------
    The estimate; ``run.converged`` is False when the cap stopped it.

    Raises
    ------
    InputError
        When the scenario's parts contradict one another.
    """
    begun = time.perf_counter()
    try:
        model = compile_model(scenario)
    except ValueError as error:
        raise InputError(Problem(str(error))) from error
    found = _sample(model, accuracy, trials, seed)
    return _answer(model, found, accuracy or DEFAULT_ACCURACY, seed, begun)


def _sample(model: Model, accuracy: float | None, trials: int | None, seed: int) -> Sample:
    alone = accuracy is None and trials is not None
    wanted = CAP_TRIALS if trials is None else min(trials, CAP_TRIALS)
    watched = ["full_recovery_h"]
    if model.money is not None:
        watched.insert(0, model.money.business.reading.value.value)
    target = Target(
        accuracy=None if alone else (accuracy or DEFAULT_ACCURACY),
        cap=points_for(wanted),
        watched=tuple(watched),
        breached=_breached(model),
    )
    return run(model, target, seed)


def _breached(model: Model) -> Callable[[dict[str, Array]], Array | None]:
    contract = model.contract

    def by_trial(figures: dict[str, Array]) -> Array | None:
        if contract is None or contract.basis is None:
            return None
        hits = breaches(contract, total_downtime(contract, figures, contract.basis))
        return hits.astype(np.float64)

    return by_trial


def _answer(model: Model, found: Sample, accuracy: float, seed: int, begun: float) -> Estimate:
    scenario = model.scenario
    details = detail(model, found)
    factor = half_width_factor(largest_open_log_sd(model.plan))
    sla = None
    if model.contract is not None:
        case = Case(model, model.contract, found.figures, details, factor)
        sla = sla_answer(case)
    forecast = Forecast(model, found, details, factor)
    recovery = recovery_answer(forecast)
    lost = lost_share_answer(model, details)
    return Estimate(
        scenario=scenario,
        as_of=scenario.as_of.value,
        currency=scenario.currency,
        assumptions=(*scenario.assumptions, *notes.assumptions(model)),
        sla=sla,
        recovery=recovery,
        promise=promise(forecast),
        customer=customer_answer(model, found.figures, factor),
        provider=provider_answer(None if sla is None else sla.credits),
        lost_share=lost,
        warnings=(*scenario.cautions, *notes.cautions(model)),
        checks=notes.checks(model, recovery, lost),
        questions=(),
        run=Run(
            trials=REPLICATES * found.points,
            seed=seed,
            accuracy=accuracy,
            converged=found.converged,
            version=impactcalc.__version__,
            inputs_sha256=scenario.inputs_sha256,
            byte_probe=byte_probe(),
            seconds=time.perf_counter() - begun,
            error_reached=found.error_reached,
        ),
    )


def byte_probe() -> str:
    """Digest of a few exponentials, logarithms and powers: what the bytes of an answer rest on.

    They differ by an ulp between kinds of CPU, so a record says on which kind it was made.
    """
    from hashlib import blake2b

    x = np.linspace(0.1, 9.9, 257)
    return blake2b(
        b"".join(f.tobytes() for f in (np.exp(x), np.log(x), x**1.7)), digest_size=6
    ).hexdigest()
