"""Struck text is no longer said; tildes, hyphens and minus signs that strike nothing stay."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.text.lines import split_lines


def facts_of(text):
    return read_escalation(text).facts.to_mapping()


CASES = {
    "Priority: ~~P3~~ P1\nStatus: ~~Open~~ Fix in test\nUsers affected: ~~1,200~~ 2,750\n": {
        "priority": "critical",
        "status": "Fix in test",
        "users_affected": 2750,
    },
    "Customer: <s>Alder</s> Birch Mills\nMonthly fee: <strike>EUR 40</strike> EUR 46\n": {
        "customer": "Birch Mills",
        "monthly_fee": 46,
    },
    "|Field|Value|\n|---|---|\n|Customer|~~Quay~~ Quay & Bank|\n|Status|~~New~~|\n|ARR|$2k|\n": {
        "customer": "Quay & Bank",
        "status": None,
        "arr": 2000,
    },
    "*Status:* ~New~ Waiting\nSearch takes ~5~ 12 seconds (normally 2 seconds)\n": {
        "status": "Waiting",
        "latency_now_s": 12,
    },
    "||Field||Value||\n|Customer|Loch|\n|Priority|-P3- P1|\n|Status|-New one- Fixing|\n": {
        "priority": "critical",
        "status": "Fixing",
    },
    "Priority: -P3- P1\nStatus: -New- In work\nUsers affected: -1,900- 2,300\n": {
        "priority": "critical",
        "status": "In work",
        "users_affected": 2300,
    },
    "Priority: P\u03363\u0336 P1\nStatus: N\u0336e\u0336w\u0336 \u0336i\u0336n\u0336 Fixing\n": {
        "priority": "critical",
        "status": "Fixing",
    },
    "Status: [s]Closed[/s] Reopened\nMonthly fee: {--USD 900--}{++USD 950++}\n": {
        "status": "Reopened",
        "monthly_fee": 950,
    },
    'Status: <span style="text-decoration: line-through">Open</span> Monitoring\n': {
        "status": "Monitoring"
    },
    "Status: {~~Open~>Monitoring~~}\nARR: $40,000\n": {"status": "Monitoring"},
    "Escalation level: ~~L1~~ ~~L2~~ L3\nSLA: ~~99.9%~~ 99.5% availability agreed\n": {
        "escalation_level": 3,
        "sla_objective": 0.995,
    },
}


@pytest.mark.parametrize(("text", "facts"), CASES.items())
def test_a_struck_value_gives_way_to_the_one_beside_it(text, facts):
    found = facts_of(text)
    assert {name: found[name] for name in facts} == facts


@pytest.mark.parametrize(
    "struck",
    [
        "~~Users affected: 800~~",
        "- ~~Users affected: 800~~ (cancelled)",
        "<del>\nUsers affected: 800\n\nRevenue at risk: $4,000 per day\n</del>",
        "~~Users affected:\n800 people and more~~",
        "<s>| Users affected | 800 |</s>",
    ],
)
def test_a_line_that_is_struck_whole_says_nothing(struck):
    found = facts_of(f"Customer: Oxbow Courts\n{struck}\nNodes: 4 nodes\n")
    assert (found["users_affected"], found["revenue_at_risk_per_day"]) == (None, None)
    assert (found["customer"], found["nodes"]) == ("Oxbow Courts", 4)


@pytest.mark.parametrize(
    "text",
    [
        "Uploads take ~10 seconds instead of ~2 seconds, ~4,000 users wait",
        "Logs in ~/tarn and ~/old, pages in <https://reed.example/~ops/~status>",
        "The hall -which is old- fails, pre- and post-checks run at -18 and -20 degrees",
        "Waiting 10~15 s, normally 1~2 s; see ~~~ and ~~",
        "Escape <s> in names; a <del> that nobody closes",
        "-Restart the pre- and post-checks",
    ],
)
def test_tildes_hyphens_and_tags_that_strike_nothing_stay(text):
    (line,) = split_lines(text)
    assert (line.text, line.struck) == (text, False)


def test_a_plan_loses_its_struck_windows_actions_and_stages():
    found = facts_of(
        "## Plan\n### Stop it (~~0-8~~ 0-6 h)\n- Close the ~~door~~ valve\n- ~~Call the vendor~~\n"
        "### ~~Repair (6-24 h)~~\n- ~~Weld the pipe~~\n### Learn (~~1-2~~ 3-4 weeks)\n"
        "- Train the crew\n"
    )
    assert found["stages"] == [
        {"name": "Stop it", "from_hours": 0, "to_hours": 6, "actions": ["Close the valve"]},
        {"name": "Learn", "from_hours": 504, "to_hours": 672, "actions": ["Train the crew"]},
    ]


def test_progress_is_what_is_not_struck():
    found = facts_of(
        "Action Plan:\n1. At once (0-4 hours):\n   - Restart the gateway\n   - Clear the cache\n\n"
        "Current Status:\n- ~~Gateway restarted~~ Gateway restart has not started\n"
        "- Cache: ~~cleared~~ being cleared\n"
    )
    assert found["progress"] == [
        {"action": "Restart the gateway", "state": "not_started"},
        {"action": "Clear the cache", "state": "in_progress"},
    ]


@pytest.mark.parametrize("mark", ["[x] ~~Restart the gateway~~", "~~Restart the gateway~~ done"])
def test_what_is_crossed_off_because_it_is_done_stays_a_step(mark):
    (line,) = split_lines(f"- {mark}")
    assert "Restart the gateway" in line.text
    assert "~" not in line.text


def test_struck_lines_are_told_and_their_values_keep_their_place():
    text = "Customer: Reed Libraries\n~~Priority: P1~~\nStatus: ~~New~~ Reopened\n"
    reading = read_escalation(text)
    assert [(one.message, one.line) for one in reading.warnings] == [
        ("2 lines hold struck text, which is not read", 2)
    ]
    assert [(one.field, one.line, one.text) for one in reading.provenance] == [
        ("customer", 1, "Reed Libraries"),
        ("status", 3, "Reopened"),
    ]
    assert all(line.kind != "not understood" for line in reading.lines)
