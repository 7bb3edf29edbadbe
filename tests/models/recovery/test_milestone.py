"""The rest after a partial restoration: the fitted regression, given that it goes on."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from impactcalc.models.recovery.milestone import rest_h

HOURS = st.floats(0.1, 500)
EVEN = (np.arange(4096) + 0.5) / 4096


def one(reached, waited, u=0.5):
    return float(rest_h(np.array([reached]), np.array([waited]), np.array([u]))[0])


def test_the_published_medians_are_met():
    # seen at 6 h; at once 4.7 h, and 11.8 h when it has gone on for 6 h
    assert one(6.0, 0.0) == pytest.approx(4.7, abs=0.05)
    assert one(6.0, 6.0) == pytest.approx(11.8, abs=0.05)


def test_the_law_is_the_lognormal_of_the_regression():
    found = rest_h(np.full(4096, 10.0), np.zeros(4096), EVEN)
    logs = np.log(found)
    assert logs.mean() == pytest.approx(-0.14 + 0.94 * math.log(10.0), abs=1e-3)
    assert logs.std() == pytest.approx(1.13, abs=2e-3)


@given(reached=HOURS, waited=HOURS, u=st.floats(0.001, 0.999))
def test_given_the_wait_it_is_the_truncated_law(reached, waited, u):
    middle = -0.14 + 0.94 * math.log(reached)
    gone = (math.log(waited) - middle) / 1.13
    left = norm.sf(gone)
    found = one(reached, waited, u)
    assert found >= waited * (1 - 1e-12)
    if left > 1e-12:
        share = norm.sf((math.log(found) - middle) / 1.13) / left
        assert share == pytest.approx(1 - u, rel=1e-6)


@given(reached=HOURS, waited=HOURS, more=HOURS)
def test_the_longer_it_has_gone_on_the_later_it_ends(reached, waited, more):
    assert one(reached, waited + more) >= one(reached, waited) * (1 - 1e-12)
