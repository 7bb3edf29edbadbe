"""``backtest`` from the command line, in one process."""

import json
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

DATA = str(Path(__file__).parents[1] / "data" / "incidents" / "github_status_incidents.csv")
HEAD = "id,start_utc,resolved_utc\n"


def said(capsys, *words):
    code = run(["backtest", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def document(capsys, *words):
    code, out, _ = said(capsys, *words, "--json")
    assert code == 0
    return json.loads(out)


def test_the_document_has_the_contracts_keys(capsys):
    found = document(capsys, DATA)
    assert found["schema"] == "impactcalc/backtest/1"
    assert (found["incidents"], found["scored"]) == (385, 285)
    assert found["verdict"] == "well calibrated"
    assert [row["line"] for row in found["skipped"]] == [350, 370, 376, 386]
    assert [one["elapsed_h"] for one in found["at"]] == [0, 1, 2, 4]
    keys = {"elapsed_h", "n", "crps_h", "skill", "bias_h", "coverage", "width80_h", "pit_ks_p"}
    for one in found["at"]:
        assert keys <= set(one)
        assert set(one["coverage"]) == {"50", "80", "90"}
        assert sum(one["pit_counts"]) == one["n"]


def test_skipped_rows_are_named_with_file_and_line(capsys):
    code, out, err = said(capsys, DATA)
    assert code == 0
    assert out.startswith("Well calibrated: of 515 ranges said to hold 80%, 82% held")
    assert f"{DATA}:350: warning: skipped: resolved_utc 2024-08-06T18:30Z" in err
    assert err.count("skipped") == 4


def test_burn_in_and_window_are_options(capsys):
    plain = document(capsys, DATA)
    other = document(capsys, DATA, "--burn-in", "200", "--window", "50")
    assert (other["burn_in"], other["window"], other["scored"]) == (200, 50, 185)
    assert other["at"][0]["crps_h"] != plain["at"][0]["crps_h"]


def test_a_short_history_is_too_short_to_judge(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a long path would be cut on the screen
    path = Path("one.csv")
    path.write_text(f"{HEAD}1,2024-01-01T00:00Z,2024-01-01T02:00Z\n", "utf-8")
    code, out, err = said(capsys, str(path))
    assert (code, err) == (0, "")
    assert out.startswith("Too few to judge: 0 incidents scored, 30 are needed")
    assert f"{path}: 1 incident, the first 100" in " ".join(out.split())
    found = document(capsys, str(path))
    assert (found["verdict"], found["scored"]) == ("too few to judge", 0)
    assert found["at"][0]["crps_h"] is None


def test_a_history_of_open_incidents_alone_scores_nothing(capsys, tmp_path):
    path = tmp_path / "open.csv"
    rows = "".join(f"{k},2024-01-{k:02}T00:00Z,\n" for k in range(1, 29))
    path.write_text(HEAD + rows, "utf-8")
    found = document(capsys, str(path), "--burn-in", "0")
    assert (found["incidents"], found["scored"], found["verdict"]) == (28, 0, "too few to judge")
    (remark,) = found["remarks"]
    assert remark.startswith("no incident has an end (lines 2 to 29): nothing to compare with")
    code, _, err = said(capsys, str(path), "--burn-in", "0", "--png", "--out", str(tmp_path / "x"))
    assert code == 2
    assert "write more ends, or leave --png out" in err
    assert not (tmp_path / "x").exists()


def test_a_history_without_a_usable_row_is_exit_2(capsys, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEAD}1,2024-01-01T00:00Z,2023-01-01T02:00Z\n2,never,\n", "utf-8")
    code, out, err = said(capsys, str(path))
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert lines[0].startswith(f"{path}:2: resolved_utc 2023-01-01T02:00Z lies before start_utc")
    assert lines[1].startswith(f"{path}:3: start_utc: 'never' is no time")
    assert "no row can be used" in lines[2]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--burn-in", "-1"], "--burn-in: '-1' lies outside 0 to"),
        (["--window", "0"], "--window: '0' lies outside 1 to"),
        (["--window", "few"], "--window: 'few' is not a whole number"),
        (["--columns", "start"], "--columns: 'start' is not ROLE=NAME; roles are start, end"),
        (["--tz", "Mars"], "--tz: "),
        (["--out", "x"], "--out is the folder of the pictures; give --png, too"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_2(capsys, words, message):
    code, out, err = said(capsys, DATA, *words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_all_wrong_options_are_named_at_once(capsys):
    _, _, err = said(capsys, DATA, "--burn-in", "x", "--window", "y", "--columns", "z", "--tz", "Q")
    assert {line.split(":")[0] for line in err.splitlines()} == {
        "--burn-in", "--window", "--columns", "--tz",
    }  # fmt: skip


def test_the_picture_goes_into_a_folder(capsys, tmp_path):
    code, _, err = said(capsys, DATA, "--png", "--out", str(tmp_path))
    assert code == 0
    path = tmp_path / "backtest-github_status_incidents.png"
    assert f"wrote {path}" in err
    assert path.read_bytes().startswith(b"\x89PNG")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_there_is_no_picture_of_nothing(capsys, tmp_path):
    code, out, err = said(capsys, DATA, "--burn-in", "999", "--png", "--out", str(tmp_path))
    assert (code, out) == (2, "")
    assert "--png: no incident was forecast: 385 known, 999 burn-in; give a smaller" in err
    assert list(tmp_path.iterdir()) == []


def test_the_same_history_gives_the_same_bytes(capsys):
    assert said(capsys, DATA, "--json")[1] == said(capsys, DATA, "--json")[1]
