"""The page: the brief as one self-contained HTML file without script."""

from impactcalc.report.page.document import render_page

__all__ = ["render_page"]
