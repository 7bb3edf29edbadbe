"""Forms that people fill: labels before, beside, above and in the row over their values."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).to_document()["facts"]


PAIRS = (
    "{{Escalation\n| id = LF-7\n| customer = Linnet Foods\n| users affected = 340\n}}\n",
    "id=LF-7\ncustomer=Linnet Foods\nsub_state=parked\nusers_affected=340\n",
    "Customer\n  Linnet Foods\nTicket\n  LF-7\nAffected users\n  340\n",
    "## Customer\nLinnet Foods\n\n## Ticket\nLF-7\n\n## Users affected\n340 clerks\n",
    "**Customer** Linnet Foods\n**Ticket** LF-7\n**Users** 340\n",
    "- **Customer** \u2013 Linnet Foods\n- **Ticket** \u2013 LF-7\n- **Users** \u2013 340\n",
    "[Customer] Linnet Foods\n[Ticket] LF-7\n[Users] 340\n",
    ":Customer: Linnet Foods\n:Ticket: LF-7\n:Users: 340\n",
    "Customer.....Linnet Foods\nTicket.......LF-7\nUsers........340\n",
    "Customer | Linnet Foods\nTicket | LF-7\nUsers | 340\n",
    '{\n  "customer": "Linnet Foods",\n  "ticket": "LF-7",\n  "users_affected": 340\n}\n',
    (
        "Q: Who is the customer?\nA: Linnet Foods\nQ: Which ticket?\nA: LF-7\n"
        "Q: How many users?\nA: 340\n"
    ),
    "| Ticket | Customer | Users |\n|---|---|---|\n| LF-7 | Linnet Foods | 340 |\n",
    "Ticket,Customer,Users\nLF-7,Linnet Foods,340\n",
    "Ticket    Customer       Users\nLF-7      Linnet Foods   340\n",
)


@pytest.mark.parametrize("text", PAIRS)
def test_a_form_is_read_however_it_is_drawn(text):
    told = facts(text)
    assert (told["id"], told["customer"], told["users_affected"]) == ("LF-7", "Linnet Foods", 340)


def test_a_table_of_several_cases_lies_on_no_side():
    rows = "| LF-7 | Linnet Foods | 2 |\n| LF-8 | Otter Bank | 1 |\n"
    assert facts(f"| Ticket | Customer | Sev |\n|---|---|---|\n{rows}")["customer"] is None


@pytest.mark.parametrize(
    ("label", "value", "field", "wanted"),
    [
        ("Latency now (ms)", "4500", "latency_now_s", 4.5),
        ("latency_normal_ms", "300", "latency_normal_s", 0.3),
        ("Error rate in %", "7.5", "error_rate", 0.075),
        ("Monthly fee (EUR)", "4,500", "monthly_fee", 4500),
        ("Revenue at risk, USD per day", "64,000", "revenue_at_risk_per_day", 64000),
        ("Revenue at risk [EUR/hour]", "1.500", "revenue_at_risk_per_day", 36000),
        ("u_revenue_at_risk", "EUR 3,000 per month", "revenue_at_risk_per_day", 100),
        ("Availability promised", "99.9 %", "sla_objective", 0.999),
        ("When was it opened?", "4 May 2026", "created", "2026-05-04"),
        ("How many people are affected?", "340", "users_affected", 340),
    ],
)
def test_a_label_gives_fact_unit_and_period(label, value, field, wanted):
    mark = "" if label[-1] == "?" else ":"
    assert facts(f"{label}{mark} {value}\n")[field] == pytest.approx(wanted)


LOGS = (
    "2026-05-04 10:00 UTC  OPENED     by phone\n2026-05-04 11:00 UTC  ESCALATED  by their CIO\n",
    "2026-05-04 10:00 UTC | OPENED | by phone\n2026-05-04 11:00 UTC | ESCALATED | by us\n",
    "2026-05-04 10:00 UTC opened by phone\n2026-05-04 11:00 UTC escalated by their CIO\n",
    "[2026-05-04T10:00:00Z] opened: no stock\n[2026-05-04T11:00:00Z] escalated: by their CIO\n",
    "4 May 2026, 10:00 UTC - Case opened\n4 May 2026, 11:00 UTC - Escalated by their CIO\n",
)


@pytest.mark.parametrize("text", LOGS)
def test_the_time_of_an_entry_is_that_of_what_it_says(text):
    told = facts(f"Linnet Foods, log\n\n{text}")
    opened, escalated = "2026-05-04T10:00:00+00:00", "2026-05-04T11:00:00+00:00"
    assert (told["created"], told["escalated"]) == (opened, escalated)


def test_a_log_tells_how_slow_it_was_before_the_repair():
    told = facts(
        "2026-05-04 10:00 UTC  OPENED  a look-up takes 9 s (usual: under 1 s)\n"
        "2026-05-04 12:00 UTC  NOTE    a look-up takes 2 s again\n"
    )
    assert (told["latency_now_s"], told["latency_normal_s"]) == (9, 1)


SHEET = """\
Customer        Dunmore Savings

C. ACTION PLAN      legend: X finished, / in hand, O not begun, blank = no report
 Today (0-10 hours)
   [X] pause the export
   [/] copy the letters to the spare vault
   [O] switch the tellers over
 Month end (2-3 weeks)
   [ ] replace the controllers

D. NEXT CONTACT
Friday, 09:00
"""


def test_a_legend_behind_the_heading_of_a_plan_tells_what_its_signs_stand_for():
    reading = read_escalation(SHEET)
    assert [stage.name for stage in reading.stages] == ["Today", "Month end"]
    states = {one.action.text: one.state.value for one in reading.progress}
    assert states == {
        "pause the export": "done",
        "copy the letters to the spare vault": "in_progress",
        "switch the tellers over": "not_started",
    }
