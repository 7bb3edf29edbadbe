"""What came true is read line by line; what cannot be used is named with its line."""

from datetime import UTC, datetime

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.actuals import read_actuals

HEAD = "id,as_of,ended,loss\n"


@pytest.fixture
def read(tmp_path):
    """Give a function from the text of a file to what was read."""

    def from_text(text):
        path = tmp_path / "actuals.csv"
        path.write_text(text, "utf-8")
        return read_actuals(str(path))

    return from_text


def at(day, hour, minute=0):
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def test_a_line_has_a_moment_an_end_and_a_loss(read):
    (one,) = read(f"{HEAD}CE1,2026-05-04T12:00+02:00,2026-05-05T06:30Z,27500.50\n").lines
    assert (one.line, one.id, one.loss, one.currency) == (2, "CE1", 27500.5, "")
    assert (one.first, one.last, one.ended) == (at(4, 10), at(4, 10), at(5, 6, 30))


def test_a_day_is_any_moment_of_it_and_nothing_is_every_forecast(read):
    day, every = read(f"{HEAD}CE1,2026-05-04,2026-05-05T06:30Z,\nCE2,,,27 K USD\n").lines
    assert (day.first, day.last) == (at(4, 0), datetime(2026, 5, 4, 23, 59, 59, tzinfo=UTC))
    assert day.loss is None
    assert (every.first, every.last, every.ended) == (None, None, None)
    assert (every.loss, every.currency) == (27_000, "USD")


def test_columns_are_found_by_name_in_any_order_and_some_may_be_missing(read):
    (one,) = read("note;ENDED;Id\nx;2026-05-05T06:30Z;CE1\n").lines
    assert (one.id, one.ended, one.loss) == ("CE1", at(5, 6, 30), None)
    (other,) = read("id,loss\nCE1,5\n").lines
    assert (other.loss, other.ended) == (5, None)


def test_an_end_on_a_day_is_its_noon_and_is_said(read):
    found = read(f"{HEAD}CE1,,2026-05-05,\nCE2,,2026-05-05T01:00Z,\n")
    assert found.lines[0].ended == at(5, 12)
    assert found.remarks == ("ends without a time of day: 1, taken as 12:00 UTC",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",2026-05-04,2026-05-05T06:30Z,1", "id is empty"),
        ("CE1,soon,2026-05-05T06:30Z,1", "as_of: 'soon' is no date"),
        ("CE1,,2026-05-05T06:30,1", "ended: '2026-05-05T06:30' has no offset"),
        ("CE1,2026-05-06,2026-05-05T06:30Z,1", "ended 2026-05-05T06:30Z lies before as_of"),
        ("CE1,,,-5", "loss: '-5' is negative"),
        ("CE1,,,much", "loss: "),
        ("CE9,,2026-05-05T06:30Z,1", "CE9 stands already on line 2"),
        ("CE1,,2026-05-05T06:30Z", "3 fields, the header has 4"),
    ],
)
def test_a_line_that_cannot_be_used_is_listed_and_skipped(read, line, words):
    found = read(f"{HEAD}CE9,,2026-05-05T06:30Z,1\n{line}\n")
    assert [one.id for one in found.lines] == ["CE9"]
    (skipped,) = found.skipped
    assert skipped.line == 3
    assert words in skipped.why


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("name,end\nx,y\n", "has no column 'id' and 'ended'", 1),
        (HEAD, "no lines after the header", 0),
        (f"{HEAD}CE1,x,,\n,,,\n", "as_of: 'x' is no date", 2),
        ("", "is empty", 0),
    ],
)
def test_a_file_without_a_usable_line_is_refused(read, text, words, line):
    with pytest.raises(InputError) as caught:
        read(text)
    problem = caught.value.problems[0]
    assert words in problem.message
    assert (problem.line, problem.file.endswith("actuals.csv")) == (line, True)
