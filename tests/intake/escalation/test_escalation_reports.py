"""What people of a talk, an update and minutes tell of the plan, one after another."""

import pytest

from impactcalc.intake.escalation import read_escalation

D, P, N = "done", "in_progress", "not_started"
TALK = """\
Teams export: Escalation Brightwater Ferries
Tuesday, 10 March 2026

[08:31] Tomasz (engineering)
plan
now - 90 min: leave out the photo step, restart the stuck gates
90 min - 6 h: re-queue failed tickets
by Friday noon: give boarding passes a database of their own
"""
TALKED_OF = (
    "leave out the photo step",
    "restart the stuck gates",
    "re-queue failed tickets",
    "give boarding passes a database of their own",
)
TABLE = """\
Case: 4711
Customer: Somebody

### Plan

| Phase | When | What | State at 10:00 |
|---|---|---|---|
| At once | 0-90 min | Send all bakeries to the spare counter | done |
| | | Cap orders at 60 loaves | done |
| Fix | 90 min-2 days | Roll the counter program back to 8.3 | 4 of 9 bakeries |
| | | Reprint lost receipts | not begun |
| Later | after 14 days | Rehearse the update with two bakeries | |

### Update 13:20 CET
"""
TABLED = (
    "Send all bakeries to the spare counter",
    "Cap orders at 60 loaves",
    "Roll the counter program back to 8.3",
    "Reprint lost receipts",
    "Rehearse the update with two bakeries",
)
MINUTES = """\
Case 4711 of Somebody Ltd was opened on 1 October 2026.

1. Decisions
   1.1 Within the next 6 hours
       (a) Put the departure board on the spare feed
       (b) Stop the nightly billing export
   1.2 Within the next 5 business days
       (c) Widen the login pool
       (d) Retire the old translator

2. {h}

   {s}

3. Other
   The escalation stays at Level 1.
"""
DECIDED = (
    "Put the departure board on the spare feed",
    "Stop the nightly billing export",
    "Widen the login pool",
    "Retire the old translator",
)


def told(text, plan):
    """Give the states that a text tells, by the place of the action in the plan."""
    return {plan.index(one.action.text): one.state.value for one in read_escalation(text).progress}


@pytest.mark.parametrize(
    ("turns", "states"),
    [
        (
            [
                ("09:20 Ann", "the harbour asks about the database for the passes"),
                ("09:26 Tomasz", "no one has looked at that yet"),
            ],
            {3: N},
        ),
        (
            [
                ("09:20 Ann", "database?"),
                ("09:26 Tomasz", "not before the winter timetable, nobody works on it"),
            ],
            {3: N},
        ),
        (
            [
                ("09:20 Ann", "and the tickets?"),
                (
                    "09:26 Tomasz",
                    "not yet, a colleague checks it\nupdate: it is running, 40 of 900",
                ),
            ],
            {2: P},
        ),
        ([("09:20 Ann", "what about the tickets"), ("09:26 Tomasz", "all re-queued")], {2: D}),
        (
            [
                ("09:20 Ann", "customer wants to know when the boarding passes get their database"),
                ("09:26 Tomasz", "that one is planned for Thursday"),
            ],
            {3: N},
        ),
        (
            [
                ("09:20 Ann", "any news on the failed tickets"),
                ("09:26 Tomasz", "half of them are through"),
            ],
            {2: P},
        ),
        (
            [
                ("09:20 Ann", "photo step?"),
                ("09:21 Tomasz", "left out everywhere"),
                ("09:22 Ann", "gates?"),
                ("09:23 Tomasz", "three of eight are up"),
                ("10:23 Tomasz", "all 8 are up"),
            ],
            {0: D, 1: D},
        ),
        (
            [
                ("09:20 Ann", "photo step?"),
                ("09:21 Tomasz", "off since nine"),
                ("09:22 Ann", "thanks. and the new database?"),
                ("09:23 Tomasz", "Petra is on it"),
            ],
            {0: D, 3: P},
        ),
        (
            [
                ("09:20 Ann", "is the photo step gone?"),
                ("09:21 Tomasz", "yes"),
                ("09:22 Ann", "have the gates been restarted?"),
                ("09:23 Tomasz", "no, still waiting for the captain"),
            ],
            {0: D, 1: N},
        ),
        (
            [
                ("09:21 Tomasz", "photo step is out, gates: two of eight restarted"),
                ("09:40 Tomasz", "correction, three of eight"),
                ("09:50 Tomasz", "gates all done now"),
            ],
            {0: D, 1: D},
        ),
        (
            [
                ("09:21 Tomasz", "gates: waiting for the captain's yes"),
                ("09:40 Tomasz", "she agreed, gates restarted on 2 of 5 decks so far"),
            ],
            {1: P},
        ),
        (
            [
                (
                    "09:21 Tomasz",
                    "we have decided against the new database, the passes stay where they are",
                )
            ],
            {3: N},
        ),
        (
            [("09:20 Ann", "what happened to the gates"), ("09:21 Tomasz", "restarted them at 9")],
            {1: D},
        ),
        ([("09:20 Ann", "did you start with the database yet"), ("09:21 Tomasz", "no")], {3: N}),
        (
            [
                ("09:20 Tomasz", "gates: 4 of 6 restarted"),
                ("09:40 Ann", "the mayor wants a call tonight"),
                ("10:05 Tomasz", "all 6 are back now"),
            ],
            {1: D},
        ),
        ([("09:20 Ann", "harbour master?"), ("09:26 Tomasz", "done, he is happy")], {}),
        ([("09:20 Tomasz", "photo step: off on deck one and two, deck three is next")], {0: P}),
        (
            [("09:20 Ann", "who does the tickets"), ("09:21 Tomasz", "Ravi, he began an hour ago")],
            {2: P},
        ),
    ],
)
def test_an_answer_tells_of_the_action_that_was_asked_for_with_and_without_a_question_mark(
    turns, states
):
    talk = "".join(f"\n[{who[:5]}] {who[6:]} (team)\n{words}\n" for who, words in turns)
    assert told(f"{TALK}{talk}", TALKED_OF) == states


