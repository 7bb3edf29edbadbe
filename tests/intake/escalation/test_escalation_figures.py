"""Figures in many phrases: promises, money, shares, people who are asked for, clusters."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(text, field):
    return read_escalation(f"Notes\n=====\n\n{text}\n").to_document()["facts"][field]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We owe them 99.95% availability.", 0.9995),
        ("They are on 99.9%, by the way.", 0.999),
        ("They bought the 99.9% plan.", 0.999),
        ("Contract availability is three nines five.", 0.9995),
        ("Availability stands at 98.7% against a contractual 99.5%.", 0.995),
        ("SLA breached? Yes. 99.9 % promised, 99.4 % delivered.", 0.999),
        ("99.99% uptime SLA breached (99.94% in August)", 0.9999),
        ("The SLA is 99.9 %, the 99.97 % on our dashboard is our own target.", 0.999),
        ("Availability, measured / promised: 98.7% / 99.9%", 0.999),
        ("Your contract says 99.9, and we hold it.", 0.999),
        ("Availability (measured): 99.4 %", None),
    ],
)
def test_what_was_promised(text, wanted):
    assert fact(text, "sla_objective") == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("I lose 8,000 pounds a day. That is what is at risk.", "revenue_at_risk_per_day", 8000),
        ("$900 a day at risk not counting the $2,000 goodwill", "revenue_at_risk_per_day", 900),
        ("Revenue at risk: none stated", "revenue_at_risk_per_day", None),
        ("Monthly fee is EUR 900, the contract ends and that is all.", "monthly_fee", 900),
        ("The EUR 900 and the cash are at risk.", "revenue_at_risk_per_day", None),
        ("Does it fail? For one bidder in three, yes.", "error_rate", 1 / 3),
        ("They asked for the share of rejected files. 28 of 100 since noon.", "error_rate", 0.28),
        ("Every 20th label is not printed.", "error_rate", 0.05),
        ("4 per mille of the labels are faulty.", "error_rate", 0.004),
        ("8&nbsp;% of the log-ins end with an error.", "error_rate", 0.08),
        ("How many bidders is that? Five hundred and fifty, give or take.", "users_affected", 550),
        ("Who is hit? 430 clerks and vets.", "users_affected", 430),
        ("1,350 guests stood outside.", "users_affected", 1350),
        ("45 engineers joined the call.", "users_affected", None),
        ("Affected users: minus 12 nurses", "users_affected", None),
        ("Storage nodes: 20", "nodes", 20),
        ("Nodes: 18 (12 workers, 6 schedulers)", "nodes", 18),
        ("Do you have a case number? Yes, 60717.", "id", "60717"),
        ("Ticket 5500.118 is open.", "id", "5500.118"),
        ("Increase: +1,480 %", "latency_increase_percent", 1480),
        ("It is ready in 12 s usually; on Monday it took 4 min.", "latency_normal_s", 12),
        ("Normally you are in after twenty seconds.", "latency_normal_s", 20),
    ],
)
def test_figures_in_phrases(text, field, wanted):
    assert fact(text, field) == (wanted if isinstance(wanted, str) else pytest.approx(wanted))


def test_a_time_before_something_starts_is_not_the_usual_one():
    text = "A film needs 15 seconds before it starts. Two seconds is what we had all year."
    assert fact(text, "latency_now_s") == 15
    assert fact(text, "latency_normal_s") == 2


def test_other_money_behind_the_label_of_risk_is_not_at_risk():
    text = "Money: no revenue at risk was named. They want the fee (EUR 8,150 per month) back."
    assert fact(text, "revenue_at_risk_per_day") is None
