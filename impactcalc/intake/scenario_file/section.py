"""The section: a mapping of the tree, read key by key with its findings."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from impactcalc.domain.quantity import Quantity
from impactcalc.domain.sourced import Sourced
from impactcalc.intake.scenario_file.findings import Findings, MoneyUse
from impactcalc.named import NamedTuple
from impactcalc.units.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from impactcalc.intake.document import Node, Path

MOST_COMPARED = 500  # names that a misspelt one is compared with: it costs 30 us a pair

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def choice(kind: type[E]) -> Callable[[str], E]:
    """Make a reader of one of the values of an enumeration, naming the nearest.

    Examples
    --------
    >>> from impactcalc.domain.incident import Status
    >>> choice(Status)("done").value
    'done'
    """
    word = one_of(*(str(value) for value in kind))
    return lambda text: kind(word(text))


def one_of(*values: str) -> Callable[[str], str]:
    """Make a reader of one of some words, naming the nearest.

    Examples
    --------
    >>> one_of("yes", "no")("no")
    'no'
    """

    def read(text: str) -> str:
        if text in values:
            return text
        near = nearest(text, values)
        hint = f"did you mean '{near}'?" if near else f"write one of {', '.join(values)}"
        raise ValueError(f"'{text}' is not known; {hint}")

    return read


def nearest(word: str, known: tuple[str, ...] | list[str]) -> str:
    """Return the most similar known word, empty when none is near."""
    from difflib import get_close_matches

    if len(known) > MOST_COMPARED:
        known = [name for name in known if name[:1] == word[:1]][:MOST_COMPARED]
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return near[0] if near else ""


def quoted(name: str) -> str:
    """Write a stage's name as a step of a path: in quotes when it holds a dot or a blank.

    Examples
    --------
    >>> quoted("Repair"), quoted("Fail over")
    ('Repair', '"Fail over"')
    """
    if name and not re.search(r'[\s."=]', name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Section(NamedTuple):
    """A view of one mapping.

    Parameters
    ----------
    findings
        Where problems and defaults go.
    node
        The mapping.
    path
        Where it stands, for the figures.
    label
        The same for people: stages by name.
    """

    findings: Findings
    node: Node
    path: Path = ()
    label: str = ""

    def label_of(self, key: str) -> str:
        """Write the path of a key for people."""
        return f"{self.label}.{key}" if self.label else key

    def has(self, key: str) -> bool:
        """Tell whether a key is written with a value."""
        return self.node.get(key) is not None

    def text_of(self, key: str) -> Node | None:
        """Return the node of a scalar; a list or mapping in its place is a problem."""
        node = self.node.get(key)
        if node is None or node.text is not None:
            return node
        self.findings.problem(self.label_of(key), node, f"is {node.kind}; one value is wanted")
        return None

    def read(self, key: str, parse: Callable[[str], T]) -> Sourced[T] | None:
        """Read a scalar.

        Parameters
        ----------
        key
            Of this mapping.
        parse
            Turns text into a value; its `ValueError` becomes a problem at the value.

        Returns
        -------
        Sourced or None
            None when the key is not written, or its value is refused.
        """
        node = self.text_of(key)
        if node is None or node.text is None:
            return None
        return self.read_node(self.label_of(key), node, parse)

    def read_node(self, label: str, node: Node, parse: Callable[[str], T]) -> Sourced[T] | None:
        """Read a scalar's node."""
        try:
            value = parse(node.text or "")
        except ValueError as error:
            self.findings.problem(label, node, str(error))
            return None
        if isinstance(value, Quantity | Money) and value.currency:
            self.findings.money.append(MoneyUse(label, node, value.currency))
        return Sourced(value, node.source, node.as_written or node.text or "")

    def read_or(self, key: str, parse: Callable[[str], T], default: str, why: str) -> Sourced[T]:
        """Read a scalar, or take a default and note it among the figures.

        Parameters
        ----------
        default
            Text in the same grammar.
        why
            The reason in one sentence, with its basis [E] or [A].
        """
        found = self.read(key, parse)
        if found is not None:
            return found
        if not self.has(key):
            self.findings.default((*self.path, key), default, why)
        return Sourced(parse(default), f"default: {why}")

    def section(self, key: str) -> Section | None:
        """Return the section of a key; anything but a mapping in its place is a problem."""
        node = self.node.get(key)
        if node is None:
            return None
        if node.kind == "a mapping":
            return Section(self.findings, node, (*self.path, key), self.label_of(key))
        self.findings.problem(self.label_of(key), node, f"is {node.kind}; keys are wanted")
        return None

    def items_of(self, key: str) -> tuple[Node, ...]:
        """Return the nodes of a list; anything else in its place is a problem."""
        node = self.node.get(key)
        if node is None:
            return ()
        if node.kind != "a list":
            what = f"is {node.kind}; a list is wanted"
            if node.text is not None:
                what += f", e.g. [{node.text}]"
            self.findings.problem(self.label_of(key), node, what)
        return node.items

    def sections(self, key: str, *, named: bool = False) -> list[Section]:
        """Return the sections of a list of mappings; `named` ones are labelled by their name."""
        found = []
        for number, node in enumerate(self.items_of(key)):
            label = f"{self.label_of(key)}.{number + 1}"
            if node.kind != "a mapping":
                self.findings.problem(label, node, f"is {node.kind}; keys are wanted")
                continue
            name = node.get("name")
            if named and name is not None and name.text:
                label = f"{self.label_of(key)}.{quoted(name.text)}"
            found.append(Section(self.findings, node, (*self.path, key, number), label))
        return found

    def texts(self, key: str) -> tuple[Sourced[str], ...]:
        """Return the texts of a list of scalars."""
        found = []
        for number, node in enumerate(self.items_of(key)):
            if node.text is None:
                label = f"{self.label_of(key)}.{number + 1}"
                self.findings.problem(label, node, f"is {node.kind}; one value is wanted")
            else:
                found.append(Sourced(node.text, node.source, node.as_written or node.text))
        return tuple(found)

    def require(self, key: str, example: str) -> None:
        """Note a problem when a key is missing."""
        if not self.has(key):
            self.findings.problem(
                self.label or key, self.node, f"'{key}' is missing; write e.g. {key}: {example}"
            )

    def problem(self, key: str, what: str) -> None:
        """Note a problem at the value of a key."""
        self.findings.problem(self.label_of(key), self.node.get(key) or self.node, what)

    def caution(self, key: str, message: str, kind: str = "") -> None:
        """Note a warning at the value of a key; `kind` groups those that may come by thousands."""
        self.findings.caution(self.label_of(key), self.node.get(key) or self.node, message, kind)
