"""What each stage restores, and which stages give service back at all."""

from decimal import Decimal

import numpy as np
import pytest

from impactcalc.domain.incident import Stage, Status
from impactcalc.domain.sourced import Sourced
from impactcalc.models.recovery.gating import gating, prevents_or_watches
from impactcalc.models.recovery.shares import restored_shares


def stage(*actions, restores=None):
    nothing = Sourced(None, "default")
    return Stage(
        name="s",
        source="line 1",
        window=None,
        duration=None,
        after=(),
        restores=None if restores is None else Sourced(Decimal(restores), "line 2"),
        status=Sourced(Status.NOT_STARTED, "line 1"),
        fails=nothing,
        retry=nothing,
        relapse=nothing,
        actions=tuple(Sourced(action, "line 1") for action in actions),
    )


REPAIR = stage("Rebuild the index")
WATCH = stage("Upgrade to the latest version", "Add comprehensive monitoring")


@pytest.mark.parametrize(
    "action",
    [
        "Upgrade to latest version",
        "Implement automated tablet healing",
        "Add alerting on lag",
        "Review the change process",
        "Train the on-call team",
        "Write a post-mortem",
        "Implement network partition detection",
        "Update the runbook",
    ],
)
def test_actions_that_prevent_or_watch_give_no_service_back(action):
    assert prevents_or_watches(action)


@pytest.mark.parametrize(
    "action",
    [
        "Restart the monitoring agents",
        "Rebuild the alert index",
        "Fail over to the standby",
        "Repair corrupted WAL files",
        "Flush the cache",
        "Roll back the upgrade",
        "",
    ],
)
def test_actions_that_mend_do(action):
    assert not prevents_or_watches(action)


def test_a_stage_gives_service_back_when_one_action_does():
    assert gating([stage("Add monitoring", "Restart the broker"), WATCH]) == (True, False)


def test_a_plan_that_only_prevents_still_ends_somewhere():
    assert gating([WATCH, WATCH]) == (True, True)
    assert restored_shares([WATCH]) == [1.0]


def test_the_first_restores_sixty_percent_and_the_others_share_the_rest():
    assert restored_shares([REPAIR, REPAIR, REPAIR]) == pytest.approx([0.6, 0.2, 0.2])
    assert restored_shares([REPAIR, WATCH, REPAIR]) == pytest.approx([0.6, 0.0, 0.4])
    assert restored_shares([REPAIR]) == [1.0]


def test_stated_shares_are_kept_and_the_unstated_share_the_rest():
    shares = restored_shares([stage(restores="0.7"), REPAIR, REPAIR, WATCH])
    assert shares == pytest.approx([0.7, 0.15, 0.15, 0.0])
    assert restored_shares([stage(restores="0.3"), stage(restores="0.7")]) == [0.3, 0.7]


def test_a_derived_first_share_is_what_the_first_stage_mends():
    initial, after = np.array([0.4, 0.2]), np.array([0.1, 0.2])
    first, second = restored_shares([REPAIR, REPAIR], initial, after)
    assert first == pytest.approx([0.75, 0.0])
    assert second == pytest.approx([0.25, 1.0])


def test_a_single_stage_restores_all_however_the_share_was_derived():
    assert restored_shares([REPAIR], np.array([0.4]), np.array([0.1])) == [1.0]


def test_a_stage_that_states_zero_gives_nothing_back():
    assert gating([stage(restores="0"), stage(restores="1")]) == (False, True)
