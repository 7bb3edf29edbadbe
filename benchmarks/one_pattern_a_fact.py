"""The alternative to reading by structure: one regular expression a fact, first match wins.

Usage: python benchmarks/one_pattern_a_fact.py FILE   (prints JSON as ``impactcalc read --json``)

Kept to be measured against the reader (docs/decisions), never used by it. It is written with
care: labels and phrases of the public corpus, numbers with K and M, periods, correct units.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

NUMBER = r"(-?[0-9][0-9,.]*)\s*([KkMm]|million|thousand)?"
PATTERNS = {
    "id": r"(?:ticket|case|incident|number|reference|id|ref)[^\w\n]{0,4}\s*(#?[A-Z]*-?[0-9][\w-]*)"
    r"|^([A-Z]{2,5}-?[0-9]{2,})",
    "customer": r"^\W*(?:customer|client|account|company)\W{1,4}\s*([^\n|]+)",
    "service": r"(?:service|component|product|platform|affected system)\W{1,4}\s*([^\n|]+)",
    "priority": r"\b(?:P|Sev-?|priority\W{0,3}|severity\W{0,3})([0-9]|critical|high|medium|low)\b",
    "status": r"^\W*(?:current )?(?:status|state)\W{1,4}\s*([^\n|]+)",
    "created": r"(?:created|opened|reported|raised)\W{0,3}(?:on )?([0-9]{4}-[0-9]{2}-[0-9]{2})",
    "escalated": r"escalated\W{0,3}(?:on )?([0-9]{4}-[0-9]{2}-[0-9]{2})",
    "users_affected": NUMBER + r"\+?\s+(?:[\w-]+ ){0,2}?(?:users|customers|people|agents|members)",
    "revenue_at_risk_per_day": r"([$\u20ac\u00a3]|[A-Z]{3} )" + NUMBER + r"\s*(?:per |a |/)?"
    r"(hour|day|daily|week|weekly|month)[^.\n]*at risk",
    "sla_objective": r"(9[0-9](?:[.,][0-9]+)?)\s*%[^.\n]*(?:sla|uptime|availab)"
    r"|(?:sla|uptime|availab)[^.\n]*?(9[0-9](?:[.,][0-9]+)?)\s*%",
    "latency_normal_s": r"(?:normally|usually|instead of|normal)\W{0,3}<?\s*([0-9.]+)\s*(ms|s)",
    "latency_now_s": r"(?:takes?|taking|latency|averaging)\W+([0-9.]+)\s*(ms|s|seconds|minutes)",
    "error_rate": r"([0-9.]+)\s*%[^.\n]*(?:fail|error|reject|lost|drop)",
    "nodes": r"([0-9]+)[- ](?:\w+ ){0,2}nodes?\b",
    "zones": r"([0-9]+) (?:availability zones|AZs)",
    "replication_factor": r"(?:RF\W?|replication factor\W{0,3})([0-9])",
    "escalation_level": r"level\W{0,3}(?:level )?([0-9])",
    "monthly_fee": r"monthly fee\W{1,4}[^0-9\n]{0,6}" + NUMBER,
    "arr": r"\bARR\b\W{1,4}[^0-9\n]{0,6}" + NUMBER,
    "renewal_date": r"renew\w*\W{0,3}(?:date\W{0,3})?([0-9]{4}-[0-9]{2}-[0-9]{2})",
    "sentiment": r"\b(angry|furious|frustrated|dissatisfied|negative|neutral|positive|satisfied)\b",
}
GRADES = {"0": "critical", "1": "critical", "2": "high", "3": "medium", "4": "low"}
CODES = {"$": "USD", "\u20ac": "EUR", "\u00a3": "GBP"}
DAYS = {"hour": 24.0, "day": 1.0, "daily": 1.0, "week": 1 / 7, "weekly": 1 / 7, "month": 1 / 30}
SECONDS = {"ms": 0.001, "s": 1.0, "seconds": 1.0, "minutes": 60.0}
MOODS = {"neutral": "neutral", "positive": "positive", "satisfied": "positive"}
FACTS = (*PATTERNS, "currency", "latency_increase_percent", "stages", "progress", "credit_tiers")


def number(digits: str, scale: str | None) -> float:
    """Read a number with English separators."""
    value = float(digits.replace(",", "").rstrip("."))
    factor = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
    return value * factor.get((scale or "").lower(), 1)


def _amount(groups: list[str]) -> float:
    return number(groups[0], groups[1] if len(groups) > 1 else None)


def _seconds(groups: list[str]) -> float:
    return float(groups[0].rstrip(".")) * SECONDS[groups[1]]


def _share(groups: list[str]) -> float:
    return float(groups[0].replace(",", ".")) / 100


def _count(groups: list[str]) -> int:
    return int(groups[0])


def value_of(name: str, groups: list[str], facts: dict[str, Any]) -> Any:
    """Turn the groups of a match into a fact."""
    plain = {
        **dict.fromkeys(("users_affected", "monthly_fee", "arr"), _amount),
        **dict.fromkeys(("latency_normal_s", "latency_now_s"), _seconds),
        **dict.fromkeys(("sla_objective", "error_rate"), _share),
        **dict.fromkeys(("nodes", "zones", "replication_factor", "escalation_level"), _count),
    }
    if name in plain:
        return plain[name](groups)
    if name == "revenue_at_risk_per_day":
        facts["currency"] = CODES.get(groups[0], groups[0].strip())
        scale = groups[2] if len(groups) > 3 else None
        return number(groups[1], scale) * DAYS[groups[-1].lower()]
    if name == "priority":
        return GRADES.get(groups[0], groups[0].lower())
    if name == "sentiment":
        return MOODS.get(groups[0].lower(), "negative")
    return groups[0].strip(" *|")


def stages_of(text: str) -> list[dict[str, Any]] | None:
    """Read ``1. Immediate (0-4 hours):`` with the bullets below it."""
    stages = []
    heads = list(
        re.finditer(
            r"^\W*[0-9.]*\s*([\w -]+?) ?\(([0-9.]+)-([0-9.]+) (hours|days|weeks)\)",
            text,
            re.MULTILINE,
        )
    )
    for index, head in enumerate(heads):
        stop = heads[index + 1].start() if index + 1 < len(heads) else text.find("\n\n", head.end())
        below = text[head.end() : stop if stop > 0 else len(text)]
        factor = {"hours": 1, "days": 24, "weeks": 168}[head[4]]
        stages.append(
            {
                "name": head[1].strip(),
                "from_hours": float(head[2]) * factor,
                "to_hours": float(head[3]) * factor,
                "actions": [
                    line.strip() for line in re.findall(r"^\s+[-*] (.+)$", below, re.MULTILINE)
                ],
            }
        )
    return stages or None


def read(text: str) -> dict[str, Any]:
    """Read the facts of a text, one pattern each."""
    facts: dict[str, Any] = dict.fromkeys(FACTS)
    for name, pattern in PATTERNS.items():
        match = re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
        groups = [group for group in match.groups() if group is not None] if match else []
        try:
            facts[name] = value_of(name, groups, facts) if groups else None
        except (ValueError, KeyError, IndexError):
            facts[name] = None
    facts["stages"] = stages_of(text)
    return {"facts": facts, "contradictions": [], "warnings": []}


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[1]).read_text("utf-8", errors="replace"))))
