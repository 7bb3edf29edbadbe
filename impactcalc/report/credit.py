"""The credit, said: as the document of ``credit --json`` and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.units.money import short_money
from impactcalc.units.ratio import percent

if TYPE_CHECKING:
    from decimal import Decimal

    from impactcalc.domain.contract import CreditTier
    from impactcalc.domain.credit import CreditAnswer

_FINE = 6  # significant digits: a multiplier pays for single seconds


def credit_document(answer: CreditAnswer) -> dict[str, object]:
    """Lay an answer out as contracts/outputs.md: share, amount, tier, warnings."""
    return {
        "share": float(answer.credit.share),
        "amount": None if answer.amount is None else float(answer.amount),
        "tier": tier_document(answer.credit.tier),
        "warnings": list(answer.remarks),
    }


def tier_document(tier: CreditTier | None) -> dict[str, float] | None:
    """Lay a tier out with the keys of the scenario file: bounds and credit as ratios.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from impactcalc.domain.contract import CreditTier
    >>> tier_document(CreditTier(Decimal("0.999"), Decimal("0.1")))
    {'below': 0.999, 'credit': 0.1}
    """
    if tier is None:
        return None
    return {**{key: float(bound) for key, bound in _bounds(tier)}, "credit": float(tier.credit)}


def _bounds(tier: CreditTier) -> list[tuple[str, Decimal]]:
    """Stated bounds by the keys of the scenario file."""
    found = []
    if tier.lower:
        found.append(("from" if tier.lower_inclusive else "above", tier.lower))
    return [*found, ("up_to" if tier.upper_inclusive else "below", tier.upper)]


def credit_lines(answer: CreditAnswer) -> str:
    """Say an answer in a line or two for the terminal.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from fractions import Fraction
    >>> from impactcalc.domain.contract import CreditTier
    >>> from impactcalc.domain.credit import Credit, CreditAnswer
    >>> tier = CreditTier(Decimal("0.999"), Decimal("0.1"), lower=Decimal("0.99"))
    >>> credit = Credit(Fraction(1, 10), tier, False, False, False, Fraction(992, 1000))
    >>> print(credit_lines(CreditAnswer(credit, Fraction(1000), "USD", ())), end="")
    availability 99.2%: credit 10% of the fee, $1K
    tier: from 99%, below 99.9%: 10%
    """
    credit = answer.credit
    head = f"availability {percent(float(credit.availability), _FINE)}: "
    if not credit.share:
        return f"{head}no credit\n"
    money = (
        ""
        if answer.amount is None
        else f", {short_money(float(answer.amount), answer.currency, _FINE)}"
    )
    lines = [f"{head}credit {percent(float(credit.share), _FINE)} of the fee{money}"]
    if credit.tier is not None:
        words = [
            f"{key.replace('_', ' ')} {percent(float(bound), _FINE)}"
            for key, bound in _bounds(credit.tier)
        ]
        lines.append(f"tier: {', '.join(words)}: {percent(float(credit.tier.credit), _FINE)}")
    return "".join(f"{line}\n" for line in lines)
