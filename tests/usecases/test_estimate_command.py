"""``estimate`` from the command line to the files, in one process."""

import io
import json
import sys
from pathlib import Path

import pytest

from impactcalc.cli.guard import run
from impactcalc.usecases.estimate import estimate
from impactcalc.usecases.request import Request

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TEXT = str(SCENARIOS / "stratton.txt")
CASE = str(SCENARIOS / "payments.yaml")
FEW = ["--trials", "512"]
PARTS = ("sla", "recovery", "promise", "customer", "provider", "drivers")


def answered(capsys, *words):
    assert run(["estimate", *words, *FEW]) == 0
    return capsys.readouterr()


def document(capsys, *words):
    return json.loads(answered(capsys, *words, "--json").out)


@pytest.mark.parametrize("source", [TEXT, CASE])
def test_the_page_fits_80_columns_and_says_nothing_on_standard_error(capsys, source):
    page = answered(capsys, source)
    assert page.err == ""
    assert max(len(line) for line in page.out.splitlines()) <= 80
    assert "\x1b" not in page.out


def test_json_is_one_document_and_nothing_else(capsys):
    captured = answered(capsys, CASE, "--json")
    answer = json.loads(captured.out)
    assert captured.err == ""
    assert answer["schema"] == "impactcalc/estimate/1"
    assert set(PARTS) <= set(answer)


def test_a_text_and_the_scenario_written_from_it_agree_to_the_byte(capsys, tmp_path):
    case = tmp_path / "case.yaml"
    assert run(["read", TEXT, "-o", str(case)]) == 0
    assert capsys.readouterr() == ("", "")
    text, scenario = document(capsys, TEXT), document(capsys, str(case))
    for part in PARTS:
        assert json.dumps(text[part]) == json.dumps(scenario[part]), part


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(capsys):
    first, again = document(capsys, CASE), document(capsys, CASE)
    other = document(capsys, CASE, "--seed", "2")
    for answer in (first, again, other):
        del answer["run"]["seconds"]
    assert json.dumps(first) == json.dumps(again)
    assert first["customer"] != other["customer"]


def test_the_bundled_example_is_the_shipped_scenario(capsys):
    example, text = document(capsys, "--example"), document(capsys, TEXT)
    assert example["run"]["inputs_sha256"] == text["run"]["inputs_sha256"]
    assert example["customer"] == text["customer"]


def test_options_that_change_the_question_change_its_digest(capsys):
    plain = document(capsys, CASE)
    changed = document(capsys, CASE, "--set", "business.reading=lost")
    later = document(capsys, CASE, "--as-of", "2025-11-29")
    digests = {each["run"]["inputs_sha256"] for each in (plain, changed, later)}
    assert len(digests) == 3
    assert changed["customer"]["total"]["mean"] > plain["customer"]["total"]["mean"]
    assert later["as_of"].startswith("2025-11-29T12:00")


def test_the_summary_is_one_line_a_source(capsys):
    captured = answered(capsys, CASE, TEXT, "--summary")
    lines = captured.out.splitlines()
    assert len(lines) == 2
    assert max(map(len, lines)) <= 255
    assert lines[0].startswith("Harbour Lane Markets")


def test_files_come_with_their_record_and_their_paths_are_said(capsys, tmp_path):
    out = tmp_path / "out"
    captured = answered(capsys, CASE, "--out", str(out))
    record = out / "PAY-2291-harbour-lane-markets-2025-11-28.json"
    assert [path.name for path in out.iterdir()] == [record.name]
    assert captured.err == f"wrote {record}\n"
    said = document(capsys, CASE, "--out", str(out))
    written = json.loads(record.read_text(encoding="utf-8"))
    assert said["customer"] == written["customer"]


