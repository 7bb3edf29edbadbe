"""Histories of incidents: their columns, and what becomes of rows that cannot be used."""

import gzip
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.domain.incident_history import IncidentHistory
from impactcalc.errors import InputError, Problem
from impactcalc.intake.history import HistoryOptions, read_history

DATA = Path(__file__).parents[2] / "data" / "incidents"
HEAD = "id,start_utc,resolved_utc\n"
GOOD = "1,2024-01-01T00:00Z,2024-01-01T02:00Z\n"


def why(history):
    return {row.line: row.why for row in history.skipped}


def test_a_start_and_an_end_in_seconds(read):
    history = read(HEAD + GOOD + "2,2023-12-01T00:00Z,\n")
    assert [(one.start_s, one.end_s) for one in history.incidents] == [
        (1701388800.0, None),
        (1704067200.0, 1704074400.0),
    ]
    assert history.skipped == ()


@pytest.mark.parametrize("start", ["start_utc", "started", "started_at", "start", "created_at"])
@pytest.mark.parametrize(
    "end", ["resolved_utc", "resolved", "resolved_at", "ended", "end", "full_restore_utc"]
)
def test_the_contracts_columns_are_found(read, start, end):
    history = read(f"{start},{end}\n2024-01-01T00:00Z,2024-01-01T02:00Z\n")
    assert history.incidents[0].end_s - history.incidents[0].start_s == 7200.0


def test_other_columns_are_named(read):
    content = "Opened,Closed\n2024-01-01T00:00Z,2024-01-01T02:00Z\n"
    options = HistoryOptions({"start": "opened", "end": "Closed"})
    assert len(read(content, options).incidents) == 1
    with pytest.raises(InputError) as error:
        read(content)
    assert [str(each) for each in error.value.problems] == [
        f"h.csv:1: no column for the {role} of an incident (found: Opened, Closed); "
        f"name it: --columns {role}=NAME"
        for role in ("start", "end")
    ]
    with pytest.raises(InputError, match=r"no column 'opening' for the start.*start=Opened"):
        read(content, HistoryOptions({"start": "opening", "end": "Closed"}))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2,2024-01-02T05:00Z,2024-01-02T03:00Z", "lies before start_utc 2024-01-02T05:00Z; swap"),
        ("2,2024-01-02T05:00Z,2024-01-02T05:00Z", "it has no length"),
        ("2,2014-01-02T05:00Z,2024-01-02T05:00Z", "are 3,652 days; more than a year"),
        ("2,yesterday,2024-01-02T05:00Z", "start_utc: 'yesterday' is no time"),
        ("2,2024-01-02T05:00Z,soon", "resolved_utc: 'soon' is no time"),
        ("2,2024-02-30T05:00Z,", "no time of the calendar"),
        ("2,,2024-01-02T05:00Z", "start_utc is empty"),
        ("1,2024-01-02T05:00Z,2024-01-02T06:00Z", "id '1' stands already on line 2; keep one"),
        ("2,2024-01-02T05:00Z", "2 fields, the header has 3 columns"),
        ("2,2014-01-02T05:00Z,", "has no end, 3,651 days after its start"),
    ],
)
def test_a_row_that_cannot_be_used_is_skipped_with_its_line_and_reason(read, row, said):
    history = read(f"{HEAD}{GOOD}{row}\n")
    assert len(history.incidents) == 1
    assert list(why(history)) == [3]
    assert said in why(history)[3]


def test_a_length_of_a_year_is_still_one(read):
    history = read(HEAD + "1,2023-01-01T00:00Z,2024-01-01T00:00Z\n")
    assert len(history.incidents) == 1


def test_rows_from_memory_are_never_used():
    history = read_history(str(DATA / "public_incidents.csv"), HistoryOptions())
    assert len(history.incidents) == 128
    assert set(why(history).values()) == {"its evidence is memory: never used for a fit"}
    assert sorted(why(history)) == [33, 47, 94, 112]


def test_no_usable_row_is_an_error_that_names_each(read):
    bad = "1,2024-01-02T05:00Z,2024-01-02T03:00Z\n2,x,\n"
    with pytest.raises(InputError) as error:
        read(HEAD + bad)
    said = [str(each) for each in error.value.problems]
    assert said[0].startswith("h.csv:2: resolved_utc")
    assert said[1].startswith("h.csv:3: start_utc: 'x' is no time")
    assert said[2].startswith("h.csv: no row can be used")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        (HEAD, "no rows after the header"),
        ("1,2\n3,4\n", "has no header"),
        (b"\xff\xfe1", "UTF-16"),
    ],
)
def test_a_file_that_is_no_history_is_refused(read, content, said):
    with pytest.raises(InputError, match=said):
        read(content)


