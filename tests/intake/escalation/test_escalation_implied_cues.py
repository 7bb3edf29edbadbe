"""A pattern is compiled behind a cue, and whatever the pattern matches holds the cue."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.intake.escalation.facts import identity, levels, sentiment, slowdown
from impactcalc.intake.escalation.figures import calendar_phrases, dates, unit_windows, windows
from impactcalc.intake.escalation.plan import steps, titles, triples
from impactcalc.intake.escalation.progress import group, matching, selection
from impactcalc.intake.escalation.structure import blocks
from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds


def _found(text, cues):
    return holds(text, cues)


def _verdict_cue(text):
    return holds(f" {' '.join(word_pattern().findall(text))}", sentiment._VERDICT_CUES)


def _label_cue(text):
    head = text[:5].lower()
    return head[1:2] in DIGITS or head.startswith(steps._LABELS) or not head.isascii()


def _window_cue(text):
    return not steps._FIGURED.isdisjoint(text[:3])


def _title_cue(text):
    return text.lower().endswith(titles._LEADS) or not text.isascii()


def _thing_cue(text):
    return any(map(matching._may_number, text.split(" ")[1:]))


def _grade_cue(text):
    return not DIGITS.isdisjoint(text[:14])


def _coded_cue(text):
    counted = "+" in text or re.search(r"\b[hdjw]0\b", text)
    return not counted or holds(text, windows._COUNTED_ON)


PAIRS = {
    "a verdict": (sentiment._verdict, _verdict_cue),
    "the rise of what was said": (
        slowdown._pointing_back,
        lambda text: text.lstrip().startswith(slowdown._POINTING),
    ),
    "a level alone": (levels._alone, lambda text: text.startswith(levels._ALONE)),
    "a count of units": (unit_windows._counted, unit_windows._counts_units),
    "an ordinal": (unit_windows._ordinal, lambda text: _found(text, unit_windows._ORDINALS)),
    "a single unit": (unit_windows._single, lambda text: _found(text, unit_windows._SINGLE)),
    "a figure of a date": (calendar_phrases._dated, calendar_phrases._is_dated),
    "units from the start": (windows._codes, _coded_cue),
    "a time of day": (dates._clock_pattern, dates._may_be_clock),
    "a window before an action": (steps._bare_window, _window_cue),
    "the label of a stage": (steps._stage_label, _label_cue),
    "a promise to a grade": (steps._graded, _grade_cue),
    "what leads to a window": (titles._to_be_done, _title_cue),
    "the number of a name": (titles._numbered, lambda text: not DIGITS.isdisjoint(text[:7])),
    "what parts name and action": (triples._joint, lambda text: _found(text, triples._JOINTS)),
    "a thing with its number": (matching._numbered_thing, _thing_cue),
    "a part of something": (
        group._of_part,
        lambda text: _found(text, ("in ", "on ", "for ", "at ", "of ")),
    ),
    "the end of a stage's name": (
        selection._stage_end,
        lambda text: _found(text, selection._SAYING),
    ),
    "a word for a piece of work": (
        identity._work_item,
        lambda text: text[:9].lower().startswith(identity._WORK_ITEMS) or not text.isascii(),
    ),
}


WHOLE = {"a figure of a date"}


@pytest.mark.parametrize("name", PAIRS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_a_pattern_matches_holds_its_cue(name, data):
    compiled, cue = PAIRS[name]
    pattern = compiled()
    whole = name in WHOLE
    opening = re.compile(rf"\A(?:{pattern.pattern})", pattern.flags)
    text = data.draw(st.from_regex(opening, fullmatch=whole))
    found = pattern.fullmatch(text) if whole else pattern.match(text)
    assert found is None or cue(text), text


@settings(max_examples=200, deadline=None)
@given(st.from_regex(blocks._marker_pattern(plain=False), fullmatch=True), st.text(max_size=12))
def test_a_plain_mark_is_found_as_by_the_whole_pattern(mark, rest):
    for line in (mark + rest, rest + mark):
        whole, found = blocks._marker_pattern(plain=False).match(line), blocks._marker(line)
        assert whole is not None
        assert found is not None
        assert found.span() == whole.span()
