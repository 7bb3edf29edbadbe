"""Labelled facts with distractors, negations, hypotheticals and contradictions between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from composed.distractors import ORDERS
from composed.truth import Truth

if TYPE_CHECKING:
    import random

NAMES = ("Alder Freight", "Birchmere Bank", "Corvane Media", "Dunlin Rail", "Ems & Tide Foods")
THINGS = ("order portal", "billing API", "session cache", "mail gateway", "search cluster")
PEOPLE = ("clerks", "users", "drivers", "agents", "customers", "nurses")
LABELS = {
    "customer": ("Customer", "Client", "Account", "Company"),
    "id": ("Ticket", "Case", "Incident ID", "Reference"),
    "priority": ("Priority", "Severity", "Prio"),
    "status": ("Status", "State", "Current state"),
    "created": ("Created", "Opened", "Reported on"),
    "users": ("Affected users", "Users affected", "Impacted users", "People affected"),
    "revenue": ("Revenue at risk", "Revenue impact", "Financial impact", "At risk"),
    "sla": ("SLA", "Uptime SLA", "Availability", "Uptime commitment"),
    "fee": ("Monthly fee", "Monthly subscription"),
    "level": ("Escalation level", "Level"),
}
PRIORITIES = (("P1", "critical"), ("Sev-2", "high"), ("3 - Moderate", "medium"), ("Low", "low"))
PERIODS = (("per day", 1), ("per hour", 24), ("a day", 1), ("daily", 1), ("/day", 1), ("/hour", 24))
CODES = (("$", "USD"), ("\u20ac", "EUR"), ("\u00a3", "GBP"), ("CHF ", "CHF"), ("SEK ", "SEK"))
ARR = "ARR is $1,234,567."
DISTRACTORS = (
    ARR,
    "Last year's outage cost them $777,000 per day and hit 55,555 users.",
    "In March 2021 an outage of the same service affected 44,444 users.",
    "The request timeout is 77 seconds.",
    "They have 66,666 licensed users.",
    "A credit of 33% was paid for another month.",
    "Sessions live for 88 minutes.",
    "Another customer loses $99,000 per day with a similar problem.",
    "The replica lags 222 seconds behind.",
    "Overtime so far: $11,111.",
)
HYPOTHETICALS = (
    "It could reach $8,888,000 per day if the region fails.",
    "In the worst case 333,333 users might be affected.",
    "If nothing is done, $6,666 per day would be at risk.",
    "We might lose 91% of all requests.",
)
NEGATIONS = ("No revenue at risk.", "No users are affected any more.", "The SLA was not touched.")


SKIPPED = frozenset({"service"})  # the thing that its prose calls slow may be one


def amount(chance: random.Random, number: int) -> str:
    """Write a whole number as people of several countries do."""
    forms = [f"{number:,}", str(number), f"{number:,}".replace(",", "'")]
    forms.append(f"{number:,}".replace(",", "\u202f"))
    if number % 1000 == 0:
        forms.append(f"{number // 1000}k")
    return chance.choice(forms)


def compose(chance: random.Random) -> Truth:
    """Compose a document of labelled facts, sections in any order, with distractors between."""
    facts: dict[str, Any] = {}
    fields: list[str] = []
    separator = chance.choice((": ", " : ", " = ", "\t", "   ", " - "))

    def field(kind: str, words: str) -> None:
        fields.append(chance.choice(LABELS[kind]) + separator + words)

    facts["customer"] = chance.choice(NAMES)
    field("customer", facts["customer"])
    facts["id"] = f"{chance.choice(('INC', 'ESC-', 'CE'))}{chance.randint(1000, 99999)}"
    field("id", facts["id"])
    unsure = set(_maybe(chance, facts, field))
    chance.shuffle(fields)
    thing = chance.choice(THINGS)
    prose = [f"The {thing} is slow and fails."]
    pool = [*DISTRACTORS, *HYPOTHETICALS, *ORDERS]
    prose += chance.sample(pool, chance.randint(0, 5))
    if ARR in prose:
        facts["arr"] = 1_234_567
        if "currency" in unsure:  # of two amounts at risk neither counts: the ARR's remains
            facts["currency"] = "USD"
        facts.setdefault("currency", "USD")
    if "revenue_at_risk_per_day" not in facts and chance.random() < 0.3:
        prose.append(NEGATIONS[0])
        unsure.add("revenue_at_risk_per_day")  # none, or nothing said: both are right
    chance.shuffle(prose)
    paragraphs = ["\n".join(fields), *_cut(chance, prose)]
    chance.shuffle(paragraphs)
    return Truth("\n\n".join(paragraphs) + "\n", facts, frozenset(unsure), skipped=SKIPPED)


def _cut(chance: random.Random, sentences: list[str]) -> list[str]:
    """Put sentences into paragraphs, lists and quotes."""
    parts: list[str] = []
    while sentences:
        count = chance.randint(1, 3)
        some, sentences = sentences[:count], sentences[count:]
        form = chance.randrange(4)
        if form == 0:
            parts.append(" ".join(some))
        elif form == 1:
            bullet = chance.choice("-*\u2022")
            parts.append("\n".join(f"{bullet} {one}" for one in some))
        else:
            parts.append("\n".join(some))
    return parts


def _maybe(chance: random.Random, facts: dict[str, Any], field: Any) -> list[str]:
    """State each further fact or leave it out; give those that are contradicted."""
    unsure: list[str] = []
    if chance.random() < 0.8:
        words, facts["priority"] = chance.choice(PRIORITIES)
        field("priority", words)
    if chance.random() < 0.7:
        facts["status"] = chance.choice(("In Progress", "Open", "Monitoring"))
        field("status", facts["status"])
    if chance.random() < 0.8:
        facts["created"] = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        field("created", facts["created"])
    if chance.random() < 0.7:
        users = chance.randint(2, 9000) * chance.choice((1, 10, 1000))
        facts["users_affected"] = users
        field("users", f"{amount(chance, users)} {chance.choice(PEOPLE)}")
        if chance.random() < 0.2:
            field("users", f"{users + 17} {chance.choice(PEOPLE)}")
            unsure.append("users_affected")
    if chance.random() < 0.7:
        money = chance.randint(1, 900) * 100
        sign, facts["currency"] = chance.choice(CODES)
        period, factor = chance.choice(PERIODS)
        facts["revenue_at_risk_per_day"] = money * factor
        field("revenue", f"{sign}{amount(chance, money)} {period}".replace(" /", "/"))
        if chance.random() < 0.2:
            field("revenue", f"{sign}{money + 7100} {period}".replace(" /", "/"))
            unsure += ["revenue_at_risk_per_day", "currency"]
    if chance.random() < 0.6:
        percent = chance.choice(("99.9", "99.95", "99.5", "99"))
        facts["sla_objective"] = float(percent) / 100
        field("sla", f"{percent}%")
    if chance.random() < 0.3:
        facts["escalation_level"] = chance.randint(1, 4)
        field("level", str(facts["escalation_level"]))
    return unsure
