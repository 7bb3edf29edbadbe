"""The credit schedule: what a contract pays, from a file of one or of many schedules.

Two forms are read: the ``sla`` part of a scenario file (YAML or JSON, the section alone will do),
and a list of ``schedules`` whose tiers state both bounds, each open or closed, of which one is
chosen by its id.
"""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.contract import CreditSchedule, CreditTier
from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Document, Node, mapping
from impactcalc.intake.json_tree import json_tree
from impactcalc.intake.scenario_file.findings import Findings
from impactcalc.intake.scenario_file.section import Section, nearest, one_of
from impactcalc.intake.source import TEXT_LIMIT, read_bytes
from impactcalc.intake.yaml_tree import parse_yaml
from impactcalc.named import NamedTuple
from impactcalc.units.money import parse_money
from impactcalc.units.number import parse_number
from impactcalc.units.ratio import parse_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.units.money import Money

SCHEDULES, SLA = "schedules", "sla"
_STEPS = {"whole": "1%", "tenth": "0.1%", "hundredth": "0.01%", "thousandth": "0.001%"}
_OF_CREDITS = ("sla.credits", "sla.cap", "sla.minimum", "sla.rounding")


class Contract(NamedTuple):
    """What a file says of credits.

    Parameters
    ----------
    schedule
        Tiers or a multiplier, with cap, minimum and rounding.
    target
        The promise; None when the file does not say.
    fee
        The monthly fee in `currency`; None when the file does not say.
    currency
        Of the fee and the minimum; empty without money.
    remarks
        Warnings, one sentence each.
    """

    schedule: CreditSchedule
    target: Decimal | None
    fee: Decimal | None
    currency: str
    remarks: tuple[str, ...] = ()


def read_contract(file: str, wanted: str | None) -> Contract:
    """Read a schedule.

    Parameters
    ----------
    file
        Its path, or ``-``.
    wanted
        Id of one of many schedules; None: the only one.

    Raises
    ------
    InputError
        With every problem at once; when there are several schedules and none is chosen, or there
        is none of that id.
    """
    data = read_bytes(file, TEXT_LIMIT)
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    tree = json_tree(data, file) if is_json else parse_yaml(data, file)
    if SCHEDULES in tree:
        return _of_list(tree, file, wanted)
    if wanted is not None:
        what = f"holds no list of schedules to choose '{wanted}' from"
        raise InputError(Problem(what, "leave --id out", file))
    return _of_sla(tree, file)


def _of_sla(tree: Node, file: str) -> Contract:
    """Read the form of the scenario file."""
    from impactcalc.intake.scenario_file import to_sla

    if SLA not in tree and "credits" in tree:
        tree = mapping({SLA: tree}, tree.source, line=tree.line, column=tree.column)
    sla, cautions = to_sla(Document(tree), file=file)
    schedule = sla.credits
    if schedule is None or not (schedule.tiers or schedule.multiplier):
        example = "credits: [{below: 99.9%, credit: 10%}]"
        raise InputError(
            Problem("sla.credits: the contract states no credits", f"add e.g. {example}", file)
        )
    return Contract(
        schedule,
        sla.target.value,
        sla.monthly_fee.value if sla.monthly_fee else None,
        sla.currency,
        tuple(one.message for one in cautions if one.field.startswith(_OF_CREDITS)),
    )


def _of_list(tree: Node, file: str, wanted: str | None) -> Contract:
    """Read one of a list of schedules."""
    findings = Findings(file)
    parts = Section(findings, tree).sections(SCHEDULES)
    findings.raise_problems()
    part = _chosen(parts, file, wanted)
    contract = _contract(part)
    findings.raise_problems()
    return contract


