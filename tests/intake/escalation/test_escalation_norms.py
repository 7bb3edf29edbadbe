"""What is said of the plan's actions and is no progress, and progress in words of any trade."""

import pytest

from impactcalc.intake.escalation import read_escalation

D, P, N = "done", "in_progress", "not_started"
GARAGE = ("replace the gasket", "flush the coolant", "weld the bracket")
KIOSK = ("restore the ticket machine", "refund the passengers", "replace the card reader")
WORKS = ("send a technician to Leeds", "repair the transformer", "reopen platform 2")
OFFICE = ("increase the number of clerks", "lower the session limit", "patch the gateways")
WINDOWS = ("0-4 h", "4-24 h", "1-7 days")


def told(plan, words):
    lines = "\n".join(f"- {when}: {what}" for when, what in zip(WINDOWS, plan, strict=True))
    facts = read_escalation(f"Incident 88\n\nPlan\n{lines}\n\nStatus\n{words}\n").to_document()
    states = {one["action"]: one["state"] for one in facts["facts"]["progress"] or []}
    return {plan.index(action): state for action, state in states.items()}


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (KIOSK, "Ticket machines are restored within 4 hours."),
        (KIOSK, "Passengers are refunded every month."),
        (KIOSK, "Card readers should be replaced yearly."),
        (KIOSK, "The card reader must not be replaced by the kiosk's tenant."),
        (KIOSK, "Nobody may restore the ticket machine alone."),
        (KIOSK, "Please confirm whether you have replaced the card reader."),
        (KIOSK, "It is assumed that the card reader is replaced by the vendor."),
        (KIOSK, "The town demands that the passengers be refunded."),
        (KIOSK, "We are done when the ticket machine is restored and the passengers refunded."),
        (KIOSK, "The ticket office has been opened."),
        (KIOSK, "A passenger survey is in progress."),
        (GARAGE, "Flushing the coolant costs EUR 90."),
        (GARAGE, "The gasket was replaced - scratch that."),
        (GARAGE, "The gasket was replaced and the change rolled back again."),
        (GARAGE, "The drivers complain that no bracket was welded."),
        (KIOSK, "Card readers are replaced automatically."),
    ],
)
def test_what_ought_to_be_or_is_so_in_general_is_no_progress(plan, words):
    assert told(plan, words) == {}


@pytest.mark.parametrize(
    ("plan", "words", "states"),
    [
        (GARAGE, "Nothing of this has been started.", {0: N, 1: N, 2: N}),
        (GARAGE, "None of these has begun yet.", {0: N, 1: N, 2: N}),
        (GARAGE, "Steps one and two are complete, step three is ongoing.", {0: D, 1: D, 2: P}),
        (GARAGE, "First action: done. Second action: ongoing. Third: not yet.", {0: D, 1: P, 2: N}),
        (GARAGE, "The first two are done; the last one has not been started.", {0: D, 1: D, 2: N}),
        (GARAGE, "1. Done.\n2. In progress, expected Friday.\n3. Not started.", {0: D, 1: P, 2: N}),
        (GARAGE, "Gasket replaced: no. Coolant flushed: partly.", {0: N, 1: P}),
        (
            GARAGE,
            "[x] replace the gasket\n[~] flush the coolant\n[ ] weld the bracket",
            {0: D, 1: P, 2: N},
        ),
        (GARAGE, "Not all of the brackets have been welded.", {2: P}),
        (GARAGE, "10:10 gasket replaced, flushing the coolant", {0: D, 1: P}),
        (GARAGE, "Half of the brackets are to be welded by Monday.", {2: N}),
        (GARAGE, "Flushing of the coolant has been arranged for 3 May.", {1: N}),
        (GARAGE, "We start flushing the coolant on Monday.", {1: N}),
        (GARAGE, "Replacement of the gasket is under execution.", {0: P}),
        (GARAGE, "The gasket could be replaced yesterday.", {0: D}),
        (WORKS, "The technician is en route to Leeds.", {0: P}),
        (WORKS, "The technician arrived in Leeds at 10:30.", {0: D}),
        (WORKS, "The transformer was shipped to the works for repair.", {1: P}),
        (WORKS, "The transformer is under repair.", {1: P}),
        (WORKS, "Platform 2 is open again.", {2: D}),
        (WORKS, "Platform 2 remains closed.", {2: N}),
        (GARAGE, "Brackets to be welded after the flush.", {2: N}),
        (GARAGE, "The welding of the bracket, which we started on Monday, is finished.", {2: D}),
        (GARAGE, "Five brackets left to weld.", {2: P}),
        (GARAGE, "The brackets have all been welded but for two.", {2: P}),
        (GARAGE, "Coolant: survey done, flushing not.", {1: N}),
        (OFFICE, "Gateways patched up to row 7.", {2: P}),
        (KIOSK, "Refunds: EUR 12,400 of EUR 31,000 paid to passengers.", {1: P}),
        (OFFICE, "Two clerks out of five have joined.", {0: P}),
        (OFFICE, "The session limit is down to 500.", {1: D}),
        (OFFICE, "Gateways were not all patched.", {2: P}),
    ],
)
def test_how_far_an_action_is_shows_in_number_result_and_way(plan, words, states):
    assert told(plan, words) == states


