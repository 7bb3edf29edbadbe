"""Laws by category against the closed form, and counts by month."""

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from impactcalc.analysis.calibration import arrivals, fit_category
from impactcalc.domain.incident_history import IncidentHistory, PastIncident
from impactcalc.domain.quantity import Dimension, Law
from impactcalc.intake.history import HistoryOptions, read_history
from impactcalc.models.laws import hours_law

DATA = Path(__file__).parents[1] / "data" / "incidents"
HOUR, DAY = 3600.0, 86400.0
NOW = datetime(2024, 6, 1, tzinfo=UTC).timestamp()


def made(lengths, labels=(), first=NOW - 400 * DAY, gap=DAY):
    rows = [
        PastIncident(first + k * gap, None if h is None else first + k * gap + h * HOUR, labels)
        for k, h in enumerate(lengths)
    ]
    return IncidentHistory("h.csv", tuple(rows))


def closed_form(lengths, median, sd, weight=5.0):
    """MODEL.md section 2, "history given", word by word."""
    y = np.log(lengths)
    n, ybar = y.size, y.mean()
    k = nu = weight + n
    mu0 = math.log(median)
    m = (weight * mu0 + n * ybar) / k
    square = weight * sd**2 + ((y - ybar) ** 2).sum() + weight * n / k * (ybar - mu0) ** 2
    return stats.t(nu, m, math.sqrt(square / nu) * math.sqrt(1 + 1 / k))


@pytest.mark.parametrize(
    ("category", "median", "sd"),
    [("all", 4.0, 1.67), ("database", 15.8, 1.89), ("minor", 4.0, 1.67)],
)
def test_a_category_updates_its_own_prior_an_unknown_one_that_of_all(category, median, sd):
    lengths = [0.5, 2.0, 7.0, 30.0]
    fit = fit_category(made(lengths, (category,)), category, NOW)
    exact = closed_form(lengths, median, sd)
    law = hours_law(fit.quantity)
    z = np.array([-2.0, -0.5, 0.0, 1.0, 2.5])
    expected = np.minimum(exact.ppf(stats.norm.cdf(z)), math.log(2160))
    assert np.log(law.from_normal(z)) == pytest.approx(expected, rel=1e-5)
    assert (fit.quantity.law, fit.quantity.dimension) == (Law.FITTED, Dimension.DURATION)
    assert (fit.ended, fit.running, fit.known) == (4, 0, 4)
    assert fit.share_cut == pytest.approx(exact.sf(math.log(2160)), rel=1e-4)
    assert (math.log(fit.p5_h), math.log(fit.p95_h)) == pytest.approx(exact.interval(0.9), rel=1e-5)


def test_what_has_elapsed_conditions_by_students_survival_function():
    fit = fit_category(made([0.5, 2.0, 7.0, 30.0]), "all", NOW)
    exact = closed_form([0.5, 2.0, 7.0, 30.0], 4.0, 1.67)
    law = hours_law(fit.quantity)
    for elapsed in (0.2, 6.0, 100.0):
        longer = stats.norm.sf(float(law.score(elapsed)))
        assert longer == pytest.approx(exact.sf(math.log(elapsed)), rel=1e-4)


def test_the_newest_120_count():
    old, new = [100.0] * 50, [1.0 + 0.01 * k for k in range(120)]
    fit = fit_category(made([*old, *new]), "all", NOW)
    assert (fit.ended, fit.known) == (120, 170)
    alone = fit_category(made(new, first=NOW - 350 * DAY), "all", NOW)
    assert fit.quantity == alone.quantity


def test_nothing_after_the_forecast_is_known():
    lengths = [2.0, 3.0, 50.0, 4.0]
    history = made(lengths, first=NOW, gap=10 * HOUR)
    as_of = NOW + 30 * HOUR  # the third still runs for 40 h, the fourth is to begin
    fit = fit_category(history, "all", as_of)
    assert (fit.ended, fit.running, fit.known) == (2, 1, 3)
    running = made([2.0, 3.0, None], first=NOW, gap=10 * HOUR)
    assert fit_category(running, "all", as_of).quantity == fit.quantity
    assert fit_category(history, "all", NOW) is None


def test_what_still_runs_makes_the_fit_longer():
    ended = fit_category(made([2.0, 3.0, 4.0]), "all", NOW)
    running = fit_category(made([2.0, 3.0, 4.0, None]), "all", NOW)
    assert running.median_h > 2 * ended.median_h
    only = fit_category(made([None]), "all", NOW)
    assert (only.ended, only.running) == (0, 1)
    assert only.median_h > 4.0


def test_the_post_mortems_fall_into_the_shipped_categories():
    history = read_history(str(DATA / "public_incidents.csv"), HistoryOptions())
    fit = fit_category(history, "coordination", datetime(2026, 11, 1, tzinfo=UTC).timestamp())
    assert (fit.ended, fit.prior) == (10, "coordination")
    assert 5 < fit.median_h < 10
    assert fit_category(history, "weather", NOW) is None


def monthly(counts, first=(2023, 1)):
    """Incidents on the first days of whole months, after one at the end of the month before."""
    year, month = first
    moment = datetime(year, month, 1, tzinfo=UTC)
    starts = [(moment - timedelta(days=3)).timestamp()]
    for number in counts:
        starts += [(moment + timedelta(hours=5 * k)).timestamp() for k in range(number)]
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        moment = datetime(year, month, 1, tzinfo=UTC)
    rows = tuple(PastIncident(start, start + HOUR) for start in starts)
    return IncidentHistory("h.csv", rows), moment.timestamp()


def test_months_that_vary_have_the_size_of_the_model():
    counts = [3, 0, 9, 2, 14, 6, 1, 5, 8, 2, 4, 18]
    history, end = monthly(counts)
    seen = arrivals(history, end + 2 * DAY)
    mean, variance = np.mean(counts), np.var(counts, ddof=1)
    assert seen.months == 12
    assert seen.variance == pytest.approx(variance)
    assert seen.monthly_size == pytest.approx(mean**2 / (variance - mean))
    assert seen.per_year == pytest.approx(sum(counts))


def test_months_that_hardly_vary_are_a_poisson_count():
    history, end = monthly([4, 5, 4, 5, 4])
    seen = arrivals(history, end)
    assert (seen.months, seen.monthly_size) == (5, None)
    assert seen.per_year == pytest.approx(22 * 365 / 151)  # January to May 2023


def test_too_few_months_are_the_plain_rate():
    history, end = monthly([4, 5])
    seen = arrivals(history, end)
    assert (seen.monthly_size, seen.variance) == (None, None)
    assert seen.per_year == pytest.approx(10 * 365 / (3 + 31 + 28))


def test_the_status_page_has_the_counts_of_its_months():
    history = read_history(str(DATA / "github_status_incidents.csv"), HistoryOptions())
    seen = arrivals(history, datetime(2025, 1, 1, tzinfo=UTC).timestamp())
    months = [f"{datetime.fromtimestamp(one.start_s, UTC):%Y-%m}" for one in history.incidents]
    counts = [months.count(each) for each in sorted(set(months)) if each != "2022-03"]
    assert seen.months == len(counts) == 33
    assert seen.variance == pytest.approx(np.var(counts, ddof=1))
    assert arrivals(history, history.incidents[0].start_s) is None
