"""golden.json entry by entry, through the product's own functions.

Budgets' periods: `tests/intake/test_period`; slices, histogram and counter: `tests/models/sli`,
`tests/intake/prometheus`; what is here needs several of them. Composites of promises (products of
availabilities) have no function in the product: a measured union counts, a product only promises.
"""

import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from impactcalc.domain.contract import CreditSchedule, CreditTier, DowntimeRule
from impactcalc.domain.contract import Downtime as Reading
from impactcalc.domain.observation import (
    MINUTE_NS,
    SECOND_NS,
    Counts,
    Episode,
    Observations,
    States,
    Window,
)
from impactcalc.domain.service_level import Demand
from impactcalc.intake.instants import parse_instant
from impactcalc.intake.observations import read_observations
from impactcalc.intake.period import parse_period
from impactcalc.intake.read_options import ReadOptions
from impactcalc.models.credit_exact import credit
from impactcalc.models.sli.burn import PAIRS, WINDOWS, burn
from impactcalc.models.sli.level import service_level

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "data" / "slo" / "golden.json").read_text(encoding="utf-8")
)
HOUR_NS = 3600 * SECOND_NS


def exact(entry):
    return Fraction(entry["exact"])


def demand_of(length_ns, target, reading="proportional"):
    return Demand(
        window=Window(0, length_ns),
        target=Fraction(target),
        excluded=(),
        rule=DowntimeRule(Reading(reading)),
        threshold=Fraction(1, 20),
        min_consecutive=1,
        min_events=0,
        slice_ns=5 * MINUTE_NS,
        slice_target=Fraction(19, 20),
        as_of_ns=length_ns,
    )


@pytest.mark.parametrize("case", GOLDEN["budgets"], ids=lambda case: case["period"])
def test_a_budget_is_exact(case):
    length = case["seconds"] * SECOND_NS
    states = States((Episode(0, 1, Fraction(0)),), Fraction(0))
    level = service_level(Observations(states), demand_of(length, case["target"]))
    allowed = level.downtime["all_fail"].allowed / SECOND_NS
    assert allowed == exact(case["budget_s"]) == 60 * exact(case["budget_minutes"])
    assert Fraction(length, HOUR_NS) == exact(case["hours"])


@pytest.mark.parametrize("case", GOLDEN["burn"], ids=lambda case: case["error_ratio"])
def test_a_constant_error_ratio_exhausts_the_month_when_the_burn_rate_says(case):
    length = 720 * HOUR_NS
    ratio = Fraction(case["error_ratio"])
    states = States((Episode(0, length, ratio),), Fraction(0))
    answer = service_level(Observations(states), demand_of(length, case["target"])).downtime[
        "proportional"
    ]
    gone = case["time_to_exhaustion_of_30_d_h"]
    rate = exact(case["burn_rate"])
    assert answer.consumed_share == rate
    if gone is None or exact(gone) > 720:
        assert answer.exhausted_ns is None
    else:
        assert answer.exhausted_ns == math.ceil(exact(gone) * HOUR_NS)


PAIRS_OF = [
    (setting, window) for setting in GOLDEN["alerts"] for window in setting["windows"]
]  # fmt: skip


@pytest.mark.parametrize(("setting", "window"), PAIRS_OF)
def test_an_alert_pair_is_what_its_factor_means(setting, window):
    long, short, factor = next(each for each in PAIRS if each[2] == Fraction(window["factor"]))
    assert Fraction(WINDOWS[long], HOUR_NS) == exact(window["long_h"])
    assert Fraction(WINDOWS[short], HOUR_NS) == exact(window["short_h"])
    budget = 1 - Fraction(setting["target"])
    assert factor * budget == exact(window["error_ratio_threshold"])
    period = int(setting["period_h"]) * HOUR_NS
    assert factor * WINDOWS[long] / period == exact(window["budget_share_spent_when_firing"])


def steady(clean, bad, after, ratio, step_s):
    """Good rows, rows that fail at a ratio, good rows: numbers of rows."""
    each = 10_000
    good = np.full(clean + bad + after, each)
    good[clean : clean + bad] = each - int(each * ratio)
    starts = np.arange(len(good)) * step_s * SECOND_NS
    return Counts(
        starts, step_s * SECOND_NS, good, np.full(len(good), each), np.ones(len(good), dtype=bool)
    )


