"""The walk over the blocks: each is cut into statements, under the headings above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.dates import find_stamps
from impactcalc.intake.escalation.structure.block import SOFT_HEADING, Block, Role
from impactcalc.intake.escalation.structure.fields import fields_of
from impactcalc.intake.escalation.structure.joining import inner_label
from impactcalc.intake.escalation.structure.statements import Statement
from impactcalc.intake.escalation.structure.tenor import recalls
from impactcalc.intake.escalation.structure.topics import (
    calls_plan,
    is_of_plan,
    is_stage,
    names_stage,
    nearest,
    table_topic,
)
from impactcalc.intake.escalation.words.entry_states import is_entry_head
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.sentences import sentence_spans
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_OWN_TOPICS = frozenset({Topic.PLAN, Topic.STATUS, Topic.SENTIMENT, Topic.NEXT, Topic.CREDITS})
_MAIL_HEAD = frozenset({"from", "date", "sent"})
_SECTION_WORDS = 3  # a heading of more words before everything else is a title
_PAIR = 2  # cells: a label and its value need no names of columns


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
        self._outer: list[tuple[int, str]] | None = None  # headings above a log or chat
        self._announced = Topic.NONE  # what the event word of the entry above announces
        self._quoted = 0  # how deep the lines above are quoted
        self._planned = -1  # column of the label above that calls what hangs below it a plan

    def enter(self, block: Block) -> Iterator[Statement]:
        """Give the statements of a block, then note what the next ones stand under."""
        words = block.passage.text
        self._leave(block)
        if self._title is None:
            is_title = block.role is Role.HEADING and (_is_long(words) or _names_log(words))
            self._title = words if is_title else ""
        if block.role is Role.ROW and (block.after_blank or not self._in_table):
            self._table = table_topic(block)
            names = () if _is_logged(block) else block.cells
            self._columns = tuple(" ".join(cell.text.lower().split()) for cell in names)
        self._in_table = block.role is Role.ROW
        depth = _level(block)
        if block.role is Role.HEADING:
            inside = depth == SOFT_HEADING and names_stage(words)
            inside = inside and nearest(self._headings) is Topic.PLAN  # "Repair" in a plan
            self._headings = [pair for pair in self._headings if pair[0] < depth + inside]
            self._items = []
        elif block.role is Role.ITEM:
            depth = _nesting(block)
            self._items = [pair for pair in self._items if pair[0] < depth]
        elif block.after_blank and block.depth == 0:
            self._items = []
        if block.after_blank or block.depth <= self._planned or block.role is Role.HEADING:
            self._planned = -1
        yield from self._statements(block)
        self._note(block, depth)

    def _note(self, block: Block, depth: int) -> None:
        """Note what the next blocks stand under."""
        if self._planned < 0 and block.value_start and calls_plan(block.label):
            self._planned = block.depth
        if block.role is Role.HEADING:
            self._headings.append((depth, block.passage.text))
        elif block.role is Role.ITEM:
            self._items.append((depth, block.passage.text))
        if block.entry is not None and block.entry.topic is Topic.PLAN:
            self._items.append((-1, Topic.PLAN.value))  # what is listed below the entry

    def _leave(self, block: Block) -> None:
        """Leave a section that only a soft heading opened: at the next speaker or paragraph."""
        paragraph = block.role is Role.TEXT and block.depth == 0
        paragraph = paragraph and (block.after_blank or _is_sentence(block))
        own = not block.label_end or topic_of(block.label) in _OWN_TOPICS
        quoted, self._quoted = self._quoted, block.passage.pieces[0][1].quoted
        if (
            self._quoted > quoted and block.label in _MAIL_HEAD
        ):  # an older mail is a text of its own
            self._headings, self._items, self._listed = [], [], False
        if block.role is not Role.ITEM or not block.depth:
            self._announced = Topic.NONE if block.entry is None else block.entry.topic
        if block.entry is not None:
            if self._outer is None:
                self._outer = list(self._headings)
            self._headings = list(self._outer)
            self._items = []
            return
        if block.role is Role.HEADING and block.depth < SOFT_HEADING:
            self._outer = None
        if block.role is Role.SPEAKER or (paragraph and own and self._listed):
            self._headings = [pair for pair in self._headings if pair[0] < SOFT_HEADING]
            self._items = []
        if block.role in {Role.ITEM, Role.ROW, Role.HEADING, Role.SPEAKER}:
            self._listed = block.role in {Role.ITEM, Role.ROW}
        elif block.depth > 0 or (block.label_end and is_stage(block.label)):
            self._listed = True

    def _statements(self, block: Block) -> Iterator[Statement]:
        """Cut a block into sentences."""
        headings = tuple(words for _, words in (*self._headings, *self._items))
        topic = self._topic(block)
        fielded = block.role is Role.HEADING or bool(block.label_end)
        fielded = fielded and block.role not in {Role.ROW, Role.SPEAKER}
        if fielded and (fields := fields_of(block)):
            yield from self._in_fields(block, fields, headings)
            return
        if block.role in {Role.HEADING, Role.ROW, Role.SPEAKER}:
            spans = [(0, len(block.passage.text))]
        else:
            spans = list(_sentences(block))
        for start, end in spans:
            label, value = _label(block, first=start == 0)
            stop = _value_end(block, block.passage.text[start:end].strip(), labelled=start == 0)
            if start and (inner := inner_label(block.passage.text[start:end])):
                label, value, stop = inner
            yield Statement(
                block,
                block.passage.part(start, end),
                topic,
                label=label,
                start=value,
                stop=stop,
                headings=headings,
                columns=self._columns if len(block.cells) > _PAIR else (),
            )

    def _in_fields(
        self, block: Block, fields: Sequence[tuple[int, int, int, int]], headings: tuple[str, ...]
    ) -> Iterator[Statement]:
        """Cut ``Customer: A; Priority: High`` into one statement a field."""
        section = self._topic(block._replace(label_end=0, value_start=0))
        for begin, label_end, start, end in fields:
            label = " ".join(block.passage.text[begin:label_end].lower().split())
            own = topic_of(label) if begin else Topic.NONE
            topic = own if own is not Topic.NONE and section not in _OWN_TOPICS else section
            yield Statement(
                block,
                block.passage.part(begin, end),
                topic if begin else self._topic(block),
                label=label,
                start=start - begin,
                stop=end - begin,
                headings=headings,
            )

    def _topic(self, block: Block) -> Topic:
        """Tell what a block speaks of: own label, section, parent item, or section above."""
        said = Topic.NONE if block.entry is None else block.entry.topic
        if block.role is Role.ROW:
            said = self._table
            said = Topic.PLAN if said is Topic.NONE and is_of_plan(block) else said
        if said is Topic.NONE and block.role is Role.ITEM and self._announced is Topic.PLAN:
            said = Topic.PLAN  # the list hangs below an entry of a log
        if said is Topic.NONE and 0 <= self._planned < block.depth:
            said = Topic.PLAN
        if said is not Topic.NONE:
            return said
        own = topic_of(block.label) if block.role in {Role.TEXT, Role.ITEM} else Topic.NONE
        bare = names_stage(block.label) and is_stage(block.passage.text)
        if own is Topic.PLAN and (bare or is_stage(block.label)):
            own = Topic.NONE  # "Mitigation (first 4 hours): ..."
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
    for begin, end in _parted(block.passage.text):
        if block.label_end and end <= block.value_start < len(block.passage.text):
            continue
        yield min(start, begin), end
        start = len(block.passage.text)


def _parted(text: str) -> Iterator[tuple[int, int]]:
    """Cut words into sentences, and one at its semicolon where only half tells of another case."""
    for begin, end in sentence_spans(text):
        middle = text.find("; ", begin, end) + 1
        halves = ((begin, middle), (middle + 1, end)) if middle else ()
        if halves and len({recalls(text[first:last].lower()) for first, last in halves}) > 1:
            yield from halves
        else:
            yield begin, end


def _is_long(title: str) -> bool:
    """Whether a heading says more than the name of a section: it is the title of the text."""
    return len(title.split()) > _SECTION_WORDS or not DIGITS.isdisjoint(title)


def _names_log(title: str) -> bool:
    """Whether a title names a text that tells everything, and no section: ``War room log``."""
    return title.lower().strip(" :").rpartition(" ")[2] in _TEXTS


_TEXTS = frozenset(
    ("log", "logbook", "diary", "journal", "timeline", "report", "update", "bulletin", "sheet")
)
"""What a text is called by, in the line above everything else."""


def _is_sentence(block: Block) -> bool:
    """Whether a line below a list is a sentence of its own, and opens no stage."""
    text = block.passage.text
    whole = text[:1].isupper() and text.endswith((".", "!", "?"))
    return whole and len(text.split()) >= _SENTENCE and not block.label_end


_SENTENCE = 6  # words


def _nesting(block: Block) -> int:
    """Give how deep an item stands: ``4.1`` and ``(a)`` below ``4.``, all in one column."""
    bare = block.marker.strip(".()")
    lettered = block.marker[-1:] == ")" and bare.isalpha()
    return block.depth * _PARTS + (_PARTS - 1 if lettered else bare.count("."))


_PARTS = 4  # most parts of a list number


def _level(block: Block) -> int:
    """Give the level of a heading: a soft one of no known topic stands below one that has."""
    words = block.passage.text
    tagged = words.startswith("[") or is_entry_head(words)
    plain = not tagged and topic_of(words) is Topic.NONE
    if block.depth == SOFT_HEADING and (plain or is_stage(words)):
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
        return label, block.passage.place_of(value)
    return block.label, block.value_start if first else 0


_LOGGED = frozenset({"created", "escalated", "status"})
"""Facts that the tag of a log entry announces: ``2026-03-04 10:00 UTC  OPENED  by phone``."""


def _is_logged(block: Block) -> bool:
    """Whether a row is the entry of a log: a date alone in its first cell, a tag, and words."""
    if len(block.cells) <= _PAIR or DIGITS.isdisjoint(block.cells[0].text):
        return False
    stamps = find_stamps(block.cells[0].text)
    return bool(stamps) and stamps[0].start == 0 and stamps[0].end == len(block.cells[0].text)


def _value_end(block: Block, words: str, *, labelled: bool) -> int:
    """Give where a statement's value ends."""
    if len(block.cells) > 1:
        value = block.cells[2 if _is_logged(block) else 1]
        return block.passage.place_of(value) + len(value.text)
    return _without_stop(words) if labelled and block.label_end else len(words)


_SHORT = frozenset(
    ("inc", "ltd", "co", "corp", "bros", "plc", "no", "st", "etc", "approx", "mio", "mrd")
)
"""Words that keep their full stop."""


def _without_stop(words: str) -> int:
    """Give where words end without their full stop; that of ``Inc.`` and ``U.S.`` is kept."""
    last = words.rsplit(maxsplit=1)[-1] if words.endswith(".") else ""
    if not last or last[:-1].lower() in _SHORT or "." in last[:-1] or len(last) < _SHORTEST:
        return len(words)
    return len(words) - 1


_SHORTEST = 4  # characters of a last word that loses its full stop
