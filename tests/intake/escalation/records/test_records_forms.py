"""Exports, forms and pastes of many tools, each in a few lines of our own."""

import pytest

from impactcalc.intake.escalation import read_escalation

FORMS: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
    "labels on lines of their own": (
        (
            "Case Number\n00912278\nAccount Name\nBrightmoor Museums\nPriority\nHigh\n"
            "Status\nWorking\nEscalation Level\n3\nUsers Affected\n85\n"
        ),
        {"id": "00912278", "customer": "Brightmoor Museums", "priority": "high"},
        {"status": "Working", "escalation_level": 3, "users_affected": 85},
    ),
    "labels and values parted by blank lines": (
        (
            "Incident\nINC-3391\n\nCustomer\nQuarley Foods\n\nSeverity\nSEV2\n\n"
            "Current state\nDegraded\n\nUsers affected\n2,050\n"
        ),
        {"id": "INC-3391", "customer": "Quarley Foods", "priority": "high"},
        {"status": "Degraded", "users_affected": 2050},
    ),
    "arrows": (
        (
            "ticket   -> ER-100\ncustomer -> Stanmore Press\nproduct  -> plate server\n"
            "status   -> waiting for parts\nusers    -> 45\n"
        ),
        {"id": "ER-100", "customer": "Stanmore Press", "service": "plate server"},
        {"status": "waiting for parts", "users_affected": 45},
    ),
    "marks of required fields": (
        (
            "Incident ID*+     INC000004410277\nCompany*+         Marrick Ports\n"
            "Service*+         Berth planning\nStatus*           In Progress\n"
        ),
        {"id": "INC000004410277", "customer": "Marrick Ports"},
        {"service": "Berth planning", "status": "In Progress"},
    ),
    "elements of a document": (
        (
            "<incident>\n <number>INC0077120</number>\n <company>Alborg Feeds</company>\n"
            " <priority>2</priority><state>Awaiting vendor</state>\n"
            " <affected_users>820</affected_users>\n</incident>\n"
        ),
        {"id": "INC0077120", "customer": "Alborg Feeds", "priority": "high"},
        {"status": "Awaiting vendor", "users_affected": 820},
    ),
    "a record in braces": (
        (
            '{"id":"J-9","customer":"Pemble Shoes","status":"Fix verified","users_affected":910,'
            '"revenue_at_risk":{"amount":2500,"currency":"USD","per":"hour"}}\n'
        ),
        {"id": "J-9", "customer": "Pemble Shoes", "status": "Fix verified"},
        {"users_affected": 910, "revenue_at_risk_per_day": 60_000},
    ),
    "assignments on one line": (
        (
            'number=90077 urgency=high status=acknowledged service="fare engine" '
            'customer="Lorne Trams" escalation_level=2\n'
        ),
        {"id": "90077", "priority": "high", "status": "acknowledged"},
        {"service": "fare engine", "customer": "Lorne Trams", "escalation_level": 2},
    ),
    "sections with assignments": (
        (
            "[ticket]\nid = T-5512\ncustomer = Wyvern Cold Stores\nstatus = under repair\n\n"
            "[impact]\nusers_affected = 75\nlatency_normal = 1.5 s\nlatency_now = 18 s\n"
        ),
        {"id": "T-5512", "customer": "Wyvern Cold Stores", "status": "under repair"},
        {"users_affected": 75, "latency_normal_s": 1.5, "latency_now_s": 18},
    ),
    "a table of labels with commas": (
        (
            'Field,Value\nCase,CS-7781\nClient,"Dunmore, Hale & Partners"\nSeverity,1\n'
            "State,Mitigated\nHead-count,730 lawyers\n"
        ),
        {"id": "CS-7781", "customer": "Dunmore, Hale & Partners"},
        {"priority": "critical", "status": "Mitigated", "users_affected": 730},
    ),
    "German labels": (
        (
            "Vorgangsnummer: 2026-0815\nKunde: Rheingau Kelterei\n"
            "Betroffenes System: order portal\n"
            "Priorit\u00e4t: P2\nEskalationsstufe: 2\nBetroffene Nutzer: 1.200\n"
        ),
        {"id": "2026-0815", "customer": "Rheingau Kelterei", "service": "order portal"},
        {"priority": "high", "escalation_level": 2, "users_affected": 1200},
    ),
    "labels that say when": (
        (
            "Customer: Lowmere Dairy\nState at the date of this note: Partly restored\n"
            "Users affected (as of 14:00): 640\n"
        ),
        {"customer": "Lowmere Dairy", "status": "Partly restored"},
        {"users_affected": 640},
    ),
    "columns under a drawn rule": (
        (
            "Measure              Normal     Now\n-----------------------------------\n"
            "Report opens         2 s        31 s\nFailed reports       0.2 %      11 %\n"
            "Timeout              60 s       60 s\n"
        ),
        {"latency_normal_s": 2, "latency_now_s": 31},
        {"error_rate": 0.11},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_form_is_read(form):
    text, some, others = FORMS[form]
    facts = read_escalation(text).to_document()["facts"]
    wanted = some | others
    assert {name: facts[name] for name in wanted} == wanted


def plan_of(text):
    facts = read_escalation(text).to_document()["facts"]
    stages = [
        (one["name"], one["from_hours"], one["to_hours"], one["actions"]) for one in facts["stages"]
    ]
    return stages, {one["action"]: one["state"] for one in facts["progress"] or ()}


def test_tables_in_brackets_are_stages():
    stages, _ = plan_of(
        '[case]\nid = "TK-881"\ncustomer = "Harrowgate"\nstate = "open"\n\n[[plan]]\n'
        'name = "Contain"\nwindow = "0-4 h"\nactions = ["Pause the job", "Raise the limit"]\n\n'
        '[[plan]]\nname = "Repair"\nwindow = "4-48 h"\nactions = [\n  "Rebuild the index",\n]\n'
    )
    assert stages == [
        ("Contain", 0, 4, ["Pause the job", "Raise the limit"]),
        ("Repair", 4, 48, ["Rebuild the index"]),
    ]


def test_rows_without_names_of_columns_are_steps():
    stages, states = plan_of(
        "Plan\n1;Relief;0-3h;reroute bookings to node 2;done\n"
        "1;Relief;0-3h;disable the seat maps;running\n2;Cure;3-30h;rebuild the seat index;open\n"
    )
    assert [stage[:3] for stage in stages] == [("Relief", 0, 3), ("Cure", 3, 30)]
    assert states["disable the seat maps"] == "in_progress"


def test_a_map_in_a_list_may_hold_a_plan_of_its_own():
    stages, states = plan_of(
        "- ticket: Y-17\n  customer: Fenwick Gas\n  severity: high\n  stages:\n"
        "    - window: 0-2h\n      name: stop\n      actions: [close the valve app, use paper]\n"
        "    - window: 2-20h\n      name: mend\n      actions: [restore the map tiles]\n"
        "  done:\n    - close the valve app\n"
    )
    assert [stage[0] for stage in stages] == ["stop", "mend"]
    assert states == {"close the valve app": "done"}


def test_a_system_that_is_named_is_no_order():
    assert read_escalation("Affected system: the till\nCustomer: Alder\n").facts.service
    order = read_escalation("System: set the priority to low\nCustomer: Alder\nPriority: P1\n")
    assert order.facts.priority == "critical"


BOARD = """\
REF      CUSTOMER            SEV  STATE             LVL  OPENED
-------  ------------------  ---  ----------------  ---  -----------
F-3391   Barleymow Traders   P2   Partly restored   2    25 Jul 2026

MEASURE             USUAL    DURING FAULT  REMARK
------------------  -------  ------------  ---------------
saving a ticket     400 ms   18 s          web only
image upload        3 s      3 s           not part of it

WINDOW     NO  TASK                            DONE BY  REMARK
---------  --  ------------------------------  -------  ------------------
0-2 h      1   Print from the local spooler    27 Jul   finished, 85 of 85
           2   Turn off the photos             28 Jul   40 of 85 elevators
2-24 h     3   Shorten the tare list           -        on hold, not begun
"""


def test_columns_are_cut_where_they_are_drawn():
    facts = read_escalation(BOARD).to_document()["facts"]
    assert (facts["id"], facts["customer"]) == ("F-3391", "Barleymow Traders")
    assert (facts["status"], facts["escalation_level"]) == ("Partly restored", 2)
    assert (facts["latency_normal_s"], facts["latency_now_s"]) == (0.4, 18)


def test_an_empty_cell_goes_on_with_the_row_above_and_states_tell_their_column():
    stages, states = plan_of(BOARD)
    assert [stage[1:] for stage in stages] == [
        (0, 2, ["Print from the local spooler", "Turn off the photos"]),
        (2, 24, ["Shorten the tare list"]),
    ]
    assert list(states.values()) == ["done", "in_progress", "not_started"]


def test_a_column_called_hours_gives_the_unit():
    stages, _ = plan_of(
        "Plan\n\n| Hours | Step | State |\n|---|---|---|\n"
        "| 0-8 | Cap the board at 100 places | done |\n| 8-72 | Rewrite the ranking query | |\n"
    )
    assert [stage[1:3] for stage in stages] == [(0, 8), (8, 72)]


def test_names_that_are_paths_are_sections():
    text = (
        "[case]\nid = W31-014\ncustomer = Castellane Pay\nstatus = Mitigated\n\n"
        "[sla]\nresponse_time = 15 min\navailability = 99.95%\n\n"
        "[plan.1]\nname = Tonight\nwindow = 0-6 hours\naction.1 = restart the schedulers\n"
        "action.2 = hold back payouts\n[plan.2]\nname = August\nwindow = 2-4 weeks\n"
        "action.1 = give payroll its own queue\n\n"
        "[progress]\nplan.1.action.1 = done 00:50\nplan.2.action.1 = not begun\n"
    )
    stages, states = plan_of(text)
    assert [(stage[0], len(stage[3])) for stage in stages] == [("Tonight", 2), ("August", 1)]
    assert states == {
        "restart the schedulers": "done",
        "give payroll its own queue": "not_started",
    }
    facts = read_escalation(text).facts
    assert (facts.sla_objective, facts.latency_now_s) == (0.9995, None)


def test_a_legend_behind_a_heading_is_no_part_of_it():
    stages, states = plan_of(
        "Customer: Tarn Airlines\n\n ACTIONS      \u2611 done     \u25d0 in work     \u2610 open\n"
        " -------------------------------------------\nFirst hours (0-4 h)\n"
        "   \u2611 Print the lists on paper\n   \u25d0 Restart the message bridge\n"
        "Review (within 3 weeks)\n   \u2610 Test the bridge with winter volumes\n"
        " -------------------------------------------\n"
    )
    assert [stage[0] for stage in stages] == ["First hours", "Review"]
    assert list(states.values()) == ["done", "in_progress", "not_started"]


def test_sentences_below_headings_are_no_values():
    facts = read_escalation(
        "Status\nwe talked on Monday.\n\nCustomer\nwas not amused at all.\n\n"
        "Priority\nis what we decide together.\n"
    ).facts
    assert (facts.status, facts.priority) == (None, None)


def test_labels_with_values_behind_dashes_take_none_from_the_line_below():
    text = (
        "Reported on - 2026-03-04\nClient - Fernmoor Rail\nLevel - 2\nUsers affected - 5100 users\n"
    )
    text += "Agreed uptime - 99.5%\nCase - FR-118\n"
    facts = read_escalation(text).facts
    assert (facts.users_affected, facts.escalation_level, facts.customer) == (
        *(5100, 2, "Fernmoor Rail"),
    )


NUMBERED = """\
FORM 7    COMPLAINT
 1  Customer              Brenner Lifts
 2  Reference             771-K
 3  Received              05.03.2026
 9  Status                Technician on site
10  Riders affected       approx. 4'300
11  Revenue at risk       CHF 9'600 per day
12  Agreed availability   99.9 %
"""


def test_the_numbers_of_a_forms_rows_are_no_figures():
    facts = read_escalation(NUMBERED).facts
    assert (facts.customer, facts.id, facts.created) == ("Brenner Lifts", "771-K", "2026-03-05")
    assert facts.status == "Technician on site"
    assert (facts.users_affected, facts.revenue_at_risk_per_day) == (4300, 9600)


def test_numbered_rows_of_a_plan_are_no_form():
    text = "Plan\n 1  Open the bypass      0-2 h\n 2  Weld the seam        2-8 h\n"
    text += " 3  Test the seam        8-9 h\n 4  Close the bypass     9-10 h\n"
    stages = read_escalation(text).stages
    assert [[one.text for one in stage.actions] for stage in stages] == [
        ["Open the bypass"], ["Weld the seam"], ["Test the seam"], ["Close the bypass"],
    ]  # fmt: skip
