"""A scenario that is written reads back as the same, with its sources as comments."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path as FilePath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impactcalc.domain.sourced import Sourced
from impactcalc.intake.document import Document, Node, Path, mapping, sequence, text, walk
from impactcalc.intake.scenario_file import read_scenario, to_scenario, write_scenario
from impactcalc.intake.yaml_tree import parse_yaml

DATA = FilePath(__file__).parents[2] / "data"
FILES = [DATA / "every-key.yaml", *sorted((DATA / "reference").glob("r*.yaml"))]
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)


def _without_sources(value: object) -> object:
    """Take the sources out of a domain value, whatever it holds."""
    if isinstance(value, Sourced):
        return _without_sources(value.value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        names = [name for name in value._fields if name not in {"source", "line", "column"}]
        return {name: _without_sources(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: _without_sources(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_without_sources(one) for one in value]
    return value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_written_scenario_reads_back_as_the_same(file):
    document = read_scenario(file.read_bytes(), "a.yaml")
    again = read_scenario(write_scenario(document).encode(), "b.yaml")
    first, second = (
        to_scenario(one, now=NOW, as_of=None, file="a.yaml", digest="") for one in (document, again)
    )
    assert _without_sources(first._replace(assumptions=())) == _without_sources(
        second._replace(assumptions=())
    )


def test_writing_twice_changes_nothing_but_the_sources():
    document = read_scenario(FILES[0].read_bytes(), "a.yaml")
    once = write_scenario(document)
    twice = write_scenario(read_scenario(once.encode(), "a.yaml"))
    assert [line.split("  # ")[0] for line in once.splitlines()] == [
        line.split("  # ")[0] for line in twice.splitlines()
    ]


def test_sources_and_the_words_of_a_text_stand_as_comments():
    stage = mapping(
        {
            "window": text("4 h to 24 h", "line 57", as_written="(4-24 hours)"),
            "name": text("Short-term", "line 57"),
            "actions": sequence([text("Repair: WAL", "line 58"), text("NO", "line 59")], "line 58"),
            "after": sequence([], "line 57"),
        },
        "line 57",
    )
    tree = mapping(
        {
            "recovery": mapping({"stages": sequence([stage], "line 57")}, "line 57"),
            "incident": mapping(
                {"customer": text('"A" #1', "line 4\n"), "id": text("007", "")}, "line 4"
            ),
        },
        "case.txt",
    )
    assert write_scenario(tree).splitlines() == [
        "impactcalc: 1",
        "incident:",
        '  id: "007"',
        '  customer: "\\"A\\" #1"  # line 4?',
        "recovery:",
        "  stages:",
        "    - name: Short-term  # line 57",
        "      window: 4 h to 24 h  # line 57: (4-24 hours)",
        "      after: []",
        "      actions:",
        '        - "Repair: WAL"  # line 58',
        '        - "NO"  # line 59',
    ]


def test_the_newest_dated_line_becomes_the_forecasts_moment():
    incident = mapping({"started": text("2026-01-22", "line 3")}, "line 3")
    tree = mapping({"incident": incident}, "case.txt")
    moments = (
        text("2026-01-24", "line 9"),
        text("2026-01-25T08:00+01:00", "line 8"),
        text("soon", "line 7"),
        text("2027-01-01", "line 6"),
    )
    written = write_scenario(Document(tree, moments=moments), now=NOW)
    assert "  as_of: 2026-01-25T08:00+01:00  # line 8" in written
    stated = tree.replaced(("incident", "as_of"), text("2026-01-23", "line 2"))
    assert "2026-01-25" not in write_scenario(Document(stated, moments=moments))
    newer = tree.replaced(("incident", "started"), text("2026-01-26", "line 2"))
    assert "as_of" not in write_scenario(Document(newer, moments=moments), now=NOW)


def under_way(**fields):
    stage = {"name": "Repair", "duration": "history(all)", "status": "in_progress"} | fields
    stages = sequence([mapping({key: text(v, "line 7") for key, v in stage.items()}, "")], "")
    incident = mapping({"started": text("2026-01-22", "line 3")}, "line 3")
    return mapping({"incident": incident, "recovery": mapping({"stages": stages}, "")}, "case.txt")


def test_a_stage_under_way_of_unknown_age_keeps_when_it_was_seen():
    seen = text("2026-01-24T09:30Z", "line 8")
    written = write_scenario(Document(under_way(), moments=(seen,)), now=NOW)
    assert "      seen: 2026-01-24T09:30:00+00:00  # line 7" in written.splitlines()
    # a later forecast does not move it
    later = read_scenario(f"{written}sla: {{target: 99%}}\n".encode(), "a.yaml")
    moment = datetime(2026, 2, 1, tzinfo=UTC)
    (stage,) = to_scenario(later, now=NOW, as_of=moment, file="", digest="").recovery.stages
    assert stage.seen.value.latest == datetime(2026, 1, 24, 9, 30, tzinfo=UTC)
    stated = under_way().replaced(("incident", "as_of"), text("2026-01-25T10:00Z", "line 2"))
    assert "seen: 2026-01-25T10:00Z" in write_scenario(stated)


@pytest.mark.parametrize(
    "told",
    [
        {"elapsed": "3 h"},
        {"seen": "2026-01-23T10:00Z"},
        {"window": "1 h to 2 h"},
        {"status": "not_started"},
        {"status": "done"},
    ],
)
def test_a_stage_whose_age_is_told_or_irrelevant_gets_no_sighting(told):
    written = write_scenario(under_way(**told), now=NOW)
    assert written.count("seen:") == ("seen" in told)
    assert "2026-01-22T12" not in written


def test_without_any_moment_no_sighting_is_made_up():
    tree = under_way().replaced(("incident", "started"), None)
    assert "seen:" not in write_scenario(tree, now=NOW)


def test_an_empty_mapping_and_lists_in_lists_are_written_whole():
    tree = mapping(
        {
            "incident": mapping({}, ""),
            "what_if": sequence(
                [mapping({}, ""), mapping({"set": mapping({"a": text("b", "")}, "")}, "")], ""
            ),
        },
        "",
    )
    assert _same(tree, parse_yaml(write_scenario(tree).encode(), "a.yaml"))


def _same(one: Node, other: Node) -> bool:
    def plain(tree: Node) -> dict[Path, str | None]:
        return {path: node.text for path, node in walk(tree) if path != ("impactcalc",)}

    return plain(one) == plain(other)


SCALARS = st.text(max_size=30).filter(lambda value: value.isprintable() or "\n" in value)


@given(SCALARS, st.lists(SCALARS, max_size=3))
@example("yes", ["0x1F", "1e5", "4:30", "017", "~", "- a", "a: b", "a #b", "'", '"', "\\"])
@example("\N{LINE SEPARATOR}", ["\x85", "\t", "é", "\N{GRINNING FACE}", " a", "a "])
@example("", [""])
def test_any_text_is_written_so_that_it_reads_back(scalar, items):
    tree = mapping(
        {
            "incident": mapping({"customer": text(scalar, "line 1")}, ""),
            "observations": sequence([text(item, "line 2") for item in items], ""),
        },
        "",
    )
    again = parse_yaml(write_scenario(tree).encode(), "a.yaml")
    found = again.at(("incident", "customer"))
    assert found is not None
    assert found.text == scalar
    assert [item.text for item in again["observations"].items] == items
