"""The page as a whole: head, answer, proof; its style and fonts inside it, its policy on top."""

from __future__ import annotations

import base64
from importlib import resources
from typing import TYPE_CHECKING

from impactcalc import __version__
from impactcalc.report.brief import content
from impactcalc.report.page.answer import answer
from impactcalc.report.page.element import element, to_html
from impactcalc.report.page.proof import proof
from impactcalc.report.pdf import figures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree import ElementTree as ET

    from impactcalc.domain.result import Estimate

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_WEIGHTS = {"Regular": 400, "SemiBold": 600}


def render_page(estimate: Estimate, drawings: Mapping[str, str] | None = None) -> bytes:
    """Write the brief as one HTML file.

    Parameters
    ----------
    estimate
        The whole answer.
    drawings
        The figures as SVG by name, when they are drawn already.

    Returns
    -------
    bytes
        UTF-8. No script, no link to anything outside: what the policy in its head forbids anyway.
    """
    words = content(estimate)
    svgs = figures(estimate) if drawings is None else drawings
    body = element(
        "body",
        element("main", answer(words, svgs), proof(words, svgs)),
        element("footer", str(words["run"])),
    )
    return to_html(element("html", _head(str(words["headline"])), body, lang="en")).encode()


def _head(title: str) -> ET.Element:
    """Write what browsers must know: policy first, then title and style."""
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content=f"impactcalc {__version__}"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", _fonts() + _folder().joinpath("style.css").read_text("utf-8")),
    )


def _folder() -> resources.abc.Traversable:
    return resources.files("impactcalc.report").joinpath("page")


def _fonts() -> str:
    """Write the bundled font into the style: two weights, the letters of Latin scripts."""
    rules = []
    for weight, number in _WEIGHTS.items():
        data = _folder().joinpath("fonts", f"SourceSans3-{weight}.woff2").read_bytes()
        source = f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"
        rules.append(
            f"@font-face{{font-family:'Source Sans 3';font-weight:{number};"
            f"src:{source} format('woff2')}}\n"
        )
    return "".join(rules)
