"""What a section is about, told by the words of its heading or label."""

from __future__ import annotations

import enum
import re
from functools import cache, lru_cache

from impactcalc.intake.escalation.words.entry_states import (
    OPENING_STATES,
    entry_state,
    is_entry_head,
    is_written_later,
)
from impactcalc.intake.escalation.words.vocabulary import word_set


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


# The first row that stands in a heading decides: words from their beginnings, and a row that ends
# in a blank as whole words ("log" is a log, "login" is none).
_ROWS: tuple[tuple[str, Topic], ...] = (
    ("recovery time", Topic.NONE),
    ("recovery point", Topic.NONE),
    ("recovery objective", Topic.NONE),
    ("recovery estimate", Topic.NONE),
    ("opening time", Topic.CONTACT),
    ("opening hour", Topic.CONTACT),
    ("support hour", Topic.CONTACT),
    ("escalation matrix", Topic.CONTACT),
    ("escalation path", Topic.CONTACT),
    ("escalation rule", Topic.CONTACT),
    ("escalation procedure", Topic.CONTACT),
    ("rota ", Topic.CONTACT),
    ("reproduce", Topic.DESCRIPTION),
    ("next step", Topic.NEXT),
    ("next action", Topic.NEXT),
    ("follow up item", Topic.NEXT),
    ("outlook", Topic.NEXT),
    ("sentiment", Topic.SENTIMENT),
    ("mood", Topic.SENTIMENT),
    ("relationship", Topic.SENTIMENT),
    ("feeling", Topic.SENTIMENT),
    ("temperature", Topic.SENTIMENT),
    ("atmosphere", Topic.SENTIMENT),
    ("climate ", Topic.SENTIMENT),
    ("how they feel", Topic.SENTIMENT),
    ("how they sound", Topic.SENTIMENT),
    ("how they took it", Topic.SENTIMENT),
    ("the customer feel", Topic.SENTIMENT),
    ("customer feels", Topic.SENTIMENT),
    ("how do they feel", Topic.SENTIMENT),
    ("how the customer", Topic.SENTIMENT),
    ("vibe", Topic.SENTIMENT),
    ("customer's view", Topic.SENTIMENT),
    ("customer view", Topic.SENTIMENT),
    ("customer perception", Topic.SENTIMENT),
    ("perception ", Topic.SENTIMENT),
    ("stakeholder reaction", Topic.SENTIMENT),
    ("customer voice", Topic.SENTIMENT),
    ("voice of", Topic.SENTIMENT),
    ("customer says", Topic.SENTIMENT),
    ("how are they", Topic.SENTIMENT),
    ("customer feedback", Topic.SENTIMENT),
    ("customer reaction", Topic.SENTIMENT),
    ("tone ", Topic.SENTIMENT),
    ("previous", Topic.HISTORY),
    ("earlier", Topic.HISTORY),
    ("past incident", Topic.HISTORY),
    ("history", Topic.HISTORY),
    ("credit ", Topic.CREDITS),
    ("credits ", Topic.CREDITS),
    ("penalt", Topic.CREDITS),
    ("sla term", Topic.CREDITS),
    ("plan and progress", Topic.PLAN),
    ("plan and status", Topic.PLAN),
    ("plan status", Topic.STATUS),
    ("follow up of", Topic.STATUS),
    ("followup of", Topic.STATUS),
    ("status of", Topic.STATUS),
    ("condition of", Topic.STATUS),
    ("state of the", Topic.STATUS),
    ("status per", Topic.STATUS),
    ("plan progress", Topic.STATUS),
    ("progress", Topic.STATUS),
    ("plan ", Topic.PLAN),
    ("plans ", Topic.PLAN),
    ("planned ", Topic.PLAN),
    ("roadmap", Topic.PLAN),
    ("remediation", Topic.PLAN),
    ("remedial", Topic.PLAN),
    ("undertake", Topic.PLAN),
    ("supplier shall ", Topic.PLAN),
    ("provider shall ", Topic.PLAN),
    ("vendor shall ", Topic.PLAN),
    ("recovery action", Topic.PLAN),
    ("recovery step", Topic.PLAN),
    ("mitigation step", Topic.PLAN),
    ("mitigation action", Topic.PLAN),
    ("measures", Topic.PLAN),
    ("we do next", Topic.PLAN),
    ("i propose", Topic.PLAN),
    ("proposal", Topic.PLAN),
    ("we'd do", Topic.PLAN),
    ("we will do", Topic.PLAN),
    ("we are doing", Topic.PLAN),
    ("we promised", Topic.PLAN),
    ("we told them", Topic.PLAN),
    ("actions ", Topic.PLAN),
    ("mitigation ", Topic.PLAN),
    ("mitigations ", Topic.PLAN),
    ("countermeasure", Topic.PLAN),
    ("corrective", Topic.PLAN),
    ("way forward", Topic.PLAN),
    ("way out", Topic.PLAN),
    ("recovery ", Topic.PLAN),
    ("we agreed", Topic.PLAN),
    ("agreed ", Topic.PLAN),
    ("we'll do", Topic.PLAN),
    ("will we do", Topic.PLAN),
    ("do we do", Topic.PLAN),
    ("we do now", Topic.PLAN),
    ("what we do ", Topic.PLAN),
    ("team does", Topic.PLAN),
    ("will be done", Topic.PLAN),
    ("to be done", Topic.PLAN),
    ("we do about it", Topic.PLAN),
    ("being done", Topic.PLAN),
    ("proceed ", Topic.PLAN),
    ("we propose", Topic.PLAN),
    ("we commit", Topic.PLAN),
    ("we offer", Topic.PLAN),
    ("course of action", Topic.PLAN),
    ("sequence of work", Topic.PLAN),
    ("we intend", Topic.PLAN),
    ("going to do", Topic.PLAN),
    ("we want to do", Topic.PLAN),
    ("fix it ", Topic.PLAN),
    ("getting back", Topic.PLAN),
    ("steps ", Topic.PLAN),
    ("phases ", Topic.PLAN),
    ("stages ", Topic.PLAN),
    ("commitments ", Topic.PLAN),
    ("action item", Topic.PLAN),
    ("sub task", Topic.PLAN),
    ("subtask", Topic.PLAN),
    ("child task", Topic.PLAN),
    ("action list", Topic.PLAN),
    ("list of actions", Topic.PLAN),
    ("promised ", Topic.PLAN),
    ("promises ", Topic.PLAN),
    ("decisions ", Topic.PLAN),
    ("decided ", Topic.PLAN),
    ("what happens next", Topic.PLAN),
    ("what we are going", Topic.PLAN),
    ("what comes next", Topic.PLAN),
    ("repair ", Topic.PLAN),
    ("wants to do", Topic.PLAN),
    ("to do", Topic.NEXT),
    ("todo", Topic.NEXT),
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
    ("log ", Topic.STATUS),
    ("timeline", Topic.STATUS),
    ("comment", Topic.STATUS),
    ("talk ", Topic.STATUS),
    ("discussion ", Topic.STATUS),
    ("update ", Topic.STATUS),
    ("updates ", Topic.STATUS),
    ("latest", Topic.STATUS),
    ("addendum", Topic.STATUS),
    ("postscript", Topic.STATUS),
    ("chronolog", Topic.STATUS),
    ("journal ", Topic.STATUS),
    ("activity ", Topic.STATUS),
    ("activities ", Topic.STATUS),
    ("what has been done", Topic.STATUS),
    ("what we have done", Topic.STATUS),
    ("what we did", Topic.STATUS),
    ("already ", Topic.STATUS),
    ("done already", Topic.STATUS),
    ("where are we", Topic.STATUS),
    ("what have we done", Topic.STATUS),
    ("what did we do", Topic.STATUS),
    ("how are they ", Topic.SENTIMENT),
    ("how do they take it", Topic.SENTIMENT),
    ("how do they see it", Topic.SENTIMENT),
    ("what are we doing", Topic.PLAN),
    ("who notices", Topic.IMPACT),
    ("who suffers", Topic.IMPACT),
    ("how far", Topic.STATUS),
    ("execution ", Topic.STATUS),
    ("intent ", Topic.PLAN),
    ("standing ", Topic.STATUS),
    ("situation now", Topic.STATUS),
    ("situation today", Topic.STATUS),
    ("as of ", Topic.STATUS),
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
    ("effect on", Topic.IMPACT),
    ("effects ", Topic.IMPACT),
    ("consequence", Topic.IMPACT),
    ("who is hit", Topic.IMPACT),
    ("what it costs", Topic.IMPACT),
    ("money ", Topic.IMPACT),
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
    ("other business", Topic.DESCRIPTION),
    ("miscellaneous", Topic.DESCRIPTION),
    ("other matters", Topic.DESCRIPTION),
    ("other topics", Topic.DESCRIPTION),
    ("what is happening", Topic.DESCRIPTION),
    ("what happened", Topic.DESCRIPTION),
    ("what's happening", Topic.DESCRIPTION),
    ("what is wrong", Topic.DESCRIPTION),
    ("what's wrong", Topic.DESCRIPTION),
    ("what is broken", Topic.DESCRIPTION),
    ("background", Topic.DESCRIPTION),
    ("facts ", Topic.DESCRIPTION),
    ("what we know", Topic.DESCRIPTION),
    ("summary", Topic.DESCRIPTION),
    ("overview", Topic.DESCRIPTION),
    ("problem", Topic.DESCRIPTION),
    ("issue", Topic.DESCRIPTION),
    ("situation", Topic.DESCRIPTION),
)
_WORDS = tuple((f" {row}", topic) for row, topic in _ROWS)
_BODIES = word_set("department dept office team division unit directorate branch ministry")
"""Words that end the name of a part of a house: ``Finance Department`` heads a letter."""
_DID = (" did", " has done", " have done", " had done", " did so far")
_STATUS_ALONE = word_set("done completed finished ongoing open pending") | {
    *("in work", "in progress", "and now", "and today"),
}
"""Headings of lists that tell the state of what stands below them, and questions for it."""
_LONGEST_HEADING = 90


