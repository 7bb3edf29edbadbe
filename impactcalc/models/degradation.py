"""Degradation: from latency, tablets and errors to the lost share of service (MODEL.md section 1).

The lost share L is the share of revenue-bearing work that fails or is given up at a moment. It is
stated, or derived by routes through what the text says, or a range by priority.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.domain.quantity import Law
from impactcalc.models.laws import law_of, sample
from impactcalc.named import NamedTuple
from impactcalc.stats.distributions import Z95, LogitNormal, LogNormal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from impactcalc.domain.incident import Incident
    from impactcalc.models.laws import Draw

    Array = NDArray[np.float64]

TABLETS = "tablets"
PERCENTAGE = "percentage"

READS = (0.6, 0.8)  # share of reads in the revenue-bearing work [A]
POINT_READS = (0.2, 0.6)  # share of point reads in the reads; the others scan [A]
TABLET_COUNT = (28.0, 336.0)  # tablets of the affected tables, log-uniform [A]
RETRIED = (0.0, 0.5)  # share of failing writes that a retry saves [A]
CAPTIVE = (0.2, 0.6)  # share of users who wait however long it takes [A]
PATIENCE = (0.15, 0.24)  # lambda per second [E]
INCREASE_LOG_SD = 0.5  # of the stated factor [A]
AFTER_RESTARTS_S = (4.0, 15.0)  # latency once only the corrupt tablets are left [A]
CLIP = 0.001
PRIORITY_SHARES = {
    "critical": (0.40, 0.95),
    "high": (0.15, 0.70),
    "medium": (0.05, 0.40),
    "low": (0.01, 0.15),
}
ANY_PRIORITY = (0.05, 0.80)


class RouteShares(NamedTuple):
    """One route's lost share at the start, and once only the corrupt tablets are left.

    ``after`` is None where that cannot be derived.
    """

    initial: Array
    after: Array | None


class LostShare(NamedTuple):
    """Lost share by trial; ``routes`` hold each way alone when two were combined."""

    initial: Array
    after: Array | None
    routes: dict[str, RouteShares]

    def times(self, factor: float) -> LostShare:
        """Give the lost share a factor in every trial; no more than all can be lost."""
        initial = np.minimum(self.initial * factor, 1.0)
        after = None if self.after is None else np.minimum(self.after * factor, 1.0)
        return LostShare(initial, after, self.routes)


def way_of(incident: Incident) -> str:
    """How the lost share is found: "stated", "derived" or "priority"."""
    if incident.lost_share is not None:
        return "stated"
    return "derived" if routes_of(incident) else "priority"


def routes_of(incident: Incident) -> tuple[str, ...]:
    """Routes that the incident's figures support."""
    if incident.lost_share is not None:
        return ()
    cluster, latency = incident.cluster, incident.latency
    found = []
    if cluster is not None and cluster.leaderless_tablets is not None:
        found.append(TABLETS)
    if _has_pair(incident) and latency is not None and latency.increase is not None:
        found.append(PERCENTAGE)
    return tuple(found)


def draw_names(incident: Incident) -> tuple[str, ...]:
    """Names of the draws, the weightiest first."""
    if incident.lost_share is not None:
        return () if incident.lost_share.value.fixed is not None else ("loss/share",)
    names = ["loss/share"] if not routes_of(incident) else []
    names += ["loss/route", "loss/increase", "loss/latency", "loss/latency-normal"]
    names += ["loss/tablets", "loss/tablets-touched", "loss/point-reads", "loss/captive"]
    return (*names, "loss/patience", "loss/reads", "loss/retry", "loss/error-rate")


def lost_share(incident: Incident, draw: Draw) -> LostShare:
    """Lost share by trial, by the best way that the incident's figures support.

    Parameters
    ----------
    incident
        What the text or the scenario states.
    draw
        Uniform draws by name.
    """
    if incident.lost_share is not None:
        return LostShare(sample(law_of(incident.lost_share.value), draw("loss/share")), None, {})
    routes = _routes(incident, draw)
    if len(routes) > 1:
        shares = _between(routes[TABLETS], routes[PERCENTAGE], draw("loss/route"))
    elif routes:
        shares = next(iter(routes.values()))
    else:
        shares = RouteShares(_by_priority(incident, draw), None)
    shares = _at_least_the_errors(incident, draw, shares)
    routes = {k: _at_least_the_errors(incident, draw, v) for k, v in routes.items()}
    return LostShare(shares.initial, shares.after, routes if len(routes) > 1 else {})


