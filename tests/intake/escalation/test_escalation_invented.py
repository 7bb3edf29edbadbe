"""Nothing invented: documents composed by chance, and spoilt ones, state what they state."""

import importlib
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.intake.escalation import read_escalation

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
plain, distractors, spoiling, structures, judging = (
    importlib.import_module(f"composed.{name}")
    for name in ("plain", "distractors", "spoiling", "structures", "judging")
)
sys.path.remove(str(BENCHMARKS))


def bad(truth):
    """Name what was read of a document and is not what it states."""
    told = judging.verdicts(truth, read_escalation(truth.text))
    return [
        f"{name} {verdict}"
        for name, verdict in told.items()
        if verdict.startswith(("wrong", "invented"))
    ]


@settings(max_examples=120, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_composed_document_states_what_it_states_and_nothing_else(chance):
    truth = plain.compose(chance)
    assert not spoiling.unfounded(truth.text)
    assert not bad(truth), truth.text


@pytest.mark.parametrize("name", structures.STRUCTURES)
def test_a_document_in_a_structure_states_what_it_states_and_nothing_else(name):
    for number in range(20):
        truth = structures.compose(random.Random(f"{name}|{number}"), name)
        assert not bad(truth), truth.text


@pytest.mark.parametrize("name", structures.STRUCTURES)
@settings(max_examples=12, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_no_structure_gives_a_figure_without_its_words(name, chance):
    text = structures.compose(chance, name).text
    assert not spoiling.unfounded(text)
    spoilt = spoiling.spoil(chance, text)
    assert not spoiling.unfounded(spoilt), spoilt


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from(spoiling.JUNK + "aenrst\n:"), max_size=300))
def test_any_text_gives_no_traceback_and_no_figure_without_its_words(text):
    assert not spoiling.unfounded(text)


@settings(max_examples=40, deadline=None)
@given(st.permutations(("Customer: Alder", "Ticket: A-12", "Affected users: 40", "SLA: 99.9%")))
def test_the_order_of_labelled_facts_changes_nothing(lines):
    facts = read_escalation("\n".join(lines)).facts
    assert (facts.customer, facts.id, facts.users_affected, facts.sla_objective) == (
        *("Alder", "A-12", 40, 0.999),
    )


@pytest.mark.parametrize("order", distractors.ORDERS)
def test_an_order_to_a_program_states_nothing(order):
    facts = read_escalation(f"Ticket: A-12\n\n{order}\n").facts
    stated = {name for name, value in facts.to_mapping().items() if value is not None}
    assert stated <= {"id"}


@pytest.mark.parametrize("sentence", [*plain.HYPOTHETICALS, *plain.NEGATIONS])
def test_what_might_be_or_is_denied_is_no_figure(sentence):
    facts = read_escalation(f"Ticket: A-12\n\n{sentence}\n").facts
    assert facts.users_affected is None
    assert facts.revenue_at_risk_per_day in {None, 0}
    assert facts.error_rate is None


@pytest.mark.parametrize("sentence", plain.DISTRACTORS[1:])
def test_a_distractor_is_no_fact_of_this_incident(sentence):
    facts = read_escalation(f"Ticket: A-12\nOpened: 2026-05-02\n\n{sentence}\n").facts
    stated = {name for name, value in facts.to_mapping().items() if value is not None}
    assert stated == {"id", "created"}
