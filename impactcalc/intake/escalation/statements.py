"""A statement: one sentence, field, item or table row, with what it stands under."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.block import SOFT_HEADING, Block, Role
from impactcalc.intake.escalation.dates import find_stamps
from impactcalc.intake.escalation.fields import fields_of
from impactcalc.intake.escalation.labels import field_of
from impactcalc.intake.escalation.measures import label_currency, label_unit, measured, priced
from impactcalc.intake.escalation.mentions import PARTS, find_mentions
from impactcalc.intake.escalation.sections import Topic, is_entry_head, topic_of
from impactcalc.intake.escalation.sentences import sentence_spans, word_pattern
from impactcalc.intake.escalation.spoken import NUMBER_WORDS
from impactcalc.intake.escalation.tenor import corrects, instructs, recalls, retracts, supposes
from impactcalc.intake.escalation.topics import is_of_plan, is_stage, nearest, table_topic
from impactcalc.intake.escalation.vocabulary import DIGITS, holds, lowered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.mention import Mention
    from impactcalc.intake.escalation.passages import Passage

_OWN_TOPICS = frozenset({Topic.PLAN, Topic.STATUS, Topic.SENTIMENT, Topic.NEXT, Topic.CREDITS})

_MOST_MENTIONS = 40  # quantities of one statement
_LONGEST_CLAUSE = 300  # characters before and after a figure
_SECTION_WORDS = 3  # a heading of more words before everything else is a title
_PAIR = 2  # cells: a label and its value need no names of columns
_VERDICT = 24  # characters after a figure in which it is called wrong
_MONEY_FIELDS = frozenset({"revenue", "fee", "arr"})
_OPENING = 40  # characters in which the time of a log entry stands


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
        self.field = field_of(label)
        self.has_digits = not DIGITS.isdisjoint(passage.text)
        self.is_past = (
            topic is Topic.HISTORY
            or recalls(self.lower)
            or retracts(self.lower)
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

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The quantities; of a line full of them only the first count."""
        in_words = not self.lower.isascii() or not self.words.isdisjoint(NUMBER_WORDS)
        in_words = in_words or holds(self.lower, PARTS)
        if not (self.has_digits or in_words):
            return ()
        found = find_mentions(self.text)[:_MOST_MENTIONS]
        if not (self.start and self.field) or self.start == len(self.text):
            return found
        label = self.text[: self.start].rstrip(" :=|")
        if self.field in _MONEY_FIELDS:
            code = label_currency(label)
            return tuple(priced(one, code) if one.start >= self.start else one for one in found)
        unit = label_unit(label)
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
        if corrects(self.lower):
            return True
        denied = "not " in self.lower and len(self.mentions) > 1
        return denied and any(map(self.denies, self.mentions[1:]))

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

        It stands at the start of the words, or in a heading above.
        """
        own = [stamp for stamp in find_stamps(self.text[:_OPENING]) if stamp.start <= 1]
        above = (stamp for heading in reversed(self.headings) for stamp in find_stamps(heading))
        for stamp in (*own, *above):
            if stamp.day is not None:
                clock = stamp.clock.isoformat() if stamp.clock else ""
                return f"{stamp.day.isoformat()}T{clock}"
        return ""

    def denies(self, mention: Mention) -> bool:
        """Whether the words beside a figure say that it is not so: ``not 6,400``."""
        if self.lower[mention.end :].lstrip(" ([").startswith(("crossed out", "struck out")):
            return True
        before = self.lower[: mention.start].rstrip("~ ").split()[-2:]
        after = self.lower[mention.end : mention.end + _VERDICT]
        return (
            before[-1:] == ["not"]
            or before in (["instead", "of"], ["rather", "than"], ["no", "longer"], ["and", "not"])
            or holds(after, (" was wrong", " is wrong", " were wrong", " is a typo", " was a typo"))
        )

    def column(self, mention: Mention) -> str:
        """Give the name of the column that a figure stands in; empty outside of tables."""
        if not self.columns:
            return ""
        begin = self.passage.pieces[0][2]
        for name, cell in zip(self.columns, self.block.cells, strict=False):
            start = cell.pieces[0][2] - begin if cell.pieces else 0
            if start <= mention.start < start + len(cell.text):
                return name
        return ""

    def says(self, *words: str) -> bool:
        """Whether any of the words or phrases stands in it, in small letters."""
        return any(word in self.words if word.isalpha() else word in self.lower for word in words)


def read_statements(blocks: Sequence[Block]) -> tuple[Statement, ...]:
    """Turn blocks into statements, each under its headings."""
    walker = _Walker()
    statements: list[Statement] = []
    for block in blocks:
        if block.role is Role.RULE:
            continue
        for statement in walker.enter(block):
            statement.order = len(statements)
            statements.append(statement)
    return tuple(statements)


class _Walker:
    """Keeps the headings and parent items while the blocks go by."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self._items: list[tuple[int, str]] = []
        self._listed = False
        self._title: str | None = None
        self._table = Topic.NONE  # what the header of the table tells
        self._in_table = False
        self._columns: tuple[str, ...] = ()

    def enter(self, block: Block) -> Iterator[Statement]:
        """Give the statements of a block, then note what the next ones stand under."""
        words = block.passage.text
        self._leave(block)
        if self._title is None:
            is_title = block.role is Role.HEADING and _is_long(words)
            self._title = words if is_title else ""
        if block.role is Role.ROW and not self._in_table:
            self._table = table_topic(block)
            names = () if _is_logged(block) else block.cells
            self._columns = tuple(" ".join(cell.text.lower().split()) for cell in names)
        self._in_table = block.role is Role.ROW
        depth = _level(block)
        if block.role is Role.HEADING:
            self._headings = [pair for pair in self._headings if pair[0] < depth]
            self._items = []
        elif block.role is Role.ITEM:
            self._items = [pair for pair in self._items if pair[0] < block.depth]
        elif block.after_blank and block.depth == 0:
            self._items = []
        yield from self._statements(block)
        if block.role is Role.HEADING:
            self._headings.append((depth, words))
        elif block.role is Role.ITEM:
            self._items.append((block.depth, words))

    def _leave(self, block: Block) -> None:
        """Leave a section that only a soft heading opened: at the next speaker or paragraph."""
        paragraph = block.role is Role.TEXT and block.after_blank and block.depth == 0
        own = not block.label_end or topic_of(block.label) in _OWN_TOPICS
        if block.role is Role.SPEAKER or (paragraph and own and self._listed):
            self._headings = [pair for pair in self._headings if pair[0] < SOFT_HEADING]
            self._items = []
        if block.role in {Role.ITEM, Role.ROW, Role.HEADING, Role.SPEAKER}:
            self._listed = block.role in {Role.ITEM, Role.ROW}
        elif block.depth > 0:
            self._listed = True

    def _statements(self, block: Block) -> Iterator[Statement]:
        """Cut a block into sentences."""
        headings = tuple(words for _, words in (*self._headings, *self._items))
        topic = self._topic(block)
        if block.role in {Role.HEADING, Role.ROW, Role.SPEAKER}:
            spans = [(0, len(block.passage.text))]
        elif block.label_end and (fields := fields_of(block)):
            yield from self._in_fields(block, fields, headings)
            return
        else:
            spans = list(_sentences(block))
        for start, end in spans:
            label, value = _label(block, first=start == 0)
            yield Statement(
                block,
                block.passage.part(start, end),
                topic,
                label=label,
                start=value,
                stop=_value_end(block, end - start),
                headings=headings,
                columns=self._columns if len(block.cells) > _PAIR else (),
            )

    def _in_fields(
        self, block: Block, fields: Sequence[tuple[int, int, int, int]], headings: tuple[str, ...]
    ) -> Iterator[Statement]:
        """Cut ``Customer: A; Priority: High`` into one statement a field."""
        for begin, label_end, start, end in fields:
            yield Statement(
                block,
                block.passage.part(begin, end),
                self._topic(block),
                label=" ".join(block.passage.text[begin:label_end].lower().split()),
                start=start - begin,
                stop=end - begin,
                headings=headings,
            )

    def _topic(self, block: Block) -> Topic:
        """Tell what a block speaks of: own label, section, parent item, or section above."""
        if block.role is Role.ROW and self._table is not Topic.NONE:
            return self._table
        if block.role is Role.ROW and is_of_plan(block):
            return Topic.PLAN
        own = topic_of(block.label) if block.role in {Role.TEXT, Role.ITEM} else Topic.NONE
        if own in _OWN_TOPICS and block.role is Role.TEXT and block.depth == 0:
            return own
        section = nearest(self._headings)
        if section in _OWN_TOPICS and self._title:  # the title names no section
            section = nearest([pair for pair in self._headings if pair[1] != self._title])
        if section in _OWN_TOPICS:
            return section
        parent = nearest(self._items)
        if parent is not Topic.NONE:
            return parent
        return own if own is not Topic.NONE else section


