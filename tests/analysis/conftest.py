"""Helpers of the tests of decisions: a scenario's text in, its alternatives by name out."""

from datetime import UTC, datetime

import numpy as np
import pytest

from impactcalc.analysis.whatif import Base, compare
from impactcalc.engine.alternative import Paired, compile_alternative, run_alternative
from impactcalc.engine.derived import Derived
from impactcalc.engine.simulate import Effort, prepare, sample
from impactcalc.intake.scenario_file import read_scenario, to_scenario
from impactcalc.stats.streams import Streams

NOW = datetime(2026, 11, 25, tzinfo=UTC)
BUSY = """
impactcalc: 1
incident:
  {started: 2026-05-04T02:30Z, as_of: 2026-05-04T18:00Z, lost_share: 25% to 60%}
recovery:
  started: 2026-05-04T06:00Z
  stages:
    - {name: Contain, window: 0 h to 4 h, restores: 50%, status: done, relapse: 20%}
    - {name: Repair, window: 4 h to 24 h, restores: 30%, status: in_progress, fails: 30%}
    - {name: Move, duration: 2 h to 9 h, restores: 20%, shape: linear}
business:
  {currency: EUR, revenue_at_risk: 90 K to 150 K EUR/day, profile: business-hours}
sla:
  target: 99.5%
  period: month
  downtime: proportional
  monthly_fee: 18 K EUR
  cap: 30%
  credits: [{below: 99.5%, credit: 5%}, {below: 99%, credit: 15%}, {below: 97%, credit: 40%}]
"""


def _scenario(text):
    document = read_scenario(text.encode(), "case.yaml")
    return to_scenario(document, now=NOW, as_of=None, file="case.yaml", digest="0")


def _base(scenario, trials, seed=1):
    effort = Effort(trials=trials, seed=seed)
    model = prepare(scenario, effort)
    return Base(model, sample(model, effort), seed)


@pytest.fixture(scope="session")
def build():
    """Give a function from YAML text to a scenario."""
    return _scenario


@pytest.fixture(scope="session")
def base_of():
    """Give a function from a scenario to its run."""
    return _base


@pytest.fixture(scope="session")
def busy():
    """Give a scenario's text that uses most of the model."""
    return BUSY


@pytest.fixture(scope="session")
def alternatives():
    """Give a function from a text and a what_if list to the alternatives by name."""

    def found(text, what_if, trials=4096, seed=1):
        scenario = _scenario(text + "what_if:\n" + what_if)
        outcome = compare(_base(scenario, trials, seed), scenario.what_if)
        return {one.name: one for one in outcome.alternatives}

    return found


@pytest.fixture(scope="session")
def by_trial():
    """Give a function from a text and one what_if entry to both runs' figures by trial."""

    def figures(text, entry, trials=4096, seed=1):
        scenario = _scenario(f"{text}what_if: [{{name: A, {entry}}}]\n")
        base = _base(scenario, trials, seed)
        (action,) = scenario.what_if
        model = compile_alternative(base.model, action)
        draws = Paired(base.found.streams, base.model.names, Streams(seed, model.names))
        changed = Derived(model, run_alternative(model, draws, base.points))

        def both(name):
            return tuple(np.array(each.values(name)) for each in (base.kept, changed))

        return both

    return figures


@pytest.fixture(scope="session")
def stratton():
    """Give the bundled escalation as a scenario."""
    from impactcalc.usecases.estimate import read_example
    from impactcalc.usecases.request import Request
    from impactcalc.usecases.source import scenario_of

    return scenario_of(read_example(), Request(), NOW)
