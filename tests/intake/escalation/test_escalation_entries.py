"""Entries of logs and chats: time, speaker, event word and words, whatever their punctuation."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.structure.entries import read_entries
from impactcalc.intake.escalation.structure.speakers import is_speaker_head
from impactcalc.intake.escalation.text.lines import split_lines

LOG = """\
Duty log HB-771, all times CET

2026-02-03 08:15 {0}OPENED{1}sev1, parcel labels take 20 s (usual: 1 s)
2026-02-03 08:40 {0}ESCALATED{1}to L3 by the depot
2026-02-03 08:55 {0}PLAN{1}Relief 0-3 h : restart the label printers / divert two depots
2026-02-03 08:55 {0}PLAN{1}Repair 3-30 h : replace the print server
2026-02-03 09:20 {0}WORK{1}label printers restarted
2026-02-03 09:45 {0}STATUS{1}Recovering
2026-02-03 10:05 {0}WORK{1}print server 40% replaced
2026-02-03 11:30 {0}STATUS{1}Watching
"""


@pytest.mark.parametrize(
    ("left", "right"), [("  ", "      "), ("", "  "), ("[", "] "), ("- ", ": "), ("| ", " | ")]
)
def test_event_words_tell_what_an_entry_says_however_they_are_set_off(left, right):
    facts = read_escalation(LOG.format(left, right)).to_document()["facts"]
    assert facts["created"] == "2026-02-03T08:15:00+01:00"
    assert facts["escalated"] == "2026-02-03T08:40:00+01:00"
    assert facts["escalation_level"] == 3
    assert facts["status"] == "Watching"
    assert [stage["name"] for stage in facts["stages"]] == ["Relief", "Repair"]
    assert facts["stages"][0]["actions"] == ["restart the label printers", "divert two depots"]
    assert facts["progress"] == [
        {"action": "restart the label printers", "state": "done"},
        {"action": "replace the print server", "state": "in_progress"},
    ]


def test_the_first_entry_that_tells_a_response_time_counts_and_the_newest_that_tells_a_count():
    text = (
        "2026-02-03 08:15 UTC OPENED a label takes 20 s\n"
        "2026-02-03 08:30 UTC NOTE 300 clerks are affected\n"
        "2026-02-03 09:30 UTC NOTE 420 clerks are affected\n"
        "2026-02-03 10:15 UTC NOTE a label takes 3 s\n"
    )
    facts = read_escalation(text).to_document()["facts"]
    assert (facts["latency_now_s"], facts["users_affected"]) == (20, 420)


CHAT = """\
Room export: dispatch-war-room
Tuesday, 9 June 2026 (all times CEST)

[10:02] Ana Ruiz (support): opened CX-4410 for Brightmoor Parcels at 09:48, routing takes 9 s
[10:20] Ana Ruiz (support): sev 2 for now
[10:41] Tom (duty mgr): escalated at 10:40. It is a P1 now
[10:45] Tom (duty mgr): plan
     0-2 h
       - drain the slow shard
     2-12 h
       - rebuild the route index
