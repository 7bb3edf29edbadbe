"""The taught scenario: a history of incidents takes the place of the shipped priors."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.analysis.calibration import HORIZON_H, arrivals, fit_category
from impactcalc.domain.contract import FurtherIncidents
from impactcalc.domain.incident_history import ALL
from impactcalc.domain.quantity import Law
from impactcalc.domain.sourced import Assumption, Caution
from impactcalc.intake.history import ROLES, HistoryOptions, read_history
from impactcalc.models.laws import PRIORS
from impactcalc.named import NamedTuple
from impactcalc.units.duration import short_duration
from impactcalc.units.rounding import plain, significant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.analysis.calibration import Arrivals, CategoryFit
    from impactcalc.domain.contract import Sla
    from impactcalc.domain.incident_history import IncidentHistory
    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.scenario import Scenario
    from impactcalc.domain.sourced import Sourced
    from impactcalc.usecases.request import Request

MOST_LISTED = 20
_HOUR_S = 3600.0
_YEARLY_MONTHS = 12
_LEAST_SHOWN = 0.0005


class _Lesson(NamedTuple):
    """A history, the moment that it is looked at from, and the laws that were fitted so far."""

    history: IncidentHistory
    as_of_s: float
    arrivals: Arrivals | None
    fits: dict[str, CategoryFit | None]

    def fit(self, category: str) -> CategoryFit | None:
        """Fit a category, once."""
        if category not in self.fits:
            self.fits[category] = fit_category(self.history, category, self.as_of_s)
        return self.fits[category]


def learned(scenario: Scenario, request: Request, name: str) -> Scenario:
    """Fit the durations that a scenario leaves to its history, and its further incidents.

    Parameters
    ----------
    scenario
        As its own source tells it.
    request
        Its ``history`` goes before the one that the scenario names.
    name
        Of that file, from where the program runs.

    Raises
    ------
    InputError
        When the file is no history, or no row of it can be used.
    """
    options = _options(request)
    lesson = _read(scenario, request, name, options)
    fitted = _fitted(scenario, lesson)
    told = f"{scenario.inputs_sha256} {lesson.history.sha256} {options}"
    return fitted._replace(
        cautions=(*fitted.cautions, *_cautions(lesson)),
        inputs_sha256=hashlib.sha256(told.encode()).hexdigest(),
    )


def _options(request: Request) -> HistoryOptions:
    """Take what is said about the columns of a history, and about the zone."""
    if request.reading is None:
        return HistoryOptions()
    columns = {role: name for role, name in request.reading.columns.items() if role in ROLES}
    return HistoryOptions(columns, request.reading.zone)


def _read(scenario: Scenario, request: Request, name: str, options: HistoryOptions) -> _Lesson:
    """Read the history under the name that the scenario gives it; leave the incident itself out."""
    history = read_history(name, options)
    if request.history is None and scenario.history is not None:
        # an answer is the same wherever it is run
        history = history._replace(file=scenario.history.value)
    own = scenario.incident.id
    if own is not None:
        wanted = own.value.strip().lower()
        others = tuple(one for one in history.incidents if one.id.lower() != wanted)
        history = history._replace(incidents=others)
    as_of_s = scenario.as_of.value.timestamp()
    return _Lesson(history, as_of_s, arrivals(history, as_of_s), {})


def _fitted(scenario: Scenario, lesson: _Lesson) -> Scenario:
    """Put fitted laws in the place of priors, and say so."""
    without = tuple(_without_rows(scenario, lesson))
    notes = (*_duration_notes(scenario, lesson), *_arrival_notes(scenario, lesson))
    said = {note.field for note in notes} | {caution.field for caution in without}
    return _with_laws(scenario, lesson)._replace(
        assumptions=(*(one for one in scenario.assumptions if one.field not in said), *notes),
        cautions=(*(one for one in scenario.cautions if one.field not in said), *without),
    )


def _with_laws(scenario: Scenario, lesson: _Lesson) -> Scenario:
    """Put fitted laws in the place of priors, in the alternatives, too."""
    stages = tuple(
        stage._replace(
            duration=_learned_duration(lesson, stage.duration),
            hand_over=_learned_duration(lesson, stage.hand_over),
        )
        for stage in scenario.recovery.stages
    )
    contract = scenario.sla
    if contract is not None:
        contract = contract._replace(further=_further(contract, lesson))
    return scenario._replace(
        recovery=scenario.recovery._replace(stages=stages),
        sla=contract,
        what_if=tuple(
            one._replace(scenario=_with_laws(one.scenario, lesson)) for one in scenario.what_if
        ),
    )


def _duration_notes(scenario: Scenario, lesson: _Lesson) -> Iterator[Assumption]:
    """Say what each duration was fitted to."""
    for stage in scenario.recovery.stages:
        for key, duration in (("duration", stage.duration), ("hand_over", stage.hand_over)):
            if duration is None or duration.value.law is not Law.HISTORY:
                continue
            fit = lesson.fit(duration.value.category)
            if fit is not None:
                path = f"recovery.stages.{stage.name}.{key}"
                yield Assumption(path, _range(fit), _source(lesson, fit), _why(fit))


def _learned_duration(
    lesson: _Lesson, duration: Sourced[Quantity] | None
) -> Sourced[Quantity] | None:
    """Fit a duration that is left to the history; any other one stays as it is."""
    if duration is None or duration.value.law is not Law.HISTORY:
        return duration
    fit = lesson.fit(duration.value.category)
    return duration if fit is None else duration._replace(value=fit.quantity)


def _further(contract: Sla, lesson: _Lesson) -> FurtherIncidents | None:
    """Expect further incidents as often as before; what the contract's part states goes first."""
    stated = contract.further
    if stated is not None:
        fit = lesson.fit(stated.duration.category) if stated.duration.law is Law.HISTORY else None
        return stated if fit is None else stated._replace(duration=fit.quantity)
    seen, everything = lesson.arrivals, lesson.fit(ALL)
    if seen is None or everything is None:
        return None
    size = None if seen.monthly_size is None else Decimal(repr(seen.monthly_size))
    return FurtherIncidents(Decimal(repr(seen.per_year)), everything.quantity, size)


