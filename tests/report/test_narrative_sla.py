"""The contract in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from impactcalc.domain.contract import CreditSchedule
from impactcalc.domain.quantity import Law
from impactcalc.domain.result import Estimate, Period, Probability, SlaAnswer
from impactcalc.report.narrative import sla

Variant = Callable[[str], Estimate]


def answer(estimate: Estimate, **changes: Any) -> SlaAnswer:
    assert estimate.sla is not None
    return estimate.sla._replace(**changes)


def with_chances(estimate: Estimate, *values: float) -> Estimate:
    assert estimate.sla is not None
    readings = {
        name: one._replace(breach_prob=Probability(value, 0.001))
        for (name, one), value in zip(estimate.sla.readings.items(), values, strict=True)
    }
    return estimate._replace(sla=answer(estimate, readings=readings))


def test_rows_tell_each_reading(seed_estimate: Estimate) -> None:
    rows = sla.sla_rows(seed_estimate)
    assert [(row.so_far, row.whole, row.span, row.availability) for row in rows] == [
        ("0 min", "0 min", "0 min", "100%"),
        ("22 h", "33 h", "7.3 h to 4.7 days", "95.54%"),
        ("4.8 h", "6 h", "1.8 to 19 h", "99.20%"),
    ]
    assert [row.certain for row in rows] == [True, False, False]


def test_a_low_end_of_nothing_takes_the_unit_of_the_high_end(seed_estimate: Estimate) -> None:
    assert seed_estimate.sla is not None
    reading = seed_estimate.sla.readings["proportional"]
    availability = reading.availability._replace(p95=1.0)
    changed = {"proportional": reading._replace(availability=availability)}
    estimate = seed_estimate._replace(sla=answer(seed_estimate, readings=changed))
    (row,) = sla.sla_rows(estimate)
    assert row.span == "0 to 19 h"


def test_the_whole_period_holds_what_was_used_before_the_incident(seed_estimate: Estimate) -> None:
    assert seed_estimate.sla is not None
    reading = seed_estimate.sla.readings["all_fail"]
    month = 31 * 86400
    earlier = dict.fromkeys(("p5", "p10", "p25", "p50", "p75", "p90", "p95"), 1 - 1200 / month)
    changed = {
        "all_fail": reading._replace(
            consumed_s=1200.0, availability=reading.availability._replace(**earlier)
        )
    }
    estimate = seed_estimate._replace(sla=answer(seed_estimate, readings=changed))
    (row,) = sla.sla_rows(estimate)
    assert (row.so_far, row.whole, row.span) == ("20 min", "20 min", "20 min")


def test_without_a_contract_there_are_no_rows(variant: Variant) -> None:
    estimate = variant("no sla")
    assert sla.sla_rows(estimate) == ()
    assert sla.sla_title(estimate) == sla.sla_heading(estimate) == "No SLA is stated"
    assert sla.broken_words(estimate) == "none stated"
    assert sla.earlier_words(estimate) == sla.credit_words(estimate) == ""


def test_readings_have_their_words() -> None:
    assert sla.reading_words("threshold", 0.3) == "time with over 30% failing counts"
    assert sla.reading_words("threshold") == "time with over a set share failing counts"


def test_a_calendar_month_has_its_name(seed_estimate: Estimate) -> None:
    assert sla.period_words(answer(seed_estimate)) == "January 2024"
    start = datetime(2025, 12, 1, tzinfo=UTC)
    december = Period(start, datetime(2026, 1, 1, tzinfo=UTC))
    assert sla.period_words(answer(seed_estimate, period=december)) == "December 2025"
    rolling = Period(start, start + timedelta(days=30))
    assert sla.period_words(answer(seed_estimate, period=rolling)) == "1 Dec 2025 to 30 Dec 2025"
    quarter = Period(start, datetime(2026, 3, 1, tzinfo=UTC))
    assert sla.period_words(answer(seed_estimate, period=quarter)) == "1 Dec 2025 to 28 Feb 2026"


@pytest.mark.parametrize(
    ("values", "title", "words"),
    [
        ((0.0, 0.0, 0.0), "SLA 99.9%: kept by every definition of downtime", "0%"),
        ((1.0, 1.0, 1.0), "SLA 99.9%: broken by every definition of downtime", "100%"),
        ((0.0, 1.0, 1.0), "SLA 99.9%: intact or broken, by the definition of downtime",
         "0% or 100%"),
        ((0.0, 0.4, 0.2), "SLA 99.9%: the definition of downtime decides", "0% to 40%"),
    ],
)  # fmt: skip
def test_a_silent_contract_is_told_by_all_readings(
    seed_estimate: Estimate, values: tuple[float, ...], title: str, words: str
) -> None:
    estimate = with_chances(seed_estimate, *values)
    assert sla.sla_title(estimate) == title
    assert sla.broken_words(estimate) == words


def test_a_defined_contract_is_told_by_its_chance(variant: Variant) -> None:
    assert sla.sla_title(variant("defined")) == "SLA 99.9% broken in over 99% of the cases"
    assert sla.broken_words(variant("defined")) == "over 99%"


def test_downtime_before_the_incident_is_told(variant: Variant, seed_estimate: Estimate) -> None:
    assert sla.earlier_words(seed_estimate) == ""
    assert sla.earlier_words(variant("crowded")) == "12 min were used before it"
    contract = seed_estimate.scenario.sla
    assert contract is not None
    unsure = contract.to_date.value._replace(
        law=Law.UNIFORM, parameters=(Decimal(60), Decimal(900))
    )
    scenario = seed_estimate.scenario._replace(
        sla=contract._replace(to_date=contract.to_date._replace(value=unsure)),
    )
    estimate = seed_estimate._replace(scenario=scenario)
    assert sla.earlier_words(estimate) == "some was used before it"


def test_credits_are_told_with_their_odds_and_cap(variant: Variant) -> None:
    told = "Credit: none in under 1%, 10% of the fee in 62%, 25% of the fee in 38% of the cases"
    assert sla.credit_words(variant("defined")) == told
    assert sla.credit_words(variant("crowded")) == f"{told}; at most 30% of the fee"
    estimate = variant("defined")
    certain = estimate._replace(
        sla=answer(estimate, no_credit_prob=1.0, credit_tiers=estimate_tiers(estimate))
    )
    assert sla.credit_words(certain) == "Credit: none in 100% of the cases"


def estimate_tiers(estimate: Estimate) -> tuple[Any, ...]:
    """Make tiers that are never paid."""
    assert estimate.sla is not None
    assert estimate.sla.credit_tiers is not None
    return tuple(one._replace(paid_prob=0.0) for one in estimate.sla.credit_tiers)


def test_a_schedule_without_a_cap_promises_none(variant: Variant) -> None:
    estimate = variant("defined")
    assert estimate.scenario.sla is not None
    contract = estimate.scenario.sla._replace(credits=CreditSchedule())
    scenario = estimate.scenario._replace(sla=contract)
    assert "at most" not in sla.credit_words(estimate._replace(scenario=scenario))