[11:05] Kai: drain of the slow shard is done
[23:50] Kai: rebuild of the route index at 30%
[00:40] Kai: route index is rebuilt
"""


def test_a_day_and_a_zone_stated_once_complete_the_times_of_a_chat():
    facts = read_escalation(CHAT).to_document()["facts"]
    assert facts["created"] == "2026-06-09T09:48:00+02:00"
    assert facts["escalated"] == "2026-06-09T10:40:00+02:00"
    assert (facts["customer"], facts["priority"]) == ("Brightmoor Parcels", "critical")
    assert [one["state"] for one in facts["progress"]] == ["done", "done"]


def test_a_chat_without_a_date_gives_no_moment():
    lines = CHAT.splitlines()
    facts = read_escalation("\n".join(lines[:1] + lines[2:])).to_document()["facts"]
    assert (facts["created"], facts["escalated"]) == (None, None)


def test_the_source_of_a_moment_is_the_line_that_gives_the_time():
    reading = read_escalation(LOG.format("  ", "  "))
    source = next(one for one in reading.provenance if one.field == "created")
    assert (source.line, source.text) == (3, "2026-02-03 08:15")


@pytest.mark.parametrize(
    "line",
    [
        "[10:02] Ana (support): the queue is full now",
        "10:02 <ana> the queue is full now",
        "10:02 ana: the queue is full now",
        "09.06.2026, 10:02 - Ana (support): the queue is full now",
        "2026-06-09T10:02:00Z [ana] the queue is full now",
        "[2026-06-09 10:02] Ana (ops): the queue is full now",
    ],
)
def test_the_speaker_is_no_part_of_the_words(line):
    lines = split_lines(f"{line}\n{line}")
    entry = read_entries(lines)[0]
    assert entry.speaker == "ana"
    assert lines[0].text[entry.start :] == "the queue is full now"


@pytest.mark.parametrize(
    "line",
    [
        "[9 June 2026 10:02] Ana Ruiz (Service Desk)",
        "Ana Ruiz wrote on 9 June 2026 at 10:02:",
        "Ana Ruiz - 2026-06-09 10:02 UTC",
        "Ana Ruiz added a comment - 09/Jun/26 10:02 AM",
        "Ana Ruiz (Service Desk), 9 June 2026, 10:02",
    ],
)
def test_a_person_and_a_time_are_the_head_of_a_message(line):
    assert is_speaker_head(line)


@pytest.mark.parametrize(
    "line",
    [
        "Opened 2026-06-09 10:02 UTC",
        "Next update 9 June 2026 10:02",
        "Escalated: 9 June 2026, 10:02",
        "2026-06-09 10:02 the queue is full",
        "Ana Ruiz called at 10:02",
    ],
)
def test_a_fact_with_a_time_is_no_head_of_a_message(line):
    assert not is_speaker_head(line)


def test_a_sentence_that_goes_on_with_a_time_is_no_entry():
    text = (
        "The customer told us that the whole import of yesterday evening stopped at\n"
        "14:30 and that nobody had noticed it until the next morning.\n"
        "16:10 is when they called."
    )
    assert 1 not in read_entries(split_lines(text))


def test_the_customer_as_event_word_is_who_speaks():
    text = (
        "2026-02-03 08:15 UTC  NOTE      Customer: Alderbrook Mills\n"
        "2026-02-03 08:20 UTC  CUSTOMER  asks for an update each hour\n"
    )
    assert read_escalation(text).to_document()["facts"]["customer"] == "Alderbrook Mills"


def test_a_talk_without_times_is_divided_by_its_speakers():
    talk = "\n".join(f"{who}: And so on." for who in ("AGENT", "CALLER") * 3)
    entries = read_entries(split_lines(talk))
    assert [entries[index].speaker for index in range(2)] == ["agent", "caller"]


def test_fields_that_come_again_are_no_talk():
    records = "Name: a\nWindow: b\nOwner: c\n" * 3
    assert not read_entries(split_lines(f"From: x\nTo: y\nDate: z\n{records}"))


def test_the_speaker_may_stand_before_the_time():
    entries = read_entries(split_lines("<kes> 09:14 it is slow\n<ulla> 09:16 yes it is"))
    assert [(one.speaker, one.stamp.clock.hour) for one in entries.values()] == [
        ("kes", 9),
        ("ulla", 9),
    ]


def test_four_digits_are_times_where_three_lines_open_with_them():
    text = "1405 - bridge opened\n1410 - all are here\n1425 - escalated to L3\n"
    day = "27 Feb 2026, times EST\n\n"
    assert len(read_entries(split_lines(text))) == 3
    assert not read_entries(split_lines("1405 - of them\n1410 - of those\n"))
    told = read_escalation(day + text).to_document()["facts"]
    assert told["escalated"] == "2026-02-27T14:25:00-05:00"


def test_the_date_of_an_entry_may_stand_below_its_words():
    told = read_escalation(
        "Resolved - All shards have been moved.\nApr 04, 2026 - 09:10 UTC\n\n"
        "Identified - We will move the shards within 12 hours and drain the node within 20 hours.\n"
        "Apr 03, 2026 - 17:15 UTC\n\n"
        "Investigating - Searches take 14 s, the usual time is 900 ms.\nApr 03, 2026 - 16:50 UTC\n"
    ).to_document()["facts"]
    assert (told["status"], told["latency_now_s"]) == ("Resolved", 14)
    assert told["progress"] == [{"action": "move the shards", "state": "done"}]


def test_numbered_entries_with_author_date_what_stands_below():
    told = read_escalation(
        "JOURNAL\n\nEntry 1, 3 June 2026, 08:40 CEST, by M. Ferro\nOpened for Aldgate Mills.\n\n"
        "Entry 2, 3 June 2026, 13:00 CEST, by M. Ferro\nEscalated to level 1.\n"
    ).to_document()["facts"]
    assert told["created"] == "2026-06-03T08:40:00+02:00"
    assert told["escalated"] == "2026-06-03T13:00:00+02:00"


def test_what_an_entry_announces_stands_below_it():
    told = read_escalation(
        "2026-12-01\n  09:30 UTC  plan agreed\n             now - 4 h    restart the solver\n"
        "             4 h - 2 d    repair the feed\n  10:10 UTC  solver restarted\n"
    ).to_document()["facts"]
    assert [stage["actions"] for stage in told["stages"]] == [
        ["restart the solver"],
        ["repair the feed"],
    ]
    assert told["progress"] == [{"action": "restart the solver", "state": "done"}]
