"""OpenSLO v1alpha: the older form, still written by Sloth's users; read with a warning.

Source: the specification's v1alpha, github.com/OpenSLO/OpenSLO; Sloth's examples, which leave the
budgeting method and ``isRolling`` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.observation import Method, Objective
from impactcalc.intake.objectives.fields import (
    calendar_window,
    has_no_fixed_length,
    is_calendar_unit,
    rolling_window,
)
from impactcalc.intake.objectives.openslo import (
    RATIO,
    THRESHOLD,
    Slo,
    is_rolling,
    read_all,
    read_calendar,
    read_method,
)
from impactcalc.intake.scenario_file.section import Section, one_of
from impactcalc.units.number import parse_count

if TYPE_CHECKING:
    from impactcalc.domain.observation import ObjectiveWindow
    from impactcalc.intake.document import Node

_UNITS = {
    "minute": "m", "hour": "h", "day": "d", "week": "w", "month": "M", "quarter": "Q", "year": "Y",
}  # fmt: skip


def read_openslo_alpha(part: Section, _documents: tuple[Node, ...]) -> list[Objective]:
    """Read one SLO of the older form."""
    part.caution("apiVersion", "openslo/v1alpha is an old version; write openslo/v1 where you can")
    part.require("spec", "")
    spec = part.section("spec")
    if spec is None:
        return []
    for key, example in (("service", "web-shop"), ("objectives", "[{target: 0.99}]")):
        spec.require(key, example)
    service = spec.read("service", str)
    name = service.value if service else None
    slo = Slo(name, _method(spec), _indicator(spec), _window(spec), alpha=True)
    return read_all(spec, slo)


def _method(spec: Section) -> Method:
    """Read the budgeting method; Sloth's users leave it out and mean occurrences."""
    if spec.has("budgetingMethod"):
        return read_method(spec)
    spec.caution("budgetingMethod", "is not stated; read as Occurrences")
    return Method.OCCURRENCES


def _indicator(spec: Section) -> str:
    """Tell a threshold from a ratio, which stands at each objective."""
    indicator = spec.section("indicator")
    return THRESHOLD if indicator is not None and indicator.has("thresholdMetric") else RATIO


def _window(spec: Section) -> ObjectiveWindow | None:
    """Read the one time window: a count and a unit."""
    spec.require("timeWindows", "[{count: 30, unit: Day, isRolling: true}]")
    parts = spec.sections("timeWindows")
    if spec.has("timeWindows") and len(parts) != 1:
        spec.problem("timeWindows", f"holds {len(parts)} windows; OpenSLO wants one")
    if len(parts) != 1:
        return None
    part = parts[0]
    for key, example in (("count", "30"), ("unit", "Day")):
        part.require(key, example)
    count, unit = part.read("count", _positive), part.read("unit", _unit)
    if count is None or unit is None:
        return None
    if is_rolling(part):
        if has_no_fixed_length(unit.value):
            part.caution("unit", f"a rolling {unit.text} has no fixed length; 30 d a month")
        return rolling_window(count.value, unit.value)
    if not is_calendar_unit(unit.value):
        part.problem("unit", f"'{unit.text}' cannot be calendar-aligned; did you mean Month?")
        return None
    return calendar_window(count.value, unit.value, *read_calendar(part))


def _unit(text: str) -> str:
    return _UNITS[one_of(*_UNITS)(text.lower().removesuffix("s"))]


def _positive(text: str) -> int:
    count = parse_count(text)
    if not count:
        raise ValueError(f"'{text}' is no length of a window; write 1 or more")
    return count
