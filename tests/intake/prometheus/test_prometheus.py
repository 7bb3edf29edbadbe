"""Counters and histograms of query_range: resets, gaps, late series, gauges in their place."""

import itertools
import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.intake.observation_file import ObservationFile
from impactcalc.intake.prometheus import is_prometheus, read_prometheus
from impactcalc.intake.read_options import ReadOptions
from tests.intake.prometheus.answers import (
    ERRORS,
    SLO,
    T0,
    answer,
    named,
    read,
    refusal,
    rows,
    said,
    series,
)


def test_an_increase_belongs_to_the_interval_that_starts_at_the_earlier_scrape():
    observed = read(answer(series([100, 110, 130], code="200"), series([5, 5, 9], code="500")))
    assert rows(observed) == [(0, 10, 10, True), (1, 20, 24, True)]
    assert (observed.span.end_ns - observed.span.start_ns) // 10**9 == 120
    assert observed.remarks == ()


def test_after_a_fall_the_new_value_is_the_step():
    observed = read(answer(series([100, 110, 7, 9, 3], code="200")))
    assert [row[2] for row in rows(observed)] == [10, 7, 2, 3]
    assert "2 counter resets" in said(observed)


def test_the_golden_counter_increases_by_39():
    observed = read(answer(series([100, 110, "NaN", 130, 5, 9], code="200")))
    assert sum(row[2] for row in rows(observed)) == 39
    assert "1 counter reset:" in said(observed)


def test_a_gap_hides_when_but_not_how_many_and_for_all_series():
    observed = read(
        answer(
            series([0, 1, None, None, 10, 11], code="200"), series([0, 0, 1, 1, 2, 2], code="500")
        )
    )
    assert rows(observed) == [
        (0, 1, 1, True), (1, 9, 10, False), (2, 0, 0, False), (3, 0, 1, False), (4, 1, 1, True),
    ]  # fmt: skip
    assert "1 gap (0 missing scrapes, NaN)" in said(observed)


def test_minutes_that_no_series_covers_have_no_row():
    observed = read(answer(series([0, 1, None, None, 10, 11], code="200")))
    assert [row[0] for row in rows(observed)] == [0, 1, 4]
    assert "1 gap (2 missing scrapes, NaN)" in said(observed)


def test_nan_at_the_ends_of_a_series_hides_those_minutes():
    observed = read(
        answer(series([0, 1, 2, 3], code="200"), series(["NaN", 0, 0, "NaN"], code="500"))
    )
    assert [row[3] for row in rows(observed)] == [False, True, False]


def test_a_late_series_starts_with_a_baseline_and_is_named_with_its_value():
    late = series([50, 51], start=120, code="503")
    observed = read(answer(series([0, 1, 2, 3], code="200"), late))
    assert rows(observed) == [(0, 1, 1, True), (1, 1, 1, True), (2, 1, 2, True)]
    assert '1 late series: http_requests_total{code="503"} at 2024-01-22T00:02:00Z with 50' in said(
        observed
    )


def test_a_series_that_vanishes_hides_nothing_of_the_others_and_is_named():
    gone = series([5, 6], code="200", instance="a")
    observed = read(answer(series([0, 1, 2, 3], code="200", instance="b"), gone))
    assert [row[2:] for row in rows(observed)] == [(2, True), (1, True), (1, True)]
    assert "1 series ended early" in said(observed)


def test_many_late_series_are_not_all_named():
    late = [series([1, 2], start=60, code="200", instance=str(n)) for n in range(5)]
    assert "and 2 more" in said(read(answer(series([0, 1, 2], code="200"), *late)))


def test_a_series_without_any_value_is_named():
    for empty in (["NaN", "NaN"], []):
        observed = read(answer(series([0, 1], code="200"), series(empty, code="500")))
        assert "has no value at all" in said(observed)


def test_unordered_doubled_and_text_timestamps_are_put_in_order():
    one = series([0, 5, 9], code="200")
    one["values"].append([T0 + 60, "4"])
    one["values"] = [[str(at), value] for at, value in reversed(one["values"])]
    observed = read(answer(one))
    assert rows(observed) == [(0, 5, 5, True), (1, 4, 4, True)]
    assert "1 timestamp occurs twice" in said(observed)


def test_milliseconds_fractions_and_exponents_are_instants_too():
    values = [[(T0 + 60) * 1000, "1.5e+01"], [T0 + 120.0, "2e1"], ["1.7058816e+09", "10"]]
    observed = read(answer({"metric": {"code": "200"}, "values": values}))
    assert [row[:3] for row in rows(observed)] == [(0, 5, 5), (1, 5, 5)]