def test_times_without_offset_are_utc_where_the_whole_file_has_none_and_it_is_said(read):
    history = read("start,end\n2024-01-01 00:00,2024-01-01 02:00\n")
    assert history.incidents[0].start_s == 1704067200.0
    assert history.remarks == (
        "times have no offset ('2024-01-01 00:00'): read as UTC; --tz names another zone",
    )
    named = read("start_utc,resolved_utc\n2024-01-01 00:00,2024-01-01 02:00\n")
    assert (named.incidents[0].start_s, named.remarks) == (1704067200.0, ())
    there = read(
        "start,end\n2024-01-01 00:00,2024-01-01 02:00\n",
        HistoryOptions(zone=ZoneInfo("America/New_York")),
    )
    assert (there.incidents[0].start_s, there.remarks) == (1704067200.0 + 5 * 3600, ())


def test_where_zones_are_mixed_a_time_without_one_is_skipped(read):
    content = (
        "start,end\n"
        "2024-01-01T00:00Z,2024-01-01T02:00Z\n"
        "2024-01-02T00:00,2024-01-02T02:00\n"
        "2024-01-03T00:00+02:00,2024-01-03T02:00Z\n"
    )
    history = read(content)
    assert [one.line for one in history.incidents] == [2, 4]
    assert why(history)[3] == (
        "start: '2024-01-02T00:00' has no time zone, other times of this file have: "
        "write its offset"
    )


def test_categories_count_with_their_parts_and_stages_and_impacts_too(read):
    head = "start_utc,resolved_utc,category,impact,stage\n"
    row = "2024-01-01T00:00Z,2024-01-01T02:00Z,Coordination/Quorum,Major,Fail  over\n"
    history = read(head + row)
    labels = {"coordination/quorum", "coordination", "quorum", "major", "fail over"}
    assert set(history.incidents[0].labels) == labels
    assert [len(history.of(name)) for name in ("quorum", "fail over", "all", "power")] == [
        1,
        1,
        1,
        0,
    ]


def test_one_id_may_have_a_row_a_stage(read):
    head = "id,start_utc,resolved_utc,stage\n"
    rows = "".join(f"7,2024-01-01T00:00Z,2024-01-01T02:00Z,{stage}\n" for stage in ("a", "b", "a"))
    history = read(head + rows)
    assert [one.line for one in history.incidents] == [2, 3]
    assert "stands already on line 2" in why(history)[4]


def test_parquet_and_gzip_read_like_csv(read, tmp_path):
    import duckdb

    plain = read(HEAD + GOOD)
    packed = read(gzip.compress((HEAD + GOOD).encode()), name="h.csv.gz")
    query = (
        "select 1 as id, timestamptz '2024-01-01T00:00Z' as start_utc, "
        "timestamp '2024-01-01 02:00' as resolved_utc union all "
        "select 2, timestamptz '2024-01-05T00:00Z', timestamp '2024-01-04 02:00'"
    )
    duckdb.sql(f"set TimeZone = 'UTC'; copy ({query}) to '{tmp_path}/h.parquet' (format parquet)")
    table = read_history("h.parquet", HistoryOptions())
    spans = [
        [(one.start_s, one.end_s) for one in each.incidents] for each in (plain, packed, table)
    ]
    assert spans[0] == spans[1] == spans[2]
    assert list(why(table)) == [2]


def test_the_rows_of_a_bad_parquet_file_are_named_by_their_number(tmp_path):
    import duckdb

    query = "select 'x' as start_utc, 'y' as resolved_utc"
    duckdb.sql(f"copy ({query}) to '{tmp_path}/bad.parquet' (format parquet)")
    with pytest.raises(InputError, match=r"bad\.parquet: row 1: start_utc: 'x' is no time"):
        read_history(str(tmp_path / "bad.parquet"), HistoryOptions())


def test_a_folder_is_no_history(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEAD + GOOD, "utf-8")
    with pytest.raises(InputError, match="name one history"):
        read_history(str(tmp_path), HistoryOptions())


_CELLS = st.sampled_from(
    ["", "2024-01-01T00:00Z", "2024-01-01T05:00Z", "2024-01-02 03:00", "1704067200", "01/02/2024",
     "22/01/2024 09:00", "x", "0", "-1", "2024-13-01", "2199-12-31T23:59Z", "memory", "a/b/",
     "2024-01-01T00:00+99:00", "\u00e9", "9" * 30]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=4, max_size=6), max_size=8))
def test_whatever_stands_in_a_row_it_is_used_or_named(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "random.csv"
    lines = ["start,end,category,evidence,id", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    history = IncidentHistory("", ())
    problems: tuple[Problem, ...] = ()
    try:
        history = read_history(str(path), HistoryOptions())
    except InputError as error:
        problems = error.problems
    assert all(problem.file == str(path) for problem in problems)
    if problems:
        return
    assert len(history.incidents) + len(history.skipped) == len(rows)
    assert all(one.end_s is None or one.end_s > one.start_s for one in history.incidents)
    assert all(row.why and row.line for row in history.skipped)
