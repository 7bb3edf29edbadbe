"""Counts in CSV: the ways in which people write them, and what cannot be meant."""

import gzip
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from impactcalc.domain.observation import MINUTE_NS
from impactcalc.errors import InputError
from impactcalc.intake.instants import parse_instant
from impactcalc.intake.observations import read_observations
from impactcalc.intake.read_options import ReadOptions

HEAD = "timestamp,good,total\n"
PLAIN = HEAD + "2024-01-22T00:00:00Z,9,10\n2024-01-22T00:01:00Z,10,10\n"
FIRST = parse_instant("2024-01-22T00:00Z")


def read_all(names, options):
    return read_observations(names, options)


def rows(observations):
    counts = observations.data
    return list(zip(
        ((counts.start_ns - FIRST) // 10**9).tolist(), counts.good.tolist(),
        counts.valid.tolist(), counts.known.tolist(), strict=True,
    ))  # fmt: skip


WANTED = [(0, 9, 10, True), (60, 10, 10, True)]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace("total\n", "total\r\n"),
        "\ufeff\r\n# x\r\n" + PLAIN.replace("\n", "\r\n\r\n"),
        "\ufeff" + PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", "|"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        "# exported on Monday\n\n" + PLAIN,
        PLAIN.rstrip("\n"),
        PLAIN + "\n\n",
        PLAIN.replace("Z,", "Z,\n", 0).replace("\n2024-01-22T00:01", "\n\n2024-01-22T00:01"),
        '"timestamp","good","total"\n"2024-01-22T00:00:00Z","9","10"\n"2024-01-22T00:01:00Z","10","10"\n',
        PLAIN.replace("timestamp,good,total", " Time , OK , Requests "),
        "total,note,timestamp,good\n10,x,2024-01-22T00:00:00Z,9\n10,y,2024-01-22T00:01:00Z,10\n",
        PLAIN.replace("T", " ", 1).replace("22T", "22 "),
        PLAIN.replace("00Z", "00.000Z"),
        PLAIN.replace("00Z", "00.000000000Z"),
        PLAIN.replace("Z", "+00:00"),
        PLAIN.replace("Z", "+0000"),
        PLAIN.replace("Z", " UTC"),
        PLAIN.replace(":00Z", "Z"),
        PLAIN.replace("2024-01-22T00:00:00Z", "2024-01-22T01:00:00+01:00"),
        PLAIN.replace("2024-01-22T00:00:00Z", "2024-01-21T19:00:00-05:00"),
        PLAIN.replace("2024-01-22T00:01:00Z", "2024-01-22T05:31:00+05:30"),
        HEAD + "1705881600,9,10\n1705881660,10,10\n",
        HEAD + "1705881600.0,9,10\n1705881660.000,10,10\n",
        HEAD + "1705881600000,9,10\n1705881660000,10,10\n",
        HEAD + "1705881600000000,9,10\n1705881660000000,10,10\n",
        HEAD + "1705881600000000000,9,10\n1705881660000000000,10,10\n",
        HEAD + "20240122T000000Z,9,10\n20240122T000100Z,10,10\n",
        HEAD + "22/01/2024 00:00Z,9,10\n22/01/2024 00:01Z,10,10\n",
        HEAD + "01/22/2024 00:00Z,9,10\n01/22/2024 00:01Z,10,10\n",
        HEAD + "2024-01-22T00:00:00Z, 9 ,10.0\n2024-01-22T00:01:00Z,1e1,+10\n",
        HEAD + "2024-01-22T00:01:00Z,10,10\n2024-01-22T00:00:00Z,9,10\n",
        "timestamp,errors,total\n2024-01-22T00:00:00Z,1,10\n2024-01-22T00:01:00Z,0,10\n",
        "timestamp,good,errors\n2024-01-22T00:00:00Z,9,1\n2024-01-22T00:01:00Z,10,0\n",
    ],
)  # fmt: skip
def test_one_table_is_read_in_all_its_forms(read, content):
    assert rows(read(content)) == WANTED


def test_thousands_in_groups_are_read(read):
    found = read(HEAD + '2024-01-22T00:00:00Z,"1,250","12,500"\n')
    assert rows(found) == [(0, 1250, 12500, True)]


