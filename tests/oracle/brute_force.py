"""One scenario by plain Monte Carlo: an answer that owes nothing to the package.

Written from the words of the scenario contract ("meaning of a trial", items 1 to 7) and nothing
else: pseudo-random draws, no variance reduction, its own small parser of quantities. Moments are
hours since midnight (UTC) two days before the incident, lengths are hours, shares are numbers
from 0 to 1. Keys that this program does not know are refused, never ignored.

    python brute_force.py SCENARIO.yaml --trials 2000000 --seed 1 > SCENARIO.expected.json
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, expit, log_ndtr, logit, ndtr, ndtri, ndtri_exp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Array = NDArray[np.float64]
Generator = np.random.Generator

BLOCK = 20_000
BATCHES = 50
Z95 = float(ndtri(0.95))
Z90 = float(ndtri(0.90))
Z75 = float(ndtri(0.75))
QUARTER = 0.25  # every time zone's offset is a multiple of a quarter of an hour
TABLE_YEARS = 6  # afterwards the revenue profile counts with its mean
PRIORS = {  # MODEL.md section 2: median in hours, log-sd
    "config": (2.4, 1.40), "overload": (3.1, 1.54), "software": (3.9, 1.69),
    "network": (4.4, 1.54), "dependency": (9.5, 1.33), "database": (15.8, 1.89),
    "power": (24.0, 1.36), "all": (4.0, 1.67),
}  # fmt: skip
PRIORITY = {  # MODEL.md section 1, way 4
    "critical": "40% to 95%", "high": "15% to 70%", "medium": "5% to 40%", "low": "1% to 15%",
}  # fmt: skip
HOURS = {
    "ms": 1 / 3.6e6, "s": 1 / 3600, "min": 1 / 60, "h": 1.0, "hour": 1.0, "d": 24.0, "day": 24.0,
    "w": 168.0, "week": 168.0, "month": 720.0, "y": 8760.0, "year": 8760.0,
}  # fmt: skip
KNOWN_KEYS = {
    "": {"impactcalc", "incident", "recovery", "business", "sla"},
    "incident": {"id", "customer", "service", "priority", "started", "as_of", "lost_share"},
    "recovery": {"started", "rto", "mtpd", "dependence", "stages"},
    "business": {"currency", "revenue_at_risk", "reading", "profile", "timezone", "deferred",
                 "deferred_for"},
    "sla": {"target", "period", "timezone", "downtime", "to_date", "excluded", "monthly_fee",
            "credits", "rounding", "cap", "minimum"},
    "stage": {"name", "window", "duration", "after", "restores", "shape", "status", "finished",
              "elapsed", "seen", "fails", "retry", "max_tries", "relapse", "hand_over"},
}  # fmt: skip


def refuse_unknown(part: str, keys: Mapping[str, Any]) -> None:
    unknown = set(keys) - KNOWN_KEYS[part]
    if unknown:
        raise ValueError(f"{part}: this program does not know {sorted(unknown)}")


# ---------------------------------------------------------------- quantities


@dataclass(frozen=True)
class Law:
    """A distribution seen through normal scores: value = at(z) where z = ndtri(CDF(value))."""

    at: Callable[[Array], Array]
    score: Callable[[Array], Array]
    maximum: float = math.inf
    direct: Callable[[Generator, int], Array] | None = None  # a cheaper way to a plain draw

    def fresh(self, rng: Generator, n: int) -> Array:
        return self.direct(rng, n) if self.direct else self.at(rng.standard_normal(n))


def exact(value: float) -> Law:
    return Law(lambda z: np.full(z.shape, value), lambda x: np.where(x < value, -np.inf, np.inf),
               value)  # fmt: skip


def lognormal(mu: float, sigma: float) -> Law:
    return Law(lambda z: np.exp(mu + sigma * z), lambda x: (np.log(x) - mu) / sigma)


def by_quantiles(low: float, high: float, z: float) -> Law:
    mu, half = (math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / 2
    return lognormal(mu, half / z)


def logit_normal(low: float, high: float) -> Law:
    a, b = float(logit(low)), float(logit(high))
    mu, sigma = (a + b) / 2, (b - a) / 2 / Z95
    return Law(lambda z: expit(mu + sigma * z), lambda x: (logit(x) - mu) / sigma)


def normal(low: float, high: float) -> Law:
    mean, sd = (low + high) / 2, (high - low) / 2 / Z95
    return Law(lambda z: mean + sd * z, lambda x: (x - mean) / sd)


def uniform(a: float, b: float) -> Law:
    return Law(lambda z: a + (b - a) * ndtr(z),
               lambda x: ndtri(np.clip((x - a) / (b - a), 0, 1)), b)  # fmt: skip


def pert(a: float, m: float, b: float) -> Law:
    p, q = 1 + 4 * (m - a) / (b - a), 1 + 4 * (b - m) / (b - a)

    def at(z: Array) -> Array:
        low = z < 0
        part = np.empty(z.shape)
        part[low] = betaincinv(p, q, ndtr(z[low]))
        part[~low] = 1 - betaincinv(q, p, ndtr(-z[~low]))
        return a + (b - a) * part

    def score(x: Array) -> Array:
        return np.asarray(ndtri(betainc(p, q, np.clip((x - a) / (b - a), 0, 1))))

    return Law(at, score, b, lambda rng, n: a + (b - a) * rng.beta(p, q, n))


def triangular(a: float, m: float, b: float) -> Law:
    def at(z: Array) -> Array:
        u = ndtr(z)
        left = a + np.sqrt(u * (b - a) * (m - a))
        right = b - np.sqrt((1 - u) * (b - a) * (b - m))
        return np.asarray(np.where(u < (m - a) / (b - a), left, right))

    def score(x: Array) -> Array:
        y = np.clip(x, a, b)
        right = 1 - (b - y) ** 2 / ((b - a) * (b - m))
        return np.asarray(ndtri(np.where(y < m, (y - a) ** 2 / ((b - a) * (m - a)), right)))

    return Law(at, score, b)


def stand_in(law: Law) -> Law:
    """Return the lognormal that stands in for a bounded law once its maximum has passed."""
    median = float(law.at(np.zeros(1))[0])
    return lognormal(math.log(median), math.log(law.maximum / median) / Z90)


def parse_law(text: object, unit: Callable[[str], float], *, share: bool = False) -> Law:
    """Read a quantity; ``unit`` turns one plain figure into a number."""
    words = str(text).strip()
    called = re.fullmatch(r"(\w+)\((.*)\)", words)
    if called and called[1] == "history":
        median, sigma = PRIORS[called[2].strip()]
        return lognormal(math.log(median), sigma)
    if called:
        figures = [unit(part) for part in called[2].split(",")]
        if called[1] == "lognormal":
            return lognormal(math.log(figures[0]), math.log(figures[1] / figures[0]) / Z90)
        laws: dict[str, Callable[..., Law]] = {
            "normal": normal, "uniform": uniform, "pert": pert, "triangular": triangular,
        }  # fmt: skip
        return laws[called[1]](*figures)
    if " to " in words:
        low, high = (unit(part) for part in words.split(" to "))
        return logit_normal(low, high) if share else by_quantiles(low, high, Z95)
    return exact(unit(words))


def share_of(text: str) -> float:
    words = text.strip()
    return float(Fraction(words[:-1]) / 100) if words.endswith("%") else float(words)


def exact_share(text: object) -> Fraction:
    words = str(text).strip()
    return Fraction(words[:-1]) / 100 if words.endswith("%") else Fraction(words)


def hours_of(text: str) -> float:
    number, unit = text.strip().split()
    return float(number) * HOURS[unit]


def money_of(text: str) -> float:
    found = re.fullmatch(r"([\d.]+)\s*([KMB]?)(?:\s*[A-Z]{3})?", text.strip())
    if not found:
        raise ValueError(f"not money: {text}")
    return float(found[1]) * {"": 1.0, "K": 1e3, "M": 1e6, "B": 1e9}[found[2]]


def share_law(text: object) -> Law:
    return parse_law(text, share_of, share=True)


def window_law(text: str) -> Law:
    """Return the law whose P25 and P75 are the window's ends."""
    low, high = (hours_of(part) for part in text.split(" to "))
    if low == 0:
        return lognormal(math.log(high) - 1.25 * Z75, 1.25)
    return by_quantiles(low, high, Z75)


