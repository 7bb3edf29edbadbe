"""The brief of the texts of the corpus: a headline of two lines and 25 words, two pages."""

import io
from functools import cache
from pathlib import Path

import pypdf
import pytest
from matplotlib.ft2font import FT2Font, LoadFlags

from impactcalc import InputError, estimate
from impactcalc.domain.result import Estimate
from impactcalc.report.figures.style import font_folder
from impactcalc.report.layout import Layout
from impactcalc.report.narrative.headline import MOST_WORDS, headline, second_sentence
from impactcalc.report.pdf import render_pdf

TEXTS = sorted((Path(__file__).parents[1] / "data" / "corpus").glob("*.txt"))
WIDTH_PT = 180 * 72 / 25.4  # of a line of the brief
NOT_ENOUGH = {"b11"}  # neither money nor a contract: no estimate


@cache
def font(name: str, size: float) -> FT2Font:
    found = FT2Font(str(font_folder().joinpath(name)))
    found.set_size(size, 72)
    return found


def width_of(text: str, name: str, size: float) -> float:
    """Measure a text in points."""
    face = font(name, size)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return face.get_width_height()[0] / 64


def lines_of(text: str, name: str, size: float) -> int:
    """Count the lines that a text takes on the brief, broken at its blanks."""
    count, line = 1, ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width_of(longer, name, size) > WIDTH_PT:
            count, longer = count + 1, word
        line = longer
    return count


@cache
def answer(file: Path) -> Estimate:
    return estimate(file, trials=256)


@pytest.mark.parametrize("file", [one for one in TEXTS if one.stem not in NOT_ENOUGH], ids=str)
def test_headline_and_the_line_below_keep_their_room(file: Path) -> None:
    text = headline(answer(file))
    assert len(text.split()) <= MOST_WORDS
    assert lines_of(text, "SourceSans3-SemiBold.ttf", 16.5) <= 2
    assert lines_of(second_sentence(answer(file)), "SourceSans3-Regular.ttf", 9.5) <= 2


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["CE1004-stratton", "a07", "a11", "b09"])
def test_a_text_of_the_corpus_has_a_brief_of_two_pages(name: str, paper: str) -> None:
    (file,) = (one for one in TEXTS if one.stem == name)
    brief = render_pdf(answer(file), Layout(paper))
    assert len(pypdf.PdfReader(io.BytesIO(brief)).pages) == 2


def test_a_text_without_money_and_contract_has_none() -> None:
    (file,) = (one for one in TEXTS if one.stem in NOT_ENOUGH)
    with pytest.raises(InputError, match="needs money at risk"):
        answer(file)


def test_the_measure_is_that_of_the_page() -> None:
    assert width_of("ii", "SourceSans3-Regular.ttf", 9.5) < width_of(
        "WW", "SourceSans3-Regular.ttf", 9.5
    )
    assert lines_of("W " * 200, "SourceSans3-SemiBold.ttf", 16.5) > 2
