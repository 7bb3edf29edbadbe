"""The writer: a document to YAML text that a person can edit, with its sources as comments."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from impactcalc.intake.document import Document, Node
from impactcalc.intake.scenario_file.keys import SCENARIO, Form, ListOf, Table
from impactcalc.intake.scenario_file.timing import newest_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 %./+_:()<>~-]*")
_WIDEST = 96
_TRUTH = frozenset(["y", "n", "yes", "no", "true", "false", "on", "off", "null"])


def write_scenario(document: Document | Node, *, now: datetime | None = None) -> str:
    """Write a document as a scenario file.

    Parameters
    ----------
    document
        Of either door. Where one of its dated lines is its newest moment, it is written as
        ``incident.as_of``: the file has no other place for it. A stage under way of unknown age
        gets that moment as ``seen``.
    now
        The present moment, after which no dated line counts.

    Returns
    -------
    str
        YAML: reading it gives the same scenario but for its sources.
    """
    if isinstance(document, Node):
        document = Document(document)
    tree = _dated(document, now or datetime.now(UTC))
    lines = ["impactcalc: 1"]
    for key, node in _in_order(tree, SCENARIO):
        if key != "impactcalc":
            lines += _entry(key, node, _form_of(SCENARIO, key, node), 0)
    return "\n".join(lines) + "\n"


def _dated(document: Document, now: datetime) -> Node:
    """Write down the moment of the forecast, and that stages were seen under way at it."""
    tree = document.tree
    newest = newest_moment(tree, document.moments, now)
    stated = tree.at(("incident", "as_of"))
    if stated is not None:
        return _with_sightings(tree, stated.text or "")
    if newest is None:
        return tree  # a sighting would stand for the moment of every later forecast
    moment, node = newest
    tree = _with_sightings(tree, moment.isoformat())
    if any(node is dated for dated in document.moments):
        return tree.replaced(("incident", "as_of"), node)
    return tree


def _with_sightings(tree: Node, as_of: str) -> Node:
    """Keep when a stage was first seen under way, where nothing else tells since when it is.

    A later forecast then knows that it has run at least since; without it, it would seem to have
    begun at any moment up to then.
    """
    stages = tree.at(("recovery", "stages"))
    for number, stage in enumerate(() if stages is None else stages.items):
        status = stage.get("status")
        running = status is not None and status.text == "in_progress"
        told = any(key in stage for key in ("window", "elapsed", "seen"))
        if running and not told and status is not None:
            sighting = Node(as_of, status.source)
            tree = tree.replaced(("recovery", "stages", number, "seen"), sighting)
    return tree


def _in_order(node: Node, form: Form | None) -> Iterator[tuple[str, Node]]:
    """Yield the keys of a mapping in the contract's order, those without a value left out."""
    known = list(form.keys) if isinstance(form, Table) else []
    keys = [
        *[key for key in known if key in node],
        *[key for key in node.fields if key not in known],
    ]
    for key in keys:
        if node[key].value is not None:
            yield key, node[key]


def _form_of(form: Form | None, key: str, node: Node) -> Form | None:
    """Return the form that the value of a key has."""
    if not isinstance(form, Table) or key not in form.keys:
        return None
    wanted = {"a list": ListOf, "a mapping": Table}.get(node.kind)
    return next((one for one in form.keys[key].forms if wanted and isinstance(one, wanted)), None)


def _entry(key: str, node: Node, form: Form | None, depth: int) -> list[str]:
    """Write one key with its value."""
    head = "  " * depth + f"{_scalar(key)}:"
    if node.text is not None:
        return [_commented(f"{head} {_scalar(node.text)}", node)]
    if node.kind == "a mapping":
        return [head, *_block(node, form, depth + 1)] if node.fields else [f"{head} {{}}"]
    return _list(head, node, form, depth)


def _block(node: Node, form: Form | None, depth: int) -> list[str]:
    """Write the keys of a mapping."""
    return [
        line
        for key, item in _in_order(node, form)
        for line in _entry(key, item, _form_of(form, key, item), depth)
    ]


def _list(head: str, node: Node, form: Form | None, depth: int) -> list[str]:
    """Write a list: on one line when all its texts have one source and fit, else item by item."""
    texts = [item.text for item in node.items]
    if all(text is not None for text in texts):
        flow = f"{head} [{', '.join(_scalar(text or '', flow=True) for text in texts)}]"
        if len(flow) <= _WIDEST and len({item.source for item in node.items}) <= 1:
            return [_commented(flow, node.items[0])] if texts else [flow]
    item_form = form.item if isinstance(form, ListOf) else None
    lines = [head]
    for item in node.items:
        lines += _item(item, item_form, depth + 1)
    return lines


def _item(item: Node, form: Form | None, depth: int) -> list[str]:
    """Write one item of a list."""
    dash = "  " * depth + "- "
    if item.text is not None:
        return [_commented(dash + _scalar(item.text), item)]
    lines = _block(item, form, depth + 1) or ["  " * (depth + 1) + "{}"]
    return [dash + lines[0].lstrip(" "), *lines[1:]]


def _commented(line: str, node: Node) -> str:
    """Add the source of a value, and its words when the value is another form of them."""
    if not node.source:
        return line
    words = f": {node.as_written}" if node.as_written and node.as_written != node.text else ""
    return f"{line}  # {_printable(node.source + words)}"


def _scalar(text: str, *, flow: bool = False) -> str:
    """Write a text, in quotes when another YAML reader would take it for something else."""
    plain = (
        _PLAIN.fullmatch(text)
        and not text.endswith((" ", ":"))
        and ": " not in text
        and text.lower() not in _TRUTH
        and not (flow and ":" in text)
        and not _looks_like_other_number(text)
    )
    return text if plain else '"' + _escaped(text) + '"'


def _looks_like_other_number(text: str) -> bool:
    """Tell whether YAML would read digits as octal, base 60, a float with exponent or a date."""
    return bool(
        re.fullmatch(r"0[0-9_]+|0[xob].*|[0-9_]+(:[0-9_.]+)+|[0-9.]+e[0-9+-]+", text, re.IGNORECASE)
    )


def _escaped(text: str) -> str:
    """Escape for double quotes."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return "".join(c if c.isprintable() else _code(c) for c in text)


def _printable(text: str) -> str:
    """Keep a comment on its line."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _code(character: str) -> str:
    """Escape one character by its number."""
    number = ord(character)
    return f"\\x{number:02x}" if number <= 0xFF else f"\\U{number:08x}"  # noqa: PLR2004 - one byte
