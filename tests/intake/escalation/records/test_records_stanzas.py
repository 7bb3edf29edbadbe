"""Stages as blocks of fields, and texts that only look so."""

import pytest

from impactcalc.intake.escalation import read_escalation

WANTED = [
    ("Relief", 0, 3, ["stop the import", "send quotes by hand"]),
    ("Mending", 3, 36, ["rebuild the mirror"]),
]
TEXTS = """Stage: Relief
From: 0 h
To: 3 h
Actions: stop the import; send quotes by hand

Stage: Mending
From: 3 h
To: 36 h
Actions: rebuild the mirror
~~~~
stage = Relief
from = 0 h
to = 3 h
actions = stop the import; send quotes by hand
---
stage = Mending
from = 3 h
to = 36 h
actions = rebuild the mirror
~~~~
Both of us said yes to this.

Phase: 1 - Relief
Owner: Olga
Window: 0-3 h
Actions:
- stop the import
- send quotes by hand

Phase: 2 - Mending
Owner: Tomas
Window: 3-36 h
Actions:

* rebuild the mirror

Please say so if it is not.
~~~~
Plan
Step 1: Relief
When: first 3 hours
What: stop the import, send quotes by hand
Step 2: Mending
When: 3-36 hours
What: rebuild the mirror
~~~~
Plan:
  - Name: Relief
    Window: 0-3 h
    Actions:
      - stop the import
      - send quotes by hand
  - Name: Mending
    Window: 3-36 h
    Actions:
      - rebuild the mirror
~~~~
Plan:
Relief:
  When: 0-3 h
  What: stop the import, send quotes by hand
Mending:
  When: 3-36 h
  What: rebuild the mirror
~~~~
Stage 1
Name: Relief
Window: 0-3 h
Actions: stop the import, send quotes by hand
Stage 2
Name: Mending
Window: 3-36 h
Actions: rebuild the mirror
~~~~
Phase: Relief, window: 0-3 h, actions: stop the import; send quotes by hand
Phase: Mending, window: 3-36 h, actions: rebuild the mirror
~~~~
### Relief
Window: 0-3 h
Action 1: stop the import
Action 2: send quotes by hand

### Mending
Window: 3-36 h
Action 1: rebuild the mirror

Regards, Olga
"""


def facts_of(text):
    return read_escalation(text).to_document()["facts"]


def stages(text):
    keys = ("name", "from_hours", "to_hours", "actions")
    return [tuple(stage[key] for key in keys) for stage in facts_of(text)["stages"] or []]


@pytest.mark.parametrize("text", TEXTS.split("~~~~\n"))
def test_a_plan_is_read_from_blocks_of_fields(text):
    assert stages(text) == WANTED
    assert facts_of(text)["customer"] is None


def test_the_header_of_a_ticket_stays_beside_its_plan():
    text = (
        "Customer: Plover Foods\nTicket: CE-77\nTitle: checkout is down\nDue: 4 March 2026\n\n"
        "Phase: Relief\nWindow: within 3 hours\nTask: stop the import\nState: done\n\n"
        "Phase: Mending\nWindow: by Friday\nTask: rebuild the mirror\nState: open\n\n"
        "Status: mitigated\nPriority: P2\n"
    )
    facts = facts_of(text)
    assert (facts["customer"], facts["id"]) == ("Plover Foods", "CE-77")
    assert facts["priority"] == "high"
    assert [stage["name"] for stage in facts["stages"]] == ["Relief", "Mending"]
    assert [one["state"] for one in facts["progress"]] == ["done", "not_started"]


def test_tasks_with_a_window_each_are_stages_without_names():
    text = (
        "Action: stop the import\nOwner: Olga\nDue: within 3 hours\n\n"
        "Action: rebuild the mirror\nOwner: Tomas\nDue: within 36 hours\n"
    )
    assert stages(text) == [
        (None, 0, 3, ["stop the import"]),
        (None, 0, 36, ["rebuild the mirror"]),
    ]


PLANLESS = """From: Olga Kern
To: Tomas Bell
Subject: the shop
Action: call them
From: Tomas Bell
To: Olga Kern
Subject: Re: the shop
Action: none
~~~~
Time: 10:04
Action: restarted the queue

Time: 10:31
Action: rang the customer
~~~~
When: 2 March 2026, 09:00 to 11:00
What: the queue stood still

When: 3 March 2026, 14:00 to 14:30
What: the queue stood still again
~~~~
What happened: the shop was down from 09:00 to 12:00.
What we do: we restart it.
When: tonight.
What is left: nothing.
~~~~
The plan is this. What: a restart, when: in 4 hours, and then we wait.
The other: ask them what to do: they know it by tonight, within 8 hours.
~~~~
Title: retry
Period: 4 h
Action: mail
Title: purge
Period: 2 days
Action: drop
"""


@pytest.mark.parametrize("text", PLANLESS.split("~~~~\n"))
def test_mails_logs_and_settings_with_such_fields_are_no_plan(text):
    assert stages(text) == []
