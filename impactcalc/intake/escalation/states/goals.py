"""What an action is to bring about: a thing is off, is no more, is as large as it should be."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.state import State
from impactcalc.intake.escalation.words.verbs import ending_verbs, kinship, of_kind
from impactcalc.intake.escalation.words.vocabulary import holds, word_set
from impactcalc.intake.escalation.words.wording import stem

if TYPE_CHECKING:
    from impactcalc.intake.escalation.states.said import Said


@cache
def _no_more() -> re.Pattern[str]:
    """Compile words that say that a thing has come to its end."""
    return re.compile(
        r"\bno longer\b|\bnot? [a-z ]{0,20}any ?(?:more|longer)\b|n't [a-z ]{0,20}any ?more\b"
    )


@cache
def _still() -> re.Pattern[str]:
    """Compile ``still running``, ``still calls``: it goes on."""
    return re.compile(
        r"\b(?:still|stays?|remains?|kept|keeps?) (?:is |are )?(?:running|runs?|"
        r"(?:switched |turned )?on|active|enabled|"
        r"up|in use|open|live|sends?|sending|calls?|calling|used|"
        r"goes|going|works?|allowed|connected)\b"
    )


@cache
def _on_old_way() -> re.Pattern[str]:
    """Compile ``still go through Paris``, where another way is wanted."""
    return re.compile(
        r"\bstill (?:go(?:es)?|runs?|pass(?:es)?|flows?|lives?|sits?|is|are) (?:all )?"
        r"(?:through|via|over|on|in|at) +(?:the +)?[a-z]"
    )


@cache
def _kept() -> re.Pattern[str]:
    """Compile what a thing still is: ``remains closed``, ``is still jammed``."""
    return re.compile(r"\b(?:remains?|stays?|still) (?:[a-z]+ly )?([a-z]+ed|shut|stuck|out)\b")


def _is_kept(said: Said) -> bool:
    """Whether a thing is still as it was, and no work of the action made it so."""
    if not holds(said.clause, ("remain", "stay", "still")):
        return False
    match = _kept().search(said.clause)
    if match is None:
        return False
    word = stem(match[1])
    return word != said.verb and not kinship(word) & kinship(said.verb)


def is_normal(said: Said) -> bool:
    """Whether a thing runs as it should, without work on it: ``tours run as usual``."""
    if said.own or not holds(said.rest, ("as ", "normal", "smooth")):
        return False
    usual = (
        r"\brun(?:s|ning)? (?:as (?:planned|usual|normal|they should|it should)|normally|smoothly)"
    )
    return re.search(usual, said.rest) is not None


def ended(said: Said) -> State | None:
    """Tell the state of an action that is to end something: does it go on, or is it no more."""
    moves = said.verb in of_kind("move") and "still " in said.rest
    if (moves and _on_old_way().search(said.rest)) or (said.verb and _is_kept(said)):
        return State.NOT_STARTED
    if said.verb not in ending_verbs():
        return None
    if holds(said.rest, ("still", "stay", "remain", "ke")) and _still().search(said.rest):
        return State.NOT_STARTED
    if holds(said.rest, ("not run", "not been run", "n't run")) and "yet" not in said.rest:
        return State.DONE  # "the export has not run since noon"
    if not holds(said.rest, _WISHES) and holds(said.rest, ("no longer", "any")):
        return State.DONE if _no_more().search(said.rest) else None
    return None


_WISHES = ("need", "want", "plan", "require", "pursu", "intend", "necessary", "possible")


@cache
def _switched() -> re.Pattern[str]:
    """Compile ``is off``, ``are in since noon``: a particle that nothing follows but a time."""
    return re.compile(
        r"(?:\b(?:is|are|(?:has|have) been) |^ *)(?:now |new |all |already |finally | )*"
        r"(?:off|on|up|out|in|down)(?: again| now)?"
        r"(?=$|[,.;)]| (?:since|until|till|now|again|already|for all|for every|everywhere|"
        r"as of|from|at [0-9]|and|too|(?:in|at|on) (?:all|every|each))\b)|"
        r"^ *(?:now )?(?:on|off|out|up|in) (?:in|at|for|on) [a-z]|"
        r"\b(?:is|are|runs?) (?:now |live )?(?:on|in) "
        r"(?:all|every|each)\b"
    )


@cache
def _doing() -> frozenset[str]:
    """Give the stems of verbs after which nothing is otherwise than before: ``train``."""
    return frozenset().union(*map(of_kind, ("train", "test", "review", "notify")))


_NOW = word_set("now already since everywhere all every")
_PLAIN = _NOW | word_set(
    "the our all both every is are it its their they them a an go goes run runs come comes by at "
    "on in to for of from with and have has noon midnight night morning evening afternoon "
    "yesterday today monday tuesday wednesday thursday friday saturday sunday am pm utc about "
    "everybody done new then again has have takes take uses use gets get serves serve shows "
    "show more out off january february march april may june july august september october "
    "november december this last"
)


def is_so(said: Said, *, sure: bool) -> bool:
    """Whether a thing is said to be as the action wants it: ``the scan is asynchronous now``.

    Parameters
    ----------
    said
        The clause.
    sure
        Whether the action is uncertain: then only a particle counts, as in ``is off``.
    """
    if holds(
        f"{said.rest} ", ("is ", "are ", "since", "now", "in ", "at ", "for ", "on ")
    ) and _switched().search(said.rest):
        return True
    words = frozenset(re.findall(r"[a-z]+\b(?!-)", said.rest))  # without "two-" of "two-way"
    if sure or said.verb in _doing() or not words <= _PLAIN or "ing" in "".join(said.words[-1:]):
        return False
    if said.words[1:2] == ("of",):
        return False  # "scan of all mailboxes" only names it
    if said.verb in ending_verbs():
        return "off" in words and not words.isdisjoint(_NOW)
    there = said.verb in of_kind("move") and holds(
        said.rest, ("is on", "are on", "is in", "are in")
    )
    return there or not words.isdisjoint(_NOW)


OPENING = frozenset(map(stem, ("open", "reopen", "unlock")))
"""Verbs after which a thing is open, which is else the name of a state."""


def has_reached(said: Said) -> bool:
    """Whether a thing has what the action was to bring: ``the limit is now 800``."""
    for kind, goal in _GOALS:
        if said.verb in of_kind(kind):
            return goal().search(said.clause) is not None
    if said.own and said.verb not in _doing() and _in_it().search(said.rest + said.own[-1]):
        return not said.own[-1].endswith(("ed", "ing"))
    if said.verb in _SO_CALLED and said.words[0] != said.verb and _is_such().search(said.clause):
        return True
    opened = said.verb in OPENING
    return opened and re.search(r"\b(?:is|are) (?:now )?open\b", said.clause) is not None


_SO_CALLED = frozenset(map(stem, ("correct", "clean", "clear", "complete", "secure", "free")))
"""Verbs that also tell how a thing is afterwards."""


@cache
def _is_such() -> re.Pattern[str]:
    """Compile ``is correct``, ``correct for all ports``: how a thing is now, unless it is not."""
    such = r"(?:correct|clean|clear|complete|secure|free)"
    return re.compile(
        rf"\b(?:is|are) (?:now |again |all )*{such}\b|"
        rf"\b{such} (?:again|now|since|everywhere|(?:for|in|on|at) (?:all|every|each|both))\b"
    )


@cache
def _in_it() -> re.Pattern[str]:
    """Compile ``is in`` before the action's own noun: ``is in quarantine``."""
    return re.compile(r"\b(?:is|are) (?:now |all )?in +[a-z]+\W*$")


