"""The workbook as a whole: its sheets in order, its properties, the same bytes each time."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING

from impactcalc.report.escape import escape
from impactcalc.report.narrative.headline import headline
from impactcalc.report.ownership import MARK
from impactcalc.report.phrases import Clock
from impactcalc.report.workbook.actions import write_actions
from impactcalc.report.workbook.answer import write_answer
from impactcalc.report.workbook.inputs import write_inputs
from impactcalc.report.workbook.loss import write_loss
from impactcalc.report.workbook.recovery import write_recovery
from impactcalc.report.workbook.run import write_run
from impactcalc.report.workbook.sheet import Styles

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

_SHEETS = (
    ("Answer", write_answer),
    ("Inputs", write_inputs),
    ("Recovery", write_recovery),
    ("Loss", write_loss),
    ("Actions", write_actions),
    ("Run", write_run),
)
_NO_GUESSES = {  # text is text, whatever it looks like
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_PROPERTY = 255


def render_workbook(estimate: Estimate) -> bytes:
    """Write the answer as a workbook.

    Parameters
    ----------
    estimate
        The whole answer.

    Returns
    -------
    bytes
        An XLSX file of the sheets Answer, Inputs, Recovery, Loss, Actions and Run. Simulated
        figures are numbers at full precision; formulas are arithmetic of visible cells and carry
        their values.
    """
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    workbook = Workbook(buffer, _NO_GUESSES)
    workbook.set_properties(
        {
            "title": escape(headline(estimate))[:_LONGEST_PROPERTY],
            "author": MARK,
            "comments": f"impactcalc {estimate.run.version}",
            "created": estimate.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        }
    )
    styles = Styles(workbook, estimate.currency)
    footer = f"impactcalc {estimate.run.version}, as of {Clock.of(estimate).now()}"
    for name, write in _SHEETS:
        write(workbook, workbook.add_worksheet(name), styles, estimate, footer)
    workbook.close()
    return buffer.getvalue()
