"""Sloth: objectives in percent over a period that the document does not state, 30 days.

Source: github.com/slok/sloth, the specification ``prometheus/v1`` and its form for Kubernetes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Method, Objective, ObjectiveWindow
from impactcalc.intake.objectives.fields import parse_percent

if TYPE_CHECKING:
    from impactcalc.intake.document import Node
    from impactcalc.intake.scenario_file.section import Section

_PERIOD = ObjectiveWindow(rolling_s=Fraction(30 * 86_400))
_KINDS = ("events", "raw", "plugin")
_QUERIES = {
    "events": (("error_query", "errorQuery"), ("total_query", "totalQuery")),
    "raw": (("error_ratio_query", "errorRatioQuery"),),
    "plugin": (("id",),),
}


def read_sloth(part: Section, _documents: tuple[Node, ...]) -> list[Objective]:
    """Read the objectives of one document, of the plain form or of that for Kubernetes."""
    spec = part if part.has("version") else part.section("spec")
    if spec is None:
        part.require("spec", "{service: web, slos: []}")
        return []
    spec.require("service", "web-shop")
    spec.require("slos", "[{name: availability, objective: 99.9}]")
    service = spec.read("service", str)
    parts = spec.sections("slos", named=True)
    if spec.has("slos") and not parts:
        spec.problem("slos", "is empty; add an SLO")
    found = [_objective(one, service.value if service else None) for one in parts]
    _refuse_doubles(parts)
    return [objective for objective in found if objective is not None]


def _objective(part: Section, service: str | None) -> Objective | None:
    part.require("name", "availability")
    part.require("objective", "99.9")
    part.require("sli", "{events: {error_query: ..., total_query: ...}}")
    name, target = part.read("name", str), part.read("objective", parse_percent)
    _check_sli(part)
    if name is None or target is None:
        return None
    if target.value == 1:
        part.caution("objective", "100% leaves no budget: any error breaks it")
    return Objective(name.value, service, target.value, _PERIOD, Method.OCCURRENCES, "ratio")


def _check_sli(part: Section) -> None:
    """See that there is one kind of indicator, with its queries."""
    sli = part.section("sli")
    if sli is None:
        return
    kinds = [kind for kind in _KINDS if sli.has(kind)]
    if len(kinds) != 1:
        part.problem("sli", f"needs one of {', '.join(_KINDS)}; it has {len(kinds)}")
        return
    inner = sli.section(kinds[0])
    for names in _QUERIES[kinds[0]] if inner is not None else ():
        if inner is not None and not any(map(inner.has, names)):
            inner.require(names[0], "sum(rate(...[{{.window}}]))")


def _refuse_doubles(parts: list[Section]) -> None:
    """Refuse a name that stands twice: rules of that name would overwrite each other."""
    seen: set[str] = set()
    for part in parts:
        node = part.node.get("name")
        name = node.text if node is not None else None
        if name is not None and name in seen:
            part.problem("name", f"'{name}' stands twice; give each SLO its own name")
        seen.add(name or "")
