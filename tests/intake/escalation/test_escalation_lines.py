"""Lines: the searched form and the way back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.text.lines import LONGEST_SEARCHED, split_lines


def only(text):
    (line,) = split_lines(text)
    return line


def test_emphasis_links_and_breaks_are_no_words():
    assert only("- **Status:** `open`").text == "- Status: `open`"
    assert only("'''Ticket:''' [[Case|A-7]]<br/>").text == "Ticket: A-7"
    assert only("see [the page](http://a.example/b) now").text == "see the page now"
    assert only("one<br>two").text == "one\ntwo"
    assert only("|one \\\\ two\\\\Three|").text == "|one \n two\nThree|"
    assert only("copy C:\\\\temp\\\\x to \\\\host\\x").text == "copy C:\\\\temp\\\\x to \\\\host\\x"


def test_stars_that_are_no_emphasis_stay():
    assert only("products-*, promotions-* and 2 * 3").text == "products-*, promotions-* and 2 * 3"


def test_quotes_dashes_blanks_and_wide_digits_are_made_plain():
    assert only("\u201c12\u00a0000\u201d \u2013 \uff11\uff15\uff0c\uff10\uff10\uff10").text == (
        '"12 000" - 15,000'
    )


def test_a_footnote_mark_is_no_digit():
    assert only("99.9%\u00b2").text.strip() == "99.9%"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("normally \u00bd second", "normally 0.5 second"),
        ("now 4\u00bd s", "now 4.5 s"),
        ("(0-1\u00bd hours)", "(0-1.5 hours)"),
        ("2\u00be million visits", "2.75 million visits"),
        ("the \u00bd pint glass", "the \u00bd pint glass"),
    ],
)
def test_a_fraction_in_one_character_is_a_decimal_where_it_measures(raw, text):
    assert only(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("(0\u301c4 hours)", "(0-4 hours)"),
        ("\uff12\uff5e\uff13 weeks", "2-3 weeks"),
        ("Priority\uff1aHigh", "Priority: High"),
        ("at 14\uff1a30", "at 14:30"),
        ("\uff5e15 users", "~15 users"),
    ],
)
def test_wide_signs_are_plain_by_what_stands_beside_them(raw, text):
    assert only(raw).text == text


def test_the_words_of_a_fraction_are_what_was_written():
    reading = read_escalation("A ticket takes 3\u00bd seconds (normally \u00bc second)")
    assert reading.facts.latency_now_s == 3.5
    assert reading.facts.latency_normal_s == 0.25
    assert {one.text for one in reading.provenance} == {"3\u00bd seconds", "\u00bc second"}


def test_the_excerpt_is_what_was_written():
    line = only("Users: ~\uff11\uff15 \u201cpeople\u201d")
    start = line.text.index("15")
    assert line.excerpt(start, start + 2) == "\uff11\uff15"
    assert line.written(line.text.index('"'), len(line.text)) == "\u201cpeople\u201d"


def test_invisible_characters_are_left_out_and_told():
    reading = read_escalation("Customer: Stra\u202ett\u202con\nStatus: \x1b[31mOpen\x1b[0m")
    assert reading.facts.customer == "Stratton"
    assert reading.facts.status == "Open"
    told = {(one.line, one.message) for one in reading.warnings}
    assert (1, "invisible characters left out: U+202E, U+202C") in told
    assert (2, "invisible characters left out: U+001B") in told


def test_digits_of_other_scripts_are_not_guessed():
    reading = read_escalation("Affected Users: \u0661\u0665 users")
    assert reading.facts.users_affected is None
    assert any("another script" in one.message for one in reading.warnings)


def test_a_line_that_is_too_long_is_not_searched_and_told_once():
    long = "Customer: " + "a" * LONGEST_SEARCHED
    reading = read_escalation(f"{long}\nStatus: Open\n{long}\n")
    assert reading.facts.customer is None
    assert reading.facts.status == "Open"
    assert [one.message[:9] for one in reading.warnings] == ["2 lines a"]


@given(st.text(st.characters(exclude_characters="\r\n"), max_size=60))
def test_every_stretch_of_the_searched_form_comes_from_the_line(raw):
    line = split_lines(raw)[0]
    for start in range(len(line.text)):
        assert line.excerpt(start, start + 1) in line.raw
    assert line.excerpt(0, len(line.text)) in line.raw


NARROW = """\
Customer: Larkspur Coaches
- Passengers of the weekend trains, about 14
- Fares of the weekend are at risk as well t
- Seats are sold by telephone until the next
- 3 nodes
"""


def test_a_figure_where_every_line_is_cut_off_is_none():
    reading = read_escalation("Affected\n" + NARROW)
    assert reading.facts.users_affected is None
    assert reading.facts.nodes == 3
    told = [(one.line, one.message) for one in reading.warnings]
    assert told[0][0] == 3
    assert "cut off" in told[0][1]


def test_wrapped_lines_are_not_cut_off():
    text = "All the stations are waiting for 1,400 pa\npers, and none of the 300 clerks can prin\nt"
    assert not any("cut off" in one.message for one in read_escalation(f"{text}\n" * 4).warnings)
