"""What can be asked about an input: the question in words, why, and whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.incident import Status
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from impactcalc.domain.incident import Stage
    from impactcalc.engine.model import Model

ENGINEERS, CUSTOMER, CONTRACT = "the engineers", "the customer", "who keeps the contract"


class Ask(NamedTuple):
    """A question without its worth: field of the scenario file, words, reason, and whom to ask."""

    field: str
    ask: str
    why: str
    whom: str


_OF_LOSS: dict[str, Ask] = {
    "tablets": Ask(
        "incident.cluster.tablets",
        "How many tablets do the affected tables have?",
        "how many of them fail is stated, not of how many",
        ENGINEERS,
    ),
    "increase": Ask(
        "incident.latency.increase",
        "By how much has the average really grown?",
        "the stated percentage is taken as a rough figure",
        ENGINEERS,
    ),
    "latency": Ask(
        "incident.latency.now",
        "How long does a slow answer take now?",
        "a range is stated",
        ENGINEERS,
    ),
    "latency-normal": Ask(
        "incident.latency.normal",
        "How long does an answer normally take?",
        "a bound or a range is stated",
        ENGINEERS,
    ),
    "captive": Ask(
        "incident.lost_share",
        "Which share of the users waits however long it takes?",
        "who gives up is an assumption",
        CUSTOMER,
    ),
    "share": Ask(
        "incident.lost_share",
        "Which share of the requests fails or is given up?",
        "every loss is in proportion to it",
        CUSTOMER,
    ),
    "error-rate": Ask(
        "incident.error_rate", "Which share of the requests fails?", "a range is stated", ENGINEERS
    ),
}


def ask_about(model: Model, name: str) -> Ask | None:
    """Give the question about a draw; None for one that nobody can answer."""
    head, _, rest = name.partition("/")
    if head == "loss":
        return _loss_ask(model, rest)
    if name == "incident/started":
        why = "the start is not known to the hour"
        return Ask("incident.started", "When exactly did it begin?", why, CUSTOMER)
    if name == "recovery/started":
        why = "the plan's hours count from it"
        return Ask("recovery.started", "When exactly did the plan begin?", why, ENGINEERS)
    if name == "business/revenue":
        why = "every loss is in proportion to it"
        return Ask("business.revenue_at_risk", "How much revenue a day exactly?", why, CUSTOMER)
    return _stage_ask(model, name) if head == "recovery" else None


def _loss_ask(model: Model, what: str) -> Ask | None:
    found = _OF_LOSS.get(what)
    if found is None or what != "share" or model.scenario.incident.lost_share is not None:
        return found
    return found._replace(why="it is taken from the priority alone")


def _stage_ask(model: Model, name: str) -> Ask | None:
    """Ask about a stage's time."""
    for stage in model.scenario.recovery.stages:
        head = f"recovery/{stage.name}/"
        if name.startswith(head):
            return _time_ask(stage, name.removeprefix(head))
    return None


def _time_ask(stage: Stage, what: str) -> Ask | None:
    field, status = f"recovery.stages.{stage.name}", stage.status.value
    if what == "start":
        why = "the longer it has run, the longer it will run"
        return Ask(f"{field}.elapsed", f"Since when does {stage.name} run?", why, ENGINEERS)
    if what != "duration":
        return None
    if status is Status.DONE:
        why = "its time is taken from the plan"
        return Ask(f"{field}.finished", f"When was {stage.name} done?", why, ENGINEERS)
    key = "window" if stage.window is not None else "duration"
    ask = f"How long will {stage.name} {'still ' * (status is Status.IN_PROGRESS)}take?"
    return Ask(f"{field}.{key}", ask, "the plan's times are wide", ENGINEERS)
