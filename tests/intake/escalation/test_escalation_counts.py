"""Which of several figures is meant: a part, a whole, a correction, programs, another notation."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(text, field):
    return read_escalation(text).to_document()["facts"][field]


def note(text, field):
    return fact(f"Notes\n=====\n\n{text}\n", field)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Growers affected: about 7,200 (31,000 members)", 7200),
        ("Users affected: 150 (of 2,000 employees)", 150),
        ("Members hit: 340 (2 towers, 5,100 account holders)", 340),
        ("Affected users: 12 stores (3,400 customers)", 3400),
        ("| Item | Value |\n|---|---|\n| Patients affected | 430 (6,000 members in total) |", 430),
        ("Users affected: 320 internal, 1,400 external", None),
        ("| x |\nUsers affected: 21 stores", None),
    ],
)
def test_what_stands_in_brackets_behind_a_count_is_a_remark(text, wanted):
    assert note(text, "users_affected") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("74 of their planners cannot log in.", 74),
        ("130 of the night nurses see an empty screen.", 130),
        ("60 of our 400 surveyors are affected.", 60),
        ("9 of our servers are affected.", None),
    ],
)
def test_a_part_of_named_people_counts_people(text, wanted):
    assert note(text, "users_affected") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mail spoke of 900 anglers, Ms Orr corrects that to 460 anglers.", 460),
        ("320 clerks are affected. Mr Lund corrected this to 230 clerks.", 230),
        ("500 drivers are affected, corrected on Tuesday to 650 drivers.", 650),
        ("The count was revised from 500 to 650 drivers.", 650),
        ("500 drivers are affected; two nodes show a skew, corrected and without effect.", 500),
    ],
)
def test_a_count_that_is_corrected_to_another_gives_way_to_it(text, wanted):
    assert note(text, "users_affected") == wanted


@pytest.mark.parametrize(
    "said",
    [
        "40 midwives. No, sorry, 40 is one ward only. It is 95 midwives.",
        "40 midwives. Wait, that is only the day shift. 95 midwives in all.",
        "40 midwives. Hang on, let me look. Ninety-five midwives.",
    ],
)
def test_a_speaker_corrects_himself_in_the_same_breath(said):
    talk = f"AGENT: How many people does it hit?\nCALLER: {said}\nAGENT: And since when?\n"
    rest = "CALLER: Since six.\nAGENT: Noted.\nCALLER: Good.\n"
    assert fact(f"CALL\n\n{talk}{rest}", "users_affected") == 95


def test_a_question_in_a_chat_needs_no_mark():
    chat = (
        "[08:23] Marek (account)\nhow many people is that\n\n"
        "[08:24] Ilse (on call)\ntheir foreman counts 1 150 masons and drivers. "
        "the app is on 4 300 phones\n\n[08:30] Tom (sales)\nok\n"
    )
    assert fact(chat, "users_affected") == 1150


@pytest.mark.parametrize(
    "text",
    [
        "25 idle workers were restarted.",
        "12 consumers are lagging behind, 3 producers cannot connect.",
        "40 workers of the pool are stuck.",
        "6 of 9 readers are blocked on the lock table.",
    ],
)
def test_programs_that_bear_a_name_of_people_are_no_people(text):
    assert note(text, "users_affected") is None


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("It needs 17,5 s, normally 1.200 ms.", "latency_normal_s", 1.2),
        ("It needs 17,5 s, normally 1,250 s.", "latency_normal_s", 1.25),
        ("It needs 17.5 s, normally 1,200 ms.", "latency_normal_s", 1.2),
        ("It needs 17.5 s, normally 1.250 s.", "latency_normal_s", 1.25),
        ("Fee: 1.200,00 EUR per month\nSLA: 99,950 %", "sla_objective", 0.9995),
        (
            "Fee: 1.200,00 EUR per month\nLatency increased by 2.600 %.",
            "latency_increase_percent",
            2600,
        ),
    ],
)
def test_the_other_figures_tell_what_a_mark_before_three_digits_is(text, field, wanted):
    assert note(text, field) == pytest.approx(wanted)


def test_a_drawn_table_without_names_of_columns_holds_fields():
    rule = "=====================  ====================\n"
    rows = "Growers affected       450 (of 3,000)\nAvailability promised  99.5 %\n"
    table = f"Impact\n------\n\n{rule}{rows}Availability in May    99.7 %\n{rule}"
    assert fact(table, "users_affected") == 450
    assert fact(table, "sla_objective") == pytest.approx(0.995)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("99.5% uptime is agreed, May stands at 99.31%.", 0.995),
        ("Contract is 99.9 %. We promised 99.99 % in a slide, that is not contractual.", 0.999),
        ("The contract promises 99.5 per cent, the brochure says 99.9 per cent.", 0.995),
        ("The contract asks for 99.5% uptime; we reached 99.1% in June.", 0.995),
    ],
)
def test_what_was_measured_or_advertised_is_no_promise(text, wanted):
    assert note(text, "sla_objective") == pytest.approx(wanted)


def test_a_question_states_nothing_where_the_answer_does():
    talk = "AGENT: Four nines, right?\nCALLER: The contract has three and a half nines.\n"
    rest = "AGENT: Right.\nCALLER: And now?\nAGENT: We work on it.\nCALLER: Good.\n"
    assert fact(f"CALL\n\n{talk}{rest}", "sla_objective") == pytest.approx(0.9995)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Our 1,400 members are fine; it is the 85 trainers who cannot log in.", 85),
        ("The tool is used by 5,000 people, but only the 230 buyers feel it.", 230),
        ("Compared with the 4,000 users of the spring outage, only 650 users are affected.", 650),
        ("18 people from our side joined the bridge, 240 drivers wait at the gate.", 240),
        ("Nobody but the 45 translators notices it.", 45),
    ],
)
def test_of_several_people_those_whose_clause_tells_of_trouble_count(text, wanted):
    assert note(text, "users_affected") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "credits:\n  - {below: 99.5%, credit: 5%}\n  - {below: 98.0%, credit: 20%}\n",
        "terms:\n credits:\n  - below: 99.5%\n    credit: 5%\n  - below: 98%\n    credit: 20%\n",
        "service_credits: [{threshold: 99.5%, credit: 5%}, {threshold: 98%, credit: 20%}]\n",
        "credit_tiers:\n  99.5%: 5%\n  98.0%: 20%\n",
        (
            "Service credit     98,0 % to below 99,5 %   5 % of the fee\n"
            "                   below 98,0 %            20 % of the fee\n"
        ),
        (
            "The contract promises 99.5%. Should a month end below that, 5% of the fee is "
            "credited, and should it end below 98%, 20%.\n"
        ),
    ],
)
def test_credits_stand_beside_their_bands(text):
    assert fact(text, "credit_tiers") == [
        {"below": pytest.approx(0.995), "credit": pytest.approx(0.05)},
        {"below": pytest.approx(0.98), "credit": pytest.approx(0.2)},
    ]


def test_credits_that_shrink_as_availability_falls_are_doubted():
    text = "Service credits: below 99.5% they get 20%, below 99.0% they get 5%."
    assert note(text, "credit_tiers") is None


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("A route takes 110 s, under 4 seconds is what drivers know.", "latency_normal_s", 4),
        ("A search takes 18 s, 2 s is what people expect.", "latency_normal_s", 2),
        ("A page opens in 50 seconds. Normally it is one and a half.", "latency_normal_s", 1.5),
        ("Response time (normal): 0.4 s\nResponse time (incident): 6.5 s", "latency_now_s", 6.5),
        ("One quotation in twenty-five is never delivered.", "error_rate", 0.04),
        ("6% of queries cancelled by the memory limit", "error_rate", 0.06),
        ("CPU is at 90% and 4% of the jobs are aborted.", "error_rate", 0.04),
        ("The cluster lost 2 nodes, 7 are left.", "nodes", None),
        ("We add 2 nodes to the 6 that run today.", "nodes", None),
        ("Every record is kept thrice (replication factor three).", "replication_factor", 3),
    ],
)
def test_the_words_of_a_clause_tell_what_its_figure_is(text, field, wanted):
    assert note(text, field) == (None if wanted is None else pytest.approx(wanted))
