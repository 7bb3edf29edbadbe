"""Patterns of clauses that tell how far an action is."""

from __future__ import annotations

import re
from functools import cache

from impactcalc.intake.escalation.words.vocabulary import may_hold


@cache
def not_over() -> re.Pattern[str]:
    """Compile ``not finished yet``, ``not everywhere``: it has begun, and some of it is missing."""
    return re.compile(
        r"(?:\bnot|n't)(?: been| yet| quite| all)* (?:(?:fully|entirely|completely|wholly) ?|"
        r"(?:complete|completed|finished|through|everywhere|over)\b|(?:on|in|for|to) (?:all|every)"
        r"\b)|\b(?:will|shall|should|'ll|expected to|due to|is to|are to) (?:be )?(?:finish(?:ed)?|"
        r"complete|completed|end|last)\b(?! (?:after|before))|\bin the middle of\b|"
        r"\bmidway\b|\bunfinished\b|\bincomplete\b|\bhalf[- ](?:done|finished|way)\b|"
        r"\b(?:[0-9]+|one|two|three|four|five|six|some|a few) [a-z -]{1,30}\bleft to\b|"
        r"\b(?:[0-9]+|one|two|three|four|five|some|a few) more to (?:come|go|follow|do)\b"
    )


@cache
def rehearsed() -> re.Pattern[str]:
    """Compile what was only tried: ``corrected in test``, ``runs on the staging system``."""
    return re.compile(
        r"\b(?:[a-z]+ed|done|through|live|works?|runs?|ok|fine|up|ready|green)(?: only| so far)? "
        r"on our own (?:machines?|systems?|side|premises|hardware|bench)\b|"
        r"\b(?:[a-z]+ed|done|through|live|works?|runs?|ok|fine|up|ready|green)(?: only| so far)? "
        r"(?:in|on|at|for) (?:the |our |a )?(?:test|testing|staging|lab|qa|sandbox|dev|development|"
        r"pre-?prod\w*|pre-?production|integration|uat)\b(?! of\b)"
        r"|\b(?:passed|through|cleared) (?:staging|qa|testing|uat|tests?|acceptance)\b"
    )


@cache
def under_work() -> re.Pattern[str]:
    """Compile ``under review``, which is a state although ``review`` may be the action."""
    return re.compile(
        r"\b(?:under|in) (?:(?:code|store|app|peer) )?(?:review|test|testing|construction|"
        r"preparation|negotiation|discussion|"
        r"analysis|investigation|development)\b|\bunder (?:execution|implementation|repair)\b"
    )


@cache
def _future() -> re.Pattern[str]:
    """Compile what is only to come: a modal verb, a plan, a condition, a wait, a refusal."""
    return re.compile(
        r"\b(?:will|shall|must|has to|have to|needs? to|(?<!been )going to|about to|"
        r"supposed to|meant to|"
        r"is to|are to|ready (?:to|for(?! [0-9]))|set for|slated|parked|shelved|on ice|on order|"
        r"held back|"
        r"pushed back|pushed to|put off|moved to (?:next|the next|mon|tue|wed|thu|fri|sat|sun)\w*|"
        r"called off|abandoned|scrapped|given up|decided against|ruled out|struck off|"
        r"skipped|put back to|drop (?:the|it|this|that)|unnecessary|superfluous|obsolete|"
        r"no longer (?:plan|want|intend)|"
        r"(?:taken|struck|removed|dropped|crossed|cut) (?:off|from|out of) (?:the|our|this) "
        r"(?:plan|list|agenda|programme|schedule|scope)|off the table|out of scope|"
        r"nobody|no[- ]one|no owner|no date|unassigned|unscheduled|depends? on|hinges on|"
        r"wait(?:s|ing|ed)? (?:for|on|until|till|to)|awaits?|awaiting|subject to|stands out|"
        r"in the backlog|on the (?:list|agenda|to-?do)|next in line|up next|comes? (?:next|later|"
        r"last|after)|follows? (?:later|next|tomorrow|tonight|on|after|in)|starts? (?:later|next|"
        r"tomorrow|tonight|on|after|once|when)|begins? (?:with|later|next|tomorrow|"
        r"tonight|on|after|once|when)|"
        r"no longer (?:needed|planned|pursued|wanted|required|necessary)|yet to|"
        r"(?<!had )to be (?:[a-z]+ed|sent|built|made|set|done|run|written|taken|"
        r"brought|put|told|given))\b"
        r"|\b(?:planned|scheduled|booked|foreseen|penciled in|pencilled in)\b(?! as\b)"
        r"|\b(?:arranged|fixed|agreed) for (?!every|each|all|the|a)"
        r"|\b(?:we|they|i) (?:start|begin)\b[a-z ]* (?:on|next|tomorrow|tonight|after|once|later)\b"
    )


