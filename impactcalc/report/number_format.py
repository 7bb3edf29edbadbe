"""Number formats of office programs: amounts of a currency in cells and on axes."""

from __future__ import annotations

from impactcalc.units.currency import sign_of

_NO_CENTS = frozenset(
    {"JPY", "KRW", "CLP", "VND", "ISK", "HUF", "XOF", "XAF", "XPF", "PYG", "UGX", "RWF", "KMF",
     "GNF", "DJF", "BIF", "VUV", "IDR"}
)  # fmt: skip


def money_format(currency: str | None, *, cents: bool = False) -> str:
    """Write the number format of amounts.

    Parameters
    ----------
    currency
        ISO code; None: plain numbers.
    cents
        Whether hundredths are shown, where the currency has them.

    Examples
    --------
    >>> money_format("EUR"), money_format(None)
    ('[$€-409]#,##0;-[$€-409]#,##0', '#,##0')
    """
    if currency is None:
        return "#,##0"
    sign = sign_of(currency)
    gap = " " if sign.endswith(" ") else ""
    digits = "#,##0.00" if cents and currency not in _NO_CENTS else "#,##0"
    amount = f"[${sign.strip()}-409]{gap}{digits}"
    return f"{amount};-{amount}"
