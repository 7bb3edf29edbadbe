"""The command ``sli``: its parameters, and its answer on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from impactcalc.cli.outcome import Outcome
from impactcalc.cli.parameters import INPUTS, WRITE
from impactcalc.errors import InputError, Problem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo
    from fractions import Fraction

    from impactcalc.domain.contract import DowntimeRule
    from impactcalc.domain.service_level import ServiceLevel
    from impactcalc.usecases.sli import SliRequest

T = TypeVar("T")
CONTRACT, SLICES = "What is promised", "Time slices and burn"
ROLES = ("good", "total", "errors", "timestamp", "latency", "status", "start", "end", "lost_share")
_SECOND_NS = 10**9

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="CSV, Parquet, Prometheus, OpenMetrics, UptimeRobot, Pingdom, Statuspage, incidents; "
        "objectives (OpenSLO, Sloth, Pyrra) or a scenario with 'sla'.",
    ),
]


def _option(name: str, metavar: str, text: str, panel: str) -> typer.models.OptionInfo:
    """Declare an option with a value."""
    option: typer.models.OptionInfo = typer.Option(
        name, metavar=metavar, help=text, rich_help_panel=panel
    )
    return option


Target = Annotated[str | None, _option("--target", "RATIO", "The promise, e.g. 99.9%.", CONTRACT)]
Period = Annotated[
    str | None,
    _option(
        "--period",
        "WINDOW",
        "START/END, 2024-01, 30d, month 2024-01 in ZONE.  [the data's span]",
        CONTRACT,
    ),
]
Downtime = Annotated[
    str | None,
    _option("--downtime", "RULE", "all_fail, proportional or 'threshold 5%'.", CONTRACT),
]
MinConsecutive = Annotated[
    str | None,
    _option("--min-consecutive", "N", "Only runs of N down intervals count.  [1]", CONTRACT),
]
MinEvents = Annotated[
    str | None,
    _option("--min-events", "N", "Intervals with fewer events are never down.  [0]", CONTRACT),
]
Exclude = Annotated[
    list[str] | None,
    _option("--exclude", "START/END", "Agreed maintenance (repeatable).", CONTRACT),
]
Zone = Annotated[
    str | None,
    _option("--tz", "ZONE", "Of times without an offset, and of calendar periods.", INPUTS),
]
Columns = Annotated[
    str | None,
    _option("--columns", "ROLE=NAME,...", "Columns, e.g. good=ok,total=all.", INPUTS),
]
Errors = Annotated[
    str | None,
    _option("--errors", "MATCHERS", "Counters that are errors, e.g. 'code=~\"5..\"'.", INPUTS),
]
Threshold = Annotated[
    str | None, _option("--threshold", "TIME", "Latency that is still good, e.g. 500ms.", INPUTS)
]
Weight = Annotated[
    list[str] | None,
    _option("--incident-weight", "STATE=SHARE", "Lost share, e.g. partial=0.3.", INPUTS),
]
Component = Annotated[
    str | None, _option("--component", "NAME", "One component or monitor.", INPUTS)
]
Format = Annotated[
    str | None, _option("--format", "KIND", "Kind of the files.  [by their content]", INPUTS)
]
Slice = Annotated[str | None, _option("--slice", "TIME", "Width of a time slice.  [5m]", SLICES)]
SliceTarget = Annotated[
    str | None, _option("--slice-target", "RATIO", "A slice is good from here.  [95%]", SLICES)
]
AsOf = Annotated[
    str | None,
    _option("--as-of", "TIME", "End of burn windows and of a period like 30d.", SLICES),
]
FailBelow = Annotated[
    bool,
    typer.Option(
        "--fail-below-target", help="Exit 3 when the target is missed.", rich_help_panel=WRITE
    ),
]
Plot = Annotated[
    Path | None,
    typer.Option(
        "--plot",
        metavar="FILE.png",
        help="Availability by day, budget, forecast.",
        rich_help_panel=WRITE,
    ),
]


class Asked(NamedTuple):
    """The words of the command line."""

    files: Sequence[Path]
    target: str | None
    period: str | None
    downtime: str | None
    min_consecutive: str | None
    min_events: str | None
    exclude: Sequence[str]
    zone: str | None
    columns: str | None
    errors: str | None
    threshold: str | None
    weight: Sequence[str]
    component: str | None
    kind: str | None
    slice_width: str | None
    slice_target: str | None
    as_of: str | None


class Write(NamedTuple):
    """How the answer is to be said."""

    as_json: bool
    plot: Path | None
    fail_below_target: bool


def answer(asked: Asked, write: Write) -> Outcome:
    """Judge the files, and say it."""
    from impactcalc.usecases.sli import judge

    request = read_request(asked, history=write.plot is not None)
    level = judge(request)
    notes = [_warning(each.file, each.line, each.message) for each in level.remarks]
    if write.plot is not None:
        from impactcalc.usecases.sli_plot import write_plot

        notes.append(f"wrote {write_plot(level, write.plot)}")
    return Outcome(
        _text(level, as_json=write.as_json),
        utf8=write.as_json,
        notes=tuple(notes),
        met=_missed(level) if write.fail_below_target else "",
    )


def _warning(file: str, line: int, message: str) -> str:
    """Write a warning as ``file:line: warning: words``."""
    place = f"{file}:{line}" if file and line else file
    return f"{place}: warning: {message}" if place else f"warning: {message}"


def _text(level: ServiceLevel, *, as_json: bool) -> str:
    """Write the document or the screen."""
    if as_json:
        import json

        from impactcalc.report.service_level import to_document

        return json.dumps(to_document(level), allow_nan=False, ensure_ascii=False, indent=1) + "\n"
    from impactcalc.cli import console
    from impactcalc.report.terminal.service_level import render_level

    face = console.face()
    return render_level(level, width=face.width, colour=face.colour, unicode=face.unicode)


def _missed(level: ServiceLevel) -> str:
    """Say that the target is missed; empty when it is met.

    Raises
    ------
    InputError
        When nothing says which reading of downtime decides.
    """
    met = level.meets_target
    if met is None:
        what = "--fail-below-target: the readings of downtime disagree, and none is in force"
        raise InputError(Problem(what, "say which one decides, e.g. --downtime all_fail"))
    return "" if met else "the target is missed"


def read_request(asked: Asked, *, history: bool, roles: Sequence[str] = ROLES) -> SliRequest:
    """Read the options; `roles` are those that ``--columns`` may name.

    Raises
    ------
    InputError
        With one problem a wrong option.
    """
    from impactcalc.intake.observations import FORMATS
    from impactcalc.intake.period import parse_bound, parse_period, parse_span
    from impactcalc.intake.read_options import DEFAULT_WEIGHTS, ReadOptions
    from impactcalc.usecases.sli import SliRequest

    read = _Reader()
    zone = read("--tz", read_zone, asked.zone)
    excluded = [
        read("--exclude", lambda text: parse_span(text, zone), each) for each in asked.exclude
    ]
    weights = [read("--incident-weight", _weight, each) for each in asked.weight]
    slice_ns = read("--slice", _slice, asked.slice_width)
    reading = ReadOptions(
        zone=zone,
        columns=read("--columns", lambda text: read_columns(text, roles), asked.columns) or {},
        errors=asked.errors,
        threshold_s=read("--threshold", _seconds, asked.threshold),
        weights=DEFAULT_WEIGHTS | dict(filter(None, weights)),
        component=asked.component,
        format=read("--format", lambda text: _one_of(text, tuple(FORMATS)), asked.kind),
        period=read("--period", lambda text: parse_period(text, zone), asked.period),
        as_of_ns=read("--as-of", lambda text: parse_bound(text, zone), asked.as_of),
        slice_ns=slice_ns or 300 * _SECOND_NS,
        slice_stated=slice_ns is not None,
    )
    request = SliRequest(
        files=tuple(map(str, asked.files)),
        reading=reading,
        target=read("--target", _target, asked.target),
        rule=read("--downtime", _rule, asked.downtime),
        min_consecutive=read(
            "--min-consecutive", lambda text: _whole(text, 1), asked.min_consecutive
        ),
        min_events=read("--min-events", lambda text: _whole(text, 0), asked.min_events),
        slice_target=read("--slice-target", _target, asked.slice_target),
        excluded=tuple(span for span in excluded if span is not None),
        history=history,
    )
    read.finish()
    return request


class _Reader:
    """Reads options one by one and keeps their problems, so that one run names them all."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def __call__(self, option: str, reader: Callable[[str], T], text: str | None) -> T | None:
        """Read one option; None when it is not given or wrong."""
        if text is None:
            return None
        try:
            return reader(text)
        except ValueError as error:
            words, _, remedy = str(error).partition("; ")
            self._problems.append(Problem(f"{option}: {words}", remedy))
            return None

    def finish(self) -> None:
        """Raise all problems that were kept."""
        if self._problems:
            raise InputError(*self._problems)


