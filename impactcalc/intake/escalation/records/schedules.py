"""The plan and the reports of a nested dump: stages with windows and actions, and their states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.records.composing import SIGNS, compose, key_words
from impactcalc.intake.escalation.states.states import State, state_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.records.entries import Entry
    from impactcalc.intake.escalation.text.lines import Line

_NAMES = word_set("name title stage phase heading label step block wave")
_WINDOWS = word_set("window when timeframe hours period duration due target deadline range timing")
_FROM = frozenset(
    {"from", "start", "begin", "from h", "from hours", "start h", "after", "start hour"}
)
_TO = frozenset({"to", "until", "end", "to h", "to hours", "end h", "till", "end hour", "by"})
_ACTIONS = word_set(
    "actions action steps tasks task measures measure todo do what items activities activity work"
)
_TEXTS = word_set("text note comment message entry action what task body event update item summary")
_STATES = word_set("state status progress done")
_TIMES = word_set("at time when date ts timestamp on day since")
_PERSONS = word_set("by author user who owner from id no nr number")
_YES = frozenset({"true", "yes"})


def _role(entry: Entry) -> str:
    """Give the name of an entry in words, without a number at its end: ``action_2``."""
    return key_words(entry.key).rstrip("0123456789 .-")


def state_key(entry: Entry) -> bool:
    """Whether the name of an entry tells a state: ``done: top bitrate lowered``."""
    words = key_words(entry.key)
    return bool(words) and words not in _STATES - {"done"} and state_of(words, []) is not None


def is_schedule(entries: Sequence[Entry], topic: Topic) -> bool:
    """Whether a list holds stages: items with actions of their own below a heading of a plan."""
    maps = [entry for entry in entries if entry.listed and any(one.key for one in entry.below)]
    if not maps or topic not in {Topic.PLAN, Topic.NEXT}:
        return False
    return any(_of(one, _ACTIONS) or _of(one, _WINDOWS | _FROM | _TO) for one in maps)


def _of(entry: Entry, keys: frozenset[str]) -> Entry | None:
    """Give what stands in an entry under one of some names."""
    return next((one for one in entry.below if _role(one) in keys), None)


def schedule_lines(entries: Sequence[Entry], level: int) -> Iterator[Line]:
    """Write stages as headings with their windows, and their actions as lists."""
    last: tuple[str, str] | None = None
    for entry in entries:
        name, window = _of(entry, _NAMES), _window(entry)
        head = (name.words if name else "", window)
        if head != last:
            yield from _head(entry, name, window, level)
        last = head
        state = _state(entry)
        for one in entry.below:
            if _role(one) in _ACTIONS and one is not name:
                yield from _actions(one, state)


def _head(entry: Entry, name: Entry | None, window: str, level: int) -> Iterator[Line]:
    """Write the heading of a stage."""
    if name is not None and name.value:
        yield compose(name.line, name.value, f" ({window})" if window else "", level=level)
        return
    when = _of(entry, _WINDOWS) or _of(entry, _FROM | _TO)
    if when is not None and when.value:
        yield compose(when.line, when.value, level=level)


def _window(entry: Entry) -> str:
    """Give the window of a stage in words; empty when it has none."""
    when = _of(entry, _WINDOWS)
    if when is not None and when.value:
        bare = all(character.isdigit() or character in " -." for character in when.words)
        return f"{when.words} hours" if bare and key_words(when.key) == "hours" else when.words
    holder = when if when is not None and when.below else entry
    first, last = _of(holder, _FROM), _of(holder, _TO)
    ends = [_edge(one) for one in (first, last) if one is not None and one.value]
    if len(ends) == 1:
        return f"{'after' if first is not None and first.value else 'within'} {ends[0]}"
    return " to ".join(ends)


def _edge(entry: Entry) -> str:
    """Give an end of a window; its unit may stand in its name: ``to_h: 4``."""
    hours = key_words(entry.key).endswith((" h", " hours", " hour"))
    return f"{entry.words} hours" if hours and entry.words.isdigit() else entry.words


def _state(entry: Entry) -> State | None:
    """Give the state that an entry tells of itself."""
    told = _of(entry, _STATES)
    if told is None or not told.value:
        return None
    words = told.words.lower()
    if key_words(told.key) == "done":
        return State.DONE if words in _YES else None
    return state_of(words.replace("_", " "), [])


def _actions(entry: Entry, state: State | None) -> Iterator[Line]:
    """Write the actions below a name: one, a list of them, or maps with their states."""
    for one in entry.below or [entry]:
        own = _state(one) or state
        text = one if one.value else _of(one, _TEXTS | _NAMES | _ACTIONS)
        if text is not None and text.value:
            yield compose(text.line, f"- {SIGNS[own] if own else ''}", text.value)


def log_line(entry: Entry) -> Iterator[Line]:
    """Write an entry of a log: its state, its time and what it says."""
    if not entry.below:
        if entry.value:
            lead = f"{key_words(entry.key)}: " if entry.key else ""
            yield compose(entry.line, f"- {lead}", entry.value)
        return
    told = next((one for one in entry.below if state_key(one) and one.value), None)
    text = told or _of(entry, _TEXTS) or _of(entry, _NAMES)
    time = _of(entry, _TIMES)
    state = state_of(key_words(told.key), []) if told else _state(entry)
    when = f"{time.words} " if time is not None and time.value else ""
    if text is not None and text.value and (told is None or told.words.lower() not in _YES):
        yield compose(text.line, f"- {SIGNS[state] if state else ''}{when}", text.value)
        return
    yield from (
        compose(one.line, f"- {key_words(one.key)}: ", one.value)
        for one in entry.below
        if one.value and key_words(one.key) not in _PERSONS
    )
