"""The figures: the scenario nested like its file, every leaf with its source."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from impactcalc.domain.sourced import Sourced
from impactcalc.intake.scenario_file.keys import SCENARIO, Form, ListOf, Table
from impactcalc.units.number import parse_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from impactcalc.intake.document import Node, Path

_COUNTS = frozenset(
    [
        "users",
        "escalation_level",
        "nodes",
        "zones",
        "replication_factor",
        "tablets",
        "leaderless_tablets",
        "corrupt_tablets",
        "max_tries",
        "staff",
        "min_consecutive",
        "min_events",
    ]
)


def figures_of(
    tree: Node, defaults: Iterable[tuple[Path, Sourced[object]]]
) -> Mapping[str, object]:
    """Lay out what is written and what was taken by default, in the order of the contract.

    Parameters
    ----------
    tree
        The document's tree.
    defaults
        Values of keys that are not written, by path; they win over what is written
        (``--as-of``).

    Returns
    -------
    mapping
        Nested dicts and lists; every leaf a `Sourced` of text or a whole number.
    """
    figures = {
        key: _plain(key, node) for key, node in tree.fields.items() if node.value is not None
    }
    for path, value in defaults:
        shown = _number_or_text(str(path[-1]), str(value.value))
        _put(figures, path, Sourced(shown, value.source))
    return _ordered(figures, SCENARIO)


def _plain(key: str, node: Node) -> object:
    """Turn a node into dicts, lists and sourced leaves."""
    if node.text is not None:
        return Sourced(_number_or_text(key, node.text), node.source, node.as_written or node.text)
    if node.kind == "a list":
        return [_plain("", item) for item in node.items]
    return {
        name: _plain(name, item) for name, item in node.fields.items() if item.value is not None
    }


def _number_or_text(key: str, text: str) -> object:
    """Return whole numbers of things as numbers, everything else as written (``3 to 6``)."""
    if key not in _COUNTS:
        return text
    try:
        return parse_count(text)
    except ValueError:
        return text


def _put(figures: dict[str, object], path: Path, value: Sourced[object]) -> None:
    """Put a default at its path, making mappings and lists on the way."""
    place: Any = figures
    for step, following in itertools.pairwise(path):
        if isinstance(step, int):
            place.extend({} for _ in range(step + 1 - len(place)))
            place = place[step]
        else:
            place = place.setdefault(step, [] if isinstance(following, int) else {})
    place[path[-1]] = value


def _ordered(figures: dict[str, object], form: Form) -> dict[str, object]:
    """Order the keys of a mapping as the contract does."""
    known = form.keys if isinstance(form, Table) else {}
    order = [
        *[key for key in known if key in figures],
        *[key for key in figures if key not in known],
    ]
    return {
        key: _ordered_value(figures[key], known[key].forms if key in known else ()) for key in order
    }


def _ordered_value(value: object, forms: tuple[Form, ...]) -> object:
    """Order below a key, by the form that the value has."""
    if isinstance(value, dict):
        table = next((form for form in forms if isinstance(form, Table)), None)
        return value if table is None else _ordered(value, table)
    if isinstance(value, list):
        item = next((form.item for form in forms if isinstance(form, ListOf)), None)
        if isinstance(item, Table):
            return [_ordered(one, item) if isinstance(one, dict) else one for one in value]
    return value
