"""The scenario behind a reading: facts become the keys of the scenario file, each with its line.

Contract: "From an escalation text to a scenario". Every rule that is applied is an entry in the
document's assumptions; what the text does not state is left out.
"""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Assumption, Caution
from impactcalc.intake.document import Document, Node, mapping, sequence, text
from impactcalc.intake.escalation.facts.latency import NORMAL, NOW
from impactcalc.intake.escalation.facts.slowdown import INCREASE
from impactcalc.intake.escalation.figures.mention import Bound
from impactcalc.intake.escalation.restored import partial_restorations
from impactcalc.intake.escalation.staging import Staging
from impactcalc.intake.escalation.written import (
    money_text,
    range_text,
    rate_text,
    seconds_text,
    share_text,
)

if TYPE_CHECKING:
    from impactcalc.domain.moment import Moment
    from impactcalc.intake.escalation.facts.candidates import Candidate
    from impactcalc.intake.escalation.reading import Count, Reading

_PRIORITIES = frozenset({"critical", "high", "medium", "low"})
_OPENED = "the incident starts when the case was opened"
_ESCALATED = "no opening is stated: the incident starts when it was escalated"
_PLAN = "the plan starts when the case was escalated"
_PLAN_OPENED = "no escalation is dated: the plan starts when the case was opened"


def scenario_document(reading: Reading, name: str = "") -> Document:
    """Turn a reading into the tree of a scenario.

    Parameters
    ----------
    reading
        What was read from the text.
    name
        The text's file, as the source of the whole.

    Returns
    -------
    Document
        The tree in the scenario file's grammar with ``"line 44"`` as sources, the rules that
        were applied, the reader's warnings, and the dated lines from which the moment of the
        forecast is taken.
    """
    builder = _Builder(reading)
    parts = {
        "incident": builder.incident(),
        "recovery": builder.recovery(),
        "business": builder.business(),
        "sla": builder.sla(),
    }
    kept = {key: part for key, part in parts.items() if part.fields or key == "incident"}
    return Document(
        mapping(kept, name or "text", line=1),
        tuple(builder.assumptions),
        (*reading.warnings, *builder.cautions),
        tuple(
            text(_written_moment(moment), f"line {line}", line=line)
            for moment, line in reading.moments
        ),
    )


def _written_moment(moment: Moment) -> str:
    """Write an instant, or the bare date of a whole day."""
    if moment.exact:
        return moment.earliest.isoformat()
    return moment.earliest.date().isoformat()