def test_scrapes_that_jitter_stay_on_the_grid():
    one = {
        "metric": {"code": "200"},
        "values": [[T0 + at, str(at)] for at in (0, 15, 30.004, 45, 59.99, 75)],
    }
    observed = read(answer(one))
    assert observed.data.step_ns == 15 * 10**9
    assert len(rows(observed)) == 5
    assert all(row[3] for row in rows(observed))
    assert "the step is 15 s" in said(observed)


def test_counts_with_fractions_keep_a_common_scale():
    observed = read(answer(series([0, 2.5, 4.25], code="200")))
    assert (observed.data.scale, observed.data.valid.tolist()) == (4, [10, 7])


def test_counts_beyond_64_bits_stay_exact():
    observed = read(answer(series([0, 10**19], code="200")))
    assert observed.data.valid.tolist() == [10**19]
    assert observed.data.valid.dtype == object


def test_series_that_stand_in_several_files_are_joined():
    first = answer(series([0, 1, 2], code="200"))
    second = answer(series([4, 7], start=180, code="200"))
    observed = read(first, second)
    assert [row[2] for row in rows(observed)] == [1, 1, 2, 3]
    assert observed.files == ("p0.json", "p1.json")


def test_bare_data_bare_results_and_the_warnings_of_prometheus_are_read():
    whole = answer(series([0, 1], code="200")) | {"warnings": ["results truncated"], "infos": 5}
    assert "Prometheus says: results truncated" in said(read(whole))
    for document in (whole["data"], whole["data"]["result"]):
        assert is_prometheus(document)
        assert rows(read(document)) == [(0, 1, 1, True)]
    assert not any(map(is_prometheus, (5, [], [5], {"monitors": []})))


@pytest.mark.parametrize(
    ("errors", "good"),
    [
        ('code="500"', 7), ('code!="200"', 1), ('code=~"5.."', 4), ('{code!~"2.."}', 1),
        ("code=~'50[03]', job=\"a\"", 7), ('code=~"5"', 8), ("code=`503`", 5), ('job="a",', 5),
        (r'code=~"5\\d\\d"', 4), ('job=""', 4),
    ],
)  # fmt: skip
def test_errors_are_chosen_by_the_matchers_of_promql(errors, good):
    found = read(
        answer(
            series([0, 1], code="200"), series([0, 1], code="500", job="a"),
            series([0, 3], code="503"), series([0, 1], code="404", job="a"),
            series([0, 1], code="404", job="b"), series([0, 1], code="429", job="a"),
        ),
        errors=errors,
    )  # fmt: skip
    assert rows(found)[0][2] == 8
    assert rows(found)[0][1] == good


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        ("code", "'code' is no label matcher"),
        ('code=~"5(("', "no regular expression"),
        ('code="5" job="a"', "a comma is wanted"),
        ("{}", "names no label"),
        ('cod="5"', "no series has the label 'cod'; labels are: code"),
        (None, "it is not said which events are errors"),
    ],
)
def test_a_wrong_matcher_is_refused(errors, words):
    assert words in refusal(answer(series([0, 1], code="200")), errors=errors)


def test_errors_that_never_happen_are_said():
    assert "all events are good" in said(read(answer(series([0, 1], code="200"))))


def test_metrics_may_be_named_for_total_errors_and_good():
    total, bad, good = (named(n, 0, v) for n, v in (("all", 9), ("bad", 2), ("fine", 7)))
    document = answer(total, bad, good)
    for columns in ({"total": "all", "errors": "bad"}, {"total": "all", "good": "fine"}):
        assert rows(read(document, errors=None, columns=columns)) == [(0, 7, 9, True)]
    alone = answer(total, bad)
    assert rows(read(alone, errors=None, columns={"errors": "bad"}))[0][1:3] == (7, 9)
    assert "holds several metrics: all, bad, fine" in refusal(document)
    assert "found: all, bad, fine" in refusal(document, errors=None, columns={"total": "x"})
    swapped = {"total": "bad", "errors": "all"}
    assert "do not belong together" in refusal(document, errors=None, columns=swapped)


def test_of_several_metrics_the_one_with_the_label_counts():
    document = answer(series([0, 1], code="200"), named("process_restarts_total", 0, 1, job="a"))
    assert rows(read(document)) == [(0, 1, 1, True)]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["0.99", "0.98", "1"], "ratio gauge"),
        (["1.5", "2.5", "1", "3", "2", "4"], "falls in 2 of 5 steps"),
        ([1, 1, 0, 1, 0, 1], "gauge of 0 and 1"),
    ],
)
def test_a_gauge_in_a_counters_place_is_named_and_refused(values, words):
    text = refusal(answer(series(values, code="200")))
    assert words in text
    assert 'http_requests_total{code="200"}' in text


