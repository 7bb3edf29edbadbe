"""How closely both parts of the page are printed, so that each of them stands on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_METHOD_MM, _LEDGERS_MM, _SLA_MM, _READINGS_MM = 52.0, 26.0, 20.0, 38.0
_TABLE_MM, _ROW_MM, _STEP_MM, _REST_MM = 9.0, 2.95, 5.6, 4.0
_LINE_MM, _LINE, _WIDE_LINE = 2.75, 50, 74  # of an entry in three columns; characters a line
_TOP_MM, _CELL_MM, _RESTS_MM = 187.0, 4.0, 42.0
_PANEL_MM, _POINT_MM, _NARROW_LINE = 16.0, 3.1, 56
_NAME = 36  # characters of a stage on a line
_SHEET_MM = 264.0
_SIZES = ((1.0, ""), (1.12, "close"), (1.27, "closer"), (1.45, "closest"))


def print_size(high_mm: float) -> str:
    """Name how closely a part is printed: ``""`` as usual, ``"close"`` to ``"closest"``.

    Parameters
    ----------
    high_mm
        How high it would be as usual.

    Examples
    --------
    >>> print_size(200.0), print_size(290.0), print_size(900.0)
    ('', 'close', 'closest')
    """
    full = high_mm / _SHEET_MM
    return next((name for most, name in _SIZES if full <= most), _SIZES[-1][1])


def answer_mm(words: dict[str, Any], points: Iterable[list[str]]) -> float:
    """Estimate how high the answer is when it is printed as usual.

    Parameters
    ----------
    words
        The content of the brief.
    points
        What is shown beside what the figures rest on.
    """
    actions = words["actions"]
    rows = sum(len(one["rows"]) for one in words["ledgers"])
    high = _TOP_MM + (_STEP_MM * len(actions["rows"]) if actions else _CELL_MM * rows)
    high += _CELL_MM if words["warning"] else 0.0
    high += _CELL_MM if words["sla"] and words["sla"]["credits"] else 0.0
    lines = sum(_lines(f"{one} {other}", _NARROW_LINE) for one, other in points)
    return high + max(_RESTS_MM, _PANEL_MM + _POINT_MM * lines)


def proof_mm(words: dict[str, Any]) -> float:
    """Estimate how high the proof is when it is printed as usual."""
    proof, actions = words["proof"], words["actions"]
    high = _METHOD_MM + (_SLA_MM if proof["sla"] else 0.0)
    high += _TABLE_MM + _ROW_MM * sum(_lines(row[0], _NAME) for row in proof["stages"])
    if actions is not None:
        rest = actions["rest"]
        high += _LEDGERS_MM + (_TABLE_MM + _REST_MM * len(rest["rows"]) if rest else 0.0)
    points = [f"{one} {other}" for one, other in (*words["open"], *words["findings"])]
    high += max(_READINGS_MM, _LINE_MM * sum(_lines(one, _WIDE_LINE) for one in points))
    entries = [
        " ".join((one["label"], one["value"], one["source"], one["why"]))
        for one in proof["figures"]
    ]
    return high + _TABLE_MM + _LINE_MM / 3 * sum(_lines(one, _LINE) + 0.3 for one in entries)


def _lines(text: str, most: int) -> int:
    """Count the lines of a text."""
    return -(-len(text) // most)
