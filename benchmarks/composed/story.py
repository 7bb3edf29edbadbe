"""A story: what is true of one composed escalation, in words for a label and in sentences."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from composed.pen import PERIODS, Pen

if TYPE_CHECKING:
    import random

FIRST = ("Alder", "Birchmere", "Corvane", "Dunlin", "Ems & Tide", "Farrowgate", "Hollinwell")
SECOND = ("Freight", "Bank", "Media", "Rail", "Foods", "Hospitals", "Insurance", "University")
STAFF = ("Mira Oden", "Jonas Vale", "Priya Sundar", "Colm Tarrow", "Ilse Barden", "Anselm Rhys")
WORLDS = (
    ("order portal", "order", "orders", "clerks"),
    ("billing API", "invoice", "invoices", "accountants"),
    ("booking engine", "booking", "bookings", "guests"),
    ("card gateway", "payment", "payments", "cardholders"),
    ("patient portal", "login", "logins", "nurses"),
    ("roster service", "roster", "rosters", "crew members"),
    ("ticketing API", "ticket", "tickets", "riders"),
    ("claims platform", "claim", "claims", "claims handlers"),
    ("search cluster", "query", "queries", "analysts"),
)
PRIORITIES = (
    *(("P1", "critical"), ("Sev-2", "high"), ("Sev 1", "critical"), ("2 - High", "high")),
    *(("3 - Moderate", "medium"), ("Low", "low"), ("High", "high"), ("Critical", "critical")),
)
STATES = ("In Progress", "Monitoring", "Fix rolling out", "Awaiting Change", "Degraded, recovering")
MOODS = (
    *(("Dissatisfied", "negative"), ("Frustrated", "negative"), ("Neutral", "neutral")),
    *(("Angry", "negative"), ("Positive", "positive"), ("negative", "negative")),
)
NINES = (
    *(("99.9", "0.999", ("three nines",)), ("99.95", "0.9995", ("three and a half nines",))),
    *(("99.99", "0.9999", ("four nines",)), ("99.5", "0.995", ()), ("99.8", "0.998", ())),
)
ACTIONS = (
    *(("restart", "restarted", "the quota service"), ("disable", "disabled", "the fare preview")),
    *(("rebuild", "rebuilt", "the search index"), ("raise", "raised", "the connection limits")),
    *(("roll back", "rolled back", "the driver update"), ("drain", "drained", "the order queue")),
    *(("replace", "replaced", "the key store driver"), ("patch", "patched", "the cache policy")),
    *(("upgrade", "upgraded", "the relay software"), ("split", "split", "the archive table")),
    *(("pause", "paused", "the nightly audit job"), ("repair", "repaired", "the validity dates")),
    *(("flush", "flushed", "the price cache"), ("install", "installed", "the firmware fix")),
    *(("move", "moved", "the session store"), ("test", "tested", "the failover procedure")),
)
NAMED = (
    *(("Immediate", "Short-term", "Long-term"), ("Contain", "Repair", "Prevent")),
    *(("Relief", "Cure", "Hygiene"), ("First aid", "Correction", "Aftercare")),
)
DATED = ("next quarter", "after the holidays", "next sprint")


class Stage(NamedTuple):
    """A stage of the plan."""

    name: str
    window: str
    start: float | None
    stop: float | None
    actions: tuple[tuple[str, str, str], ...]


class Story:
    """Facts with their words; `said` for labels, `sentence` for prose."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.pen = Pen(chance)
        self.facts: dict[str, Any] = {"contradictions": set()}
        self.said: dict[str, str] = {}
        self.service, self.unit, self.units, self.people = chance.choice(WORLDS)
        self.customer = f"{chance.choice(FIRST)} {chance.choice(SECOND)}"
        self.staff = chance.sample(STAFF, 3)
        self.opened = dt.date(2026, chance.randint(1, 12), chance.randint(1, 26))
        self.unsure: set[str] = set()
        self.users = 0
        self._identity()
        self._impact()
        self._technical()
        self._contract()
        self.stages = self._plan() if chance.random() < 0.7 else ()
        self.states = self._states()

    def maybe(self, share: float) -> bool:
        """Decide by chance."""
        return self.chance.random() < share

    def state(self, field: str, words: str, value: Any, fact: str = "") -> None:
        """State a fact."""
        self.said[field] = words
        self.facts[fact or field] = value

    def _identity(self) -> None:
        choose = self.chance.choice
        number = self.chance.randint(1000, 99999)
        words = choose((f"INC{number:07}", f"ESC-{number}", f"CE{number}", f"#{number}"))
        words = choose((words, words, f"26-{number:05}", f"TF/{number}", f"{number:08}"))
        self.state("id", words, words)
        self.state("customer", self.customer, self.customer)
        self.state("service", self.service, self.service)
        if self.maybe(0.8):
            words, value = choose(PRIORITIES)
            self.state("priority", words, value)
        if self.maybe(0.8):
            words = choose(STATES)
            self.state("status", words, words)
        if self.maybe(0.8):
            self.state("created", *self.pen.moment(self.opened))
            if self.maybe(0.8):
                later = self.opened + dt.timedelta(days=self.chance.randint(0, 2))
                clocked = "T" in self.facts["created"]
                words, value = self.pen.moment(later)
                while clocked != ("T" in value):
                    words, value = self.pen.moment(later)
                self.state("escalated", words, value)
        if self.maybe(0.6):
            level = self.chance.randint(1, 3)
            self.state("level", choose((f"L{level}", f"Level {level}", str(level))), level)
            self.facts["escalation_level"] = self.facts.pop("level")
        if self.maybe(0.6):
            words, value = choose(MOODS)
            self.state("sentiment", words, value)

    def _impact(self) -> None:
        pen, chance = self.pen, self.chance
        if self.maybe(0.75):
            users = chance.randint(2, 900) * chance.choice((1, 10, 100))
            self.users = users
            if self.maybe(0.15):
                other = users + chance.randint(1, 9) * 100
                words = f"between {pen.whole(users)} and {pen.whole(other)}"
                self.state("users", words, [users, other], "users_affected")
            else:
                words = chance.choice(("", "", "about ", "~", "roughly ")) + pen.whole(users)
                self.state("users", words, users, "users_affected")
        if self.maybe(0.7):
            period, length = chance.choice(PERIODS)
            amount = chance.randint(2, 900) * 10 * (length if length in {7, 30} else 1)
            day = Fraction(amount * 24) if length == 24 else Fraction(amount, length)
            words = f"{pen.money(amount)} {chance.choice(('per', 'a', 'per'))} {period}"
            words = words.replace("a hour", "an hour")
            self.state("revenue", words, float(day), "revenue_at_risk_per_day")
            self.facts["currency"] = pen.code

    def _technical(self) -> None:
        pen, chance = self.pen, self.chance
        if self.maybe(0.75):
            usual = chance.choice((0.15, 0.25, 0.4, 0.8, 1.5, 2, 3))
            now = chance.choice((5, 7, 9, 11, 14, 18, 24, 45, 180))
            if self.maybe(0.2) and now < 60:
                words = f"{now} to {now + 3} seconds"
                self.state("now", words, [now, now + 3], "latency_now_s")
            else:
                self.state("now", pen.seconds(now), now, "latency_now_s")
            self.state("normal", pen.seconds(usual), usual, "latency_normal_s")
        if self.maybe(0.15):
            growth = chance.choice((150, 350, 400, 900))
            self.said["growth"] = f"{growth}%"
        if self.maybe(0.6):
            percent = chance.choice(("4", "4.5", "7", "8.5", "9", "11", "12", "14", "18"))
            self.state("errors", pen.percent(percent), float(percent) / 100, "error_rate")
        if self.maybe(0.5):
            nodes = chance.randint(2, 24)
            self.state("nodes", str(nodes), nodes)
            if self.maybe(0.6):
                zones = chance.randint(2, 4)
                self.state("zones", str(zones), zones)
        if self.maybe(0.25):
            self.state("replication", "3", 3, "replication_factor")

    def _contract(self) -> None:
        pen, chance = self.pen, self.chance
        if self.maybe(0.7):
            percent, ratio, names = chance.choice(NINES)
            words = pen.percent(percent)
            if names and self.maybe(0.3):
                words = chance.choice((*names, f"{names[0]} ({words})"))
            self.state("sla", words, float(ratio), "sla_objective")
        if self.maybe(0.5):
            fee = chance.randint(8, 400) * 100
            self.state("fee", pen.money(fee), fee, "monthly_fee")
            self.facts.setdefault("currency", pen.code)
        if self.maybe(0.35):
            arr = chance.randint(12, 90) * 10_000
            self.state("arr", pen.money(arr), arr)
            self.facts.setdefault("currency", pen.code)
        if self.maybe(0.4):
            day = dt.date(2027, chance.randint(1, 12), chance.randint(1, 28))
            self.state("renewal", pen.date(day), day.isoformat(), "renewal_date")

    def _plan(self) -> tuple[Stage, ...]:
        chance = self.chance
        first = chance.choice((1, 2, 4, 6, 12))
        second = first * chance.choice((4, 6, 10))
        last = chance.choice((("1-2 weeks", 168, 336), ("2 to 4 weeks", 336, 672)))
        last = chance.choice(
            (last, ("after 7 days", 168, None), (chance.choice(DATED), None, None))
        )
        begin = (f"0-{first} h", f"0 to {first} hours", f"first {first} hours", f"0-{first} hours")
        then = (f"{first}-{second} h", f"{first} to {second} hours")
        windows = ((chance.choice(begin), 0, first), (chance.choice(then), first, second), last)
        names = chance.choice(NAMED)
        pool = iter(chance.sample(ACTIONS, 6))
        stages = []
        for name, (window, start, stop) in zip(names, windows, strict=True):
            actions = tuple(next(pool) for _ in range(chance.randint(1, 2)))
            stages.append(Stage(name, window, start, stop, actions))
        return tuple(stages[: chance.randint(2, 3)])

    def _states(self) -> dict[str, str]:
        """Decide how far each action has come; later stages are behind earlier ones."""
        states: dict[str, str] = {}
        if not self.stages or self.maybe(0.15):
            return states
        order = ("done", "in_progress", "not_started")
        at = 0
        for stage in self.stages:
            for action in stage.actions:
                at = min(2, at + self.chance.choice((0, 0, 1)))
                if self.maybe(0.9):
                    states[wording(action)] = order[at]
        return states


