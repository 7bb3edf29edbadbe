"""Every exception that impactcalc raises on purpose, with its exit code.

::

    ImpactcalcError                exit 1: ours or the machine's
    ├── InputError                 exit 2: the input or an option is wrong; holds Problems
    ├── OutputError                exit 1: a report could not be written; nothing was replaced
    └── ConditionMet               exit 3: --fail-if or --fail-below-target holds

A `Problem` is one finding about one place of an input. An `InputError` carries all problems of a
run at once, so that a person mends a file in one round.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one place of an input.

    Parameters
    ----------
    message
        What is wrong, with the value.
    remedy
        What to do about it; empty when the message says it already.
    file
        Name of the file, as the person wrote it; empty when the input is an option.
    line, column
        From 1; 0 when the place is unknown.

    Examples
    --------
    >>> str(Problem("unknown key 'sal'", "did you mean 'sla'?", "case.yaml", 3, 1))
    "case.yaml:3:1: unknown key 'sal'; did you mean 'sla'?"
    """

    message: str
    remedy: str = ""
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the problem as ``file:line:column: what is wrong; how to mend it``."""
        place = self.file
        if place and self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        text = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return f"{place}: {text}" if place else text


class ImpactcalcError(Exception):
    """Root of the tree; on its own: our fault or the machine's."""

    exit_code = 1


class InputError(ImpactcalcError):
    """The input or an option is wrong: one line a problem.

    Parameters
    ----------
    problems
        One `Problem`, or several.
    """

    exit_code = 2

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class OutputError(ImpactcalcError):
    """A report could not be written; what was there before is intact."""


class ConditionMet(ImpactcalcError):  # noqa: N818 - not a fault: the asked condition holds
    """The condition of ``--fail-if`` holds."""

    exit_code = 3
