"""The furniture of printed pages cuts through lists and belongs to none of them."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.text.furniture import without_furniture
from impactcalc.intake.escalation.text.lines import split_lines

HALVES = (
    "Action Plan:\n1. Immediate (0-8 hours):\n   - Check tickets by eye\n",
    "   - Count visitors by hand\n2. Short-term (8-72 hours):\n   - Reload the ticket keys\n",
    "   - Test the gates\n",
)
ACTIONS = [
    ["Check tickets by eye", "Count visitors by hand"],
    ["Reload the ticket keys", "Test the gates"],
]


def actions_of(text):
    return [stage["actions"] for stage in read_escalation(text).to_document()["facts"]["stages"]]


@pytest.mark.parametrize(
    "edge",
    [
        "\nPage {} of 3\n\n",
        "\n-- Case 4 -- printed 3 May 2026 -- 20 copies -- page {} of 3 --\n",
        "---------------------- Page {} / 3 ----------------------\n",
        "\n- {} -\n\n",
        "\n<<< {} >>>\n\n",
        "\f\n",
        "\n                                        {}\n\f",
        "\nSeite {} von 3\n\n",
        "[Page {}]\n",
        "\nHarwick Museums - Summary            page {}\n\n",
        "\nCONFIDENTIAL - Harwick Museums\nPrinted 03/02/2026 by jm                       {}/3\n\n",
        "\nHARWICK MUSEUMS - INTERNAL USE ONLY\n\n",
        "\nFROM: Harwick   TO: 0049 221 44   03 FEB 2026 09:12   P.0{}/03\n\n",
        "file:///C:/tickets/11.html             {}/3\n03/02/2026, 09:12             Ticket 11\n",
        "---------------\nHarwick - Page {}\n---------------\n",
        "\n======== page break ========\n\n",
        "\n(continued on next page)\n\fAction Plan (continued)\n",
    ],
)
def test_a_list_goes_on_across_the_edge_of_a_page(edge):
    first, second, third = HALVES
    text = first + edge.format(1) + second + edge.format(2) + third
    assert actions_of(text) == ACTIONS


def test_a_sentence_and_a_table_go_on_on_the_next_page():
    text = "Action Plan:\n1. Now (0-8 hours):\n   - Ask every tenant of the"
    text += "\n\nPage 1 of 2\n\n     tower"
    assert actions_of(text) == [["Ask every tenant of the tower"]]
    table = "| Stage | Window | Action |\n|---|---|---|\n| Hold | 0-4 h | Close the gate |\n"
    table += "\nPage 1 of 2\n\n| Mend | 4-24 h | Replace the lock |\n"
    assert actions_of(table) == [["Close the gate"], ["Replace the lock"]]


@pytest.mark.parametrize(
    "text",
    [
        "   - Print the labels on page 2 of the form\n   - Scan page 1 of 3\n   - Turn the page",
        "The search shows page 1 of 40 only.\nManual: page 2 of 3\nProgress 3/4",
        "- Anna: lift off\n\nThanks!\n\n- Ben: doors locked\n\nThanks!\n",
        "| Manual | page 2 of 3 |\n| Sheet | page 3 of 3 |",
        "Phase 1\n\n   - Print\n\nNotes:\n\n   - Post\n\nNotes:\n\n   - Read",
    ],
)
def test_words_about_pages_and_repeated_words_stay(text):
    lines = split_lines(text)
    assert without_furniture(lines) == (lines, frozenset())


def test_the_number_of_the_case_may_stand_in_the_running_head_alone():
    text = "Ticket CE2044 | Page 1 of 2\nUsers: 44\nTicket CE2044 | Page 2 of 2\nStatus: open\n"
    assert read_escalation(text).facts.id == "CE2044"
    text = f"{HALVES[0]}\nIncident 26-0312 - Page 1 of 2\n\n{HALVES[1]}"
    assert read_escalation(text).facts.id == "26-0312"


def test_lines_of_pages_are_no_unknown_words():
    lines = read_escalation("Customer: Alder\nPage 1 of 2\nUsers: 4\n").lines
    assert [line.kind for line in lines] == ["used", "context", "used"]


def test_the_title_of_the_text_on_each_page_cuts_no_list():
    title = "Summary of case 7\n=================\n\n"
    edge = f"\n                                   Page: {{}}\n{title}"
    first, second, third = HALVES
    text = title + first + edge.format(1) + second + edge.format(2) + third
    assert actions_of(text) == ACTIONS


def test_a_repeated_heading_in_a_list_is_no_stamp():
    first, second, third = HALVES
    lines = split_lines(f"{first}\nDetails\n\n{second}\nDetails\n\n{third}")
    assert without_furniture(lines) == (lines, frozenset())
