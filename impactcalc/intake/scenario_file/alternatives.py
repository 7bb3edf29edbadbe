"""The alternatives: every checked action of the what_if list as a domain value."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from impactcalc.domain.quantity import Dimension
from impactcalc.domain.scenario import WhatIf
from impactcalc.domain.sourced import Sourced
from impactcalc.domain.what_if import Outage, Relief
from impactcalc.intake.moments import parse_moment
from impactcalc.intake.quantities import parse_quantity, parse_share
from impactcalc.intake.scenario_file.changes import LOST_SHARE, STAGES, factor, is_pace, pairs
from impactcalc.intake.scenario_file.settings import resolve
from impactcalc.units.duration import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from impactcalc.domain.quantity import Quantity
    from impactcalc.intake.document import Node
    from impactcalc.intake.scenario_file.section import Section
    from impactcalc.intake.scenario_file.what_if import Entry, MapTree

_money = partial(parse_quantity, dimension=Dimension.MONEY)


def read_alternatives(
    entries: Sequence[Entry], base: Node, map_tree: MapTree
) -> tuple[WhatIf, ...]:
    """Read every action of a list without problems.

    Parameters
    ----------
    entries
        The list, checked.
    base
        The scenario's tree: names of stages are looked up in it.
    map_tree
        Maps the changed tree of an action that was not tried out.
    """
    return tuple(_alternative(entry, base, map_tree) for entry in entries)


def _alternative(entry: Entry, base: Node, map_tree: MapTree) -> WhatIf:
    action = entry.action.node
    mapped = entry.mapped or map_tree(entry.tree)
    scale, lost_share = _paces(action, base)
    return WhatIf(
        name=_text(action["name"]).strip(),
        source=_place(entry.action),
        scenario=mapped.scenario(""),
        set={path: plain(node) for path, node in pairs(action, "set")},
        changes=tuple(_words(action, base)),
        scale=scale,
        lost_share=lost_share,
        delay_s={
            name.strip(): parse_duration(_text(node)) for name, node in pairs(action, "delay")
        },
        added=_added(action),
        removed=tuple(_text(item).strip() for item in _items(action, "remove")),
        relief=_relief(action),
        outage=_outage(action),
        cost=_amount(action, "cost"),
        credit=_amount(action, "credit"),
    )


def _place(action: Section) -> str:
    """Return file and line as a message names them: the file as the person wrote it."""
    line = action.node.line
    return f"{action.findings.file}:{line}" if line else action.node.source


def plain(node: Node) -> object:
    """Return what was written, without places."""
    if node.items:
        return [plain(item) for item in node.items]
    return {key: plain(item) for key, item in node.fields.items()} or node.text


def _text(node: Node) -> str:
    return node.text or ""


def _items(action: Node, key: str) -> tuple[Node, ...]:
    found = action.get(key)
    return found.items if found is not None else ()


def _amount(action: Node, key: str) -> Sourced[Quantity] | None:
    node = action.get(key)
    return None if node is None else Sourced(_money(_text(node)), node.source, _text(node))


def _relief(action: Node) -> Relief | None:
    part = action.get("relief")
    if part is None:
        return None
    ready, needs = part.get("ready"), part.get("needs")
    return Relief(
        share=parse_share(_text(part["share"])),
        ready_s=Decimal(0) if ready is None else parse_duration(_text(ready)),
        needs="" if needs is None else _text(needs).strip(),
    )


def _outage(action: Node) -> Outage | None:
    part = action.get("outage")
    if part is None:
        return None
    at = part.get("at")
    moment = None if at is None else parse_moment(_text(at)).earliest
    return Outage(moment, parse_duration(_text(part["lasts"])))


def _paces(action: Node, base: Node) -> tuple[Mapping[str, Decimal], float]:
    """Return the factors of stages' times by name, and that of the lost share."""
    stages: dict[str, Decimal] = {}
    lost = Decimal(1)
    for path, node in pairs(action, "scale"):
        if not is_pace(base, path):
            continue
        steps, by = resolve(base, path)[0], factor(_text(node))
        if steps == LOST_SHARE:
            lost *= by
        else:
            name = _stage_name(base, steps[2])
            stages[name] = stages.get(name, Decimal(1)) * by
    return stages, float(lost)


def _stage_name(base: Node, number: str | int) -> str:
    name = base.at((*STAGES, number, "name"))
    return _text(name).strip() if name is not None else f"Stage {int(number) + 1}"


def _added(action: Node) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for item in _items(action, "add"):
        share = item.get("restores")
        name = _text(item["name"]).strip()
        found[name] = None if share is None else parse_share(_text(share))
    return found


def _words(action: Node, base: Node) -> list[str]:
    """Say every change."""
    words = [f"{path} = {_shown(node)}" for path, node in pairs(action, "set")]
    for path, node in pairs(action, "scale"):
        steps = resolve(base, path)[0]
        if steps[:2] == STAGES and is_pace(base, path):
            name = _stage_name(base, steps[2])
            words.append(f"{name}: {_text(node)} times the time that it still takes")
        else:
            words.append(f"{path} x {_text(node)}")
    words += [f"{name}: {_text(node)} later" for name, node in pairs(action, "delay")]
    words += [f"with {name}" for name in _added(action)]
    words += [f"without {_text(item)}" for item in _items(action, "remove")]
    words += _words_meanwhile(action)
    credit = action.get("credit")
    return words if credit is None else [*words, f"a credit of {_text(credit)}"]


def _words_meanwhile(action: Node) -> list[str]:
    """Say what is saved meanwhile, and the planned outage."""
    words = []
    relief, outage = action.get("relief"), action.get("outage")
    if relief is not None:
        ready, needs = relief.get("ready"), relief.get("needs")
        when = "" if ready is None else f", ready in {_text(ready)}"
        after = "" if needs is None else f", not before {_text(needs)} is done"
        words.append(f"{_text(relief['share'])} less of what is still lost{when}{after}")
    if outage is not None:
        at = outage.get("at")
        words.append(
            f"total outage of {_text(outage['lasts'])} {'now' if at is None else _text(at)}"
        )
    return words


def _shown(node: Node) -> str:
    return node.text if node.text is not None else str(plain(node))
