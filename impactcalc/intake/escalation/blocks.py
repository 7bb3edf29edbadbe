"""A block: a heading, an item, a field, a table row or a stretch of text, with its lines."""

from __future__ import annotations

import enum
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from impactcalc.intake.escalation.labels import field_of, loose_label_pattern
from impactcalc.intake.escalation.passages import Passage, join, passage_of
from impactcalc.intake.escalation.sections import Topic, topic_of
from impactcalc.intake.escalation.vocabulary import DIGITS, joins_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.lines import Line


class Role(enum.Enum):
    """What a line is in the layout of the text."""

    BLANK = "blank"
    RULE = "rule"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    SPEAKER = "speaker"
    TEXT = "text"

    __hash__ = object.__hash__  # members are looked up in sets all the time; by name is slow


class Block(NamedTuple):
    """A stretch of the layout.

    Parameters
    ----------
    role
        What it is.
    passage
        Its words, without marker, over all its lines.
    depth
        Column of its first character, so that items nest; headings: their level.
    marker
        Bullet, number or checkbox as written; ``"#"`` marks for headings.
    label_end, value_start
        Where a label before ``:`` ends and the value begins; 0 when there is none.
    cells
        Cells of a table row.
    after_blank
        Whether a blank line stands before it.
    """

    role: Role
    passage: Passage
    depth: int = 0
    marker: str = ""
    label_end: int = 0
    value_start: int = 0
    cells: tuple[Passage, ...] = ()
    after_blank: bool = False

    @property
    def label(self) -> str:
        """The label in small letters; empty when there is none."""
        return " ".join(self.passage.text[: self.label_end].lower().split())

    @property
    def last_line(self) -> str:
        """The words of its last line."""
        return self.passage.text[self.passage.pieces[-1][0] :]


_RULE_MARKS = frozenset("-=_*~#+|:.\u2500\u2501\u2550 ")
SOFT_HEADING = 7
"""Level of a heading that only its words make one."""

_SHORTEST_RULE = 3
_LONG_LINE = 60  # from here on a line without a full stop goes on in the next one
_WRAPPED_LINE = 30
_LABEL_WORDS = 8
_HEADING_WORDS = 8
_CAPITALS = 4
_SPEAKER_WORDS = 5
_FEWEST_COLUMNS = 3  # two may be a label and its value
_LONGEST_TAG = 24  # of ``[Update]`` before a log entry
_PLAIN_HEADING_WORDS = 3  # a heading of so few words needs no list after it


@cache
def _marker_pattern() -> re.Pattern[str]:
    """Compile bullets, list numbers and checkboxes at the start of a line."""
    return re.compile(
        r"[ \t]*(?:(?:[-*+o>]|\u2022|\(?(?:[0-9]{1,2}|[a-zA-Z]|[ivx]{2,4})[.)]|"
        r"[0-9]{1,2}\.[0-9]{1,2}\.?)"
        r"[ \t]+)?(?:\[[ xX~/>!v-]\][ \t]+)?"
    )


@cache
def _wiki_marker() -> re.Pattern[str]:
    """Compile list marks of a wiki."""
    return re.compile(r"[#*:;]{1,6} ?")


@cache
def _label_pattern() -> re.Pattern[str]:
    """Compile a label: some words, a colon, and a blank or the end."""
    return re.compile(r"([A-Za-z0-9*](?:[^:|\n]|(?<=[0-9]):(?=[0-9])){0,69}?)[ \t]*:(?:[ \t]+|$)")


@cache
def _speaker_pattern() -> re.Pattern[str]:
    """Compile the head of a chat message: a name and a time of day, nothing else."""
    return re.compile(
        r"(?:[\w@.'() -]{2,40}?[ \t,]{1,4}\[?\(?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: "
        r"?[AaPp][Mm])?\)?\]?:?"
        r"|\[?[0-9]{1,2}[:.][0-9]{2}(?: ?[AaPp][Mm])?\]? +<?[\w@.' -]{2,40}>?:?)$"
    )


