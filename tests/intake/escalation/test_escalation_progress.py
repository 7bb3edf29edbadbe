"""Where the actions of a plan stand, in status lines of our own."""

import pytest

from impactcalc.intake.escalation import read_escalation

TEXT = """Customer: Somebody

Action Plan:
-----------
1. Immediate (0-4 hours):
{actions}

Current Status:
--------------
- {status}
"""


def progress(actions, status):
    listed = "\n".join(f"   - {action}" for action in actions)
    reading = read_escalation(TEXT.format(actions=listed, status=status))
    return {one.action.text: one.state.value for one in reading.progress}


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (
            "DNS cache flushed everywhere, resolver restart pending",
            {"Flush the DNS cache": "done", "Restart the resolver": "not_started"},
        ),
        (
            "Hotfix live in eu-west, us-east to follow",
            {"Deploy the hotfix to all regions": "in_progress"},
        ),
        ("Hotfix is live", {"Deploy the hotfix to all regions": "done"}),
        (
            "Connection pool size increased to 400",
            {"Increase the connection pool size": "done", "Add connection pool metrics": None},
        ),
        (
            "Migration of the queue is at 40 percent",
            {"Migrate the queue to new hardware": "in_progress"},
        ),
        ("Queue migration finished", {"Migrate the queue to new hardware": "done"}),
        (
            "The queue migration has been postponed to Sunday",
            {"Migrate the queue to new hardware": "not_started"},
        ),
        ("API key rotation: done", {"Rotate the API keys": "done"}),
        (
            "Key rotation tested in staging only, production not started",
            {"Rotate the API keys": "not_started"},
        ),
        ("Rotated the API keys at 10:30", {"Rotate the API keys": "done"}),
        (
            "Patch 7.2 installed on 3 of 8 load balancers",
            {"Install patch 7.2 on the load balancers": "in_progress"},
        ),
        (
            "Patch 7.2 installed on all 8 load balancers",
            {"Install patch 7.2 on the load balancers": "done"},
        ),
        ("Patch being tested by QA", {"Install patch 7.2 on the load balancers": "in_progress"}),
        (
            "Load on the balancers is back to normal",
            {"Install patch 7.2 on the load balancers": None},
        ),
        ("Rate limiting is in code review", {"Add rate limiting to the public API": "in_progress"}),
        ("Public API responds within 200 ms again", {"Add rate limiting to the public API": None}),
        (
            "Review of alert thresholds scheduled for Monday",
            {"Review alert thresholds": "not_started"},
        ),
        ("Alerting improved", {"Review alert thresholds": None}),
        (
            "New checkout flow switched off for all customers",
            {"Disable the new checkout flow": "done"},
        ),
        ("Checkout errors down to 0.2%", {"Disable the new checkout flow": None}),
        (
            "Database restore running, 1.2 of 3.4 TB copied",
            {"Restore the database from the 02:00 backup": "in_progress"},
        ),
        (
            "Backup verified, restore has not begun",
            {"Restore the database from the 02:00 backup": "not_started"},
        ),
        (
            "Failed over to the secondary data centre at 03:12",
            {"Fail over to the secondary data centre": "done"},
        ),
        ("Failover completed", {"Fail over to the secondary data centre": "done"}),
        ("Affected customers notified by mail", {"Notify affected customers": "done"}),
        (
            "Abusive client blocked; quota raise awaits approval",
            {"Block the abusive client": "done", "Raise the quota": "not_started"},
        ),
        ("Reindexing started at 14:00", {"Reindex the catalogue": "in_progress"}),
        ("Catalogue reindex: 70%", {"Reindex the catalogue": "in_progress"}),
        ("Faulty switch replaced", {"Replace the faulty switch in rack 12": "done"}),
        (
            "Full consistency check complete\n- Repair of inconsistent rows under way",
            {"Run a full consistency check": "done", "Repair inconsistent rows": "in_progress"},
        ),
        ("Caches warmed up", {"Warm up the caches": "done"}),
        ("No stale sessions purged so far", {"Purge stale sessions": "not_started"}),
        (
            "Shard split done\n- Hot keys not moved yet",
            {"Split the shard": "done", "Move hot keys to a dedicated shard": "not_started"},
        ),
        ("Monitoring for disk latency added", {"Add monitoring for disk latency": "done"}),
        ("Vendor confirmed the firmware fix", {"Upgrade the firmware of the gateways": None}),
        (
            "Firmware upgrade approved, rollout starts tomorrow",
            {"Upgrade the firmware of the gateways": "not_started"},
        ),
        (
            "First gateway upgraded, eleven remaining",
            {"Upgrade the firmware of the gateways": "in_progress"},
        ),
        ("Backlog of failed jobs is clearing", {"Clear the backlog of failed jobs": "in_progress"}),
        ("Backlog of failed jobs cleared", {"Clear the backlog of failed jobs": "done"}),
        ("Batch size reduced from 5,000 to 500", {"Reduce the batch size": "done"}),
        ("Read-only mode enabled", {"Enable read-only mode for reports": "done"}),
        ("Carrier contacted, ticket open", {"Contact the carrier": "done"}),
        (
            "Search index rebuilt\n- Old index still in place",
            {"Rebuild the search index": "done", "Drop the old index": None},
        ),
        (
            "Half of the traffic moved to the second region",
            {"Move traffic to the second region": "in_progress"},
        ),
        (
            "All immediate actions completed",
            {"Ship a corrected client": "done", "Document the workaround": "done"},
        ),
        (
            "Immediate actions done except the documentation",
            {"Ship a corrected client": None, "Document the workaround": None},
        ),
        ("Hotline for drivers set up and staffed", {"Provide a hotline for drivers": "done"}),
        ("Customer has been told that backups are safe", {"Validate backups daily": None}),
        ("Log retention increased", {"Increase log retention to 30 days": "done"}),
        (
            "Talks with the cloud provider about extra capacity are ongoing",
            {"Negotiate extra capacity with the cloud provider": "in_progress"},
        ),
        (
            "Password resets sent to 4,100 of 9,000 accounts",
            {"Reset passwords of affected accounts": "in_progress"},
        ),
        (
            "Garbage collection tuning deployed to one node as a trial",
            {"Tune garbage collection": "in_progress"},
        ),
        ("Garbage collection pauses below 50 ms", {"Tune garbage collection": None}),
    ],
)
def test_a_status_line_tells_the_state_of_its_action(status, wanted):
    told = progress(list(wanted), status)
    assert {action: told.get(action) for action in wanted} == wanted


