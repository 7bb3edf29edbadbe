"""The brief as PDF and PNG."""

import io
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

from impactcalc.domain.result import Estimate
from impactcalc.domain.sourced import Assumption
from impactcalc.errors import OutputError
from impactcalc.report import pdf
from impactcalc.report.brief import content
from impactcalc.report.escape import breadth
from impactcalc.report.letters import covered
from impactcalc.report.narrative.headline import headline, second_sentence
from impactcalc.report.pdf import render, render_pdf, render_png

Variant = Callable[[str], Estimate]
LARGEST = 300_000  # bytes
A4_POINTS = (595.28, 841.89)
LONG = {"twelve stages"}  # plans of more than eight stages may need a third page


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(page: Any) -> str:
    """Extract the words of a page, each line end a blank."""
    return re.sub(r"\s+", " ", page.extract_text())


@pytest.fixture(scope="module")
def briefs() -> dict[str, bytes]:
    """Keep the PDFs that were rendered, by variant."""
    return {}


def brief(cache: dict[str, bytes], variant: Variant, name: str) -> pypdf.PdfReader:
    if name not in cache:
        cache[name] = render_pdf(variant(name))
    return read(cache[name])


def test_page_1_is_the_answer_and_page_2_the_proof(
    briefs: dict[str, bytes], variant: Variant
) -> None:
    estimate, document = variant("seed"), brief(briefs, variant, "seed")
    first, second = (text_of(page) for page in document.pages)
    for words in (
        headline(estimate),
        second_sentence(estimate),
        "Stratton · CE1004",
        "as of 23 Jan 2024 12:00 UTC",
        "0% or over 99%",
        "Half of such cases stay under $19K",
        "chance of losing more than $19K 50%",
        "more than $58K 5%",
        "allowed: 44.6 min",
        "What moves the loss most: route to the lost share",
        "remaining repair time (Short-term)",
        "What to do, and what it saves",
        "Second repair team $3.6K $140 to $15K 63 in 100 $900 $2.7K",
        "not computed: the monthly fee and ARR are not stated",
        "These figures rest on",
        "75 K USD/day line 44",
        "Ask first: what would change this",
    ):
        assert words in first, words
    for words in (
        "read as already lost",
        "not computed: the monthly fee is not stated",
        "Pays in the step saves more than it costs",
        "Every figure, its source, and why",
        "Log-correlations of .41 to .68",
        "Chance of losing more than an amount",
        "65,536 courses",
        "That can be promised: half of the cases",
        "8 of 10 25 Jan 06:00 UTC",
        "Track record None yet",
        "The plan and its forecast, clock times in UTC",
        "SLA 99.9%, January 2024: 44.6 min allowed",
        "Even chance as many cases above as below",
    ):
        assert words in second, words


@pytest.mark.parametrize(
    "name",
    ["seed", "no money", "no sla", "defined", "closed", "one stage", "twelve stages", "no stage",
     "zero loss", "huge", "questions", "long names", "cyrillic", "hostile", "no names",
     "foreign stages", "plain", "many actions"],
)  # fmt: skip
def test_page_1_holds_the_whole_answer(
    briefs: dict[str, bytes], variant: Variant, name: str
) -> None:
    document = brief(briefs, variant, name)
    assert len(document.pages) == (3 if name in LONG else 2)
    assert len(briefs[name]) < LARGEST
    first, *rest = (text_of(page) for page in document.pages)
    assert "These figures rest on" in first
    assert f"1 / {len(document.pages)}" in first
    assert "Every figure, its source, and why" in " ".join(rest)


@pytest.mark.parametrize("name", ["seed", "many actions", "twelve stages", "forty stages"])
def test_the_proof_has_every_figure_with_value_source_and_reason(
    briefs: dict[str, bytes], variant: Variant, name: str
) -> None:
    pages = [text_of(page) for page in brief(briefs, variant, name).pages[1:]]
    proof = "".join("".join(pages).split())
    rows: Any = content(variant(name))["proof"]
    for row in rows["figures"]:
        shown = f"{row['label']}{row['value']}{row['source']}"
        shown += f": {row['why']}" if row["why"] else ""
        assert "".join(shown.split()) in proof, row


def test_figures_that_need_another_page_begin_on_page_2(
    seed_estimate: Estimate,
) -> None:
    more = tuple(
        Assumption(f"business.figure_{n}", f"{n} USD", "default: a reason", "a reason " * 12)
        for n in range(60)
    )
    estimate = seed_estimate._replace(assumptions=seed_estimate.assumptions + more)
    pages = [text_of(page) for page in read(render_pdf(estimate)).pages]
    assert len(pages) == 3
    assert "Every figure, its source, and why [E]" in pages[1]
    assert "Figure 0 0 USD default" in pages[1]
    assert "Every figure, its source, and why, continued" in pages[2]
    assert "Figure 0 0 USD" not in pages[2]
    assert "Figure 59 59 USD default" in pages[2]
    assert "Stratton · CE1004" in pages[2]


def test_figures_that_page_2_has_no_room_to_begin_stand_on_page_3(variant: Variant) -> None:
    estimate = variant("twelve stages")
    stages = tuple(
        one._replace(name=f"Step {i}") for i, one in enumerate(estimate.recovery.stages * 2)
    )[:20]
    recovery = estimate.recovery._replace(stages=stages)
    pages = [text_of(one) for one in read(render_pdf(estimate._replace(recovery=recovery))).pages]
    assert len(pages) == 3
    assert "Every figure, its source" not in pages[1]
    assert "Every figure, its source, and why [E]" in pages[2]
    assert "Incident start" in pages[2]


