"""Histograms of query_range: buckets in order, gaps, resets, and what is wrong with them."""

from fractions import Fraction

import pytest

from tests.intake.prometheus.answers import answer, named, read, refusal, rows, said, series


def bucket(le, *values, **labels):
    name = "latency_seconds_bucket"
    return series(values) | {"metric": {"__name__": name, "le": le} | labels}


def test_buckets_are_ordered_by_their_number_and_summed_over_instances():
    document = answer(
        *(bucket(le, 0, n, instance=i)
          for i in "ab" for le, n in (("+Inf", 9), ("10", 8), ("5e-1", 2), ("1.0", 5)))
    )  # fmt: skip
    data = read(document, errors=None, threshold_s=Fraction(1, 2)).data
    assert data.bounds_s == (Fraction(1, 2), 1, 10, None)
    assert data.increases.tolist() == [[4, 10, 16, 18]]
    assert data.threshold_s == Fraction(1, 2)


def test_a_gap_of_one_bucket_hides_the_minute_and_resets_count_once():
    document = answer(
        bucket("1", 5, 6, None, 1, 2), bucket("+Inf", 9, 10, 2, 3, 4)
    )  # fmt: skip
    observed = read(document, errors=None, threshold_s=Fraction(1))
    assert observed.data.known.tolist() == [True, False, False, True]
    assert observed.data.increases.tolist() == [[1, 1], [1, 2], [0, 1], [1, 1]]
    assert "1 counter reset:" in said(observed)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (answer(bucket("1", 0, 1)), 'no bucket le="+Inf"'),
        (answer(bucket("1", 0, 5), bucket("+Inf", 0, 4)), 'less than the 5 of le="1"'),
        (answer(bucket("x", 0, 5)), 'le "x" is no upper bound'),
        (answer(bucket("NaN", 0, 5)), 'le "NaN" is no upper bound'),
        (
            answer(
                bucket("+Inf", 0, 5, i="a"), bucket("1", 0, 1, i="b"), bucket("+Inf", 0, 4, i="b")
            ),
            "other bounds",
        ),
        (
            answer(bucket("+Inf", 0, 5), named("other_bucket", 0, 1, le="+Inf")),
            "several histograms",
        ),
    ],
)
def test_what_is_wrong_with_buckets_is_named(document, words):
    assert words in refusal(document, errors=None, threshold_s=Fraction(1))


def test_a_histogram_needs_a_threshold_and_counters_must_be_there():
    document = answer(bucket("+Inf", 0, 5))
    assert "--threshold 500ms" in refusal(document, errors=None)
    assert 'no bucket le="+Inf"' in refusal(answer(bucket("1", 0, 5)), errors=None)
    assert "holds no counter" in refusal(document)
    beside = answer(bucket("+Inf", 0, 5), series([0, 1], code="200"))
    assert rows(read(beside)) == [(0, 1, 1, True)]
