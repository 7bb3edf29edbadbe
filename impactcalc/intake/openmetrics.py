"""OpenMetrics text: counters and histograms between two scrapes.

Exemplars, ``_created`` and comments are no samples; a changed ``_created`` is a restart even where
the value rose. One scrape alone counts from the start of its counters. Scrapes without timestamps
say how many, not when: their events count, their time is unknown.

Source: the OpenMetrics specification 1.0; slo/README.md, semantics 17.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.domain.observation import MINUTE_NS, Counts, Histogram, Observations, Remark, Window
from impactcalc.errors import InputError, Problem
from impactcalc.intake.foreign_json import Complaints, instant_of, shown
from impactcalc.intake.machine_number import INFINITE, MINUS_INFINITE, parse_machine_number
from impactcalc.intake.prometheus import observations_of
from impactcalc.intake.prometheus.series import LE, NAME, Sample, Series, written
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.intake.observation_file import ObservationFile
    from impactcalc.intake.prometheus.series import Number
    from impactcalc.intake.read_options import ReadOptions

    Key = tuple[tuple[str, str], ...]

_LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*\s*=\s*"(?:[^"\\]|\\.)*"'
_ESCAPES = {"n": "\n", "\\": "\\", '"': '"'}
_COUNTER, _HISTOGRAM = "counter", "histogram"
_UNTYPED = {"", "unknown", "untyped"}
_CREATED, _BUCKET, _TOTAL = "_created", "_bucket", "_total"
_SUFFIXES = (_TOTAL, _BUCKET, "_count", "_sum")
_PAIR = 2


class Line(NamedTuple):
    """One sample line."""

    number: int
    labels: Mapping[str, str]
    value: Number | None
    at_ns: int | None

    @property
    def name(self) -> str:
        """Name of the sample, with its suffix."""
        return self.labels[NAME]


class Scrape(NamedTuple):
    """One scrape: its samples and starts by labels, and when it was taken, if it says so."""

    file: str
    lines: dict[Key, Line]
    created: dict[Key, Number]
    kinds: dict[str, str]
    at_ns: int | None


@cache
def _sample() -> re.Pattern[str]:
    """Name, labels, value, timestamp, exemplar."""
    return re.compile(
        rf"([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(?:\{{\s*((?:{_LABEL}\s*(?:,\s*)?)*)\}})?"
        r"[ \t]+([^\s#]+)(?:[ \t]+([^\s#]+))?[ \t]*(?:#[ \t].*)?"
    )


def is_openmetrics(data: bytes) -> bool:
    """Tell by its first lines whether a file is a scrape's text.

    Examples
    --------
    >>> is_openmetrics(b"# TYPE http_requests counter"), is_openmetrics(b"timestamp,good,total")
    (True, False)
    """
    text = data[:65_536].decode("utf-8", "replace").lstrip("\ufeff")
    if re.search(r"^# (?:(?:TYPE|HELP|UNIT) [a-zA-Z_:]|EOF\s*$)", text, re.MULTILINE):
        return True
    first = text.lstrip().partition("\n")[0].strip()
    return "{" in first and not first.startswith("{") and bool(_sample().fullmatch(first))


def read_openmetrics(sources: Sequence[ObservationFile], options: ReadOptions) -> Observations:
    """Read scrapes of one target, in the order of their timestamps, else as given.

    Parameters
    ----------
    sources
        Two scrapes; one counts from the start of its counters.
    options
        ``threshold_s`` asks for a histogram, ``errors`` or ``columns`` for counters.

    Raises
    ------
    InputError
        With every problem of a file at once, or when the series cannot be what is asked for.
    """
    remarks: list[Remark] = []
    scrapes = [_scrape(source, remarks) for source in sources]
    timed = all(scrape.at_ns is not None for scrape in scrapes)
    if timed:
        scrapes.sort(key=lambda scrape: scrape.at_ns or 0)
        _refuse_equal_times(scrapes)
    moments = _moments(scrapes, options, timed=timed)
    series = list(_series(scrapes, moments, options))
    if len(scrapes) >= _PAIR and _all_fall(series):
        words = "every counter falls: were the scrapes given in the wrong order?"
        remarks.append(Remark(words, sources[-1].name))
    observed = observations_of(series, options, sources[0].name)
    remarks += [one for one in observed.remarks if not one.message.startswith("the step is")]
    if not timed or len(scrapes) < _PAIR:
        words = "the scrapes carry no time" if not timed else "one scrape: counted from its start"
        remarks.append(Remark(f"{words}: events are counted, their time is unknown"))
        observed = _without_time(observed)
    span = Window(moments[0], moments[-1])
    names = tuple(source.name for source in sources)
    return observed._replace(span=span, files=names, remarks=tuple(remarks))


def _refuse_equal_times(scrapes: list[Scrape]) -> None:
    for earlier, later in itertools.pairwise(scrapes):
        if earlier.at_ns == later.at_ns:
            what = f"was taken at the same moment as {earlier.file}"
            raise InputError(Problem(what, "give two scrapes of different moments", later.file))


def _moments(scrapes: list[Scrape], options: ReadOptions, *, timed: bool) -> list[int]:
    """Instants of the scrapes, before one alone the start of its counters.

    Without timestamps they divide the asked window, else stand a minute apart before ``--as-of``.
    """
    count = max(len(scrapes), _PAIR)
    if timed:
        own = [scrape.at_ns or 0 for scrape in scrapes]
        starts = [value for value in scrapes[0].created.values() if value > 0]
        begun = int(min(starts) * 1_000_000_000) if starts else own[0] - MINUTE_NS
        return own if len(own) > 1 else [min(begun, own[0] - 1), own[0]]
    window = options.period.window if options.period is not None else None
    if window is None:
        end = options.as_of_ns or (count - 1) * MINUTE_NS
        window = Window(end - (count - 1) * MINUTE_NS, end)
    step = (window.end_ns - window.start_ns) // (count - 1)
    return [window.start_ns + number * step for number in range(count)]


def _without_time(observed: Observations) -> Observations:
    """Mark all time as unknown; the events stay."""
    data = observed.data
    if isinstance(data, Counts | Histogram):
        return observed._replace(data=data._replace(known=data.known & False))
    return observed


def _series(scrapes: list[Scrape], moments: list[int], options: ReadOptions) -> Iterator[Series]:
    """Turn the lines of all scrapes into series."""
    keys = {key: line for scrape in scrapes for key, line in scrape.lines.items()}
    kinds = {name: kind for scrape in scrapes for name, kind in scrape.kinds.items()}
    alone = len(scrapes) == 1
    for key, line in keys.items():
        if not _counts(line, kinds, options):
            continue
        samples = [Sample(moments[0], 0)] if alone else []
        seen = moments[:1] if alone else []
        before = None
        for scrape, at_ns in zip(scrapes, moments[1:] if alone else moments, strict=True):
            here = scrape.lines.get(key)
            seen += [at_ns] if here is not None else []
            if here is not None and here.value is not None:
                samples.append(Sample(at_ns, here.value, _restarted(before, scrape, line)))
            before = scrape
        where = f"line {line.number}"
        yield Series(line.labels, samples, seen, scrapes[0].file, where)


def _counts(line: Line, kinds: Mapping[str, str], options: ReadOptions) -> bool:
    """Whether a sample is of a counter or a bucket, or named by ``--columns``."""
    name = line.name
    if name in options.columns.values():
        return True
    if name.endswith(_BUCKET) and LE in line.labels:
        return kinds.get(name.removesuffix(_BUCKET), "") in {_HISTOGRAM, *_UNTYPED}
    kind = kinds.get(name, kinds.get(name.removesuffix(_TOTAL), ""))
    return kind == _COUNTER or (kind in _UNTYPED and name.endswith(_TOTAL))


def _restarted(before: Scrape | None, now: Scrape, line: Line) -> bool:
    """Whether a counter has another start than in the scrape before."""
    key = _start_key(line)
    starts = (before.created.get(key) if before is not None else None, now.created.get(key))
    return None not in starts and starts[0] != starts[1]


def _start_key(line: Line) -> Key:
    """Labels under which the start of a sample's counter stands."""
    suffix = next((one for one in _SUFFIXES if line.name.endswith(one)), "")
    family = line.name.removesuffix(suffix)
    labels = {key: text for key, text in line.labels.items() if key != LE}
    return _key(labels | {NAME: f"{family}{_CREATED}"})


