"""What the words may not say, and that every number in them stands in the document."""

import sys
from collections.abc import Callable
from typing import Any

from impactcalc.domain.result import Estimate
from impactcalc.report.brief import content
from impactcalc.report.narrative import actions, drivers, money, recovery, run, sla
from impactcalc.report.narrative.headline import headline, second_sentence, summary_line
from impactcalc.report.terminal import render
from impactcalc.units.money import short_money

lint: Any = sys.modules["number_lint"]
Variant = Callable[[str], Estimate]


def narrative_of(estimate: Estimate) -> list[str]:
    """Every sentence and row that is written from the result, without the input's own words."""
    texts = [headline(estimate), second_sentence(estimate), summary_line(estimate)]
    texts += [
        money.exposure_sentence(estimate), money.routes_sentence(estimate),
        money.skew_sentence(estimate), money.dots_title(estimate), money.readings_title(estimate),
        recovery.fan_title(estimate), recovery.failing_sentence(estimate),
        sla.sla_title(estimate), sla.sla_heading(estimate), sla.credit_words(estimate),
        sla.broken_words(estimate), run.convergence_warning(estimate),
    ]  # fmt: skip
    texts += [" ".join(pair) for pair in money.losing_more(estimate)]
    texts += [actions.action_sentence(estimate), drivers.drivers_sentence(estimate)]
    texts += [
        f"{row.saves}; {row.span}; {row.cost}; {row.net}; {row.back}"
        for row in actions.action_rows(estimate)
    ]
    for row in drivers.driver_rows(estimate, 6):
        texts.append(f"{row.low_at}; {row.high_at}; {row.low_words}; {row.high_words}")
    rows = (
        *money.customer_rows(estimate), *money.provider_rows(estimate),
        *money.reading_rows(estimate), *money.route_rows(estimate),
    )  # fmt: skip
    texts += [f"{row.middle}; {row.span}; {row.mean}; {row.worst}" for row in rows]
    texts += [
        f"{row.so_far}; {row.whole}; {row.span}; {row.broken}" for row in sla.sla_rows(estimate)
    ]
    texts += [
        f"{row.planned}; {row.middle}; {row.span}; {row.restores}"
        for row in recovery.stage_rows(estimate)
    ]
    return texts


def test_every_number_of_the_narrative_stands_in_the_document(any_estimate: Estimate) -> None:
    known = lint.written_forms(any_estimate)
    singular = {form.replace(" days", " day") for form in known}
    for text in narrative_of(any_estimate):
        for token in lint.tokens(text):
            assert token in known | singular or token == "0 days", f"{token!r} of {text!r}"


def test_the_lint_finds_a_number_that_is_not_there(seed_estimate: Estimate) -> None:
    known = lint.written_forms(seed_estimate)
    found = [token for token in lint.tokens("about $26,543 in 19.5 h, 57% on 9 Mar 2024") if token]
    assert found == ["$26,543", "19.5 h", "57%", "9 Mar 2024"]
    assert not set(found) & known


def everything_shown(estimate: Estimate) -> str:
    """All words of screen and brief."""
    words = " ".join(str(leaf) for leaf in lint.leaves(content(estimate)))
    return words + render(estimate, colour=False, unicode=True)


def test_no_banned_word_is_used(any_estimate: Estimate) -> None:
    text = everything_shown(any_estimate)
    assert not lint.BANNED.search(text), lint.BANNED.search(text)
    assert not lint.AT_RISK.search(text), lint.AT_RISK.search(text)


def test_the_fixed_words_of_the_template_are_as_clean() -> None:
    from importlib import resources

    template = resources.files("impactcalc.report").joinpath("template", "brief.typ").read_text()
    assert not lint.BANNED.search(template)
    assert not lint.AT_RISK.search(template)


def test_mean_and_median_are_both_named(seed_estimate: Estimate) -> None:
    screen = render(seed_estimate, colour=False, unicode=True)
    assert "even chance" in screen
    assert "on average" in screen


def test_the_ledgers_are_never_added(variant: Variant) -> None:
    estimate = variant("defined")
    credit, loss = estimate.provider.credits, estimate.customer.total
    assert credit is not None
    assert loss is not None
    owed = credit._replace(mean=111_111.0, p50=111_111.0)
    ledger = estimate.provider._replace(credits=owed, total=owed)
    text = everything_shown(estimate._replace(provider=ledger))
    sums = (owed.mean + loss.mean, owed.p50 + loss.p50)
    assert "$110K" in text
    assert not any(short_money(one, "USD", count) in text for one in sums for count in (2, 3))


def test_a_credit_that_is_not_computed_says_why(variant: Variant) -> None:
    assert money.no_credit_reason(variant("no sla")) == "not computed: no SLA is stated"
    assert "fee is not stated" in money.no_credit_reason(variant("seed"))


def test_all_three_readings_are_told_when_the_contract_is_silent(seed_estimate: Estimate) -> None:
    labels = [row.label for row in sla.sla_rows(seed_estimate)]
    assert labels == [
        "only a total outage counts",
        "time with over 5% failing counts",
        "each failing share counts",
    ]
    assert sla.broken_words(seed_estimate) == "0% or over 99%"


def test_a_long_tail_is_explained(variant: Variant) -> None:
    assert "a few cases run very long" in money.skew_sentence(variant("huge"))
    assert money.skew_sentence(variant("seed")) == ""


def test_an_answer_that_did_not_converge_warns(variant: Variant) -> None:
    text = run.convergence_warning(variant("huge"))
    assert text == "Not converged: 65,536 trials did not reach 1% (21% reached)."
