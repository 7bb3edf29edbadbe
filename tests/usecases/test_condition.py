import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.errors import InputError
from impactcalc.usecases.condition import parse_condition

ANSWER = {
    "schema": "impactcalc/estimate/1",
    "scenario": {"sla": {"target": {"value": "99.9%", "source": "line 45"}}},
    "sla": {
        "target": 0.999,
        "breach_prob": {"value": 0.7, "mc_error": 0.01},
        "credits": None,
        "readings": {"all_fail": {"breach_prob": {"value": 0.1, "mc_error": 0.0}}},
    },
    "customer": {"total": {"mean": 12_000.0, "p95": 40_000.0, "mc_error": {"mean": 1.0}}},
    "provider": {"total": {"mean": 3_000.0, "p95": 9_000.0, "mc_error": {"mean": 1.0}}},
    "what_if": [{"breach_prob": {"value": 0.2}}],
    "promise": None,
    "run": {"converged": True, "seed": 1},
}


def held(text):
    return parse_condition(text).met_by(ANSWER)


def test_the_outermost_figure_of_a_name_is_meant():
    assert held("breach_prob>0.5") == "sla.breach_prob is 0.7, so breach_prob>0.5 holds"
    assert held("breach_prob > 70%") == ""
    assert held("breach_prob >= 70%")
    assert held("readings.all_fail.breach_prob<=0.1")


def test_a_distribution_is_compared_by_its_mean_or_by_the_named_figure():
    assert held("customer.total>11 K")
    assert held("customer.total.p95 < 40,001")
    assert not held("provider.total.p95<9000")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("total>5", "customer.total or provider.total"),
        ("breach_porb>0.5", "did you mean 'breach_prob'"),
        ("credits>5", "sla.credits is null"),
        ("promise.p50>5", "promise is null"),
        ("seed>0", "no figure 'seed'"),
        ("xyzzy>0", "null in this answer: promise"),
        ("converged>0", "no figure"),
    ],
)
def test_what_cannot_be_judged_is_an_error_and_not_a_pass(text, words):
    with pytest.raises(InputError, match="--fail-if") as caught:
        held(text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "breach_prob", "breach_prob=0.5", ">1", "a>b", "a>1e999", "a>5 h"]
)
def test_a_condition_that_is_none_is_refused_with_an_example(text):
    with pytest.raises(InputError, match="--fail-if"):
        parse_condition(text)


@given(st.text())
def test_any_text_is_a_condition_or_an_input_error(text):
    with contextlib.suppress(InputError):
        assert parse_condition(text).comparison in text
