"""A state that stands alone: a sign, a checkbox, or a label that is nothing but a state."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from impactcalc.intake.escalation.states.said import plain_words
from impactcalc.intake.escalation.states.state import State
from impactcalc.intake.escalation.words.vocabulary import word_set

_SIGNS = {
    State.DONE: (
        *("white_check", "heavy_check", "check_mark", ":check:", ":done:", ":green", ":ok"),
        *("\u2705", "\u2611", "\u2714", "\u2713", "\U0001f7e2", "\U0001f7e9", "[x]", "(/)", "(y)"),
    ),
    State.IN_PROGRESS: (
        *("hourglass", "construction", "arrows", ":wip", ":yellow", ":large_yellow"),
        *(
            "\u23f3",
            "\u231b",
            "\u25b6",
            "\U0001f504",
            "\U0001f6a7",
            "\U0001f7e1",
            "\U0001f527",
            "\U0001f7e8",
            "\u25d0",
            "\u25d1",
            "\u25d4",
            "\u25d5",
        ),
        *("[~]", "[/]", "[>]", ":wrench", ":tools", ":hammer", "(!)"),
    ),
    State.NOT_STARTED: (
        *(":x:", "(x)", "(n)", ":red", "no_entry", "\u274c", "\u2717", "\u2718", "\u2610"),
        *("\u2b1c", "\u26aa", "\U0001f534", "\U0001f7e5", ":white_circle", ":black"),
    ),
}
_NAMES = {"wip": State.IN_PROGRESS, "yellow": State.IN_PROGRESS, "red": State.NOT_STARTED}
_LABELS = {
    State.DONE: "done; completed; complete; finished; closed; ok; okay; yes; implemented; executed;"
    "performed; carried out; applied; deployed; live; in place; resolved; solved; achieved; "
    "all done; ready and live; through; fixed; rolled out; active; done and dusted; "
    "behind us; ticked off; shipped; d; y; ja",
    State.IN_PROGRESS: "in progress; in work; in hand; ongoing; on-going; under way; underway; "
    "running; "
    "doing; wip; started; partly done; partially done; partial; partially complete; half done; "
    "halfway; being worked on; work in progress; in flight; working on it; working on; on it; "
    "in review; under review; in test; in testing; being tested; continuing; begun; moving; "
    "partly; partially; current; active work; p",
    State.NOT_STARTED: "open; pending; to do; todo; to be done; not started; not yet started; "
    "not done; not begun; not yet; outstanding; waiting; blocked; planned; scheduled; upcoming; "
    "next; backlog; on hold; remaining; missing; not yet begun; later; postponed; cancelled; "
    "canceled; dropped; unstarted; untouched; deferred; queued; none; no; to come; yet to come; "
    "yet to start; yet to be done; left to do; left; to start; nothing; parked; not touched; "
    "to follow; follows; tbd; no date; nothing yet; not scheduled; not planned; no progress; "
    "n; nein",
}
_STATES = {label.strip(): state for state, labels in _LABELS.items() for label in labels.split(";")}
_FILLERS = word_set(
    "so far already still currently now today tasks items steps actions action measures yet we "
    "have what is are been has the was that this which things points so just all completely fully "
    "as of it us our list tonight from plan"
)


def mark_state(mark: str) -> State | None:
    """Give the state that a sign stands for.

    Examples
    --------
    >>> mark_state(":white_check_mark:"), mark_state("restored")
    (<State.DONE: 'done'>, None)
    """
    for state, signs in _SIGNS.items():
        if mark and any(sign in mark for sign in signs):
            return state
    return _NAMES.get(mark.strip("[]() "))


@lru_cache(maxsize=4096)
def state_label(words: str) -> State | None:
    """Give the state that words are the name of; None when they say anything else.

    Examples
    --------
    >>> state_label("Done so far"), state_label("Still open:"), state_label("Open questions")
    (<State.DONE: 'done'>, <State.NOT_STARTED: 'not_started'>, None)
    """
    plain = plain_words(words.lower()).strip(" -*_=#.")
    if not plain or len(plain) > _LONGEST:
        return None
    state = _STATES.get(plain)
    if state is not None:
        return state
    kept = [word for word in plain.split() if word not in _FILLERS]
    state = _STATES.get(" ".join(kept)) if len(kept) < len(plain.split()) else None
    return None if state is State.DONE and "still" in plain else state


_LONGEST = 40  # characters of a label


@cache
def _at_the_end() -> re.Pattern[str]:
    """Compile a sign behind an action."""
    return re.compile(
        r" *(:[a-z_0-9+-]{1,40}:|\([/xynXYN!]\)|[\u2705\u2611\u2714\u2713\u274c\u2717\u2718\u23f3"
        r"\u231b\u2610\u2b1c\u25b6\u25d0\u25d1\u25d2\u25d3\u25d4\u25d5\u26aa\U0001f504\U0001f6a7\U0001f7e1\U0001f7e2\U0001f534\U0001f527"
        r"\U0001f7e5\U0001f7e8\U0001f7e9]\ufe0f?)[ |]*$"
    )


def trailing_mark(text: str) -> tuple[str, int]:
    """Give the sign of state that closes a text and where the words before it end."""
    last = text.rstrip(" |")[-1:]
    if last.isascii() and last not in {":", ")"}:
        return "", len(text)
    match = _at_the_end().search(text[-_LONGEST:])
    return (match[1], len(text) - len(match[0])) if match else ("", len(text))


@cache
def _inner_mark() -> re.Pattern[str]:
    """Compile the name of a sign behind words: ``zone is back :check:``."""
    return re.compile(r" ?(:[a-z_]{2,40}:)")


def mark_in(words: str) -> State | None:
    """Give the state that the name of a sign right behind a clause tells."""
    match = _inner_mark().match(words) if words.lstrip().startswith(":") else None
    return mark_state(match[1]) if match else None
