"""Questions of a talk: the answer of the next speaker is the value of what was asked for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.dates import find_stamps
from impactcalc.intake.escalation.structure.block import Role
from impactcalc.intake.escalation.structure.passages import join
from impactcalc.intake.escalation.structure.statements import Statement
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a question asks for, as the label of its answer; the first row that fits decides.
_ROWS: tuple[tuple[str, str], ...] = (
    (r"(?:case|ticket|incident|escalation) (?:number|no\b|id|reference)", "ticket number"),
    (r"(?:which|what) (?:case|ticket|incident|escalation)\b(?! level)", "ticket number"),
    (r"\breference (?:number|for this)|\bnumber of (?:the|your) (?:case|ticket)", "ticket number"),
    (r"how many (?:people|users|of (?:you|them))|how many$", "users affected"),
    (r"how many \w+ (?:does|do|did|are|is) (?:that|this|it|we|affected|hit)", "users affected"),
    (r"who (?:is|are) (?:hit|affected|concerned)|who (?:notices|suffers)", "users affected"),
    (r"(?:^|\b(?:the|about|any|there) )(?:money|revenue)\b", "revenue at risk"),
    (r"what does it cost|how much (?:money|is at risk)|costing (?:you|them)", "revenue at risk"),
    (r"(?:which|what) (?:company|customer|client)|who is (?:calling|the customer)", "customer"),
    (r"(?:which|what) (?:service|system|product|platform)\b", "service"),
    (r"what is (?:at (?:risk|stake)|in danger)|what's at (?:risk|stake)", "revenue at risk"),
    (r"what does (?:the|their|your|our) contract say|what (?:is|was) (?:promised|agreed)", "sla"),
    (r"(?:what|which) (?:availability|uptime|sla)\b", "sla"),
    (r"\b(?:contract|sla|agreement|availability)\b.{1,40}(?:nines|[0-9] ?%|per ?cent)", "sla"),
    (r"how (?:urgent|severe|critical|grave) |^(?:sev|severity|prio|priority)$", "priority"),
    (r"(?:which|what)(?: is the| is its|'s the)? (?:prio|priority|sev|severity)\b", "priority"),
    (r"(?:which|what)(?: is the|'s the)? (?:escalation )?level\b", "escalation level"),
    (r"what(?: is|'s) the (?:current )?(?:status|state)$", "status"),
    (r"when was (?:it|this|(?:the|your) (?:case|ticket)) (?:opened|raised|reported)", "created"),
    (r"when was (?:it|this|(?:the|your) (?:case|ticket)) escalated", "escalated"),
    (
        (
            r"^(?:and )?(?:(?:how (?:long|fast)|what) (?:is|was) it )?"
            r"(?:normally|usually|otherwise|as a rule|"
            r"on (?:a good|a normal|an ordinary|other) days?|before(?: that| this)?)$"
        ),
        "normal",
    ),
    (r"(?:your|their|the|customer'?s?) (?:mood|feeling)|how do (?:you|they) feel", "sentiment"),
)
_FIGURES = frozenset(
    {
        "ticket number",
        "users affected",
        "revenue at risk",
        "created",
        "escalated",
        "escalation level",
        "normal",
    }
)
_LONGEST_STATE = 4  # words of an answer that is a state, and no report
_UNKNOWN = (
    "no number",
    "no idea",
    "not know",
    "n't know",
    "nobody",
    "no figure",
    "not yet",
    "unknown",
)
_SHARES = ("nines", "%", "percent", "per cent", " 99")
_WORDS = 14  # of a question
_REACH = 4  # statements after a question in which its answer stands
_STARTS = word_set("if in last")
"""Words that open a sentence which is no answer: a condition, another year."""


@cache
def _asked_for() -> re.Pattern[str]:
    """Compile what questions ask for, one group a row."""
    return re.compile("|".join(f"(?P<r{n}>{row})" for n, (row, _) in enumerate(_ROWS)))


def _label_of(question: Statement) -> str:
    """Give the label of the answer that a question waits for; empty when it asks for no fact."""
    lower = question.lower.rstrip("?!. ")
    if len(lower.split()) > _WORDS:
        return ""
    match = _asked_for().search(lower)
    return _ROWS[int((match.lastgroup or "r0")[1:])][1] if match else ""


def with_answers(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Put the words of a question before those of its answer, as a label.

    Only a talk has answers: entries, or messages below their speakers.

    Parameters
    ----------
    statements
        All of a text.
    """
    if not any(_is_said(statement) and asks(statement) for statement in statements):
        return tuple(statements)
    result = list(statements)
    for index, question in enumerate(statements):
        if not (asks(question) and _is_said(question)):
            continue
        label = _label_of(question)
        at = _answer(statements, index, label) if label else 0
        if at:
            result[at] = _joined(question, statements[at], label)
    return tuple(result)


