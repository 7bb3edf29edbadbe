"""``estimate`` with measurements, from the command line to the answer."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

FEW = ["--trials", "256"]
START = datetime(2026, 3, 11, tzinfo=UTC)
CASE = """
impactcalc: 1
incident: {started: 2026-03-11T09:00Z, as_of: 2026-03-11T13:00Z, lost_share: 20%}
recovery: {stages: [{name: Repair, duration: 6 h, status: in_progress, elapsed: 4 h}]}
business: {currency: USD, revenue_at_risk: 24 K USD/day}
sla: {target: 99.9%, downtime: {definition: threshold, threshold: 30%, min_consecutive: 3}}
"""
LATENCY = """
impactcalc: 1
incident:
  started: 2026-03-11T09:00Z
  as_of: 2026-03-11T13:00Z
  priority: high
  latency: {normal: 1 s, now: 2 s}
business: {currency: USD, revenue_at_risk: 24 K USD/day}
"""


def minutes(path, first, last, bad, total=100):
    """Write a row a minute between two hours of the day."""
    rows = ["timestamp,good,total"]
    for minute in range(round(first * 60), round(last * 60)):
        moment = START + timedelta(minutes=minute)
        rows.append(f"{moment:%Y-%m-%dT%H:%MZ},{total - bad},{total}")
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return str(path)


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE, "utf-8")
    return str(path)


def document(capsys, *words):
    assert run(["estimate", *words, *FEW, "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return json.loads(captured.out)


def refusal(capsys, *words):
    assert run(["estimate", *words, *FEW]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_measured_shares_make_the_answer_with_file_and_span_as_their_source(capsys, case, tmp_path):
    file = minutes(tmp_path / "requests.csv", 9, 13, 50)
    found = document(capsys, case, "--observations", file)
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(2000)
    assert found["customer"]["avoidable"]["mean"] == pytest.approx(1000)
    assert found["sla"]["budget"]["consumed_s"] == pytest.approx(4 * 3600)
    assert found["sla"]["coverage"] == pytest.approx(4 / 253)
    assert found["lost_share"]["way"] == "observed"
    source = f"{file}, 2026-03-11T09:00:00Z to 2026-03-11T13:00:00Z"
    shown = found["scenario"]["incident"]
    assert shown["lost_share"] == {"value": "50% when last measured", "source": source}
    assert shown["observed"] == {
        "known_h": {"value": 4, "source": source},
        "lost_h": {"value": 2, "source": source},
    }
    measured = [one for one in found["assumptions"] if one["field"] == "incident.lost_share"]
    assert [one["source"] for one in measured] == [source]


def test_a_disagreement_with_the_text_is_a_check(capsys, case, tmp_path):
    found = document(capsys, case, "--observations", minutes(tmp_path / "requests.csv", 9, 13, 50))
    (check,) = found["checks"]
    assert (check["kind"], check["lines"]) == ("observations disagree", [3])


def test_several_files_are_read_as_one(capsys, case, tmp_path):
    files = [minutes(tmp_path / "a.csv", 9, 11, 50), minutes(tmp_path / "b.csv", 11, 13, 25)]
    words = [word for file in files for word in ("--observations", file)]
    found = document(capsys, case, *words)
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(1500)


def test_the_scenario_names_files_beside_itself_and_the_option_goes_first(
    capsys, tmp_path, monkeypatch
):
    folder = tmp_path / "cases"
    folder.mkdir()
    minutes(folder / "requests.csv", 9, 13, 50)
    path = folder / "case.yaml"
    path.write_text(f"{CASE}observations: [requests.csv]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    here = document(capsys, "cases/case.yaml")
    assert here["customer"]["already_lost"]["mean"] == pytest.approx(2000)
    monkeypatch.chdir(folder)
    there = document(capsys, "case.yaml")
    for answer in (here, there):
        del answer["run"]["seconds"]
    assert here == there
    other = minutes(tmp_path / "other.csv", 9, 13, 25)
    found = document(capsys, "case.yaml", "--observations", other)
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(1000)
    assert found["run"]["inputs_sha256"] != here["run"]["inputs_sha256"]


def test_the_contracts_own_rule_counts_the_downtime(capsys, case, tmp_path):
    lines = Path(minutes(tmp_path / "requests.csv", 9, 13, 0)).read_text("utf-8").splitlines()
    for minute in (10, 11, 30, 31, 32):  # two in a row are too few, three are enough
        lines[1 + minute] = lines[1 + minute].replace(",100,100", ",50,100")
    (tmp_path / "requests.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found = document(capsys, case, "--observations", str(tmp_path / "requests.csv"))
    readings = found["sla"]["readings"]
    assert readings["threshold"]["consumed_s"] == pytest.approx(180)
    assert readings["proportional"]["consumed_s"] == pytest.approx(150)
    assert found["warnings"] == []
    (counted,) = [one for one in found["assumptions"] if one["field"] == "sla.downtime"]
    assert "runs of 3" in counted["value"]


def test_measurements_after_the_forecast_are_left_out_with_a_warning(capsys, case, tmp_path):
    found = document(capsys, case, "--observations", minutes(tmp_path / "requests.csv", 9, 15, 50))
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(2000)
    (warning,) = found["warnings"]
    assert "give a later --as-of" in warning["message"]


def test_an_incident_table_tells_states(capsys, case, tmp_path):
    table = tmp_path / "incidents.csv"
    table.write_text(
        "started_at,resolved_at,lost_share\n"
        "2026-03-05T10:00Z,2026-03-05T11:00Z,100%\n"
        "2026-03-11T09:00Z,,40%\n",
        "utf-8",
    )
    found = document(capsys, case, "--observations", str(table))
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(1600)
    assert found["sla"]["readings"]["all_fail"]["consumed_s"] == pytest.approx(3600)
    assert found["sla"]["coverage"] == 1


def test_latency_samples_give_the_response_time(capsys, tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(LATENCY, "utf-8")
    rows = ["timestamp,latency_s"]
    rows += [
        f"{START + timedelta(hours=9, seconds=second):%Y-%m-%dT%H:%M:%SZ},{5 + second % 11}"
        for second in range(1100)
    ]
    samples = tmp_path / "samples.csv"
    samples.write_text("\n".join(rows) + "\n", "utf-8")
    found = document(capsys, str(path), "--observations", str(samples))
    now = found["scenario"]["incident"]["latency"]["now"]
    assert now["value"] == "lognormal(10 s, 14 s)"
    assert now["source"].startswith(str(samples))
    told = document(capsys, str(path))
    assert found["lost_share"]["now"]["mean"] > 2 * told["lost_share"]["now"]["mean"]
    words = [one["field"] for one in found["assumptions"]]
    assert "incident.latency.now" in words


def test_with_a_threshold_slow_responses_are_lost_work(capsys, case, tmp_path):
    samples = tmp_path / "samples.csv"
    rows = [f"2026-03-11 {9 + n // 60:02}:{n % 60:02},{2 if n % 4 else 9}" for n in range(240)]
    samples.write_text("\n".join(["timestamp,latency_s", *rows]) + "\n", "utf-8")
    words = ["--observations", str(samples), "--threshold", "5 s", "--tz", "UTC"]
    found = document(capsys, case, *words)
    assert found["lost_share"]["way"] == "observed"
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(1000, rel=0.01)
    assert "observations.threshold" in [one["field"] for one in found["assumptions"]]


DATA = Path(__file__).parents[1] / "data" / "slo"


@pytest.mark.parametrize(
    ("name", "words", "warning"),
    [
        ("prom_counters_3d.json", ["--errors", 'code=~"5.."'], "3 counter resets"),
        ("prom_histogram_6h.json", ["--threshold", "500ms"], "1 counter reset"),
        ("statuspage_incidents.json", [], "the measurements go on after"),
    ],
)
def test_other_formats_and_their_warnings_come_through(capsys, name, words, warning):
    found = document(capsys, "--example", "--observations", str(DATA / name), *words)
    assert found["lost_share"]["way"] == "observed"
    assert 0 < found["sla"]["coverage"] <= 1
    assert any(warning in one["message"] for one in found["warnings"])
    assert {one["field"] for one in found["warnings"] if warning in one["message"]} == {
        "observations"
    }


def test_response_times_of_another_time_are_refused(capsys, tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(LATENCY, "utf-8")
    samples = tmp_path / "samples.csv"
    samples.write_text("timestamp,latency_s\n2026-03-10T10:00Z,5\n2026-03-10T10:01Z,6\n", "utf-8")
    assert "no response time was measured" in refusal(
        capsys, str(path), "--observations", str(samples)
    )


def test_response_times_need_the_normal_one(capsys, tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(LATENCY.replace("  latency: {normal: 1 s, now: 2 s}\n", ""), "utf-8")
    samples = tmp_path / "samples.csv"
    samples.write_text("timestamp,latency_s\n2026-03-11T10:00Z,5\n2026-03-11T10:01Z,6\n", "utf-8")
    found = document(capsys, str(path), "--observations", str(samples))
    assert any("write incident.latency.normal" in one["message"] for one in found["warnings"])


def test_idle_time_loses_nothing_and_says_so(capsys, case, tmp_path):
    file = tmp_path / "requests.csv"
    text = Path(minutes(file, 9, 13, 50)).read_text("utf-8").splitlines()
    text[1:61] = [line.replace(",50,100", ",0,0") for line in text[1:61]]
    file.write_text("\n".join(text) + "\n", "utf-8")
    found = document(capsys, case, "--observations", str(file))
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(1500)
    assert "incident.lost_share/idle_time" in [one["field"] for one in found["assumptions"]]


def test_columns_are_named_as_for_the_service_level(capsys, case, tmp_path):
    file = tmp_path / "odd.csv"
    text = Path(minutes(tmp_path / "requests.csv", 9, 13, 50)).read_text("utf-8")
    file.write_text(text.replace("good,total", "fine,everything"), "utf-8")
    words = ["--observations", str(file), "--columns", "good=fine,total=everything"]
    found = document(capsys, case, *words)
    assert found["customer"]["already_lost"]["mean"] == pytest.approx(2000)


def test_what_is_said_about_measurements_needs_some(capsys, case):
    assert "give --observations FILE" in refusal(capsys, case, "--threshold", "5 s")
    wrong = refusal(capsys, case, "--tz", "Nowhere/X", "--threshold", "5x")
    assert wrong.count("\n") == 2


def test_response_times_beside_a_stated_share_are_said_to_move_nothing(capsys, case, tmp_path):
    samples = tmp_path / "samples.csv"
    samples.write_text("timestamp,latency_s\n2026-03-11T10:00Z,5\n2026-03-11T10:01Z,6\n", "utf-8")
    found = document(capsys, case, "--observations", str(samples))
    assert any("do not move the lost share" in one["message"] for one in found["warnings"])


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((14, 15), "no time is known from 2026-03-01T00:00:00Z to 2026-03-11T13:00:00Z"),
        ((-400, -399), "the data go from 2026-02-22T08:00:00Z to 2026-02-22T09:00:00Z"),
    ],
)
def test_measurements_of_another_time_are_refused(capsys, case, tmp_path, hours, words):
    file = minutes(tmp_path / "requests.csv", hours[0], hours[1], 50)
    said = refusal(capsys, case, "--observations", file)
    assert said.startswith(f"{file}: ")
    assert words in said


def test_files_without_measurements_are_refused(capsys, case, tmp_path):
    said = refusal(capsys, case, "--observations", case)
    assert "holds no measurements" in said
    missing = refusal(capsys, case, "--observations", str(tmp_path / "none.csv"))
    assert "none.csv" in missing


def test_measurements_belong_to_one_source(capsys, case, tmp_path):
    file = minutes(tmp_path / "requests.csv", 9, 13, 50)
    said = refusal(capsys, case, case, "--observations", file)
    assert "--observations belong to one incident" in said


def test_the_page_and_the_line_are_said_from_measurements_too(capsys, case, tmp_path):
    file = minutes(tmp_path / "requests.csv", 9, 13, 50)
    assert run(["estimate", case, "--observations", file, *FEW]) == 0
    page = capsys.readouterr().out
    assert max(len(line) for line in page.splitlines()) <= 80
    assert run(["estimate", case, "--observations", file, *FEW, "--summary"]) == 0
    assert len(capsys.readouterr().out) <= 256


def test_without_measurements_no_reader_is_loaded(case):
    code = (
        "import sys; from impactcalc.cli.guard import run; "
        f"run(['estimate', {case!r}, '--trials', '32', '--quiet']); "
        "heavy = ('duckdb', 'impactcalc.intake.observations', 'impactcalc.models.measured', "
        "'impactcalc.models.sli'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    assert found.stdout.strip() == "[]"
