"""Simulate: the trials of one scenario, until accurate enough, as one answer.

**What one trial does** (`trial.world` and `trial.outcome`; contracts, "Meaning of a trial"):

1. The *common factor* Z of the plan is drawn, given all that is known at the moment of the
   forecast (`models.recovery.evidence`): a stage that is overdue makes the others later too.
2. The *timeline* follows the plan in order (`models.recovery.timeline`): each stage starts when
   those that it waits for are over, lasts as its law says under Z, may fail and be tried again,
   may fall back once.
3. The *lost share* at the start is drawn as stated, or through the routes that the text supports
   (`models.degradation`); each stage gives its part of it back (`models.recovery.shares`).
4. The *loss* is the revenue that passes while a share is away, by exact integrals over the hours
   of the week (`models.revenue`, `models.loss`), split at the forecast into lost and avoidable.
5. The *downtime* inside the contract's period is counted under all three readings
   (`models.outage`); with what was used before it decides breach and credit (`derived`).

Measurements go before all that is told (`observation`): up to the forecast the lost share is the
observed one, in unknown time the model's, and afterwards the last observed one falls as the plan
restores (`models.observed`).

Every random number has a name and comes from a randomised Sobol column (`stats.streams`), by
inverse CDF. **Around the trials**: `sampling` runs blocks of 16 replicates until mean, P95 and
expected shortfall are accurate enough; `trials` turns them into summaries with their errors;
`detail` adds what fewer trials can say (stages, routes, fan); the ``*_answer`` modules fill the
result, `notes` says what was assumed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

import impactcalc
from impactcalc.digests import blake2b
from impactcalc.domain.result import Estimate, Run
from impactcalc.engine import notes
from impactcalc.engine.detail import detail
from impactcalc.engine.money_answer import customer_answer, lost_share_answer, provider_answer
from impactcalc.engine.next_period import next_period_checks
from impactcalc.engine.recovery_answer import Forecast, promise, recovery_answer
from impactcalc.engine.sampling import CAP_TRIALS, DEFAULT_ACCURACY, Target, points_for, run
from impactcalc.engine.sla_answer import Case, sla_answer
from impactcalc.engine.trial import compile_model
from impactcalc.engine.trials import Trials
from impactcalc.engine.under_way import under_way_checks
from impactcalc.errors import InputError, Problem
from impactcalc.models.recovery.plan import largest_open_log_sd
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from impactcalc.domain.check import Check
    from impactcalc.domain.scenario import Scenario
    from impactcalc.engine.model import Model
    from impactcalc.engine.sampling import Sample

    Array = NDArray[np.float64]

DEFAULT_SEED = 1
_FEWEST_TRIALS = 2
_PROBE_POINTS = 65_536


class Effort(NamedTuple):
    """How much to compute.

    Parameters
    ----------
    accuracy
        Stop when the mc_error of mean, P95 and expected shortfall of the customer's total and of
        full recovery is at most this share of the figure, and that of the breach probability at
        most half of it. None: 0.01, or no such stop when ``trials`` is given.
    trials
        Alone: how many to run, rounded up to 16 x 2^k. With ``accuracy``: the most to run.
    seed
        Seed of the random shifts, >= 0.
    progress
        Told the points done and the most that there can be, after every block.
    """

    accuracy: float | None = None
    trials: int | None = None
    seed: int = DEFAULT_SEED
    progress: Callable[[int, int], None] | None = None

    @property
    def wanted(self) -> float:
        """The accuracy that decides whether the answer counts as converged."""
        return DEFAULT_ACCURACY if self.accuracy is None else self.accuracy


def simulate(
    scenario: Scenario,
    *,
    accuracy: float | None = None,
    trials: int | None = None,
    seed: int = DEFAULT_SEED,
    progress: Callable[[int, int], None] | None = None,
) -> Estimate:
    """Answer a scenario.

    Parameters
    ----------
    scenario
        The whole question.
    accuracy, trials, seed, progress
        How much to compute: see `Effort`.

    Returns
    -------
    The estimate; ``run.converged`` is False when the cap stopped it.

    Raises
    ------
    InputError
        When the scenario's parts contradict one another, or an effort cannot be.
    """
    begun = time.perf_counter()
    effort = Effort(accuracy, trials, seed, progress)
    model = prepare(scenario, effort)
    return answer(model, sample(model, effort), effort, begun)


def prepare(scenario: Scenario, effort: Effort) -> Model:
    """Compile a scenario, once the effort makes sense.

    Raises
    ------
    InputError
        When the scenario's parts contradict one another, or the effort cannot be.
    """
    _refuse_nonsense(effort)
    try:
        return compile_model(scenario)
    except ValueError as error:
        raise InputError(Problem(str(error))) from error


def _refuse_nonsense(effort: Effort) -> None:
    """Refuse trials, accuracies and seeds that cannot be, before any work is done."""
    if effort.trials is not None and effort.trials < _FEWEST_TRIALS:
        raise InputError(Problem(f"trials is {effort.trials}", "at least 2 are wanted"))
    if effort.accuracy is not None and not 0 < effort.accuracy <= 1:
        raise InputError(Problem(f"accuracy is {effort.accuracy}", "0.01 means 1%"))
    if effort.seed < 0:
        raise InputError(Problem(f"seed is {effort.seed}", "0 or more is wanted"))


def sample(model: Model, effort: Effort) -> Sample:
    """Run the trials of a compiled scenario."""
    watched = ["full_recovery_h"]
    if model.total is not None:
        watched.insert(0, model.total)
    in_force = None if model.contract is None else model.contract.basis
    alone = effort.accuracy is None and effort.trials is not None
    target = Target(
        accuracy=None if alone else effort.wanted,
        cap=points_for(CAP_TRIALS if effort.trials is None else effort.trials),
        watched=tuple(watched),
        event=None if in_force is None else f"{in_force}/breach",
        progress=effort.progress,
    )
    return run(model, target, effort.seed)


def answer(model: Model, found: Sample, effort: Effort, begun: float) -> Estimate:
    """Fill the result from the trials; ``begun`` is the clock at the start of the work."""
    scenario = _as_measured(model, found)
    trials = Trials(model, found, largest_open_log_sd(model.plan))
    details = detail(model, found)
    forecast = Forecast(trials, details)
    sla = None
    if model.contract is not None:
        sla = sla_answer(Case(model.contract, trials, details))
    recovery = recovery_answer(forecast)
    lost = lost_share_answer(model, details)
    promised = promise(forecast)
    return Estimate(
        scenario=scenario,
        as_of=scenario.as_of.value,
        currency=scenario.currency,
        assumptions=(*scenario.assumptions, *notes.assumptions(model)),
        sla=sla,
        recovery=recovery,
        promise=promised,
        customer=customer_answer(trials),
        provider=provider_answer(trials, None if sla is None else sla.credits),
        lost_share=lost,
        warnings=(*scenario.cautions, *notes.cautions(model, heavy=trials.heavy)),
        checks=(
            *scenario.checks,
            *notes.checks(model, recovery, lost),
            *under_way_checks(model, promised, details),
            *_observed_checks(model, details),
            *next_period_checks(model, details),
        ),
        questions=(),
        run=run_of(scenario, found, effort, time.perf_counter() - begun),
    )


def run_of(scenario: Scenario, found: Sample, effort: Effort, seconds: float) -> Run:
    """Say how an answer was computed."""
    return Run(
        trials=found.trials,
        seed=effort.seed,
        accuracy=effort.wanted,
        converged=found.converged,
        version=impactcalc.__version__,
        inputs_sha256=scenario.inputs_sha256,
        probe=byte_probe,
        seconds=seconds,
        error_reached=found.error_reached,
    )


def _observed_checks(model: Model, details: Mapping[str, Array]) -> tuple[Check, ...]:
    if model.sight is None:
        return ()
    from impactcalc.engine import observed_notes

    return observed_notes.checks(model, model.sight, details)


def _as_measured(model: Model, found: Sample) -> Scenario:
    """Give the scenario, with what was measured before the incident where anything was."""
    if model.sight is None:
        return model.scenario
    from impactcalc.engine.measured_scenario import measured_scenario

    return measured_scenario(model, found.figures)


def byte_probe() -> str:
    """Digest of exp, log, log1p and power over 65,536 fixed points.

    They differ by an ulp between kinds of CPU, so a record says on which kind it was made: answers
    with equal probes and seeds have equal bytes.
    """
    x = np.linspace(1e-3, 20.0, _PROBE_POINTS)
    digest = blake2b(digest_size=8)
    for values in (np.exp(x), np.log(x), np.log1p(x), x**1.7):
        digest.update(values.tobytes())
    return digest.hexdigest()
