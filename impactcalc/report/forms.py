"""The forms of an answer that are files, and the one place that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from impactcalc.domain.result import Estimate
    from impactcalc.report.layout import Layout

FORMS = ("pdf", "png", "pptx", "xlsx", "html", "csv")
"""In the order in which they are made; the JSON record always goes with them."""


def render_forms(
    estimate: Estimate, forms: Collection[str], layout: Layout | None = None
) -> dict[str, bytes]:
    """Make the asked forms of an answer.

    Parameters
    ----------
    estimate
        The whole answer.
    forms
        Of `FORMS`.
    layout
        Paper, template and logo of the brief; None: A4, the bundled one, none.

    Returns
    -------
    dict
        Bytes by form, in the order of `FORMS`; the same estimate gives the same bytes.

    Raises
    ------
    InputError
        When one's own template fails.
    OutputError
        When a page cannot be laid out.
    """
    made: dict[str, bytes] = {}
    _hush()
    pages = tuple(form for form in ("pdf", "png") if form in forms)
    if pages:
        made |= _pages(estimate, pages, layout)
    if "pptx" in forms:
        from impactcalc.report.slides import render_slides

        made["pptx"] = render_slides(estimate)
    if "html" in forms:
        from impactcalc.report.page import render_page

        made["html"] = render_page(estimate)
    if "xlsx" in forms:
        from impactcalc.report.workbook import render_workbook

        made["xlsx"] = render_workbook(estimate)
    if "csv" in forms:
        from impactcalc.report.csv_export import render_csv

        made["csv"] = render_csv(estimate)
    return {form: made[form] for form in FORMS if form in made}


def _hush() -> None:
    """Keep matplotlib's notes on its caches from standard error."""
    import logging

    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def _pages(estimate: Estimate, forms: Collection[str], layout: Layout | None) -> dict[str, bytes]:
    """Make the brief."""
    from impactcalc.report.ownership import marked_png
    from impactcalc.report.pdf import render

    made = render(estimate, forms, layout=layout)
    return made | {"png": marked_png(made["png"])} if "png" in made else made
