"""What the words may not say, and that every number in them stands in the document."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from impactcalc.domain.result import Estimate
from impactcalc.report.brief import content
from impactcalc.report.export import plain, to_document
from impactcalc.report.narrative import actions, drivers, money, recovery, run, sla
from impactcalc.report.narrative.headline import headline, second_sentence, summary_line
from impactcalc.report.phrases import Clock, seconds
from impactcalc.report.terminal import render
from impactcalc.units.money import short_money
from impactcalc.units.ratio import percent

Variant = Callable[[str], Estimate]
BANNED = re.compile(
    r"\b(un)?likely\b|\bpossibl[ey]\b|worst[ -]case|\bconservative|\bconfiden|\bpenalt|\brefund"
    r"|total impact|\bMTTR\b|no SLA penalty|\bguarantee|\bSLA at risk",
    re.IGNORECASE,
)
AT_RISK = re.compile(r"at risk(?! a day)", re.IGNORECASE)
PHRASES = re.compile(  # odds that name a quantile, and certainty's edges: no figures of the result
    r"\b(8|9) (in|of) 10\b|\b1 in (2|4|10|20)\b|\bover 9\d(%| of 100)|\bunder \d+(%| of 100)"
    r"|\bof 100\b|\bpage 2\b|\bpast 9 in 10\b"
)
TOKEN = re.compile(
    r"(?P<date>\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?: \d{4})?(?: \d\d:\d\d)?)|(?P<money>-?[$€£]\d[\d,.]*[KMBT]?)|(?P<share>\d[\d.]*%)"
    r"|(?P<length>\d[\d.,]*(?: to \d[\d.,]*)? (?:min|h|days?|s)\b)"
)


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


def leaves(node: object) -> Iterator[object]:
    """Yield every value of a document."""
    if isinstance(node, dict):
        for value in node.values():
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    else:
        yield node


CURVES = frozenset(
    {"fan", "exceedance", "dots", "mc_error", "sd"}
)  # dense: they would hold any number


def numbers(node: object) -> set[float]:
    """Collect the numbers of a part, its curves left out."""
    if isinstance(node, dict):
        return set().union(*(numbers(value) for key, value in node.items() if key not in CURVES))
    if isinstance(node, list):
        return set().union(*(numbers(value) for value in node))
    is_number = isinstance(node, (int, float)) and not isinstance(node, bool)
    return {float(node)} if is_number else set()  # type: ignore[arg-type]


def written_forms(estimate: Estimate) -> set[str]:
    """Write every number of the document in the forms that the narrative knows for its kind."""
    document: dict[str, Any] = to_document(estimate)
    contract = estimate.scenario.sla
    credit_terms = None if contract is None else plain(contract.credits)
    routes = [route["revenue_loss"] for route in document["lost_share"]["routes"]]
    steps, inputs = document["what_if"], document["drivers"]
    sums = numbers([document["customer"], document["provider"], routes, steps, inputs])
    shares = numbers(
        [document["sla"], document["lost_share"], document["recovery"]["stages"], inputs]
    )
    shares |= numbers([credit_terms, document["run"]["accuracy"], document["run"]["error_reached"]])
    forms = {short_money(one, estimate.currency or "USD", n) for one in sums for n in (1, 2, 3)}
    for one in shares:
        if one <= 10:
            forms |= {percent(one, count) for count in (1, 2, 3, 6)} | {f"{100 * one:.2g}%"}
            forms |= {f"{round(100 * one / step) * step}%" for step in (1, 5, 10)}
    forms |= {seconds(one, count) for one in numbers(document["sla"]) for count in (1, 2, 3)}
    hours = {abs(one) for one in numbers([document["recovery"], steps, inputs])}
    forms |= {seconds(one * 3600, count) for one in hours for count in (1, 2)}
    return forms | moment_forms(estimate, document)


def moment_forms(estimate: Estimate, document: dict[str, Any]) -> set[str]:
    clock = Clock.of(estimate)
    forms = set()
    for leaf in leaves(document):
        if isinstance(leaf, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d", leaf):
            moment = datetime.fromisoformat(leaf)
            texts = (clock.brief(moment), clock.full(moment), clock.exact(moment))
            forms |= {text.removesuffix(f" {clock.zone_name}") for text in texts}
            forms |= {text.rpartition(" ")[2] for text in texts if ":" in text}
    return forms


def tokens(text: str) -> Iterator[str]:
    """Yield the figures of a text; the first of ``"1.8 to 19 h"`` takes the unit of the last."""
    for found in TOKEN.finditer(PHRASES.sub("", text)):
        low, to, high = found.group().partition(" to ")
        if not to:
            yield low.removesuffix(" ")
            continue
        unit = high.partition(" ")[2]
        yield f"{low} {unit}"
        yield high


def test_every_number_of_the_narrative_stands_in_the_document(any_estimate: Estimate) -> None:
    known = written_forms(any_estimate)
    singular = {form.replace(" days", " day") for form in known}
    for text in narrative_of(any_estimate):
        for token in tokens(text):
            assert token in known | singular or token == "0 days", f"{token!r} of {text!r}"


def test_the_lint_finds_a_number_that_is_not_there(seed_estimate: Estimate) -> None:
    known = written_forms(seed_estimate)
    found = [token for token in tokens("about $26,543 in 19.5 h, 57% on 9 Mar 2024") if token]
    assert found == ["$26,543", "19.5 h", "57%", "9 Mar 2024"]
    assert not set(found) & known


def everything_shown(estimate: Estimate) -> str:
    """All words of screen and brief."""
    words = " ".join(str(leaf) for leaf in leaves(content(estimate)))
    return words + render(estimate, colour=False, unicode=True)


def test_no_banned_word_is_used(any_estimate: Estimate) -> None:
    text = everything_shown(any_estimate)
    assert not BANNED.search(text), BANNED.search(text)
    assert not AT_RISK.search(text), AT_RISK.search(text)


def test_the_fixed_words_of_the_template_are_as_clean() -> None:
    from importlib import resources

    template = resources.files("impactcalc.report").joinpath("template", "brief.typ").read_text()
    assert not BANNED.search(template)
    assert not AT_RISK.search(template)


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
