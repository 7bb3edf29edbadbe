"""Figures in words."""

import math
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from impactcalc.domain.result import Estimate, Probability
from impactcalc.report import phrases
from impactcalc.report.phrases import Clock

NOW = datetime(2024, 1, 23, 12, tzinfo=UTC)
CLOCK = Clock(NOW, UTC)


def test_amounts_have_two_digits_and_their_currency(seed_estimate: Estimate) -> None:
    total = seed_estimate.customer.total
    assert total is not None
    assert phrases.amount(total, "p50", "USD") == "$19K"
    assert phrases.amount_range(total, "EUR") == "€5.6K to €58K"
    assert phrases.amount_range(total, "CHF") == "CHF 5.6K to 58K"


def test_a_figure_that_is_no_number_says_so(seed_estimate: Estimate) -> None:
    total = seed_estimate.customer.total
    assert total is not None
    endless = total._replace(mean=math.inf, expected_shortfall_95=None)
    assert phrases.amount(endless, "mean", "USD") == phrases.NO_FIGURE
    assert phrases.amount(endless, "expected_shortfall_95", "USD") == phrases.NO_FIGURE
    assert phrases.length(endless, "mean") == phrases.NO_FIGURE


def test_equal_ends_of_a_range_are_written_once(seed_estimate: Estimate) -> None:
    exposure = seed_estimate.customer.exposure
    assert exposure is not None
    assert phrases.amount_range(exposure, "USD") == "$75K"


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0.0, 0.0, "0%"),
        (1e-5, 1e-5, "under 1%"),
        (0.734, 0.001, "73%"),
        (0.734, 0.03, "70%"),
        (0.02, 0.03, "under 10%"),
        (0.9999, 1e-5, "over 99%"),
        (0.97, 0.03, "over 90%"),
        (1.0, 0.0, "100%"),
    ],
)
def test_chances_never_round_to_certainty(value: float, error: float, text: str) -> None:
    assert phrases.chance(Probability(value, error)) == text


def test_chances_as_frequencies() -> None:
    assert phrases.in_hundred(Probability(0.734, 0.0)) == "73 of 100"


def test_moments_get_coarser_with_their_distance() -> None:
    def shown(**ahead: float) -> str:
        return CLOCK.brief(NOW + timedelta(**ahead))

    assert shown(hours=3, minutes=8) == "23 Jan 15:15"
    assert shown(hours=16, minutes=40) == "24 Jan 05:00"
    assert shown(days=5, hours=3) == "28 Jan"
    assert shown(days=400) == "26 Feb 2025"


def test_a_moment_that_is_known_keeps_its_minute() -> None:
    assert CLOCK.exact(NOW - timedelta(hours=8, minutes=47)) == "23 Jan 03:13"


def test_moments_name_their_zone() -> None:
    assert CLOCK.full(NOW) == "23 Jan 2024 12:00 UTC"
    assert CLOCK.full(NOW + timedelta(days=30)) == "22 Feb 2024"
    assert CLOCK.zoned(NOW) == "23 Jan 12:00 UTC"
    assert CLOCK.zoned(NOW + timedelta(days=30)) == "22 Feb"
    paris = Clock(NOW.astimezone(ZoneInfo("Europe/Paris")), ZoneInfo("Europe/Paris"))
    assert paris.now() == "23 Jan 2024 13:00 CET"
    dubai = Clock(NOW.astimezone(ZoneInfo("Asia/Dubai")), ZoneInfo("Asia/Dubai"))
    assert dubai.zone_name == "UTC+04"
    fixed = timezone(timedelta(hours=-3))
    assert Clock(NOW.astimezone(fixed), fixed).now() == "23 Jan 2024 09:00 UTC-03:00"


def test_nothing_at_all_lasts_no_minute() -> None:
    assert phrases.seconds(0) == "0 min"
