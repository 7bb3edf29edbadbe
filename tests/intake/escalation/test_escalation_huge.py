"""A huge text: what is searched of it is bounded, and every line keeps its class."""

import pytest

from impactcalc.intake.escalation import read_escalation

KINDS = [f"{a}{b}{c}" for a in "abcdefghij" for b in "klmnopqrst" for c in "uvwxyz"]
MOST = 2_400  # statements, where a line holds one


def many(form, count=9_000):
    """Write many lines of different shapes."""
    shapes = (f"{KINDS[n % 600]} {KINDS[n // 15 % 600]}{'x' * (n % 7)}" for n in range(count))
    return [form.format(kind=kind, n=n) for n, kind in enumerate(shapes)]


@pytest.mark.parametrize(
    "form",
    [
        "{kind}: late again {n}",
        "{kind} waits for the plant team",
        "| {kind} | late | {n} s |",
        "[08:15] Ann (support): {kind} failed {n}",
        "- {kind} {n}",
        "The {kind} failed {n} times.",
        "{kind}",
    ],
)
def test_a_bounded_part_of_a_huge_text_is_searched(form):
    lines = many(form)
    reading = read_escalation("\n".join(["Ticket: A-12", *lines, "Status: Parked"]))
    assert len(reading.statements) < MOST
    assert len(reading.lines) == len(lines) + 2
    assert (reading.facts.id, reading.facts.status) == ("A-12", "Parked")
    assert any("left out" in one.message for one in reading.warnings)


def test_a_figure_behind_a_label_in_the_middle_is_kept():
    lines = many("The {kind} failed again.")
    lines.insert(4_500, "Affected users: 4,711")
    reading = read_escalation("\n".join(["Ticket: A-12", *lines]))
    assert reading.facts.users_affected == 4711
    assert 4502 in {one.line for one in reading.provenance}


def test_blank_lines_cost_nothing_and_move_no_line():
    text = "Ticket: A-12\n" + "\n" * 50_000 + "Affected users: 90 clerks\n"
    reading = read_escalation(text)
    assert reading.facts.users_affected == 90
    assert [one.line for one in reading.lines] == [1, 50_002]
    assert len(reading.statements) == 2


def test_long_paragraphs_are_bounded_by_their_characters():
    paragraph = " ".join(f"The {kind} took {n} s." for n, kind in enumerate(KINDS[:40], 5))
    lines = [f"{kind} {paragraph}" for kind in KINDS[:600]]
    lines.insert(300, "Affected users: 4,711")
    reading = read_escalation("\n\n".join(["Ticket: A-12", *lines, "Status: Parked"]))
    facts = reading.facts
    assert (facts.id, facts.users_affected, facts.status) == ("A-12", 4711, "Parked")
    searched = sum(len(statement.text) for statement in reading.statements)
    assert searched < 90_000
    assert any("left out" in one.message for one in reading.warnings)


def test_what_fits_is_searched_whole():
    lines = many("The {kind} failed again.", 1_900)
    lines.insert(1_200, "They told us that 85 clerks are affected.")
    assert read_escalation("\n".join(lines)).facts.users_affected == 85
