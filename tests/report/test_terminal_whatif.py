"""The alternatives on a terminal: every line fits, and the pictures in text are to scale."""

from datetime import UTC, datetime

import pytest

from impactcalc.domain.result import BaseFigures, Comparison, Estimate, Probability
from impactcalc.report.narrative.drivers import driver_rows
from impactcalc.report.narrative.what_if import saving_rows, sentences
from impactcalc.report.terminal.bars import interval_bar, swing_bar, tornado_lines
from impactcalc.report.terminal.ink import Ink
from impactcalc.report.terminal.whatif import render_comparison


@pytest.fixture
def comparison(seed_estimate: Estimate) -> Comparison:
    total = seed_estimate.customer.total
    return Comparison(
        title="Stratton · CE1004",
        as_of=datetime(2024, 1, 23, 12, tzinfo=UTC),
        currency="USD",
        base=BaseFigures(
            total, total, seed_estimate.recovery.full_recovery_h, Probability(0.973, 0.002)
        ),
        what_if=seed_estimate.what_if,
        recommended=seed_estimate.what_if[0].name,
        warnings=(),
        run=seed_estimate.run,
        drivers=seed_estimate.drivers,
    )


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("unicode", [True, False])
def test_every_line_fits_and_ascii_stays_ascii(
    comparison: Comparison, width: int, unicode: bool
) -> None:
    text = render_comparison(comparison, width=width, colour=False, unicode=unicode)
    assert max(map(len, text.splitlines())) <= width
    assert unicode or text.isascii()
    assert "\x1b" not in text


def test_the_page_says_base_savings_times_choice_and_drivers(comparison: Comparison) -> None:
    text = render_comparison(comparison, colour=True, unicode=True)
    assert "As it stands, the customer loses" in text
    assert "SLA is broken in 97%" in text.replace("\n", " ")
    assert "> Second repair team" in text
    assert "Second repair team buys most:" in text
    assert "remaining repair time (Short-term)" in text
    assert "\x1b[31m" in text  # the harmful one is red
    assert "= Throttle heavy" in text
    assert "= ties with its neighbours" in text


def test_without_money_there_are_no_savings(comparison: Comparison) -> None:
    bare = tuple(
        one._replace(saving=None, net_saving=None, better_prob=None, pays_prob=None)
        for one in comparison.what_if
    )
    base = comparison.base._replace(total=None, revenue_loss=None, breach_prob=None)
    text = render_comparison(
        comparison._replace(what_if=bare, base=base, drivers=()), colour=False, unicode=True
    )
    assert "Saves" not in text
    assert "buys most" not in text
    assert "As it stands, service is fully back after" in text


def test_an_interval_is_drawn_to_scale(seed_estimate: Estimate) -> None:
    net = seed_estimate.what_if[0].net_saving
    assert net is not None
    figure = net._replace(p5=-10.0, p25=0.0, mean=20.0, p75=30.0, p95=90.0)
    bar = interval_bar(figure, 20.0, (-10.0, 90.0), 101, unicode=False)
    assert (bar[0], bar[10], bar[30], bar[40], bar[100]) == ("-", "=", "o", "=", "-")
    assert set(bar[41:]) == {"-"}
    away = figure._replace(p5=50.0, p25=60.0, mean=70.0, p75=80.0)
    assert interval_bar(away, 70.0, (-10.0, 90.0), 101, unicode=False)[10] == "|"
    far = interval_bar(figure._replace(p95=1e9), 20.0, (-10.0, 90.0), 101, unicode=True)
    assert len(far) == 101
    assert far[-1] == "─"


def test_a_swing_goes_from_the_lower_to_the_higher_answer() -> None:
    assert swing_bar((80.0, 20.0, 50.0), (0.0, 100.0), 101, unicode=False) == (
        " " * 20 + "=" * 30 + "|" + "=" * 30 + " " * 20
    )


def test_the_ends_of_a_tornado_stand_at_their_own_sides(seed_estimate: Estimate) -> None:
    rows = driver_rows(seed_estimate, 5)
    head, *lines = tornado_lines(rows, 24_000.0, Ink(colour=False, unicode=True), 80)
    assert head.startswith("What moves it most")
    tablets = next(line for line in lines if "number of tablets" in line)
    assert tablets.index("262") < tablets.index("36", tablets.index("262") + 3)
    assert max(map(len, lines)) <= 80


def test_ties_and_opposite_signs_are_said(comparison: Comparison) -> None:
    first, second, *rest = comparison.what_if
    saving = first.saving
    assert saving is not None
    tied = (first._replace(tied=True), second._replace(rank=1, tied=True), *rest)
    said = sentences(comparison._replace(what_if=tied))
    assert "Second repair team and Throttle heavy analytics scans tie:" in said[1]
    odd = first._replace(
        saving=saving._replace(mean=6300.0, p50=-730.0), disagree=True, better_prob=0.46
    )
    (_, *told) = sentences(comparison._replace(what_if=(odd, second)))
    assert told == [
        (
            "Second repair team saves $6.3K on average but costs $730 in the middle case, better "
            "in 46 of 100."
        ),
        "Take the average for a budget, the middle case for a promise.",
    ]
    twice = sentences(comparison._replace(what_if=(odd, odd._replace(rank=2))))
    assert len([one for one in twice if one.startswith("Take the average")]) == 1
    none = first._replace(recommended=False)
    assert sentences(comparison._replace(what_if=(none,)))[0].startswith("No alternative is surely")


def test_rows_are_those_that_save_money(seed_estimate: Estimate) -> None:
    first, *rest = seed_estimate.what_if
    some = seed_estimate._replace(what_if=(first._replace(net_saving=None), *rest))
    assert [row.name for row in saving_rows(some, 9)] == [one.name for one in rest]


def test_a_saving_without_a_mean_shows_its_middle_case(comparison: Comparison) -> None:
    first = comparison.what_if[0]
    net = first.net_saving
    assert net is not None
    none = first._replace(net_saving=net._replace(mean=float("inf")))
    (row,) = saving_rows(comparison._replace(what_if=(none,)), 1)
    assert (row.dot, row.mean) == (net.p50, "beyond any figure")
    assert render_comparison(comparison._replace(what_if=(none,)), colour=False, unicode=True)
