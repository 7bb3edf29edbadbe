"""Talks, status pages and threads: questions and answers, turns, columns, mails in mails."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).to_document()["facts"]


def talk(*turns):
    speakers = ("DESK", "CALLER") * len(turns)
    filler = "\n".join(f"{who}: I see." for who in ("DESK", "CALLER") * 3)
    lines = [f"{who}: {words}" for who, words in zip(speakers, turns, strict=False)]
    return "\n".join((filler, *lines))


@pytest.mark.parametrize(
    ("question", "answer", "fact", "value"),
    [
        ("What is the ticket number?", "Yes, 88213.", "id", "88213"),
        ("How many people does it hit?", "430 milkers and vets.", "users_affected", 430),
        ("And who notices?", "1,200 lecturers.", "users_affected", 1200),
        (
            "Is there money at risk?",
            "If they stop, yes. That is 27,000 dollars a day.",
            "revenue_at_risk_per_day",
            27000,
        ),
        ("How shall I put your mood?", "Put down angry.", "sentiment", "negative"),
        (
            "How many people does it hit?",
            "No idea. We sell 900 tickets.",
            "users_affected",
            None,
        ),
        ("How many cows do you have?", "900.", "users_affected", None),
    ],
)
def test_the_next_speaker_answers_what_was_asked(question, answer, fact, value):
    assert facts(talk(question, answer))[fact] == value


def test_the_source_of_an_answer_is_its_own_line():
    reading = read_escalation(talk("How many people does it hit?", "430 milkers."))
    source = next(one for one in reading.provenance if one.field == "users_affected")
    assert (source.line, source.text) == (8, "430")


PAGE = """\
Larkspur video - incident 77 (newest first, times in UTC)

2026-05-04 12:00 | Resolved    | The relay has been restarted. All is well.
2026-05-04 11:00 | Monitoring  | Restarting the relay: 60 %.
2026-05-04 10:00 | Identified  | Within the next 2 hours we restart the relay, within the next 3
                 |             | days we replace the encoder.
2026-05-04 09:00 | Opened      | A film starts after 12 s, normally 2 s. 5 % of the starts
                 |             | fail.
"""


def test_a_status_page_in_columns_is_read_newest_first():
    told = facts(PAGE)
    assert (told["status"], told["created"]) == ("Resolved", "2026-05-04T09:00:00+00:00")
    assert [stage["actions"] for stage in told["stages"]] == [
        ["restart the relay"],
        ["replace the encoder"],
    ]
    assert told["progress"] == [{"action": "restart the relay", "state": "done"}]
    assert (told["error_rate"], told["latency_now_s"]) == (0.05, 12)


def test_the_head_of_an_entry_stands_above_deeper_lines():
    told = facts(
        "UPDATE      13 Mar 2026, 14:10 EDT\n    Escalated to level 2 at 14:00 EDT.\n\n"
        "OPENED      13 Mar 2026, 12:25 EDT\n    30% of the tours do not start.\n"
    )
    assert told["created"] == "2026-03-13T12:25:00-04:00"
    assert told["escalated"] == "2026-03-13T14:00:00-04:00"


THREAD = """\
Von: Ilka Brandt
Gesendet: Dienstag, 12.05.2026 17:20
Betreff: AW: Kartenleser

The readers were restarted. Replacing the server has not begun.

