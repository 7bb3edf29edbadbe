"""The recovery in words."""

from collections.abc import Callable

from impactcalc.domain.check import Check
from impactcalc.domain.result import Estimate, Probability
from impactcalc.report.narrative import money, recovery
from impactcalc.report.phrases import Clock

Variant = Callable[[str], Estimate]


def test_each_stage_has_plan_and_forecast(seed_estimate: Estimate) -> None:
    first, second, third = recovery.stage_rows(seed_estimate)
    assert (first.status, first.restores) == ("done", "70%")
    assert second.planned == "23 Jan 04:00 to 24 Jan 00:00"
    assert (second.middle, second.late_by) == ("24 Jan 04:00", "26 Jan 12:00")
    assert second.span == "23 Jan 15:15 to 26 Jan 12:00"
    assert (third.status, third.restores, third.planned_by) == ("not started", "", "30 Jan")


def test_a_plan_is_set_against_how_often_it_runs_later(seed_estimate: Estimate) -> None:
    stages = [
        stage._replace(late_prob=Probability(0.46, 0.001))
        for stage in seed_estimate.recovery.stages
    ]
    answer = seed_estimate.recovery._replace(stages=tuple(stages))
    estimate = seed_estimate._replace(recovery=answer)
    assert [row.later for row in recovery.stage_rows(estimate)] == ["", "46 of 100", "46 of 100"]
    told = recovery.plan_sentence(estimate)
    assert told == "Short-term is planned by 24 Jan 00:00; 46 of 100 run later."
    without = [stage._replace(late_prob=None, planned_at=None) for stage in stages]
    bare = estimate._replace(recovery=answer._replace(stages=tuple(without)))
    assert recovery.plan_sentence(bare) == ""
    assert recovery.plan_sentence(bare._replace(recovery=answer._replace(stages=()))) == ""


def test_a_finish_that_is_known_has_no_range(seed_estimate: Estimate) -> None:
    stage = seed_estimate.recovery.stages[0]
    moment = stage.finish_at["p50"].replace(minute=13)
    known = stage._replace(finish_at=dict.fromkeys(stage.finish_at, moment), planned_at=None)
    answer = seed_estimate.recovery._replace(stages=(known,))
    (row,) = recovery.stage_rows(seed_estimate._replace(recovery=answer))
    assert (row.middle, row.span, row.late_by) == ("23 Jan 02:13", "", "")
    assert (row.planned, row.planned_by) == ("", "")


def test_the_fan_is_told_by_what_fails_and_what_it_waits_for(
    seed_estimate: Estimate, variant: Variant
) -> None:
    assert (
        recovery.fan_title(seed_estimate)
        == "About 7.3% of the work fails now; all is back when Short-term ends"
    )
    assert recovery.fan_title(variant("closed")) == "Service is fully restored"
    assert recovery.fan_title(variant("no stage")) == "About 7.3% of the work fails now"
    now = seed_estimate.lost_share.now
    nothing = seed_estimate._replace(
        lost_share=seed_estimate.lost_share._replace(now=now._replace(p95=0.0)),
    )
    assert recovery.fan_title(nothing) == "Nothing fails now; Short-term is still open"
    everything = seed_estimate._replace(
        lost_share=seed_estimate.lost_share._replace(now=now._replace(p50=1.0, p5=1.0, p95=1.0)),
    )
    assert (
        recovery.fan_title(everything)
        == "All of the work fails now; all is back when Short-term ends"
    )
    assert recovery.failing_sentence(everything).endswith("at the start, 100% now.")


def test_the_failing_share_is_told_then_and_now(seed_estimate: Estimate) -> None:
    assert recovery.failing_sentence(seed_estimate) == (
        "Failing share of the work: 24% (10% to 48%) at the start, 7.3% (2.2% to 21%) now."
    )


def test_moments_of_one_day_share_their_date() -> None:
    assert recovery.joined_moments("24 Jan 05:00", "24 Jan 05:00") == "24 Jan 05:00"
    assert recovery.joined_moments("24 Jan 05:00", "25 Jan") == "24 Jan 05:00 to 25 Jan"


def test_what_remains_counts_from_now(seed_estimate: Estimate) -> None:
    assert recovery.from_now(seed_estimate) == "in 16 h"
    rest = seed_estimate.recovery.remaining_h._replace(p50=0.0)
    past = seed_estimate._replace(recovery=seed_estimate.recovery._replace(remaining_h=rest))
    assert recovery.from_now(past) == "already past"


def test_where_half_of_the_cases_are_over_no_share_of_nought_is_told(
    seed_estimate: Estimate,
) -> None:
    now = seed_estimate.lost_share.now._replace(p5=0.0, p25=0.0, p50=0.0, p95=0.06)
    over = seed_estimate._replace(lost_share=seed_estimate.lost_share._replace(now=now))
    assert recovery.fan_title(over) == "Nothing fails now in half of the cases or more"
    told = money.exposure_sentence(over)
    assert told.endswith("; in half of the cases or more none of it fails now (0% to 6%).")


def test_the_next_update_and_the_objectives_stand_beside_the_promise(
    seed_estimate: Estimate, variant: Variant
) -> None:
    told = recovery.promise_sentence(seed_estimate)
    assert told.startswith("Next update worth giving: ")
    news = seed_estimate.promise.next_update
    assert news is not None
    assert Clock.of(seed_estimate).brief(news) in told
    stated = seed_estimate.recovery._replace(
        rto_prob=Probability(0.25, 0.0), mtpd_prob=Probability(0.9, 0.0)
    )
    both = recovery.promise_sentence(seed_estimate._replace(recovery=stated))
    assert both.startswith("RTO kept in 25%, MTPD kept in 90% of the cases. Next update")
    assert recovery.promise_sentence(variant("closed")) == ""


def test_an_overdue_stage_is_called_so(seed_estimate: Estimate) -> None:
    stages = seed_estimate.recovery.stages
    late = (stages[0], stages[1]._replace(overdue=True), *stages[2:])
    answer = seed_estimate._replace(recovery=seed_estimate.recovery._replace(stages=late))
    states = [row.status for row in recovery.stage_rows(answer)]
    assert states == ["done", "overdue", "not started"]


def test_what_is_overdue_is_told_on_the_screen_and_other_findings_are_not(
    seed_estimate: Estimate,
) -> None:
    checks = (Check("overdue", "'Repair' is overdue", (7,)), Check("two routes", "far apart", ()))
    answer = seed_estimate._replace(checks=checks)
    assert recovery.under_way_words(answer) == ("'Repair' is overdue.",)
