"""OpenSLO, Sloth and Pyrra: every expected file, and what the formats forbid."""

import json
from fractions import Fraction

import pytest

from impactcalc.domain.observation import Method, ObjectiveWindow
from impactcalc.errors import InputError
from impactcalc.intake.objectives import is_objectives, read_objectives
from impactcalc.intake.observation_file import ObservationFile
from tests.intake.objectives.documents import ALPHA, OPENSLO, PYRRA, SLO, SLOTH, read, refusal

FILES = sorted(
    file for start in ("openslo", "sloth", "pyrra") for file in SLO.glob(f"{start}_*.y*ml")
)


def expected_window(window):
    return ObjectiveWindow(rolling_s=Fraction(window["rolling_s"]))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_expected_file_comes_out(file):
    wanted = json.loads((SLO / f"{file.stem}.expected.json").read_text(encoding="utf-8"))
    source = ObservationFile(file.name, file.read_bytes())
    assert is_objectives(source.data)
    if wanted["refused_because"]:
        with pytest.raises(InputError) as caught:
            read_objectives(source)
        said = str(caught.value)
        assert all(words in said for words in ("MINUTE", *wanted["warnings_must_mention"]))
        return
    objectives, remarks = read_objectives(source)
    said = " ".join(remark.message for remark in remarks)
    assert all(words in said for words in wanted["warnings_must_mention"])
    for ours, theirs in zip(objectives, wanted["objectives"], strict=True):
        assert (ours.name, ours.service) == (theirs["name"], theirs["service"])
        assert ours.target == Fraction(theirs["target"])
        assert ours.window == expected_window(theirs["window"])
        assert (ours.method, ours.indicator) == (theirs["method"], theirs["indicator"])
        assert ours.op == theirs["op"]
        assert (ours.threshold is None) == (theirs["threshold"] is None)
        assert ours.threshold is None or ours.threshold == Fraction(theirs["threshold"])


def test_all_expected_files_are_there():
    assert len(FILES) == 4


def test_a_file_may_hold_several_documents_lists_and_others_beside():
    text = f"{OPENSLO}---\napiVersion: openslo/v1\nkind: Service\nmetadata: {{name: s}}\n---\n"
    both = text + "- " + "\n  ".join(PYRRA.splitlines()) + "\n---\n" + SLOTH
    objectives, _ = read(both)
    assert [one.name for one in objectives] == ["Good", "errors", "a"]
    listed = "kind: List\nitems:\n- " + "\n  ".join(PYRRA.splitlines())
    assert [one.name for one in read(listed)[0]] == ["errors"]


def test_json_is_yaml_too():
    text = json.dumps({
        "version": "prometheus/v1", "service": "w",
        "slos": [{"name": "a", "objective": 95, "sli": {"plugin": {"id": "p"}}}],
    })  # fmt: skip
    assert is_objectives(text.encode())
    assert read(text)[0][0].target == Fraction(19, 20)


def test_scenarios_are_no_objectives():
    assert not is_objectives(b"impactcalc: 1\nsla: {target: 99.9%}\n")
    assert not is_objectives(b"apiVersion: apps/v1\nkind: Deployment\n")


@pytest.mark.parametrize(
    ("method", "more", "slice_target", "slice_s"),
    [
        ("Timeslices", "timeSliceTarget: 0.95, timeSliceWindow: 5m", Fraction(19, 20), 300),
        ("RatioTimeslices", "op: gt, timeSliceWindow: 1m", None, 60),
    ],
)
def test_time_slices_have_a_length_and_perhaps_a_target(method, more, slice_target, slice_s):
    text = OPENSLO.replace("Occurrences", method).replace("0.99}", f"0.99, {more}}}")
    ((only,), _) = read(text)
    assert (only.method.value, only.op) == (
        {"Timeslices": "timeslices", "RatioTimeslices": "ratio_timeslices"}[method], None,
    )  # fmt: skip
    assert (only.slice_target, only.slice_s) == (slice_target, slice_s)


def test_a_target_may_be_a_percentage_and_a_name_may_be_missing():
    text = OPENSLO.replace("displayName: Good, target: 0.99", "targetPercent: 99.95")
    ((only,), _) = read(text)
    assert (only.target, only.name) == (Fraction(1999, 2000), None)


@pytest.mark.parametrize(
    ("duration", "unit"), [("1M", "month"), ("1w", "week"), ("1d", "day"), ("2Q", "quarter")]
)
def test_calendar_periods_start_where_the_document_says(duration, unit):
    calendar = "{startTime: 2022-01-01 12:00:00, timeZone: America/New_York}"
    text = OPENSLO.replace(
        "duration: 4w, isRolling: true", f"duration: {duration}, calendar: {calendar}"
    )
    window = read(text)[0][0].window
    assert window.rolling_s is None
    assert (window.unit, window.zone, window.start) == (
        unit, "America/New_York", "2022-01-01T12:00:00",
    )  # fmt: skip


