"""The keys of the scenario file: what may stand where, in the order of the contract.

One table serves the shape (pydantic models and JSON Schema), ``--set`` (which paths exist) and the
writer (order). Scalars are text everywhere; what a text may say is the mapper's business, the
`Text.choices` here only feed the schema and the messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Text(NamedTuple):
    """A scalar.

    Parameters
    ----------
    choices
        The only values, when they are few.
    example
        A value to copy.
    """

    choices: tuple[str, ...] = ()
    example: str = ""


class ListOf(NamedTuple):
    """A list whose items have one form; ``named`` items are mappings that a path finds by name."""

    item: Form
    named: bool = False


class Table(NamedTuple):
    """A mapping with known keys."""

    name: str
    keys: Mapping[str, Key]


class Free:
    """A mapping whose keys are paths or names of stages; its values are scalars."""

    __slots__ = ()


Form = Text | ListOf | Table | Free


class Key(NamedTuple):
    """One key: what it means, and the forms that its value may have (at most one of a kind).

    Parameters
    ----------
    about
        One sentence, for editors that complete and check with the JSON Schema.
    forms
        One or more forms.
    required
        Whether the mapping is incomplete without it.
    """

    about: str
    forms: tuple[Form, ...] = (Text(),)
    required: bool = False


def _text(about: str, example: str = "", *choices: str, required: bool = False) -> Key:
    """Build the key of a scalar."""
    return Key(about, (Text(choices, example),), required)


def _table(about: str, name: str, **keys: Key) -> Key:
    """Build the key of a mapping."""
    return Key(about, (Table(name, keys),))


def _texts(about: str, example: str) -> Key:
    """Build the key of a list of scalars."""
    return Key(about, (ListOf(Text((), example)),))


_LATENCY = Table(
    "latency",
    {
        "normal": _text("response time before the incident", "2 s"),
        "now": _text("response time during the incident", "20 s to 45 s"),
        "normal_is": _text(
            "whether a single `normal` is a bound (normally < 2 s) or the value itself",
            "bound",
            "bound",
            "value",
        ),
        "increase": _text("stated increase of the average; +400% is five times", "400%"),
    },
)
_CLUSTER = Table(
    "cluster",
    {
        "nodes": _text("nodes of the cluster", "7"),
        "zones": _text("availability zones", "3"),
        "replication_factor": _text("copies of every tablet", "3"),
        "tablets": _text("tablets of the affected tables", "112"),
        "leaderless_tablets": _text("tablets without a leader", "15"),
        "corrupt_tablets": _text("tablets with corrupt files", "3"),
    },
)
_MILESTONE = Table(
    "milestone",
    {
        "at": _text("when it was seen", "2024-01-23T10:00Z", required=True),
        "restored": _text("share of the service that was back; left out: part of it", "40%"),
    },
)
INCIDENT = Table(
    "incident",
    {
        "id": _text("number of the ticket or escalation", "CE1004"),
        "customer": _text("the customer's name", "Stratton"),
        "service": _text("the failing product or platform", "YugabyteDB cluster"),
        "priority": _text("priority", "high", "critical", "high", "medium", "low"),
        "started": _text(
            "date, or date-time with offset; a bare date is some moment of that day", "2024-01-22"
        ),
        "as_of": _text(
            "the moment of the forecast; default: the newest moment stated, else now",
            "2024-01-23T12:00+00:00",
        ),
        "lost_share": _text(
            "share of revenue-bearing work lost at the start; left out: derived", "21% to 53%"
        ),
        "latency": Key("response times", (_LATENCY,)),
        "error_rate": _text("share of failing requests, a lower bound of lost_share", "12%"),
        "cluster": Key("the replicated store", (_CLUSTER,)),
        "milestones": Key("partial restorations that were seen", (ListOf(_MILESTONE),)),
        "sentiment": _text(
            "the customer's sentiment", "negative", "positive", "neutral", "negative"
        ),
        "escalation_level": _text("level of the escalation", "2"),
    },
)
STAGE = Table(
    "stage",
    {
        "name": _text("unique name; `after` and what_if refer to it", "Immediate", required=True),
        "window": _text("planned finish, P25 to P75, counted from recovery.started", "0 h to 4 h"),
        "duration": _text(
            "the stage's own length, from the moment that it can start", "lognormal(3 h, 12 h)"
        ),
        "after": _texts(
            "stages that must finish first; default: the stage above; [] = none", "Immediate"
        ),
        "restores": _text("share of incident.lost_share that returns", "60%"),
        "shape": _text("at the finish, or evenly from start to finish", "step", "step", "linear"),
        "status": _text("where it stands at as_of", "done", "not_started", "in_progress", "done"),
        "finished": _text("done: when", "2024-01-23T06:00Z"),
        "elapsed": _text("in progress with a duration: time since it began", "6 h"),
        "seen": _text("when it was first known to be in progress", "2024-01-23T10:00Z"),
        "open_at": _text(
            "done: when it was last known to be open; updates keep it", "2024-01-23T12:00Z"
        ),
        "done_by": _text(
            "done: when it was first known to be done; updates keep it", "2024-01-23T12:00Z"
        ),
        "fails": _text("chance that a try fails", "0%"),
        "retry": _text("a further try costs this share of a fresh draw", "60%"),
        "max_tries": _text("the last one succeeds", "3"),
        "relapse": _text("chance of falling back once", "0%"),
        "hand_over": _text("added before the start of a stage", "lognormal(0.4 h, 1.5 h)"),
        "actions": _texts("what is done in this stage", "Restart affected tablet servers"),
    },
)
RECOVERY = Table(
    "recovery",
    {
        "started": _text("zero of the windows; default incident.started", "2024-01-23"),
        "rto": _text("recovery time objective", "8 h"),
        "mtpd": _text("maximum tolerable period of disruption", "3 d"),
        "dependence": _text("correlation of the stages' normal scores, 0 to 0.95", "0.5"),
        "known_at": _text("moment of the first estimate; updates keep it", "2024-01-23T12:00Z"),
        "stages": Key("the plan, in order", (ListOf(STAGE, named=True),)),
    },
)
BUSINESS = Table(
    "business",
    {
        "currency": _text("ISO 4217 code of all money", "USD"),
        "revenue_at_risk": _text(
            "money per hour, day, week, month or year that depends on the service",
            "75 K USD/day",
        ),
        "reading": _text(
            "exposed: the amount passes through the service; lost: the outage loses all of it",
            "exposed",
            "exposed",
            "lost",
        ),
        "profile": Key(
            "revenue over the week: flat, business-hours, 24 weights (hours of the day) or 168 "
            "(from Monday 0 h)",
            (Text((), "business-hours"), ListOf(Text((), "1.5"))),
        ),
        "timezone": _text("zone of the profile and of bare dates", "Europe/Berlin"),
        "deferred": _text("share of lost demand that comes back later", "0%"),
        "deferred_for": _text("time constant of its coming back", "6 h"),
        "users": _text("affected people", "15000"),
        "productivity": _table(
            "the users' own lost work; off unless written",
            "productivity",
            dependency=_text("share of their work that needs the service", "10%"),
            wage=_text("cost of their time", "50 USD/h"),
        ),
        "arr": _text("annual recurring revenue from this customer", "1.2 M USD"),
        "churn": _table(
            "chance that the customer leaves",
            "churn",
            base=_text("chance per year without the incident", "8%"),
            horizon=_text("time looked ahead", "1 y"),
        ),
        "backlog": _table(
            "work that piles up",
            "backlog",
            utilisation=_text("share of the capacity that is normally used", "60%"),
            cost=_text("cost of working it off", "300 USD/h"),
        ),
        "recovery_cost": _table(
            "what the recovery itself costs",
            "recovery_cost",
            staff=_text("people at work", "4"),
            rate=_text("cost of one of them", "90 USD/h"),
            overtime_after=_text("from when overtime is paid", "8 h"),
            overtime=_text("overtime rate", "150%"),
        ),
    },
)
TIER = Table(
    "tier",
    {
        "below": _text("upper bound of availability, exclusive", "99.9%"),
        "up_to": _text("upper bound of availability, inclusive", "99.9%"),
        "from": _text("lower bound of availability, inclusive", "99%"),
        "above": _text("lower bound of availability, exclusive", "99%"),
        "credit": _text("share of the monthly fee", "10%", required=True),
    },
)
_DOWNTIME = Table(
    "downtime",
    {
        "definition": _text(
            "what counts",
            "threshold",
            "all_fail",
            "threshold",
            "proportional",
            required=True,
        ),
        "threshold": _text("lost share strictly above which a moment counts", "5%"),
        "slice": _text("length of a slice of observations", "1 min"),
        "min_consecutive": _text("slices in a row that are needed", "5"),
        "min_events": _text("events that a slice needs", "60"),
        "whole_slices": _text("whether only whole slices count", "no", "yes", "no"),
        "empty_slices": _text(
            "what a slice without events is", "excluded", "excluded", "good", "bad"
        ),
        "source": _text("the clause", "MSA section 4.2"),
    },
)
_PERIOD = Table(
    "period",
    {
        "start": _text("first moment", "2026-04-20T00:00Z", required=True),
        "end": _text("first moment after it", "2026-04-22T00:00Z", required=True),
    },
)
SLA = Table(
    "sla",
    {
        "target": _text("promised availability", "99.9%", required=True),
        "period": Key(
            "month, week, quarter, year (calendar), a length from incident.started on, or two ends",
            (Text((), "month"), _PERIOD),
        ),
        "timezone": _text("zone of the period", "UTC"),
        "downtime": Key(
            "all_fail, proportional, or threshold with a share; left out: all three are shown",
            (Text((), "threshold 30%"), _DOWNTIME),
        ),
        "to_date": _text("downtime of this period before this incident", "12 min"),
        "excluded": _text("agreed maintenance, taken out of the period's length", "4 h"),
        "monthly_fee": _text("fee that credits are a share of", "40 K USD"),
        "credits": Key(
            "tiers, or a multiplier",
            (
                ListOf(TIER),
                Table(
                    "multiplier",
                    {
                        "multiplier": _text(
                            "credit = multiplier x fee x (1 - availability)", "10", required=True
                        )
                    },
                ),
            ),
        ),
        "rounding": _text("step to which availability is rounded half up", "0.1%"),
        "cap": _text("largest credit, as a share of the monthly fee", "50%"),
        "minimum": _text("smaller credits are not paid", "1 USD"),
        "claim": _text("until when a credit must be claimed", "30 d after the period"),
        "future": _table(
            "further incidents until the period's end; off unless written",
            "future",
            per_year=_text("incidents a year", "6"),
            duration=_text("length of one", "0.5 h to 8 h"),
        ),
    },
)
WHAT_IF = Table(
    "what_if",
    {
        "name": _text("name of the action", "Second repair team", required=True),
        "scale": Key("factor by path", (Free(),)),
        "set": Key("value by path", (Free(),)),
        "add": Key("further stages", (ListOf(STAGE, named=True),)),
        "remove": _texts("names of stages that are left out", "Repair"),
        "delay": Key("later start by stage", (Free(),)),
        "relief": _table(
            "part of what is still lost that is saved meanwhile",
            "relief",
            share=_text("of the lost share", "25%", required=True),
            ready=_text("time from now until it works", "3 h"),
            needs=_text("stage that must be finished before", "Repair"),
        ),
        "outage": _table(
            "planned total outage",
            "outage",
            at=_text("when it begins; left out: now", "2026-05-05T02:00Z"),
            lasts=_text("its length", "15 min", required=True),
        ),
        "credit": _text("goodwill to the customer", "5 K USD"),
        "cost": _text("what the action costs", "5 K USD"),
    },
)
SCENARIO = Table(
    "scenario",
    {
        "impactcalc": _text("version of this format", "1", "1"),
        "incident": Key("what broke", (INCIDENT,)),
        "recovery": Key("how it is mended", (RECOVERY,)),
        "business": Key("what hangs on it in money", (BUSINESS,)),
        "sla": Key("what was promised", (SLA,)),
        "observations": _texts("files of measurements, relative to this file", "requests.csv"),
        "history": _text("file of earlier incidents, relative to this file", "incidents.csv"),
        "what_if": Key("actions to compare", (ListOf(WHAT_IF, named=True),)),
    },
)
"""The whole file."""
