"""Machines' numbers are exact; what is no number is told apart or refused."""

from fractions import Fraction

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.foreign_json import Complaints, Item, instant_of
from impactcalc.intake.machine_number import parse_machine_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("29063", 29063), ("-1", -1), ("1.26e+05", 126000), ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)), ("5.", 5), ("+Inf", "+Inf"), ("-inf", "-Inf"), ("NaN", "NaN"),
    ],
)  # fmt: skip
def test_a_number_is_exact(text, value):
    assert parse_machine_number(text) == value


@pytest.mark.parametrize("text", ["", "1_0", "1e9999", "0x1", "１", "9" * 61 + ".0", "1,5"])  # noqa: RUF001
def test_everything_else_is_refused(text):
    with pytest.raises(ValueError, match="no number"):
        parse_machine_number(text)


def test_an_instant_may_be_a_number_of_any_form_or_iso():
    assert instant_of("1.7058816e+09") == instant_of("1705881600") == 1_705_881_600 * 10**9
    assert instant_of("1705881600123") == instant_of("1705881600.123")
    assert instant_of("2024-01-22T00:00:00Z") == 1_705_881_600 * 10**9
    for text in ("NaN", "-5", "yesterday"):
        with pytest.raises(ValueError, match="is no time"):
            instant_of(text)


def test_problems_name_their_path_and_are_not_endless():
    complaints = Complaints("x.json")
    root = Item({"a": 5, "b": [1, {"c": None}], "d": {}}, "", complaints)
    assert not list(root.items("a"))
    for item in root.items("b"):
        item.read("c", str)
    root.read("d", int)
    root.read("a", lambda text: instant_of(f"-{text}"))
    assert [str(problem).split(": ")[1] for problem in complaints.problems] == [
        "a", "b[0]", "b[1].c", "d", "a",
    ]  # fmt: skip
    for _ in range(30):
        root.refuse("", "again")
    with pytest.raises(InputError) as caught:
        complaints.finish()
    assert len(caught.value.problems) == 21
    assert "15 further problems" in str(caught.value)
