"""The YAML tree: bytes of a file to nodes with line marks, every scalar as text.

Only libyaml's events are used, never ``yaml.load`` or ``compose``: those die on 200 kB of open
brackets, expand "billion laughs", let the last of two equal keys win in silence and read NO, 4:30
and 010 as False, 270 and 8. What goes beyond plain mappings, lists and scalars is refused with
its line.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Node, mapping, sequence
from impactcalc.intake.source import SCENARIO_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 24
MOST_VALUES = 200_000
MOST_PROBLEMS = 20
_BREAKS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MERGE = "<<"


def parse_yaml(data: bytes, file: str) -> Node:
    """Read one YAML document into a tree.

    Parameters
    ----------
    data
        The file's bytes: UTF-8, or UTF-16 with a byte order mark.
    file
        Its name, as the person wrote it.

    Returns
    -------
    Node
        A mapping; sources are ``"name.yaml:line"`` with the bare name of the file.

    Raises
    ------
    InputError
        For everything that is no plain YAML mapping of text (module docstring), with its line.
    """
    if len(data) > SCENARIO_LIMIT:
        what = (
            f"is too large: {len(data) / 1e6:,.1f} MB, {SCENARIO_LIMIT / 1e6:.0f} MB is the limit"
        )
        raise InputError(Problem(what, "split it into scenarios", file, 1))
    roots = _roots(data, _Builder(file, PurePath(file).name))
    return _whole(roots[0] if roots else None, file)


def parse_yaml_stream(data: bytes, file: str) -> tuple[Node, ...]:
    """Read every document of a YAML file, whatever stands at the top of each.

    Parameters
    ----------
    data, file
        As in `parse_yaml`; the caller has limited the size.

    Returns
    -------
    tuple of Node
        The documents that hold something, in their order.

    Raises
    ------
    InputError
        As `parse_yaml`; anchors, aliases and tags are refused here, too.
    """
    return _roots(data, _Builder(file, PurePath(file).name, many=True))


def _roots(data: bytes, builder: _Builder) -> tuple[Node, ...]:
    """Build every document, or raise all that is wrong with the form."""
    text = _decode(data, builder.file)
    _refuse_characters(text, builder.file)
    try:
        for event in _events(text):
            builder.take(event)
    except _StopReading:
        pass
    except _YamlError as error:
        raise InputError(*builder.problems, _syntax(error, builder.file)) from error
    if builder.problems:
        raise InputError(*builder.problems)
    return tuple(root for root in builder.roots if root.value is not None)


def _events(text: str) -> Iterator[Any]:
    """Yield libyaml's events; its errors become `_YamlError`."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # same events without libyaml
    try:
        yield from yaml.parse(text, loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        opened = error.context_mark.line + 1 if error.context_mark else line
        raise _YamlError(
            str(error.problem), str(error.context or ""), line, column, opened
        ) from error
    except yaml.YAMLError as error:
        raise _YamlError(str(error), "", 1, 1, 1) from error


class _StopReading(Exception):  # noqa: N818 - not a fault: enough has been seen
    """The rest of the file would only repeat the problem, or endanger the process."""


class _YamlError(ValueError):
    """libyaml's finding: what, while doing what, where, and where the construct began."""

    def __init__(self, what: str, doing: str, line: int, column: int, opened: int) -> None:
        super().__init__(what)
        self.what, self.doing = what, doing
        self.line, self.column, self.opened = line, column, opened


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    line: int
    column: int
    items: list[Node] | None
    fields: dict[str, Node] = field(default_factory=dict)
    key: str | None = None
    key_line: int = 0
    key_column: int = 0


class _Builder:
    """Builds the tree from events, with a stack of its own instead of recursion."""

    def __init__(self, file: str, name: str, *, many: bool = False) -> None:
        self.file, self.name, self.many = file, name, many
        self.problems: list[Problem] = []
        self.roots: list[Node] = []
        self._stack: list[_Open] = []
        self._documents = 0
        self._values = 0

    def take(self, event: Any) -> None:
        """Take one event."""
        handler = self._HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1 and not self.many:
            self._refuse(event, "a second document begins here", "keep one scenario a file")
            raise _StopReading

    def _alias(self, event: Any) -> None:
        self._refuse(event, f"alias '*{event.anchor}' is not allowed", "write the value out")
        self._add(event, None)

    def _scalar(self, event: Any) -> None:
        self._refuse_extras(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.items is None and top.key is None:
            self._open_key(top, event)
        else:
            empty = event.value == "" and event.style in (None, "")
            self._add(event, None if empty else event.value)

    def _open_key(self, top: _Open, event: Any) -> None:
        line, column = _place(event)
        if event.value == _MERGE:
            self._refuse(event, "merge key '<<' is not allowed", "write the keys out")
        elif event.value in top.fields:
            first = top.fields[event.value].key_line
            self._refuse(
                event, f"duplicate key '{event.value}', first on line {first}", "keep one of them"
            )
        top.key, top.key_line, top.key_column = event.value, line, column

    def _start(self, event: Any) -> None:
        self._refuse_extras(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.items is None and top.key is None:
            self._refuse(event, "a key must be text", "write a name before the colon")
            raise _StopReading
        if len(self._stack) >= DEEPEST:
            self._refuse(
                event, f"nested more than {DEEPEST} levels deep", "a scenario needs fewer than 10"
            )
            raise _StopReading
        is_list = type(event).__name__ == "SequenceStartEvent"
        self._stack.append(_Open(*_place(event), [] if is_list else None))

    def _end(self, _event: Any) -> None:
        done = self._stack.pop()
        source = self._source(done.line)
        if done.items is not None:
            node = sequence(done.items, source, line=done.line, column=done.column)
        else:
            node = mapping(done.fields, source, line=done.line, column=done.column)
        self._attach(node)

    def _add(self, event: Any, value: str | None) -> None:
        line, column = _place(event)
        self._attach(Node(value, self._source(line), line, column))

    def _attach(self, node: Node) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            self._problem(node.line, node.column, f"more than {MOST_VALUES:,} values", "split it")
            raise _StopReading
        if not self._stack:
            self.roots.append(node)
            return
        top = self._stack[-1]
        if top.items is not None:
            top.items.append(node)
            return
        if top.key is not None:
            keyed = Node(
                node.value, node.source, node.line, node.column, top.key_line, top.key_column
            )
            top.fields.setdefault(top.key, keyed)
        top.key = None

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, f"anchor '&{event.anchor}' is not allowed", "write values out")
        if event.tag is not None:
            self._refuse(event, f"tag '{event.tag}' is not allowed", "write plain text")

    def _refuse(self, event: Any, what: str, remedy: str) -> None:
        self._problem(*_place(event), what, remedy)

    def _problem(self, line: int, column: int, what: str, remedy: str) -> None:
        self.problems.append(Problem(what, remedy, self.file, line, column))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopReading

    def _source(self, line: int) -> str:
        return f"{self.name}:{line}"

    _HANDLERS = {  # noqa: RUF012 - a constant of a private class
        "DocumentStartEvent": _document,
        "AliasEvent": _alias,
        "ScalarEvent": _scalar,
        "SequenceStartEvent": _start,
        "MappingStartEvent": _start,
        "SequenceEndEvent": _end,
        "MappingEndEvent": _end,
    }


def _place(event: Any) -> tuple[int, int]:
    """Line and column of an event, from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _whole(root: Node | None, file: str) -> Node:
    """Refuse what is no mapping."""
    if root is None or root.value is None:
        problem = Problem(
            "the scenario is empty", "write at least 'incident:' and 'business:' or 'sla:'", file, 1
        )
        raise InputError(problem)
    if root.kind != "a mapping":
        problem = Problem(
            f"the top is {root.kind}, a mapping of sections is wanted",
            "write e.g. 'incident:' with its keys below",
            file,
            root.line,
            root.column,
        )
        raise InputError(problem)
    return root


def _decode(data: bytes, file: str) -> str:
    """Decode UTF-8, or UTF-16 by its byte order mark."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        if b"\0" in data:
            line = data[: data.index(b"\0")].count(b"\n") + 1
            raise InputError(
                Problem("is no text: it holds a NUL byte", "name a YAML file", file, line)
            )
    try:
        return data.decode(encoding).translate(_BREAKS)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = Problem(
            f"is not UTF-8: byte 0x{data[error.start]:02x}", "save the file as UTF-8", file, line
        )
        raise InputError(problem) from error


def _refuse_characters(text: str, file: str) -> None:
    """Refuse tabs as indentation and control characters, all of them at once."""
    lines = re.split("\r\n|\r|\n", text) if "\t" in text or _CONTROL.search(text) else []
    problems = []
    for number, line in enumerate(lines, 1):
        blanks = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in blanks and blanks != line:
            column = blanks.index("\t") + 1
            what = ("tab", "indent with spaces, YAML allows no tab")
            problems.append(Problem(*what, file, number, column))
        for found in _CONTROL.finditer(line):
            what = (f"control character U+{ord(found[0]):04X}", "delete it")
            problems.append(Problem(*what, file, number, found.start() + 1))
    if problems:
        raise InputError(*problems[:MOST_PROBLEMS])


_WORDS = (
    (
        "mapping values are not allowed",
        "a colon where none can stand",
        "quote text that holds ': '",
    ),
    ("could not find expected ':'", "a key without its colon", "write 'key: value'"),
    ("did not find expected key", "the indentation does not fit", "align it with its neighbours"),
    ("did not find expected '-'", "the indentation does not fit", "align it with its neighbours"),
    ("unexpected end of stream", "a quote or bracket is not closed", "close it"),
    ("did not find expected ','", "a bracket is not closed, or a comma is missing", "mend it"),
    ("cannot start any token", "a character that cannot begin a value", "put the value in quotes"),
    ("did not find expected alphabetic", "a name is missing after & or *", "quote the value"),
    ("maximum nesting depth", f"nested more than {DEEPEST} levels deep", "write fewer brackets"),
    ("tab character", "tab", "indent with spaces, YAML allows no tab"),
    ("unknown escape character", "a backslash that means nothing", "use single quotes"),
)


def _syntax(error: _YamlError, file: str) -> Problem:
    """Say libyaml's finding in the product's words."""
    what, remedy = error.what, error.doing
    for part, words, cure in _WORDS:
        if part in error.what:
            what, remedy = words, cure
            break
    if error.opened != error.line:
        what += f" (it begins on line {error.opened})"
    return Problem(f"is no YAML: {what}", remedy, file, error.line, error.column)
