"""Who is spoken of in a report, and how far it is, in sentences of our own."""

import pytest

from impactcalc.intake.escalation import read_escalation

PLAN = """Customer: Somebody

Action Plan
-----------
1. Contain (0-4 hours)
   - Restart the ingest nodes
   - Disable the nightly export
2. Repair (4-24 hours)
   - Upgrade the database driver
   - Rebalance the partitions
3. Prevent (1-2 weeks)
   - Introduce load tests

Current Status
--------------
"""
NODES, EXPORT, DRIVER, PARTITIONS, TESTS = (
    "Restart the ingest nodes",
    "Disable the nightly export",
    "Upgrade the database driver",
    "Rebalance the partitions",
    "Introduce load tests",
)
DONE, RUNNING, OPEN = "done", "in_progress", "not_started"


def told(status, plan=PLAN):
    reading = read_escalation(plan + status + "\n")
    return {one.action.text: one.state.value for one in reading.progress}


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (
            "- The first two are done, the third is in progress, the rest has not started.",
            {NODES: DONE, EXPORT: DONE, DRIVER: RUNNING, PARTITIONS: OPEN, TESTS: OPEN},
        ),
        (
            "- Everything except the load tests is done",
            {NODES: DONE, EXPORT: DONE, DRIVER: DONE, PARTITIONS: DONE},
        ),
        (
            "- All but the last action are complete",
            {NODES: DONE, EXPORT: DONE, DRIVER: DONE, PARTITIONS: DONE},
        ),
        (
            "Apart from the node restart nothing has been done.",
            {EXPORT: OPEN, DRIVER: OPEN, PARTITIONS: OPEN, TESTS: OPEN},
        ),
        ("The two contain actions are finished.", {NODES: DONE, EXPORT: DONE}),
        ("Contain: done\nPrevent: not started", {NODES: DONE, EXPORT: DONE, TESTS: OPEN}),
        (
            "Stage 1 is complete, stage 3 has not started.",
            {NODES: DONE, EXPORT: DONE, TESTS: OPEN},
        ),
        ("The containment phase is finished.", {NODES: DONE, EXPORT: DONE}),
        (
            "Completed: 1, 2. Running: 3. Open: 4 and 5.",
            {NODES: DONE, EXPORT: DONE, DRIVER: RUNNING, PARTITIONS: OPEN, TESTS: OPEN},
        ),
        (
            "1) done\n2) done\n3) in progress\n4) not started\n5) not started",
            {NODES: DONE, EXPORT: DONE, DRIVER: RUNNING, PARTITIONS: OPEN, TESTS: OPEN},
        ),
        (
            "None of the actions has been started.",
            dict.fromkeys((NODES, EXPORT, DRIVER, PARTITIONS, TESTS), OPEN),
        ),
    ],
)
def test_actions_are_named_by_number_order_and_stage(status, wanted):
    assert told(status) == wanted


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (
            (
                "Done: restart of ingest nodes, export disabled\nIn progress: driver upgrade\n"
                "Not started: rebalancing, load tests"
            ),
            {NODES: DONE, EXPORT: DONE, DRIVER: RUNNING, PARTITIONS: OPEN, TESTS: OPEN},
        ),
        (
            "We have restarted the nodes and disabled the export.",
            {NODES: DONE, EXPORT: DONE},
        ),
        ("We managed to restart the nodes and disable the export.", {NODES: DONE, EXPORT: DONE}),
        ("The node restart and the driver upgrade are done.", {NODES: DONE, DRIVER: DONE}),
        (
            "Driver upgrade: In progress\nRebalancing: Pending driver upgrade",
            {DRIVER: RUNNING, PARTITIONS: OPEN},
        ),
        (
            "| Action | State |\n|---|---|\n| Node restart | \u2705 |\n| Driver | \u274c |",
            {NODES: DONE, DRIVER: OPEN},
        ),
        ("- Driver upgrade \u2714", {DRIVER: DONE}),
        ("- Driver upgrade: ok\n- Load tests: later", {DRIVER: DONE, TESTS: OPEN}),
        (
            "Restart: yes. Export: yes. Driver: halfway. Partitions: no.",
            {NODES: DONE, EXPORT: DONE, DRIVER: RUNNING, PARTITIONS: OPEN},
        ),
    ],
)
def test_a_state_is_shared_by_what_it_is_said_of(status, wanted):
    assert told(status) == wanted


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("- Nodes bounced at 10:14", {NODES: DONE}),
        ("- We stopped the nightly export yesterday", {EXPORT: DONE}),
        ("- Nightly export no longer runs", {EXPORT: DONE}),
        ("- The nightly export still runs, the customer wants to keep it", {EXPORT: OPEN}),
        ("- The export stays on because finance needs it", {EXPORT: OPEN}),
        ("- We wanted to disable the export but the customer said no", {EXPORT: OPEN}),
        ("- Rebalancing of the partitions was called off", {PARTITIONS: OPEN}),
        ("- We are in the middle of rebalancing the partitions", {PARTITIONS: RUNNING}),
        ("- Rebalancing: 35%", {PARTITIONS: RUNNING}),
        ("- The driver upgrade is at 60 per cent", {DRIVER: RUNNING}),
        ("- The new driver is on all hosts", {DRIVER: DONE}),
        ("- The new driver is on two hosts of nine", {DRIVER: RUNNING}),
        ("- Driver upgrade went through without a hitch", {DRIVER: DONE}),
        ("- Driver upgrade has passed staging, production has not started", {DRIVER: OPEN}),
        ("- Driver upgraded in test; production change tonight", {DRIVER: OPEN}),
        ("- Driver upgrade: change request approved, window Sunday 02:00", {DRIVER: OPEN}),
        ("- Driver upgrade was planned for nine and started at half past", {DRIVER: RUNNING}),
        ("Driver upgrade started at nine. It finished before noon.", {DRIVER: DONE}),
        ("- Driver upgrade to start once the partitions are balanced", {DRIVER: OPEN}),
        ("- Once that is through we upgrade the driver", {DRIVER: OPEN}),
        ("- First node restarted, two more to come", {NODES: RUNNING}),
        ("- Nodes restarted in the north, south to be done tonight", {NODES: RUNNING}),
        ("- Load tests: concept finished, execution next week", {TESTS: OPEN}),
        ("- Of the load tests we have heard nothing", {}),
        ("- Ingest errors are gone", {}),
        ("- We see fewer timeouts of the driver", {}),
        ("- Training is for later", {}),
        ("- Nodes restarted on the first of two racks this morning", {NODES: RUNNING}),
        ("- Ingest nodes: please do not start yet", {NODES: OPEN}),
        ("- The nightly export, however, is still on because nobody decides", {EXPORT: OPEN}),
        ("- Nina is testing the driver on one host", {DRIVER: RUNNING}),
        ("- Restarting of the ingest nodes ...... done", {NODES: DONE}),
        ("- 30% of the nodes do not answer", {}),
        ("All, as promised a short note.", {}),
        ("Is the nightly export off?", {}),
        ("| Action | Result |\n|---|---|\n| Node restart | Done 3/4 14:20 |", {NODES: DONE}),
    ],
)
def test_people_tell_a_state_in_many_ways(status, wanted):
    assert told(status) == wanted