def test_fractions_of_events_stay_exact(read):
    counts = read(HEAD + "2024-01-22T00:00:00Z,0.1,0.30\n2024-01-22T00:01:00Z,2,3\n").data
    assert (counts.scale, counts.good.tolist(), counts.valid.tolist()) == (10, [1, 20], [3, 30])


@pytest.mark.parametrize("cell", ["", "NaN", " ", "nan"])
def test_what_was_not_measured_is_unknown_and_said(read, cell):
    found = read(PLAIN.replace(",9,", f",{cell},"))
    assert rows(found) == [(0, 0, 0, False), WANTED[1]]
    assert "1 row has an empty or NaN count" in found.remarks[0].message


def test_of_equal_instants_the_last_row_counts_whatever_its_offset(read):
    found = read(PLAIN + "2024-01-22T02:00:00+02:00,5,10\n")
    assert rows(found) == [(0, 5, 10, True), WANTED[1]]
    twice, late = found.remarks
    assert (twice.line, "1 timestamp occurs twice" in twice.message) == (4, True)
    assert "(line 4)" in twice.message
    assert "1 row stands after a later one" in late.message


def test_lines_are_counted_over_blank_lines_and_cells_of_several_lines(read):
    content = (
        "note,timestamp,good,total\n\n"
        '"two\nlines",2024-01-22T00:00:00Z,9,10\n\n'
        "x,2024-01-22T00:00:00Z,8,10\n"
    )
    assert read(content).remarks[0].line == 6


@pytest.mark.parametrize(
    ("gaps", "step_s"),
    [([60] * 5, 60), ([300] * 5, 300), ([10] * 5, 10), ([3600] * 5, 3600),
     ([300, 300, 600, 300], 300), ([60, 180, 240, 120, 300, 60], 60), ([180, 60], 60)],
)  # fmt: skip
def test_the_step_is_the_rows_spacing_and_named_unless_a_minute(read, gaps, step_s):
    seconds = [sum(gaps[:n]) for n in range(len(gaps) + 1)]
    found = read(HEAD + "".join(f"{1705881600 + each},1,1\n" for each in seconds))
    assert found.data.step_ns == step_s * 10**9
    assert [each for each in found.remarks if "apart" in each.message] == (
        [] if step_s == 60 else [found.remarks[0]]
    )


def test_one_row_covers_a_minute(read):
    found = read(HEAD + "2024-01-22T00:00:00Z,1,1\n")
    assert (found.data.step_ns, found.span.end_ns - found.span.start_ns) == (MINUTE_NS, MINUTE_NS)


