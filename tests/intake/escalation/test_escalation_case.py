"""When a case began and rose, how grave it is, its state and number, and the customer's mood."""

import pytest

from impactcalc.intake.escalation import read_escalation

_HISTORY = (
    "STATUS HISTORY\n"
    "Service: Belt API\n\n"
    "14 August 2026\n"
    "==============\n"
    "Incident 0612-44: slow requests\n"
    "State: Watching\n\n"
    "  18:40 EDT   Escalated to your manager (level 2).\n\n"
    "  17:55 EDT   Opened. We look into it.\n\n"
    "2 August 2026\n"
    "=============\n"
    "Incident 0609-12: sign-in page without styles\n"
    "State: Resolved\n\n"
    "  08:30 EDT   Style sheet restored, 40 users saw it.\n"
    "  08:10 EDT   Opened.\n"
)
_MOMENTS = [
    (
        (
            "From: Ana <a@x.example>\n"
            "Date: Mon, 4 May 2026 18:05:00 +0100\n"
            "Subject: [#48] Alder Foods\n\n"
            "Alder Foods opened this ticket today at 09:20 BST and had it escalated today at "
            "15:30 BST."
        ),
        {"created": "2026-05-04T09:20:00+01:00", "escalated": "2026-05-04T15:30:00+01:00"},
    ),
    (
        (
            "From: Ana <a@x.example>\n"
            "Date: Mon, 4 May 2026 18:05:00 +0100\n"
            "Subject: [#48] Alder Foods\n\n"
            "The case was opened this morning at 09:20 BST, and at 15:30 BST their director "
            "escalated it."
        ),
        {"created": "2026-05-04T09:20:00+01:00", "escalated": "2026-05-04T15:30:00+01:00"},
    ),
    (
        (
            "-- export, 2 records, all times UTC --\n"
            "number:  INC77\n"
            "opened_at:  2026-05-04 04:15:00\n"
            "escalated_at:  2026-05-04 06:50:00\n"
            "priority: 2"
        ),
        {"created": "2026-05-04T04:15:00+00:00", "escalated": "2026-05-04T06:50:00+00:00"},
    ),
    (
        ("Ticket 77 (times are JST)\nOpened: 2026-05-04 04:15\nEscalated: 2026-05-04 06:50\n"),
        {"created": "2026-05-04T04:15:00+09:00"},
    ),
    (
        "Ticket 77\nTime zone: CEST\nOpened: 04.05.2026 04:15\n",
        {"created": "2026-05-04T04:15:00+02:00"},
    ),
    (
        (
            "Ticket 77\n"
            "Opened: 2026-05-04 04:15\n"
            "Response times are measured in UTC+2 by the probe\n"
        ),
        {"created": "2026-05-04"},
    ),
    (
        (
            "FORM 7\n"
            "Form no. ...... 26-1\n"
            "Customer ...... Alder Foods\n"
            "Received ...... 04.05.2026, 07:55 CET\n"
            "Escalated ..... 05.05.2026, 13:30 CET\n"
            "Status ........ open"
        ),
        {"created": "2026-05-04T07:55:00+01:00"},
    ),
    (
        (
            "Dear Sir,\n\n"
            "our till software has been on your support desk's list since 4 May 2026 and was "
            "escalated on 6 May 2026."
        ),
        {"created": "2026-05-04"},
    ),
    (
        (
            "Dear Sir,\n\n"
            "the case has been with your support since 4 May 2026 and was escalated on 6 May "
            "2026."
        ),
        {"created": "2026-05-04"},
    ),
    (
        (
            "Dear Sir,\n\n"
            "the case has been in your queue since 4 May 2026. We escalated it on 6 May 2026."
        ),
        {"created": "2026-05-04"},
    ),
    (
        ("Hello,\n\nwe told your help desk about it on 4 May 2026. We escalated on 6 May 2026."),
        {"created": "2026-05-04"},
    ),
    (
        (
            "From: Ana\n"
            "Date: Wed, 6 May 2026 16:42 +0100\n"
            "Subject: Alder Foods\n\n"
            "as discussed I have escalated the ticket 2026-11038 of Alder Foods and Kettle "
            "Works today. It was opened on 03.05.2026."
        ),
        {"escalated": "2026-05-06", "created": "2026-05-03"},
    ),
    (
        (
            "From: Ana\n"
            "Date: Wed, 6 May 2026 16:42 +0100\n"
            "Subject: Alder Foods\n\n"
            "Today I escalated ticket 77 to the duty manager. Alder Foods opened it on 3 May "
            "2026."
        ),
        {"escalated": "2026-05-06"},
    ),
    (
        (
            "From: Ana\n"
            "Date: Wed, 6 May 2026 16:42 +0100\n"
            "Subject: Alder Foods\n\n"
            "As of today this is an escalation. Alder Foods opened it on 3 May 2026."
        ),
        {"escalated": "2026-05-06"},
    ),
    (
        (
            "From: Ana\n"
            "Date: Wed, 6 May 2026 16:42 +0100\n"
            "Subject: Alder Foods\n\n"
            "Nobody has escalated it until today. Alder Foods opened it on 3 May 2026."
        ),
        {"escalated": None},
    ),
    (
        _HISTORY,
        {"created": "2026-08-14T17:55:00-04:00"},
    ),
]
_GRADES = [
    ("[09:31] ana: ok. Level 2 as of now. their director is cross", {"escalation_level": 2}),
    (
        "The escalation stays at Level 1. Level 2 only if Monday's list is late again.",
        {"escalation_level": 1},
    ),
    (
        ("[11:58] Mira (Account)\nEscalated at 11:50 UTC, they want it at L2. Was L1 until now.\n"),
        {"escalation_level": 2},
    ),
    (
        "We have escalated it to level 2. It goes to level 3 if Friday is as bad.",
        {"escalation_level": 2},
    ),
    ("It sits at escalation level 2, level 3 would be my director.", {"escalation_level": 2}),
    ("Escalation level 3. Until yesterday it had been level 2.", {"escalation_level": 3}),
    ("The escalation was raised from level 2 to level 3 today.", {"escalation_level": 3}),
    ("level: 2. she knows it goes to 3 if Monday is as bad.", {"escalation_level": 2}),
    ("If this happens again we will have to go to escalation level 3.", {"escalation_level": None}),
    (
        ("Escalation contacts: Level 1 is the desk, level 2 the shift lead, level 3 the director."),
        {"escalation_level": None},
    ),
    (
        ("They called it Sev 2 in the form, but with the port on the phone we agreed on Sev 1."),
        {"priority": "critical"},
    ),
    ("The invitation said P2; Mr Ueda apologised, P3 is correct.", {"priority": "medium"}),
    (
        "File: 26/418, opened 4 May 2026, priority 1 (had been 3 on Monday)",
        {"priority": "critical"},
    ),
    ("The ticket came in as P3. We made it P1.", {"priority": "critical"}),
    ("It was Sev 3 at first, Sev 2 since noon.", {"priority": "high"}),
    ("The portal lists it as Sev 3, we run it as Sev 1.", {"priority": "critical"}),
    ("Priority: P2 (customer asked for P1)", {"priority": "high"}),
    ("Sev 2, the customer wants Sev 1.", {"priority": "high"}),
    ("Prio 1, formerly prio 2.", {"priority": "critical"}),
]
_STATES = [
    (
        _HISTORY,
        {"status": "Watching", "users_affected": None},
    ),
    (
        "[14:10] Bot\n88-4402 | Current state: Degraded | next update 16:00 UTC\n",
        {"status": "Degraded"},
    ),
    (
        (
            "MINUTES\n\n"
            "1. Other\n"
            "   It stays an executive matter. Status of the file: Workaround in use. Next "
            "call Friday.\n"
        ),
        {"status": "Workaround in use"},
    ),
    ("Case 77\nState: In repair | Owner: Ana | Next update: 16:00\n", {"status": "In repair"}),
    (
        "Notes\nStatus of this escalation: Partly restored. Next call Friday.",
        {"status": "Partly restored"},
    ),
    (
        "Status of the complaint: Waiting for parts; next step Friday",
        {"status": "Waiting for parts"},
    ),
    ("Status of the plan: two of three done", {"status": None}),
    (
        (
            "[08:14] Ilka (on call)\n"
            "Alder Foods opened 7741-TQ today at 07:40 CET. Berth planner hangs"
        ),
        {"id": "7741-TQ"},
    ),
    (
        (
            "### incident log 4471-K ### customer: Alder Foods ### all times UTC ###\n\n"
            "2026-05-02 03:10 [nia] opened after alert"
        ),
        {"id": "4471-K"},
    ),
    ("Notes on file BG/2026/418\n\nslow", {"id": "BG/2026/418"}),
    ("The society opened case HSS/4471 on 31 August 2026.", {"id": "HSS/4471"}),
    ("Ticket 7741-TQ was raised on 4 May 2026.", {"id": "7741-TQ"}),
    ("We restored 4 of 16 shards. 1.250 growers wait. 3-5 hours.", {"id": None}),
]
_MOODS = [
    ('mood: polite with me, but "my dealers are fuming and so am I".', "negative"),
    ("Mood: friendly tone, yet furious about Monday.", "negative"),
    ("Mood: angry at first, calm now.", "neutral"),
    ("Sentiment: neutral (annoyed on Monday, over it by now)", "neutral"),
    ("Sentiment: disappointed but fair", "negative"),
    (
        (
            "AGENT: Service desk.\n"
            "CALLER: I will not shout. But we are fed up.\n"
            "AGENT: I understand.\n"
            "CALLER: Please hurry.\n"
            "AGENT: We will.\n"
            "CALLER: Bye."
        ),
        "negative",
    ),
    (
        (
            "AGENT: Service desk.\n"
            "CUSTOMER: We are at our wits' end.\n"
            "AGENT: I understand.\n"
            "CUSTOMER: Please hurry.\n"
            "AGENT: We will.\n"
            "CUSTOMER: Bye."
        ),
        "negative",
    ),
    (
        (
            "7. Relationship\n"
            "7.1 The Customer expresses its serious dissatisfaction and reserves all rights."
        ),
        "negative",
    ),
    ("Relationship\n\nThe client voiced its unhappiness twice.", "negative"),
    (
        (
            "h3. Comments\n"
            "*Ana Reed* 4 May 2026 4:00 PM UTC\n"
            "Call with their CFO: impatient, polite, not shouting. She says trust has "
            "suffered, relationship is strained."
        ),
        "negative",
    ),
    ("Mr Dane spoke of a last chance. The customer's board is up in arms.", "negative"),
    ("Mood\n\nTheir registrar is full of praise for the night shift.", "positive"),
    ("Mood\n\nTheir registrar takes it in his stride.", "neutral"),
    (
        (
            "Ms Sugi found the explanation clear, Mr Dane less so. Both agreed to have the "
            "mood recorded as neutral."
        ),
        "neutral",
    ),
    (
        (
            "I do not doubt the good will of your staff, but the partners are losing "
            "patience, and so am I."
        ),
        "negative",
    ),
    (
        (
            "The managing director is courteous on the telephone but disappointed. I would "
            "call the relationship strained."
        ),
        "negative",
    ),
    ('terminal manager\'s words: "I am out of patience"', "negative"),
    (
        ("Head of learning is kind as always. The trust's board less so. I'd say unhappy."),
        "negative",
    ),
    ("Customer satisfaction survey is due in June. The patient portal is slow.", None),
    ("The service is in poor state, the critical alarm rang.", None),
]


def stated(text, wanted):
    facts = read_escalation(text).facts
    return {name: getattr(facts, name) for name in wanted}


@pytest.mark.parametrize(("text", "wanted"), _MOMENTS)
def test_a_case_is_opened_and_escalated_when_the_words_say(text, wanted):
    assert stated(text, wanted) == wanted


@pytest.mark.parametrize(("text", "wanted"), _GRADES)
def test_a_grade_is_the_one_that_holds_not_the_one_that_was_or_may_come(text, wanted):
    assert stated(text, wanted) == wanted


@pytest.mark.parametrize(("text", "wanted"), _STATES)
def test_state_and_number_are_of_the_newest_case(text, wanted):
    assert stated(text, wanted) == wanted


@pytest.mark.parametrize(("text", "mood"), _MOODS)
def test_a_mood_is_the_verdict_or_what_is_set_against_politeness(text, mood):
    assert read_escalation(text).facts.sentiment == mood
