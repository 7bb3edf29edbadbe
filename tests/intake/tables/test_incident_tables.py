from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from impactcalc.domain.observation import Episode
from impactcalc.intake.instants import parse_instant
from impactcalc.intake.observation_file import FOREVER_NS
from impactcalc.intake.read_options import ReadOptions

HEAD = "started_at,resolved_at,lost_share\n"
ROW = HEAD + "2024-01-22T09:00Z,2024-01-22T10:00Z,35%\n"
NINE, TEN = parse_instant("2024-01-22T09:00Z"), parse_instant("2024-01-22T10:00Z")


def test_a_row_is_an_episode_with_its_lost_share(read):
    states = read(ROW).data
    assert states.episodes == (Episode(NINE, TEN, Fraction(7, 20)),)
    assert states.otherwise == 0


@pytest.mark.parametrize(
    "row",
    [
        "Start;End;Lost Share\n2024-01-22T10:00+01:00;2024-01-22T11:00+01:00;0.35\n",
        HEAD + "1705914000,1705917600,35 %\n",
        "id," + HEAD + "a,2024-01-22 09:00Z,2024-01-22 10:00Z,35%\n",
    ],
)
def test_other_ways_to_write_it_mean_the_same(read, row):
    assert read(row).data == read(ROW).data


def test_an_open_incident_has_no_end_and_an_empty_share_is_unknown(read):
    found = read(HEAD + "2024-01-22T09:00Z,,\n")
    assert found.data.episodes == (Episode(NINE, FOREVER_NS, None),)
    assert found.span == (NINE, NINE + 1)


def test_without_a_column_every_incident_is_a_total_outage_and_that_is_said(read):
    found = read("started,ended\n2024-01-22T09:00Z,2024-01-22T10:00Z\n")
    assert found.data.episodes == (Episode(NINE, TEN, Fraction(1)),)
    assert "every incident counts as a total outage" in found.remarks[0].message


def test_wall_times_need_a_zone(read, refused):
    content = HEAD + "22/01/2024 14:30,22/01/2024 15:30,100%\n"
    assert "has no time zone" in refused(content)[0]
    found = read(content, ReadOptions(zone=ZoneInfo("Asia/Kolkata"))).data
    assert found.episodes == (Episode(NINE, TEN, Fraction(1)),)


def test_all_problems_are_named_with_their_lines(refused):
    content = HEAD + (
        ",2024-01-22T10:00Z,1\n"
        "2024-01-22T10:00Z,2024-01-22T09:00Z,35%\n"
        "2024-01-22T09:00Z,later,350%\n"
        "2024-01-22T09:00Z,2024-01-22T10:00Z\n"
        "2024-01-22T09:00Z,2024-01-22T10:00Z,35\n"
    )
    problems = refused(content)
    assert [each.split(": ")[0] for each in problems] == [
        "t.csv:2", "t.csv:3", "t.csv:4", "t.csv:4", "t.csv:5", "t.csv:6",
    ]  # fmt: skip
    assert "started_at is empty" in problems[0]
    assert "lies before started_at" in problems[1]
    assert "'later' is no time" in problems[2]
    assert "lost_share is '350%', outside 0% to 100%" in problems[3]
    assert "2 fields, the header has 3 columns" in problems[4]
    assert "'35' is above 1 and has no percent sign" in problems[5]
    assert refused(HEAD) == ["t.csv: no rows after the header: nothing to measure"]