@pytest.mark.parametrize(("setting", "window"), PAIRS_OF)
def test_an_alert_fires_and_ends_when_the_closed_form_says(setting, window):
    long_s = int(exact(window["long_h"]) * 3600)
    step = 1 if long_s <= 21_600 else 12
    clean = long_s // step
    target = Fraction(setting["target"])
    for case in window["cases"]:
        ratio = Fraction(case["error_ratio"])
        if case["detection_s"] is None:
            lasts = long_s // step  # a whole long window at or below the threshold
            table = steady(clean, lasts, 0, ratio, step)
            whole = Window(0, (clean + lasts) * step * SECOND_NS)
            found = burn(table, whole, None, target, whole.end_ns)
            alert = next(one for one in found.alerts if one.factor == Fraction(window["factor"]))
            assert alert.first_fired_ns is None
            continue
        detection, reset = exact(case["detection_s"]), exact(case["reset_after_recovery_s"])
        bad = max(int(detection) // step + 2, int(exact(window["short_h"]) * 3600) // step)
        after = int(reset) // step + 3
        table = steady(clean, bad, after, ratio, step)
        recovery = (clean + bad) * step
        whole = Window(0, (clean + bad + after) * step * SECOND_NS)

        def alert_at(seconds, table=table, whole=whole):
            found = burn(table, whole, None, target, int(seconds) * SECOND_NS)
            return next(one for one in found.alerts if one.factor == Fraction(window["factor"]))

        fired = Fraction(alert_at(recovery).first_fired_ns, SECOND_NS) - clean * step
        assert detection < fired <= detection + step
        last = recovery + math.ceil(reset / step) * step
        assert not alert_at(last).firing
        if last - step > recovery:
            assert alert_at(last - step).firing


def test_regions_merge_by_their_events_never_by_the_mean_of_their_ratios(tmp_path):
    composite = GOLDEN["composite"]
    series = []
    for region, (good, valid) in enumerate(composite["regions_good_valid"]):
        for code, rise in (("200", good), ("500", valid - good)):
            metric = {"__name__": "requests_total", "region": f"r{region}", "code": code}
            values = [[1_704_067_200, "5"], [1_704_067_260, str(5 + rise)]]
            series.append({"metric": metric, "values": values})
    answer = {"status": "success", "data": {"resultType": "matrix", "result": series}}
    path = tmp_path / "regions.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    options = ReadOptions(errors='code=~"5.."')
    counts = read_observations([str(path)], options).data
    assert isinstance(counts, Counts)
    found = Fraction(int(counts.good.sum()), int(counts.valid.sum()))
    assert found == exact(composite["merged_by_events"])
    assert found != exact(composite["mean_of_ratios_wrong"])


def test_what_any_service_loses_is_the_union_and_what_all_lose_the_intersection():
    composite = GOLDEN["composite"]
    downs = composite["down_minutes_in_a_30_day_month"]
    length = 30 * 1440 * MINUTE_NS
    states = States(
        tuple(
            Episode(start * MINUTE_NS, end * MINUTE_NS, Fraction(1))
            for spans in downs.values()
            for start, end in spans
        ),
        Fraction(0),
    )
    level = service_level(Observations(states), demand_of(length, "0.999"))
    answer = level.downtime["all_fail"]
    assert answer.downtime == composite["minutes_any_down"] * MINUTE_NS
    assert answer.availability == exact(composite["availability_any"])
    # never better than the worst case of promises that fail one after the other would have it
    promised = sum(1 - Fraction(target) for _, target in composite["services"])
    assert 1 - promised == exact(composite["worst_case_bound_fully_disjoint"])


def test_an_incident_over_midnight_of_a_month_splits_in_its_zone():
    case = GOLDEN["straddle"]
    episode = Episode(parse_instant(case["from"]), parse_instant(case["to"]), Fraction(1))
    for month, hours in case["split_h"].items():
        window = parse_period(f"month {month} in {case['tz']}").resolve(None, None)
        asked = demand_of(1, "0.999")._replace(window=window)
        level = service_level(Observations(States((episode,), Fraction(0))), asked)
        assert level.downtime["all_fail"].downtime == hours * HOUR_NS


def test_the_straight_line_of_the_projection_says_fine():
    case = GOLDEN["projection"]
    elapsed, period = int(case["elapsed_h"]) * HOUR_NS, int(case["period_h"]) * HOUR_NS
    used = int(Fraction(case["used_h"]) * HOUR_NS)
    states = States((Episode(0, elapsed, Fraction(0)), Episode(0, used, Fraction(1))), None)
    level = service_level(
        Observations(states, Window(0, elapsed)), demand_of(period, case["target"], "all_fail")
    )
    answer = level.downtime["all_fail"]
    assert answer.allowed == Fraction(case["budget_h"]) * HOUR_NS
    assert answer.remaining == Fraction(case["left_h"]) * HOUR_NS
    line = (1 - level.pace.availability) * period / HOUR_NS
    assert line == Fraction(case["linear_extrapolation_h"])
    assert level.pace.meets_target is not case["linear_says_breach"]


def test_the_projections_closed_form_gives_every_figure():
    """Exp(m (1 + mu)) beyond what is used; the trials: tests/models/test_projection."""
    case = {key: float(value) for key, value in GOLDEN["projection"].items()
            if isinstance(value, str) and key != "how"}  # fmt: skip
    mean = case["mean_h"] * (1 + case["future_mean"])
    used, period = case["used_h"], case["period_h"]
    assert math.exp(-case["left_h"] / mean) == pytest.approx(case["breach_prob"], rel=1e-12)
    assert used + mean == pytest.approx(case["mean_final_downtime_h"], rel=1e-12)
    assert 1 - (used + mean) / period == pytest.approx(case["mean_projected_availability"])
    assert used - mean * math.log(0.05) == pytest.approx(case["p95_final_downtime_h"], rel=1e-12)
    for tier in GOLDEN["projection"]["tier_probs"]:
        left = (1 - float(tier["below"])) * period - used
        assert math.exp(-left / mean) == pytest.approx(float(tier["prob"]), rel=1e-9)
    alone = GOLDEN["projection"]["current_incident_only"]
    assert math.exp(-case["left_h"] / case["mean_h"]) == pytest.approx(float(alone["breach_prob"]))


def test_the_tier_of_each_bound_is_the_one_below_it():
    bounds = GOLDEN["projection"]["tiers"]
    tiers = tuple(
        CreditTier(Decimal(bound), Decimal(at + 1) / 10) for at, bound in enumerate(bounds)
    )
    schedule = CreditSchedule(tiers)
    for at, bound in enumerate(bounds):
        assert credit(schedule, Decimal("0.999"), Fraction(bound)).share == Fraction(at, 10)
        below = Fraction(bound) - Fraction(1, 10**12)
        assert credit(schedule, Decimal("0.999"), below).share == Fraction(at + 1, 10)


TARGETS = "0.9 0.95 0.98 0.99 0.995 0.999 0.9995 0.9999 0.99995 0.99999 0.999999"
PERIODS_H = (
    24, 168, 672, 696, 720, 720.5, 721, 743, 744, 745, 2160, 2184, 8760, 8784
)  # fmt: skip


@pytest.mark.parametrize("hours", PERIODS_H)
def test_exactly_the_allowed_downtime_is_met_in_all_154_pairs(hours):
    length = int(hours * HOUR_NS)
    for target in TARGETS.split():
        allowed = (1 - Fraction(target)) * length
        assert allowed.denominator == 1
        used = int(allowed)
        states = Observations(States((Episode(0, used, Fraction(1)),), Fraction(0)))
        one = np.zeros(1, dtype=np.int64)
        counts = Observations(
            Counts(one, used, one, one + 7, np.ones(1, dtype=bool)), Window(0, used)
        )
        for observations in (states, counts):
            answer = service_level(observations, demand_of(length, target)).downtime["all_fail"]
            assert (answer.meets_target, answer.remaining) == (True, 0)
            assert (answer.exhausted_ns, answer.breached_ns) == (used, None)
            assert answer.availability == Fraction(target)
        schedule = CreditSchedule((CreditTier(Decimal(target), Decimal("0.1")),))
        assert credit(schedule, Decimal(target), answer.availability).share == 0
        one_more = answer.availability - Fraction(1, length)
        assert credit(schedule, Decimal(target), one_more).share == Fraction(1, 10)
