"""A time zone by its abbreviation or offset."""

from __future__ import annotations

from datetime import timedelta, timezone

ZONE_HOURS = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0.0),
    **dict.fromkeys(("CET", "BST", "WEST", "WAT", "MEZ"), 1.0),
    **dict.fromkeys(("CEST", "EET", "SAST", "CAT", "MESZ"), 2.0),
    **dict.fromkeys(("EEST", "MSK", "EAT", "TRT", "AST"), 3.0),
    **dict.fromkeys(("GST",), 4.0),
    **dict.fromkeys(("PKT",), 5.0),
    "IST": 5.5,
    "WIB": 7.0,
    "ICT": 7.0,
    **dict.fromkeys(("SGT", "HKT", "AWST", "PHT", "MYT"), 8.0),
    **dict.fromkeys(("JST", "KST"), 9.0),
    "ACST": 9.5,
    "AEST": 10.0,
    "ACDT": 10.5,
    "AEDT": 11.0,
    "NZST": 12.0,
    "NZDT": 13.0,
    **dict.fromkeys(("BRT", "ART"), -3.0),
    "EDT": -4.0,
    **dict.fromkeys(("EST", "CDT"), -5.0),
    **dict.fromkeys(("CST", "MDT"), -6.0),
    **dict.fromkeys(("MST", "PDT"), -7.0),
    **dict.fromkeys(("PST", "AKDT"), -8.0),
}
del ZONE_HOURS["AST"]  # Arabia or the Atlantic: nobody can tell


def zone_of(words: str) -> timezone | None:
    """Give the zone of ``UTC``, ``JST``, ``UTC+2``; None when it is none that we know.

    Examples
    --------
    >>> zone_of("JST"), zone_of("UTC+2") == zone_of("EET"), zone_of("THE")
    (datetime.timezone(datetime.timedelta(seconds=32400)), True, None)
    """
    if words[3:4] in {"+", "-"}:
        return zone_from(words[3:], None)
    return zone_from(None, words)


def zone_from(offset: str | None, name: str | None) -> timezone | None:
    """Give the zone of ``+02:00``, ``UTC+2`` or a known abbreviation."""
    if offset:
        sign = -1 if offset[0] == "-" else 1
        digits = offset[1:].replace(":", "")
        hours, minutes = (
            (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))  # noqa: PLR2004 - two digits: hours alone
        )
        span = timedelta(hours=hours, minutes=minutes)
        return timezone(sign * span) if span < timedelta(hours=15) else None
    hours_east = ZONE_HOURS.get(name or "")
    return None if hours_east is None else timezone(timedelta(hours=hours_east))
