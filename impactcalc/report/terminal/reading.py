"""What was read in an escalation text: facts beside their lines, what is missing, what is odd."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative.labels import line_words
from impactcalc.report.terminal.gaps import gaps, unclear
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.terminal.sheet import ended
from impactcalc.report.width import width_of
from impactcalc.units.currency import sign_of
from impactcalc.units.duration import short_duration
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from collections.abc import Callable

_LABEL = 18
_LINES_SHOWN = 4
_TOLD_ELSEWHERE = frozenset({"currency", "contradictions", "problems"})


def render_reading(
    document: Mapping[str, Any],
    *,
    source: str = "",
    width: int = 80,
    colour: bool = False,
    unicode: bool = True,
) -> str:
    """Write the document of ``read --json`` for a person.

    Parameters
    ----------
    document
        As DESIGN.md 4.2 lays it out.
    source
        Name of the text; empty: it is not said, nor how to edit what was read.
    width
        Columns.
    colour, unicode
        What the terminal can show.

    Returns
    -------
    str
        Lines of at most `width` columns, the last one ended.
    """
    ink = Ink(colour, unicode)
    parts = (_title, _facts, _remarks, _missing, _contradictions, _doubts, _ledger)
    blocks = ["\n".join(lines) for part in parts if (lines := list(part(document, ink, width)))]
    if source:
        name = escape(source.replace("\\", "/").rpartition("/")[2])
        blocks[0] = ink.paint(ink.cut(f"{name}: {_count(document)}", width), "bold")
        blocks.append("\n".join(_hint(escape(source), document, ink, width)))
    text = "\n\n".join(block for block in blocks if block)
    return ended(text.split("\n"))


def _hint(source: str, document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield how to go on: edit what was read, add what is missing, answer it."""
    quoted = f"'{source}'" if " " in source else source
    yield ink.cut(f"Edit it:    impactcalc read {quoted} -o case.yaml", width)
    yield ink.cut(f"Answer it:  impactcalc estimate {quoted}", width)
    added = next((gap for gap in gaps(document, disputed=True) if gap.key), None)
    if added is not None:
        currency = document["facts"].get("currency") or "USD"
        example = added.example.replace("USD", currency)
        yield ink.cut(f"Add to it:  --set '{added.key}={example}'", width)


