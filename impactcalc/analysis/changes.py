"""What changed since an earlier estimate: its mean to today's, part by part.

The bridge has a fixed order: yesterday -> time passed -> news of status -> corrected facts ->
changed model version -> today. Between two of its steps one thing alone differs, and every step is
simulated with today's program, seed and trials, so that the same draws meet in all of them:

    0  yesterday's question, as its record holds it
    1  the same at today's moment, with yesterday's sightings carried forward
    2  with today's status of its stages
    3  today's question: its answer is there already

The parts are 1-0, 2-1 and 3-2. What 0 differs from the record's own figure is the changed model
version (or other trials and seeds); so the parts add up to the difference of the two answers.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import impactcalc
from impactcalc.analysis.sightings import carried
from impactcalc.analysis.surprises import review, surprises
from impactcalc.domain.incident import Status
from impactcalc.domain.since import Change, Since
from impactcalc.engine.simulate import Effort, answer, sample
from impactcalc.engine.trial import compile_model
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from impactcalc.domain.incident import Stage
    from impactcalc.domain.result import Estimate
    from impactcalc.domain.scenario import Scenario
    from impactcalc.domain.sourced import Sourced
    from impactcalc.engine.model import Model
    from impactcalc.engine.sampling import Sample

PARTS = ("time passed", "news of status", "corrected facts", "changed model version")
TOTAL, END = "customer.total", "recovery.full_recovery_h"
_MOST_NOTED = 3
_STATUS = frozenset({"status", "finished", "elapsed", "seen", "open_at", "done_by", "known_at"})


class Means(NamedTuple):
    """The figures that are bridged; None where an answer has none."""

    total: float | None
    end_h: float | None
    breach_prob: float | None


class Kept(NamedTuple):
    """An earlier estimate as its record keeps it.

    Parameters
    ----------
    name
        Of the record's file.
    scenario
        The question that it answered.
    means
        What it said.
    version
        Of the program that said it.
    trials, seed
        How it was computed.
    """

    name: str
    scenario: Scenario
    means: Means
    version: str
    trials: int
    seed: int


class _Drawn(NamedTuple):
    """One step of the bridge: the compiled question, its trials, and its means."""

    model: Model
    sample: Sample
    means: Means


def explain(kept: Kept, today: Estimate) -> Estimate:
    """Fill in what changed since an earlier estimate.

    Parameters
    ----------
    kept
        The earlier one.
    today
        The answer of now, to a question into which `carried` put the earlier sightings.

    Returns
    -------
    Estimate
        With ``changes``, ``since``, and a check for each fact that the earlier forecast held for
        very unlikely. Without a mean in both answers there are no parts.
    """
    earlier, later = kept.scenario, today.scenario
    effort = Effort(trials=today.run.trials, seed=today.run.seed)
    passed = _at(earlier, today.as_of)
    told = _with_status(passed, later)
    begun = _drawn(earlier, effort)
    found = surprises(begun.model, begun.sample, later)
    steps = [begun.means, _drawn(passed, effort).means, _drawn(told, effort).means, means_of(today)]
    figure = _figure(kept.means, *steps)
    if figure is not None:
        notes = (
            _time(earlier, later),
            _news(passed, told),
            _facts(told, later),
            _version(kept, today),
        )
        parts = _parts(kept.means, steps, figure, notes)
        field = "total" if figure == TOTAL else "end_h"
        since = Since(
            record=kept.name,
            as_of=earlier.as_of.value,
            version=kept.version,
            figure=figure,
            before=getattr(kept.means, field),
            after=getattr(steps[-1], field),
            surprises=found,
        )
        today = today._replace(changes=parts, since=since)
    checks = tuple(review(one) for one in found if one.review)
    return today._replace(checks=(*checks, *today.checks))


def means_of(estimate: Estimate) -> Means:
    """Take the bridged figures out of an answer."""
    total, sla = estimate.customer.total, estimate.sla
    breach = None if sla is None else sla.breach_prob
    return Means(
        None if total is None else _finite(total.mean),
        _finite(estimate.recovery.full_recovery_h.mean),
        None if breach is None else breach.value,
    )


def _finite(value: float) -> float | None:
    """Keep a mean that can be shown."""
    return value if abs(value) < float("inf") else None


def _drawn(scenario: Scenario, effort: Effort) -> _Drawn:
    """Answer one step of the bridge."""
    model = compile_model(scenario)
    found = sample(model, effort)
    return _Drawn(model, found, means_of(answer(model, found, effort, time.perf_counter())))


def _at(earlier: Scenario, moment: datetime) -> Scenario:
    """Let time pass: the same question at a later moment, with what it knew."""
    stages = tuple(
        # its elapsed time is that of the earlier moment, and grows with the clock
        stage._replace(elapsed_s=None) if stage.status.value is Status.IN_PROGRESS else stage
        for stage in earlier.recovery.stages
    )
    plan = earlier.recovery._replace(stages=stages)
    later = earlier._replace(as_of=earlier.as_of._replace(value=moment), recovery=plan)
    return carried(later, earlier)


def _with_status(scenario: Scenario, today: Scenario) -> Scenario:
    """Give the stages of a plan the status that today's has."""
    news = {stage.name: stage for stage in today.recovery.stages}
    stages = tuple(_told(stage, news.get(stage.name)) for stage in scenario.recovery.stages)
    incident = scenario.incident._replace(milestones=today.incident.milestones)
    return scenario._replace(incident=incident, recovery=scenario.recovery._replace(stages=stages))


