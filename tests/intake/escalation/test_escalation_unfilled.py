"""A template that nobody filled in states nothing; names that merely hold markup are names."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.text.lines import split_lines
from impactcalc.intake.escalation.text.unfilled import without_blanks
from impactcalc.intake.escalation.words.blanks import BLANK


def facts_of(text):
    return read_escalation(text).facts.to_mapping()


PLACEHOLDERS = [
    *(
        "Choose an item.",
        "<status>",
        "<Low | Medium | High | Critical>",
        "[TBD]",
        "[enter text]",
        "[P1/P2/P3]",
    ),
    *(
        "{{name}}",
        "${users}",
        "{{ ticket.priority }}",
        "%STATUS%",
        "$PRIORITY",
        "\u00abCustomer\u00bb",
    ),
    *("XX", "XXX", "xx", "____", "...", "???", "YYYY-MM-DD", "dd.mm.yyyy", "n/a", "N/A", "tbd"),
    *(
        "TBC",
        "to be confirmed",
        "(none yet)",
        "choose one",
        "enter value here",
        "Lorem ipsum dolor",
    ),
    *("_not known_", "#REF!", "#DIV/0!", "NaN", "null", "-", "Click or tap here to enter text."),
    *("TBD (Maya decides)", "n/a - see the contract", "**TBD**", "`TBD`", "T.B.D.", "n.a."),
]


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_a_placeholder_is_no_value(value):
    names = ("Customer", "Priority", "Status", "Created", "Users affected", "Nodes", "ARR")
    last = ("Renewal date", "Sentiment", "Escalation Level", "Ticket", "Service", "SLA")
    text = "".join(f"{name}: {value}\n" for name in (*names, *last))
    stated = {name: one for name, one in facts_of(text).items() if one not in (None, [])}
    assert stated == {}


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Triple X Logistics",
            "XXX Lutz Chairs",
            "Studio XX",
            "N/A Foods",
            "TBD Networks",
            "Null",
            "<Alder Foods>",
        ),
        *("<b>Acme</b> Boats", '=HYPERLINK("http://x.example","Click")', "{{7*7}} Foods"),
        *(
            "Robin'); DROP TABLE accounts;--",
            "The Placeholder Theatre",
            "Moss <script>a()</script>",
        ),
    ],
)
def test_a_name_that_looks_like_a_placeholder_is_a_name(name):
    assert facts_of(f"Customer: {name}\nStatus: Open\n")["customer"] == name


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Affected Users: ~XX,000 users", ["users_affected"]),
        ("Revenue Impact: Estimated $XXK daily revenue at risk", ["revenue_at_risk_per_day"]),
        ("SLA Violation: 99.X% uptime SLA at risk", ["sla_objective"]),
        ("Monthly Fee: $X,XXX and ARR: $___,000", ["monthly_fee", "arr"]),
        ("XX-node cluster across X availability zones, RF=<n>", ["nodes", "zones"]),
        ("Escalation Level: Level <1-3>", ["escalation_level"]),
        ("Escalation Level: Level 1 / 2 / 3", ["escalation_level"]),
        ("Escalation Level: Level [1/2/3]", ["escalation_level"]),
        ("Priority: Low / Medium / High / Critical", ["priority"]),
        ("Overall sentiment: positive | neutral | negative", ["sentiment"]),
        ("Created: 2026-05-XX, renewal date: __.__.2027", ["created", "renewal_date"]),
        ("Ticket: INC00XXXXX", ["id"]),
    ],
)
def test_a_figure_with_a_gap_states_nothing(line, fields):
    found = facts_of(f"Customer: Holm Foods\n{line}\n")
    assert [found[name] for name in fields] == [None] * len(fields)


def test_half_of_a_pair_that_is_not_filled_in_leaves_the_other_where_it_belongs():
    found = facts_of("Uploads taking 14 seconds (normally <XX seconds>)\n")
    assert (found["latency_now_s"], found["latency_normal_s"]) == (14, None)
    found = facts_of("Uploads taking XX seconds (normally 2 seconds)\n")
    assert (found["latency_now_s"], found["latency_normal_s"]) == (None, 2)


def test_what_else_the_same_template_states_is_read():
    found = facts_of("Monthly Fee: C$5,600\nARR: tbd\nRevenue at risk: $XXK per day\nLevel: 2\n")
    assert (found["monthly_fee"], found["currency"], found["escalation_level"]) == (5600, "CAD", 2)
    assert facts_of("Priority: P1 / Sev-1\nStatus: {{s}} Open\n")["status"] == "{{s}} Open"
    assert facts_of("Priority: P1 / Sev-1\nStatus: Open\n")["priority"] == "critical"


def _stages(plan):
    found = facts_of(f"Customer: Holm Foods\n\nAction Plan:\n{plan}")["stages"] or []
    return [tuple(one.values()) for one in found]


def test_windows_with_gaps_keep_the_end_that_is_stated():
    assert _stages(
        "1. Immediate (0-4 hours):\n   - Restart the importer\n   - <further action>\n\n"
        "2. Short-term (4-XX hours):\n   - Rebuild the index\n\n"
        "3. Mid-term (TBD):\n   - Test the index\n\n"
        "4. Long-term (X-Y weeks):\n   - Split the index\n   - ???\n\n"
        "5. At last ([time window]):\n   - Write it up\n\n6. Ever (n weeks):\n   - Watch it\n"
    ) == [
        ("Immediate", 0, 4, ["Restart the importer"]),
        ("Short-term", 4, None, ["Rebuild the index"]),
        ("Mid-term", None, None, ["Test the index"]),
        ("Long-term", None, None, ["Split the index"]),
        ("At last", None, None, ["Write it up"]),
        ("Ever", None, None, ["Watch it"]),
    ]


def test_a_stage_without_a_name_keeps_its_actions_and_one_without_anything_goes():
    assert _stages(
        "1. Immediate (0-4 hours):\n   - Restart the importer\n\n"
        "2. <stage name> (4-8 hours):\n   - Rebuild the index\n\n"
        "3. <stage name> (XX-XX hours):\n   - <action>\n"
    ) == [
        ("Immediate", 0, 4, ["Restart the importer"]),
        (None, 4, 8, ["Rebuild the index"]),
    ]


def test_markup_and_gaps_inside_an_action_are_its_words():
    actions = [
        "Replace {{user_count}} in all forms",
        "Delete <script> tags from the form",
        "Raise the limit to XX connections",
        "Move ~XX,000 users to the new index",
        "Add the missing status",
    ]
    listed = "".join(f"   - {action}\n" for action in actions)
    assert _stages(f"1. Immediate (0-4 hours):\n{listed}") == [("Immediate", 0, 4, actions)]


def test_stages_counted_in_the_names_of_fields_are_stages_though_a_window_is_open():
    found = facts_of(
        "number: ESC0099\ncompany: Dunlin Opera\nplan_1_name: Immediate\n"
        "plan_1_window: 0-4 hours\nplan_1_actions:\n  - Restart the seats\nplan_2_name: Later\n"
        "plan_2_window: TBD\nplan_2_actions:\n  - Replace the map\nplan_3_name:\n"
        "plan_3_window:\nplan_3_actions:\n"
    )
    assert [tuple(one.values()) for one in found["stages"]] == [
        ("Immediate", 0, 4, ["Restart the seats"]),
        ("Later", None, None, ["Replace the map"]),
    ]


def test_an_action_whose_state_is_open_is_not_called_unfilled():
    found = facts_of(
        "Action Plan:\n1. Immediate (0-4 hours):\n   - Stop the press\n   - Clean the rollers\n\n"
        "Current Status:\n- Stop the press: done\n- Clean the rollers: tbd\n- <what is next>\n"
    )
    assert found["progress"] == [
        {"action": "Stop the press", "state": "done"},
        {"action": "Clean the rollers", "state": "not_started"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Status: Open <2026-08-19 Wed 16:30>",
        "Contact: <anna@holm.example>",
        "<status>Open</status>",
        "HTTP 5XX on 4% of requests, version 2.x, 1920x1080, 3X slower",
        "next week: add a tenth broker",
        "Priority: P1 / Sev-1",
        "2. Short-term (0-[4] hours):",
        "{quote}",
    ],
)
def test_what_is_meant_stays_searched(text):
    assert [line.text for line in without_blanks(split_lines(text))] == [text]


def test_no_blank_reaches_the_facts():
    reading = read_escalation("Customer: <x>\n2. <y> (4-XX hours):\n - <z>\n - Stop ~XX,000 of 9\n")
    assert BLANK not in str(reading.to_document())


def test_cells_of_another_fact_name_no_customer():
    text = "Customer: <b>Moss</b> Mills\n- Account: <td>ARR</td><td>$310,000</td>\n"
    assert facts_of(text)["customer"] == "<b>Moss</b> Mills"


@pytest.mark.parametrize(
    "line",
    [
        *("Escalation Level: Level [1-3]", "Escalation Level: [1..5]", "Escalation level: (1-4)"),
        *("Escalation Level: Level 1, 2 or 3", "Escalation Level: Level [1 to 3]"),
        *("Escalation Level: Level [1-3] - please choose", "| Escalation Level | [1-3] |"),
        *("Priority: P[1-4]", "Priority: [P1-P4]", "Priority: [Low - Critical]", "Severity: [1-5]"),
        *("Priority: Critical, High, Medium or Low", "Priority: (low/medium/high)"),
        *("Escalation Level: one of 1, 2, 3", "Escalation Level: between 1 and 3"),
        *("Priority: Low, Medium, High, Critical", "Priority: [Low] [Medium] [High]"),
        "Overall sentiment: (positive, neutral, negative)",
        "- Overall sentiment: [positive or negative]",
    ],
)
def test_a_scale_in_brackets_is_a_choice_that_nobody_made(line):
    facts = facts_of(f"Customer: Alder Foods\n{line}\n")
    assert (facts["priority"], facts["escalation_level"], facts["sentiment"]) == (None, None, None)


def test_a_choice_beside_its_scale_is_read():
    facts = facts_of("Escalation Level: Level 2 [1-3]\nPriority: [2 - High]\n")
    assert (facts["escalation_level"], facts["priority"]) == (2, "high")
    facts = facts_of("Escalation Level (1-3): 2\nPriority [low/medium/high]: high\n")
    assert (facts["escalation_level"], facts["priority"]) == (2, "high")


@pytest.mark.parametrize(
    "figure", ["4[x]", "1,[000]", "12[?]00", "12<?>", "99.[n]", "4<n>00", "~3,[...]"]
)
def test_a_figure_with_digits_in_brackets_is_not_filled_in(figure):
    facts = facts_of(f"Affected Users: {figure}\nSLA Violation: 99.[9]% uptime SLA\n")
    assert (facts["users_affected"], facts["sla_objective"]) == (None, None)


def test_a_footnote_behind_a_figure_leaves_it_whole():
    facts = facts_of("Affected Users: 45[3]\nSLA Violation: 99.9[2]% uptime SLA\n")
    assert (facts["users_affected"], facts["sla_objective"]) == (45, 0.999)
