"""Whom a letter goes to, who took part, whose product it is, and other words beside the facts."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(text, field):
    return read_escalation(text).to_document()["facts"][field]


def progress(action, said):
    text = (
        f"Plan:\n1. Now (0-2 hours):\n   - {action}\n   - Buy two spare fans\n\nStatus:\n- {said}\n"
    )
    return (read_escalation(text).to_document()["facts"]["progress"] or [{"state": None}])[0][
        "state"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "To the Managing Director of Linnet Quays",
        "To the Head of Operations, Linnet Quays",
        "Attn. Director of Linnet Quays",
        "The Managing Director of Linnet Quays",
        "To the Board of Linnet Quays",
    ],
)
def test_a_letter_goes_to_a_role_of_the_customer(line):
    text = f"Marlow Hosting, Customer Care\n12 May 2026\n\n{line}\n\nDear Ms Orde,\n\nit is slow.\n"
    assert fact(text, "customer") == "Linnet Quays"


@pytest.mark.parametrize(
    "title",
    [
        "Call w/ Linnet Quays, Thu 14 May 2026",
        "call with Linnet Quays, 14 May 2026, 09:30 to 10:00",
        "Meeting w/ Linnet Quays - 14 May 2026",
    ],
)
def test_a_call_is_with_the_customer(title):
    text = (
        f"{title}\non the call: their head of IT, me (CSM), Doran (eng)\n\nDoran says it is slow\n"
    )
    assert fact(text, "customer") == "Linnet Quays"


def test_the_house_that_writes_is_not_the_product_that_fails():
    text = (
        "Marlow Systems, Customer Care\n12 May 2026\n\nDear Ms Orde,\n\n"
        "The gates in your halls are driven by our gate control platform. It is slow.\n"
    )
    assert fact(text, "service") == "gate control platform"


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Their parcel relay loses labels, drivers use another system.", "parcel relay"),
        ("Drivers print through another system.", None),
        ("The drawing workspace is slow.", "drawing workspace"),
        ("Pages of the plant catalogue take 9 seconds.", "plant catalogue"),
    ],
)
def test_another_system_is_not_the_one_that_fails(sentence, wanted):
    assert fact(f"Hello,\n\n{sentence}\n", "service") == wanted


@pytest.mark.parametrize(
    ("line", "field", "wanted"),
    [
        ("Subscription: ARR EUR 81,000, renewal 2027-03-01", "monthly_fee", None),
        ("Subscription: ARR EUR 81,000, renewal 2027-03-01", "arr", 81000),
        ("Subscription: annual EUR 81,000", "monthly_fee", None),
        ("Subscription: EUR 8,100", "monthly_fee", 8100),
        ("Entitlement: 99.5% monthly availability, response 4 hours", "sla_objective", 0.995),
        ("The role moves between two brokers of the cluster; it has 9 brokers.", "nodes", 9),
        ("The matter stays at level 2.", "escalation_level", 2),
        ("Status at the end of the call: Partly mended", "status", "Partly mended"),
        ('Status for the customer page: "Mending"', "status", "Mending"),
        ("please forget the 310 clerks, 420 clerks are affected", "users_affected", 420),
        ("disregard the 310 clerks: 420 clerks are affected", "users_affected", 420),
    ],
)
def test_the_words_beside_a_figure_tell_what_it_is(line, field, wanted):
    assert fact(f"Hello,\n\n{line}\n", field) == wanted


def test_a_newer_mail_that_forgets_a_figure_beats_the_older_one():
    text = (
        "Hello Ruth,\n\n- please forget the 310 clerks, payroll counted again: "
        "420 clerks are affected\n\n"
        "---------- Forwarded message ----------\nFrom: Ewan Dahl\n"
        "Date: Wed, 20 May 2026 17:40 +0100\n\n310 clerks are affected.\n"
    )
    assert fact(text, "users_affected") == 420


@pytest.mark.parametrize(
    "lines",
    [
        (
            "- Service credit: 10% of the fee for 99.00% to below 99.90%\n"
            "- Service credit: 30% of the fee for 95.00% to below 99.00%"
        ),
        "Service credits: 99.00% to below 99.90%: 10%; 95.00% to below 99.00%: 30%",
        (
            "   Credits ................. 99.00 % to below 99.90 %: 10 %\n"
            "                             95.00 % to below 99.00 %: 30 %"
        ),
    ],
)
def test_a_band_may_open_with_its_lower_end(lines):
    tiers = [{"below": 0.999, "credit": 0.1}, {"below": 0.99, "credit": 0.3}]
    form = "   Ticket .................. LQ-77\n   Customer ................ Linnet Quays\n"
    assert fact(f"{form}   Monthly fee ............. EUR 900\n{lines}\n", "credit_tiers") == tiers


def test_shares_below_other_labels_are_no_credits():
    text = "Monthly fee: EUR 900\n\nUptime\n97.00% to below 99.00%: 20%\n"
    assert fact(text, "credit_tiers") is None


@pytest.mark.parametrize(
    ("action", "said", "wanted"),
    [
        (
            "Call back refused donors",
            "Of 2,600 refused donors 800 have been called back.",
            "in_progress",
        ),
        ("Relabel the crates", "Of the 90 crates 30 are relabelled.", "in_progress"),
        ("Roll the gate driver back", "The gate driver has been rolled back.", "done"),
        ("Switch the old feed off", "The old feed was switched off at noon.", "done"),
        ("Switch the old feed off", "The old feed was not switched off.", "not_started"),
        (
            "Give every gate a spare queue",
            "The spare queues exist in the north hall, the south hall follows tomorrow.",
            "in_progress",
        ),
    ],
)
def test_what_was_said_of_an_action(action, said, wanted):
    assert progress(action, said) == wanted


def test_a_stage_in_bold_without_a_window_is_a_stage_beside_the_others():
    text = (
        "## Ticket\n\n### Plan\n\n**Hold (0 - 3 h)**\n- [x] Restart the adapters\n\n"
        "**At the next timetable**\n- [ ] Retire the old feed\n"
    )
    stages = read_escalation(text).to_document()["facts"]["stages"]
    assert [stage["name"] for stage in stages] == ["Hold", "At the next timetable"]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("They are still cross, so no jokes.", "negative"),
        ("Their manager says that confidence in us has suffered badly.", "negative"),
        ("Ms Orde thanked everyone, they feel very well looked after.", "positive"),
        ("The lead is businesslike. I would say neutral.", "neutral"),
        ("The cross belts are stuck.", None),
    ],
)
def test_how_they_feel_in_other_words(sentence, wanted):
    assert fact(f"Hello,\n\n{sentence}\n", "sentiment") == wanted


def test_a_time_may_follow_a_date_in_brackets():
    text = "Hello,\n\nI escalated it today (20 May 2026) at 16:30 BST.\n"
    assert fact(text, "escalated") == "2026-05-20T16:30:00+01:00"


def test_a_ratio_behind_its_label_counts_in_a_technical_section():
    text = "TECHNICAL DETAILS\n-----------------\n- Failing requests: 1 in 25\n"
    assert fact(text, "error_rate") == 0.04
