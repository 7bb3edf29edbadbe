"""Dates stay days, date-times are instants, and a time without offset is no moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.intake.moments import is_bare_date, noon_or_instant, parse_moment, parse_zone

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-04T18:00Z",
        "2026-05-04T18:00+00:00",
        "2026-05-04T20:00:00+02:00",
        "2026-05-04 18:00 UTC",
        "2026-05-04t18:00z",
        "2026-05-04T13:00-0500",
        "2026-05-04T18:00:00.000000Z",
    ],
)
def test_a_date_time_with_offset_is_an_instant(text):
    moment = parse_moment(text)
    assert moment.exact
    assert moment.earliest == datetime(2026, 5, 4, 18, tzinfo=UTC)


def test_a_bare_date_is_the_whole_day():
    day = parse_moment("2024-01-22")
    assert (day.earliest, day.width_h) == (datetime(2024, 1, 22, tzinfo=UTC), 24)


def test_a_day_of_a_zone_has_the_zones_length():
    assert parse_moment("2026-11-01", NEW_YORK).width_h == 25
    assert parse_moment("2026-03-08", NEW_YORK).width_h == 23


def test_a_bare_date_counts_as_its_noon():
    assert noon_or_instant("2026-11-01", NEW_YORK) == datetime(2026, 11, 1, 17, tzinfo=UTC)
    assert noon_or_instant("2026-11-01T01:00Z") == datetime(2026, 11, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-01-22T09:00", "has no offset; write e.g. 2024-01-22T09:00Z"),
        ("2024-02-30", "no date of the calendar"),
        ("2024-13-01T09:00Z", "no date of the calendar"),
        ("2024-01-22T24:00Z", "no such time of day"),
        ("2024-01-22T09:60Z", "no such time of day"),
        ("2024-01-22T23:59:60Z", "no such time of day"),
        ("2024-01-22T09:00+25:00", "no such time of day"),
        ("22.01.2024", "is no date"),
        ("yesterday", "is no date"),
        ("20240122", "is no date"),
        ("2024-W04-1", "is no date"),
        ("2024-01-22T09", "is no date"),
        ("0001-01-01", "outside the years"),
        ("9999-12-31", "outside the years"),
        ("12:30:45", "is no date"),
        ("\N{ARABIC-INDIC DIGIT TWO}024-01-22", "is no date"),
        ("", "is no date"),
    ],
)
def test_what_is_no_moment_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_moment(text)


def test_a_zone_is_found_by_its_name():
    assert parse_zone("UTC") is UTC
    assert parse_zone("America/New_York") == NEW_YORK


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Europe/Berlni", "'Europe/Berlni' is no time zone; did you mean 'Europe/Berlin'"),
        ("../../etc/passwd", "is no time zone"),
        ("", "is no time zone"),
        ("qqqqqqqqqq", "write e.g. UTC"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(name, words):
    with pytest.raises(ValueError, match=words):
        parse_zone(name)


@given(
    st.datetimes(
        min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
        max_value=datetime(2199, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    )
)
def test_any_instant_reads_back(instant):
    assert parse_moment(instant.isoformat()).earliest == instant
    day = parse_moment(instant.date().isoformat())
    assert day.earliest <= instant < day.latest
    assert is_bare_date(instant.date().isoformat())
    assert day.latest - day.earliest == timedelta(days=1)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_refused(text):
    try:
        moment = parse_moment(text)
    except ValueError:
        return
    assert moment.earliest <= moment.latest
