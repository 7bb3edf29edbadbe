"""Burn rates and alerts against a walk through the minutes, and against closed forms."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.domain.observation import MINUTE_NS, Counts, Window
from impactcalc.models.sli import burn as burns
from impactcalc.models.sli.burn import PAIRS, WINDOWS, burn

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "data" / "slo" / "golden.json").read_text(encoding="utf-8")
)
SECOND_NS = 10**9


def counts_of(rows, step=MINUTE_NS):
    """Rows of (place, good, valid)."""
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    return Counts(columns[0] * step, step, columns[1], columns[2], np.ones(len(rows), dtype=bool))


def walk(rows, number, pair, target):
    """Return the first minute's end at which both windows burn above the factor."""
    *widths, factor = [WINDOWS[pair[0]] // MINUTE_NS, WINDOWS[pair[1]] // MINUTE_NS, pair[2]]
    for end in range(1, number + 1):
        inside = [[row for row in rows if end - width <= row[0] < end] for width in widths]
        ratios = [
            Fraction(sum(v - g for _, g, v in each), sum(v for *_, v in each))
            if sum(v for *_, v in each)
            else Fraction(0)
            for each in inside
        ]
        if all(ratio > factor * (1 - target) for ratio in ratios):
            return end
    return None


places = st.integers(0, 500)
rows = st.dictionaries(places, st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1)


@settings(max_examples=25)
@given(rows, st.sampled_from([Fraction("0.9"), Fraction("0.99"), Fraction("0.95")]))
def test_alerts_first_fire_where_the_walk_says(table, target):
    listed = [(at, min(pair), max(pair)) for at, pair in sorted(table.items())]
    window = Window(0, 501 * MINUTE_NS)
    found = burn(counts_of(listed), window, None, target, window.end_ns)
    for alert, pair in zip(found.alerts, PAIRS, strict=True):
        first = walk(listed, 501, pair, target)
        assert alert.first_fired_ns == (None if first is None else first * MINUTE_NS)


def test_a_window_that_is_no_multiple_of_the_step_is_judged_too(monkeypatch):
    step = 7 * MINUTE_NS
    listed = [(at, 0 if 20 <= at < 30 else 10, 10) for at in range(60)]
    window = Window(0, 60 * step)
    even = burn(counts_of(listed, step), window, None, Fraction("0.9"), window.end_ns)
    monkeypatch.setattr(burns, "_MOST_MOMENTS", 3)  # as in a window of years by seconds
    again = burn(counts_of(listed, step), window, None, Fraction("0.9"), window.end_ns)
    assert even == again
    assert even.alerts[3].first_fired_ns == 23 * step


def test_burn_rates_agree_with_the_golden_ones():
    for case in GOLDEN["burn"]:
        ratio, target = Fraction(case["error_ratio"]), Fraction(case["target"])
        valid = 10**6
        table = [(0, valid - int(ratio * valid), valid)]
        found = burn(counts_of(table), Window(0, MINUTE_NS), None, target, MINUTE_NS)
        assert found.windows["1d"].burn_rate == Fraction(case["burn_rate"]["exact"])


def test_alerts_fire_within_a_second_of_the_closed_form():
    clean = 3 * 86400
    for window in GOLDEN["alerts"][0]["windows"][:2]:
        for case in window["cases"]:
            if case["detection_s"] is None:
                continue
            error, until = Fraction(case["error_ratio"]), Fraction(case["detection_s"]["exact"])
            seconds = int(until) + 2
            each = 100_000  # events a second, so that every error ratio is whole
            starts = np.arange(clean + seconds) * SECOND_NS
            good = np.full(clean + seconds, each)
            good[clean:] = int(each * (1 - error))
            valid = np.full(clean + seconds, each)
            table = Counts(starts, SECOND_NS, good, valid, np.ones(len(good), dtype=bool))
            whole = Window(0, (clean + seconds) * SECOND_NS)
            found = burn(table, whole, None, Fraction("0.999"), whole.end_ns)
            alert = next(each for each in found.alerts if each.factor == Fraction(window["factor"]))
            fired = Fraction(alert.first_fired_ns, SECOND_NS) - clean
            assert until < fired <= until + 1


def test_one_after_which_nothing_happened_has_no_rate():
    found = burn(counts_of([(0, 5, 5)]), Window(0, MINUTE_NS), None, Fraction("0.9"), 10**15)
    assert found.windows["5m"].burn_rate is None
    assert found.windows["5m"].coverage is None


@pytest.mark.parametrize("as_of", [0, -5])
def test_before_the_window_nothing_has_fired(as_of):
    found = burn(counts_of([(0, 0, 5)]), Window(0, MINUTE_NS), None, Fraction("0.9"), as_of)
    assert [alert.first_fired_ns for alert in found.alerts] == [None] * 4


def test_huge_counts_are_compared_exactly():
    listed = [(0, 2**61, 2**61 + 2**58), (1, 1, 2)]
    window = Window(0, 2 * MINUTE_NS)
    found = burn(counts_of(listed), window, None, Fraction("0.999"), window.end_ns)
    assert found.windows["5m"].valid == 2**61 + 2**58 + 2
    assert found.alerts[0].first_fired_ns == MINUTE_NS
