"""Scenarios for the engine's tests, written as a person writes them."""

from datetime import UTC, datetime

import pytest

from impactcalc.engine.sampling import run_blocks
from impactcalc.engine.trial import compile_model
from impactcalc.intake.document import Document
from impactcalc.intake.scenario_file import to_scenario
from impactcalc.intake.yaml_tree import parse_yaml
from impactcalc.stats.streams import Streams

NOW = datetime(2026, 11, 25, tzinfo=UTC)


BUSY = """
impactcalc: 1
incident: {{started: {started}, as_of: 2026-05-04T18:00Z, lost_share: {lost}}}
recovery:
  started: 2026-05-04T06:00Z
  dependence: {dependence}
  stages:
    - {{name: Contain, window: 0 h to 4 h, restores: 50%, status: done, relapse: {relapse}}}
    - {{name: Repair, window: 4 h to 24 h, restores: 30%, status: in_progress, fails: {fails}}}
    - {{name: Move, duration: 2 h to 9 h, restores: 20%, shape: linear}}
business: {{currency: EUR, revenue_at_risk: {revenue}, profile: business-hours, reading: {reading}}}
sla:
  target: 99.5%
  period: month
  downtime: proportional
  monthly_fee: 18 K EUR
  cap: 30%
  credits: [{{below: 99.5%, credit: 5%}}, {{below: 99%, credit: 15%}}, {{below: 97%, credit: 40%}}]
"""


@pytest.fixture(scope="session")
def build():
    """Give a function from YAML text to a scenario."""

    def from_text(text):
        tree = parse_yaml(text.encode(), "case.yaml")
        return to_scenario(Document(tree), now=NOW, as_of=None, file="case.yaml", digest="0")

    return from_text


@pytest.fixture(scope="session")
def busy():
    """Give a function from what is changed to a scenario's text that uses most of the model."""

    def text_with(**changed):
        values = {
            "started": "2026-05-04T02:30Z",
            "lost": "25% to 60%",
            "dependence": "0.5",
            "relapse": "20%",
            "fails": "30%",
            "revenue": "120 K EUR/day",
            "reading": "exposed",
        }
        return BUSY.format(**(values | changed))

    return text_with


@pytest.fixture(scope="session")
def trials_of():
    """Give a function from a scenario to the figures of its first trials."""

    def figures_of(scenario, points=256, seed=1):
        model = compile_model(scenario)
        figures = {}
        run_blocks(model, Streams(seed, model.names), 0, points, figures)
        return figures

    return figures_of
