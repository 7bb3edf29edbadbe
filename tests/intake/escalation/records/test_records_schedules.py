"""Plans as programs write them, also where little else is told: JSON, YAML, TOML."""

import json

import pytest

from impactcalc.intake.escalation import read_escalation

WANTED = [
    ("Relief", 0, 3, ["stop the import", "send quotes by hand"]),
    ("Mending", 3, 36, ["rebuild the mirror"]),
]
STAGES = [
    {
        "name": "Relief",
        "window": "0-3 h",
        "actions": ["stop the import", "send quotes by hand"],
    },
    {"name": "Mending", "window": "3-36 h", "actions": ["rebuild the mirror"]},
]
DUMPS = [
    json.dumps({"plan": STAGES}),
    json.dumps({"plan": STAGES}, indent=2),
    json.dumps(STAGES, indent=4),
    json.dumps({"title": "what we do", "stages": STAGES}, indent=1),
]

TEXTS = '''{
  "stages": [
    {"name": "Relief", "window": "0-3 h", "actions": ["stop the import", "send quotes by hand"]},
    {"name": "Mending", "window": "3-36 h", "actions": "rebuild the mirror"}
  ]
}
~~~~
[
  {"phase": "Relief", "from": "0 h", "to": "3 h", "tasks": ["stop the import",
   "send quotes by hand"]},
  {"phase": "Mending", "from": "3 h", "to": "36 h", "tasks": ["rebuild the mirror"]}
]
~~~~
[{"step": "Relief", "from_hours": 0, "to_hours": 3, "do": ["stop the import",
"send quotes by hand"]},
 {"step": "Mending", "from_hours": 3, "to_hours": 36, "do": ["rebuild the mirror"]}]
~~~~
[[plan]]
name = "Relief"
window = "0-3 h"  # roughly
actions = ["stop the import", "send quotes by hand"]

[[plan]]
name = "Mending"
window = "3-36 h"
actions = "rebuild the mirror"
~~~~
# the waves
[[wave]]
name = "Relief"
from = "0 h"
to = "3 h"
actions = [
  "stop the import",  # at once
  "send quotes by hand",
]

[[wave]]
name = "Mending"
from = "3 h"
to = "36 h"
actions = ["rebuild the mirror"]
~~~~
; from the tool
[Relief]
window = 0-3 h
action.1 = stop the import
action.2 = send quotes by hand
[Mending]
window = 3-36 h
action = rebuild the mirror
~~~~
plan.1.name = Relief
plan.1.window = 0-3 h
plan.1.actions = stop the import; send quotes by hand
plan.2.name = Mending
plan.2.window = 3-36 h
plan.2.actions = rebuild the mirror
~~~~
plan = [
  { name = "Relief", window = "0-3 h", actions = ["stop the import", "send quotes by hand"] },
  { name = "Mending", window = "3-36 h", actions = ["rebuild the mirror"] },
]
~~~~
plan:
- name: Relief
  window: 0-3 hours
  actions:
  - stop the import
  - send quotes by hand
- name: Mending
  window: 3-36 hours
  actions:
  - rebuild the mirror
~~~~
plan:
  Relief:
    window: 0-3 hours
    actions:
      - stop the import
      - send quotes by hand
  Mending:
    # a guess
    window: 3-36 hours
    actions: rebuild the mirror
~~~~
# their file
steps:
  # at once
  - name: "Relief"
    window: "0-3 h"   # from the call
    actions:
      - "stop the import"   # Olga
      - "send quotes by hand"
  # then
  - name: "Mending"
    window: "3-36 h"
    actions:
      - "rebuild the mirror"
~~~~
This is what their tool holds:

    plan:
      - phase: Relief
        from: 0 h
        to: 3 h
        actions: [stop the import, send quotes by hand]
      - phase: Mending
        from: 3 h
        to: 36 h
        actions: [rebuild the mirror]
~~~~
Plan:
- {name: Relief, window: 0-3 h, actions: [stop the import, send quotes by hand]}
- {name: Mending, window: 3-36 h, actions: [rebuild the mirror]}
~~~~
plan:
  - name: Relief
    hours: [0, 3]
    actions: [stop the import, send quotes by hand]
  - name: Mending
    window: {from: 3 h, to: 36 h}
    actions: [rebuild the mirror]
~~~~
[plan.Relief]
hours = "0-3"
actions = """
stop the import
send quotes by hand
"""
[plan.Mending]
hours = "3-36"
actions = ["rebuild the mirror"]
~~~~
## What comes now

```yaml
- number: 1
  name: Relief
  window_h: 0-3
  actions:
    - stop the import
    - send quotes by hand
- number: 2
  name: Mending
  window_h: 3-36
  actions:
    - rebuild the mirror
```
'''


