"""The document that other programs read."""

import enum
import json
import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from impactcalc.domain.result import Estimate
from impactcalc.domain.sourced import Sourced
from impactcalc.report.export import plain, to_document, to_json
from impactcalc.report.narrative.headline import headline

S_KEYS = [
    "mean", "sd", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "expected_shortfall_95",
    "mc_error",
]  # fmt: skip
CONTRACT = {
    "": ["schema", "as_of", "currency", "headline", "scenario", "assumptions", "sla", "recovery",
         "promise", "customer", "provider", "drivers", "what_if", "warnings", "questions", "checks",
         "changes", "run"],
    "sla": ["target", "period", "basis", "availability_to_date", "projected_availability",
            "breach_prob", "budget", "credits", "credit_tiers", "no_credit_prob", "claim_by",
            "coverage", "at_this_pace", "readings"],
    "sla.period": ["start", "end"],
    "sla.budget": ["allowed_s", "consumed_s", "remaining_s", "burn_rate", "exhausted_at",
                   "breached_at"],
    "sla.readings": ["all_fail", "threshold", "proportional"],
    "sla.readings.threshold": ["availability", "breach_prob", "downtime_s", "consumed_s",
                               "exhausted_at", "credits", "credit_tiers"],
    "recovery": ["first_relief_h", "full_recovery_h", "rto_prob", "mtpd_prob", "stages", "fan"],
    "recovery.fan": ["hours", "p5", "p25", "p50", "p75", "p95"],
    "promise": ["p50", "p80", "p90", "next_update"],
    "customer": ["exposure_per_day", "revenue_loss", "already_lost", "avoidable",
                 "productivity_loss", "backlog", "total", "exceedance", "readings"],
    "customer.readings": ["exposed", "lost"],
    "customer.total": S_KEYS,
    "customer.total.mc_error": ["mean", "p5", "p50", "p95", "expected_shortfall_95"],
    "provider": ["credits", "churn", "recovery_cost", "total"],
    "run": ["trials", "seed", "accuracy", "converged", "version", "inputs_sha256", "byte_probe",
            "seconds"],
}  # fmt: skip


def at(document: Any, path: str) -> Any:
    for key in filter(None, path.split(".")):
        document = document[key]
    return document


@pytest.mark.parametrize("path", CONTRACT)
def test_keys_stand_in_the_contract_s_order(seed_estimate: Estimate, path: str) -> None:
    keys = list(at(to_document(seed_estimate), path))
    wanted = CONTRACT[path]
    assert [key for key in keys if key in wanted] == wanted


def test_every_variant_is_json_that_reads_back(any_estimate: Estimate) -> None:
    document = to_document(any_estimate)
    read = json.loads(to_json(document))
    assert read["headline"] == headline(any_estimate)
    assert read["run"]["trials"] == any_estimate.run.trials


def test_figures_keep_their_full_precision(seed_estimate: Estimate) -> None:
    read = json.loads(to_json(to_document(seed_estimate)))
    total = seed_estimate.customer.total
    assert total is not None
    assert read["customer"]["total"]["mean"] == total.mean
    assert read["recovery"]["fan"]["p5"] == list(seed_estimate.recovery.fan.p5)
    assert read["customer"]["exceedance"][3] == list(seed_estimate.customer.exceedance[3])


def test_sourced_figures_are_value_and_source(seed_estimate: Estimate) -> None:
    scenario: Any = to_document(seed_estimate)["scenario"]
    assert scenario["business"]["revenue_at_risk"] == {"value": "75 K USD/day", "source": "line 44"}
    assert scenario["recovery"]["stages"][1]["name"]["value"] == "Short-term"


def test_moments_carry_their_offset(seed_estimate: Estimate) -> None:
    assert to_document(seed_estimate)["as_of"] == "2024-01-23T12:00:00+00:00"


def test_how_text_rounds_is_no_figure(seed_estimate: Estimate) -> None:
    assert "half_width_factor" not in to_json(to_document(seed_estimate))


def test_without_an_earlier_answer_nothing_has_changed(seed_estimate: Estimate) -> None:
    document = to_document(seed_estimate)
    assert document["changes"] == []


def test_infinity_becomes_null_and_never_reaches_json(seed_estimate: Estimate) -> None:
    total = seed_estimate.customer.total
    assert total is not None
    endless = total._replace(mean=math.inf, sd=math.nan)
    customer = seed_estimate.customer._replace(total=endless)
    text = to_json(to_document(seed_estimate._replace(customer=customer)))
    assert json.loads(text)["customer"]["total"]["mean"] is None
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"mean": math.inf})


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    TWO = 2


def test_every_kind_of_value_has_its_form() -> None:
    assert plain(Decimal("0.999")) == 0.999
    assert plain(Decimal(7200)) == 7200
    assert isinstance(plain(Decimal(7200)), int)
    assert plain(Colour.RED) == "red"
    assert plain(datetime(2024, 1, 23, tzinfo=UTC)) == "2024-01-23T00:00:00+00:00"
    assert plain(Sourced((1, "a"), "line 1", "one")) == {"value": [1, "a"], "source": "line 1"}
    assert plain("\ud800") == "?"
    assert plain(Level.TWO) == 2
    with pytest.raises(TypeError, match="object has no form"):
        plain(object())


def test_numbers_and_text_of_other_classes_become_plain_ones() -> None:
    class Ratio(float):
        pass

    class Name(str):
        __slots__ = ()

    class Count(int):
        pass

    assert [type(plain(one)) for one in (Ratio(0.5), Name("a"), Count(3))] == [float, str, int]
