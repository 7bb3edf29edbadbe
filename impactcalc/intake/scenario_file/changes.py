"""What an action changes: the scenario's tree with its ``set``, ``scale`` and ``add``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.intake.document import Node
from impactcalc.intake.scenario_file.settings import resolve, set_value
from impactcalc.units.number import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

STAGES = ("recovery", "stages")
LOST_SHARE = ("incident", "lost_share")
_LENGTHS = ("window", "duration")
_NUMBER = re.compile(r"(?<![A-Za-z_0-9.])[0-9][0-9,']*(?:\.[0-9]+)?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}")


def factor(text: str) -> Decimal:
    """Read a factor of 0 or more."""
    value = parse_number(text)
    if value < 0:
        raise ValueError(f"'{text}' is negative; write a factor of 0 or more, e.g. 0.6")
    return value


def is_pace(base: Node, path: str) -> bool:
    """Tell whether a path is a stage's length, or the lost share: scaled by trial, not as text."""
    steps = resolve(base, path)[0]
    return steps == LOST_SHARE or (steps[:2] == STAGES and steps[-1] in _LENGTHS)


def scaled(base: Node, path: str, by: Node) -> Node:
    """Return the tree with every number of a written value times a factor.

    Raises
    ------
    ValueError
        When nothing is written there, or what is written is no quantity.
    """
    if is_pace(base, path):
        return base
    found = base.at(resolve(base, path)[0])
    if found is None or found.value is None:
        raise ValueError("is not written, so there is nothing to scale; use set")
    if found.text is None or _MOMENT.match(found.text) or not _NUMBER.search(found.text):
        raise ValueError(f"'{found.text or found.kind}' is no quantity to scale; use set")
    times = factor(by.text or "")

    def larger(number: re.Match[str]) -> str:
        plain = number[0].replace(",", "").replace("'", "")
        return f"{(Decimal(plain) * times).normalize():f}"

    text = _NUMBER.sub(larger, found.text)
    return set_value(base, path, Node(text, by.source, by.line, by.column))


def changed_tree(base: Node, action: Node) -> Node:
    """Return the tree with an action's changes of values and its added stages.

    Changes that cannot be made are left out: they are named elsewhere. Added stages come without
    their shares, for these are divided anew.
    """
    tree = base
    for key, change in (("set", set_value), ("scale", scaled)):
        for path, node in pairs(action, key):
            try:
                tree = change(tree, path, node)
            except ValueError:
                continue
    added = action.get("add")
    if added is None or not added.items:
        return tree
    stages = tree.at(STAGES)
    items = (*(stages.items if stages else ()), *map(_without_share, added.items))
    return tree.replaced(STAGES, Node(items, added.source))


def pairs(action: Node, key: str) -> Iterator[tuple[str, Node]]:
    """Yield key and node of a mapping of an action."""
    part = action.get(key)
    for name, node in (part.fields if part is not None else {}).items():
        if node.value is not None:
            yield name, node


def _without_share(stage: Node) -> Node:
    return stage.replaced(("restores",), None) if stage.kind == "a mapping" else stage