def test_page_1_drops_what_it_has_no_room_for_and_says_so(
    briefs: dict[str, bytes], variant: Variant
) -> None:
    pages = [text_of(page) for page in brief(briefs, variant, "crowded").pages]
    assert len(pages) <= 3
    assert "These figures rest on" in pages[0]
    assert re.search(r"And \d+ more: page 2 and the record", pages[0])
    assert "How it is computed" in pages[1]
    assert " ".join(pages).count("A finding that needs some room") >= 5


def test_only_very_long_plans_need_a_third_page(briefs: dict[str, bytes], variant: Variant) -> None:
    document = brief(briefs, variant, "forty stages")
    assert len(document.pages) == 3
    assert "These figures rest on" in text_of(document.pages[0])


def test_no_text_is_smaller_than_7_points(briefs: dict[str, bytes], variant: Variant) -> None:
    for name in ("seed", "twelve stages", "no money"):
        for page in brief(briefs, variant, name).pages:
            sizes: list[float] = []

            def visit(
                text: str, cm: Any, tm: Any, _font: Any, size: float, kept: list[float] = sizes
            ) -> None:
                if text.strip():
                    kept.append(size * abs(tm[3]) * abs(cm[3]))

            page.extract_text(visitor_text=visit)
            assert min(sizes) >= 6.99


def test_it_is_a_tagged_a4_document_with_a_title(
    briefs: dict[str, bytes], variant: Variant
) -> None:
    document = brief(briefs, variant, "seed")
    assert document.metadata is not None
    assert document.metadata.title == headline(variant("seed"))
    catalog: Any = document.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).startswith("en")
    box = document.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(A4_POINTS, abs=0.05)
    assert b"pdfuaid" in briefs["seed"] or b"pdfuaid" in catalog["/Metadata"].get_data()


def test_the_bundled_font_alone_is_used(briefs: dict[str, bytes], variant: Variant) -> None:
    fonts = set()
    for page in brief(briefs, variant, "seed").pages:
        resources: Any = page["/Resources"]
        fonts |= {str(one.get_object()["/BaseFont"]) for one in resources["/Font"].values()}
    assert fonts
    assert all("SourceSans3" in font for font in fonts)


def test_the_same_estimate_gives_the_same_bytes(seed_estimate: Estimate) -> None:
    assert render(seed_estimate, ("pdf", "png"), 72) == render(seed_estimate, ("pdf", "png"), 72)


def test_the_pdf_is_small(briefs: dict[str, bytes], variant: Variant) -> None:
    brief(briefs, variant, "seed")
    assert len(briefs["seed"]) < LARGEST


def test_text_of_the_input_is_inert(briefs: dict[str, bytes], variant: Variant) -> None:
    first = text_of(brief(briefs, variant, "hostile").pages[0])
    assert "#let $x$ *b* <b> \\ @ref // [c]" in first
    assert "\\x1b[31mred\\u202e\\x00\\ud800" in first


def test_foreign_letters_of_the_bundled_font_are_shown(
    briefs: dict[str, bytes], variant: Variant
) -> None:
    assert "Ёлка & Сыновья" in text_of(brief(briefs, variant, "cyrillic").pages[0])


def test_letters_that_the_bundled_font_lacks_do_not_stop_the_brief(variant: Variant) -> None:
    estimate = variant("one stage")

    from impactcalc.domain.sourced import Sourced

    incident = estimate.scenario.incident._replace(customer=Sourced("東京銀行 شركة", "line 4"))
    foreign = estimate._replace(scenario=estimate.scenario._replace(incident=incident))
    assert not covered("東")
    assert covered("Größe Ёлка Ωμέγα $€£")
    assert len(read(render_pdf(foreign)).pages) == 2


def test_the_picture_is_page_1_described_by_the_headline(seed_estimate: Estimate) -> None:
    png = render_png(seed_estimate, 72)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (595, 842)
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        assert picture.info["Description"] == headline(seed_estimate)
        picture.verify()


def test_a_page_that_cannot_be_laid_out_is_our_fault_in_one_line(
    seed_estimate: Estimate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "content", lambda _estimate: {"headline": "x"})
    with pytest.raises(OutputError, match="could not be laid out") as caught:
        render_pdf(seed_estimate)
    assert "\n" not in str(caught.value)


def test_content_holds_words_and_fractions_alone(any_estimate: Estimate) -> None:
    def check(node: object, path: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                check(value, f"{path}.{key}")
        elif isinstance(node, list):
            for value in node:
                check(value, path)
        elif isinstance(node, float):
            assert 0 <= node <= 1, path
        else:
            assert node is None or isinstance(node, (str, int)), path

    check(content(any_estimate), "")


def test_screen_and_json_load_neither_matplotlib_nor_typst() -> None:
    code = (
        "import sys; import impactcalc.report.export, impactcalc.report.terminal, "
        "impactcalc.report.output; "
        "heavy = {'matplotlib', 'typst', 'numpy', 'pydantic', 'pandas', 'scipy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_a_value_of_the_first_page_is_short_and_one_of_the_proof_goes_further(variant: Variant):
    long = "W" * 20 + "a" * 300
    estimate = variant("seed")
    assumption = estimate.assumptions[0]._replace(value=long)
    changed = estimate._replace(assumptions=(assumption, *estimate.assumptions[1:]))
    words: dict[str, Any] = content(changed)
    assert all(breadth(row["value"]) <= 64 for row in words["rests_on"])
    assert 64 < max(breadth(row["value"]) for row in words["proof"]["figures"]) <= 110