def facts_of(text):
    return read_escalation(text).to_document()["facts"]


def stages(text):
    keys = ("name", "from_hours", "to_hours", "actions")
    return [tuple(stage[key] for key in keys) for stage in facts_of(text)["stages"] or []]


@pytest.mark.parametrize("text", [*DUMPS, *TEXTS.split("~~~~\n")])
def test_a_plan_of_two_stages_is_read_from_a_dump_that_tells_nothing_else(text):
    assert stages(text) == WANTED
    assert {key for key, value in facts_of(text).items() if value} == {"stages"}


def test_a_list_of_maps_with_a_brace_on_each_line_is_read():
    text = json.dumps(
        {
            "ticket": {"id": "CE-77", "customer": "Plover Foods", "priority": "P2"},
            "plan": STAGES,
            "updates": [
                {"at": "2026-01-02 10:00", "text": "the import is stopped"},
                {"at": "2026-01-02 11:00", "text": "the mirror is half rebuilt"},
            ],
        },
        indent=2,
    )
    facts = facts_of(text)
    assert (facts["id"], facts["customer"]) == ("CE-77", "Plover Foods")
    assert stages(text) == WANTED
    assert facts["progress"] == [
        {"action": "stop the import", "state": "done"},
        {"action": "rebuild the mirror", "state": "in_progress"},
    ]


def test_an_end_of_a_window_without_a_unit_is_no_hours():
    text = "plan:\n" + "  - {name: Relief, from: 0, to: 3, actions: [stop it]}\n" * 2
    assert {stage[1:3] for stage in stages(text)} == {(None, None)}
    assert "the window is not understood" in str(read_escalation(text).warnings)


def test_a_mere_length_is_the_end_of_a_window_and_a_number_no_part_of_a_name():
    text = "plan:\n  - {name: 1. Relief, due: 3 h, action: stop it}\n"
    text += "  - {name: 2 - Mending, duration: 2 days, action: mend it}\n"
    assert stages(text) == [
        ("Relief", 0, 3, ["stop it"]),
        ("Mending", None, None, ["mend it"]),
    ]


def test_the_name_of_a_stage_is_no_customer():
    text = "Plan:\n\nRelief (0-3 h)\n- stop the import\n\nMending (3-36 h)\n- rebuild it\n"
    assert facts_of(text)["customer"] is None


PLANLESS = """jobs:
  - name: build
    timeout: 4 h
    steps: [make]
  - name: check
    timeout: 2 days
    steps: [check]
~~~~
- when: 10:04
  action: Restarted it
- when: 10:31
  action: Rang them
~~~~
{"level": "info", "time": "10:04", "action": "retry"}
{"level": "info", "time": "10:05", "action": "retry"}
~~~~
[retry]
period = 4 h
action = mail
[purge]
period = 2 days
action = drop
"""


@pytest.mark.parametrize("text", PLANLESS.split("~~~~\n"))
def test_settings_and_logs_with_such_names_are_no_plan(text):
    assert stages(text) == []
