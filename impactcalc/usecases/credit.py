"""The credit: what a contract pays for an availability."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.credit import Credit, CreditAnswer
from impactcalc.errors import InputError, Problem
from impactcalc.intake.credit_schedule import Contract, read_contract
from impactcalc.models.credit_exact import credit, has_gap, paid
from impactcalc.units.money import parse_money, short_money
from impactcalc.units.ratio import parse_exact_ratio, percent

if TYPE_CHECKING:
    from impactcalc.units.money import Money


def credit_for(file: str, availability: str, wanted: str | None, fee: str | None) -> CreditAnswer:
    """Judge one availability by a contract.

    Parameters
    ----------
    file
        Of the schedule.
    availability
        As written: ``"99.2%"``, ``"0.992"`` or ``"9999/10000"``.
    wanted
        Id of one of many schedules; None: the only one.
    fee
        As written, e.g. ``"10 K USD"``; None: the contract's own, if it states one.

    Raises
    ------
    InputError
        With every problem of the options at once, then with every problem of the file.
    """
    ratio, stated = _options(availability, fee)
    contract = read_contract(file, wanted)
    judged = credit(contract.schedule, contract.target, ratio)
    if stated is None:
        own = Fraction(contract.fee) if contract.fee is not None else None
        return _answer(contract, judged, own, contract.currency)
    return _answer(_in_currency(contract, stated), judged, Fraction(stated.amount), stated.currency)


def _options(availability: str, fee: str | None) -> tuple[Fraction, Money | None]:
    """Read the options, and name all that is wrong with them."""
    problems = []
    ratio, money = Fraction(0), None
    try:
        ratio = parse_exact_ratio(availability)
        if not 0 <= ratio <= 1:
            problems.append(
                Problem(f"--availability: '{availability}' lies outside 0% to 100%", "e.g. 99.2%")
            )
    except ValueError as error:
        problems.append(Problem(f"--availability: {error}"))
    try:
        money = parse_money(fee) if fee is not None else None
        if money is not None and money.amount < 0:
            problems.append(Problem(f"--fee: '{fee}' is negative", "e.g. --fee '10 K USD'"))
    except ValueError as error:
        problems.append(Problem(f"--fee: {error}"))
    if problems:
        raise InputError(*problems)
    return ratio, money


def _in_currency(contract: Contract, stated: Money) -> Contract:
    """Drop a minimum in another currency than the fee, and say so: no rate is known."""
    if contract.schedule.minimum is None or contract.currency == stated.currency:
        return contract
    remark = (
        f"the contract's minimum is in {contract.currency}, the fee in {stated.currency}: the "
        "minimum is not applied"
    )
    schedule = contract.schedule._replace(minimum=None)
    return contract._replace(schedule=schedule, remarks=(*contract.remarks, remark))


def _answer(
    contract: Contract, judged: Credit, fee: Fraction | None, currency: str
) -> CreditAnswer:
    remarks = [*contract.remarks, *_remarks(contract, judged)]
    schedule, owed = contract.schedule, None
    if fee is not None:
        owed = judged.share * fee
        if judged.share and not paid(schedule, owed):
            remarks.append(
                f"the credit of {short_money(float(owed), currency)} does not reach the contract's "
                "minimum: it is not paid"
            )
            judged, owed = judged._replace(share=Fraction(0)), Fraction(0)
    elif judged.share and schedule.minimum is not None:
        remarks.append("small credits are not paid by this contract: give --fee to judge it")
    return CreditAnswer(judged, owed, currency if fee is not None else "", tuple(remarks))


def _remarks(contract: Contract, judged: Credit) -> list[str]:
    """Say what is odd about a schedule, and what it does to this availability."""
    schedule = contract.schedule
    remarks = []
    if judged.gap:
        remarks.append(
            f"gap: no tier of the contract states an availability of "
            f"{percent(float(judged.availability), 4)}; the nearest stated tier above is used"
        )
    elif schedule.tiers and has_gap(schedule):
        remarks.append("the credit tiers leave a gap, in which this availability does not lie")
    if judged.overlap:
        remarks.append("overlap: several tiers hold this availability; the largest credit is paid")
    if judged.capped:
        remarks.append("the contract's cap limits the credit")
    return remarks
