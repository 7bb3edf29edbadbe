"""The columns of a plan in a table: told by their names, and by what stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, is_all_window, length_of
from impactcalc.intake.escalation.states.state_labels import mark_state
from impactcalc.intake.escalation.states.states import state_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set
from impactcalc.units.dimension import MINUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.figures.span import Span
    from impactcalc.intake.escalation.structure.block import Block

_NAMES = word_set("phase stage step name term block wave horizon stream workstream")
_TIMES = word_set(
    "window when timeframe time timing timeline duration due period hours target deadline by eta"
)
_FROM = word_set("from start begin begins starting after earliest")
_TO = word_set("to until end ends till latest before")
_ACTIONS = word_set(
    "actions action what steps tasks task measures measure activities activity work todo content "
    "countermeasure countermeasures description deliverable deliverables"
)
_STATES = word_set(
    "status state progress done where standing result results remark remarks finished completed "
    "complete ready ok"
)
_OTHERS = word_set("owner who responsible lead person assignee team no nr id")
_NUMBERS = word_set("number no nr id key code ref")  # "Task number" holds no task
_ROLES = (
    ("from", _FROM),
    ("to", _TO),
    ("name", _NAMES),
    ("time", _TIMES),
    ("actions", _ACTIONS),
    ("state", _STATES),
)
_UNITS = {
    **dict.fromkeys(("h", "hours", "hour", "hrs"), "hours"),
    **dict.fromkeys(("min", "minutes"), "minutes"),
    **dict.fromkeys(("d", "days", "day"), "days"),
    **dict.fromkeys(("weeks", "week"), "weeks"),
}
_WORDS_OF_ACTION = 2.0  # on average; the names of stages are shorter


def plan_columns(header: Block, rows: Sequence[Block]) -> dict[str, int]:
    """Tell the roles of a table's columns; empty when the table is no plan.

    Parameters
    ----------
    header
        The row with the names of the columns.
    rows
        The rows below it.

    Returns
    -------
    dict
        Numbers of the columns by ``name``, ``time``, ``from``, ``to``, ``actions``, ``state``.
    """
    roles = _by_name([cell.text.strip().lower() for cell in header.cells])
    columns = [_column(rows, number) for number in range(len(header.cells))]
    if "name" in roles and all(map(str.isdigit, columns[roles["name"]])):
        further = range(roles["name"] + 1, len(columns))
        worded = (at for at in further if _NAMES & {*header.cells[at].text.lower().split()})
        roles["name"] = next(worded, roles["name"])  # "Step | Name": the first is a number
    again = next((at for at, cell in enumerate(header.cells) if _names_stage(cell.text)), -1)
    named = roles.get("name", again)
    if "time" not in roles and again > named and all(map(_may_end_a_stage, columns[named])):
        roles["time"], roles["name"] = named, again  # "Horizon | Stage"
    if ("from" in roles) is not ("to" in roles):
        lone = roles.pop("from" if "from" in roles else "to")
        if any(map(_may_end_a_stage, columns[lone])):
            roles.setdefault("time", lone)  # else "Before" is what was measured before
    if "actions" not in roles and "name" in roles and _is_worded(columns[roles["name"]]):
        roles["actions"] = roles.pop("name")
    if "actions" not in roles or {"time", "name", "from"}.isdisjoint(roles):
        return {}
    if not _has_states(columns[roles["state"]] if "state" in roles else []):
        used = set(roles.values()) - {roles.get("state", -1)}
        free = [at for at in range(len(columns)) if at not in used]
        told = next((at for at in free[::-1] if _has_states(columns[at])), roles.get("state"))
        if told is not None:
            roles["state"] = told
    return roles


def _by_name(names: Sequence[str]) -> dict[str, int]:
    """Tell the roles of columns by their names."""
    roles: dict[str, int] = {}
    for number, name in enumerate(names):
        words = set(re.findall(r"[a-z]+", name))
        if words & _NUMBERS or (words & _OTHERS and not words & _ACTIONS):
            continue
        for role, known in _ROLES:
            if words & known and role not in roles:
                roles[role] = number
                break
    return roles


def _names_stage(name: str) -> bool:
    """Whether a column is called that of the stage, and not that of its horizon."""
    return name.strip().lower() in {"stage", "phase", "wave"}


def names_time(label: str) -> bool:
    """Whether a label in small letters calls its value the window: ``window``, ``time frame``."""
    words = label.split()
    return bool(words) and _TIMES.union(("time", "frame")).issuperset(words)


def _column(rows: Sequence[Block], number: int) -> list[str]:
    """Give the words of a column, empty cells left out."""
    cells = (row.cells[number].text.strip() for row in rows if number < len(row.cells))
    return [cell for cell in cells if cell]


def _may_end_a_stage(cell: str) -> bool:
    """Whether a cell is a window and no response time."""
    span = window_of(cell, "") if any(map(str.isalnum, cell)) else None
    if span is None:
        return False
    edge = span.latest or span.earliest
    return edge is None or edge.business or edge.amount >= MINUTE


def _is_worded(cells: Sequence[str]) -> bool:
    """Whether the cells of a column hold actions, and no names of stages."""
    return sum(len(cell.split()) for cell in cells) > _WORDS_OF_ACTION * len(cells) > 0


def _has_states(cells: Sequence[str]) -> bool:
    """Whether at least half of some cells tell a state."""
    told = sum(_tells(cell.lower()) for cell in cells)
    return told > 0 and 2 * told >= len(cells)


def _tells(cell: str) -> bool:
    """Whether a cell tells a state, in a sign or in words."""
    return bool(mark_state(cell) or state_of(cell, []))


def window_of(cell: str, name: str) -> Span | None:
    """Read the window of a cell; a column called ``Hours`` gives the unit of bare figures.

    Examples
    --------
    >>> window_of("0-8", "hours").latest.amount
    Decimal('28800')
    """
    unit = next((unit for word in re.findall(r"[a-z]+", name) if (unit := _UNITS.get(word))), "")
    bare = not DIGITS.isdisjoint(cell) and not any(map(str.isalpha, cell))
    if unit and bare:
        span = find_span(f"{cell} {unit}")
        if span is not None and is_all_window(f"{cell} {unit}", span):
            return span
    return find_span(cell) or length_of(cell)