def _chosen(parts: list[Section], file: str, wanted: str | None) -> Section:
    """Choose a schedule by its id."""
    ids = [node.text or "" if (node := part.node.get("id")) else "" for part in parts]
    found = [part for part, name in zip(parts, ids, strict=True) if wanted in (None, name)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(name for name in ids if name) or "none has an id"
    if wanted is None:
        what, remedy = f"holds {len(parts)} schedules", f"choose one with --id: {known}"
    elif found:
        what, remedy = f"{len(found)} schedules have the id '{wanted}'", "make them differ"
    else:
        near = nearest(wanted, ids)
        what = f"no schedule has the id '{wanted}'"
        remedy = f"did you mean '{near}'?" if near else f"known are {known}"
    raise InputError(Problem(what, remedy, file))


def _contract(part: Section) -> Contract:
    """Read a schedule whose tiers state both bounds."""
    part = Section(part.findings, part.node, part.path, _label(part))
    kind = part.read("kind", one_of("tiers", "multiplier"))
    target = part.read("target", _share)
    multiplier = part.read("multiplier", _positive)
    tiers = [_tier(one) for one in part.sections("tiers")]
    if kind is None and not part.has("kind"):
        part.require("tiers" if multiplier is None else "multiplier", "[]")
    elif kind is not None:
        part.require(kind.value, "[{from: 0.99, to: 0.999, credit_share: 0.1}]")
    is_multiplier = multiplier is not None and (kind is None or kind.value == "multiplier")
    if is_multiplier:
        part.require("target", "0.999")
    elif part.has("tiers") and not tiers:
        part.problem("tiers", "is empty; add a tier")
    _warn_of_falling_credits(part, [tier for tier in tiers if tier is not None])
    cap = part.read("cap_share", _cap)
    minimum, exclusive, money = _minimum(part)
    rounding = _rounding(part)
    return Contract(
        CreditSchedule(
            tiers=() if is_multiplier else tuple(tier for tier in tiers if tier is not None),
            multiplier=multiplier.value if multiplier is not None and is_multiplier else None,
            cap=cap.value if cap else None,
            minimum=minimum,
            rounding=rounding,
            minimum_exclusive=exclusive,
        ),
        target.value if target else None,
        None,
        money,
        tuple(one.message for one in part.findings.all_cautions()),
    )


def _warn_of_falling_credits(part: Section, tiers: list[CreditTier]) -> None:
    """Warn of a worse month that pays less."""
    ordered = sorted(tiers, key=lambda tier: -tier.upper)
    for above, tier in itertools.pairwise(ordered):
        if tier.credit < above.credit:
            words = f"below {tier.upper} pays {tier.credit}, less than below {above.upper}"
            part.caution("tiers", f"{words}, a better month ({above.credit}); is that meant?")


def _label(part: Section) -> str:
    """Name a schedule by its id, where it has one."""
    node = part.node.get("id")
    return node.text if node is not None and node.text else part.label


def _share(text: str) -> Decimal:
    """Read a ratio in [0, 1]."""
    share = parse_ratio(text)
    if not 0 <= share <= 1:
        raise ValueError(f"'{text}' lies outside 0% to 100%; write e.g. 0.999")
    return share


def _cap(text: str) -> Decimal:
    """Read a share of the fee, which may exceed 1."""
    share = parse_ratio(text) if "%" in text else parse_number(text)
    if share < 0:
        raise ValueError(f"'{text}' is negative; write e.g. 0.5")
    return share


def _positive(text: str) -> Decimal:
    """Read a multiplier."""
    number = parse_number(text)
    if number <= 0:
        raise ValueError(f"'{text}' pays nothing; write a number above 0, e.g. 10")
    return number


def _tier(part: Section) -> CreditTier | None:
    """Read one band; a bound that is null is none, a side that is not said the ordinary one."""
    part.require("credit_share", "0.1")
    part.require("to", "0.999")
    lower, upper = part.read("from", _share), part.read("to", _share)
    share = part.read("credit_share", _cap)
    from_inclusive = part.read("from_inclusive", _truth)
    to_inclusive = part.read("to_inclusive", _truth)
    if share is None or upper is None:
        return None
    if lower is not None and lower.value > upper.value:
        part.problem("from", f"'{lower.text}' lies above '{upper.text}'; swap them")
    return CreditTier(
        upper=upper.value,
        credit=share.value,
        upper_inclusive=to_inclusive.value if to_inclusive else False,
        lower=lower.value if lower else Decimal(0),
        lower_inclusive=from_inclusive.value if from_inclusive and lower else True,
        source=part.node.source,
    )


def _truth(text: str) -> bool:
    return one_of("true", "false", "yes", "no")(text.lower()) in {"true", "yes"}


def _minimum(part: Section) -> tuple[Decimal | None, bool, str]:
    """Read the least credit that is paid, also from a clause: "only if it exceeds 1 USD"."""
    for key in ("minimum", "min_credit"):
        node = part.text_of(key)
        if node is None or node.text is None:
            continue
        money = next(_money_in(node.text), None)
        if money is None:
            part.caution(key, f"'{node.text}' names no amount of money; it is not applied")
            continue
        exclusive = re.search(
            r"exceed|more than|above|greater|over\b|>(?!=)", node.text, re.IGNORECASE
        )
        return money.amount, exclusive is not None, money.currency
    return None, False, ""


def _money_in(text: str) -> Iterator[Money]:
    """Find amounts of money in a clause."""
    number = r"[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*[KMB]\b)?"
    for found in re.finditer(
        rf"[$€£¥]\s*{number}|{number}\s*[A-Z]{{3}}\b|[A-Z]{{3}}\s*{number}", text
    ):
        try:
            yield parse_money(found.group())
        except ValueError:
            continue


def _rounding(part: Section) -> Decimal | None:
    """Read the step to which the contract rounds availability, also from a clause."""
    for key in part.node.fields:
        node = part.node.get(key) if re.search("(?:^|_)round", key) else None
        if node is None or node.text is None:
            continue
        try:
            return _step(node.text)
        except ValueError:
            part.caution(key, f"'{node.text}' is no step of availability; it is not applied")
    return None


def _step(text: str) -> Decimal:
    """Read a step: ``"0.001"``, ``"0.1%"``, ``"nearest tenth of a percent"``."""
    word = re.search(
        r"\b(tenth|hundredth|thousandth|whole)\b[^.]*\bper\s?cent", text, re.IGNORECASE
    )
    step = parse_ratio(_STEPS[word[1].lower()] if word else text)
    if not 0 < step < 1:
        raise ValueError(f"'{text}' is no step of availability; write e.g. 0.1%")
    return step