# ------------------------------------------------------------------- moments


@dataclass(frozen=True)
class Moment:
    """An instant, or (``low`` < ``high``) an unknown instant between two others."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def draw(self, rng: Generator, low: Array, high: float) -> Array:
        """Draw uniformly over what lies between ``low`` (by trial) and ``high``."""
        if self.exact:
            return np.full(low.shape, self.low)
        floor = np.maximum(low, self.low)
        return floor + (min(high, self.high) - floor) * rng.random(low.shape)


@dataclass(frozen=True)
class Clock:
    """Hours since a fixed instant; bare dates belong to ``zone``."""

    zero: datetime
    zone: ZoneInfo

    def hours(self, instant: datetime) -> float:
        gap = instant.astimezone(UTC) - self.zero
        return (gap.days * 86400 + gap.seconds) / 3600 + gap.microseconds / 3.6e9

    def midnight(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=zone)

    def moment(self, value: object) -> Moment:
        if isinstance(value, datetime) or not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            at = self.hours(instant_of(value))
            return Moment(at, at)
        day = date.fromisoformat(str(value))
        ends = (self.midnight(day, self.zone), self.midnight(day + timedelta(1), self.zone))
        return Moment(self.hours(ends[0]), self.hours(ends[1]))

    def noon(self, value: object) -> float:
        """Return the moment itself, or 12:00 of a bare date."""
        moment = self.moment(value)
        if moment.exact:
            return moment.low
        day = date.fromisoformat(str(value))
        return self.hours(datetime(day.year, day.month, day.day, 12, tzinfo=self.zone))


def instant_of(value: object) -> datetime:
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if instant.tzinfo is None:
        raise ValueError(f"a moment without an offset: {value}")
    return instant


# ------------------------------------------------------------------- revenue


@dataclass
class Revenue:
    """Weighted hours: antiderivative, its antiderivative, and the discounted integral.

    ``a(t)`` is the integral of the weight (mean 1) up to t; ``g(t)`` that of ``a``; ``e(t)`` the
    integral of weight(s) exp(-(t - s)/tau). Steps of a quarter of an hour, exact between them.
    """

    weights: Array
    tau: float
    a_knots: Array = field(init=False)
    g_knots: Array = field(init=False)
    e_knots: Array = field(init=False)

    def __post_init__(self) -> None:
        r = self.weights
        self.a_knots = np.concatenate([[0.0], np.cumsum(r * QUARTER)])
        steps = self.a_knots[:-1] * QUARTER + r * QUARTER**2 / 2
        self.g_knots = np.concatenate([[0.0], np.cumsum(steps)])
        keep = math.exp(-QUARTER / self.tau)
        e = [0.0]
        for weight in r.tolist():
            e.append(e[-1] * keep + weight * self.tau * (1 - keep))
        self.e_knots = np.array(e)
        self.weights = np.append(r, 1.0)

    def cell(self, t: Array) -> tuple[NDArray[np.intp], Array, Array]:
        i = np.minimum(np.floor(t / QUARTER), len(self.weights) - 1).astype(np.intp)
        return i, t - i * QUARTER, self.weights[i]

    def a(self, t: Array) -> Array:
        i, d, r = self.cell(t)
        return np.asarray(self.a_knots[i] + r * d)

    def g(self, t: Array) -> Array:
        i, d, r = self.cell(t)
        return np.asarray(self.g_knots[i] + self.a_knots[i] * d + r * d * d / 2)

    def e(self, t: Array) -> Array:
        i, d, r = self.cell(t)
        keep = np.exp(-d / self.tau)
        return np.asarray(self.e_knots[i] * keep + r * self.tau * (1 - keep))

    def lost_hours(self, since: Array, s: Array, t: Array, until: float) -> Array:
        """Weighted hours lost from ``since`` to a return spread evenly over [s, t].

        Nothing is counted after ``until``.
        """
        step = t - s < 1e-6
        late = np.minimum(t, until)
        early = np.minimum(s, until)
        area = self.g(late) - self.g(early) + self.a(np.full_like(t, min(until, 1e12))) * (
            (t - s) - (late - early)
        ) if math.isfinite(until) else self.g(t) - self.g(s)  # fmt: skip
        ramp = area / np.where(step, 1.0, t - s)
        return np.where(step, self.a(np.minimum((s + t) / 2, until)), ramp) - self.a(since)

    def discounted(self, since: Array, s: Array, t: Array) -> Array:
        """Return the mean over T in [s, t] of the integral of weight exp(-(T-x)/tau) from since."""
        step = t - s < 1e-6
        early = self.e(since)
        at_step = self.e(t) - early * np.exp(-(t - since) / self.tau)
        tails = np.exp(-(s - since) / self.tau) - np.exp(-(t - since) / self.tau)
        area = self.tau * (self.a(t) - self.a(s) - self.e(t) + self.e(s) - early * tails)
        return np.where(step, at_step, area / np.where(step, 1.0, t - s))


def week_of_weights(profile: object) -> list[float]:
    if profile in (None, "flat"):
        return [1.0] * 168
    if profile == "business-hours":
        day = [3.0 if 8 <= hour < 18 else 1.0 for hour in range(24)]
        return day * 5 + [1.0] * 48
    if not isinstance(profile, list):
        raise TypeError(f"not a profile: {profile}")
    weights = [float(weight) for weight in profile]
    return weights * 7 if len(weights) == 24 else weights


def revenue_of(business: Mapping[str, Any], clock: Clock) -> Revenue:
    week = week_of_weights(business.get("profile"))
    mean = sum(week) / len(week)
    zone = ZoneInfo(business.get("timezone", "UTC"))
    rates = []
    for i in range(int(TABLE_YEARS * 365 * 24 / QUARTER)):
        local = (clock.zero + timedelta(hours=i * QUARTER)).astimezone(zone)
        rates.append(week[local.weekday() * 24 + local.hour] / mean)
    return Revenue(np.array(rates), hours_of(business.get("deferred_for", "6 h")))


# -------------------------------------------------------------------- stages


@dataclass
class Stage:
    name: str
    law: Law
    window: bool
    after: list[str]
    restores: float
    linear: bool
    status: str
    finished: Moment | None
    elapsed: float | None
    seen: float
    fails: Law
    retry: float
    max_tries: int
    relapse: Law
    hand_over: Law | None

    @property
    def done(self) -> bool:
        return self.status == "done"


@dataclass
class Course:
    """What one stage does, by trial: its start, finish, and absence after a relapse."""

    start: Array
    finish: Array
    fell: Array
    back: Array
    relapsed: NDArray[np.bool_]

    @property
    def free(self) -> Array:
        """When a waiting stage may go on."""
        return np.where(self.relapsed, self.back, self.finish)


def shares_restored(stages: Sequence[Mapping[str, Any]]) -> list[float]:
    stated = [share_of(str(s["restores"])) if "restores" in s else None for s in stages]
    blank = stated.count(None)
    if blank == len(stages):
        return [1.0] if blank == 1 else [0.6] + [0.4 / (blank - 1)] * (blank - 1)
    rest = 1 - sum(share for share in stated if share is not None)
    return [rest / blank if share is None else share for share in stated]


def read_stage(raw: Mapping[str, Any], above: list[str], share: float, clock: Clock,
               now: float) -> Stage:  # fmt: skip
    refuse_unknown("stage", raw)
    law = window_law(raw["window"]) if "window" in raw else parse_law(raw["duration"], hours_of)
    elapsed = hours_of(raw["elapsed"]) if "elapsed" in raw else None
    if elapsed is not None and "duration" in raw and elapsed >= law.maximum:
        law = stand_in(law)
    return Stage(
        name=raw["name"],
        law=law,
        window="window" in raw,
        after=list(raw.get("after", above)),
        restores=share,
        linear=raw.get("shape", "step") == "linear",
        status=raw.get("status", "not_started"),
        finished=clock.moment(raw["finished"]) if "finished" in raw else None,
        elapsed=elapsed,
        seen=clock.moment(raw["seen"]).low if "seen" in raw else now,
        fails=share_law(raw.get("fails", 0)),
        retry=share_of(str(raw.get("retry", "60%"))),
        max_tries=int(raw.get("max_tries", 3)),
        relapse=share_law(raw.get("relapse", 0)),
        hand_over=parse_law(raw["hand_over"], hours_of) if "hand_over" in raw else None,
    )


def in_order(stages: list[Stage]) -> list[Stage]:
    """Sort so that a stage comes behind all that it waits for."""
    sorted_stages: list[Stage] = []
    while len(sorted_stages) < len(stages):
        names = {stage.name for stage in sorted_stages}
        ready = [s for s in stages if s.name not in names and set(s.after) <= names]
        if not ready:
            raise ValueError("the stages wait for one another")
        sorted_stages += ready
    return sorted_stages


@dataclass
class Plan:
    stages: list[Stage]
    rho: float
    started: Moment  # of the recovery, meaningless when ``with_incident``
    with_incident: bool
    now: float

    def __post_init__(self) -> None:
        self.by_name = {stage.name: stage for stage in self.stages}

    def known_start(self, stage: Stage) -> float | None:
        """When the stage could start, where no draw is needed to say it."""
        if not self.started.exact:
            return None
        moments = [self.started.low]
        for name in stage.after:
            before = self.by_name[name]
            if not before.done or before.finished is None or not before.finished.exact:
                return None
            moments.append(before.finished.low)
        return max(moments)

    def waits_are_over(self, stage: Stage) -> bool:
        return all(self.by_name[name].done for name in stage.after)

    def cut(self, stage: Stage) -> float:
        """By when a done stage has finished: as_of, or what a stage behind it shows."""
        waiting = [s for s in self.stages if stage.name in s.after and not s.window]
        shown = [self.now - s.elapsed for s in waiting
                 if s.status == "in_progress" and s.elapsed is not None]  # fmt: skip
        return min([self.now, *shown])

    def evidence(self, stage: Stage) -> tuple[str, float] | None:
        """What is known of the stage's normal score: above, below or equal to a figure."""
        kind, x = self.known_length(stage)
        if x is None or x <= 0:
            return None
        return kind, float(stage.law.score(np.array([x]))[0])

    def known_length(self, stage: Stage) -> tuple[str, float | None]:
        if stage.status == "in_progress" and not stage.window:
            return "above", stage.elapsed
        zero = self.started.low if self.started.exact else None
        if not stage.done:
            open_window = stage.window and self.waits_are_over(stage) and zero is not None
            return "above", self.now - zero if open_window and zero is not None else None
        if stage.finished is None:
            return "below", self.cut(stage) - zero if stage.window and zero is not None else None
        start = self.known_start(stage)
        if start is None or zero is None or not stage.finished.exact:
            return "equal", None
        finish = stage.finished.low
        return "equal", finish - (zero if stage.window else start) if finish > start else None