def _key(labels: Mapping[str, str]) -> Key:
    return tuple(sorted(labels.items()))


def _all_fall(series: list[Series]) -> bool:
    """Whether all counters are smaller in the end, though none says that it restarted."""
    pairs = [one.samples for one in series if len(one.samples) >= _PAIR]
    moved = [pair for pair in pairs if pair[0].value != pair[-1].value]
    return len(moved) > 1 and all(
        pair[-1].value < pair[0].value and not pair[-1].restarted for pair in moved
    )


def _scrape(source: ObservationFile, remarks: list[Remark]) -> Scrape:
    """Read one file."""
    complaints = Complaints(source.name)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(Problem("is not UTF-8", "save it as UTF-8", source.name)) from None
    scrape = Scrape(source.name, {}, {}, {}, None)
    ended = False
    for number, line in enumerate(text.splitlines(), 1):
        if ended and line.strip():
            complaints.add("", "text after # EOF", "keep one scrape a file", number)
            break
        ended = ended or line.strip() == "# EOF"
        if line.startswith("#") or not line.strip():
            _note_kind(line, scrape.kinds)
        elif (sample := _line(number, line.strip(), complaints)) is not None:
            _keep(sample, scrape, complaints)
    if not scrape.lines and not complaints.problems:
        complaints.add("", "holds no sample", "save the answer of /metrics")
    complaints.finish()
    if not ended:
        remarks.append(Remark("does not end with # EOF: it may be cut off", source.name))
    times = [line.at_ns for line in scrape.lines.values() if line.at_ns is not None]
    return scrape._replace(at_ns=max(times) if times else None)


