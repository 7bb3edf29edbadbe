"""Paper, logo and one's own template of the brief."""

import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pdfua import validate
from PIL import Image

from impactcalc.domain.result import Estimate
from impactcalc.errors import InputError
from impactcalc.report.brief import content
from impactcalc.report.figures.style import font_folder
from impactcalc.report.layout import LARGEST_LOGO, Layout, read_layout
from impactcalc.report.pdf import render, render_pdf

Variant = Callable[[str], Estimate]
GUIDE = Path(__file__).parents[2] / "docs" / "brief-template.md"
LETTER = Layout(paper="letter")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 8"><rect width="30" height="8"/></svg>'
)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def words_of(data: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in read(data).pages]


def template(folder: Path, source: str) -> Layout:
    file = folder / "own.typ"
    file.write_text(source, encoding="utf-8")
    return Layout(template=file)


@pytest.mark.parametrize(
    "name", ["seed", "plain", "no money", "no sla", "defined", "crowded", "huge"]
)
def test_letter_holds_the_same_answer_on_its_first_page(variant: Variant, name: str) -> None:
    estimate = variant(name)
    data = render_pdf(estimate, LETTER)
    box = read(data).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((612.0, 792.0), abs=0.05)
    first, second, *_ = words_of(data)
    assert "These figures rest on" in first
    assert "How it is computed" in second


def test_the_figures_of_letter_are_lower_and_no_text_is_smaller(seed_estimate: Estimate) -> None:
    from impactcalc.report.pdf import figures

    tall, low = figures(seed_estimate), figures(seed_estimate, 3.0)
    assert tall.keys() == low.keys()
    for name, svg in low.items():
        heights = [
            float(re.search(r'<svg [^>]*height="([\d.]+)pt"', one)[1]) for one in (tall[name], svg)
        ]
        assert heights[0] - heights[1] == pytest.approx(3.0 * 72 / 25.4, abs=0.01)
        assert re.findall(r"font: (?:600 )?([\d.]+)px", svg) == re.findall(
            r"font: (?:600 )?([\d.]+)px", tall[name]
        )


def test_a_logo_stands_in_the_head_of_every_page(seed_estimate: Estimate) -> None:
    plain = [len(page.get_contents().get_data()) for page in read(render_pdf(seed_estimate)).pages]
    document = read(render_pdf(seed_estimate, Layout(logo=SVG)))
    for page, before in zip(document.pages, plain, strict=False):
        assert len(page.get_contents().get_data()) != before
    assert "Logo" in {str(one.get("/Alt")) for one in tags(document)}


def tags(document: pypdf.PdfReader) -> list[Any]:
    """List the elements of the structure tree."""
    root: Any = document.trailer["/Root"]
    found, left = [], [root["/StructTreeRoot"]["/K"]]
    while left:
        node = left.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            left.extend(node)
        elif isinstance(node, dict):
            found.append(node)
            left.extend([node["/K"]] if "/K" in node else [])
    return found


def test_every_picture_has_words_for_who_cannot_see_it(seed_estimate: Estimate) -> None:
    pictures = [one for one in tags(read(render_pdf(seed_estimate))) if one.get("/S") == "/Figure"]
    assert len(pictures) == 5
    assert all(len(str(one["/Alt"])) > 10 for one in pictures)


@pytest.mark.parametrize(
    ("name", "paper"),
    [("seed", "a4"), ("seed", "letter"), ("no money", "a4"), ("forty stages", "a4"),
     ("cyrillic", "letter")],
)  # fmt: skip
def test_the_checker_of_accessible_documents_finds_nothing(
    variant: Variant, tmp_path: Path, name: str, paper: str
) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(render_pdf(variant(name), Layout(paper=paper, logo=SVG)))
    assert not validate(str(file)).findings


def test_two_runs_give_the_same_bytes_on_letter_too(seed_estimate: Estimate) -> None:
    layout = Layout("letter", None, SVG)
    first, second = (render(seed_estimate, ("pdf", "png"), 50, layout) for _ in range(2))
    assert first == second


