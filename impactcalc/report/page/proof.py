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
    readings,
    sla_table,
    source,
    steps,
    tornado,
)
from impactcalc.report.page.density import print_size, proof_mm
from impactcalc.report.page.element import append, cell, element, row_head, table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree import ElementTree as ET

_EXCEEDANCE = "Chance of losing more than an amount"
_FIGURES = "Every figure, its source, and why"
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


_WORDS = (
    ("Even chance", "as many cases above as below (median): to talk"),
    ("9 in 10", "from the 5th to the 95th of 100 cases"),
    ("On average", "over many such incidents (mean): to budget"),
    ("Worst 1 in 20", "average of the 5 costliest of 100 cases"),
    ("Lost, avoidable", "up to now, from now on; before returning demand"),
)
_PAYS = ("Pays in", "the step saves more than it costs")


def proof(words: Words, svgs: Mapping[str, str]) -> ET.Element:
    """Write the curve, the method, plan against forecast, the SLA, every figure with its source."""
    moved = "tornado" in svgs or "bridge" in svgs
    return element(
        "section",
        element("h2", "How it is computed, and where every figure comes from", class_="part"),
        *(element("p", element("strong", f"{label}: "), name) for label, name in
          words["full_names"]),
        _method(words, svgs),
        _beside(_changes(words), tornado(words, svgs) if "bridge" in svgs else None),
        _other_steps(words),
        ledgers(words) if words["actions"] is not None else None,
        _stages(words) if words["proof"]["stages"] else None,
        _promise_line(words),
        sla_table(words) if words["proof"]["sla"] else None,
        _beside(readings(words) if words["readings"] and moved else None, _rest(words),
                kind="flow"),
        _figures(words),
        class_=f"proof {print_size(proof_mm(words))}".strip(),
    )  # fmt: skip


def _method(words: Words, svgs: Mapping[str, str]) -> ET.Element:
    """Write the exceedance curve, the method, the words, and the track record."""
    how = element(
        "div",
        element("h2", "How it is computed"),
        element("p", f"{words['proof']['trials']} {_METHOD}"),
        element("p", _RANGES),
        None if words["readings"] else element("p", words["failing"]),
    )
    pays = words["actions"] is not None and "Pays in" in words["actions"]["heads"]
    rows = (
        element("tr", row_head(element("strong", word)), cell(meaning))
        for word, meaning in (*_WORDS, *([_PAYS] if pays else []))
    )
    meanings = (element("h2", "Words"), element("table", *rows, class_="words"))
    track = (element("h2", "Track record"), element("p", words["proof"]["track_record"]))
    if words["dots"] is not None and words["sla"] is not None:
        curve = figure("exceedance", svgs, _EXCEEDANCE, "")
        for one in meanings:
            how.append(one)
        return element("div", element("div", curve, *track), how, class_="row")
    return element("div", how, element("div", *meanings, *track), class_="row")


def _promise_line(words: Words) -> ET.Element:
    """Write the moments that can be promised."""
    line = element("p", "That can be promised: ", class_="note promise")
    for number, (label, when) in enumerate(words["proof"]["promise"].items()):
        append(line, f"{', ' if number else ''}{label} ")
        append(line, element("strong", when))
    return line


def _stages(words: Words) -> ET.Element:
    """Write the plan against its forecast."""
    rows = (
        (row_head(row[0]), cell(row[1], kind="moment"), cell(row[2], kind="moment"),
         cell(row[3], kind="number"), cell(element("strong", row[4]), kind="moment"),
         cell(row[5], kind="moment"), cell(row[6], kind="number"))
        for row in words["proof"]["stages"]
    )  # fmt: skip
    forecast = ("Even chance", "8 in 10", "Run later")
    heads = ("Stage", "Planned finish", "State", "Restores", *forecast)
    title = f"The plan and its forecast, clock times in {words['proof']['zone']}"
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


def _beside(*parts: ET.Element | None, kind: str = "") -> ET.Element | None:
    """Put parts side by side; one alone takes the whole width."""
    found = [part for part in parts if part is not None]
    if len(found) < 2:  # noqa: PLR2004 - a pair
        return found[0] if found else None
    return element("div", *found, class_=f"row {kind}".strip())


def _rest(words: Words) -> ET.Element | None:
    """Write what there was no room for beside the answer."""
    asks, found = words["open"][MOST_ASKS:], words["findings"][MOST_FOUND:]
    parts = list(points("Also ask", asks, "Also found in the input", found))
    return element("div", *parts, class_="rest") if parts else None


def _figures(words: Words) -> ET.Element:
    """Write every figure with value, source and reason."""
    rows = (
        (
            row_head(element("strong", one["label"])),
            cell(one["value"]),
            source(one["source"]),
            cell(one["why"], kind="why" if one["why"] else ""),
        )
        for one in words["proof"]["figures"]
    )
    made = table(("Figure", "Value used", "Source", "Why"), rows, kind="data figures")
    file = f" (lines of {words['source_file']})" if words["source_file"] else ""
    marks = element("span", " [E] measured elsewhere, [A] assumed by us", class_="note")
    return element("div", element("h2", f"{_FIGURES}{file}", marks), made)
