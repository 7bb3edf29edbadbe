"""Arguments that make no sense: one clear line with the remedy, exit 2, before any trial is run.

The list is that of the issue "The engine at its limit". The simulation is replaced by one that
fails, so that a refusal that comes after it is noticed.
"""

import pytest

from impactcalc.cli.guard import run as command

CASE = """
impactcalc: 1
incident: {started: 2026-05-04T00:00Z, as_of: 2026-05-04T01:00Z, lost_share: 50%}
recovery:
  dependence: 0.5
  stages:
    - {name: Repair, window: 4 h to 24 h, restores: 60%}
    - {name: Rest, duration: 3 h to 9 h, restores: 40%}
business: {currency: EUR, revenue_at_risk: 24 K EUR/day}
"""
WHOLE = "9223372036854775807; e.g. --trials 16384"
SEEDS = "18446744073709551615; e.g. --seed 1"
SHARES = "lies outside 0% (excluded) to 100%; e.g. --accuracy 1%"
OPTIONS = [
    ("--trials", "0", f"'0' lies outside 2 to {WHOLE}"),
    ("--trials", "-5", f"'-5' lies outside 2 to {WHOLE}"),
    ("--trials", "1", f"'1' lies outside 2 to {WHOLE}"),
    ("--trials", "9223372036854775808", f"lies outside 2 to {WHOLE}"),
    ("--accuracy", "0", f"'0' {SHARES}"),
    ("--accuracy", "0%", f"'0%' {SHARES}"),
    ("--accuracy", "-1%", f"'-1%' {SHARES}"),
    ("--accuracy", "-0.01", f"'-0.01' {SHARES}"),
    ("--accuracy", "100.1%", f"'100.1%' {SHARES}"),
    ("--accuracy", "150", f"'150' {SHARES}"),
    ("--accuracy", "5", "'5' is above 1 and has no percent sign; write 5% or a share from 0 to 1"),
    ("--seed", "-1", f"'-1' lies outside 0 to {SEEDS}"),
    ("--seed", "18446744073709551616", f"lies outside 0 to {SEEDS}"),
    ("--seed", "7" * 5000, f"777...' lies outside 0 to {SEEDS}"),
    ("--seed", "-" + "7" * 5000, f"777...' lies outside 0 to {SEEDS}"),
]
VALUES = [
    ("dependence: 0.5", "dependence: 0.96", "5:15: recovery.dependence: '0.96' lies outside 0 to "),
    ("dependence: 0.5", "dependence: 1", "'1' lies outside 0 to 0.95; write e.g. 0.5"),
    ("dependence: 0.5", "dependence: -0.1", "'-0.1' lies outside 0 to 0.95; write e.g. 0.5"),
    ("lost_share: 50%", "lost_share: 101%", "'101%' lies outside 0% to 100%; write a share in bet"),
    ("lost_share: 50%", "lost_share: 90% to 120%", "'120%' lies outside 0% to 100%"),
    ("lost_share: 50%", "lost_share: 1.5", "'1.5' is above 1 and has no percent sign; write 1.5%"),
    # stages that can never finish: they wait for themselves, or their length has no end
    ("restores: 40%", "restores: 40%, after: [Rest]", "'Rest' waits for itself"),
    (
        "restores: 60%",
        "restores: 60%, after: [Rest]",
        "the stages wait for each other in a cycle: Repair -> Rest -> Repair; break it",
    ),
    ("3 h to 9 h", ".inf", "'.inf' is not a number; write digits"),
    ("3 h to 9 h", "inf h", "'inf h' cannot be read as a duration"),
    ("3 h to 9 h", "1e308 h", "'1e308 h' cannot be read as a duration"),
    ("3 h to 9 h", "2000 y", "'2000 y' is too large; 1,000 years is the limit"),
    ("3 h to 9 h", "3 h to 2000 y", "'2000 y' is too large; 1,000 years is the limit"),
    ("4 h to 24 h", "4 h to 2000 y", "1,000 years is the limit"),
    ("restores: 40%", "restores: 40%, max_tries: 1000000", "lies outside 1 to 100; write e.g. 3"),
    ("restores: 40%", "restores: 40%, fails: 130%", "'130%' lies outside 0% to 100%"),
]


@pytest.fixture
def refused(monkeypatch, capsys, tmp_path):
    """Give a function that runs ``estimate`` and returns the only line of its refusal."""

    def sample(*_, **__):
        raise AssertionError("trials were run")

    monkeypatch.setattr("impactcalc.analysis.decisions.sample", sample)

    def estimate(text, *words):
        (tmp_path / "case.yaml").write_text(text, "utf-8")
        out = tmp_path / "out"
        path = str(tmp_path / "case.yaml")
        assert command(["estimate", path, "--out", str(out), *words]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert not out.exists()
        (line,) = said.err.splitlines()
        return line

    return estimate


@pytest.mark.parametrize(("option", "value", "words"), OPTIONS)
def test_an_option_out_of_range_is_refused_with_its_remedy(refused, option, value, words):
    line = refused(CASE, option, value)
    assert line.startswith(f"{option}: ")
    assert words in line


@pytest.mark.parametrize(("old", "new", "words"), VALUES)
def test_a_value_out_of_range_is_refused_at_its_line(refused, old, new, words):
    assert CASE.count(old) == 1
    line = refused(CASE.replace(old, new))
    assert "case.yaml:" in line
    assert words in line


def test_a_stage_whose_every_try_fails_ends_with_its_last_try(run):
    # the contract: the last try succeeds, so this plan does finish
    text = CASE.replace("restores: 40%", "restores: 40%, fails: 100%, max_tries: 2")
    always = run(text, 64)["full_recovery_h"]
    assert (always > run(CASE, 64)["full_recovery_h"]).all()
    assert always.max() < 1e6


@pytest.mark.parametrize("seed", ["0", "9223372036854775808", "18446744073709551615"])
def test_every_seed_of_64_bits_is_taken(tmp_path, capsys, seed):
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    words = ["estimate", str(tmp_path / "case.yaml"), "--trials", "64", "--seed", seed, "--json"]
    assert command(words) == 0
    assert f'"seed": {seed}' in capsys.readouterr().out
