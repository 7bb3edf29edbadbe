"""The what_if list: checked by what its actions would make of the scenario, then read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from impactcalc.domain.quantity import Dimension
from impactcalc.intake.document import Node, walk
from impactcalc.intake.moments import parse_moment
from impactcalc.intake.quantities import parse_quantity, parse_share
from impactcalc.intake.scenario_file.changes import changed_tree, factor, is_pace, scaled
from impactcalc.intake.scenario_file.section import Section, nearest
from impactcalc.intake.scenario_file.settings import resolve, set_value
from impactcalc.named import NamedTuple
from impactcalc.units.duration import parse_duration

if TYPE_CHECKING:
    from impactcalc.domain.scenario import Scenario
    from impactcalc.errors import Problem

_STAGE_DEPTH = 3  # recovery.stages.NAME
_MOST_WORK = 50_000  # stages x actions whose values are tried out in full
_money = partial(parse_quantity, dimension=Dimension.MONEY)


class Mapped(Protocol):
    """A mapping of a changed tree."""

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with it."""
        ...

    def scenario(self, digest: str) -> Scenario:
        """Put the scenario together; there is no problem by then."""
        ...


MapTree = Callable[[Node], Mapped]
"""Maps a changed tree."""


class Entry(NamedTuple):
    """One action of the list and what its changes make of the scenario.

    ``mapped`` None: not tried out, because the list is too long or something is wrong already.
    """

    action: Section
    tree: Node
    mapped: Mapped | None


def check_what_if(root: Section, map_tree: MapTree) -> list[Entry]:
    """Check the list.

    Parameters
    ----------
    root
        The whole scenario.
    map_tree
        Maps a changed tree.
    """
    actions = root.sections("what_if", named=True)
    if not actions:
        return []
    base = root.node.replaced(("what_if",), None)
    names = _stage_names(base)
    deep = (len(names) + 1) * len(actions) <= _MOST_WORK and not root.findings.problems
    for action in actions:
        _check_action(action, base, names)
    _refuse_same_names(actions)
    entries = []
    for action in actions:
        tree = changed_tree(base, action.node)
        mapped = map_tree(tree) if deep else None
        if mapped is not None and mapped.problems:
            _name_culprits(action, base, mapped, map_tree)
        entries.append(Entry(action, tree, mapped))
    if not deep and not root.findings.problems:
        root.caution("what_if", "is too long for its values to be tried out")
    return entries


def _refuse_same_names(actions: list[Section]) -> None:
    """Refuse two actions of one name."""
    first: dict[str, int] = {}
    for action in actions:
        name = action.node.get("name")
        if name is None or name.text is None:
            continue
        line = first.setdefault(name.text.strip(), name.line)
        if line != name.line:
            what = f"'{name.text.strip()}' is used twice (first on line {line}); name each once"
            action.problem("name", what)


def _stage_names(tree: Node) -> list[str]:
    """Return the names of the plan's stages."""
    stages = tree.at(("recovery", "stages"))
    found = [item.get("name") for item in stages.items] if stages is not None else []
    return [node.text.strip() for node in found if node is not None and node.text]


def _check_action(action: Section, base: Node, names: list[str]) -> None:
    """Check one action's own keys."""
    action.require("name", "Second repair team")
    called = action.text_of("name")
    if called is not None and not (called.text or "").strip():
        action.problem("name", "is empty; write e.g. name: Second repair team")
    action.read("cost", _money)
    action.read("credit", _money)
    for path, node, label in _pairs(action, "scale"):
        if _known_path(action, base, path, node, label):
            _check_scale(action, base, path, node, label)
    for path, node, label in _pairs(action, "set", scalar=False):
        _known_path(action, base, path, node, label)
    for name, node, label in _pairs(action, "delay"):
        _check_name(action, name, node, label, names, at_key=True)
        action.read_node(label, node, parse_duration)
    for item in action.items_of("remove"):
        _check_name(action, item.text or "", item, action.label_of("remove"), names)
    _check_contradictions(action, base, names)
    _check_relief(action, names)
    _check_outage(action)
    shares = []
    for stage in action.sections("add", named=True):
        stage.require("name", "Review")
        share = stage.read("restores", parse_share)
        shares += [share.value] if share is not None else []
    if sum(shares) > 1:
        action.problem("add", "the added stages restore more than 100% together; mend their shares")


