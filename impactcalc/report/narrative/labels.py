"""Names of fields and places in words: what a figure is called, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.escape import escape, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.domain.result import Estimate

WHY_MOST = 400
_FIELD_DEPTH = 2  # incident.latency.normal
_WHOLE_NAMES = frozenset({"latency", "churn"})  # their parts are no names alone
_STAGE_DEPTH = 3  # recovery.stages.NAME.field
_LABELS = {
    "as_of": "moment of the forecast",
    "lost_share": "failing share at the start",
    "revenue_at_risk": "stated revenue",
    "reading": "reading of the amount",
    "deferred": "demand that comes back",
    "deferred_for": "time until it comes back",
    "dependence": "stages move together",
    "to_date": "earlier downtime",
    "excluded": "agreed maintenance",
    "id": "number",
    "rto": "recovery time objective",
    "mtpd": "longest tolerable outage",
    "arr": "yearly fee (ARR)",
    "downtime": "definition of downtime",
    "target": "SLA target",
    "monthly_fee": "monthly fee",
    "credits": "credit tiers",
    "claim": "claim",
    "period": "SLA period",
    "leaderless_tablets": "leaderless tablets",
    "latency": "response time",
    "normal": "normally",
    "replication_factor": "replicas",
    "normal_is": "the stated normal",
    "fails": "failed tries",
    "relapse": "relapses",
    "restores": "what stages restore",
    "threshold": "threshold of downtime",
    "cap": "cap of the credits",
    "tablets": "number of tablets",
    "profile": "revenue over the week",
    "window": "planned windows",
    "stages": "stages",
    "future": "further incidents",
    "started": "start",
}
_WHOLES = {"lost_share": "failing share"}
_AMBIGUOUS = frozenset({"started", "timezone", "currency", "source"})  # need their part's name
_PARTS = {"recovery": "plan", "business": "revenue", "sla": "SLA"}


def label(path: str) -> str:
    """Name a field of the scenario file in words.

    Examples
    --------
    >>> label("business.revenue_at_risk"), label("recovery.started"), label("sla.cap")
    ('stated revenue', 'plan start', 'cap of the credits')
    """
    parts = path.split(".")
    last, _, inner = parts[-1].partition("/")
    words = _LABELS.get(last, escape(last).replace("_", " "))
    if parts[:2] == ["recovery", "stages"] and len(parts) > _STAGE_DEPTH:
        return shorten(f"{escape('.'.join(parts[2:-1]))}: {words}", 40)
    if len(parts) > _FIELD_DEPTH and parts[-2] in _WHOLE_NAMES:
        return shorten(f"{_LABELS.get(parts[-2], parts[-2])}: {words}", 40)
    if inner:
        return shorten(f"{_WHOLES.get(last, words)}: {escape(inner).replace('_', ' ')}", 40)
    if last in _AMBIGUOUS and len(parts) > 1:
        return f"{_PARTS.get(parts[0], parts[0])} {words}"
    return shorten(words, 40)


def source_words(source: str) -> str:
    """Write a source: the reason of a default is shown elsewhere."""
    if source.startswith("default"):
        return "missing" if "missing" in source or "not stated" in source else "default"
    file, _, line = source.rpartition(":")
    if file and line.isdigit():
        return f"line {line}"  # of the one file that the estimate is about
    return shorten(escape(source), 32)


def source_file(estimate: Estimate) -> str:
    """Name the file whose lines the sources mean; empty for an escalation text."""
    started = estimate.scenario.incident.started.source
    file, _, line = started.rpartition(":")
    return shorten(escape(file), 40) if line.isdigit() and not file.startswith("default") else ""


def reason(source: str) -> str:
    """Take the reason out of ``"default: why"``; empty for a stated figure."""
    kind, _, why = source.partition(":")
    return shorten(escape(why), WHY_MOST) if kind == "default" else ""


def line_words(numbers: Sequence[int], most: int = 6) -> str:
    """Name lines of the input, at most so many.

    Examples
    --------
    >>> line_words((13,)), line_words((24, 13)), line_words((1, 2, 3), 2), line_words(())
    ('line 13', 'lines 13, 24', 'lines 1, 2 …', '')
    """
    if not numbers:
        return ""
    word = "line" if len(numbers) == 1 else "lines"
    shown = ", ".join(str(number) for number in sorted(numbers)[:most])
    return f"{word} {shown}{' …' if len(numbers) > most else ''}"
