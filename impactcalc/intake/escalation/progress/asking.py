"""A statement of a talk that asks how far something is, with and without a question mark."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from impactcalc.intake.escalation.structure.statements import Statement

_ASKING = (
    *("what", "how", "any ", "when", "who", "did ", "do ", "have ", "has ", "is ", "are ", "ask"),
    *("want", "wonder"),
)


_LEFT_OPEN = tuple(
    f"{denied} {verb}"
    for denied in ("cannot", "can't", "could not", "do not", "don't", "does not", "nobody can")
    for verb in ("judge", "say", "tell", "know", "see")
)
"""What leaves a question open: ``Whether it will be replaced I cannot say``."""


def asks(statement: Statement) -> bool:
    """Whether a statement is a question; in a talk, people leave out the mark."""
    if statement.text.rstrip().endswith("?"):
        return True
    if holds(statement.lower, ("whether ", " if ")) and _wants_to_know().search(statement.lower):
        return True
    if "whether " in statement.lower and holds(statement.lower, _LEFT_OPEN):
        return True
    talks = statement.said is not None and holds(statement.lower, _ASKING)
    return talks and _asking().search(statement.lower) is not None


@cache
def _wants_to_know() -> re.Pattern[str]:
    """Compile ``please tell us whether``, ``could you confirm if``, in a letter, too."""
    return re.compile(
        r"\b(?:please|kindly|can you|could you|would you)\b[^.;]{0,40}"
        r"\b(?:tell|advise|confirm|say|let (?:me|us) know|inform|check|report|clarify|state)\b"
        r"[^.;]{0,30}\b(?:whether|if)\b"
    )


@cache
def _asking() -> re.Pattern[str]:
    """Compile ``what about the disks``, ``they ask about``, ``any news on``."""
    return re.compile(
        r"^(?:and|so|ok|okay|thanks|good|hi|now|then|but|[,. ])*"
        r"(?:what(?:'s| about| of| happened| is| became)|how (?:about|far|is|are|many|much)|"
        r"any (?:news|progress|update|word)|"
        r"when (?:is|are|will|do|does)|"
        r"who (?:is|does|has)|(?:did|do|have|has|is|are) (?:you|we|they|the|it|"
        r"anybody|anyone|somebody))\b[^.;:]*$"
        r"|\b(?:asks?|asked|asking|wants? to know|wanted to know|wonders?|wondering)"
        r"(?: (?:me|us|again))? (?:about|for|after|when|whether|if|how|what|where)\b"
    )


def asks_on(statement: Statement) -> bool:
    """Whether a question names nothing of its own: ``when?``, ``is it done?``."""
    return frozenset(re.findall(r"[a-z]+", statement.lower)) <= _GENERAL


_GENERAL = word_set(
    "and so ok okay thanks then but what about how far long when who why is are was it that this "
    "they them all both done ready finished started running through now already yet any news "
    "update progress eta status the a of on for with much many left sure really still not no "
    "yes will be by else more until does did do you we have has"
)
