"""Whatever stands in a scenario: it loads, or every problem has a line inside the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.sourced import Sourced
from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Document, Node, Path, mapping, sequence, text, walk
from impactcalc.intake.scenario_file import read_scenario, to_scenario, write_scenario
from impactcalc.intake.scenario_file.mapper import problems_of
from impactcalc.intake.scenario_file.shape import shape_problems
from impactcalc.intake.yaml_tree import parse_yaml

if TYPE_CHECKING:
    from impactcalc.domain.scenario import Scenario

DATA = FilePath(__file__).parents[2] / "data"
EVERY_KEY = (DATA / "every-key.yaml").read_text(encoding="utf-8")
LINES = EVERY_KEY.count("\n")
TREE = parse_yaml(EVERY_KEY.encode(), "a.yaml")
PATHS = [path for path, _ in walk(TREE) if path]
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)

WORDS = """1|0|-1|99.9|100%|130%|2 h|nan|.inf|1e309|NO|yes|~|5 USD|75 K EUR/day|2024-01-22|017
2024-02-30|0 h to 4 h|4 h to 0 h|pert(1 h, 2 h, 4 h)|prt(1)|history(all)|Immediate|threshold 5%
lost|2024-01-22T09:00|9999-12-31|[1]|month|30 d|Europe/Berlin|Long.term|"""
SCALARS = st.one_of(st.sampled_from(WORDS.replace("\n", "|").split("|")), st.text(max_size=20))
LEAVES = SCALARS.map(lambda one: text(one, "a.yaml:1", line=1, column=1))
JUNK = st.recursive(
    st.one_of(LEAVES, st.just(Node(None))),
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(lambda items: sequence(items, "a.yaml:1", line=1)),
        st.dictionaries(st.sampled_from(["name", "below", "x", "at"]), below, max_size=3).map(
            lambda fields: mapping(fields, "a.yaml:1", line=1)
        ),
    ),
    max_leaves=4,
)


def _placed(node: Node, old: Node) -> Node:
    """Give junk the place of what it replaces."""
    value = node.value
    if isinstance(value, tuple):
        value = tuple(_placed(item, old) for item in value)
    elif not isinstance(value, str | None):
        value = {key: _placed(item, old) for key, item in value.items()}
    places = (old.line, old.column, old.key_line or old.line, old.key_column or old.column)
    return Node(value, old.source, *places)


def _mutated(path: Path, junk: Node) -> Node:
    old = TREE.at(path)
    assert old is not None
    return TREE.replaced(path, _placed(junk, old))


def _scenario(tree: Node) -> tuple[Scenario | None, tuple[Problem, ...]]:
    try:
        found = to_scenario(Document(tree), now=NOW, as_of=None, file="a.yaml", digest="")
    except InputError as error:
        return None, error.problems
    return found, ()


@given(st.sampled_from(PATHS), JUNK)
def test_junk_at_any_place_loads_or_is_named_with_its_line(path, junk):
    tree = _mutated(path, junk)
    scenario, problems = _scenario(tree)
    assert (scenario is None) == bool(problems)
    for problem in (
        *problems,
        *shape_problems(tree, "a.yaml"),
        *problems_of(tree, now=NOW, file=""),
    ):
        assert 1 <= problem.line <= LINES
        assert problem.message


@given(st.sampled_from(PATHS))
def test_a_key_that_is_left_out_loads_or_is_named(path):
    scenario, problems = _scenario(TREE.replaced(path, None))
    assert (scenario is None) == bool(problems)


@given(st.sampled_from(PATHS), SCALARS)
def test_what_loads_is_written_and_loads_again(path, junk):
    tree = _mutated(path, text(junk, "a.yaml:1"))
    scenario, _ = _scenario(tree)
    if scenario is None or shape_problems(tree, "a.yaml"):
        return
    again = read_scenario(write_scenario(tree).encode(), "b.yaml")
    second, problems = _scenario(again.tree)
    assert problems == ()
    assert second is not None
    assert second.recovery.dependence.value == scenario.recovery.dependence.value
    assert [stage.name for stage in second.recovery.stages] == [
        stage.name for stage in scenario.recovery.stages
    ]


@given(st.lists(st.integers(0, LINES - 1), max_size=3), st.text(max_size=10))
def test_a_text_with_junk_lines_loads_or_is_named_with_its_line(numbers, junk):
    lines = EVERY_KEY.splitlines()
    for number in numbers:
        lines[number] = lines[number][: len(lines[number]) // 2] + junk
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    try:
        tree = read_scenario(data, "a.yaml").tree
        problems = _scenario(tree)[1]
    except InputError as error:
        problems = error.problems
    assert all(problem.line >= 1 or not problem.file for problem in problems)


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in _leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    return [value]


def test_every_leaf_of_the_figures_has_a_source(read):
    leaves = _leaves(read(EVERY_KEY).figures)
    assert len(leaves) > 100
    for leaf in leaves:
        assert isinstance(leaf, Sourced)
        assert leaf.source
        assert isinstance(leaf.value, str | int)


def test_a_plan_of_very_many_stages_is_read(base, read):
    count = 2000
    stages = "".join(
        f"    - {{name: s{n}, duration: 1 h, restores: 0.05%}}\n" for n in range(count)
    )
    yaml = base.split("    - name")[0] + stages + "business: {revenue_at_risk: 1 USD/day}\n"
    assert len(read(yaml).recovery.stages) == count
