"""Foreign text is harmless and readable after escaping."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from impactcalc.report.escape import _harmful, escape, shorten

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)


def test_terminal_codes_and_direction_marks_become_visible() -> None:
    assert escape("\x1b]0;title\x07 a\u202eb\u2066c") == "\\x1b]0;title\\x07 a\\u202eb\\u2066c"


def test_lines_and_tabs_become_one_blank() -> None:
    assert escape(" a\r\n\tb\u00a0c ") == "a b c"


def test_what_can_be_printed_needs_no_escape() -> None:
    printable = "".join(one for one in map(chr, range(0x110000)) if one.isprintable())
    assert _harmful().search(printable) is None


def test_names_of_any_script_stay_as_they_are() -> None:
    for name in ("東京銀行", "شركة الاتصالات", "Ёлка", "हिन्दी बैंक", "ไทยพาณิชย์"):
        assert escape(name) == name


@given(ANY_TEXT)
def test_no_control_or_surrogate_is_left_and_utf8_can_hold_it(text: str) -> None:
    shown = escape(text)
    assert shown.encode().decode() == shown
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in shown)


@given(ANY_TEXT)
def test_escaping_twice_changes_nothing(text: str) -> None:
    assert escape(escape(text)) == escape(text)


@given(ANY_TEXT, st.integers(4, 60))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    assert len(shorten(text, most)) <= max(most, 0)
