"""The columns of a record's table: which holds labels, values, sections and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import key_words
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.vocabulary import word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SECTIONS = word_set("section group area block category part chapter tab bereich")
_LABELS = word_set(
    "field key label attribute item question property parameter name what topic subject measure "
    "metric element column fact merkmal"
)
_VALUES = word_set("value answer content entry data reading text details wert response")
_STATES = word_set("state status progress done")
_FEWEST_KNOWN = 2


class Columns(NamedTuple):
    """Numbers of the columns of a table; None for one that it does not have."""

    section: int | None = None
    label: int | None = None
    value: int | None = None
    state: int | None = None

    def places(self) -> Iterator[tuple[str, int]]:
        """Give names and numbers of the columns that there are."""
        for name, number in self._asdict().items():
            if number is not None:
                yield name, number


def columns_of(names: Sequence[str]) -> Columns:
    """Tell the columns of a table by the names in its header.

    Examples
    --------
    >>> columns_of(["Section", "No", "Field", "Value", "State"])
    Columns(section=0, label=2, value=3, state=4)
    """
    words = [key_words(name) for name in names]
    value = _first(words, _VALUES)
    return Columns(
        _first(words, _SECTIONS),
        _first(words, _LABELS) if value is not None else None,
        value,
        _first(words, _STATES),
    )


def _first(names: Sequence[str], known: frozenset[str]) -> int | None:
    """Give the number of the first name that is known."""
    return next((number for number, name in enumerate(names) if name in known), None)


def is_header(names: Sequence[str]) -> bool:
    """Whether cells are the names of columns: of a record's, or of facts."""
    if any(": " in name for name in names):
        return False  # "Customer: Alder; Ticket: A-7" are fields
    columns = columns_of(names)
    if columns.value is not None and columns.label is not None:
        return True
    known = {field_of(key_words(name)) for name in names} - {""}
    return len(known) >= _FEWEST_KNOWN or (_is_plan(names) and (bool(known) or _tells(names)))


def _tells(names: Sequence[str]) -> bool:
    """Whether one of some columns holds the state of what stands beside: ``done?``."""
    return any(not _TOLD.isdisjoint(key_words(name).strip("?").split()) for name in names)


_TOLD = _STATES | word_set("finished completed complete ready ok")
_TIMES = word_set("window when timeframe time due hours period deadline")
_WORK = word_set("action actions step steps task tasks what measure measures")


def _is_plan(names: Sequence[str]) -> bool:
    """Whether cells are the names of a plan's columns."""
    words = {word for name in names for word in key_words(name).split()}
    return not (words.isdisjoint(_TIMES) or words.isdisjoint(_WORK))