def sample_common_factor(plan: Plan, rng: Generator, n: int) -> Array:
    """Z given all evidence, by its density on a fine grid."""
    a, b = math.sqrt(plan.rho), math.sqrt(1 - plan.rho)
    facts = [fact for fact in map(plan.evidence, plan.stages) if fact is not None]
    if not facts or plan.rho == 0:
        return rng.standard_normal(n)
    z = np.linspace(-14, 14, 28_001)
    log_density = -z * z / 2
    for kind, c in facts:
        if kind == "above":
            log_density += log_ndtr((a * z - c) / b)
        elif kind == "below":
            log_density += log_ndtr((c - a * z) / b)
        else:
            log_density += -(((c - a * z) / b) ** 2) / 2
    density = np.exp(log_density - log_density.max())
    cdf = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.asarray(np.interp(rng.random(n) * cdf[-1], cdf, z))


def score_above(common: Array, b: float, c: Array, rng: Generator) -> Array:
    """Normal scores with mean ``common`` and sd b, given that they exceed c (by trial)."""
    tail = log_ndtr((common - c) / b) + np.log1p(-rng.random(common.shape))
    return np.asarray(common - b * ndtri_exp(tail))


def score_below(common: Array, b: float, c: Array, rng: Generator) -> Array:
    tail = log_ndtr((c - common) / b) + np.log1p(-rng.random(common.shape))
    return np.asarray(common + b * ndtri_exp(tail))


