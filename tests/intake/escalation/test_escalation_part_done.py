"""How far an action is: all but one, paused, dropped, with two days to go."""

import pytest

from impactcalc.intake.escalation import read_escalation

D, P, N = "done", "in_progress", "not_started"
MUSEUM = (
    "Rebuild the ticket index",
    "Roll out the scanner update to all museums",
    "Purge stale reservations",
    "Double the worker threads",
    "Reroute audio guides through Lyon",
    "Archive last year's tours",
    "Install spare routers in the annex",
    "Review the alert rules",
)


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("Scanner update is live in two of three museums", {1: P}),
        ("Scanner update awaits the change board", {1: N}),
        ("Scanner update went in last night", {1: D}),
        ("Scanner update has landed in every museum", {1: D}),
        ("Some two fifths of the scanner update are in", {1: P}),
        ("One third of the scanner update has been rolled out", {1: P}),
        ("Scanner update: 2 100 of 3 800 tills have it", {1: P}),
        ("Scanner update: 3 800 of 3 800 tills have it", {1: D}),
        ("Scanner update rolled out to all the others", {1: D}),
        ("Scanner update rolled out to half of the others", {1: P}),
        ("Scanner update is out everywhere except Oslo", {1: P}),
        ("Scanner update rolled out bar the last museum", {1: P}),
        ("The scanner update will take another two days", {1: P}),
        ("The scanner update needs two more days", {1: P}),
        ("The scanner update is nearing completion", {1: P}),
        ("The scanner update is three quarters through", {1: P}),
        ("Two museums to go with the scanner update", {1: P}),
        ("Scanner update paused after the second museum", {1: P}),
        ("Scanner update halted at 30 %", {1: P}),
        ("Scanner update blocked by a missing licence", {1: N}),
        ("Scanner update depends on the router delivery", {1: N}),
        ("Scanner update queued behind the index rebuild", {1: N}),
        ("Scanner update expected to finish tomorrow", {1: P}),
        ("Scanner update signed off in staging, not rolled out", {1: N}),
        ("Scanner update cancelled, the vendor withdrew it", {1: N}),
        ("Scanner update deferred until after Easter", {1: N}),
        ("Index rebuild completed at 14:10 and verified", {0: D}),
        ("Ticket index rebuilt, reservations still being purged", {0: D, 2: P}),
        ("Ticket index rebuilt; purge of stale reservations at 45%", {0: D, 2: P}),
        ("Ticket index is being rebuilt and should be ready by six", {0: P}),
        ("The index rebuild kicked off at noon", {0: P}),
        ("The index rebuild is on hold", {0: N}),
        ("No work on the index rebuild yet", {0: N}),
        ("The rebuilt index went live at 9", {0: D}),
        ("We have begun to rebuild the index", {0: P}),
        ("We are about to start the rebuild", {0: N}),
        ("Stale reservations purged in Rome only", {2: P}),
        ("Stale reservations are gone", {2: D}),
        ("Purge of reservations: 12,000 of 30,000 removed", {2: P}),
        ("Reservations: purge is finished", {2: D}),
        ("Worker threads doubled from 8 to 16", {3: D}),
        ("Worker threads raised on half the servers", {3: P}),
        ("Worker threads unchanged so far", {3: N}),
        ("Worker threads are now 16 instead of 8", {3: D}),
        ("Audio guides now run through Lyon", {4: D}),
        ("Audio guides have been going through Lyon since 10:00", {4: D}),
        ("The audio reroute is in place", {4: D}),
        ("Rerouting of the audio guides is being tested with ten visitors", {4: P}),
        ("Rerouting audio guides took effect at 10:00", {4: D}),
        ("Archiving of last year's tours is scheduled for Sunday", {5: N}),
        ("Last year's tours archived", {5: D}),
        ("Tours of last year have been moved to the archive", {5: D}),
        ("Archive job running, 2 of 12 months", {5: P}),
        ("Spare routers have arrived, installation on Monday", {6: N}),
        ("Spare routers ordered", {}),
        ("Routers in the annex: first one is in, second tomorrow", {6: P}),
        ("Spare routers are in the annex and running", {6: D}),
        ("Alert rules: review meeting set for Friday", {7: N}),
        ("Alert rules reviewed and signed off", {7: D}),
        ("Review of alert rules has begun", {7: P}),
        ("Alert rules: half of them checked", {7: P}),
        ("The alert rules are noisy", {}),
        ("Alerts are quiet again", {}),
        ("Visitors can buy tickets again", {}),
        ("Ticket sales are back to normal", {}),
        ("The index is 40 GB", {}),
        ("Customer thanked the museum team for the update", {}),
        ("Next update at 16:00", {}),
        ("Update: the annex lost power at noon", {}),
        ("Router vendor informed", {}),
        ("Tours are running as planned", {}),
        ("Nobody could rebuild the index without downtime, so it was left alone", {0: N}),
        ("The purge had to be stopped at 45 %", {2: P}),
        ("It was agreed to drop the review of alert rules", {7: N}),
        ("The review of the alert rules was dropped", {7: N}),
        ("Reviewing the alert rules was put back to May", {7: N}),
        ("We no longer plan to archive last year's tours", {5: N}),
        ("Lyon has agreed to take the audio guides, cut-over on Tuesday", {4: N}),
        ("The doubling of worker threads has been approved", {}),
        ("Worker threads: approved, not yet applied", {3: N}),
        ("Doubling the worker threads was tried and did not help", {}),
        ("Purge script written and reviewed, run planned for tonight", {2: N}),
        (
            "Only the index has been rebuilt, everything else is open",
            {0: D, 1: N, 2: N, 3: N, 4: N, 5: N, 6: N, 7: N},
        ),
        ("Index and worker threads are done, the update follows on Monday", {0: D, 3: D, 1: N}),
        ("Done: index rebuild, purge. Running: scanner update.", {0: D, 2: D, 1: P}),
        (
            "Apart from the router installation everything is done",
            {0: D, 1: D, 2: D, 3: D, 4: D, 5: D, 7: D},
        ),
    ],
)
def test_a_status_line_of_a_museum_tells_the_state_of_the_action_it_speaks_of(told, status, states):
    assert told(MUSEUM, status) == states