def _title(document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield how much was read."""
    yield ink.paint(ink.cut(_count(document), width), "bold")


def _count(document: Mapping[str, Any]) -> str:
    """Say how many facts there are, and how many are open."""
    values = [value for name, value in document["facts"].items() if name not in _TOLD_ELSEWHERE]
    stated = sum(value is not None and value != [] for value in values)
    count, left_open = len(document["contradictions"]), len(unclear(document))
    odd = (
        f"{_number(count or 'no', 'contradiction')}{f', {left_open} unclear' if left_open else ''}"
    )
    missing = len(values) - stated - count - left_open
    return f"{_number(stated, 'fact')}, {missing} not stated, {odd}"


def _number(count: int | str, noun: str) -> str:
    """Write a count with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _facts(document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield every fact that the text states, beside its lines."""
    facts, lines = document["facts"], _lines_by_field(document)
    for name, value in facts.items():
        if value is None or value == [] or name in _TOLD_ELSEWHERE:
            continue
        place = line_words(lines.get(name, ()), _LINES_SHOWN)
        words = _words(name, value, facts)
        first, *rest = words
        yield _row(name.replace("_", " "), first, place, ink, width)
        for more in rest:
            yield _row("", more, "", ink, width)


def _row(name: str, value: str, place: str, ink: Ink, width: int) -> str:
    """Write a label, its value and its place in three columns."""
    room = width - _LABEL - 4 - width_of(place)
    text = f"  {ink.left(_label(name), _LABEL - 1)} {ink.left(value, room)}"
    return f"{text}  {ink.paint(place, 'dim')}"


def _label(name: str) -> str:
    """Shorten the labels that are longer than their column."""
    return _LABELS.get(name, name)


_LABELS = {
    "revenue at risk per day": "revenue at risk",
    "latency increase percent": "latency increase",
    "latency normal s": "latency normally",
    "latency now s": "latency now",
    "sla objective": "SLA",
    "replication factor": "replication",
    "arr": "ARR",
    "stages": "plan",
}


def _lines_by_field(document: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Collect the lines of every fact; a part of a list counts for the list."""
    found: dict[str, list[int]] = {}
    for entry in document["provenance"]:
        root = str(entry["field"]).split("[")[0].split(".")[0]
        lines = found.setdefault(root, [])
        if entry["line"] and entry["line"] not in lines:
            lines.append(entry["line"])
    return {name: tuple(lines) for name, lines in found.items()}


def _words(name: str, value: Any, facts: Mapping[str, Any]) -> list[str]:
    """Write a fact; a list of stages, actions or tiers takes one line each."""
    if name in _LISTS and isinstance(value, list):
        return [_LISTS[name](item) for item in value] or ["none"]
    if name in _MONEY:
        return [_money(value, facts.get("currency") or "") + _MONEY[name]]
    return [_FORMS.get(name, _plain)(value)]


def _span(value: Any, form: Callable[[Any], str]) -> str:
    """Write a figure, or a range of two."""
    if isinstance(value, list):
        return " to ".join(form(one) for one in value)
    return form(value)


def _plain(value: Any) -> str:
    """Write a fact that needs no unit; text of the input is escaped."""
    if isinstance(value, (list, tuple)):
        return _span(list(value), _plain)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return shorten(escape(str(value)), 200)
    return f"{value:,}"


def _money(value: Any, currency: str) -> str:
    """Write an amount in full, as it was stated."""
    sign = sign_of(currency) if currency else ""
    return _span(value, lambda amount: f"{sign}{amount:,}")


def _ratio(value: Any) -> str:
    return _span(value, lambda ratio: percent(ratio, 6))


def _seconds(value: Any) -> str:
    return _span(value, lambda length: f"{length:g} s")


def _stage(stage: Mapping[str, Any]) -> str:
    """Write one stage: ``"Immediate: 0 h to 4 h, 3 actions"``."""
    name = escape(stage.get("name") or "(no name)")
    window = _window(stage.get("from_hours"), stage.get("to_hours"))
    count = len(stage.get("actions") or ())
    actions = _number(count, "action")
    return ", ".join(filter(None, (f"{shorten(name, 40)}: {window}", actions)))


def _window(first: Any, last: Any) -> str:
    """Write a planned window; an unknown end says so."""
    if first is None and last is None:
        return "no window stated"
    return f"{_hours(first)} to {_hours(last)}"


def _hours(value: Any) -> str:
    if value is None:
        return "open"
    if isinstance(value, Mapping):
        return f"{_plain(value.get('business_days'))} business days"
    return short_duration(value * 3600, 4) if value else "0 h"


def _progress(entry: Mapping[str, Any]) -> str:
    state = str(entry.get("state", "")).replace("_", " ")
    return f"{state}: {shorten(escape(str(entry.get('action', ''))), 120)}"


def _tier(tier: Mapping[str, Any]) -> str:
    return f"below {_ratio(tier.get('below'))}: {_ratio(tier.get('credit'))} of the fee"


_LISTS: Mapping[str, Callable[[Any], str]] = {
    "stages": _stage,
    "progress": _progress,
    "credit_tiers": _tier,
}
_MONEY = {"revenue_at_risk_per_day": " a day", "monthly_fee": " a month", "arr": " a year"}
_FORMS: Mapping[str, Callable[[Any], str]] = {
    "sla_objective": _ratio,
    "error_rate": _ratio,
    "latency_normal_s": _seconds,
    "latency_now_s": _seconds,
    "latency_increase_percent": lambda value: f"{_plain(value)}%",
    "id": lambda value: shorten(escape(str(value)), 60),
}


def _missing(document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield what the text does not say, what is worth most first, and what to ask for."""
    open_facts = gaps(document)
    if not open_facts:
        return
    names = ", ".join(_name(gap.field) for gap in open_facts)
    yield from (ink.paint(line, "dim") for line in ink.wrap(f"Not in the text: {names}", width))
    first = open_facts[0]
    if first.why:
        text = f"ask for {_name(first.field)} first: {first.why}"
        yield from (f"  {line}" for line in ink.wrap(text, width - 2))


def _name(field: str) -> str:
    """Write a fact's name for a person."""
    return _label(escape(field).replace("_", " "))


def _contradictions(document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield the facts for which the text gives two values, each with both lines."""
    names: Iterable[str] = document["contradictions"]
    if not names:
        return
    yield ink.paint("The text contradicts itself; left open:", "red")
    for name in names:
        told = [one["message"] for one in document["warnings"] if one["field"] == name]
        text = f"{_name(name)}: {escape(str(told[0]))}" if told else _name(name)
        yield from (ink.paint(f"  {line}", "red") for line in ink.wrap(text, width - 2))


def _remarks(document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield what is odd about the text as a whole."""
    yield from _warnings([one for one in document["warnings"] if not one["field"]], ink, width)


def _doubts(document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield what is odd about a fact, unless it was told as a contradiction."""
    told = {"", *document["contradictions"]}
    yield from _warnings(
        [one for one in document["warnings"] if one["field"] not in told], ink, width
    )


def _warnings(warnings: Iterable[Mapping[str, Any]], ink: Ink, width: int) -> Iterator[str]:
    """Yield each warning once, with its lines."""
    places: dict[str, list[int]] = {}
    for warning in warnings:
        lines = places.setdefault(escape(str(warning["message"])), [])
        lines.extend([warning["line"]] if warning.get("line") else [])
    for message, numbers in places.items():
        place = line_words(tuple(dict.fromkeys(numbers)))
        text = f"{place}: {message}" if place else message
        yield from (ink.paint(f"  {line}", "red") for line in ink.wrap(text, width - 2))


def _ledger(document: Mapping[str, Any], ink: Ink, width: int) -> Iterator[str]:
    """Yield how many lines were used, and which were not understood."""
    kinds: dict[str, list[int]] = {}
    for line in document["lines"]:
        kinds.setdefault(line["class"], []).append(line["line"])
    counts = ", ".join(f"{len(numbers)} {kind}" for kind, numbers in kinds.items())
    if counts:
        unread = line_words(tuple(kinds.get("not understood", ())), 8)
        text = f"Lines: {counts}{f' ({unread})' if unread else ''}"
        yield from (ink.paint(line, "dim") for line in ink.wrap(text, width))
