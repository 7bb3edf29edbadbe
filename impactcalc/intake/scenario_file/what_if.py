"""The what_if list: checked by what its actions would make of the scenario, computed later."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from impactcalc.domain.quantity import Dimension
from impactcalc.errors import Problem
from impactcalc.intake.document import Node
from impactcalc.intake.quantities import parse_quantity, parse_share
from impactcalc.intake.scenario_file.section import Section, nearest
from impactcalc.intake.scenario_file.settings import resolve, set_value
from impactcalc.units.duration import parse_duration
from impactcalc.units.number import parse_number

_MOST_WORK = 50_000  # stages x actions whose values are tried out in full
_money = partial(parse_quantity, dimension=Dimension.MONEY)

Try = Callable[[Node], list[Problem]]
"""Problems of a tree."""


def check_what_if(root: Section, problems_of: Try) -> None:
    """Check the list.

    Parameters
    ----------
    root
        The whole scenario.
    problems_of
        Tries a changed tree.
    """
    actions = root.sections("what_if", named=True)
    if not root.has("what_if"):
        return
    base = root.node.replaced(("what_if",), None)
    names = _stage_names(base)
    deep = (len(names) + 1) * len(actions) <= _MOST_WORK and not root.findings.problems
    for action in actions:
        _check_action(action, base, names)
        if deep:
            _try_out(action, base, problems_of)
    if not deep and not root.findings.problems:
        root.caution("what_if", "is too long for its values to be tried out")
    root.not_yet("what_if", "the list of comparisons is empty")


def _stage_names(tree: Node) -> list[str]:
    """Return the names of the plan's stages."""
    stages = tree.at(("recovery", "stages"))
    found = [item.get("name") for item in stages.items] if stages is not None else []
    return [node.text.strip() for node in found if node is not None and node.text]


def _check_action(action: Section, base: Node, names: list[str]) -> None:
    """Check one action's own keys."""
    action.require("name", "Second repair team")
    action.read("cost", _money)
    action.read("credit", _money)
    for path, node, label in _pairs(action, "scale"):
        _check_path(action, base, path, node, label)
        action.read_node(label, node, _factor)
    for path, node, label in _pairs(action, "set"):
        _check_path(action, base, path, node, label)
    for name, node, label in _pairs(action, "delay"):
        _check_name(action, name, node, label, names, at_key=True)
        action.read_node(label, node, parse_duration)
    for item in action.items_of("remove"):
        _check_name(action, item.text or "", item, action.label_of("remove"), names)
    for stage in action.sections("add", named=True):
        stage.require("name", "Review")
        stage.read("restores", parse_share)


def _pairs(action: Section, key: str) -> list[tuple[str, Node, str]]:
    """Return key, node and label of a mapping of scalars."""
    part = action.section(key)
    if part is None:
        return []
    pairs = []
    for name, node in part.node.fields.items():
        label = f"{part.label}.{name}"
        if node.text is None:
            action.findings.problem(label, node, f"is {node.kind}; one value is wanted")
        else:
            pairs.append((name, node, label))
    return pairs


def _factor(text: str) -> object:
    """Read a factor of 0 or more."""
    factor = parse_number(text)
    if factor < 0:
        raise ValueError(f"'{text}' is negative; write a factor of 0 or more, e.g. 0.6")
    return factor


def _check_path(action: Section, base: Node, path: str, node: Node, label: str) -> None:
    """Refuse an unknown path, at its key."""
    try:
        resolve(base, path)
    except ValueError as error:
        action.findings.problem(label, node, str(error), at_key=True)


def _check_name(  # noqa: PLR0913 - a place, a name and what is known
    action: Section, name: str, node: Node, label: str, names: list[str], *, at_key: bool = False
) -> None:
    """Refuse the name of a stage that does not exist."""
    if name.strip() not in names:
        near = nearest(name, names)
        hint = f"did you mean '{near}'?" if near else "write the name of a stage"
        what = f"no stage is called '{name}'; {hint}"
        action.findings.problem(label, node, what, at_key=at_key)


def _try_out(action: Section, base: Node, problems_of: Try) -> None:
    """Name what would be wrong with the changed scenario."""
    known = set(problems_of(base))
    for path, node, label in _pairs(action, "set"):
        try:
            changed = set_value(base, path, node)
        except ValueError:
            continue  # named already
        _pass_on(action, label, node, set(problems_of(changed)) - known)
    added = action.node.get("add")
    if added is not None and added.items:
        stages = base.at(("recovery", "stages"))
        items = (*(stages.items if stages else ()), *map(_without_share, added.items))
        changed = base.replaced(("recovery", "stages"), Node(items, added.source))
        _pass_on(action, action.label_of("add"), added, set(problems_of(changed)) - known)


def _without_share(stage: Node) -> Node:
    """Return an added stage without its share: shares are divided anew."""
    return stage.replaced(("restores",), None) if stage.kind == "a mapping" else stage


def _pass_on(action: Section, label: str, node: Node, problems: set[Problem]) -> None:
    """Name problems at the action: at their own place when they are the action's values."""
    for problem in sorted(problems, key=lambda one: (one.line, one.column)):
        own = problem.line >= action.node.line and problem.line > 0
        if own:
            action.findings.problems.append(problem)
        else:
            action.findings.problem(label, node, f"with this value, {problem.message}")