def _check_contradictions(action: Section, base: Node, names: list[str]) -> None:
    """Refuse both a window and a duration; warn of a stage that is both removed and changed."""
    removed = {(item.text or "").strip() for item in action.items_of("remove")}
    lengths: dict[object, str] = {}
    for key in ("set", "scale"):
        for path, node, label in _pairs(action, key, scalar=key != "set"):
            try:
                found, _ = resolve(base, path)
            except ValueError:
                continue  # named already
            if found[:2] != ("recovery", "stages") or len(found) <= _STAGE_DEPTH:
                continue
            number, part = int(found[2]), found[3]
            name = names[number] if number < len(names) else ""
            if name in removed:
                action.findings.caution(label, node, _removed(name))
            if key == "set" and part in ("window", "duration"):
                other = lengths.setdefault(number, str(part))
                if other != part:
                    what = f"{other} of '{name}' is set, too; keep one of them"
                    action.findings.problem(label, node, what, at_key=True)
    for name, node, label in _pairs(action, "delay"):
        if name.strip() in removed:
            action.findings.caution(label, node, _removed(name))


def _removed(name: str) -> str:
    """Say that a change of a stage that is left out changes nothing."""
    return f"changes nothing, for '{name}' is removed by the same action; keep one of the two"


def _check_relief(action: Section, names: list[str]) -> None:
    """Check what is saved meanwhile."""
    relief = action.section("relief")
    if relief is None:
        return
    relief.require("share", "25%")
    relief.read("share", parse_share)
    relief.read("ready", parse_duration)
    needs = relief.text_of("needs")
    if needs is not None:
        _check_name(action, needs.text or "", needs, relief.label_of("needs"), names)


def _check_outage(action: Section) -> None:
    """Check a planned outage."""
    outage = action.section("outage")
    if outage is None:
        return
    outage.require("lasts", "15 min")
    outage.read("lasts", parse_duration)
    at = outage.read("at", parse_moment)
    if at is not None and not at.value.exact:
        outage.problem("at", f"'{at.text}' is a whole day; write it with its time")


def _pairs(action: Section, key: str, *, scalar: bool = True) -> list[tuple[str, Node, str]]:
    """Return key, node and label of a mapping; `scalar` refuses all but single values."""
    part = action.section(key)
    if part is None:
        return []
    pairs = []
    for name, node in part.node.fields.items():
        label = f"{part.label}.{name}"
        if node.value is None or (scalar and node.text is None):
            action.findings.problem(label, node, f"is {node.kind}; one value is wanted")
        else:
            pairs.append((name, node, label))
    return pairs


def _known_path(action: Section, base: Node, path: str, node: Node, label: str) -> bool:
    """Refuse an unknown path, at its key."""
    try:
        resolve(base, path)
    except ValueError as error:
        action.findings.problem(label, node, str(error), at_key=True)
        return False
    return True


def _check_scale(action: Section, base: Node, path: str, node: Node, label: str) -> None:
    """Refuse a factor that is none, and a path whose value cannot be scaled."""
    if action.read_node(label, node, factor) is None or is_pace(base, path):
        return
    try:
        scaled(base, path, node)
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


def _name_culprits(action: Section, base: Node, mapped: Mapped, map_tree: MapTree) -> None:
    """Name what would be wrong with the changed scenario, at the change that makes it so."""
    left = set(mapped.problems)
    for key, change in (("set", set_value), ("scale", scaled)):
        for path, node, label in _pairs(action, key, scalar=key != "set"):
            try:
                changed = change(base, path, node)
            except ValueError:
                continue  # named already
            wrong = set(map_tree(changed).problems)
            _pass_on(action, label, node, wrong)
            left -= wrong
    added = action.node.get("add")
    if left and added is not None:
        alone = Node({"add": added}, added.source)
        wrong = set(map_tree(changed_tree(base, alone)).problems)
        _pass_on(action, action.label_of("add"), added, wrong)
        left -= wrong
    _pass_on(action, action.label, action.node, left)


def _pass_on(action: Section, label: str, node: Node, problems: set[Problem]) -> None:
    """Name problems at the action: at their own place when they are the action's values."""
    last = max(part.line for _, part in walk(action.node))
    for problem in sorted(problems, key=lambda one: (one.line, one.column)):
        own = 0 < action.node.line <= problem.line <= last
        if own:
            named = problem.message.startswith(action.label)
            message = problem.message if named else f"{action.label}: {problem.message}"
            action.findings.problems.append(replace(problem, message=message))
        else:
            action.findings.problem(label, node, f"with this value, {problem.message}")
