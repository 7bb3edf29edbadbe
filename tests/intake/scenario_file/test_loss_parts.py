"""Productivity, backlog, churn and recovery cost as written: read, defaulted, refused."""

from decimal import Decimal

import pytest


def with_parts(base, *lines):
    written = "\n".join(f"  {line}" for line in ("users: 15000", *lines))
    return base.replace("  users: 15000", written)


def test_written_parts_are_read_in_the_units_of_the_model(base, read):
    business = read(
        with_parts(
            base,
            "productivity: {dependency: 25%, wage: 60 USD/h}",
            "backlog: {utilisation: 70%, cost: 300 USD/h}",
            "arr: 1.2 M USD",
            "churn: {base: 6% to 10%, horizon: 2 y}",
            "recovery_cost: {staff: 3 to 6, rate: 2 K USD/day, overtime_after: 9 h, overtime: 20%}",
        )
    ).business
    assert business.productivity.dependency.value.fixed == Decimal("0.25")
    assert business.productivity.wage.value.fixed == 60 * 24
    assert business.backlog.utilisation.value.fixed == Decimal("0.7")
    assert business.backlog.cost.value.fixed == 300 * 24
    assert business.arr.value.fixed == 1_200_000
    assert business.churn.base.value.parameters == (Decimal("0.06"), Decimal("0.1"))
    assert business.churn.horizon_s.value == 2 * 365 * 86_400
    cost = business.recovery_cost
    assert cost.staff.value.parameters == (3, 6)
    assert cost.rate.value.fixed == 2000
    assert cost.overtime_after.value.fixed == 9 * 3600
    assert cost.overtime.value.fixed == Decimal("0.2")
    assert business.backlog.cost.source == "case.yaml:32"


def test_a_part_that_lacks_what_it_is_computed_from_is_warned_of(base, read):
    bare = base.replace("  users: 15000", "  productivity: {}\n  backlog: {}\n  churn: {base: 5%}")
    told = {one.field: one.message for one in read(bare).cautions}
    assert set(told) == {"business.productivity", "business.backlog", "business.churn"}
    assert (
        "cannot be computed without users: write e.g. users: 500" in told["business.productivity"]
    )
    assert "without cost" in told["business.backlog"]
    assert "without arr" in told["business.churn"]


def test_overtime_below_the_rate_is_asked_about(base, read):
    (caution,) = read(with_parts(base, "recovery_cost: {overtime: 50%}")).cautions
    assert caution.field == "business.recovery_cost.overtime"
    assert "'50%' makes overtime cheaper" in caution.message
    assert read(with_parts(base, "recovery_cost: {overtime: 150%}")).cautions == ()


def test_nothing_is_on_that_is_not_written(base, read):
    business = read(base).business
    assert business.productivity is business.backlog is business.arr is None
    assert business.churn is business.recovery_cost is None


def test_recurring_revenue_alone_turns_churn_on(base, read):
    found = read(with_parts(base, "arr: 1 M USD"))
    churn = found.business.churn
    assert churn.base.value.fixed == Decimal("0.08")
    assert churn.horizon_s.value == 365 * 86_400
    assert not churn.base.stated
    assert {"business.churn.base", "business.churn.horizon"} <= {
        one.field for one in found.assumptions
    }
    assert found.figures["business"]["churn"]["base"].value == "8%"


def test_a_part_with_some_keys_gets_the_others_by_default(base, read):
    found = read(
        with_parts(
            base, "productivity: {dependency: 5%}", "recovery_cost: {staff: 2}", "backlog: {}"
        )
    )
    business = found.business
    assert business.productivity.wage.value.fixed == 50 * 24
    assert business.recovery_cost.rate.value.fixed == 90 * 24
    assert business.recovery_cost.overtime_after.value.fixed == 8 * 3600
    assert business.recovery_cost.overtime.value.fixed == Decimal("1.5")
    assert business.backlog.utilisation.value.fixed == Decimal("0.6")
    assert business.backlog.cost is None
    said = {one.field: one.value for one in found.assumptions}
    assert said["business.productivity.wage"] == "50/h"
    assert "business.productivity.dependency" not in said
    assert found.figures["business"]["recovery_cost"]["rate"].value == "90/h"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("productivity: {wage: 50 EUR/h}", "is in EUR, but business.currency is in USD"),
        ("productivity: {wage: 50 USD}", "business.productivity.wage"),
        ("productivity: 10%", "business.productivity is text; keys are wanted"),
        ("recovery_cost: {staff: -1}", "business.recovery_cost.staff: '-1'"),
        ("backlog: {utilisation: 'uniform(50%, 100%)'}", "leaves no capacity"),
        ("churn: {base: 8}", "business.churn.base: '8' is above 1"),
        ("churn: {horizon: 0 d}", "business.churn.horizon: '0 d' has no length"),
    ],
)
def test_what_cannot_be_is_refused_at_its_line(base, problems, line, words):
    found = problems(with_parts(base, line))
    assert [problem.line for problem in found] == [31]
    assert words in str(found[0])


@pytest.mark.parametrize(
    ("part", "example"), [("productivity", "wage: 50 USD/h"), ("recovery_cost", "rate: 90 USD/h")]
)
def test_a_default_amount_needs_a_currency(problems, part, example):
    bare = (
        "impactcalc: 1\nincident: {started: 2026-01-22T09:00Z, as_of: 2026-01-22T10:00Z}\n"
        f"business: {{users: 10, {part}: {{}}}}\n"
    )
    (problem,) = problems(bare)
    assert problem.line == 3
    assert f"business.{part}: its default amount has no currency" in problem.message
    assert example in problem.message