def test_a_rolling_month_is_thirty_days_and_that_is_said():
    objectives, remarks = read(OPENSLO.replace("4w", "1M"))
    assert objectives[0].window.rolling_s == 30 * 86_400
    assert "no fixed length" in remarks[0].message


def test_an_indicator_may_be_another_document_of_the_file():
    text = OPENSLO.replace(
        "indicator: {spec: {ratioMetric: {good: {}, total: {}}}}", "indicatorRef: latency"
    ).replace("target: 0.99", "target: 0.99, op: lte, value: 2.5")
    sli = "---\napiVersion: openslo/v1\nkind: SLI\nmetadata: {name: latency}\n"
    found, _ = read(text + sli + "spec: {thresholdMetric: {metricSource: {}}}\n")
    assert (found[0].indicator, found[0].op, found[0].threshold) == (
        "threshold", "lte", Fraction(5, 2),
    )  # fmt: skip
    alone, remarks = read(text)
    assert alone[0].indicator == "threshold"
    assert "'latency' is not in this file" in remarks[0].message
    ratio, _ = read(text + sli + "spec: {ratioMetric: {}}\n")
    assert ratio[0].indicator == "ratio"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("target: 0.99", "target: 1", "'1' lies outside 0 to 1"),
        ("target: 0.99", "target: 99.9", "write targetPercent: 99.9"),
        ("target: 0.99", "target: 99%", "targetPercent: 99"),
        ("target: 0.99", "targetPercent: 100", "'100' lies outside"),
        ("target: 0.99", "target: 0.9, targetPercent: 90", "both written"),
        ("target: 0.99", "op: lt", "'target' is missing"),
        ("budgetingMethod: Occurrences", "x: y", "'budgetingMethod' is missing"),
        ("Occurrences", "Timeslices", "'timeSliceTarget' is missing"),
        ("Occurrences", "Occurrence", "did you mean 'Occurrences'?"),
        ("4w", "28 days", "'28 days' is no duration of OpenSLO"),
        ("isRolling: true", "isRolling: false", "there is no calendar"),
        ("isRolling: true", "isRolling: true, calendar: {}", "beside isRolling: true"),
        ("4w, isRolling: true}", "4w, isRolling: true}, {duration: 1w}", "holds 2 windows"),
        ("timeWindow", "timeWindows", "'timeWindow' is missing"),
        ("good: {}, total: {}}}}", "good: {}}, thresholdMetric: {}}}", "holds both"),
        ("ratioMetric", "ratio", "holds neither"),
        ("indicator:", "indicatorRef: x\n  indicator:", "both written"),
        ("  service: web-shop\n", "", "'service' is missing"),
        ("[{displayName: Good, target: 0.99}]", "[]", "is empty"),
        ("openslo/v1", "openslo/v3", "'openslo/v3 SLO' is not known"),
        ("kind: SLO", "kind: Slo", "is not known"),
    ],
)
def test_what_openslo_forbids_is_refused(old, new, words):
    said = refusal(OPENSLO.replace(old, new))
    assert words in said
    assert said.startswith("x.yaml:")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("timeSliceTarget: 1.01, timeSliceWindow: 1m", "'1.01' lies outside 0 (excluded) to 1"),
        ("timeSliceTarget: 0.9, timeSliceWindow: 1M", "'1M' is no length of a time slice"),
        ("timeSliceTarget: 0.9", "'timeSliceWindow' is missing"),
    ],
)
def test_a_time_slice_is_short_and_its_target_a_share(more, words):
    text = OPENSLO.replace("Occurrences", "Timeslices")
    assert words in refusal(text.replace("target: 0.99", f"target: 0.99, {more}"))


def test_an_indicator_is_neither_missing_nor_a_text():
    whole = "indicator: {spec: {ratioMetric: {good: {}, total: {}}}}"
    assert "'indicator' is missing" in refusal(OPENSLO.replace(f"  {whole}\n", ""))
    assert "keys are wanted" in refusal(OPENSLO.replace(whole, "indicator: x"))
    assert "'sli' is missing" in refusal(
        SLOTH.replace(", sli: {events: {error_query: x, total_query: y}}", "")
    )


def test_a_threshold_needs_operator_and_value_and_stands_alone():
    text = OPENSLO.replace("ratioMetric: {good: {}, total: {}}", "thresholdMetric: {}")
    assert "'op' is missing" in refusal(text)
    assert "'value' is missing" in refusal(text)
    two = text.replace(
        "[{displayName: Good, target: 0.99}]",
        "[{op: lt, value: 1, target: 0.9}, {op: lt, value: 2, target: 0.99}]",
    )
    assert "takes one objective" in refusal(two)
    assert "did you mean 'lte'?" in refusal(two.replace("op: lt,", "op: lteq,"))