@dataclass
class Trial:
    """A block of trials of the recovery: everything that has been drawn so far."""

    plan: Plan
    rng: Generator
    incident: Array
    zero: Array  # recovery.started
    factor: Array
    courses: dict[str, Course] = field(default_factory=dict)

    def latest(self, stage: Stage, *, redone: bool) -> Array:
        """Return the latest finish of what the stage waits for, or the plan's start."""
        moments = [self.zero]
        for name in stage.after:
            course = self.courses[name]
            moments.append(course.free if redone else course.finish)
        return np.asarray(np.max(moments, axis=0))

    def first_try(self, stage: Stage, above: Array | None = None,
                  below: Array | None = None) -> Array:  # fmt: skip
        """Draw the stage's law given the factor, and given that it exceeds (or not) a length."""
        common = math.sqrt(self.plan.rho) * self.factor
        b = math.sqrt(1 - self.plan.rho)
        law, n = stage.law, common.shape
        if above is None and below is None:
            return law.at(common + b * self.rng.standard_normal(n))
        if below is not None:
            return law.at(score_below(common, b, law.score(below), self.rng))
        floor = np.zeros(n) if above is None else above
        c = np.where(floor > 0, law.score(np.maximum(floor, 1e-300)), -np.inf)
        lengths = law.at(score_above(common, b, c, self.rng))
        beyond = floor >= law.maximum
        if not beyond.any():
            return lengths
        heavy = stand_in(law)
        c = heavy.score(np.maximum(floor, 1e-300))
        return np.where(beyond, heavy.at(score_above(common, b, c, self.rng)), lengths)

    def further_tries(self, stage: Stage) -> Array:
        n = self.zero.shape[0]
        chance = stage.fails.fresh(self.rng, n)
        failing = np.ones(n, dtype=bool)
        extra = np.zeros(n)
        for _ in range(stage.max_tries - 1):
            failing &= self.rng.random(n) < chance
            extra += np.where(failing, stage.retry * stage.law.fresh(self.rng, n), 0.0)
        return extra

    def run_done(self, stage: Stage) -> tuple[Array, Array]:
        start = self.latest(stage, redone=False)
        cut = np.full(start.shape, self.plan.cut(stage))
        if stage.finished is not None:
            return start, stage.finished.draw(self.rng, np.full(start.shape, -np.inf),
                                              self.plan.now)  # fmt: skip
        if stage.window:
            length = self.first_try(stage, below=cut - self.zero)
            return start, np.maximum(self.zero + length, start)
        return start, start + (cut - start) * self.rng.random(start.shape)

    def run_window(self, stage: Stage) -> tuple[Array, Array]:
        ready = self.latest(stage, redone=True)
        start = ready if stage.status == "in_progress" else np.maximum(ready, self.plan.now)
        over = self.plan.waits_are_over(stage)
        length = self.first_try(stage, above=self.plan.now - self.zero if over else None)
        return start, np.maximum(self.zero + length, ready) + self.further_tries(stage)

    def run_duration(self, stage: Stage) -> tuple[Array, Array]:
        now = self.plan.now
        if stage.status == "not_started":
            start = np.maximum(self.latest(stage, redone=True), now)
            if stage.hand_over is not None:
                start = start + stage.hand_over.fresh(self.rng, start.shape[0])
            return start, start + self.first_try(stage) + self.further_tries(stage)
        if stage.elapsed is not None:
            start = np.full(self.zero.shape, now - stage.elapsed)
        else:
            earliest = self.latest(stage, redone=False)
            start = earliest + (stage.seen - earliest) * self.rng.random(earliest.shape)
        return start, start + self.first_try(stage, above=now - start) + self.further_tries(stage)

    def run(self, stage: Stage) -> None:
        if stage.done:
            start, finish = self.run_done(stage)
            fell = np.full(finish.shape, self.plan.now)
        else:
            start, finish = self.run_window(stage) if stage.window else self.run_duration(stage)
            fell = finish
        n = finish.shape[0]
        relapsed = self.rng.random(n) < stage.relapse.fresh(self.rng, n)
        back = fell + np.where(relapsed, stage.law.fresh(self.rng, n), 0.0)
        start = start if stage.linear else finish
        self.courses[stage.name] = Course(start, finish, fell, back, relapsed)


