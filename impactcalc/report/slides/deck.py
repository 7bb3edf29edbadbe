"""The deck and its pages: text, tables and strips at places in inches, each with its words."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from impactcalc.named import NamedTuple
from impactcalc.report.escape import escape
from impactcalc.report.ownership import MARK
from impactcalc.report.slides.package import tidied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
INNER = WIDTH - 2 * MARGIN
INK, MUTED, HAIR, WASH, WHITE = "1B2733", "5B6770", "D5DBE0", "F3F5F7", "FFFFFF"
BLUE, MID_BLUE, PALE_BLUE = "0B4F7D", "7FB0D3", "CFE1EE"
RED, PALE_RED, TEAL, PALE_TEAL = "B8420F", "F6DCCF", "00695C", "A8D5CE"
TONES: Mapping[str, tuple[str, str, str]] = {
    "blue": (BLUE, MID_BLUE, PALE_BLUE),
    "red": (RED, PALE_RED, PALE_RED),
    "teal": (TEAL, PALE_TEAL, "DDEFEC"),
    "muted": (MUTED, HAIR, HAIR),
}
_TITLE_ONLY = "Title Only"
_TITLE_PT, _FOOT_PT = 26, 10
_ROW = 0.34  # inches
_LONG_TITLE = 120  # characters; beyond them the title is set smaller


class Box(NamedTuple):
    """A place on a page, in inches."""

    left: float
    top: float
    width: float
    height: float


class Run(NamedTuple):
    """A piece of text in one style."""

    text: str
    size: float = 14
    colour: str = INK
    bold: bool = False


class Look(NamedTuple):
    """How a box of text is set: flush right, on a wash, with so many points between paragraphs."""

    right: bool = False
    wash: bool = False
    space: float = 2


class Grid(NamedTuple):
    """A table.

    Parameters
    ----------
    heads, rows
        Its words.
    widths
        Shares of the width.
    bold
        The column that stands out; -1: none.
    size
        Points.
    numbers
        The first column that stands to the right.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    bold: int = 1
    size: float = 12
    numbers: int = 1


PLAIN, ON_WASH = Look(), Look(wash=True, space=4)


class Deck:
    """A presentation in the making: 16 to 9, one layout, titles at the top."""

    def __init__(self, title: str, as_of: datetime, footer: str) -> None:
        self.presentation: Any = Presentation()
        self.footer = footer
        self.presentation.slide_width, self.presentation.slide_height = (
            Inches(WIDTH),
            Inches(HEIGHT),
        )
        self._layout = self._only_layout()
        moment = as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties = self.presentation.core_properties
        properties.title, properties.author, properties.last_modified_by = title, MARK, MARK
        properties.created = properties.modified = moment
        properties.language, properties.revision = "en", 1

    def _only_layout(self) -> Any:
        """Keep the layout that has a title alone, and put its title where ours is."""
        layouts = self.presentation.slide_layouts
        for layout in list(layouts):
            if layout.name != _TITLE_ONLY:
                layouts.remove(layout)
        for owner in (self.presentation.slide_master, layouts[0]):
            for place in list(owner.placeholders):
                if place.placeholder_format.type == 1 or "Title" in place.name:
                    _put(place, Box(MARGIN, 0.4, INNER, 1.1))
                else:
                    place.element.getparent().remove(place.element)
        return layouts[0]

    def page(self, title: str, notes: Sequence[str]) -> Page:
        """Add a page whose title is a sentence, and what its speaker says."""
        slide = self.presentation.slides.add_slide(self._layout)
        number = len(self.presentation.slides)
        made = Page(slide)
        made.title(title)
        slide.notes_slide.notes_text_frame.text = "\n".join(escape(line) for line in notes)
        made.text(
            Box(MARGIN, HEIGHT - 0.42, INNER - 1.0, 0.3),
            [[Run(self.footer, _FOOT_PT, MUTED)]], "Footer",
        )  # fmt: skip
        made.text(
            Box(WIDTH - MARGIN - 0.9, HEIGHT - 0.42, 0.9, 0.3),
            [[Run(f"{number} / 5", _FOOT_PT, MUTED)]], "Number of the slide", Look(right=True),
        )  # fmt: skip
        return made

    def saved(self) -> bytes:
        """Write the file; the same deck gives the same bytes."""
        buffer = io.BytesIO()
        self.presentation.save(buffer)
        return tidied(buffer.getvalue())


