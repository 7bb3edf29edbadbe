"""The division of a text into blocks: the role of every line."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.structure.answers import answered
from impactcalc.intake.escalation.structure.block import SOFT_HEADING, Block, Role
from impactcalc.intake.escalation.structure.entries import read_entries
from impactcalc.intake.escalation.structure.headings import run_in
from impactcalc.intake.escalation.structure.joining import continues, hanging, promoted, with_label
from impactcalc.intake.escalation.structure.passages import join, passage_of
from impactcalc.intake.escalation.structure.rows import in_table, is_rule, row_of
from impactcalc.intake.escalation.structure.speakers import SPEAKING, is_speaker_head
from impactcalc.intake.escalation.structure.upright import upright
from impactcalc.intake.escalation.words.entry_states import is_entry_head
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.vocabulary import joins_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.entry import Entry
    from impactcalc.intake.escalation.text.lines import Line


_SHORTEST_RULE = 3
_SPEAKER_WORDS = 5
_LONGEST_HEAD = 48  # characters of a name and a time
_CLOCK_LENGTH = 6  # characters in which a time of day stands
_PART_NUMBER = 4  # characters in which the number of a part begins: "12.3"
_FEWEST_COLUMNS = 3  # two may be a label and its value


@cache
def _marker_pattern(*, plain: bool) -> re.Pattern[str]:
    """Compile bullets, list numbers and checkboxes at the start of a line.

    Plain: without quoting angles and the numbers of parts, which compiles in half the time.
    """
    return re.compile(
        r"[ \t]*(?:\u2022(?=\w)|-(?=[A-Z][a-z]+ )|"
        rf"(?:{'' if plain else _ANGLE}"
        r"[-*+o~\u2022\u00bb\u203a\u2192]|#?\.|--|[-=]>|"
        r"\(?(?:[0-9]{1,2}|[a-zA-Z]|[ivx]{2,4}|[IVX]{2,4})[.)]|"
        r"\[[0-9]{1,2}\][.:]?(?![ \t]+(?:[0-9]{4}-|[0-9]{1,2}[:.][0-9]{2}))"  # no numbered entry
        rf"{'' if plain else _PART})"
        r"[ \t]+)?(?:(?:\[[ xX~/>!?voO-]\]|\([ xX~-]\))[ \t]+)?"
    )


_ANGLE = r">(?! ?[0-9.]+ ?(?:h|hours?|d|days?|wks?|weeks?)\b)|"
_PART = (
    r"|[0-9]{1,2}\.[0-9]{1,2}(?:\.[1-9]\b(?=\.?[ \t]+[A-Za-z(]))?\.?"
    r"(?![ \t]+(?:[mb]illion|thousand|m?s|min|h|hours|days|seconds|"
    r"Uhr|[AaPp]\.?[Mm]\b|UTC|CET|minutes|per ?cent|[%$\u20ac\u00a3]))"
)


def _marker(text: str, start: int = 0) -> re.Match[str] | None:
    """Find the mark that opens a line, or what stands behind a place in it."""
    bare = text[start:].lstrip(" \t")
    plain = bare[:1] != ">" and not joins_digits(bare[:_PART_NUMBER], ".")
    return _marker_pattern(plain=plain).match(text, start)


@cache
def _wiki_marker() -> re.Pattern[str]:
    """Compile list marks of a wiki."""
    return re.compile(r"[#*:;]{1,6} ?")


@cache
def _speaker_pattern() -> re.Pattern[str]:
    """Compile the head of a chat message: a name and a time of day, nothing else."""
    return re.compile(
        r"(?:[\w@.'() -]{2,40}?[ \t,]{1,4}\[?\(?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: "
        r"?[AaPp][Mm])?(?: (?:UTC|GMT|[BCEJP][DES]?T))?\)?\]?:?"
        r"|\[?[0-9]{1,2}[:.][0-9]{2}(?: ?[AaPp][Mm])?\]? +<?[\w@.' -]{2,40}>?:?)$"
    )


def read_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Divide a text into blocks; every line with words belongs to exactly one."""
    worded = [line.text for line in lines if line.text]
    wiki = any(
        text.startswith("==") and text.endswith("==") and text.strip("= ") for text in worded
    )
    jira = any(map(_is_jira_heading, worded)) or _has_hash_lists(lines)
    semicolons = _has_semicolons(worded)
    heads = _comma_heads(worded)
    entries = read_entries(lines)
    longest = max(map(len, worded), default=0)
    widest = 0  # of a chat: characters of its longest line
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        entry = entries.get(index)
        previous = blocks[-1] if blocks else None
        start = hanging(lines, index, previous) if entry is None and previous is not None else 0
        if entry is None:
            block = _block(line, following, wiki=wiki or jira)
            block = block if start else in_table(block, lines, index)
        else:
            block = _of_entry(line, entry)
        if semicolons and ";" in line.text.strip(" ;"):
            block = row_of(line, ";")
        elif heads and line.text.count(",") == heads:
            block = row_of(line, ",")
        if index and not lines[index - 1].text.strip():
            block = block._replace(after_blank=True)
        if previous is not None and _goes_on_in_wiki(lines, index, previous, block):
            cells = (*previous.cells, *block.cells)
            whole = join((previous.passage, block.passage))
            blocks[-1] = previous._replace(passage=whole, cells=cells)
        elif (
            previous is not None
            and (start or continues(previous, block))
            and not _ends_message(previous, line, widest)
            and not _heads_list(previous, block, following, longest)
        ):
            whole = passage_of(line, start)
            blocks[-1] = previous._replace(passage=join((previous.passage, whole)))
        else:
            blocks.append(block)
            if block.role is Role.SPEAKER:
                widest = widest or longest
    return tuple(answered(promoted(list(run_in(upright(blocks))))))