@pytest.mark.parametrize(
    ("calendar", "words"),
    [
        ("{startTime: 2022-01-01 12:00:00}", "'timeZone' is missing"),
        ("{startTime: noon, timeZone: UTC}", "'noon' is no time"),
        ("{startTime: 2022-01-01T12:00:00Z, timeZone: UTC}", "has an offset"),
        ("{startTime: 2022-01-01, timeZone: Europe/Berlim}", "Europe/Berlin"),
    ],
)
def test_a_calendar_needs_a_wall_time_and_a_zone(calendar, words):
    text = OPENSLO.replace("isRolling: true", f"calendar: {calendar}").replace("4w", "1M")
    assert words in refusal(text)


def test_hours_cannot_be_calendar_aligned_either():
    calendar = "{startTime: 2022-01-01, timeZone: UTC}"
    text = OPENSLO.replace("4w, isRolling: true", f"24h, calendar: {calendar}")
    assert "did you mean 24M?" in refusal(text)


def test_the_older_version_is_read_with_a_warning():
    objectives, remarks = read(ALPHA)
    assert objectives[0][:6] == (
        None, "web-shop", Fraction(999, 1000), ObjectiveWindow(rolling_s=Fraction(2_592_000)),
        Method.OCCURRENCES, "ratio",
    )  # fmt: skip
    assert "v1alpha" in remarks[0].message
    assert "read as Occurrences" in remarks[1].message


def test_the_older_version_has_thresholds_and_calendars_too():
    text = ALPHA.replace(
        "{count: 30, unit: Day}",
        "{count: 1, unit: Week, isRolling: false, calendar: "
        "{startTime: 2022-01-01 12:00:00, timeZone: UTC}}",
    ).replace(
        "spec:\n", "spec:\n  budgetingMethod: Occurrences\n  indicator: {thresholdMetric: {}}\n"
    )
    text = text.replace("target: 0.999", "target: 0.999, op: gt, value: 200.0")
    objectives, remarks = read(text)
    assert (objectives[0].op, objectives[0].threshold) == ("gt", 200)
    assert objectives[0].window.unit == "week"
    assert any("unit of 200.0 is not stated" in remark.message for remark in remarks)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("count: 30", "count: 0", "'0' is no length"),
        ("unit: Day", "unit: Fortnight", "'fortnight' is not known"),
        ("[{count: 30, unit: Day}]", "[]", "holds 0 windows"),
        ("spec:", "spek:", "'spec' is missing"),
        (
            "unit: Day",
            "unit: Hour, calendar: {startTime: 2022-01-01, timeZone: UTC}",
            "cannot be calendar-aligned",
        ),
    ],
)
def test_what_the_older_version_forbids_is_refused(old, new, words):
    assert words in refusal(ALPHA.replace(old, new))


def test_the_older_version_says_no_length_of_slices_and_takes_several_thresholds():
    text = ALPHA.replace(
        "spec:\n", "spec:\n  budgetingMethod: Timeslices\n  indicator: {thresholdMetric: {}}\n"
    ).replace(
        "{target: 0.999, ratioMetrics: {good: {}, total: {}}}",
        "{target: 0.9, op: lt, value: 2, timeSliceTarget: 0.95}, "
        "{target: 0.99, op: lt, value: 9, timeSliceTarget: 0.9}",
    )
    objectives, remarks = read(text)
    assert [(each.slice_s, each.slice_target) for each in objectives] == [
        (None, Fraction(19, 20)), (None, Fraction(9, 10))
    ]  # fmt: skip
    assert any("--slice says it" in remark.message for remark in remarks)


@pytest.mark.parametrize(("written", "seconds"), [("5", 300), ("1.5", 90), ("2h", 7200)])
def test_a_bare_length_of_slices_is_in_minutes(written, seconds):
    text = OPENSLO.replace("Occurrences", "RatioTimeslices").replace(
        "target: 0.99", f"target: 0.99, timeSliceWindow: {written}"
    )
    assert read(text)[0][0].slice_s == seconds


def test_a_month_of_the_older_version_rolls_thirty_days():
    objectives, remarks = read(ALPHA.replace("count: 30, unit: Day", "count: 2, unit: months"))
    assert objectives[0].window.rolling_s == 60 * 86_400
    assert any("no fixed length" in remark.message for remark in remarks)


def test_a_file_without_an_objective_is_refused():
    service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: s}\n"
    assert "holds no objective" in refusal(service)
    assert "has neither apiVersion nor version" in refusal("a: b\n")
    assert "indicator" in refusal(
        OPENSLO.replace("{spec: {ratioMetric: {good: {}, total: {}}}}", "{}")
    )
    assert "'spec' is missing" in refusal("apiVersion: openslo/v1\nkind: SLO\n")
