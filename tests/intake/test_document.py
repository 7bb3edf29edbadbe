"""The tree both doors share: lookups, changes, and the order of a walk."""

from __future__ import annotations

import pytest

from impactcalc.intake.document import Document, Node, dotted, mapping, sequence, text, walk


def _tree() -> Node:
    stages = [
        mapping({"name": text(name, f"line {n}", line=n)}, f"line {n}", line=n)
        for n, name in enumerate(("one", "two"), 5)
    ]
    recovery = mapping({"stages": sequence(stages, "line 5", line=5)}, "line 4", line=4)
    return mapping({"recovery": recovery, "sla": Node(None)}, "line 1", line=1)


def test_a_path_of_keys_and_numbers_finds_a_node():
    tree = _tree()
    found = tree.at(("recovery", "stages", 1, "name"))
    assert found is not None
    assert (found.text, found.source, found.line) == ("two", "line 6", 6)


@pytest.mark.parametrize(
    "path",
    [("business",), ("recovery", "stages", 7), ("business", "users"), ("recovery", "stages", 0, 0)],
)
def test_a_path_that_leads_nowhere_finds_nothing(path):
    assert _tree().at(path) is None


def test_a_key_without_a_value_is_there_but_gets_nothing():
    tree = _tree()
    assert "sla" in tree
    assert tree.get("sla") is None
    assert tree["sla"].kind == "nothing"


def test_the_kinds_are_named_in_words():
    tree = _tree()
    kinds = [tree.kind, tree["recovery"]["stages"].kind, text("x", "").kind]
    assert kinds == ["a mapping", "a list", "text"]
    assert tree.text is None
    assert text("x", "").items == ()
    assert not text("x", "").fields


def test_replacing_changes_a_copy_and_makes_missing_mappings():
    tree = _tree()
    changed = tree.replaced(("business", "users"), text("5", "--set"))
    assert changed["business"]["users"].text == "5"
    assert "business" not in tree


def test_replacing_by_nothing_removes_keys_and_items():
    tree = _tree().replaced(("recovery", "stages", 0), None).replaced(("sla",), None)
    assert [item["name"].text for item in tree["recovery"]["stages"].items] == ["two"]
    assert "sla" not in tree
    assert tree.replaced((), None) == tree


def test_a_value_inside_a_list_is_replaced():
    tree = _tree().replaced(("recovery", "stages", 1, "name"), text("three", "--set"))
    assert [item["name"].text for item in tree["recovery"]["stages"].items] == ["one", "three"]


def test_a_walk_goes_in_the_order_of_writing_with_paths_for_people():
    paths = [dotted(path) for path, _ in walk(_tree())]
    assert paths == [
        "",
        "recovery",
        "recovery.stages",
        "recovery.stages.1",
        "recovery.stages.1.name",
        "recovery.stages.2",
        "recovery.stages.2.name",
        "sla",
    ]


def test_a_mapping_cannot_be_changed_in_place():
    with pytest.raises(TypeError):
        _tree().fields["sla"] = text("x", "")  # type: ignore[index]


def test_a_document_has_nothing_to_say_of_its_own():
    document = Document(_tree())
    assert (document.assumptions, document.cautions, document.moments) == ((), (), ())
