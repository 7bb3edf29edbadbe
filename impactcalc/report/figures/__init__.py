"""Figures of an estimate: every function takes and returns matplotlib Axes, and computes nothing.

``ax=None`` makes a figure of the size that the brief gives it; a notebook passes its own Axes.
"""

from impactcalc.report.figures.changes import plot_changes
from impactcalc.report.figures.dots import plot_loss_dots
from impactcalc.report.figures.exceedance import plot_exceedance
from impactcalc.report.figures.fan import plot_recovery_fan
from impactcalc.report.figures.readings import plot_sla_readings
from impactcalc.report.figures.savings import plot_savings
from impactcalc.report.figures.style import save_svg
from impactcalc.report.figures.tornado import plot_tornado

__all__ = [
    "plot_changes",
    "plot_exceedance",
    "plot_loss_dots",
    "plot_recovery_fan",
    "plot_savings",
    "plot_sla_readings",
    "plot_tornado",
    "save_svg",
]
