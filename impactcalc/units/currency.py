"""Currencies: the ISO 4217 codes, and the signs that people write for them."""

from __future__ import annotations

from functools import cache

CURRENCY_BY_SIGN = {
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "SG$": "SGD",
    "R$": "BRL",
    "MX$": "MXN",
    "NT$": "TWD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "JP¥": "JPY",
    "CN¥": "CNY",
    "₹": "INR",
    "Rs": "INR",
    "Rs.": "INR",
    "₩": "KRW",
    "₺": "TRY",
    "₪": "ILS",
    "₴": "UAH",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₦": "NGN",
    "zł": "PLN",
    "Kč": "CZK",
}
"""ISO code by sign; the first sign of a code is the one that we write."""

_CODES = (  # three letters each, without blanks: some codes look like misspelt words
    "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCAD"
    "CDFCHFCLFCLPCNYCOPCRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNF"
    "GTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBP"
    "LKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPAB"
    "PENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZL"
    "THBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVEDVESVNDVUVWSTXAFXCDXOFXPFYERZARZMW"
    "ZWG"
)


@cache
def currency_codes() -> frozenset[str]:
    """Return the ISO 4217 codes of money in circulation."""
    return frozenset(_CODES[start : start + 3] for start in range(0, len(_CODES), 3))


def is_currency(code: str) -> bool:
    """Tell whether `code` is an ISO 4217 code, in capital letters.

    Examples
    --------
    >>> is_currency("NZD"), is_currency("nzd"), is_currency("XYZ")
    (True, False, False)
    """
    return code in currency_codes()


def sign_of(code: str) -> str:
    """Return the sign to write before an amount: ``"$"``, ``"NZ$"``, or the code and a blank.

    Examples
    --------
    >>> sign_of("EUR"), sign_of("CHF")
    ('€', 'CHF ')
    """
    return next((sign for sign, known in CURRENCY_BY_SIGN.items() if known == code), f"{code} ")


def currency_in(text: str) -> str | None:
    """Read a code in any case, or a sign; None when it is neither.

    Examples
    --------
    >>> currency_in("US$"), currency_in("eur"), currency_in("hours")
    ('USD', 'EUR', None)
    """
    if text.upper() in currency_codes():
        return text.upper()
    return CURRENCY_BY_SIGN.get(text)
