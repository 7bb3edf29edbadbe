"""The JSON document ``impactcalc/sli/1`` (contracts/outputs.md): keys are kept, never renamed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.units.instant import instant_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from impactcalc.domain.observation import Objective, ObjectiveWindow
    from impactcalc.domain.service_level import (
        Burn,
        CreditDue,
        DowntimeAnswer,
        Latency,
        Occurrence,
        ServiceLevel,
        TimeSlices,
    )

SCHEMA = "impactcalc/sli/1"
SECOND_NS, MINUTE_NS = 10**9, 60 * 10**9


def to_document(level: ServiceLevel) -> dict[str, object]:
    """Lay a service level out as the document that other programs read.

    Parameters
    ----------
    level
        The whole answer; ratios become floats here, at full precision.

    Returns
    -------
    dict
        Of plain values, its keys in the contract's order; parts that do not apply are None.
    """
    demand, time = level.demand, level.time
    return {
        "schema": SCHEMA,
        "files": list(level.files),
        "window": None
        if demand is None
        else {
            "start": instant_text(demand.window.start_ns),
            "end": instant_text(demand.window.end_ns),
        },
        "target": None if demand is None else number(demand.target),
        "coverage": number(level.coverage),
        "minutes": None
        if time is None
        else {name: number(Fraction(value, MINUTE_NS)) for name, value in time._asdict().items()},
        "unknown_s": None if time is None else number(Fraction(time.unknown, SECOND_NS)),
        "occurrence": _occurrence(level.occurrence),
        "downtime": None
        if level.downtime is None
        else {name: _downtime(each) for name, each in level.downtime.items()},
        "rule": _rule(level),
        "timeslice": _slices(level.slices),
        "burn": _burn(level.burn),
        "latency": _latency(level.latency),
        "objectives": [_objective(each) for each in level.objectives],
        "credit": _credit(level.credit),
        "at_this_pace": None
        if level.pace is None
        else {
            "availability": number(level.pace.availability),
            "meets_target": level.pace.meets_target,
        },
        "outlook": _outlook(level),
        "warnings": [
            {"file": each.file or None, "line": each.line or None, "message": each.message}
            for each in level.remarks
        ],
    }


def number(value: Fraction | None) -> float | int | None:
    """Turn an exact number into JSON's: whole ones stay whole."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _outlook(level: ServiceLevel) -> Mapping[str, object] | None:
    """Lay out what may be used at the period's end."""
    ahead = level.outlook
    if ahead is None:
        return None
    return {
        "from": _moment(ahead.moments_ns[0]),
        "to": _moment(ahead.moments_ns[-1]),
        "incidents_seen": ahead.incidents,
        "further": "observed" if ahead.observed else "sla.future",
        "readings": {
            name: {
                "downtime_s": {percent: path[-1] for percent, path in ahead.used_s[name].items()},
                "breach_prob": {"value": chance, "mc_error": ahead.mc_error[name]},
            }
            for name, chance in ahead.breach_prob.items()
        },
    }


def _moment(instant_ns: int | None) -> str | None:
    return None if instant_ns is None else instant_text(instant_ns)


def _occurrence(events: Occurrence | None) -> Mapping[str, object] | None:
    if events is None:
        return None
    return {
        "good": number(events.good),
        "valid": number(events.valid),
        "bad": number(events.valid - events.good),
        "sli": number(events.sli),
        "burn_rate": number(events.burn_rate),
        "allowed_bad_to_date": number(events.allowed_bad),
        "meets_target": events.meets_target,
    }


def _downtime(answer: DowntimeAnswer) -> Mapping[str, object]:
    return {
        "downtime_s": number(answer.downtime / SECOND_NS),
        "availability": number(answer.availability),
        "availability_if_unknown_is_down": number(answer.availability_if_unknown_is_down),
        "allowed_s": number(answer.allowed / SECOND_NS),
        "remaining_s": number(answer.remaining / SECOND_NS),
        "consumed_share": number(answer.consumed_share),
        "meets_target": answer.meets_target,
        "exhausted_at": _moment(answer.exhausted_ns),
        "breached_at": _moment(answer.breached_ns),
    }


def _rule(level: ServiceLevel) -> Mapping[str, object] | None:
    """Lay out by what downtime was counted; None where no definition is in force."""
    demand = level.demand
    if demand is None or demand.rule is None or level.downtime is None:
        return None
    width = demand.down_slice_ns
    return {
        "definition": demand.rule.definition.value,
        "threshold": number(demand.threshold) if demand.rule.threshold is not None else None,
        "slice_s": None if width is None else number(Fraction(width, SECOND_NS)),
        "whole_slices": demand.whole_slices,
        "min_consecutive": demand.min_consecutive,
        "min_events": demand.min_events,
        "empty_slices": demand.rule.empty_slices,
        "source": demand.rule.clause or None,
    }


def _slices(slices: TimeSlices | None) -> Mapping[str, object] | None:
    if slices is None:
        return None
    return {
        "slice_s": number(Fraction(slices.slice_ns, SECOND_NS)),
        "slice_target": number(slices.slice_target),
        "good": slices.good,
        "bad": slices.bad,
        "empty": slices.empty,
        "sli_empty_excluded": number(slices.sli_empty_excluded),
        "sli_empty_good": number(slices.sli_empty_good),
        "sli_empty_bad": number(slices.sli_empty_bad),
        "ratio_empty_excluded": number(slices.ratio_empty_excluded),
        "ratio_empty_good": number(slices.ratio_empty_good),
    }


def _burn(burn: Burn | None) -> Mapping[str, object] | None:
    if burn is None:
        return None
    return {
        "as_of": instant_text(burn.as_of_ns),
        "windows": {
            name: {key: number(value) for key, value in each._asdict().items()}
            for name, each in burn.windows.items()
        },
        "alerts": [
            {
                "long": alert.long,
                "short": alert.short,
                "factor": number(alert.factor),
                "firing": alert.firing,
                "first_fired_at": _moment(alert.first_fired_ns),
            }
            for alert in burn.alerts
        ],
    }


def _latency(latency: Latency | None) -> Mapping[str, object] | None:
    if latency is None:
        return None
    return {
        "threshold_s": number(latency.threshold_s),
        "good_at_least": number(latency.good_at_least),
        "good_at_most": number(latency.good_at_most),
        "good_interpolated": number(latency.good_interpolated),
        "quantiles_s": dict(latency.quantiles_s),
    }


def _objective(objective: Objective) -> Mapping[str, object]:
    return {
        "name": objective.name,
        "service": objective.service,
        "target": number(objective.target),
        "window": None if objective.window is None else _window(objective.window),
        "method": objective.method.value,
        "slice_target": number(objective.slice_target),
        "slice_s": number(objective.slice_s),
        "indicator": objective.indicator,
        "threshold": number(objective.threshold),
        "op": objective.op,
    }


def _window(window: ObjectiveWindow) -> Mapping[str, object]:
    if window.rolling_s is not None:
        return {"rolling_s": number(window.rolling_s)}
    calendar = {"unit": window.unit, "units": window.units, "tz": window.zone}
    return {"calendar": calendar | ({"start": window.start} if window.start else {})}


def _credit(credit: CreditDue | None) -> Mapping[str, object] | None:
    if credit is None:
        return None
    return {
        "share": number(credit.share),
        "amount": number(credit.amount),
        "currency": credit.currency or None,
        "tier": number(credit.tier),
        "claim_by": credit.claim_by,
    }
