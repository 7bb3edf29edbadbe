"""Plans in other forms: records, rows of a log, columns, headings with bare lines below them."""

import pytest

from impactcalc.intake.escalation import read_escalation

WANTED = [
    ("Contain", 0, 4, ["freeze the uploads", "serve quotes from the cache"]),
    ("Cure", 4, 48, ["rebuild the index"]),
]

TEXTS = """customer = "Plover"

[plan.Contain]
window = "0-4h"
actions = ["freeze the uploads", "serve quotes from the cache"]

[plan.Cure]
window = "4-48h"
actions = ["rebuild the index"]
~~~~
customer: Plover
plan:
  - name: Contain
    window: 0-4 hours
    actions:
      - freeze the uploads
      - serve quotes from the cache
  - name: Cure
    window: 4-48 hours  # roughly
    actions:
      - rebuild the index
~~~~
Customer: Plover

Stage: Contain
From: 0 h
To: 4 h
Actions: freeze the uploads; serve quotes from the cache

Stage: Cure
From: 4 h
To: 48 h
Actions: rebuild the index
~~~~
customer: Plover
plan:
  - {name: Contain, window: 0-4 h, actions: [freeze the uploads, serve quotes from the cache]}
  - {name: Cure, window: 4-48 h, actions: [rebuild the index]}
~~~~
Customer: Plover

Stage | From | To | What
Contain | 0h | 4h | freeze the uploads; serve quotes from the cache
Cure | 4h | 48h | rebuild the index
~~~~
2026/06/03 22:20 UTC  PLAN   Contain 0-4 h  : freeze the uploads / serve quotes from the cache
2026/06/03 22:20 UTC  PLAN   Cure 4-48 h    : rebuild the index
2026/06/03 22:31 UTC  NOTE   uploads frozen
~~~~
section;no;field;value
head;;ticket;77;
head;;customer;Plover;
head;;priority;P2;
head;;status;open;
Ticket;77
Customer;Plover
Priority;P2
Status;open
plan;1;Contain (0-4 h);freeze the uploads;
plan;1;Contain (0-4 h);serve quotes from the cache;
plan;2;Cure (4-48 h);rebuild the index;
~~~~
Plan of action:

Contain, 0-4 hours
  freeze the uploads
  serve quotes from the cache

Cure, 4-48 hours
  rebuild the index
~~~~
Agreed plan

Contain (first 4 hours)
freeze the uploads
serve quotes from the cache
Cure (4 to 48 hours)
rebuild the index
~~~~
| Hours | Step | State |
|---|---|---|
| 0-4 | freeze the uploads | done |
| 0-4 | serve quotes from the cache | open |
| 4-48 | rebuild the index | open |
~~~~
Window      Phase      Task                          Who    Result
----------  ---------  ----------------------------  -----  ---------
0-4 hours   Contain    freeze the uploads            Olu    done
                       serve quotes from the cache   Olu    done
4-48 hours  Cure       rebuild the index             Ivo    half
~~~~
2026-02-09T08:30:00Z;PLAN;Contain;0-4 h;freeze the uploads, serve quotes from the cache
2026-02-09T08:30:00Z;PLAN;Cure;4-48 h;rebuild the index
~~~~
Agreed plan
[P1] Contain | minutes 0-240 | freeze the uploads; serve quotes from the cache
[P2] Cure | 4-48 hours | rebuild the index
~~~~
What we do about it
-------------------

Contain
    0 to 4 hours

    - freeze the uploads
    - serve quotes from the cache

Cure
    4 to 48 hours

    - rebuild the index
~~~~
Plan
----

 Window 0-4 h / Contain
   (X) freeze the uploads
   ( ) serve quotes from the cache
 Window 4-48 h / Cure
   ( ) rebuild the index (3 of 40 shards)
~~~~
; written by a program
[plan.1]
name = Contain
window = within the next 4 hours
action.1 = freeze the uploads
action.2 = serve quotes from the cache
[plan.2]
name = Cure
window = 4-48 hours
action.1 = rebuild the index
~~~~
We said this on the phone. Agreed with them:

Contain (0-4 h)
- freeze the uploads
- serve quotes from the cache
Cure (4-48 h)
- rebuild the index
~~~~
WHAT WILL WE DO?
   > Contain, first 4 hours
       o freeze the uploads
       o serve quotes from the cache
   > Cure, 4-48 hours
       o rebuild the index
"""
FORMS = TEXTS.split("~~~~\n")


