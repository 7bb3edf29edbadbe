"""A plausible estimate of the seed, and the hard cases made from it.

``seed_estimate`` is the estimate; ``variant`` builds the others by name: no money, no SLA, a closed
incident, forty stages, foreign scripts, huge tails ...
"""

from __future__ import annotations

import importlib.util
import sys
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from impactcalc.domain.check import Check
from impactcalc.domain.contract import CreditSchedule
from impactcalc.domain.incident import Incident
from impactcalc.domain.result import (
    Budget,
    CustomerAnswer,
    Estimate,
    Pace,
    Promise,
    ProviderAnswer,
    Question,
)
from impactcalc.domain.since import Change, Since
from impactcalc.domain.sourced import Sourced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def load(name: str) -> Any:
    """Load a module that lies beside this file; the tests' folders are no packages."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


scenarios = load("example_scenario")
answers = load("example_estimate")
load("number_lint")
summary, constant, at = answers.summary, answers.constant, answers.at
ALLOWED_S, TRIALS = answers.ALLOWED_S, answers.TRIALS


@cache
def seed() -> Estimate:
    """Build the estimate of the seed escalation."""
    made: Estimate = answers.seed(scenarios.seed_scenario())
    return made


@pytest.fixture
def seed_estimate() -> Estimate:
    """The estimate of the seed escalation."""
    return seed()


def renamed(estimate: Estimate, **names: str) -> Estimate:
    """Give the incident other names."""
    changed: dict[str, Any] = {key: Sourced(name, "line 4") for key, name in names.items()}
    incident = estimate.scenario.incident._replace(**changed)
    return estimate._replace(scenario=estimate.scenario._replace(incident=incident))


def no_money() -> Estimate:
    """Drop every amount."""
    customer = CustomerAnswer(
        None, None, None, None, None, None, None, (), {"exposed": None, "lost": None}, (), None
    )
    scenario = seed().scenario._replace(business=None, currency=None)
    drivers = tuple(
        one._replace(
            output="recovery.full_recovery_h",
            low=one.low._replace(value=one.low.value / 500),
            high=one.high._replace(value=one.high.value / 500),
        )
        for one in seed().drivers
    )
    what_if = tuple(
        one._replace(saving=None, net_saving=None, better_prob=None, pays_prob=None, cost=None,
                     break_even_cost=None, recommended=False)
        for one in seed().what_if
    )  # fmt: skip
    return seed()._replace(
        customer=customer, currency=None, scenario=scenario, drivers=drivers, what_if=what_if
    )


def no_sla() -> Estimate:
    """Drop the contract."""
    scenario = seed().scenario._replace(sla=None)
    return seed()._replace(sla=None, scenario=scenario)


def defined() -> Estimate:
    """Let the contract define downtime, and state a fee."""
    estimate = seed()
    sla = estimate.sla
    assert sla is not None
    owed = summary(np.concatenate([np.zeros(40), np.full(500, 4000.0), np.full(200, 10000.0)]))
    ours = sla.readings["proportional"]._replace(credits=owed)
    answer = sla._replace(
        basis="proportional",
        availability_to_date=0.99712,
        projected_availability=ours.availability,
        breach_prob=ours.breach_prob,
        budget=Budget(
            ALLOWED_S, ours.consumed_s, ALLOWED_S - ours.consumed_s, 9.1, at(14.5), at(14.5)
        ),
        credits=owed,
        credit_tiers=ours.credit_tiers,
        no_credit_prob=ours.no_credit_prob,
        claim_by="30 d after the period",
        at_this_pace=Pace(0.9931, meets_target=False),
        readings={**sla.readings, "proportional": ours},
    )
    return estimate._replace(sla=answer, provider=ProviderAnswer(owed, None, None, owed))


def closed() -> Estimate:
    """Let every restoring stage be done."""
    estimate = seed()
    recovery = estimate.recovery
    done = [
        one._replace(status="done", finish_at=recovery.stages[0].finish_at) if one.restores else one
        for one in recovery.stages
    ]
    customer = estimate.customer._replace(
        avoidable=constant(0.0),
        total=estimate.customer.already_lost,
        revenue_loss=estimate.customer.already_lost,
    )
    past = recovery._replace(
        stages=tuple(done),
        open=False,
        remaining_h=constant(-3.0),
        full_recovery_h=recovery.first_relief_h,
    )
    promise = Promise(at(32.0), at(34.0), at(35.0), None)
    return estimate._replace(recovery=past, customer=customer, promise=promise)


def many_stages(count: int = 12, width: int = 0) -> Estimate:
    """Repeat the running stage under other, perhaps long, names."""
    recovery = seed().recovery
    stages = [
        recovery.stages[min(i, 2)]._replace(
            name=f"{i + 1} Rebuild the shard {'of replicas ' * width}"
        )
        for i in range(count)
    ]
    return seed()._replace(recovery=recovery._replace(stages=tuple(stages)))


def zero_loss() -> Estimate:
    """Let nothing be lost."""
    nothing = constant(0.0)
    customer = seed().customer._replace(
        revenue_loss=nothing,
        already_lost=nothing,
        avoidable=nothing,
        total=nothing,
        dots=(0.0,) * 20,
        exceedance=((0.0, 0.0),),
        readings={"exposed": nothing, "lost": nothing},
    )
    return seed()._replace(customer=customer)


def huge() -> Estimate:
    """Let the tail of the loss be huge, the trials too few."""
    draws = np.random.default_rng(3).lognormal(9.5, 3.2, TRIALS)
    wide = summary(draws, relative_error=0.2)
    customer = seed().customer._replace(
        revenue_loss=wide,
        total=wide,
        avoidable=wide,
        dots=tuple(float(q) for q in np.quantile(draws, (np.arange(20) + 0.5) / 20)),
    )
    run = seed().run._replace(converged=False, error_reached=0.21)
    return seed()._replace(customer=customer, run=run)


def questions() -> Estimate:
    """Ask something."""
    ask = Question(
        "sla.downtime",
        "How does the contract define downtime?",
        "it decides whether the SLA is broken",
        None,
        None,
    )
    return seed()._replace(questions=(ask,))


def crowded() -> Estimate:
    """Let everything be said at once, at length."""
    base, wide = defined(), huge()
    contract = base.scenario.sla
    assert contract is not None
    used = contract.to_date.value._replace(parameters=(Decimal(720),))
    scenario = base.scenario._replace(
        sla=contract._replace(
            to_date=contract.to_date._replace(value=used),
            credits=CreditSchedule(cap=Decimal("0.3")),
        ),
    )
    long = "A finding that needs some room to say what it has to say about lines far apart, " * 3
    asks = tuple(
        Question(f"sla.{i}", "How does the contract, in its newest wording, define downtime?",
                 "it decides whether the SLA is broken, and what is owed in credits", None, None)
        for i in range(6)
    )  # fmt: skip
    stages = many_stages(12, width=4).recovery
    return base._replace(
        scenario=scenario,
        customer=wide.customer._replace(readings=base.customer.readings),
        run=wide.run,
        recovery=stages,
        questions=asks,
        checks=tuple(Check("routes", f"{i} {long}", (1, 2, 3, 4, 5, 6, 7, 8)) for i in range(5)),
    )


def foreign_stages() -> Estimate:
    """Name stages in scripts that the bundled font lacks."""
    recovery = seed().recovery
    names = ("緊急再起動", "إصلاح السجلات", "ระยะยาว")
    stages = tuple(
        one._replace(name=name) for one, name in zip(recovery.stages, names, strict=True)
    )
    return seed()._replace(recovery=recovery._replace(stages=stages))


def plain() -> Estimate:
    """Ask for nothing, and know no drivers."""
    return seed()._replace(drivers=(), what_if=())


def many_actions() -> Estimate:
    """Ask for six steps without stated costs under long names, one hostile, none recommended."""
    (first, *_) = seed().what_if
    names = [f"{i} Rebuild the shard {'of replicas ' * 5}" for i in range(5)]
    found = [
        first._replace(name=name, cost=None, net_saving=None, pays_prob=None, recommended=False)
        for name in (*names, "#let $x$ *b* =HYPERLINK(1)")
    ]
    return seed()._replace(what_if=tuple(found))


def changed() -> Estimate:
    """Compare with an earlier estimate."""
    estimate = seed()
    since = Since(
        "CE1004.json", estimate.as_of - timedelta(days=1), "0.1.0", "customer.total", 22_000.0,
        24_300.0, (),
    )  # fmt: skip
    parts = (
        Change("time passed", 3_100.0, "a day more without the repair", 2.0),
        Change("news of status", -1_400.0, "Immediate is done", -1.0),
        Change("corrected facts", 600.0, "revenue_at_risk: 75 K USD/day, not 70 K", 0.0),
    )
    return estimate._replace(since=since, changes=parts)


VARIANTS: Mapping[str, Callable[[], Estimate]] = {
    "seed": seed,
    "no money": no_money,
    "no sla": no_sla,
    "neither": lambda: no_money()._replace(sla=None),
    "defined": defined,
    "closed": closed,
    "one stage": lambda: many_stages(1),
    "twelve stages": lambda: many_stages(12, width=4),
    "forty stages": lambda: many_stages(40),
    "no stage": lambda: many_stages(0),
    "zero loss": zero_loss,
    "huge": huge,
    "questions": questions,
    "long names": lambda: renamed(
        seed(),
        customer="The Very Long and Distinguished Holding Company of Northern " * 4,
        service="https://example.org/" + "path" * 50,
        id="W" * 300,
    ),
    "cyrillic": lambda: renamed(seed(), customer="Ёлка & Сыновья", service="база данных"),
    "crowded": crowded,
    "plain": plain,
    "changed": changed,
    "many actions": many_actions,
    "foreign stages": foreign_stages,
    "hostile": lambda: renamed(
        seed(), customer="#let $x$ *b* <b> \\ @ref // [c]", service="a\x1b[31mred\u202e\x00\ud800"
    ),
    "no names": lambda: seed()._replace(
        scenario=seed().scenario._replace(
            incident=Incident(started=seed().scenario.incident.started),
            figures={},
        ),
    ),
}


@pytest.fixture(params=sorted(VARIANTS))
def any_estimate(request: pytest.FixtureRequest) -> Estimate:
    """Every variant in turn."""
    return VARIANTS[request.param]()


@pytest.fixture
def variant() -> Callable[[str], Estimate]:
    """Build a variant by its name."""
    return lambda name: VARIANTS[name]()


@cache
def page(name: str) -> bytes:
    """Render the page of a variant, once a process."""
    from impactcalc.report.page import render_page

    return render_page(VARIANTS[name]())


@pytest.fixture(params=sorted(VARIANTS))
def any_page(request: pytest.FixtureRequest) -> tuple[Estimate, bytes]:
    """Every variant in turn, with its page."""
    return VARIANTS[request.param](), page(request.param)
