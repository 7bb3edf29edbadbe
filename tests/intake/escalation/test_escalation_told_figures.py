"""Figures whose meaning is told by a column, a name, a clause beside them, or by nothing at all."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).facts.to_mapping()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Six of them called. 33 callers in the queue, 2,300 travellers stranded.", 2300),
        ("Twenty-two of our sixty librarians could not lend on Saturday.", 22),
        ("88 of the 240 judges are without files; the 1,100 clerks work on paper anyway.", 88),
        ("28 radiologists and 60 nurses work with it, only the radiologists are affected.", 28),
        ("We have 75 people in the hall who cannot scan.", 75),
        ("abt 300 ppl can't clock in", 300),
        ("The number of students who can't submit rose from 200 to 950.", 950),
        (
            "Of the roughly 2,100 members some 750 have in the past two days been unable to book.",
            750,
        ),
        ("Some 64 cooks cannot order, while the others noticed nothing.", 64),
        ("Users (total / affected): 2,100 / 640\n", 640),
        ("The depot has 900 employees, of whom the 140 on the night shift could not log on.", 140),
        ("3 box offices are dark, so 47 ushers have nothing to do.", 47),
        ("Members of the choir who cannot log in: sixty-one.", 61),
        ("16 of the patients could not be treated because the records would not load.", 16),
    ],
)
def test_of_several_counts_those_who_suffer_are_the_affected(text, count):
    assert facts(text)["users_affected"] == count


@pytest.mark.parametrize(
    "text",
    [
        "In the incident of January 640 users were affected.",
        "Up to 12,500 students may be hit next week.",
        "Account: Blue Fjord Ferries\nSeats: 250\n",
        "Web shop lost 2 of 9 orders; 1,900 seats in the house.",
        "300 drivers noticed nothing.",
        "The ferry expects 5,000 passengers on Sunday, all of them without cars.",
        "Lessons from 2024: 12 % of calls dropped, 800 agents idle.",
    ],
)
def test_people_of_another_day_of_a_guess_or_on_a_contract_are_not_affected(text):
    assert facts(text)["users_affected"] is None


@pytest.mark.parametrize(
    ("text", "normal", "now"),
    [
        (
            "Key,Summary,Users affected,Errors,before (ms),now (ms)\nL-2,Slow,640,4%,350,6200\n",
            0.35,
            6.2,
        ),
        (
            '{"id": "4", "affected_users": 230, "latency": {"usual_ms": 220, "now_ms": 4800}}',
            0.22,
            4.8,
        ),
        ("Response time normal/now [s]: 1,5 / 16\n", 1.5, 16),
        ("Normal response (s): 2\nResponse at present (s): 19\n", 2, 19),
        ("metric;before;during;after\np95 latency (s);1.1;18;1.3\nusers hit;0;3100;0\n", 1.1, 18),
        (
            "04:10 alert p99=8.4s baseline=0.9s\n04:12 note users_impacted=720 sessions=2210\n",
            0.9,
            8.4,
        ),
        ("It was 2.5 seconds to open a screen and now it's ten.", 2.5, 10),
        (
            "Before the outage a crate took 1.8 sec to look up. Right now we measure 26 sec.",
            1.8,
            26,
        ),
        ("Normally 1 sec per badge, today 20.", 1, 20),
    ],
)
def test_a_unit_and_a_half_of_the_pair_are_told_by_label_column_or_name(text, normal, now):
    got = facts(text)
    assert (float(got["latency_normal_s"]), float(got["latency_now_s"])) == (normal, now)


@pytest.mark.parametrize(
    "text",
    [
        "Session timeout is 30 s, was 60 s before the change.",
        "Your first response came after 45 minutes; the agreed response time is 15 minutes.",
        "After the fix pages load in 1.2 s.",
        "The lock lasts 30 s; retry interval 5 s instead of 1 s.",
    ],
)
def test_what_was_set_promised_or_mended_is_no_response_time(text):
    got = facts(text)
    assert got["latency_normal_s"] is None
    assert got["latency_now_s"] is None


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("After the fix 0.1 % of requests fail.", "error_rate", None),
        ("Penalty: 3 % of the fee by tenth of point missing.", "error_rate", None),
        ("Liability under the contract is capped at 100 % of the fees.", "sla_objective", None),
        ("Payroll is £1.2m a month, not at risk.", "revenue_at_risk_per_day", None),
        ("3 of 12 nodes are out, all in one zone.", "nodes", 12),
        ("3 of 12 nodes are out, all in one zone.", "zones", None),
        ("Custom.UsersImpacted: 175\nCustom.MonthlyFee: 8,400 GBP\n", "users_affected", 175),
        ("Custom.UsersImpacted: 175\nCustom.MonthlyFee: 8,400 GBP\n", "monthly_fee", 8400),
        ('<ticket id="88-120">\n <impact users="930"/>\n</ticket>', "users_affected", None),
        ("Each day exposes it to a loss of AUD 75,000; to date AUD 210,000 are lost.",
         "revenue_at_risk_per_day", 75000),
        ("Nodes 6/8 up.", "nodes", 8),
        ("The new table is restored on all four hub nodes.", "nodes", 4),
        ("6 % of scans bounce. now 9 %", "error_rate", 0.09),
        ("1 in 16 lessons is interrupted.", "error_rate", 0.0625),
        ("An annual subscription worth USD 264,000 (ARR).", "arr", 264000),
        ("slo_objective_pct: 99.95\np99_ms: 9400\nimpacted_users: 5200\n", "sla_objective", 0.9995),
        ("4 servers in one zone, RF 1.", "nodes", 4),
        ("4 servers in one zone, RF 1.", "zones", 1),
        ("A cluster of six servers, two are dead.", "nodes", 6),
        ("(c) Zones: [ 3 ]\n(d) Persons affected: [ 145 ]\n", "zones", 3),
        ("metric;before;during;after\nfailed requests (%);0.2;14;0.3\nusers hit;0;310;0\n",
         "users_affected", 310),
    ],
)  # fmt: skip
def test_a_figure_is_what_the_words_beside_it_make_of_it(text, field, value):
    assert facts(text)[field] == value


@pytest.mark.parametrize(
    "text",
    [
        "The contract grants credits: 10 % under 99.5 %, 30 % under 99 %.",
        "Credit below 99.5 % ....... 10 %\nCredit below 99.0 % ....... 30 %\nFee ... 3 EUR\n",
        "If uptime is less than 99.5 % the customer gets 10 % back, if it is less than 99 % 30 %.",
        "If availability falls below 99.5 % 10 % of the charge is owed; below 99 %, 30 %.",
    ],
)
def test_bands_of_credits_are_told_by_what_is_given_back(text):
    bands = [{"below": 0.995, "credit": 0.1}, {"below": 0.99, "credit": 0.3}]
    assert facts(text)["credit_tiers"] == bands


def test_a_part_of_the_fee_in_words_is_a_credit():
    bands = [{"below": 0.995, "credit": 0.1}, {"below": 0.99, "credit": 0.25}]
    assert facts("Credits: 10 % under 99.5 %, a quarter under 99 %.")["credit_tiers"] == bands


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("Your engineer spoke of 8 storage nodes, two of which were slow.", 8),
        ("Origin shield of 6 nodes in a single availability zone", 6),
        ("We put the old firmware back on the two slow nodes.", None),
        ("Two faulty nodes were swapped.", None),
    ],
)
def test_nodes_that_are_told_apart_by_their_trouble_are_not_all(text, nodes):
    assert read_escalation(text).facts.nodes == nodes


def test_the_yearly_revenue_is_what_stands_behind_its_name():
    assert read_escalation("Fee and ARR: CHF 2,600 a month, ARR CHF 530,000").facts.arr == 530000
    assert read_escalation("Account: CHF 26,000 and ARR: CHF 530,000").facts.arr == 530000
