"""The plan and the reports of a nested dump: stages with windows and actions, and their states."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, length_of
from impactcalc.intake.escalation.plan.parting import parted
from impactcalc.intake.escalation.records.composing import SIGNS, compose, key_words
from impactcalc.intake.escalation.records.entries import Entry
from impactcalc.intake.escalation.states.states import State, state_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_NAMES = word_set("name title stage phase heading label step block wave")
_WINDOWS = word_set(
    "window when time timeframe period duration due target deadline range timing"
) | {*("hours", "time frame", "time window", "time range", "horizon")}
_FROM = frozenset({"from", "start", "starts", "begin", "after", "not before"})
_TO = frozenset({"to", "until", "end", "ends", "till", "by"})
_ACTIONS = word_set(
    "actions action steps tasks task measures measure todo do what items activities activity work"
)
_TEXTS = word_set("text note comment message entry action what task body event update item summary")
_STATES = word_set("state status progress done")
_TIMES = word_set("at time when date ts timestamp on day since")
_PERSONS = word_set("by author user who owner from id no nr number")
_YES = frozenset({"true", "yes"})


_UNITS = frozenset({"h", "hours", "hour", "hrs", "minutes", "min", "days", "day"})


def role_of(key: str) -> str:
    """Tell what the name of an entry says of a stage; empty when it says nothing.

    Examples
    --------
    >>> [role_of(key) for key in ("Action 2", "to_h", "hours", "owner", "stage_1_window")]
    ['actions', 'to', 'window', '', 'window']
    """
    words = _counted().sub("", key_words(key)).rstrip("0123456789 .-")
    head, _, unit = words.rpartition(" ")
    plain = head if head and unit in _UNITS else words
    return next((role for role, names in _ROLES if plain in names), "")


@cache
def _counted() -> re.Pattern[str]:
    """Compile the number of a stage in the name of its field: ``stage_1_window``."""
    return re.compile(
        r"^(?:plan (?:(?:(?:stage|phase|step|wave|block) )?[0-9]{1,2} )?|"
        r"(?:stage|phase|step|wave|block) [0-9]{1,2} )(?=[a-z])"
    )


_ROLES = (
    *(("actions", _ACTIONS), ("window", _WINDOWS), ("from", _FROM), ("to", _TO)),
    *(("name", _NAMES), ("state", _STATES)),
)


def gathered(entries: Sequence[Entry]) -> list[Entry]:
    """Put fields whose names count the stages, ``plan_1_window``, below a stage each of a plan."""
    stages: dict[str, Entry] = {}
    rest: list[Entry] = []
    for entry in entries:
        words = key_words(entry.key)
        match = _counted().match(words) if words.startswith(_PLAN) else None
        if match is None or DIGITS.isdisjoint(match[0]) or not role_of(entry.key):
            rest.append(entry)
            continue
        number = match[0].split()[-1]
        stage = stages.setdefault(number, Entry(entry.line, entry.column, listed=True))
        stage.below.append(entry)
    told = [
        one for one in stages.values() if any(field.value or field.below for field in one.below)
    ]
    if len(told) < _FEWEST or not all(map(is_stage, told)):
        return list(entries)
    plan = Entry(told[0].line, told[0].column, key=told[0].below[0].key[: len(_PLAN)])
    plan.below.extend(told)
    return [*rest, plan]


_PLAN = "plan"


def state_key(entry: Entry) -> bool:
    """Whether the name of an entry tells a state: ``done: top bitrate lowered``."""
    words = key_words(entry.key)
    return bool(words) and words not in _STATES - {"done"} and state_of(words, []) is not None


def is_stage(entry: Entry) -> bool:
    """Whether an entry is a stage: it has a window and actions of its own."""
    roles = {role_of(one.key) for one in entry.below}
    return "actions" in roles and not roles.isdisjoint(_TIMED)


_TIMED = ("window", "from", "to")
_PAIR = 2  # ends of a window
_FEWEST = 2  # stages that make a plan which nothing calls one


def is_schedule(entries: Sequence[Entry], topic: Topic) -> bool:
    """Whether a map or a list holds stages: below a heading of a plan one, elsewhere several."""
    if topic not in {Topic.PLAN, Topic.NEXT}:
        return _is_plan(entries, topic)
    listed = [one for entry in entries if entry.listed for one in entry.below]
    return any(role_of(one.key) in {"actions", *_TIMED} for one in listed) or any(
        map(is_stage, entries)
    )


def holds_schedule(entries: Sequence[Entry], topic: Topic = Topic.NONE) -> bool:
    """Whether several stages stand side by side: no settings of a program look so."""
    return _is_plan(entries, topic) or any(
        holds_schedule(one.below, topic_of(key_words(one.key))) for one in entries if one.below
    )


def _is_plan(entries: Sequence[Entry], topic: Topic) -> bool:
    """Whether there are several stages; where no heading calls them so, one tells its hours."""
    stages = [entry for entry in entries if is_stage(entry)]
    if topic is not Topic.PLAN:
        spans = [span for entry in stages if (span := find_span(_window(entry))) is not None]
        return len(spans) >= _FEWEST and not all(span.calendar for span in spans)
    return len(stages) >= _FEWEST


def _of(entry: Entry, *roles: str) -> Entry | None:
    """Give what stands in an entry under the name of a role."""
    return next((one for one in entry.below if role_of(one.key) in roles), None)


def _named(entry: Entry, keys: frozenset[str]) -> Entry | None:
    """Give what stands in an entry under one of some names."""
    return next((one for one in entry.below if key_words(one.key) in keys), None)


def schedule_lines(entries: Sequence[Entry], level: int) -> Iterator[Line]:
    """Write stages as headings with their windows, and their actions as lists."""
    last: tuple[str, str] | None = None
    for entry in entries:
        name, window = _name(entry), _bounded(entry)
        head = (name.line.text[slice(*_title(name))] if name else "", window)
        if head != last:
            yield from _head(entry, name, window, level)
        last = head
        state = _state(entry)
        for one in entry.below:
            if role_of(one.key) == "actions" and one is not name:
                yield from _actions(one, state)


def _name(entry: Entry) -> Entry | None:
    """Give the entry that names a stage: none that is a mere number, its own if need be."""
    named = [one for one in entry.below if role_of(one.key) == "name" and one.value]
    named = [one for one in named if not one.words.isdigit()]
    told = next((one for one in named if role_of(one.words) != "name"), None)  # "Stage 2"
    own = entry if entry.key and not entry.key.isdigit() else None
    return told or next(iter(named), own)


def _title(name: Entry) -> tuple[int, int]:
    """Give the stretch of a stage's name: a value, or the name of an entry."""
    start = name.line.text.find(name.key)
    start, end = name.value or (start, start + len(name.key))
    number = _number().match(name.line.text, start)
    return number.end() if number else start, end


