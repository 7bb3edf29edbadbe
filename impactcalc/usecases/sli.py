"""The service level: read observations, find what is asked of them, judge them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import MINUTE_NS, SECOND_NS, Method, Remark, Window
from impactcalc.domain.service_level import Demand, ServiceLevel
from impactcalc.errors import InputError, Problem
from impactcalc.intake.observations import read_observations
from impactcalc.intake.period import Period, objective_period
from impactcalc.units.instant import instant_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from impactcalc.domain.contract import DowntimeRule, FurtherIncidents, Sla
    from impactcalc.domain.observation import Objective, Observations
    from impactcalc.intake.read_options import ReadOptions

DEFAULT_THRESHOLD, DEFAULT_SLICE_TARGET = Fraction(1, 20), Fraction(19, 20)
DEFAULT_SLICE_NS = 5 * MINUTE_NS


@dataclass(frozen=True, slots=True)
class SliRequest:
    """The options of ``sli``; None: not said.

    Parameters
    ----------
    files
        As the person wrote them.
    reading
        What concerns the files.
    target
        Exact ratio in (0, 1].
    rule
        Of ``--downtime``.
    min_consecutive, min_events
        Of a downtime rule.
    slice_target
        Of the time slices.
    excluded
        Maintenance.
    history
        Whether the course over time is wanted, for a figure.
    """

    files: tuple[str, ...]
    reading: ReadOptions
    target: Fraction | None = None
    rule: DowntimeRule | None = None
    min_consecutive: int | None = None
    min_events: int | None = None
    slice_target: Fraction | None = None
    excluded: tuple[Window, ...] = ()
    history: bool = False


def judge(request: SliRequest) -> ServiceLevel:
    """Read the files and judge them.

    Raises
    ------
    InputError
        With every problem of the files at once, or when the target or the window is missing.
    """
    from impactcalc.usecases.sli_contract import unfit_slices, with_contract

    observations = read_observations(request.files, _reading(request))
    if observations.data is None:
        return _without_data(request, observations)
    from impactcalc.models.sli.level import service_level

    demand = _demand(request, observations)
    unfit = unfit_slices(observations, demand.rule)
    if unfit and demand.rule is not None:
        by_row = demand.rule._replace(slice_s=None, whole_slices=False)
        demand = demand._replace(rule=by_row)
    try:
        level = service_level(observations, demand, _moments(request, demand.window))
    except ValueError as error:
        raise InputError(Problem(f"--exclude: {error}", "leave a part of the period in")) from error
    _refuse_empty(request, observations, level)
    level = with_contract(level, observations.sla)
    if level.seen is not None:
        from impactcalc.engine.outlook import outlook

        level = level._replace(outlook=outlook(level, _further(observations.sla)))
    if level.history is not None:
        level = level._replace(history=level.history._replace(zone=_zone(request)))
    said = (*_remarks(level, demand), *((Remark(unfit),) if unfit else ()))
    return level._replace(remarks=(*observations.remarks, *said, *level.remarks))


def _further(sla: Sla | None) -> FurtherIncidents | None:
    """Give the further incidents that a contract's file expects."""
    return None if sla is None else sla.further


def _reading(request: SliRequest) -> ReadOptions:
    """Tell the readers what is left out of quantiles."""
    return replace(request.reading, excluded=request.excluded)


def _without_data(request: SliRequest, observations: Observations) -> ServiceLevel:
    """Answer for objectives alone."""
    if not observations.objectives:
        raise InputError(
            Problem("no measurements", "give a file of observations, too", request.files[0])
        )
    return ServiceLevel(None, (), objectives=observations.objectives, remarks=observations.remarks)


def _demand(request: SliRequest, observations: Observations) -> Demand:
    """Find out what is asked: options first, then the contract, then the objective."""
    sla, options = observations.sla, request.reading
    objective = _objective(request, observations.objectives)
    window = _window(request, observations, objective)
    rule = request.rule or (sla.downtime.value if sla and sla.downtime else None)
    threshold = rule.threshold if rule else None
    slice_ns, slice_target = options.slice_ns, request.slice_target
    if objective and objective.slice_s and not options.slice_stated:
        slice_ns = int(objective.slice_s * SECOND_NS)
    if slice_target is None and objective:
        slice_target = objective.slice_target
    return Demand(
        window=window,
        target=_target(request, sla, objective),
        excluded=request.excluded,
        rule=rule,
        threshold=DEFAULT_THRESHOLD if threshold is None else Fraction(threshold),
        min_consecutive=_first(request.min_consecutive, rule.min_consecutive if rule else None, 1),
        min_events=_first(request.min_events, rule.min_events if rule else None, 0),
        slice_ns=slice_ns,
        slice_target=DEFAULT_SLICE_TARGET if slice_target is None else slice_target,
        as_of_ns=window.end_ns if options.as_of_ns is None else options.as_of_ns,
        method=objective.method if objective and sla is None else Method.OCCURRENCES,
    )


