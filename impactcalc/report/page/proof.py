"""The second part of the page: the proof, as page 2 of the brief has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.page.answer import (
    MOST_ASKS,
    MOST_FOUND,
    Words,
    figure,
    ledgers,
    points,
    promise,
    readings,
    sla_table,
    source,
    steps,
    tornado,
)
from impactcalc.report.page.element import cell, element, row_head, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

_EXCEEDANCE = "Chance of losing more than an amount"
_METHOD = (
    "courses of this incident are played through. In each, every stage of the plan takes a time "
    "drawn from what similar work took; the share of work that fails until then, times the revenue "
    "of those hours, is the loss. All that is known now (what is done, what runs and for how long) "
    "holds in every course."
)
_RANGES = (
    "Ranges hold 9 in 10 courses, under the assumptions below; they are no bounds. Where a few "
    "courses run very long, the average lies above the even-chance figure."
)


def proof(words: Words, svgs: Mapping[str, str]) -> ET.Element:
    """Write the curve, the method, plan against forecast, the SLA, every figure with its source."""
    moved = "tornado" in svgs or "bridge" in svgs
    return element(
        "section",
        element("h2", "How it is computed, and where every figure comes from", class_="part"),
        *(element("p", element("strong", f"{label}: "), name) for label, name in
          words["full_names"]),
        element("div", *_method(words, svgs), class_="row"),
        _beside(_changes(words), tornado(words, svgs) if "bridge" in svgs else None),
        _other_steps(words),
        ledgers(words) if words["actions"] is not None else None,
        _stages(words) if words["proof"]["stages"] else None,
        sla_table(words) if words["proof"]["sla"] else None,
        _beside(readings(words) if words["readings"] and moved else None, _rest(words)),
        _figures(words),
        class_="proof",
    )  # fmt: skip


def _method(words: Words, svgs: Mapping[str, str]) -> Iterator[ET.Element | None]:
    """Yield the exceedance curve or the promised moments, and the method."""
    curve = None
    if words["dots"] is not None and words["sla"] is not None:
        curve = figure("exceedance", svgs, _EXCEEDANCE, "")
    yield element("div", curve, promise(words))
    track = words["proof"].get("track_record")
    yield element(
        "div",
        element("h2", "How it is computed"),
        element("p", f"{words['proof']['trials']} {_METHOD}"),
        element("p", _RANGES),
        None if words["readings"] else element("p", words["failing"]),
        element("p", element("strong", "Track record: "), track) if track else None,
    )


def _stages(words: Words) -> ET.Element:
    """Write the plan against its forecast."""
    rows = (
        (row_head(row[0]), cell(row[1]), cell(row[2]), cell(row[3], kind="number"),
         cell(element("strong", row[4])), cell(row[5]), cell(row[6], kind="number"))
        for row in words["proof"]["stages"]
    )  # fmt: skip
    forecast = ("Even chance", "8 in 10", "Run later")
    heads = ("Stage", "Planned", "State", "Restores", *forecast)
    title = f"Plan and forecast ({words['proof']['zone']})"
    return element("div", element("h2", title), table(heads, rows))


def _changes(words: Words) -> ET.Element | None:
    """Write what each part of the change since an earlier estimate is."""
    found = words["changes"]
    if found is None:
        return None
    rows = (
        (row_head(part), cell(average, kind="number"), cell(end, kind="number"), cell(note))
        for part, average, end, note in found["rows"]
    )
    made = table(("Part", "Average", "End", "Because"), rows)
    surprises = element("p", found["surprises"], class_="note") if found["surprises"] else None
    return element("div", element("h2", "What each part is"), made, surprises)


def _other_steps(words: Words) -> ET.Element | None:
    """Write the steps that the first part of the page had no room for."""
    actions = words["actions"]
    if actions is None or actions["rest"] is None:
        return None
    untold = f"And {actions['untold']} more in the record" if actions["untold"] else ""
    return element(
        "div", element("h2", "The other steps"),
        steps(actions["rest"], len(actions["rows"]) + 1),
        element("p", untold, class_="note") if untold else None,
    )  # fmt: skip


def _beside(*parts: ET.Element | None) -> ET.Element | None:
    """Put parts side by side; one alone takes the whole width."""
    found = [part for part in parts if part is not None]
    if len(found) < 2:  # noqa: PLR2004 - a pair
        return found[0] if found else None
    return element("div", *found, class_="row")


def _rest(words: Words) -> ET.Element | None:
    """Write what there was no room for beside the answer."""
    asks, found = words["open"][MOST_ASKS:], words["findings"][MOST_FOUND:]
    parts = list(points("Also ask", asks, "Also found in the input", found))
    return element("div", *parts, class_="rest") if parts else None


def _figures(words: Words) -> ET.Element:
    """Write every figure with value, source and reason."""
    rows = (
        (row_head(one["label"]), cell(one["value"]), source(one["source"]), cell(one["why"]))
        for one in words["proof"]["figures"]
    )
    made = table(("Figure", "Value used", "Source", "Why"), rows, kind="data figures")
    return element("div", element("h2", "Every figure and where it comes from"), made)
