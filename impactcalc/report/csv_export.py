"""The answer as one long table: ``section,field,stat,value,unit,source``.

A row a figure, as a pivot table or an import wizard wants it. Text that a spreadsheet would take
for a formula gets a leading apostrophe, also behind a semicolon, where a spreadsheet of another
country would split the cell; numbers are left alone, and the JSON record has the raw text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape
from impactcalc.report.export import to_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import Estimate

HEADER = ("section", "field", "stat", "value", "unit", "source")
SIMULATED, INPUT = "simulated", "input"
_FORMULA = re.compile(r"(^|;)(\s*)(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_MONEY_SECTIONS = frozenset({"customer", "provider"})
_MONEY_FIELDS = frozenset(
    {"saving", "net_saving", "provider_saving", "cost", "break_even_cost", "credits", "worth",
     "revenue_loss"}
)  # fmt: skip
_RATIOS = re.compile(
    r"(prob|_share|availability|_to_date|coverage|first_order|restores|threshold|credit|below"
    r"|target|accuracy|error_reached)$"
)
_RATES = frozenset({"exposure", "exposure_per_day"})
_SUFFIXES = {"_h": "h", "_s": "s"}
_STATS = frozenset(
    {"mean", "sd", "p5", "p10", "p25", "p50", "p75", "p80", "p90", "p95", "p99",
     "expected_shortfall_95"}
)  # fmt: skip
_STATED = frozenset({"scenario", "run"})  # what an answer was computed from
_FROM_INPUT = frozenset({"schema", "as_of", "currency", "target", "start", "end", "basis"})


class _Leaf(NamedTuple):
    """One value of the document: the keys that lead to it, the value, and its own source."""

    path: tuple[str, ...]
    value: object
    source: str


def render_csv(estimate: Estimate) -> bytes:
    """Write every figure of the answer as a row of a CSV table.

    Parameters
    ----------
    estimate
        The whole answer.

    Returns
    -------
    bytes
        UTF-8, RFC 4180, decimal points, ISO 8601 instants; numbers at full precision.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADER)
    for section, part in _reshaped(to_document(estimate)).items():
        for leaf in _leaves(part, (), ""):
            writer.writerow(_row(section, leaf, estimate.currency))
    for one in estimate.assumptions:
        why = one.source if one.why in one.source else f"{one.source}: {one.why}"
        told = ("assumptions", one.field, "value", one.value, "", why)
        writer.writerow([safe_text(str(cell)) for cell in told])
    return buffer.getvalue().encode()


def _reshaped(document: dict[str, Any]) -> dict[str, Any]:
    """Turn curves into one entry a point, and drop what differs from run to run.

    Single values come first, as the section ``answer``; assumptions are left out, for each is one
    row, and not four.
    """
    fan = document["recovery"]["fan"]
    points = [dict(zip(fan, values, strict=True)) for values in zip(*fan.values(), strict=True)]
    curve = [{"loss": loss, "prob": prob} for loss, prob in document["customer"]["exceedance"]]
    run = {key: value for key, value in document["run"].items() if key != "seconds"}
    single = {key: part for key, part in document.items() if not isinstance(part, (dict, list))}
    rest = {key: part for key, part in document.items() if key not in single}
    return {
        "answer": single,
        **{key: part for key, part in rest.items() if key != "assumptions"},
        "recovery": document["recovery"] | {"fan": points},
        "customer": document["customer"] | {"exceedance": curve},
        "run": run,
    }


def safe_text(text: str) -> str:
    """Make a text harmless in a cell: printable, on one line, and never a formula.

    Examples
    --------
    >>> safe_text("=1+1"), safe_text("a; -2"), safe_text("a-2")
    ("'=1+1", "a; '-2", 'a-2')
    """
    return _FORMULA.sub(r"\1\2'", escape(text))


def _leaves(node: object, path: tuple[str, ...], source: str) -> Iterator[_Leaf]:
    """Walk the document; entries of a list are numbered from 1, nulls are left out."""
    if isinstance(node, Mapping):
        if set(node) == {"value", "source"}:
            yield from _leaves(node["value"], path, str(node["source"]))
            return
        for key, value in node.items():
            yield from _leaves(value, (*path, str(key)), source)
    elif isinstance(node, list):
        for number, value in enumerate(node, 1):
            yield from _leaves(value, (*path, str(number)), source)
    elif node is not None:
        yield _Leaf(path, node, source)


def _row(section: str, leaf: _Leaf, currency: str | None) -> tuple[str, ...]:
    """Write one value."""
    field, stat = _split(leaf.path)
    source = leaf.source or _origin(section, field)
    text = leaf.value if isinstance(leaf.value, str) else ""
    return (
        section,
        safe_text(".".join(field)),
        stat,
        safe_text(text) if text else _number(leaf.value),
        _unit(section, field, leaf.value, currency),
        safe_text(source),
    )


def _split(path: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Part a path into a field and the statistic of it: ``mc_error`` belongs to the latter."""
    for i, key in enumerate(path):
        if key == "mc_error":
            return path[:i], ".".join(path[i:])
    if len(path) > 1 and path[-1] in _STATS | {"value"}:
        return path[:-1], path[-1]
    return path, "value"


def _origin(section: str, field: tuple[str, ...]) -> str:
    """Say where a figure without a source of its own comes from."""
    return INPUT if section in _STATED or field[-1] in _FROM_INPUT else SIMULATED


def _number(value: object) -> str:
    """Write a number so that reading it gives the same one; a truth as ``true`` or ``false``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, (int, float)) else ""


def _unit(section: str, field: tuple[str, ...], value: object, currency: str | None) -> str:
    """Name the unit of a number; the names of the contract tell it."""
    if isinstance(value, (str, bool)) or section in {"scenario", "run"}:
        return ""
    last = next((key for key in reversed(field) if not key.isdigit()), "")
    if _is_ratio(section, field, last):
        return "ratio"
    if section == "drivers" and last in {"low", "high"}:
        return currency or "h"  # without money the drivers move the time
    if section in {"changes", "since"}:
        return _of_change(last, currency)
    if section in _MONEY_SECTIONS or last in _MONEY_FIELDS:
        return f"{currency}/day" if last in _RATES else currency or ""
    return "h" if last == "hours" else _SUFFIXES.get(last[-2:], "")


def _of_change(last: str, currency: str | None) -> str:
    """Name the unit of a part of the bridge; without money it is of hours."""
    if last in {"percentile", "low", "high"}:
        return "percent"
    return "h" if last.endswith("_h") else currency or "h"


def _is_ratio(section: str, field: tuple[str, ...], last: str) -> bool:
    """Tell whether a figure lies between 0 and 1."""
    curve = "fan" in field and last != "hours"
    share = section == "lost_share" and last != "revenue_loss"
    return curve or share or _RATIOS.search(last) is not None