def _first(*values: int | None) -> int:
    """Return the first that is stated."""
    return next(value for value in values if value is not None)


def _objective(request: SliRequest, objectives: Sequence[Objective]) -> Objective | None:
    """Return the one objective of the documents; several need ``--target`` to be told apart."""
    wanted = [each for each in objectives if request.target in {None, each.target}]
    if len(wanted) > 1 and request.target is None:
        names = ", ".join(f"'{each.name}'" if each.name else "unnamed" for each in wanted[:6])
        raise InputError(
            Problem(f"{len(wanted)} objectives ({names})", "say which target: --target 99.9%")
        )
    return wanted[0] if wanted else None


def _target(request: SliRequest, sla: Sla | None, objective: Objective | None) -> Fraction:
    """Find the target."""
    if request.target is not None:
        return request.target
    if sla is not None:
        return Fraction(sla.target.value)
    if objective is None:
        raise InputError(Problem("--target is missing", "e.g. --target 99.9%"))
    return objective.target


def _window(request: SliRequest, observations: Observations, objective: Objective | None) -> Window:
    """Find the window: asked for, else of the contract or objective, else the data's span."""
    options = request.reading
    period = options.period
    try:
        if period is None and observations.sla is not None:
            period = sla_period(observations.sla)
        if period is None and objective is not None and objective.window is not None:
            period = objective_period(objective.window)
        if period is None:
            period = Period("", observations.span)
        return period.resolve(observations.span, options.as_of_ns)
    except ValueError as error:
        raise InputError(Problem(f"--period: {error}")) from error


def sla_period(sla: Sla) -> Period:
    """Turn the period of a contract into a window's rule; lengths end with the data."""
    from impactcalc.domain.contract import PeriodKind
    from impactcalc.intake.moments import parse_zone

    rule = sla.period.value
    if rule.kind is PeriodKind.FIXED and rule.start is not None and rule.end is not None:
        bounds = (rule.start.earliest, rule.end.earliest)
        start, end = (int(Fraction(each.timestamp()) * SECOND_NS) for each in bounds)
        return Period("sla.period", Window(start, end))
    if rule.kind is PeriodKind.ROLLING and rule.length_s is not None:
        return Period("sla.period", length_ns=int(rule.length_s * SECOND_NS))
    return Period("sla.period", unit=rule.kind.value, zone=parse_zone(sla.timezone.value))


def _refuse_empty(request: SliRequest, observations: Observations, level: ServiceLevel) -> None:
    """Refuse a window in which nothing was measured."""
    events = level.occurrence is not None and bool(level.occurrence.valid)
    known = level.time is not None and level.time.known > 0
    if events or known or level.demand is None:
        return
    window, span, period = level.demand.window, observations.span, request.reading.period
    named = period.written if period else f"{instant_text(window.start_ns)}"
    words = f"no observation in the period {named}"
    if span is not None:
        words += f": the data go from {instant_text(span.start_ns)} to {instant_text(span.end_ns)}"
    raise InputError(*(Problem(words, "give another --period", file) for file in level.files))


def _moments(request: SliRequest, window: Window) -> tuple[int, ...]:
    """Choose the instants of the figure: 240 even ones, and the local midnights."""
    if not request.history:
        return ()
    from impactcalc.intake.period import midnights

    number = 240
    length = window.end_ns - window.start_ns
    even = {window.start_ns + length * at // number for at in range(number + 1)}
    return tuple(sorted(even | set(midnights(window, _zone(request)))))


def _zone(request: SliRequest) -> tzinfo | None:
    """Return the zone of the figure's days."""
    period = request.reading.period
    return period.zone if period is not None else request.reading.zone


def _remarks(level: ServiceLevel, demand: Demand) -> list[Remark]:
    """Say what makes the answer weaker than it looks."""
    remarks: list[Remark] = []
    coverage, time = level.coverage, level.time
    if coverage is not None and time is not None and time.unknown:
        from impactcalc.units.duration import exact_duration
        from impactcalc.units.ratio import percent

        unknown = exact_duration(time.unknown / SECOND_NS)
        words = f"{unknown} of the period are unknown (coverage {percent(float(coverage), 4)})"
        counted = "the contract counts silence as down"
        meaning = counted if demand.silence_is_down else "neither up nor down"
        remarks.append(Remark(f"{words}: {meaning}"))
    if demand.target == 1:
        remarks.append(Remark("a target of 100% allows nothing: no burn rate, no budget"))
    if demand.as_of_ns < demand.window.end_ns and level.burn is not None:
        remarks.append(Remark(f"burn rates are as of {instant_text(demand.as_of_ns)}"))
    return remarks