# ----------------------------------------------------------- loss and service


def restored_at(plan: Plan, courses: Mapping[str, Course], t: Array) -> tuple[Array, Array]:
    """Share restored at ``t`` and its rise an hour, ``t`` not being an end of any step or ramp."""
    share, slope = np.zeros(t.shape), np.zeros(t.shape)
    for stage in plan.stages:
        if stage.restores == 0:
            continue
        c = courses[stage.name]
        length = np.maximum(c.finish - c.start, 1e-300)
        inside = (t > c.start) & (t < c.finish)
        part = np.where(t >= c.finish, 1.0, np.where(inside, (t - c.start) / length, 0.0))
        part -= c.relapsed & (t >= c.fell) & (t < c.back)
        share += stage.restores * part
        slope += np.where(inside, stage.restores / length, 0.0)
    return share, slope


def corners(plan: Plan, courses: Mapping[str, Course]) -> list[Array]:
    """List all moments at which the restored share jumps or bends."""
    points = []
    for stage in plan.stages:
        if stage.restores == 0:
            continue
        c = courses[stage.name]
        points.append(c.finish)
        points += [c.start] if stage.linear else []
        points += [c.fell, c.back] if c.relapsed.any() else []
    return points


def time_above(left: Array, slope: Array, hours: Array, bound: float) -> Array:
    """Time within ``hours`` in which left - slope t exceeds the bound (slope >= 0)."""
    crossing = (left - bound) / np.where(slope > 0, slope, 1.0)
    ramp = np.clip(crossing, 0.0, hours)
    return np.where(slope > 0, ramp, np.where(left > bound, hours, 0.0))