def stages(text):
    found = read_escalation(text).to_document()["facts"]["stages"] or []
    return [
        tuple(stage[key] for key in ("name", "from_hours", "to_hours", "actions"))
        for stage in found
    ]


@pytest.mark.parametrize("text", FORMS)
def test_a_plan_is_read_in_any_form(text):
    named = "Hours |" not in text  # a table without a column of names
    assert stages(text) == [(name if named else None, *rest) for name, *rest in WANTED]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            "1. Now (0-30 min): stop it\n2. This day (1-9 h): fix it; cap it\n3. Later: go on\n",
            [
                ("Now", 0, 0.5, ["stop it"]),
                ("This day", 1, 9, ["fix it", "cap it"]),
                ("Later", None, None, ["go on"]),
            ],
        ),
        (
            "- Today, 0-5h \u2192 drop it; raise the limit\n- From Wednesday on: move it\n",
            [
                ("Today", 0, 5, ["drop it", "raise the limit"]),
                ("From Wednesday on", None, None, ["move it"]),
            ],
        ),
        (
            "(1) 0-2 h: cut the polling, (2) 2-12 h: clear the queue\n",
            [(None, 0, 2, ["cut the polling"]), (None, 2, 12, ["clear the queue"])],
        ),
        (
            "0-3 h : stop the job\n0-3 h : phone them\nlater : retire the job\n",
            [
                (None, 0, 3, ["stop the job", "phone them"]),
                ("later", None, None, ["retire the job"]),
            ],
        ),
        (
            "Before the autumn term starts: retire the gateway, close it five seconds later.\n",
            [
                (
                    "Before the autumn term starts",
                    None,
                    None,
                    ["retire the gateway", "close it five seconds later"],
                )
            ],
        ),
    ],
)
def test_a_line_of_a_plan_holds_name_window_and_actions(lines, wanted):
    assert stages(f"Plan:\n{lines}") == wanted


def test_a_date_in_what_will_be_is_no_plan():
    text = "The agreement is to be renewed on 1 April 2027, and we will remember this autumn."
    assert stages(f"Dear Sir,\n\n{text}\n") == []


def test_a_stage_called_repair_is_no_section():
    text = (
        "Case 12\n\nContain (0-4 h)\n- stop it\n\nRepair (4-9 h)\n- mend it\n\n"
        "Lessons (1-2 weeks)\n- review it\n"
    )
    assert [stage[0] for stage in stages(text)] == ["Contain", "Repair", "Lessons"]


def test_a_length_or_an_event_beside_a_name_is_its_window():
    text = (
        "Recovery plan\nMend it, 2-24 h\n  - rebuild the index\nNever again, 30 days\n"
        "  - add a canary\nClean-up - after the audit\n  - purge the copies\n"
    )
    assert stages(text)[1:] == [
        ("Never again", 0, 720, ["add a canary"]),
        ("Clean-up", None, None, ["purge the copies"]),
    ]


def test_what_explains_an_action_is_no_stage():
    text = (
        "h2. Plan\n* Today (0-8 hours)\n** hide the slots\n* After the show closes\n"
        "** merge the calendars\n*** needs a decision first\n"
    )
    assert stages(text) == [
        ("Today", 0, 8, ["hide the slots"]),
        ("After the show closes", None, None, ["merge the calendars"]),
    ]


def test_rows_with_the_same_window_are_one_stage():
    text = (
        "| # | When | What |\n|--|--|--|\n| 1 | 0-2 h | stop it |\n| 1 | 0-2 h | phone them |\n"
        "| 2 | 2 days | mend it |\n"
    )
    assert stages(text) == [(None, 0, 2, ["stop it", "phone them"]), (None, 0, 48, ["mend it"])]


def test_a_paragraph_behind_a_list_of_actions_is_none_of_them():
    text = (
        "## Plan\n\n### Today (0-8 h)\n- hide the slots\n\n### Later (8-40 h)\n- merge them\n\n"
        "Please confirm by mail.\n"
    )
    assert stages(text) == [
        ("Today", 0, 8, ["hide the slots"]),
        ("Later", 8, 40, ["merge them"]),
    ]
