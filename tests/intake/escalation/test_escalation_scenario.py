"""From a reading to the tree of a scenario, and through the file back to the same scenario."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from impactcalc.domain.moment import Moment
from impactcalc.domain.sourced import Sourced
from impactcalc.errors import InputError
from impactcalc.intake.document import walk
from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.scenario import scenario_document
from impactcalc.intake.escalation.staging import after_business_days
from impactcalc.intake.escalation.text.decoding import decode
from impactcalc.intake.escalation.written import duration_text, money_text, share_text
from impactcalc.intake.scenario_file import read_scenario, to_scenario, write_scenario
from impactcalc.units.dimension import HOUR
from impactcalc.units.duration import parse_duration
from impactcalc.units.money import parse_money
from impactcalc.units.ratio import parse_ratio

DATA = Path(__file__).parents[2] / "data"
PATHS = [
    *sorted((DATA / "corpus").glob("*.txt")),
    *sorted((DATA / "escalations").glob("*.txt")),
]
NOW = datetime(2027, 6, 1, tzinfo=UTC)


def document(path):
    text, _ = decode(path.read_bytes(), path.name)
    return scenario_document(read_escalation(text), path.name)


def of(text):
    return scenario_document(read_escalation(text)).tree


def bare(value):
    """Leave sources and written words out of a value of the domain."""
    if isinstance(value, Sourced):
        return bare(value.value)
    names = getattr(value, "_fields", getattr(value, "__dataclass_fields__", ()))
    if names:
        return {name: bare(getattr(value, name)) for name in names if name != "source"}
    if isinstance(value, tuple):
        return tuple(bare(one) for one in value)
    return value


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_text_and_the_file_written_from_it_give_the_same_scenario(path):
    read = document(path)
    if "business" not in read.tree and "sla" not in read.tree:
        with pytest.raises(InputError, match="business"):
            to_scenario(read, now=NOW, as_of=None, file=path.name, digest="")
        return
    direct = to_scenario(read, now=NOW, as_of=None, file=path.name, digest="")
    written = write_scenario(read, now=NOW).encode()
    again = to_scenario(
        read_scenario(written, "case.yaml"), now=NOW, as_of=None, file="case.yaml", digest=""
    )
    for part in ("incident", "recovery", "business", "sla", "as_of", "currency"):
        assert bare(getattr(again, part)) == bare(getattr(direct, part)), part


def test_every_value_of_the_tree_names_its_line():
    for path, node in walk(document(DATA / "corpus" / "CE1004-stratton.txt").tree):
        if node.text is not None:
            assert node.source == f"line {node.line}", path
            assert node.line > 0


def test_the_seed_becomes_the_contracts_scenario():
    tree = document(DATA / "corpus" / "CE1004-stratton.txt").tree
    assert tree["incident"]["started"].text == "2024-01-22"
    assert tree["recovery"]["started"].text == "2024-01-23"
    latency = {key: node.text for key, node in tree["incident"]["latency"].fields.items()}
    assert latency == {"normal": "2 s", "now": "20 s to 45 s", "increase": "400%"}
    cluster = {key: node.text for key, node in tree["incident"]["cluster"].fields.items()}
    assert cluster == {
        "nodes": "7",
        "zones": "3",
        "replication_factor": "3",
        "leaderless_tablets": "15",
        "corrupt_tablets": "3",
    }
    windows = [stage["window"].text for stage in tree["recovery"]["stages"].items]
    assert windows == ["0 h to 4 h", "4 h to 24 h", "24 h to 168 h"]
    states = [stage.get("status") for stage in tree["recovery"]["stages"].items]
    assert [node and node.text for node in states] == ["done", "in_progress", None]
    assert tree["business"]["revenue_at_risk"].text == "75 K USD/day"
    assert tree["business"]["users"].text == "15000"
    assert tree["sla"]["target"].text == "99.9%"


def test_a_weekly_amount_is_written_by_the_week():
    tree = of("Revenue Impact: EUR 40k weekly purchases at risk\nSLA: 99.9% uptime")
    assert tree["business"]["revenue_at_risk"].text == "40 K EUR/week"


def test_a_normal_value_is_told_from_a_bound():
    value = of("Performance Impact:\n- Reads take 9 s (normally 300 ms)\n")
    bound = of("Performance Impact:\n- Reads take 9 s (normally under 5 s)\n")
    assert value["incident"]["latency"]["normal_is"].text == "value"
    assert "normal_is" not in bound["incident"]["latency"]


def test_a_range_of_users_and_a_strange_priority_are_left_out_with_a_warning():
    text = "Priority: Urgent\nAffected Users: 30-40 analysts\n"
    read = scenario_document(read_escalation(text))
    assert read.tree.at(("business", "users")) is None
    assert read.tree.at(("incident", "priority")) is None
    assert {one.field for one in read.cautions} == {"business.users", "incident.priority"}


def test_money_in_two_currencies_keeps_that_of_the_revenue():
    text = "Revenue Impact: EUR 9k per day at risk\nSLA: 99.9% uptime\nMonthly fee: $4,000\n"
    read = scenario_document(read_escalation(text))
    assert read.tree.at(("sla", "monthly_fee")) is None
    assert [one.field for one in read.cautions] == ["sla.monthly_fee"]


def test_a_stage_before_a_running_one_is_done_and_names_are_made_where_there_are_none():
    text = """Plan
