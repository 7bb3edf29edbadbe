"""What nobody states: defaults with their reasons, and the moment of the forecast."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from impactcalc.domain.contract import PeriodKind
from impactcalc.domain.quantity import Law
from impactcalc.domain.sourced import Sourced

NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)


def test_what_nobody_states_is_assumed_with_its_reason(read):
    scenario = read("impactcalc: 1\nincident: {id: A}\nbusiness: {revenue_at_risk: 1 USD/day}\n")
    assumed = {one.field: one.value for one in scenario.assumptions}
    assert assumed == {
        "incident.as_of": "2026-11-01T10:00:00+00:00",
        "incident.started": "as_of - 24 h to as_of",
        "recovery.started": "incident.started",
        "recovery.stages": "one stage 'Recovery'",
        "business.reading": "exposed",
        "business.profile": "flat",
        "business.deferred": "0%",
    }
    assert all(one.why and one.source.startswith("default: ") for one in scenario.assumptions)
    assert scenario.incident.started.value.width_h == 24
    (stage,) = scenario.recovery.stages
    assert (stage.name, stage.duration.value.category, stage.restores.value) == (
        "Recovery",
        "all",
        1,
    )


def test_a_silent_contract_is_assumed_with_its_reasons(base, read):
    yaml = base.split("sla:")[0] + "sla: {target: 99.9%}\n"
    scenario = read(yaml)
    assumed = {one.field: one.value for one in scenario.assumptions if one.field[:3] == "sla"}
    assert assumed == {
        "sla.period": "month",
        "sla.timezone": "UTC",
        "sla.to_date": "0 min",
    }
    assert scenario.sla.downtime is None
    assert scenario.sla.period.value.kind is PeriodKind.MONTH


def test_a_stage_without_a_length_takes_the_prior(base, read):
    scenario = read(base.replace("      duration: lognormal(24 h, 72 h)\n", ""))
    assert scenario.recovery.stages[2].duration.value.law is Law.HISTORY
    assert "recovery.stages.Upgrade.duration" in {one.field for one in scenario.assumptions}


def test_the_newest_stated_moment_is_the_forecasts(base, read):
    yaml = base.replace("  as_of: 2026-01-23T09:00Z\n", "")
    assert read(yaml).as_of == Sourced(
        datetime(2026, 1, 22, 9, tzinfo=UTC), "case.yaml:5", "2026-01-22T09:00Z"
    )
    later = yaml.replace("elapsed: 6 h", "seen: 2026-01-24")
    assert read(later).as_of.value == datetime(2026, 1, 24, 12, tzinfo=UTC)
    assumed = {one.field: one for one in read(later).assumptions}
    assert assumed["incident.as_of"].source == "case.yaml:19"
    assert "counts as 12:00" in assumed["incident.as_of"].why


def test_a_moment_after_now_is_not_the_forecasts(base, read):
    yaml = base.replace("  as_of: 2026-01-23T09:00Z\n", "")
    now = datetime(2026, 1, 22, 10, tzinfo=UTC)
    milestone = yaml.replace("  id: B1", "  milestones: [{at: 2026-01-22T11:00Z, restored: 5%}]")
    with pytest.raises(Exception, match="lies after as_of"):
        read(milestone, now=now)
    assert read(yaml, now=now).as_of.value == datetime(2026, 1, 22, 9, tzinfo=UTC)


def test_the_option_overrides_the_files_forecast(base, read):
    option = datetime(2026, 1, 25, tzinfo=UTC)
    scenario = read(base, as_of=option)
    assert (scenario.as_of.value, scenario.as_of.source) == (option, "--as-of")
    figure = scenario.figures["incident"]["as_of"]
    assert (figure.value, figure.source) == ("2026-01-25T00:00:00+00:00", "default: --as-of")


def test_a_bare_date_of_the_forecast_counts_as_noon(base, read):
    scenario = read(base.replace("as_of: 2026-01-23T09:00Z", "as_of: 2026-01-23"))
    assert scenario.as_of.value == datetime(2026, 1, 23, 12, tzinfo=UTC)
    assert "incident.as_of" in {one.field for one in scenario.assumptions}
