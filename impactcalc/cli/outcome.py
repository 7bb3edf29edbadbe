"""The outcome of a command: what it has to say once all its work is done."""

from __future__ import annotations

from impactcalc.named import NamedTuple


class Outcome(NamedTuple):
    """What a command has to say, once all its work is done.

    Parameters
    ----------
    text
        For standard output.
    utf8
        Whether ``text`` is a document (JSON, YAML) and not prose for the console.
    notes
        Lines for standard error.
    met
        The condition of ``--fail-if`` that holds, in words; empty when none does.
    """

    text: str = ""
    utf8: bool = False
    notes: tuple[str, ...] = ()
    met: str = ""
