"""``estimate`` with a history of incidents, from the command line to the answer."""

import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from impactcalc.cli.guard import run
from impactcalc.usecases import interface

DATA = Path(__file__).parents[1] / "data" / "incidents"
TEXT = str(Path(__file__).parents[2] / "scenarios" / "stratton.txt")
LENGTHS = [0.5, 1.2, 2.0, 3.5, 7.0, 0.8, 1.6, 30.0]  # hours
CASE = """
impactcalc: 1
incident: {id: A1, started: 2026-03-11T09:00Z, as_of: 2026-03-11T13:00Z, lost_share: 20%}
recovery: {stages: [{name: Repair, duration: history(all), status: in_progress, elapsed: 4 h}]}
business: {currency: USD, revenue_at_risk: 24 K USD/day}
"""
FEW = ["--trials", "256"]
CONTRACT = CASE + "sla: {target: 99.9%, downtime: all_fail}\n"


def table(lengths, category="network", month=1):
    rows = ["id,start_utc,resolved_utc,category"]
    for number, hours in enumerate(lengths):
        end = np.datetime64(f"2026-{month:02}-{number + 1:02}T00:00:00") + np.timedelta64(
            round(3600 * hours), "s"
        )
        rows.append(
            f"{category}{number},2026-{month:02}-{number + 1:02}T00:00:00Z,{end}Z,{category}"
        )
    return "\n".join(rows) + "\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    (tmp_path / "h.csv").write_text(table(LENGTHS), "utf-8")
    return tmp_path


def answer(capsys, *words):
    code = run(["estimate", *words, "--json"])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return json.loads(captured.out)


def law_of(lengths, median=4.0, sd=1.67):
    """MODEL.md section 2, "history given"."""
    y = np.log(lengths)
    n, mean, mu0 = y.size, y.mean(), math.log(median)
    k = 5 + n
    square = 5 * sd**2 + ((y - mean) ** 2).sum() + 5 * n / k * (mean - mu0) ** 2
    middle = (5 * mu0 + n * mean) / k
    return stats.t(k, middle, math.sqrt(square / k) * math.sqrt(1 + 1 / k))


def said(document, field):
    return next(one for one in document["assumptions"] if one["field"] == field)


@pytest.mark.usefixtures("here")
def test_the_recovery_is_students_law_given_what_has_elapsed(capsys):
    found = answer(capsys, "case.yaml", "--history", "h.csv")["recovery"]["full_recovery_h"]
    law = law_of(LENGTHS)
    rest = law.sf(math.log(4))
    for name, share in (("p25", 0.25), ("p50", 0.5), ("p90", 0.9)):
        assert found[name] == pytest.approx(math.exp(law.isf(rest * (1 - share))), rel=0.03)
    u = (np.arange(200_000) + 0.5) / 200_000
    mean = np.minimum(np.exp(law.isf(rest * (1 - u))), 2160).mean()
    assert found["mean"] == pytest.approx(mean, rel=0.05)


@pytest.mark.usefixtures("here")
def test_it_says_what_was_fitted_from_how_many_rows(capsys):
    found = said(
        answer(capsys, "case.yaml", "--history", "h.csv"), "recovery.stages.Repair.duration"
    )
    assert found["source"] == "h.csv: 8 ended"
    law = law_of(LENGTHS)
    low, high = (math.exp(each) for each in law.interval(0.9))
    assert found["value"] == (
        f"median {math.exp(law.median()):.2g} h ({60 * low:.2g} min to {high:.2g} h)"
    )
    assert "fitted to 8 incidents, with the shipped prior of all incidents" in found["why"]
    assert "lies beyond 90 days and is cut there" in found["why"]


def test_the_scenarios_own_history_lies_beside_it_and_the_option_goes_first(here, capsys):
    plain = answer(capsys, "case.yaml")
    (here / "sub").mkdir()
    (here / "sub" / "case.yaml").write_text(f"{CASE}history: own.csv\n", "utf-8")
    (here / "sub" / "own.csv").write_text(table([20.0] * 8), "utf-8")
    own = answer(capsys, "sub/case.yaml")
    asked = answer(capsys, "sub/case.yaml", "--history", "h.csv")
    medians = [each["recovery"]["full_recovery_h"]["p50"] for each in (plain, own, asked)]
    assert medians[1] > medians[0] > medians[2]
    path = "recovery.stages.Repair.duration"
    assert [said(each, path)["source"] for each in (own, asked)] == [
        "own.csv: 8 ended",
        "h.csv: 8 ended",
    ]
    digests = {each["run"]["inputs_sha256"] for each in (plain, own, asked)}
    assert len(digests) == 3


