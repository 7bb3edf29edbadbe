"""The screen: one page of plain text for a person at a terminal, or in a ticket."""

from impactcalc.report.narrative.headline import summary_line
from impactcalc.report.terminal.screen import render

__all__ = ["render", "summary_line"]