@cache
def _late() -> re.Pattern[str]:
    """Compile what stands between a promise and its verb: ``we shall now do``."""
    return re.compile(r" (?:will|shall) (?:(?:now|then|next|therefore|also|first) )?do ")


@cache
def _word_starts() -> re.Pattern[str]:
    """Compile the cut of a heading into words."""
    return re.compile(r"[a-z']+")


_ORDERED = tuple(
    f" {verb} {article} "
    for verb in ("repair", "plan", "update", "contact", "document")
    for article in ("the", "a", "an", "all", "our", "their")
)
"""What orders an action and is no heading: ``Repair the validity dates``."""


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
    lower = heading.lower()
    if "/" in lower or "&" in lower:
        lower = lower.replace("/", " and ").replace("&", " and ")
    bare = lower.strip(" :.?")
    if bare in _STATUS_ALONE or lower in {"state.", "state?"} or is_written_later(lower):
        return Topic.STATUS
    if is_entry_head(heading):
        return Topic.STATUS if entry_state(heading) not in OPENING_STATES else Topic.NONE
    words = f" {' '.join(_word_starts().findall(lower))} "
    if " do " in words:
        words = _late().sub(" will do ", words)
    sent = " the " in words and " plan " in words  # "Plan agreed with the shore office"
    if words.startswith(_ORDERED) or (not sent and _BODIES.intersection(words.split()[-1:])):
        return Topic.NONE
    if words.startswith(" what ") and words.rstrip().endswith(_DID):
        return Topic.STATUS  # "What the night crew did"
    return next((topic for row, topic in _WORDS if row in words), Topic.NONE)
