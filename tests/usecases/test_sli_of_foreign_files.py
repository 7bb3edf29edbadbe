"""``sli`` on files of Prometheus, monitors and status pages: every expected figure."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

SLO = Path(__file__).parents[1] / "data" / "slo"
FIVE = ["--downtime", "threshold 5%", "--slice", "5m", "--slice-target", "95%"]
READINGS = {"all_fail": "all_fail", "threshold": "threshold_1/20", "proportional": "proportional"}


def expected(name):
    return json.loads((SLO / f"{name}.expected.json").read_text(encoding="utf-8"))


def sli(capsys, *words):
    code = run(["sli", *map(str, words), "--json"])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return json.loads(captured.out)


def asked(name, wanted):
    window = wanted.get("window") or wanted["period"]
    target = f"{float(Fraction(wanted['target'])) * 100:.10g}%"
    return [SLO / f"{name}.json", "--target", target,
            "--period", f"{window['start']}/{window['end']}"]  # fmt: skip


def same(got, want):
    if isinstance(want, dict):
        want = float(Fraction(want["exact"])) if "exact" in want else want["value"]
    if isinstance(want, float):
        return got == pytest.approx(want, rel=1e-9, abs=1e-9)
    return got == want


def differing(got, want, keys):
    return {key: (got[key], want[key]) for key in keys if not same(got[key], want[key])}


def test_the_counters_give_every_expected_figure(capsys):
    wanted = expected("prom_counters_3d")
    errors = ["--errors", 'code=~"5.."']
    document = sli(capsys, *asked("prom_counters_3d", wanted), *errors, *FIVE)
    minutes = {f"{key}_minutes": value for key, value in document["minutes"].items()}
    assert not differing(minutes, wanted, minutes)
    assert not differing(document["occurrence"], wanted["occurrence"], wanted["occurrence"])
    for reading, source in READINGS.items():
        keys = wanted["downtime"][source].keys() - {"bad_minutes"}
        assert not differing(document["downtime"][reading], wanted["downtime"][source], keys)
    slices = wanted["timeslice_5m"]
    keys = ("good", "bad", "empty", "sli_empty_excluded", "sli_empty_good", "sli_empty_bad")
    assert not differing(document["timeslice"], slices, keys)
    for window, burn in wanted["burn"]["windows"].items():
        assert same(document["burn"]["windows"][window]["burn_rate"], burn["burn_rate"])
    fired = {alert["factor"]: alert["first_fired_at"] for alert in document["burn"]["alerts"]}
    assert fired == {
        float(alert["factor"]): alert["first_fired_at"] for alert in wanted["burn"]["first_fired"]
    }
    assert {"3 counter resets", "11 gaps"} <= {
        warning["message"].split(":")[0].split(" (")[0] for warning in document["warnings"]
    }


@pytest.mark.parametrize(("source", "more"), [
    ("all_fail_min_5_consecutive", []), ("threshold_1/20_min_5_consecutive", FIVE[:2]),
])  # fmt: skip
def test_runs_of_at_least_five_minutes_are_counted_alone(capsys, source, more):
    wanted = expected("prom_counters_3d")
    options = ["--errors", 'code=~"5.."', "--min-consecutive", "5", *more]
    document = sli(capsys, *asked("prom_counters_3d", wanted), *options)
    reading = "all_fail" if source.startswith("all_fail") else "threshold"
    keys = wanted["downtime"][source].keys() - {"bad_minutes"}
    assert not differing(document["downtime"][reading], wanted["downtime"][source], keys)


def test_the_histogram_gives_every_expected_figure(capsys):
    wanted = expected("prom_histogram_6h")
    words = asked("prom_histogram_6h", wanted)
    document = sli(capsys, *words, "--threshold", f"{wanted['threshold_s']}s",
                   "--slice", "5m", "--slice-target", "90%")  # fmt: skip
    assert not differing(document["occurrence"], wanted, ("good", "valid", "sli", "burn_rate"))
    quantiles = wanted["quantiles_s"]
    assert not differing(document["latency"]["quantiles_s"], quantiles, quantiles)
    assert not differing(document["timeslice"], wanted["timeslice_5m"], ("good", "bad", "empty"))
    off = sli(capsys, *words, "--threshold", f"{wanted['threshold_off_bound_s']}s")
    keys = ("good_at_least", "good_at_most", "good_interpolated")
    assert not differing(off["latency"], wanted["off_bound"], keys)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("uptimerobot_monitor", []),
        ("pingdom_outage", []),
        (
            "statuspage_incidents",
            ["--component", "api1", "--exclude", "2024-05-11T09:30Z/2024-05-11T11:00Z"],
        ),
    ],
)
def test_a_monitor_gives_every_expected_figure(capsys, name, more):
    wanted = expected(name)
    document = sli(capsys, *asked(name, wanted), *more)
    assert document["unknown_s"] == wanted["unknown_s"]
    for reading, figures in wanted["downtime"].items():
        keys = figures.keys() - {"budget_gone_at_epoch_s", "whole_minutes_down"}
        assert not differing(document["downtime"][reading], figures, keys)


def test_the_pair_of_scrapes_gives_every_expected_figure(capsys):
    wanted = expected("scrape")
    pair = [SLO / "scrape.before.om.txt", SLO / "scrape.after.om.txt", "--target", "99%"]
    document = sli(capsys, *pair, "--errors", 'code=~"5.."')
    assert not differing(document["occurrence"], wanted["requests"], wanted["requests"])
    latency = sli(capsys, *pair, "--threshold", "500ms")
    wanted_latency = wanted["latency_le_0.5"]
    assert not differing(latency["occurrence"], wanted_latency, wanted_latency)
    assert same(latency["latency"]["quantiles_s"]["0.95"], wanted["p95_s"])


@pytest.mark.parametrize("name", ["openslo_occurrences.yaml", "sloth_getting_started.yml",
                                  "pyrra_latency.yaml"])  # fmt: skip
def test_objectives_alone_are_a_document_too(capsys, name):
    (wanted,) = expected(name.partition(".")[0])["objectives"]
    (got,) = sli(capsys, SLO / name)["objectives"]
    assert {key: got[key] for key in ("name", "service", "method", "indicator", "op")} == {
        key: wanted[key] for key in ("name", "service", "method", "indicator", "op")
    }
    assert got["target"] == float(wanted["target"])
    assert got["window"]["rolling_s"] == wanted["window"]["rolling_s"]


def test_a_refused_objective_leaves_with_2_and_its_line(capsys):
    assert run(["sli", str(SLO / "openslo_timeslices.yaml")]) == 2
    assert "openslo_timeslices.yaml:27:" in capsys.readouterr().err


def test_an_objective_gives_the_target_of_a_data_file(capsys):
    words = [SLO / "prom_counters_3d.json", SLO / "sloth_getting_started.yml"]
    document = sli(capsys, *words, "--errors", 'code=~"5.."')
    assert document["target"] == 0.999