def _arrival_notes(scenario: Scenario, lesson: _Lesson) -> Iterator[Assumption]:
    """Say how often further incidents are expected, where the history says it."""
    if scenario.sla is None:
        return
    stated, seen, everything = scenario.sla.further, lesson.arrivals, lesson.fit(ALL)
    if stated is not None:
        fit = lesson.fit(stated.duration.category) if stated.duration.law is Law.HISTORY else None
        if fit is not None:
            yield Assumption("sla.future.duration", _range(fit), _source(lesson, fit), _why(fit))
    elif seen is not None and everything is not None:
        yield Assumption(
            "sla.future",
            f"{_two_digits(seen.per_year / _YEARLY_MONTHS)} a month, {_range(everything)}",
            _source(lesson, everything),
            f"further incidents until the period's end, as often as before: {_counts(seen)}; even "
            "arrivals, total outages [A]",
        )


def _counts(seen: Arrivals) -> str:
    """Say what the monthly counts look like."""
    if seen.variance is None:
        return "a Poisson count at the rate so far, for there are too few whole months"
    months = f"{seen.months} whole months with a variance of {_two_digits(seen.variance)}"
    if seen.monthly_size is None:
        return f"a Poisson count ({months})"
    return f"a negative binomial count ({months})"


def _two_digits(value: float) -> str:
    return plain(significant(value, 2))


def _range(fit: CategoryFit) -> str:
    """Write a law by its median and its 9 in 10."""
    low, middle, high = (
        short_duration(hours * _HOUR_S, 2) for hours in (fit.p5_h, fit.median_h, fit.p95_h)
    )
    return f"median {middle} ({low} to {high})"


def _source(lesson: _Lesson, fit: CategoryFit) -> str:
    """Name the file and the rows."""
    running = f", {fit.running} still open" if fit.running else ""
    return f"{lesson.history.file}: {fit.ended} ended{running}"


def _why(fit: CategoryFit) -> str:
    """Say how a law was fitted, in one sentence."""
    rows = fit.ended + fit.running
    newest = f"the newest {rows} of {fit.known}" if fit.known > rows else f"{rows}"
    noun = "incident" if newest == "1" else "incidents"
    kind = noun if fit.category == ALL else f"{noun} of '{fit.category}'"
    median, _ = PRIORS[fit.prior]
    prior = "all incidents" if fit.prior == ALL else f"'{fit.prior}'"
    share = f"{fit.share_cut:.1%}" if fit.share_cut >= _LEAST_SHOWN else "under 0.1%"
    cut = f"; {share} of it lies beyond {HORIZON_H / 24:g} days and is cut there"
    return (
        f"median and 9 in 10, fitted to {newest} {kind}, with the shipped prior of {prior} "
        f"(median {median:g} h) for 5 more{cut} [E]"
    )


def _without_rows(scenario: Scenario, lesson: _Lesson) -> Iterator[Caution]:
    """Warn of durations that are left to a history without a row of theirs."""
    for stage in scenario.recovery.stages:
        duration = stage.duration
        if duration is None or duration.value.law is not Law.HISTORY:
            continue
        category = duration.value.category
        if lesson.fit(category) is not None:
            continue
        prior = f"of '{category}'" if category in PRIORS else "of all incidents"
        known = ", ".join(lesson.history.labels[:8]) or "none"
        path = f"recovery.stages.{stage.name}.duration"
        yield Caution(
            path,
            f"{path}: {lesson.history.file} has no incident of '{category}' before the forecast: "
            f"the shipped prior {prior} is used (categories there: {known})",
            _line(duration.source),
        )


def _line(source: str) -> int:
    line = source.rpartition(":")[2]
    return int(line) if line.isdigit() else 0


def _cautions(lesson: _Lesson) -> Iterator[Caution]:
    """Pass on what the reader of the file found: every row that is not used, the first 20."""
    history = lesson.history
    for words in history.remarks:
        yield Caution("history", f"{history.file}: {words}")
    if len(history.skipped) > 1:
        rows = len(history.skipped) + len(history.incidents)
        words = f"{len(history.skipped)} of {rows:,} rows cannot be used and are skipped"
        yield Caution("history", f"{history.file}: {words}")
    for row in history.skipped[:MOST_LISTED]:
        yield Caution("history", f"{history.file}:{row.line}: skipped: {row.why}")
    more = len(history.skipped) - MOST_LISTED
    if more > 0:
        yield Caution("history", f"{history.file}: {more} more rows are skipped")
    late = sum(one.start_s >= lesson.as_of_s for one in history.incidents)
    if late:
        words = "1 incident began after the forecast: it is not used"
        if late > 1:
            words = f"{late} incidents began after the forecast: they are not used"
        yield Caution("history", f"{history.file}: {words}")
    used = [fit for fit in lesson.fits.values() if fit is not None]
    if used and not any(fit.ended for fit in used):
        words = "no incident had ended by the forecast: the shipped prior and what still runs speak"
        yield Caution("history", f"{history.file}: {words}")
    if not lesson.fits:
        words = "changes nothing: no stage asks for it, e.g. with duration: history(all)"
        yield Caution("history", f"{history.file} {words}")
