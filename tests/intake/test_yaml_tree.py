"""YAML is read as text with exact places; everything that is more than plain is refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Node, walk
from impactcalc.intake.yaml_tree import MOST_PROBLEMS, MOST_VALUES, parse_yaml


def _refusals(data: bytes | str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_yaml(data.encode() if isinstance(data, str) else data, "x/case.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_every_scalar_is_text_and_has_its_place():
    tree = parse_yaml(
        b"a: NO\nb:\n  - 4:30\n  - 010\nc: {d: 2024-01-22, 'e f': .nan}\n", "x/c.yaml"
    )
    found = [
        (node.text, node.line, node.column, node.key_line, node.key_column, node.source)
        for _, node in walk(tree)
        if node.text is not None
    ]
    assert found == [
        ("NO", 1, 4, 1, 1, "c.yaml:1"),
        ("4:30", 3, 5, 0, 0, "c.yaml:3"),
        ("010", 4, 5, 0, 0, "c.yaml:4"),
        ("2024-01-22", 5, 8, 5, 5, "c.yaml:5"),
        (".nan", 5, 27, 5, 20, "c.yaml:5"),
    ]


def test_a_key_without_a_value_is_nothing_but_quotes_are_text():
    tree = parse_yaml(b"a:\nb: ''\nc: ~\n", "c.yaml")
    assert (tree["a"].value, tree["b"].value, tree["c"].value) == (None, "", "~")


@pytest.mark.parametrize("data", ["a: 1\r\nb: 2\r\n", "\N{BYTE ORDER MARK}a: 1\nb: 2"])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(data):
    tree = parse_yaml(data.encode(), "c.yaml")
    assert (tree["a"].text, tree["b"].text, tree["b"].line) == ("1", "2", 2)


def test_utf_16_is_read_by_its_byte_order_mark():
    assert parse_yaml("a: é".encode("utf-16"), "c.yaml")["a"].text == "é"


def test_unicode_line_separators_are_no_lines():
    tree = parse_yaml("a: x\N{LINE SEPARATOR}y\nb: 1\n".encode(), "c.yaml")
    assert (tree["a"].text, tree["b"].line) == ("x y", 2)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "x/case.yaml:1: the scenario is empty; write at least"),
        ("# nothing\n", "the scenario is empty"),
        ("---\n...\n", "the scenario is empty"),
        ("- a\n- b\n", "x/case.yaml:1:1: the top is a list"),
        ("text\n", "x/case.yaml:1:1: the top is text"),
        ("a: 1\n\tb: 2\n", "x/case.yaml:2:1: tab; indent with spaces, YAML allows no tab"),
        ("a:\n  \tb: 2\n", "x/case.yaml:2:3: tab"),
        ("a: 1\na: 2\n", "x/case.yaml:2:1: duplicate key 'a', first on line 1"),
        ("x: {a: 1, a: 2}\n", "x/case.yaml:1:11: duplicate key 'a'"),
        ("a: &x 1\n", "x/case.yaml:1:4: anchor '&x' is not allowed"),
        ("a: 1\nb: {<<: 2}\n", "x/case.yaml:2:5: merge key '<<' is not allowed"),
        ("a: 1\nb: !!int 2\n", "x/case.yaml:2:4: tag 'tag:yaml.org,2002:int' is not allowed"),
        ("a: ! 2\n", "x/case.yaml:1:4: tag '!' is not allowed"),
        ("a: !!python/object/apply:os.system [x]\n", "x/case.yaml:1:4: tag"),
        ("? [1]\n: 2\n", "x/case.yaml:1:3: a key must be text"),
        ("{a: 1}: 2\n", "x/case.yaml:1:1: a key must be text"),
        ("a: 1\n---\nb: 2\n", "x/case.yaml:2:1: a second document begins here"),
        ("a: 1\nb\n", "x/case.yaml:3:1: is no YAML: a key without its colon"),
        ("a: b: c\n", "x/case.yaml:1:5: is no YAML: a colon where none can stand"),
        ("a:\n  - b\n - c\n", "x/case.yaml:3:2: is no YAML: the indentation does not fit"),
        ("a: [1, 2\nb: 3\n", "is no YAML: a bracket is not closed, or a comma is missing"),
        ("a: 'x\nb: 1\n", "(it begins on line 1); close it"),
        ("a: @x\n", "x/case.yaml:1:4: is no YAML: a character that cannot begin a value"),
        ("a: *\n", "is no YAML: a name is missing after & or *"),
        ('a: "\\q"\n', "is no YAML: a backslash that means nothing"),
        ("a: %x\n", "cannot begin a value"),
        ("%FOO\n", "is no YAML"),
        ("a: 1\n\x01b: 2\n", "x/case.yaml:2:1: control character U+0001; delete it"),
        ("a: x\x7fy\n", "x/case.yaml:1:5: control character U+007F"),
        ("a: |\n  x\n\ty\n", "x/case.yaml:3:1: tab"),
        (b"a: \xe9\n", "x/case.yaml:1: is not UTF-8: byte 0xe9; save the file as UTF-8"),
        (b"a: 1\nb: \0\n", "x/case.yaml:2: is no text: it holds a NUL byte"),
        (b"\xff\xfe\x00", "is not UTF-8"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_at_its_place(data, words):
    assert words in "\n".join(_refusals(data))


def test_an_alias_is_refused_with_its_anchor():
    assert _refusals("a: &x 1\nb: *x\n") == [
        "x/case.yaml:1:4: anchor '&x' is not allowed; write values out",
        "x/case.yaml:2:4: alias '*x' is not allowed; write the value out",
    ]


def test_a_billion_laughs_are_cut_short():
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 12)]
    refused = _refusals("\n".join(lines))
    assert len(refused) == MOST_PROBLEMS
    assert "x/case.yaml:1:5: anchor '&a0'" in refused[0]


@pytest.mark.parametrize(
    "data",
    [
        "a: " + "[" * 200_000,
        "a: " + "{a: " * 1000,
        "".join(" " * depth + "a:\n" for depth in range(1000)),
        "a:\n" + "- " * 30 + "x\n",
    ],
)
def test_deep_nesting_is_refused_before_it_costs(data):
    assert "nested more than 24 levels deep" in "\n".join(_refusals(data))


def test_a_very_large_file_is_refused_unread():
    assert _refusals(b" " * 2_000_001)[0].startswith("x/case.yaml:1: is too large: 2.0 MB")


def test_too_many_values_are_refused():
    data = "a: [" + "1, " * MOST_VALUES + "1]\n"
    assert "more than 200,000 values" in _refusals(data)[-1]


def test_without_libyaml_the_same_tree_is_read(monkeypatch):
    import yaml

    monkeypatch.delattr(yaml, "CBaseLoader")
    assert parse_yaml(b"a: [1, {b: 2}]\n", "c.yaml")["a"].items[1]["b"].line == 1


def test_a_fault_without_a_place_is_named_at_the_top(monkeypatch):
    import yaml

    def fail(*_args: object) -> object:
        raise yaml.YAMLError("odd")

    monkeypatch.setattr(yaml, "parse", fail)
    assert _refusals("a: 1") == ["x/case.yaml:1:1: is no YAML: odd"]


def _try(data: bytes) -> tuple[Node | None, tuple[Problem, ...]]:
    try:
        return parse_yaml(data, "c.yaml"), ()
    except InputError as error:
        return None, error.problems


@given(st.text(max_size=200))
@example("")
@example("a: '\ud800'")
@example("? ")
@example("- ")
@example("a: \t1")
@example("a: !<tag:x> 1")
def test_any_text_is_a_tree_or_problems_with_lines(text):
    tree, problems = _try(text.encode("utf-8", "surrogatepass"))
    assert all(problem.line >= 1 and problem.file for problem in problems)
    if tree is None:
        assert problems
    else:
        assert tree.kind == "a mapping"
        assert all(node.line >= 1 for _, node in walk(tree))


@given(st.binary(max_size=100))
def test_any_bytes_are_a_tree_or_problems_with_lines(data):
    tree, problems = _try(data)
    assert (tree is None) == bool(problems)
    assert all(problem.line >= 1 for problem in problems)