def test_a_file_system_that_knows_ascii_alone_gets_ascii_names(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsencode", lambda name: name.encode("ascii"))
    customers = ["Brûlerie Étoilée", "東京"]
    for customer in customers:
        answered(
            capsys, CASE, "--set", f"incident.customer={customer}", "--out", str(tmp_path / "out")
        )
    names = sorted(path.name for path in tmp_path.glob("out/*"))
    assert names == ["PAY-2291-2025-11-28.json", "PAY-2291-brulerie-etoilee-2025-11-28.json"]


def test_quiet_says_the_paths_alone(capsys, tmp_path):
    out = tmp_path / "out"
    captured = answered(capsys, CASE, "--pdf", "--png", "--out", str(out), "--quiet")
    assert captured.err == ""
    paths = [Path(line) for line in captured.out.splitlines()]
    assert [path.suffix for path in paths] == [".pdf", ".png", ".json"]
    assert all(path.exists() for path in paths)
    assert answered(capsys, CASE, "--quiet").out == ""


def test_reports_go_into_the_folder_reports_by_default(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    captured = answered(capsys, CASE, "--png")
    assert captured.err.startswith(f"wrote {Path('reports')}")
    assert len(list(tmp_path.glob("reports/*.png"))) == 1


def test_several_sources_are_answered_in_turn_into_one_folder(capsys, tmp_path):
    out = tmp_path / "out"
    captured = answered(capsys, CASE, TEXT, "--out", str(out))
    assert captured.out.index("Harbour") < captured.out.index("Stratton")
    assert len(list(out.iterdir())) == 2


def test_two_sources_of_one_name_are_refused_before_anything_is_written(capsys, tmp_path):
    out = tmp_path / "out"
    assert run(["estimate", CASE, CASE, "--out", str(out), *FEW]) == 2
    assert "PAY-2291-harbour-lane-markets-2025-11-28" in capsys.readouterr().err
    assert not out.exists()


def test_the_problems_of_all_sources_are_named_and_nothing_is_said(capsys, tmp_path):
    out = tmp_path / "out"
    missing = [str(tmp_path / name) for name in ("a.txt", "b.yaml")]
    assert run(["estimate", CASE, *missing, "--out", str(out), *FEW]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert [line.split(": ")[0] for line in captured.err.splitlines()] == missing
    assert not out.exists()


def test_a_condition_that_holds_is_exit_3_and_the_answer_stands(capsys):
    words = ["estimate", CASE, "--json", *FEW, "--fail-if"]
    assert run([*words, "breach_prob>0.5"]) == 3
    captured = capsys.readouterr()
    assert json.loads(captured.out)["sla"]["breach_prob"]["value"] > 0.5
    assert captured.err.startswith("impactcalc: sla.breach_prob is ")
    assert run([*words, "breach_prob>100%"]) == 0


def test_a_condition_on_a_figure_that_is_null_is_exit_2_with_nothing_written(capsys, tmp_path):
    out = tmp_path / "out"
    words = ["estimate", TEXT, "--out", str(out), *FEW, "--fail-if", "breach_prob>0.5"]
    assert run(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "sla.breach_prob is null" in captured.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--as-of", "noon"], "--as-of: 'noon' is no date"),
        (["--as-of", "2025-11-28T19:00"], "has no offset"),
        (["--as-of", "2020-01-01"], "lies before the incident can have started"),
        (["--set", "business.revenue=5 K GBP/day"], "business.revenue_at_risk"),
        (["--set", "business.revenue_at_risk=5 h"], "5 h"),
        (["--set", "business"], "PATH=VALUE"),
    ],
)
def test_a_wrong_option_value_is_named_with_its_remedy(capsys, words, message):
    assert run(["estimate", CASE, *words, *FEW]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_standard_input_is_a_scenario_when_it_begins_like_one(capsys, monkeypatch):
    def piped(path):
        data = (
            b"# a comment\n\n" + Path(path).read_bytes()
            if path == CASE
            else Path(path).read_bytes()
        )
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return document(capsys, "-")

    assert piped(CASE)["scenario"]["incident"]["id"]["value"] == "PAY-2291"
    assert piped(TEXT)["scenario"]["incident"]["id"]["value"] == "CE1004"


def test_an_estimate_is_at_hand_without_the_command_line():
    answer = estimate(None, Request(trials=512))
    customer = answer.scenario.incident.customer
    assert customer is not None
    assert customer.value == "Stratton"
    assert answer.run.trials == 512
