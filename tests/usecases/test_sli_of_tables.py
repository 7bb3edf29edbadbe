"""``sli`` on tables of counts, latencies and incidents: every expected figure, every refusal."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

SLO = Path(__file__).parents[1] / "data" / "slo"
FIVE = ["--downtime", "threshold 5%", "--slice", "5m", "--slice-target", "95%"]
READINGS = {"all_fail": "all_fail", "threshold": "threshold_1/20", "proportional": "proportional"}
MAINTENANCE = ["--exclude", "2024-01-22T10:00Z/2024-01-22T10:30Z"]
TABLES = [
    ("minutes_mixed_offsets", "minutes_mixed_offsets.csv", []),
    ("minutes_mixed_offsets.maintenance", "minutes_mixed_offsets.csv", MAINTENANCE),
    ("minutes_exact_bound", "minutes_exact_bound.csv", []),
    ("minutes_utc", "minutes_utc.parquet", []),
]
BAD = json.loads((SLO / "bad_inputs.json").read_text(encoding="utf-8"))


def expected(name):
    return json.loads((SLO / f"{name}.expected.json").read_text(encoding="utf-8"))


def said(capsys, *words):
    code = run(list(map(str, words)))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def level(capsys, file, wanted, *options):
    window = wanted.get("window") or wanted["period"]
    target = f"{float(Fraction(wanted['target'])) * 100:.10g}%"
    period = f"{window['start']}/{window['end']}"
    code, out, err = said(
        capsys, "sli", SLO / file, "--target", target, "--period", period, *options, "--json"
    )
    assert code == 0, err
    return json.loads(out)


def exactly(want):
    if isinstance(want, dict):
        want = float(Fraction(want["exact"])) if "exact" in want else want["value"]
    return pytest.approx(want, rel=1e-12, abs=1e-12) if isinstance(want, float) else want


@pytest.mark.parametrize(("name", "file", "options"), TABLES)
def test_a_table_of_minutes_gives_every_expected_figure(capsys, name, file, options):
    wanted = expected(name)
    found = level(capsys, file, wanted, *FIVE, *options)
    assert found["minutes"] == {key: wanted[f"{key}_minutes"] for key in found["minutes"]}
    assert found["coverage"] == exactly(wanted["coverage"])
    for key, want in wanted["occurrence"].items():
        assert found["occurrence"][key] == exactly(want), key
    for reading, source in READINGS.items():
        for key, want in wanted["downtime"][source].items():
            if key != "bad_minutes":
                assert found["downtime"][reading][key] == exactly(want), (reading, key)
    slices = wanted["timeslice_5m"]
    for key, want in slices.items():
        mine = key.replace("ratio_timeslices", "ratio")
        assert found["timeslice"][mine] == exactly(want if key != "slice_target" else 0.95), key


@pytest.mark.parametrize(("name", "file", "options"), TABLES)
def test_burn_rates_and_alerts_are_as_expected(capsys, name, file, options):
    wanted = expected(name)["burn"]
    found = level(capsys, file, expected(name), *FIVE, *options)["burn"]
    assert found["as_of"] == wanted["as_of"]
    for window, parts in wanted["windows"].items():
        for key, want in parts.items():
            assert found["windows"][window][key] == exactly(want), (window, key)
    fired = {float(each["factor"]): each["first_fired_at"] for each in wanted["first_fired"]}
    assert {each["factor"]: each["first_fired_at"] for each in found["alerts"]} == fired
    assert [each["firing"] for each in found["alerts"]] == [
        each["firing"] for each in wanted["alerts"]
    ]


@pytest.mark.parametrize(("name", "file", "options"), TABLES)
def test_only_runs_of_five_minutes_count_when_the_contract_says_so(capsys, name, file, options):
    wanted = expected(name)["downtime"]
    found = level(capsys, file, expected(name), *FIVE, *options, "--min-consecutive", "5")
    for reading in ("all_fail", "threshold"):
        for key, want in wanted[f"{READINGS[reading]}_min_5_consecutive"].items():
            if key != "bad_minutes":
                assert found["downtime"][reading][key] == exactly(want), (reading, key)


def test_doubled_instants_are_named_once_with_their_lines(capsys):
    wanted = expected("minutes_mixed_offsets")
    found = level(capsys, "minutes_mixed_offsets.csv", wanted)
    messages = [each["message"] for each in found["warnings"]]
    assert f"{wanted['warnings']['duplicate_instants']} timestamps occur twice" in messages[0]
    assert "lines 53, 1485, 1984" in messages[0]
    assert "2 rows stand after a later one" in messages[1]
    assert "26 min of the period are unknown" in messages[2]


@pytest.mark.parametrize("file", ["latency_samples.csv", "latency_samples.parquet"])
def test_latency_samples_give_every_expected_figure(capsys, file):
    wanted = expected("latency_samples")
    found = level(capsys, file, wanted, "--threshold", "2000ms", "--slice", "5m")
    for key in ("valid", "good", "bad", "sli", "burn_rate"):
        assert found["occurrence"][key] == exactly(wanted[key]), key
    for at, value in wanted["quantiles_of_present_latencies"].items():
        milliseconds = Fraction(value["nearest_rank_ms"]["exact"])
        assert found["latency"]["quantiles_s"][at] == float(milliseconds / 1000)
    slices = wanted["timeslice_5m"]
    for key in ("good", "bad", "empty", "sli_empty_excluded"):
        assert found["timeslice"][key] == exactly(slices[key])
    assert (found["minutes"], found["downtime"], found["coverage"]) == (None, None, None)


def test_an_incident_table_gives_every_expected_figure(capsys):
    wanted = expected("incidents_table")
    found = level(capsys, "incidents_table.csv", wanted, "--downtime", "threshold 5%")
    sources = READINGS | {"threshold": "threshold_0.05"}
    for reading, source in sources.items():
        for key, want in wanted["downtime"][source].items():
            assert found["downtime"][reading][key] == exactly(want), (reading, key)
    assert (found["occurrence"], found["burn"], found["timeslice"]) == (None, None, None)


@pytest.mark.parametrize("case", BAD, ids=[case["file"] for case in BAD])
def test_a_bad_input_is_refused_in_the_words_that_help(capsys, case):
    options = []
    if "[run with " in case["message"]:
        options = case["message"].split("[run with ")[1].rstrip("]").split()
    file = SLO / case["file"]
    words = ["check", file] if file.suffix == ".yaml" else ["sli", file, "--target", "99%"]
    code, out, err = said(capsys, *words, *options)
    assert (code, out) == (case["exit"], "")
    assert [text for text in case["stderr_must_contain"] if text not in err] == []
