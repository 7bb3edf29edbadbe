"""Cues: a pattern is asked only where a cheap question says that it may match; none is lost."""

import re
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.facts import identity, ordinary
from impactcalc.intake.escalation.figures import calendar_phrases, dates, numerals, windows
from impactcalc.intake.escalation.structure import orders, tenor
from impactcalc.intake.escalation.words.vocabulary import ends_in, holds

GAPS = st.sampled_from([" ", " ", " ", "", ":", ": ", " (", "-", " - ", ".", "/", "\n", "="])


def sentences(words):
    """Sentences of some words in any order, with all sorts of gaps."""
    piece = st.tuples(st.sampled_from(words.split(";")), GAPS).map("".join)
    return st.lists(piece, max_size=6).map("".join)


@given(
    sentences(
        "ignore;all;previous;instructions;system;prompt;you are;now;an;dear;ai;note to;the;parser;"
        "must;assistant;<;>;as an ai;attention;tool;override;rules;model;should;message;set;please"
        ";report;users;5;[inst];everything;when;reading;this;summary;bot;:;revenue;to;whatever;hey"
    )
)
def test_no_order_to_a_program_is_missed(text):
    found = [order for order in orders._FORMS if orders._order(order).search(text)]
    assert orders.instructs(text) is bool(found)


@given(sentences("last year;last;outage;cost;in;2021;years ago;black friday;for context;previous"))
def test_no_other_incident_is_missed(text):
    assert tenor.recalls(text) is holds(text, tenor._PAST)


@given(
    sentences("our;Case;CASE;reference;ref;incident;number;no;id;is;#;55-B;ESC-881;7;(;x;ticket")
)
def test_no_named_number_of_a_ticket_is_missed(text):
    if identity._named_id().search(text):
        assert identity._may_name_id(text.lower())


@given(sentences("9;14;30;am;a.m;PM;p.M.;h;10;h 10;05;2026-05-12;12/05/2026;x;at"))
@example("restart at 9.14 am, ")
def test_no_time_of_day_is_missed(text):
    found = [match.span() for match in dates._clock_pattern().finditer(text)]
    found += [match.span() for match in dates._short_clock_pattern().finditer(text)]
    ends = [match.end() for match in numerals.number_pattern().finditer(text)]
    assert dates.clock_spans(text, ends) == found


@given(sentences("2026;05;12;1;2026-05-12;12.05.2026;May;12 May;Sept;3rd;of;12/5/2026;x"))
def test_no_form_of_a_date_is_missed(text):
    forms = set(dates._possible_forms(text))
    for form in range(4):
        assert form in forms or not dates._pattern(form).search(text)


@given(
    sentences(
        "by;until;the;end of;next;this;week;month;Friday;january;septem;q3;no date;yet;tbd;open;"
        "to be;defined;later;year;end;at the latest;2026;restart;as soon as possible;holidays"
    )
)
def test_no_phrase_of_the_calendar_is_missed(text):
    words = text.lower().strip(" ()")
    match = calendar_phrases._phrase().match(words)
    if match and match.end() == len(words) and len(words.split()) > 1:
        assert calendar_phrases.is_calendar(words) or words[:2].isdigit()


@pytest.mark.parametrize(
    "text",
    [
        *("within 2 workdays", "after one workday", "in a fortnight"),
        *("now", "right away", "at once", "immediately", "0-4h", "in four hours"),
    ],
)
def test_no_window_in_hours_is_missed(text):
    with patch.object(windows, "may_time", lambda _: True):
        span = windows.find_span.__wrapped__(text)
    assert windows.find_span.__wrapped__(text) == span
    assert windows.may_state_hours(text)
    assert span is not None


@given(
    sentences(
        "normal;normally;usual;typical;baseline;compared to;versus;was;used to be;before;time;"
        "times;latency;response;is;at;of;about;the;value;up;from;x;abnormal;below;~;<"
    )
)
def test_what_is_normal_is_told_by_the_words_right_before(text):
    heads = "|".join(ordinary._NORMAL_BEFORE)
    between = "|".join(ordinary._BETWEEN)
    pattern = rf"\b(?:{heads})\b(?:[ :=]* (?:{between})\b)*[ :=]*[~<]?$"
    named = ordinary._names_normal_thing(text.removesuffix("\n"))
    assert ordinary.is_normal_before(text) is (named or re.search(pattern, text) is not None)


@given(sentences("rose;primrose;up;x;_;5;fell"), st.sampled_from(["rose", "up", "fell"]))
def test_a_text_ends_in_whole_words_only(text, word):
    assert ends_in(text, [word]) is (re.search(rf"\b{word}\Z", text) is not None)


def test_turkish_letters_in_number_words_and_periods_are_no_crash():
    text = (
        "F\u0130VE nodes fail, one in s\u0131x calls, a f\u0130fth of the calls fail.\n"
        "Revenue at risk: $5 per M\u0130NUTE\nSLA: f\u0130ve nines"
    )
    assert read_escalation(text).facts.sla_objective == pytest.approx(0.99999)
