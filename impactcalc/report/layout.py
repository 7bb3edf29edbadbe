"""How the brief is set: the paper, one's own template, one's own logo."""

from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.named import NamedTuple
from impactcalc.report.packages import fetched_packages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAPERS = ("a4", "letter")
LARGEST_LOGO = 200_000
_PNG = b"\x89PNG\r\n\x1a\n"


class Layout(NamedTuple):
    """The wishes about the page.

    Parameters
    ----------
    paper
        Of `PAPERS`.
    template
        A Typst file in the place of the bundled one; None: the bundled one.
    logo
        SVG text for the head of every page; empty: none.
    """

    paper: str = PAPERS[0]
    template: Path | None = None
    logo: str = ""

    def inputs(self) -> Mapping[str, str]:
        """Give what the template is told of it."""
        return {"paper": self.paper} | ({"logo": self.logo} if self.logo else {})


def read_layout(paper: str | None, template: Path | None, logo: Path | None) -> Layout:
    """Check the wishes about the page.

    Parameters
    ----------
    paper
        As written; None is A4.
    template, logo
        Files; None: none.

    Raises
    ------
    InputError
        With every problem at once.
    """
    problems: list[Problem] = []
    chosen = (paper or PAPERS[0]).lower()
    if chosen not in PAPERS:
        problems.append(Problem(f"--paper: '{paper}' is no paper", "write a4 or letter"))
    if template is not None and not template.is_file():
        problems.append(Problem("--template: no such file", "give a Typst file", str(template)))
    elif template is not None:
        problems += fetched_packages(template)
    picture = ""
    if logo is not None:
        try:
            picture = _picture(logo)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(*problems)
    return Layout(chosen, template, picture)


def _picture(file: Path) -> str:
    """Read a logo as SVG; a PNG becomes the one picture of an SVG of its size."""
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputError(
            Problem(f"--logo: {reason}", "give an SVG or PNG file", str(file))
        ) from None
    if len(data) > LARGEST_LOGO:
        size = f"--logo: {len(data) / 1000:,.0f} KB are too large"
        raise InputError(Problem(size, f"at most {LARGEST_LOGO / 1000:.0f} KB", str(file)))
    text = _png_in_svg(data) if data.startswith(_PNG) else data.decode("utf-8", "replace")
    if not _is_shown(text):
        raise InputError(Problem("--logo: neither SVG nor PNG", "save it as SVG", str(file)))
    return text


def _png_in_svg(data: bytes) -> str:
    """Wrap a PNG into an SVG."""
    width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
    coded = base64.b64encode(data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{coded}"/></svg>'
    )


def _is_shown(svg: str) -> bool:
    """Ask Typst whether it can show a picture."""
    import typst

    source = b'#image(bytes(sys.inputs.logo), format: "svg")'
    try:
        typst.Compiler(source, sys_inputs={"logo": svg}, ignore_system_fonts=True).compile(
            format="svg"
        )
    except RuntimeError:
        return False
    return True
