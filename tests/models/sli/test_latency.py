import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from impactcalc.domain.observation import MINUTE_NS, Histogram, Window
from impactcalc.models.sli.latency import between, latency, quantile, to_counts

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "data" / "slo" / "golden.json").read_text(encoding="utf-8")
)["histogram"]
BOUNDS = [None if le == "inf" else Fraction(le) for le, _ in GOLDEN["buckets"]]
UPTO = [Fraction(number) for _, number in GOLDEN["buckets"]]


def histogram(threshold):
    increases = np.array([[10, 60, 90, 100], [0, 0, 1, 1]])
    return Histogram(
        MINUTE_NS * np.arange(2), MINUTE_NS, tuple(BOUNDS), increases, np.ones(2, dtype=bool),
        threshold,
    )  # fmt: skip


def test_quantiles_are_those_of_histogram_quantile():
    for level, wanted in GOLDEN["quantiles"].items():
        assert quantile(BOUNDS, UPTO, Fraction(level)) == Fraction(wanted["exact"])


@pytest.mark.parametrize(
    ("threshold", "wanted"),
    [
        ("0.5", (60, 60, 60)),  # on a bound: exact
        ("0.75", (60, 90, 75)),
        ("0.05", (0, 10, 5)),  # the first bucket starts at 0
        ("3", (90, 100, 90)),  # beyond the last finite bound nothing can be interpolated
    ],
)
def test_a_threshold_off_the_bounds_leaves_a_range(threshold, wanted):
    assert between(BOUNDS, UPTO, Fraction(threshold)) == wanted


def test_a_first_bound_that_is_not_positive_is_its_own_quantile():
    assert quantile([Fraction(0), None], [Fraction(5), Fraction(5)], Fraction(1, 2)) == 0


def test_without_events_or_finite_bounds_there_is_no_quantile():
    assert quantile(BOUNDS, [Fraction(0)] * 4, Fraction(1, 2)) is None
    assert quantile([None], [Fraction(3)], Fraction(1, 2)) is None


def test_the_counts_of_a_histogram_are_those_that_are_surely_good():
    assert to_counts(histogram(Fraction("0.75"))).good.tolist() == [60, 0]
    assert to_counts(histogram(Fraction("0.01"))).good.tolist() == [0, 0]
    assert to_counts(histogram(None)).good.tolist() == [100, 1]


def test_events_of_excluded_time_are_left_out():
    window, cut = Window(0, 2 * MINUTE_NS), Window(0, MINUTE_NS)
    found = latency(histogram(Fraction("0.5")), window, [cut])
    assert (found.good_at_least, found.good_at_most) == (0, 0)
    assert found.quantiles_s["0.5"] == 0.75
    assert latency(histogram(None), window, []).threshold_s is None
