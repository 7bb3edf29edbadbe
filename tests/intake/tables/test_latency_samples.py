"""Latency samples in CSV and Parquet: threshold, status, units, cells, quantiles."""

from datetime import UTC
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from impactcalc.domain.observation import MINUTE_NS, SECOND_NS, Window
from impactcalc.errors import InputError
from impactcalc.intake.instants import parse_instant
from impactcalc.intake.observations import read_observations
from impactcalc.intake.period import parse_period
from impactcalc.intake.read_options import ReadOptions

DAY = parse_period("2024-01-22")
HALF = ReadOptions(threshold_s=Fraction(1, 2), period=DAY)


def read_all(names, options):
    return read_observations(names, options)


def totals(observations):
    cells = observations.data.cells
    return int(cells.good.sum()), int(cells.valid.sum())


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("latency_ms", ("500", "500.1", "1e2", "")),
        ("latency_s", ("0.5", "0.5001", ".1", "")),
        ("Latency (us)", ("500000", "500100", "100000", "NaN")),
        ("duration_seconds", ("0.50", "0.6", "0", "")),
        ("response_time_millis", ("499.9", "501", "5", "nan")),
    ],
)
def test_the_threshold_is_compared_in_the_columns_unit(read, name, cells):
    lines = [f"2024-01-22T00:00:0{at}Z,{cell}" for at, cell in enumerate(cells)]
    found = read(f"time,{name}\n" + "\n".join(lines), HALF)
    assert totals(found) == (2, 4)  # the second is slow, the last one has no latency


def test_a_column_without_unit_is_taken_as_seconds_and_said(read):
    content = "time,took\n2024-01-22T00:00:00Z,0.4\n2024-01-22T00:00:01Z,400\n"
    found = read(content, HALF)
    assert totals(found) == (1, 2)
    assert "column 'took' does not say its unit" in found.remarks[0].message
    stated = ReadOptions(columns={"latency": "took:ms"}, threshold_s=Fraction(1, 2), period=DAY)
    again = read(content, stated)
    assert (totals(again), again.remarks) == ((2, 2), ())


@pytest.mark.parametrize(
    ("status", "good"),
    [("200", 1), ("499", 1), ("500", 0), ("503 Service Unavailable", 0), ("5xx", 0), ("2xx", 1),
     ("200.0", 1), ("", 1), ("ok", 1), ("ERROR", 0), ("timeout", 0)],
)  # fmt: skip
def test_a_server_error_is_bad_however_fast(read, status, good):
    content = f"time,latency_ms,status\n2024-01-22T00:00:00Z,1,{status}\n"
    assert totals(read(content, HALF)) == (good, 1)


def test_without_a_threshold_every_present_latency_is_good(read):
    content = "time,latency_ms\n2024-01-22T00:00:00Z,9999\n2024-01-22T00:00:00Z,\n"
    assert totals(read(content, ReadOptions())) == (1, 2)