@pytest.mark.parametrize(
    "idle",
    [
        "The union wants the passengers refunded by Friday.",
        "Tell us who replaced the card reader.",
        "The tenant believes that the card reader was replaced.",
        "In 2021 the card reader was replaced.",
        "During the previous incident the passengers were refunded.",
    ],
)
def test_a_sentence_that_wishes_or_remembers_says_nothing_and_the_next_one_does(idle):
    assert told(KIOSK, idle) == {}
    assert told(KIOSK, f"{idle} The ticket machine has been restored.") == {0: D}


@pytest.mark.parametrize("head", ["Success criteria", "Costs", "Warranty", "Options considered"])
def test_below_the_head_of_another_matter_actions_are_named_and_not_reported(head):
    lines = "\n".join(f"- {when}: {what}" for when, what in zip(WINDOWS, GARAGE, strict=True))
    text = f"Incident 88\n\nPlan\n{lines}\n\n{head}\nGasket replaced, coolant flushed.\n"
    assert read_escalation(text).facts.progress is None


LABORATORY = ("repair autoclave B", "call the lenders", "hold an exercise")


def test_what_stands_before_a_wish_is_told():
    words = "The bracket nobody has touched, the owner wants the gasket replaced first."
    assert told(GARAGE, words) == {2: N}


def test_a_thing_with_another_letter_is_another_thing():
    assert told(LABORATORY, "Autoclave A is repaired.") == {}
    assert told(LABORATORY, "Autoclave B is repaired.") == {0: D}


def test_handles_in_brackets_open_the_lines_of_a_chat():
    chat = "[kim] autoclave B is repaired\n[joe] calling the lenders now\n[kim] exercise tomorrow"
    assert told(LABORATORY, chat) == {0: D, 1: P, 2: N}
    asked = "[kim] @joe can you call the lenders?\n[joe] yes, calling them now\n[kim] thanks"
    assert told(LABORATORY, asked) == {1: P}


def test_labelled_states_behind_a_plan_are_no_stages():
    lines = "\n".join(f"- {when}: {what}" for when, what in zip(WINDOWS, OFFICE, strict=True))
    report = "- Clerks increased: 94%\n- Session limit: lowered\n- Gateways: not patched"
    document = read_escalation(f"Plan\n{lines}\n\nWeekly\n{report}\n").to_document()
    assert len(document["facts"]["stages"]) == len(OFFICE)
    assert [one["state"] for one in document["facts"]["progress"]] == [P, D, N]
