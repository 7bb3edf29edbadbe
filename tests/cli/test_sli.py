"""The command ``sli``: options, screen, figure, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

SLO = Path(__file__).parents[1] / "data" / "slo"
MINUTES = SLO / "minutes_mixed_offsets.csv"
ROBOT = SLO / "uptimerobot_monitor.json"
JANUARY = ["--target", "99.9%", "--period", "2024-01"]


def said(capsys, *words):
    code = run(["sli", *map(str, words)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def document(capsys, *words):
    code, out, err = said(capsys, *words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_the_screen_shows_all_three_readings_side_by_side(capsys):
    code, out, err = said(capsys, MINUTES, "--target", "99%")
    lines = out.splitlines()
    assert code == 0
    assert all(len(line) <= 80 for line in lines)
    whole = " ".join(out.split())
    assert "2,880 minutes: 2,851 with traffic, 3 idle, 26 unknown (coverage 99.10%)" in whole
    assert "Events: 847,206 good of 852,811, 99.343%; target 99% met, burn rate 0.657" in whole
    assert "all requests fail 9 min 99.69% 98.78% 31% used -" in whole
    assert "more than 5% fail 1.07 h 97.78% 96.88% 222% used 23 Jan 01:22" in whole
    assert "lost share counts 27.4 min 99.05% 98.15% 95% used -" in whole
    assert "definition of downtime was not given, and it decides" in whole
    assert "557 good, 14 bad, 5 empty" in whole
    assert "No alert would fire now." in whole
    assert f"{MINUTES}:53: warning: 3 timestamps occur twice" in err


def test_the_definition_in_force_is_marked(capsys):
    _, out, _ = said(capsys, ROBOT, *JANUARY, "--downtime", "all_fail")
    assert "> total outage" in out
    assert "The budget is 44 min 38.4 s, > is in force." in out
    _, out, _ = said(capsys, ROBOT, *JANUARY)
    assert "all three readings agree: missed." in " ".join(out.split())


def test_the_screen_of_samples_shows_latencies(capsys):
    _, out, _ = said(capsys, SLO / "latency_samples.csv", "--target", "99%", "--threshold", "2s")
    assert "Latency: 5,386 within 2 s; half within 201 ms" in out
    assert "If downtime means" not in out


def test_the_screen_of_objectives_lists_them(capsys):
    _, out, _ = said(capsys, SLO / "sloth_getting_started.yml")
    assert out.startswith("Objective 'requests-availability' of myservice: 99.9% over 30 days")


def test_it_is_readable_without_unicode_and_narrow(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = said(capsys, MINUTES, "--target", "100%", "--exclude", "2024-01-22/2024-01-23")
    assert all(len(line) <= 60 for line in out.splitlines())
    assert "broken" in out


def test_parts_that_do_not_apply_are_null(capsys):
    found = document(capsys, ROBOT, *JANUARY)
    nulls = {key for key, value in found.items() if value is None}
    assert nulls == {
        "occurrence",
        "timeslice",
        "burn",
        "latency",
        "credit",
        "at_this_pace",
        "outlook",
        "rule",
    }
    assert found["schema"] == "impactcalc/sli/1"
    assert found["downtime"]["all_fail"]["exhausted_at"] == "2024-01-31T23:57:35.4Z"
    assert found["unknown_s"] == 7200


def test_the_straight_line_is_that_of_the_known_time(capsys):
    found = document(capsys, ROBOT, *JANUARY, "--downtime", "all_fail")
    pace = found["at_this_pace"]
    assert pace["availability"] == pytest.approx(1 - 2823 / (2678400 - 7200), rel=1e-12)
    assert pace["meets_target"] is False


def test_the_span_of_the_data_is_the_default_window(capsys):
    found = document(capsys, MINUTES, "--target", "99%")
    assert found["window"] == {"start": "2024-01-22T00:00:00Z", "end": "2024-01-24T00:00:00Z"}


def test_an_objective_gives_target_window_and_slices(capsys, tmp_path):
    objective = tmp_path / "slo.yaml"
    objective.write_text(
        (SLO / "openslo_timeslices.yaml").read_text().replace("duration: 1m", "duration: 1d")
        .replace("target: 0.99\n", "target: 0.99\n", 1)
    )  # fmt: skip
    code, _, err = said(capsys, MINUTES, objective)
    assert code == 2
    assert "2 objectives ('Internal objective', 'SLA'); say which target" in err
    found = document(capsys, MINUTES, objective, "--target", "99%")
    assert found["timeslice"]["slice_s"] == 60
    assert found["timeslice"]["slice_target"] == 0.99
    assert found["window"]["start"].endswith("T17:00:00Z")  # noon in New York
    sloth = document(capsys, MINUTES, SLO / "sloth_getting_started.yml")
    assert (sloth["target"], sloth["window"]["start"]) == (0.999, "2023-12-25T00:00:00Z")
    assert sloth["objectives"][0]["window"] == {"rolling_s": 2592000}


CONTRACT = """\
impactcalc: 1
sla:
  target: 99%
  period: {start: 2024-01-22, end: 2024-01-24}
  downtime: {definition: threshold, threshold: 5%, min_consecutive: 5}
  monthly_fee: 10 K USD
  excluded: 4 h
  credits: [{below: 99%, credit: 10%}, {below: 95%, credit: 25%}]
  claim: 30 d after the period
