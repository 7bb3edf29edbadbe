"""Progress told by a count of all things, by the noun of a verb, by a way, or by a script."""

import pytest

from impactcalc.intake.escalation import read_escalation

D, P, N = "done", "in_progress", "not_started"
_TEXT = """Customer: Somebody

Technical Details:
- Blank Tickets: 412 since Monday
- 1,204 duplicate patients were counted
- 3 gates

Action Plan:
1. Immediate (0-4 hours):
   - {0}
2. Later (4-48 hours):
   - {1}

Current Status:
- {2}
"""


@pytest.mark.parametrize(
    ("first", "second", "told", "state"),
    [
        ("Reprint the blank tickets", "Buy a printer", "412 blank tickets reprinted", D),
        ("Reprint the blank tickets", "Buy a printer", "The 412 blank tickets were reprinted", D),
        ("Reprint the blank tickets", "Buy a printer", "212 blank tickets reprinted", None),
        ("Merge the duplicate patients", "Block more", "1,204 duplicate patients merged", D),
        ("Repaint the gates", "Block more", "3 gates repainted", None),
        ("Close the orphaned sessions", "Block more", "3,400 orphaned sessions closed", None),
        ("Delete stale bookings", "Buy a rack", "Job for stale bookings written, not run yet", N),
        ("Delete stale bookings", "Buy a rack", "Script for stale bookings written", None),
        ("Rename the wards", "Buy a rack", "Procedure for the wards prepared, not started", N),
        ("Send warnings by fax", "Buy a rack", "Fax is in use since noon", D),
        ("Send warnings by fax", "Buy a rack", "Fax is down since noon", None),
        ("Restore orders by hand", "Buy a rack", "One hand is in use", None),
    ],
)
def test_what_is_told_of_an_action_by_other_words_than_its_own(
    first: str, second: str, told: str, state: str | None
) -> None:
    progress = read_escalation(_TEXT.format(first, second, told)).progress
    assert [one.state.value for one in progress if one.action.text == first] == [state] * bool(
        state
    )
    assert all(one.action.text == first for one in progress)


@pytest.mark.parametrize(
    ("first", "second", "told", "state"),
    [
        (
            "Correct the date format in the register",
            "Repeat the stress test with the corrected register",
            "Register correction tested in staging only, production not started",
            N,
        ),
        (
            "Rotate the signing keys",
            "Check all gates with the rotated keys",
            "Key rotation tested in the lab only, live system not started",
            N,
        ),
        (
            "Migrate the tax table",
            "Train clerks on the migrated tax table",
            "Tax table migrated",
            D,
        ),
    ],
)
def test_what_is_done_to_a_thing_is_not_told_of_another_action_with_the_thing(
    first: str, second: str, told: str, state: str
) -> None:
    progress = read_escalation(_TEXT.format(first, second, told)).progress
    assert [(one.action.text, one.state.value) for one in progress] == [(first, state)]


def test_all_that_were_counted_and_have_the_thing_now_complete_the_action() -> None:
    text = _TEXT.format(
        "Load the previous price table",
        "Buy a rack",
        "The previous price table is loaded on 50 of 80 tills\n"
        "- All 80 tills have the previous table now",
    )
    assert [one.state.value for one in read_escalation(text).progress] == [D]
