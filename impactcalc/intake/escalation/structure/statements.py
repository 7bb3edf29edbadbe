"""A statement: one sentence, field, item or table row, with what it stands under."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.dates import find_stamps, sortable
from impactcalc.intake.escalation.figures.measures import (
    label_currency,
    label_unit,
    measured,
    priced,
)
from impactcalc.intake.escalation.figures.mentions import PARTS, find_mentions
from impactcalc.intake.escalation.figures.spoken import NUMBER_WORDS
from impactcalc.intake.escalation.structure.orders import instructs
from impactcalc.intake.escalation.structure.tenor import (
    corrects,
    mended,
    recalls,
    retracts,
    supposes,
)
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import DIGITS, holds, lowered, word_set

if TYPE_CHECKING:
    from datetime import timezone

    from impactcalc.intake.escalation.figures.dates import Stamp
    from impactcalc.intake.escalation.figures.mention import Mention
    from impactcalc.intake.escalation.structure.block import Block
    from impactcalc.intake.escalation.structure.passages import Passage

_DETAILS = word_set("details detail information info data the about")
_MOST_MENTIONS = 40  # quantities of one statement
_LONGEST_CLAUSE = 300  # characters before and after a figure
_VERDICT = 24  # characters after a figure in which it is called wrong
_MONEY_FIELDS = frozenset({"revenue", "fee", "arr"})
_OPENING = 40  # characters in which the time of a log entry stands


def _without_remark(lower: str) -> str:
    """Leave a remark in brackets out behind a figure: ``1,750 drivers (400 in the March case)``."""
    before, bracket, rest = lower.partition(" (")
    _, closing, after = rest.partition(")")
    if not (bracket and closing) or DIGITS.isdisjoint(before):
        return lower
    return f"{before} {after}"


def _retracting_remark(lower: str) -> tuple[int, int]:
    """Give where a remark behind a figure takes back another: ``8 (the 6 above is outdated)``."""
    start = lower.find(" (")
    end = lower.find(")", start)
    remark = lower[start : end if end > 0 else len(lower)]
    if start < 0 or DIGITS.isdisjoint(lower[:start]) or DIGITS.isdisjoint(remark):
        return 0, 0
    return (start, start + len(remark)) if retracts(remark) else (0, 0)


class Statement:
    """What one sentence, field, item or row says, and where.

    Parameters
    ----------
    block
        The block that it is part of.
    passage
        Its words with their places.
    topic
        What its section speaks of.
    label
        Words before the colon, in small letters; for a table row those of its first cell.
    start, stop
        Where the value begins, after the label, and ends: in a table row with the second cell.
    headings
        Headings and parent items above it, nearest last.
    columns
        Names of a table's columns, in small letters; none outside of tables.

    Attributes
    ----------
    role
        Role of its block.
    order
        Its number in the text.
    text, lower, words
        The searched words, those in small letters, and each of those on its own.
    field
        The fact that its label announces; empty when it is none that we know.
    has_digits
        Whether figures stand in it.
    is_past
        Whether it speaks of another incident, or takes back what was said.
    quoted
        How many mails ago it was written.
    said
        When it was said, as far as the text tells; `place_in_time` notes it.
    zone
        The zone that the text states for all its times; `place_in_time` notes it, too.
    """

    def __init__(  # noqa: PLR0913 - what it stands under is known to the walker only
        self,
        block: Block,
        passage: Passage,
        topic: Topic,
        *,
        label: str,
        start: int,
        stop: int,
        headings: tuple[str, ...],
        columns: tuple[str, ...] = (),
    ) -> None:
        self.passage = passage
        self.topic = topic
        self.role = block.role
        self.label = label
        self.text = passage.text
        self.lower = lowered(passage.text)
        self.words = frozenset(word_pattern().findall(self.lower))
        self.field = _named_below(headings) if label == "name" else field_of(label)
        self.has_digits = not DIGITS.isdisjoint(passage.text)
        self.is_past = (
            topic is Topic.HISTORY
            or recalls(_without_remark(self.lower))
            or (retracts(self.lower) and not _retracting_remark(self.lower)[1])
            or any(map(_recalls, headings))
        )
        self.quoted = passage.pieces[0][1].quoted
        # The value stays inside the words: blanks at their ends were left out.
        self.start = min(start, len(passage.text))
        self.stop = min(stop, len(passage.text))
        self.headings = headings
        self.columns = columns
        self.block = block
        self.order = 0
        self.said: Stamp | None = None
        self.zone: timezone | None = None

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The quantities; of a line full of them only the first count."""
        in_words = not self.lower.isascii() or not self.words.isdisjoint(NUMBER_WORDS)
        in_words = in_words or holds(self.lower, PARTS)
        if not (self.has_digits or in_words):
            return ()
        start, end = _retracting_remark(self.lower)
        found = tuple(one for one in find_mentions(self.text) if not start <= one.start < end)[
            :_MOST_MENTIONS
        ]
        if not self.start or self.start == len(self.text):
            return found
        label = self.text[: self.start].rstrip(" :=|;,\t")
        if self.field in _MONEY_FIELDS:
            code = label_currency(label)
            return tuple(priced(one, code) if one.start >= self.start else one for one in found)
        unit = label_unit(label)
        if self.columns and not unit:
            return tuple(measured(one, label_unit(self.column(one))) for one in found)
        return tuple(measured(one, unit) if one.start >= self.start else one for one in found)

    @property
    def has_figures(self) -> bool:
        """Whether digits stand in it, or a quantity in words."""
        return self.has_digits or bool(self.mentions)

    @property
    def value(self) -> str:
        """The words after the label."""
        return self.text[self.start : self.stop]

    @cached_property
    def is_correction(self) -> bool:
        """Whether it says that it corrects something said before: ``now 3,150, not 2,000``."""
        if corrects(self.lower) or _retracting_remark(self.lower)[1]:
            return True
        denied = "not " in self.lower and len(self.mentions) > 1
        return denied and any(map(self.denies, self.mentions[1:]))

    @cached_property
    def is_mended(self) -> bool:
        """Whether it tells what is so since the fault was mended."""
        return mended(self.lower[: self.mentions[0].start]) if self.mentions else False

    @cached_property
    def is_hypothetical(self) -> bool:
        """Whether it speaks of what might be."""
        return supposes(self.lower, self.words)

    def clause(self, mention: Mention, *more: str) -> str:
        """Give the words around a figure up to the next comma, semicolon or bracket.

        Parameters
        ----------
        mention
            The figure.
        more
            Further marks that end a clause.
        """
        start, end = self.clause_span(mention, *more)
        return self.lower[start:end]

    def clause_span(self, mention: Mention, *more: str) -> tuple[int, int]:
        """Give where the clause of a figure begins and ends."""
        marks = (", ", "; ", "(", ")", *more)
        floor = max(0, mention.start - _LONGEST_CLAUSE)
        roof = min(len(self.lower), mention.end + _LONGEST_CLAUSE)
        starts = [at for mark in marks if (at := self.lower.rfind(mark, floor, mention.start)) >= 0]
        ends = [at for mark in marks if (at := self.lower.find(mark, mention.end, roof)) >= 0]
        return max(starts, default=floor - 1) + 1, min(ends, default=roof)

    @cached_property
    def is_instruction(self) -> bool:
        """Whether it tells a program what to do: it is text, and weak evidence of anything."""
        return instructs(self.lower)

    @cached_property
    def when(self) -> str:
        """The time of its log entry as sortable text; empty when it has none.

        It stands at the start of the words, in a heading above, or before the message.
        """
        if self.said is not None:
            return sortable(self.said)
        own = [stamp for stamp in find_stamps(self.text[:_OPENING]) if stamp.start <= 1]
        above = (stamp for heading in reversed(self.headings) for stamp in find_stamps(heading))
        for stamp in (*own, *above):
            if stamp.day is not None:
                return sortable(stamp)
        return ""

    def denies(self, mention: Mention) -> bool:
        """Whether the words beside a figure say that it is not so: ``not 6,400``."""
        if self.lower[mention.end :].lstrip(" ([").startswith(("crossed out", "struck out")):
            return True
        before = self.lower[: mention.start].rstrip("~ ").split()[-2:]
        after = self.lower[mention.end : mention.end + _VERDICT]
        return (
            before[-1:] == ["not"]
            or before[:1] in (["forget"], ["disregard"])
            or before in (["instead", "of"], ["rather", "than"], ["no", "longer"], ["and", "not"])
            or holds(after, (" was wrong", " is wrong", " were wrong", " is a typo", " was a typo"))
        )

    def column(self, mention: Mention) -> str:
        """Give the name of the column that a figure stands in; empty outside of tables."""
        if not self.columns:
            return ""
        for name, cell in zip(self.columns, self.block.cells, strict=False):
            start = self.passage.place_of(cell) if cell.pieces else 0
            if start <= mention.start < start + len(cell.text):
                return name
        return ""

    def says(self, *words: str) -> bool:
        """Whether any of the words or phrases stands in it, in small letters."""
        return any(word in self.words if word.isalpha() else word in self.lower for word in words)


@cache
def _recalls(heading: str) -> bool:
    """Whether a heading is that of another incident; asked for every statement below it.

    Of several sentences above a list one may tell of another incident, and the list does not.
    """
    return ". " not in heading and recalls(heading.lower())


def _named_below(headings: tuple[str, ...]) -> str:
    """Tell whose name stands below a heading: ``Name: Alder`` below ``Customer details``."""
    words = headings[-1].lower().strip(" :").split() if headings else []
    kept = " ".join(word for word in words if word not in _DETAILS)
    return field_of(f"{kept} name") if kept else ""
