"""Figures show the estimate's own numbers, and every label is readable and inside the frame."""

import io
import itertools
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from impactcalc.domain.result import Estimate
from impactcalc.report.figures import (
    plot_changes,
    plot_exceedance,
    plot_loss_dots,
    plot_recovery_fan,
    plot_savings,
    plot_sla_readings,
    plot_tornado,
    save_svg,
    style,
)
from impactcalc.report.figures.clock_axis import clock_ticks
from impactcalc.report.figures.fan import MOST_STAGES, row_names
from impactcalc.report.figures.readings import left_before
from impactcalc.report.narrative.recovery import shown_stages

Variant = Callable[[str], Estimate]
Plot = Callable[[Estimate], Axes]
PLOTS: dict[str, Plot] = {
    "fan": plot_recovery_fan,
    "dots": plot_loss_dots,
    "exceedance": plot_exceedance,
    "readings": plot_sla_readings,
    "tornado": plot_tornado,
    "savings": plot_savings,
}


def lines(ax: Axes, name: str) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == name]


def figure_of(ax: Axes) -> Any:
    return ax.get_figure(root=True)


def drawn_texts(ax: Axes) -> list[tuple[str, Any, float]]:
    """Draw the figure, and measure every visible text: words, box in points, size."""
    figure = figure_of(ax)
    figure.dpi = 72  # a pixel is a point
    renderer = FigureCanvasAgg(figure).get_renderer()
    with style.style(), mpl.rc_context({"text.hinting": "no_hinting"}):  # as wide as in print
        figure.draw(renderer)
        texts = [one for one in figure.findobj(Text) if one.get_visible() and one.get_text()]
        return [
            (one.get_text(), one.get_window_extent(renderer), float(one.get_fontsize()))
            for one in texts
        ]


def drawable(estimate: Estimate) -> Iterator[tuple[str, Axes]]:
    """Draw every figure that the estimate has data for."""
    yield "fan", plot_recovery_fan(estimate)
    if estimate.customer.total is not None:
        yield "dots", plot_loss_dots(estimate)
        yield "exceedance", plot_exceedance(estimate)
    if estimate.sla is not None:
        yield "readings", plot_sla_readings(estimate)
    if estimate.drivers:
        yield "tornado", plot_tornado(estimate)
    if any(one.net_saving is not None for one in estimate.what_if):
        yield "savings", plot_savings(estimate)
    if estimate.since is not None:
        yield "changes", plot_changes(estimate)


def test_every_label_is_inside_the_frame_and_at_least_7_points(any_estimate: Estimate) -> None:
    for name, ax in drawable(any_estimate):
        width, height = figure_of(ax).get_size_inches() * 72
        for words, box, size in drawn_texts(ax):
            assert size >= 7, (name, words)
            assert box.x0 >= -0.6, (name, words, box)
            assert box.x1 <= width + 0.6, (name, words, box)
            assert box.y0 >= -0.6, (name, words, box)
            assert box.y1 <= height + 0.6, (name, words, box)


def test_no_two_labels_overlap(any_estimate: Estimate) -> None:
    for name, ax in drawable(any_estimate):
        texts = [(words, box.padded(-0.8)) for words, box, _ in drawn_texts(ax)]
        for (one, first), (other, second) in itertools.combinations(texts, 2):
            assert not first.overlaps(second), (name, one, other)


