"""OpenSLO v1: both windows, the three budgeting methods; targets in [0, 1).

Source: the specification, github.com/OpenSLO/OpenSLO, "SLO" and "Objectives".
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Method, Objective
from impactcalc.intake.moments import parse_zone
from impactcalc.intake.objectives.fields import (
    calendar_window,
    has_no_fixed_length,
    is_calendar_unit,
    parse_fraction,
    parse_open_percent,
    parse_open_ratio,
    parse_shorthand,
    parse_slice_target,
    rolling_window,
    shorthand_seconds,
)
from impactcalc.intake.scenario_file.section import Section, one_of
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from impactcalc.domain.observation import ObjectiveWindow
    from impactcalc.intake.document import Node

_METHODS = {
    "Occurrences": Method.OCCURRENCES,
    "Timeslices": Method.TIMESLICES,
    "RatioTimeslices": Method.RATIO_TIMESLICES,
}
RATIO, THRESHOLD = "ratio", "threshold"


class Slo(NamedTuple):
    """What all objectives of one document share; ``alpha``: of the older form."""

    service: str | None
    method: Method
    indicator: str
    window: ObjectiveWindow | None
    alpha: bool = False


def read_openslo(part: Section, documents: tuple[Node, ...]) -> list[Objective]:
    """Read one SLO; an indicator by reference is looked up among the file's documents."""
    part.require("spec", "")
    spec = part.section("spec")
    if spec is None:
        return []
    for key, example in (("service", "web-shop"), ("objectives", "[{target: 0.99}]")):
        spec.require(key, example)
    service = spec.read("service", str)
    method = read_method(spec)
    window = _window(spec)
    indicator = _indicator(spec, documents)
    slo = Slo(service.value if service else None, method, indicator, window)
    return read_all(spec, slo)


def read_method(spec: Section) -> Method:
    """Read the budgeting method."""
    spec.require("budgetingMethod", "Occurrences")
    found = spec.read("budgetingMethod", one_of(*_METHODS))
    return _METHODS[found.value] if found else Method.OCCURRENCES


def read_all(spec: Section, slo: Slo) -> list[Objective]:
    """Read the list of objectives."""
    parts = spec.sections("objectives")
    if slo.indicator == THRESHOLD and len(parts) > 1 and not slo.alpha:
        what = "a thresholdMetric takes one objective by the specification; split the document"
        parts[1].findings.problem(parts[1].label, parts[1].node, what)
    found = [read_objective(part, slo) for part in parts]
    if spec.has("objectives") and not parts:
        spec.problem("objectives", "is empty; add an objective")
    return [objective for objective in found if objective is not None]


def read_objective(part: Section, slo: Slo) -> Objective | None:
    """Read one objective."""
    name = part.read("displayName", str)
    target = _target(part)
    slice_target, slice_s = _slices(part, slo)
    op, threshold = _comparison(part, slo.indicator)
    if target is None:
        return None
    return Objective(
        name=name.value if name else None,
        service=slo.service,
        target=target,
        window=slo.window,
        method=slo.method,
        indicator=slo.indicator,
        slice_target=slice_target,
        slice_s=slice_s,
        threshold=threshold,
        op=op,
    )


def _target(part: Section) -> Fraction | None:
    """Read ``target`` or ``targetPercent``, one of them."""
    if part.has("target") and part.has("targetPercent"):
        part.problem("targetPercent", "target and targetPercent are both written; keep one")
        return None
    if part.has("targetPercent"):
        found = part.read("targetPercent", parse_open_percent)
    else:
        part.require("target", "0.99")
        found = part.read("target", parse_open_ratio)
    return found.value if found else None


def _slices(part: Section, slo: Slo) -> tuple[Fraction | None, Fraction | None]:
    """Read target and length of time slices, where the method has them."""
    if slo.method is Method.OCCURRENCES:
        return None, None
    if slo.alpha and not part.has("timeSliceWindow"):
        part.caution("timeSliceTarget", "how long a time slice is was not said; --slice says it")
    else:
        part.require("timeSliceWindow", "1m")
    length = part.read("timeSliceWindow", shorthand_seconds)
    if slo.method is Method.RATIO_TIMESLICES:
        return None, length.value if length else None
    part.require("timeSliceTarget", "0.95")
    target = part.read("timeSliceTarget", parse_slice_target)
    return target.value if target else None, length.value if length else None


def _comparison(part: Section, indicator: str) -> tuple[str | None, Fraction | None]:
    """Read operator and value of a threshold; a ratio needs none."""
    if indicator != THRESHOLD:
        return None, None
    part.require("op", "lte")
    part.require("value", "500")
    op = part.read("op", one_of("lt", "lte", "gt", "gte"))
    value = part.read("value", parse_fraction)
    if value is not None:
        part.caution("value", f"the unit of {value.text} is not stated")
    return op.value if op else None, value.value if value else None


