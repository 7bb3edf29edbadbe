"""Partial restorations in a text: with a moment and of this incident, or not at all."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.restored import partial_restorations
from impactcalc.intake.escalation.scenario import scenario_document
from impactcalc.intake.scenario_file import to_scenario

TEXT = """\
Case ID: CE77
Customer: Acme
Created: 2024-01-23 08:00 UTC
Revenue at risk: $75K per day

## Status
- 2024-01-23 11:30 UTC: failover begun
- {line}
- 2024-01-23 16:00 UTC: looking into the rest
"""
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def at(hour, minute=0):
    return datetime(2024, 1, 23, hour, minute, tzinfo=UTC)


def found(line):
    reading = read_escalation(TEXT.format(line=line))
    return [
        (one.at, one.share, one.line)
        for one in partial_restorations(reading.statements, reading.dated)
    ]


@pytest.mark.parametrize(
    ("line", "moment", "share"),
    [
        ("2024-01-23 12:00 UTC: 40% of traffic restored after the failover", at(12), "0.4"),
        ("2024-01-23 12:00 UTC: partial recovery", at(12), None),
        ("Service was partially restored at 14:10 UTC", at(14, 10), None),
        ("2024-01-23 13:00 CET - 65 percent of users are back", at(12), "0.65"),
        ("80% of the requests have been served again at 12:45 UTC", at(12, 45), "0.8"),
    ],
)
def test_a_partial_restoration_has_a_moment_and_perhaps_a_share(line, moment, share):
    assert found(line) == [(moment, None if share is None else Decimal(share), 8)]


@pytest.mark.parametrize(
    "line",
    [
        "2024-01-23 12:00 UTC: service not partially restored yet",
        "2024-01-23 12:00 UTC: we expect 40% of traffic restored soon",
        "2024-01-23 12:00 UTC: 40% will be back",
        "Service was partially restored",  # no moment
        "Service was partially restored at 14:10",  # of which zone?
        "2024-01-23 12:00 UTC: 40% of backups restored",
        "2024-01-23 12:00 UTC: 40% of the backlog is gone",
        "2024-01-23 12:00 UTC: fully restored",
        "Last year 40% of traffic was restored at 12:00 UTC",
    ],
)
def test_what_is_no_partial_restoration_of_this_incident_is_none(line):
    assert found(line) == []


def test_the_scenario_of_the_text_has_the_milestone_with_its_line():
    line = "2024-01-23 12:00 UTC: 40% of traffic restored"
    document = scenario_document(read_escalation(TEXT.format(line=line)), "case.txt")
    scenario = to_scenario(document, now=NOW, as_of=None, file="case.txt", digest="")
    (milestone,) = scenario.incident.milestones
    assert milestone.value.at.earliest == at(12)
    assert milestone.value.restored == Decimal("0.4")
    assert (milestone.source, milestone.text) == ("line 8", "2024-01-23 12:00 UTC")
    assert scenario.as_of.value == at(16)


def test_a_milestone_after_the_asked_moment_is_told_and_left_out():
    line = "2024-01-23 12:00 UTC: 40% of traffic restored"
    document = scenario_document(read_escalation(TEXT.format(line=line)), "case.txt")
    scenario = to_scenario(document, now=NOW, as_of=at(10), file="case.txt", digest="")
    assert scenario.incident.milestones == ()
    (told,) = [one for one in scenario.cautions if one.field == "incident.milestones.1.at"]
    assert "lies after as_of" in told.message
    assert told.line == 8
