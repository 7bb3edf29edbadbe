"""Foreign JSON: fields of an exported document, read with the path of each in its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from impactcalc.errors import InputError, Problem
from impactcalc.intake.instants import epoch_ns, parse_instant
from impactcalc.intake.machine_number import parse_machine_number
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

MOST_PROBLEMS = 20
T = TypeVar("T")


class Complaints:
    """The problems of one file, collected so that all are said at once.

    Parameters
    ----------
    file
        Its name, as the person wrote it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, path: str, what: str, remedy: str = "", line: int = 0) -> None:
        """Note a problem at a path of the document."""
        message = f"{path}: {what}" if path else what
        self.problems.append(Problem(message, remedy, self.file, line))

    def finish(self) -> None:
        """Raise the first `MOST_PROBLEMS` problems, and say how many more there are.

        Raises
        ------
        InputError
            When there is a problem.
        """
        if not self.problems:
            return
        shown, more = self.problems[:MOST_PROBLEMS], len(self.problems) - MOST_PROBLEMS
        if more > 0:
            shown.append(Problem(f"{more:,} further problems are not shown", "", self.file))
        raise InputError(*shown)


class Item(NamedTuple):
    """One JSON object and where it stands.

    Parameters
    ----------
    fields
        Its values by key.
    path
        From the root, e.g. ``monitors[0].logs[3]``.
    complaints
        Where problems go.
    """

    fields: dict[str, Any]
    path: str
    complaints: Complaints

    def at(self, key: str) -> str:
        """Path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, what: str, remedy: str = "") -> None:
        """Note a problem at a key."""
        self.complaints.add(self.at(key) if key else self.path, what, remedy)

    def items(self, key: str) -> Iterator[Item]:
        """Go through the objects of a list; null and a missing key are an empty list."""
        value = self.fields.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(key, "is no list", "export the file again")
            return
        for number, one in enumerate(value):
            path = f"{self.at(key)}[{number}]"
            if isinstance(one, dict):
                yield Item(one, path, self.complaints)
            else:
                self.complaints.add(path, f"{shown(one)} is no object", "export the file again")

    def plain(self, key: str) -> list[Any]:
        """Return the values of a list; empty when it is none."""
        value = self.fields.get(key)
        return value if isinstance(value, list) else []

    def item(self, key: str) -> Item:
        """Return the object of a key; an empty one when it is none."""
        value = self.fields.get(key)
        return Item(value if isinstance(value, dict) else {}, self.at(key), self.complaints)

    def text(self, *keys: str) -> str:
        """Return the text of the first key that has some; numbers are text, too."""
        for key in keys:
            value = self.fields.get(key)
            if value is not None and not isinstance(value, dict | list | bool) and str(value):
                return str(value)
        return ""

    def read(self, key: str, parse: Callable[[str], T]) -> T | None:
        """Read a scalar; a problem is noted and None returned when it is missing or refused."""
        value = self.fields.get(key)
        if value is None or isinstance(value, dict | list | bool):
            self.refuse(key, "is missing" if value is None else f"is {shown(value)}")
            return None
        try:
            return parse(str(value))
        except ValueError as error:
            self.refuse(key, str(error))
            return None

    def instant(self, *keys: str, zone: tzinfo | None = None) -> int | None:
        """Read an instant from the first key that has one; a problem when none has."""
        key = next((key for key in keys if self.fields.get(key) is not None), keys[0])
        return self.read(key, lambda text: instant_of(text, zone))


def instant_of(text: str, zone: tzinfo | None = None) -> int:
    """Read an instant as a machine writes it: a number, also with an exponent, or ISO 8601.

    Raises
    ------
    ValueError
        As `parse_instant`.

    Examples
    --------
    >>> instant_of("1.7058816e+09") == instant_of("2024-01-22T00:00:00Z")
    True
    """
    try:
        number = parse_machine_number(text)
    except ValueError:
        return parse_instant(text, zone)
    whole = -1 if isinstance(number, str) else number // 1
    if isinstance(number, str) or whole < 0:
        raise ValueError(f"'{text}' is no time; write e.g. 1705881600")
    return epoch_ns(whole, int((number - whole) * 10**9), 9, text)


def shown(value: object) -> str:
    """Write a foreign value for a message, shortened."""
    text = "null" if value is None else str(value)
    return f"'{text}'" if len(text) <= 40 else f"'{text[:37]}...'"  # noqa: PLR2004 - a line's worth