def read_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Divide a text into blocks; every line with words belongs to exactly one."""
    wiki = any(line.text.startswith("==") and line.text.endswith("==") for line in lines)
    jira = any(_is_jira_heading(line.text) for line in lines)
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        block = _block(line, following, wiki=wiki or jira)
        if block.role is Role.TEXT and _is_aligned(lines, index):
            block = _aligned_row(line)
        if index and not lines[index - 1].text.strip():
            block = block._replace(after_blank=True)
        previous = blocks[-1] if blocks else None
        if previous is not None and _continues(previous, block):
            whole = passage_of(line)
            blocks[-1] = previous._replace(passage=join((previous.passage, whole)))
        else:
            blocks.append(block)
    return tuple(_promoted(blocks))


def _block(line: Line, following: Line | None, *, wiki: bool) -> Block:
    """Tell the role of one line, with a glance at the next."""
    text = line.text
    stripped = text.strip()
    if _is_rule(stripped):
        return Block(Role.RULE, passage_of(line))
    marked = _marked_heading(line, stripped, wiki=wiki)
    if marked is not None:
        return marked
    if stripped[0] in "|!" or (stripped.count("|") > 1 and stripped[-1] == "|"):
        return _row(line)
    if following is not None and _is_underline(following.text) and not _is_underline(text):
        level = 1 if following.text.strip()[0] in "=#*\u2550" else 2
        return _with_label(Block(Role.HEADING, passage_of(line), level))
    if ":" in stripped and _is_speaker(stripped):
        return Block(Role.SPEAKER, passage_of(line))
    return _item_or_text(line, wiki=wiki)


def _marked_heading(line: Line, stripped: str, *, wiki: bool) -> Block | None:
    """Read ``== Plan ==`` of a wiki or ``## Plan`` of Markdown."""
    if wiki and not stripped.startswith("h"):
        level = len(stripped) - len(stripped.lstrip("="))
        if level == 0 or not stripped.endswith("=") or not stripped.strip("= "):
            return None
        start = line.text.index("=") + level
        return Block(Role.HEADING, passage_of(line, start, len(line.text) - level), level)
    if _is_jira_heading(stripped):
        return Block(Role.HEADING, passage_of(line, line.text.index(". ") + 1), int(stripped[1]))
    if not stripped.startswith("#") or re.match(r"#{1,6} ", stripped) is None:
        return None
    marks = stripped.split(" ", 1)[0]
    start = line.text.index("#") + len(marks)
    return Block(Role.HEADING, passage_of(line, start), len(marks), marks)


def _is_jira_heading(text: str) -> bool:
    """Whether a line opens with ``h2. ``."""
    return text.startswith("h") and text[1:2] in "123456" and text[2:4] == ". "


def _is_speaker(stripped: str) -> bool:
    """Whether a line is the head of a chat message: a short name, a time, no bullet."""
    clocked = joins_digits(stripped, ":") or joins_digits(stripped, ".")
    if not clocked or stripped[0] in "-*+\u2022>" or len(stripped.split()) > _SPEAKER_WORDS:
        return False
    return _speaker_pattern().match(stripped) is not None


def _is_rule(stripped: str) -> bool:
    """Whether a line only draws: a rule, the grid of a table."""
    return (
        len(stripped) >= _SHORTEST_RULE and _RULE_MARKS.issuperset(stripped)
    ) or stripped.startswith(("{|", "|}", "|-", "```"))


def _is_underline(text: str) -> bool:
    """Whether a line underlines the one above."""
    words = text.strip()
    return (
        len(words) >= _SHORTEST_RULE
        and words[0] in "-=~^*_#\u2500\u2550"
        and words == words[0] * len(words)
    )


def _row(line: Line) -> Block:
    """Cut a table row into cells."""
    text = line.text
    mark = "||" if "||" in text else "!!" if "!!" in text else "|"
    start = len(text) - len(text.lstrip(" |!"))
    cells: list[Passage] = []
    for piece in text[start:].rstrip(" |").split(mark):
        cells.append(passage_of(line, start, start + len(piece)))
        start += len(piece) + len(mark)
    return Block(Role.ROW, passage_of(line), cells=tuple(cells))


@cache
def _gap() -> re.Pattern[str]:
    """Compile the gap between columns."""
    return re.compile(r"[ ]{2,}|\t+")


def _is_aligned(lines: Sequence[Line], index: int) -> bool:
    """Whether a line belongs to a table of aligned columns: three or more, twice in a row."""
    words = lines[index].text.strip()
    if "  " not in words and "\t" not in words:
        return False
    columns = len(_gap().split(words))
    if columns < _FEWEST_COLUMNS:
        return False
    near = (lines[at].text.strip() for at in (index - 1, index + 1) if 0 <= at < len(lines))
    return any(len(_gap().split(text)) == columns for text in near)


def _aligned_row(line: Line) -> Block:
    """Cut a line at its wide gaps."""
    cells: list[Passage] = []
    start = len(line.text) - len(line.text.lstrip())
    for match in _gap().finditer(line.text, start):
        cells.append(passage_of(line, start, match.start()))
        start = match.end()
    cells.append(passage_of(line, start))
    return Block(Role.ROW, passage_of(line), cells=tuple(cells))


_CLOCK_OPENS = frozenset("[0123456789")


@cache
def _said() -> re.Pattern[str]:
    """Compile the head of a chat line with its message: ``[09:02] maria: ...``."""
    return re.compile(
        r"\[?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?\]?,? +(?:- )?<?[\w.@' -]{2,30}>?: +"
    )


