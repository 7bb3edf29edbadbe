"""Number formats of office programs: amounts of a currency in cells and on axes."""

from __future__ import annotations

from impactcalc.units.currency import sign_of

_NO_CENTS = frozenset(
    {"JPY", "KRW", "CLP", "VND", "ISK", "HUF", "XOF", "XAF", "XPF", "PYG", "UGX", "RWF", "KMF",
     "GNF", "DJF", "BIF", "VUV", "IDR"}
)  # fmt: skip
_IN_THOUSANDS, _IN_MILLIONS = 10_000, 2_000_000  # ten steps of an axis are whole in the unit


def axis_format(currency: str | None) -> str:
    """Write the number format of an axis of amounts, in K and M.

    Examples
    --------
    >>> axis_format("USD")
    '[>=999500][$$-409]0.0,,"M";[>=1000][$$-409]0,"K";[$$-409]0'
    """
    sign = "" if currency is None else _sign(currency)
    return f'[>=999500]{sign}0.0,,"M";[>=1000]{sign}0,"K";{sign}0'


def change_axis_format(currency: str | None, largest: float) -> str:
    """Write the number format of an axis of amounts that may be negative, to `largest`.

    One unit holds for the whole axis: sections for sizes leave none for the minus sign.

    Examples
    --------
    >>> change_axis_format("USD", 26_000), change_axis_format("EUR", 800)
    ('[$$-409]0,"K";-[$$-409]0,"K";[$$-409]0', '[$€-409]#,##0;-[$€-409]#,##0')
    """
    if largest < _IN_THOUSANDS:
        return money_format(currency)
    sign = "" if currency is None else _sign(currency)
    unit = '0.0,,"M"' if largest >= _IN_MILLIONS else '0,"K"'
    return f"{sign}{unit};-{sign}{unit};{sign}0"


def _sign(currency: str) -> str:
    """Write the sign or code of a currency, a code with a gap behind it."""
    sign = sign_of(currency)
    return f"[${sign.strip()}-409]{' ' if sign.endswith(' ') else ''}"


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
    digits = "#,##0.00" if cents and currency not in _NO_CENTS else "#,##0"
    amount = f"{_sign(currency)}{digits}"
    return f"{amount};-{amount}"
