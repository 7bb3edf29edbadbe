"""The what-if: a scenario as it stands beside its alternatives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.usecases.files import with_files, with_history
from impactcalc.usecases.source import present, read_source, scenario_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from impactcalc.domain.result import Comparison
    from impactcalc.domain.scenario import Scenario, WhatIf
    from impactcalc.usecases.request import Request
    from impactcalc.usecases.source import Source

AS_OF = "incident.as_of"


def whatif(
    name: str,
    second: str | None,
    request: Request,
    now: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Compare alternatives with a scenario as it stands.

    Parameters
    ----------
    name
        Path of a scenario file or an escalation text, ``-`` for standard input.
    second
        Another one that is the alternative as a whole.
    request
        The options; its ``settings`` are one alternative. Without them and without ``second`` the
        scenario's own what_if list is compared.
    now
        The present moment, for sources that state none; aware.
    progress
        Told the points done and the most that there can be, in a run beyond 2^20 trials.

    Raises
    ------
    InputError
        With every problem of the sources and the options at once, or when there is no alternative.
    """
    moment = now or present()
    source = read_source(name)
    base = with_files(scenario_of(source, request._replace(settings=()), moment), request, name)
    actions = base.what_if
    # the moment of the forecast is the base's, unless a setting changes it
    asked = request._replace(as_of=base.as_of.value.isoformat())
    if second is not None:
        actions = (_from_file(second, asked._replace(settings=()), moment),)
        _refuse_other_currency(actions[0], base, name)
    elif request.settings:
        if any(setting.startswith(AS_OF) for setting in request.settings):
            asked = asked._replace(as_of=None)
        actions = (_from_settings(source, asked, moment),)
    if not actions:
        raise InputError(
            Problem(
                "there is no alternative to compare",
                "write a what_if list, or give --set PATH=VALUE or a second scenario",
                name,
            )
        )
    from impactcalc.analysis.decisions import compare_with
    from impactcalc.engine.simulate import Effort

    effort = Effort(request.accuracy, request.trials, request.seed, progress)
    return compare_with(base, actions, effort)


def _changed(source: Source, request: Request, now: datetime) -> Scenario:
    """Read an alternative at the base's moment, which nobody gave as an option."""
    try:
        return with_history(scenario_of(source, request, now), request, source.name)
    except InputError as error:
        words = "the moment of the forecast, which is the base's,"
        problems = (
            replace(
                one, message=one.message.replace("--as-of:", words, 1), remedy="mend one of them"
            )
            if one.message.startswith("--as-of:")
            else one
            for one in error.problems
        )
        raise InputError(*problems) from error


def _from_file(name: str, request: Request, now: datetime) -> WhatIf:
    """Make an alternative of another source."""
    from impactcalc.domain.scenario import WhatIf

    scenario = _changed(read_source(name), request, now)
    return WhatIf(PurePath(name).name, name, scenario, changes=(f"all of {name}",))


def _refuse_other_currency(action: WhatIf, base: Scenario, name: str) -> None:
    """Refuse to take money of one currency from money of another: no rate is known."""
    ours, theirs = base.currency, action.scenario.currency
    if ours and theirs and ours != theirs:
        what = f"is in {theirs}, {name} in {ours}"
        raise InputError(Problem(what, "write both in one currency", action.source))


def _from_settings(source: Source, request: Request, now: datetime) -> WhatIf:
    """Make an alternative of all settings together."""
    from impactcalc.domain.scenario import WhatIf
    from impactcalc.intake.scenario_file.settings import SOURCE, split_setting

    try:
        scenario = _changed(source, request, now)
    except InputError as error:
        raise InputError(*(_by_settings(one, request) for one in error.problems)) from error
    pairs = dict(split_setting(setting) for setting in request.settings)
    changes = tuple(f"{path} = {value}" for path, value in pairs.items())
    name = ", ".join(change.removeprefix("recovery.stages.") for change in changes)
    return WhatIf(name, SOURCE, scenario, set=pairs, changes=changes)


def _by_settings(problem: Problem, request: Request) -> Problem:
    """Say that a place of the file, right by itself, is wrong with the settings."""
    if not problem.line:
        return problem
    given = " ".join(f"--set '{setting}'" for setting in request.settings)
    return replace(problem, message=f"with {given}, {problem.message}")


def document_of(comparison: Comparison) -> dict[str, object]:
    """Return the comparison as the JSON document of ``--json``."""
    from impactcalc.report.comparison import to_document

    return to_document(comparison)


def write_plot(comparison: Comparison, path: Path) -> Path:
    """Write the savings side by side as PNG; an older file is replaced whole.

    Raises
    ------
    InputError
        When no alternative has a saving in money, or the path cannot be a PNG file.
    OutputError
        When the file could not be written.
    """
    if path.suffix.lower() != ".png":
        raise InputError(Problem(f"--plot: '{path}' is no PNG file", "e.g. --plot savings.png"))
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(Problem(f"--plot: '{path}' cannot be written", "name a file in a folder"))
    if all(one.net_saving is None for one in comparison.what_if):
        what = "--plot: no alternative has a saving in money"
        raise InputError(Problem(what, "state revenue_at_risk, or leave --plot out"))
    import logging

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # of caches, to standard error
    from impactcalc.report.figures.savings import render_png
    from impactcalc.report.output import write_file

    return write_file(path, render_png(comparison))