_FUTURE = (
    *("will", "shall", "must", "has to", "have to", "need", "going to", "about to", "supposed to"),
    *("meant to", "is to", "are to", "ready", "set for", "slated", "parked", "shelved", "on ice"),
    *("on order", "held back", "pushed", "put off", "moved to", "called off", "abandon", "scrap"),
    *("given up", "decided", "ruled out", "struck", "skipped", "nobody", "no one", "no-one"),
    *("no owner", "no date", "unassigned", "unscheduled", "depend", "hinges", "wait", "subject to"),
    *("put back", "drop ", "unnecess", "superfl", "obsolete"),
    *("off the", "out of", "from the", "off our", "from our", "off this", "from this"),
    *("stands out", "backlog", "on the ", "next", "come", "follow", "start", "begin", "no longer"),
    *(
        "yet to",
        "to be ",
        "planned",
        "scheduled",
        "booked",
        "arranged",
        "agreed for",
        "fixed for",
        "foreseen",
        "pencil",
    ),
)


def is_future(words: str) -> bool:
    """Whether words, in small letters, tell of what is only to come."""
    return may_hold(words, _FUTURE) and _future().search(words) is not None


@cache
def not_happened() -> re.Pattern[str]:
    """Compile ``not applied``, ``never run``: a participle that is denied."""
    return re.compile(
        r"(?:\bnot|\bnever|n't)(?: yet| been| even| really| actually| so far| at all)*"
        r" (?P<word>[a-z]+ed|start|begin|touch|begun|started|run|done|gone|sent|built|set|made|"
        r"taken|written)\b"
    )


_BEFORE = ("old", "same", "former", "previous")


def is_as_ever(words: str) -> bool:
    """Whether a thing is as it was: ``still shares the old queue``."""
    return may_hold(words, _BEFORE) and _as_ever().search(words) is not None


@cache
def _as_ever() -> re.Pattern[str]:
    """Compile what still holds of the time before the plan."""
    return re.compile(
        r"\b(?:still|stays?|remains?) (?:[a-z]+ ){0,2}(?:the |its |their |our )?"
        rf"(?:{'|'.join(_BEFORE)})\b"
    )


@cache
def unclear() -> re.Pattern[str]:
    """Compile words after which nothing is certain."""
    return re.compile(
        r"\b(?:can|could(?!.* (?:yesterday|last night|this morning|already|successfully|"
        r"meanwhile)\b)|may|might|would) (?:only |now |also |still )?be\b|"
        r"\b(?:cannot|never|failed(?! over)|not|staging)\b|n't\b|"
        r"\b(?:in|on|at) (?:the |our |a )?(?:test|lab|sandbox|dev|pre-?prod|integration)\b"
    )


@cache
def later() -> re.Pattern[str]:
    """Compile a time to come."""
    return re.compile(
        r"\b(?:tomorrow|tonight|(?<!hours )(?<!days )(?<!weeks )(?<!minutes )later|"
        r"next (?:week|month|quarter|sprint|year|mon|tue|wed|thu|fri)|"
        r"(?:on|until|by|from) (?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
        r"(?:once|after|as soon as|when) (?:the|we|they|it|that|this)|missing|lacking|outstanding|"
        r"(?:expected|promised|promises?(?: it)?|arrives?|arriving|eta|comes?|due)(?: is)? (?:on |"
        r"for |by |in )?(?:next |early |late )?(?:mon|tues|wednes|thurs|fri|satur|sun|week|month|"
        r"[0-9])|(?:window|slot)(?: is| on)* (?:mon|tues|wednes|thurs|fri|satur|sun|[0-9]))"
    )
