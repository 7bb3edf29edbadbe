"""The matrix: the JSON of ``query_range`` to series; every other answer is refused by its kind.

Source: Prometheus' HTTP API, "Range queries" and "Range vectors".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.domain.observation import SECOND_NS, Remark
from impactcalc.intake.foreign_json import Complaints, Item, instant_of, shown
from impactcalc.intake.machine_number import INFINITE, MINUS_INFINITE, parse_machine_number
from impactcalc.intake.prometheus.series import Sample, Series

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = {"vector": "an instant vector", "scalar": "a scalar", "string": "a string"}
_RANGE = "ask /api/v1/query_range with start, end and step"
_COUNTER = "query the counter itself, e.g. http_requests_total"
_PAIR, _LATEST_S = 2, 7_000_000_000  # the year 2191


def is_prometheus(document: object) -> bool:
    """Tell whether a JSON document is an answer of Prometheus, an error and a vector too.

    Examples
    --------
    >>> is_prometheus({"status": "error"}), is_prometheus({"incidents": []})
    (True, False)
    """
    if isinstance(document, list):
        return bool(document) and isinstance(document[0], dict) and "metric" in document[0]
    if not isinstance(document, dict):
        return False
    return document.get("status") in {"success", "error"} or "resultType" in document


def read_matrix(document: Any, complaints: Complaints) -> tuple[list[Series], list[Remark]]:
    """Read the series of one answer, and its own warnings.

    Parameters
    ----------
    document
        The whole answer, its ``data`` alone, or the bare list of series.
    complaints
        Where problems go.
    """
    if isinstance(document, list):
        document = {"resultType": "matrix", "result": document}
    root = Item(document, "", complaints)
    if root.text("status") == "error":
        what = root.text("error", "errorType") or "no reason is given"
        complaints.add("", f"Prometheus answered with an error: {what}", "ask it again")
        return [], []
    remarks = [
        Remark(f"Prometheus says: {text}", complaints.file)
        for key in ("warnings", "infos")
        for text in root.plain(key)
    ]
    data = root if "resultType" in root.fields else root.item("data")
    kind = data.text("resultType")
    if kind != "matrix":
        what = _KINDS.get(kind, f"no result type {shown(kind)}")
        complaints.add("", f"{what}; impactcalc needs a range", _RANGE)
        return [], remarks
    found = [
        series for one in data.items("result") if (series := _series(one, remarks)) is not None
    ]
    if not found and not complaints.problems:
        complaints.add("", "holds no series: the query found nothing", "check its labels and times")
    return found, remarks


def _series(part: Item, remarks: list[Remark]) -> Series | None:
    """Read one series; the last of two samples of one instant wins."""
    labels = {str(key): str(value) for key, value in part.item("metric").fields.items()}
    if part.fields.get("histograms"):
        part.refuse("histograms", "is a native histogram, which is not read",
                    "ask for the classic buckets (..._bucket)")  # fmt: skip
        return None
    if not isinstance(part.fields.get("values"), list):
        part.refuse("values", "is missing", _RANGE)
        return None
    samples: dict[int, Sample] = {}
    scrapes: dict[int, None] = {}
    doubles = 0
    for at_ns, value in _pairs(part):
        doubles += at_ns in scrapes
        scrapes[at_ns] = None
        samples.pop(at_ns, None)
        if value is not None:
            samples[at_ns] = Sample(at_ns, value)
    if doubles:
        occur = "1 timestamp occurs" if doubles == 1 else f"{doubles} timestamps occur"
        words = f"{part.path}: {occur} twice; the last value was used"
        remarks.append(Remark(words, part.complaints.file))
    ordered = [samples[at_ns] for at_ns in sorted(samples)]
    return Series(labels, ordered, sorted(scrapes), part.complaints.file, part.path)


def _pairs(part: Item) -> Iterator[tuple[int, Any]]:
    """Go through instants and values; None stands for NaN."""
    path, complaints = part.at("values"), part.complaints
    for number, pair in enumerate(part.fields["values"]):
        if not isinstance(pair, list) or len(pair) != _PAIR:
            complaints.add(f"{path}[{number}]", f"{shown(pair)} is no pair of time and value")
            continue
        try:
            at_ns, value = _instant(pair[0]), parse_machine_number(str(pair[1]))
        except ValueError as error:
            complaints.add(f"{path}[{number}]", str(error))
            continue
        if value in {INFINITE, MINUS_INFINITE} or (not isinstance(value, str) and value < 0):
            what = f"{shown(pair[1])} is no value of a counter, which is finite and never negative"
            complaints.add(f"{path}[{number}]", what, _COUNTER)
            continue
        yield at_ns, None if isinstance(value, str) else value


def _instant(value: object) -> int:
    """Read a timestamp; whole seconds, the ordinary case, take the short way."""
    if type(value) is int and 0 <= value < _LATEST_S:
        return value * SECOND_NS
    return instant_of(str(value))
