"""The labels that people give to facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composed.story import Story

HEAD = ("id", "customer", "service", "priority", "status", "created", "escalated", "level")
BODY = (
    *("users", "revenue", "sla", "normal", "now", "errors", "nodes", "zones", "replication"),
    *("fee", "arr", "renewal", "sentiment"),
)
LABELS = {
    "id": ("Ticket", "Case", "Incident ID", "Reference", "Number", "Case number"),
    "customer": ("Customer", "Client", "Account", "Company"),
    "service": ("Service", "Product", "System", "Affected service", "Component"),
    "priority": ("Priority", "Severity", "Prio"),
    "status": ("Status", "State", "Current state", "Current status"),
    "created": ("Created", "Opened", "Reported on", "Opened on", "Date opened"),
    "escalated": ("Escalated", "Escalated on", "Escalation date"),
    "level": ("Escalation level", "Level"),
    "users": ("Affected users", "Users affected", "Impacted users", "People affected"),
    "revenue": ("Revenue at risk", "Revenue impact", "Money at risk", "At risk"),
    "sla": ("SLA", "Uptime SLA", "Availability SLA", "Uptime commitment", "Contract availability"),
    "normal": ("Normal response time", "Usual response time", "Normal latency"),
    "now": ("Response time now", "Current response time", "Latency now"),
    "errors": ("Error rate", "Failure rate", "Failed requests"),
    "nodes": ("Nodes", "Cluster nodes", "Number of nodes"),
    "zones": ("Availability zones", "AZs"),
    "replication": ("Replication factor", "RF"),
    "fee": ("Monthly fee", "Monthly subscription", "Fee per month"),
    "arr": ("ARR", "Annual recurring revenue"),
    "renewal": ("Renewal date", "Contract renewal", "Next renewal", "Renewal"),
    "sentiment": ("Customer sentiment", "Overall sentiment", "Mood", "Customer mood"),
}


def tiers(story: Story) -> list[tuple[str, str]]:
    """Draw credits by the reached availability, highest limit first; state them as facts."""
    ladder = (("99.9", "10"), ("99.0", "25"), ("95.0", "100"))[: story.chance.randint(2, 3)]
    story.facts["credit_tiers"] = [
        {"below": float(limit) / 100, "credit": float(credit) / 100} for limit, credit in ladder
    ]
    percent = story.pen.percent
    return [(f"below {percent(limit)}", percent(credit)) for limit, credit in ladder]


def label(story: Story, field: str) -> str:
    """Draw a label for a fact."""
    return story.chance.choice(LABELS[field])


def value(story: Story, field: str) -> str:
    """Give the words after the label."""
    words = story.said[field]
    if field == "users" and story.maybe(0.6):
        return f"{words} {story.people}"
    if field == "revenue" and story.maybe(0.2):
        return f"{words} at risk"
    if field == "sla" and story.maybe(0.2):
        return f"{words} per month"
    return words


def pairs(story: Story, fields: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give label and words of the fields that the story has; now and then a second, other value."""
    rows = [(label(story, field), value(story, field)) for field in fields if field in story.said]
    for field, words in _second_values(story).items():
        if field in fields and field in story.said and story.maybe(0.04):
            rows.append((label(story, field), words))
            fact = FACTS[field]
            story.facts.pop(fact)
            story.unsure |= {fact, "currency"}
    return rows


FACTS = {"users": "users_affected", "revenue": "revenue_at_risk_per_day", "nodes": "nodes"}


def _second_values(story: Story) -> dict[str, str]:
    """Give another value for facts that two people may count in two ways."""
    return {
        "users": f"{1_000_003 + story.users} {story.people}",
        "revenue": story.pen.money(77_700) + " per day",
        "nodes": "97",
    }
