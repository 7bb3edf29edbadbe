"""Every form says the same: its figures are those of the record, its words those of the brief."""

import io
import re
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pypdf
import pytest
from PIL import Image
from pptx import Presentation

from impactcalc.domain.result import Estimate
from impactcalc.report import figures
from impactcalc.report.brief import content
from impactcalc.report.export import to_document, to_json
from impactcalc.report.forms import render_forms
from impactcalc.report.narrative.headline import headline
from impactcalc.report.terminal import render

Variant = Callable[[str], Estimate]
lint: Any = sys.modules["number_lint"]
CASES = ("seed", "plain", "no money", "no sla", "defined", "closed")
FORMS = ("pdf", "png", "html", "pptx")


class Words(HTMLParser):
    """The visible words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.kept: list[str] = []
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - the parser's call
        self.hidden += tag in {"style", "script", "head"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "script", "head"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.kept.append(data)


def pdf_words(data: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def slide_words(data: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(data)).slides:
        yield slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


@pytest.fixture(scope="module")
def kept() -> dict[str, dict[str, str]]:
    """Keep the words of each form, by variant."""
    return {}


@pytest.fixture(params=CASES)
def said(
    request: pytest.FixtureRequest, variant: Variant, kept: dict[str, dict[str, str]]
) -> tuple[Estimate, dict[str, str]]:
    """The answer, and the words of its forms, each white space one blank."""
    estimate = variant(request.param)
    if request.param not in kept:
        made = render_forms(estimate, FORMS)
        with Image.open(io.BytesIO(made["png"])) as picture:
            described = picture.info["Description"]
        texts = {
            "pdf": pdf_words(made["pdf"]),
            "png": described,
            "html": " ".join(Words(made["html"].decode()).kept),
            "pptx": " ".join(slide_words(made["pptx"])),
            "terminal": render(estimate, colour=False, unicode=True),
            "json": to_json(to_document(estimate)),
        }
        kept[request.param] = {form: re.sub(r"\s+", " ", text) for form, text in texts.items()}
    return estimate, kept[request.param]


def test_every_form_opens_with_the_same_sentence(said: tuple[Estimate, dict[str, str]]) -> None:
    estimate, texts = said
    for form, text in texts.items():
        assert headline(estimate) in text, form


def test_the_main_figures_are_the_same_in_all_forms(said: tuple[Estimate, dict[str, str]]) -> None:
    estimate, texts = said
    for one in content(estimate)["figures"]:  # type: ignore[attr-defined]
        for form in ("pdf", "html", "pptx"):
            assert one["value"] in texts[form], form
            for note in one["notes"]:
                assert note in texts[form], (form, note)
        if one["tone"] == "blue":  # the terminal words the SLA, and what is over, its own way
            assert one["value"] in texts["terminal"], one["label"]


def drawn_ticks(estimate: Estimate) -> set[str]:
    """Collect the labels of the axes: round numbers, no results."""
    plots: list[Any] = [
        figures.plot_recovery_fan, figures.plot_loss_dots, figures.plot_exceedance,
        figures.plot_sla_readings, figures.plot_tornado,
    ]  # fmt: skip
    found: set[str] = set()
    for plot in plots:
        try:
            ax = plot(estimate)
        except ValueError:
            continue
        for label in (*ax.get_xticklabels(), *ax.get_yticklabels()):
            found |= set(lint.tokens(label.get_text()))
    return found


def own_words(estimate: Estimate) -> set[str]:
    """Collect the figures of the input's own words: values, reasons, questions, findings."""
    told: Any = content(estimate)
    names = ("rests_on", "open", "findings", "run", "as_of")
    parts = [told["proof"]["figures"], *(told[name] for name in names)]
    return {token for leaf in lint.leaves(parts) for token in lint.tokens(str(leaf))}


def test_every_figure_of_every_form_stands_in_the_record(
    said: tuple[Estimate, dict[str, str]],
) -> None:
    estimate, texts = said
    known = lint.written_forms(estimate)
    known |= {form.replace(" days", " day") for form in known} | {"0 days", "0 h", "0 min"}
    known |= own_words(estimate) | drawn_ticks(estimate)
    marks = {"50%", "25%", "10%", "5%"}  # odds that name a quantile
    for form in ("pdf", "html", "pptx", "terminal"):
        strange = set(lint.tokens(texts[form])) - known - marks
        assert not strange, (form, strange)


def test_no_form_uses_a_word_that_misleads(said: tuple[Estimate, dict[str, str]]) -> None:
    for form, text in said[1].items():
        if form == "json":
            continue  # it repeats the input's own words
        for words in (lint.BANNED, lint.AT_RISK):
            assert not words.search(text), (form, words.search(text))