def failing_share(tablets: Array, leaderless: float, touched: Array) -> Array:
    """h(k) = 1 - C(N-l, k)/C(N, k): a transaction over k tablets meets one without a leader.

    Parameters
    ----------
    tablets
        N, shape (n_trials,), need not be whole.
    leaderless
        l, at most N.
    touched
        k in {1, 2, 3, ...}, shape (n_trials,).

    Examples
    --------
    >>> h = failing_share(np.full(3, 112.0), 15.0, np.array([1.0, 3.0, 8.0]))
    >>> np.round(h, 3).tolist()
    [0.134, 0.353, 0.696]
    """
    intact = np.ones_like(tablets)
    for i in range(int(touched.max())):
        factor = np.maximum(tablets - leaderless - i, 0.0) / np.maximum(tablets - i, 1e-9)
        intact = np.where(touched > i, intact * factor, intact)
    return np.asarray(1.0 - intact)


def retained_use(latency_s: Array, normal_s: Array, captive: Array, patience: Array) -> Array:
    """R(d) = c + (1 - c) exp(-lambda max(0, d - d0)): use that slowness leaves."""
    wait = np.maximum(latency_s - normal_s, 0.0)
    return np.asarray(captive + (1.0 - captive) * np.exp(-patience * wait))


def _has_pair(incident: Incident) -> bool:
    latency = incident.latency
    return latency is not None and latency.normal is not None and latency.now is not None


def _uniform(bounds: tuple[float, float], u: Array) -> Array:
    return bounds[0] + (bounds[1] - bounds[0]) * u


def _normal_latency(incident: Incident, draw: Draw) -> Array:
    latency = incident.latency
    if latency is None or latency.normal is None:
        return np.zeros_like(draw("loss/latency"))
    quantity = latency.normal.value
    u = draw("loss/latency-normal")
    if quantity.law is Law.FIXED and latency.normal_is_bound:
        bound = float(quantity.parameters[0])
        return _uniform((bound / 4, bound), u)
    return sample(law_of(quantity), u)


class _Pair(NamedTuple):
    """A latency pair by trial and the use that it leaves."""

    normal: Array
    now: Array
    given_up: Array  # 1 - R(now)
    given_up_after: Array  # 1 - R once only the corrupt tablets are left


def _pair(incident: Incident, draw: Draw) -> _Pair | None:
    latency = incident.latency
    if not _has_pair(incident) or latency is None or latency.now is None:
        return None
    normal = _normal_latency(incident, draw)
    u = draw("loss/latency")
    now = sample(law_of(latency.now.value), u)
    captive = _uniform(CAPTIVE, draw("loss/captive"))
    patience = _uniform(PATIENCE, draw("loss/patience"))
    after = np.minimum(sample(LogNormal.from_quantiles(*AFTER_RESTARTS_S, Z95), u), now)
    return _Pair(
        normal,
        now,
        1.0 - retained_use(now, normal, captive, patience),
        1.0 - retained_use(after, normal, captive, patience),
    )


class _Tablets(NamedTuple):
    """Failing shares through tablets without a leader, and once only the corrupt ones are left."""

    before: Array
    after: Array | None


def _tablets(incident: Incident, draw: Draw) -> _Tablets | None:
    cluster = incident.cluster
    if cluster is None or cluster.leaderless_tablets is None:
        return None
    leaderless = float(cluster.leaderless_tablets.value)
    u = draw("loss/tablets")
    if cluster.tablets is not None:
        count = np.full(u.shape, float(cluster.tablets.value))
    else:
        low, high = (math.log(bound) for bound in TABLET_COUNT)
        count = np.exp(low + (high - low) * u)
    count = np.maximum(count, leaderless)
    touched = np.floor(draw("loss/tablets-touched") * 3.0) + 1.0
    before = failing_share(count, leaderless, touched)
    if cluster.corrupt_tablets is None:
        return _Tablets(before, None)
    corrupt = min(float(cluster.corrupt_tablets.value), leaderless)
    return _Tablets(before, failing_share(count, corrupt, touched))


