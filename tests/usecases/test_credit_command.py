"""``credit`` from the command line, in one process."""

import json
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

SCHEDULES = str(Path(__file__).parents[1] / "data" / "slo" / "credit_schedules.json")
CASE = """impactcalc: 1
sla:
  target: 99.9%
  credits: [{below: 99.9%, credit: 10%}, {below: 99%, credit: 25%}]
  monthly_fee: 40 K USD
  minimum: 5 K USD
"""


def said(capsys, *words):
    code = run(["credit", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def document(capsys, *words):
    code, out, err = said(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize("availability", ["99.2%", "0.992", "124/125", " 992 / 1000 "])
def test_an_availability_may_be_written_in_three_ways(capsys, availability):
    options = ["--id", "aws-rds-multi-az", "--fee", "10 K USD"]
    assert document(capsys, SCHEDULES, "--availability", availability, *options) == {
        "share": 0.1,
        "amount": 1000.0,
        "tier": {"from": 0.99, "below": 0.9995, "credit": 0.1},
        "warnings": [],
    }


def test_without_a_fee_there_is_no_amount_and_without_a_tier_no_tier(capsys):
    found = document(capsys, SCHEDULES, "--id", "slack-2024", "--availability", "1/2")
    assert (found["share"], found["amount"], found["tier"]) == (5.0, None, None)
    met = document(capsys, SCHEDULES, "--id", "upstash", "--availability", "100%")
    assert met == {"share": 0.0, "amount": None, "tier": None, "warnings": []}


def test_gaps_and_overlaps_are_warned_of(capsys):
    gap = document(capsys, SCHEDULES, "--id", "github-enterprise-cloud", "--availability", "0.99")
    assert gap["share"] == 0.1
    assert gap["tier"] == {"above": 0.99, "up_to": 0.999, "credit": 0.1}
    assert any("nearest stated tier above" in warning for warning in gap["warnings"])
    overlap = document(capsys, SCHEDULES, "--id", "mongodb-atlas", "--availability", "0.94")
    assert overlap["share"] == 1.0
    assert any("largest credit" in warning for warning in overlap["warnings"])
    bottom = document(capsys, SCHEDULES, "--id", "cockroachdb-cloud", "--availability", "0.999")
    assert any("leave a gap" in warning for warning in bottom["warnings"])


def test_a_small_credit_is_not_paid(capsys):
    options = ["--id", "upstash", "--availability", "99.2%"]
    paid = document(capsys, SCHEDULES, *options, "--fee", "11 USD")
    assert paid["amount"] == pytest.approx(1.1)
    unpaid = document(capsys, SCHEDULES, *options, "--fee", "10 USD")
    assert (unpaid["share"], unpaid["amount"]) == (0.0, 0.0)
    assert "does not reach the contract's minimum" in unpaid["warnings"][0]
    unknown = document(capsys, SCHEDULES, *options)
    assert "give --fee" in unknown["warnings"][0]


def test_a_scenario_file_brings_its_own_fee(capsys, tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(CASE, encoding="utf-8")
    found = document(capsys, str(case), "--availability", "98%")
    assert (found["share"], found["amount"]) == (0.25, 10_000.0)
    small = document(capsys, str(case), "--availability", "99.5%")
    assert small["amount"] == 0.0
    other = document(capsys, str(case), "--availability", "98%", "--fee", "100 K USD")
    assert other["amount"] == 25_000.0
    euros = document(capsys, str(case), "--availability", "99.5%", "--fee", "10 K EUR")
    assert euros["amount"] == 1000.0
    assert euros["warnings"] == [
        "the contract's minimum is in USD, the fee in EUR: the minimum is not applied"
    ]


def test_a_cap_is_said(capsys, tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(CASE + "  cap: 20%\n", encoding="utf-8")
    found = document(capsys, str(case), "--availability", "98%")
    assert found["share"] == 0.2
    assert "the contract's cap limits the credit" in found["warnings"]


def test_people_read_a_line_or_two_and_warnings_beside(capsys):
    options = ["--id", "github-enterprise-cloud", "--availability", "99%", "--fee", "$10K"]
    code, out, err = said(capsys, SCHEDULES, *options)
    assert (code, out) == (
        0,
        "availability 99%: credit 10% of the fee, $1K\ntier: above 99%, up to 99.9%: 10%\n",
    )
    assert err.startswith("warning: gap: no tier")
    code, out, err = said(capsys, SCHEDULES, "--id", "slack-2024", "--availability", "99.995%")
    assert (code, out, err) == (0, "availability 99.995%: no credit\n", "")
    _, out, _ = said(capsys, SCHEDULES, "--id", "slack-2024", "--availability", "99.9%")
    assert out == "availability 99.9%: credit 1% of the fee\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--availability", "99.2"], "--availability: '99.2' is above 1"),
        (["--availability", "101%"], "'101%' lies outside 0% to 100%"),
        (["--availability", "3/2"], "'3/2' lies outside"),
        (["--availability", "1/0"], "divides by 0"),
        (["--availability", "99%", "--fee", "ten"], "--fee: 'ten'"),
        (["--availability", "99%", "--fee", "-5 USD"], "'-5 USD' is negative"),
        (["--availability", "99%"], "choose one with --id: aws-compute-region"),
        (["--availability", "99%", "--id", "raydbb"], "did you mean 'raydb'?"),
        ([], "Missing option '--availability'"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_2(capsys, words, message):
    code, out, err = said(capsys, SCHEDULES, *words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_all_wrong_options_are_named_at_once(capsys):
    _, _, err = said(capsys, "missing.json", "--availability", "x", "--fee", "y")
    assert [line.split(":")[0] for line in err.splitlines()] == ["--availability", "--fee"]


def test_a_missing_file_is_named(capsys):
    code, _, err = said(capsys, "missing.json", "--availability", "99%")
    assert code == 2
    assert err.startswith("missing.json: there is no such file")
