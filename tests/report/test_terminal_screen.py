"""The answer on one screen."""

import re
from collections.abc import Callable

import pytest

from impactcalc.domain.result import Estimate
from impactcalc.report.terminal import render
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.width import width_of

Variant = Callable[[str], Estimate]
CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [60, 75, 80, 100])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_wider_than_the_terminal(
    any_estimate: Estimate, width: int, unicode: bool
) -> None:
    text = render(any_estimate, width=width, colour=False, unicode=unicode)
    assert max(width_of(line) for line in text.splitlines()) <= width
    assert text.endswith("\n")


def test_it_is_one_screen(any_estimate: Estimate) -> None:
    lines = render(any_estimate, colour=False, unicode=True).splitlines()
    assert 24 <= len(lines) <= 52


def test_most_answers_take_some_forty_lines(variant: Variant) -> None:
    for name in ("seed", "no money", "no sla", "closed", "forty stages", "questions"):
        assert len(render(variant(name), colour=False, unicode=True).splitlines()) <= 44


def test_what_can_be_done_is_ranked_with_its_net_saving(variant: Variant) -> None:
    text = render(variant("seed"), colour=False, unicode=True)
    lines = text.splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("What to do"))
    assert " ".join(lines[head].split()) == "What to do saves 9 in 10 pays in 100 cost net"
    row = " ".join(lines[head + 1].split())
    assert row == "Second repair team $3.6K $140 to $15K 63 $900 $2.7K"
    assert lines[head + 4] == "  and 1 more: impactcalc whatif"
    without = render(variant("no money"), colour=False, unicode=True)
    assert "all back after" in without


def test_what_can_be_missed_goes_first(variant: Variant) -> None:
    whole = render(variant("plain"), colour=False, unicode=True)
    crowded = render(variant("crowded"), colour=False, unicode=True)
    assert "bad case, 1 in 20" in whole
    assert "bad case, 1 in 20" not in crowded
    assert "Ask first" in crowded


def test_the_fullest_screen_still_says_what_moves_the_answer_most(variant: Variant) -> None:
    crowded = variant("crowded")
    assert "What moves it most: " in render(crowded, colour=False, unicode=True)
    narrow = render(crowded, width=60, colour=False, unicode=True)
    assert "What moves it most: " in narrow
    assert len(narrow.splitlines()) <= 58
    assert "simulation error" in " ".join(narrow.split())
    assert not narrow.endswith("…\n")


def test_open_stages_go_before_those_that_are_done(variant: Variant) -> None:
    estimate = variant("forty stages")
    done = tuple(one._replace(status="done", name=f"Over {n}") if n < 10 else one
                 for n, one in enumerate(estimate.recovery.stages))  # fmt: skip
    recovery = estimate.recovery._replace(stages=done)
    text = render(estimate._replace(recovery=recovery), colour=False, unicode=True)
    assert "more stages\n" in text
    assert "  Over " not in text


def test_plain_text_has_no_control_character(any_estimate: Estimate) -> None:
    text = render(any_estimate, colour=False, unicode=True)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_ascii_terminals_get_ascii(any_estimate: Estimate) -> None:
    assert render(any_estimate, colour=False, unicode=False).isascii()


def test_colour_adds_codes_and_nothing_else(any_estimate: Estimate) -> None:
    coloured = render(any_estimate, colour=True, unicode=True)
    plain = render(any_estimate, colour=False, unicode=True)
    bare = "".join(f"{line.rstrip()}\n" for line in CODES.sub("", coloured).splitlines())
    assert "\x1b[" in coloured
    assert bare == plain


def test_the_seed_s_screen_answers_every_question(seed_estimate: Estimate) -> None:
    text = render(seed_estimate, colour=False, unicode=True)
    for words in (
        "Stratton · CE1004 · YugabyteDB cluster",
        "as of 23 Jan 2024 12:00 UTC",
        "lost so far",
        "still avoidable",
        "read as already lost",
        "Ours: not computed: the monthly fee and ARR are not stated",
        "8 of 10 by 25 Jan",
        "SLA 99.9%, January 2024: 44.6 min allowed; downtime is not defined",
        "only a total outage counts",
        "each failing share counts",
        "Rests on stated revenue 75 K USD/day (line 44), SLA target 99.9% (line 45)",
        "65,536 trials, seed 1",
    ):
        assert words in text, words


def test_money_columns_stand_below_each_other(seed_estimate: Estimate) -> None:
    lines = render(seed_estimate, colour=False, unicode=True).splitlines()
    rows = [line for line in lines if line.startswith(("Revenue loss", "  lost so", "  still av"))]
    assert {line.index(" to ", 45) > 45 and len(line) for line in rows} == {80}


def test_the_reading_in_force_is_marked(variant: Variant) -> None:
    text = render(variant("defined"), colour=False, unicode=True)
    assert "(> applies)" in text
    assert "\n> each failing share counts" in text
    assert "Service credits" in text
    assert "Credit: none in under 1%, 10% of the fee in 62%, 25% of the fee in 38%" in text


def test_a_closed_incident_looks_back(variant: Variant) -> None:
    text = render(variant("closed"), colour=False, unicode=True)
    assert "All service was back by 23 Jan 2024 08:00 UTC." in text
    assert "bad case" not in text


def test_many_stages_are_counted(variant: Variant) -> None:
    assert "more stages\n" in render(variant("forty stages"), colour=False, unicode=True)


def test_what_is_missing_is_asked(variant: Variant) -> None:
    asked = render(variant("questions"), colour=False, unicode=True)
    assert "How does the contract define downtime? it decides whether the SLA is broken" in asked
    assert "The definition of downtime: decides whether" in render(
        variant("seed"), colour=False, unicode=True
    )


def test_wide_and_combining_characters_count_as_the_terminal_shows_them() -> None:
    ink = Ink(colour=False, unicode=True)
    assert width_of(ink.left("東京銀行株式会社", 10)) == 10
    assert ink.cut("東京銀行", 5) == "東京…"
    assert ink.right("e\u0301", 3) == "  e\u0301"


def test_no_text_acts_on_the_terminal_wherever_it_comes_from() -> None:
    ink = Ink(colour=True, unicode=True)
    assert ink.cut("a\x1b[31m\x9b2J.csv", 40) == "a\\x1b[31m\\x9b2J.csv"
    assert ink.left("two\nlines\u202e", 18) == "two lines\\u202e   "
    assert ink.wrap("a\x07b c", 20) == ["a\\x07b c"]


def test_a_text_that_ends_in_an_ellipsis_is_cut_with_one() -> None:
    assert Ink(colour=False, unicode=True).cut("Restart… the nodes", 9) == "Restart…"
    assert Ink(colour=False, unicode=True).cut("Restart… the nodes", 10) == "Restart…"


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert Ink(colour=False, unicode=True).wrap("a " + "b" * 30, 10) == ["a", "b" * 9 + "…"]
