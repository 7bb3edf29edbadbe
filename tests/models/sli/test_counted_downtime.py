"""Counted intervals against a reference that goes minute by minute with fractions."""

from fractions import Fraction

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from impactcalc.domain.observation import MINUTE_NS, Counts, Observations, Window
from impactcalc.domain.service_level import Demand
from impactcalc.models.sli.level import service_level

START = 1_704_067_200 * 10**9
UNKNOWN, IDLE = None, (0, 0)

minutes = st.one_of(
    st.just(UNKNOWN),
    st.just(IDLE),
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)


def counts_of(rows, scale=1):
    known = [at for at, row in enumerate(rows) if row is not None]
    return Counts(
        START + MINUTE_NS * np.array(known, dtype=np.int64),
        MINUTE_NS,
        np.array([rows[at][0] for at in known], dtype=np.int64),
        np.array([rows[at][1] for at in known], dtype=np.int64),
        np.ones(len(known), dtype=bool),
        scale,
    )


def demand_of(number, **changes):
    asked = {
        "window": Window(START, START + number * MINUTE_NS),
        "target": Fraction("0.9"),
        "excluded": (),
        "rule": None,
        "threshold": Fraction(1, 20),
        "min_consecutive": 1,
        "min_events": 0,
        "slice_ns": 5 * MINUTE_NS,
        "slice_target": Fraction("0.95"),
        "as_of_ns": START + number * MINUTE_NS,
    }
    return Demand(**asked | changes)


def reference(rows, demand, reading, out=()):
    """Walk through the minutes, and return downtime, exhausted and breached as minutes."""
    shares = []
    for at, row in enumerate(rows):
        if at in out or row is None or row[1] < max(1, demand.min_events):
            shares.append(Fraction(0))
        elif reading == "all_fail":
            shares.append(Fraction(row[0] == 0))
        elif reading == "threshold":
            shares.append(Fraction(Fraction(row[1] - row[0], row[1]) > demand.threshold))
        else:
            shares.append(Fraction(row[1] - row[0], row[1]))
    if reading != "proportional":
        shares = long_runs(shares, demand.min_consecutive)
    allowed = (1 - demand.target) * (len(rows) - len(out))
    used, exhausted, breached = Fraction(0), None, None
    for at, share in enumerate(shares):
        used += share
        if share and used >= allowed and exhausted is None:
            exhausted = at + 1
        if used > allowed and breached is None:
            breached = at + 1
    return used, exhausted, breached


def long_runs(shares, least):
    kept, run = [], []
    for share in [*shares, Fraction(0)]:
        if share:
            run.append(share)
            continue
        kept += run if len(run) >= least else [Fraction(0)] * len(run)
        run = []
        kept.append(share)
    return kept[:-1]


def ends(answer):
    return [
        None if each is None else (each - START) // MINUTE_NS
        for each in (answer.exhausted_ns, answer.breached_ns)
    ]


@given(
    st.lists(minutes, min_size=1, max_size=60),
    st.integers(1, 4),
    st.integers(0, 30),
    st.sampled_from([Fraction("0.5"), Fraction("0.9"), Fraction(39, 40), Fraction("0.999")]),
)
@example([(0, 10), (0, 10), *[(1, 1)] * 18], 1, 0, Fraction("0.9"))  # exactly what is allowed
@example([(2, 3), (2, 3), (2, 3), *[(1, 1)] * 7], 1, 0, Fraction("0.9"))  # three thirds
def test_every_reading_agrees_with_the_walk_through_the_minutes(rows, runs, least, target):
    demand = demand_of(len(rows), min_consecutive=runs, min_events=least, target=target)
    found = service_level(Observations(counts_of(rows)), demand).downtime
    for reading, answer in found.items():
        used, exhausted, breached = reference(rows, demand, reading)
        assert answer.downtime == used * MINUTE_NS
        assert ends(answer) == [exhausted, breached]
        assert answer.meets_target == (breached is None)
        assert answer.availability == 1 - used / len(rows)


