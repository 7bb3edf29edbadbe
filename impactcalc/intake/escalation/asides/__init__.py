"""Asides: parts of a text that the text itself sets aside, so that nobody reads a fact in them.

A withdrawn plan, the summary of another case pasted for comparison, the raw capture of a test and
the help text of a template look like the case and are none. They are left out before anything is
read, and a warning names each. What finds one kind is loaded only where a text may hold it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from impactcalc.intake.escalation.asides.part import Part
    from impactcalc.intake.escalation.text.lines import Line

# Each kind with words, in small letters, one of which a text must hold.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "attached",
        (
            "comparison;closed;previous;earlier;last year;not part of;archive;unrelated;another c;"
            "other c;old ;former;belong;settled;resolved;history;for info"
        ),
    ),
    (
        "captured",
        (
            "captur;request;sample;example;payload;http;excerpt;raw ;trace; test;demo;dummy;begin;"
            "start of;```;{code;{noformat;curl ;sandbox;dump;header;training;log s;staging;sends;"
            "answers;output of;runbook;[code;<pre;verbatim"
        ),
    ),
    (
        "withdrawn",
        (
            "withdrawn;super;stopped;declined;refused;plan;obsolete;void;valid;outdated;"
            "out of date;out-of-date;rescinded;"
            "revoked;retracted;discarded;abandoned;rejected;scrapped;annulled;replace;not agreed;"
            "not approved;final;not in force;no longer;do not use;don't use;ignore;disregard;old ;"
            "draft;old);never a;not a;current);agreed);new);new ;for the record;previous;version;"
            "revis;initial;original;prelim;propos;v1;v2;cancel;dropped;given up;expired;inactive;"
            "chosen;selected;by mistake;in error;wrong ;another ;not real;fictitious;placeholder;"
            "test data;test entr;dummy;sample;training;drill;simulat;history"
        ),
    ),
    ("exampled", 'e.g.;example;for instance;fill in;fill out;like ";delete this;author'),
)


def set_aside(
    lines: Sequence[Line],
) -> tuple[Sequence[Line], frozenset[int], tuple[Caution, ...]]:
    r"""Leave out what a text sets aside.

    Parameters
    ----------
    lines
        All lines of a text.

    Returns
    -------
    tuple
        The lines that are read, the numbers of those left out, and a warning of each part.

    Examples
    --------
    >>> from impactcalc.intake.escalation.text.lines import split_lines
    >>> lines, left, _ = set_aside(split_lines("Users (withdrawn): 900\nUsers: 40"))
    >>> [line.text for line in lines], sorted(left)
    (['Users: 40'], [1])
    """
    lower = "\n".join([line.text for line in lines]).lower()
    left: set[int] = set()
    cautions: list[Caution] = []
    for kind, cues in _KINDS:
        if not holds(lower, cues.split(";")):
            continue
        found: Callable[[Sequence[Line]], tuple[Sequence[Line], Iterable[Part]]] = getattr(
            import_module(f"{__name__}.{kind}"), f"find_{kind}"
        )
        lines, parts = found(lines)
        parts = _merged(parts)
        for part in parts:
            inside = [line for line in lines[part.begin : part.end] if line.text.strip()]
            cautions.append(_caution(inside, part.disputed))
            left.update(line.number for line in inside)
        lines = _without(lines, parts)
    return lines, frozenset(left), tuple(cautions)


def _merged(parts: Iterable[Part]) -> list[Part]:
    """Join the parts that overlap."""
    merged: list[Part] = []
    for part in sorted(parts):
        if merged and part.begin < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(part.end, merged[-1].end))
        else:
            merged.append(part)
    return merged


def _caution(inside: Sequence[Line], disputed: str) -> Caution:
    """Name a part that is left out by its first line."""
    first, last = inside[0], inside[-1]
    reach = f" (to line {last.number})" if last is not first else ""
    words = " ".join(first.raw.split())[:_SHOWN]
    if disputed:
        message = f"'{words}'{reach} is one of several versions, and none is called valid; left out"
    else:
        message = f"the text sets '{words}'{reach} aside: not read"
    return Caution(disputed, message, first.number)


_SHOWN = 60  # characters of a part that its warning shows


def _without(lines: Sequence[Line], parts: Sequence[Part]) -> Sequence[Line]:
    """Leave parts out; a blank line stays of a long one, so that its neighbours keep apart."""
    kept: list[Line] = []
    at = 0
    for part in parts:
        kept.extend(lines[at : part.begin])
        if part.end - part.begin > 1:
            kept.append(lines[part.begin].unsearched())
        at = part.end
    return [*kept, *lines[at:]] if parts else lines
