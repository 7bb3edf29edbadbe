"""Laws of written quantities: windows, intervals and priors in hours."""

import math
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from impactcalc.domain.incident import Window
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.models.laws import hours_law, law_of, prior, sample, window_law

HOUR = 3600
QUARTERS = np.array([0.25, 0.5, 0.75])


def window(a, b):
    return Window(Decimal(a * HOUR), None if b is None else Decimal(b * HOUR))


def quantity(law, *values, dimension=Dimension.DURATION, **more):
    return Quantity(law, tuple(Decimal(str(v)) for v in values), dimension, **more)


@pytest.mark.parametrize(
    ("a", "b", "sigma"), [(4, 24, 1.3282), (24, 168, 1.4425)], ids=["4-24 h", "1-7 days"]
)
def test_a_window_is_the_quartiles_of_the_finish(a, b, sigma):
    law = window_law(window(a, b))
    low, _, high = sample(law, QUARTERS)
    assert (low, high) == (pytest.approx(a), pytest.approx(b))
    assert law.sigma == pytest.approx(sigma, abs=5e-5)


def test_a_window_from_now_on_has_its_end_at_the_upper_quartile():
    _, median, high = sample(window_law(window(0, 4)), QUARTERS)
    assert median == pytest.approx(0.4304 * 4, abs=1e-3)
    assert high == pytest.approx(4)


def test_a_window_without_an_end_has_its_beginning_at_the_lower_quartile():
    law = window_law(window(168, None))
    assert sample(law, QUARTERS)[0] == pytest.approx(168)
    assert law.sigma == 1.25


def test_a_duration_between_two_values_has_5_percent_on_either_side():
    law = hours_law(quantity(Law.INTERVAL, 2 * HOUR, 14 * HOUR))
    assert sample(law, np.array([0.05, 0.95])) == pytest.approx([2, 14])


def test_a_share_between_two_values_is_logit_normal():
    law = law_of(quantity(Law.INTERVAL, 0.21, 0.53, dimension=Dimension.SHARE))
    assert sample(law, np.array([0.05, 0.95])) == pytest.approx([0.21, 0.53])
    assert law.maximum == 1.0


def test_median_and_p90_are_those_of_the_recommended_law():
    law = hours_law(quantity(Law.LOGNORMAL, 6 * HOUR, 20 * HOUR))
    assert sample(law, np.array([0.5, 0.9])) == pytest.approx([6, 20])


@pytest.mark.parametrize("law", [Law.UNIFORM, Law.PERT, Law.TRIANGULAR])
def test_bounded_laws_stay_inside_their_bounds(law):
    values = (1, 2, 5) if law is not Law.UNIFORM else (1, 5)
    drawn = sample(hours_law(quantity(law, *(v * HOUR for v in values))), np.linspace(1e-9, 1, 99))
    assert drawn.min() >= 1 - 1e-9
    assert drawn.max() <= 5 + 1e-9


def test_a_normal_interval_is_symmetric_and_never_negative():
    law = hours_law(quantity(Law.NORMAL, HOUR, 9 * HOUR))
    assert sample(law, QUARTERS)[1] == pytest.approx(5)
    assert sample(law, np.array([1e-9]))[0] == 0.0


def test_without_a_history_a_category_has_its_shipped_prior():
    law = hours_law(Quantity(Law.HISTORY, (), Dimension.DURATION, category="database"))
    # one log-sd above the median
    assert sample(law, np.array([0.5, 0.8413447460685429])) == pytest.approx(
        [15.8, 15.8 * math.exp(1.89)]
    )


def test_a_fitted_law_is_students_on_logarithms_cut_at_90_days():
    fitted = quantity(Law.FITTED, 4 * HOUR, 1.5, 9)
    law = hours_law(fitted)
    u = np.array([0.05, 0.5, 0.95, 1 - 1e-6])
    exact = np.exp(math.log(4) + 1.5 * stats.t(9).ppf(u))
    assert sample(law, u) == pytest.approx([*exact[:3], 2160.0], rel=1e-5)
    assert law_of(fitted) == law


def test_an_unknown_category_has_the_prior_of_all():
    assert prior("weather") == prior("all")


def test_an_interval_without_width_is_a_constant():
    law = hours_law(quantity(Law.INTERVAL, 2 * HOUR, 2 * HOUR))
    assert sample(law, QUARTERS).tolist() == [2.0, 2.0, 2.0]
