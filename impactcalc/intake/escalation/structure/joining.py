"""The joints between lines: what goes on in the next line, and what announces it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.running import event_of
from impactcalc.intake.escalation.figures.windows import find_span, is_all_window
from impactcalc.intake.escalation.structure.block import SOFT_HEADING, Block, Role
from impactcalc.intake.escalation.structure.topics import announces_plan, ends_in_window
from impactcalc.intake.escalation.words.entry_states import is_entry_head
from impactcalc.intake.escalation.words.labels import field_of, loose_label_pattern
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.verbs import WORK
from impactcalc.intake.escalation.words.vocabulary import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.text.lines import Line

_LONG_LINE = 60  # from here on a line without a full stop goes on in the next one
_WRAPPED_LINE = 30
_LABEL_WORDS = 8
_HEADING_WORDS = 8
_CAPITALS = 4
_LONGEST_TAG = 24  # of ``[Update]`` before a log entry
_PLAIN_HEADING_WORDS = 3  # a heading of so few words needs no list after it


@cache
def _label_pattern() -> re.Pattern[str]:
    """Compile a label: some words, a colon, and a blank or the end."""
    return re.compile(r"([A-Za-z0-9*](?:[^:|\n]|(?<=[0-9]):(?=[0-9])){0,69}?)[ \t]*:(?:[ \t]+|$)")


def with_label(block: Block) -> Block:
    """Note the label before a colon, if the words look like one."""
    text = block.passage.text
    match = (
        (is_assignment(text) and _assigned().match(text))
        or (":" in text and _label_pattern().match(text))
        or (".." in text and _dotted().match(text))
        or ("? " in text and _question().match(text))
        or (
            text[:1] in _BRACKETS
            and (found := _bracketed().match(text))
            and field_of(found[1])
            and found
        )
        or _emphasised(block)
        or _loose_label(text)
    )
    if not match or not _is_label(match[1]):
        return block
    if match[1][-1] == "?" and not field_of(match[1]):
        return block  # a question that asks for no fact
    return block._replace(label_end=match.end(1), value_start=match.end())


def labelled(words: str) -> str:
    """Give the words before the first colon, if they look like a label; empty when not."""
    match = _label_pattern().match(words)
    return match[1] if match else ""


def inner_label(sentence: str) -> tuple[str, int, int] | None:
    """Find a known label that opens a sentence behind others: ``... P2. State: On hold.``.

    Returns
    -------
    tuple or None
        The label in small letters, and where its value begins and ends.
    """
    if ":" not in sentence[:_LONGEST_INNER] or not sentence[:1].isupper():
        return None
    match = _label_pattern().match(sentence)
    label = " ".join(match[1].lower().split()) if match else ""
    if match is None or not _is_label(match[1]) or not field_of(label):
        return None
    return label, match.end(), len(sentence.rstrip(". "))


_LONGEST_INNER = 48  # characters of a label within a paragraph
_BRACKETS = frozenset('[:"')


def _emphasised(block: Block) -> re.Match[str] | None:
    """Find a known label that only its emphasis parts from its value: ``**Customer** Alder``."""
    line = block.passage.pieces[0][1]
    if line.origin is None or "*" not in line.raw:
        return None
    marked = _strong().search(line.raw)
    if marked is None or not field_of(marked[1]):
        return None
    return re.match(rf"({re.escape(marked[1])}) +(?:- +)?(?=\S)", block.passage.text)


@cache
def _strong() -> re.Pattern[str]:
    """Compile what opens a line in emphasis."""
    return re.compile(r"^[ \t>-]{0,8}\*{1,3}([A-Za-z][A-Za-z _]{1,39})\*{1,3} ")


@cache
def _bracketed() -> re.Pattern[str]:
    """Compile a known label in brackets, colons or quotes: ``[Ticket] LF-7``, ``:Ticket: LF-7``."""
    return re.compile(
        r"[\[:\"] ?([A-Za-z][A-Za-z _]{1,39})(?:\]:?|:|\" ?:) +(?=[^\s0-9]|[0-9](?!\d{3}-))"
    )


def is_assignment(words: str) -> bool:
    """Whether words set a field as programs write it: ``short_description=Queue is full``."""
    name, equals, value = words.partition("=")
    if not equals or (value[:1].isdigit() and words.endswith(".")):
        return False  # "status=200 came back for most calls."
    return name.isidentifier() and name.islower() and name.isascii()


@cache
def _assigned() -> re.Pattern[str]:
    """Compile the name of a field before an equals sign."""
    return re.compile(r"([a-z_][a-z0-9_]*)=\s*")


@cache
def _question() -> re.Pattern[str]:
    """Compile a question whose answer stands behind it: ``Who is affected? 90 clerks``."""
    return re.compile(r"([A-Z][A-Za-z' ]{1,39}\?) +(?=\S)")


@cache
def _dotted() -> re.Pattern[str]:
    """Compile a label whose value stands behind a row of dots."""
    return re.compile(r"([^.](?:[^.]|\.(?=[ A-Za-z0-9])){1,39}?)(?: ?\.{3,} ?| \.\. )")


def _loose_label(text: str) -> re.Match[str] | None:
    """Find a known label cut off by a dash, a gap or an equals sign."""
    cuts = [at for mark in (" -", "=", "\t", "  ", "|", " > ") if (at := text.find(mark)) > 0]
    if not cuts or not DIGITS.isdisjoint(text[: min(cuts)]):
        return None
    match = loose_label_pattern().match(text)
    if match is None:
        return None
    equals = "=" in text[match.end(1) : match.end()]
    if equals and text.endswith(".") and text[match.end()] in DIGITS:
        return None  # a sentence that opens with an equation
    known = field_of(match[1]) or (equals and topic_of(match[1]) is not Topic.NONE)
    return match if known else None


def _is_label(words: str) -> bool:
    """Whether words before a colon are a label and no sentence."""
    if (
        len(re.sub(r"\([^()]*\)", "", words).split()) > _LABEL_WORDS
        or (". " in words and not field_of(words))
        or "http" in words
    ):
        return False
    return words.count("(") == words.count(")")


def continues(previous: Block, block: Block) -> bool:
    """Whether a line goes on with the block before it: a wrapped item or sentence."""
    if block.after_blank or block.role is not Role.TEXT or _is_columned(block, previous):
        return False
    if _opens_anew(block) or not _may_go_on(previous, block):
        return False
    last = previous.passage.text
    deeper = block.depth > previous.depth
    if previous.role is Role.ITEM:
        announced = (block.label_end and last.endswith(":")) or _is_section(previous, block)
        return deeper and not announced
    columned = _gap_inside(block.passage.text)
    if previous.label_end and not block.label_end and deeper and not columned:
        return previous.value_start < len(last) or topic_of(previous.label) is not Topic.PLAN
    amid = last.endswith(":") and ". " in last and block.passage.text[:1].islower()
    finished = last[-1:] in {".", "!", "?", ":", ";"} and not amid
    finished = finished or bool(previous.label_end and block.label_end)
    return not finished and _is_wrapped(previous, block)


def _opens_anew(block: Block) -> bool:
    """Whether a line opens with something that begins a block: a known label, a tag, a key."""
    known = bool(block.label_end) and bool(field_of(block.label))
    text = block.passage.text
    head, gap, _ = text.partition("  ")
    timed = bool(gap) and (span := find_span(head)) is not None and is_all_window(head, span)
    timed = timed or (text[:1] == "+" and text[1:2].isdigit())  # "+4 h to +9 h mend it"
    return known or timed or is_assignment(text) or _is_entry(text)


def _may_go_on(previous: Block, block: Block) -> bool:
    """Whether a block may have more lines: in the same mail, and no mere window of a stage."""
    if previous.role not in {Role.ITEM, Role.TEXT}:
        return False
    quoted = block.passage.pieces[0][1].quoted
    if quoted != previous.passage.pieces[-1][1].quoted:
        return False  # an answer below what it quotes
    if block.depth > previous.depth and _is_window_line(previous):
        return False
    said = previous.passage.text
    bare = said[-1:] == ":" or 0 < previous.label_end <= len(said) <= previous.value_start
    return not ((block.depth < previous.depth or bare) and _is_window_line(block))


def _is_window_line(block: Block) -> bool:
    """Whether a line is the window of a stage and no more: ``- by tonight``, ``Repair (4-8 h)``."""
    text = block.passage.text.rstrip(" :-")
    if len(block.passage.pieces) > 1 or not 0 < len(text) <= _LONGEST_WINDOW:
        return False
    opening = text.find(" (")
    if ends_in_window(text) and len(text[:opening].split()) < _PLAIN_HEADING_WORDS:
        return True
    name, comma, rest = text.partition(", ")
    if comma and len(name.split()) < _PLAIN_HEADING_WORDS:
        text = rest  # "Prevent, from the second week on"
    span = find_span(text) or event_of(text)
    return span is not None and is_all_window(text, span)


_LONGEST_WINDOW = 48  # characters


def _is_section(item: Block, block: Block) -> bool:
    """Whether a numbered line heads the one below it: by capitals, or it ended before the edge."""
    words, first = item.passage.text, block.passage.text[:1]
    if words.isupper() and sum(map(str.isalpha, words)) > _CAPITALS and item.marker[:1].isalnum():
        return True
    titled = item.marker[:1].isdigit() and len(words) < _WRAPPED_LINE and words[-1:].isalnum()
    return titled and (first.isupper() or (first.isdigit() and topic_of(words) is not Topic.NONE))


@cache
def _empty_cells() -> re.Pattern[str]:
    """Compile the empty columns of a row that goes on with the one above."""
    return re.compile(r"[ \t]*\|[ \t]*(?:\|[ \t]*){1,4}(?=[^\s|])")


def hanging(lines: Sequence[Line], index: int, previous: Block) -> int:
    """Tell whether a line goes on with the entry above it, below whose words it stands.

    Returns
    -------
    int
        Where its words begin; 0 when it does not go on.
    """
    entry, text = previous.entry, lines[index].text
    if entry is None or previous.passage.pieces[-1][1] is not lines[index - 1]:
        return 0
    own = previous.passage.text
    few = own[-1:] == ":" or len(own.split()) <= _PLAIN_HEADING_WORDS
    if few and topic_of(own) is not Topic.NONE:
        return 0  # "plan agreed" announces what stands below
    if entry.topic is Topic.PLAN and ":" in text and find_span(text.partition(":")[0]) is not None:
        return 0  # the next stage of the plan
    empty = _empty_cells().match(text) if text.lstrip()[:1] == "|" else None
    if empty is not None:
        return empty.end()
    indent = len(text) - len(text.lstrip())
    words = text[indent:]
    beneath = indent > 1 and abs(indent - entry.start) <= 1 and words[:1].isalnum()
    small = indent > 1 and words[:1].islower() and previous.passage.text[-1:] not in ":.!?"
    listed = re.match(r"[a-z0-9]{1,2}[.)] ", words) is not None
    return indent if (beneath or small) and not listed else 0


def _is_columned(block: Block, previous: Block) -> bool:
    """Whether a line and the one above it have a wide gap: entries of a list in two columns."""
    if _dashed(block.passage.text) and _dashed(previous.last_line):
        return True
    if not _gap_inside(previous.last_line):
        return False
    fields = bool(previous.label_end) and block.depth <= previous.depth
    return fields or _gap_inside(block.passage.text)


def _dashed(words: str) -> bool:
    """Whether a dash near its beginning parts a line in two: ``Within 3 days - move it``."""
    return 0 < words.find(" - ") < _WRAPPED_LINE


def _gap_inside(words: str) -> bool:
    """Whether a tabulator or several blanks stand between the words of a line."""
    return "   " in words or "\t" in words


def _is_entry(text: str) -> bool:
    """Whether a line opens like an entry: with a tag, a date, a code as ``D1``, a key."""
    dated = text[:1] in DIGITS and _number().match(text) is not None
    coded = text[1:2] in DIGITS and re.match(r"[A-Z][0-9]{1,2}[.):]? +\w", text) is not None
    keyed = (
        0 < text.find("=") < _LONG_LINE and re.match(r"[a-z][\w.]{1,40}=(?!=)", text) is not None
    )
    return dated or coded or keyed or text.startswith("[")


@cache
def _number() -> re.Pattern[str]:
    """Compile a date, a time or the number of a clause; ``4.5 seconds`` and ``99.9%`` are none."""
    unit = r"(?:%|(?:m?s|min|h|sec|hours?|minutes?|seconds?|per ?cent|[mb]illion|k|m|bn)\b)"
    return re.compile(rf"(?![0-9]+\.[0-9]+ ?{unit})[0-9]{{1,4}}[-:/.][0-9]")


def _is_wrapped(previous: Block, block: Block) -> bool:
    """Whether an unfinished line is long enough to go on in the next."""
    tail = len(previous.last_line)
    small = block.passage.text[:1].islower()
    if previous.depth == block.depth > 0 and _orders(previous) and _orders(block):
        return False
    return tail >= _LONG_LINE or (small and tail >= _WRAPPED_LINE and not block.label_end)


def _orders(block: Block) -> bool:
    """Whether a line opens with what is to be done, as each of a list without bullets."""
    return block.passage.text.partition(" ")[0].lower() in WORK


def promoted(blocks: list[Block]) -> list[Block]:
    """Turn lines that announce what follows into headings."""
    result: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.role is Role.TEXT and _announces(block, following):
            result.append(block._replace(role=Role.HEADING, depth=SOFT_HEADING))
        elif following is not None and (cut := _announcement(block, following)):
            result.append(block._replace(passage=block.passage.part(0, cut)))
            announced = Block(Role.TEXT, block.passage.part(cut), SOFT_HEADING)
            result.append(with_label(announced)._replace(role=Role.HEADING))
        else:
            result.append(block)
    return result


def _announcement(block: Block, following: Block) -> int:
    """Find the last sentence of a text that announces the list below it: ``... Plan agreed:``.

    Returns
    -------
    int
        Where it begins; 0 when there is none.
    """
    text = block.passage.text
    if block.role is not Role.TEXT or text[-1:] != ":":
        return 0
    cut = max(text.rfind(mark, 0, len(text) - 1) for mark in (". ", "! ", "? ", "- "))
    last = text[cut + 2 :]
    listed = following.role is Role.ITEM or following.depth > block.depth
    if not listed and topic_of(last) is not Topic.PLAN:
        return 0
    known = len(last.split()) <= _HEADING_WORDS and topic_of(last) is not Topic.NONE
    return cut + 2 if cut > 0 and known else 0


def _announces(block: Block, following: Block | None) -> bool:
    """Whether a line of text is a heading: ``Plan:``, bold, capitals, or short before a list."""
    text = block.passage.text
    words = text.split()
    if len(block.passage.pieces) > 1 or following is None or len(words) > _HEADING_WORDS:
        return following is not None and announces_plan(block, following)
    if block.label_end:
        return block.value_start >= len(text)
    if (block.entry is None and _stands_out(block)) or is_entry_head(text):
        return True
    if text[-1] in ".!?,;" and not (text[-1] == "?" and following.role is Role.ITEM):
        return False
    lists = following.role is Role.ITEM or following.depth > block.depth
    known = topic_of(text) is not Topic.NONE
    own = block.after_blank and block.entry is None
    few = len(words) <= _PLAIN_HEADING_WORDS or (own and following.after_blank)
    if known and (few or following.role is Role.ROW):
        return True
    return lists and (own or known or ends_in_window(text))


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
