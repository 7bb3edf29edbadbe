"""Schedules are read in both forms; what is wrong is named with its place."""

from decimal import Decimal

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.credit_schedule import read_contract

LIST = """{"schedules": [
  {"id": "a", "kind": "tiers", "target": "0.999", "cap_share": "0.5",
   "min_credit": "only if the credit exceeds 1 USD", "rounding": "nearest tenth of a percent",
   "tiers": [{"from": null, "from_inclusive": null, "to": "0.999", "to_inclusive": true,
              "credit_share": "0.1"}]},
  {"id": "b", "kind": "multiplier", "target": "0.9999", "multiplier": 10, "tiers": []}]}"""


def contract_of(tmp_path, text, wanted=None, name="s.json"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_contract(str(file), wanted)


def refusal(tmp_path, text, wanted=None, name="s.json"):
    with pytest.raises(InputError) as caught:
        contract_of(tmp_path, text, wanted, name)
    return str(caught.value)


def test_a_schedule_of_a_list_states_bounds_cap_minimum_and_rounding(tmp_path):
    contract = contract_of(tmp_path, LIST, "a")
    schedule = contract.schedule
    only = schedule.tiers[0]
    assert (only.lower, only.upper, only.upper_inclusive) == (0, Decimal("0.999"), True)
    assert (schedule.cap, schedule.minimum) == (Decimal("0.5"), 1)
    assert schedule.minimum_exclusive
    assert schedule.rounding == Decimal("0.001")
    assert (contract.target, contract.currency) == (Decimal("0.999"), "USD")


def test_a_multiplier_has_no_tiers(tmp_path):
    contract = contract_of(tmp_path, LIST, "b")
    assert (contract.schedule.multiplier, contract.schedule.tiers) == (10, ())


def test_the_sla_part_of_a_scenario_file_is_a_schedule_too(tmp_path):
    text = """impactcalc: 1
sla:
  target: 99.9%
  monthly_fee: 40 K USD
  credits: [{below: 99.9%, credit: 10%}, {below: 99%, credit: 25%}]
  cap: 50%
  minimum: 1 USD
"""
    whole = contract_of(tmp_path, text, name="c.yaml")
    assert len(whole.schedule.tiers) == 2
    assert (whole.fee, whole.currency, whole.schedule.cap) == (40_000, "USD", Decimal("0.5"))
    section = "\n".join(line[2:] for line in text.splitlines()[2:])
    alone = contract_of(tmp_path, section, name="d.yaml")
    assert [one.upper for one in alone.schedule.tiers] == [Decimal("0.999"), Decimal("0.99")]
    assert alone[1:] == whole[1:]


def test_the_same_part_may_be_json(tmp_path):
    text = '{"sla": {"target": "99.9%", "credits": {"multiplier": 10}}}'
    assert contract_of(tmp_path, text).schedule.multiplier == 10


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (None, ["holds 2 schedules", "--id: a, b"]),
        ("c", ["no schedule has the id 'c'", "known are a, b"]),
    ],
)
def test_one_of_many_must_be_chosen(tmp_path, wanted, words):
    said = refusal(tmp_path, LIST, wanted)
    assert all(word in said for word in words)


def test_an_id_for_a_single_contract_is_refused(tmp_path):
    assert "leave --id out" in refusal(tmp_path, '{"sla": {"target": "99%"}}', "a")


def test_a_double_id_is_refused(tmp_path):
    assert "2 schedules have the id 'a'" in refusal(tmp_path, LIST.replace('"b"', '"a"'), "a")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"to": "0.999"', '"to": "99.9"', ["a.tiers.1.to", "'99.9'"]),
        ('"to": "0.999"', '"up": "0.999"', ["'to' is missing"]),
        ('"from": null', '"from": "0.9999"', ["'0.9999' lies above '0.999'"]),
        ('"credit_share": "0.1"', '"credit_share": "-0.1"', ["negative"]),
        ('"kind": "tiers"', '"kind": "tier"', ["did you mean 'tiers'?"]),
        ('"target": "0.999"', '"target": "1.5"', ["a.target"]),
        ('"to_inclusive": true', '"to_inclusive": "perhaps"', ["to_inclusive", "'perhaps'"]),
    ],
)
def test_what_is_wrong_with_a_schedule_is_named_by_its_path(tmp_path, old, new, words):
    said = refusal(tmp_path, LIST.replace(old, new), "a")
    assert all(word in said for word in words)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"multiplier": 10', '"multiplier": 0', "pays nothing"),
        ('"target": "0.9999", "mul', '"mul', "'target' is missing"),
        ('"multiplier": 10, ', "", "'multiplier' is missing"),
    ],
)
def test_what_is_wrong_with_a_multiplier_is_named(tmp_path, old, new, word):
    assert word in refusal(tmp_path, LIST.replace(old, new), "b")


def test_no_tier_at_all_is_refused(tmp_path):
    text = '{"schedules": [{"id": "a", "kind": "tiers", "tiers": []}]}'
    assert "is empty" in refusal(tmp_path, text)
    assert "'tiers' is missing" in refusal(tmp_path, '{"schedules": [{"id": "a"}]}')
    assert "states no credits" in refusal(tmp_path, '{"sla": {"target": "99%"}}')
    assert "'sla' is missing" in refusal(tmp_path, "{}")


def test_two_currencies_are_refused(tmp_path):
    text = '{"sla": {"target": "99%", "monthly_fee": "1 EUR", "minimum": "1 USD", "credits": []}}'
    assert "use one currency" in refusal(tmp_path, text)


def test_clauses_that_are_not_understood_are_not_applied_and_said(tmp_path):
    text = LIST.replace("exceeds 1 USD", "is worth it").replace("nearest tenth of a percent", "up")
    contract = contract_of(tmp_path, text, "a")
    assert (contract.schedule.minimum, contract.schedule.rounding) == (None, None)
    assert len(contract.remarks) == 2
    assert all("not applied" in remark for remark in contract.remarks)


def test_amounts_in_no_currency_and_steps_of_everything_are_not_applied_either(tmp_path):
    text = LIST.replace("exceeds 1 USD", "exceeds 1 XQZ").replace(
        "nearest tenth of a percent", "100%"
    )
    contract = contract_of(tmp_path, text, "a")
    assert (contract.schedule.minimum, contract.schedule.rounding) == (None, None)


def test_a_worse_month_that_pays_less_is_warned_of(tmp_path):
    more = '"0.1"}, {"from": null, "to": "0.99", "credit_share": "0.05"}]'
    text = LIST.replace('"0.1"}]', more)
    (remark,) = contract_of(tmp_path, text, "a").remarks
    assert "below 0.99 pays 0.05" in remark


def test_json_that_is_none_is_named_with_its_place(tmp_path):
    assert "s.json:1:" in refusal(tmp_path, '{"schedules": [}')
