"""A narrow mail gateway puts the rest of an item into the left margin: it still belongs to it."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.structure.wrapped import with_rests_hung
from impactcalc.intake.escalation.text.lines import split_lines

WRAPPED = """\
Customer: Orrin Ferries
Action Plan:
1. Immediate (0-6
hours):
   - Let crews board passengers by hand on
the northern routes
   - Print passenger lists at the pier before
each sailing
2. Short-term (6-48 hours):
   - Reload the foreign ticket keys from the
issuing banks

Current Status:
- Passengers on the northern routes are boarded
by hand
- Reloading of the ticket keys planned for
next week

Impact:
- Affected Users: 310 skippers and
their families
- Revenue Impact: EUR 4,200 daily ticket money at
risk
- SLA Violation: 99.5% uptime SLA
breached
- Boarding takes up to 55 seconds
(normally 4 seconds)
"""


@pytest.mark.parametrize("quote", ["", "> ", "> > "])
def test_the_rest_of_an_item_is_joined_with_it(quote):
    text = "".join(f"{quote}{line}\n" for line in WRAPPED.splitlines())
    facts = read_escalation(text).to_document()["facts"]
    assert [(stage["name"], stage["actions"]) for stage in facts["stages"]] == [
        (
            "Immediate",
            [
                "Let crews board passengers by hand on the northern routes",
                "Print passenger lists at the pier before each sailing",
            ],
        ),
        ("Short-term", ["Reload the foreign ticket keys from the issuing banks"]),
    ]
    assert {"Reload the foreign ticket keys from the issuing banks": "not_started"}.items() <= {
        one["action"]: one["state"] for one in facts["progress"]
    }.items()
    assert (facts["users_affected"], facts["revenue_at_risk_per_day"]) == (310, 4200)
    assert (facts["sla_objective"], facts["latency_now_s"], facts["latency_normal_s"]) == (
        0.995,
        55,
        4,
    )


def test_a_wrapped_line_may_lose_the_sign_of_its_quotation():
    text = """\
> Action Plan:
> 1. Contain (0-4 hours):
>    - Stop the nightly export to the tax
office
>    - Keep the old rates until the check is
done
> 2. Repair (4-24 hours):
>    - Load the corrected rates into the
billing engine
"""
    assert [
        stage["actions"] for stage in read_escalation(text).to_document()["facts"]["stages"]
    ] == [
        [
            "Stop the nightly export to the tax office",
            "Keep the old rates until the check is done",
        ],
        ["Load the corrected rates into the billing engine"],
    ]


def test_a_capital_goes_on_where_the_line_above_is_full():
    text = """\
- Route the calls of Lisbon over the
Porto branch
- Ask the carrier for the log of the
Monday night
- Move the trunks back to the old
site, and ask for the names of the
owners
"""
    lines = with_rests_hung(split_lines(text))
    rests = ["  Porto branch", "  Monday night", "  site, and ask for the names of the"]
    assert [line.text for line in lines[1:6:2]] == rests


APART = [
    ("- Close the valve", "done", "- Drain it", "not started", "- Replace the seal", "open"),
    (
        "- stop it",
        "- drain it",
        "we do that at nine",
        "- call the bank",
        "they know",
        "- ring it",
        "soon",
    ),
    (
        "> - Stop the pumps at the weir",
        "agreed",
        "> - Drain the tank by noon",
        "will do",
        "> - Oil it",
    ),
    ("- Close the valve.", "then wait", "- Drain the tank!", "slowly", "- Ask:", "when"),
    (
        "- Close the",
        "tank",
        "- Drain the",
        "tank",
        "- Oil the",
        "pump",
        "- Wait" + " and wait" * 20,
    ),
    ("- Close the valve of the lock", "tank", "- Drain the other", "lake"),
]


@pytest.mark.parametrize("written", APART)
def test_lines_of_their_own_stay_apart(written):
    lines = split_lines("\n".join(written))
    assert with_rests_hung(lines) == lines


@pytest.mark.parametrize(
    ("above", "below"), [("Close the valve of the", "old tank"), ("Fans (north", "and south) off")]
)
def test_words_that_cannot_end_go_on_even_once(above, below):
    lines = with_rests_hung(split_lines(f"- {above}\n{below}\n- Feed them\n"))
    assert lines[1].text == f"  {below}"
