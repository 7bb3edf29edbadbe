"""The unit that a label gives to the bare figures behind it: ``Latency now (ms): 4,500``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.mention import Kind
from impactcalc.intake.escalation.figures.mentions import currency_of
from impactcalc.units.dimension import SECONDS_BY_UNIT

if TYPE_CHECKING:
    from impactcalc.intake.escalation.figures.mention import Mention

_PERCENT = frozenset({"%", "percent", "pct"})
_SHORTEST = 2  # letters of a unit that needs no brackets; a lone letter may be anything


def label_unit(label: str) -> str:
    """Give the unit at the end of a label, in small letters; empty when it has none.

    Examples
    --------
    >>> label_unit("Latency now (ms)"), label_unit("p95_ms"), label_unit("Error rate in %")
    ('ms', 'ms', '%')
    >>> label_unit("Since when"), label_unit("Users (now)")
    ('', '')
    """
    plain = label.lower().rstrip(" )]")
    bracketed = plain != label.lower().rstrip()
    for mark in ("(", "[", ",", " ", "_"):
        plain = plain.rpartition(mark)[2]
    long_enough = bracketed or len(plain) >= _SHORTEST or plain in _PERCENT
    return plain if long_enough and (plain in _PERCENT or plain in SECONDS_BY_UNIT) else ""


def label_currency(label: str) -> str:
    """Give the currency that a label names in capitals or by its sign; empty when none.

    Examples
    --------
    >>> label_currency("Monthly fee (EUR)"), label_currency("Cost, $"), label_currency("ARR")
    ('EUR', 'USD', '')
    """
    words = label.replace("/", " ").split()
    named = {code for word in words if (code := currency_of(word.strip("()[],.:")))}
    return named.pop() if len(named) == 1 else ""


def priced(mention: Mention, currency: str) -> Mention:
    """Give a figure without a unit the currency of its label."""
    if not currency or mention.kind is not Kind.COUNT or mention.unit:
        return mention
    return mention._replace(kind=Kind.MONEY, unit=currency, bare=False)


def measured(mention: Mention, unit: str) -> Mention:
    """Give a bare figure the unit of its label."""
    if not unit or mention.kind is not Kind.COUNT or not mention.bare:
        return mention
    kind = Kind.SHARE if unit in _PERCENT else Kind.TIME
    factor = SECONDS_BY_UNIT.get(unit)
    low = mention.low / 100 if factor is None else mention.low * factor
    high = mention.high
    if high is not None:
        high = high / 100 if factor is None else high * factor
    return mention._replace(kind=kind, low=low, high=high, unit=unit, bare=False)