def _window(spec: Section) -> ObjectiveWindow | None:
    """Read the one time window."""
    spec.require("timeWindow", "[{duration: 4w, isRolling: true}]")
    parts = spec.sections("timeWindow")
    if spec.has("timeWindow") and len(parts) != 1:
        spec.problem("timeWindow", f"holds {len(parts)} windows; OpenSLO wants one")
    if len(parts) != 1:
        return None
    part = parts[0]
    part.require("duration", "4w")
    duration = part.read("duration", parse_shorthand)
    if duration is None:
        return None
    count, unit = duration.value
    if is_rolling(part):
        if has_no_fixed_length(unit):
            part.caution("duration", f"'{duration.text}' rolling has no fixed length; 30 d a month")
        return rolling_window(count, unit)
    if not is_calendar_unit(unit):
        name = {"m": "MINUTE", "h": "HOUR"}[unit]
        part.problem(
            "duration",
            f"'{duration.text}' counts in {name}s by the specification (m minutes, M months), but "
            f"the window is calendar-aligned; did you mean {count}M?",
        )
        return None
    zone, start = read_calendar(part)
    return calendar_window(count, unit, zone, start)


def is_rolling(part: Section) -> bool:
    """Tell which kind a window is; each kind excludes the other."""
    stated = part.read("isRolling", one_of("true", "false"))
    rolling = stated.value == "true" if stated else not part.has("calendar")
    if rolling and part.has("calendar"):
        part.problem("calendar", "stands beside isRolling: true; keep one of them")
    if not rolling and not part.has("calendar"):
        part.problem("isRolling", "is false, but there is no calendar; add startTime and timeZone")
    return rolling


def read_calendar(part: Section) -> tuple[str, str]:
    """Read zone and start of calendar periods."""
    calendar = part.section("calendar")
    if calendar is None:
        return "UTC", ""
    calendar.require("startTime", "2024-01-01 00:00:00")
    calendar.require("timeZone", "America/New_York")
    start, zone = calendar.read("startTime", _wall_time), calendar.read("timeZone", _zone_name)
    return zone.value if zone else "UTC", start.value if start else ""


def _wall_time(text: str) -> str:
    """Read a wall time without a zone, as ISO text."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"'{text}' is no time; write e.g. 2024-01-01 00:00:00") from None
    if moment.tzinfo is not None:
        raise ValueError(f"'{text}' has an offset; write the wall time alone, and timeZone")
    return moment.isoformat()


def _zone_name(text: str) -> str:
    parse_zone(text)
    return text.strip()


def _indicator(spec: Section, documents: tuple[Node, ...]) -> str:
    """Tell the kind of indicator, of the document or of the one that it names."""
    if spec.has("indicator") and spec.has("indicatorRef"):
        spec.problem("indicatorRef", "indicator and indicatorRef are both written; keep one")
        return RATIO
    if spec.has("indicatorRef"):
        return _referenced(spec, documents)
    spec.require("indicator", "{spec: {ratioMetric: {good: {}, total: {}}}}")
    indicator = spec.section("indicator")
    if indicator is None:
        return RATIO
    indicator.require("spec", "{ratioMetric: {good: {}, total: {}}}")
    inner = indicator.section("spec")
    return indicator_kind(inner) if inner is not None else RATIO


def indicator_kind(part: Section) -> str:
    """Tell ratioMetric from thresholdMetric; there must be one."""
    ratio, threshold = part.has("ratioMetric"), part.has("thresholdMetric")
    if ratio == threshold:
        what = "holds both" if ratio else "holds neither"
        words = f"{what} ratioMetric and thresholdMetric; write one of them"
        part.findings.problem(part.label, part.node, words)
    return THRESHOLD if threshold and not ratio else RATIO


def _referenced(spec: Section, documents: tuple[Node, ...]) -> str:
    """Look an indicator up by its name among the file's documents."""
    name = spec.read("indicatorRef", str)
    for document in documents:
        kind, named = document.get("kind"), document.at(("metadata", "name"))
        if name and kind and kind.text == "SLI" and named and named.text == name.value:
            found = Section(spec.findings, document, (), name.value).section("spec")
            return indicator_kind(found) if found is not None else RATIO
    shown = name.value if name else ""
    stated = [part for part in spec.sections("objectives") if part.has("op") and part.has("value")]
    kind_word = THRESHOLD if stated else RATIO
    spec.caution("indicatorRef", f"'{shown}' is not in this file; read as a {kind_word}")
    return kind_word
