"""Objectives: what OpenSLO, Sloth and Pyrra documents promise; their queries are not run.

`read_objectives` reads one file, which may hold several documents, also of several formats.
"""

from impactcalc.intake.objectives.documents import is_objectives, read_objectives

__all__ = ["is_objectives", "read_objectives"]
