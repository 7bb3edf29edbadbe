"""An action of the plan, told in other words: as a noun, in the passive, by what it brought."""

import pytest

from impactcalc.intake.escalation import read_escalation

TEXT = """Customer: Somebody

Action Plan:
-----------
1. Immediate (0-4 hours):
{now}

2. Later (4-48 hours):
{later}

Current Status:
--------------
- {status}
"""
D, P, N = "done", "in_progress", "not_started"
PRINT_SHOP = (
    "Restart the broker nodes one at a time",
    "Redeliver unacknowledged invoices",
    "Load the price tables into memory",
    "Stop the hourly history export",
    "Replace the rounding library",
    "Check the parent certificate before every rollover",
    "Roll back the scanner driver",
    "Enlarge the connection pool",
)
WATER_WORKS = (
    "Return to firmware 6.2.1",
    "Take pump 3 out of the group",
    "Move the busy shards off disk 9",
    "Switch the kiosks to offline mode",
    "Give the parser its own queue",
    "Close the north gate",
    "Replay lost readings",
    "Rename the station",
)
CLINIC_AND_THEATRE = (
    "Suspend the nightly re-scoring",
    "Clear the portal cache",
    "Build the missing index on ward and bed",
    "Cache the seat map per venue",
    "Send urgent samples to the second laboratory",
    "Deliver previews in one size only",
    "Merge the two tariff catalogues",
    "Let turnstiles open without a scan",
)
RETAILER = (
    "Ship handhelds a safe default",
    "Publish app version 3.9.2",
    "Move the archive to its own disks",
    "Run the dunning batch at night",
    "Turn off the two-way sync",
    "Replace the scheduler",
    "Limit bulk orders to the evening",
    "Retire the legacy adapter",
)
PORT = (
    "Cap the import batches at 200",
    "Hire a second courier for spare parts",
    "Exempt hospitals from the rate limit",
    "Lower the cache lifetime of the menus",
    "Re-key orders by region",
    "Set a length limit on the failed-letter queue",
    "Train the night shift on the new console",
    "Agree a maintenance window with the port",
)


