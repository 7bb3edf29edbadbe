"""Notes: what the model assumed, what it warns of, and what it found in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.check import Check
from impactcalc.domain.sourced import Assumption, Caution
from impactcalc.models.degradation import PERCENTAGE, TABLETS, routes_of, way_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.result import LostShareAnswer, RecoveryAnswer
    from impactcalc.engine.model import Model

_LITTLE_TIME = 0.25
_FAR_APART = 2.0
_TABLET_RULES = (
    ("reads", "uniform(60%, 80%)", "share of reads in the revenue-bearing work [A]"),
    ("point_reads", "uniform(20%, 60%)", "share of point reads; the others scan all tablets [A]"),
    ("tablets_touched", "1, 2 or 3", "tablets that a transaction touches [A]"),
    ("retry", "uniform(0%, 50%)", "share of failing writes that a retry saves [A]"),
)
_LATENCY_RULES = (
    ("captive", "uniform(20%, 60%)", "share of users who wait however long it takes [A]"),
    ("patience", "uniform(0.15, 0.24) /s", "use lost by each further second of waiting [E]"),
)


def assumptions(model: Model) -> tuple[Assumption, ...]:
    """Defaults that the model itself used, in the order in which they weigh."""
    return (*_lost_share(model), *_shares(model), *_contract(model), *_null_parts(model))


def _lost_share(model: Model) -> Iterator[Assumption]:
    if model.sight is not None:
        from impactcalc.engine import observed_notes

        yield from observed_notes.assumptions(model, model.sight)
        if not observed_notes.needs_model(model, model.sight):
            return
    incident = model.scenario.incident
    way = way_of(incident)
    if way == "stated":
        return
    if way == "priority":
        yield Assumption(
            "incident.lost_share",
            _priority_words(model),
            "default: by priority",
            "nothing in the input says which share of the work fails: ask first [A]",
        )
    routes = routes_of(incident)
    if len(routes) > 1:
        yield Assumption(
            "incident.lost_share",
            "anywhere between two routes",
            "default: two figures disagree",
            "two figures in the message disagree; until you tell us which is right, we let the "
            "truth lie anywhere between them, every point equally likely [A]",
        )
    rules = list(_TABLET_RULES) if TABLETS in routes else []
    if incident.latency is not None and incident.latency.now is not None:
        rules += _LATENCY_RULES
    for name, value, why in rules:
        yield Assumption(f"incident.lost_share/{name}", value, "default: model", why)
    yield from _bounds(model, routes)


def _bounds(model: Model, routes: tuple[str, ...]) -> Iterator[Assumption]:
    incident = model.scenario.incident
    latency, cluster = incident.latency, incident.cluster
    if latency is not None and latency.normal is not None and latency.normal_is_bound:
        fixed = latency.normal.value.fixed
        if fixed is not None:
            yield Assumption(
                "incident.latency.normal",
                f"uniform({float(fixed) / 4:g} s, {float(fixed):g} s)",
                latency.normal.source,
                "a bound is stated, not the usual value [A]",
            )
    if TABLETS in routes and cluster is not None and cluster.tablets is None:
        yield Assumption(
            "incident.cluster.tablets",
            "28 to 336, never below those without a leader",
            "default: tablets not stated",
            "the number of tablets decides how many transactions fail: worth asking [A]",
        )
    if PERCENTAGE in routes:
        yield Assumption(
            "incident.latency.increase",
            "lognormal around the stated factor, log-sd 0.5",
            "" if latency is None or latency.increase is None else latency.increase.source,
            "a percentage in a message is rarely exact [A]",
        )


def _priority_words(model: Model) -> str:
    from impactcalc.models.degradation import ANY_PRIORITY, PRIORITY_SHARES

    priority = model.scenario.incident.priority
    word = "" if priority is None else priority.value
    low, high = PRIORITY_SHARES.get(word, ANY_PRIORITY)
    return f"{low:.0%} to {high:.0%} ({word or 'no priority stated'})"


def _shares(model: Model) -> Iterator[Assumption]:
    stages = model.scenario.recovery.stages
    if all(stage.restores is not None for stage in stages):
        return
    for stage, gate in zip(stages, model.gates, strict=True):
        if not gate and stage.restores is None:
            yield Assumption(
                f"recovery.stages.{stage.name}.restores",
                "0%",
                "default: its actions prevent or watch",
                "such a stage gives no service back [A]",
            )
    if sum(model.gates) > 1:
        yield Assumption(
            "recovery.stages.restores",
            _first_share_words(model),
            "default: shares not stated",
            "of the stages that give service back the first restores this, the others share the "
            "rest equally [A]",
        )


def _first_share_words(model: Model) -> str:
    incident = model.scenario.incident
    cluster = incident.cluster
    derived = TABLETS in routes_of(incident)
    if derived and cluster is not None and cluster.corrupt_tablets is not None:
        return "the first: what restarts mend (tablets without a leader, not corrupt ones)"
    return "the first: 60% where nothing is stated"


def _contract(model: Model) -> Iterator[Assumption]:
    contract = model.contract
    if contract is None:
        return
    if contract.basis is None:
        yield Assumption(
            "sla.downtime",
            "all three readings",
            "default: the contract's definition is not stated",
            "what counts as downtime decides everything: shown under each reading, none in force",
        )
    if contract.basis != "threshold":
        yield Assumption(
            "sla.readings.threshold",
            f"{contract.threshold:.0%}",
            "default: no threshold stated",
            "the threshold reading counts a moment when more than this share of work fails [A]",
        )


def _null_parts(model: Model) -> Iterator[Assumption]:
    contract = model.contract
    nothing = "not computed"
    if model.money is None:
        yield Assumption(
            "customer.revenue_loss", nothing, "default: no amount", "no revenue at risk is known"
        )
    if contract is None:
        yield Assumption("sla", nothing, "default: no contract", "no service level is known")
    elif contract.sla.monthly_fee is None or contract.sla.credits is None:
        missing = "fee" if contract.sla.monthly_fee is None else "credit schedule"
        yield Assumption(
            "provider.credits",
            nothing,
            f"default: no {missing}",
            f"the {missing} is not stated: no credit sum, which is not a credit of zero",
        )
    yield from _null_ledger_parts(model)


_OFF = "it is computed only where it is asked for"
_WITHOUT_PARTS = (
    ("customer.productivity_loss", "business.productivity", _OFF),
    ("customer.backlog", "business.backlog", _OFF),
    ("provider.churn", "business.arr", "no recurring revenue is stated"),
    ("provider.recovery_cost", "business.recovery_cost", _OFF),
)


def _null_ledger_parts(model: Model) -> Iterator[Assumption]:
    """Say what the parts beside revenue and credits miss, or how they are computed."""
    if model.parts is not None or _asked_in_vain(model):
        from impactcalc.engine.parts_notes import part_assumptions

        yield from part_assumptions(model)
        return
    for field, key, why in _WITHOUT_PARTS:
        yield Assumption(field, "not computed", f"default: no {key}", why)


def _asked_in_vain(model: Model) -> bool:
    business = model.scenario.business
    return business is not None and bool(business.productivity or business.backlog)


def checks(model: Model, recovery: RecoveryAnswer, lost: LostShareAnswer) -> tuple[Check, ...]:
    """Find what does not fit together in the plan or in the figures."""
    return (*_routes(model, lost), *_time_of_its_own(recovery), *_overrun(model))


def _routes(model: Model, lost: LostShareAnswer) -> Iterator[Check]:
    if len(lost.routes) < 2:  # noqa: PLR2004 - a disagreement takes two
        return
    first, second = (route.initial.p50 for route in lost.routes)
    low, high = sorted((first, second))
    if low <= 0 or high < _FAR_APART * low:
        return
    incident = model.scenario.incident
    sources = []
    if incident.cluster is not None and incident.cluster.leaderless_tablets is not None:
        sources.append(incident.cluster.leaderless_tablets.source)
    if incident.latency is not None and incident.latency.increase is not None:
        sources.append(incident.latency.increase.source)
    yield Check(
        "two routes",
        f"two figures disagree on the share of work that fails: {first:.0%} through the tablets, "
        f"{second:.0%} by the stated percentage, {high / low:.1f} times apart (medians)",
        tuple(line for source in sources if (line := line_of(source))),
    )


def _time_of_its_own(recovery: RecoveryAnswer) -> Iterator[Check]:
    for stage in recovery.stages:
        if stage.no_time_prob > _LITTLE_TIME:
            yield Check(
                "no time of its own",
                f"in {stage.no_time_prob:.0%} of the trials {stage.name!r} gets no time of its "
                "own, because the stages before it end after its window: give it a duration",
                (),
            )


def _overrun(model: Model) -> Iterator[Check]:
    for stage, over in zip(model.plan.stages, model.plan.overrun, strict=True):
        if over:
            yield Check(
                "overrun",
                f"{stage.name!r} has already taken longer than its duration allows: it is "
                "forecast as a lognormal with the same median and that maximum as its P90",
                (),
            )


def cautions(model: Model, *, heavy: bool) -> tuple[Caution, ...]:
    """Warnings of the model, beside those of the input.

    ``heavy``: an open duration is so uncertain that no mean can be shown.
    """
    return (*_gaps(model), *(_heavy(model) if heavy else ()))


def _gaps(model: Model) -> Iterator[Caution]:
    schedule = None if model.contract is None else model.contract.sla.credits
    if schedule is None or schedule.multiplier is not None or not schedule.tiers:
        return
    from impactcalc.models.credit_exact import has_gap

    if has_gap(schedule):
        yield Caution(
            "sla.credits",
            "the credit tiers leave a gap: an availability in it is paid by the tier above it",
        )


def _heavy(model: Model) -> Iterator[Caution]:
    from impactcalc.models.recovery.plan import largest_open_log_sd

    widest = largest_open_log_sd(model.plan)
    for stage in model.plan.stages:
        if stage.open and stage.law.log_sd == widest:
            yield Caution(
                f"recovery.stages.{stage.name}",
                f"{stage.name!r} is so uncertain (log-sd {widest:.1f}) that its mean rests on "
                "one case in many thousands: no mean is shown; give a narrower range",
            )


def line_of(source: str) -> int:
    """Line number that a source names, or 0.

    Examples
    --------
    >>> line_of("line 44"), line_of("case.yaml:12"), line_of("default: why")
    (44, 12, 0)
    """
    before = source.rstrip("0123456789")
    digits = source[len(before) :]
    return int(digits) if digits and before.endswith(("line ", ":")) else 0
