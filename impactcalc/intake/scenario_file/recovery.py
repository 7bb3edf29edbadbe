"""The recovery section: the staged plan, stage by stage, and what ties the stages together."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from impactcalc.domain.incident import RecoveryPlan, Shape, Stage, Status, Window
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.intake.moments import parse_span
from impactcalc.intake.quantities import (
    parse_positive_duration,
    parse_quantity,
    parse_share,
    parse_window,
)
from impactcalc.intake.scenario_file.section import Section, choice
from impactcalc.intake.scenario_file.stage_order import read_order, refuse_cycle
from impactcalc.units.duration import parse_duration, short_duration
from impactcalc.units.number import parse_count, parse_number
from impactcalc.units.ratio import parse_ratio

if TYPE_CHECKING:
    from impactcalc.intake.scenario_file.timing import Timing

ONLY_STAGE = "Recovery"
_WIDEST_WINDOW = 12
_WIDEST_INTERVAL = 400  # P95/P5 with the log-sd of a window whose ends differ 12 times
_MOST_TRIES = 100
_HIGHEST_DEPENDENCE = Decimal("0.95")

_PRIOR = "neither window nor duration is stated: incidents of all kinds, median 4 h [E]"
_NO_STAGES = "no stages are stated: one stage that restores everything"
_DEPENDENCE = "measured log-correlations of stages .41-.68 [E]"
_WINDOWS = "real spread of such plans: a quarter ends before, a quarter after the window [E]"
_TRIES = "fitted durations contain failed tries and relapses already [E]"
_STATUS = "no status is stated"
_TOO_WIDE = "is so wide that its mean lies far beyond its median; write a narrower range"

_share = partial(parse_quantity, dimension=Dimension.SHARE)
_length = partial(parse_quantity, dimension=Dimension.DURATION)


def map_recovery(section: Section, timing: Timing) -> RecoveryPlan:
    """Map the section.

    Parameters
    ----------
    section
        ``recovery``; empty when it is not written.
    timing
        The moments that `read_timing` has read.
    """
    parts = section.sections("stages", named=True)
    names = _names(parts)
    orders = read_order(parts, names)
    stages = tuple(
        _stage(part, name, after, timing)
        for part, name, after in zip(parts, names, orders, strict=True)
    )
    if len(set(names)) == len(parts) and all(part.has("name") for part in parts):
        refuse_cycle(parts, stages)
    _warn_of_odd_order(parts, stages)
    _check_shares(parts)
    _note_rules(section, stages)
    dependence = section.read_or("dependence", _dependence, "0.5", _DEPENDENCE)
    if len(stages) > 1 and not dependence.stated:
        section.findings.assume("recovery.dependence", "0.5", _DEPENDENCE)
    return RecoveryPlan(
        stages=stages or (_only_stage(section),),
        dependence=dependence,
        started=timing.plan_started,
        known_at=section.read("known_at", partial(parse_span, zone=timing.zone)),
        rto_s=section.read("rto", parse_positive_duration),
        mtpd_s=section.read("mtpd", parse_positive_duration),
    )


def _dependence(text: str) -> Decimal:
    """Read a correlation from 0 to 0.95."""
    try:
        value = parse_number(text)
    except ValueError:
        value = parse_ratio(text)
    if not 0 <= value <= _HIGHEST_DEPENDENCE:
        raise ValueError(f"'{text}' lies outside 0 to 0.95; write e.g. 0.5")
    return value


def _names(parts: list[Section]) -> list[str]:
    """Read the stages' names, each once."""
    names: list[str] = []
    first_line: dict[str, int] = {}
    for number, part in enumerate(parts, 1):
        part.require("name", f"Stage {number}")
        name = part.read("name", _name)
        names.append(name.value if name else f"Stage {number}")
        if name and name.value in first_line:
            where = first_line[name.value]
            first = f" (first on line {where})" if where else ""
            part.problem("name", f"'{name.value}' is used twice{first}; names must be unique")
        elif name:
            first_line[name.value] = part.node["name"].line
    return names


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; give the stage a name")
    return text.strip()


