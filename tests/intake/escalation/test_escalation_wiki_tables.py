"""Tables of a wiki whose cells stand on a line each."""

from impactcalc.intake.escalation import read_escalation

_PAGE = """== Case SP-118 ==

{| class="wikitable"
! Priority
| 3 - Moderate
|-
! Current state
| Waiting for the harbour
|-
! Created
| 21 September 2026
|-
! Users affected
| 340 pilots
|}

== Plan ==

{| class="wikitable"
! Phase
! Window
! Action
! State
|-
| Relief
| 0-2 h
| Drain the queue
| done
|-
| Repair
| 2-9 h
| Mend the shard
| 3 of 7
|}
"""


def test_cells_on_a_line_each_make_the_row_of_a_wiki():
    reading = read_escalation(_PAGE)
    facts = reading.facts
    assert (facts.priority, facts.status) == ("medium", "Waiting for the harbour")
    assert (facts.created, facts.users_affected) == ("2026-09-21", 340)
    where = {one.field: (one.line, one.text) for one in reading.provenance}
    assert where["users_affected"] == (14, "340")


def test_the_rows_of_such_a_table_are_stages_with_their_states():
    reading = read_escalation(_PAGE)
    assert [(one.name, one.actions[0].text) for one in reading.stages] == [
        ("Relief", "Drain the queue"),
        ("Repair", "Mend the shard"),
    ]
    assert [one.state.value for one in reading.progress] == ["done", "in_progress"]


def test_a_cell_of_such_a_table_may_hold_a_list():
    text = _PAGE.replace("| Mend the shard\n| 3 of 7\n", "|\n* Mend the shard\n* Fill it\n")
    last = read_escalation(text).stages[-1]
    assert [action.text for action in last.actions] == ["Mend the shard", "Fill it"]
