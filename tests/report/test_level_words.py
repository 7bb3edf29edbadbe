from fractions import Fraction

import pytest

from impactcalc.domain.service_level import (
    Burn,
    BurnWindow,
    DowntimeAnswer,
    History,
    ServiceLevel,
)
from impactcalc.report.figures.budget import days_of, plot_availability, plot_budget
from impactcalc.report.level_words import burn_words, percentage, used_words

HOUR = 3600 * 10**9


@pytest.mark.parametrize(
    ("ratio", "target", "move", "text"),
    [
        ("319/320", "0.99", 1 / 2880, "99.69%"),
        ("1", "0.999", 1e-6, "100%"),
        ("0.9999999", "0.999", 1e-3, "99.99999%"),  # never 100% when something failed
        ("0.998996", "0.999", 1e-3, "99.8996%"),  # never on the wrong side of the target
        ("0.999", "0.999", 1e-6, "99.9%"),
        ("0", "0.5", 0.5, "0%"),
        ("1/3", "0.5", 1e-9, "33.333%"),
    ],
)
def test_a_percentage_has_the_digits_that_it_carries(ratio, target, move, text):
    assert percentage(Fraction(ratio), Fraction(target), move) == text


def test_days_are_those_of_known_time():
    moments = tuple(HOUR * at for at in (12, 24, 36, 48, 60))
    known, used = (0.0, 3600.0, 3600.0, 3600.0, 7200.0), (0.0, 360.0, 360.0, 360.0, 360.0)
    days = days_of(History(moments, known, {"all_fail": used}), "all_fail")
    assert [day.availability for day in days] == [pytest.approx(0.9), None, pytest.approx(1.0)]


def test_a_level_without_history_has_no_figure():
    for plot in (plot_availability, plot_budget):
        with pytest.raises(ValueError, match="no history"):
            plot(ServiceLevel(None))


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0", "0% used"), ("0.0001", "<1% used"), ("0.31", "31% used"), ("0.998", ">99% used"),
        ("1", "100% used"), ("9.99", "999% used"), ("33.3", "33x used"), ("999.4", "999x used"),
        ("1e9", "9,999x"),
    ],
)  # fmt: skip
def test_the_used_budget_fits_its_column_and_is_never_gone_before_it_is(share, words):
    used = Fraction(share)
    answer = DowntimeAnswer(used, 1 - used, 1 - used, Fraction(1), 1 - used, used, True, None, None)
    assert used_words(answer) == words
    assert len(words) < 10  # of the column's ten


def test_a_fast_burn_is_written_in_plain_digits():
    rates = {"5m": Fraction(10_000), "30m": Fraction(1234, 10), "1h": Fraction(84, 100), "2h": None}
    windows = {
        name: BurnWindow(Fraction(0), Fraction(1), rate, Fraction(1))
        for name, rate in rates.items()
    }
    found = burn_words(Burn(0, windows, ()))
    assert found.endswith("5 min 10,000, 30 min 120, 1 h 0.84, 2 h -")
