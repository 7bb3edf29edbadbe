"""What can be done, in words."""

from collections.abc import Callable
from typing import Any

from impactcalc.domain.result import Alternative, Estimate
from impactcalc.report.brief import content as content_of
from impactcalc.report.narrative.actions import (
    NO_GAIN,
    action_rows,
    action_sentence,
    actions_title,
    odds_heading,
)

Variant = Callable[[str], Estimate]


def content(estimate: Estimate) -> Any:
    return content_of(estimate)


def with_first(estimate: Estimate, **changes: object) -> Estimate:
    first, *others = estimate.what_if
    return estimate._replace(what_if=(first._replace(**changes), *others))


def test_a_step_tells_saving_odds_cost_and_net(seed_estimate: Estimate) -> None:
    row = action_rows(seed_estimate)[0]
    assert row[:6] == ("Second repair team", "$3.6K", "$140 to $15K", "63 in 100", "$900", "$2.7K")
    assert odds_heading(seed_estimate) == "Pays in"
    assert actions_title(seed_estimate) == "What to do, and what it saves"


def test_the_colour_says_whether_it_gains(seed_estimate: Estimate) -> None:
    assert [row.tone for row in action_rows(seed_estimate)] == ["teal", "teal", "teal", "red"]
    dear = seed_estimate.what_if[0].net_saving._replace(mean=-1.0)
    assert action_rows(with_first(seed_estimate, net_saving=dear))[0].tone == "muted"


def test_the_best_step_is_told_with_its_odds(seed_estimate: Estimate) -> None:
    assert action_sentence(seed_estimate) == (
        "Best step: Second repair team; it saves $3.6K on average and pays in 63 of 100 cases."
    )


def test_mean_and_odds_that_point_apart_are_joined_by_but(seed_estimate: Estimate) -> None:
    apart = with_first(seed_estimate, disagree=True, pays_prob=0.46)
    assert "it saves $3.6K on average but pays in 46 of 100 cases." in action_sentence(apart)


def test_no_step_is_praised_that_is_not_recommended(seed_estimate: Estimate) -> None:
    assert action_sentence(with_first(seed_estimate, recommended=False)) == NO_GAIN


def test_without_a_cost_a_step_helps(variant: Variant) -> None:
    estimate = with_first(variant("many actions"), recommended=True)
    assert odds_heading(estimate) == "Helps in"
    assert "and helps in 100 of 100 cases." in action_sentence(estimate)


def test_without_money_the_steps_are_told_by_the_end(variant: Variant) -> None:
    estimate = variant("no money")
    assert action_sentence(estimate) == ""
    assert actions_title(estimate) == "What to do, and when all service is back"
    told = content(estimate)["actions"]
    assert told["heads"] == ["All back after"]
    assert all(row["strip"] is None for row in told["rows"])


def test_nothing_asked_shows_nothing(variant: Variant) -> None:
    assert content(variant("plain"))["actions"] is None
    assert action_sentence(variant("plain")) == ""


def test_what_is_over_needs_no_step(variant: Variant) -> None:
    closed = variant("closed")
    assert closed.what_if[0].recommended
    assert action_sentence(closed) == ""


def test_savings_and_losses_share_one_scale_with_its_zero(seed_estimate: Estimate) -> None:
    told = content(seed_estimate)["actions"]
    low = min(one.saving.p5 for one in seed_estimate.what_if)
    top = max(one.saving.p95 for one in seed_estimate.what_if)
    zero = -low / (top - low)
    for row, one in zip(told["rows"], seed_estimate.what_if, strict=True):
        assert row["strip"]["zero"] == zero
        assert abs(row["strip"]["p50"] - (one.saving.p50 - low) / (top - low)) < 1e-12


def test_more_steps_than_the_page_holds_are_counted(variant: Variant) -> None:
    told = content(variant("many actions"))["actions"]
    assert (len(told["rows"]), told["more"]) == (4, 2)
    assert [row["name"] for row in told["rest"]["rows"]][-1] == "#let $x$ *b* =HYPERLINK(1)"
    assert told["untold"] == 0
    first: Alternative = variant("many actions").what_if[0]
    assert len(first.name) > 44 >= len(told["rows"][0]["name"])
