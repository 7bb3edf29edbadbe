"""Windows in running text: sentences of a plan are cut at them, before or behind the action."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.figures.windows import find_span


def stages(text):
    found = read_escalation(text).to_document()["facts"]["stages"] or []
    return [
        tuple(stage[key] for key in ("name", "from_hours", "to_hours", "actions"))
        for stage in found
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "today: restart the gateway, clear the cache; by Friday: replace the certificate",
            [
                ("today", None, None, ["restart the gateway", "clear the cache"]),
                ("by Friday", None, None, ["replace the certificate"]),
            ],
        ),
        (
            "In the first 3 hours we drain it. From hour 3 to hour 24 we re-index the archive.",
            [(None, 0, 3, ["drain it"]), (None, 3, 24, ["re-index the archive"])],
        ),
        (
            "T+0 to T+2h we throttle the imports, T+1d to T+7d we migrate to the new broker.",
            [
                (None, 0, 2, ["throttle the imports"]),
                (None, 24, 168, ["migrate to the new broker"]),
            ],
        ),
        (
            "Our engineers will stop it in the next hour, fill it within 8 hours and move it soon.",
            [(None, 0, 1, ["stop it"]), (None, 0, 8, ["fill it"])],
        ),
        (
            "In the next hour we restart the proxy, rebuild the index within 8 hours.",
            [(None, 0, 1, ["restart the proxy"]), (None, 0, 8, ["rebuild the index"])],
        ),
        (
            "Part one, 0 to 4 hours: isolate the feed. Part two, 4 to 36 hours: recount the bills.",
            [
                ("Part one", 0, 4, ["isolate the feed"]),
                ("Part two", 4, 36, ["recount the bills"]),
            ],
        ),
        (
            "Within 4 hours your team would restore the feed. After the harvest we move the depot.",
            [
                (None, 0, 4, ["restore the feed"]),
                ("After the harvest", None, None, ["move the depot"]),
            ],
        ),
        (
            "Patch the driver by 23 April, replace the consumer within 5 days.",
            [
                ("by 23 April", None, None, ["Patch the driver"]),
                (None, 0, 120, ["replace the consumer"]),
            ],
        ),
    ],
)
def test_a_sentence_of_a_plan_is_cut_at_its_windows(words, wanted):
    assert stages(f"Customer: Osier Bank\n\nPlan: {words}\n") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "Phase 1 is to stop the copies (0 to 3 hours). Phase 2 is to print them (3-20 hours).",
            [("Phase 1", 0, 3, ["stop the copies"]), ("Phase 2", 3, 20, ["print them"])],
        ),
        (
            "Step 1 - freeze the layout, two hours at most. Step 2 - roll it back, by hour 6.",
            [("Step 1", 0, 2, ["freeze the layout"]), ("Step 2", 0, 6, ["roll it back"])],
        ),
        (
            "Next steps: (a) close the desk [0-1h]; (b) rebuild the slots [1-5h].",
            [(None, 0, 1, ["close the desk"]), (None, 1, 5, ["rebuild the slots"])],
        ),
        (
            "Over the next six hours our team will move it. By noon they will have imported them.",
            [
                (None, 0, 6, ["move it"]),
                ("By noon", None, None, ["imported them"]),
            ],
        ),
        (
            "Mr Tolland will mend it within 2 hours, and somebody must look into it next week.",
            [
                (None, 0, 2, ["mend it"]),
                ("next week", None, None, ["look into it"]),
            ],
        ),
    ],
)
def test_the_words_that_say_who_will_do_it_are_no_part_of_an_action(words, wanted):
    assert stages(f"Customer: Osier Bank\n\n{words}\n") == wanted


def test_a_label_of_the_date_stands_behind_the_action():
    text = (
        "Actions\n-------\n1. Open the bypass. Due: within 2 hours. Owner: Ops.\n"
        "2. Replace the disk. Deadline: 30 June. Owner: Infra.\n"
    )
    assert stages(text) == [
        (None, 0, 2, ["Open the bypass"]),
        ("30 June", None, None, ["Replace the disk"]),
    ]


def test_what_happened_is_no_plan():
    text = (
        "On Monday the feed failed, after 2 hours we restarted it, in the first 3 hours we lost it."
    )
    assert stages(f"Customer: Osier Bank\n\n{text}\n") == []


def test_a_chat_goes_on_with_a_phrase_of_the_calendar():
    text = (
        "[10:02] kim: plan please\n[10:04] ott: 1. next 90 min: unload the hot shard\n"
        "[10:04] ott: 2. 90 min to 6 h: rebalance shards\n[10:05] ott: 3. next week: add shards\n"
    )
    assert stages(text) == [
        (None, 0, 1.5, ["unload the hot shard"]),
        (None, 1.5, 6, ["rebalance shards"]),
        ("next week", None, None, ["add shards"]),
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("D1 Mend the driver by 23 April (Tom)", ("by 23 April", None, None, ["Mend the driver"])),
        ("D1 Mend the driver within 5 days", (None, 0, 120, ["Mend the driver"])),
        (
            "A2: Mend the driver after the release",
            ("after the release", None, None, ["Mend the driver"]),
        ),
    ],
)
def test_a_decision_of_minutes_may_end_in_its_window(line, wanted):
    assert stages(f"Decisions\n\n{line}\n") == [wanted]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("over the next 10 days", 0, 240),
        ("in the following 2 days", 0, 48),
        ("by day 3", 0, 72),
        ("up to hour 4", 0, 4),
        ("after day 7", 168, None),
        ("in the second week", 168, 336),
        ("over the coming week", 0, 168),
        ("within a fortnight", 0, 336),
        ("week two", 168, 336),
        ("D+1 to D+7", 24, 168),
        ("H0-H4", 0, 4),
        ("T0 to T+4h", 0, 4),
        ("4 h \u2192 24 h", 4, 24),
        ("2 through 8 hours", 2, 8),
        ("hours two to eight", 2, 8),
        ("now + 4 h", 0, 4),
        ("no later than 8 hours", 0, 8),
        ("less than 2 hours", 0, 2),
        ("36 hours at the latest", 0, 36),
        ("within 24 hours of approval", 0, 24),
        ("two weeks from now", 0, 336),
        ("by the end of day 2", 0, 48),
        ("between the second and fifth day", 24, 120),
        ("not before day 4", 72, None),
    ],
)
def test_a_window_of_units_is_turned_into_hours(words, low, high):
    span = find_span(words)
    assert span.earliest.amount == low * 3600
    assert (None if span.latest is None else span.latest.amount / 3600) == high


@pytest.mark.parametrize(
    "words",
    [
        *("by 2026-04-23", "on 12 May at 14:00", "by 5 pm", "mid-May", "end of next week", "CW 14"),
        *("Mon-Wed", "3-5 May", "in due course", "with release 4.2", "in two sprints", "some day"),
        *("once approved", "date to follow", "calendar week 14", "the day after tomorrow"),
        *("by EOD Friday", "before the maintenance window", "first half of May", "Fri 18:00"),
    ],
)
def test_more_phrases_of_the_calendar_have_no_hours(words):
    assert find_span(words).calendar


@pytest.mark.parametrize("words", ["2026-09-21 07:02 UTC", "4 April 2026, 8.50 am EDT", "14:05"])
def test_a_full_date_alone_is_when_something_was(words):
    assert find_span(words) is None
