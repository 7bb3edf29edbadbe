"""What was read in an escalation text, for a person."""

from typing import Any

from impactcalc.report.terminal.reading import render_reading
from impactcalc.report.width import width_of


def document(**facts: Any) -> dict[str, Any]:
    stated = {
        "id": "ESC-3307",
        "customer": "Gravenmoor",
        "revenue_at_risk_per_day": 75000,
        "currency": "USD",
        "sla_objective": 0.999,
        "latency_normal_s": 2,
        "latency_now_s": [20, 45],
        "latency_increase_percent": 400,
        "users_affected": [640, 2100],
        "error_rate": None,
        "nodes": None,
        "stages": [
            {"name": "First aid", "from_hours": 0, "to_hours": 6, "actions": ["a", "b"]},
            {"name": None, "from_hours": 6, "to_hours": None, "actions": ["c"]},
            {"name": "Later", "from_hours": None, "to_hours": None, "actions": []},
            {"name": "Soon", "from_hours": {"business_days": 2}, "to_hours": 96, "actions": []},
        ],
        "progress": [{"action": "Restart", "state": "in_progress"}],
        "credit_tiers": [{"below": 0.999, "credit": 0.1}],
        "monthly_fee": 14250,
        "contradictions": [],
    }
    return {
        "facts": {**stated, **facts},
        "provenance": [
            {"field": "id", "value": "ESC-3307", "line": 1, "text": "ESC-3307"},
            {"field": "stages[0].name", "value": "First aid", "line": 14, "text": "First aid"},
            {"field": "stages.1.name", "value": "x", "line": 18, "text": "x"},
            {"field": "stages[0].actions", "value": "a", "line": 14, "text": "a"},
        ],
        "contradictions": ["nodes"],
        "warnings": [
            {"field": "zones", "message": "0 zones is impossible\x1b[31m", "line": 9},
            {"field": "zones", "message": "0 zones is impossible\x1b[31m", "line": 12},
            {"field": "", "message": "no time zone is stated", "line": 0},
        ],
        "lines": [
            {"line": 1, "class": "used"},
            {"line": 2, "class": "not understood"},
            {"line": 3, "class": "used"},
        ],
    }


def test_facts_stand_beside_their_lines() -> None:
    text = render_reading(document())
    assert "  id                ESC-3307" in text
    assert text.splitlines()[0] == "12 facts, 1 not stated, 1 contradiction"
    assert text.splitlines()[2].endswith("line 1")
    assert "revenue at risk   $75,000 a day" in text
    assert "SLA               99.9%" in text
    assert "latency now       20 s to 45 s" in text
    assert "latency increase  400%" in text
    assert "users affected    640 to 2,100" in text
    assert "monthly fee       $14,250 a month" in text
    assert "credit tiers      below 99.9%: 10% of the fee" in text


def test_stages_take_a_line_each() -> None:
    lines = render_reading(document()).splitlines()
    first = next(line for line in lines if "First aid" in line)
    assert "First aid: 0 h to 6 h, 2 actions" in first
    assert first.endswith("lines 14, 18")
    text = "\n".join(lines)
    assert "(no name): 6 h to open, 1 action" in text
    assert "Later: no window stated, 0 actions" in text
    assert "Soon: 2 business days to 4 days, 0 actions" in text
    assert "progress          in progress: Restart" in text


def test_what_is_missing_contradictory_or_odd_is_told() -> None:
    text = render_reading(document())
    assert "Not in the text: error rate\n" in text
    assert "  ask for error rate first: it tells how much is lost\n" in text
    assert "The text contradicts itself; left open:\n  nodes\n" in text
    assert "  lines 9, 12: 0 zones is impossible\\x1b[31m" in text
    assert "  no time zone is stated" in text
    assert "Lines: 2 used, 1 not understood (line 2)" in text


