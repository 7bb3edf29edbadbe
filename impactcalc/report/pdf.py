"""The brief as PDF and PNG: Typst lays out the content, matplotlib's figures are placed as SVG.

The data reach the template as JSON by ``sys_inputs``: no Typst source is ever built from them. The
bundled font alone is used while it has every character; system fonts only when it has not. The
same estimate gives the same bytes (timestamp = the moment of the forecast).
"""

from __future__ import annotations

import json
import struct
import zlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from impactcalc.errors import OutputError
from impactcalc.report.brief import content, has_loss
from impactcalc.report.figures import (
    plot_exceedance,
    plot_loss_dots,
    plot_recovery_fan,
    plot_sla_readings,
    save_svg,
)
from impactcalc.report.narrative.headline import headline

if TYPE_CHECKING:
    from collections.abc import Collection

    from impactcalc.domain.result import Estimate

PNG_PPI = 200.0
_FALLBACK_FONTS = ("Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic", "DejaVu Sans")


def render(estimate: Estimate, forms: Collection[str], ppi: float = PNG_PPI) -> dict[str, bytes]:
    """Write the brief in one or both forms; content and figures are made once.

    Parameters
    ----------
    estimate
        The whole answer.
    forms
        ``"pdf"``: a tagged A4 document, PDF/UA-1; page 1 is the answer, page 2 the proof.
        ``"png"``: page 1 as a picture, described by the headline.
    ppi
        Pixels per inch of the picture.

    Returns
    -------
    dict
        Bytes by form; the same estimate gives the same bytes.

    Raises
    ------
    OutputError
        When the page cannot be laid out.
    """
    document = content(estimate)
    text = json.dumps(document, ensure_ascii=False)
    svgs = figures(estimate)
    plain = covered(text + "".join(svgs.values()))
    made = {}
    for form in forms:
        inputs = {"content": text, "pages": "all" if form == "pdf" else "first", **svgs}
        try:
            made[form] = _typst(inputs, form, ppi, estimate, plain=plain)
        except RuntimeError as error:
            raise OutputError(f"the brief could not be laid out: {_first_line(error)}") from error
    if "png" in made:
        made["png"] = _described(made["png"], headline(estimate))
    return made


def render_pdf(estimate: Estimate) -> bytes:
    """Write the brief as PDF; see `render`."""
    return render(estimate, ("pdf",))["pdf"]


def render_png(estimate: Estimate, ppi: float = PNG_PPI) -> bytes:
    """Write page 1 of the brief as a picture; see `render`."""
    return render(estimate, ("png",), ppi)["png"]


def figures(estimate: Estimate) -> dict[str, str]:
    """Draw the figures that the estimate has data for, as SVG by name."""
    drawn = {"fan": save_svg(plot_recovery_fan(estimate))}
    if has_loss(estimate):
        drawn["dots"] = save_svg(plot_loss_dots(estimate))
        drawn["exceedance"] = save_svg(plot_exceedance(estimate))
    if estimate.sla is not None:
        drawn["readings"] = save_svg(plot_sla_readings(estimate))
    return drawn


def _typst(
    inputs: dict[str, str], form: str, ppi: float, estimate: Estimate, *, plain: bool
) -> bytes:
    """Run the compiler once.

    ``plain``: the bundled font has every character. Else the system's fonts are searched too, and
    the PDF/UA mark is left off, for it would refuse a character that no font has.
    """
    import typst

    make: Any = typst.Compiler

    folder = resources.files("impactcalc.report").joinpath("template")
    fonts = ["Source Sans 3", *(() if plain else _FALLBACK_FONTS)]
    compiler = make(
        input=folder.joinpath("brief.typ").read_bytes(),
        font_paths=[str(folder.joinpath("fonts"))],
        ignore_system_fonts=plain,
        sys_inputs={**inputs, "fonts": json.dumps(fonts)},
    )
    options: dict[str, Any] = {"format": form}
    if form == "png":
        options["ppi"] = ppi
    else:
        options["timestamp"] = int(estimate.as_of.timestamp())
        options["pdf_standards"] = ["ua-1"] if plain else []
    made = compiler.compile(**options)
    return bytes(made[0] if isinstance(made, list) else made)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


@cache
def _characters() -> frozenset[int]:
    """List the characters of the bundled font."""
    from matplotlib.ft2font import FT2Font

    fonts = resources.files("impactcalc.report").joinpath("template", "fonts")
    with resources.as_file(fonts.joinpath("SourceSans3-Regular.ttf")) as path:
        return frozenset(FT2Font(str(path)).get_charmap())


def covered(text: str) -> bool:
    """Tell whether the bundled font has every character of a text."""
    return all(code in _characters() or code < 0x20 for code in {ord(one) for one in text})  # noqa: PLR2004


def _described(png: bytes, words: str) -> bytes:
    """Add a description to a PNG: an iTXt chunk behind its header."""
    header_end = 8 + 8 + 13 + 4
    body = b"Description\x00\x00\x00\x00\x00" + words.encode()
    chunk = b"iTXt" + body
    written = struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:header_end] + written + png[header_end:]
