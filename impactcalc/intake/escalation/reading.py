"""A reading: the facts of an escalation, each with its line, and what was not understood.

The annotations are no text here (no ``from __future__``): a `NamedTuple` compiles each that is.
"""

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from impactcalc.domain.moment import Moment
    from impactcalc.domain.sourced import Caution
    from impactcalc.intake.escalation.facts.candidates import Candidate
    from impactcalc.intake.escalation.figures.dates import Stamp
    from impactcalc.intake.escalation.figures.span import Edge
    from impactcalc.intake.escalation.plan.stages import PlannedStage
    from impactcalc.intake.escalation.progress.progress import Progress
    from impactcalc.intake.escalation.structure.statements import Statement

_HOUR = Decimal(3600)

Number = int | float
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Facts(NamedTuple):
    """What a careful reader takes from an escalation; None = the text does not say.

    The fields are those of the corpus. Numbers are plain, ranges are lists of two, times are in
    seconds, shares are ratios, money is per day where the name says so.
    """

    id: str | None = None
    customer: str | None = None
    service: str | None = None
    priority: str | None = None
    status: str | None = None
    created: str | None = None
    escalated: str | None = None
    users_affected: Json = None
    revenue_at_risk_per_day: Json = None
    currency: str | None = None
    sla_objective: Json = None
    latency_normal_s: Json = None
    latency_now_s: Json = None
    latency_increase_percent: Json = None
    error_rate: Json = None
    nodes: Json = None
    zones: Json = None
    replication_factor: Json = None
    stages: Json = None
    progress: Json = None
    sentiment: str | None = None
    escalation_level: Json = None
    monthly_fee: Json = None
    arr: Json = None
    renewal_date: str | None = None
    credit_tiers: Json = None

    def to_mapping(self) -> dict[str, Json]:
        """Give the facts by name."""
        return self._asdict()


class Provenance(NamedTuple):
    """Where a fact stands: `text` occurs in that line of the text."""

    field: str
    value: Json
    line: int
    text: str


class LineClass(NamedTuple):
    """What a line was good for: used, context, heading or not understood."""

    line: int
    kind: str


class Count(NamedTuple):
    """A number of things with its line."""

    value: int
    line: int
    text: str


class Technical(NamedTuple):
    """What the text says of a store's tablets, beyond the facts."""

    tablets: Count | None = None
    leaderless_tablets: Count | None = None
    corrupt_tablets: Count | None = None


class Reading(NamedTuple):
    """Everything that was read from an escalation.

    Parameters
    ----------
    facts
        The facts in plain numbers.
    provenance
        Line and words of each fact.
    contradictions
        Facts for which the text gives two values that cannot both hold; they are None.
    warnings
        What a reader should know.
    lines
        The class of every line that is not blank.
    technical
        Figures of the store.
    dated
        Dates that tell how far the story has come, with their lines.
    found
        The chosen candidates by fact, with exact figures.
    stages, progress
        Plan and progress with lines and exact windows.
    statements
        All that the text says, in its order.
    """

    facts: Facts
    provenance: tuple[Provenance, ...]
    contradictions: tuple[str, ...]
    warnings: "tuple[Caution, ...]"
    lines: tuple[LineClass, ...]
    technical: Technical = Technical()
    dated: "tuple[tuple[Stamp, int], ...]" = ()
    found: "Mapping[str, Candidate]" = MappingProxyType({})
    stages: "tuple[PlannedStage, ...]" = ()
    progress: "tuple[Progress, ...]" = ()
    statements: "tuple[Statement, ...]" = ()

    @property
    def moments(self) -> "tuple[tuple[Moment, int], ...]":
        """The moments of the dated lines, each with its line."""
        dated = ((stamp.moment(), line) for stamp, line in self.dated)
        return tuple((moment, line) for moment, line in dated if moment is not None)

    def to_document(self) -> dict[str, Any]:
        """Give the document of ``read --json``."""
        return {
            "facts": self.facts.to_mapping(),
            "provenance": [
                {"field": one.field, "value": one.value, "line": one.line, "text": one.text}
                for one in self.provenance
            ],
            "contradictions": list(self.contradictions),
            "warnings": [
                {"field": one.field, "message": one.message, "line": one.line}
                for one in self.warnings
            ],
            "lines": [{"line": one.line, "class": one.kind} for one in self.lines],
        }


def plain_number(number: Decimal | int) -> Number:
    """Give an int where the number is whole, else the nearest float.

    Examples
    --------
    >>> plain_number(Decimal("75000.0")), plain_number(Decimal("0.999"))
    (75000, 0.999)
    """
    if isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)


def plain_edge(edge: "Edge | None") -> Json:
    """Give one end of a window in hours, or as business days."""
    if edge is None:
        return None
    if edge.business:
        return {"business_days": plain_number(edge.amount)}
    return plain_number(edge.amount / _HOUR)


def plain_value(value: object) -> Json:
    """Turn a candidate's value into JSON: a range becomes a list, tiers become objects."""
    if isinstance(value, Decimal | int):
        return plain_number(value)
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return [
                {"below": plain_number(below), "credit": plain_number(credit)}
                for below, credit in value
            ]
        numbers: list[Json] = [plain_number(one) for one in value]
        return numbers if len(numbers) > 1 else numbers[0]
    return None if value is None else str(value)
