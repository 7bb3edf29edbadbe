"""The scenario that an earlier estimate answered, from its record.

A record holds the scenario nested like its file, every leaf with value and source. What was taken
by default is left out: the same defaults come again. What was measured is left out, too: the files
can be read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Document, Node, mapping, sequence, text
from impactcalc.intake.scenario_file import to_scenario

if TYPE_CHECKING:
    from impactcalc.domain.scenario import Scenario
    from impactcalc.intake.record import Record

_LEFT_OUT = frozenset({"what_if", "history", "observations"})  # beside the question, or other files
_LEAF = {"value", "source"}


def recorded_scenario(record: Record) -> Scenario:
    """Rebuild the scenario of a record at its own moment.

    Raises
    ------
    InputError
        When this version cannot read it.
    """
    written = record.document.get("scenario")
    fields = _told(written) if isinstance(written, dict) else {}
    try:
        tree = _node({key: value for key, value in fields.items() if key not in _LEFT_OUT})
        return to_scenario(
            Document(mapping({}, record.name) if tree is None else tree),
            now=record.as_of,
            as_of=record.as_of,
            file=record.name,
            digest=str(record.figure("run.inputs_sha256")),
        )
    except InputError as error:
        first = error.problems[0].message
        raise InputError(
            Problem(
                f"holds a scenario that cannot be read here: {first}",
                "estimate the earlier input again, with its --as-of",
                record.name,
            )
        ) from error


def is_measured(record: Record) -> bool:
    """Tell whether the answer rested on measurements."""
    return record.figure("scenario.incident.observed") is not None


def _told(written: dict[str, Any]) -> dict[str, Any]:
    """Leave out what measurements put among the figures: a share, and downtime to date."""
    incident, sla = written.get("incident"), written.get("sla")
    observed = incident.get("observed") if isinstance(incident, dict) else None
    if not isinstance(observed, dict) or not isinstance(incident, dict):
        return written
    sources = {leaf.get("source") for leaf in observed.values() if isinstance(leaf, dict)}
    kept = dict(written)
    for part, whole in (("incident", incident), ("sla", sla)):
        if isinstance(whole, dict):
            kept[part] = {
                key: leaf
                for key, leaf in whole.items()
                if key != "observed"
                and not (isinstance(leaf, dict) and leaf.get("source") in sources)
            }
    return kept


def _node(written: Any) -> Node | None:
    """Turn values of a record into a tree; None for what was taken by default."""
    if isinstance(written, list):
        items = [node for item in written if (node := _node(item)) is not None]
        return sequence(items, "") if items else None
    if not isinstance(written, dict):
        raise InputError(Problem(f"{written!r} stands where a figure is wanted"))
    if set(written) == _LEAF and not isinstance(written["value"], dict | list):
        return _leaf(written["value"], str(written["source"]))
    fields = {key: node for key, item in written.items() if (node := _node(item)) is not None}
    return mapping(fields, "") if fields else None


def _leaf(value: object, source: str) -> Node | None:
    """Turn one figure into a node; its line is that of another file, so it has none."""
    if value is None or source.startswith("default"):
        return None
    shown = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else str(value)
    return text(str(shown), source)
