"""A range: two figures with ``-``, ``to`` or ``and`` between them become one mention."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.units.dimension import SECONDS_BY_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
from impactcalc.intake.escalation.figures.mention import Kind, Mention


def merged(atoms: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Join both ends of ranges: ``20-45 s``, ``between 4,000 and 6,500``, ``$50-80K``."""
    index = 0
    while index < len(atoms):
        first = atoms[index]
        second = atoms[index + 1] if index + 1 < len(atoms) else None
        joined = None
        if second is not None and _is_spelled(text, first, second):
            if set(first.values) == set(second.values):
                yield first
            index += 2
            continue  # "6,200 (six thousand five hundred)" is anybody's guess
        if second is not None and _is_change(text, first, second):
            index += 2
            continue  # "8,100 -> 6,200": the newer one, or the one to come?
        if second is not None and _is_sum(text, first, second):
            joined = first._replace(low=first.low + second.low, end=second.end)
        elif second is not None and _is_range(text, first, second):
            joined = _join(first, second)
        yield joined or first
        index += 2 if joined else 1


def _is_change(text: str, first: Mention, second: Mention) -> bool:
    """Whether an arrow leads from one count or amount to the next."""
    between = text[first.end : second.start].strip()
    counted = first.kind in {Kind.COUNT, Kind.MONEY} and second.kind in {Kind.COUNT, Kind.MONEY}
    return counted and between in {"->", "=>", "\u2192", "-->"}


def _is_spelled(text: str, first: Mention, second: Mention) -> bool:
    """Whether the second figure is the first one in words: ``6,200 (six thousand two hundred)``."""
    between = text[first.end : second.start].strip()
    closed = text[second.end : second.end + 1] == ")"
    return second.in_words and not first.in_words and between == "(" and closed


def _is_sum(text: str, first: Mention, second: Mention) -> bool:
    """Whether two times are one: ``1 min 20 s``, ``two hours and thirty minutes``."""
    if first.kind is not Kind.TIME or second.kind is not Kind.TIME:
        return False
    larger = SECONDS_BY_UNIT.get(first.unit, Decimal(0))
    smaller = SECONDS_BY_UNIT.get(second.unit, larger)
    if not smaller < larger or not 0 < second.low < larger or first.low % larger:
        return False
    gap = text[first.end : second.start].lower()
    counted = "between" not in text[max(0, first.start - 16) : first.start].lower()
    return gap in {"", " "} or (gap == " and " and counted)


def _is_range(text: str, first: Mention, second: Mention) -> bool:
    """Whether the words between two figures make them the ends of a range."""
    gap = text[first.end : second.start].strip().lower()
    if gap in {"-", "to", "until", "till", "bis", "through", "..", "..."}:
        return not text[: first.start].lower().rstrip().endswith(("from version", "version"))
    if gap in {"and", "or"}:
        return "between" in text[max(0, first.start - 16) : first.start].lower() or (
            gap == "or" and first.bare and not first.in_words
        )
    return False


def _join(first: Mention, second: Mention) -> Mention | None:
    """Make one range of two figures; the first borrows unit and magnitude from the second."""
    if first.kind is Kind.MONEY and second.kind is Kind.COUNT:
        second = second._replace(kind=Kind.MONEY, unit=first.unit)
    if first.kind is Kind.COUNT and second.kind is Kind.MONEY:
        first = first._replace(kind=Kind.MONEY, unit=second.unit)
    factor = Decimal(1)
    if first.kind is second.kind:
        if first.kind is Kind.MONEY and first.unit != second.unit:
            return None
        lacks = first.low < _scale_of(second)
        if first.kind in {Kind.MONEY, Kind.COUNT} and lacks and _is_plain(first):
            factor = Decimal(_scale_of(second))
    elif first.kind is Kind.COUNT and first.bare:
        factor = _unit_factor(second)
    else:
        return None
    bare = first.bare and second.bare
    low = first.low * factor
    return second._replace(low=low, high=second.low, start=first.start, bare=bare)


def _is_plain(mention: Mention) -> bool:
    """Whether a figure was written without a magnitude of its own."""
    return _scale_of(mention) == 1


def _unit_factor(mention: Mention) -> Decimal:
    """Give what the second figure's unit makes of a bare first one."""
    if mention.kind is Kind.SHARE:
        return Decimal("0.01")
    return SECONDS_BY_UNIT.get(mention.unit, Decimal(1))


def _scale_of(mention: Mention) -> int:
    """Give the magnitude that a figure was written with: 1, a thousand, a million."""
    for scale in (10**9, 10**6, 10**3):
        if not mention.bare and mention.low >= scale and mention.low % scale == 0:
            return scale
    return 1
