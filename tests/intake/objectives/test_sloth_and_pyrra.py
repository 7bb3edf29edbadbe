"""Sloth and Pyrra: their forms, and what they forbid."""

from fractions import Fraction

import pytest

from tests.intake.objectives.documents import PYRRA, SLOTH, read, refusal


def test_sloth_has_a_form_for_kubernetes():
    inner = "\n".join(f"  {line}" for line in SLOTH.splitlines()[1:])
    text = f"apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nspec:\n{inner}\n"
    assert read(text) == read(SLOTH)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("objective: 99.9", "objective: 999", "'999' lies outside"),
        ("objective: 99.9", "objective: 0", "'0' lies outside"),
        ("objective: 99.9, ", "", "'objective' is missing"),
        ("name: a, ", "", "'name' is missing"),
        ("sli: {events", "sli: {raw: {}, events", "it has 2"),
        ("error_query: x, ", "", "'error_query' is missing"),
        ("prometheus/v1", "prometheus/v2", "'prometheus/v2' is not known"),
        ("service: web\n", "", "'service' is missing"),
        ("slos:\n", "slos:\n  - {name: a, objective: 9, sli: {plugin: {id: x}}}\n", "stands twice"),
    ],
)
def test_what_sloth_forbids_is_refused(old, new, words):
    assert words in refusal(SLOTH.replace(old, new))


def test_sloth_without_objectives_is_refused():
    assert "is empty" in refusal("version: prometheus/v1\nservice: w\nslos: []\n")
    assert "'spec' is missing" in refusal(
        "apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\n"
    )


@pytest.mark.parametrize("target", ["'100'", "100"])
def test_a_target_of_a_hundred_is_allowed_and_warned_of(target):
    objectives, remarks = read(PYRRA.replace("'99.9'", target))
    assert objectives[0].target == 1
    assert "no budget" in remarks[0].message
    assert "no budget" in read(SLOTH.replace("99.9", "100"))[1][0].message


@pytest.mark.parametrize(
    ("indicator", "kind", "threshold"),
    [
        ("{bool_gauge: {metric: up}}", "ratio", None),
        ("{boolGauge: {metric: up}}", "ratio", None),
        ("{latencyNative: {total: {metric: a}, latency: 200ms}}", "latency", Fraction(1, 5)),
        (
            '{latency: {success: {metric: \'x_bucket{le="1",job="a"}\'}, total: {metric: a}}}',
            "latency",
            Fraction(1),
        ),
    ],
)
def test_pyrra_has_four_kinds_of_indicator(indicator, kind, threshold):
    text = PYRRA.replace("{ratio: {errors: {metric: a}, total: {metric: b}}}", indicator)
    ((only,), _) = read(text)
    assert (only.indicator, only.threshold, only.threshold_s) == (kind, threshold, threshold)
    assert only.op == ("lte" if threshold else None)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("'99.9'", "'199'", "'199' lies outside"),
        ("window: 2w", "window: two weeks", "'two weeks' is no duration"),
        ("window: 2w, ", "", "'window' is missing"),
        ("{name: errors}", "{}", "'name' is missing"),
        ("metadata", "meta", "'metadata' is missing"),
        ("ratio:", "ration:", "it has 0"),
        ("errors: {metric: a}, ", "", "'errors' is missing"),
        ("{ratio: {errors", "{latency: {success", "has no label le"),
        ("{ratio: {errors: {metric: a}, ", "{latency: {", "'success' is missing"),
        ("indicator: {", "indicator: [], i: {", "keys are wanted"),
        ("ratio: {errors: {metric: a}, total: {metric: b}}", "ratio: x", "keys are wanted"),
    ],
)
def test_what_pyrra_forbids_is_refused(old, new, words):
    assert words in refusal(PYRRA.replace(old, new))
