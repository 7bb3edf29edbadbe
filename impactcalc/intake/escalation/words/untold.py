"""Words that stand where a value should: ``tbd``, ``see below``, ``not yet known``."""

from __future__ import annotations

from impactcalc.intake.escalation.words.blanks import BLANK
from impactcalc.intake.escalation.words.vocabulary import word_set

_UNTOLD = word_set(
    "n/a na tbd tba tbc unknown none nil various multiple several many ours us them yes no nobody "
    "everybody everyone anyone all any same ditto ? unspecified unclear default other"
)
_POINTING = (
    *(
        "see ",
        "please see ",
        "refer to ",
        "cf. ",
        "as below",
        "as above",
        "as per ",
        "to be ",
        "to follow",
    ),
    *(
        "not ",
        "all customers",
        "all clients",
        "all users",
        "all tenants",
        "no customer",
        "unknown ",
    ),
    *(
        "several ",
        "multiple ",
        "various ",
        "various,",
        "to be,",
        "yet to ",
        "none ",
        "none,",
        "which ",
    ),
)


def is_untold(value: str) -> bool:
    """Whether the words behind a label only say where the value stands, or that there is none.

    Examples
    --------
    >>> [is_untold(one) for one in ("tbd", "See attached list", "- ", "Alder Foods", "Notting")]
    [True, True, True, False, False]
    """
    lower = value.lower().strip(f" .()[]*-<>_\"'{BLANK}")
    return not lower or lower in _UNTOLD or lower.startswith(_POINTING)
