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
    assert stages(text) == WANTED


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