def test_samples_may_share_an_instant(read):
    content = "time,latency_ms\n" + "2024-01-22T00:00:00Z,1\n" * 3
    assert totals(read(content, HALF)) == (3, 3)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2024-01-22T00:00:00Z,n/a", "t.csv:2: latency_ms is 'n/a', not a number; leave"),
        ('2024-01-22T00:00:00Z,"12,5"', "t.csv:2: latency_ms is '12,5', with a decimal comma"),
        ("2024-01-22T00:00:00Z,-1", "t.csv:2: latency_ms is -1"),
        ("2024-01-22T00:00:00Z,inf", "t.csv:2: latency_ms is 'inf', not a finite number"),
        ("2024-01-22 00:00:00,1", "t.csv:2: '2024-01-22 00:00:00' has no time zone"),
        (",1", "t.csv:2: time is empty"),
        ("2024-01-22T00:00:00Z,1,2", "t.csv:2: 3 fields, the header has 2 columns"),
        ("01/02/2024,1", "t.csv:2: '01/02/2024' may be 2 January or 1 February"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(refused, row, words):
    (problem,) = refused(f"time,latency_ms\n{row}\n", HALF)
    assert problem.startswith(words)


def test_an_odd_status_is_refused_with_its_line(refused):
    content = "time,latency_ms,status\n2024-01-22T00:00:00Z,1,200\n2024-01-22T00:00:00Z,1,teapot\n"
    (problem,) = refused(content, HALF)
    assert problem.startswith("t.csv:3: status is 'teapot', no status")


def test_no_rows_are_nothing_to_measure(refused):
    assert refused("time,latency_ms\n") == ["t.csv: no rows after the header: nothing to measure"]


def test_wall_times_are_read_in_the_zone_that_the_person_names(read):
    content = "time,latency_ms\n2024-01-22 05:30:00,1\n22/01/2024 05:30,1\n"
    zone = ReadOptions(zone=ZoneInfo("Asia/Kolkata"))
    assert read(content, zone).span.start_ns == parse_instant("2024-01-22T00:00Z")
    assert totals(read(content, zone)) == (2, 2)
    assert read(content, ReadOptions(zone=UTC)).span.start_ns == parse_instant("2024-01-22T05:30Z")


def test_cells_divide_the_window_its_slices_and_its_burn_windows(read):
    content = "time,latency_ms\n2024-01-22T00:00:05Z,1\n2024-01-22T00:00:30Z,1\n"
    start = parse_instant("2024-01-22T00:00:00Z")
    assert read(content, HALF).data.cells.step_ns == MINUTE_NS
    as_of = ReadOptions(period=DAY, as_of_ns=start + 3_600_010 * 10**6, slice_ns=7 * SECOND_NS)
    cells = read(content, as_of).data.cells
    assert cells.step_ns == 10**7
    assert ((cells.start_ns - start) // 10**7).tolist() == [500, 3000]


def test_excluded_time_is_in_no_count_and_in_no_quantile(read):
    start = parse_instant("2024-01-22T00:00:00Z")
    content = "time,latency_ms\n2024-01-22T00:00:00Z,1\n2024-01-22T00:01:00Z,9000\n"
    cut = (Window(start + MINUTE_NS, start + 2 * MINUTE_NS),)
    found = read(content, ReadOptions(period=DAY, excluded=cut))
    assert (totals(found), found.data.quantiles_s["1"]) == ((1, 1), 0.001)


@pytest.mark.parametrize(
    ("time", "latency"),
    [
        ("timestamptz '2024-01-22 00:00:00+00'", "500::double"),
        ("timestamptz '2024-01-22 00:00:00+00'", "500::integer"),
        ("timestamptz '2024-01-22 00:00:00+00'", "500::decimal(9,2)"),
        ("timestamptz '2024-01-22 00:00:00+00'", "'500'"),
        ("'2024-01-22T00:00:00Z'", "500::float"),
        ("1705881600", "500"),
        ("1705881600000::bigint", "500"),
        ("1705881600.0::double", "500"),
        ("1705881600.25::double", "500"),
    ],
)
def test_parquet_is_read_in_all_its_types(parquet, time, latency):
    file = parquet(f"select {time} as time, {latency} as latency_ms")
    found = read_all([file], ReadOptions(threshold_s=Fraction(1, 2), period=DAY))
    assert totals(found) == (1, 1)


def test_a_threshold_is_compared_in_single_precision_where_the_file_is(parquet):
    file = parquet("select timestamptz '2024-01-22 00:00:00+00' as time, 0.1::float as latency_s")
    found = read_all([file], ReadOptions(threshold_s=Fraction(1, 10), period=DAY))
    assert totals(found) == (1, 1)


def test_parquet_times_without_zone_need_one(parquet):
    file = parquet("select timestamp '2024-01-22 00:00:00' as time, 1 as latency_ms")
    with pytest.raises(InputError, match="row 1: '2024-01-22 00:00:00' has no time zone"):
        read_all([file], ReadOptions())
    zoned = ReadOptions(zone=ZoneInfo("Asia/Kolkata"))
    found = read_all([file], zoned)
    assert found.span.start_ns == parse_instant("2024-01-21T18:30Z")


def test_problems_in_parquet_are_named_by_row(parquet):
    values = "(timestamptz '2024-01-22 00:00:00+00', 1.0), (timestamptz '2024-01-22', -2)"
    file = parquet(f"select * from (values {values}) t(time, latency_ms)")
    with pytest.raises(InputError, match="row 2: latency_ms is -2"):
        read_all([file], ReadOptions())
    empty = parquet("select timestamptz '2024-01-22' as time, 1 as latency_ms limit 0", "e.parquet")
    with pytest.raises(InputError, match="nothing to measure"):
        read_all([empty], ReadOptions(period=DAY))


def test_a_damaged_parquet_file_is_named(parquet, tmp_path):
    from pathlib import Path

    whole = Path(
        parquet("select timestamptz '2024-01-22' as time, range as latency_ms from range(9999)")
    ).read_bytes()
    damaged = tmp_path / "d.parquet"
    damaged.write_bytes(whole[:-300])
    with pytest.raises(InputError, match=r"d\.parquet: is a damaged Parquet file"):
        read_all([str(damaged)], ReadOptions())
    damaged.write_bytes(whole[:40] + b"\xff" * 400 + whole[440:])
    with pytest.raises(InputError, match=r"d\.parquet: is a damaged Parquet file"):
        read_all([str(damaged)], ReadOptions())


def test_folders_patterns_and_partitions_are_read_as_one(parquet, tmp_path):
    for day in (22, 23):
        query = f"select timestamptz '2024-01-{day} 00:00:00+00' as time, {day} as latency_ms"
        parquet(query, f"data/day={day}/part.parquet")
    (tmp_path / "data" / "_SUCCESS").write_text("")
    for name in ("data", "data/*/*.parquet", "data/**/*.parquet"):
        found = read_all([str(tmp_path / name)], ReadOptions())
        assert (totals(found), found.files) == ((2, 2), (str(tmp_path / name),))
        assert found.data.quantiles_s["1"] == 0.023


@pytest.mark.parametrize("few", [2_000_000, 50])
@pytest.mark.parametrize("bins", [65_536, 3])
def test_quantiles_are_nearest_ranks_however_they_are_counted(parquet, monkeypatch, few, bins):
    from impactcalc.intake.tables import quantiles

    monkeypatch.setattr(quantiles, "_FEW", few)
    monkeypatch.setattr(quantiles, "_BINS", bins)
    random = np.random.default_rng(7)
    values = np.round(np.exp(random.normal(3, 2, 5000)), 1)
    values[:700] = 20.0  # a heavy value, and a far one
    values[-1] = 1e9
    listed = ", ".join(f"({value!r})" for value in values.tolist())
    time = "timestamptz '2024-01-22 00:00:00+00' as time"
    file = parquet(f"select {time}, v::double as latency_s from (values {listed}) t(v)")
    found = read_all([file], ReadOptions(period=DAY)).data.quantiles_s
    for level in quantiles.LEVELS:
        assert found[level] == np.quantile(values, float(level), method="inverted_cdf")
    assert found["1"] == 1e9


def test_without_any_latency_there_is_no_quantile(read):
    found = read("time,latency_ms\n2024-01-22T00:00:00Z,\n", HALF)
    assert (totals(found), dict(found.data.quantiles_s)) == ((0, 1), {})


def test_a_window_without_samples_tells_where_they_are(read):
    options = ReadOptions(period=parse_period("2019-01"))
    found = read("time,latency_ms\n2024-01-22T00:00:00Z,1\n", options)
    assert totals(found) == (0, 0)
    assert found.span.start_ns == parse_instant("2024-01-22T00:00:00Z")