def _item_or_text(line: Line, *, wiki: bool) -> Block:
    """Read marker, label and words of an ordinary line."""
    text = line.text
    clocked = text[0] in _CLOCK_OPENS and ":" in text[:4]
    said = _said().match(text) if clocked else None
    if said:
        return _with_label(Block(Role.TEXT, passage_of(line, said.end()), after_blank=True))
    match = _marker_pattern().match(text)
    end = match.end() if match else 0
    marker = text[:end].strip()
    depth = len(text[:end].expandtabs(4)) - len(text[:end].expandtabs(4).lstrip())
    if wiki and text[0] in "#*:;":
        wiki_match = _wiki_marker().match(text)
        end = wiki_match.end() if wiki_match else end
        marker, depth = text[:end].strip(), len(text[:end].strip()) - 1
    passage = passage_of(line, end)
    role = Role.ITEM if marker else Role.TEXT
    return _with_label(Block(role, passage, depth, marker))


def _with_label(block: Block) -> Block:
    """Note the label before a colon, if the words look like one."""
    text = block.passage.text
    match = (
        (":" in text and _label_pattern().match(text))
        or ("..." in text and _dotted().match(text))
        or _loose_label(text)
    )
    if not match or not _is_label(match[1]):
        return block
    return block._replace(label_end=match.end(1), value_start=match.end())


@cache
def _dotted() -> re.Pattern[str]:
    """Compile a label whose value stands behind a row of dots."""
    return re.compile(r"([^.]{2,40}?) ?\.{3,} ")


def _loose_label(text: str) -> re.Match[str] | None:
    """Find a known label cut off by a dash, a gap or an equals sign."""
    cuts = [at for mark in (" -", "=", "\t", "  ") if (at := text.find(mark)) > 0]
    if not cuts or not DIGITS.isdisjoint(text[: min(cuts)]):
        return None
    match = loose_label_pattern().match(text)
    if match is None:
        return None
    equals = "=" in text[match.end(1) : match.end()]
    known = field_of(match[1]) or (equals and topic_of(match[1]) is not Topic.NONE)
    return match if known else None


def _is_label(words: str) -> bool:
    """Whether words before a colon are a label and no sentence."""
    if len(words.split()) > _LABEL_WORDS or ". " in words or "http" in words:
        return False
    return words.count("(") == words.count(")")


def _continues(previous: Block, block: Block) -> bool:
    """Whether a line goes on with the block before it: a wrapped item or sentence."""
    if block.after_blank or block.role is not Role.TEXT:
        return False
    if (block.label_end and field_of(block.label)) or _is_entry(block.passage.text):
        return False
    last = previous.passage.text
    deeper = block.depth > previous.depth
    if previous.role is Role.ITEM:
        return deeper and not (block.label_end and last.endswith(":"))
    if previous.role is not Role.TEXT:
        return False
    if previous.label_end and not block.label_end and deeper:
        return True
    finished = last[-1:] in {".", "!", "?", ":", ";"} or (previous.label_end and block.label_end)
    return not finished and _is_wrapped(previous, block)


def _is_entry(text: str) -> bool:
    """Whether a line opens like an entry of a log: with a tag, a date or a time."""
    dated = text[:1] in DIGITS and re.match(r"[0-9]{1,4}[-:/.][0-9]", text) is not None
    return dated or text.startswith("[")


def _is_wrapped(previous: Block, block: Block) -> bool:
    """Whether an unfinished line is long enough to go on in the next."""
    tail = len(previous.last_line)
    small = block.passage.text[:1].islower()
    return tail >= _LONG_LINE or (small and tail >= _WRAPPED_LINE and not block.label_end)


def _promoted(blocks: list[Block]) -> list[Block]:
    """Turn lines that announce what follows into headings."""
    result: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.role is Role.TEXT and _announces(block, following):
            result.append(block._replace(role=Role.HEADING, depth=SOFT_HEADING))
        else:
            result.append(block)
    return result


def _announces(block: Block, following: Block | None) -> bool:
    """Whether a line of text is a heading: ``Plan:``, bold, capitals, or short before a list."""
    text = block.passage.text
    words = text.split()
    if len(block.passage.pieces) > 1 or len(words) > _HEADING_WORDS or following is None:
        return False
    if block.label_end:
        return block.value_start >= len(text)
    if _stands_out(block):
        return True
    if text[-1] in ".!?,;":
        return False
    lists = following.role is Role.ITEM or following.depth > block.depth
    known = topic_of(text) is not Topic.NONE
    if known and (len(words) <= _PLAIN_HEADING_WORDS or following.role is Role.ROW):
        return True
    return lists and (block.after_blank or known)


def _stands_out(block: Block) -> bool:
    """Whether a line is bold, tagged ``[Update]`` or in capitals."""
    text = block.passage.text
    raw = block.passage.pieces[0][1].raw.strip()
    if raw.startswith("**") and raw.rstrip(":").endswith("**"):
        return True
    if text[-1] in ".!?,;":
        return False
    tag = text[1 : text.find("]")] if text[0] == "[" else ""
    if 0 < len(tag) < _LONGEST_TAG and not any(character.isdigit() for character in tag):
        return True
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= _CAPITALS and all(letter.isupper() for letter in letters)
