"""Student's t over the normal score, and the law of durations, against scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from impactcalc.stats.student import LogStudent, student_table


@pytest.mark.parametrize("freedom", [1.0, 2.0, 5.0, 9.0, 35.0, 125.0, 684.0, 7.25])
def test_the_table_agrees_with_scipy_in_both_tails(freedom):
    z = np.concatenate((np.linspace(-6.5, 6.5, 2001), [-1e-9, 0.0]))
    tail = stats.t(freedom).isf(stats.norm.sf(np.abs(z)))
    expected = np.sign(z) * tail
    assert student_table(freedom).value(z) == pytest.approx(expected, rel=1e-5, abs=1e-9)
    back = student_table(freedom).score(expected)
    assert back == pytest.approx(z, abs=1e-5)


def test_the_mean_is_that_of_the_cut_law_by_quadrature():
    law = LogStudent(math.log(4.0), 1.4 * math.sqrt(1.1), 9.0, 2160.0)

    def value(u):
        return min(math.exp(law.middle + law.scale * stats.t(9).ppf(u)), 2160.0)

    expected, _ = integrate.quad(value, 0, 1, limit=500, points=[0.99, 0.999])
    u = (np.arange(400_000) + 0.5) / 400_000
    assert float(law.from_normal(stats.norm.ppf(u)).mean()) == pytest.approx(expected, rel=2e-4)
    assert expected == pytest.approx(19.2, abs=0.05)  # evidence: n = 10, median 4 h, s 1.4
    assert law.share_cut == pytest.approx(0.001, abs=1e-4)


@given(
    st.floats(-3, 4),
    st.floats(0.05, 2.5),
    st.sampled_from([2.0, 5.0, 15.0, 125.0]),
    st.floats(-6, 6),
)
def test_score_is_the_inverse_of_the_value_below_the_cut(middle, scale, freedom, z):
    law = LogStudent(middle, scale, freedom, 2160.0)
    value = float(law.from_normal(np.array([z]))[0])
    assert 0.0 <= value <= 2160.0 * (1 + 1e-12)
    if 1e-300 < value < 2159.0:
        assert float(law.score(value)) == pytest.approx(z, abs=1e-6)


def test_outside_the_support_the_score_is_infinite():
    law = LogStudent(0.0, 1.0, 5.0, 2160.0)
    assert law.score([-1.0, 0.0, 2160.0, 5000.0]).tolist() == [
        -math.inf,
        -math.inf,
        math.inf,
        math.inf,
    ]


def test_the_spread_of_the_logarithm_is_students():
    assert LogStudent(0.0, 1.2, 9.0, 2160.0).log_sd == pytest.approx(1.2 * stats.t(9).std())
    assert LogStudent(0.0, 1.2, 1.0, 2160.0).log_sd == 1.2
