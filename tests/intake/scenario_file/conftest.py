"""Helpers of the scenario file's tests: read a text, or list what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from impactcalc.domain.scenario import Scenario
from impactcalc.errors import InputError, Problem
from impactcalc.intake.scenario_file import apply_settings, read_scenario, to_scenario

NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)

Read = Callable[..., Scenario]
Problems = Callable[..., list[Problem]]


def _read(
    yaml: str, *settings: str, as_of: datetime | None = None, now: datetime = NOW
) -> Scenario:
    document = apply_settings(read_scenario(yaml.encode(), "x/case.yaml"), settings)
    return to_scenario(document, now=now, as_of=as_of, file="x/case.yaml", digest="d")


@pytest.fixture
def read() -> Read:
    return _read


@pytest.fixture
def problems() -> Problems:
    def list_them(yaml: str, *settings: str, **options: datetime) -> list[Problem]:
        with pytest.raises(InputError) as caught:
            _read(yaml, *settings, **options)
        return list(caught.value.problems)

    return list_them


@pytest.fixture
def base() -> str:
    """Return a scenario of three stages on 41 lines, without warnings."""
    return BASE


BASE = """\
impactcalc: 1
incident:
  id: B1
  customer: Stratton
  started: 2026-01-22T09:00Z
  as_of: 2026-01-23T09:00Z
  lost_share: 35% to 80%
recovery:
  dependence: 0.5
  stages:
    - name: Restart
      window: 0 h to 4 h
      restores: 60%
      status: done
    - name: Fail over
      duration: 4 h to 24 h
      after: [Restart]
      restores: 30%
      status: in_progress
      elapsed: 6 h
    # comments count as lines
    - name: Upgrade
      duration: lognormal(24 h, 72 h)
      restores: 10%
      fails: 13%
business:
  currency: USD
  revenue_at_risk: 75 K USD/day
  reading: exposed
  users: 15000
sla:
  target: 99.9%
  period: month
  timezone: UTC
  downtime: proportional
  monthly_fee: 40 K USD
  credits:
    - {below: 99.9%, credit: 10%}
    - {below: 99.0%, credit: 25%}
    - {below: 95.0%, credit: 50%}
  cap: 100%
"""