@cache
def _number() -> re.Pattern[str]:
    """Compile the number before a stage's name: ``1 - Relief``, ``2. Mending``."""
    return re.compile(r"[0-9]{1,2}(?:[.):]| -) +(?=[A-Za-z])")


def _head(entry: Entry, name: Entry | None, window: str, level: int) -> Iterator[Line]:
    """Write the heading of a stage."""
    if name is not None:
        yield compose(name.line, _title(name), f" ({window})" if window else "", level=level)
        return
    when = _of(entry, *_TIMED)
    if when is not None and when.value:
        yield compose(when.line, when.value, level=level)


def _bounded(entry: Entry) -> str:
    """Give the window of a stage; a mere length is its end: ``due: 4 h``."""
    window, when = _window(entry), _of(entry, "window")
    long = when is None or key_words(when.key) == "duration" or length_of(window) is None
    return window if long or find_span(window) is not None else f"within {window}"


def _window(entry: Entry) -> str:
    """Give the window of a stage in words; empty when it has none."""
    when = _of(entry, "window")
    if when is not None and when.value:
        return _measured(when, when.key)
    holder = when if when is not None and when.below else entry
    first, last = _of(holder, "from"), _of(holder, "to")
    unit = holder.key if when is holder else ""
    if when is holder and len(when.below) == _PAIR and not any(one.key for one in when.below):
        first, last = when.below  # "hours: [0, 4]"
    ends = [_measured(one, unit) for one in (first, last) if one is not None and one.value]
    if len(ends) == 1:
        return f"{'after' if first is not None and first.value else 'within'} {ends[0]}"
    return " to ".join(ends)


def _measured(entry: Entry, above: str) -> str:
    """Give a window or an end of it; its unit may stand in a name: ``to_h: 4``."""
    units = [key_words(key).rpartition(" ")[2] for key in (entry.key, above)]
    unit = next((unit for unit in units if unit in _UNITS), "")
    bare = all(character.isdigit() or character in " -." for character in entry.words)
    return f"{entry.words} {unit}" if unit and bare else entry.words


def _state(entry: Entry) -> State | None:
    """Give the state that an entry tells of itself."""
    told = _named(entry, _STATES)
    if told is None or not told.value:
        return None
    words = told.words.lower()
    if key_words(told.key) == "done":
        return State.DONE if words in _YES else None
    return state_of(words.replace("_", " "), [])


def _actions(entry: Entry, state: State | None) -> Iterator[Line]:
    """Write the actions below a name: words for some, a list of them, or maps with their states."""
    if entry.value:
        for start, end in parted(entry.words):
            place = (entry.value[0] + start, entry.value[0] + end)
            yield compose(entry.line, f"- {SIGNS[state] if state else ''}", place)
    for one in entry.below:
        own = _state(one) or state
        text = one if one.value else _named(one, _TEXTS | _NAMES | _ACTIONS)
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
    text = told or _named(entry, _TEXTS) or _named(entry, _NAMES)
    time = _named(entry, _TIMES)
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