@cache
def _larger() -> re.Pattern[str]:
    """Compile what a size is after it was raised: ``is up``, ``is now 800``."""
    return re.compile(
        r"\b(?:is|are|went) (?:now )?(?:up|higher|bigger|larger|longer)\b(?! (?:to|by) )|"
        r"\b(?:(?:is|are|stands?|sits?) (?:now )?(?:at )?|went up to )[0-9]+(?![0-9]*%)"
    )


@cache
def _smaller() -> re.Pattern[str]:
    """Compile what a size is after it was lowered: ``is down``, ``is now 50``."""
    return re.compile(
        r"\b(?:is|are|went) (?:now )?(?:down|lower|smaller|shorter)\b(?! (?:to|by) )|"
        r"\b(?:limit|size|timeout|interval|quota|cap|threshold|retention|pool)s? "
        r"(?:is|are) (?:now )?down to [0-9]|"
        r"\b(?:(?:is|are|stands?|sits?) (?:now )?(?:at )?|went down to )[0-9]+(?![0-9]*%)"
    )


@cache
def _back() -> re.Pattern[str]:
    """Compile ``is back``, unless it is back to something."""
    return re.compile(r"\b(?:is|are) back\b(?! (?:to|at|on|within|under|below|in)\b)")


@cache
def _empty() -> re.Pattern[str]:
    """Compile ``is empty``."""
    return re.compile(r"\b(?:is|are|now) (?:now )?(?:empty|at zero|clean|clear)\b")


@cache
def _closed() -> re.Pattern[str]:
    """Compile ``is shut``."""
    return re.compile(r"\b(?:is|are|stays?) (?:now )?(?:shut|closed)\b")


@cache
def _one() -> re.Pattern[str]:
    """Compile ``are one now``."""
    return re.compile(r"\b(?:is|are) (?:now )?(?:one|a single)\b(?! of)")


@cache
def _available() -> re.Pattern[str]:
    """Compile ``is out``, ``is in the store``."""
    return re.compile(
        r"\b(?:is|are) (?:now )?(?:out(?! of)|public|in (?:the |all |both )?(?:app )?stores?)\b"
        r"(?! (?:review|check))"
    )


@cache
def _elsewhere() -> re.Pattern[str]:
    """Compile ``now runs``, ``goes through it since noon``."""
    return re.compile(
        r"\b(?:flows?|runs?|goes|lives?|uses?|comes|served)\b.{0,60}\b(?:since|again|now)\b|"
        r"\bnow (?:flows?|runs?|goes|lives?|uses?|comes|served)\b"
    )


@cache
def _there() -> re.Pattern[str]:
    """Compile ``arrived in Leeds``, ``is on site``."""
    return re.compile(r"\b(?:arrived|on[- ]site|reached)\b(?! the (?:airport|port|border))")


_GOALS = (
    ("send", _there),
    ("raise", _larger),
    ("lower", _smaller),
    ("restart", _back),
    ("restore", _back),
    ("close", _closed),
    ("merge", _one),
    ("publish", _available),
    ("drain", _empty),
    ("purge", _empty),
    ("move", _elsewhere),
)
"""Verbs, with what is said of a thing when they have done their work."""
