"""The whole question: incident, plan, money and contract, each figure with its source."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from impactcalc.domain.contract import Sla
    from impactcalc.domain.exposure import Exposure
    from impactcalc.domain.incident import Incident, RecoveryPlan
    from impactcalc.domain.result import Check
    from impactcalc.domain.sourced import Assumption, Caution, Sourced
    from impactcalc.domain.what_if import WhatIf


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
