"""The reader: answers of Prometheus to observations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.observation import Observations, Remark, Window
from impactcalc.errors import InputError, Problem
from impactcalc.intake.foreign_json import Complaints
from impactcalc.intake.json_tree import parse_json
from impactcalc.intake.prometheus.buckets import checked, histogram_of, is_bucket
from impactcalc.intake.prometheus.choice import choose
from impactcalc.intake.prometheus.counters import add_up, counts_of
from impactcalc.intake.prometheus.grid import Coverage, grid_of, remarks_of
from impactcalc.intake.prometheus.matrix import read_matrix
from impactcalc.intake.prometheus.series import Series, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from impactcalc.intake.observation_file import ObservationFile
    from impactcalc.intake.read_options import ReadOptions


def read_prometheus(sources: Sequence[ObservationFile], options: ReadOptions) -> Observations:
    """Read answers of ``query_range``; series that stand in several files are joined.

    Parameters
    ----------
    sources
        JSON files.
    options
        ``threshold_s`` asks for a histogram, ``errors`` or ``columns`` for counters.

    Raises
    ------
    InputError
        With every problem of a file at once, or when the series cannot be what is asked for.
    """
    series: list[Series] = []
    remarks: list[Remark] = []
    for source in sources:
        complaints = Complaints(source.name)
        found, more = read_matrix(parse_json(source.data, source.name), complaints)
        complaints.finish()
        series += found
        remarks += more
    observed = observations_of(_joined(series), options, sources[0].name)
    names = tuple(source.name for source in sources)
    return observed._replace(files=names, remarks=(*remarks, *observed.remarks))


def _joined(series: list[Series]) -> list[Series]:
    """Join the parts of a series; the later file wins where they overlap."""
    parts: dict[tuple[tuple[str, str], ...], list[Series]] = {}
    for one in series:
        parts.setdefault(tuple(sorted(one.labels.items())), []).append(one)
    joined = []
    for found in parts.values():
        samples = {sample.at_ns: sample for one in found for sample in one.samples}
        scrapes = sorted({at_ns for one in found for at_ns in one.scrapes})
        ordered = [samples[at_ns] for at_ns in sorted(samples)]
        joined.append(found[0]._replace(samples=ordered, scrapes=scrapes))
    return joined


def observations_of(series: list[Series], options: ReadOptions, file: str) -> Observations:
    """Turn series into counts, or into a histogram where a threshold is asked for.

    Raises
    ------
    InputError
        When the series cannot be what is asked for.
    """
    buckets = [one for one in series if is_bucket(one)]
    if options.threshold_s is not None and buckets:
        return _histogram(buckets, options.threshold_s, file)
    if buckets and options.errors is None and not options.columns:
        checked(buckets)
        what = "holds a histogram, but no threshold is given"
        raise InputError(Problem(what, "write e.g. --threshold 500ms", file))
    return _counts(series, options, file)


def _histogram(buckets: list[Series], threshold_s: Fraction, file: str) -> Observations:
    names = sorted({one.name for one in buckets})
    if len(names) > 1:
        what = f"holds several histograms: {', '.join(names)}"
        raise InputError(Problem(what, "query one of them", file))
    grid = grid_of(buckets, file)
    coverage = Coverage(grid)
    histogram = histogram_of(buckets, grid, coverage, threshold_s)
    span = Window(grid.origin_ns, grid.origin_ns + (grid.length - 1) * grid.step_ns)
    return Observations(
        histogram, span, (file,), (), tuple(remarks_of(buckets, grid, coverage, file))
    )


def _counts(series: list[Series], options: ReadOptions, file: str) -> Observations:
    choice = choose(series, options.errors, options.columns, file)
    both = list({id(one): one for one in (*choice.total, *choice.part)}.values())
    grid = grid_of(both, file)
    coverage, beside = Coverage(grid), Coverage(grid)
    valid = add_up(choice.total, grid, coverage)
    within = {id(one) for one in choice.total}
    alone = [one for one in choice.part if id(one) not in within]
    part = add_up(choice.part, grid, beside)
    add_up(alone, grid, coverage)  # a metric of its own hides and covers, too
    good = part if choice.part_is_good else [v - bad for v, bad in zip(valid, part, strict=True)]
    _refuse_more_than_all(good, valid, grid.origin_ns, grid.step_ns, file)
    span = Window(grid.origin_ns, grid.origin_ns + (grid.length - 1) * grid.step_ns)
    remarks = remarks_of(both, grid, coverage, file)
    if not choice.part:
        remarks.append(Remark("no series is an error by --errors: all events are good", file))
    return Observations(counts_of(good, valid, grid, coverage), span, (file,), (), tuple(remarks))


def _refuse_more_than_all(
    good: Sequence[object], valid: Sequence[object], origin_ns: int, step_ns: int, file: str
) -> None:
    """Refuse a part that is more than the whole: the metrics do not belong together."""
    for slot, (one, every) in enumerate(zip(good, valid, strict=True)):
        if not 0 <= one <= every:  # type: ignore[operator]  # int | Fraction
            when = moment(origin_ns + slot * step_ns)
            what = f"{when}: {one} good of {every} events: the metrics do not belong together"
            raise InputError(Problem(what, "check --columns", file))
