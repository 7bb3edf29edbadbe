"""Nothing invented: documents composed by chance, and spoilt ones, state what they state."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.intake.escalation import read_escalation

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "invented_escalations.py"
spec = importlib.util.spec_from_file_location("invented_escalations", SCRIPT)
invented = importlib.util.module_from_spec(spec)
sys.modules["invented_escalations"] = invented
spec.loader.exec_module(invented)


@settings(max_examples=120, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_composed_document_states_what_it_states_and_nothing_else(chance):
    made = invented.compose(chance)
    assert not invented.unfounded(made.text)
    told = invented.verdicts(made)
    assert not [name for name, verdict in told.items() if verdict.startswith("wrong")], made.text


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_spoilt_document_gives_no_traceback_and_no_figure_without_its_words(chance):
    text = invented.spoil(chance, invented.compose(chance).text)
    assert not invented.unfounded(text), text


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from(invented.JUNK + "aenrst\n:"), max_size=300))
def test_any_text_gives_no_traceback_and_no_figure_without_its_words(text):
    assert not invented.unfounded(text)


@settings(max_examples=40, deadline=None)
@given(st.permutations(("Customer: Alder", "Ticket: A-12", "Affected users: 40", "SLA: 99.9%")))
def test_the_order_of_labelled_facts_changes_nothing(lines):
    facts = read_escalation("\n".join(lines)).facts
    assert (facts.customer, facts.id, facts.users_affected, facts.sla_objective) == (
        *("Alder", "A-12", 40, 0.999),
    )


@pytest.mark.parametrize("order", invented.ORDERS)
def test_an_order_to_a_program_states_nothing(order):
    facts = read_escalation(f"Ticket: A-12\n\n{order}\n").facts
    stated = {name for name, value in facts.to_mapping().items() if value is not None}
    assert stated <= {"id"}


@pytest.mark.parametrize("sentence", [*invented.HYPOTHETICALS, *invented.NEGATIONS])
def test_what_might_be_or_is_denied_is_no_figure(sentence):
    facts = read_escalation(f"Ticket: A-12\n\n{sentence}\n").facts
    assert facts.users_affected is None
    assert facts.revenue_at_risk_per_day in {None, 0}
    assert facts.error_rate is None


@pytest.mark.parametrize("sentence", invented.DISTRACTORS[1:])
def test_a_distractor_is_no_fact_of_this_incident(sentence):
    facts = read_escalation(f"Ticket: A-12\nOpened: 2026-05-02\n\n{sentence}\n").facts
    stated = {name for name, value in facts.to_mapping().items() if value is not None}
    assert stated == {"id", "created"}
