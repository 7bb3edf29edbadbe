"""The rolling origin against a plain loop with scipy, and what it may not know."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from impactcalc.analysis.backtest import backtest
from impactcalc.domain.backtest import Verdict
from impactcalc.domain.incident_history import IncidentHistory, PastIncident
from impactcalc.intake.history import HistoryOptions, read_history

DATA = Path(__file__).parents[1] / "data" / "incidents" / "github_status_incidents.csv"
PRIOR, SD, WEIGHT = math.log(4.0), 1.67, 5.0
HOUR = 3600.0


@pytest.fixture(scope="module")
def github():
    return read_history(str(DATA), HistoryOptions())


def made(starts, ends):
    rows = [
        PastIncident(HOUR * start, None if end is None else HOUR * end)
        for start, end in zip(starts, ends, strict=True)
    ]
    return IncidentHistory("h.csv", tuple(sorted(rows, key=lambda one: one.start_s)))


def random_history(seed, number, mu=0.3, sigma=1.2):
    rng = np.random.default_rng(seed)
    starts = np.cumsum(rng.exponential(3.0, number))
    return made(starts, starts + rng.lognormal(mu, sigma, number))


def forecast(history, row, elapsed, window):
    """Scipy's frozen t of the log length, from a plain loop and a general optimiser."""
    now = history.incidents[row].start_s + HOUR * elapsed
    seen, ended = [], []
    for place, one in enumerate(history.incidents):
        if place != row and one.start_s < now:
            over = one.end_s is not None and one.end_s <= now
            seen.append(math.log(((one.end_s if over else now) - one.start_s) / HOUR))
            ended.append(over)
    logs, over = np.array(seen[-window:]), np.array(ended[-window:])

    def loss(point):
        mu, sigma = point[0], math.exp(point[1])
        like = stats.norm.logpdf(logs[over], mu, sigma).sum()
        like += stats.norm.logsf(logs[~over], mu, sigma).sum()
        like -= WEIGHT * point[1] + WEIGHT / 2 * ((PRIOR - mu) ** 2 + SD**2) / sigma**2
        return -like

    best = optimize.minimize(
        loss, [0.5, 0.2], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13}
    )
    freedom = WEIGHT + over.sum()
    scale = math.exp(best.x[1]) * math.sqrt(1 + 1 / freedom)
    return stats.t(freedom, best.x[0], scale)


@pytest.mark.parametrize("elapsed", [0.0, 1.0, 2.0, 4.0])
def test_a_forecast_is_that_of_a_plain_loop(elapsed):
    history = random_history(11, 40)
    row = 39
    actual = (history.incidents[row].end_s - history.incidents[row].start_s) / HOUR
    if actual <= elapsed:  # this one is to be forecast, whatever its length
        start = history.incidents[row].start_s
        rows = (*history.incidents[:-1], PastIncident(start, start + HOUR * 6.5))
        history, actual = history._replace(incidents=rows), 6.5
    law = forecast(history, row, elapsed, 25)
    rest = law.sf(math.log(elapsed)) if elapsed else 1.0

    def survival(x):
        return law.sf(math.log(x)) / rest if x > elapsed else 1.0

    under, _ = integrate.quad(lambda x: (1 - survival(x)) ** 2, elapsed, actual, limit=200)
    over, _ = integrate.quad(lambda x: survival(x) ** 2, actual, 2160.0, limit=500)
    (asked,) = backtest(history, burn_in=39, window=25, asked_h=[elapsed]).asked
    assert asked.n == 1
    assert asked.pit[0] == pytest.approx(1 - survival(actual), abs=1e-5)
    assert asked.crps_h == pytest.approx(under + over, rel=3e-3)
    low, high = (math.exp(law.isf(rest * share)) for share in (0.9, 0.1))
    assert asked.width80_h == pytest.approx(high - low, rel=1e-4)
    median = math.exp(law.isf(rest / 2))
    assert asked.bias_h == pytest.approx(median - actual, rel=1e-4, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(10, 45), st.sampled_from([0.0, 1.0, 4.0]))
def test_what_came_later_changes_no_forecast(seed, row, elapsed):
    history = random_history(seed, 60)
    now = history.incidents[row].start_s + HOUR * elapsed
    rng = np.random.default_rng(seed + 1)
    changed = []
    for place, one in enumerate(history.incidents):
        if place == row or (one.start_s < now and one.end_s <= now):
            changed.append(one)
        elif one.start_s < now:  # still running then: nobody knew how long
            changed.append(one._replace(end_s=now + HOUR * rng.exponential(20.0)))
    other = history._replace(incidents=tuple(changed))
    if history.incidents[row].end_s <= now:
        return
    here = changed.index(history.incidents[row])
    one, two = (backtest(h, burn_in=0, asked_h=[elapsed]) for h in (history, other))
    scored = [
        [k for k, each in enumerate(h.incidents) if each.end_s - each.start_s > HOUR * elapsed]
        for h in (history, other)
    ]
    before = one.asked[0].pit[scored[0].index(row)]
    after = two.asked[0].pit[scored[1].index(here)]
    assert after == pytest.approx(before, abs=1e-12)


def test_open_incidents_are_learned_from_but_not_scored():
    starts = [10.0 * k for k in range(40)]
    ends = [start + 1 for start in starts]
    closed = backtest(made(starts, ends), burn_in=30)
    running = backtest(made(starts, [*ends[:35], None, *ends[36:]]), burn_in=30)
    assert (closed.scored, running.scored, running.incidents) == (10, 9, 40)
    # what has run for hours makes the next ones look longer
    assert running.asked[0].bias_h > closed.asked[0].bias_h


