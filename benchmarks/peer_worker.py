"""One peer at work: r1's loss to the customer as far as the peer can say it, timed.

    python -m benchmarks.peer_worker PEER TRIALS RUNS

Run by `benchmarks.peers` with the Python of the peer's own environment; prints one JSON document.
What all need (the revenue of an hour, mean, P95, worst 5%) comes from `benchmarks.plain`, so that
the CPU that differs is the peer's. Peers are imported by name: they are no dependencies of ours.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Run = Callable[[int, int], plain.Answer]

SEED_STEP = 1000
"""Seeds lie apart: monaco's seed n + 1 repeats all but one of the streams of seed n."""


def loss_of(relief: Array, repaired: Array, rest: Array) -> Array:
    """Customer's loss of the moments (hours since the start) at which the stages are done."""
    return 0.4 * plain.revenue(relief) + 0.55 * plain.revenue(repaired) + 0.05 * plain.revenue(rest)


def with_numpy() -> Run:
    """Plain numpy, by hand."""
    return lambda trials, seed: plain.answer(plain.loss(np.random.default_rng(seed), trials))


def with_impactcalc() -> Run:
    """This package: the whole answer, of which three figures are kept."""
    coverage = import_module("benchmarks.coverage")
    simulate = import_module("impactcalc.engine.simulate").simulate
    question = coverage.scenario(coverage.SOURCES["r1"])

    def run(trials: int, seed: int) -> plain.Answer:
        total = simulate(question, trials=trials, seed=seed).customer.total
        return plain.Answer(total.mean, total.p95, total.expected_shortfall_95)

    return run


def with_squigglepy() -> Run:
    """squigglepy as a sampler of arrays; retries and revenue by hand.

    Its own algebra draws a variable anew wherever it stands, so that the first stage's finish
    cannot count in all three terms; a model function runs once a trial in Python.
    """
    sq = import_module("squigglepy")

    def draw(law: Any, count: int) -> Array:
        return np.atleast_1d(np.asarray(sq.sample(law, n=count), dtype=np.float64))

    def run(trials: int, seed: int) -> plain.Answer:
        sq.set_seed(seed)
        relief = draw(sq.pert(0.5, 2, 4), trials)
        length = draw(sq.pert(4, 10, 24), trials)
        failed = np.flatnonzero(draw(sq.bernoulli(plain.FAILS), trials))
        for _ in range(plain.MAX_TRIES - 1):
            if not failed.size:
                break
            length[failed] += draw(sq.pert(4, 10, 24), failed.size)
            failed = failed[draw(sq.bernoulli(plain.FAILS), failed.size) > 0]
        repaired = relief + length
        rest = repaired + draw(sq.to(24, 168), trials)
        return plain.answer(loss_of(relief, repaired, rest))

    return run


def with_monaco(method: str) -> Run:
    """monaco: every quantity an input variable, the incident a function called once a trial."""
    monaco, stats = import_module("monaco"), import_module("scipy.stats")
    tries = [f"try{number}" for number in range(plain.MAX_TRIES)]
    names = ["relief", "rest", "count", *tries]

    def prepare(case: Any) -> tuple[Any, ...]:
        return tuple(case.invals[name].val for name in names)

    def incident(relief: float, rest: float, count: float, *lengths: float) -> float:
        repaired = relief + sum(lengths[: int(count)])
        moments = np.array([relief, repaired, repaired + rest])
        return float(np.dot((0.4, 0.55, 0.05), plain.revenue(moments)))

    def keep(case: Any, outcome: float) -> None:
        case.addOutVal("loss", outcome)

    def run(trials: int, seed: int) -> plain.Answer:
        sim = monaco.Sim(
            name="r1",
            ndraws=trials,
            fcns={"preprocess": prepare, "run": incident, "postprocess": keep},
            samplemethod=method,
            seed=SEED_STEP * seed,
            verbose=False,
            debug=True,
        )
        sim.addInVar("relief", stats.beta, beta(0.5, 2, 4))
        sim.addInVar("rest", stats.lognorm, {"s": plain.LOG_SD, "scale": np.exp(plain.LOG_MEDIAN)})
        sim.addInVar("count", stats.rv_discrete, {"values": tries_law()})
        for name in tries:
            sim.addInVar(name, stats.beta, beta(4, 10, 24))
        sim.runSim()
        return plain.answer(np.array(sim.outvars["loss"].nums))

    return run


def beta(low: float, mode: float, high: float) -> dict[str, float]:
    """scipy's parameters of a PERT."""
    width = high - low
    return {
        "a": 1 + 4 * (mode - low) / width,
        "b": 1 + 4 * (high - mode) / width,
        "loc": low,
        "scale": width,
    }


def tries_law() -> tuple[list[int], list[float]]:
    """Number of tries and its probabilities; the last allowed one succeeds."""
    counts = list(range(1, plain.MAX_TRIES + 1))
    chances = [(1 - plain.FAILS) * plain.FAILS ** (count - 1) for count in counts[:-1]]
    return counts, [*chances, plain.FAILS ** (plain.MAX_TRIES - 1)]


def with_pyfair() -> Run:
    """pyfair: one loss as low, mode and high of the whole plan, and retries as a secondary loss.

    It knows neither stages nor revenue by the hour nor a number of tries: the plan's three points
    are the losses with every stage at its low, mode and high; a failed try counts with its mean
    number. Its answer is another quantity's, however many trials it runs.
    """
    fair_model = import_module("pyfair").FairModel
    points = np.array([[0.5, 2.0, 4.0], [4.0, 10.0, 24.0], [24.0, np.exp(plain.LOG_MEDIAN), 168.0]])
    primary = loss_of(*np.cumsum(points, axis=0))
    again = 0.55 * plain.PER_DAY / 24 * points[1]
    further = sum(chance * (count - 1) for count, chance in zip(*tries_law(), strict=True))

    def run(trials: int, seed: int) -> plain.Answer:
        model = fair_model(name="r1", n_simulations=trials, random_seed=seed)
        model.input_data("Loss Event Frequency", constant=1)
        model.input_data("Primary Loss", **dict(zip(("low", "mode", "high"), primary, strict=True)))
        model.input_data("Secondary Loss Event Frequency", constant=further)
        model.input_data(
            "Secondary Loss Event Magnitude",
            **dict(zip(("low", "mode", "high"), again, strict=True)),
        )
        model.calculate_all()
        return plain.answer(model.export_results()["Risk"].to_numpy(dtype=np.float64, copy=True))

    return run


PEERS: dict[str, Callable[[], Run]] = {
    "numpy": with_numpy,
    "impactcalc": with_impactcalc,
    "squigglepy": with_squigglepy,
    "monaco random": lambda: with_monaco("random"),
    "monaco sobol_random": lambda: with_monaco("sobol_random"),
    "pyfair": with_pyfair,
}


def main(peer: str, trials: int, runs: int) -> None:
    """Load the peer, run it, print what it cost and said."""
    run = PEERS[peer]()
    loaded = time.process_time()
    seconds, answers = [], []
    for seed in range(1, runs + 1):
        begun = time.process_time()
        answers.append(run(trials, seed))
        seconds.append(time.process_time() - begun)
    package = peer.split(maxsplit=1)[0]
    print(
        json.dumps(
            {
                "versions": {name: version(name) for name in dict.fromkeys((package, "numpy"))},
                "loaded_s": loaded,
                "seconds": seconds,
                "answers": answers,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
