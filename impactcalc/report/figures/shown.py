"""A figure that a notebook shows by itself, whether or not pyplot has been loaded."""

from __future__ import annotations

import io

import matplotlib as mpl
from matplotlib.figure import Figure

_DPI = 150
"""Of pictures: a figure of the brief's size is small, and the screen is fine."""


class ShownFigure(Figure):
    """A figure on white paper; a notebook asks it for its picture."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(figsize=(width, height), dpi=_DPI, facecolor="white")

    def _repr_png_(self) -> bytes:
        """Draw the picture, nothing at its edges cut off."""
        buffer = io.BytesIO()
        with mpl.rc_context({"text.hinting": "no_hinting"}):  # words as wide as in print
            self.savefig(buffer, format="png", bbox_inches="tight", pad_inches=0.06)
        return buffer.getvalue()
