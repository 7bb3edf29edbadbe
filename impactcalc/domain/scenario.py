"""The whole question, each figure with its source, and the same question with an action taken.

A scenario lists its alternatives and each of them holds a scenario, so the two live in one file.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from impactcalc.domain.check import Check
    from impactcalc.domain.contract import Sla
    from impactcalc.domain.exposure import Exposure
    from impactcalc.domain.incident import Incident, RecoveryPlan
    from impactcalc.domain.quantity import Quantity
    from impactcalc.domain.sourced import Assumption, Caution, Sourced
    from impactcalc.domain.what_if import Outage, Relief

_NONE: Mapping[str, Decimal] = MappingProxyType({})


class Scenario(NamedTuple):
    """One escalation, ready to be simulated.

    Parameters
    ----------
    incident, recovery, business, sla
        The parts; ``business`` or ``sla`` may be None, not both.
    as_of
        The moment of the forecast, in UTC.
    figures
        The scenario as nested mappings and lists like the scenario file; every leaf is a
        `Sourced` value whose ``value`` is text, a number or a truth value. It is what
        ``estimate --json`` prints under ``scenario``; the engine does not look at it.
    assumptions, cautions
        What the reader of the input had to assume, and what it warns of.
    currency
        ISO code of all money of the scenario; None when there is none.
    observations
        Names of the files of measurements as the scenario states them, relative to its own.
    checks
        What does not fit together in the plan or in the text, as its reader found.
    history
        Name of the file of earlier incidents, likewise.
    what_if
        The alternatives that it lists.
    inputs_sha256
        Digest of the input's bytes and of the options that change the answer.
    """

    incident: Incident
    recovery: RecoveryPlan
    as_of: Sourced[datetime]
    business: Exposure | None = None
    sla: Sla | None = None
    figures: Mapping[str, object] = MappingProxyType({})
    assumptions: tuple[Assumption, ...] = ()
    cautions: tuple[Caution, ...] = ()
    currency: str | None = None
    inputs_sha256: str = ""
    observations: tuple[Sourced[str], ...] = ()
    history: Sourced[str] | None = None
    checks: tuple[Check, ...] = ()
    what_if: tuple[WhatIf, ...] = ()


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
