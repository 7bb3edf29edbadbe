"""JSON is read without losing a digit, and refused with its place."""

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.json_tree import json_tree, parse_json


def refusal(read, data):
    with pytest.raises(InputError) as caught:
        read(data, "x.json")
    return str(caught.value)


def test_fractions_and_what_is_no_number_stay_text():
    assert parse_json(b'\xef\xbb\xbf{"a": 1.50, "b": 2, "c": NaN}', "x.json") == {
        "a": "1.50", "b": 2, "c": "NaN",
    }  # fmt: skip


def test_every_scalar_of_a_tree_is_text():
    tree = json_tree(b'{"a": [1, true, null, "x", {"b": 1e3}]}', "x.json")
    first, second, third, fourth, fifth = tree["a"].items
    assert (first.text, second.text, third.value, fourth.text) == ("1", "true", None, "x")
    assert fifth["b"].text == "1e3"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a":\n 1,}', "x.json:2:4: is no JSON"),
        (b"\xff\xfe\xfa", "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b"1" * 5000, "too long"),
    ],
)
def test_what_is_no_json_is_named(data, words):
    assert words in refusal(parse_json, data)


def test_a_tree_has_no_key_twice_and_is_not_too_deep():
    assert "'a' stands twice" in refusal(json_tree, b'{"a": 1, "a": 2}')
    assert "nested too deeply" in refusal(json_tree, b"[" * 50 + b"]" * 50)