@pytest.mark.parametrize("name", PLOTS)
def test_the_same_estimate_gives_the_same_bytes(seed_estimate: Estimate, name: str) -> None:
    first, second = (save_svg(PLOTS[name](seed_estimate)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", PLOTS)
def test_text_stays_text_in_the_bundled_font_without_a_date(
    seed_estimate: Estimate, name: str
) -> None:
    svg = save_svg(PLOTS[name](seed_estimate))
    assert "<text" in svg
    assert "'Source Sans 3'" in svg
    assert "<dc:date>" not in svg
    assert "dejavu" not in svg.lower()


@pytest.mark.parametrize("name", PLOTS)
def test_a_notebook_can_pass_its_own_axes(seed_estimate: Estimate, name: str) -> None:
    from matplotlib.figure import Figure

    own = Figure().add_subplot()
    plot: Any = PLOTS[name]
    assert plot(seed_estimate, own) is own
    assert own.lines


@pytest.mark.parametrize("name", PLOTS)
def test_axes_of_another_style_get_this_one_s(seed_estimate: Estimate, name: str) -> None:
    from matplotlib.figure import Figure

    own = PLOTS[name](seed_estimate, Figure(layout="constrained").add_subplot())  # type: ignore[call-arg]
    labels = [one for one in own.get_xticklabels() if one.get_text()]
    assert labels
    assert {one.get_fontsize() for one in labels} == {7.0}
    assert {one.get_fontfamily()[0] for one in labels} == {"Source Sans 3"}
    assert not own.spines["top"].get_visible()


def test_no_pyplot_state_is_made(seed_estimate: Estimate) -> None:
    before = "matplotlib.pyplot" in sys.modules
    for plot in PLOTS.values():
        plot(seed_estimate)
    assert ("matplotlib.pyplot" in sys.modules) == before


def test_the_fan_shows_the_estimate_s_quantiles(seed_estimate: Estimate) -> None:
    ax, fan = plot_recovery_fan(seed_estimate), seed_estimate.recovery.fan
    (even,) = lines(ax, "even-chance")
    hours = [(moment - fan.at[0]) / timedelta(hours=1) for moment in fan.at]
    np.testing.assert_allclose(even.get_xdata(), hours)
    np.testing.assert_array_equal(even.get_ydata(), fan.p50)
    bands = {one.get_gid(): one for one in ax.collections if one.get_gid()}
    for gid, low, high in (("nine-in-ten", fan.p5, fan.p95), ("half", fan.p25, fan.p75)):
        corners = np.asarray(bands[gid].get_paths()[0].vertices)
        assert {round(y, 9) for y in (*low, *high)} <= {round(float(y), 9) for y in corners[:, 1]}


def test_plan_and_forecast_share_the_fan_s_clock(seed_estimate: Estimate) -> None:
    ax, recovery = plot_recovery_fan(seed_estimate), seed_estimate.recovery
    first = recovery.fan.at[0]

    def hours(moment: datetime) -> float:
        return (moment - first) / timedelta(hours=1)

    medians = [float(line.get_xdata()[0]) for line in lines(ax, "median")]
    assert medians == pytest.approx([hours(one.finish_at["p50"]) for one in recovery.stages[1:]])
    windows: list[Any] = [bar for bar in ax.patches if bar.get_gid() == "window"]
    planned = [one.planned_at for one in recovery.stages if one.planned_at is not None]
    assert [bar.get_x() for bar in windows] == pytest.approx([hours(start) for start, _ in planned])
    (now,) = lines(ax, "now")
    assert now.get_xdata()[0] == hours(seed_estimate.as_of)
    assert [one.get_text() for one in ax.texts].count("done") == 1


def test_the_fan_drops_finished_stages_first(variant: Variant) -> None:
    estimate = variant("twelve stages")
    shown = shown_stages(estimate, MOST_STAGES)
    assert len(shown) == MOST_STAGES
    assert all(stage.status != "done" for stage in shown)
    assert len(shown_stages(variant("seed"), MOST_STAGES)) == 3


def test_twenty_dots_show_the_twenty_quantiles(seed_estimate: Estimate) -> None:
    ax = plot_loss_dots(seed_estimate)
    dots = [float(line.get_xdata()[0]) for line in lines(ax, "dot")]
    assert len(dots) == 20
    wide = ax.get_xlim()[1] / 8
    for dot, loss in zip(dots, seed_estimate.customer.dots, strict=True):
        assert abs(dot - min(loss, ax.get_xlim()[1])) <= wide
    assert ax.get_xlim()[1] >= seed_estimate.customer.dots[17]


def test_dots_stay_inside_the_frame(any_estimate: Estimate) -> None:
    if any_estimate.customer.total is None:
        with pytest.raises(ValueError, match="no loss in money"):
            plot_loss_dots(any_estimate)
        with pytest.raises(ValueError, match="no loss in money"):
            plot_exceedance(any_estimate)
        return
    ax = plot_loss_dots(any_estimate)
    top = ax.get_ylim()[1]
    for line in lines(ax, "dot"):
        assert float(line.get_ydata()[0]) + line.get_markersize() / 2 <= top + 1e-9


def test_the_exceedance_curve_is_the_estimate_s(seed_estimate: Estimate) -> None:
    ax, customer = plot_exceedance(seed_estimate), seed_estimate.customer
    (curve,) = lines(ax, "curve")
    np.testing.assert_array_equal(curve.get_xdata()[1:], [x for x, _ in customer.exceedance])
    np.testing.assert_array_equal(curve.get_ydata()[1:], [p for _, p in customer.exceedance])
    assert customer.total is not None
    (mark,) = lines(ax, "mark-p95")
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (customer.total.p95, 0.05)
    assert {one.get_text() for one in ax.texts} == {
        "50%: more than $19K", "10%: more than $43K", "5%: more than $58K",
    }  # fmt: skip


@pytest.mark.parametrize("shape", ["usual", "steep", "slow"])
def test_words_beside_a_mark_stay_in_the_frame_and_off_the_curve(
    seed_estimate: Estimate, shape: str
) -> None:
    total, curve = seed_estimate.customer.total, seed_estimate.customer.exceedance
    assert total is not None
    near = total._replace(p90=0.9 * total.p95, p99=1.1 * total.p95)
    if shape == "slow":  # it still falls where the words about its end would begin
        near = total._replace(p50=1.4e6, p90=2.5e6, p95=2.9e6, p99=3.5e6)
        sure = ((0.3e6, 1.0), (0.8e6, 0.86), (1.4e6, 0.5), (1.9e6, 0.27), (2.2e6, 0.18))
        curve = (*sure, (2.5e6, 0.1), (2.9e6, 0.05), (3.5e6, 0.01))
    if shape == "steep":  # all within a third of the axis
        near = total._replace(p50=24e3, p90=28.3e3, p95=29.4e3, p99=30e3)
        curve = tuple((18e3 + 12e3 * i / 99, 1 - i / 99) for i in range(100))
    customer = seed_estimate.customer._replace(total=near, exceedance=curve)
    ax = plot_exceedance(seed_estimate._replace(customer=customer))
    frame = figure_of(ax).get_size_inches()[0] * 72
    boxes = {words: box for words, box, _ in drawn_texts(ax) if "more than" in words}
    assert len(boxes) == 3
    assert all(box.x0 >= 0 and box.x1 <= frame + 0.6 for box in boxes.values())
    (line,) = lines(ax, "curve")
    points = ax.transData.transform(np.column_stack([line.get_xdata(), line.get_ydata()]))
    if shape == "slow":
        assert all(box.x1 == pytest.approx(ax.get_window_extent().x1, abs=1)
                   for words, box in boxes.items() if "50%" not in words)  # fmt: skip
    for words, box in boxes.items():
        at = np.linspace(box.x0, box.x1, 50)
        heights = np.interp(at, points[:, 0], points[:, 1])
        assert (heights <= box.y0 + 1).all() or (heights >= box.y1 - 1).all(), words
    for (one, first), (other, second) in itertools.combinations(boxes.items(), 2):
        assert not first.padded(-0.8).overlaps(second.padded(-0.8)), (one, other)


def test_an_amount_that_is_another_one_when_rounded_has_no_words(seed_estimate: Estimate) -> None:
    total = seed_estimate.customer.total
    assert total is not None
    near = total._replace(p90=28.8e3, p95=29.4e3)
    customer = seed_estimate.customer._replace(total=near)
    ax = plot_exceedance(seed_estimate._replace(customer=customer))
    assert len(lines(ax, "mark-p95")) == 1
    assert [one.get_text() for one in ax.texts] == ["50%: more than $19K", "10%: more than $29K"]


def test_rows_whose_names_look_alike_are_told_by_their_place(variant: Variant) -> None:
    estimate = variant("twelve stages")
    stages = shown_stages(estimate, MOST_STAGES)
    alike = [one._replace(name=f"Rebuild the replicas of group {i} in the second zone")
             for i, one in enumerate(stages)]  # fmt: skip
    recovery = estimate.recovery._replace(stages=tuple(alike))
    names = row_names(estimate._replace(recovery=recovery), alike)
    assert len(set(names)) == len(names)
    assert names[0].startswith("1 Rebuild")
    assert row_names(variant("seed"), shown_stages(variant("seed"), MOST_STAGES))[0] == "Immediate"


def test_each_reading_shows_its_downtime_against_what_is_allowed(seed_estimate: Estimate) -> None:
    ax, sla = plot_sla_readings(seed_estimate), seed_estimate.sla
    assert sla is not None
    medians = [float(line.get_xdata()[0]) for line in lines(ax, "median")]
    days = [one.downtime_s.p50 / 86400 for one in sla.readings.values()]
    assert medians == pytest.approx(days)
    (limit,) = lines(ax, "allowed")
    assert limit.get_xdata()[0] == pytest.approx(sla.budget.allowed_s / 86400)
    texts = [one.get_text() for one in ax.texts]
    assert "allowed: 44.6 min" in texts
    assert texts.count("over 99%") == 2


def test_what_was_used_before_the_incident_is_taken_off_the_limit(seed_estimate: Estimate) -> None:
    from decimal import Decimal

    sla, contract = seed_estimate.sla, seed_estimate.scenario.sla
    assert sla is not None
    assert contract is not None
    used = contract.to_date.value._replace(parameters=(Decimal(720),))
    to_date = contract.to_date._replace(value=used)
    scenario = seed_estimate.scenario._replace(sla=contract._replace(to_date=to_date))
    changed = seed_estimate._replace(scenario=scenario)
    limit, words = left_before(changed, sla)
    assert limit == pytest.approx(1958.4)
    assert words == "left of 44.6 min: 32.6 min"


def test_without_an_sla_there_is_nothing_to_plot(variant: Variant) -> None:
    with pytest.raises(ValueError, match="no SLA"):
        plot_sla_readings(variant("no sla"))


@pytest.mark.parametrize("hours", [0.3, 2, 5, 13, 40, 90, 200, 700, 3000, 40_000, 400_000])
def test_a_clock_axis_has_few_round_ticks(hours: float) -> None:
    start = datetime(2024, 1, 22, 3, 17, tzinfo=UTC)
    moments = clock_ticks(start, start + timedelta(hours=hours))
    assert len(moments) <= 8
    assert all(start <= moment <= start + timedelta(hours=hours) for moment in moments)
    assert all(moment.minute == moment.second == 0 for moment in moments)


@pytest.mark.parametrize("top", [0.7, 3.0, 44.6, 58_375.0, 1.2e9])
def test_ticks_are_round_and_few(top: float) -> None:
    places = list(style.ticks(top))
    assert 3 <= len(places) <= 6
    assert places[0] == 0
    assert places[-1] <= top * (1 + 1e-9)


def test_names_of_wide_letters_stay_left_of_the_axis(seed_estimate: Estimate) -> None:
    recovery = seed_estimate.recovery
    wide = tuple(one._replace(name=f"{n}{'W' * 300}") for n, one in enumerate(recovery.stages))
    ax = plot_recovery_fan(seed_estimate._replace(recovery=recovery._replace(stages=wide)))
    boxes = [box for words, box, _ in drawn_texts(ax) if "WW" in words]
    assert len(boxes) == 3
    assert max(box.x1 for box in boxes) <= ax.get_window_extent().x0


def test_a_notebook_shows_a_figure_on_white_paper(seed_estimate: Estimate) -> None:
    figure = figure_of(plot_loss_dots(seed_estimate))
    with Image.open(io.BytesIO(figure._repr_png_())) as picture:
        width, _ = picture.size
        corner = picture.convert("RGBA").getpixel((0, 0))
    assert corner == (255, 255, 255, 255)
    assert width > 300  # pixels: 60 mm on a fine screen
    assert "fill: none" in save_svg(plot_loss_dots(seed_estimate)).split('id="axes_1"')[0]
