"""The bridge of a repair whose time under way is stated: it grows with the clock by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from impactcalc.usecases.estimate import estimate, write
from impactcalc.usecases.request import Request

if TYPE_CHECKING:
    from pathlib import Path

    from impactcalc.domain.result import Estimate

PLAN = """\
impactcalc: 1
incident: {{id: X, customer: S, started: 2024-01-22T20:00Z, lost_share: 21% to 53%}}
recovery:
  started: 2024-01-23T02:00Z
  stages:
    - {{name: Repair, duration: "lognormal(8 h, 30 h)", status: in_progress{elapsed}}}
    - {{name: Review, window: 24 h to 72 h, restores: 10%}}
business: {{revenue_at_risk: 75 K USD/day}}
"""
NOON, NEXT = "2024-01-23T12:00+00:00", "2024-01-24T06:00+00:00"


def _updated(folder: Path, elapsed: str) -> tuple[Estimate, Estimate]:
    """Answer at noon with 5 h under way, and 18 h later with what is stated then."""
    path = folder / "now.yaml"
    path.write_text(PLAN.format(elapsed=", elapsed: 5 h"), encoding="utf-8")
    before = estimate(str(path), Request(as_of=NOON, trials=1024))
    record = str(write([before], (), folder / "records")[0])
    path.write_text(PLAN.format(elapsed=elapsed), encoding="utf-8")
    return before, estimate(str(path), Request(as_of=NEXT, trials=1024, since=record))


@pytest.mark.parametrize("elapsed", ["", ", elapsed: 23 h"])
def test_a_repair_that_runs_on_is_no_news(tmp_path, elapsed):
    before, after = _updated(tmp_path, elapsed)
    passed, news, facts, model = after.changes
    assert passed.mean == after.customer.total.mean - before.customer.total.mean > 0
    assert (news.mean, facts.mean, model.mean) == (0.0, 0.0, 0.0)
    assert news.note == "no stage has another status"


def test_another_time_under_way_is_news_and_named(tmp_path):
    before, after = _updated(tmp_path, ", elapsed: 12 h")
    passed, news, facts, model = after.changes
    assert passed.mean > 0 > news.mean
    assert news.note == "'Repair' under way for 12 h"
    assert (facts.mean, model.mean) == (0.0, 0.0)
    difference = after.customer.total.mean - before.customer.total.mean
    assert sum(one.mean for one in after.changes) == pytest.approx(difference, abs=1e-9)