def _only_stage(section: Section) -> Stage:
    """Return the one stage of a plan without stages."""
    source = f"default: {_NO_STAGES}"
    section.findings.assume("recovery.stages", f"one stage '{ONLY_STAGE}'", _NO_STAGES)
    for key, value in (("name", ONLY_STAGE), ("duration", "history(all)"), ("restores", "100%")):
        section.findings.default((*section.path, "stages", 0, key), value, _NO_STAGES)
    return Stage(
        name=ONLY_STAGE,
        source=source,
        window=None,
        duration=_prior_duration(),
        after=(),
        restores=Sourced(Decimal(1), source),
        status=Sourced(Status.NOT_STARTED, source),
        fails=Sourced(_share("0%"), source),
        retry=Sourced(_share("60%"), source),
        relapse=Sourced(_share("0%"), source),
    )


def _prior_duration() -> Sourced[Quantity]:
    return Sourced(_length("history(all)"), f"default: {_PRIOR}")


def _stage(part: Section, name: str, after: tuple[str, ...], timing: Timing) -> Stage:
    """Map one stage."""
    status = part.read_or("status", choice(Status), "not_started", _STATUS)
    window, duration = _length_of(part)
    moment = partial(parse_span, zone=timing.zone)
    stage = Stage(
        name=name,
        source=part.node.source,
        window=window,
        duration=duration,
        after=after,
        restores=part.read("restores", parse_share),
        status=status,
        fails=part.read_or("fails", _share, "0%", _TRIES),
        retry=part.read_or("retry", _share, "60%", "a further try costs less [A]"),
        relapse=part.read_or("relapse", _share, "0%", _TRIES),
        shape=part.read_or("shape", choice(Shape), "step", "service returns at the finish").value,
        finished=part.read("finished", moment),
        elapsed_s=part.read("elapsed", parse_duration),
        seen=part.read("seen", moment),
        open_at=part.read("open_at", moment),
        done_by=part.read("done_by", moment),
        max_tries=part.read_or("max_tries", _tries, "3", "at most three tries [A]").value,
        hand_over=part.read("hand_over", _length),
        actions=part.texts("actions"),
    )
    _check_evidence(part, stage, timing)
    return stage


def _tries(text: str) -> int:
    count = parse_count(text)
    if not 1 <= count <= _MOST_TRIES:
        raise ValueError(f"'{text}' lies outside 1 to {_MOST_TRIES}; write e.g. 3")
    return count


def _length_of(part: Section) -> tuple[Sourced[Window] | None, Sourced[Quantity] | None]:
    """Read window or duration: one of them; with neither, the prior of all incidents."""
    window, duration = part.read("window", parse_window), part.read("duration", _length)
    if part.has("window") and part.has("duration"):
        later = max("window", "duration", key=lambda key: part.node[key].line)
        part.problem(later, "window and duration are both written; keep one of them")
        return window, None
    if window is not None:
        _warn_of_wide_window(part, window)
    if duration is not None:
        _check_duration(part, duration)
    if part.has("window") or part.has("duration"):
        return window, duration
    part.findings.assume(part.label_of("duration"), "history(all)", _PRIOR)
    part.findings.default((*part.path, "duration"), "history(all)", _PRIOR)
    return None, _prior_duration()


def _warn_of_wide_window(part: Section, window: Sourced[Window]) -> None:
    """Warn of a window whose mean lies far beyond its median."""
    low, high = window.value.earliest_s, window.value.latest_s
    if high is not None and low and high / low > _WIDEST_WINDOW:
        part.caution("window", f"'{window.text}' {_TOO_WIDE}", "have a very wide window")


def _check_duration(part: Section, duration: Sourced[Quantity]) -> None:
    """Refuse a length of 0; warn of laws that cannot overrun and of very wide ones."""
    law, numbers = duration.value.law, duration.value.parameters
    text = duration.text
    if law is Law.FIXED and not numbers[0]:
        part.problem("duration", f"'{text}' has no length; write e.g. 2 h, or leave the stage out")
    elif law in {Law.PERT, Law.TRIANGULAR, Law.UNIFORM}:
        words = f"'{text}' cannot overrun its maximum, as plans do; lognormal(median, P90) can"
        part.caution("duration", words, "cannot overrun")
    elif law is Law.INTERVAL and numbers[1] / numbers[0] > _WIDEST_INTERVAL:
        part.caution("duration", f"'{text}' {_TOO_WIDE}", "have a very wide duration")
    elif law is not Law.HISTORY or part.findings.taught:
        return
    elif duration.value.category not in CATEGORIES:
        words = (
            f"no prior is shipped for '{duration.value.category}', that of all incidents is used"
        )
        part.caution("duration", f"{words}; known are {', '.join(CATEGORIES)}", "have no prior")