def _sentences(block: Block) -> Iterator[tuple[int, int]]:
    """Cut the words of a block into sentences; none ends inside its label: ``Ticket ..... 7``."""
    start = 0
    for begin, end in sentence_spans(block.passage.text):
        if block.label_end and end <= block.value_start < len(block.passage.text):
            continue
        yield min(start, begin), end
        start = len(block.passage.text)


@cache
def _recalls(heading: str) -> bool:
    """Whether a heading is that of another incident; asked for every statement below it."""
    return recalls(heading.lower())


def _is_long(title: str) -> bool:
    """Whether a heading says more than the name of a section: it is the title of the text."""
    return len(title.split()) > _SECTION_WORDS or not DIGITS.isdisjoint(title)


def _level(block: Block) -> int:
    """Give the level of a heading: a soft one of no known topic stands below one that has."""
    tagged = block.passage.text.startswith("[") or is_entry_head(block.passage.text)
    words = block.passage.text
    if (
        block.depth == SOFT_HEADING
        and not tagged
        and (topic_of(words) is Topic.NONE or is_stage(words))
    ):
        return SOFT_HEADING + 1
    return block.depth


def _label(block: Block, *, first: bool) -> tuple[str, int]:
    """Give label and start of the value; a table row's first cell is its label."""
    if len(block.cells) > 1:
        logged = _is_logged(block)
        name, value = block.cells[1:3] if logged else block.cells[:2]
        label = " ".join(name.text.lower().split())
        if logged and field_of(label) not in _LOGGED:
            return "", 0  # who speaks, or what kind of entry it is
        return label, value.pieces[0][2] - block.passage.pieces[0][2]
    return block.label, block.value_start if first else 0


_LOGGED = frozenset({"created", "escalated", "status"})
"""Facts that the tag of a log entry announces: ``2026-03-04 10:00 UTC  OPENED  by phone``."""


def _is_logged(block: Block) -> bool:
    """Whether a row is the entry of a log: a date alone in its first cell, a tag, and words."""
    if len(block.cells) <= _PAIR or DIGITS.isdisjoint(block.cells[0].text):
        return False
    stamps = find_stamps(block.cells[0].text)
    return bool(stamps) and stamps[0].start == 0 and stamps[0].end == len(block.cells[0].text)


def _value_end(block: Block, length: int) -> int:
    """Give where a statement's value ends."""
    if len(block.cells) > 1:
        value = block.cells[2 if _is_logged(block) else 1]
        return value.pieces[0][2] - block.passage.pieces[0][2] + len(value.text)
    return length