def read_zone(text: str) -> tzinfo:
    """Read the name of a zone."""
    from impactcalc.intake.moments import parse_zone

    return parse_zone(text)


def _target(text: str) -> Fraction:
    """Read a target: above 0% and at most 100%."""
    from fractions import Fraction

    from impactcalc.units.ratio import parse_ratio

    ratio = Fraction(parse_ratio(text))
    if not 0 < ratio <= 1:
        raise ValueError(f"'{text}' lies outside 0% (excluded) to 100%; e.g. 99.9%")
    return ratio


def _rule(text: str) -> DowntimeRule:
    """Read ``all_fail``, ``proportional`` or ``threshold 5%``."""
    from impactcalc.domain.contract import Downtime, DowntimeRule
    from impactcalc.units.ratio import parse_ratio

    name, _, share = " ".join(text.split()).partition(" ")
    if name == "threshold" and share:
        ratio = parse_ratio(share)
        if not 0 <= ratio < 1:
            raise ValueError(f"'{text}' lies outside 0% to 100% (excluded); e.g. threshold 5%")
        return DowntimeRule(Downtime.THRESHOLD, ratio)
    if name in {"all_fail", "proportional"} and not share:
        return DowntimeRule(Downtime(name))
    raise ValueError(f"'{text}' is no rule; write all_fail, proportional or 'threshold 5%'")


