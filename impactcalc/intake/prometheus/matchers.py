"""The matchers: which series are errors, in the grammar of PromQL's selectors.

Regular expressions are anchored at both ends, and a label that a series lacks is empty, as there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXAMPLE = "--errors 'code=~\"5..\"'"
_ONE = re.compile(
    r"""\s*([A-Za-z_][A-Za-z0-9_.:]*)\s*(=~|!~|!=|=)\s*
        (?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`)\s*""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'"}


class Matcher(NamedTuple):
    """A condition on one label."""

    label: str
    operator: str
    value: str

    def holds(self, labels: Mapping[str, str]) -> bool:
        """Whether the labels of a series satisfy it."""
        found = labels.get(self.label, "")
        if self.operator.endswith("~"):
            equal = re.fullmatch(self.value, found, re.DOTALL) is not None
        else:
            equal = found == self.value
        return equal != self.operator.startswith("!")


def parse_matchers(text: str) -> tuple[Matcher, ...]:
    """Read ``code=~"5..", job="checkout"``; braces around it may stand or not.

    Raises
    ------
    InputError
        When the grammar or a regular expression is wrong.

    Examples
    --------
    >>> [m.holds({"code": "503"}) for m in parse_matchers('{code=~"5..", job!="x"}')]
    [True, True]
    >>> parse_matchers('code=~"5"')[0].holds({"code": "503"})
    False
    """
    rest = text.strip()
    if rest.startswith("{") and rest.endswith("}"):
        rest = rest[1:-1]
    found = []
    while rest.strip():
        one = _ONE.match(rest)
        if one is None:
            raise _refusal(f"'{rest.strip()}' is no label matcher")
        found.append(_matcher(one))
        rest = rest[one.end() :]
        if rest and not rest.startswith(","):
            raise _refusal(f"a comma is wanted before '{rest}'")
        rest = rest[1:]
    if not found:
        raise _refusal("names no label")
    return tuple(found)


def _matcher(one: re.Match[str]) -> Matcher:
    label, operator, double, single, raw = one.groups()
    quoted = double if double is not None else single
    value = raw if quoted is None else re.sub(r"\\(.)", _unescaped, quoted)
    if operator.endswith("~"):
        try:
            re.compile(value)
        except re.error as error:
            raise _refusal(f"'{value}' is no regular expression ({error})") from error
    return Matcher(label, operator, value)


def _unescaped(found: re.Match[str]) -> str:
    """Undo an escape of a string; those of regular expressions stay."""
    return _ESCAPES.get(found[1], found[0])


def _refusal(what: str) -> InputError:
    return InputError(Problem(f"--errors: {what}", f"e.g. {_EXAMPLE}"))


def all_hold(matchers: tuple[Matcher, ...], labels: Mapping[str, str]) -> bool:
    """Whether a series satisfies every matcher."""
    return all(matcher.holds(labels) for matcher in matchers)
