"""One entry of the what_if list: what an action would change, ready to be compared."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.scenario import Scenario
    from impactcalc.domain.sourced import Sourced

_NONE: Mapping[str, Decimal] = MappingProxyType({})


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


class WhatIf(NamedTuple):
    """An action or an answer, compared with the scenario as it stands.

    Parameters
    ----------
    name, source
        What it is called, and where it is written.
    scenario
        The scenario with every ``set``, and with ``scale`` of anything but a stage's length; added
        stages come last, without shares of their own.
    set
        Changed paths and what was written.
    changes
        Every change in words.
    scale
        Factor of the time that a stage has not spent yet, by its name.
    lost_share
        Factor of the lost share in every trial.
    delay_s
        Later start by stage, in seconds.
    added
        Share that each added stage restores, by name; None: not stated.
    removed
        Stages that are left out.
    relief, outage
        What it saves meanwhile, and the total outage that it needs; None: neither.
    cost, credit
        What it costs to do, and goodwill to the customer; None: not stated.
    """

    name: str
    source: str
    scenario: Scenario
    set: Mapping[str, object] = MappingProxyType({})
    changes: tuple[str, ...] = ()
    scale: Mapping[str, Decimal] = _NONE
    lost_share: float = 1.0
    delay_s: Mapping[str, Decimal] = _NONE
    added: Mapping[str, Decimal | None] = MappingProxyType({})
    removed: tuple[str, ...] = ()
    relief: Relief | None = None
    outage: Outage | None = None
    cost: Sourced[Quantity] | None = None
    credit: Sourced[Quantity] | None = None
