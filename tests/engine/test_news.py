"""Draws of an update: weighted by the news, against rejection; in place where there is none."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from scipy.stats import norm

from impactcalc.domain.incident import Incident, RecoveryPlan, Stage, Status, Window
from impactcalc.domain.moment import Moment
from impactcalc.domain.quantity import Dimension, Law, Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.engine.news import MOVED, NewsStreams
from impactcalc.models.recovery.plan import compile_plan
from impactcalc.models.recovery.timeline import begin_of
from impactcalc.stats.streams import Streams

DAY = datetime(2026, 5, 4, tzinfo=UTC)
NAMES = ("incident/started", "recovery/common", "recovery/a/duration")
POINTS = 4096
MU, SIGMA = np.log(4 * 24) / 2, np.log(24 / 4) / (2 * norm.ppf(0.75))


def share(value):
    return Sourced(Quantity(Law.FIXED, (Decimal(value),), Dimension.SHARE), "line 1")


def at(hours):
    moment = DAY + timedelta(hours=hours)
    return Sourced(Moment(moment, moment), "line 1")


def plan(as_of, known_at, status=Status.IN_PROGRESS, **more):
    window = Sourced(Window(Decimal(4 * 3600), Decimal(24 * 3600)), "line 1")
    only = Stage(
        "a", "line 1", window, None, (), None, Sourced(status, "line 1"),
        share("0"), share("0.6"), share("0"), **more,
    )  # fmt: skip
    started = Sourced(Moment(DAY, DAY + timedelta(hours=10)), "line 1")
    recovery = RecoveryPlan((only,), Sourced(Decimal("0.5"), "line 1"), known_at=known_at)
    return compile_plan(Incident(started), recovery, DAY + timedelta(hours=as_of))


def weighted(compiled):
    streams = NewsStreams(1, NAMES, compiled)
    return begin_of(compiled, lambda n: streams.draw(n, 0, POINTS).ravel(), 16 * POINTS)


def rejected(keep_then, keep_now):
    """Draw the first forecast, then keep the trials that fit the news."""
    generator = np.random.default_rng(5)
    begin, z = generator.uniform(0, 10, 3_000_000), generator.normal(size=3_000_000)
    # the first forecast conditions the stage's own draw alone, given start and common factor
    b = np.sqrt(0.5)
    c = (np.log(np.maximum(keep_then - begin, 1e-12)) - MU) / SIGMA
    low = norm.cdf((c - b * z) / b)
    own = b * z + b * norm.ppf(low + generator.uniform(size=z.size) * (1 - low))
    ends = begin + np.exp(MU + SIGMA * own)
    kept = keep_now(ends)
    return begin[kept], z[kept]


@pytest.mark.parametrize(
    ("compiled", "keep"),
    [
        (plan(40, at(12)), lambda ends: ends > 40),
        (
            plan(40, at(12), Status.DONE, open_at=at(12), done_by=at(40)),
            lambda ends: ends <= 40,
        ),
        (
            plan(60, at(12), Status.DONE, open_at=at(30), done_by=at(40)),
            lambda ends: (ends > 30) & (ends <= 40),
        ),
    ],
    ids=["still open", "done since", "done between two updates"],
)
def test_start_and_factor_have_the_law_that_rejection_gives(compiled, keep):
    for found, true in zip(weighted(compiled), rejected(12.0, keep), strict=True):
        for level in (10, 50, 90):
            assert np.percentile(found, level) == pytest.approx(
                np.percentile(true, level), abs=0.06
            )


def test_without_news_every_draw_stays_in_its_place():
    plain, moved = Streams(1, NAMES), NewsStreams(1, NAMES, plan(12, at(12)))
    for name in NAMES:
        assert (plain.draw(name, 512, 512) == moved.draw(name, 512, 512)).all()


def test_all_other_draws_stay_and_a_block_is_moved_as_one():
    plain, moved = Streams(1, NAMES), NewsStreams(1, NAMES, plan(40, at(12)))
    assert "recovery/a/duration" not in MOVED
    name = "recovery/a/duration"
    assert (plain.draw(name, 0, 512) == moved.draw(name, 0, 512)).all()
    first, second = (plain.draw(one, 0, 512)[3] for one in NAMES[:2])
    pairs = set(zip(first.tolist(), second.tolist(), strict=True))
    drawn = (moved.draw(one, 0, 512)[3].tolist() for one in NAMES[:2])
    assert set(zip(*drawn, strict=True)) < pairs


def test_an_exact_start_needs_no_weights():
    exact = plan(40, at(12))
    assert exact.known_at == 12.0
    started = Sourced(Moment(DAY, DAY), "line 1")
    recovery = RecoveryPlan((), Sourced(Decimal("0.5"), "line 1"), known_at=at(12))
    assert compile_plan(Incident(started), recovery, DAY + timedelta(hours=40)).known_at is None