WORKSHOP = (
    "Correct the tariff table",
    "Resend the freight bills",
    "Turn off the colour preview",
    "Put the former login page back",
    "Compare batches by weight",
    "Enlarge the spool file",
)


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("Tariff table correct for 2 of 9 ports", {0: P}),
        ("Tariff table correct for all ports", {0: D}),
        ("The tariff table is correct again", {0: D}),
        ("The tariff table is not correct yet", {0: N}),
        ("Resending finished, no freight bill is outstanding", {1: D}),
        ("No freight bill is missing any more", {1: D}),
        ("Freight bills of May resent, 35 still to do", {1: P}),
        ("Freight bills of May resent, 35 outstanding", {1: P}),
        ("The colour preview has been off since Monday evening", {2: D}),
        ("The former login page is back", {3: D}),
        ("Comparison by weight not started", {4: N}),
        (
            "All actions completed except the spool file, which waits for approval",
            {0: D, 1: D, 2: D, 3: D, 4: D, 5: N},
        ),
    ],
)
def test_what_is_left_of_an_action_and_how_a_thing_is_now_tell_its_state(told, status, states):
    assert told(WORKSHOP, status) == states


BOARD = (
    "Customer: Alder Inns\n\nOn the board in the porter's room we agreed on:\n\n"
    "    before closing time    update the reader firmware\n"
    "    0 - 24 h               rebuild the room index; move the doors to the second cluster\n"
    "    within 5 weeks         print spare cards\n\n"
)


def board(text):
    found = read_escalation(BOARD + text).to_document()["facts"]
    return {one["action"]: one["state"] for one in found["progress"] or []}


def test_a_line_announces_the_plan_below_it_and_closing_time_is_a_time():
    found = read_escalation(BOARD).to_document()["facts"]["stages"]
    assert [one["name"] for one in found] == ["before closing time", None, None]
    assert [one["to_hours"] for one in found] == [None, 24, 840]


@pytest.mark.parametrize(
    ("words", "action", "state"),
    [
        ("Firmware: the east door is updated, the west doors are not.", 0, "in_progress"),
        ("The reader firmware is updated in Kent, Essex is not.", 0, "in_progress"),
        ("The room index was being rebuilt on Monday, and today it is complete.", 1, "done"),
        ("Seven of nineteen doors are on the second cluster.", 2, "in_progress"),
        ("Fourteen of forty doors have moved to the second cluster.", 2, "in_progress"),
        ("The spare cards have not been talked about again.", 3, None),
        ("Spare cards have not been brought up.", 3, None),
    ],
)
def test_parts_ends_and_silence_tell_a_state_or_none(words, action, state):
    actions = ["update the reader firmware", "rebuild the room index"]
    actions += ["move the doors to the second cluster", "print spare cards"]
    assert board(f"As of this evening:\n{words}").get(actions[action]) == state


@pytest.mark.parametrize("count", ["640 of 1.900", "640 of 1'900", "640 of 1 900", "640/1.900"])
def test_thousands_in_the_habits_of_several_languages_are_a_whole(count):
    text = "Plan\n1. Repair (1-6 hours)\n  - Encode the titles again\n\nCurrent Status\n"
    reading = read_escalation(f"{text}- Titles: {count} encoded again\n")
    assert [one.state.value for one in reading.progress] == ["in_progress"]


QUEUE = """\
Plan
1. First (0-3 hours)
   - Free the export queue
   - Print the front pages by hand

State at 09:00: the front pages were printed by hand.
"""


def test_a_count_behind_an_action_is_its_own_and_not_of_one_that_is_done():
    told = "The export queue is being freed, 24 of 64 pages are through."
    states = {one.action.text: one.state.value for one in read_escalation(QUEUE + told).progress}
    assert states == {"Free the export queue": P, "Print the front pages by hand": D}


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ("all 61 depots are on the spare queue now", D),
        ("all 61 are over", D),
        ("all 61 depots are on the old queue", P),
        ("all 60 depots are on the spare queue", P),
    ],
)
def test_all_that_were_counted_and_are_there_complete_the_action(later, state):
    plan = "Plan\nwithin 5 h\n- shift the telemetry to the spare queue\n\n"
    chat = "[09:40] Duty\n23 of 61 depots are on the spare queue\n\n[11:15] Duty\n"
    reading = read_escalation(plan + chat + later + "\n")
    assert [one.state.value for one in reading.progress] == [state]