CATEGORIES = (
    "config",
    "overload",
    "software",
    "network",
    "coordination",
    "dependency",
    "data loss",
    "database",
    "power",
    "all",
)
"""Categories with a shipped prior (MODEL.md section 2)."""


def _check_evidence(part: Section, stage: Stage, timing: Timing) -> None:
    """Check what is stated of a stage's past against its status and the forecast."""
    as_of = timing.as_of.value
    for key, seen in (
        ("finished", stage.finished),
        ("seen", stage.seen),
        ("open_at", stage.open_at),
    ):
        if seen is not None and seen.value.earliest > as_of:
            part.problem(key, f"'{seen.text}' lies after the forecast ({as_of.isoformat()})")
    _check_finished(part, stage, timing)
    _warn_of_long_elapsed(part, stage, timing)
    status, windowed = stage.status.value, stage.window is not None
    followed = status is Status.DONE and stage.open_at is not None
    under_way = (status is Status.IN_PROGRESS or followed) and not windowed
    if stage.elapsed_s is not None and not under_way:
        why = (
            "a window counts from recovery.started; a duration would use it"
            if windowed
            else f"the stage is {status}, not in_progress"
        )
        part.caution("elapsed", f"is not used: {why}", "have an elapsed time that is not used")
    if stage.seen is not None and not under_way:
        why = "is not used: it belongs to a stage in progress that has a duration"
        part.caution("seen", why, "have a sighting that is not used")
    if stage.hand_over is not None and (windowed or status is not Status.NOT_STARTED):
        why = "is not used: it belongs to a stage with a duration that has not started"
        part.caution("hand_over", why, "have a hand-over that is not used")


def _warn_of_long_elapsed(part: Section, stage: Stage, timing: Timing) -> None:
    """Warn of a stage that is said to have begun before the incident."""
    if stage.elapsed_s is None:
        return
    lasted = (timing.as_of.value - timing.incident_started.value.earliest).total_seconds()
    if stage.elapsed_s.value > lasted:
        shown = short_duration(lasted)
        what = f"'{stage.elapsed_s.text}' is longer than the incident has lasted ({shown})"
        part.caution("elapsed", what, "are said to have begun before the incident")


def _warn_of_odd_order(parts: list[Section], stages: tuple[Stage, ...]) -> None:
    """Warn of a stage that is done although one that it waits for is not."""
    done = {stage.name for stage in stages if stage.status.value is Status.DONE}
    for part, stage in zip(parts, stages, strict=True):
        waits = [name for name in stage.after if name not in done]
        if stage.name in done and waits:
            what = f"the stage is done, but '{waits[0]}', which it waits for, is not"
            part.caution("status", what, "are done before one that they wait for")


def _check_finished(part: Section, stage: Stage, timing: Timing) -> None:
    """Refuse a finish of a stage that is not done, or from before the incident's start."""
    finished = stage.finished
    if finished is None:
        return
    if stage.status.value is not Status.DONE:
        part.problem("finished", f"the stage is {stage.status.value}, not done; write status: done")
    elif finished.value.latest < timing.incident_started.value.earliest:
        part.problem("finished", f"'{finished.text}' lies before the incident's start; mend it")


def _check_shares(parts: list[Section]) -> None:
    """Refuse shares that leave a negative rest, or that are all stated and not 100%."""
    stated = [part for part in parts if part.has("restores")]
    shares = []
    for part in stated:
        try:
            shares.append(parse_share(part.node["restores"].text or ""))
        except ValueError:
            return  # named already; a sum would repeat it
    total = sum(shares, Decimal(0))
    if stated and (total > 1 or (len(stated) == len(parts) and total != 1)):
        shown = f"{(total * 100).normalize():f}%"
        stated[-1].problem(
            "restores", f"the stages' shares add up to {shown}, not 100%; mend one of them"
        )


def _note_rules(section: Section, stages: tuple[Stage, ...]) -> None:
    """Note the readings of windows and tries."""
    if any(stage.window is not None for stage in stages):
        section.findings.assume("recovery.stages.window", "P25 to P75 of the finish", _WINDOWS)
    if any(not stage.fails.stated or not stage.relapse.stated for stage in stages):
        section.findings.assume("recovery.stages.fails", "0%", _TRIES)
