"""What a section is about, told by the words of its heading or label."""

from __future__ import annotations

import enum
import re
from functools import cache, lru_cache


class Topic(enum.Enum):
    """What the statements of a section speak of."""

    NONE = "none"
    DESCRIPTION = "description"
    CAUSE = "cause"
    PERFORMANCE = "performance"
    TECHNICAL = "technical"
    IMPACT = "impact"
    ACCOUNT = "account"
    CREDITS = "credits"
    PLAN = "plan"
    STATUS = "status"
    SENTIMENT = "sentiment"
    NEXT = "next steps"
    HISTORY = "history"
    CONTACT = "contact"

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow


# The first row whose words all stand in a heading decides; a row is a set of word beginnings.
_ROWS: tuple[tuple[str, Topic], ...] = (
    ("next step", Topic.NEXT),
    ("next action", Topic.NEXT),
    ("follow up item", Topic.NEXT),
    ("to do", Topic.NEXT),
    ("outlook", Topic.NEXT),
    ("sentiment", Topic.SENTIMENT),
    ("mood", Topic.SENTIMENT),
    ("relationship", Topic.SENTIMENT),
    ("feeling", Topic.SENTIMENT),
    ("temperature", Topic.SENTIMENT),
    ("atmosphere", Topic.SENTIMENT),
    ("customer voice", Topic.SENTIMENT),
    ("customer feedback", Topic.SENTIMENT),
    ("customer reaction", Topic.SENTIMENT),
    ("tone", Topic.SENTIMENT),
    ("previous", Topic.HISTORY),
    ("earlier", Topic.HISTORY),
    ("past incident", Topic.HISTORY),
    ("history", Topic.HISTORY),
    ("service credit", Topic.CREDITS),
    ("sla credit", Topic.CREDITS),
    ("credit", Topic.CREDITS),
    ("penalt", Topic.CREDITS),
    ("sla term", Topic.CREDITS),
    ("plan status", Topic.STATUS),
    ("plan progress", Topic.STATUS),
    ("progress", Topic.STATUS),
    ("plan", Topic.PLAN),
    ("roadmap", Topic.PLAN),
    ("remediation", Topic.PLAN),
    ("recovery action", Topic.PLAN),
    ("recovery step", Topic.PLAN),
    ("mitigation step", Topic.PLAN),
    ("mitigation action", Topic.PLAN),
    ("measures", Topic.PLAN),
    ("we do next", Topic.PLAN),
    ("we'd do", Topic.PLAN),
    ("we will do", Topic.PLAN),
    ("we are doing", Topic.PLAN),
    ("we promised", Topic.PLAN),
    ("actions", Topic.PLAN),
    ("current status", Topic.STATUS),
    ("status", Topic.STATUS),
    ("where we are", Topic.STATUS),
    ("where we stand", Topic.STATUS),
    ("where it stands", Topic.STATUS),
    ("where things stand", Topic.STATUS),
    ("what is done", Topic.STATUS),
    ("done so far", Topic.STATUS),
    ("so far", Topic.STATUS),
    ("state of play", Topic.STATUS),
    ("state at", Topic.STATUS),
    ("current state", Topic.STATUS),
    ("work note", Topic.STATUS),
    ("log", Topic.STATUS),
    ("timeline", Topic.STATUS),
    ("comment", Topic.STATUS),
    ("update", Topic.STATUS),
    ("latest", Topic.STATUS),
    ("root cause", Topic.CAUSE),
    ("cause", Topic.CAUSE),
    ("diagnosis", Topic.CAUSE),
    ("core issue", Topic.CAUSE),
    ("performance", Topic.PERFORMANCE),
    ("symptom", Topic.PERFORMANCE),
    ("configuration", Topic.TECHNICAL),
    ("technical", Topic.TECHNICAL),
    ("environment", Topic.TECHNICAL),
    ("infrastructure", Topic.TECHNICAL),
    ("architecture", Topic.TECHNICAL),
    ("setup", Topic.TECHNICAL),
    ("impact", Topic.IMPACT),
    ("numbers", Topic.IMPACT),
    ("figures", Topic.IMPACT),
    ("at stake", Topic.IMPACT),
    ("financ", Topic.IMPACT),
    ("damage", Topic.IMPACT),
    ("account", Topic.ACCOUNT),
    ("commercial", Topic.ACCOUNT),
    ("contract", Topic.ACCOUNT),
    ("renewal", Topic.ACCOUNT),
    ("contact", Topic.CONTACT),
    ("assigned", Topic.CONTACT),
    ("owner", Topic.CONTACT),
    ("description", Topic.DESCRIPTION),
    ("what is happening", Topic.DESCRIPTION),
    ("what happened", Topic.DESCRIPTION),
    ("summary", Topic.DESCRIPTION),
    ("overview", Topic.DESCRIPTION),
    ("problem", Topic.DESCRIPTION),
    ("issue", Topic.DESCRIPTION),
    ("situation", Topic.DESCRIPTION),
)
_WORDS = tuple((f" {row}", topic) for row, topic in _ROWS)
_LONGEST_HEADING = 90


@cache
def _word_starts() -> re.Pattern[str]:
    """Compile the cut of a heading into words."""
    return re.compile(r"[a-z']+")


@lru_cache(maxsize=4096)
def topic_of(heading: str) -> Topic:
    """Tell what a heading or label announces.

    Examples
    --------
    >>> topic_of("Action Plan:"), topic_of("Where we are (16:05 UTC)"), topic_of("Tuesday")
    (<Topic.PLAN: 'plan'>, <Topic.STATUS: 'status'>, <Topic.NONE: 'none'>)
    """
    if not heading or len(heading) > _LONGEST_HEADING:
        return Topic.NONE
    words = " " + " ".join(_word_starts().findall(heading.lower()))
    return next((topic for row, topic in _WORDS if row in words), Topic.NONE)