"""


def test_a_contract_gives_target_period_definition_and_credit(capsys, tmp_path):
    contract = tmp_path / "sla.yaml"
    contract.write_text(CONTRACT)
    found = document(capsys, MINUTES, contract)
    assert found["downtime"]["threshold"]["downtime_s"] == 3600
    assert found["credit"] == {
        "share": 0.1, "amount": 1000, "currency": "USD", "tier": 0.99,
        "claim_by": "2024-02-23T00:00:00Z",
    }  # fmt: skip
    assert any("--exclude START/END" in each["message"] for each in found["warnings"])
    _, out, _ = said(capsys, MINUTES, contract)
    assert "Credit: 10% of the fee, $1K; claim by 2024-02-23T00:00:00Z" in " ".join(out.split())


@pytest.mark.parametrize(
    ("old", "new", "credit"),
    [
        ("  monthly_fee: 10 K USD\n", "", {"share": 0.1, "amount": None, "currency": None}),
        ("claim: 30 d after the period", "claim: soon", {"claim_by": "soon"}),
        ("claim: 30 d after the period", "claim: x after the period", {"tier": 0.99}),
        ("  claim: 30 d after the period\n", "", {"claim_by": None}),
        ("claim:", "minimum: 2 K USD\n  claim:", {"share": 0, "amount": 0}),
        ("[{below: 99%, credit: 10%}, {below: 95%, credit: 25%}]", "[{below: 95%, credit: 25%}]",
         {"share": 0, "amount": 0, "tier": None}),
        ("[{below: 99%, credit: 10%}, {below: 95%, credit: 25%}]",
         "[{from: 98.5%, below: 99%, credit: 10%}]", {"share": 0.1}),
    ],
)  # fmt: skip
def test_what_a_contract_leaves_out_is_null(capsys, tmp_path, old, new, credit):
    contract = tmp_path / "sla.yaml"
    assert old in CONTRACT
    contract.write_text(CONTRACT.replace(old, new))
    found = document(capsys, MINUTES, contract)["credit"]
    assert {key: found[key] for key in credit} == credit


def test_calendar_and_rolling_periods_of_a_contract_are_kept(capsys, tmp_path):
    contract = tmp_path / "sla.yaml"
    fixed = "period: {start: 2024-01-22, end: 2024-01-24}"
    contract.write_text(CONTRACT.replace(fixed, "period: month\n  timezone: America/New_York"))
    assert document(capsys, MINUTES, contract)["window"]["start"] == "2024-01-01T05:00:00Z"
    contract.write_text(CONTRACT.replace(fixed, "period: 7 d"))
    assert document(capsys, MINUTES, contract)["window"]["start"] == "2024-01-17T00:00:00Z"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--downtime", "all_fail"], 0),
        (["--downtime", "threshold 5%"], 3),
        ([], 0),  # the events decide
    ],
)
def test_below_the_target_it_ends_with_3_when_asked(capsys, words, code):
    found, _, err = said(capsys, MINUTES, "--target", "99%", *words, "--fail-below-target")
    assert found == code
    assert ("the target is missed" in err) == (code == 3)


def test_readings_that_disagree_cannot_be_below_the_target(capsys):
    words = [SLO / "incidents_table.csv", *JANUARY, "--fail-below-target"]
    code, out, err = said(capsys, *words)
    assert (code, out) == (2, "")
    assert "the readings of downtime disagree" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--target", "999%"], "--target: '999%' lies outside 0% (excluded) to 100%; e.g. 99.9%"),
        (["--target", "99.9"], "--target: '99.9' is above 1 and has no percent sign"),
        (["--target", "0%"], "--target: '0%' lies outside"),
        (["--period", "soon"], "--period: 'soon' is no window"),
        (["--tz", "Mars"], "--tz: 'Mars' is no time zone"),
        (["--downtime", "threshold"], "--downtime: 'threshold' is no rule"),
        (["--downtime", "threshold 100%"], "--downtime: 'threshold 100%' lies outside"),
        (["--downtime", "all_fail 5%"], "--downtime: 'all_fail 5%' is no rule"),
        (["--columns", "good"], "--columns: 'good' is not ROLE=NAME"),
        (["--columns", "fine=x"], "--columns: 'fine=x' is not ROLE=NAME"),
        (["--threshold", "500"], "--threshold: '500' has no unit"),
        (["--slice", "1ms"], "--slice: '1ms' is too short for a slice"),
        (["--slice-target", "x"], "--slice-target: 'x' is not a number"),
        (["--min-consecutive", "0"], "--min-consecutive: '0' is no whole number from 1"),
        (["--min-events", "-1"], "--min-events: '-1' is no whole number"),
        (["--exclude", "2024"], "--exclude: '2024' is no span"),
        (["--as-of", "noon"], "--as-of: 'noon' is no time"),
        (["--incident-weight", "partial"], "--incident-weight: 'partial' is not STATE=SHARE"),
        (["--incident-weight", "partial=2%2"], "--incident-weight:"),
        (["--incident-weight", "partial=-10%"], "--incident-weight: 'partial=-10%' lies outside"),
        (["--format", "xlsx"], "--format: 'xlsx' is unknown; write one of csv"),
    ],
)
def test_a_wrong_option_is_named_with_its_value(capsys, words, message):
    code, out, err = said(capsys, MINUTES, "--target", "99%", *words)
    assert (code, out) == (2, "")
    assert message in err


def test_all_wrong_options_are_named_at_once(capsys):
    _, _, err = said(capsys, MINUTES, "--target", "9", "--tz", "x", "--slice", "y")
    assert len(err.splitlines()) == 3


def test_what_is_missing_is_asked_for(capsys, tmp_path):
    assert "--target is missing" in said(capsys, MINUTES)[2]
    contract = tmp_path / "sla.yaml"
    contract.write_text(CONTRACT)
    assert "no measurements; give a file of observations" in said(capsys, contract)[2]
    assert "there is no such file" in said(capsys, tmp_path / "none.csv", "--target", "9%")[2]
    code, _, err = said(capsys, tmp_path / "none", contract, contract, "--target", "9%")
    assert (code, "none: there is no such file" in err) == (2, True)
    assert "a second contract" in said(capsys, MINUTES, contract, contract)[2]


def test_a_window_without_observations_is_refused_with_the_datas_span(capsys):
    code, _, err = said(capsys, MINUTES, "--target", "99%", "--period", "2019-01")
    assert code == 2
    assert "no observation in the period 2019-01: the data go from 2024-01-22T00:00:00Z" in err


def test_maintenance_cannot_fill_the_window(capsys):
    words = ["--period", "2024-01-22", "--exclude", "2024-01-21/2024-01-24"]
    code, _, err = said(capsys, MINUTES, "--target", "99%", *words)
    assert (code, "--exclude: the excluded time fills the window" in err) == (2, True)


def test_kinds_are_not_mixed(capsys):
    code, _, err = said(capsys, MINUTES, ROBOT, "--target", "99%")
    assert code == 2
    assert "CSV or Parquet tables and monitor exports cannot be read as one" in err


def test_burn_rates_are_those_of_as_of(capsys):
    found = document(capsys, MINUTES, "--target", "99%", "--as-of", "2024-01-23T01:30Z")
    assert found["burn"]["as_of"] == "2024-01-23T01:30:00Z"
    assert found["burn"]["alerts"][0]["firing"] is True
    assert any("as of 2024-01-23T01:30:00Z" in each["message"] for each in found["warnings"])
    _, out, _ = said(capsys, MINUTES, "--target", "99%", "--as-of", "2024-01-23T01:30Z")
    assert "Alerts that fire now: 14.4 over 1h" in out


def test_standard_input_is_a_file_too(monkeypatch, capsys):
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MINUTES.read_bytes())))
    assert document(capsys, "-", "--target", "99%")["files"] == ["-"]


def test_a_kind_that_is_said_overrides_the_content(capsys, tmp_path):
    file = tmp_path / "x"
    file.write_bytes(MINUTES.read_bytes())
    assert document(capsys, file, "--target", "99%", "--format", "counts")["occurrence"]
    code, _, err = said(capsys, file, "--target", "99%", "--format", "statuspage")
    assert code == 2
    assert "x" in err


@pytest.mark.parametrize("file", [MINUTES, ROBOT])
def test_the_figure_is_a_picture_and_the_same_each_time(capsys, tmp_path, file):
    pictures = [tmp_path / "a.png", tmp_path / "b.png"]
    for picture in pictures:
        code, _, err = said(capsys, file, "--target", "99.9%", "--plot", picture)
        assert (code, f"wrote {picture}" in err) == (0, True)
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert pictures[0].read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("file", "plot", "message"),
    [
        (MINUTES, "x.svg", "is no PNG file"),
        (MINUTES, "none/x.png", "cannot be written"),
        (SLO / "latency_samples.csv", "x.png", "say nothing about downtime over time"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(capsys, tmp_path, file, plot, message):
    code, _, err = said(capsys, file, "--target", "99%", "--plot", tmp_path / plot)
    assert (code, message in err) == (2, True)


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from impactcalc.cli.guard import run; run(['sli', '--help']);"
        "heavy = {'numpy', 'duckdb', '_duckdb', 'pandas', 'matplotlib', 'pydantic', 'yaml',"
        " 'zoneinfo'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("budgeting", "code", "words"),
    [
        (("Occurrences", ""), 0, "99.343%; target 99% met"),
        (
            ("Timeslices", ", timeSliceTarget: 0.95, timeSliceWindow: 5m"), 3,
            "; target 99% missed",
        ),
        (
            ("RatioTimeslices", ", timeSliceWindow: 5m"), 0,
            "; mean of their ratios 99.0",
        ),
    ],
)  # fmt: skip
def test_the_objectives_own_method_decides(capsys, tmp_path, budgeting, code, words):
    method, more = budgeting
    text = (
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: a}\nspec:\n  service: b\n"
        "  indicator: {spec: {ratioMetric: {good: {}, total: {}}}}\n"
        "  timeWindow: [{duration: 2d, isRolling: true}]\n"
        f"  budgetingMethod: {method}\n  objectives: [{{target: 0.99{more}}}]\n"
    )
    file = tmp_path / "slo.yaml"
    file.write_text(text, "utf-8")
    assert said(capsys, file, MINUTES, "--fail-below-target")[0] == code
    assert words in " ".join(said(capsys, file, MINUTES)[1].split())
