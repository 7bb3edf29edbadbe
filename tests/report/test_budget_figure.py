"""The budget's burn-down: what is drawn of a level, looked at by its parts."""

import json
from pathlib import Path

import numpy as np
import pytest

from impactcalc.cli.guard import run
from impactcalc.cli.sli import Asked, read_request
from impactcalc.report.figures.budget import plot_budget
from impactcalc.report.level_words import chance_words, outlook_words
from impactcalc.usecases.sli import judge

MINUTES = Path(__file__).parents[1] / "data" / "slo" / "minutes_mixed_offsets.csv"


def level(**changes):
    words = dict.fromkeys(Asked._fields) | {
        "files": [MINUTES], "target": "99%", "exclude": [], "weight": [], "period": "2024-01"
    }  # fmt: skip
    return judge(read_request(Asked(**words | changes), history=True))


def course(ax, name):
    """Return hours and percent of a line."""
    (line,) = (each for each in ax.lines if each.get_gid() == name)
    return [np.asarray(each, dtype=float).tolist() for each in line.get_data()]


def parts(ax):
    return {each.get_gid() for each in (*ax.lines, *ax.collections) if each.get_gid()}


def test_the_fan_is_drawn_from_the_datas_end_to_the_periods_end():
    found = level(downtime="threshold 5%")
    ax = plot_budget(found)
    fans = {each for each in parts(ax) if each.startswith("fan")}
    assert fans == {"fan-threshold-p95", "fan-threshold-p75", "fan-threshold-p50"}
    hours, even = course(ax, "fan-threshold-p50")
    assert hours[0] == pytest.approx(23 * 24)  # the data end with 23 January
    assert hours[-1] == pytest.approx(31 * 24)
    allowed = 31 * 86400 / 100
    left = [100 * (1 - used / allowed) for used in found.outlook.used_s["threshold"]["p50"]]
    assert even == pytest.approx(left)
    hours, seen = course(ax, "left-threshold")
    assert hours[-1] <= 23 * 24
    assert seen[-1] == pytest.approx(even[0])
    assert "forecast" in ax.get_title(loc="left")


def test_without_a_definition_every_reading_has_its_fan():
    fans = {each for each in parts(plot_budget(level())) if each.startswith("fan")}
    assert len(fans) == 6  # half of the cases and the even chance: three whole fans hide each other


def test_a_target_of_everything_has_no_budget_to_burn():
    ax = plot_budget(level(target="100%", period=None))
    assert ax.get_title(loc="left") == "No error budget: a target of 100% allows nothing"
    assert ax.get_ylim()[0] < -100


def test_data_that_reach_the_end_have_no_fan():
    found = level(period=None)
    assert found.outlook is None
    assert outlook_words(found) == ""
    ax = plot_budget(found)
    assert not [each for each in parts(ax) if each.startswith("fan")]
    assert ax.get_title(loc="left") == "Error budget left, %"


def test_the_screen_and_the_document_say_the_chance(capsys):
    words = ["sli", str(MINUTES), "--target", "99%", "--period", "2024-01"]
    assert run([*words, "--downtime", "threshold 5%", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    ahead = document["outlook"]
    assert (ahead["from"], ahead["to"]) == ("2024-01-24T00:00:00Z", "2024-02-01T00:00:00Z")
    assert (ahead["incidents_seen"], ahead["further"]) == (3, "observed")
    chance = ahead["readings"]["threshold"]["breach_prob"]["value"]
    assert run([*words, "--downtime", "threshold 5%"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert f"Broken at 2024-02-01 00:00 UTC, by the 3 incidents seen so far: {chance:.0%}" in out
    assert "; at this pace 97.758%, missed." in out


def test_chances_are_never_surer_than_they_are():
    assert [chance_words(each) for each in (0.0, 0.0099, 0.01, 0.99, 0.999, 1.0)] == [
        "less than 1%", "less than 1%", "1%", "99%", "more than 99%", "already certain"
    ]  # fmt: skip


def test_without_an_incident_the_screen_says_that_nothing_is_known(capsys, tmp_path):
    quiet = tmp_path / "quiet.csv"
    quiet.write_text("timestamp,good,total\n2024-01-22T00:00:00Z,5,5\n")
    words = ["sli", str(quiet), "--target", "99%", "--period", "2024-01"]
    assert run([*words, "--plot", str(tmp_path / "a.png")]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "No incident was seen: nothing tells how the period ends at 2024-02-01 00:00 UTC." in out
    assert run([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outlook"] is None