def test_the_text_explains_its_own_signs():
    plan = (
        "Plan  legend: [x] finished  [/] begun  [ ] not begun  [-] nothing reported\n"
        "  A. First (0 - 4 h)\n     [x] Drain the inbox\n     [/] Reprint the labels\n"
        "  B. Then (4 - 8 h)\n     [ ] Train the clerks\n     [-] Retire the old scanner\n"
    )
    assert told("", plan) == {
        "Drain the inbox": DONE,
        "Reprint the labels": RUNNING,
        "Train the clerks": OPEN,
    }


def test_a_newer_mail_above_a_quoted_plan_outdoes_what_stood_there():
    text = (
        "From: Ann Oak\nDate: Thu, 5 Mar 2026 16:45 +0000\nSubject: Fwd: inbox\n\n"
        "All, the inbox was drained this morning.\n\nAnn\n\n"
        "> From: Ben Elm\n> Date: Wed, 4 Mar 2026 18:20 +0000\n>\n> Plan\n"
        "> - Now (0 to 12 hours)\n>   - Drain the inbox\n> - Later (12 to 60 hours)\n"
        ">   - Retire the old scanner\n>\n> Draining the inbox waits for their go.\n"
    )
    assert told("", text) == {"Drain the inbox": DONE}


def test_an_answer_may_come_after_other_words():
    text = (
        "plan\n*first 2 h*: restart the quota service, give lost coins back\n\n"
        "ann  10:00 AM\nand the lost coins? people keep asking me\n\n"
        "bob  10:01 AM\nnot begun, need the list first\n"
    )
    assert told("", text) == {"give lost coins back": OPEN}


@pytest.mark.parametrize(
    ("action", "status", "wanted"),
    [
        ("Route the calls to the spare centre", "Calls now go to the spare centre.", DONE),
        ("Route the calls to the spare centre", "The spare centre takes all calls.", DONE),
        ("Let guests enter with a paper slip", "Guests enter with a paper slip.", DONE),
        ("Give the index more memory", "The index has more memory since 3 May.", DONE),
        ("Set the boards to manual mode", "Manual mode is on in all stations.", DONE),
        ("Bring back the spare line", "Spare line is back :check: tests go on", DONE),
        ("Agree new limits with the banks", "Agreement with the banks: not started", OPEN),
        ("Warm the menu cache", "Menu cache warm for all 240.", DONE),
        ("Move the vans to the south gate", "The vans are on the south gate.", DONE),
        ("Give every van its own lane", "The lanes are ready for 4 of 15 vans.", RUNNING),
        ("Renew the token code", "Token code: pull request is open, in review", RUNNING),
        ("Replace the token card", "The token card was promised on Wednesday.", None),
    ],
)
def test_a_thing_that_is_as_it_should_be_tells_its_action(action, status, wanted):
    plan = f"Plan\n----\n1. Now (0-2 hours)\n   - {action}\n   - Buy a lamp\n\nStatus\n------\n"
    assert told(f"- {status}", plan) == ({action: wanted} if wanted else {})


def test_a_question_tells_no_state_but_lends_its_subject():
    plan = "Plan\n----\n1. Now (0-2 hours)\n   - Split the mail queue\n   - Buy a lamp\n\n"
    asked = "Status\n------\n- And is the mail queue split?\n"
    assert told(asked, plan) == {}
    assert told(f"{asked}- Not yet.\n", plan) == {"Split the mail queue": OPEN}


def test_comments_with_the_newest_first_are_read_so():
    plan = "Plan\n----\n1. Now (0-2 hours)\n   - Drain the inbox\n   - Buy a lamp\n\n"
    text = (
        "Comments (newest first)\n-----------------------\n- Inbox drained\n- Inbox half drained\n"
    )
    assert told(text, plan) == {"Drain the inbox": DONE}


def test_an_answer_between_the_quoted_lines_of_a_plan_is_that_of_the_line_above():
    text = (
        "From: Ann Oak\nTo: Ben Elm\nDate: Thu, 5 Mar 2026 16:45 +0000\n\nmy answers below.\n\n"
        "> Plan\n> Now (0-6 h)\n> * drain the inbox\n\nHalf of the desks have it.\n"
    )
    assert told("", text) == {"drain the inbox": RUNNING}
