"""A candidate for a fact, and the rules by which one of several is chosen."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.intake.escalation.words.blanks import is_blank
from impactcalc.intake.escalation.words.vocabulary import ends_in
from impactcalc.named import NamedTuple
from impactcalc.units.dimension import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from impactcalc.intake.escalation.figures.dates import Stamp
    from impactcalc.intake.escalation.figures.mention import Mention
    from impactcalc.intake.escalation.structure.statements import Statement


class Weight(enum.IntEnum):
    """How plainly the text states a value."""

    HINT = 1  # the words allow it
    LIKELY = 2  # a sentence says it in passing
    STATED = 3  # its own label, or a sentence about nothing else
    CORRECTED = 4  # corrects what was said before


class Rate(NamedTuple):
    """Money per period, exactly as written.

    Parameters
    ----------
    low, high
        Amounts; `high` None unless a range is stated.
    currency
        ISO code; empty when the text gives none.
    period_s
        Length of the period in seconds; a month has 30 days, a year 365.
    """

    low: Decimal
    high: Decimal | None
    currency: str
    period_s: Decimal

    def per_day(self) -> tuple[Decimal, ...]:
        """Give one amount or two per day."""
        ends = (self.low,) if self.high is None else (self.low, self.high)
        return tuple(amount * DAY / self.period_s for amount in ends)


class Candidate(NamedTuple):
    """One value that a line offers for a fact.

    Parameters
    ----------
    field
        The fact's name.
    value
        As it goes into the facts; None together with `problem`.
    weight
        How plainly it is stated.
    line, text
        Where, and the written words.
    problem
        Why the value is impossible or cannot be read.
    note
        What a reader should know although the value stands.
    figure, stamp, rate
        The exact quantity, date or rate behind the value.
    when
        Time of the log entry that says so, as sortable text; empty when it has none.
    quoted
        How many mails ago it was written.
    aside
        Whether it only disputes others: it stands where such a figure is not looked for.
    """

    field: str
    value: object
    weight: Weight
    line: int
    text: str
    problem: str = ""
    note: str = ""
    figure: Mention | None = None
    stamp: Stamp | None = None
    rate: Rate | None = None
    when: str = ""
    quoted: int = 0
    aside: bool = False


def offer(
    statement: Statement, field: str, value: object, weight: Weight, span: tuple[int, int]
) -> Candidate:
    """Make a candidate of a stretch of a statement; a correction weighs more."""
    line, words = statement.passage.excerpt(*span)
    if is_blank(statement.text[slice(*span)]):
        words = ""  # nobody filled it in: a value without words is nobody's
    if statement.is_instruction or statement.text.endswith("?"):
        weight = Weight.HINT
    elif weight >= Weight.LIKELY and statement.is_correction:
        weight = Weight.CORRECTED
    unsure = statement.start and statement.value.strip().lower().startswith(_UNSURE)
    note = f"'{statement.value.strip()}' leaves it open" if unsure else ""
    return Candidate(
        field, value, weight, line, words, "", note, when=statement.when, quoted=statement.quoted
    )


_UNSURE = ("to be confirmed", "tbd", "tbc", "unknown", "not known", "n/a", "unclear", "?")
"""What opens a value that nobody stands by."""


def renewed(statement: Statement, figures: Sequence[Mention]) -> Mention | None:
    """Give the figure that a correction puts in place of another; None where no words tell."""
    for mention in figures:
        before = statement.lower[: mention.start].rstrip("~ ")
        if ends_in(before, _RENEWING):
            return mention
    return None


_RENEWING = (
    *(
        "to",
        "to about",
        "to some",
        "but",
        "is really",
        "should be",
        "should read",
        "now",
        "know of",
    ),
    *(
        "it is",
        "they are",
        "turned out to be",
        "is in fact",
        "meanwhile",
        "now put at",
        "is now at",
    ),
)


class Choice(NamedTuple):
    """What was chosen for a fact.

    Parameters
    ----------
    found
        The candidate; None when there is none, or when they contradict each other.
    contradiction
        Whether two values cannot both hold and nothing prefers one.
    cautions
        Warnings for the reader.
    """

    found: Candidate | None
    contradiction: bool = False
    cautions: tuple[Caution, ...] = ()


def equal(first: object, second: object) -> bool:
    """Whether two values are the same; words without regard to case and white space."""
    if isinstance(first, str) and isinstance(second, str):
        return first.casefold().split() == second.casefold().split()
    return first == second


def close(first: object, second: object) -> bool:
    """Whether two amounts are the same to 1%: one may be rounded from another period."""
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return abs(first - second) <= max(abs(first), abs(second)) / 100
    if isinstance(first, tuple) and isinstance(second, tuple) and len(first) == len(second):
        return all(close(one, other) for one, other in zip(first, second, strict=True))
    return first == second


def choose(
    field: str,
    candidates: Iterable[Candidate],
    *,
    strict: bool = True,
    newest: bool = True,
    same: Callable[[Candidate, Candidate], bool] | None = None,
) -> Choice:
    """Choose among candidates: the weightiest; where several of them differ, none.

    Parameters
    ----------
    field
        The fact's name.
    candidates
        In the order of the text.
    strict
        Whether two different values of the same weight forbid a choice; else the first counts.
    newest
        Whether the newest entry of a log counts; else the oldest does.
    same
        Whether two candidates agree; None: whether their values are equal.
    """
    plain = (candidate for candidate in candidates if not candidate.aside)
    ranked = sorted(_newest_mail(plain), key=lambda candidate: -candidate.weight)
    if not ranked:
        return Choice(None)
    top = [candidate for candidate in ranked if candidate.weight == ranked[0].weight]
    if all(candidate.when for candidate in top):
        counts = (max if newest else min)(candidate.when for candidate in top)
        top = [candidate for candidate in top if candidate.when == counts]
    first = top[0]
    if first.weight is Weight.CORRECTED:
        first = top[-1]
    others = [one for one in top if one.value is not None and not _agree(one, first, same)]
    if strict and first.value is not None and others:
        return refuse(field, first, others)
    if first.problem:
        good = next((one for one in top if one.value is not None), None)
        if good is None:
            message = f"{first.problem}; left out"
            return Choice(None, cautions=(Caution(field, message, first.line),))
        return Choice(None, cautions=(Caution(field, f"{first.problem}; left out", first.line),))
    notes = (Caution(field, first.note, first.line),) if first.note else ()
    return Choice(first, cautions=notes)


def rival_cautions(
    first: Candidate,
    candidates: Iterable[Candidate],
    same: Callable[[Candidate, Candidate], bool] | None = None,
) -> Iterator[Caution]:
    """Name the lines of the chosen figure and of another one, which is less plainly stated."""
    known = _newest_mail(candidates)
    rival = next((one for one in known if _rivals(one, first, same)), None)
    if rival is not None:
        message = _sides(first, rival) + "the former is taken"
        yield from (Caution(first.field, message, one.line) for one in (first, rival))


def _rivals(
    one: Candidate, first: Candidate, same: Callable[[Candidate, Candidate], bool] | None
) -> bool:
    """Whether a candidate gives another value than the chosen one, which does not replace it."""
    if one.value is None or one.weight is Weight.HINT or first.weight is Weight.CORRECTED:
        return False
    replaced = bool(one.when and first.when) and one.when != first.when
    return not replaced and not _agree(one, first, same)


def _agree(
    one: Candidate, first: Candidate, same: Callable[[Candidate, Candidate], bool] | None
) -> bool:
    """Whether a candidate says the same as the first."""
    return equal(one.value, first.value) if same is None else same(one, first)


def _newest_mail(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Leave out what an older, quoted mail says where a newer one says it, too."""
    found = list(candidates)
    plain = [one.quoted for one in found if one.weight >= Weight.LIKELY]
    newest = min(plain, default=None)
    return [one for one in found if newest is None or one.quoted <= newest]


def refuse(field: str, first: Candidate, others: Sequence[Candidate]) -> Choice:
    """Name both lines of a contradiction."""
    other = others[0]
    stated = first.weight >= Weight.STATED
    reason = "nothing in the text prefers one" if stated else "it is not clear which is meant"
    message = _sides(first, other) + reason
    cautions = (Caution(field, message, first.line), Caution(field, message, other.line))
    return Choice(None, contradiction=stated, cautions=cautions)


def _sides(first: Candidate, other: Candidate) -> str:
    """Tell what two lines say."""
    return f"line {first.line} says '{first.text}', line {other.line} says '{other.text}': "


def doubtful(candidate: Candidate, problem: str) -> Candidate:
    """Turn a candidate into a refusal of its value."""
    return candidate._replace(value=None, problem=problem)
