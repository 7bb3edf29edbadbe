"""An incident with measurements: 1,000 USD an hour, measured by the minute."""

from datetime import UTC, datetime, timedelta

import numpy as np

from impactcalc.domain.observation import Counts, Observations, Window
from impactcalc.domain.sourced import Sourced
from impactcalc.engine.simulate import simulate
from impactcalc.models.measured import measured_share

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START = datetime(2026, 3, 11, 9, tzinfo=UTC)
MINUTE_NS = 60 * 10**9
POINTS = 64

# 1,000 USD an hour; the incident runs from 9:00, the forecast is at 13:00, the repair ends at 15:00
CASE = """
impactcalc: 1
incident: {{started: {started}, as_of: 2026-03-11T13:00Z, lost_share: {lost}}}
recovery:
  started: 2026-03-11T09:00Z
  dependence: {dependence}
  stages:
{stages}
business: {{currency: USD, revenue_at_risk: 24 K USD/day, profile: {profile}, deferred: {deferred},
  deferred_for: 6 h, reading: {reading}}}
sla: {{target: {target}, period: {period}, downtime: {downtime}{more}}}
"""
REPAIR = "{name: Repair, duration: 6 h, status: in_progress, elapsed: 4 h}"


def case(build, stages=(REPAIR,), **changed):
    values = {
        "started": "2026-03-11T09:00Z",
        "lost": "20%",
        "dependence": 0,
        "profile": "flat",
        "deferred": "0%",
        "reading": "exposed",
        "target": "99.9%",
        "period": "month",
        "downtime": "threshold 30%",
        "more": "",
    }
    lines = "\n".join(f"    - {stage}" for stage in stages)
    return build(CASE.format(**(values | changed), stages=lines))


def seen(scenario, *pieces, of=100):
    """Add minutes of ``(first hour, last hour, lost share)``, hours counted from 9:00."""
    starts, shares = [], []
    for first, last, share in pieces:
        minutes = np.arange(round(first * 60), round(last * 60))
        starts.append(minutes)
        shares.append(np.full(minutes.size, round(share * of)))
    bad = np.concatenate(shares)
    origin = (START - EPOCH) // timedelta(microseconds=1) * 1000
    at = origin + np.concatenate(starts) * MINUTE_NS
    data = Counts(at, MINUTE_NS, of - bad, np.full(bad.size, of), np.ones(bad.size, dtype=bool))
    span = Window(int(at[0]), int(at[-1]) + MINUTE_NS)
    first = datetime(2026, 3, 1, tzinfo=UTC)
    window = Window(
        (first - EPOCH) // timedelta(microseconds=1) * 1000,
        (scenario.as_of.value - EPOCH) // timedelta(microseconds=1) * 1000,
    )
    rule = None if scenario.sla.downtime is None else scenario.sla.downtime.value
    share = measured_share(Observations(data, span, ("requests.csv",)), window, rule)
    observed = Sourced(share, "requests.csv, 9:00 to 13:00")
    return scenario._replace(incident=scenario.incident._replace(observed=observed))


def answer(scenario):
    return simulate(scenario, trials=1024)


def money(estimate):
    customer = estimate.customer
    return (
        customer.already_lost.mean,
        customer.avoidable.mean,
        customer.revenue_loss.mean,
    )


def used(estimate):
    return {name: reading.consumed_s / 60 for name, reading in estimate.sla.readings.items()}


def kinds(estimate):
    return [check.kind for check in estimate.checks]
