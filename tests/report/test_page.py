"""The page: one file without script, the same figures and words as the brief."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf
import pytest

from impactcalc.domain.result import Estimate
from impactcalc.report.brief import content
from impactcalc.report.page import render_page
from impactcalc.report.page.density import answer_mm, proof_mm
from impactcalc.report.page.document import POLICY
from impactcalc.report.page.drawing import strip

Variant = Callable[[str], Estimate]
Page = tuple[Estimate, bytes]
VOID = {"meta", "br"}
NO_WORDS = {"blue", "red", "teal", "muted", "used", "grey"}
SHOWN = (
    "title", "headline", "sub", "figures", "dots", "ledgers", "run", "open", "findings", "drivers",
    "failing", "rests_on", "actions", "changes", "sums",
)  # fmt: skip


class Parsed(HTMLParser):
    """Elements with their attributes, all text, and whether every element is closed in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def strings(node: Any) -> Iterator[str]:
    """Yield the words of the brief's content."""
    if isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)
    elif isinstance(node, str):
        yield node


def test_the_page_is_whole_and_says_what_the_brief_says(any_page: Page):
    any_estimate, page = any_page[0], Parsed(any_page[1])
    assert page.open == []
    words = content(any_estimate)
    seen = "".join(page.words.split())
    for key in SHOWN:
        for text in strings(words[key]):
            if text not in NO_WORDS:
                assert "".join(text.split()) in seen, f"{key}: {text}"


def test_the_proof_explains_its_words_and_its_record(seed_estimate: Estimate):
    page = Parsed(render_page(seed_estimate)).words
    for words in (
        "Even chance as many cases above as below (median): to talk",
        "Pays in the step saves more than it costs",
        "Track record None yet; no earlier forecast was compared with what came true.",
        "That can be promised: half of the cases 24 Jan 04:00 UTC, 8 of 10 25 Jan 06:00 UTC",
        "Every figure, its source, and why [E] measured elsewhere, [A] assumed by us",
    ):
        assert "".join(words.split()) in "".join(page.split()), words


def test_what_has_no_room_on_its_sheet_is_printed_more_closely(variant: Variant):
    def sizes(name: str) -> list[str]:
        elements = Parsed(render_page(variant(name))).elements
        return [str(attributes.get("class")) for tag, attributes in elements if tag == "section"]

    assert sizes("seed") == ["answer", "proof"]
    assert sizes("forty stages") == ["answer", "proof closer"]
    assert sizes("crowded") == ["answer closer", "proof closer"]


SHEETS = ["seed", "forty stages", "twelve stages", "crowded", "no money"]


@pytest.mark.parametrize("name", SHEETS)
def test_the_most_that_is_shown_has_room_at_the_closest_print(variant: Variant, name: str):
    words = content(variant(name))
    points = [[str(part) for part in one] for one in (*words["open"], *words["findings"])]
    closest = 1.45 * 264.0  # mm of A4 between its margins, at the smallest print
    assert 100.0 < answer_mm(words, points) < closest
    assert 100.0 < proof_mm(words) < closest


@pytest.mark.skipif(
    shutil.which("chromium") is None,
    reason="needs chromium on the machine; the test above holds the room without one",
)
@pytest.mark.parametrize("name", SHEETS)
def test_the_page_prints_on_two_sheets(variant: Variant, tmp_path: Path, name: str):
    (tmp_path / "page.html").write_bytes(render_page(variant(name)))
    sheets = tmp_path / "page.pdf"
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={sheets}",
         (tmp_path / "page.html").as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert len(pypdf.PdfReader(sheets).pages) == 2


def test_there_is_no_script_and_nothing_from_outside(any_page: Page):
    _, page = any_page
    parsed = Parsed(page)
    tags = {tag for tag, _ in parsed.elements}
    assert not tags & {"script", "iframe", "object", "embed", "link", "form", "img", "base"}
    for tag, attributes in parsed.elements:
        assert not [key for key in attributes if key.startswith("on")]
        href = attributes.get("href")
        assert href is None or (tag == "use" and href.startswith("#"))
        assert "src" not in attributes
    style = re.sub(rb"url\((data:font/woff2;base64,|#)", b"", page)
    assert b"url(" not in style
    assert b"@import" not in style


def test_the_policy_stands_before_all_that_it_governs(seed_estimate: Estimate):
    elements = Parsed(render_page(seed_estimate)).elements
    assert [tag for tag, _ in elements[:4]] == ["html", "head", "meta", "meta"]
    assert elements[3][1]["content"] == POLICY
    assert POLICY.startswith("default-src 'none'")
    assert elements[0][1] == {"lang": "en"}


def test_every_id_is_used_once_and_every_reference_has_its_target(any_page: Page):
    elements = Parsed(any_page[1]).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in elements:
        for key, value in attributes.items():
            for target in re.findall(r"url\(#([^)]+)\)", value or ""):
                assert target in ids
            if key == "href":
                assert (value or "").removeprefix("#") in ids


def test_drawings_are_described_and_tables_have_heads(seed_estimate: Estimate):
    elements = Parsed(render_page(seed_estimate)).elements
    drawings = [attributes for tag, attributes in elements
                if tag == "svg" and attributes.get("role") == "img"]  # fmt: skip
    assert len(drawings) >= 4
    for attributes in drawings:
        title, _ = (attributes["aria-labelledby"] or "").split()
        assert title.endswith("-title")
    assert all(attributes.get("scope") for tag, attributes in elements if tag == "th")
    assert [tag for tag, _ in elements].count("h1") == 1


def test_foreign_text_is_never_markup(variant: Variant):
    page = render_page(variant("hostile")).decode()
    assert "#let $x$ *b* &lt;b&gt; \\ @ref // [c]" in page
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ud800-\udfff]", page)


def test_the_page_is_small(any_page: Page):
    assert len(any_page[1]) <= 250_000


def test_the_page_is_the_same_each_time(seed_estimate: Estimate):
    assert render_page(seed_estimate) == render_page(seed_estimate)


def test_drawings_that_are_there_already_are_not_drawn_again(seed_estimate: Estimate):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10pt" viewBox="0 0 1 1"/>'
    elements = Parsed(render_page(seed_estimate, {"fan": svg})).elements
    assert [tag for tag, attributes in elements if attributes.get("role") == "img"] == ["svg"]


def test_a_strip_keeps_its_marks_inside_and_tells_zero():
    marks = {"p5": 0.0, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 1.0, "zero": 0.25}
    made = strip(marks, "blue")
    bars = [node for node in made if node.tag == "rect"]
    assert [(bar.get("x"), bar.get("width")) for bar in bars] == [
        ("2.00%", "96.00%"), ("26.00%", "48.00%"),
    ]  # fmt: skip
    assert [node.get("cx") for node in made if node.tag == "circle"] == ["50.00%"]
    assert [node.get("x1") for node in made if node.get("class") == "zero"] == ["26.00%"]
    odds = strip({"points": [0.0, 1.0]}, "red")
    assert [node.get("cx") for node in odds if node.tag == "circle"] == ["2.00%", "98.00%"]
    assert strip(None, "blue") is None
