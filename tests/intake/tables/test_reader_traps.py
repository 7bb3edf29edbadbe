"""What readers of tables pass over in silence, each seen in one: none of it passes here.

The rows are those of the study of scale, section 1.4: text among numbers, values behind a sniffer's
sample, columns that are not looked at, dropped rows, offsets, epochs, ambiguous dates, addresses.
"""

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.instants import parse_instant
from impactcalc.intake.observation_file import find

TIME = "2024-01-22T00:00:00Z"
FIRST = parse_instant(TIME)


def minutes(number):
    return [
        f"2024-01-{22 + at // 1440:02d}T{at // 60 % 24:02d}:{at % 60:02d}:00Z,1,1"
        for at in range(number)
    ]


def test_a_bad_value_far_behind_the_first_rows_is_named_with_its_line(refused):
    rows = [f"2024-01-22T00:00:00.{at % 1000:03d}Z,5" for at in range(30_010)]
    rows[30_000] = "2024-01-22T00:00:00Z,slow"
    (problem,) = refused("time,latency_ms\n" + "\n".join(rows) + "\n")
    assert problem.startswith("t.csv:30002: latency_ms is 'slow', not a number")
    counts = minutes(9_000)
    counts[8_999] = counts[8_999].replace(",1,1", ",1;5,1")
    (problem,) = refused("timestamp,good,total\n" + "\n".join(counts) + "\n")
    assert problem.startswith("t.csv:9001: good is '1;5', not a number")


def test_a_status_that_no_figure_needs_is_read_all_the_same(refused):
    (problem,) = refused(f"time,latency_ms,status\n{TIME},5,200\n{TIME},5,maybe\n")
    assert problem.startswith("t.csv:3: status is 'maybe', no status")


def test_columns_without_a_role_may_hold_anything(read):
    found = read(f'timestamp,note,good,total\n{TIME},"a, ""b""",1,2\n').data
    assert (found.good.tolist(), found.valid.tolist()) == ([1], [2])


def test_no_row_is_dropped(read):
    found = read("timestamp,good,total\n" + "\n".join(minutes(5_000)) + "\n").data
    assert len(found.good) == int(found.valid.sum()) == 5_000


def test_offsets_are_instants(read):
    found = read("timestamp,good,total\n2026-10-25T01:30:00+02:00,1,1\n").data
    assert found.start_ns.tolist() == [parse_instant("2026-10-24T23:30:00Z")]


@pytest.mark.parametrize("zeros", [0, 3, 6, 9])
def test_an_epoch_is_told_by_its_size(read, zeros):
    found = read(f"timestamp,good,total\n1705881600{'0' * zeros},1,1\n").data
    assert found.start_ns.tolist() == [FIRST]


def test_a_date_that_may_be_two_is_refused(refused):
    (problem,) = refused("timestamp,good,total\n01.10.2026 10:00,1,1\n")
    assert problem.startswith("t.csv:2: '01.10.2026' may be 10 January or 1 October")


@pytest.mark.parametrize("name", ["s3:/bucket/x.parquet", "https://example.com/x.csv"])
def test_an_address_is_no_file(tmp_path, name):
    with pytest.raises(
        InputError, match="only files of this machine are read; download it"
    ) as error:
        find(name, tmp_path)
    assert str(error.value).startswith(name.replace(":/b", "://b"))
