"""The choice: which series count, and which of them are errors.

A gauge in a counter's place is refused: increases of a ratio or of a rate mean nothing.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.prometheus.matchers import all_hold, parse_matchers
from impactcalc.intake.prometheus.series import LE, Series, written
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from impactcalc.intake.prometheus.matchers import Matcher

_COUNTER = "query the counter itself, e.g. http_requests_total, without rate() or a division"
_FALLS_OF_GAUGES = Fraction(1, 4)
_FEWEST_STEPS = 4
_GAUGES = ("up", "probe_success")
_NOT_EVENTS = ("_sum", "_created")


class Choice(NamedTuple):
    """The series of all events, and those of a part of them.

    ``part_is_good`` tells whether the part holds the good events or the errors.
    """

    total: list[Series]
    part: list[Series]
    part_is_good: bool


def choose(
    series: Sequence[Series], errors: str | None, columns: Mapping[str, str], file: str
) -> Choice:
    """Choose counters by the names of ``--columns`` and the labels of ``--errors``.

    Raises
    ------
    InputError
        When it is not said which events are errors, several metrics could be meant, a label is
        unknown, or a gauge stands where a counter should.
    """
    usable = [one for one in series if LE not in one.labels and not one.name.endswith(_NOT_EVENTS)]
    try:
        choice = _choice(usable, errors, columns, file)
    except InputError:
        for one in usable:  # a gauge is the better news: no option would help
            _refuse_gauge(one)
        raise
    for one in {id(one): one for one in (*choice.total, *choice.part)}.values():
        _refuse_gauge(one)
    return choice


def _choice(
    usable: list[Series], errors: str | None, columns: Mapping[str, str], file: str
) -> Choice:
    """Choose by names, else by labels."""
    total = _named(usable, columns["total"], "total", file) if "total" in columns else usable
    role = "good" if "good" in columns else "errors" if "errors" in columns else ""
    if role:
        part = _named(usable, columns[role], role, file)
        total = total if "total" in columns else [one for one in total if one.name != columns[role]]
    elif errors is None:
        what = "it is not said which events are errors"
        raise InputError(Problem(what, "write e.g. --errors 'code=~\"5..\"'", file))
    else:
        matchers = parse_matchers(errors)
        total = _with_labels(_one_metric(total, matchers, file), matchers, file)
        part = [one for one in total if all_hold(matchers, one.labels)]
    return Choice(_one_metric(total, (), file), part, role == "good")


def _named(series: Sequence[Series], name: str, role: str, file: str) -> list[Series]:
    """Series of one metric."""
    found = [one for one in series if one.name == name]
    if not found:
        known = ", ".join(sorted({one.name for one in series if one.name})) or "none has a name"
        what = f"--columns {role}={name}: there is no such metric"
        raise InputError(Problem(what, f"found: {known}", file))
    return found


def _one_metric(series: list[Series], matchers: tuple[Matcher, ...], file: str) -> list[Series]:
    """Take the one metric; of several the one whose series have the labels of ``--errors``."""
    if matchers:
        labels = {matcher.label for matcher in matchers}
        having = {one.name for one in series if labels & set(one.labels)}
        series = [one for one in series if one.name in having] or series
    names = sorted({one.name for one in series})
    if len(names) > 1:
        what = f"holds several metrics: {', '.join(name or 'one without a name' for name in names)}"
        remedy = "say which counts what: --columns total=NAME,errors=NAME"
        raise InputError(Problem(what, remedy, file))
    if not series:
        what = "holds no counter"
        raise InputError(Problem(what, "for a histogram write --threshold 500ms", file))
    return series


def _with_labels(series: list[Series], matchers: tuple[Matcher, ...], file: str) -> list[Series]:
    """Refuse a label that no series has: nothing would be an error, in silence."""
    known = {label for one in series for label in one.labels}
    for matcher in matchers:
        if matcher.label not in known:
            what = f"--errors: no series has the label '{matcher.label}'"
            shown = ", ".join(sorted(known - {"__name__"})) or "none"
            raise InputError(Problem(what, f"labels are: {shown}", file))
    return series


def _refuse_gauge(one: Series) -> None:
    """Refuse a ratio, a rate and a 0/1 gauge."""
    values = [sample.value for sample in one.samples]
    broken = any(value.denominator > 1 for value in values)
    pairs = list(itertools.pairwise(values))
    falls = sum(later < earlier for earlier, later in pairs)
    what = ""
    if broken and max(values) <= 1:
        what = "is a ratio gauge (its values are shares between 0 and 1), not a counter"
    elif broken and len(pairs) >= _FEWEST_STEPS and falls >= _FALLS_OF_GAUGES * len(pairs):
        what = f"falls in {falls} of {len(pairs)} steps: it is a gauge or a rate, not a counter"
    elif one.name in _GAUGES or (set(values) <= {0, 1} and falls > 1):
        what = "is a gauge of 0 and 1, not a counter"
    if what:
        raise InputError(Problem(f"{one.where}: {written(one.labels)} {what}", _COUNTER, one.file))