def downtime(plan: Plan, courses: Mapping[str, Course], lost: Array, incident: Array,
             sla: ServiceLevel) -> Array:  # fmt: skip
    """Hours down inside the period, between one corner of L(t) and the next."""
    first = np.maximum(incident, sla.start)
    inner = [np.clip(point, first, sla.end) for point in corners(plan, courses)]
    points = np.sort(np.array([np.minimum(first, sla.end), *inner]), axis=0)
    total = np.zeros(incident.shape)
    for low, high in pairwise(points):
        hours = high - low
        share, rise = restored_at(plan, courses, (low + high) / 2)
        level, slope = lost * (1 - share), lost * rise
        if sla.definition == "proportional":
            total += level * hours
        elif sla.definition == "all_fail":
            total += time_above(level + slope * hours / 2, slope, hours, 1 - 1e-12)
        else:
            total += time_above(level + slope * hours / 2, slope, hours, sla.threshold + 1e-12)
    return total


@dataclass
class Tier:
    low: Fraction
    low_closed: bool
    high: Fraction
    high_closed: bool
    credit: float
    below: str | None

    def holds(self, missing: Array, period: float) -> NDArray[np.bool_]:
        """Whether availability lies inside; ``missing`` is downtime in whole nanoseconds."""
        down_at_high = float((1 - self.high) * Fraction(period))
        down_at_low = float((1 - self.low) * Fraction(period))
        under = missing >= down_at_high if self.high_closed else missing > down_at_high
        over = missing <= down_at_low if self.low_closed else missing < down_at_low
        return np.asarray(under & over)


@dataclass
class ServiceLevel:
    target: Fraction
    start: float
    end: float
    definition: str
    threshold: float
    to_date: float
    excluded: float
    fee: float
    tiers: list[Tier]
    multiplier: float | None
    rounding: Fraction | None
    cap: float | None
    minimum: float

    @property
    def nanoseconds(self) -> float:
        return float(round((self.end - self.start - self.excluded) * 3600) * 10**9)

    def missing(self, down: Array) -> Array:
        """Return the downtime of the period in whole nanoseconds, at most the whole period.

        With ``rounding`` the downtime that the rounded availability stands for.
        """
        whole = np.minimum(np.rint((self.to_date + down) * 3.6e12), self.nanoseconds)
        if self.rounding is None:
            return np.asarray(whole)
        step = float(self.rounding * Fraction(self.nanoseconds))
        return np.asarray(np.ceil(whole / step - 0.5 - 1e-9) * step)

    def breached(self, missing: Array) -> NDArray[np.bool_]:
        return np.asarray(missing > float((1 - self.target) * Fraction(self.nanoseconds)))

    def share_paid(self, missing: Array) -> Array:
        """Return the largest credit of the tiers that hold; in a gap that of the tier above."""
        best = np.full(missing.shape, -1.0)
        for tier in self.tiers:
            held = tier.holds(missing, self.nanoseconds)
            best = np.where(held, np.maximum(best, tier.credit), best)
        gap = best < 0
        best = np.where(gap, 0.0, best)
        for tier in sorted(self.tiers, key=lambda tier: tier.low, reverse=True):
            passed = missing >= float((1 - tier.low) * Fraction(self.nanoseconds))
            best = np.where(gap & passed, tier.credit, best)
        return best

    def credits(self, missing: Array) -> Array:
        if self.multiplier is None:
            paid = self.share_paid(missing) * self.fee
        else:
            due = self.multiplier * self.fee * missing / self.nanoseconds
            paid = np.where(self.breached(missing), due, 0.0)
        if self.cap is not None:
            paid = np.minimum(paid, self.cap * self.fee)
        return np.where(paid < self.minimum, 0.0, paid)


def read_tier(raw: Mapping[str, Any]) -> Tier:
    low = raw.get("from", raw.get("above", "0%"))
    high = raw.get("below", raw.get("up_to", "100%"))
    below = str(raw["below"]) if "below" in raw else None
    return Tier(exact_share(low), "above" not in raw, exact_share(high), "below" not in raw,
                share_of(str(raw["credit"])), below)  # fmt: skip


