"""Every figure of the scenario with its source and reason, and what was assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Sourced
from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape, shorten
from impactcalc.report.narrative.labels import WHY_MOST, label, reason, source_words
from impactcalc.units.instant import date_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import Estimate
    from impactcalc.domain.sourced import Assumption

_IN_THE_HEAD = frozenset(
    {"impactcalc", "id", "customer", "service", "priority", "escalation_level", "currency"}
)
_SPOKEN = {
    "in_progress": "in progress",
    "not_started": "not started",
    "P25 to P75 of the finish": "middle half of the finishes",
}
_VALUE_MOST = 110
_LIST_MOST = 6
_NAME_MOST = 48
_MOMENTS = {"incident.started": "with the incident", "as_of": "now"}
_UTC = frozenset({"+00:00", "Z", "UTC"})
_ISO = (
    r"(?:(some moment of) )?(\d{4}-\d\d-\d\d)"
    r"(?:[T ](\d\d:\d\d)(?::00)?(?:\.0+)? ?(Z|UTC|[+-]\d\d:\d\d)?)?"
)


class FigureRow(NamedTuple):
    """One figure of the scenario.

    Parameters
    ----------
    label, value
        In words.
    source
        Line of the input, ``"default"`` or ``"missing"``.
    why
        The reason of a default; empty when the figure was stated.
    stated
        Whether a person wrote it.
    """

    label: str
    value: str
    source: str
    why: str
    stated: bool


def assumption_rows(estimate: Estimate) -> tuple[FigureRow, ...]:
    """Write what was assumed, in the order in which the reader of the input gave it."""
    return tuple(_assumed(one) for one in estimate.assumptions)


def _assumed(one: Assumption) -> FigureRow:
    return FigureRow(
        label=label(one.field),
        value=shorten(_clock(escape(_SPOKEN.get(one.value, one.value))), _VALUE_MOST),
        source=source_words(one.source),
        why=shorten(escape(one.why), WHY_MOST),
        stated=not one.source.startswith("default"),
    )


def key_rows(estimate: Estimate, most: int) -> tuple[FigureRow, ...]:
    """Write what the answer rests on most: key figures that were stated, then assumptions."""
    whys = {one.field: one.why for one in estimate.assumptions}
    stated = [
        row
        for path in _KEY_PATHS
        if (row := _at(estimate.scenario.figures, path, whys)) is not None and row.stated
    ]
    ranked = sorted(estimate.assumptions, key=lambda one: _rank(one.field))
    kept = stated[: most // 2]
    told = {row.label for row in kept}
    rows = [row for one in ranked if (row := _assumed(one)).label not in told]
    return tuple(kept + distinct(rows)[: most - len(kept)])


def distinct(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """Keep the first of the rows that say the same of one figure."""
    return list({(row.label, row.value): row for row in reversed(rows)}.values())[::-1]


def proof_rows(estimate: Estimate) -> list[FigureRow]:
    """Write every figure for the proof: what was stated first, then what is missing or assumed.

    Assumed figures of one value, source and reason share a row.
    """
    rows = sorted(figure_rows(estimate), key=lambda row: _ORDER.get(row.source, 0))
    named: dict[tuple[str, ...], list[FigureRow]] = {}
    for row in rows:
        alone = (row.label,) if row.stated or not row.why else ()
        named.setdefault((row.value, row.source, row.why, *alone), []).append(row)
    return [_merged(group) for group in named.values()]


_ORDER = {"missing": 1, "default": 2}


def _merged(rows: list[FigureRow]) -> FigureRow:
    """Join the names of figures that share everything else."""
    labels = [rows[0].label, *(_lower(row.label) for row in rows[1:])]
    return rows[0]._replace(label=", ".join(labels))


def _lower(label: str) -> str:
    """Write a name inside a sentence; an abbreviation keeps its capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


_KEY_PATHS = (
    "business.revenue_at_risk",
    "sla.target",
    "incident.lost_share",
    "incident.latency",
    "incident.error_rate",
)
_RANKS = ("reading", "lost_share", "downtime", "future", "duration", "window", "started", "period",
          "threshold", "dependence", "as_of", "priority", "restores")  # fmt: skip


def _rank(path: str) -> int:
    """Order assumptions by how far they reach."""
    last = path.rsplit(".", 1)[-1]
    return _RANKS.index(last) if last in _RANKS else len(_RANKS)


def _at(figures: Mapping[str, object], path: str, whys: Mapping[str, str]) -> FigureRow | None:
    """Write the figure at a path; None when the scenario has none."""
    node: object = figures
    for key in path.split("."):
        if not isinstance(node, Mapping) or key not in node:
            return None
        node = node[key]
    if isinstance(node, Sourced):
        return _figure(path, node, whys.get(path, ""))
    return _item(path.rsplit(".", 1)[-1], 0, node)


def figure_rows(estimate: Estimate) -> tuple[FigureRow, ...]:
    """Write every figure of the scenario, and then the assumptions that belong to none."""
    whys = {one.field: one.why for one in estimate.assumptions}
    seen: set[str] = set()
    rows = list(_figures(estimate.scenario.figures, "", whys, seen))
    rest = [_assumed(one) for one in estimate.assumptions if one.field not in seen]
    return tuple(distinct(rows + rest))


def _figures(
    node: Mapping[str, object], path: str, whys: Mapping[str, str], seen: set[str]
) -> Iterator[FigureRow]:
    """Walk the nested figures; a stage is one row."""
    for key, value in node.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, Sourced):
            seen.add(here)
            if key in _IN_THE_HEAD:
                continue
            yield _figure(here, value, whys.get(here, ""))
        elif isinstance(value, Mapping) and path:
            yield _item(key, 0, value)  # latency, cluster: one row
        elif isinstance(value, Mapping):
            yield from _figures(value, here, whys, seen)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _listed(key, here, value, whys, seen)


