"""Labels side by side with their values right below."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).to_document()["facts"]


SHEET = """HANDOVER SHEET

Ticket      Client             Severity     Current state
---------------------------------------------------------
OPS-4471    Brackenfell Mills  2            Fix being rolled out

Reported            Escalation date     Escalation level
2026-03-01 08:00Z   2026-03-02 09:30Z   3
"""


def test_a_row_of_labels_above_a_row_of_values_is_a_record():
    found = facts(SHEET)
    assert (found["id"], found["customer"]) == ("OPS-4471", "Brackenfell Mills")
    assert (found["priority"], found["status"]) == ("high", "Fix being rolled out")
    assert found["created"] == "2026-03-01T08:00:00+00:00"
    assert found["escalated"] == "2026-03-02T09:30:00+00:00"
    assert found["escalation_level"] == 3


def test_values_may_end_below_the_ends_of_their_labels():
    assert facts("Customer: Alder\n\n  Severity  Level\n         2      1\n")["priority"] == "high"


@pytest.mark.parametrize(
    "rows",
    [
        "Customer        Status\nAlder Foods     Open\nElm Breweries   Closed",
        "Customer        Status     Level\nAlder Foods Open 2",
    ],
)
def test_several_rows_or_other_columns_make_no_record(rows):
    assert facts(f"Cases of today\n\n{rows}\n")["status"] is None
