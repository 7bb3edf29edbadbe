"""The written quantity: text of the scenario file's grammar to exact domain values.

Contract: "Uncertain quantities". A function named ``parse_*`` takes text and raises a `ValueError`
whose words name the text and a remedy; what calls it adds the place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.domain.incident import Window
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.named import NamedTuple
from impactcalc.units.duration import parse_duration
from impactcalc.units.money import parse_money, parse_money_rate
from impactcalc.units.number import parse_number, split_magnitude, split_number
from impactcalc.units.ratio import parse_ratio

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

_ARGUMENTS = {
    Law.UNIFORM: ("low", "high"),
    Law.NORMAL: ("P5", "P95"),
    Law.PERT: ("low", "mode", "high"),
    Law.TRIANGULAR: ("low", "mode", "high"),
    Law.LOGNORMAL: ("median", "P90"),
}
_EXAMPLES = {
    Dimension.DURATION: "2 h",
    Dimension.SHARE: "35%",
    Dimension.INCREASE: "400%",
    Dimension.MONEY: "75 K USD",
    Dimension.MONEY_RATE: "75 K USD/day",
    Dimension.COUNT: "4",
}
UNKNOWN = "unknown"


_CALL = r"([A-Za-z][A-Za-z_-]*)\s*\((.*)\)"


class _Value(NamedTuple):
    """One exact number of a quantity, with its currency when it is money."""

    number: Decimal
    currency: str = ""


@lru_cache(maxsize=2048)  # defaults, and plans that repeat themselves
def parse_quantity(text: str, dimension: Dimension) -> Quantity:
    """Read an exact or uncertain quantity.

    Parameters
    ----------
    text
        ``"2 h"``, ``"20 s to 45 s"``, ``"pert(1 h, 2 h, 4 h)"``, ``"lognormal(3 h, 12 h)"``,
        ``"uniform(a, b)"``, ``"triangular(a, m, b)"``, ``"normal(a, b)"`` (its 90% interval) or
        ``"history(database)"`` for a duration.
    dimension
        What is wanted.

    Returns
    -------
    Quantity
        With parameters in the dimension's unit. A distribution whose ends coincide is exact.

    Raises
    ------
    ValueError
        When the text is of another dimension, outside its range, backwards or of no known form.

    Examples
    --------
    >>> parse_quantity("20 s to 45 s", Dimension.DURATION).parameters
    (Decimal('20'), Decimal('45'))
    """
    text = text.strip()
    call = re.fullmatch(_CALL, text, re.DOTALL) if "(" in text else None
    if call:
        return _parse_law(text, call[1].lower(), call[2], dimension)
    ends = re.split(r"\s+to\s+", text) if "to" in text else [text]
    if len(ends) == 1:
        value = _parse_value(text, dimension)
        return Quantity(Law.FIXED, (value.number,), dimension, value.currency)
    if len(ends) > 2:  # noqa: PLR2004 - two ends
        raise ValueError(f"'{text}' has more than two ends; write e.g. {_range_example(dimension)}")
    return _interval(text, ends, dimension)


def _interval(text: str, ends: list[str], dimension: Dimension) -> Quantity:
    """Read ``a to b``: 5% below, 5% above."""
    values = _parse_values(text, ends, dimension)
    low, high = (value.number for value in values)
    _refuse_backwards(text, (low, high))
    if low == high:
        return Quantity(Law.FIXED, (low,), dimension, values[0].currency)
    if low == 0:
        raise ValueError(
            f"'{text}' leaves 5% below its lower end, which cannot be 0; "
            f"write uniform({ends[0]}, {ends[1]}) or a lower end above 0"
        )
    if dimension is Dimension.SHARE and high == 1:
        raise ValueError(
            f"'{text}' leaves 5% above its upper end, which cannot be 100%; "
            f"write uniform({ends[0]}, {ends[1]}) or an upper end below 100%"
        )
    return Quantity(Law.INTERVAL, (low, high), dimension, values[0].currency)


def _parse_law(text: str, name: str, inside: str, dimension: Dimension) -> Quantity:
    """Read ``name(arguments)``."""
    if name == Law.HISTORY:
        return _parse_history(text, inside, dimension)
    law = next((law for law in _ARGUMENTS if law == name), None)
    if law is None:
        from difflib import get_close_matches

        names = [*map(str, _ARGUMENTS), str(Law.HISTORY)]
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(names)}"
        raise ValueError(f"'{text}': no distribution is called '{name}'; {hint}")
    wanted = _ARGUMENTS[law]
    arguments = _split_arguments(inside, len(wanted))
    if len(arguments) != len(wanted):
        raise ValueError(
            f"'{text}' has {len(arguments)} numbers, {name} takes {len(wanted)}; "
            f"write {name}({', '.join(wanted)})"
        )
    values = _parse_values(text, arguments, dimension)
    numbers = tuple(value.number for value in values)
    _refuse_backwards(text, numbers)
    if numbers[0] == numbers[-1]:
        return Quantity(Law.FIXED, numbers[:1], dimension, values[0].currency)
    if law is Law.LOGNORMAL and numbers[0] == 0:
        raise ValueError(f"'{text}' has a median of 0, which a lognormal cannot have; write more")
    return Quantity(law, numbers, dimension, values[0].currency)


def _parse_history(text: str, inside: str, dimension: Dimension) -> Quantity:
    """Read ``history(category)``; the category is a name, kept in small letters."""
    if dimension is not Dimension.DURATION:
        raise ValueError(
            f"'{text}': a history holds durations; write e.g. {_EXAMPLES[dimension]} here"
        )
    category = " ".join(inside.lower().split())
    if not category:
        raise ValueError(f"'{text}' names no category; write e.g. history(all)")
    return Quantity(Law.HISTORY, (), dimension, category=category)


def _split_arguments(inside: str, wanted: int) -> list[str]:
    """Split at commas; at comma and blank when commas also group thousands."""
    parts = [part.strip() for part in inside.split(",")]
    if len(parts) != wanted:
        spaced = [part.strip() for part in re.split(r",\s+", inside)]
        return spaced if len(spaced) == wanted else parts
    return parts


def _parse_values(text: str, parts: list[str], dimension: Dimension) -> list[_Value]:
    """Read several numbers; one without a unit takes that of the last (``2 to 4 h``)."""
    values = [_parse_value(_with_unit(text, part, parts[-1]), dimension) for part in parts]
    currencies = {value.currency for value in values}
    if len(currencies) > 1:
        raise ValueError(f"'{text}' is in {' and '.join(sorted(currencies))}; use one currency")
    return values


def _with_unit(text: str, part: str, last: str) -> str:
    """Give a bare number the unit of the last one."""
    try:
        here, there = split_number(part), split_number(last)
    except ValueError:
        return part
    factor, unit = split_magnitude(here.after)
    factor_there, unit_there = split_magnitude(there.after)
    if unit or (here.before and not unit_there.startswith("/")):
        return part
    if factor == 1 and factor_there != 1:
        letter = there.after[: len(there.after) - len(unit_there)].strip()
        raise ValueError(f"'{text}': does {letter} belong to both? write {part} {letter} to {last}")
    return part + (unit_there if unit_there.startswith("/") else f" {unit_there}").rstrip()


def _parse_value(text: str, dimension: Dimension) -> _Value:
    """Read one exact number, inside the range of its dimension."""
    value = _READERS[dimension](text)
    if dimension is Dimension.SHARE and not 0 <= value.number <= 1:
        raise ValueError(f"'{text.strip()}' lies outside 0% to 100%; write a share in between")
    if value.number < 0:
        raise ValueError(f"'{text.strip()}' is negative; write 0 or more")
    return value


def _read_money(text: str) -> _Value:
    money = parse_money(text)
    return _Value(money.amount, money.currency)


def _read_money_rate(text: str) -> _Value:
    money = parse_money_rate(text)
    return _Value(money.amount, money.currency)


_READERS: dict[Dimension, Callable[[str], _Value]] = {
    Dimension.DURATION: lambda text: _Value(parse_duration(text)),
    Dimension.SHARE: lambda text: _Value(parse_ratio(text)),
    Dimension.INCREASE: lambda text: _Value(parse_ratio(text)),
    Dimension.MONEY: _read_money,
    Dimension.MONEY_RATE: _read_money_rate,
    Dimension.COUNT: lambda text: _Value(parse_number(text)),
}


def _refuse_backwards(text: str, numbers: tuple[Decimal, ...]) -> None:
    """Refuse numbers that do not rise."""
    if any(later < earlier for earlier, later in pairwise(numbers)):
        raise ValueError(f"'{text}' runs backwards: its numbers must rise in order; swap them")


def _range_example(dimension: Dimension) -> str:
    """Give an interval to copy."""
    return "35% to 80%" if dimension is Dimension.SHARE else f"{_EXAMPLES[dimension]} to ..."


def parse_window(text: str) -> Window:
    """Read a planned finish, P25 to P75, counted from the plan's start.

    Parameters
    ----------
    text
        ``"0 h to 4 h"``, ``"1 to 7 days"``, ``"168 h to unknown"``.

    Raises
    ------
    ValueError
        When there are not two ends, they run backwards, or are no durations.

    Examples
    --------
    >>> parse_window("4 h to 24 h")
    Window(earliest_s=Decimal('14400'), latest_s=Decimal('86400'))
    """
    text = text.strip()
    ends = re.split(r"\s+to\s+", text)
    if len(ends) != 2 or "(" in text:  # noqa: PLR2004 - two ends
        raise ValueError(
            f"'{text}' is no window; write its two ends, e.g. 0 h to 4 h, "
            f"or give the stage a duration"
        )
    if ends[1].lower() == UNKNOWN:
        earliest = parse_duration(ends[0])
        if not earliest:
            raise ValueError(f"'{text}' says nothing; leave the window out")
        return Window(earliest, None)
    low, high = (value.number for value in _parse_values(text, ends, Dimension.DURATION))
    if high < low:
        raise ValueError(f"'{text}' runs backwards; write {ends[1]} to {ends[0]}")
    if not high:
        raise ValueError(f"'{text}' has no length; write e.g. 0 h to 4 h")
    return Window(low, high)


def parse_share(text: str) -> Decimal:
    """Read an exact share from 0% to 100%.

    Examples
    --------
    >>> parse_share("60%")
    Decimal('0.60')
    """
    return _parse_value(text, Dimension.SHARE).number


def parse_positive_duration(text: str) -> Decimal:
    """Read an exact duration above 0, in seconds.

    Examples
    --------
    >>> parse_positive_duration("8 h")
    Decimal('28800')
    """
    seconds = parse_duration(text)
    if not seconds:
        raise ValueError(f"'{text.strip()}' has no length; write e.g. 6 h")
    return seconds