def period_of(sla: Mapping[str, Any], incident: Mapping[str, Any],
              clock: Clock) -> tuple[float, float]:  # fmt: skip
    period, zone = sla.get("period", "month"), ZoneInfo(sla.get("timezone", "UTC"))
    if isinstance(period, dict):
        return clock.moment(period["start"]).low, clock.moment(period["end"]).low
    if period not in ("month", "week", "quarter", "year"):
        start = clock.moment(incident["started"]).low
        return start, start + hours_of(period)
    instant = clock.zero + timedelta(hours=clock.noon(incident["started"]))
    day = instant.astimezone(zone).date()
    if period == "week":
        first = day - timedelta(day.weekday())
        last = first + timedelta(7)
    else:
        months = {"month": 1, "quarter": 3, "year": 12}[period]
        index = (day.month - 1) // months * months
        first = date(day.year, index + 1, 1)
        last = date(day.year + (index + months) // 12, (index + months) % 12 + 1, 1)
    return clock.hours(clock.midnight(first, zone)), clock.hours(clock.midnight(last, zone))


def read_service_level(sla: Mapping[str, Any], incident: Mapping[str, Any],
                       clock: Clock) -> ServiceLevel:  # fmt: skip
    refuse_unknown("sla", sla)
    start, end = period_of(sla, incident, clock)
    rule = sla["downtime"]
    if isinstance(rule, dict):
        definition, threshold = rule["definition"], share_of(str(rule.get("threshold", "0%")))
    else:
        definition, _, figure = rule.partition(" ")
        threshold = share_of(figure) if figure else 0.0
    rows = sla.get("credits", [])
    tiers = [] if isinstance(rows, dict) else [read_tier(row) for row in rows]
    return ServiceLevel(
        target=exact_share(sla["target"]),
        start=start,
        end=end,
        definition=definition,
        threshold=threshold,
        to_date=hours_of(sla["to_date"]) if "to_date" in sla else 0.0,
        excluded=hours_of(sla["excluded"]) if "excluded" in sla else 0.0,
        fee=money_of(sla["monthly_fee"]),
        tiers=tiers,
        multiplier=float(rows["multiplier"]) if isinstance(rows, dict) else None,
        rounding=exact_share(sla["rounding"]) if "rounding" in sla else None,
        cap=share_of(str(sla["cap"])) if "cap" in sla else None,
        minimum=money_of(sla["minimum"]) if "minimum" in sla else 0.0,
    )


# ------------------------------------------------------------------ scenario


@dataclass
class Scenario:
    plan: Plan
    incident: Moment
    lost_share: Law
    lost_reading: bool
    revenue: Revenue
    hourly: Law
    deferred: float
    sla: ServiceLevel

    def recover(self, rng: Generator, n: int) -> Trial:
        """Draw the recovery n times."""
        plan, now = self.plan, self.plan.now
        incident = self.incident.draw(rng, np.full(n, -np.inf), now)
        zero = incident if plan.with_incident else plan.started.draw(rng, incident, now)
        trial = Trial(plan, rng, incident, zero, sample_common_factor(plan, rng, n))
        for stage in in_order(plan.stages):
            trial.run(stage)
        return trial

    def block(self, rng: Generator, n: int) -> dict[str, Array]:
        """Run n trials."""
        plan = self.plan
        trial = self.recover(rng, n)
        incident = trial.incident
        lost = np.clip(self.lost_share.fresh(rng, n), 0.0, 1.0)
        rate = self.hourly.fresh(rng, n) * (1.0 if self.lost_reading else lost)
        whole, early, returned = self.weighted_hours(trial)
        down = downtime(plan, trial.courses, lost, incident, self.sla)
        missing = self.sla.missing(down)
        gating = [trial.courses[s.name] for s in plan.stages if s.restores > 0]
        return {
            "revenue_loss": rate * (whole - self.deferred * returned),
            "already_lost": rate * early,
            "avoidable": rate * (whole - early),
            "credits": self.sla.credits(missing),
            "full_recovery_h": np.max([c.free for c in gating], axis=0) - incident,
            "first_relief_h": np.min([c.finish for c in gating], axis=0) - incident,
            "projected_availability": 1 - missing / self.sla.nanoseconds,
            "missing": missing,
        }

    def weighted_hours(self, trial: Trial) -> tuple[Array, Array, Array]:
        """Weighted hours lost in all, lost by as_of, and exp(-wait/tau) of those deferred."""
        whole, early, returned = (np.zeros(trial.zero.shape) for _ in range(3))
        for stage in self.plan.stages:
            c, w = trial.courses[stage.name], stage.restores
            if (c.start < trial.incident - 1e-9).any() or (c.finish < trial.incident - 1e-9).any():
                raise ValueError(f"{stage.name}: returns before the incident")
            start = np.minimum(c.start, c.finish)
            absences = [(trial.incident, start, c.finish, np.ones(start.shape))]
            absences.append((c.fell, c.back, c.back, c.relapsed.astype(float)))
            for since, s, t, there in absences:
                share = w * there
                until = np.minimum(since, self.plan.now)
                whole += share * self.revenue.lost_hours(since, s, t, math.inf)
                early += share * self.revenue.lost_hours(until, s, t, self.plan.now)
                if self.deferred > 0:
                    returned += share * self.revenue.discounted(since, s, t)
        return whole, early, returned


def read_scenario(document: Mapping[str, Any]) -> Scenario:
    """Read a scenario from its nested dict."""
    incident, business = document["incident"], document["business"]
    recovery = document.get("recovery", {})
    for part, keys in (("", document), ("incident", incident), ("recovery", recovery),
                       ("business", business)):  # fmt: skip
        refuse_unknown(part, keys)
    day = date.fromisoformat(str(incident["started"])[:10]) - timedelta(2)
    zero = datetime(day.year, day.month, day.day, tzinfo=UTC)
    clock = Clock(zero, ZoneInfo(business.get("timezone", "UTC")))
    started = clock.moment(incident["started"])
    rate = str(business["revenue_at_risk"])
    amount, _, per = rate.rpartition("/")
    hourly = parse_law(amount, lambda text: money_of(text) / HOURS[per.strip()])
    share = incident.get("lost_share") or PRIORITY.get(incident.get("priority"), "5% to 80%")
    return Scenario(
        plan=read_plan(recovery, started, clock, clock.noon(incident["as_of"])),
        incident=started,
        lost_share=share_law(share),
        lost_reading=business.get("reading", "exposed") == "lost",
        revenue=revenue_of(business, clock),
        hourly=hourly,
        deferred=share_of(str(business.get("deferred", "0%"))),
        sla=read_service_level(document["sla"], incident, clock),
    )


def read_plan(recovery: Mapping[str, Any], incident: Moment, clock: Clock, now: float) -> Plan:
    rows = recovery.get("stages", [{"name": "Recovery", "duration": "history(all)"}])
    stages: list[Stage] = []
    for row, share in zip(rows, shares_restored(rows), strict=True):
        above = [stages[-1].name] if stages else []
        stages.append(read_stage(row, above, share, clock, now))
    own = clock.moment(recovery["started"]) if "started" in recovery else incident
    rho = float(str(recovery.get("dependence", 0.5)))
    return Plan(stages, rho, own, "started" not in recovery, now)


# -------------------------------------------------------------------- answer

QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95, "p99": 0.99}
ERRORS = ("mean", "p5", "p50", "p95", "expected_shortfall_95")