def test_a_gauge_is_named_before_an_option_that_would_not_help():
    gauge = answer({"metric": {"__name__": "job:ratio"}, "values": [[T0, "0.9"], [T0 + 60, "0.8"]]})
    for options in ({"errors": None}, {"errors": ERRORS}, {"columns": {"total": "x"}}):
        assert "job:ratio{} is a ratio gauge" in refusal(gauge, **options)


def test_an_error_counter_that_rose_once_is_no_gauge():
    assert rows(read(answer(series([0, 0, 1, 1], code="500"))))[1][1:3] == (0, 1)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (answer(), "holds no series"),
        (answer(series([1], code="200")), "no series has two samples"),
        (answer(series(["-1", "x"], code="200")), "data.result[0].values[0]: '-1' is no value"),
        (answer(series(["1", "x"], code="200")), "data.result[0].values[1]: 'x' is no number"),
        (answer(series(["1", "+Inf"], code="200")), "'+Inf' is no value of a counter"),
        (answer({"metric": {}, "value": [1, "2"]}), "data.result[0].values: is missing"),
        (answer({"metric": {}, "values": [[1]]}), "is no pair of time and value"),
        (answer({"metric": {}, "values": [["soon", "1"]]}), "'soon' is no time"),
        (answer({"metric": {}, "histograms": [[1, {}]]}), "native histogram"),
        ({"status": "success", "data": {"resultType": "scalar"}}, "a scalar"),
        ({"status": "success", "data": {"resultType": "odd"}}, "no result type 'odd'"),
        ({"status": "error", "errorType": "timeout"}, "timeout"),
        (
            answer(
                {
                    "metric": {"code": "200"},
                    "values": [[at, "1"] for at in (1, 1.001, 1.002, 2_000_000)],
                }
            ),
            "steps of 0.001 s are too many",
        ),
    ],
)
def test_what_is_wrong_with_an_answer_is_named(document, words):
    assert words in refusal(document)


@pytest.mark.parametrize(
    ("name", "words"),
    [("vector", ["vector", "query_range"]), ("error", ["parse error"])],
)
def test_a_bad_answer_of_the_fixtures_is_refused(name, words):
    document = json.loads((SLO / "bad" / f"{name}.json").read_text(encoding="utf-8"))
    assert all(word in refusal(document) for word in words)


def test_the_counters_of_the_expected_file_come_out():
    wanted = json.loads((SLO / "prom_counters_3d.expected.json").read_text(encoding="utf-8"))
    source = ObservationFile("p.json", (SLO / "prom_counters_3d.json").read_bytes())
    observed: Any = read_prometheus([source], ReadOptions(errors=ERRORS))
    data = observed.data
    assert int(data.good.sum()) == Fraction(wanted["occurrence"]["good"]["exact"])
    assert int(data.valid.sum()) == Fraction(wanted["occurrence"]["valid"]["exact"])
    assert int(np.count_nonzero(data.known)) == wanted["known_minutes"]
    named_counts = wanted["warnings"]
    assert f"{named_counts['resets']} counter resets" in said(observed)
    assert f"{named_counts['gaps']} gaps" in said(observed)
    assert f"{named_counts['missing_scrapes']} missing scrapes" in said(observed)
    assert ("late series" in said(observed)) == bool(named_counts["late_series"])


def test_the_histogram_of_the_expected_file_comes_out():
    wanted = json.loads((SLO / "prom_histogram_6h.expected.json").read_text(encoding="utf-8"))
    source = ObservationFile("p.json", (SLO / "prom_histogram_6h.json").read_bytes())
    observed: Any = read_prometheus([source], ReadOptions(threshold_s=Fraction(1, 2)))
    names = ["+Inf" if bound is None else bound for bound in observed.data.bounds_s]
    increases = dict(zip(names, observed.data.increases.sum(axis=0).tolist(), strict=True))
    for le, value in wanted["increase_by_le"].items():
        assert increases[le if le == "+Inf" else Fraction(le)] == Fraction(value["exact"])
    assert f"{wanted['warnings']['resets']} counter reset:" in said(observed)


@given(st.lists(st.integers(0, 1000) | st.none(), min_size=2, max_size=30))
def test_the_increases_add_up_to_what_the_counter_rose_whatever_is_missing(values):
    present = [value for value in values if value is not None]
    document = answer(series(values, code="200"))
    if len(present) < 2:
        return
    rises = [b - a if b >= a else b for a, b in itertools.pairwise(present)]
    gauge = set(present) <= {0, 1} and sum(b < a for a, b in itertools.pairwise(present)) > 1
    if gauge:
        assert "gauge" in refusal(document)
        return
    data = read(document).data
    assert int(data.valid.sum()) == sum(rises)
    assert np.all(np.diff(data.start_ns) > 0)