class _Builder:
    """Builds the sections of the tree from one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found = reading.found
        self.assumptions: list[Assumption] = []
        self.cautions: list[Caution] = []
        created, escalated = self._found.get("created"), self._found.get("escalated")
        self._opened = created or escalated
        self._planned = escalated or created
        if created is not None and escalated is not None and _precedes(escalated, created):
            self._planned = created
        self._currency = self._main_currency()

    def incident(self) -> Node:
        """Build ``incident``."""
        fields = {
            name: _plain(self._found[fact])
            for name, fact in (("id", "id"), ("customer", "customer"), ("service", "service"))
            if fact in self._found
        }
        self._add_priority(fields)
        self._add_start(fields, self._opened, "incident.started", _OPENED, _ESCALATED)
        latency = self._latency()
        if latency is not None:
            fields["latency"] = latency
        error = self._found.get("error_rate")
        if error is not None:
            fields["error_rate"] = _node(error, range_text(_numbers(error), share_text))
        cluster = self._cluster()
        if cluster is not None:
            fields["cluster"] = cluster
        milestones = self._milestones()
        if milestones:
            fields["milestones"] = sequence(milestones, milestones[0].source)
        for fact in ("sentiment", "escalation_level"):
            if fact in self._found:
                fields[fact] = _plain(self._found[fact])
        return _section(fields)

    def _milestones(self) -> list[Node]:
        """Build what the text tells of partial restorations."""
        found = []
        for one in partial_restorations(self._reading.statements, self._reading.dated):
            source = f"line {one.line}"
            moment = one.at.astimezone(UTC)
            shown = f"{moment:%Y-%m-%d %H:%M} UTC"
            parts = {"at": text(moment.isoformat(), source, line=one.line, as_written=shown)}
            if one.share is not None:
                parts["restored"] = text(share_text(one.share), source, line=one.line)
            found.append(mapping(parts, source, line=one.line))
        return found

    def recovery(self) -> Node:
        """Build ``recovery``."""
        fields: dict[str, Node] = {}
        self._add_start(fields, self._planned, "recovery.started", _PLAN_OPENED, _PLAN)
        started = self._planned.stamp.moment() if self._planned and self._planned.stamp else None
        staging = Staging(self._reading, started)
        stages = staging.nodes()
        if stages is not None:
            fields["stages"] = stages
        self.assumptions.extend(staging.assumptions)
        return _section(fields)

    def business(self) -> Node:
        """Build ``business``."""
        fields: dict[str, Node] = {}
        revenue = self._found.get("revenue_at_risk_per_day")
        if revenue is not None and revenue.rate is not None and revenue.rate.currency:
            fields["currency"] = _node(revenue, revenue.rate.currency)
            fields["revenue_at_risk"] = _node(revenue, rate_text(revenue.rate))
        elif revenue is not None and self._currency:
            fields["currency"] = _node(self._found["currency"], self._currency)
            fields["revenue_at_risk"] = _node(revenue, f"0 {self._currency}/day")
        elif revenue is not None and revenue.rate is not None:
            self._caution(revenue, "business.revenue_at_risk", "has no currency: left out")
        self._add_users(fields)
        arr = self._found.get("arr")
        if arr is not None and self._fits(arr, "business.arr"):
            fields["arr"] = _node(arr, money_text(_numbers(arr)[0], self._currency))
        return _section(fields)

    def sla(self) -> Node:
        """Build ``sla``; fee and credits need the promise that they belong to."""
        target = self._found.get("sla_objective")
        fee, tiers = self._found.get("monthly_fee"), self._found.get("credit_tiers")
        if target is None:
            for one in (fee, tiers):
                if one is not None:
                    self._caution(one, "sla.target", "needs a stated availability: left out")
            return _section({})
        fields = {"target": _node(target, share_text(_numbers(target)[0]))}
        if fee is not None and self._fits(fee, "sla.monthly_fee"):
            fields["monthly_fee"] = _node(fee, money_text(_numbers(fee)[0], self._currency))
        if tiers is not None:
            fields["credits"] = _credits(tiers)
        return _section(fields)

    def _add_priority(self, fields: dict[str, Node]) -> None:
        """Add the priority, if it is one of the four."""
        priority = self._found.get("priority")
        if priority is None:
            return
        if priority.value in _PRIORITIES:
            fields["priority"] = _plain(priority)
        else:
            self._caution(priority, "incident.priority", "is none of the four known: left out")

    def _add_start(
        self, fields: dict[str, Node], found: Candidate | None, path: str, own: str, other: str
    ) -> None:
        """Add the start of the incident or of the plan."""
        if found is None:
            return
        fields["started"] = _plain(found)
        why = own if found.field == "created" else other
        self.assumptions.append(Assumption(path, str(found.value), f"line {found.line}", why))

    def _latency(self) -> Node | None:
        """Build ``incident.latency``."""
        fields: dict[str, Node] = {}
        normal = self._found.get(NORMAL)
        if normal is not None:
            fields["normal"] = _node(normal, range_text(_numbers(normal), seconds_text))
            if normal.figure is None or normal.figure.bound is not Bound.UPPER:
                fields["normal_is"] = _node(normal, "value")
        now = self._found.get(NOW)
        if now is not None:
            fields["now"] = _node(now, range_text(_numbers(now), seconds_text))
        increase = self._found.get(INCREASE)
        if increase is not None:
            fields["increase"] = _node(increase, share_text(_numbers(increase)[0] / 100))
        return _section(fields) if fields else None

    def _cluster(self) -> Node | None:
        """Build ``incident.cluster``."""
        fields = {
            fact: _plain(self._found[fact])
            for fact in ("nodes", "zones", "replication_factor")
            if fact in self._found
        }
        technical = self._reading.technical
        for name, count in (
            ("tablets", technical.tablets),
            ("leaderless_tablets", technical.leaderless_tablets),
            ("corrupt_tablets", technical.corrupt_tablets),
        ):
            if count is not None:
                fields[name] = _counted(count)
        return _section(fields) if fields else None

    def _add_users(self, fields: dict[str, Node]) -> None:
        """Add the number of users when it is a single one."""
        users = self._found.get("users_affected")
        if users is None:
            return
        if isinstance(users.value, tuple):
            self._caution(users, "business.users", "is a range: no single number is used")
        else:
            fields["users"] = _node(users, str(users.value))

    def _main_currency(self) -> str:
        """Give the currency of the file: that of the money at risk, else of fee or ARR."""
        found = self._found.get("currency")
        return str(found.value) if found is not None else ""

    def _fits(self, money: Candidate, path: str) -> bool:
        """Whether an amount is in the one currency that a scenario may hold."""
        unit = money.figure.unit if money.figure is not None else ""
        if unit == self._currency:
            return True
        self._caution(money, path, f"is in {unit}, the other money in {self._currency}: left out")
        return False

    def _caution(self, found: Candidate, path: str, what: str) -> None:
        """Warn that a fact does not reach the scenario."""
        self.cautions.append(Caution(path, f"'{found.text}' {what}", found.line))


def _precedes(first: Candidate, second: Candidate) -> bool:
    """Whether one date ends before another begins."""
    one = first.stamp.moment() if first.stamp else None
    other = second.stamp.moment() if second.stamp else None
    return one is not None and other is not None and one.latest <= other.earliest


def _numbers(found: Candidate) -> tuple[Decimal, ...]:
    """Give a candidate's exact figures."""
    if isinstance(found.value, tuple):
        return found.value
    return (Decimal(str(found.value)),)


def _node(found: Candidate, written: str) -> Node:
    """Build a leaf whose words differ from what was written."""
    source = f"line {found.line}"
    return text(written, source, line=found.line, as_written=found.text)


def _plain(found: Candidate) -> Node:
    """Build a leaf of a value that is text or a whole number."""
    return _node(found, str(found.value))


def _counted(count: Count) -> Node:
    """Build a leaf of a number of things."""
    return text(str(count.value), f"line {count.line}", line=count.line, as_written=count.text)


def _credits(tiers: Candidate) -> Node:
    """Build ``sla.credits``."""
    source = f"line {tiers.line}"
    bands = tiers.value if isinstance(tiers.value, tuple) else ()
    items = [
        mapping(
            {
                "below": text(share_text(below), source, line=tiers.line),
                "credit": text(share_text(credit), source, line=tiers.line),
            },
            source,
            line=tiers.line,
        )
        for below, credit in bands
    ]
    return sequence(items, source, line=tiers.line)


def _section(fields: dict[str, Node]) -> Node:
    """Build a mapping that stands where its first value stands."""
    first = next(iter(fields.values()), None)
    line = first.line if first is not None else 0
    return mapping(fields, f"line {line}" if line else "text", line=line)
