"""Figures that another sentence, label, column or line of a chat sets against each other."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(text, field):
    return read_escalation(text).to_document()["facts"][field]


def note(text, field):
    return fact(f"Notes\n=====\n\n{text}\n", field)


@pytest.mark.parametrize(
    ("text", "normal", "now"),
    [
        ("It needs 14 s. In April it needed 900 ms.", 0.9, 14),
        ("Answers arrive after 14 s. That took 900 ms in April.", 0.9, 14),
        ("Normal: 900 ms. Now: 14 s.", 0.9, 14),
        ("A search takes 40 seconds, on other nights 2 seconds.", 2, 40),
        ("A page which the clerks know at two seconds takes half a minute.", 2, 30),
        ("It is answered after three quarters of a minute, formerly after two seconds.", 2, 45),
        ("average response: 4,2 s (Vorfall) / 0,3 s (normal)", 0.3, 4.2),
        ("| Metric | Today | Last month |\n|---|---|---|\n| Search | 12 s | 0.8 s |", 0.8, 12),
        ("Nightly load taking 4.5 hours (normally 2.5 hours)", 9000, 16200),
    ],
)
def test_two_times_are_told_apart_by_what_is_said_of_each(text, normal, now):
    assert note(text, "latency_normal_s") == pytest.approx(normal)
    assert note(text, "latency_now_s") == pytest.approx(now)


def test_a_normal_time_is_never_the_longer_one():
    text = "Response time (normal): 9 s\nResponse time (incident): 2 s"
    assert note(text, "latency_normal_s") is None
    assert note(text, "latency_now_s") is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Response P1: 15 min", "latency_now_s"),
        ("They lose money and the contract says 99.5 percent.", "error_rate"),
        ("Users: 3 of 5 pilot groups", "users_affected"),
    ],
)
def test_a_promise_is_no_measurement(text, field):
    assert note(text, field) is None


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        (
            "| Metric | Usual | At peak |\n|---|---|---|\n| Failed | 0.1 % | 9 % |",
            "error_rate",
            0.09,
        ),
        ("One in thirty never sees the ticket.", "error_rate", 1 / 30),
        ("1 chart in 20 opens empty", "error_rate", 0.05),
        (
            "7% of the scans fail. Correction on the error share, it's 11%, not 7%.",
            "error_rate",
            0.11,
        ),
        ("The contract says two nines and a half.", "sla_objective", 0.995),
        ("The uptime clause is 99.9 %, they pay us 6,300 pounds a month", "sla_objective", 0.999),
        ("The service level of 99.8 % is in danger.", "sla_objective", 0.998),
        ("Availability 99.9% in contract, 99.93% in September.", "sla_objective", 0.999),
        ("Account size (ARR): EUR 312,000", "arr", 312000),
        ("Contract is USD 2.1M over five years, ARR 420,000", "arr", 420000),
        ("Pauschale (fee) 3.900,00 EUR per month", "monthly_fee", 3900),
        ("Revenue at risk: 8.750,- EUR per week", "revenue_at_risk_per_day", 1250),
        (
            "The revenue at risk was put at USD 9,000 a day and is now put at USD 7,500 a day.",
            "revenue_at_risk_per_day",
            7500,
        ),
    ],
)
def test_the_figure_that_holds_is_taken(text, field, wanted):
    assert note(text, field) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("400 drivers cannot take jobs.\nUpdate from dispatch: it's 650 drivers now.", 650),
        ("14,000 subscribers may renew; of them, 3,200 have tried in vain.", 3200),
        ("Out of 900 pickers some 120 stand idle.", 120),
        ("The number of affected drivers rose from 300 to 420 since noon.", 420),
        ("First we said 300 clerks, meanwhile we know of 420 clerks.", 420),
        ("In 2024 a similar fault hit 9,000 people. 310 tellers cannot book.", 310),
        ("Their head of digital says 35k listeners during the breakfast show", 35000),
    ],
)
def test_the_people_of_this_incident_count(text, wanted):
    assert note(text, "users_affected") == wanted


@pytest.mark.parametrize("correction", ["make that 180", "sorry, typo: 180 students", "no, 180"])
def test_a_line_of_a_chat_corrects_the_count_of_the_one_above(correction):
    chat = (
        "[09:10] Ann B (support)\n150 students locked out\n\n"
        f"[09:11] Cem D (account)\n{correction}\n\n[09:12] Ann B (support)\nok\n"
    )
    assert fact(chat, "users_affected") == 180


def test_those_who_complain_are_a_part_of_the_affected():
    text = "2,200 commuters have no seat; 300 of them have complained."
    assert note(text, "users_affected") == 2200


@pytest.mark.parametrize(
    "text",
    [
        "Penalties: 99,5 % - 99,0 % : 5 % ; < 99,0 % : 20 % of the fee",
        (
            "Credits: it is up for not less than 99.5 per cent, failing which we credit "
            "5 per cent for a month between 99.0 and 99.5 per cent and 20 per cent below "
            "99.0 per cent."
        ),
    ],
)
def test_a_band_may_run_downwards_and_the_promise_is_no_band(text):
    assert note(text, "credit_tiers") == [
        {"below": pytest.approx(0.995), "credit": pytest.approx(0.05)},
        {"below": pytest.approx(0.99), "credit": pytest.approx(0.2)},
    ]


def test_a_log_of_the_whole_night_tells_of_the_incident():
    log = (
        "Night log\n\n01:10 ALERT   picking is slow, 9 s for an order, normally 0.8 s\n"
        "01:22 CALL    customer Alder Foods, 45 pickers wait\n"
        "02:05 NOTE    error share 12 %\n03:10 CALL    same again\n"
    )
    assert fact(log, "latency_now_s") == 9
    assert fact(log, "users_affected") == 45


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Labels take 40 seconds to print, normally 5 seconds. That is an increase of 700%.", 700),
        ("Labels take 40 seconds to print, normally 5 seconds. A rise of 700%.", 700),
        ("Labels take 40 seconds to print, normally 5 seconds. That makes plus 700%.", 700),
        ("The fee goes up from 2,000 to 2,100. That is an increase of 5%.", None),
    ],
)
def test_a_rise_told_right_behind_two_times_is_theirs(text, percent):
    assert note(text, "latency_increase_percent") == percent


@pytest.mark.parametrize(
    ("now", "usual"),
    [
        ("print time", "print time normal"),
        ("Delivery time", "Usual delivery time"),
        ("export", "export before"),
    ],
)
def test_a_label_whose_usual_value_stands_elsewhere_tells_the_present_one(now, usual):
    assert note(f"{now}: between 6 and 9 minutes\n{usual}: 30 s", "latency_now_s") == [360, 540]
    assert fact(f"{now}: 6 minutes\nother thing: 30 s", "latency_now_s") is None
