"""The document: the tree of written values that both doors share.

A scenario file and an escalation text become the same thing: a tree whose keys are those of the
scenario file (contract, "The scenario file, key by key") and whose leaves are text as a person
wrote it, each with its place. The mapper of ``intake.scenario_file`` turns a tree into a
``domain.scenario.Scenario``, the writer turns it into YAML; neither knows which door it came by.

How to build one (the reader of escalation texts)::

    started = text("2024-01-22", "line 8", line=8)
    stage = mapping({"name": text("Immediate", "line 52", line=52),
                     "window": text("0 h to 4 h", "line 52", line=52)}, "line 52", line=52)
    tree = mapping({"incident": mapping({"started": started}, "line 8", line=8),
                    "recovery": mapping({"stages": sequence([stage], "line 52", line=52)},
                                        "line 52", line=52)}, "case.txt", line=1)

Values that the text does not state but that a rule adds carry the rule as their source
(``"default: why"``, line 0) and are listed in `Document.assumptions`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from impactcalc.domain.sourced import Assumption, Caution

Path = tuple[str | int, ...]
"""Keys and numbers (from 0) from the root to a node, e.g. ``("recovery", "stages", 0, "name")``."""


@dataclass(frozen=True, slots=True)
class Node:
    """One written value, list or mapping, with its place.

    Parameters
    ----------
    value
        Text (every scalar is text: nothing is guessed), a tuple of nodes, a read-only mapping of
        nodes by key in the order of writing, or None for a key without a value.
    source
        What a reader is shown: ``"case.yaml:12"``, ``"line 44"``, ``"--set"`` or
        ``"default: why"``.
    line, column
        Where the value stands, from 1; 0 when nowhere.
    key_line, key_column
        Where the key stands that holds the value, from 1; 0 when there is none.
    as_written
        The words of the input when the value is another form of them (an escalation's
        ``"4-24 hours"`` for ``"4 h to 24 h"``); empty when the value is as written.

    Examples
    --------
    >>> node = mapping({"id": text("CE1", "line 1", line=1)}, "line 1", line=1)
    >>> node["id"].value, node.get("customer"), "id" in node
    ('CE1', None, True)
    """

    value: str | tuple[Node, ...] | Mapping[str, Node] | None
    source: str = ""
    line: int = 0
    column: int = 0
    key_line: int = 0
    key_column: int = 0
    as_written: str = ""

    @property
    def text(self) -> str | None:
        """The text of a scalar; None for anything else."""
        return self.value if isinstance(self.value, str) else None

    @property
    def items(self) -> tuple[Node, ...]:
        """The nodes of a list; empty for anything else."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def fields(self) -> Mapping[str, Node]:
        """The nodes of a mapping by key; empty for anything else."""
        value = self.value
        return {} if value is None or isinstance(value, str | tuple) else value

    @property
    def kind(self) -> str:
        """What it is, in words: ``"text"``, ``"a list"``, ``"a mapping"`` or ``"nothing"``."""
        if self.value is None:
            return "nothing"
        if isinstance(self.value, str):
            return "text"
        return "a list" if isinstance(self.value, tuple) else "a mapping"

    def __getitem__(self, key: str) -> Node:
        """Return the node of a key of a mapping; KeyError when there is none."""
        return self.fields[key]

    def __contains__(self, key: str) -> bool:
        """Tell whether a mapping has the key."""
        return key in self.fields

    def get(self, key: str) -> Node | None:
        """Return the node of a key, None when it is missing or has no value."""
        found = self.fields.get(key)
        return None if found is None or found.value is None else found

    def at(self, path: Path) -> Node | None:
        """Return the node at a path of keys and numbers from 0; None when there is none."""
        node: Node | None = self
        for step in path:
            if node is None:
                return None
            if isinstance(step, int):
                node = node.items[step] if step < len(node.items) else None
            else:
                node = node.fields.get(step)
        return node

    def replaced(self, path: Path, new: Node | None) -> Node:
        """Return a tree with `new` at `path` (None removes it); missing mappings are made.

        Parameters
        ----------
        path
            Keys and numbers from 0; numbers must exist.
        new
            The node to put there.
        """
        if not path:
            return self if new is None else new
        step, rest = path[0], path[1:]
        if isinstance(step, int):
            return self._with_item(step, rest, new)
        fields = dict(self.fields)
        below = fields.get(step, Node(None, new.source if new else ""))
        if new is None and not rest:
            fields.pop(step, None)
        else:
            fields[step] = below.replaced(rest, new)
        return replace(self, value=MappingProxyType(fields))

    def _with_item(self, number: int, rest: Path, new: Node | None) -> Node:
        """Return a list with the item changed, or without it."""
        items = list(self.items)
        if new is None and not rest:
            del items[number]
        else:
            items[number] = items[number].replaced(rest, new)
        return replace(self, value=tuple(items))


def text(  # noqa: PLR0913 - a place has many coordinates; all but two go by keyword
    value: str,
    source: str,
    *,
    line: int = 0,
    column: int = 0,
    key_line: int = 0,
    key_column: int = 0,
    as_written: str = "",
) -> Node:
    """Build the node of a scalar."""
    return Node(value, source, line, column, key_line, key_column, as_written)


def sequence(nodes: Iterable[Node], source: str, *, line: int = 0, column: int = 0) -> Node:
    """Build the node of a list."""
    return Node(tuple(nodes), source, line, column)


def mapping(nodes: Mapping[str, Node], source: str, *, line: int = 0, column: int = 0) -> Node:
    """Build the node of a mapping; keys keep their order."""
    return Node(MappingProxyType(dict(nodes)), source, line, column)


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Go through a node and all below it, parents first, in the order of writing."""
    yield path, node
    for number, item in enumerate(node.items):
        yield from walk(item, (*path, number))
    for key, item in node.fields.items():
        yield from walk(item, (*path, key))


def dotted(path: Path) -> str:
    """Write a path for people: list numbers count from 1.

    Examples
    --------
    >>> dotted(("recovery", "stages", 0, "window"))
    'recovery.stages.1.window'
    """
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


@dataclass(frozen=True, slots=True)
class Document:
    """A tree, and what its reader had to say about it.

    Parameters
    ----------
    tree
        The root: a mapping of the scenario file's keys.
    assumptions
        Rules that the reader applied (an escalation's ``created`` as ``incident.started``), one
        each; the mapper puts them before its own.
    cautions
        Warnings of the reader.
    moments
        Dated lines that the tree has no key for (``"deployed on 2026-04-20"``), as text nodes in
        the scenario file's grammar of moments: the newest stated moment that is not after now
        becomes ``incident.as_of``.
    """

    tree: Node
    assumptions: tuple[Assumption, ...] = ()
    cautions: tuple[Caution, ...] = ()
    moments: tuple[Node, ...] = ()