Am 11.05.2026 um 11:02 schrieb Nils Otto:
> Opened today, escalated today.
> Our plan
> - 0-6 h: restart the readers
> - 6-72 h: replace the server
"""


def test_today_is_the_day_of_the_mail_that_says_so():
    told = facts(THREAD)
    assert (told["created"], told["escalated"]) == ("2026-05-11", "2026-05-11")
    assert [one["state"] for one in told["progress"]] == ["done", "not_started"]


def test_turns_inside_a_timed_log_are_turns():
    text = (
        "08:14  VOICEMAIL from a number abroad\n"
        "Desk:   Good morning, sir.\nOrlan:  The tills are slow, so\n        all wait.\n"
        "Desk:   I see.\nOrlan:  Hurry.\nDesk:   Sure.\nOrlan:  Thanks.\n"
        "09:20  CALL-BACK to the same number\nDesk:   All done.\n"
    )
    reading = read_escalation(text)
    speakers = [one.block.entry.speaker for one in reading.statements if one.block.entry]
    assert speakers[:3] == ["", "desk", "orlan"]
    assert any(one.text == "The tills are slow, so all wait." for one in reading.statements)


@pytest.mark.parametrize("tag", ["[{}]   ", "{}: ", "{}  "])
def test_short_event_words_are_understood(tag):
    words = ("open", "esc", "plan", "did", "state")
    open_, esc, plan, did, state = (tag.format(word) for word in words)
    told = facts(
        "all times UTC, 19 August 2026\n"
        f"10:04  {open_}P1. collection runs hang\n10:25  {esc}escalated, L3\n"
        f"10:40  {plan}0-2 h: restart the mandate service\n"
        f"10:40  {plan}2-12 h: load the backup\n"
        f"10:52  {did}mandate service restarted\n13:15  {state}Mitigating\n"
    )
    assert told["created"] == "2026-08-19T10:04:00+00:00"
    assert told["escalated"] == "2026-08-19T10:25:00+00:00"
    assert (told["status"], told["escalation_level"]) == ("Mitigating", 3)
    assert told["progress"] == [{"action": "restart the mandate service", "state": "done"}]


def test_a_number_list_nests_by_its_numbers():
    told = facts(
        "4. Measures agreed\n4.1 0-24 hours: file by hand.\n4.2 Day 2 to day 3: mend the form.\n\n"
        "5. State of the measures\nThe form is being mended.\n"
    )
    assert [stage["actions"] for stage in told["stages"]] == [["file by hand"], ["mend the form"]]


@pytest.mark.parametrize(
    "heads",
    [
        "Ana Ruiz  9 June 2026 10:02\n{}\n\nTom Vale  9 June 2026 10:20\n{}\n",
        "[10:02] Ana Ruiz (ops): {}\n[10:20] Tom Vale (ops): {}\n",
        "From: Ana Ruiz\nDate: 9 June 2026\n\n{}\n{}\n",
    ],
)
def test_who_speaks_is_not_the_customer(heads):
    told = facts(heads.format("Ana has seen that orders fail.", "The import runs for Ana."))
    assert told["customer"] is None


def test_a_word_that_points_is_no_name():
    assert facts("Here's what I propose\n\nThat is what they said.")["customer"] is None


def test_a_log_in_a_table_is_a_log():
    told = facts(
        "| Time (UTC)       | Who  | What |\n|------------------|------|------|\n"
        "| 2026-06-10 07:00 | desk | case PL-90 opened for Pinecrest Lotteries |\n"
        "| 2026-06-10 07:30 | desk | escalated, L2 |\n"
        "| 2026-06-10 08:00 | eng  | plan: 0-2 h: restart the feed; 2-8 h: replace the parser |\n"
        "| 2026-06-10 08:40 | eng  | feed restarted |\n"
    )
    assert told["created"] == "2026-06-10T07:00:00+00:00"
    assert told["escalated"] == "2026-06-10T07:30:00+00:00"
    assert [stage["actions"] for stage in told["stages"]] == [
        ["restart the feed"],
        ["replace the parser"],
    ]
    assert told["progress"] == [{"action": "restart the feed", "state": "done"}]


def test_numbered_paragraphs_open_with_their_headings():
    told = facts(
        "1. FACTS. A gate needs 12 seconds to open; 1 second is usual.\n\n"
        "2. PLAN. Within 4 hours: reset the gates. Within 3 days: replace the table.\n\n"
        "3. STATE. The gates were reset. The table is being replaced.\n"
    )
    assert [stage["actions"] for stage in told["stages"]] == [
        ["reset the gates"],
        ["replace the table"],
    ]
    assert [one["state"] for one in told["progress"]] == ["done", "in_progress"]
    assert told["latency_now_s"] == 12


@pytest.mark.parametrize("gap", ["   ", "\t", "        "])
def test_who_speaks_in_a_column_is_no_customer_and_no_stage(gap):
    told = facts(
        f"OLSEN{gap}Good morning, the duty desk.\n"
        f"VARGA{gap}The sluice gates take 40 seconds to close, 5 seconds on a normal day.\n"
        f"OLSEN{gap}Shall I read out the plan?\nVARGA{gap}Please do.\n"
        f"OLSEN{gap}Within 3 hours: restart the gate server. Between 3 and 20 hours: grease it.\n"
        f"VARGA{gap}Has anything of it begun?\n"
        f"OLSEN{gap}The gate server was restarted at ten.\n"
    )
    assert told["customer"] is None
    assert [stage["name"] for stage in told["stages"]] == [None, None]
    assert told["latency_now_s"] == 40
    assert {"action": "restart the gate server", "state": "done"} in told["progress"]