def test_wall_times_are_read_in_the_zone_that_the_person_names(read):
    content = HEAD + "2024-03-10 01:59:00,1,1\n2024-03-10 03:00,1,1\n"
    found = read(content, ReadOptions(zone=ZoneInfo("America/New_York")))
    assert (found.data.start_ns - parse_instant("2024-03-10T06:59Z")).tolist() == [0, MINUTE_NS]
    utc = read(content, ReadOptions(zone=UTC)).data.start_ns
    assert (utc - parse_instant("2024-03-10T01:59Z")).tolist() == [0, 61 * MINUTE_NS]


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("2024-03-10 02:30:00", "'2024-03-10 02:30:00' does not exist in America/New_York"),
        ("2024-11-03 01:30:00", "'2024-11-03 01:30:00' exists twice in America/New_York"),
    ],
)
def test_wall_times_that_a_zone_skips_or_repeats_are_refused(refused, time, words):
    options = ReadOptions(zone=ZoneInfo("America/New_York"))
    (problem,) = refused(f"{HEAD}{time},1,1\n", options)
    assert problem.startswith(f"t.csv:2: {words}")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2024-01-22T00:00:00Z,11,10", "t.csv:2: good is 11 but total is 10; if the columns are"),
        ("2024-01-22T00:00:00Z,-1,10", "t.csv:2: good is -1; counts cannot be negative"),
        ("2024-01-22T00:00:00Z,n/a,10", "t.csv:2: good is 'n/a', not a number; leave the cell"),
        ("2024-01-22T00:00:00Z,0x10,16", "t.csv:2: good is '0x10', not a number"),
        ("2024-01-22T00:00:00Z,1_0,16", "t.csv:2: good is '1_0', not a number"),
        ("2024-01-22T00:00:00Z,inf,16", "t.csv:2: good is 'inf', not a finite number"),
        ('2024-01-22T00:00:00Z,"12,5",16', "t.csv:2: good is '12,5', with a decimal comma"),
        ("2024-01-22T00:00:00Z,\u0661,16", "t.csv:2: good is '\u0661', not a number"),
        ("2024-01-22T00:00:00Z,1,99999999999999999999", "t.csv:2: total is 99999999999999999999"),
        ("2024-01-22 00:00:00,1,1", "t.csv:2: '2024-01-22 00:00:00' has no time zone; say"),
        ("2024-02-30T00:00:00Z,1,1", "t.csv:2: '2024-02-30T00:00:00Z' is no time of the calendar"),
        ("2024-01-22T25:00:00Z,1,1", "t.csv:2: '2024-01-22T25:00:00Z' is no time of the calendar"),
        ("01/02/2024 00:00,1,1", "t.csv:2: '01/02/2024' may be 2 January or 1 February"),
        ("01.02.2024,1,1", "t.csv:2: '01.02.2024' may be 2 January or 1 February"),
        ("soon,1,1", "t.csv:2: 'soon' is no time; write e.g."),
        (",1,1", "t.csv:2: timestamp is empty; write the time"),
        ("9999999999999999999999,1,1", "t.csv:2: '9999999999999999999999' is no time between"),
        ("2024-01-22T00:00:00Z,1", "t.csv:2: 2 fields, the header has 3 columns"),
        ("2024-01-22T00:00:00Z,1,1,7", "t.csv:2: 4 fields, the header has 3 columns"),
        ('"2024-01-22T00:00:00Z,1,1', "t.csv:2: a quote that is opened here is never closed"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(refused, row, words):
    problems = refused(f"{HEAD}{row}\n")
    assert problems[0].startswith(words)


def test_all_problems_of_a_file_are_named_at_once_but_not_more_than_twenty(refused):
    bad = "".join(f"2024-01-22T00:{at:02d}:00Z,x,10\n" for at in range(30))
    problems = refused(HEAD + "2024-01-22 00:00,y,5\n" + bad)
    assert len(problems) == 20
    assert problems[0].startswith("t.csv:2: '2024-01-22 00:00' has no time zone")
    assert problems[1].startswith("t.csv:2: good is 'y'")
    assert problems[2].startswith("t.csv:3: good is 'x'")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "t.csv: is empty: no header and no rows"),
        ("\n \n", "t.csv: is empty"),
        (HEAD, "t.csv: no rows after the header: nothing to measure"),
        ("2024-01-22T00:00:00Z,1,1\n", "t.csv:1: has no header: its first line is"),
        ("timestamp,good,good\n", "t.csv:1: column 'good' stands twice in the header"),
        ("timestamp,good\n", "t.csv: no column for the total (found: timestamp, good)"),
        ("timestamp,total\n", "t.csv: no column for the good (or the errors) (found:"),
        ("when,good,total\n", "t.csv: no column for the time (found: when, good, total)"),
        (PLAIN.encode("utf-16"), "t.csv: is UTF-16 text; save it as UTF-8"),
        (b"timestamp,good,total\n\0", "t.csv: is no text: it holds a NUL byte"),
        (b"# M\xfcnchen\n" + PLAIN.encode(), "t.csv:1: is not UTF-8 text"),
        (PLAIN.encode() + b"# \xfc" * 20_000, "t.csv"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(refused, content, words):
    assert refused(content)[0].startswith(words)


def test_columns_are_named_by_the_person_where_they_are_not_known(read, refused):
    content = "when,fine,everything\n2024-01-22T00:00:00Z,9,10\n"
    columns = {"timestamp": "when", "good": "FINE", "total": "everything"}
    assert rows(read(content, ReadOptions(columns=columns))) == WANTED[:1]
    (problem,) = refused(content, ReadOptions(columns=columns | {"good": "fin"}))
    assert "there is no column 'fin' for the good" in problem
    assert problem.endswith("--columns good=fine")


def test_compressed_files_are_read_and_damaged_ones_named(read, refused):
    packed = gzip.compress(PLAIN.encode())
    assert rows(read(packed, name="t.csv.gz")) == WANTED
    assert "t.csv.gz: is a damaged gzip file" in refused(packed[:-6], name="t.csv.gz")[0]
    assert "compressed with zstd" in refused(b"\x28\xb5\x2f\xfdjunk", name="t.csv.zst")[0]


def test_several_files_are_one_table_and_each_names_its_own_problems(tmp_path):
    (tmp_path / "a.csv").write_text(HEAD + "2024-01-22T00:01:00Z,10,10\n")
    (tmp_path / "b.csv").write_text("time;errors;requests\n2024-01-22T00:00:00Z;1;10\n")
    files = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    assert rows(read_all(files, ReadOptions())) == WANTED
    assert rows(read_all([str(tmp_path)], ReadOptions())) == WANTED
    assert rows(read_all([str(tmp_path / "*.csv")], ReadOptions())) == WANTED
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEAD + "x,1,1\n")
    with pytest.raises(InputError) as error:
        read_all(files, ReadOptions())
    assert [each.file for each in error.value.problems] == files


