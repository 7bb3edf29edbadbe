"""Bytes of several encodings to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.errors import InputError
from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.text.decoding import decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_or_without_a_byte_order_mark_is_read_without_a_warning(encoding):
    assert decode("Kunde: Zoë ✓".encode(encoding), "a.txt") == ("Kunde: Zoë ✓", ())


def test_utf_16_of_both_byte_orders_is_read():
    for encoding in ("utf-16-le", "utf-16-be"):
        data = "\ufeffCustomer: Stratton".encode(encoding)
        assert read_escalation(decode(data, "a.txt")[0]).facts.customer == "Stratton"


def test_latin_1_is_read_with_a_warning_that_names_encoding_and_line():
    text, (caution,) = decode("Customer: A\nStatus: R\u00e9ouvert".encode("latin-1"), "a.txt")
    assert text.endswith("R\u00e9ouvert")
    assert caution.line == 2
    assert "Windows-1252" in caution.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\x7fELF\x02\x00\x00\xff\xfe", "binary"),
        (b"Priority: Hi\x00gh", "NUL"),
        (b"\xff\xfeA\x00\x00", "utf-16"),
    ],
)
def test_what_is_no_text_is_refused_by_name_and_reason(data, words):
    with pytest.raises(InputError) as caught:
        decode(data, "esc.txt")
    (problem,) = caught.value.problems
    assert problem.file == "esc.txt"
    assert words in problem.message
    assert problem.remedy


def test_the_line_of_a_nul_byte_is_named():
    with pytest.raises(InputError) as caught:
        decode(b"a\nb\nc\x00", "esc.txt")
    assert caught.value.problems[0].line == 3


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, cautions = decode(data, "x")
    except InputError as error:
        text, cautions = str(error), ()
    assert text.strip()
    assert len(cautions) <= 1