def test_a_category_is_fitted_alone_and_one_without_rows_keeps_its_prior(here, capsys):
    two = table(LENGTHS) + "".join(table([50.0] * 6, "power", 2).splitlines(keepends=True)[1:])
    (here / "h.csv").write_text(two, "utf-8")
    case = CASE.replace("history(all)", "history(power)")
    (here / "case.yaml").write_text(case, "utf-8")
    power = answer(capsys, "case.yaml", "--history", "h.csv")
    law = law_of([50.0] * 6, 24.0, 1.36)
    rest = law.sf(math.log(4))
    median = power["recovery"]["full_recovery_h"]["p50"]
    assert median == pytest.approx(math.exp(law.isf(rest / 2)), rel=0.03)
    (here / "case.yaml").write_text(case.replace("power", "database"), "utf-8")
    without = answer(capsys, "case.yaml", "--history", "h.csv")
    plain = answer(capsys, "case.yaml")
    assert without["recovery"]["full_recovery_h"] == plain["recovery"]["full_recovery_h"]
    warning = next(one for one in without["warnings"] if "has no incident of" in one["message"])
    assert warning["line"] == 4
    assert (
        "the shipped prior of 'database' is used (categories there: network, power)"
        in (warning["message"])
    )


def test_an_unknown_category_is_known_once_the_history_has_it(here, capsys):
    (here / "case.yaml").write_text(CASE.replace("history(all)", "history(network)"), "utf-8")
    (here / "h.csv").write_text(table(LENGTHS, "weather"), "utf-8")
    (here / "case.yaml").write_text(CASE.replace("history(all)", "history(weather)"), "utf-8")
    found = answer(capsys, "case.yaml", "--history", "h.csv")
    assert not [one for one in found["warnings"] if "prior" in one["message"]]
    assert "8 incidents of 'weather'" in said(found, "recovery.stages.Repair.duration")["why"]


def test_unusable_rows_are_listed_and_skipped(here, capsys):
    bad = "2026-02-01"
    with (here / "h.csv").open("a", encoding="utf-8") as file:
        file.write(f"8,{bad}T05:00Z,{bad}T03:00Z,network\n")
        file.write("9,2026-04-01T05:00Z,2026-04-01T07:00Z,network\n")
    found = answer(capsys, "case.yaml", "--history", "h.csv")
    words = [one["message"] for one in found["warnings"] if one["field"] == "history"]
    place = f"resolved_utc {bad}T03:00Z lies before start_utc {bad}T05:00Z"
    assert words == [
        f"h.csv:10: skipped: {place}; swap them",
        "h.csv: 1 incident began after the forecast: it is not used",
    ]
    assert said(found, "recovery.stages.Repair.duration")["source"] == "h.csv: 8 ended"


@pytest.mark.usefixtures("here")
def test_rows_from_memory_teach_nothing(capsys):
    found = answer(capsys, "case.yaml", "--history", str(DATA / "public_incidents.csv"))
    words = [one["message"] for one in found["warnings"] if "memory" in one["message"]]
    assert len(words) == 4


def test_the_incident_itself_teaches_nothing(here, capsys):
    plain = answer(capsys, "case.yaml", "--history", "h.csv")
    with (here / "h.csv").open("a", encoding="utf-8") as file:
        file.write("a1,2026-03-11T09:00Z,,network\n")
    own = answer(capsys, "case.yaml", "--history", "h.csv")
    assert own["recovery"] == plain["recovery"]


def test_incidents_that_still_run_lengthen_the_forecast(here, capsys):
    plain = answer(capsys, "case.yaml", "--history", "h.csv")
    with (here / "h.csv").open("a", encoding="utf-8") as file:
        file.write("b,2026-03-01T09:00Z,,network\n")
    found = answer(capsys, "case.yaml", "--history", "h.csv")
    assert (
        said(found, "recovery.stages.Repair.duration")["source"] == "h.csv: 8 ended, 1 still open"
    )
    medians = [each["recovery"]["full_recovery_h"]["p50"] for each in (plain, found)]
    assert medians[1] > medians[0]


def test_further_incidents_come_as_often_as_before(here, capsys):
    (here / "case.yaml").write_text(CONTRACT, "utf-8")
    status = ["--history", str(DATA / "github_status_incidents.csv")]
    as_of = ["--set", "incident.started=2024-12-11T09:00Z", "--as-of", "2024-12-11T13:00Z"]
    plain, found = (answer(capsys, "case.yaml", *as_of, *more) for more in ([], status))
    assert found["sla"]["breach_prob"]["value"] > 0.9 > plain["sla"]["breach_prob"]["value"]
    note = said(found, "sla.future")
    assert note["value"].startswith("12 a month, median ")
    assert "a negative binomial count (32 whole months with a variance of 2" in note["why"]
    # 20.46 days of 11.6 a month, each 2.6 h on average and a total outage
    down = found["sla"]["readings"]["all_fail"]
    plain_down = plain["sla"]["readings"]["all_fail"]
    less = plain_down["availability"]["mean"] - down["availability"]["mean"]
    assert 0.015 < less < 0.04
    (here / "case.yaml").write_text(
        CONTRACT.replace("all_fail}", "all_fail, future: {per_year: 0.001, duration: 1 min}}"),
        "utf-8",
    )
    stated = answer(capsys, "case.yaml", *as_of, *status)
    assert stated["sla"]["breach_prob"]["value"] < 0.01