* within 2 hours
    - Stop the job
* within 8 hours
    - Rebuild the index
* after 7 days
    - Review the limits

Current status
- Index rebuild running
"""
    read = scenario_document(read_escalation(text))
    stages = read.tree["recovery"]["stages"].items
    assert [stage["name"].text for stage in stages] == ["Stage 1", "Stage 2", "Stage 3"]
    assert [stage.get("status") and stage["status"].text for stage in stages] == [
        "done",
        "in_progress",
        None,
    ]
    assert stages[2]["window"].text == "168 h to unknown"
    whys = " ".join(one.why for one in read.assumptions)
    assert "before a running or done one" in whys
    assert "has no name" in whys


def test_a_stage_without_hours_takes_the_history():
    text = "Plan\n* next week\n    - Review\n"
    (stage,) = of(text)["recovery"]["stages"].items
    assert stage["duration"].text == "history(all)"


@pytest.mark.parametrize(
    ("start", "days", "hours"),
    [
        ("2026-07-20T09:00", "2", 48),  # Monday
        ("2026-07-24T09:00", "1", 72),  # Friday: over the weekend
        ("2026-07-22T12:00", "5", 168),
        ("2026-07-25T10:00", "1", 62),  # Saturday: from Monday 0:00 on
        ("2026-07-20T09:00", "0", 0),
    ],
)
def test_business_days_skip_the_weekend(start, days, hours):
    instant = datetime.fromisoformat(start).replace(tzinfo=UTC)
    passed = after_business_days(Moment(instant, instant), Decimal(days))
    assert passed == hours * HOUR


def test_business_days_without_a_start_are_whole_days():
    assert after_business_days(None, Decimal(2)) == 48 * HOUR


@pytest.mark.parametrize("seconds", ["0", "1800", "5400", "90061", "0.0022", "1.5", "604800"])
def test_a_written_duration_is_read_back_exactly(seconds):
    assert parse_duration(duration_text(Decimal(seconds))) == Decimal(seconds)


@pytest.mark.parametrize("amount", ["75000", "1200000", "1250.50", "9200", "1234567", "0"])
def test_a_written_amount_is_read_back_exactly(amount):
    assert parse_money(money_text(Decimal(amount), "EUR")).amount == Decimal(amount)


@pytest.mark.parametrize("ratio", ["0.9995", "0.1", "4", "0.085", "0.004"])
def test_a_written_share_is_read_back_exactly(ratio):
    assert parse_ratio(share_text(Decimal(ratio))) == Decimal(ratio)
