"""Questions with answers, threads, plans in two columns and wrapped dumps, in own sentences."""

from impactcalc.intake.escalation import read_escalation


def facts_of(text):
    return read_escalation(text).facts


ASKED = """Desk notes

Q. What is broken?
A. The stock screen. It answers after 15 seconds; people know it with 2 seconds, nothing else.

Q. What are we doing?
A. Two waves.
   Wave one (next 6 hours): restart the stock screen, stop the price import.
   Wave two (6-30 hours): rebuild the price table. There may be more, nothing is fixed.

Q. And how far are we?
A. The price import has been stopped. Rebuilding the price table has not started, we wait for night.

Q. How are they feeling?
A. The shop managers were loud on the phone today, and rather annoyed.
"""


def test_a_question_heads_its_answer():
    facts = facts_of(ASKED)
    assert [(one["name"], one["to_hours"], one["actions"]) for one in facts.stages] == [
        ("Wave one", 6, ["restart the stock screen", "stop the price import"]),
        ("Wave two", 30, ["rebuild the price table"]),
    ]
    assert {one["action"]: one["state"] for one in facts.progress} == {
        "stop the price import": "done",
        "rebuild the price table": "not_started",
    }
    assert facts.sentiment == "negative"


THREAD = """#sev-tolland-parking
--- Friday, 3 April 2026 ---

mira.k  09:02 UTC
case opened 09:00 UTC. gates of Tolland Parking stay shut
   \u21b3 2 replies
   jonas  09:05   opening a gate takes 30s, normally 3s
   jonas  09:06   12% never open

jonas  09:20 UTC
PLAN
:one: _0-2 h_ : restart the gate server, open the west gates by hand
:two: _2-20 h_ : replace the card reader

mira.k  10:10 UTC
restart the gate server :white_check_mark:
open the west gates by hand :hourglass: 3 of 8
"""


def test_a_thread_is_read_message_by_message():
    facts = facts_of(THREAD)
    assert (facts.created, facts.error_rate) == ("2026-04-03T09:00:00+00:00", 0.12)
    assert [(one["to_hours"], one["actions"]) for one in facts.stages] == [
        (2, ["restart the gate server", "open the west gates by hand"]),
        (20, ["replace the card reader"]),
    ]
    assert {one["action"]: one["state"] for one in facts.progress} == {
        "restart the gate server": "done",
        "open the west gates by hand": "in_progress",
    }


def test_two_columns_of_a_numbered_plan():
    text = """Customer: Tarn Pumps
Measures which we have promised
   (1) Until 5 hours (0 to 5 hours)     Stop the night run
                                        Halve the picture size
   (2) From 5 hours to 3 days           Renew the disk
   (3) After the winter break           Convert the pictures
"""
    assert [
        (one["name"], one["from_hours"], one["to_hours"], one["actions"])
        for one in facts_of(text).stages
    ] == [
        (None, 0, 5, ["Stop the night run", "Halve the picture size"]),
        (None, 5, 72, ["Renew the disk"]),
        ("After the winter break", None, None, ["Convert the pictures"]),
    ]


def test_a_dump_may_go_on_in_the_middle_of_a_map():
    text = """{
  "exported": "2026-03-01T09:00:00Z",
  "case": {"no": "T-771", "customer": "Tarn Pumps", "severity": "P2",
           "opened": "2026-02-27", "level": "L2"},
  "contract": {"uptime": "99.9%", "fee_per_month": "EUR 700",
    "credit_table": [
      {"uptime": "99.00% to below 99.90%", "credit": "5% of the fee"},
      {"uptime": "below 99.00%", "credit": "20% of the fee"}
    ]},
  "mood": "They are angry."
}
"""
    facts = facts_of(text)
    assert (facts.id, facts.customer, facts.created) == ("T-771", "Tarn Pumps", "2026-02-27")
    assert (facts.monthly_fee, facts.sla_objective) == (700, 0.999)
    assert facts.credit_tiers == [
        {"below": 0.999, "credit": 0.05},
        {"below": 0.99, "credit": 0.2},
    ]
