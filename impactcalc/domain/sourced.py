"""A value with its source, an assumption, and a warning: what provenance is made of."""

from __future__ import annotations

from typing import Generic, TypeVar

from impactcalc.named import NamedTuple

T_co = TypeVar("T_co", covariant=True)


class Sourced(NamedTuple, Generic[T_co]):
    """A value and where it comes from.

    Parameters
    ----------
    value
        The value, in the product's own form (ratio, seconds, UTC instant).
    source
        ``"line 44"``, ``"case.yaml:12"``, ``"--set"`` or ``"default: why"``.
    text
        The value as the person wrote it; empty for a default.

    Examples
    --------
    >>> Sourced(0.5, "default: measured log-correlations .41-.68").stated
    False
    """

    value: T_co
    source: str
    text: str = ""

    @property
    def stated(self) -> bool:
        """Whether a person wrote the value."""
        return not self.source.startswith("default")


class Assumption(NamedTuple):
    """A figure that nobody stated, or a rule that was chosen: shown to the reader.

    Parameters
    ----------
    field
        Path in the scenario file, e.g. ``"incident.started"``.
    value
        The value in words.
    source
        Where it comes from, as in `Sourced`.
    why
        The reason in one sentence, with ``[E]`` (evidence) or ``[A]`` (assumption) where it is
        a default.
    """

    field: str
    value: str
    source: str
    why: str


class Caution(NamedTuple):
    """A warning about one field: the answer stands, but the reader should know.

    Parameters
    ----------
    field
        Path in the scenario file, or a fact's name; empty when it concerns the whole.
    message
        One sentence.
    line, column
        Place in the input, from 1; 0 when there is none.
    """

    field: str
    message: str
    line: int = 0
    column: int = 0
