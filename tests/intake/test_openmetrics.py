"""Two scrapes: what lies between them; exemplars, starts and comments are no samples."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from impactcalc.domain.observation import Window
from impactcalc.errors import InputError
from impactcalc.intake.observation_file import ObservationFile
from impactcalc.intake.openmetrics import is_openmetrics, read_openmetrics
from impactcalc.intake.period import Period
from impactcalc.intake.read_options import ReadOptions

SLO = Path(__file__).parents[1] / "data" / "slo"
WANTED = json.loads((SLO / "scrape.expected.json").read_text(encoding="utf-8"))
ERRORS = 'code=~"5.."'
SECOND = 10**9
BEFORE = """# TYPE http_requests counter
http_requests_total{code="200"} 100
http_requests_created{code="200"} 10
http_requests_total{code="500"} 7
# EOF
"""


def read(*texts, **options) -> Any:
    options.setdefault("errors", ERRORS)
    sources = [ObservationFile(f"s{n}.txt", text.encode()) for n, text in enumerate(texts)]
    return read_openmetrics(sources, ReadOptions(**options))


def refusal(*texts, **options):
    with pytest.raises(InputError) as caught:
        read(*texts, **options)
    return str(caught.value)


def fixture(*names, **options) -> Any:
    sources = [ObservationFile(n, (SLO / f"scrape.{n}.om.txt").read_bytes()) for n in names]
    return read_openmetrics(sources, ReadOptions(**options))


def events(observed):
    return observed.data.good.tolist(), observed.data.valid.tolist()


def said(observed):
    return " | ".join(remark.message for remark in observed.remarks)


def after(good, bad=7, created=10):
    changed = BEFORE.replace(" 100\n", f" {good}\n").replace(" 7\n", f" {bad}\n")
    return changed.replace(" 10\n", f" {created}\n")


def test_the_requests_of_the_expected_pair_come_out():
    observed = fixture("before", "after", errors=ERRORS)
    wanted = WANTED["requests"]
    assert events(observed) == (
        [Fraction(wanted["good"]["exact"])], [Fraction(wanted["valid"]["exact"])],
    )  # fmt: skip
    assert "reset" not in said(observed)
    assert not WANTED["restart_between"]


def test_the_latencies_of_the_expected_pair_come_out():
    data = fixture("before", "after", threshold_s=Fraction(1, 2)).data
    wanted = WANTED["latency_le_0.5"]
    increases = data.increases[0].tolist()
    assert increases[data.bounds_s.index(Fraction(1, 2))] == Fraction(wanted["good"]["exact"])
    assert increases[-1] == Fraction(wanted["valid"]["exact"])


def test_one_scrape_alone_counts_from_the_start_of_its_counters():
    ((good,), (valid,)) = events(fixture("after", errors=ERRORS))
    assert Fraction(good, valid) == Fraction(WANTED["after_alone"]["sli_since_created"]["exact"])
    data = fixture("after", threshold_s=Fraction(1, 2)).data
    wanted = Fraction(WANTED["after_alone"]["latency_sli"]["exact"])
    assert Fraction(*(data.increases[0].tolist()[n] for n in (1, -1))) == wanted


def test_without_timestamps_events_count_and_their_time_is_unknown():
    observed = read(BEFORE, after(130, 9))
    assert events(observed) == ([30], [32])
    assert observed.data.known.tolist() == [False]
    assert "carry no time" in said(observed)


def test_without_timestamps_the_asked_window_or_as_of_places_the_events():
    window = Window(0, 7200 * SECOND)
    assert read(BEFORE, after(130), period=Period("", window)).span == window
    assert read(BEFORE, after(130), as_of_ns=7200 * SECOND).span.end_ns == 7200 * SECOND


def timed(text, at):
    lines = [
        f"{line} {at}" if line.startswith("http") and "_created" not in line else line
        for line in text.splitlines()
    ]
    return "\n".join(lines)


def test_timestamps_order_the_scrapes_and_give_their_time():
    observed = read(timed(after(130), "1705881660.5"), timed(BEFORE, "1705881600.5"))
    assert events(observed) == ([30], [30])
    assert observed.data.known.tolist() == [True]
    assert observed.span == Window(1_705_881_600_500_000_000, 1_705_881_660_500_000_000)


def test_three_scrapes_are_two_intervals():
    texts = [timed(after(n), 1_705_881_600 + n) for n in (100, 160, 220)]
    assert events(read(*texts)) == ([60, 60], [60, 60])
    assert events(read(BEFORE, after(110), after(115))) == ([10, 5], [10, 5])


def test_one_scrape_with_a_time_begins_where_its_counters_did():
    observed = read(timed(BEFORE, 1000))
    assert observed.span == Window(10 * SECOND, 1000 * SECOND)
    assert events(observed) == ([100], [107])
    assert "counted from its start" in said(observed)
    bare = timed(BEFORE.replace('http_requests_created{code="200"} 10\n', ""), 1000)
    assert read(bare).span == Window(940 * SECOND, 1000 * SECOND)


def test_scrapes_of_one_moment_are_refused():
    assert "at the same moment as s0.txt" in refusal(timed(BEFORE, 5), timed(after(130), 5))


def test_a_changed_start_is_a_restart_even_where_the_value_rose():
    observed = read(BEFORE, after(130, created=99))
    assert events(observed) == ([130], [130])
    assert "1 counter reset:" in said(observed)
    odd = [text.replace("http_requests", "count_sum") for text in (BEFORE, after(130, created=99))]
    assert events(read(*odd)) == ([130], [130])


def test_a_series_that_is_new_is_a_baseline_and_one_that_is_gone_is_named():
    more = BEFORE.replace("# EOF", 'http_requests_total{code="503"} 4\n# EOF')
    observed = read(BEFORE, more)
    assert events(observed) == ([0], [0])
    assert 'late series: http_requests_total{code="503"}' in said(observed)
    assert "1 series ended early" in said(read(more, BEFORE))


def test_a_series_that_is_new_hides_nothing_of_the_others():
    more = after(130).replace("# EOF", 'http_requests_total{code="503"} 4\n# EOF')
    observed = read(timed(BEFORE, 1_705_881_600), timed(more, 1_705_881_660))
    assert events(observed) == ([30], [30])
    assert observed.data.known.tolist() == [True]


def test_scrapes_in_the_wrong_order_are_suspected():
    assert "wrong order?" in said(read(after(130, 9), BEFORE))
    assert "wrong order?" not in said(read(BEFORE, after(130, 9)))


def test_labels_may_hold_anything_and_exemplars_are_no_samples():
    text = (
        "# TYPE a counter\n# odd comment\n"
        'a_total{code="200",path="/x} # \\"y\\" \\\\ \\n"} 5 # {trace="a b"} 1 1705881600.1\n'
        'a_total{code="500",} 1e0\n\n# EOF\n'
    )
    assert events(read(text)) == ([5], [6])


def test_gauges_sums_and_counts_do_not_count_unless_they_are_named():
    text = BEFORE.replace("# EOF", "# TYPE up gauge\nup 1\n# TYPE b histogram\nb_count 9\n# EOF")
    assert events(read(text)) == ([100], [107])
    columns = {"total": "b_count", "errors": "http_requests_total"}
    assert "do not belong together" in refusal(text, errors=None, columns=columns)


def test_older_text_without_types_or_end_is_read_with_a_warning():
    text = 'x_total{code="200"} 5 1705881600000\nx_total{code="500"} 2 1705881600000\n'
    assert is_openmetrics(text.encode())
    observed = read(text)
    assert events(observed) == ([5], [7])
    assert "does not end with # EOF" in said(observed)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"200"} 100', '"200" 100', "s0.txt:2:"),
        ('"200"} 100', '"200"} many', "s0.txt:2: 'many' is no number"),
        ('"200"} 100', '"200"} -1', "s0.txt:2: http_requests_total"),
        ('"200"} 100', '"200"} +Inf', "negative or infinite"),
        ('"200"} 100', '"200"} 1 soon', "'soon' is no time"),
        ('"500"} 7', '"200"} 7', "stands twice, first on line 2"),
        ("# EOF", "# EOF\nx 1", "text after # EOF"),
        ('"200"} 100', '"200"} NaN', ""),
    ],
)
def test_what_is_wrong_with_a_line_is_named(old, new, words):
    text = BEFORE.replace(old, new)
    if words:
        assert words in refusal(text)
    else:
        assert events(read(text)) == ([0], [7])


def test_a_file_that_holds_nothing_or_is_no_text_is_refused():
    assert "holds no sample" in refusal("# EOF\n")
    with pytest.raises(InputError, match="UTF-8"):
        read_openmetrics([ObservationFile("x", b"\xff\xfe")], ReadOptions())


def test_scrapes_are_recognised_and_tables_are_not():
    assert is_openmetrics(b"# HELP x y\n")
    assert not is_openmetrics(b'{"status": "success"}')
    assert not is_openmetrics(b"timestamp,good,total\n")