def asks(statement: Statement) -> bool:
    """Whether a statement is a question, in a chat also one without its mark."""
    if statement.text.endswith("?"):
        return True
    bare = statement.block.entry is not None or statement.said is not None
    bare = bare and statement.text[-1:].isalpha() and statement.block.passage.text == statement.text
    return bare and not statement.has_digits and statement.lower.startswith(_ASKING)


_LEADS = ("", "and ", "so ", "ok ", "but ")
_ASKING = tuple(
    f"{lead}{word}"
    for lead in _LEADS
    for word in (
        "how many ",
        "how much ",
        "who is ",
        "who are ",
        "what is ",
        "which ",
        "what does ",
    )
)


def _is_said(statement: Statement) -> bool:
    """Whether a statement is part of a chat, talk or log."""
    said = statement.block.entry is not None or statement.said is not None
    return said or statement.quoted > 0  # a question of a mail, answered between its lines


def _answer(statements: Sequence[Statement], index: int, label: str) -> int:
    """Give the index of the statement that answers a question; 0 when none does."""
    question = statements[index]
    for at in range(index + 1, min(index + 1 + _REACH, len(statements))):
        one = statements[at]
        if one.role is Role.SPEAKER or one.block is question.block:
            if one.block is question.block and one.has_figures and label in _FIGURES:
                return at  # asked and answered in one breath: "who notices? 1,400 lecturers"
            continue
        if one.role is not Role.TEXT or asks(one) or holds(one.lower, _UNKNOWN):
            return 0
        if one.start and one.field:
            return 0
        if label == "sla" and not holds(one.lower, _SHARES):
            continue
        if label not in _FIGURES:
            return at if label != "status" or _is_state(one) else 0
        opens = one.lower.split(" ", 1)[0]
        if one.has_figures and opens not in _STARTS:
            return at
    return 0


def _is_state(answer: Statement) -> bool:
    """Whether an answer is a few words of a state, and no report of the work."""
    return not answer.has_figures and len(answer.text.split()) <= _LONGEST_STATE


def _joined(question: Statement, answer: Statement, label: str) -> Statement:
    """Make one statement of a question and its answer."""
    whole = join((question.passage, answer.passage))
    start = len(question.text) + 1 + _begin(answer, label)
    joined = Statement(
        answer.block,
        whole,
        answer.topic,
        label=label,
        start=start,
        stop=len(whole.text.rstrip(". ")),
        headings=answer.headings,
    )
    joined.order, joined.said, joined.is_past = answer.order, answer.said, answer.is_past
    return joined


@cache
def _fillers() -> re.Pattern[str]:
    """Compile what people say before an answer."""
    return re.compile(r"(?:(?:yes|yeah|sure|um|er|oh|well|ok|it is|it's|that is|that's)[, ]+)+")


def _begin(answer: Statement, label: str) -> int:
    """Give where the value begins in an answer: ``Yes, 88213``; a number has a word with digits."""
    fillers = _fillers().match(answer.lower)
    start = fillers.end() if fillers else 0
    if label != "ticket number":
        return start
    dated = [range(stamp.start, stamp.end) for stamp in find_stamps(answer.text)]
    for match in re.finditer(r"[\w#./-]*[0-9][\w#./-]{2,}", answer.text):
        if not any(match.start() in span for span in dated):
            return match.start()
    return start
