"""The fields that the formats share: ratios, percentages, numbers and durations of machines."""

from __future__ import annotations

import re
from fractions import Fraction

from impactcalc.domain.observation import ObjectiveWindow
from impactcalc.units.number import parse_number

_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_CALENDAR = {"d": "day", "w": "week", "M": "month", "Q": "quarter", "Y": "year"}
_ROLLING_DAYS = {"M": 30, "Q": 90, "Y": 365}
_PROMETHEUS = (
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000),
    ("m", 60_000), ("s", 1000), ("ms", 1),
)  # fmt: skip


def parse_fraction(text: str) -> Fraction:
    """Read a plain number exactly."""
    return Fraction(parse_number(text))


def parse_open_ratio(text: str) -> Fraction:
    """Read a target of OpenSLO, a number in [0, 1).

    Examples
    --------
    >>> parse_open_ratio("0.99")
    Fraction(99, 100)
    """
    value = parse_fraction(text.removesuffix("%"))
    if "%" in text or not 0 <= value < 1:
        hint = f"write targetPercent: {text.rstrip('% ')}" if 1 < value < 100 else "e.g. 0.999"  # noqa: PLR2004 - percent
        raise ValueError(f"'{text}' lies outside 0 to 1 (excluded), as OpenSLO wants; {hint}")
    return value


def parse_open_percent(text: str) -> Fraction:
    """Read a ``targetPercent`` of OpenSLO, a number in [0, 100)."""
    value = parse_fraction(text) / 100
    if not 0 <= value < 1:
        raise ValueError(f"'{text}' lies outside 0 to 100 (excluded), as OpenSLO wants; e.g. 99.9")
    return value


def parse_slice_target(text: str) -> Fraction:
    """Read a ``timeSliceTarget`` of OpenSLO, a number in (0, 1]."""
    value = parse_fraction(text)
    if not 0 < value <= 1:
        raise ValueError(f"'{text}' lies outside 0 (excluded) to 1, as OpenSLO wants; e.g. 0.95")
    return value


def parse_percent(text: str) -> Fraction:
    """Read an objective of Sloth or Pyrra, a percentage in (0, 100].

    Examples
    --------
    >>> parse_percent("99.9")
    Fraction(999, 1000)
    """
    value = parse_fraction(text) / 100
    if not 0 < value <= 1:
        raise ValueError(
            f"'{text}' lies outside 0 (excluded) to 100; write a percentage, e.g. 99.9"
        )
    return value


def parse_shorthand(text: str) -> tuple[int, str]:
    """Read a duration of OpenSLO: a whole number and one of m, h, d, w, M, Q, Y.

    Examples
    --------
    >>> parse_shorthand("2w")
    (2, 'w')
    """
    found = re.fullmatch(r"([1-9][0-9]{0,5})([mhdwMQY])", text)
    if found is None:
        raise ValueError(
            f"'{text}' is no duration of OpenSLO; write a whole number and m, h, d, w, M (month), "
            "Q or Y, e.g. 4w"
        )
    return int(found[1]), found[2]


def rolling_window(count: int, unit: str) -> ObjectiveWindow:
    """Window that always looks back the same time; a month is 30 days, a year 365."""
    seconds = _SECONDS.get(unit) or _ROLLING_DAYS[unit] * 86_400
    return ObjectiveWindow(rolling_s=Fraction(count * seconds))


def is_calendar_unit(unit: str) -> bool:
    """Whether calendar periods can have this unit: day and longer."""
    return unit in _CALENDAR


def has_no_fixed_length(unit: str) -> bool:
    """Whether the unit is a month, quarter or year."""
    return unit in _ROLLING_DAYS


def calendar_window(count: int, unit: str, zone: str, start: str) -> ObjectiveWindow:
    """Window of calendar periods."""
    return ObjectiveWindow(unit=_CALENDAR[unit], zone=zone, start=start, units=count)


def shorthand_seconds(text: str) -> Fraction:
    """Read a ``timeSliceWindow`` of OpenSLO in seconds: minutes to weeks; a bare number is minutes.

    Examples
    --------
    >>> shorthand_seconds("1m"), shorthand_seconds("5")
    (Fraction(60, 1), Fraction(300, 1))
    """
    if re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", text):
        minutes = Fraction(text)
        if not minutes:
            raise ValueError(f"'{text}' is no length of a time slice; write e.g. 1m or 5m")
        return minutes * 60
    count, unit = parse_shorthand(text)
    if unit not in _SECONDS:
        raise ValueError(f"'{text}' is no length of a time slice; write e.g. 1m or 5m")
    return Fraction(count * _SECONDS[unit])


def prometheus_seconds(text: str) -> Fraction:
    """Read a duration of Prometheus: ``4w``, ``1d12h``, ``200ms``; a year has 365 days.

    Examples
    --------
    >>> prometheus_seconds("4w"), prometheus_seconds("200ms")
    (Fraction(2419200, 1), Fraction(1, 5))
    """
    pattern = "".join(rf"(?:([0-9]{{1,9}}){unit})?" for unit, _ in _PROMETHEUS)
    found = re.fullmatch(pattern, text)
    total = 0
    if found is not None:
        pairs = zip(found.groups(), _PROMETHEUS, strict=True)
        total = sum(int(number) * factor for number, (_, factor) in pairs if number)
    if not total:
        raise ValueError(f"'{text}' is no duration of Prometheus; write e.g. 4w, 30d or 200ms")
    return Fraction(total, 1000)