def figures(values: Array) -> dict[str, float]:
    """Mean, sd, quantiles (smallest x with share(<= x) >= p) and the mean of the worst 5%."""
    ordered = np.sort(values)
    n = len(ordered)
    summary = {"mean": float(ordered.mean()), "sd": float(ordered.std())}
    for name, p in QUANTILES.items():
        summary[name] = float(ordered[max(math.ceil(round(p * n, 6)) - 1, 0)])
    tail = 0.05 * n
    whole = math.floor(round(tail, 6))
    worst = float(ordered[n - whole :].sum()) + (tail - whole) * float(ordered[n - whole - 1])
    summary["expected_shortfall_95"] = worst / tail
    return summary


def with_errors(values: Array) -> dict[str, Any]:
    """Figures of all trials with standard errors from equal batches."""
    batches = [figures(batch) for batch in values.reshape(BATCHES, -1)]
    errors = {
        name: float(np.std([batch[name] for batch in batches], ddof=1)) / math.sqrt(BATCHES)
        for name in ERRORS
    }
    return {**figures(values), "se": errors}


def probability(events: NDArray[np.bool_]) -> dict[str, float]:
    p = float(events.mean())
    return {"value": p, "se": math.sqrt(p * (1 - p) / len(events))}


def answer(document: Mapping[str, Any], trials: int, seed: int) -> dict[str, Any]:
    """Simulate the scenario and return the figures that an ``.expected.json`` file holds."""
    scenario = read_scenario(document)
    rng = np.random.default_rng(seed)
    trials = math.ceil(trials / BATCHES) * BATCHES
    sizes = [min(BLOCK, trials - done) for done in range(0, trials, BLOCK)]
    columns: dict[str, list[Array]] = {}
    for size in sizes:
        for name, values in scenario.block(rng, size).items():
            columns.setdefault(name, []).append(values)
    joined = {name: np.concatenate(columns.pop(name)) for name in list(columns)}
    sla, missing = scenario.sla, joined.pop("missing")
    result: dict[str, Any] = {name: with_errors(values) for name, values in joined.items()}
    del result["projected_availability"]["expected_shortfall_95"]
    result["breach_prob"] = probability(sla.breached(missing))
    result["credit_tiers"] = [
        {"below": tier.below,
         "prob": float((missing > float((1 - tier.high) * Fraction(sla.nanoseconds))).mean())}
        for tier in sla.tiers if tier.below is not None
    ]  # fmt: skip
    return {**result, "trials": trials, "seed": seed}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Brute force answer of one scenario file.")
    parser.add_argument("scenario", type=Path)
    parser.add_argument("--trials", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    document = yaml.safe_load(options.scenario.read_text("utf-8"))
    json.dump(answer(document, options.trials, options.seed), sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