def wording(action: tuple[str, str, str]) -> str:
    """Write an action as the plan has it."""
    return f"{action[0].capitalize()} {action[2]}"


def action_of(story: Story, words: str) -> tuple[str, str, str]:
    """Find an action by its words."""
    return next(one for stage in story.stages for one in stage.actions if wording(one) == words)


def state_sentence(story: Story, words: str) -> str:
    """Say in a sentence how far an action has come."""
    _, done, what = action_of(story, words)
    many = what.endswith("s")
    thing = what[0].upper() + what[1:]
    be, have = ("were", "have") if many else ("was", "has")
    now = "are" if many else "is"
    forms = {
        "done": (
            f"{thing} {be} {done}",
            f"{thing} {have} been {done}",
            f"{words}: done",
        ),
        "in_progress": (
            f"{thing} {now} being {done}",
            f"{words}: in progress",
            f"{thing} {done} on 2 of 6 nodes",
        ),
        "not_started": (
            f"{thing} {have} not been {done} yet",
            f"{words}: not started",
            f"{thing} not {done} yet",
        ),
    }
    return story.chance.choice(forms[story.states[words]])


def sentences(story: Story, fields: tuple[str, ...]) -> list[str]:
    """Say the facts of the fields in sentences, those that the story has."""
    made: list[str] = []
    for field in fields:
        if field in story.said:
            if field == "growth":  # no label tells it: it is stated where it is said
                story.facts["latency_increase_percent"] = int(story.said[field][:-1])
            told = _sentence(story, field)
            if told:
                made.append(told[0].upper() + told[1:])
    return made


