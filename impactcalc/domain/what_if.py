"""One entry of the what_if list: what an action would change, ready to be compared."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.scenario import Scenario
    from impactcalc.domain.sourced import Sourced

_NONE: Mapping[str, Decimal] = MappingProxyType({})


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
    cost: Sourced[Quantity] | None = None
    credit: Sourced[Quantity] | None = None