def test_the_same_instant_in_two_files_counts_from_the_later_file(tmp_path):
    (tmp_path / "a.csv").write_text(PLAIN)
    (tmp_path / "b.csv").write_text(HEAD + "2024-01-22T00:00:00Z,1,10\n")
    files = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    found = read_all(files, ReadOptions())
    assert rows(found) == [(0, 1, 10, True), WANTED[1]]
    assert (found.remarks[0].file, found.remarks[0].line) == (files[1], 2)


def test_an_odd_cell_late_in_a_long_file_is_found(read, refused):
    long = HEAD + "".join(f"{1705881600 + 60 * at},1,1\n" for at in range(40_000))
    assert len(rows(read(long + "1708281600,1.5,2\n"))) == 40_001
    (problem,) = refused(long + "1708281600,?,2\n")
    assert problem.startswith("t.csv:40002: good is '?'")


def test_line_ends_at_the_border_of_two_reads_are_one(read, monkeypatch):
    from impactcalc.intake.tables import csv_file

    content = PLAIN.replace("\n", "\r\n")
    for size in range(1, len(content) + 2):
        monkeypatch.setattr(csv_file, "_CHUNK", size)
        assert rows(read(content)) == WANTED


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            "good,total\n{0},0.99,1\n{1},1,1\n",
            "t.csv:2: good is 0.99, a share beside a whole total",
        ),
        (
            "errors,requests\n{0},0,900\n{1},0.01,1000\n",
            "t.csv:3: errors is 0.01, a share beside a whole requests",
        ),
    ],
)
def test_a_ratio_is_no_count(refused, table, message):
    times = ("2024-01-22T00:00:00Z", "2024-01-22T00:01:00Z")
    (problem,) = refused("timestamp," + table.format(*times))
    assert message in problem
    assert "export the numbers of events" in problem


@pytest.mark.parametrize(
    "rows",
    [
        ["0.5,0.8", "0.25,1"],  # rates a second
        ["0.5,2", "1.5,2"],  # more than one
        ["0,2", "1,2"],
    ],
)
def test_small_counts_are_counts(read, rows):
    times = ("2024-01-22T00:00:00Z", "2024-01-22T00:01:00Z")
    text = "".join(f"{at},{row}\n" for at, row in zip(times, rows, strict=True))
    assert len(read("timestamp,good,total\n" + text).data.good) == 2


def test_the_same_instants_in_two_files_are_said_to_be(tmp_path):
    for name, good in (("a", 5), ("b", 6)):
        (tmp_path / f"{name}.csv").write_text(
            f"timestamp,good,total\n2024-01-22T00:00:00Z,{good},7\n"
        )
    found = read_observations([str(tmp_path / f"{name}.csv") for name in "ab"], ReadOptions())
    (remark,) = found.remarks
    assert remark.file.endswith("b.csv")
    assert (
        "1 timestamp occurs in an earlier file, too; the rows here count (line 2)" in remark.message
    )
    assert rows(found)[0][1] == 6
