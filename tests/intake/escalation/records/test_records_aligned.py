"""Sheets of two columns whose labels nobody listed."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(f"Customer: Alder Foods\nTicket: AF-77\n\n{text}").to_document()["facts"]


def test_a_column_of_values_makes_labels_of_the_words_on_its_left():
    told = facts(
        "EXTENT\nCommuters delayed              ~4,300\nStations                       18\n"
        "Cluster                        9 nodes, 3 availability zones\n"
    )
    assert (told["users_affected"], told["nodes"], told["zones"]) == (4300, 9, 3)


def test_a_part_of_a_whole_in_a_sheet_is_the_part():
    told = facts(
        "Numbers\nBakers waiting       430 of 610\nOvens                12\n"
        "Revenue at risk      EUR 9,000 daily\n"
    )
    assert (told["users_affected"], told["revenue_at_risk_per_day"]) == (430, 9000)


@pytest.mark.parametrize(
    "rows",
    [
        (
            "MONEY                  AMOUNT          PER\n"
            "Sales at risk          GBP 700         hour\n"
            "Monthly fee            GBP 4,000       month\n"
        ),
        (
            "| What | Amount | Period |\n|---|---|---|\n| Sales at risk | GBP 117,600 | week |\n"
            "| Contract | GBP 900,000 | total |\n"
        ),
        "What;Amount;Per\nRevenue at risk;GBP 117,600;week\nMonthly fee;GBP 4,000;month\n",
    ],
)
def test_the_period_of_an_amount_may_stand_in_a_cell_of_its_own(rows):
    assert facts(rows)["revenue_at_risk_per_day"] == 16800


def test_an_incident_called_by_its_month_is_another_one():
    told = facts(
        "Revenue at risk                       USD 4,000 per day\n"
        "Revenue at risk in the March outage   USD 90,000 per day\n"
    )
    assert told["revenue_at_risk_per_day"] == 4000


@pytest.mark.parametrize("label", ["Availability (agreed: 99.7%)", "Uptime (SLA 99.7%)"])
def test_a_promise_in_the_label_is_told_from_what_was_measured(label):
    rows = f"| Figure | Normal | Now |\n|---|---|---|\n| {label} | 99.9% | 97.1% |\n"
    assert facts(rows)["sla_objective"] == 0.997


def test_a_section_in_capitals_tells_nothing_of_the_fields_below_it():
    told = facts(
        "A. THE TROUBLE\n   Orders hang since noon. The outage of last year was another one.\n"
        "   People affected ..... 340 clerks\n"
        "   Uptime SLA .......... 99.9%   [ ] met   [x] breached\n"
        "   Monthly fee ......... EUR 5,000\n\n"
        "B. PLAN\n   Legend: [x] finished   [ ] open   [?] nothing reported\n\n"
        "   First 4 hours\n   [x] Restart the order queue\n   [?] Compare the stocks\n"
        "   4 to 48 hours\n   [ ] Move the price list\n"
    )
    assert (told["users_affected"], told["sla_objective"], told["monthly_fee"]) == (
        340,
        0.999,
        5000,
    )
    assert told["stages"][0]["actions"] == ["Restart the order queue", "Compare the stocks"]
    assert [one["action"] for one in told["progress"]] == [
        "Restart the order queue",
        "Move the price list",
    ]
