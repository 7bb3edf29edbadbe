"""Laws by a few quantiles: exact at them, a lognormal between and beyond them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm, norm

from impactcalc.stats.known_quantiles import KnownQuantiles
from impactcalc.stats.scoring import crps_lognormal, crps_quantiles

LEVELS = np.array([5, 10, 25, 50, 75, 90, 95, 99]) / 100
FINE = (np.arange(400) + 0.5) / 400


def kept(sigma, scale=1.0):
    return scale * lognorm.ppf(LEVELS, sigma)


@given(sigma=st.floats(0.1, 2.5), scale=st.floats(0.01, 1e5), share=st.floats(0.001, 0.999))
def test_a_lognormal_is_met_at_every_level(sigma, scale, share):
    law = KnownQuantiles(LEVELS, [kept(sigma, scale)])
    exact = scale * lognorm.ppf(share, sigma)
    assert law.values([share])[0, 0] == pytest.approx(exact, rel=1e-6)
    assert law.pit([exact])[0] == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize("sigma", [0.5, 1.1, 1.6])
@pytest.mark.parametrize("outcome", [0.05, 0.7, 1.0, 4.0, 60.0])
def test_eight_quantiles_score_as_the_whole_law_does(sigma, outcome):
    law = KnownQuantiles(LEVELS, [kept(sigma)])
    found = crps_quantiles(law.values(FINE), [outcome])
    assert found == pytest.approx(crps_lognormal(0.0, sigma, [outcome]), rel=6e-3)


def test_a_law_that_may_be_nothing_is_linear_and_never_negative():
    law = KnownQuantiles([0.25, 0.5, 0.75], [[0.0, 10.0, 20.0]])
    assert law.values([0.01, 0.25, 0.5, 0.75])[0] == pytest.approx([0, 0, 10, 20])
    middle = norm.ppf(0.75) / 2
    assert law.pit([15.0]) == pytest.approx([norm.cdf(middle)])


def test_a_value_of_several_levels_falls_in_their_middle():
    law = KnownQuantiles([0.1, 0.5, 0.9], [[5.0, 5.0, 5.0], [0.0, 0.0, 8.0]])
    assert law.pit([5.0, 0.0]) == pytest.approx([0.5, norm.cdf(norm.ppf(0.1) / 2)])
    assert law.pit([4.0, 8.0]) == pytest.approx([0.0, 0.9])
    assert KnownQuantiles([0.1, 0.9], [[5.0, 5.0]]).pit([6.0]).tolist() == [1.0]


def test_rows_are_laws_of_their_own():
    rows = [kept(0.5), kept(1.5, 40.0)]
    law = KnownQuantiles(LEVELS, rows)
    assert law.values(LEVELS) == pytest.approx(np.array(rows), rel=1e-12)
    assert law.pit([rows[0][2], rows[1][5]]) == pytest.approx([0.25, 0.9])


def test_between_two_levels_only_their_values_count():
    levels, values = [0.1, 0.4, 0.7, 0.9], [1.0, 2.0, 50.0, 60.0]
    law = KnownQuantiles(levels, [values])
    z = np.asarray(norm.ppf([0.4, 0.55, 0.7]))
    share = (z[1] - z[0]) / (z[2] - z[0])
    between = 2.0 * 25.0**share
    assert law.values([0.55])[0, 0] == pytest.approx(between)
    assert law.pit([between]) == pytest.approx([0.55])
    # beyond the last level the line through the last two goes on
    top = np.asarray(norm.ppf([0.7, 0.9, 0.97]))
    beyond = 60.0 * 1.2 ** ((top[2] - top[1]) / (top[1] - top[0]))
    assert law.values([0.97])[0, 0] == pytest.approx(beyond)
    assert law.pit([beyond]) == pytest.approx([0.97])
    assert law.pit([55.0])[0] == pytest.approx(
        norm.cdf(top[0] + np.log(1.1) / np.log(1.2) * (top[1] - top[0]))
    )
