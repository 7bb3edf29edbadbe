"""The workbook: six sheets with the exact figures, their sources, and native charts."""

from impactcalc.report.workbook.book import render_workbook

__all__ = ["render_workbook"]