def _told(stage: Stage, news: Stage | None) -> Stage:
    if news is None:
        return stage
    return stage._replace(
        status=news.status,
        finished=news.finished,
        elapsed_s=news.elapsed_s,
        seen=news.seen,
        open_at=news.open_at,
        done_by=news.done_by,
    )


def _figure(*means: Means) -> str | None:
    """Choose the figure: the customer's total where all have it, else the end of recovery."""
    if all(one.total is not None for one in means):
        return TOTAL
    return END if all(one.end_h is not None for one in means) else None


def _parts(
    kept: Means, steps: list[Means], figure: str, notes: tuple[str, ...]
) -> tuple[Change, ...]:
    """Take the differences, the model version's last."""
    pairs = [(steps[0], steps[1]), (steps[1], steps[2]), (steps[2], steps[3]), (kept, steps[0])]
    changes = []
    for part, (before, after), note in zip(PARTS, pairs, notes, strict=True):
        end = _difference(before.end_h, after.end_h)
        total = _difference(before.total, after.total)
        mean = total if figure == TOTAL else end
        breach = _difference(before.breach_prob, after.breach_prob)
        changes.append(Change(part, mean or 0.0, note, end, breach))
    return tuple(changes)


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _time(earlier: Scenario, later: Scenario) -> str:
    """Say how much time passed."""
    hours = (later.as_of.value - earlier.as_of.value) / timedelta(hours=1)
    if not hours:
        return "no time has passed"
    shown = f"{hours / 24:.3g} d" if hours >= 48 else f"{hours:.3g} h"  # noqa: PLR2004 - two days
    return f"{shown} later"


def _news(before: Scenario, after: Scenario) -> str:
    """Say of which stages other things are known: status, finish, time under way."""
    pairs = zip(before.recovery.stages, after.recovery.stages, strict=True)
    found = [f"'{new.name}' {news}" for old, new in pairs if (news := _news_of(old, new))]
    return _some(found) or "no stage has another status"


def _news_of(old: Stage, new: Stage) -> str:
    """Say what is news of one stage; empty: nothing."""
    if old.status.value != new.status.value:
        return new.status.value.replace("_", " ")
    if new.finished is not None and _stated(old.finished) != new.finished.value:
        return f"done {new.finished.text}"
    if new.elapsed_s is not None and _stated(old.elapsed_s) != new.elapsed_s.value:
        return f"under way for {float(new.elapsed_s.value) / 3600:.3g} h"
    return ""


def _stated(figure: Sourced[Any] | None) -> object:
    return None if figure is None else figure.value


def _facts(before: Scenario, after: Scenario) -> str:
    """Say which facts differ, with both values."""
    old, new = dict(_leaves(before.figures)), dict(_leaves(after.figures))
    found = []
    for path in dict.fromkeys((*old, *new)):
        if old.get(path) != new.get(path):
            name = path[-1].replace("_", " ")
            name = f"{path[-2]} {name}" if len(path) > 1 and path[0] == "recovery" else name
            values = f"{old.get(path, 'not stated')} -> {new.get(path, 'not stated')}"
            found.append(f"{name}: {values}")
    return _some(found) or "no fact differs"


def _leaves(
    figures: Mapping[str, object], path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], str]]:
    """List the figures by path, without status, moment of the forecast and alternatives."""
    found: list[tuple[tuple[str, ...], str]] = []
    for key, value in figures.items():
        here = (*path, key)
        if key in _STATUS or here in {("incident", "as_of"), ("what_if",), ("impactcalc",)}:
            continue
        found += _below(value, here)
    return found


def _below(value: object, here: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        return _leaves(value, here)
    if isinstance(value, (list, tuple)) and not hasattr(value, "source"):
        named = (
            (str(item["name"].value) if isinstance(item, dict) and "name" in item else str(n), item)
            for n, item in enumerate(value, 1)
        )
        return [leaf for name, item in named for leaf in _below(item, (*here, name))]
    return [(here, str(getattr(value, "value", value)))]


def _version(kept: Kept, today: Estimate) -> str:
    """Say what differs in the computing."""
    run = today.run
    if kept.version != run.version:
        return f"{kept.version} -> {impactcalc.__version__}, on the earlier question"
    if (kept.trials, kept.seed) != (run.trials, run.seed):
        return f"same version; {kept.trials:,} -> {run.trials:,} trials: simulation error"
    return f"same version ({run.version})"


def _some(found: list[str]) -> str:
    """Write the first few of several."""
    more = f"; {len(found) - _MOST_NOTED} more" if len(found) > _MOST_NOTED else ""
    return "; ".join(found[:_MOST_NOTED]) + more