def _sentence(story: Story, field: str) -> str:
    said, unit, units, people = story.said, story.unit, story.units, story.people
    a = "an" if unit[0] in "aeiou" else "a"
    words = said[field]
    forms: dict[str, tuple[str, ...]] = {
        "users": (
            f"{words} {people} are affected.",
            f"{words} {people} cannot work.",
            f"The problem affects {words} {people}.",
        ),
        "revenue": (
            f"They put the revenue at risk at {words}.",
            f"{words} are at risk.",
            f"Revenue at risk is {words}.",
            f"The customer estimates {words} at risk.",
        ),
        "now": (
            f"{a} {unit} takes {words}, normally {said.get('normal')}.",
            f"{a} {unit} takes {words} instead of {said.get('normal')}.",
            f"{a} {unit} now needs {words}; the usual time is {said.get('normal')}.",
        ),
        "errors": (
            f"{words} of the {units} fail.",
            f"{words} of {units} end in an error.",
            f"the error rate is {words}.",
        ),
        "growth": (f"response times increased by {words}.",),
        "nodes": (
            f"the {story.service} runs on {words} nodes"
            + (f" in {said['zones']} availability zones." if "zones" in said else "."),
        ),
        "replication": ("the replication factor is 3.", "RF=3."),
        "sla": (
            f"the contract promises {words} availability.",
            f"availability in the contract is {words}.",
            f"the SLA is {words}.",
        ),
        "fee": (f"they pay {words} per month.", f"the monthly fee is {words}."),
        "arr": (f"the ARR is {words}.", f"annual recurring revenue is {words}."),
        "renewal": (
            f"the contract renews on {words}.",
            f"renewal is on {words}.",
        ),
        "status": (f'the status is "{words}".', f'the current state is "{words}".'),
        "priority": (f"we treat it as {story.facts.get('priority')} priority.",),
        "sentiment": (f"overall sentiment: {words}.",),
        "level": (f"it is at escalation level {story.facts.get('escalation_level')}.",),
        "created": (
            f"the case was opened on {words}"
            + (f" and escalated on {said['escalated']}." if "escalated" in said else "."),
        ),
        "id": (f"our case number is {words}.", f"the case is {words}."),
    }
    return story.chance.choice(forms[field])
