from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.intake.instants import (
    AmbiguousDateError,
    date_order,
    epoch_ns,
    midnight_ns,
    parse_instant,
)
from impactcalc.units.instant import instant_text

moments = st.datetimes(datetime(1970, 1, 3), datetime(2199, 12, 30))  # noqa: DTZ001 - naive on purpose


@given(moments, st.integers(-14 * 60, 14 * 60), st.sampled_from(["T", " "]))
def test_what_python_writes_is_read_back(moment, offset, blank):
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    written = zoned.isoformat(blank)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert parse_instant(written) == (zoned - epoch) // timedelta(microseconds=1) * 1000


@given(st.integers(0, 7_258_118_399 * 10**9))
def test_what_is_written_is_read_back_to_the_nanosecond(instant):
    assert parse_instant(instant_text(instant)) == instant


@pytest.mark.parametrize(
    "text",
    ["2024-01-22T00:00:00Z", "2024-01-22 00:00 UTC", "2024/1/22 0:00Z", "2024-01-22T00:00:00+00",
     "2024-01-22 00:00:00 +0000 UTC", "2024-01-21T24:00Z", "2024-01-21T23:59:60Z", "20240122T0000Z",
     "1705881600", "1705881600.000", "1705881600000", "22/01/2024 00:00Z", "2024-01-22t00:00z"],
)  # fmt: skip
def test_one_instant_is_read_in_all_its_forms(text):
    assert parse_instant(text) == 1_705_881_600 * 10**9


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-01-22", "has no time zone; say which: --tz"),
        ("2024-01-22T00:00:61Z", "is no time of the calendar"),
        ("2024-01-22T00:60Z", "is no time of the calendar"),
        ("2024-01-22T00:00+19:00", "has the offset .19:00, which no zone has"),
        ("1066-10-14T09:00Z", "lies outside the years 1970 to 2199"),
        ("-5", "is no time between 1970 and 2199"),
        ("99999999999", "is no time between 1970 and 2199"),
        ("yesterday", "is no time; write e.g."),
    ],
)
def test_what_is_no_instant_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_instant(text)


def test_dates_whose_order_is_unknown_are_refused_with_both_readings():
    with pytest.raises(
        AmbiguousDateError, match="may be 2 January or 1 February; write 2024-01-02"
    ):
        parse_instant("01/02/2024 00:00")
    assert parse_instant("01/02/2024Z", order="dm") == parse_instant("2024-02-01T00:00Z")
    assert parse_instant("01/02/2024Z", order="md") == parse_instant("2024-01-02T00:00Z")
    assert parse_instant("02/02/2024Z") == parse_instant("2024-02-02T00:00Z")
    assert [date_order(each) for each in ("13/01/2024", "x", "13/13/2024")] == ["dm", "", ""]


def test_a_wall_time_belongs_to_its_zone():
    zone = ZoneInfo("Australia/Lord_Howe")
    assert parse_instant("2024-07-01 12:00", zone) == parse_instant("2024-07-01T12:00+10:30")
    with pytest.raises(ValueError, match="does not exist in Australia/Lord_Howe"):
        parse_instant("2024-10-06 02:15", zone)
    with pytest.raises(ValueError, match="exists twice"):
        parse_instant("2024-04-07 01:45", zone)


def test_the_size_of_a_number_tells_its_unit():
    assert epoch_ns(1) == 10**9
    assert epoch_ns(7_258_118_399) == 7_258_118_399 * 10**9
    assert epoch_ns(10**11) == 10**17
    assert epoch_ns(10**15) == 10**18
    assert epoch_ns(10**18) == 10**18


def test_a_day_begins_at_its_first_moment_where_it_has_no_midnight():
    sao = ZoneInfo("America/Sao_Paulo")
    assert midnight_ns(2018, 11, 4, sao) == parse_instant("2018-11-04T03:00Z")
