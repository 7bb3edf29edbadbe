"""The bridge from an earlier answer: as a figure, on the screen, in the brief, in words."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from matplotlib.axes import Axes

from impactcalc.domain.result import Estimate
from impactcalc.domain.since import Change, Since, Surprise
from impactcalc.report.brief import content
from impactcalc.report.csv_export import render_csv
from impactcalc.report.figures import plot_changes
from impactcalc.report.narrative import changes
from impactcalc.report.page import render_page
from impactcalc.report.pdf import figures
from impactcalc.report.terminal import render
from impactcalc.report.width import width_of

PARTS = (
    Change("time passed", 8519.0, "24 h later, with everything else as it was", 30.1, None),
    Change("news of status", -12659.0, "'Short-term' done", -44.7, None),
    Change("corrected facts", 3877.0, "revenue at risk: 75 K USD/day -> 90 K USD/day", 0.0, None),
    Change("changed model version", 0.4, "same version (0.1.0)", 0.0, None),
)
SURPRISES = (
    Surprise("Short-term", "over by 2024-01-24 12:00 UTC", 37.9, 0.0, 75.9, review=False),
    Surprise("Long-term", "still open at 2024-01-24 12:00 UTC", 27.4, 27.4, 100.0, review=False),
    Surprise("Repair", "over at 2024-01-23 14:00 UTC", 2.0, 2.0, 2.0, review=True),
)


def since(estimate: Estimate, parts: tuple[Change, ...] = PARTS, figure: str = "") -> Estimate:
    before = 23_526.0
    return estimate._replace(
        changes=parts,
        since=Since(
            record="CE1004.json",
            as_of=estimate.as_of - timedelta(hours=24),
            version="0.1.0",
            figure=figure or "customer.total",
            before=before,
            after=before + sum(part.mean for part in parts),
            surprises=SURPRISES,
        ),
    )


def bars(ax: Axes, name: str) -> list[Any]:
    return [patch for patch in ax.patches if patch.get_gid() == name]


def test_every_part_begins_where_the_one_before_it_ended(seed_estimate: Estimate) -> None:
    ax = plot_changes(since(seed_estimate))
    (before,), (after,) = bars(ax, "before"), bars(ax, "after")
    level = 23_526.0
    assert (before.get_x(), before.get_width()) == (0.0, level)
    for bar, part in zip(bars(ax, "part")[:3], PARTS, strict=False):
        edges = sorted((bar.get_x(), bar.get_x() + bar.get_width()))
        assert edges == pytest.approx(sorted((level, level + part.mean)))
        level += part.mean
    assert after.get_width() == pytest.approx(level, abs=0.5)  # 0.4 is nothing beside 23,000


def test_the_figure_says_both_moments_and_every_part(seed_estimate: Estimate) -> None:
    ax = plot_changes(since(seed_estimate))
    said = [text.get_text() for text in ax.texts]
    assert said == [
        *("$24K", "22 Jan 12:00", "+$8.5K", "time passed", "\N{MINUS SIGN}$13K", "news of status"),
        *("+$3.9K", "corrected facts", "$0", "model version", "$23K", "now"),
    ]
    colours = [bar.get_facecolor()[:3] for bar in bars(ax, "part")]
    assert colours[0] == colours[2] != colours[1]  # worse and better


def test_a_given_axes_is_used_and_nothing_is_plotted_without_an_earlier_answer(
    seed_estimate: Estimate,
) -> None:
    ax = plot_changes(since(seed_estimate))
    assert plot_changes(since(seed_estimate), ax) is ax
    with pytest.raises(ValueError, match="no earlier one"):
        plot_changes(seed_estimate)
    assert "bridge" not in figures(seed_estimate)


def test_hours_are_bridged_where_there_is_no_money(seed_estimate: Estimate) -> None:
    parts = tuple(one._replace(mean=one.full_recovery_h or 0.0) for one in PARTS)
    estimate = since(seed_estimate, parts, "recovery.full_recovery_h")
    sentence = changes.changes_sentence(estimate)
    assert sentence.startswith("The average time to full recovery")
    assert next(row.words for row in changes.change_rows(estimate)) == "+30 h"


def test_the_sentence_names_both_ends_and_the_largest_part(seed_estimate: Estimate) -> None:
    assert changes.changes_sentence(since(seed_estimate)) == (
        "The average loss went from $24K to $23K; most of it by news of status "
        "(\N{MINUS SIGN}$13K)."
    )
    both = (PARTS[0], PARTS[0]._replace(part="news of status", mean=-8519.0))
    assert changes.changes_sentence(since(seed_estimate, both)) == (
        "The average loss stays near $24K; time passed alone: +$8.5K."
    )
    still = tuple(one._replace(mean=0.0) for one in PARTS)
    assert changes.changes_sentence(since(seed_estimate, still)) == (
        "The average loss is as it was, $24K."
    )
    assert changes.changes_sentence(seed_estimate) == ""


def test_surprises_are_said_by_what_is_known(seed_estimate: Estimate) -> None:
    assert changes.surprise_words(since(seed_estimate)) == (
        "Short-term: over before its 76th percentile",
        "Long-term: open beyond its 27th percentile",
        "Repair: over at its 2nd percentile",
    )


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("unicode", [True, False])
def test_the_screen_draws_the_bridge_within_its_width(
    seed_estimate: Estimate, width: int, unicode: bool
) -> None:
    text = render(since(seed_estimate), width=width, colour=False, unicode=unicode)
    assert "What changed since 22 Jan 2024 12:00 UTC" in text
    assert max(width_of(line) for line in text.splitlines()) <= width
    assert unicode or text.isascii()
    mark = "█" if unicode else "#"
    drawn = [line for line in text.splitlines() if mark in line and line.startswith("  ")]
    assert [line.split()[0] for line in drawn][:1] == ["then"]
    assert any(line.split()[0] == "now" for line in drawn)


def test_an_estimate_alone_has_no_bridge(seed_estimate: Estimate) -> None:
    assert "What changed" not in render(seed_estimate, colour=False, unicode=True)
    assert content(seed_estimate)["changes"] is None


def test_the_brief_has_title_sentence_rows_and_surprises(seed_estimate: Estimate) -> None:
    shown: Any = content(since(seed_estimate))["changes"]
    assert shown["title"] == "What changed since 22 Jan 2024 12:00 UTC"
    assert shown["rows"][1] == [
        *("news of status", "\N{MINUS SIGN}$13K", "\N{MINUS SIGN}45 h", "'Short-term' done"),
    ]
    assert shown["surprises"].startswith("Against the earlier forecast: Short-term: over before")


@pytest.mark.parametrize("mean", [1e-9, -1e12, 1e15])
def test_any_size_is_drawn_within_the_screen(seed_estimate: Estimate, mean: float) -> None:
    parts = (PARTS[0]._replace(mean=mean), *PARTS[1:])
    text = render(since(seed_estimate, parts), colour=False, unicode=True)
    assert max(width_of(line) for line in text.splitlines()) <= 80
    assert plot_changes(since(seed_estimate, parts)).get_xlim()[0] <= 0


def test_the_page_has_the_bridge_with_the_reason_of_every_part(seed_estimate: Estimate) -> None:
    shown = render_page(since(seed_estimate)).decode()
    assert "What changed since 22 Jan 2024 12:00 UTC" in shown
    assert "revenue at risk: 75 K USD/day -&gt; 90 K USD/day" in shown
    assert "What changed" not in render_page(seed_estimate).decode()


def test_the_table_names_the_unit_of_every_part(seed_estimate: Estimate) -> None:
    rows = list(csv.reader(render_csv(since(seed_estimate)).decode("utf-8-sig").splitlines()))
    units = {(row[0], row[1], row[2]): row[4] for row in rows}
    assert units["changes", "1", "mean"] == units["since", "before", "value"] == "USD"
    assert units["changes", "1.full_recovery_h", "value"] == "h"
    assert units["since", "surprises.1.percentile", "value"] == "percent"
