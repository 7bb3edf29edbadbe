"""Elements of the page: a tree whose text the serializer escapes, so that text stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

    Child = ET.Element | str | None


def element(tag: str, *children: Child, **attributes: str) -> ET.Element:
    """Make an element.

    Parameters
    ----------
    tag
        Its name.
    children
        Elements and texts in order; None is left out.
    attributes
        ``class_`` stands for ``class``, an underscore inside a name for a hyphen.
    """
    made = ET.Element(tag, {_name(key): value for key, value in attributes.items()})
    for child in children:
        append(made, child)
    return made


def append(parent: ET.Element, child: Child) -> None:
    """Add an element or a text behind all that a parent holds."""
    if child is None:
        return
    if not isinstance(child, str):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + child
    else:
        parent.text = (parent.text or "") + child


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def table(
    heads: Iterable[str], rows: Iterable[Iterable[ET.Element]], kind: str = "data"
) -> ET.Element:
    """Make a data table inside a frame that scrolls sideways on a narrow screen.

    A heading stands to the right where the cells below it do.
    """
    body = [element("tr", *row) for row in rows]
    last = [cell.get("class", "") for cell in body[-1]] if body else []
    names = [kind if "number" in kind else "" for kind in last]
    head = element("tr")
    for number, words in enumerate(heads):
        right = number < len(names) and names[number]
        extra = {"class_": "number"} if right else {}
        head.append(element("th", words, scope="col", **extra))
    made = element("table", element("thead", head), element("tbody", *body), class_=kind)
    return element("div", made, class_="scroll")


def cell(*children: Child, kind: str = "") -> ET.Element:
    """Make a cell of a table."""
    return element("td", *children, **({"class_": kind} if kind else {}))


def row_head(*children: Child, kind: str = "") -> ET.Element:
    """Make the cell that names its row."""
    return element("th", *children, scope="row", **({"class_": kind} if kind else {}))


def to_html(root: ET.Element) -> str:
    """Write a whole document."""
    return "<!DOCTYPE html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"
