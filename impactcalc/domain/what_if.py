"""What an action brings beside a changed plan: a part saved meanwhile, a planned outage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class Relief(NamedTuple):
    """A part of what is still lost that an action saves from some moment on.

    Parameters
    ----------
    share
        Of the lost share at each moment.
    ready_s
        Seconds from the forecast until it works.
    needs
        Stage that must be finished before; empty: none.
    """

    share: Decimal
    ready_s: Decimal
    needs: str = ""


class Outage(NamedTuple):
    """A planned total outage.

    Parameters
    ----------
    at
        When it begins; None: at the forecast.
    lasts_s
        Seconds.
    """

    at: datetime | None
    lasts_s: Decimal
