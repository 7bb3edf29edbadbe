"""Rows that name each of their cells."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.reading import plain_edge
from impactcalc.intake.escalation.records.keyed import with_keyed
from impactcalc.intake.escalation.text.lines import split_lines


def stages(text):
    return [
        (
            stage.name,
            *map(plain_edge, (stage.earliest, stage.latest)),
            [action.text for action in stage.actions],
        )
        for stage in read_escalation(text).stages
    ]


@pytest.mark.parametrize("mark", [";", ", ", " | "])
def test_rows_with_the_same_names_are_a_table(mark):
    rows = (
        ("step=1", "name=Contain", "window=0-3 hours", "action=Close the sluice"),
        ("step=1", "name=Contain", "window=0-3 hours", "action=Warn the mill"),
        ("step=2", "name=Repair", "window=3-30 hours", "action=Weld the gate"),
    )
    text = "[plan]\n" + "".join(f"{mark.join(row)}\n" for row in rows)
    assert stages(text) == [
        ("Contain", 0, 3, ["Close the sluice", "Warn the mill"]),
        ("Repair", 3, 30, ["Weld the gate"]),
    ]


def test_quoted_cells_need_no_mark_between_them():
    text = (
        'stage="Contain" window="0-3 hours" action="Close the sluice"\n'
        'stage="Repair" window="3-30 hours" action="Weld the gate"\n'
    )
    assert [stage[0] for stage in stages(f"Plan\n\n{text}")] == ["Contain", "Repair"]


@pytest.mark.parametrize(
    "text",
    [
        "a=1; b=2\na=3; b=4\n",  # no actions
        "name=Contain; action=Close it\n",  # one row
        "x=1\ny=2\n",
    ],
)
def test_other_assignments_stay_as_they_are(text):
    lines = split_lines(text)
    assert [line.text for line in with_keyed(lines)] == [line.text for line in lines]


def test_a_column_of_numbers_names_no_stage_beside_one_of_names():
    rows = "| 1 | Contain | 0-3 h | Close the sluice |\n| 2 | Repair | 3-9 h | Weld the gate |\n"
    text = f"Plan\n\n| Step | Name | Window | Action |\n|---|---|---|---|\n{rows}"
    assert [stage[0] for stage in stages(text)] == ["Contain", "Repair"]