def told(plan, status):
    """Give the states that a status line tells, by the place of the action in the plan."""
    lines = [f"   - {action}" for action in plan]
    text = TEXT.format(now="\n".join(lines[:4]), later="\n".join(lines[4:]), status=status)
    return {plan.index(one.action.text): one.state.value for one in read_escalation(text).progress}


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("Redelivery of unacknowledged invoices runs, half of them are out", {1: P}),
        ("Redelivery of invoices completed at noon", {1: D}),
        ("Replacement of the rounding library has begun", {4: P}),
        ("Enlargement of the pool: waiting for the customer's go", {7: N}),
        ("As to the connection pool, their bank has to consent first", {7: N}),
        ("Parent certificate check before rollovers is on the agenda of Monday", {5: N}),
        ("The check of the parent certificate has been added to the rollover script", {5: D}),
        ("The driver roll-back is rehearsed but has not begun", {6: N}),
        ("The rollback of the driver has been prepared, nothing more", {6: N}),
        ("Driver rollback finished", {6: D}),
        ("The rollback of the scanner driver has reached the last of 40 shops", {6: D}),
        ("Scanner driver rolled back on every handset", {6: D}),
        ("We rolled the scanner driver back last night", {6: D}),
        ("Roll-back of the driver is under way", {6: P}),
        ("Roll-back of the driver: 4 of 11 depots", {6: P}),
        ("The price tables have been in memory since Tuesday evening", {2: D}),
        ("The price tables are in memory now", {2: D}),
        ("Price tables sit in memory since noon", {2: D}),
        ("Price tables now live in memory", {2: D}),
        ("Price tables are being read into memory", {2: P}),
        ("Export: Ms Sato has spoken to their accountants, waiting for a signature", {3: N}),
        ("Export: we have spoken with the data team, who must agree first", {3: N}),
        ("History export: our manager has talked to theirs, no decision yet", {3: N}),
        ("History export: still running every hour", {3: N}),
        ("The hourly export has not run since Monday, it is stopped", {3: D}),
        ("The hourly export no longer runs", {3: D}),
        ("All brokers have been restarted, the last one before lunch", {0: D}),
        ("Three brokers are restarted, two to go", {0: P}),
        ("Brokers: all nine bounced by 03:00", {0: D}),
        ("Broker restart is at node 4 of 9", {0: P}),
        ("A new rounding library lies ready, its installation has not begun", {4: N}),
        ("The library has been swapped out", {4: D}),
        ("A replacement library has been chosen, nothing is installed", {4: N}),
        ("Rounding library: we have a candidate", {}),
        ("The price tables in memory are corrupt", {}),
        ("Price tables must be in memory before noon", {2: N}),
        ("The broker nodes are slow again", {}),
        ("The price tables are wrong since Monday", {}),
        ("The connection pool is full again", {}),
        ("We told the customer that the export can be stopped", {}),
        ("The export could be stopped if they agree", {}),
        ("The broker vendor has sent a log analysis", {}),
    ],
)
def test_a_status_line_of_a_print_shop_tells_the_state_of_the_action_it_speaks_of(status, states):
    assert told(PRINT_SHOP, status) == states


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("Firmware 6.2.1 is running at three stations of eight", {0: P}),
        ("Firmware 6.2.1 is back on all stations", {0: D}),
        ("All stations are back on firmware 6.2.1", {0: D}),
        ("All stations run firmware 6.2.1 again", {0: D}),
        ("The return to 6.2.1 is complete", {0: D}),
        ("Pump 3 is out of the group", {1: D}),
        ("Pump 3 has left the group", {1: D}),
        ("Pump 3 is still in the group", {1: N}),
        ("Pump 3 was taken out at 04:52", {1: D}),
        ("Shards are moving off disk 9, 40 %", {2: P}),
        ("Five of 12 shards are off disk 9 now", {2: P}),
        ("All shards are off disk 9", {2: D}),
        ("Disk 9 is empty of busy shards", {2: D}),
        ("Half the busy shards have left disk 9", {2: P}),
        ("The kiosks work offline since Tuesday", {3: D}),
        ("Kiosks are in offline mode", {3: D}),
        ("Kiosks in offline mode: 12 of 40", {3: P}),
        ("Offline mode is on at all kiosks", {3: D}),
        ("The parser has had its own queue since noon", {4: D}),
        ("The parser has its own queue now", {4: D}),
        ("The queue for the parser is being prepared", {4: P}),
        ("The parser still shares the old queue", {4: N}),
        ("The north gate is shut", {5: D}),
        ("North gate closed, south gate remains open", {5: D}),
        ("The north gate is still open", {5: N}),
        ("Replaying lost readings is no longer needed, somebody read the meters", {6: N}),
        ("Replay of lost readings: dropped, the meters were read by hand", {6: N}),
        ("We will not replay the lost readings after all", {6: N}),
        ("Nobody has touched the replay", {6: N}),
        ("Replay: rehearsal only, the real one has not begun", {6: N}),
        ("Replay is going through, a third of the readings is in", {6: P}),
        ("No station has been renamed", {7: N}),
        ("Station renamed", {7: D}),
        ("Gate and pump were not discussed", {}),
        ("Kiosks print locally now", {}),
        ("Pump 3 is loud", {}),
        ("Pump 3 in the group of four vibrates", {}),
        ("Disk 9 is slow", {}),
        ("The kiosks are offline again since 3 a.m., nobody knows why", {}),
        ("The station is quiet now", {}),
        ("Readings have been late since Monday", {}),
        ("The parser is back", {}),
        ("The queue of the parser is growing", {}),
        ("The north gate is jammed", {}),
        ("If pump 3 is out of the group the pressure falls", {}),
        ("Firmware 6.2.1 had another fault", {}),
        ("Firmware 6.3 runs on all stations", {}),
    ],
)
def test_a_status_line_of_a_water_works_tells_the_state_of_the_action_it_speaks_of(status, states):
    assert told(WATER_WORKS, status) == states


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("Re-scoring was suspended on Tuesday evening", {0: D}),
        ("The nightly re-scoring is off until further notice", {0: D}),
        ("The nightly re-scoring did not run last night, as agreed", {0: D}),
        ("Nightly scoring is paused", {0: D}),
        ("The portal cache was emptied twice", {1: D}),
        ("Portal cache is clean", {1: D}),
        ("Cache of the portal cleared in the west, east to follow", {1: P}),
        ("The missing index was created at 02:10", {2: D}),
        ("Index is being built, first shard of three", {2: P}),
        ("Index creation stands at 35 per cent", {2: P}),
        ("The seat map cache was handed over on Monday", {3: D}),
        ("Seat maps are cached per venue", {3: D}),
        ("Seat map caching is in code review", {3: P}),
        ("Urgent samples go to the second laboratory", {4: D}),
        ("Urgent samples have been going to the second laboratory since Friday", {4: D}),
        ("Urgent samples now travel to the second laboratory", {4: D}),
        ("Urgent samples do not go to the second laboratory yet", {4: N}),
        ("From Monday urgent samples will go to the second laboratory", {4: N}),
        ("Previews come in one size only", {5: D}),
        ("Previews are delivered in one size since 10:00", {5: D}),
        ("One size of preview: live for half of the visitors", {5: P}),
        ("Catalogue merge waits for legal", {6: N}),
        ("Nobody works on the merger of the catalogues", {6: N}),
        ("The tariff catalogues are one now", {6: D}),
        ("Turnstiles open without a scan", {7: D}),
        ("Turnstiles open without a scan at two of six entrances", {7: P}),
        ("At the east entrance the turnstiles open without a scan, the others follow", {7: P}),
        ("Urgent samples reach the second laboratory too late", {}),
        ("Urgent samples are lost on the way to the second laboratory", {}),
        ("Visitors complain about turnstiles that open without a scan", {}),
        ("The seat map is wrong for one venue", {}),
        ("The portal is fast again", {}),
        ("Ward and bed are shown correctly now", {}),
        ("Previews look better in one size", {}),
    ],
)
def test_a_status_line_of_a_clinic_and_theatre_tells_the_state_of_the_action_it_speaks_of(
    status, states
):
    assert told(CLINIC_AND_THEATRE, status) == states


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("Handhelds have a safe default since yesterday", {0: D}),
        ("A safe default has been shipped to the handhelds", {0: D}),
        ("Handhelds got the safe default within the hour", {0: D}),
        ("Version 3.9.2 is in the store", {1: D}),
        ("Version 3.9.2 is in store review", {1: P}),
        ("App 3.9.2 is out", {1: D}),
        ("The archive is on its own disks", {2: D}),
        ("The archive stays where it is for now", {2: N}),
        ("Archive: disks ordered, half of it copied", {2: P}),
        ("The dunning batch runs at night now", {3: D}),
        ("The dunning batch still runs at lunch", {3: N}),
        ("The dunning batch ran at night for the first time", {3: D}),
        ("Two-way sync off since Saturday", {4: D}),
        ("The two-way sync has been off since Saturday", {4: D}),
        ("Two-way sync is still on", {4: N}),
        ("Sync remains switched on everywhere", {4: N}),
        ("Scheduler: not before the summer", {5: N}),
        ("None of us is working on the scheduler", {5: N}),
        ("The scheduler is old and slow", {}),
        ("The new scheduler arrives next month", {5: N}),
        ("The new scheduler has been in place since 4 May", {5: D}),
        ("Bulk orders are limited to the evening in Wales, Scotland follows on Friday", {6: P}),
        ("Bulk orders only in the evening since Monday", {6: D}),
        ("The adapter has been retired", {7: D}),
        ("The legacy adapter is gone", {7: D}),
        ("The legacy adapter is still in use", {7: N}),
        ("Legacy adapter: no further discussion", {}),
        ("Adapter retirement was taken off the plan", {7: N}),
        ("Version 3.9.2 is the one with the bug", {}),
        ("Handhelds have lost their default", {}),
        ("The archive is full", {}),
        ("The disks of the archive have been ordered", {}),
        ("At night the dunning batch is slow", {}),
        ("Orders are down to 30 an hour in the evening", {}),
        ("The sync has been slow since Saturday", {}),
        ("The legacy adapter is from 2009", {}),
        ("The plan with the scheduler has been explained to the customer", {}),
        ("Support has talked about the archive with their CIO", {}),
    ],
)
def test_a_status_line_of_a_retailer_tells_the_state_of_the_action_it_speaks_of(status, states):
    assert told(RETAILER, status) == states


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("Import batches are capped at 200", {0: D}),
        ("Import batches hold 200 rows at most since noon", {0: D}),
        ("The cap on import batches is live", {0: D}),
        ("The second courier starts on Monday", {1: N}),
        ("Second courier hired", {1: D}),
        ("Hospitals are exempt from the rate limit", {2: D}),
        ("Hospitals are no longer rate limited", {2: D}),
        ("Hospitals: exemption granted for 5 of 9", {2: P}),
        ("Cache lifetime lowered in 3 of 20 menus", {3: P}),
        ("Re-keying orders has not begun", {4: N}),
        ("Orders are re-keyed in the test system only, production not begun", {4: N}),
        ("Failed-letter queue has a length limit", {5: D}),
        ("Night shift trained on Thursday", {6: D}),
        ("Training of the night shift: first of two groups done", {6: P}),
        ("Night shift training was put off", {6: N}),
        ("Maintenance window agreed with the port for Sunday", {7: D}),
        ("The port has not answered about the maintenance window", {7: N}),
        ("The maintenance window is still being negotiated", {7: P}),
        ("The import is faster now", {}),
        ("Hospitals are happy with the rate limit", {}),
        ("Hospitals have asked for exemption from the rate limit", {}),
        ("The failed-letter queue has 4,000 letters", {}),
        ("The failed-letter queue has no length limit yet", {5: N}),
        ("The night shift is relieved", {}),
        ("The night shift has the new console since Monday", {}),
        ("The port is open again", {}),
        ("Spare parts are here", {}),
        ("The customer has agreed to the plan", {}),
        ("The console is new to the night shift", {}),
    ],
)
def test_a_status_line_of_a_port_tells_the_state_of_the_action_it_speaks_of(status, states):
    assert told(PORT, status) == states