def _goes_on_in_wiki(lines: Sequence[Line], index: int, previous: Block, block: Block) -> bool:
    """Whether a row of a wiki's table has its next cell on the next line: ``| Alder``."""
    if not (block.role is previous.role is Role.ROW) or len(block.cells) > 1:
        return False
    own, above = lines[index].text.strip(), lines[index - 1].text.strip()
    opens = {own[:1], above[:1]} <= {"|", "!"}
    return opens and above[:2] not in _DRAWN and "|" not in own[1:] + above[1:].strip("|")


_DRAWN = frozenset({"|-", "|+", "|}"})


def _ends_message(previous: Block, line: Line, widest: int) -> bool:
    """Whether a line of a chat ended where its writer ended it: the next word had room there.

    Parameters
    ----------
    previous, line
        The line and the one below it.
    widest
        Characters of the longest line of the chat; 0 outside of one.
    """
    if not widest or previous.role is not Role.TEXT or previous.entry is not None:
        return False
    return len(previous.last_line) + 1 + len(line.text.split(None, 1)[0]) <= widest


def _heads_list(previous: Block, block: Block, following: Line | None, longest: int) -> bool:
    """Whether a few words that had room above name the section of what stands deeper below."""
    words = block.passage.text.split()
    if following is None or len(words) > _FEW_WORDS or topic_of(block.passage.text) is Topic.NONE:
        return False
    deeper = len(following.text) - len(following.text.lstrip()) > block.depth
    return deeper and len(previous.last_line) + 1 + len(words[0]) <= longest


_FEW_WORDS = 3  # of a plain heading
_NUMBERING = frozenset("([0123456789")


def _of_entry(line: Line, entry: Entry) -> Block:
    """Make a block of the words of an entry; its time and speaker are no part of them."""
    end = len(line.text.rstrip(" |")) if line.text.lstrip()[:1] == "|" else None
    start = entry.start
    numbered = (
        line.text[start : start + 1] in _NUMBERING or line.text[start + 1 : start + 3] == ". "
    )
    if entry.topic is Topic.PLAN and numbered:
        mark = _marker(line.text, start)  # "PLAN  1) Relief, ..."
        start = mark.end() if mark else start
    block = Block(Role.TEXT, passage_of(line, start, end), after_blank=True, entry=entry)
    if entry.label_end:
        return block._replace(label_end=entry.label_end, value_start=entry.value_start)
    return block if entry.told else with_label(block)


def _block(line: Line, following: Line | None, *, wiki: bool) -> Block:
    """Tell the role of one line, with a glance at the next."""
    text = line.text
    stripped = text.strip()
    if line.level or is_rule(stripped):
        return Block(Role.HEADING if line.level else Role.RULE, passage_of(line), line.level)
    marked = _marked_heading(line, stripped, wiki=wiki)
    if marked is None and (
        stripped[0] in "|!" or (stripped.count("|") > 1 and stripped[-1] == "|")
    ):
        marked = _parameter(line) or row_of(line)
    if marked is not None:
        return marked
    drawn = following is not None and _is_underline(following.text) and not _signed(text)
    if drawn and following is not None and not _is_underline(text):
        level = 1 if following.text.strip()[0] in "=#*\u2550" else 2
        return with_label(Block(Role.HEADING, passage_of(line), level))
    if ":" in stripped and _opens_message(stripped, following):
        return Block(Role.SPEAKER, passage_of(line))
    deeper = following is not None and following.text.startswith(" ") and text[:1] != " "
    if deeper and is_entry_head(stripped):
        return Block(Role.HEADING, passage_of(line), SOFT_HEADING)
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


def _has_hash_lists(lines: Sequence[Line]) -> bool:
    """Whether ``# `` marks the items of lists: right below each other, or below a bold line."""
    return any(
        below.text.startswith("# ") and (above.text.startswith("# ") or _is_bold(above.raw))
        for above, below in pairwise(lines)
    )


