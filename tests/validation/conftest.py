"""What the validation shares: scenarios, engine trials, an exponential law, and the comparison."""

import math
import re
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import pytest

from impactcalc.engine.sampling import run_blocks
from impactcalc.engine.trial import compile_model
from impactcalc.intake.scenario_file import read_scenario, to_scenario
from impactcalc.models.recovery.plan import with_further_tries
from impactcalc.stats.located import standard_error
from impactcalc.stats.normal import log_ndtr, ndtri
from impactcalc.stats.risk import expected_shortfall, figures, quantiles
from impactcalc.stats.streams import Streams

NOW = datetime(2026, 11, 25, tzinfo=UTC)
WIDTH = 4.0
"""Standard errors that a figure may lie away from its exact value."""

ROUGHEST = 0.02
"""Largest standard error as a share of the figure: above it a comparison would say nothing."""


class Exponential(NamedTuple):
    """A law of the kernel's kind that the product does not ship: -mean ln(1 - u)."""

    mean: float
    log_sd: float = 1.28
    maximum: float = math.inf

    def from_normal(self, z):
        return -self.mean * log_ndtr(-z)

    def score(self, x):
        return -ndtri(np.exp(-np.asarray(x) / self.mean))


def _figure(name, sample):
    """One figure of a sample of any number of rows."""
    row = sample.reshape(1, -1)
    if name in ("mean", "sd", "var", "skew"):
        mean = row.mean()
        moment = {"sd": 2, "var": 2, "skew": 3}.get(name)
        if moment is None:
            return float(mean)
        variance = float(row.var())
        central = float(((row - mean) ** moment).mean())
        return {"sd": variance**0.5, "var": variance, "skew": central / variance**1.5}[name]
    kind, level = re.fullmatch(r"(p|es|P<=)(.+)", name).groups()
    if kind == "P<=":
        return float((row <= float(level)).mean())
    if kind == "es":
        return expected_shortfall(row, int(level))
    return float(quantiles(row, (int(level),))[int(level)][0])


def _wrong(sample, exact, *, precision=1e-8, roughest=ROUGHEST):
    """List the figures that lie more than `WIDTH` standard errors from their exact values.

    ``exact`` maps mean, sd, var, skew, p95, es95 or P<=7.2 to values known to ``precision`` of
    themselves; the error comes from the 16 replicates (rows). A figure whose error is above
    ``roughest`` of the figure proves nothing and is listed too.
    """
    summary = figures(sample)
    ours = {"mean": summary.mean, "sd": summary.sd, "es95": summary.expected_shortfall_95}
    ours |= {f"p{level}": value for level, value in summary.quantiles.items()}
    found = []
    for name, value in exact.items():
        shown = ours.get(name, _figure(name, sample))
        error = standard_error(np.array([_figure(name, row) for row in sample]))
        # where even points leave all replicates one share, it is known to one point in n
        grain = 1.0 / sample.shape[1] if name.startswith("P<=") else 0.0
        allowed = max(WIDTH * error, grain) + precision * abs(value)
        if not abs(shown - value) <= allowed:
            found.append(f"{name}: {shown:.8g}, exact {value:.8g}, allowed {allowed:.2g}")
        if error > roughest * abs(value):
            found.append(f"{name}: error {error:.2g} is too large to prove {value:.8g}")
    return found


@pytest.fixture(scope="session")
def wrong():
    """Give the comparison of a sample of shape (16, n) with exact figures."""
    return _wrong


@pytest.fixture(scope="session")
def exponential():
    """Give the exponential law by its mean."""
    return Exponential


@pytest.fixture(scope="session")
def build():
    """Give a function from YAML text to a scenario."""

    def from_text(text):
        document = read_scenario(text.encode(), "case.yaml")
        return to_scenario(document, now=NOW, as_of=None, file="case.yaml", digest="0")

    return from_text


@pytest.fixture(scope="session")
def run(build):
    """Give a function from YAML text to the engine's trials, by figure, shape (16, points).

    ``laws`` replace the stages' own; each stage keeps its streams.
    """

    def trials(text, points=2**13, seed=1, laws=()):
        model = compile_model(build(text))
        if laws:
            stages = zip(model.plan.stages, laws, strict=True)
            changed = tuple(with_further_tries(stage._replace(law=law)) for stage, law in stages)
            model = model._replace(plan=model.plan._replace(stages=changed))
        kept = {}
        run_blocks(model, Streams(seed, model.names), 0, points, kept)
        return kept

    return trials