def test_lengths_drawn_from_one_law_are_found_well_calibrated():
    found = backtest(random_history(3, 700, PRIOR, SD))
    assert found.verdict is Verdict.CALIBRATED
    assert found.scored == 600
    assert all(low < one.coverage[80] < high for one in found.asked for low, high in [one.band80])
    assert all(one.pit_ks_p > 0.05 for one in found.asked)


@pytest.mark.parametrize(("spread", "verdict"), [(3.5, "overconfident"), (0.05, "underconfident")])
def test_a_spread_that_changes_is_found_too_narrow_or_too_wide(spread, verdict):
    rng = np.random.default_rng(4)
    lengths = np.exp(np.concatenate([rng.normal(1, 0.6, 100), rng.normal(1, spread, 60)]))
    starts = 200.0 * np.arange(160)
    assert backtest(made(starts, starts + lengths), window=1000).verdict == verdict


def test_below_30_scored_nothing_is_judged():
    few = backtest(random_history(5, 129))
    assert (few.scored, few.verdict, few.band80) == (29, Verdict.TOO_FEW, None)
    one = backtest(random_history(5, 1))
    assert (one.scored, one.verdict) == (0, Verdict.TOO_FEW)
    assert [asked.n for asked in one.asked] == [0, 0, 0, 0]


def test_blocks_of_forecasts_change_nothing(github, monkeypatch):
    whole = backtest(github)
    monkeypatch.setattr("impactcalc.analysis.backtest._BLOCK", 7)
    parts = backtest(github)
    for one, other in zip(whole.asked, parts.asked, strict=True):
        assert other.pit == pytest.approx(one.pit, abs=1e-12)
        assert other.crps_h == pytest.approx(one.crps_h, rel=1e-12)
        assert other.skill == pytest.approx(one.skill, rel=1e-9)


def test_on_the_status_page_80_percent_hold_at_every_asked_time(github):
    found = backtest(github)
    assert found.verdict is Verdict.CALIBRATED
    assert [one.n for one in found.asked] == [285, 134, 65, 31]
    for one in found.asked:
        low, high = stats.binom(one.n, 0.8).interval(0.95)
        assert low <= round(one.coverage[80] * one.n) <= high
        assert one.pit_ks_p > 0.05


def plain(history, elapsed, kind):
    """CRPS of the exponential law of the mean, or of a fresh lognormal from now on."""
    scores = []
    for row in range(100, len(history.incidents)):
        own = history.incidents[row]
        actual = (own.end_s - own.start_s) / HOUR
        if actual <= elapsed:
            continue
        now = own.start_s + HOUR * elapsed
        known = [o for k, o in enumerate(history.incidents) if k != row and o.start_s < now][-120:]
        seen = np.array([(min(o.end_s, now) - o.start_s) / HOUR for o in known])
        ended = np.array([o.end_s <= now for o in known])
        rest = actual - elapsed
        if kind == "exponential":
            mean = seen.sum() / ended.sum()
            scores.append(rest + 2 * mean * math.expm1(-rest / mean) + mean / 2)
        else:
            logs = np.log(seen[ended])
            law = stats.lognorm(logs.std(), scale=math.exp(logs.mean()))
            values = law.ppf((np.arange(400) + 0.5) / 400)
            levels = (np.arange(400) + 0.5) / 400
            scores.append(2 * np.mean((values - rest) * ((values > rest) - levels)))
    return float(np.mean(scores))


def test_on_the_status_page_it_beats_the_exponential_law_and_starting_again(github):
    ours = [one.crps_h for one in backtest(github).asked]
    exponential = [plain(github, elapsed, "exponential") for elapsed in (0, 1, 2, 4)]
    again = [plain(github, elapsed, "again") for elapsed in (1, 2, 4)]
    assert np.mean(ours) < np.mean(exponential)
    assert np.mean(ours[1:]) < np.mean(again)
    for one, others in zip(ours[1:], zip(exponential[1:], again, strict=True), strict=True):
        assert one < 1.02 * min(others)


def test_the_empirical_forecast_is_the_lengths_that_lasted_longer(github):
    found = backtest(github)
    scores = []
    for row in range(100, len(github.incidents)):
        own = github.incidents[row]
        actual, now = (own.end_s - own.start_s) / HOUR, own.start_s + HOUR
        if actual <= 1:
            continue
        lengths = [
            (o.end_s - o.start_s) / HOUR
            for k, o in enumerate(github.incidents)
            if k != row and o.end_s <= now
        ]
        sample = np.array([x for x in lengths if x > 1])
        pairs = np.abs(sample[:, None] - sample[None, :]).mean()
        scores.append(np.abs(sample - actual).mean() - pairs / 2)
    assert found.asked[1].skill == pytest.approx(
        1 - found.asked[1].crps_h / np.mean(scores), rel=1e-9
    )


def test_the_last_forecasts_stand_beside_what_happened(github):
    found = backtest(github)
    assert len(found.last) == 30
    assert found.last[-1].start_s == github.incidents[-1].start_s
    assert all(list(one.quantiles_h) == sorted(one.quantiles_h) for one in found.last)
    inside = sum(one.quantiles_h[0] <= one.actual_h <= one.quantiles_h[-1] for one in found.last)
    assert inside == sum(0.05 <= p <= 0.95 for p in found.asked[0].pit[-30:])
