"""``impactcalc whatif`` from the outside: its three doors, its document, and what it refuses."""

import json
from pathlib import Path

import pytest

from impactcalc.cli.guard import run as command

SCENARIO = """\
impactcalc: 1
incident: {id: W1, customer: Acme, started: 2026-05-04T02:30Z, as_of: 2026-05-04T18:00Z,
           lost_share: 25% to 60%}
recovery:
  started: 2026-05-04T06:00Z
  stages:
    - {name: Contain, window: 0 h to 4 h, restores: 50%, status: done}
    - {name: Fail over, window: 4 h to 24 h, restores: 50%, status: in_progress}
business: {currency: EUR, revenue_at_risk: 120 K EUR/day}
sla: {target: 99.5%, downtime: proportional}
what_if:
  - name: Second team
    scale: {'recovery.stages."Fail over".window': 0.6}
    cost: 2 K EUR
  - name: As it is
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(SCENARIO, "utf-8")
    return path


def run(capsys, *words):
    code = command([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def document(capsys, *words):
    code, out, _ = run(capsys, "whatif", *words, "--json", "--trials", "1024")
    assert code == 0
    return json.loads(out)


def test_the_document_has_the_contracts_keys(capsys, case):
    found = document(capsys, case)
    assert found["schema"] == "impactcalc/whatif/1"
    assert found["currency"] == "EUR"
    assert list(found["base"]) == ["revenue_loss", "total", "full_recovery_h", "breach_prob"]
    wanted = {
        "name", "set", "saving", "better_prob", "cost", "net_saving", "provider_saving",
        "full_recovery_h", "breach_prob", "break_even_cost",
    }  # fmt: skip
    for one in found["what_if"]:
        assert wanted <= set(one)
    best, other = found["what_if"]
    assert (best["name"], best["rank"], best["cost"]) == ("Second team", 1, 2000.0)
    assert found["recommended"] == "Second team"
    assert (other["saving"]["p5"], other["saving"]["p95"], other["saving"]["sd"]) == (0, 0, 0)
    assert found["base"]["total"]["mean"] > best["saving"]["mean"] > 0


def test_the_base_is_what_estimate_answers(capsys, case):
    found = document(capsys, case)
    code, out, _ = run(capsys, "estimate", case, "--json", "--trials", "1024")
    assert code == 0
    answer = json.loads(out)
    assert found["base"]["total"] == answer["customer"]["total"]
    assert found["base"]["full_recovery_h"] == answer["recovery"]["full_recovery_h"]
    assert found["base"]["breach_prob"] == answer["sla"]["breach_prob"]
    assert found["what_if"] == answer["what_if"]


def test_set_is_one_alternative_of_any_source(capsys, case):
    words = ("--set", 'recovery.stages."Fail over".window=2 h to 12 h', "--set", "sla.target=99%")
    (one,) = document(capsys, case, *words)["what_if"]
    assert one["set"] == {
        'recovery.stages."Fail over".window': "2 h to 12 h",
        "sla.target": "99%",
    }
    assert one["saving"]["mean"] > 0
    text = Path(__file__).parents[2] / "scenarios" / "stratton.txt"
    (one,) = document(capsys, text, "--set", "recovery.stages.Short-term.fails=20%")["what_if"]
    assert one["saving"]["mean"] < 0


def test_a_second_scenario_is_one_alternative(capsys, case, tmp_path):
    second = tmp_path / "other.yaml"
    second.write_text(SCENARIO.replace("50%, status: in", "50%, fails: 50%, status: in"), "utf-8")
    (one,) = document(capsys, case, second)["what_if"]
    assert one["name"] == "other.yaml"
    assert one["saving"]["mean"] < 0
    (same,) = document(capsys, case, case)["what_if"]
    assert same["saving"]["sd"] == same["saving"]["mean"] == 0


def test_an_unknown_path_names_the_nearest_one(capsys, case):
    code, out, err = run(capsys, "whatif", case, "--set", "recovery.stages.Kontain.window=1 h")
    assert (code, out) == (2, "")
    assert "did you mean recovery.stages.Contain.window?" in err


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            "  - {name: Bad, set: {buziness.reading: lost}}\n",
            "case.yaml:16:23: what_if.Bad.set.buziness.reading: there is no 'buziness' in a",
        ),
        (
            "  - {name: Bad, set: {recovery.stages.Contain.restores: 90%}}\n",
            "case.yaml:16:57: what_if.Bad.set.recovery.stages.Contain.restores: with this value",
        ),
        (
            "  - {name: Bad, scale: {recovery.stages.Contain.restores: 1.5}}\n",
            "case.yaml:16:59: what_if.Bad.scale.recovery.stages.Contain.restores: with this value",
        ),
        (
            "  - {name: Second team}\n",
            "case.yaml:16:12: what_if.\"Second team\".name: 'Second team'",
        ),
        ("  - {name: Bad, remove: [Contain, Fail over]}\n", "case.yaml:16: what_if.Bad: no stage"),
        (
            "  - {name: Bad, scale: {incident.started: 2}}\n",
            "what_if.Bad.scale.incident.started: '2026-05-04T02:30Z' is no quantity to scale",
        ),
        (
            "  - {name: Bad, scale: {sla.cap: 2}}\n",
            "what_if.Bad.scale.sla.cap: is not written, so there is nothing to scale",
        ),
    ],
)
def test_a_change_that_cannot_be_is_named_with_its_place(capsys, case, tmp_path, entry, said):
    case.write_text(SCENARIO + entry, "utf-8")
    picture = tmp_path / "savings.png"
    code, out, err = run(capsys, "whatif", case, "--plot", picture)
    assert (code, out) == (2, "")
    assert said in err
    assert err.startswith(f"{case}:16:")
    assert len(err.splitlines()) == 1
    assert not picture.exists()
    assert "Traceback" not in err


def test_without_an_alternative_there_is_nothing_to_compare(capsys, case):
    case.write_text(SCENARIO.split("what_if:", maxsplit=1)[0], "utf-8")
    code, out, err = run(capsys, "whatif", case)
    assert (code, out) == (2, "")
    assert "write a what_if list, or give --set" in err


def test_a_second_scenario_from_after_the_forecast_is_refused_in_its_own_words(
    capsys, case, tmp_path
):
    second = tmp_path / "later.yaml"
    second.write_text(SCENARIO.replace("2026-05", "2026-06"), "utf-8")
    code, out, err = run(capsys, "whatif", case, second)
    assert (code, out) == (2, "")
    assert "the moment of the forecast, which is the base's, '2026-05-04T18:00" in err
    assert "--as-of" not in err


def test_set_and_a_second_scenario_exclude_each_other(capsys, case):
    code, _, err = run(capsys, "whatif", case, case, "--set", "sla.target=99%")
    assert code == 2
    assert "exclude each other" in err


def test_the_picture_is_written_and_the_page_says_what_to_choose(capsys, case, tmp_path):
    picture = tmp_path / "savings.png"
    code, out, err = run(capsys, "whatif", case, "--plot", picture, "--trials", "1024")
    assert code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert f"wrote {picture}" in err
    assert "> Second team" in out
    assert "Second team buys most:" in out
    assert max(map(len, out.splitlines())) <= 80


def test_without_money_the_ends_are_compared(capsys, case):
    text = SCENARIO.replace("business: {currency: EUR, revenue_at_risk: 120 K EUR/day}\n", "")
    case.write_text(text, "utf-8")
    found = document(capsys, case)
    best, other = found["what_if"]
    assert best["name"] == "Second team"
    assert best["saving"] is best["net_saving"] is best["better_prob"] is None
    assert best["full_recovery_h"]["mean"] < other["full_recovery_h"]["mean"]
    assert best["earlier_prob"] > 0.9
    assert found["recommended"] is None
    code, out, _ = run(capsys, "whatif", case, "--trials", "1024")
    assert code == 0
    assert "Service back after" in out
    assert "Saves" not in out
    code, _, err = run(capsys, "whatif", case, "--plot", "x.png", "--trials", "1024")
    assert code == 2
    assert "no alternative has a saving in money" in err


def test_money_in_another_currency_is_not_taken_away(capsys, case, tmp_path):
    second = tmp_path / "dollars.yaml"
    second.write_text(SCENARIO.replace("EUR", "USD"), "utf-8")
    code, out, said = run(capsys, "whatif", case, second)
    assert (code, out) == (2, "")
    assert f"dollars.yaml: is in USD, {case} in EUR; write both in one currency" in said


def test_a_setting_that_does_not_fit_the_file_is_named_with_its_place(capsys, case):
    setting = "recovery.stages.Contain.restores=60%"
    code, out, said = run(capsys, "whatif", case, "--set", setting)
    assert (code, out) == (2, "")
    assert f"case.yaml:8:56: with --set '{setting}', recovery.stages.\"Fail over\".restores" in said
