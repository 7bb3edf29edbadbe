"""The headline and its line below, by rule from the result."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from impactcalc.domain.result import Estimate, Probability
from impactcalc.report.narrative.headline import (
    MOST_CHARACTERS,
    MOST_WORDS,
    headline,
    second_sentence,
    sla_clause,
    summary_line,
)

Variant = Callable[[str], Estimate]
GOLDEN = {
    "seed": "Stratton stands to lose about $19K of revenue, $13K of it already lost. "
    "Whether the 99.9% SLA is broken hangs on one clause.",
    "no money": "Half of such cases are fully back by 24 Jan 2024 04:00 UTC. "
    "Whether the 99.9% SLA is broken hangs on one clause.",
    "no sla": "Stratton stands to lose about $19K, $13K of it already lost. "
    "Half of such cases are fully back by 24 Jan 2024 04:00 UTC.",
    "neither": "Half of such cases are fully back by 24 Jan 2024 04:00 UTC. "
    "No revenue figure is stated.",
    "defined": "Stratton stands to lose about $19K of revenue, $13K of it already lost. "
    "The 99.9% SLA breaks in over 99 of 100 cases.",
    "closed": "Stratton lost about $13K of revenue; service is back. "
    "Whether the 99.9% SLA is broken hangs on one clause.",
    "zero loss": "Stratton loses no revenue by the figures stated. "
    "Whether the 99.9% SLA is broken hangs on one clause.",
    "no names": "The customer stands to lose about $19K of revenue, $13K of it already lost. "
    "Whether the 99.9% SLA is broken hangs on one clause.",
    "long names": "The Very Long… stands to lose about $19K of revenue, $13K of it already lost. "
    "Whether the 99.9% SLA is broken hangs on one clause.",
}


@pytest.mark.parametrize("name", GOLDEN)
def test_each_case_has_its_wording(variant: Variant, name: str) -> None:
    assert headline(variant(name)) == GOLDEN[name]


def test_a_currency_of_three_letters_leaves_the_customers_name(variant: Variant) -> None:
    text = headline(variant("no sla")._replace(currency="CHF"))
    assert text.startswith("Stratton stands to lose about CHF 19K, CHF 13K of it already lost. ")
    assert text.endswith("UTC.")
    assert len(text.split()) <= 25


def test_no_headline_is_longer_than_two_lines(any_estimate: Estimate) -> None:
    text = headline(any_estimate)
    assert len(text.split()) <= MOST_WORDS
    assert len(text) <= MOST_CHARACTERS


def test_the_line_below_tells_what_to_do_and_the_end(seed_estimate: Estimate) -> None:
    assert second_sentence(seed_estimate) == (
        "Best step: Second repair team; it saves $3.6K on average and pays in 63 of 100 cases. "
        "Service is fully back by 24 Jan 04:00 in half of the cases, by 25 Jan 2024 06:00 UTC in 8 "
        "of 10."
    )


def test_without_steps_the_line_below_asks_for_the_definition_that_decides(
    variant: Variant,
) -> None:
    assert second_sentence(variant("plain")) == (
        "Before the call, find the contract's definition of downtime: January 2024 has none of it "
        "by one reading, 33 h by another; 44.6 min are allowed. Service is fully back by 24 Jan "
        "04:00 in half of the cases, by 25 Jan 2024 06:00 UTC in 8 of 10."
    )


def test_without_steps_and_doubt_the_line_below_tells_spread_and_end(variant: Variant) -> None:
    assert second_sentence(variant("plain")._replace(sla=variant("defined").sla)) == (
        "Half of such cases cost less than $19K, 9 in 10 between $5.6K and $58K; the average is "
        "$24K. Service is fully back by 24 Jan 04:00 in half of the cases, by 25 Jan 2024 06:00 "
        "UTC in 8 of 10."
    )


def test_the_line_below_fits_two_lines_of_the_brief(any_estimate: Estimate) -> None:
    assert len(second_sentence(any_estimate)) <= 250


def test_without_money_the_line_below_says_so(variant: Variant) -> None:
    assert second_sentence(variant("no money")).startswith("No revenue figure is stated. Service")


def breach(estimate: Estimate, value: float, *, past: bool = False) -> str:
    sla = estimate.sla
    assert sla is not None
    moment = estimate.as_of - timedelta(hours=1) if past else None
    budget = sla.budget._replace(breached_at=moment)
    return sla_clause(sla._replace(breach_prob=Probability(value, 0.001), budget=budget), estimate)


def test_a_defined_sla_is_told_by_its_odds(seed_estimate: Estimate) -> None:
    assert breach(seed_estimate, 0.0) == "The 99.9% SLA holds in every simulated case."
    assert breach(seed_estimate, 0.23) == "The 99.9% SLA breaks in 23 of 100 cases."
    assert breach(seed_estimate, 1.0) == "The 99.9% SLA breaks in every simulated case."
    assert breach(seed_estimate, 1.0, past=True) == "The 99.9% SLA is already broken."


def undefined(estimate: Estimate, *values: float) -> str:
    sla = estimate.sla
    assert sla is not None
    readings = {
        name: one._replace(breach_prob=Probability(value, 0.0))
        for (name, one), value in zip(sla.readings.items(), values, strict=False)
    }
    return sla_clause(sla._replace(readings=readings), estimate)


def test_an_undefined_sla_hangs_on_its_wording_only_when_the_readings_differ(
    seed_estimate: Estimate,
) -> None:
    assert "by every definition" in undefined(seed_estimate, 0.0, 0.0, 0.0)
    assert "is broken by every" in undefined(seed_estimate, 1.0, 1.0, 0.999)
    assert "hangs on one clause" in undefined(seed_estimate, 0.0, 0.4, 0.2)
    assert undefined(seed_estimate) == "What the 99.9% SLA says is open."


def test_nothing_lost_yet_is_said_without_a_zero(seed_estimate: Estimate) -> None:
    customer = seed_estimate.customer
    nothing = customer.already_lost._replace(p50=0.0)
    early = customer._replace(already_lost=nothing)
    assert "of revenue, none of it lost yet." in headline(seed_estimate._replace(customer=early))
    unknown = customer._replace(already_lost=None)
    assert "about $19K of revenue. " in headline(seed_estimate._replace(customer=unknown))
    gone = customer._replace(already_lost=customer.total)
    assert "nearly all of it already lost" in headline(seed_estimate._replace(customer=gone))


def test_the_summary_line_fits_its_field(any_estimate: Estimate) -> None:
    line = summary_line(any_estimate)
    assert len(line) <= 255
    assert "\n" not in line
    assert line.startswith(headline(any_estimate))


def test_the_summary_line_drops_what_has_no_room(seed_estimate: Estimate) -> None:
    assert "As of 23 Jan 2024 12:00 UTC." in summary_line(seed_estimate)
    assert summary_line(seed_estimate, 140) == headline(seed_estimate)
