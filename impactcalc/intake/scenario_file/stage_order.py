"""The order of the stages: which waits for which, without a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.scenario_file.section import Section, nearest

if TYPE_CHECKING:
    from impactcalc.domain.incident import Stage

_ABOVE = "the stage above"


def read_order(parts: list[Section], names: list[str]) -> list[tuple[str, ...]]:
    """Read ``after`` of every stage; left out: the stage above.

    Parameters
    ----------
    parts
        The stages.
    names
        Their names.

    Returns
    -------
    list of tuple of str
        The names that each waits for; unknown ones and itself are problems and left out.
    """
    known = set(names)
    complete = all(part.has("name") for part in parts)  # else a name may be the missing one
    orders = []
    for number, (part, name) in enumerate(zip(parts, names, strict=True)):
        if part.has("after"):
            orders.append(_stated(part, name, names if complete else [], known))
            continue
        orders.append(tuple(names[number - 1 : number]) if number else ())
        if number:
            part.findings.default((*part.path, "after"), names[number - 1], _ABOVE)
    return orders


def _stated(part: Section, own: str, names: list[str], known: set[str]) -> tuple[str, ...]:
    """Read the names of one list; without `names` unknown ones are left out in silence."""
    found: dict[str, None] = {}
    part.texts("after")  # names what is no text
    for node in part.node["after"].items:
        name = (node.text or "").strip()
        if name == own:
            part.findings.problem(part.label_of("after"), node, f"'{name}' waits for itself")
        elif name in known:
            found[name] = None
        elif names and node.text is not None:
            near = nearest(name, names) if part.findings.room else ""
            hint = f"did you mean '{near}'?" if near else "write the name of a stage"
            what = f"no stage is called '{name}'; {hint}"
            part.findings.problem(part.label_of("after"), node, what)
    return tuple(found)


def refuse_cycle(parts: list[Section], stages: tuple[Stage, ...]) -> None:
    """Name a cycle of stages that wait for each other, as ``a -> b -> a``."""
    import graphlib

    waits = {stage.name: stage.after for stage in stages}
    try:
        graphlib.TopologicalSorter(waits).prepare()
    except graphlib.CycleError as error:
        names = list(reversed(error.args[1]))[:-1]
        inside = set(names)
        at = min(range(len(stages)), key=lambda k: _rank(parts[k], stages[k], inside))
        turn = names.index(stages[at].name)
        circle = [*names[turn:], *names[:turn], stages[at].name]
        shown = circle if len(circle) <= _LONGEST_SHOWN else [*circle[:3], "...", circle[-1]]
        parts[at].problem(
            "after" if parts[at].has("after") else "name",
            f"the stages wait for each other in a cycle: {' -> '.join(shown)}; break it",
        )


_LONGEST_SHOWN = 8


def _rank(part: Section, stage: Stage, names: set[str]) -> tuple[bool, bool, int]:
    """Order the stages of the cycle first, those with a written ``after`` before others."""
    return stage.name not in names, not part.has("after"), part.node.line
