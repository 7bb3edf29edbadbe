from zoneinfo import ZoneInfo

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.instants import parse_instant
from impactcalc.intake.observations import read_observations
from impactcalc.intake.read_options import ReadOptions

TIME = "timestamptz '2024-01-22 00:00:00+00' as time"


def read_all(names, options):
    return read_observations(names, options)


@pytest.mark.parametrize(
    ("good", "total", "wanted"),
    [
        ("9", "10", (9, 10, 1)),
        ("9::utinyint", "10::ubigint", (9, 10, 1)),
        ("9::hugeint", "10::double", (9, 10, 1)),
        ("0.5::double", "2::float", (1, 4, 2)),
        ("9.25::decimal(9,2)", "10::decimal(9,2)", (37, 40, 4)),
        ("'9'", "'10.0'", (9, 10, 1)),
        ("'nan'::double", "10", (0, 0, 1)),
        ("null::bigint", "10", (0, 0, 1)),
    ],
)
def test_counts_are_read_in_all_their_types(parquet, good, total, wanted):
    counts = read_all(
        [parquet(f"select {TIME}, {good} as good, {total} as total")], ReadOptions()
    ).data
    assert (int(counts.good[0]), int(counts.valid[0]), counts.scale) == wanted
    assert counts.start_ns.tolist() == [parse_instant("2024-01-22T00:00Z")]
    assert bool(counts.known[0]) == (wanted[1] > 0)


@pytest.mark.parametrize("kind", ["timestamptz", "timestamptz_ns"])
@pytest.mark.parametrize("zone", [None, ZoneInfo("Asia/Kolkata")])
def test_an_instant_is_one_whatever_its_unit_and_whatever_zone_is_named(parquet, kind, zone):
    time = f"cast('2024-01-22 05:30:00+05:30' as {kind}) as time"
    counts = read_all(
        [parquet(f"select {time}, 1 as good, 1 as total")], ReadOptions(zone=zone)
    ).data
    assert counts.start_ns.tolist() == [parse_instant("2024-01-22T00:00Z")]


@pytest.mark.parametrize("kind", ["timestamp", "timestamp_ns", "timestamp_s", "date"])
def test_a_clock_time_needs_a_zone(parquet, kind):
    time = f"cast('2024-01-22 00:00:00' as {kind}) as time"
    file = parquet(f"select {time}, 1 as good, 1 as total")
    with pytest.raises(InputError, match=r"row 1: '2024-01-22.*' has no time zone"):
        read_all([file], ReadOptions())
    found = read_all([file], ReadOptions(zone=ZoneInfo("Asia/Kolkata")))
    assert found.data.start_ns.tolist() == [parse_instant("2024-01-21T18:30Z")]


@pytest.mark.parametrize(
    ("good", "words"),
    [
        ("'inf'::double", "row 1: good is 'inf', not a finite number"),
        ("-3", "row 1: good is -3; counts cannot be negative"),
        ("1e20::double", "row 1: good is 1e.20, beyond what 64 bits hold"),
        ("11", "row 1: good is 11 but total is 10"),
        ("'x'", "row 1: good is 'x', not a number"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_row(parquet, good, words):
    file = parquet(f"select {TIME}, {good} as good, 10 as total")
    with pytest.raises(InputError, match=words):
        read_all([file], ReadOptions())


def test_a_missing_time_is_refused_with_its_row(parquet):
    file = parquet("select null::timestamptz as time, 1 as good, 1 as total")
    with pytest.raises(InputError, match="row 1: time is empty"):
        read_all([file], ReadOptions())


def test_no_rows_and_no_columns_are_named(parquet):
    empty = parquet(f"select {TIME}, 1 as good, 1 as total limit 0")
    with pytest.raises(InputError, match="no rows: nothing to measure"):
        read_all([empty], ReadOptions())
    lacking = parquet(f"select {TIME}, 1 as good", "l.parquet")
    with pytest.raises(InputError, match=r"no column for the total \(found: time, good\)"):
        read_all([lacking], ReadOptions())


def test_counts_and_samples_are_not_mixed(parquet):
    files = [parquet(f"select {TIME}, 1 as good, 1 as total", "a.parquet"),
             parquet(f"select {TIME}, 1 as latency_ms", "b.parquet")]  # fmt: skip
    with pytest.raises(InputError, match="counts and latency samples cannot be read as one"):
        read_all(files, ReadOptions())


def test_doubled_instants_are_named_by_row(parquet):
    file = parquet(f"select {TIME}, g as good, 9 as total from (values (1), (2)) t(g)")
    found = read_all([file], ReadOptions())
    assert found.data.good.tolist() == [2]
    assert "(row 2)" in found.remarks[0].message