def _listed(
    key: str, path: str, items: Sequence[object], whys: Mapping[str, str], seen: set[str]
) -> Iterator[FigureRow]:
    """Yield a row a stage or tier; a list of plain values is one row."""
    plain = [item for item in items if isinstance(item, Sourced)]
    if not plain or len(plain) < len(items):
        told: set[str] = set()  # a reason is given once
        for number, item in enumerate(items, 1):
            status = _status_field(path, item)
            seen.add(status)
            why = shorten(escape(whys.get(status, "")), WHY_MOST)
            yield _item(key, number, item)._replace(why="" if why in told else why)
            told.add(why)
        return
    values = ", ".join(_value(item) for item in plain)
    if len(plain) > _LIST_MOST:
        values = f"{len(plain)} values"
    sources = _sources(tuple(dict.fromkeys(source_words(item.source) for item in plain)))
    yield FigureRow(label(path), shorten(values, _VALUE_MOST), sources, "", stated=plain[0].stated)


def _status_field(path: str, item: object) -> str:
    """Name the field of a stage's status, which stands in the row of its stage; else empty."""
    if not isinstance(item, Mapping) or "status" not in item:
        return ""
    name = item.get("name")
    return f"{path}.{name.value}.status" if isinstance(name, Sourced) else ""


def _figure(path: str, value: Sourced[object], why: str) -> FigureRow:
    return FigureRow(
        label=label(path),
        value=_value(value),
        source=source_words(value.source),
        why=shorten(escape(why), WHY_MOST) or reason(value.source),
        stated=value.stated,
    )


def _value(value: Sourced[object]) -> str:
    """Write one value as the person wrote it, whole numbers with thousands commas."""
    inner = value.value
    if isinstance(inner, bool) or inner is None:
        return {True: "yes", False: "no", None: "not stated"}[inner]
    if isinstance(inner, int):
        return f"{inner:,}"
    return shorten(_clock(escape(str(inner))), _VALUE_MOST)


def _clock(text: str) -> str:
    """Write a date, an ISO instant, and a moment named by its key, as people do.

    Other text is kept.

    Examples
    --------
    >>> _clock("2024-01-23T12:00:00+00:00"), _clock("2024-01-23 12:00+01:00"), _clock("month")
    ('23 Jan 2024 12:00 UTC', '23 Jan 2024 12:00 UTC+01:00', 'month')
    >>> _clock("some moment of 2024-01-22"), _clock("as_of - 24 h to as_of")
    ('some moment of 22 Jan 2024', 'now - 24 h to now')
    """
    for key, words in _MOMENTS.items():
        text = text.replace(key, words)
    found = re.fullmatch(_ISO, text) if text.count("-") > 1 else None
    if found is None:
        return text
    before, day, clock, offset = found.groups()
    try:
        shown = date_words(date.fromisoformat(day))
    except ValueError:
        return text
    zone = "UTC" if offset in _UTC else f"UTC{offset}" if offset else ""
    return " ".join(one for one in (before, shown, clock, zone) if one)


def _item(key: str, number: int, item: object) -> FigureRow:
    """Write one stage, tier or other listed thing on one row, its stated parts alone."""
    leaves = dict(_leaves(item))
    name = leaves.pop("name", None)
    stated = {part: leaf for part, leaf in leaves.items() if leaf.stated} or leaves
    values = [_part(part, leaf) for part, leaf in stated.items()]
    sources = dict.fromkeys(source_words(leaf.source) for leaf in stated.values())
    title = _SINGULAR.get(key, label(key)) + (f" {number}" if number else "")
    return FigureRow(
        label=f"{title}: {shorten(_value(name), _NAME_MOST)}" if name is not None else title,
        value=shorten(", ".join(values), _VALUE_MOST),
        source=shorten(_sources(tuple(sources)), 32),
        why="",
        stated=any(leaf.stated for leaf in leaves.values()) or (name is not None and name.stated),
    )


def _part(part: str, leaf: Sourced[object]) -> str:
    """Write one leaf of a listed thing, under its name unless the value tells enough."""
    if part == "status":
        return _value(leaf).replace("_", " ")
    last = part.rsplit(".", 1)[-1]
    value = _value(leaf).replace("_", " ") if last in _CHOICES else _value(leaf)
    name = escape(last).replace("_", " ")
    return value if part in _BARE else f"{name} {value}"


_CHOICES = frozenset({"status", "downtime"})  # words of the file's own language


_TOLD_ELSEWHERE = frozenset({"actions", "normal_is"})  # the latter is an assumption of its own
_BARE = frozenset({"", "window", "duration", "actions"})
_SINGULAR = {"stages": "stage", "credits": "credit tier", "milestones": "milestone"}


def _sources(sources: tuple[str, ...]) -> str:
    """Join sources: ``"lines 49, 66"``."""
    lines = [one.removeprefix("line ") for one in sources if one.startswith("line ")]
    if len(lines) > 1 and len(lines) == len(sources):
        return f"lines {', '.join(lines)}"
    return ", ".join(sources)


def _leaves(item: object, path: str = "") -> Iterator[tuple[str, Sourced[object]]]:
    """Yield the sourced leaves below one listed thing; actions are told elsewhere."""
    if isinstance(item, Sourced):
        yield path, item
    elif isinstance(item, Mapping):
        for key, value in item.items():
            if key not in _TOLD_ELSEWHERE:
                yield from _leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(item, Sequence) and not isinstance(item, str):
        for number, value in enumerate(item, 1):
            yield from _leaves(value, f"{path}.{number}" if isinstance(value, Mapping) else path)
