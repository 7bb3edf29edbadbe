"""How people of other houses say it: labels, questions, forms, names, and what is none of it."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(text, field):
    return read_escalation(text).to_document()["facts"][field]


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("Who is affected? 90 clerks.", "users_affected", 90),
        ("Who?            Linnet Foods", "customer", "Linnet Foods"),
        ("How bad?        P2", "priority", "high"),
        ("Money?          we risk about 90k EUR per day", "revenue_at_risk_per_day", 90000),
        ("A4 Ticket number ........: LF-77", "id", "LF-77"),
        ("2.3 Current state: Parked", "status", "Parked"),
        ("account_name = 'Linnet Foods'", "customer", "Linnet Foods"),
        ("error_rate = 0.07", "error_rate", 0.07),
        ("Account: Linnet Foods      Ticket: #771      State: open", "status", "open"),
        ("Response time now/normal: 9 s / 2 s", "latency_now_s", 9),
        ("Response time normal/now: 2 s / 9 s", "latency_normal_s", 2),
        ("Our SLA is 99.9, nothing else", "sla_objective", 0.999),
        ("Escalation level was set to 2.", "escalation_level", 2),
        ("The cluster consists of 5 nodes.", "nodes", 5),
        ("Contract: 99.5% uptime, 7,000 EUR a month", "monthly_fee", 7000),
        ("The case number is LF-2026-3.", "id", "LF-2026-3"),
        ("$2,000/hour of sales is at risk", "revenue_at_risk_per_day", 48000),
    ],
)
def test_a_label_or_phrase_announces_its_fact(text, field, wanted):
    assert fact(f"Notes\n=====\n\n{text}\n", field) == wanted


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Handover for Linnet Bay Foods.", "Linnet Bay Foods"),
        ("Linnet Foods opened a ticket on 3 May 2026.", "Linnet Foods"),
        ("Heads up, Linnet Bay Foods is down.", "Linnet Bay Foods"),
        ("Participants: customer (Linnet Foods: IT director), us.", "Linnet Foods"),
        ("[ESC] Linnet & Bay Foods / stock API / P1", "Linnet & Bay Foods"),
        ("Escalation meeting Linnet Foods, 22 April 2026", "Linnet Foods"),
    ],
)
def test_the_customer_may_be_named_in_passing(sentence, name):
    assert fact(sentence, "customer") == name


@pytest.mark.parametrize(
    "words", ["Team,", "Hello,", "Dear all,", "Hi Tom,", "What now?", "AW: it"]
)
def test_a_salutation_is_no_customer(words):
    assert fact(f"{words}\n\nthe stock API is slow.\n", "customer") is None


def test_how_the_customer_feels_is_no_name():
    assert fact("Customer: calm but disappointed.", "customer") is None


def test_a_service_is_not_the_customer_of_that_name():
    text = "Customer: Linnet Exchange\n\nLinnet Exchange reports that the billing API is slow.\n"
    assert fact(text, "service") == "billing API"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Every message takes 25 minutes (typically 40 seconds).", (40, 1500)),
        ("An update shows after 14 minutes, it should be 30 seconds.", (30, 840)),
        ("Labels print after 8 seconds, normal is half a second.", (0.5, 8)),
        ("The screen freezes for 20 seconds. Usually this takes less than a second.", (1, 20)),
        ("A restore from backup takes 5 hours.", (None, None)),
        ("The pool is cleaned every 20 minutes.", (None, None)),
    ],
)
def test_response_times_are_paired_over_words_and_sentences(text, wanted):
    assert (fact(text, "latency_normal_s"), fact(text, "latency_now_s")) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("18% of requests end with HTTP 401.", 0.18),
        ("7 of 10 downloads fail.", 0.7),
        ("Uploads over 5 MB are rejected, that is about 15% of all uploads.", 0.15),
        ("Downloads stall at 99%.", None),
        ("2 of 6 nodes failed.", None),
    ],
)
def test_the_share_that_fails(text, wanted):
    assert fact(text, "error_rate") == (pytest.approx(wanted) if wanted else None)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("The firm has 70 employees, all affected by the heat.", "users_affected"),
        ("Nobody is affected; 90 clerks work there.", "users_affected"),
        ("2,000 brokers trade there.", "nodes"),
        ("SLA: the hosting provider promises 99.9% to us.", "sla_objective"),
        ("A new contract would come with 99.95% availability.", "sla_objective"),
        ("Revenue: they make $2M a year.", "revenue_at_risk_per_day"),
        ("About 9000 euros per night shift are at risk.", "revenue_at_risk_per_day"),
        ("Status: the patch was raised on 8 Sep 2026.", "created"),
    ],
)
def test_what_only_looks_like_the_fact_is_none(text, field):
    assert fact(f"Opening\n\n{text}\n", field) is None


def test_a_table_with_a_column_of_credits_pays_credits():
    text = "SLA\n||Availability||Service credit||\n|< 99.5%|5%|\n|< 99.0%|10%|\n"
    assert fact(text, "credit_tiers") == [
        {"below": 0.995, "credit": 0.05},
        {"below": 0.99, "credit": 0.1},
    ]


def test_a_log_entry_may_open_and_escalate():
    text = "Log:\n2026-03-11 05:50 CET - Opened by them.\n2026-03-11 09:30 CET - Escalated.\n"
    assert fact(text, "created") == "2026-03-11T05:50:00+01:00"
    assert fact(text, "escalated") == "2026-03-11T09:30:00+01:00"


def test_a_title_that_sounds_like_a_section_is_none():
    text = "# ESC 3391 :: Linnet Credit Union :: mobile login\n\n12% of logins fail.\n"
    assert fact(text, "error_rate") == 0.12
    assert fact(text, "customer") == "Linnet Credit Union"


@pytest.mark.parametrize("words", ["4-24 furlongs", "0-1e9 hours", "-3 hours"])
def test_a_bracket_that_means_a_window_and_cannot_be_read_is_told(words):
    reading = read_escalation(f"Plan:\n1. Repair ({words}):\n   - refill the queue\n")
    assert fact(f"Plan:\n1. Repair ({words}):\n   - refill it\n", "stages")[0]["name"] == "Repair"
    assert any(one.field == "stages" for one in reading.warnings)


def test_a_text_in_another_language_is_named():
    text = "Asiakas ilmoittaa, ettei palvelu ole toiminut aamusta asti lainkaan. " * 4
    assert any("not in English" in one.message for one in read_escalation(text).warnings)
    greek = "\u0397 \u03c5\u03c0\u03b7\u03c1\u03b5\u03c3\u03af\u03b1 " * 9
    assert any("Greek letters" in one.message for one in read_escalation(greek).warnings)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Unser Lager ist seit heute früh nicht erreichbar, 30 Kollegen sind ohne Arbeit.",
            "German",
        ),
        ("Les 40 caisses sont bloquées depuis ce matin et nous ne savons pas pour quoi.", "French"),
        (
            "Las cajas no funcionan desde hoy y el cliente está muy enfadado con la tienda.",
            "Spanish",
        ),
        ("Le casse non funzionano da oggi e il cliente della catena è molto deluso.", "Italian"),
        (
            "As caixas não funcionam desde hoje e o cliente está há horas sem uma resposta.",
            "Portuguese",
        ),
        ("De kassa's werken sinds vandaag niet en de klant is zeer boos op ons.", "Dutch"),
        ("Kassorna fungerar inte sedan i dag och kunden är arg på oss för det.", "Swedish"),
        ("Kasy nie działają od rana, a klient jest zły na nasz zespół.", "Polish"),
    ],
)
def test_a_language_that_is_not_read_is_named_even_where_figures_were_read(text, language):
    reading = read_escalation(text + "\nSLA: 99.9%\n")
    assert any(f"reads as {language}" in one.message for one in reading.warnings)
    assert reading.facts.service is None
    assert reading.facts.sla_objective == 0.999


def test_foreign_names_in_an_english_form_make_no_foreign_text():
    text = "Customer: La Maison de la Rue\nCustomer Contact: Mme de la Tour\nUsers: 40\n"
    assert not read_escalation(text).warnings


def test_lists_below_done_and_open_tell_the_state():
    text = (
        "Recovery steps\n +0h to +1h    Restart the proxy\n +1h to +6h    Refill the queue\n\n"
        "Done\n - proxy restart\n\nOpen\n - queue refill\n"
    )
    assert [one["state"] for one in fact(text, "progress")] == ["done", "not_started"]


def test_a_colon_in_a_column_of_its_own_is_no_value():
    text = "customer      :  Linnet Foods\nstate         :  parked\nesc. level    :  2\n"
    assert fact(text, "customer") == "Linnet Foods"
    assert fact(text, "status") == "parked"
    assert fact(text, "escalation_level") == 2


def test_an_appendix_of_another_case_lends_nothing():
    text = (
        "Customer: Linnet Foods\nTicket: LF-2\n\nThe API is slow, 30 clerks are affected.\n\n"
        "Appendix (from another case, do not use):\n  Customer: Merlin Mills\n  Nodes: 12\n"
        "  Affected users: 4,000\n  Ticket: MM-9\n"
    )
    assert fact(text, "customer") == "Linnet Foods"
    assert fact(text, "users_affected") == 30
    assert fact(text, "nodes") is None


def test_a_denied_share_is_not_promised():
    assert fact("Our SLA is 99.5%, not 99.9% as the slides say.", "sla_objective") == 0.995


def test_windows_may_stand_bare_or_in_brackets_before_actions():
    text = "Action items\n- [x] (0-1h) Roll it back\n- [ ] (this quarter) Redesign it\n"
    assert [stage["name"] for stage in fact(text, "stages")] == [None, "this quarter"]
    text = "01:45 plan: 0-1h switch the acquirer; 1-4h replace the certificate"
    assert [stage["to_hours"] for stage in fact(text, "stages")] == [1, 4]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Split of the index: kickoff held", "in_progress"),
        ("Split design signed off", None),
        ("Index split on both nodes", "done"),
        ("Index split to begin tomorrow", "not_started"),
        ("Index split paused at 50%", "in_progress"),
        ("Index: split 0 % done", "not_started"),
    ],
)
def test_a_verb_that_is_a_thing_tells_no_end(line, state):
    text = f"Plan:\n1. Now (0-4 hours):\n   - Split the index\n\nCurrent Status:\n- {line}\n"
    spoken = fact(text, "progress") or [{"state": None}]
    assert spoken[0]["state"] == state


def test_a_promise_named_as_such_is_none_that_was_measured():
    assert fact("SLA: 99.0% uptime SLA respected so far, measured 99.4%", "sla_objective") == 0.99


def test_one_in_five_may_end_with_a_memory_error():
    assert fact("One in five requests ends with a memory error.", "error_rate") == 0.2
