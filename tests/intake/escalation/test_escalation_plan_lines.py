"""Plans on single lines, in contracts, and in rows that go on below one another."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.reading import plain_edge


def stages(text):
    return [
        (stage.name, [action.text for action in stage.actions])
        for stage in read_escalation(text).stages
    ]


def windows(text):
    return [
        (stage.name, *map(plain_edge, (stage.earliest, stage.latest)))
        for stage in read_escalation(text).stages
    ]


_THREE = [
    ("Contain", ["pin the cache", "block the bot"]),
    ("Repair", ["rebuild the index"]),
    ("Harden", ["split the fares"]),
]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Contain 0-3 h (pin the cache; block the bot)\nRepair 3-18 h (rebuild the index)\n"
            "Harden from day 8 (split the fares)"
        ),
        (
            "Contain: 0-3 h: pin the cache, block the bot\nRepair: 3-18 h: rebuild the index\n"
            "Harden: later: split the fares"
        ),
        (
            "Contain[0-3h]: pin the cache + block the bot\nRepair[3-18h]: rebuild the index\n"
            "Harden[168h+]: split the fares"
        ),
        (
            "Contain: pin the cache, block the bot (0-3 h)\nRepair: rebuild the index (3-18 h)\n"
            "Harden: split the fares (after 7 days)"
        ),
        (
            "Contain -> 0-3 h -> pin the cache; block the bot\nRepair -> 3-18 h -> rebuild the"
            " index\nHarden -> later -> split the fares"
        ),
        (
            "0-3 h (Contain): pin the cache, block the bot\n3-18 h (Repair): rebuild the index\n"
            "after the regatta (Harden): split the fares"
        ),
        (
            "Contain (today, 3 h): pin the cache, block the bot\n"
            "Repair (this week, 3-18 h): rebuild the index\nHarden (next quarter): split the fares"
        ),
    ],
)
def test_a_line_holds_name_window_and_actions_whatever_parts_them(lines):
    items = "".join(f"- {line}\n" for line in lines.split("\n"))
    assert stages(f"Ticket: A-7\n\nPlan:\n{items}") == _THREE


@pytest.mark.parametrize(
    "line",
    [
        (
            "Contain 0-3 h (pin the cache; block the bot) / Repair 3-18 h (rebuild the index) / "
            "Harden from day 8 (split the fares)"
        ),
        (
            "Contain (0-3 h): pin the cache; block the bot. Repair (3-18 h): rebuild the index. "
            "Harden (later): split the fares."
        ),
        (
            "1. Contain, 0-3 h: pin the cache; block the bot 2. Repair, 3-18 h: rebuild the index "
            "3. Harden, after 7 days: split the fares"
        ),
        (
            "Contain (0-3 h) = pin the cache, block the bot | Repair (3-18 h) = rebuild the index "
            "| Harden (after 7 days) = split the fares"
        ),
    ],
)
def test_one_line_strings_the_stages_of_a_plan(line):
    assert stages(f"Ticket: A-7\nPlan: {line}\n") == _THREE


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("within six (6) hours of this notice", 0, 6),
        ("between six (6) and forty-eight (48) hours", 6, 48),
        ("no earlier than ten (10) business days", {"business_days": 10}, None),
        ("not before 14 days", 336, None),
        ("not until 3 days later", 72, None),
        ("from 3h up to 24h", 3, 24),
        ("within half a working day", 0, {"business_days": 0.5}),
        ("at the latest 3 h", 0, 3),
    ],
)
def test_a_window_is_read_as_contracts_and_careful_people_write_it(words, first, last):
    assert windows(f"Plan\n- {words}: mend the pump\n") == [(None, first, last)]


def test_a_contract_names_its_stages_behind_them():
    text = (
        "NOTICE\n\n4. Remediation\n4.1 The Provider shall, within three (3) hours of the Notice, "
        'stop the feed ("Containment").\n4.2 Between three (3) and twenty-four (24) hours of the '
        'Notice, the Provider shall rebuild the index ("Repair").\n'
    )
    assert stages(text) == [("Containment", ["stop the feed"]), ("Repair", ["rebuild the index"])]


def test_the_number_of_a_clause_and_its_and_are_no_part_of_a_stage():
    text = (
        "NOTICE\n\n7.1 The Supplier shall carry out the following:\n7.1.1 within 6 hours: stop "
        "the feed;\n7.1.2 from 6 to 48 hours: rebuild the index; and\n7.1.3 after ten days: "
        "move the archive.\n"
    )
    assert [actions for _, actions in stages(text)] == [
        ["stop the feed"],
        ["rebuild the index"],
        ["move the archive"],
    ]


def test_letters_and_owners_are_no_part_of_an_action():
    text = (
        "Minutes\n\nMeasures:\n1. Up to 3 hours: a) stop the feed; b) pin the cache. Owner: Hale.\n"
        "2. 3 to 9 hours: a) rebuild the index. Owner: Ito.\n"
    )
    assert [actions for _, actions in stages(text)] == [
        ["stop the feed", "pin the cache"],
        ["rebuild the index"],
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (
            "Contain    0-2 h     stop the feed\n                     pin the cache\n"
            "Repair     2-10 h    rebuild the index\nPrevent    tbd       split the fares\n"
        ),
        (
            "Contain    | 0-2 h  | stop the feed\n           |        | pin the cache\n"
            "Repair     | 2-10 h | rebuild the index\nPrevent    | tbd    | split the fares\n"
        ),
        (
            'Contain    0-2 h     stop the feed\n  "          "       pin the cache\n'
            "Repair     2-10 h    rebuild the index\nPrevent    tbd       split the fares\n"
        ),
    ],
)
@pytest.mark.parametrize("header", ["", "Stage      When      What\n"])
def test_a_row_goes_on_below_its_action(rows, header):
    if "|" in rows:
        header = header.replace("      When      ", "      | When   | ")
    assert stages(f"PLAN\n{header}{rows}") == [
        ("Contain", ["stop the feed", "pin the cache"]),
        ("Repair", ["rebuild the index"]),
        ("Prevent", ["split the fares"]),
    ]


def test_a_wrapped_action_below_its_window_stays_one():
    text = "PLAN\n0-2 h     stop the feed of the\n          northern mill\n2-9 h     mend it well\n"
    assert stages(text)[0] == (None, ["stop the feed of the northern mill"])


def test_an_action_in_front_of_its_window_keeps_the_name_before_a_dash():
    text = "PLAN\nContain - stop the feed (0-2 h)\nRepair - mend the pump (2-9 h)\n"
    assert stages(text) == [("Contain", ["stop the feed"]), ("Repair", ["mend the pump"])]


def test_an_action_behind_its_window_names_no_stage():
    text = "Plan\n4.1  Within one week: cache the price lists, upgrade the pricing engine\n"
    assert stages(text) == [(None, ["cache the price lists", "upgrade the pricing engine"])]


def test_a_report_below_an_action_is_none():
    text = "Plan\n1) within 2 hours: stop the job\n   -> done 10:40\n2) next week: move it all\n"
    assert stages(text) == [(None, ["stop the job"]), ("next week", ["move it all"])]


def test_cells_of_a_wiki_reach_down_and_hold_lists():
    text = (
        '{| class="wikitable"\n! Stage !! When !! What\n|-\n'
        "| rowspan=2 | Contain || rowspan=2 | 0-2 h || stop the job\n|-\n| pin the cache\n|-\n"
        "| Repair || 2-9 h ||\n* mend the pump\n* warm the boiler\n|}\n"
    )
    assert stages(text) == [
        ("Contain", ["stop the job", "pin the cache"]),
        ("Repair", ["mend the pump", "warm the boiler"]),
    ]


def test_letters_stand_below_the_number_above_them():
    text = (
        "Report\n\n4. Plan\n4.1 Contain (0 to 6 hours)\na) stop the feed\nb) pin the cache\n"
        "4.2 Repair (6 to 48 hours)\na) mend the pump\n"
    )
    assert stages(text) == [
        ("Contain", ["stop the feed", "pin the cache"]),
        ("Repair", ["mend the pump"]),
    ]


@pytest.mark.parametrize("form", ["[%s] %s", "[%s]: %s", "[%s] - %s", "(%s) %s", "[%s] (%s)"])
def test_a_title_in_brackets_stands_before_its_window(form):
    heads = [form % head for head in (("Calm", "0 h - 6 h"), ("Mend", "6 h - 3 d"))]
    text = (
        f"Resolution plan:\n{heads[0]}\n  * drain the tank\n  * close the valve\n"
        f"{heads[1]}\n  * weld the seam\n\nWork notes:\nTank drained, nobody is hurt.\n"
    )
    assert windows(text) == [("Calm", 0, 6), ("Mend", 6, 72)]
    assert stages(text)[1] == ("Mend", ["weld the seam"])
