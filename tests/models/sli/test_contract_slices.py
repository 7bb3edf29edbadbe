"""Downtime by the contract's own slices, against references that go step by step."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.contract import Downtime, DowntimeRule
from impactcalc.domain.observation import MINUTE_NS, Counts, Episode, Observations, States, Window
from impactcalc.domain.service_level import Demand
from impactcalc.models.measured import measured_share
from impactcalc.models.sli.level import service_level

SECOND_NS = 10**9
START = 1_704_067_200 * SECOND_NS
RULES = json.loads(
    (Path(__file__).parents[2] / "data" / "slo" / "credit_schedules.json").read_text("utf-8")
)["measuring_rules"]
HALF = Fraction(1, 2)


def demand_of(length_ns, rule, **changes):
    asked = {
        "window": Window(START, START + length_ns),
        "target": Fraction("0.9"),
        "excluded": (),
        "rule": rule,
        "threshold": HALF if rule.threshold is None else Fraction(rule.threshold),
        "min_consecutive": rule.min_consecutive,
        "min_events": rule.min_events,
        "slice_ns": 5 * MINUTE_NS,
        "slice_target": Fraction("0.95"),
        "as_of_ns": START + length_ns,
    }
    return Demand(**asked | changes)


def rule_of(reading="threshold", **fields):
    if "slice_s" in fields and fields["slice_s"] is not None:
        fields["slice_s"] = Decimal(fields["slice_s"])
    threshold = Decimal("0.5") if reading == "threshold" else None
    return DowntimeRule(Downtime(reading), threshold, **fields)


def outages():
    return States(
        tuple(
            Episode(START + first * SECOND_NS, START + last * SECOND_NS, Fraction(1))
            for first, last in RULES["outages_s"]
        ),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("continuous", {}),
        ("whole_minutes", {"slice_s": 60, "whole_slices": True}),
        ("whole_minutes", {"whole_slices": True}),
        ("min_5_consecutive", {"slice_s": 60, "whole_slices": True, "min_consecutive": 5}),
        ("min_10_consecutive", {"slice_s": 60, "whole_slices": True, "min_consecutive": 10}),
        ("whole_5_minute_intervals", {"slice_s": 300, "whole_slices": True}),
        ("touched_minutes", {"slice_s": 60}),
    ],
)
def test_the_same_six_outages_count_as_each_contract_says(name, fields):
    rule = rule_of("all_fail", **fields)
    level = service_level(Observations(outages()), demand_of(4 * 3600 * SECOND_NS, rule))
    assert level.downtime["all_fail"].downtime == RULES["downtime_s"][name] * SECOND_NS
    assert level.downtime["proportional"].downtime == RULES["raw_s"] * SECOND_NS


def test_the_same_outages_in_the_estimate_count_the_same():
    rule = rule_of("all_fail", slice_s=60, min_consecutive=5)
    window = Window(START, START + 4 * 3600 * SECOND_NS)
    found = measured_share(Observations(outages(), window, ("m",)), window, rule)
    lengths = (found.end_ns - found.start_ns) // SECOND_NS
    # touched minutes 0-1, 2-3, 10-14, 16-22, 120, 150-160: runs of 5 are 5 + 7 (16:40 on) + 11
    assert (lengths * found.readings["all_fail"]).sum() == (5 + 7 + 11) * 60
    assert (lengths * found.readings["proportional"]).sum() == RULES["raw_s"]


UNKNOWN = None
minutes = st.one_of(
    st.just(UNKNOWN), st.just((0, 0)), st.just((0, 9)), st.just((1, 9)), st.just((9, 9)),
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)  # fmt: skip


def counts_of(rows):
    known = [at for at, row in enumerate(rows) if row is not None]
    return Counts(
        START + MINUTE_NS * np.array(known, dtype=np.int64),
        MINUTE_NS,
        np.array([rows[at][0] for at in known], dtype=np.int64),
        np.array([rows[at][1] for at in known], dtype=np.int64),
        np.ones(len(known), dtype=bool),
    )


def is_down(row, reading):
    good, valid = row
    return good == 0 if reading == "all_fail" else Fraction(valid - good, valid) > HALF


def reference(rows, rule, width, reading):
    """Judge slice by slice; return the minutes down, and those of them that are unknown.

    Silence before the first and after the last row is no silence of the probes.
    """
    told = [at for at, row in enumerate(rows) if row is not None]
    down = []
    for first in range(0, len(rows), width):
        part = rows[first : first + width]
        known = [row for row in part if row is not None]
        total = (sum(row[0] for row in known), sum(row[1] for row in known))
        if not total[1]:
            inside = [row for at, row in enumerate(rows[: first + width]) if at >= first
                      and told and told[0] <= at <= told[-1]]  # fmt: skip
            bad = rule.empty_slices == "bad" and bool(inside)
            down.append((Fraction(bad), inside, True))
            continue
        if total[1] < rule.min_events:
            share = Fraction(0)
        elif reading == "proportional":
            share = Fraction(total[1] - total[0], total[1])
        else:
            whole = len(known) == width and all(
                not row[1] or is_down(row, reading) for row in known
            )
            share = Fraction(is_down(total, reading) and (whole or not rule.whole_slices))
        down.append((share, part, False))
    if reading != "proportional":
        down = runs(down, rule.min_consecutive)
    used = sum(
        (share * (len(part) if empty else sum(row is not None for row in part))
         for share, part, empty in down), Fraction(0)
    )  # fmt: skip
    silent = sum(share * part.count(None) for share, part, empty in down if empty)
    return used, silent


def runs(down, least):
    kept, run = [], []
    for each in [*down, (Fraction(0), [], True)]:
        if each[0]:
            run.append(each)
            continue
        kept += run if len(run) >= least else [(Fraction(0), *rest[1:]) for rest in run]
        run = []
        kept.append(each)
    return kept[:-1]


rules = st.builds(
    rule_of, st.just("threshold"), slice_s=st.just(None), min_consecutive=st.integers(1, 3),
    min_events=st.sampled_from([0, 8, 20]), whole_slices=st.booleans(),
    empty_slices=st.sampled_from(["excluded", "good", "bad"]),
)  # fmt: skip


@given(st.lists(minutes, min_size=1, max_size=40), rules, st.sampled_from([1, 2, 3, 5]))
def test_every_rule_agrees_with_the_walk_through_the_slices(rows, rule, width):
    rule = rule._replace(slice_s=Decimal(60 * width))
    demand = demand_of(len(rows) * MINUTE_NS, rule)
    level = service_level(Observations(counts_of(rows)), demand)
    for reading, answer in level.downtime.items():
        used, silent = reference(rows, rule, width, reading)
        assert answer.downtime == used * MINUTE_NS
        unknown = rows.count(UNKNOWN) - silent
        assert answer.availability_if_unknown_is_down == 1 - (used + unknown) / len(rows)
        assert answer.meets_target == (used <= Fraction(len(rows), 10))
    assert level.time.unknown == rows.count(UNKNOWN) * MINUTE_NS  # a rule measures nothing


@given(st.lists(minutes, min_size=1, max_size=40), rules)
def test_without_a_slice_the_row_is_one(rows, rule):
    level = service_level(Observations(counts_of(rows)), demand_of(len(rows) * MINUTE_NS, rule))
    for reading, answer in level.downtime.items():
        assert answer.downtime == reference(rows, rule, 1, reading)[0] * MINUTE_NS


@given(st.lists(minutes.filter(bool), min_size=6, max_size=30), rules, st.sampled_from([1, 3]))
def test_the_estimate_reads_the_same_downtime_where_all_is_known(rows, rule, width):
    rule = rule._replace(slice_s=Decimal(60 * width))
    window = Window(START, START + len(rows) * MINUTE_NS)
    counts = counts_of(rows)
    found = measured_share(Observations(counts, window, ("m",)), window, rule)
    level = service_level(Observations(counts), demand_of(len(rows) * MINUTE_NS, rule))
    for reading, answer in level.downtime.items():
        used = ((found.end_ns - found.start_ns) * found.readings[reading]).sum()
        assert used == pytest.approx(float(answer.downtime))


def test_slices_that_rows_cannot_make_leave_the_rows():
    rows = [(0, 10), (10, 10), (0, 10)]
    for seconds in (90, 30):
        demand = demand_of(3 * MINUTE_NS, rule_of(slice_s=seconds))
        level = service_level(Observations(counts_of(rows)), demand)
        assert level.downtime["threshold"].downtime == 2 * MINUTE_NS


def test_maintenance_leaves_slices_of_what_remains():
    rows = [(0, 10)] * 5 + [(10, 10)] * 5
    cut = Window(START + 2 * MINUTE_NS, START + 3 * MINUTE_NS)
    rule = rule_of(slice_s=300)
    asked = demand_of(10 * MINUTE_NS, rule, excluded=(cut,))
    level = service_level(Observations(counts_of(rows)), asked)
    assert level.downtime["threshold"].downtime == 4 * MINUTE_NS
    whole = demand_of(10 * MINUTE_NS, rule._replace(whole_slices=True), excluded=(cut,))
    level = service_level(Observations(counts_of(rows)), whole)
    assert level.downtime["threshold"].downtime == 0  # a slice cut short is no whole one


seconds = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 90)), max_size=5)


state_rules = st.builds(
    rule_of, st.just("all_fail"), slice_s=st.sampled_from([10, 30]), whole_slices=st.booleans(),
    min_consecutive=st.integers(1, 3), empty_slices=st.sampled_from(["excluded", "bad"]),
)  # fmt: skip


@given(seconds, seconds, state_rules)
def test_states_by_slices_agree_with_the_walk_through_the_seconds(downs, unknowns, rule):
    length = 240
    spans = [(first, min(first + n, length), Fraction(1)) for first, n in downs]
    spans += [(first, min(first + n, length), None) for first, n in unknowns]
    states = States(
        tuple(Episode(START + a * SECOND_NS, START + b * SECOND_NS, c) for a, b, c in spans),
        Fraction(0),
    )
    width, bad = int(rule.slice_s), rule.empty_slices == "bad"
    level = service_level(Observations(states), demand_of(length * SECOND_NS, rule))
    now = [[c for a, b, c in spans if a <= at < b] for at in range(length)]
    # what is known outweighs unknown
    state = ["down" if 1 in each else "unknown" if each else "up" for each in now]
    known = [at for at in range(length) if state[at] != "unknown"]
    state = [
        each if known and known[0] <= at <= known[-1] else "beyond" for at, each in enumerate(state)
    ]
    counted = {"down", "unknown"} if bad else {"down"}
    slices = []
    for first in range(0, length, width):
        part = [each in counted for each in state[first : first + width]]
        hit = all(part) if rule.whole_slices else any(part)
        slices.append((Fraction(hit), state[first : first + width]))
    kept = runs([(*each, False) for each in slices], rule.min_consecutive)
    counted = {"down", "up", "unknown"} if bad else {"down", "up"}
    used = sum(share * sum(each in counted for each in part) for share, part, _ in kept)
    assert level.downtime["all_fail"].downtime == used * SECOND_NS


def test_slices_count_from_the_windows_start():
    rows = [(10, 10)] * 2 + [(0, 10)] * 5 + [(10, 10)] * 5
    rule = rule_of(slice_s=300, whole_slices=True)
    window = Window(START + 2 * MINUTE_NS, START + 12 * MINUTE_NS)
    asked = demand_of(12 * MINUTE_NS, rule)._replace(window=window)
    level = service_level(Observations(counts_of(rows)), asked)
    assert level.downtime["threshold"].downtime == 5 * MINUTE_NS


def test_events_of_unknown_time_judge_no_slice():
    counts = counts_of([(0, 10), (90, 90)])._replace(known=np.array([True, False]))
    level = service_level(Observations(counts), demand_of(2 * MINUTE_NS, rule_of(slice_s=120)))
    assert level.downtime["threshold"].downtime == MINUTE_NS
    assert level.downtime["proportional"].downtime == MINUTE_NS


def test_a_minute_cut_by_maintenance_is_no_whole_one():
    cut = Window(START + 80 * SECOND_NS, START + 100 * SECOND_NS)
    counts = Observations(counts_of([(0, 10)] * 4))
    for whole, seconds in ((False, 220), (True, 180)):
        rule = rule_of(slice_s=60, whole_slices=whole)
        level = service_level(counts, demand_of(4 * MINUTE_NS, rule, excluded=(cut,)))
        assert level.downtime["threshold"].downtime == seconds * SECOND_NS
