"""Sheet Run: how the answer was computed, what to know about it, and what the words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.export import SCHEMA
from impactcalc.report.narrative.findings import findings
from impactcalc.report.phrases import Clock
from impactcalc.report.workbook.sheet import Sheet, Styles

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

_WORDS = (
    ("even chance", "the median: as many simulated cases lie below as above"),
    ("9 in 10", "from the 5th to the 95th percentile of the simulated cases"),
    ("on average", "the mean; for budgets. A few long cases pull it above the even chance"),
    ("worst 1 in 20", "the average of the worst 5% of the cases (expected shortfall)"),
    ("simulation error", "standard error of the figure, from 16 independent replicates"),
    ("better in, pays in", "how often a step saves anything, and more than it costs"),
    ("simulated", "a result of the simulation; a formula in this workbook never makes one"),
    ("[A], [E]", "in a reason: an assumption of ours; measured, or taken from a study"),
    ("live", "a cell with a formula: arithmetic of visible cells alone"),
)


def write_run(
    workbook: Any, worksheet: Any, styles: Styles, estimate: Estimate, footer: str
) -> None:
    """Write the sheet."""
    del workbook
    sheet = Sheet(worksheet, styles, (34, 100))
    run = estimate.run
    sheet.heading("How it was computed", "title", 24)
    _numbers(sheet, estimate)
    texts = (
        ("seed", str(run.seed)),
        ("as of", Clock.of(estimate).now()),
        ("accuracy was reached", "yes" if run.converged else "no"),
        ("program", f"impactcalc {run.version}"),
        ("digest of the input (SHA-256)", run.inputs_sha256),
        ("byte probe", run.byte_probe),
        ("record", SCHEMA),
    )
    for label, text in texts:
        sheet.text(0, label, "strong")
        sheet.text(1, text)
        sheet.step()
    sheet.step()
    _pairs(sheet, "To know", [(place or "general", text) for text, place in findings(estimate)])
    _pairs(sheet, "Words", _WORDS)
    sheet.printed(footer)


def _numbers(sheet: Sheet, estimate: Estimate) -> None:
    """Write what is a number about the run."""
    run = estimate.run
    rows = (
        ("trials", float(run.trials), "count"),
        ("wanted accuracy", run.accuracy, "accuracy"),
        ("error reached", run.error_reached, "accuracy"),
    )
    for label, value, style in rows:
        sheet.text(0, label, "strong")
        sheet.number(1, value, style)
        sheet.step()


def _pairs(sheet: Sheet, title: str, pairs: Any) -> None:
    """Write a list of two columns; nothing for an empty one."""
    if not pairs:
        return
    sheet.heading(title)
    for first, second in pairs:
        sheet.text(0, first, "strong")
        sheet.text(1, second)
        sheet.step()
    sheet.step()
