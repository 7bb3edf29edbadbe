"""The findings: what a mapping of a tree collects - problems, warnings, assumptions, defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Assumption, Caution, Sourced
from impactcalc.errors import InputError, Problem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from impactcalc.intake.document import Node, Path

MOST_PROBLEMS = 30
MOST_OF_A_KIND = 5


class MoneyUse(NamedTuple):
    """An amount of money that was read: where, and in which currency."""

    label: str
    node: Node
    currency: str


class Findings:
    """Collects everything, so that a person mends a file in one round.

    Parameters
    ----------
    file
        Name of the input, as the person wrote it.
    taught
        Whether the input names a history: which categories have a prior is then told by it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.taught = False
        self.problems: list[Problem] = []
        self.cautions: list[Caution] = []
        self.assumptions: list[Assumption] = []
        self.defaults: list[tuple[Path, Sourced[object]]] = []
        self.money: list[MoneyUse] = []
        self._kinds: dict[str, int] = {}

    def problem(self, label: str, node: Node, what: str, *, at_key: bool = False) -> None:
        """Note what is wrong with a value (or with its key)."""
        line, column = (node.key_line, node.key_column) if at_key else (node.line, node.column)
        if line:
            self.problems.append(Problem(f"{label}: {what}", "", self.file, line, column))
        else:
            place = node.source if node.source.startswith("--") else self.file
            words = f"{place} {label}: {what}" if place.startswith("--") else f"{label}: {what}"
            file = "" if place.startswith("--") else self.file
            self.problems.append(Problem(words, "", file))

    @property
    def room(self) -> bool:
        """Whether a further problem would be shown: looking for near names is not free."""
        return len(self.problems) < MOST_PROBLEMS

    def caution(self, label: str, node: Node, message: str, kind: str = "") -> None:
        """Note a warning about a value; the first `MOST_OF_A_KIND` of one kind are kept."""
        if kind:
            self._kinds[kind] = self._kinds.get(kind, 0) + 1
            if self._kinds[kind] > MOST_OF_A_KIND:
                return
        self.cautions.append(Caution(label, f"{label}: {message}", node.line, node.column))

    def all_cautions(self) -> tuple[Caution, ...]:
        """Return the warnings in the order of their places, and say how many are left out."""
        shown = sorted(self.cautions, key=lambda one: (one.line, one.column))
        for kind, count in self._kinds.items():
            if count > MOST_OF_A_KIND:
                shown.append(Caution("", f"{count - MOST_OF_A_KIND:,} further stages {kind}"))
        return tuple(shown)

    def assume(self, label: str, value: str, why: str, source: str = "") -> None:
        """Note a rule that was chosen, or a figure that nobody stated."""
        self.assumptions.append(Assumption(label, value, source or f"default: {why}", why))

    def default(self, path: Path, value: object, why: str) -> None:
        """Note the value of a key that is not written."""
        self.defaults.append((path, Sourced(value, f"default: {why}")))

    def raise_problems(self) -> None:
        """Raise all problems, sorted by place, the first `MOST_PROBLEMS` of them.

        Raises
        ------
        InputError
            When there is a problem.
        """
        if self.problems:
            raise InputError(*in_order(self.problems))


def in_order(problems: list[Problem]) -> list[Problem]:
    """Sort by place, drop repetitions, and say how many more there are than are shown."""
    distinct = dict.fromkeys(sorted(problems, key=lambda one: (one.line, one.column)))
    shown = list(distinct)[:MOST_PROBLEMS]
    if len(distinct) > MOST_PROBLEMS:
        more = len(distinct) - MOST_PROBLEMS
        shown.append(Problem(f"{more:,} further problems are not shown", "mend these first"))
    return shown