def test_a_png_becomes_the_picture_of_an_svg_of_its_size(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    Image.new("RGB", (300, 80), (11, 79, 125)).save(file)
    svg = read_layout(None, None, file).logo
    assert 'viewBox="0 0 300 80"' in svg
    assert "data:image/png;base64,iVBOR" in svg
    file.write_text(SVG, encoding="utf-8")
    assert read_layout("Letter", None, file) == Layout("letter", None, SVG)


def test_every_wrong_wish_is_named(tmp_path: Path) -> None:
    text, large = tmp_path / "logo.svg", tmp_path / "large.png"
    text.write_text("<svg", encoding="utf-8")
    large.write_bytes(bytes(LARGEST_LOGO + 1))
    with pytest.raises(InputError) as caught:
        read_layout("legal", tmp_path / "none.typ", text)
    said = str(caught.value)
    assert "--paper: 'legal' is no paper; write a4 or letter" in said
    assert "none.typ: --template: no such file" in said
    assert "logo.svg: --logo: neither SVG nor PNG" in said
    for logo, words in ((large, "too large"), (tmp_path / "x.svg", "no such file")):
        with pytest.raises(InputError, match=words):
            read_layout(None, None, logo)


def test_one_s_own_template_gets_the_data_and_the_figures(
    seed_estimate: Estimate, tmp_path: Path
) -> None:
    source = re.search(r"```typst\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    layout = template(tmp_path, source[1])
    (page,) = words_of(render_pdf(seed_estimate, layout))
    told = content(seed_estimate)
    assert str(told["headline"]) in page
    assert str(told["sub"]) in page
    assert "Short-term" in page  # of the figure: its text is text
    data = render_pdf(seed_estimate, layout)
    catalog: Any = read(data).trailer["/Root"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()


def test_a_template_is_told_whether_page_1_alone_is_wanted(
    seed_estimate: Estimate, tmp_path: Path
) -> None:
    source = (
        '#set document(title: "x")\n'
        "#set page(width: 9pt, height: 9pt, margin: 0pt, "
        'fill: if sys.inputs.pages == "first" { black } else { white })\n'
        "a"
    )
    png = render(seed_estimate, ("png",), 72, template(tmp_path, source))["png"]
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.convert("L").getpixel((8, 8)) == 0


def test_the_bundled_template_can_be_copied_and_changed(
    seed_estimate: Estimate, tmp_path: Path
) -> None:
    bundled = Path(str(font_folder())).parent
    for file in bundled.glob("*.typ"):
        shutil.copy(file, tmp_path)
    copied = render_pdf(seed_estimate, Layout(template=tmp_path / "brief.typ"))
    assert words_of(copied) == words_of(render_pdf(seed_estimate))


def test_a_template_that_fails_says_where_and_why(seed_estimate: Estimate, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        render_pdf(seed_estimate, template(tmp_path, "= Title\n\n#nothing\n"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == (str(tmp_path / "own.typ"), 3, 1)
    assert problem.message == "the template fails: unknown variable: nothing"
    (tmp_path / "part.typ").write_text("\n#let x = panic()", encoding="utf-8")
    with pytest.raises(InputError, match=r"part\.typ:2:\d+: the template fails: panicked"):
        render_pdf(seed_estimate, template(tmp_path, '#import "part.typ": x\n#x'))


def test_a_template_that_does_not_keep_pdf_ua_is_compiled_without_the_mark(
    seed_estimate: Estimate, tmp_path: Path
) -> None:
    data = render_pdf(seed_estimate, template(tmp_path, "A page without a title"))
    catalog: Any = read(data).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" not in data


def test_every_key_of_the_data_is_documented(any_estimate: Estimate) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    told = json.loads(json.dumps(content(any_estimate)))
    keys = set(told) | set(told["proof"]) | {"fan", "dots", "exceedance", "readings", "tornado"}
    for row in (*told["figures"], *told["readings"], *(told["actions"] or {}).get("rows", ())):
        keys |= set(row) | set(row["strip"] or {})
    missing = [key for key in keys if f"`{key}`" not in guide]
    assert not missing
