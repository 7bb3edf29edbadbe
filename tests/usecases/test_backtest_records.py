"""``backtest DIR`` from the command line, in one process, and what estimates say of it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from impactcalc.cli.guard import run
from impactcalc.domain.record import TRACK_FILE
from impactcalc.usecases.estimate import estimate, write
from impactcalc.usecases.request import Request

START = datetime(2026, 5, 4, tzinfo=UTC)
CASE = """
impactcalc: 1
incident: {{id: T{number}, started: "{start}", as_of: "{start}", lost_share: 40%}}
recovery: {{stages: [{{name: Repair, duration: "lognormal(3 h, 12 h)"}}]}}
business: {{currency: EUR, revenue_at_risk: 24 K EUR/day}}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give three estimates."""
    source = tmp_path_factory.mktemp("case") / "case.yaml"
    answers = []
    for number in range(3):
        start = START + timedelta(days=number)
        source.write_text(CASE.format(number=number, start=start.isoformat()), "utf-8")
        answers.append(estimate(str(source), Request(trials=512), start))
    return answers


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    """Give a folder of their records, and of what came true of two of them."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "reports"
    write(made, (), place)
    lines = ["id,as_of,ended,loss", "T0,2026-05-04T00:00Z,2026-05-04T05:00Z,2 K EUR", "T1,,,900"]
    (place / "actuals.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return place


def said(capsys, *words):
    code = run(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.usefixtures("folder")
def test_a_folder_is_scored_against_what_came_true(capsys, made):
    code, out, err = said(capsys, "backtest", "reports", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["schema"] == "impactcalc/backtest/1"
    assert (found["incidents"], found["scored"], found["forecasts"]) == (3, 1, 1)
    assert found["verdict"] == "too few to judge"
    (ends,) = found["at"]
    rest = made[0].recovery.remaining_h
    assert ends["n"] == 1
    assert ends["bias_h"] == pytest.approx(rest.p50 - 5.0)
    assert ends["width80_h"] == pytest.approx(rest.p90 - rest.p10)
    assert ends["coverage"]["80"] == float(rest.p10 <= 5 <= rest.p90)
    losses = [made[0].customer.total, made[1].customer.total]
    assert found["loss"]["n"] == 2
    middle = (losses[0].p50 - 2000 + losses[1].p50 - 900) / 2
    assert found["loss"]["bias"] == pytest.approx(middle)
    assert f"wrote reports/{TRACK_FILE}" in err


@pytest.mark.usefixtures("folder")
def test_the_screen_says_that_few_are_too_few(capsys):
    code, out, _ = said(capsys, "backtest", "reports")
    assert code == 0
    assert out.startswith("Too few to judge: 1 of the 30 incidents that are needed\n")
    assert "reports: 1 forecast of 1 incident; 1 waits for its end" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_record_that_was_changed_is_refused_and_named(capsys, folder):
    (path,) = folder.glob("T0-*.json")
    document = json.loads(path.read_text("utf-8"))
    document["recovery"]["remaining_h"]["p90"] *= 2
    path.write_text(json.dumps(document), "utf-8")
    code, out, err = said(capsys, "backtest", "reports", "--json")
    assert code == 0
    assert json.loads(out)["forecasts"] == 0
    name = f"reports/{path.name}"
    assert f"{name}: warning: not used: was changed after it was written" in err
    assert json.loads(out)["skipped"][0]["file"] == name


def test_when_no_record_can_be_used_the_exit_code_is_2(capsys, folder):
    for path in folder.glob("T*.json"):
        path.write_text(path.read_text("utf-8").replace("EUR", "USD"), "utf-8")
    code, out, err = said(capsys, "backtest", "reports")
    assert (code, out) == (2, "")
    assert err.count("was changed after it was written") == 3
    assert not (folder / TRACK_FILE).exists()


def test_other_files_are_passed_over(capsys, folder):
    (folder / "notes.json").write_text('{"schema": "other"}', "utf-8")
    (folder / "T9.txt").write_text("x", "utf-8")
    (folder / "sub.json").mkdir()
    code, out, _ = said(capsys, "backtest", "reports", "--json")
    assert (code, json.loads(out)["incidents"]) == (0, 3)
    assert json.loads(out)["skipped"] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--burn-in", "5"], "--burn-in belongs to a history, not to a folder"),
        (["--window", "5", "--tz", "UTC"], "--tz belongs to a history"),
        (["--out", "x"], "--out is the folder of the pictures"),
        (["--actuals", "none.csv"], "none.csv: there is no such file"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_options_that_do_not_fit_are_refused(capsys, options, words):
    code, _, err = said(capsys, "backtest", "reports", *options)
    assert code == 2
    assert words in err


@pytest.mark.usefixtures("folder")
def test_actuals_belong_to_a_folder(capsys):
    code, _, err = said(capsys, "backtest", "reports/actuals.csv", "--actuals", "x.csv")
    assert code == 2
    assert "--actuals belongs to a folder of records" in err


def test_without_actuals_it_says_how_to_give_them(capsys, folder):
    (folder / "actuals.csv").unlink()
    code, _, err = said(capsys, "backtest", "reports")
    assert code == 2
    assert "reports: what came true is not told; give --actuals FILE" in err


def test_a_folder_without_records_is_refused(capsys, tmp_path):
    (tmp_path / "actuals.csv").write_text("id,ended\nx,2026-05-04T00:00Z\n", "utf-8")
    code, _, err = said(capsys, "backtest", str(tmp_path))
    assert code == 2
    assert "holds no record of an estimate" in err


@pytest.mark.usefixtures("folder")
def test_estimates_say_the_track_record_that_was_left(capsys, tmp_path):
    source = tmp_path / "case.yaml"
    source.write_text(CASE.format(number=7, start=START.isoformat()), "utf-8")
    _, out, _ = said(capsys, "estimate", str(source), "--trials", "64")
    assert "Track record: none yet" in out
    said(capsys, "backtest", "reports")
    _, out, _ = said(capsys, "estimate", str(source), "--trials", "64")
    assert "Track record: 1 incident compared so far, too few to judge" in " ".join(out.split())
    _, out, _ = said(capsys, "estimate", str(source), "--trials", "64", "--out", "elsewhere")
    assert "Track record: none yet" in out


def test_a_track_record_that_was_changed_is_not_told(capsys, folder, tmp_path):
    said(capsys, "backtest", "reports")
    path = folder / TRACK_FILE
    path.write_text(path.read_text("utf-8").replace('"scored": 1', '"scored": 99'), "utf-8")
    source = tmp_path / "case.yaml"
    source.write_text(CASE.format(number=7, start=START.isoformat()), "utf-8")
    code, out, err = said(capsys, "estimate", str(source), "--trials", "64")
    assert code == 0
    assert "Track record: none yet" in out
    assert f"warning: reports/{TRACK_FILE}: was changed after it was written" in err


@pytest.mark.usefixtures("folder")
def test_a_track_record_changes_no_byte_of_the_answer(capsys, tmp_path):
    source = tmp_path / "case.yaml"
    source.write_text(CASE.format(number=7, start=START.isoformat()), "utf-8")
    words = ("estimate", str(source), "--trials", "64", "--json")
    before = json.loads(said(capsys, *words)[1])
    said(capsys, "backtest", "reports")
    after = json.loads(said(capsys, *words)[1])
    before["run"].pop("seconds"), after["run"].pop("seconds")
    assert before == after


@pytest.mark.usefixtures("folder")
def test_the_pictures_are_those_of_the_time_that_was_left(capsys):
    code, _, err = said(capsys, "backtest", "reports", "--png", "--out", "pictures")
    assert code == 0
    assert "wrote pictures/backtest-reports-records.png" in err
