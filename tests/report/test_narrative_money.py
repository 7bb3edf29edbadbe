"""The two ledgers in words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from impactcalc.domain.exposure import Reading
from impactcalc.domain.result import Estimate, ProviderAnswer, Summary
from impactcalc.domain.sourced import Sourced
from impactcalc.report.narrative import money

Variant = Callable[[str], Estimate]


def loss(estimate: Estimate) -> Summary:
    assert estimate.customer.total is not None
    return estimate.customer.total


def with_business(estimate: Estimate, **changes: Any) -> Estimate:
    assert estimate.scenario.business is not None
    business = estimate.scenario.business._replace(**changes)
    return estimate._replace(scenario=estimate.scenario._replace(business=business))


def with_customer(estimate: Estimate, **changes: Any) -> Estimate:
    return estimate._replace(customer=estimate.customer._replace(**changes))


def test_the_whole_is_named_by_its_parts(seed_estimate: Estimate) -> None:
    assert money.whole_label(seed_estimate) == "Revenue loss"
    wider = with_customer(seed_estimate, productivity_loss=loss(seed_estimate))
    assert money.whole_label(wider) == "Customer's loss"
    labels = [row.label for row in money.customer_rows(wider)]
    assert labels == [
        "Customer's loss, whole incident", "revenue, whole incident", "revenue lost so far",
        "revenue still avoidable", "productivity",
    ]  # fmt: skip
    assert money.avoidable_label(seed_estimate) == "Still avoidable"
    assert money.avoidable_label(wider) == "Revenue still avoidable"


def test_what_comes_back_is_a_line_of_its_own(seed_estimate: Estimate) -> None:
    less = with_customer(seed_estimate, comes_back=level(loss(seed_estimate), 500.0))
    assert [row.label for row in money.customer_rows(less)] == [
        "Revenue loss, whole incident", "lost so far", "still avoidable", "less what comes back",
    ]  # fmt: skip


def test_other_parts_are_shown_where_no_revenue_is_stated(variant: Variant) -> None:
    bare = variant("no money")
    part = level(loss(variant("seed")), 7_000.0)
    whole, work = money.customer_rows(with_customer(bare, productivity_loss=part))
    assert whole.missing == "not computed: no revenue figure is stated"
    assert (work.label, work.level, work.middle) == ("productivity", 0, "7K")


def test_parts_that_do_not_add_up_are_said_not_to(
    seed_estimate: Estimate, variant: Variant
) -> None:
    note = "Averages add up to the whole; even-chance figures do not."
    assert money.sum_note(seed_estimate) == note
    assert money.sum_note(variant("no money")) == ""
    sure = level(loss(seed_estimate), 500.0)
    exact = with_customer(seed_estimate, total=sure, already_lost=sure, avoidable=sure)
    assert money.sum_note(exact) == ""


def test_a_loss_that_is_not_computed_says_why(variant: Variant, seed_estimate: Estimate) -> None:
    assert money.no_money_reason(variant("no money")) == (
        "not computed: no revenue figure is stated"
    )
    (row,) = money.customer_rows(with_customer(seed_estimate, total=None))
    assert row.missing == "not computed"
    assert row.middle == ""


def test_both_readings_of_the_amount_are_shown(seed_estimate: Estimate) -> None:
    rows = {row.label: row.middle for row in money.reading_rows(seed_estimate)}
    assert rows == {"read as passing through": "$19K", "read as already lost": "$80K"}
    assert money.readings_title(seed_estimate) == "Read as already lost: $80K, not $19K"


def test_the_title_compares_with_the_reading_that_is_not_in_force(
    seed_estimate: Estimate,
) -> None:
    lost = Sourced(Reading.LOST, "line 44")
    other = with_customer(
        with_business(seed_estimate, reading=lost),
        total=seed_estimate.customer.readings["lost"],
        revenue_loss=seed_estimate.customer.readings["lost"],
    )
    assert money.reading_in_force(other) is Reading.LOST
    assert money.readings_title(other) == "Read as passing through: $19K, not $80K"
    assert money.exposure_sentence(other) == (
        "$75K a day is read as what the outage at its start already loses."
    )


def test_readings_that_agree_are_said_to_agree(seed_estimate: Estimate, variant: Variant) -> None:
    same = with_customer(
        seed_estimate, readings={"exposed": loss(seed_estimate), "lost": loss(seed_estimate)}
    )
    assert money.readings_title(same) == "Both readings give the same loss"
    assert money.readings_title(variant("no money")) == "What the loss would be by other readings"


def test_two_routes_are_told_in_one_sentence(seed_estimate: Estimate) -> None:
    assert money.routes_sentence(seed_estimate) == (
        "The input's figures disagree: by tablets alone $37K, by percentage alone $7.5K."
    )
    one = seed_estimate.lost_share._replace(
        routes=seed_estimate.lost_share.routes[:1], way="stated"
    )
    assert money.routes_sentence(seed_estimate._replace(lost_share=one)) == ""


def with_now(estimate: Estimate, now: Summary) -> Estimate:
    return estimate._replace(lost_share=estimate.lost_share._replace(now=now))


def level(summary: Summary, value: float) -> Summary:
    """Make a summary that is the same in every trial."""
    names = ("mean", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99")
    changed: dict[str, Any] = dict.fromkeys(names, value)
    return summary._replace(**changed)


def test_exposure_is_never_told_as_loss(seed_estimate: Estimate, variant: Variant) -> None:
    now = seed_estimate.lost_share.now
    tell = money.exposure_sentence
    assert tell(seed_estimate) == (
        "$75K a day passes through the service; about 7.3% of it fails now (2.2% to 21%)."
    )
    assert tell(with_now(seed_estimate, level(now, 0.3))).endswith("; 30% of it fails now.")
    assert tell(with_now(seed_estimate, level(now, 0.0))).endswith("; none of it fails now.")
    assert tell(variant("closed")) == "$75K a day passes through the service; service is back."
    assert tell(variant("no money")) == ""


def test_the_provider_s_parts_say_why_they_are_missing(variant: Variant) -> None:
    rows = [(row.label, row.missing) for row in money.provider_rows(variant("seed"))]
    assert rows == [
        ("Service credits", "not computed: the monthly fee is not stated"),
        ("Churn", "not computed: ARR is not stated"),
    ]
    assert money.provider_sentence(variant("defined")) == ""
    assert money.provider_sentence(variant("no sla")) == (
        "not computed: no SLA is stated; ARR is not stated"
    )


def stated_fee(estimate: Estimate, **changes: Any) -> Estimate:
    assert estimate.scenario.sla is not None
    sla = estimate.scenario.sla._replace(monthly_fee=Sourced(Decimal(40000), "line 50"), **changes)
    return estimate._replace(scenario=estimate.scenario._replace(sla=sla))


def test_credits_need_tiers_and_a_definition_too(seed_estimate: Estimate) -> None:
    assert money.no_credit_reason(stated_fee(seed_estimate)).endswith("tiers are not stated")
    known = stated_fee(seed_estimate, credits=object())
    assert money.no_credit_reason(known).endswith("definition of downtime is not stated")


def test_several_parts_of_the_provider_have_a_sum_of_their_own(seed_estimate: Estimate) -> None:
    part, whole = loss(seed_estimate), level(loss(seed_estimate), 90_000.0)
    both = ProviderAnswer(part, part, None, whole)
    rows = money.provider_rows(seed_estimate._replace(provider=both))
    assert [(row.label, row.level) for row in rows] == [
        ("Our exposure", 0), ("Service credits", 1), ("Churn", 1),
    ]  # fmt: skip
    assert rows[0].middle == "$90K"
    with_work = seed_estimate._replace(provider=both._replace(recovery_cost=part))
    assert money.provider_rows(with_work)[-1].label == "Recovery cost"


def test_the_loss_plot_has_its_finding(variant: Variant) -> None:
    assert money.dots_title(variant("seed")) == "Half of such cases stay under $19K"
    assert money.dots_title(variant("zero loss")) == "No loss of revenue"
    assert money.losing_more(variant("seed")) == (
        ("50%", "$19K"), ("25%", "$30K"), ("10%", "$43K"), ("5%", "$58K"),
    )  # fmt: skip
    assert money.losing_more(variant("no money")) == ()
    estimate = variant("seed")
    total = estimate.customer.total
    assert total is not None
    near = estimate.customer._replace(total=total._replace(p75=total.p50, p95=total.p90))
    assert [odds for odds, _ in money.losing_more(estimate._replace(customer=near))] == [
        "50%", "10%",
    ]  # fmt: skip


def test_a_loss_without_a_spread_is_not_said_to_be_exceeded(seed_estimate: Estimate) -> None:
    total = seed_estimate.customer.total
    assert total is not None
    certain = total._replace(**dict.fromkeys(("mean", "p5", "p50", "p75", "p95"), 3000.0), sd=0.0)
    sure = seed_estimate._replace(customer=seed_estimate.customer._replace(total=certain))
    assert money.dots_title(sure) == "Every such case costs $3K"
    assert money.losing_more(sure) == ()
    assert money.losing_more_sentence(sure) == "Every such case costs $3K."