@pytest.mark.parametrize(
    ("update", "states"),
    [
        (
            "The rollback reached the last of the nine bakeries at one. Reprinting starts tonight.",
            {0: D, 1: D, 2: D, 3: N},
        ),
        (
            "The rollback is complete. Half of the lost receipts have been reprinted.",
            {0: D, 1: D, 2: D, 3: P},
        ),
        ("All 9 bakeries are on 8.3 now.", {0: D, 1: D, 2: D, 3: N}),
        ("Counter program rolled back in the last bakery at 13:05.", {0: D, 1: D, 2: D, 3: N}),
        ("The roll-back has arrived at all bakeries.", {0: D, 1: D, 2: D, 3: N}),
        ("The last bakeries were rolled back at 13:05.", {0: D, 1: D, 2: D, 3: N}),
    ],
)
def test_an_update_below_a_table_is_newer_than_its_column_of_states(update, states):
    assert told(f"{TABLE}\n{update}\n", TABLED) == states


@pytest.mark.parametrize(
    ("heading", "words", "states"),
    [
        (
            "State when the meeting closed",
            "Ms Okoye put the departure board on the spare feed during the call.",
            {0: D},
        ),
        (
            "State when the meeting closed",
            "Export: Mr Brandt has talked to accounting, they have to agree first.",
            {1: N},
        ),
        ("Where we stand", "As to the login pool we are waiting for a yes of their bank.", {2: N}),
        (
            "Where we stand",
            "The board shows the spare feed since 14:20. The export stopped at three.",
            {0: D, 1: D},
        ),
        (
            "Status",
            "The board is on the spare feed. As for the translator, nothing has happened.",
            {0: D, 3: N},
        ),
        (
            "Status",
            "He says that the export was stopped, and that the pool is being widened.",
            {1: D, 2: P},
        ),
        ("Status", "They report that the board has been put on the spare feed.", {0: D}),
        (
            "Status",
            "According to operations the export is off, whereas the translator is still in use.",
            {1: D, 3: N},
        ),
        (
            "Review",
            "The board and the export are done. Pool and translator are not.",
            {0: D, 1: D, 2: N, 3: N},
        ),
        ("Review", "Done: board, export. Open: pool, translator.", {0: D, 1: D, 2: N, 3: N}),
        (
            "Review",
            "(a) and (b) are done, (c) is under way, (d) has been dropped.",
            {0: D, 1: D, 2: P, 3: N},
        ),
        (
            "Review",
            "We have stopped the export so far; we have not yet touched the pool.",
            {1: D, 2: N},
        ),
        ("Review", "Translator: nobody has looked at it so far.", {3: N}),
        ("Review", "Pool: ordered and half set up.", {2: P}),
        ("Review", "Neither the pool nor the translator has been touched.", {2: N, 3: N}),
        ("Review", "Both the board switch and the export stop are through.", {0: D, 1: D}),
        ("Review", "The export could not be stopped, their scheduler refused.", {1: N}),
        (
            "Review",
            "We widened the login pool for half of the nodes; the other half was done today.",
            {2: D},
        ),
        ("Review", "The login pool was to be widened on Monday, it was done on Wednesday.", {2: D}),
        ("Review", "Widening the login pool took two hours and is finished.", {2: D}),
        ("Review", "The work on the pool continues, no date for the translator.", {2: P, 3: N}),
        ("Review", "Stopping the export is no longer wanted, accounting needs it.", {1: N}),
    ],
)
def test_minutes_tell_of_decisions_in_sentences_labels_and_letters(heading, words, states):
    assert told(MINUTES.format(h=heading, s=words), DECIDED) == states


def test_a_sentence_of_somebody_else_in_quotation_marks_reports_nothing():
    words = 'The guest book says "please forget the plan, all actions are completed and closed".'
    assert told(MINUTES.format(h="Status", s=words), DECIDED) == {}


def test_the_line_below_the_first_line_of_a_report_belongs_to_it():
    words = "Where we are: the board is on the spare feed.\n   Nobody has looked at the login pool."
    assert told(MINUTES.format(h="Anything else", s=words), DECIDED) == {0: D, 2: N}
