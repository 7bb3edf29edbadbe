"""The observed scenario: measurements read from files take the place of what the text says."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.domain.incident import Latency
from impactcalc.domain.observation import SECOND_NS, Counts, Histogram, Samples, States, Window
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Assumption, Caution, Sourced
from impactcalc.errors import InputError, Problem
from impactcalc.intake.observations import read_observations
from impactcalc.intake.period import Period
from impactcalc.intake.read_options import ReadOptions
from impactcalc.intake.source import STANDARD_INPUT
from impactcalc.intake.tables.columns import ROLES
from impactcalc.models.budget import period_bounds
from impactcalc.units.instant import instant_text
from impactcalc.units.ratio import percent
from impactcalc.usecases.sli_contract import counting_words, unfit_slices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from impactcalc.domain.contract import DowntimeRule, Sla
    from impactcalc.domain.observation import Observations
    from impactcalc.domain.observed import ObservedShare
    from impactcalc.domain.scenario import Scenario
    from impactcalc.usecases.request import Request

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_APPLIED = frozenset(
    f"sla.downtime.{key}"
    for key in ("slice", "min_consecutive", "min_events", "whole_slices", "empty_slices")
)
_SLOW = Assumption(
    "observations.threshold",
    "slower than --threshold",
    "--threshold",
    "a response slower than the stated threshold counts as lost work; time without a response as "
    "unknown [A]",
)
_SHORTEST_S = Decimal("0.000001")


def observed(scenario: Scenario, request: Request, source: str) -> Scenario:
    """Read the measurements of a scenario and let them speak first.

    Parameters
    ----------
    scenario
        As its own source tells it.
    request
        Its ``observations`` go before those that the scenario names.
    source
        Name of the scenario's own source: its files lie beside it.

    Raises
    ------
    InputError
        With every problem of the files; when they tell nothing about the time up to the forecast.
    """
    names = request.observations or _beside(scenario, source)
    window = _window(scenario)
    incident = Window(_ns(scenario.incident.started.value.earliest), window.end_ns)
    reading = request.reading or ReadOptions()
    options = replace(
        reading,
        columns={role: name for role, name in reading.columns.items() if role in ROLES},
        period=Period("the incident", incident) if incident.start_ns < incident.end_ns else None,
        as_of_ns=window.end_ns,
    )
    observations = read_observations(names, options)
    if not request.observations:
        observations = observations._replace(files=_as_stated(observations.files, names, scenario))
    if observations.data is None:
        raise InputError(*(Problem("holds no measurements", "give counts", name) for name in names))
    counted = _counted(observations)
    if counted is not observations:
        scenario = scenario._replace(assumptions=(*scenario.assumptions, _SLOW))
    if isinstance(counted.data, Counts | States):
        return _with_share(scenario, counted, window)
    return _with_latency(scenario, observations, incident)


def _counted(observations: Observations) -> Observations:
    """Count response times where a threshold says which are good; silence stays unknown."""
    match observations.data:
        case Samples(threshold_s=Fraction()) as samples:
            return observations._replace(data=samples.cells)
        case Histogram(threshold_s=Fraction()) as histogram:
            from impactcalc.models.sli.latency import to_counts

            return observations._replace(data=to_counts(histogram))
        case _:
            return observations


def _beside(scenario: Scenario, source: str) -> tuple[str, ...]:
    """Name the files that a scenario states, from where the program runs."""
    folder = Path() if source == STANDARD_INPUT else Path(source).parent
    return tuple(str(folder / each.value) for each in scenario.observations)


def _as_stated(files: Sequence[str], names: Sequence[str], scenario: Scenario) -> tuple[str, ...]:
    """Name files as the scenario states them: an answer is the same wherever it is run."""
    stated = {name: each.value for name, each in zip(names, scenario.observations, strict=True)}
    return tuple(stated.get(file, file) for file in files)


def _window(scenario: Scenario) -> Window:
    """Find the time that is looked at: from the period's or the incident's start to as_of."""
    started = scenario.incident.started.value
    first = started.earliest
    if scenario.sla is not None:
        sla = scenario.sla
        first = min(first, period_bounds(sla.period.value, sla.timezone.value, started)[0])
    return Window(_ns(first), _ns(scenario.as_of.value))


def _ns(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1) * 1000


def _with_share(scenario: Scenario, observations: Observations, window: Window) -> Scenario:
    """Let measured shares speak."""
    from impactcalc.models.measured import measured_share

    rule = None
    if scenario.sla is not None and scenario.sla.downtime is not None:
        rule = scenario.sla.downtime.value
    try:
        share = measured_share(observations, window, rule)
    except ValueError as error:
        raise _nothing(observations, window, str(error)) from error
    words = _source(share.files, share.span)
    incident = scenario.incident._replace(observed=Sourced(share, words))
    kept = tuple(each for each in scenario.cautions if each.field not in _APPLIED)
    counted = _counted_by(scenario.sla) if scenario.sla is not None else ()
    return scenario._replace(
        assumptions=(*scenario.assumptions, *counted),
        incident=incident,
        figures=_figures(scenario, share, words),
        cautions=(
            *kept,
            *_cautions(observations),
            *_unfit(observations, rule),
            *_beyond(share, window),
        ),
        inputs_sha256=_digest(scenario, share),
    )


def _nothing(observations: Observations, window: Window, why: str) -> InputError:
    """Say that nothing was measured where it is needed."""
    needed = f"from {instant_text(window.start_ns)} to {instant_text(window.end_ns)}"
    words = f"{why} {needed}"
    if observations.span is not None:
        span = observations.span
        words += f": the data go from {instant_text(span.start_ns)} to {instant_text(span.end_ns)}"
    remedy = "give the file of the incident, or another --as-of"
    return InputError(*(Problem(words, remedy, file) for file in observations.files))


def _source(files: Sequence[str], span: Window) -> str:
    """Write files and time span as a source."""
    bounds = f"{instant_text(span.start_ns)} to {instant_text(span.end_ns)}"
    return f"{', '.join(files)}, {bounds}"


def _cautions(observations: Observations) -> tuple[Caution, ...]:
    """Pass the warnings of the files on; lines in a source's own file are others."""
    found = []
    for remark in observations.remarks:
        place = f"{remark.file}:{remark.line}: " if remark.line else f"{remark.file}: "
        found.append(Caution("observations", (place if remark.file else "") + remark.message))
    return tuple(found)


