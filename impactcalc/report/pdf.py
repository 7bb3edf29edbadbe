"""The brief as PDF and PNG: Typst lays out the content, matplotlib's figures are placed as SVG.

The data reach the template as JSON by ``sys_inputs``: no Typst source is ever built from them. The
bundled font alone is used while it has every character; system fonts only when it has not. The
same estimate gives the same bytes (timestamp = the moment of the forecast).
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impactcalc.errors import InputError, OutputError, Problem
from impactcalc.report.brief import content
from impactcalc.report.figures import (
    plot_changes,
    plot_exceedance,
    plot_loss_dots,
    plot_recovery_fan,
    plot_sla_readings,
    plot_tornado,
    save_svg,
)
from impactcalc.report.figures.style import font_folder, lowered
from impactcalc.report.key_figures import has_loss
from impactcalc.report.layout import Layout
from impactcalc.report.letters import BUNDLED, FALLBACK_FONTS, foreign, homeless, missing_words
from impactcalc.report.narrative.headline import headline

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from impactcalc.domain.result import Estimate

PNG_PPI = 200.0
_LOWER_MM = {"a4": 0.0, "letter": 3.0}  # so much lower are the figures of a lower page
_TORNADO_LOWER_MM = 8.0  # it stands beside the readings of downtime
_BRIDGE_LOWER_MM = 4.0
_PLACE = re.compile(r"┌─ (.+?):(\d+):(\d+)")
_UNTAGGED = "PDF/UA-1 error"
_MARK = b"pdfuaid:part"


def render(
    estimate: Estimate,
    forms: Collection[str],
    ppi: float = PNG_PPI,
    layout: Layout | None = None,
) -> dict[str, bytes]:
    """Write the brief in one or both forms; content and figures are made once.

    Parameters
    ----------
    estimate
        The whole answer.
    forms
        ``"pdf"``: a tagged document, PDF/UA-1; page 1 is the answer, page 2 the proof.
        ``"png"``: page 1 as a picture, described by the headline.
    ppi
        Pixels per inch of the picture.
    layout
        Paper, template and logo; None: A4, the bundled one, none.

    Returns
    -------
    dict
        Bytes by form; the same estimate gives the same bytes.

    Raises
    ------
    InputError
        When one's own template fails, with Typst's reason and line.
    OutputError
        When the bundled page cannot be laid out.
    """
    page = _Page(estimate, layout or Layout())
    made = {form: page.compiled(form, ppi) for form in forms}
    if "png" in made:
        made["png"] = _described(made["png"], headline(estimate))
    return made


def render_pdf(estimate: Estimate, layout: Layout | None = None) -> bytes:
    """Write the brief as PDF; see `render`."""
    return render(estimate, ("pdf",), layout=layout)["pdf"]


def render_png(estimate: Estimate, ppi: float = PNG_PPI) -> bytes:
    """Write page 1 of the brief as a picture; see `render`."""
    return render(estimate, ("png",), ppi)["png"]


def letters_note(estimate: Estimate) -> str:
    """Say which letters of the brief no font has; empty when all are shown."""
    missing = homeless(foreign(json.dumps(content(estimate), ensure_ascii=False)))
    return missing_words(missing) if missing else ""


def mark_note(estimate: Estimate, layout: Layout | None, pdf: bytes) -> str:
    """Say that a brief does not claim PDF/UA-1, and what in one's own template is in its way.

    Parameters
    ----------
    estimate, layout
        What the brief was made of.
    pdf
        The brief; its XMP packet is plain text and tells whether it claims the mark.
    """
    if layout is None or layout.template is None or _MARK in pdf:
        return ""
    page = _Page(estimate, layout)
    if not page.tagged:
        return ""  # it is the letters that are in its way, and they are named
    try:
        page.strictly()
    except InputError as error:
        said = str(error.problems[0]).replace(f"the template fails: {_UNTAGGED}: ", "")
        return f"the PDF does not claim PDF/UA-1, for screen readers: {said}"
    return ""


def figures(estimate: Estimate, lower_mm: float = 0.0) -> dict[str, str]:
    """Draw the figures that the estimate has data for, as SVG by name."""
    with lowered(lower_mm):
        drawn = {"fan": save_svg(plot_recovery_fan(estimate))}
        if has_loss(estimate):
            drawn["dots"] = save_svg(plot_loss_dots(estimate))
            drawn["exceedance"] = save_svg(plot_exceedance(estimate))
        if estimate.sla is not None:
            drawn["readings"] = save_svg(plot_sla_readings(estimate))
    if estimate.since is not None:
        with lowered(lower_mm + _BRIDGE_LOWER_MM):
            drawn["bridge"] = save_svg(plot_changes(estimate))
    if estimate.drivers:
        with lowered(lower_mm + _TORNADO_LOWER_MM):
            drawn["tornado"] = save_svg(plot_tornado(estimate))
    return drawn


class _Page:
    """One estimate, ready for the compiler."""

    def __init__(self, estimate: Estimate, layout: Layout) -> None:
        text = json.dumps(content(estimate), ensure_ascii=False)
        letters = foreign(text)
        self.template = layout.template
        self.system_fonts = bool(letters)
        self.tagged = not homeless(letters)  # PDF/UA refuses a letter that no font has
        self.timestamp = int(estimate.as_of.timestamp())
        self.inputs = {
            "content": text,
            "fonts": json.dumps([BUNDLED, *(FALLBACK_FONTS if letters else ())]),
            **layout.inputs(),
            **figures(estimate, _LOWER_MM[layout.paper]),
        }

    def _fonts(self) -> list[str]:
        """List the folders of fonts: the bundled one, and that beside one's own template."""
        own = None if self.template is None else self.template.with_name("fonts")
        return [str(font_folder()), *([str(own)] if own is not None and own.is_dir() else [])]

    def compiled(self, form: str, ppi: float) -> bytes:
        """Run the compiler for one form."""
        inputs = {**self.inputs, "pages": "all" if form == "pdf" else "first"}
        if form == "png":
            return self._run(inputs, {"format": form, "ppi": ppi})
        options: dict[str, Any] = {"format": form, "timestamp": self.timestamp}
        if not self.tagged:
            return self._run(inputs, options)
        try:
            return self.strictly()
        except InputError as error:  # one's own template may do without the mark
            if _UNTAGGED not in str(error):
                raise
            return self._run(inputs, options)

    def strictly(self) -> bytes:
        """Run the compiler for a PDF that claims PDF/UA-1."""
        options = {"format": "pdf", "timestamp": self.timestamp, "pdf_standards": ["ua-1"]}
        return self._run({**self.inputs, "pages": "all"}, options)

    def _run(self, inputs: Mapping[str, str], options: Mapping[str, Any]) -> bytes:
        """Run the compiler once, and name the place of what it refuses."""
        import typst

        make: Any = typst.Compiler
        try:
            made = make(
                input=str(self.template or _bundled()),
                font_paths=self._fonts(),
                ignore_system_fonts=not self.system_fonts,
                sys_inputs=inputs,
            ).compile(**options)
        except RuntimeError as error:
            if self.template is not None:
                raise InputError(_place(error, self.template)) from error
            raise OutputError(f"the brief could not be laid out: {_first_line(error)}") from error
        return bytes(made[0] if isinstance(made, list) else made)


def _bundled() -> Path:
    """Find the bundled template."""
    return Path(str(font_folder())).with_name("brief.typ")


def _place(error: RuntimeError, template: Path) -> Problem:
    """Say where and why a template fails; a file that it imports is named by its own name."""
    found = _PLACE.search(getattr(error, "diagnostic", ""))
    hints = "; ".join(getattr(error, "hints", ()))
    if found is None:
        return Problem(f"the template fails: {_first_line(error)}", hints, str(template))
    name = Path(found[1]).name
    file = template if name == template.name else template.with_name(name)
    reason = f"the template fails: {_first_line(error)}"
    return Problem(reason, hints, str(file), int(found[2]), int(found[3]))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _described(png: bytes, words: str) -> bytes:
    """Add a description to a PNG: an iTXt chunk behind its header."""
    header_end = 8 + 8 + 13 + 4
    body = b"Description\x00\x00\x00\x00\x00" + words.encode()
    chunk = b"iTXt" + body
    written = struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:header_end] + written + png[header_end:]