def _note_kind(line: str, kinds: dict[str, str]) -> None:
    """Note the type of a metric."""
    found = re.fullmatch(r"#\s+TYPE\s+(\S+)\s+(\S+)\s*", line)
    if found:
        kinds[found[1]] = found[2].lower()


def _line(number: int, line: str, complaints: Complaints) -> Line | None:
    """Read one sample line."""
    found = _sample().fullmatch(line)
    if found is None:
        complaints.add("", f"{shown(line)} is no sample", "write name{labels} value", number)
        return None
    name, inside, value, time = found.groups()
    labels = {NAME: name}
    for key, text in re.findall(
        r'([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"', inside or ""
    ):
        labels[key] = re.sub(r"\\(.)", lambda one: _ESCAPES.get(one[1], one[0]), text)
    try:
        parsed = parse_machine_number(value)
        at_ns = instant_of(time) if time is not None else None
    except ValueError as error:
        complaints.add("", str(error), "", number)
        return None
    if isinstance(parsed, str) and parsed in {INFINITE, MINUS_INFINITE}:
        parsed = -1  # refused below where it would be a counter's
    return Line(number, labels, None if isinstance(parsed, str) else parsed, at_ns)


def _keep(line: Line, scrape: Scrape, complaints: Complaints) -> None:
    """Keep a sample, or a counter's start."""
    key = _key(line.labels)
    if line.name.endswith(_CREATED):
        if line.value is not None:
            scrape.created[key] = line.value
        return
    cumulative = line.name.endswith((_TOTAL, _BUCKET))
    if cumulative and line.value is not None and line.value < 0:
        what = f"{written(line.labels)} is negative or infinite; a counter cannot be"
        complaints.add("", what, "save the scrape again", line.number)
    elif key in scrape.lines:
        first = scrape.lines[key].number
        what = f"{written(line.labels)} stands twice, first on line {first}"
        complaints.add("", what, "keep one scrape a file", line.number)
    else:
        scrape.lines[key] = line