@given(st.lists(minutes, min_size=12, max_size=40), st.integers(0, 8), st.integers(1, 6))
def test_maintenance_leaves_both_sides(rows, first, length):
    out = set(range(first, min(first + length, len(rows) - 1)))
    cut = Window(START + first * MINUTE_NS, START + (max(out, default=first - 1) + 1) * MINUTE_NS)
    demand = demand_of(len(rows), excluded=(cut,) if out else ())
    level = service_level(Observations(counts_of(rows)), demand)
    for reading, answer in level.downtime.items():
        used, exhausted, breached = reference(rows, demand, reading, out)
        assert answer.downtime == used * MINUTE_NS
        assert ends(answer) == [exhausted, breached]
    inside = [row for at, row in enumerate(rows) if at not in out]
    assert level.time.excluded == len(out) * MINUTE_NS
    assert level.time.unknown == inside.count(UNKNOWN) * MINUTE_NS
    assert level.time.idle == inside.count(IDLE) * MINUTE_NS
    assert level.occurrence.valid == sum(row[1] for row in inside if row)
    assert level.occurrence.good == sum(row[0] for row in inside if row)


def test_time_is_clipped_to_a_window_that_is_not_aligned():
    rows = [(0, 10)] * 4
    window = Window(START + 30 * 10**9, START + 3 * MINUTE_NS + 15 * 10**9)
    level = service_level(Observations(counts_of(rows)), demand_of(4)._replace(window=window))
    assert level.time.known == window.end_ns - window.start_ns == 165 * 10**9
    assert level.downtime["all_fail"].downtime == 165 * 10**9
    assert level.occurrence.valid == 30  # the first row starts before the window


def test_maintenance_in_the_middle_of_an_interval_cuts_it_in_two():
    cut = Window(START + 20 * 10**9, START + 40 * 10**9)
    level = service_level(Observations(counts_of([(0, 10)])), demand_of(1, excluded=(cut,)))
    assert (level.time.known, level.time.excluded) == (40 * 10**9, 20 * 10**9)
    assert level.downtime["proportional"].downtime == 40 * 10**9
    assert level.occurrence.valid == 10  # events belong to their interval's start


def test_a_gap_hides_when_but_not_how_many():
    counts = counts_of([(90, 100), (0, 7)])._replace(known=np.array([True, False]))
    level = service_level(Observations(counts), demand_of(2))
    assert level.occurrence.valid == 107
    assert level.time.unknown == MINUTE_NS
    assert level.downtime["all_fail"].downtime == 0


def test_counts_beyond_64_bits_of_product_stay_exact():
    rows = [(2**61, 2**61 + 2**56), (2**62 - 1, 2**62)]
    demand = demand_of(2, threshold=Fraction(2**56, 2**61 + 2**56))
    found = service_level(Observations(counts_of(rows)), demand)
    assert found.downtime["threshold"].downtime == 0  # exactly at the threshold is up
    assert found.downtime["proportional"].downtime == MINUTE_NS * (
        Fraction(2**56, 2**61 + 2**56) + Fraction(1, 2**62)
    )
    assert found.occurrence.good == 2**61 + 2**62 - 1


def test_a_scale_leaves_every_ratio_as_it_is():
    rows = [(9, 10), (0, 5), (1999, 2000), None]
    plain = service_level(Observations(counts_of(rows)), demand_of(4))
    scaled = counts_of([row and (row[0] * 10, row[1] * 10) for row in rows], scale=10)
    assert service_level(Observations(scaled), demand_of(4)).downtime == plain.downtime
    assert service_level(Observations(scaled), demand_of(4)).occurrence == plain.occurrence


def test_a_target_of_100_percent_is_broken_by_any_downtime():
    found = service_level(
        Observations(counts_of([(1, 1), (0, 1)])), demand_of(2, target=Fraction(1))
    )
    answer = found.downtime["all_fail"]
    assert (answer.meets_target, answer.consumed_share) == (False, None)
    assert ends(answer) == [1, 2]
    assert found.occurrence.burn_rate is None
    assert [alert.first_fired_ns for alert in found.burn.alerts] == [None] * 4
