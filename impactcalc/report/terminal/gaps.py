"""The gaps of a reading: what the text does not say, what is worth most first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Gap(NamedTuple):
    """A fact that the text does not state.

    Parameters
    ----------
    field
        The fact's name.
    why
        What the answer lacks without it; empty when it lacks little.
    key, example
        The scenario's key and a value as ``--set`` takes them; empty when no single value fills it.
    """

    field: str
    why: str = ""
    key: str = ""
    example: str = ""


# In the order of what each of them is worth to the answer: money, breach, recovery, lost share.
_BY_WORTH = (
    Gap(
        "revenue_at_risk_per_day",
        "without it no money is counted",
        "business.revenue_at_risk",
        "75 K USD/day",
    ),
    Gap("sla_objective", "without it no breach is counted", "sla.target", "99.9%"),
    Gap("stages", "without a plan the recovery is that of incidents of all kinds"),
    Gap(
        "created",
        "the start decides how much of the budget is used",
        "incident.started",
        "2026-03-31 14:00 +00:00",
    ),
    Gap("error_rate", "it tells how much is lost", "incident.error_rate", "12%"),
    Gap("latency_now_s", "response times tell how much is lost", "incident.latency.now", "9 s"),
    Gap("latency_normal_s", "it makes a loss of slow answers", "incident.latency.normal", "2 s"),
    Gap("progress", "without it no stage has begun"),
    Gap("monthly_fee", "credits are a share of it", "sla.monthly_fee", "12 K USD"),
    Gap("credit_tiers", "without them no credit is counted"),
    Gap("users_affected", "it tells the lost hours", "business.users", "1200"),
)


_LOSS = frozenset({"error_rate", "latency_now_s"})


def gaps(document: Mapping[str, Any], *, disputed: bool = False) -> list[Gap]:
    """Give what a document of ``read --json`` does not state, what is worth most first.

    Parameters
    ----------
    document
        As DESIGN.md 4.2 lays it out.
    disputed
        Whether facts of which the text speaks without telling their value are gaps, too: it
        gives two values, or a warning says why the one in it was left out.
    """
    spoken_of = set() if disputed else {*document["contradictions"], *unclear(document)}
    facts: Mapping[str, Any] = document["facts"]
    empty = [name for name, value in facts.items() if value is None and name not in spoken_of]
    first = [gap for gap in _BY_WORTH if gap.field in empty]
    known = {gap.field for gap in first}
    if not _LOSS.issubset(empty):  # one of both tells the loss: the other one is worth little
        first.sort(key=lambda gap: gap.field in _LOSS)
    return [*first, *(Gap(name) for name in empty if name not in known)]


def unclear(document: Mapping[str, Any]) -> list[str]:
    """Give the facts that were left out for a reason other than a contradiction."""
    facts, disputed = document["facts"], document["contradictions"]
    warned = dict.fromkeys(str(one["field"]) for one in document["warnings"])
    return [name for name in warned if facts.get(name, "") is None and name not in disputed]
