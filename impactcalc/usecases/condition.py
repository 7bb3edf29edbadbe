"""The condition of ``--fail-if``: a figure of the answer compared with a number."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.units.number import parse_number
from impactcalc.units.ratio import parse_ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

EXAMPLE = "e.g. --fail-if 'breach_prob>0.5' or --fail-if 'customer.total.p95>=100 K'"
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
UNASKED = ("scenario", "run")  # what the answer repeats from the question


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison.

    Parameters
    ----------
    figure
        Dotted path in the JSON answer, or its last names: ``"sla.breach_prob"``, ``"breach_prob"``.
        A distribution without a further name is compared by its mean.
    comparison
        One of `COMPARISONS`.
    bound
        The number; a percentage is its ratio.
    """

    figure: str
    comparison: str
    bound: Decimal

    def __str__(self) -> str:
        """Write the condition without blanks, as a person writes it."""
        return f"{self.figure}{self.comparison}{self.bound.normalize():f}"

    def met_by(self, document: Mapping[str, object]) -> str:
        """Say how the answer meets the condition; empty when it does not.

        Parameters
        ----------
        document
            The answer, as ``--json`` prints it.

        Raises
        ------
        InputError
            When the figure is unknown, ambiguous or null: a condition that cannot be judged must
            not pass for one that is not met.
        """
        path, value = self._find(document)
        if value is None:
            raise _problem(f"{path} is null: this input does not support it", "see the assumptions")
        if not COMPARISONS[self.comparison](value, float(self.bound)):
            return ""
        return f"{path} is {value:.4g}, so {self} holds"

    def _find(self, document: Mapping[str, object]) -> tuple[str, float | None]:
        """Find the one figure that is meant: of all that end in its name, the outermost."""
        figures = dict(_figures(document))
        found = [path for path in figures if f".{path}".endswith(f".{self.figure}")]
        outermost = min((path.count(".") for path in found), default=0)
        found = [path for path in found if path.count(".") == outermost]
        if len(found) > 1:
            raise _problem(f"'{self.figure}' is {' or '.join(found)}", "write the longer name")
        if found:
            return found[0], figures[found[0]]
        return self._null_part(document, figures)

    def _null_part(
        self, document: Mapping[str, object], figures: Mapping[str, object]
    ) -> tuple[str, None]:
        """Say why a figure is not there: a part of the answer is null, or nothing has that name."""
        import difflib

        first = self.figure.split(".")[0]
        nulls = [key for key, value in document.items() if value is None]
        if first in nulls:
            return first, None
        near = difflib.get_close_matches(self.figure, _endings(figures), 1)
        remedy = f"did you mean '{near[0]}'?" if near else EXAMPLE
        missing = f" (null in this answer: {', '.join(nulls)})" if nulls else ""
        raise _problem(f"the answer has no figure '{self.figure}'{missing}", remedy)


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises
    ------
    InputError
        When it is not a name, a comparison and a number.

    Examples
    --------
    >>> str(parse_condition("breach_prob > 50%"))
    'breach_prob>0.5'
    """
    match = re.fullmatch(r"\s*([A-Za-z_][\w.]*)\s*(>=|<=|>|<)\s*(\S.*)", text, re.ASCII)
    if match is None:
        raise _problem(f"'{text}' is not 'FIGURE>NUMBER'", EXAMPLE)
    figure, comparison, bound = match.groups()
    read = parse_ratio if bound.rstrip().endswith("%") else parse_number
    try:
        return Condition(figure, comparison, read(bound))
    except ValueError as error:
        raise _problem(str(error), EXAMPLE) from error


def _figures(value: object, path: str = "") -> Iterator[tuple[str, float | None]]:
    """Walk the answer's numbers; a distribution or probability is also its mean or value."""
    if isinstance(value, dict):
        main = next((name for name in ("value", "mean") if name in value), "")
        if main and path:
            yield path, value[main]
        for key, below in value.items():
            if path or key not in UNASKED:
                yield from _figures(below, f"{path}.{key}" if path else key)
    elif value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield path, value


def _endings(figures: Mapping[str, object]) -> list[str]:
    """List every name by which a figure can be called."""
    paths = [path.split(".") for path in figures]
    return [".".join(path[start:]) for path in paths for start in range(len(path))]


def _problem(message: str, remedy: str) -> InputError:
    return InputError(Problem(f"--fail-if: {message}", remedy))