def read_columns(text: str, roles: Sequence[str] = ROLES) -> dict[str, str]:
    """Read ``good=ok,total=all``."""
    columns: dict[str, str] = {}
    for part in text.split(","):
        role, equals, name = part.partition("=")
        if not equals or not name.strip() or role.strip() not in roles:
            raise ValueError(f"'{part}' is not ROLE=NAME; roles are {', '.join(roles)}")
        columns[role.strip()] = name.strip()
    return columns


def _weight(text: str) -> tuple[str, Fraction]:
    """Read ``partial=0.3``."""
    from fractions import Fraction

    from impactcalc.units.ratio import parse_ratio

    state, equals, share = text.partition("=")
    if not equals or not state.strip():
        raise ValueError(f"'{text}' is not STATE=SHARE; e.g. partial=0.3")
    ratio = Fraction(parse_ratio(share))
    if not 0 <= ratio <= 1:
        raise ValueError(f"'{text}' lies outside 0% to 100%; e.g. partial=0.3")
    return state.strip(), ratio


def _seconds(text: str) -> Fraction:
    """Read a length of time in exact seconds."""
    from fractions import Fraction

    from impactcalc.units.duration import parse_duration

    return Fraction(parse_duration(text))


def _slice(text: str) -> int:
    """Read the width of a slice in nanoseconds."""
    width = int(_seconds(text) * _SECOND_NS)
    if width < _SECOND_NS:
        raise ValueError(f"'{text}' is too short for a slice; e.g. 5m")
    return width


def _whole(text: str, least: int) -> int:
    """Read a whole number."""
    plain = text.strip()
    most = 1_000_000
    if not (plain.isascii() and plain.isdigit()) or not least <= int(plain[:9]) <= most:
        raise ValueError(f"'{text}' is no whole number from {least} to {most}; e.g. {least + 4}")
    return int(plain)


def _one_of(text: str, known: tuple[str, ...]) -> str:
    """Read one of some words."""
    if text not in known:
        raise ValueError(f"'{text}' is unknown; write one of {', '.join(known)}")
    return text
