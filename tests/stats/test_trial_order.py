"""Accounts that share a Sobol column in their own orders add up as independent accounts do."""

import numpy as np
import pytest
from scipy import stats

from impactcalc.stats.risk import figures
from impactcalc.stats.streams import REPLICATES, Streams
from impactcalc.stats.trial_order import TrialOrder

POINTS = 1024


def draws(seed, account):
    streams = Streams(seed, ["loss"])
    return TrialOrder(seed, account, POINTS).apply(streams.draw("loss", 0, POINTS))


@pytest.mark.parametrize("accounts", [2, 50, 200])
def test_sums_of_equal_accounts_have_the_exact_gamma_law(accounts):
    total = sum(-np.log1p(-draws(3, f"account {k}")) for k in range(accounts))
    found, exact = figures(total), stats.gamma(accounts)
    assert found.mean == pytest.approx(exact.mean(), rel=1e-3)
    spread = found.sd / np.sqrt(2 * total.size)
    assert found.sd == pytest.approx(exact.std(), abs=4 * 1.5 * spread)
    for level in (5, 50, 95):
        error = found.errors[f"p{level}"]
        assert found.quantiles[level] == pytest.approx(exact.ppf(level / 100), abs=4 * error)
    # E[X; X > v] = N P(Gamma(N+1) > v)
    shortfall = accounts * stats.gamma(accounts + 1).sf(exact.ppf(0.95)) / 0.05
    error = found.errors["expected_shortfall_95"]
    assert found.expected_shortfall_95 == pytest.approx(shortfall, abs=4 * error)


def test_accounts_are_uncorrelated():
    accounts = np.stack([draws(5, f"a{k}").ravel() for k in range(20)])
    correlation = np.corrcoef(accounts) - np.eye(20)
    assert np.abs(correlation).max() < 4.5 / np.sqrt(accounts.shape[1])


def test_an_account_keeps_its_draws_whatever_others_exist_and_differs_from_them():
    assert np.array_equal(draws(1, "north"), draws(1, "north"))
    assert not np.array_equal(draws(1, "north"), draws(1, "south"))
    assert not np.array_equal(draws(1, "north"), draws(2, "north"))


def test_one_order_serves_all_columns_of_an_account():
    streams = Streams(1, ["x", "y"])
    order = TrialOrder(1, "north", 256)
    x, y = (order.apply(streams.draw(name, 0, 256))[0] for name in ("x", "y"))
    # still a net: each of the 16 x 16 boxes holds one of the 256 points
    assert len(set(zip((x * 16).astype(int), (y * 16).astype(int), strict=True))) == 256


def test_an_order_for_other_points_is_refused():
    with pytest.raises(ValueError, match="shape"):
        TrialOrder(1, "north", 8).apply(np.zeros((REPLICATES, 16)))
