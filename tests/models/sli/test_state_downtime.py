"""States over time against a reference that looks at every second."""

import json
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.observation import MINUTE_NS, Episode, Observations, States, Window
from impactcalc.domain.service_level import Demand
from impactcalc.models.sli.level import service_level

SECOND_NS = 10**9
LENGTH = 120
GOLDEN = json.loads(
    (Path(__file__).parents[2] / "data" / "slo" / "golden.json").read_text(encoding="utf-8")
)

shares = st.sampled_from([None, Fraction(0), Fraction(3, 10), Fraction(1, 20), Fraction(1)])
episodes = st.lists(
    st.tuples(st.integers(-20, 140), st.integers(0, 60), shares).map(
        lambda each: Episode(each[0] * SECOND_NS, (each[0] + each[1]) * SECOND_NS, each[2])
    ),
    max_size=8,
)


def demand_of(length_s=LENGTH, **changes):
    asked = {
        "window": Window(0, length_s * SECOND_NS),
        "target": Fraction("0.9"),
        "excluded": (),
        "rule": None,
        "threshold": Fraction(1, 20),
        "min_consecutive": 1,
        "min_events": 0,
        "slice_ns": 5 * MINUTE_NS,
        "slice_target": Fraction("0.95"),
        "as_of_ns": length_s * SECOND_NS,
    }
    return Demand(**asked | changes)


def second(states, at):
    """Return the lost share of one second; None: unknown."""
    now = [each.lost_share for each in states.episodes
           if each.start_ns <= at * SECOND_NS < each.end_ns]  # fmt: skip
    known = [share for share in now if share is not None]
    if known:
        return max(known)
    return None if now else states.otherwise


def weight(share, reading):
    if share is None:
        return Fraction(0)
    return {"all_fail": Fraction(share == 1), "threshold": Fraction(share > Fraction(1, 20)),
            "proportional": share}[reading]  # fmt: skip


@given(episodes, st.sampled_from([None, Fraction(0)]), st.integers(0, 100), st.integers(1, 15))
def test_every_reading_agrees_with_the_seconds(found, otherwise, first, length):
    states = States(tuple(found), otherwise)
    cut = Window(first * SECOND_NS, (first + length) * SECOND_NS)
    level = service_level(Observations(states), demand_of(excluded=(cut,)))
    kept = [second(states, at) for at in range(LENGTH) if not first <= at < first + length]
    assert level.time.unknown == kept.count(None) * SECOND_NS
    assert level.time.counted == len(kept) * SECOND_NS
    for reading, answer in level.downtime.items():
        used = sum((weight(share, reading) for share in kept), Fraction(0))
        assert answer.downtime == used * SECOND_NS
        assert answer.meets_target == (used <= Fraction(len(kept), 10))


def test_the_budget_accrues_continuously_and_is_gone_at_the_very_moment():
    states = States((Episode(10 * SECOND_NS, 60 * SECOND_NS, Fraction(3, 10)),), Fraction(0))
    answer = service_level(Observations(states), demand_of()).downtime["proportional"]
    assert answer.exhausted_ns == answer.breached_ns == 50 * SECOND_NS  # 40 s of 3/10 are 12 s


def test_exactly_the_allowed_downtime_is_exhausted_but_not_breached():
    states = States((Episode(0, 12 * SECOND_NS, Fraction(1)),), Fraction(0))
    answer = service_level(Observations(states), demand_of()).downtime["all_fail"]
    assert (answer.exhausted_ns, answer.breached_ns) == (12 * SECOND_NS, None)
    assert answer.meets_target
    more = States(
        (*states.episodes, Episode(70 * SECOND_NS, 71 * SECOND_NS, Fraction(1))), Fraction(0)
    )
    again = service_level(Observations(more), demand_of()).downtime["all_fail"]
    assert (again.exhausted_ns, again.breached_ns) == (12 * SECOND_NS, 70 * SECOND_NS)


def test_only_long_runs_count_when_the_contract_says_so():
    down = [(0, 119), (200, 320), (320, 330)]  # seconds; the last two touch
    states = States(
        tuple(Episode(a * SECOND_NS, b * SECOND_NS, Fraction(1)) for a, b in down), Fraction(0)
    )
    level = service_level(Observations(states), demand_of(600, min_consecutive=2))
    assert level.downtime["all_fail"].downtime == 130 * SECOND_NS
    assert level.downtime["proportional"].downtime == 249 * SECOND_NS


def test_a_composite_is_the_union_of_what_was_down():
    downs = GOLDEN["composite"]["down_minutes_in_a_30_day_month"]
    states = States(
        tuple(
            Episode(start * MINUTE_NS, end * MINUTE_NS, Fraction(1))
            for service in downs.values()
            for start, end in service
        ),
        Fraction(0),
    )
    level = service_level(Observations(states), demand_of(30 * 86400))
    answer = level.downtime["all_fail"]
    assert answer.downtime == GOLDEN["composite"]["minutes_any_down"] * MINUTE_NS
    assert answer.availability == Fraction(GOLDEN["composite"]["availability_any"]["exact"])


def test_exactly_the_allowed_downtime_is_met_for_every_target_and_period():
    for case in GOLDEN["budgets"]:
        target, seconds = Fraction(case["target"]), case["seconds"]
        allowed = Fraction(case["budget_s"]["exact"]) * SECOND_NS
        assert allowed.denominator == 1
        states = States((Episode(0, int(allowed), Fraction(1)),), Fraction(0))
        demand = demand_of(seconds, target=target)
        answer = service_level(Observations(states), demand).downtime["all_fail"]
        assert (answer.meets_target, answer.remaining) == (True, 0), case
        one_more = States((Episode(0, int(allowed) + 1, Fraction(1)),), Fraction(0))
        broken = service_level(Observations(one_more), demand).downtime["all_fail"]
        assert (broken.meets_target, broken.remaining) == (False, -1), case
