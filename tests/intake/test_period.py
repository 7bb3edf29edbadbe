import json
from datetime import UTC
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from impactcalc.domain.observation import SECOND_NS, ObjectiveWindow, Window
from impactcalc.intake.instants import parse_instant
from impactcalc.intake.period import midnights, objective_period, parse_period, parse_span
from impactcalc.units.instant import instant_text

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "data" / "slo" / "golden.json").read_text(encoding="utf-8")
)
SPAN = Window(parse_instant("2024-01-20T00:00Z"), parse_instant("2024-02-01T00:00Z"))


def bounds(text, zone=None, span=SPAN, as_of=None):
    window = parse_period(text, zone).resolve(span, None if as_of is None else parse_instant(as_of))
    return tuple(map(instant_text, window))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-01-22/2024-01-24", "2024-01-22T00:00:00Z", "2024-01-24T00:00:00Z"),
        ("2024-01-22T10:00Z/2024-01-22T10:30Z", "2024-01-22T10:00:00Z", "2024-01-22T10:30:00Z"),
        ("2024-01-22T10:00+02:00/30 min", "2024-01-22T08:00:00Z", "2024-01-22T08:30:00Z"),
        ("2024-01", "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"),
        ("2024-12", "2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z"),
        ("2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
        ("2024-Q4", "2024-10-01T00:00:00Z", "2025-01-01T00:00:00Z"),
        ("2024-w01", "2024-01-01T00:00:00Z", "2024-01-08T00:00:00Z"),
        ("2024-01-22", "2024-01-22T00:00:00Z", "2024-01-23T00:00:00Z"),
        ("30d", "2024-01-02T00:00:00Z", "2024-02-01T00:00:00Z"),
        ("2 weeks", "2024-01-18T00:00:00Z", "2024-02-01T00:00:00Z"),
        ("month", "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"),
        ("week", "2024-01-29T00:00:00Z", "2024-02-05T00:00:00Z"),
        ("quarter", "2024-01-01T00:00:00Z", "2024-04-01T00:00:00Z"),
        ("year", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
        ("calendar month 2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("week 2024-01-25 in UTC", "2024-01-22T00:00:00Z", "2024-01-29T00:00:00Z"),
        ("month 2024-01 in America/New_York", "2024-01-01T05:00:00Z", "2024-02-01T05:00:00Z"),
        ("2024-03 in America/New_York", "2024-03-01T05:00:00Z", "2024-04-01T04:00:00Z"),
        ("Month 2024-11 in Australia/Lord_Howe", "2024-10-31T13:00:00Z", "2024-11-30T13:00:00Z"),
    ],
)
def test_every_form_of_a_window_gives_its_bounds(text, start, end):
    assert bounds(text) == (start, end)


def test_dates_and_calendar_periods_belong_to_the_zone_that_is_named():
    zone = ZoneInfo("Asia/Kolkata")
    assert bounds("2024-01", zone) == ("2023-12-31T18:30:00Z", "2024-01-31T18:30:00Z")
    assert bounds("2024-01-22/2024-01-23", zone)[0] == "2024-01-21T18:30:00Z"


def test_open_windows_end_at_as_of_when_it_is_given():
    assert bounds("7d", as_of="2024-03-10T12:00Z") == (
        "2024-03-03T12:00:00Z", "2024-03-10T12:00:00Z",
    )  # fmt: skip
    assert bounds("month", as_of="2024-03-01T00:00Z")[0] == "2024-03-01T00:00:00Z"
    with pytest.raises(ValueError, match="needs data, or --as-of"):
        parse_period("7d").resolve(None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-13", "'2024-13' is no date of the calendar"),
        ("fortnight", "'fortnight' is no window; write e.g. 2024-01"),
        ("0d", "'0d' is empty"),
        ("2024-01-24/2024-01-22", "runs backwards"),
        ("2024-01-24/2024-01-24", "is empty; write the earlier bound first"),
        ("2024-01-22 10:00/2024-01-23", "has no time zone"),
        ("month soon", "'soon' is no date"),
        ("month 2024-01 in Europe/Berln", "did you mean 'Europe/Berlin'"),
        ("1/2/3", "is no span"),
    ],
)
def test_what_is_no_window_is_refused_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_period(text)