def test_further_incidents_that_are_stated_may_leave_their_length_to_the_history(here, capsys):
    future = "all_fail, future: {per_year: 12, duration: history(network)}}"
    (here / "case.yaml").write_text(CONTRACT.replace("all_fail}", future), "utf-8")
    found = answer(capsys, "case.yaml", "--history", "h.csv")
    note = said(found, "sla.future.duration")
    assert "fitted to 8 incidents of 'network'" in note["why"]
    assert said(found, "sla.future")["value"].startswith("12 a year")


def test_a_history_of_what_is_to_come_teaches_nothing_and_says_so(here, capsys):
    (here / "h.csv").write_text(table(LENGTHS).replace("2026-01", "2027-01"), "utf-8")
    found = answer(capsys, "case.yaml", "--history", "h.csv")
    plain = answer(capsys, "case.yaml")
    assert found["recovery"] == plain["recovery"]
    words = [one["message"] for one in found["warnings"]]
    assert any("has no incident of 'all' before the forecast" in each for each in words)
    assert any("8 incidents began after the forecast: they are not used" in each for each in words)
    assert not any("changes nothing" in each for each in words)


@pytest.mark.usefixtures("here")
def test_a_text_has_its_further_incidents_from_a_history(capsys):
    found = answer(capsys, TEXT, "--history", str(DATA / "github_status_incidents.csv"))
    assert said(found, "sla.future")["source"].endswith("incidents.csv: 120 ended")


def test_a_history_that_nothing_asks_for_is_warned_of(here, capsys):
    (here / "case.yaml").write_text(CASE.replace("history(all)", "6 h"), "utf-8")
    found = answer(capsys, "case.yaml", "--history", "h.csv")
    assert "h.csv changes nothing: no stage asks for it" in found["warnings"][-1]["message"]


def test_columns_can_be_named(here, capsys):
    plain = answer(capsys, "case.yaml", "--history", "h.csv")
    renamed = table(LENGTHS).replace("start_utc", "opened").replace("resolved_utc", "shut")
    (here / "h.csv").write_text(renamed, "utf-8")
    columns = ["--columns", "start=opened,end=shut"]
    both = ["--columns", "start=opened,end=shut,category=kind"]
    (here / "kinds.csv").write_text(renamed.replace("category", "kind"), "utf-8")
    (here / "kinds.yaml").write_text(CASE.replace("history(all)", "history(network)"), "utf-8")
    kinds = answer(capsys, "kinds.yaml", "--history", "kinds.csv", *both)
    assert "8 incidents of 'network'" in said(kinds, "recovery.stages.Repair.duration")["why"]
    found = answer(capsys, "case.yaml", "--history", "h.csv", *columns)
    assert found["recovery"] == plain["recovery"]


def test_an_alternative_is_forecast_from_the_history_too(here, capsys):
    what_if = "what_if:\n  - {name: Same, set: {recovery.stages.Repair.duration: history(all)}}\n"
    (here / "case.yaml").write_text(f"{CASE}history: h.csv\n{what_if}", "utf-8")
    assert run(["whatif", "case.yaml", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["what_if"][0]
    assert (found["saving"]["p5"], found["saving"]["p95"]) == (0, 0)


@pytest.mark.parametrize(
    ("content", "said_"),
    [
        ("id,start_utc,resolved_utc\n1,x,y\n", "h.csv:2: start_utc: 'x' is no time"),
        ("id,start_utc,resolved_utc\n", "h.csv: no rows after the header"),
        ("a,b\n1,2\n", "h.csv:1: no column for the start of an incident"),
    ],
)
def test_a_history_that_cannot_be_used_is_exit_2(here, capsys, content, said_):
    (here / "h.csv").write_text(content, "utf-8")
    assert run(["estimate", "case.yaml", "--history", "h.csv"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said_ in captured.err


def test_the_history_of_a_scenario_is_no_news(here, capsys):
    (here / "case.yaml").write_text(f"{CASE}history: h.csv\n", "utf-8")
    assert run(["estimate", "case.yaml", "--out", "kept", "--quiet", *FEW]) == 0
    (kept,) = (here / "kept").iterdir()
    capsys.readouterr()
    later = ["--as-of", "2026-03-11T15:00Z", "--set", "recovery.stages.Repair.elapsed=6 h"]
    found = answer(capsys, "case.yaml", "--since", str(kept), *later, *FEW)
    notes = {one["part"]: one["note"] for one in found["changes"]}
    assert notes["corrected facts"] == "no fact differs"


def test_source_and_history_cannot_both_be_standard_input(capsys, monkeypatch):
    class Input:
        buffer = io.BytesIO(CASE.encode())

    monkeypatch.setattr("sys.stdin", Input)
    assert run(["estimate", "-", "--history", "-"]) == 2
    assert "'-' (standard input) can be read once; give --history a file" in capsys.readouterr().err


def test_from_python_a_history_is_a_parameter(here):
    answer = interface.estimate("case.yaml", history=here / "h.csv", trials=256)
    assert any(one.source.endswith("h.csv: 8 ended") for one in answer.assumptions)


@pytest.mark.usefixtures("here")
def test_a_missing_history_is_exit_2(capsys):
    assert run(["estimate", "case.yaml", "--history", "none.csv"]) == 2
    assert "none.csv: there is no such file" in capsys.readouterr().err
