"""Churn: log-odds moved by what is known, against quadrature and the published means."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit, logit
from scipy.stats import norm

from impactcalc.domain.incident import Incident
from impactcalc.domain.moment import Moment
from impactcalc.domain.sourced import Sourced
from impactcalc.models.churn import ARR, BASE, SHIFT, CompiledChurn, mean_shift, shifted
from impactcalc.stats.distributions import Constant, Uniform

MOMENT = Moment(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
EVEN = (np.arange(20_000) + 0.5) / 20_000  # midpoints: a mean over them is an integral over u


def incident(sentiment=None, level=None):
    return Incident(
        Sourced(MOMENT, "line 1"),
        sentiment=None if sentiment is None else Sourced(sentiment, "line 2"),
        escalation_level=None if level is None else Sourced(level, "line 3"),
    )


def churn(shift=0.7, years=1.0, base=0.08, arr=1.0):
    return CompiledChurn(Constant(arr), Constant(base), years, shift)


def exact_mean(base, shift, years):
    def lost(e):
        after = expit(logit(base) + shift + 0.4 * e)
        return norm.pdf(e) * ((1 - base) ** years - (1 - after) ** years)

    return quad(lost, -8, 8, epsabs=1e-13)[0]


def test_a_dissatisfied_customer_leaves_with_the_published_chance():
    loss = churn().loss(lambda _: np.array([0.5]))  # the middle draw: no spread
    assert loss == pytest.approx([0.149 - 0.08], abs=5e-4)
    # averaged over the spread: .156
    assert 0.08 + churn().loss(lambda _: EVEN).mean() == pytest.approx(0.156, abs=5e-4)


@pytest.mark.parametrize(
    ("base", "shift", "years"),
    [(0.08, 0.7, 1.0), (0.08, 1.0, 3.0), (0.3, 0.0, 0.5), (0.01, 0.2, 10.0)],
)
def test_the_mean_is_that_of_quadrature(base, shift, years):
    found = churn(shift, years, base, arr=1.2e6).loss(lambda _: EVEN).mean()
    assert found == pytest.approx(1.2e6 * exact_mean(base, shift, years), abs=3.0)


def test_years_compound():
    # 3 years at the middle draw: (1 - .08)^3 - (1 - .149)^3, and not three times the first
    loss = churn(years=3.0).loss(lambda _: np.array([0.5]))
    after = expit(logit(0.08) + 0.7)
    assert loss == pytest.approx([0.92**3 - (1 - after) ** 3])
    assert loss == pytest.approx([0.162], abs=5e-4)


@pytest.mark.parametrize(
    ("sentiment", "level", "shift"),
    [
        ("positive", 2, 0.0),
        ("neutral", None, 0.2),
        ("negative", 2, 0.7),
        ("negative", 3, 1.0),
        ("positive", 4, 0.3),
        (None, None, 0.2),
    ],
)
def test_sentiment_and_level_move_the_log_odds(sentiment, level, shift):
    assert mean_shift(incident(sentiment, level)) == pytest.approx(shift)


@given(
    st.floats(0, 1), st.floats(-3, 3), st.floats(0, 3), st.floats(0.1, 20), st.floats(0.001, 0.999)
)
def test_worse_feelings_never_lower_the_loss(base, shift, more, years, u):
    before = churn(shift, years, base).loss(lambda _: np.array([u]))
    after = churn(shift + more, years, base).loss(lambda _: np.array([u]))
    assert (after >= before - 1e-12).all()


def test_certainties_stay_certain():
    assert churn(base=0.0).loss(lambda _: np.array([0.9])).tolist() == [0.0]
    assert churn(base=1.0).loss(lambda _: np.array([0.9])).tolist() == [0.0]


def test_each_figure_has_a_draw_of_its_own():
    part = CompiledChurn(Uniform(0.0, 100.0), Uniform(0.0, 0.5), 1.0, 0.0)
    named = {ARR: [0.3], BASE: [0.4], SHIFT: [norm.cdf(1.0)]}
    after = expit(logit(0.2) + 0.4)
    assert part.loss(lambda name: np.array(named[name])) == pytest.approx([30 * (after - 0.2)])
    assert set(part.names) == set(named)


def test_a_shift_is_one_of_log_odds():
    assert shifted(0.08, 0.7) == pytest.approx(expit(logit(0.08) + 0.7))
    assert shifted(np.array([0.5]), math.log(3)) == pytest.approx([0.75])
