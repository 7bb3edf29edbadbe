"""The backtest on the screen and in its pictures."""

from pathlib import Path
from typing import Any

import pytest

from impactcalc.analysis.backtest import backtest
from impactcalc.intake.history import HistoryOptions, read_history
from impactcalc.report.figures.backtest import plot_coverage, plot_last, plot_pit, render_png
from impactcalc.report.terminal.backtest import render_backtest
from impactcalc.report.width import width_of

DATA = Path(__file__).parents[1] / "data" / "incidents" / "github_status_incidents.csv"


@pytest.fixture(scope="module")
def found():
    return backtest(read_history(str(DATA), HistoryOptions())._replace(file="incidents.csv"))


@pytest.fixture(scope="module")
def short():
    return backtest(read_history(str(DATA), HistoryOptions()), burn_in=380)


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_wider_than_the_terminal(found, short, width, unicode):
    for each in (found, short):
        text = render_backtest(each, width=width, colour=False, unicode=unicode)
        assert max(width_of(line) for line in text.splitlines()) <= width
        assert unicode or text.isascii()


def test_the_screen_says_the_documents_figures(found):
    lines = render_backtest(found, width=80, colour=False, unicode=True).splitlines()
    row = next(line.split() for line in lines if line.strip().startswith("1 h in"))
    one = found.asked[1]
    assert row[3] == str(one.n)
    assert f"{one.coverage[50]:.0%}" in row
    assert f"{one.coverage[80]:.0%}" in row
    assert any("4 rows skipped" in line for line in lines)


def test_few_forecasts_are_not_judged_on_the_screen(short):
    text = render_backtest(short, width=80, colour=False, unicode=True)
    assert text.startswith(f"Too few to judge: {short.scored} incidents scored, 30 are needed")


def test_an_asked_time_at_which_the_verdict_does_not_hold_is_named(found):
    assert "But not at every" not in render_backtest(found, width=80, colour=False, unicode=True)
    one = backtest(read_history(str(DATA), HistoryOptions()), window=1)
    assert one.verdict == "well calibrated"
    text = render_backtest(one, width=200, colour=False, unicode=True)
    assert "But not at every asked time: 90% at the start, 68% after 1 h held." in text


def test_the_histogram_counts_every_forecast(found):
    bars: Any = plot_pit(found).patches
    assert sum(bar.get_height() for bar in bars) == sum(one.n for one in found.asked)


def test_the_curves_show_what_held(found):
    ax = plot_coverage(found)
    curves = {line.get_gid(): line for line in ax.lines}
    for one in found.asked:
        held = dict(zip(*curves[f"held-{one.elapsed_h:g}"].get_data(), strict=True))
        assert held[80] == pytest.approx(100 * one.coverage[80])
        assert held[50] == pytest.approx(100 * one.coverage[50])


def test_a_ring_marks_each_outcome_outside_its_range(found):
    ids = [line.get_gid() for line in plot_last(found).lines]
    missed = [
        one for one in found.last if not one.quantiles_h[0] <= one.actual_h <= one.quantiles_h[-1]
    ]
    assert ids.count("missed") == len(missed) > 0
    assert ids.count("held") == 30 - len(missed)


def test_the_picture_is_the_same_bytes_each_time_and_exists_for_few(found, short):
    assert render_png(found) == render_png(found)
    assert render_png(short).startswith(b"\x89PNG")