def _is_bold(raw: str) -> bool:
    """Whether a line stands between single stars, as trackers write what is bold."""
    words = raw.strip()
    return len(words) > _SHORTEST_RULE and words[0] == words[-1] == "*" and words[1].isalnum()


def _opens_message(stripped: str, following: Line | None) -> bool:
    """Whether a line with a colon is the head of a chat message."""
    if _is_speaker(stripped) and not _is_logged(stripped, following):
        return True
    return following is not None and bool(following.text.strip()) and is_speaker_head(stripped)


def _is_logged(stripped: str, following: Line | None) -> bool:
    """Whether a time and words are an entry of a log: the next line opens with a time, too."""
    if stripped[0] not in _CLOCK_OPENS or stripped[-1] == ":" or following is None:
        return False
    below = following.text.strip()
    return below[:1] in _CLOCK_OPENS and joins_digits(below[:_CLOCK_LENGTH], ":")


def _is_speaker(stripped: str) -> bool:
    """Whether a line is the head of a chat message: a short name, a time, no bullet."""
    clocked = joins_digits(stripped, ":") or joins_digits(stripped, ".")
    if not clocked or stripped[0] in "-*+\u2022>" or len(stripped.split()) > _SPEAKER_WORDS:
        return False
    name = stripped.partition(" ")[0].lower().rstrip(".:")
    if field_of(name) and name not in SPEAKING:
        return False  # "Received .... 4 May 2026, 10:00"
    return _speaker_pattern().match(stripped) is not None


def _is_underline(text: str) -> bool:
    """Whether a line underlines the one above."""
    words = text.strip()
    return (
        len(words) >= _SHORTEST_RULE
        and words[0] in "-=~^*_#\u2500\u2550"
        and words == words[0] * len(words)
    )


_FEWEST_FIELDS = 4  # lines ``label;value`` that make a text a table


def _has_semicolons(worded: Sequence[str]) -> bool:
    """Whether a text is a table with semicolons: ``Ticket;INC-7`` and more lines like it."""
    heads = [head for text in worded for head, mark, _ in (text.partition(";"),) if mark]
    known = (
        head
        for head in heads
        if len(head) < _LONGEST_HEAD and ":" not in head and "=" not in head and field_of(head)
    )
    return len(list(islice(known, _FEWEST_FIELDS))) == _FEWEST_FIELDS


def _parameter(line: Line) -> Block | None:
    """Read a parameter of a wiki's template: ``| customer = Alder Foods``."""
    start = len(line.text) - len(line.text.lstrip(" |"))
    name, equals, _ = line.text[start:].partition("=")
    if not equals or "|" in line.text[start:] or not name.strip().replace("_", "a").isalnum():
        return None
    return with_label(Block(Role.TEXT, passage_of(line, start)))


def _comma_heads(worded: Sequence[str]) -> int:
    """Count the commas of a line that names three facts or more: the head of a table."""
    for text in worded:
        cells = text.split(",") if text.count(",") > 1 else ()
        if len(cells) >= _FEWEST_COLUMNS and all(map(field_of, cells)):
            return len(cells) - 1
    return 0


_CLOCK_OPENS = frozenset("[0123456789")


@cache
def _field_list() -> re.Pattern[str]:
    """Compile a field between colons."""
    return re.compile(r":[A-Z][^:]{0,38}:(?: |$)")


_SIGNS = frozenset(
    "\u2705\u2611\u2714\u2713\u274c\u2717\u2718\u23f3\u231b\u2610\u2b1c\u25d0\u25d1\u2612"
)


def _signed(text: str) -> bool:
    """Whether a sign of state opens a line: it is an item of a list."""
    return text.lstrip()[0] in _SIGNS


def _item_or_text(line: Line, *, wiki: bool) -> Block:
    """Read marker, label and words of an ordinary line."""
    text = line.text
    if text[0] == ":" and not wiki and _field_list().match(text):  # ":Ticket: 4711"
        return with_label(Block(Role.TEXT, passage_of(line, 1), after_blank=True))
    match = _marker(text)
    end = match.end() if match else 0
    marker = text[:end].strip()
    depth = len(text[:end].expandtabs(4)) - len(text[:end].expandtabs(4).lstrip())
    if wiki and text[0] in "#*:;":
        wiki_match = _wiki_marker().match(text)
        end = wiki_match.end() if wiki_match else end
        marker = text[:end].strip()
        # A definition stands below its term.
        depth = len(marker) - 1 + marker.endswith(":")
    passage = passage_of(line, end)
    role = Role.ITEM if marker or (not text.lstrip()[:1].isascii() and _signed(text)) else Role.TEXT
    return with_label(Block(role, passage, depth, marker))
