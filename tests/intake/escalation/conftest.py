"""A plan of eight actions with a line of status, for the tests of progress."""

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


@pytest.fixture(scope="session")
def told():
    """Give a function from a plan and a line to the states that the line tells, by place."""

    def states_of(plan, status):
        lines = [f"   - {action}" for action in plan]
        text = TEXT.format(now="\n".join(lines[:4]), later="\n".join(lines[4:]), status=status)
        progress = read_escalation(text).progress
        return {plan.index(one.action.text): one.state.value for one in progress}

    return states_of
