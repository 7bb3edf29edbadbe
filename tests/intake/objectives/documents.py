"""One small document of each form, and its reader."""

from pathlib import Path

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.objectives import read_objectives
from impactcalc.intake.observation_file import ObservationFile

SLO = Path(__file__).parents[2] / "data" / "slo"


OPENSLO = """apiVersion: openslo/v1
kind: SLO
metadata: {name: search}
spec:
  service: web-shop
  indicator: {spec: {ratioMetric: {good: {}, total: {}}}}
  timeWindow: [{duration: 4w, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{displayName: Good, target: 0.99}]
"""
ALPHA = """apiVersion: openslo/v1alpha
kind: SLO
metadata: {name: search}
spec:
  service: web-shop
  timeWindows: [{count: 30, unit: Day}]
  objectives: [{target: 0.999, ratioMetrics: {good: {}, total: {}}}]
"""
SLOTH = """version: prometheus/v1
service: web
slos:
  - {name: a, objective: 99.9, sli: {events: {error_query: x, total_query: y}}}
"""
PYRRA = """apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: {name: errors}
spec: {target: '99.9', window: 2w, indicator: {ratio: {errors: {metric: a}, total: {metric: b}}}}
"""


def read(text):
    return read_objectives(ObservationFile("x.yaml", text.encode()))


def refusal(text):
    with pytest.raises(InputError) as caught:
        read(text)
    return str(caught.value)
