"""Drawings of the page: matplotlib's SVG made part of the document, and the strips of figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from impactcalc.report.page.element import element

if TYPE_CHECKING:
    from collections.abc import Mapping

_DROPPED = frozenset({"metadata", "style"})  # the page's own style holds the one rule of the latter
_HEIGHT, _BAR, _DOT = 16, 7, 4.5  # px


def drawing(name: str, svg: str, title: str, words: str) -> ET.Element:
    """Make a drawing part of the document.

    Parameters
    ----------
    name
        Comes before every id, so that two drawings never share one.
    svg
        A whole SVG document.
    title, words
        What it shows, for those who do not see it.
    """
    root = ET.fromstring(svg)  # noqa: S314 - drawn by ourselves
    _adopt(root, name, frozenset(re.findall(r"#([\w.-]+)", svg)))
    width = root.attrib.pop("width", "").removesuffix("pt")
    root.attrib.pop("height", None)
    label, more = f"{name}-title", f"{name}-words"
    root.attrib.update({"role": "img", "aria-labelledby": f"{label} {more}", "class": "drawing"})
    if width:
        root.set("style", f"max-width:{float(width) * _LARGEST:.0f}px")
    root.insert(0, element("desc", words, id=more))
    root.insert(0, element("title", title, id=label))
    return root


_LARGEST = 4 / 3 * 1.45  # px a point, enlarged at most so much


def _adopt(node: ET.Element, name: str, wanted: frozenset[str]) -> None:
    """Strip name spaces, drop what a page does not need, and prefix the ids that are wanted."""
    node.tag = node.tag.rpartition("}")[2]
    for child in list(node):
        if child.tag.rpartition("}")[2] in _DROPPED:
            node.remove(child)
        else:
            _adopt(child, name, wanted)
    attributes = {key.rpartition("}")[2]: value for key, value in node.attrib.items()}
    node.attrib.clear()
    for key, value in attributes.items():
        if key != "id" or value in wanted:
            node.set(key, _renamed(key, value, name))
    node.tail = None if (node.tail or "").isspace() else node.tail
    node.text = None if (node.text or "").isspace() else node.text


def _renamed(key: str, value: str, name: str) -> str:
    """Prefix an id, or a reference to one; paths lose the line ends that they do not need."""
    if key == "id":
        return f"{name}-{value}"
    if key == "href" and value.startswith("#"):
        return f"#{name}-{value[1:]}"
    if key == "d":
        return " ".join(value.split())
    return value.replace("url(#", f"url(#{name}-")


def strip(marks: Mapping[str, object] | None, tone: str) -> ET.Element | None:
    """Draw a strip from 0 to 1: pale 9 in 10, mid half of the cases, a dot the even chance."""
    if marks is None:
        return None
    middle = str(_HEIGHT / 2)
    svg = element("svg", class_=f"strip {tone}", height=str(_HEIGHT), aria_hidden="true")
    svg.append(element("line", x1="0", x2="100%", y1=middle, y2=middle, class_="axis"))
    zero = marks.get("zero")
    if isinstance(zero, float) and zero > 0:
        at = _place(zero)
        svg.append(element("line", x1=at, x2=at, y1="2", y2=str(_HEIGHT - 2), class_="zero"))
    points = marks.get("points")
    if isinstance(points, list):
        dots = points
    else:
        svg.append(_bar(marks, "p5", "p95", "pale"))
        svg.append(_bar(marks, "p25", "p75", "mid"))
        dots = [marks["p50"]]
    for at in dots:
        svg.append(element("circle", cx=_place(at), cy=middle, r=str(_DOT), class_="dot"))
    return svg


def _bar(marks: Mapping[str, object], low: str, high: str, kind: str) -> ET.Element:
    start, end = float(str(marks[low])), float(str(marks[high]))
    return element(
        "rect", x=_place(start), width=f"{96 * max(end - start, 0.004):.2f}%",
        y=str((_HEIGHT - _BAR) / 2), height=str(_BAR), rx=str(_BAR / 2), class_=kind,
    )  # fmt: skip


def _place(at: object) -> str:
    """Place a mark so that its dot stays inside the strip."""
    return f"{2 + 96 * float(str(at)):.2f}%"
