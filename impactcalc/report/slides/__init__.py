"""The slides: five of them, each a finding, with charts that can be edited."""

from impactcalc.report.slides.show import render_slides

__all__ = ["render_slides"]
