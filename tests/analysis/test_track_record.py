"""One's own forecasts against what came true: matched, scored by hand, judged by the band."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from scipy.stats import binom, lognorm, norm

from impactcalc.analysis.track_record import score_records
from impactcalc.domain.backtest import Verdict
from impactcalc.domain.track_record import QUANTILES, Actual, KeptForecast
from impactcalc.stats.scoring import crps_lognormal

START = datetime(2026, 1, 1, tzinfo=UTC)
LEVELS = np.array(QUANTILES) / 100
NAMES = ("reports", "actuals.csv")
SIGMA = 1.2


def forecast(number, day=0.0, sigma=SIGMA, median=6.0, **more):
    ends = tuple((median * lognorm.ppf(LEVELS, sigma)).tolist())
    values = {
        "file": f"reports/{number}-{day}.json",
        "id": f"T{number}",
        "as_of": START + timedelta(days=float(number) + day),
        "elapsed_h": 2.0,
        "open": True,
        "rest_h": ends,
        "loss": tuple(1000 * end for end in ends),
        "currency": "EUR",
    }
    return KeptForecast(**(values | more))


def came_true(one, hours, line=2, **more):
    values = {
        "line": line,
        "id": one.id,
        "first": one.as_of,
        "last": one.as_of,
        "ended": None if hours is None else one.as_of + timedelta(hours=hours),
        "loss": None,
    }
    return Actual(**(values | more))


def scored(outcomes, sigma=SIGMA):
    made = [forecast(number, sigma=sigma) for number in range(len(outcomes))]
    pairs = zip(made, outcomes, strict=True)
    lines = [came_true(one, hours, k) for k, (one, hours) in enumerate(pairs, 2)]
    return score_records(made, lines, NAMES)


def lived(number, sigma, seed):
    return (6.0 * np.exp(sigma * np.random.default_rng(seed).standard_normal(number))).tolist()


def test_scores_are_those_of_the_law_that_the_quantiles_tell():
    outcomes = [0.5, 3.0, 6.0, 40.0]
    found = scored(outcomes)
    exact = crps_lognormal(math.log(6.0), SIGMA, outcomes)
    assert found.ends.crps_h == pytest.approx(exact.mean(), rel=5e-3)
    assert found.ends.pit == pytest.approx(lognorm.cdf(outcomes, SIGMA, scale=6.0), abs=1e-6)
    # 0.5 h and 40 h lie outside the 80% range of 1.3 to 28 h; 40 h inside the 90% one, up to 43 h
    assert found.ends.coverage == {50: 0.5, 80: 0.5, 90: 0.75}
    assert found.ends.bias_h == pytest.approx(np.median([5.5, 3.0, 0.0, -34.0]))
    width = 6.0 * (math.exp(SIGMA * norm.ppf(0.9)) - math.exp(SIGMA * norm.ppf(0.1)))
    assert found.ends.width80_h == pytest.approx(width)
    assert (found.ends.n, found.ends.elapsed_h) == (4, 2.0)


def test_below_thirty_incidents_nothing_is_judged():
    found = scored(lived(29, SIGMA, 1))
    assert found.verdict is Verdict.TOO_FEW
    assert found.pooled80 is found.band80 is None
    assert found.ends.crps_h > 0
    assert scored(lived(30, SIGMA, 1)).verdict is not Verdict.TOO_FEW


@pytest.mark.parametrize(
    ("truth", "verdict"),
    [
        (SIGMA, Verdict.CALIBRATED),
        (2 * SIGMA, Verdict.OVERCONFIDENT),
        (SIGMA / 3, Verdict.UNDERCONFIDENT),
    ],
)
def test_the_verdict_follows_the_coverage(truth, verdict):
    found = scored(lived(100, truth, 7))
    assert found.verdict is verdict
    low, high = binom.ppf([0.025, 0.975], 100, 0.8) / 100
    assert found.band80 == pytest.approx((low, high))


def test_right_forecasts_are_called_so_in_19_of_20_cases():
    called = [scored(lived(60, SIGMA, seed)).verdict for seed in range(100)]
    right = np.mean([each is Verdict.CALIBRATED for each in called])
    assert right == pytest.approx(0.96, abs=0.05)


def test_forecasts_of_one_incident_count_once():
    alone = [forecast(number) for number in range(30)]
    again = [forecast(0, day=0.01 * k) for k in range(1, 31)]
    inside, outside = 6.0, 500.0
    lines = [came_true(one, inside, k) for k, one in enumerate(alone[1:], 2)]
    # the first incident is forecast 31 times, and every one of them misses
    lines.append(came_true(alone[0], outside, 99, first=None, last=None))
    found = score_records([*alone, *again], lines, NAMES)
    assert (found.scored, found.forecasts, found.incidents) == (30, 60, 30)
    assert found.pooled80 == pytest.approx(29 / 30)
    assert found.ends.coverage[80] == pytest.approx(29 / 60)
    assert found.band80 == pytest.approx(tuple(binom.ppf([0.025, 0.975], 30, 0.8) / 30))
    fewer = score_records([*alone[:-1], *again], [*lines[:-2], lines[-1]], NAMES)
    assert (fewer.scored, fewer.forecasts) == (29, 59)
    assert fewer.verdict is Verdict.TOO_FEW


def test_losses_are_scored_in_their_currency():
    made = [forecast(0), forecast(1), forecast(2, currency="USD"), forecast(3, loss=None)]
    lines = [
        came_true(made[0], None, 2, loss=6000.0),
        came_true(made[1], None, 3, loss=90_000.0, currency="EUR"),
        came_true(made[2], None, 4, loss=1.0, currency="EUR"),
        came_true(made[3], None, 5, loss=1.0),
    ]
    found = score_records(made, lines, NAMES)
    exact = crps_lognormal(math.log(6000.0), SIGMA, [6000.0, 90_000.0])
    assert found.loss.crps == pytest.approx(exact.mean(), rel=5e-3)
    assert (found.loss.n, found.loss.currency) == (2, "EUR")
    assert found.loss.coverage == {50: 0.5, 80: 0.5, 90: 0.5}
    assert found.forecasts == 0
    (skipped,) = found.skipped
    assert (skipped.line, skipped.why) == (4, "the loss is in EUR, the record is in USD")


def test_lines_of_a_day_or_of_all_forecasts_find_their_records():
    morning, evening = forecast(5), forecast(5, day=0.7)
    day = came_true(morning, 9.0, 2, last=morning.as_of + timedelta(hours=12))
    rest = came_true(morning, 90.0, 3, first=None, last=None)
    found = score_records([morning, evening], [rest, day], NAMES)
    assert found.forecasts == 2
    # the line of that very day goes before that of all: 9 h and 90 h - 16.8 h
    pit = lognorm.cdf([9.0, 90.0 - 24 * 0.7], SIGMA, scale=6.0)
    assert found.ends.pit == pytest.approx(pit, abs=1e-6)


def test_what_cannot_be_scored_is_listed():
    over = forecast(1, open=False)
    nameless = forecast(2, id="")
    twice = forecast(3)
    copy = twice._replace(file="reports/copy.json")
    early = forecast(4)
    waiting = forecast(5)
    lines = [
        came_true(over, 2.0, 2),
        came_true(twice, 2.0, 3),
        came_true(early, -1.0, 4),
        came_true(waiting, None, 5),
        came_true(forecast(6), 1.0, 6),
    ]
    found = score_records([over, nameless, twice, copy, early, waiting], lines, NAMES)
    assert found.forecasts == 1
    assert found.waiting == 1
    why = {(one.file, one.line): one.why for one in found.skipped}
    assert why["reports/1-0.0.json", 0] == "said that all service was back: nothing was forecast"
    assert "has no incident id" in why["reports/2-0.0.json", 0]
    kept, other = sorted([twice.file, copy.file])
    assert why[other, 0] == f"is the forecast of {kept} once more"
    assert why["actuals.csv", 4] == "T4 ended before the forecast of reports/4-0.0.json"
    assert why["actuals.csv", 6] == "there is no record of T6 as of 2026-01-07T00:00:00+00:00"
    assert len(why) == 5


def test_the_gain_is_over_the_rests_of_earlier_incidents():
    outcomes = lived(80, SIGMA, 21)
    found = scored(outcomes)
    made = [forecast(number) for number in range(80)]
    ours = crps_lognormal(math.log(6.0), SIGMA, outcomes)
    plain, own = [], []
    for k, one in enumerate(made):
        ended = [
            hours
            for other, hours in zip(made, outcomes, strict=True)
            if other.as_of + timedelta(hours=hours) <= one.as_of
        ]
        if len(ended) < 5:
            continue
        ensemble = np.array(ended)
        pairs = np.abs(ensemble[:, np.newaxis] - ensemble).mean() / 2
        plain.append(np.abs(ensemble - outcomes[k]).mean() - pairs)
        own.append(ours[k])
    assert found.ends.skill == pytest.approx(1 - np.sum(own) / np.sum(plain), abs=0.01)
    assert scored(outcomes[:30]).ends.skill is None


def test_the_newest_forecasts_are_shown():
    found = scored(lived(40, SIGMA, 2))
    assert len(found.last) == 30
    newest = found.last[-1]
    assert newest.start_s == (START + timedelta(days=39)).timestamp()
    assert newest.quantiles_h[2] == pytest.approx(6.0)
    assert list(newest.quantiles_h) == sorted(newest.quantiles_h)


def test_without_any_end_there_is_nothing_to_score():
    one = forecast(0)
    found = score_records([one], [came_true(one, None)], NAMES)
    assert (found.forecasts, found.scored, found.waiting) == (0, 0, 1)
    assert found.ends.crps_h is None
    assert found.verdict is Verdict.TOO_FEW