def _routes(incident: Incident, draw: Draw) -> dict[str, RouteShares]:
    wanted = routes_of(incident)
    if not wanted:
        return {}
    pair, tablets = _pair(incident, draw), _tablets(incident, draw)
    writes = 1.0 - _uniform(RETRIED, draw("loss/retry"))
    reads = _uniform(READS, draw("loss/reads"))
    if tablets is not None and pair is None:
        # no latency is stated: only what fails is lost
        after = None if tablets.after is None else tablets.after * writes
        return {TABLETS: RouteShares(tablets.before * writes, after)}
    routes = {}
    if tablets is not None and pair is not None:
        points = _uniform(POINT_READS, draw("loss/point-reads"))

        def through(h: Array, given_up: Array) -> Array:
            slow = points * h + 1.0 - points
            return np.asarray(reads * slow * given_up + (1.0 - reads) * h * writes)

        after = None if tablets.after is None else through(tablets.after, pair.given_up_after)
        routes[TABLETS] = RouteShares(through(tablets.before, pair.given_up), after)
    if PERCENTAGE in wanted and pair is not None:
        slow = np.clip(_slow_share(incident, draw, pair), 0.0, 1.0)
        mix = _Mix(reads, writes)
        routes[PERCENTAGE] = _percentage(slow, pair, tablets, mix)
    return routes


class _Mix(NamedTuple):
    """Reads' share of the work, and the share of failing writes that no retry saves."""

    reads: Array
    writes: Array


def _percentage(slow: Array, pair: _Pair, tablets: _Tablets | None, mix: _Mix) -> RouteShares:
    if tablets is None:
        return RouteShares(slow * pair.given_up, None)
    reads, failing = mix.reads, (1.0 - mix.reads) * mix.writes
    initial = reads * slow * pair.given_up + failing * tablets.before
    if tablets.after is None:
        return RouteShares(initial, None)
    left = slow * tablets.after / np.maximum(tablets.before, 1e-12)
    return RouteShares(initial, reads * left * pair.given_up_after + failing * tablets.after)


def _slow_share(incident: Incident, draw: Draw, pair: _Pair) -> Array:
    """Slow share s = (x - 1) d0 / (d - d0), x the factor by which the average grew."""
    latency = incident.latency
    if latency is None or latency.increase is None:
        return np.zeros_like(pair.now)
    quantity = latency.increase.value
    u = draw("loss/increase")
    if quantity.law is Law.FIXED:
        median = math.log(1.0 + float(quantity.parameters[0]))
        factor = sample(LogNormal(median, INCREASE_LOG_SD), u)
    else:
        factor = 1.0 + sample(law_of(quantity), u)
    excess = np.maximum(factor, 1.0) - 1.0
    return np.asarray(excess * pair.normal / np.maximum(pair.now - pair.normal, 1e-9))


def _between(tablets: RouteShares, percentage: RouteShares, v: Array) -> RouteShares:
    """Anywhere between two routes on log-odds, every point equally likely."""

    def mix(a: Array, b: Array) -> Array:
        return np.asarray(1.0 / (1.0 + np.exp(-(v * _logit(a) + (1.0 - v) * _logit(b)))))

    initial = mix(tablets.initial, percentage.initial)
    if tablets.after is None or percentage.after is None:
        return RouteShares(initial, None)
    return RouteShares(initial, mix(tablets.after, percentage.after))


def _logit(share: Array) -> Array:
    clipped = np.clip(share, CLIP, 1.0 - CLIP)
    return np.asarray(np.log(clipped / (1.0 - clipped)))


def _by_priority(incident: Incident, draw: Draw) -> Array:
    word = incident.priority.value if incident.priority is not None else ""
    low, high = PRIORITY_SHARES.get(word, ANY_PRIORITY)
    share = sample(LogitNormal.from_quantiles(low, high, Z95), draw("loss/share"))
    pair = _pair(incident, draw)
    return share if pair is None else np.asarray(share * pair.given_up)


def _at_least_the_errors(incident: Incident, draw: Draw, shares: RouteShares) -> RouteShares:
    if incident.error_rate is None:
        return shares
    errors = sample(law_of(incident.error_rate.value), draw("loss/error-rate"))
    # what is left after the first stage keeps its proportion: the errors stated are those now
    initial = np.maximum(shares.initial, errors)
    if shares.after is None:
        return RouteShares(initial, None)
    kept = shares.after / np.maximum(shares.initial, 1e-12)
    return RouteShares(initial, np.asarray(initial * np.minimum(kept, 1.0)))