def test_a_span_needs_two_bounds():
    with pytest.raises(ValueError, match="is no span; write START/END"):
        parse_span("2024-01-22")


def test_every_golden_budget_has_the_length_of_its_period():
    forms = {
        "28 d rolling": "28d",
        "30 d rolling": "30d",
        "January 2024, UTC": "2024-01",
        "February 2024, UTC": "month 2024-02",
        "March 2024, America/New_York": "month 2024-03 in America/New_York",
        "November 2024, America/New_York": "month 2024-11 in America/New_York",
        "Q1 2024, UTC": "quarter 2024-Q1",
        "2023, UTC": "2023",
        "2024, UTC": "year 2024",
        "365.25 d": "365.25 d",
    }
    for case in GOLDEN["budgets"]:
        window = parse_period(forms[case["period"]]).resolve(SPAN, None)
        assert window.end_ns - window.start_ns == case["seconds"] * SECOND_NS


def test_an_incident_over_a_months_end_falls_into_both():
    case = GOLDEN["straddle"]
    start, end = (parse_instant(case[key]) for key in ("from", "to"))
    for month, hours in case["split_h"].items():
        window = parse_period(f"{month} in {case['tz']}").resolve(None, None)
        inside = min(end, window.end_ns) - max(start, window.start_ns)
        assert inside == hours * 3600 * SECOND_NS


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", "2024-03-10", 23),
        ("America/New_York", "2024-11-03", 25),
        ("Australia/Lord_Howe", "2024-04-07", 24.5),
        ("America/Sao_Paulo", "2018-11-04", 23),  # its midnight does not exist
        ("Pacific/Apia", "2011-12-30", 0),  # the whole day does not exist
    ],
)
def test_days_are_as_long_as_their_clock_says(zone, day, hours):
    window = parse_period(f"{day} in {zone}").window
    assert window.end_ns - window.start_ns == hours * 3600 * SECOND_NS


def test_midnights_are_those_of_the_zone():
    window = Window(parse_instant("2024-03-09T05:00Z"), parse_instant("2024-03-12T00:00Z"))
    found = [instant_text(each)[5:16] for each in midnights(window, ZoneInfo("America/New_York"))]
    assert found == ["03-09T05:00", "03-10T05:00", "03-11T04:00"]
    assert len(midnights(window, None)) == 3


@pytest.mark.parametrize(
    ("window", "start", "end"),
    [
        (ObjectiveWindow(Fraction(1209600)), "2024-01-18T00:00:00Z", "2024-02-01T00:00:00Z"),
        (ObjectiveWindow(unit="month"), "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"),
        (ObjectiveWindow(unit="month", zone="America/New_York", start="2022-01-01 12:00:00"),
         "2024-01-01T17:00:00Z", "2024-02-01T17:00:00Z"),
        (ObjectiveWindow(unit="month", start="2025-05-31"),
         "2024-01-31T00:00:00Z", "2024-02-29T00:00:00Z"),
        (ObjectiveWindow(unit="week", start="2023-12-27", units=2),
         "2024-01-24T00:00:00Z", "2024-02-07T00:00:00Z"),
        (ObjectiveWindow(unit="quarter", start="2023-11-01", units=2),
         "2023-11-01T00:00:00Z", "2024-05-01T00:00:00Z"),
    ],
)  # fmt: skip
def test_an_objectives_window_is_counted_from_its_start(window, start, end):
    found = objective_period(window).resolve(SPAN, None)
    assert tuple(map(instant_text, found)) == (start, end)


def test_utc_is_the_zone_of_what_names_none():
    assert parse_period("month").zone is UTC