def test_the_newest_dated_statement_wins_whatever_its_place():
    text = """Plan:
- Repair (0-4 hours):
    - Drain the queue

[Update] 2026-05-01 18:00 UTC
Queue drained.

[Update] 2026-05-01 12:00 UTC
Draining of the queue has started.
"""
    (one,) = read_escalation(text).progress
    assert (one.state.value, one.line) == ("done", 6)


def test_a_question_lends_its_subject_to_the_answer():
    text = """Plan
*first 2 h*: restart the quota service, disable fare preview

ann  10:00 AM
what about fare preview?

bob  10:01 AM
:x: not yet
"""
    told = {one.action.text: one.state.value for one in read_escalation(text).progress}
    assert told == {"disable fare preview": "not_started"}


def test_checkboxes_need_a_legend_before_an_empty_one_means_anything():
    plan = "Plan:\n- First (0-1 h):\n    - [x] Stop the job\n    - [ ] Start the job again\n"
    done = {"Stop the job": "done"}
    told = {one.action.text: one.state.value for one in read_escalation(plan).progress}
    assert told == done
    legend = plan + "\nLegend: [x] done, [ ] not started\n"
    told = {one.action.text: one.state.value for one in read_escalation(legend).progress}
    assert told == {**done, "Start the job again": "not_started"}


def test_the_field_below_a_report_is_no_part_of_it():
    text = (
        "Losses so far: CHF 400,000\nDate opened: 2026-09-23\n\n"
        "Plan\n0-4 hours\n- Repair the validity dates\n"
    )
    assert not read_escalation(text).progress


STAGED = """\
Action Plan:
1. Immediate (0-6 hours):
   - Close the gate
2. Short-term (6-48 hours):
   - Repaint the marks
   - Warn the pilots
3. Long-term (5-15 days):
   - Replace the key

Current Status:
- {}
"""


@pytest.mark.parametrize(
    ("told", "states"),
    [
        ("All immediate and short-term actions completed on 8 May", ["done"] * 3),
        ("Both immediate and short-term steps are done", ["done"] * 3),
        ("None of the short-term and long-term actions has begun", ["not_started"] * 3),
    ],
)
def test_two_stages_are_told_of_in_one_clause(told, states):
    found = read_escalation(STAGED.format(told)).progress
    assert [one.state.value for one in found] == states
