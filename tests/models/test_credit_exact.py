"""Every worked example of eleven real schedules, exactly, and the bounds of odd ones."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.contract import CreditSchedule, CreditTier
from impactcalc.intake.credit_schedule import read_contract
from impactcalc.models.credit_exact import credit, has_gap, paid, rounded
from impactcalc.models.credits import bands, paid_tier

FILE = Path(__file__).parents[1] / "data" / "slo" / "credit_schedules.json"
SCHEDULES = json.loads(FILE.read_text(encoding="utf-8"))["schedules"]
EXAMPLES = [
    pytest.param(schedule["id"], example, id=f"{schedule['id']}: {example['case']}")
    for schedule in SCHEDULES
    for example in schedule["worked_examples"]
]


def tier(upper, share, **more):
    exact = {k: Decimal(v) if k == "lower" else v for k, v in more.items()}
    return CreditTier(Decimal(upper), Decimal(share), **exact)


ORDINARY = CreditSchedule((tier("0.999", "0.1"), tier("0.99", "0.25"), tier("0.95", "0.5")))


@pytest.mark.parametrize(("wanted", "example"), EXAMPLES)
def test_a_worked_example_comes_out_exactly(wanted, example):
    contract = read_contract(str(FILE), wanted)
    found = credit(contract.schedule, contract.target, Fraction(example["availability"]["exact"]))
    assert found.share == Fraction(example["credit_share"]["exact"])
    assert found.share * 10_000 == Fraction(example["credit_on_fee_10000"]["exact"])
    assert found.gap == example["note"].startswith("GAP")
    assert found.overlap == example["note"].startswith("overlapping")


def test_there_are_as_many_examples_as_the_file_holds():
    assert len(EXAMPLES) == 123


def test_a_tier_is_open_above_and_closed_below():
    shares = [credit(ORDINARY, None, Fraction(a)).share for a in ("0.999", "0.99", "0.9899")]
    assert shares == [0, Fraction(1, 10), Fraction(1, 4)]


def test_a_cap_limits_the_share_and_says_so():
    capped = ORDINARY._replace(cap=Decimal("0.3"))
    assert credit(capped, None, Fraction(1, 2)).share == Fraction(3, 10)
    assert credit(capped, None, Fraction(1, 2)).capped
    assert not credit(capped, None, Fraction("0.995")).capped


def test_rounding_half_up_decides_between_two_tiers():
    rounding = ORDINARY._replace(rounding=Decimal("0.001"))
    assert credit(rounding, None, Fraction("0.9985")).share == 0
    assert credit(rounding, None, Fraction("0.99849")).share == Fraction(1, 10)
    assert rounded(Fraction("0.99849"), None) == Fraction("0.99849")


def test_a_multiplier_pays_below_the_target_only():
    schedule = CreditSchedule(multiplier=Decimal(100))
    target = Decimal("0.999")
    assert credit(schedule, target, Fraction("0.999")).share == 0
    assert credit(schedule, target, Fraction("0.998")).share == Fraction(1, 5)
    with pytest.raises(ValueError, match="needs the target"):
        credit(schedule, None, Fraction(1, 2))


def test_a_minimum_is_reached_or_must_be_exceeded():
    schedule = CreditSchedule(minimum=Decimal(1))
    assert paid(schedule, Fraction(1))
    assert not paid(schedule, Fraction("0.99"))
    assert not paid(schedule._replace(minimum_exclusive=True), Fraction(1))
    assert paid(CreditSchedule(), Fraction(0))


def test_below_the_lowest_stated_bound_the_lowest_tier_is_paid():
    schedule = CreditSchedule((tier("0.999", "0.1", lower="0.99"), tier("0.99", "0.3", lower=".9")))
    assert credit(schedule, None, Fraction(1, 2)).share == Fraction(3, 10)
    assert has_gap(schedule)


def test_gaps_are_found_between_bands_at_single_points_and_at_the_bottom():
    point = (tier("0.999", "0.1", lower="0.99", lower_inclusive=False), tier("0.99", "0.3"))
    assert has_gap(CreditSchedule(point))
    assert not has_gap(CreditSchedule((point[0], tier("0.99", "0.3", upper_inclusive=True))))
    assert has_gap(CreditSchedule((tier("0.9", "0.1", lower="0", lower_inclusive=False),)))
    doubled = (point[0], tier("0.995", "0.2", lower="0.99"), point[1])
    assert not has_gap(CreditSchedule(doubled))
    assert not has_gap(CreditSchedule())
    assert not has_gap(ORDINARY)


def test_a_target_above_the_first_tier_leaves_nothing_to_pay_between_them():
    found = credit(CreditSchedule((tier("0.995", "0.1"),)), Decimal("0.999"), Fraction("0.997"))
    assert (found.share, found.tier, found.gap) == (0, None, False)


@given(
    st.lists(
        st.tuples(st.integers(1, 20), st.integers(0, 20), st.booleans(), st.booleans()),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 20),
)
def test_the_exact_judgement_and_that_of_arrays_agree(drawn, twentieths):
    tiers = tuple(
        CreditTier(
            upper=Decimal(max(high, low)) / 20,
            credit=Decimal(number + 1) / 10,
            upper_inclusive=up_to,
            lower=Decimal(min(high, low)) / 20,
            lower_inclusive=closed,
        )
        for number, (high, low, up_to, closed) in enumerate(drawn)
    )
    schedule, length = CreditSchedule(tiers), Decimal(2_592_000)
    availability = Fraction(twentieths, 20)
    down = np.array([float((1 - availability) * Fraction(length))])
    index = int(paid_tier(bands(schedule, length), down)[0])
    exact = credit(schedule, None, availability)
    assert (exact.share if exact.tier else None) == (
        Fraction(tiers[index].credit) if index >= 0 else None
    )
