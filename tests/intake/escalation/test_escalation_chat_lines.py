"""Lines of a chat: where one ends, and where it goes on."""

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).facts


def stages(text):
    return [(one["name"], one["from_hours"], one["to_hours"]) for one in facts(text).stages or ()]


LONGEST = (
    "we look at both border routers in Lund and will tell you as soon as we know "
    "what happened to them in the night"
)


CHAT = f"""nora (support)  09:10
{{first}}
{{second}}

pavel (network)  09:30
{LONGEST}
"""


def test_a_line_of_a_chat_ends_where_the_next_word_had_room():
    found = facts(
        CHAT.format(
            first="the orchard growers lose about EUR 900 a day, it is at risk",
            second="last spring's frost cost them EUR 70k, leave that out",
        )
    )
    assert found.revenue_at_risk_per_day == 900


def test_a_line_of_a_chat_goes_on_where_the_next_word_had_none():
    text = CHAT.format(
        first="plan: in the next 4 hours drain the second queue of the mail relay that stands at "
        "the harbour. In the next 3 days",
        second="rebuild the address book",
    )
    assert [one["actions"] for one in facts(text).stages] == [
        ["drain the second queue of the mail relay that stands at the harbour"],
        ["rebuild the address book"],
    ]
