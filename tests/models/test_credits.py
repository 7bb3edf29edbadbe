"""Service credits at their bounds: open, closed, gaps, overlaps, caps and rounding."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.contract import (
    CreditSchedule,
    CreditTier,
    PeriodKind,
    PeriodRule,
    Sla,
)
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.models.credit_exact import has_gap
from impactcalc.models.credits import (
    bands,
    credit_owed,
    credit_share,
    paid_tier,
    rounded_downtime,
)

MONTH = Decimal(2_592_000)  # 30 days


def tier(upper, credit, **more):
    exact = {k: Decimal(v) if k == "lower" else v for k, v in more.items()}
    return CreditTier(Decimal(upper), Decimal(credit), **exact)


ORDINARY = CreditSchedule((tier("0.999", "0.1"), tier("0.99", "0.25"), tier("0.95", "0.5")))
SLA = Sla(
    target=Sourced(Decimal("0.999"), "line 1"),
    period=Sourced(PeriodRule(PeriodKind.MONTH), "default"),
    timezone=Sourced("UTC", "default"),
    downtime=None,
    to_date=Sourced(Quantity(Law.FIXED, (Decimal(0),), Dimension.DURATION), "default"),
    excluded_s=Sourced(Decimal(0), "default"),
)


def share(schedule, *availabilities):
    down = np.array([float((1 - Decimal(a)) * MONTH) for a in availabilities])
    return credit_share(schedule, SLA, MONTH, down).tolist()


def test_an_ordinary_tier_is_open_above_and_closed_below():
    assert share(ORDINARY, "0.999", "0.99899", "0.99", "0.98999", "0.95", "0.94") == [
        0.0, 0.1, 0.1, 0.25, 0.25, 0.5,
    ]  # fmt: skip


def test_the_order_of_the_tiers_does_not_matter():
    turned = CreditSchedule(ORDINARY.tiers[::-1])
    assert share(turned, "0.9995", "0.995", "0.97", "0.5") == [0.0, 0.1, 0.25, 0.5]


def test_a_contract_may_pay_at_exactly_its_bound():
    closed = CreditSchedule((tier("0.999", "0.1", upper_inclusive=True),))
    assert share(closed, "0.999", "0.99901") == [0.1, 0.0]


def test_an_open_lower_bound_leaves_its_point_to_the_tier_below():
    schedule = CreditSchedule(
        (
            tier("0.999", "0.1", lower="0.99", lower_inclusive=False),
            tier("0.99", "0.3", upper_inclusive=True),
        )
    )
    assert share(schedule, "0.99", "0.9901") == [0.3, 0.1]


def test_of_overlapping_tiers_the_largest_credit_is_paid():
    schedule = CreditSchedule(
        (tier("0.999", "0.4", lower="0.98"), tier("0.995", "0.2", lower="0.95"))
    )
    assert share(schedule, "0.99", "0.96") == [0.4, 0.2]


def test_in_a_gap_the_nearest_tier_above_is_paid():
    schedule = CreditSchedule(
        (tier("0.999", "0.1", lower="0.99"), tier("0.95", "0.5", lower="0.9"))
    )
    assert has_gap(schedule)
    assert share(schedule, "0.97", "0.5") == [0.1, 0.5]
    assert not has_gap(ORDINARY)


def test_a_single_point_can_be_a_gap():
    schedule = CreditSchedule(
        (tier("0.999", "0.1", lower="0.99", lower_inclusive=False), tier("0.99", "0.3"))
    )
    assert share(schedule, "0.99", "0.98999", "0.99001") == [0.1, 0.3, 0.1]
    assert has_gap(schedule)


def test_a_multiplier_pays_for_all_missing_availability_below_the_target():
    schedule = CreditSchedule(multiplier=Decimal(10), cap=Decimal("0.5"))
    assert share(schedule, "0.999", "0.99", "0.9") == pytest.approx([0.0, 0.1, 0.5])


def test_a_cap_is_a_share_of_the_fee_and_a_small_credit_is_not_paid():
    capped = CreditSchedule(ORDINARY.tiers, cap=Decimal("0.3"), minimum=Decimal(1000))
    assert share(capped, "0.94") == [0.3]
    assert credit_owed(capped, 5000.0, np.array([0.1, 0.2, 0.3])).tolist() == [0.0, 1000.0, 1500.0]


def test_availability_is_rounded_half_up_before_it_is_judged():
    # to 0.1%: 99.85% becomes 99.9%, 99.849% becomes 99.8%
    down = np.array([float((1 - Decimal(a)) * MONTH) for a in ("0.9985", "0.99849")])
    rounded = 1 - rounded_downtime(down, MONTH, Decimal("0.001")) / float(MONTH)
    assert rounded == pytest.approx([0.999, 0.998])
    assert rounded_downtime(down, MONTH, None) is down


@pytest.mark.parametrize("target", ["0.9", "0.95", "0.99", "0.995", "0.999", "0.9995", "0.9999"])
@pytest.mark.parametrize("days", [7, 28, 29, 30, 31, 90, 91, 92, 365, 366])
def test_exactly_the_allowed_downtime_pays_nothing(target, days):
    length = Decimal(days * 86_400)
    schedule = CreditSchedule((tier(target, "0.1"),))
    allowed = (1 - Decimal(target)) * length
    found = bands(schedule, length)
    down = np.array([float(allowed), float(allowed) + 1e-6])
    assert paid_tier(found, down).tolist() == [-1, 0]


@given(st.lists(st.floats(0, 2_592_000), min_size=1, max_size=30))
def test_one_tier_at_most_is_paid_and_more_downtime_never_pays_less(down):
    seconds = np.sort(np.array(down))
    paid = credit_share(ORDINARY, SLA, MONTH, seconds)
    assert np.all(np.diff(paid) >= 0)
    assert set(paid) <= {0.0, 0.1, 0.25, 0.5}
