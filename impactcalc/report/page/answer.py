"""The first part of the page: the answer, as page 1 of the brief has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.page.density import answer_mm, print_size
from impactcalc.report.page.drawing import drawing, strip
from impactcalc.report.page.element import cell, element, row_head, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

Words = dict[str, Any]
MOST_ASKS, MOST_FOUND = 4, 2  # beside what the figures rest on; the others stand in the proof
_TITLES = {"exceedance": "Chance of losing more than an amount"}
_FAN_NOTE = (
    "Share that succeeds: line even chance, mid half of the cases, pale 9 in 10. "
    "Stages: plan grey, forecast blue"
)


def answer(words: Words, svgs: Mapping[str, str]) -> ET.Element:
    """Write headline, figures, both charts, the SLA, the ledgers, what to do and to ask."""
    parts = element(
        "section",
        _head(words),
        element("h1", words["headline"]),
        element("p", words["sub"], class_="sub"),
        element("p", words["warning"], class_="warning") if words["warning"] else None,
        element("div", *(_key_figure(one) for one in words["figures"]), class_="keys"),
        class_=f"answer {print_size(answer_mm(words, _points(words)))}".strip(),
    )
    parts.append(element("div", *_first_row(words, svgs), class_="row wide-left"))
    second = [one for one in _second_row(words, svgs) if one is not None]
    if second:
        parts.append(element("div", *second, class_="row"))
    if words["actions"] is None:
        parts.append(ledgers(words))
    else:
        parts.append(_actions(words))
    parts.append(element("div", *_bottom(words), class_="row ends"))
    return parts


def _head(words: Words) -> ET.Element:
    """Write who and when."""
    standing = " · ".join(one for one in (words["standing"], f"as of {words['as_of']}") if one)
    return element(
        "header",
        element("span", element("strong", words["title"]), f" {words['service']}"),
        element("span", standing),
    )


def _key_figure(one: Words) -> ET.Element:
    """Write one figure of the top row with its range."""
    size = "long" if len(one["value"]) > 9 else ""  # noqa: PLR2004 - what a column holds
    return element(
        "div",
        element("p", one["label"], class_="label"),
        element("p", one["value"], class_=f"value {size}".strip()),
        strip(one["strip"], one["tone"]),
        element("p", *_lines(one["notes"]), class_="note"),
        class_=f"key {one['tone']}",
    )


def _lines(notes: list[str]) -> Iterator[ET.Element | str]:
    """Write notes, each on a line of its own."""
    for number, note in enumerate(notes):
        if number:
            yield element("br")
        yield note


def figure(name: str, svgs: Mapping[str, str], title: str, note: str) -> ET.Element | None:
    """Write a figure under its title; none when it was not drawn."""
    if name not in svgs:
        return None
    return element(
        "figure",
        element("figcaption", element("h2", title), element("p", note, class_="note")),
        drawing(name, svgs[name], title, note),
    )


def _first_row(words: Words, svgs: Mapping[str, str]) -> Iterator[ET.Element | None]:
    """Yield the recovery, and the loss; without money the moments that can be promised."""
    more = words["fan"]["more"]
    yield figure("fan", svgs, words["fan"]["title"], _FAN_NOTE + more.replace("page 2", "below"))
    dots = words["dots"]
    if dots is None:
        yield element(
            "div", promise(words), element("h2", "What fails"),
            element("p", words["failing"]), element("p", words["exposure"]),
        )  # fmt: skip
        return
    note = "Loss over the whole incident, one dot is 1 in 20"
    drawn = figure("dots", svgs, dots["title"], note)
    odds = (
        (row_head(f"more than {sum_}"), cell(element("strong", chance), kind="number"))
        for chance, sum_ in dots["more"]
    )
    caption = element("caption", "chance of losing", class_="note")
    rows = element("table", caption, *(element("tr", *row) for row in odds), class_="odds")
    if drawn is not None and dots["more"]:
        drawn.insert(1, rows)
    yield drawn


def _second_row(words: Words, svgs: Mapping[str, str]) -> Iterator[ET.Element | None]:
    """Yield the SLA, and the loss by other readings or what moves the answer."""
    sla = words["sla"]
    if sla is not None:
        block = figure("readings", svgs, sla["title"], sla["note"])
        if block is not None and sla["credits"]:
            block.append(element("p", sla["credits"], class_="note"))
        yield block
    if "bridge" in svgs:
        yield figure("bridge", svgs, words["changes"]["title"], words["changes"]["note"])
    elif "tornado" in svgs:
        yield tornado(words, svgs)
    elif words["readings"]:
        yield readings(words)
    elif sla is not None:
        yield element("div", sla_table(words))
    if sla is None and words["dots"] is not None:
        yield figure("exceedance", svgs, _TITLES["exceedance"], "")


def tornado(words: Words, svgs: Mapping[str, str]) -> ET.Element | None:
    """Show what moves the answer."""
    return figure("tornado", svgs, words["drivers"]["title"], words["drivers"]["note"])


def readings(words: Words) -> ET.Element:
    """Write the loss by each open reading, on one scale."""
    rows = []
    for one in words["readings"]:
        label = element("strong", one["label"]) if one["used"] else one["label"]
        value = element("strong", one["value"])
        rows.append(
            (
                row_head(label, ", used" if one["used"] else None),
                cell(strip(one["strip"], "blue"), kind="strip-cell"),
                cell(value, " ", element("span", one["range"], class_="note"), kind="number"),
            )
        )
    body = element("table", *(element("tr", *row) for row in rows), class_="readings")
    sentence = f"{words['exposure']} {words['failing']}".strip()
    return element(
        "div",
        element("h2", words["readings_title"]),
        element("p", "Loss over the whole incident: even chance and 9 in 10", class_="note"),
        element("div", body, class_="scroll"),
        element("p", sentence, class_="note"),
    )


def sla_table(words: Words) -> ET.Element:
    """Write the SLA under each reading."""
    rows = (
        (
            row_head(row[0]), *(cell(words_, kind="number") for words_ in row[1:5]),
            cell(element("strong", row[5]), kind="number"),
        )
        for row in words["proof"]["sla"]
    )  # fmt: skip
    heads = ("Downtime if", "So far", "Whole period", "9 in 10", "Availability", "Broken in")
    made = table(heads, rows)
    return element("div", element("h2", words["proof"]["sla_title"]), made)


def promise(words: Words) -> ET.Element:
    """Write the moments that can be promised."""
    rows = (
        element("tr", row_head(label), cell(element("strong", when), kind="number"))
        for label, when in words["proof"]["promise"].items()
    )
    made = element("table", *rows, class_="odds")
    return element("div", element("h2", "Clock times that can be promised"), made)


def ledgers(words: Words) -> ET.Element:
    """Write both ledgers, one below the other, never added."""
    rows = []
    for ledger in words["ledgers"]:
        for number, row in enumerate(ledger["rows"]):
            who = element("strong", ledger["name"]) if number == 0 else None
            what = row_head(row["label"], kind="inner" if row["level"] else "")
            if row["missing"]:
                rest = [element("td", row["missing"], colspan="4", class_="number missing")]
            else:
                middle, *others = row["cells"]
                rest = [cell(element("strong", middle), kind="number")]
                rest += [cell(one, kind="number") for one in others]
            rows.append((cell(who), what, *rest))
    heads = ("Who pays", "What", "Even chance", "9 in 10", "On average", "Worst 1 in 20, average")
    notes = [element("p", one, class_="note") for one in (words["sums"], words["skew"]) if one]
    return element("div", table(heads, rows, kind="data ledgers"), *notes)


def _actions(words: Words) -> ET.Element:
    """Write what can be done and what it saves."""
    actions = words["actions"]
    more = f"And {actions['more']} more: below. " if actions["more"] else ""
    ours = f"Ours, apart from the customer's loss: {words['ours']}"
    return element(
        "div", element("h2", actions["title"]), steps(actions),
        element("p", more, ours, class_="note"),
    )  # fmt: skip


def steps(actions: Words, first: int = 1) -> ET.Element:
    """Write steps on one scale, numbered on from `first`."""
    drawn = any(row["strip"] is not None for row in actions["rows"])
    rows = (
        (
            row_head(f"{number}. {row['name']}"),
            *((cell(strip(row["strip"], row["tone"]), kind="strip-cell"),) if drawn else ()),
            *(cell(one, kind="number") for one in row["cells"]),
        )
        for number, row in enumerate(actions["rows"], first)
    )
    heads = ("Step", *(("Saves (dot: even chance)",) if drawn else ()), *actions["heads"])
    return table(heads, rows, kind="data actions")


def _points(words: Words) -> Iterator[list[str]]:
    """Yield what is shown of what to ask and to know."""
    yield from (*words["open"][:MOST_ASKS], *words["findings"][:MOST_FOUND])


def _bottom(words: Words) -> Iterator[ET.Element]:
    """Yield what the figures rest on, and what to ask and to know."""
    file = f" (lines of {words['source_file']})" if words["source_file"] else ""
    rows = (
        element("tr", row_head(one["label"]), cell(one["value"]), source(one["source"]))
        for one in words["rests_on"]
    )
    body = element("table", *rows, class_="rests")
    note = f"All figures and {words['assumptions']} assumptions, with reasons: below"
    yield element(
        "div", element("h2", f"These figures rest on{file}"),
        element("div", body, class_="scroll"), element("p", note, class_="note"),
    )  # fmt: skip
    if words["open"] or words["findings"]:
        asks, found = words["open"][:MOST_ASKS], words["findings"][:MOST_FOUND]
        parts = points("Ask first: what would change this", asks, "To know", found)
        more = len(words["open"]) - len(asks) + len(words["findings"]) - len(found)
        rest = element("p", f"And {more} more: below", class_="note") if more else None
        yield element("aside", *parts, rest)


def points(
    first: str, asks: list[list[str]], second: str, found: list[list[str]]
) -> Iterator[ET.Element]:
    """Write what to ask and what to know, each under its head."""
    if asks:
        yield element("h2", first)
    for ask, why in asks:
        colon = "" if ask.endswith("?") else ":"
        yield element("p", element("strong", f"{ask}{colon}"), f" {why}")
    if found:
        yield element("h2", second)
    for text, place in found:
        yield element("p", text, " ", element("span", place, class_="note"))


def source(words: str) -> ET.Element:
    """Write a source; what nobody stated stands out."""
    kind = "open" if words in {"default", "missing"} else ""
    return cell(words, kind=f"source {kind}".strip())
