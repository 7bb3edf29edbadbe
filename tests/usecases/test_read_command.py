"""``read``, ``check`` and ``schema`` from the command line, in one process."""

import json
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TEXT, CASE = SCENARIOS / "stratton.txt", SCENARIOS / "payments.yaml"


def test_facts_are_shown_beside_their_lines(capsys):
    assert run(["read", str(TEXT)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert any("Stratton" in line and "line 4" in line for line in captured.out.splitlines())


def test_facts_as_json_are_one_document(capsys):
    assert run(["read", str(TEXT), "--json"]) == 0
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert captured.err == ""
    assert list(document) == ["facts", "provenance", "contradictions", "warnings", "lines"]
    assert document["facts"]["revenue_at_risk_per_day"] == 75_000


def test_a_written_scenario_passes_check_and_replaces_an_older_file(capsys, tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text("precious", encoding="utf-8")
    assert run(["read", str(TEXT), "-o", str(case)]) == 0
    assert run(["check", str(case)]) == 0
    assert capsys.readouterr().out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_the_input_is_never_the_output(capsys, tmp_path):
    text = tmp_path / "a.txt"
    text.write_bytes(TEXT.read_bytes())
    (tmp_path / "link.yaml").symlink_to(text)
    for output in (text, tmp_path / "link.yaml"):
        assert run(["read", str(text), "-o", str(output)]) == 2
        assert "is the input itself" in capsys.readouterr().err
    assert text.read_bytes() == TEXT.read_bytes()


def test_an_output_that_cannot_be_a_file_is_refused(capsys, tmp_path):
    assert run(["read", str(TEXT), "-o", str(tmp_path)]) == 2
    assert run(["read", str(TEXT), "-o", str(tmp_path / "none" / "x.yaml")]) == 2
    folder, missing = capsys.readouterr().err.splitlines()
    assert folder == f"{tmp_path}: is a folder; name another file after -o"
    assert missing == f"{tmp_path / 'none'}: there is no such folder; make it first"
    assert not list(tmp_path.iterdir())


def test_a_scenario_file_is_not_read_as_a_text(capsys):
    assert run(["read", str(CASE)]) == 2
    assert "is a scenario file" in capsys.readouterr().err


def test_a_mail_is_read_like_the_text_in_it(capsys, tmp_path):
    mail = tmp_path / "case.eml"
    mail.write_text("Subject: portal\n\nCustomer: Stratton\nAffected users: 40\n")
    assert run(["read", str(mail), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert (facts["customer"], facts["users_affected"]) == ("Stratton", 40)


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".MSG"])
def test_a_file_that_is_not_what_its_name_says_is_refused(capsys, tmp_path, suffix):
    file = tmp_path / f"case{suffix}"
    file.write_text("Customer: Stratton", encoding="utf-8")
    assert run(["read", str(file)]) == 2
    assert file.name in capsys.readouterr().err


def test_a_text_in_another_language_of_which_nothing_is_understood_is_refused(capsys, tmp_path):
    file = tmp_path / "case.txt"
    file.write_text(
        "\u30b7\u30b9\u30c6\u30e0\u306f\u505c\u6b62\u3057\u3066\u3044\u307e\u3059", "utf-8"
    )
    assert run(["read", str(file)]) == 2
    assert "letters, only English is read" in capsys.readouterr().err


def test_a_text_larger_than_the_limit_is_refused_by_its_size(capsys, tmp_path):
    file = tmp_path / "case.txt"
    with file.open("wb") as handle:
        handle.truncate(20_000_100)
    assert run(["read", str(file)]) == 2
    assert "is too large: 20.0 MB, 20 MB is the limit" in capsys.readouterr().err


def test_check_names_all_problems_at_once_by_line(capsys, tmp_path):
    case = tmp_path / "case.yaml"
    text = CASE.read_text(encoding="utf-8")
    case.write_text(
        text.replace("rto: 8 h", "rto: 8").replace("target: 99.95%", "target: 999%"), "utf-8"
    )
    assert run(["check", str(case)]) == 2
    captured = capsys.readouterr()
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "rto:" in line]
    lines += [number for number, line in enumerate(text.splitlines(), 1) if "target:" in line]
    assert captured.out == ""
    assert [int(line.split(":")[1]) for line in captured.err.splitlines()] == lines


def test_warnings_of_check_have_their_place_and_exit_0(capsys, tmp_path):
    case = tmp_path / "case.yaml"
    text = CASE.read_text(encoding="utf-8").replace("lognormal(5 h, 14 h)", "pert(2 h, 5 h, 20 h)")
    case.write_text(text, encoding="utf-8")
    assert run(["check", str(case)]) == 0
    captured = capsys.readouterr()
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "pert(" in words)
    assert captured.out == ""
    assert captured.err.startswith(f"{case}:{line}:17: warning: ")


def test_a_file_with_an_sla_alone_is_checked_but_not_estimated(capsys, tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text("impactcalc: 1\nsla:\n  target: 99.9%\n", encoding="utf-8")
    assert run(["check", str(case)]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["estimate", str(case)]) == 2
    captured = capsys.readouterr()
    assert "incident" in captured.err
    assert captured.err.count("\n") == 1


def test_the_schema_is_json_schema_of_the_scenario(capsys):
    assert run(["schema"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"incident", "recovery", "business", "sla"} <= set(document["properties"])