def _counted_by(sla: Sla) -> tuple[Assumption, ...]:
    """Say that the contract's counting rules hold for the measured time alone."""
    if sla.downtime is None:
        return ()
    words = counting_words(sla.downtime.value)
    if not words:
        return ()
    why = "measured downtime is counted so; the forecast counts moments by the definition [A]"
    return (Assumption("sla.downtime", words, sla.downtime.source, why),)


def _unfit(observations: Observations, rule: DowntimeRule | None) -> tuple[Caution, ...]:
    """Warn when the contract's slices cannot be made of the intervals."""
    words = unfit_slices(observations, rule)
    return (Caution("observations", words),) if words else ()


def _beyond(share: ObservedShare, window: Window) -> tuple[Caution, ...]:
    """Warn when measurements after the forecast are left out."""
    if not share.beyond:
        return ()
    words = (
        f"the measurements go on after {instant_text(window.end_ns)}, the moment of the forecast: "
    )
    return (Caution("observations", words + "the later ones are not used; give a later --as-of"),)


def _figures(scenario: Scenario, share: ObservedShare, source: str) -> Mapping[str, object]:
    """Show what was measured among the scenario's figures; it takes a stated share's place."""
    lengths = share.end_ns - share.start_ns
    hour = 3600 * SECOND_NS
    shown: dict[str, object] = {}
    judged = share.judged.nonzero()[0]
    last = float(share.lost_share[judged[-1]]) if judged.size else 0.0
    if judged.size and share.end_ns[judged[-1]] > _ns(scenario.incident.started.value.earliest):
        shown["lost_share"] = Sourced(f"{percent(last)} when last measured", source)
    measured = {
        "known_h": float(lengths.sum()) / hour,
        "lost_h": float((lengths * share.lost_share).sum()) / hour,
    }
    shown["observed"] = {key: Sourced(round(value, 6), source) for key, value in measured.items()}
    return _with_incident(scenario.figures, shown)


def _with_incident(
    figures: Mapping[str, object], shown: Mapping[str, object]
) -> Mapping[str, object]:
    """Put figures into the scenario's part on the incident."""
    incident = figures.get("incident")
    parts = incident if isinstance(incident, dict) else {}
    return {**figures, "incident": {**parts, **shown}}


def _digest(scenario: Scenario, share: ObservedShare) -> str:
    """Digest the scenario's own bytes and what was measured."""
    digest = hashlib.sha256(scenario.inputs_sha256.encode())
    for array in (share.start_ns, share.end_ns, share.lost_share, *share.readings.values()):
        digest.update(array.tobytes())
    return digest.hexdigest()


def _with_latency(scenario: Scenario, observations: Observations, window: Window) -> Scenario:
    """Let measured response times speak: median and P90 of the incident so far."""
    levels = _levels(observations)
    if not levels:
        raise _nothing(observations, window, "no response time was measured")
    seconds = tuple(max(Decimal(repr(each)), _SHORTEST_S) for each in levels)
    span = observations.span or window
    cut = Window(max(span.start_ns, window.start_ns), min(span.end_ns, window.end_ns))
    source = _source(observations.files, cut)
    now = Sourced(
        Quantity(Law.LOGNORMAL, seconds, Dimension.DURATION),
        source,
        f"lognormal({levels[0]:.4g} s, {levels[1]:.4g} s)",
    )
    latency = scenario.incident.latency or Latency()
    incident = scenario.figures.get("incident")
    told = incident.get("latency") if isinstance(incident, dict) else None
    shown = {**(told if isinstance(told, dict) else {}), "now": Sourced(now.text, source)}
    digest = hashlib.sha256(f"{scenario.inputs_sha256} {seconds}".encode()).hexdigest()
    return scenario._replace(
        incident=scenario.incident._replace(latency=latency._replace(now=now)),
        figures=_with_incident(scenario.figures, {"latency": shown}),
        assumptions=(*scenario.assumptions, _measured_latency(now)),
        cautions=(*scenario.cautions, *_cautions(observations), *_unused(scenario, source)),
        inputs_sha256=digest,
    )


def _measured_latency(now: Sourced[Quantity]) -> Assumption:
    return Assumption(
        "incident.latency.now",
        now.text,
        now.source,
        "measured: median and P90 of the incident so far stand for the response time [A]",
    )


def _levels(observations: Observations) -> tuple[float, ...]:
    """Give the median and the P90 of the response times inside the incident; empty: none."""
    data = observations.data  # a histogram without a threshold is refused by its reader
    found = data.quantiles_s if isinstance(data, Samples) else {}
    return tuple(found[level] for level in ("0.5", "0.9") if level in found)


def _unused(scenario: Scenario, source: str) -> tuple[Caution, ...]:
    """Warn where response times cannot move the answer."""
    latency = scenario.incident.latency
    if scenario.incident.lost_share is not None:
        why = "incident.lost_share is stated: response times do not move the lost share"
    elif latency is None or latency.normal is None:
        why = "the normal response time is not known: write incident.latency.normal"
    else:
        return ()
    return (Caution("observations", f"{source}: {why}"),)
