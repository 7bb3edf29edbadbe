"""Scenarios for the engine's tests, written as a person writes them."""

from datetime import UTC, datetime

import pytest

from impactcalc.intake.document import Document
from impactcalc.intake.scenario_file import to_scenario
from impactcalc.intake.yaml_tree import parse_yaml

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture(scope="session")
def build():
    """Give a function from YAML text to a scenario."""

    def from_text(text):
        tree = parse_yaml(text.encode(), "case.yaml")
        return to_scenario(Document(tree), now=NOW, as_of=None, file="case.yaml", digest="0")

    return from_text