class Page:
    """One slide."""

    def __init__(self, slide: Any) -> None:
        self.slide = slide
        self.shapes = slide.shapes

    def title(self, text: str) -> None:
        """Write the title, smaller when it is long."""
        frame = self.shapes.title.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = 0
        shown = escape(text)
        size = _TITLE_PT if len(shown) <= _LONG_TITLE else _TITLE_PT - 4
        _fill(frame.paragraphs[0], [Run(shown, size, INK, bold=True)], right=False)
        describe(self.shapes.title, shown)

    def text(
        self, box: Box, paragraphs: Sequence[Sequence[Run]], alt: str, look: Look = PLAIN
    ) -> None:
        """Write paragraphs into a box; nothing for no paragraphs."""
        if not paragraphs:
            return
        shape = self.shapes.add_textbox(*inches(box))
        frame = shape.text_frame
        frame.word_wrap = True
        margin = Inches(0.15 if look.wash else 0)
        frame.margin_left = frame.margin_right = margin
        frame.margin_top = frame.margin_bottom = Inches(0.1 if look.wash else 0)
        if look.wash:
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor.from_string(WASH)
        for number, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(look.space)
            _fill(paragraph, runs, right=look.right)
        describe(shape, alt)

    def rule(self, box: Box, colour: str) -> None:
        """Draw a thin bar."""
        self._bar(self.shapes, box, colour, MSO_SHAPE.RECTANGLE)

    def strip(self, box: Box, marks: Mapping[str, Any], tone: str, alt: str) -> None:
        """Draw a strip from 0 to 1: pale 9 in 10, mid half of the cases, a dot the even chance."""
        strong, mid, pale = TONES[tone]
        group = self.shapes.add_group_shape()
        middle, bar, dot = box.top + box.height / 2, 0.1, 0.16
        shapes = group.shapes
        self._bar(shapes, Box(box.left, middle - 0.005, box.width, 0.01), HAIR, MSO_SHAPE.RECTANGLE)
        dots = marks.get("points") or [marks["p50"]]
        if "p5" in marks:
            for low, high, colour in (("p5", "p95", pale), ("p25", "p75", mid)):
                width = max(0.04, (marks[high] - marks[low]) * box.width)
                place = Box(box.left + marks[low] * box.width, middle - bar / 2, width, bar)
                self._bar(shapes, place, colour, MSO_SHAPE.ROUNDED_RECTANGLE)
        for at in dots:
            left = box.left + at * (box.width - dot)
            self._bar(shapes, Box(left, middle - dot / 2, dot, dot), strong, MSO_SHAPE.OVAL)
        describe(group, alt)

    def _bar(self, shapes: Any, box: Box, colour: str, kind: Any) -> None:
        shape = shapes.add_shape(kind, *inches(box))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour)
        shape.line.fill.background()
        for style in shape.element.xpath("./p:style"):  # it would cast a shadow
            shape.element.remove(style)
        describe(shape, "")

    def table(self, box: Box, grid: Grid, alt: str) -> None:
        """Write a table at the top of a box."""
        count = len(grid.rows) + 1
        place = box._replace(height=_ROW * count)
        shape = self.shapes.add_table(count, len(grid.heads), *inches(place))
        table = shape.table
        table.first_row, table.horz_banding = True, False
        for number, share in enumerate(grid.widths):
            table.columns[number].width = Inches(box.width * share / sum(grid.widths))
        for y, words in enumerate((grid.heads, *grid.rows)):
            table.rows[y].height = Inches(_ROW)
            for x, word in enumerate(words):
                run = Run(word, grid.size, INK, bold=x == grid.bold)
                if y == 0:
                    run = Run(word, grid.size - 1, MUTED)
                cell = table.cell(y, x)
                _cell(cell, run, right=x >= grid.numbers, strong=y in {0, count - 1})
        describe(shape, alt)


def _cell(cell: Any, run: Run, *, right: bool, strong: bool) -> None:
    """Write a cell without fill, with a hair line below it."""
    cell.fill.background()
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _fill(cell.text_frame.paragraphs[0], [run], right=right)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - no public way to draw a border
    line = (
        f'<a:lnB {nsdecls("a")} w="{9525 if strong else 6350}"><a:solidFill>'
        f'<a:srgbClr val="{MUTED if strong else HAIR}"/></a:solidFill></a:lnB>'
    )
    properties.insert(0, parse_xml(line))


def _fill(paragraph: Any, runs: Sequence[Run], *, right: bool) -> None:
    """Write runs into a paragraph."""
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    for run in runs:
        made = paragraph.add_run()
        made.text = escape_kept(run.text)
        font = made.font
        font.size, font.bold = Pt(run.size), run.bold
        font.color.rgb = RGBColor.from_string(run.colour)


def escape_kept(text: str) -> str:
    """Make a text harmless, and keep the blanks at its ends, which part it from other runs."""
    before = " " if text[:1] == " " else ""
    after = " " if text[-1:] == " " and text.strip() else ""
    return f"{before}{escape(text)}{after}"


def describe(shape: Any, words: str) -> None:
    """Say what a shape shows, for those who do not see it."""
    for node in shape.element.xpath("./*[1]/p:cNvPr"):
        node.set("descr", escape(words))


def _put(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = inches(box)


def inches(box: Box) -> tuple[Any, Any, Any, Any]:
    """Give left, top, width and height of a box as lengths."""
    return Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)
