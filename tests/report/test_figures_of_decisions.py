"""Tornado and savings show the answer's own numbers, ranked, with their ends in words."""

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.axes import Axes

from impactcalc.domain.result import Estimate
from impactcalc.report.figures import plot_savings, plot_tornado

Variant = Callable[[str], Estimate]


def words(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def bars(ax: Axes, name: str) -> list[Any]:
    return [patch for patch in ax.patches if patch.get_gid() == name]


def marks(ax: Axes, name: str) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == name]


def test_every_bar_of_the_tornado_goes_from_the_average_to_the_answer_at_that_end(
    seed_estimate: Estimate,
) -> None:
    ax = plot_tornado(seed_estimate)
    total = seed_estimate.customer.total
    assert total is not None
    shown = seed_estimate.drivers[:6]
    for name in ("low", "high"):
        for bar, driver in zip(bars(ax, name), shown, strict=True):
            value = getattr(driver, name).value
            edges = sorted((bar.get_x(), bar.get_x() + bar.get_width()))
            assert edges == pytest.approx(sorted((total.mean, value)))


def test_the_strongest_input_is_on_top_and_its_ends_are_in_words(seed_estimate: Estimate) -> None:
    ax = plot_tornado(seed_estimate)
    texts: list[Any] = list(ax.texts)
    tops = [text for text in texts if text.xy[1] == 0]
    assert {"route to the lost share", "10%", "90%"} <= {text.get_text() for text in tops}
    assert {"1.4 h", "31 h", "36", "262"} <= set(words(ax))


def test_without_money_the_tornado_is_in_hours(variant: Variant) -> None:
    ax = plot_tornado(variant("no money"))
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert all(label.endswith((" h", " min", " days", " d")) for label in labels)


def test_nothing_is_plotted_without_drivers_or_savings(seed_estimate: Estimate) -> None:
    bare = seed_estimate._replace(drivers=(), what_if=())
    with pytest.raises(ValueError, match="no drivers"):
        plot_tornado(bare)
    with pytest.raises(ValueError, match="no alternative"):
        plot_savings(bare)


def test_the_dot_of_an_alternative_is_its_average_net_saving(seed_estimate: Estimate) -> None:
    ax = plot_savings(seed_estimate)
    found = [float(mark.get_xdata()[0]) for mark in marks(ax, "mean")]
    expected = [one.net_saving.mean for one in seed_estimate.what_if if one.net_saving]
    assert found == pytest.approx(expected)


def test_how_often_an_alternative_pays_stands_beside_it(seed_estimate: Estimate) -> None:
    ax = plot_savings(seed_estimate)
    said = [text for text in words(ax) if text.endswith(" of 100")]
    assert len(said) == len(seed_estimate.what_if)
    assert said[1] == "100 of 100"
    assert said[3] == "0 of 100"


def test_a_harmful_alternative_is_red_and_the_recommended_one_bold(seed_estimate: Estimate) -> None:
    from impactcalc.report.figures import style

    ax = plot_savings(seed_estimate)
    colours = [mark.get_color() for mark in marks(ax, "mean")]
    assert colours == [style.TEAL, style.TEAL, style.TEAL, style.RED]
    bold = [text.get_text() for text in ax.texts if text.get_fontweight() == 600]
    assert "Second repair team" in bold
    assert "Throttle heavy analytics scans" not in bold