def test_what_is_odd_about_the_whole_text_comes_before_what_is_odd_about_a_fact() -> None:
    text = render_reading(document())
    order = ("no time zone is stated", "Not in the text", "contradicts itself", "0 zones")
    assert sorted(order, key=text.index) == list(order)


def test_a_fact_that_was_left_out_with_a_reason_is_not_called_missing() -> None:
    unclear = {
        **document(),
        "facts": {"id": "E-1", "nodes": None, "zones": None, "arr": None},
        "contradictions": ["nodes"],
    }
    text = render_reading(unclear)
    assert text.startswith("1 fact, 1 not stated, 1 contradiction, 1 unclear\n")
    assert "Not in the text: ARR\n" in text


def test_hostile_facts_cannot_reach_the_terminal() -> None:
    text = render_reading(document(customer="\x1b]0;x\x07\u202eevil", id="W" * 300))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(width_of(line) for line in text.splitlines()) <= 80


def test_an_empty_reading_is_told_in_a_line() -> None:
    empty = {"facts": {"id": None}, "provenance": [], "contradictions": [], "warnings": [],
             "lines": []}  # fmt: skip
    assert render_reading(empty) == (
        "0 facts, 1 not stated, no contradictions\n\nNot in the text: id\n"
    )


def test_ascii_and_colour() -> None:
    assert render_reading(document(customer="Ёлка \u2013 Søn"), unicode=False).isascii()
    assert "\x1b[31m" in render_reading(document(), colour=True)


def test_amounts_without_a_currency_are_numbers() -> None:
    text = render_reading(document(currency=None))
    assert "75,000 a day" in text


def test_a_contradiction_stands_with_both_of_its_lines_and_once():
    told = document(nodes=None)
    message = "line 4 says '6 nodes', line 9 says '8 nodes': nothing in the text prefers one"
    told["warnings"] += [{"field": "nodes", "message": message, "line": line} for line in (4, 9)]
    text = render_reading(told, width=100)
    assert f"  nodes: {message}\n" in text
    assert text.count("line 4 says") == 1


def test_what_is_missing_is_named_in_the_order_of_its_worth():
    text = render_reading(
        document(monthly_fee=None, stages=None, revenue_at_risk_per_day=None, arr=None), width=120
    )
    assert "Not in the text: revenue at risk, plan, monthly fee, error rate, ARR\n" in text
    assert "  ask for revenue at risk first: without it no money is counted" in text


def test_one_of_error_rate_and_response_time_is_enough_to_ask_for():
    both = render_reading(document(latency_now_s=None), width=120)
    assert "Not in the text: error rate, latency now\n" in both
    one = render_reading(document(latency_now_s=None, error_rate=0.1, credit_tiers=None), width=120)
    assert "Not in the text: credit tiers, latency now\n" in one


def test_the_name_of_the_text_and_how_to_go_on_are_said():
    lines = render_reading(document(), source="mails/case 7.txt").splitlines()
    assert lines[0].startswith("case 7.txt: ")
    assert lines[-3:] == [
        "Edit it:    impactcalc read 'mails/case 7.txt' -o case.yaml",
        "Answer it:  impactcalc estimate 'mails/case 7.txt'",
        "Add to it:  --set 'incident.error_rate=12%'",
    ]


def test_what_is_to_be_added_is_in_the_money_of_the_text():
    told = document(revenue_at_risk_per_day=None, currency="CHF")
    lines = render_reading(told, source="case.txt").splitlines()
    assert lines[-1] == "Add to it:  --set 'business.revenue_at_risk=75 K CHF/day'"


def test_a_disputed_fact_may_be_set():
    told = document(revenue_at_risk_per_day=None)
    told["contradictions"] = ["revenue_at_risk_per_day"]
    text = render_reading(told, source="case.txt")
    assert "Add to it:  --set 'business.revenue_at_risk=75 K USD/day'" in text
    assert "Not in the text: error rate, nodes\n" in text
