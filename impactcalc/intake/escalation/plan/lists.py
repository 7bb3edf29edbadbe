"""A plan in a list: headings of stages with items below them, and lines that are stages."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.windows import find_span, may_state_hours
from impactcalc.intake.escalation.plan.cells import cells_at_bars, steps_of_entry
from impactcalc.intake.escalation.plan.clauses import steps_in
from impactcalc.intake.escalation.plan.columns import names_time
from impactcalc.intake.escalation.plan.heads import (
    behind_code,
    behind_heading,
    head_of,
    heads_flat_text,
    is_no_stage,
    is_window,
)
from impactcalc.intake.escalation.plan.stages import (
    Action,
    Head,
    PlannedStage,
    action_of,
    add_stage,
    add_step,
    box_of,
    leading_mark,
    split_actions,
    stage_of,
)
from impactcalc.intake.escalation.plan.steps import (
    Step,
    behind_label,
    name_before_action,
    read_step,
    step_of_cells,
)
from impactcalc.intake.escalation.plan.titles import STATE_PHRASES, may_name, tidy
from impactcalc.intake.escalation.plan.triples import strung_triples, triple_of
from impactcalc.intake.escalation.structure.block import Block, Role
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.verbs import is_work
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.passages import Passage


_YEAR = 4  # digits
_NAME_WORDS = 5
_NO_OPENING = word_set("we the this that it they a an i our all there here no so as for")
"""Words that open a remark and no action."""


class Lists:
    """Gathers the stages of a list while its blocks go by.

    Parameters
    ----------
    named
        Whether a heading calls the list a plan: then a stage may have no window.
    """

    def __init__(self, *, named: bool) -> None:
        self.stages: list[PlannedStage] = []
        self._named = named
        self._head: Head | None = None
        self._depth = 0
        self._level = 0  # of the open heading
        self._column = 0  # where its words begin
        self._floor = 0
        self._actions: list[Action] = []
        self._numbered = False  # whether the open heading has a number
        self._stepped = False  # whether the last stage stood on one line
        self._term: Block | None = None  # the line right above, if it may name the next stage
        self._flat = False  # whether its actions stand below it without bullets
        self._bulleted = False  # whether the last of them had a bullet

    def enter(self, block: Block, following: Block | None) -> None:
        """Take a block: the heading of a stage, a step, or an action of the stage above."""
        assigned = behind_label(block.passage) if "=" in block.passage.text else None
        if assigned is not None or block.role is Role.ROW:
            step = assigned or step_of_cells(block.cells)
            if step is None and self._add_row(block):
                return
            for one in [step] if step is not None else _tagged_steps(block):
                self._add_lone(one, block)
            return
        block = behind_code(behind_heading(block))
        steps = steps_of_entry(block.passage) if self._is_logged(block) else []
        steps = steps or self._triples(block, following)
        for one in steps:
            self._add_lone(one, block)
        if steps or self._opens(block, following):
            self._term = None
            return
        self._term = block if self._is_term(block, following) else None
        if self._flat and self._is_child(block):
            self._add(block)
        else:
            self._enter_line(block, following)

    def _add_row(self, row: Block) -> bool:
        """Add the task of a row below the heading of a stage: ``OPS-7   Done   Drain the node``."""
        orders = [cell for cell in row.cells if is_work(cell.text.partition(" ")[0].lower())]
        orders = [cell for cell in orders if " " in cell.text]
        if self._head is None or self._head.span is None or len(orders) != 1:
            return False
        self._actions.append(action_of(orders[0])._replace(mark=_state_cell(row.cells)))
        return True

    def _triples(self, block: Block, following: Block | None) -> list[Step]:
        """Read a line of a plan that holds name, window and action, or several such stages."""
        inside = self._is_inside(block)
        heads = following is not None and following.depth > block.depth
        if inside or heads or block.role not in {Role.ITEM, Role.TEXT}:
            return []
        if not self._named and not may_state_hours(block.passage.text):
            return []  # asked for its price: a huge text has thousands of such lines
        strung = strung_triples(block.passage)
        one = None if strung else triple_of(block.passage)
        found = strung or ([one] if one is not None else [])
        if self._named:
            return found
        return found if all(map(_orders_in_hours, found)) else []

    def _is_logged(self, block: Block) -> bool:
        """Whether a block is the entry of a log whose tag calls it a plan."""
        return self._named and block.entry is not None and not block.label_end

    def _opens(self, block: Block, following: Block | None) -> bool:
        """Open a stage if a block is the heading of one."""
        below = self._is_inside(block)
        if block.role is Role.HEADING and block.depth <= self._level:
            below = False  # it stands beside the heading that is open
        found = head_of(block, following, inside=below)
        if found is not None and found.span is None and below and self._has_windows():
            return False  # what an action has below it explains it
        if found is None or not (self._named or found.span is not None):
            return False
        if not self._named and found.rest is not None and _has_year(found.passage.text):
            return False  # "Postscript, 14 January 2027: ..."
        if found.rest is not None and _goes_on_in_sentences(found.rest.text):
            return False
        if found.rest is not None and self._named and len(steps_in(block.passage, loose=True)) > 1:
            return False  # "0-2 h: cut it, 2-12 h: clear it"
        end = name_before_action(found.rest.text) if found.rest and not found.name else 0
        if found.rest is not None and end:  # "[0-2 h] Contain: stop it"
            found = found._replace(name=found.rest.written(0, end), rest=found.rest.part(end + 1))
        if found.name is None and self._term is not None:
            found = found._replace(name=tidy(self._term.passage.written()))
        self._open(found, block)
        self._flat = following is not None and heads_flat_text(block, following)
        return True

    def _is_term(self, block: Block, following: Block | None) -> bool:
        """Whether a line of few words names the stage whose window stands deeper below it."""
        if block.role not in {Role.TEXT, Role.HEADING} or following is None:
            return False
        few = len(block.passage.text.split()) <= _NAME_WORDS
        if few and names_time(following.label):
            return not block.label_end
        column = 0 if block.role is Role.HEADING else block.depth
        below = 0 if following.role is Role.HEADING else following.depth
        return few and below > column and is_window(following.passage.text)

    def _enter_line(self, block: Block, following: Block | None) -> None:
        """Take a line: a stage of its own, or what is done in the stage above."""
        below = self._is_inside(block)
        timed = self._head is not None and self._head.span is not None
        steps = _steps_of(block, inside=below and timed, named=self._named)
        if steps and not self._named and self._is_aside(steps[0], following):
            return
        if steps:
            self.close()
            self._stepped = block.role in {Role.ITEM, Role.TEXT}
            for step in steps:
                add_step(self.stages, step, block.marker)
        elif self._is_sibling(block):
            self._add_sibling(block)
        elif self._bulleted and _heads_others(block, following):
            self._open_beside(block, following)
        elif self._head is not None and self._is_child(block):
            self._add(block)

    def _open_beside(self, block: Block, following: Block | None) -> None:
        """Close the stage that is open; open one without window where the line stands beside it."""
        beside = self._named and self._has_windows() and block.depth == self._column
        above = self._head.name if self._head is not None else None
        name = _name_above(block, following) if beside else ""
        self.close()
        if name and not (name[:1].islower() and (above or name)[:1].isupper()):
            self._open(Head(name, None, block.passage, None), block)

    def _is_aside(self, step: Step, following: Block | None) -> bool:
        """Whether what no heading calls a plan has a date, before all hours or in full: ``7.4``."""
        dated = _has_year(step.title.text)
        if not step.span.calendar or dated or self._has_windows():
            return step.span.calendar and dated
        after = read_step(following.passage) if following is not None else None
        return after is None or after.span.calendar

    def _is_inside(self, block: Block) -> bool:
        """Whether a block stands below the open heading: deeper, or a bullet below its number."""
        bullet = block.role is Role.ITEM and not block.marker[:1].isalnum()
        beside = self._numbered and bullet and block.depth == self._depth
        return self._head is not None and (block.depth > self._depth or beside)

    def _has_windows(self) -> bool:
        """Whether the open stage has a window, or one before it."""
        own = self._head is not None and self._head.span is not None
        return own or any(stage.earliest or stage.latest for stage in self.stages)

    def _is_child(self, block: Block) -> bool:
        """Whether a line stands below the open stage: a bullet, or a deeper line of text."""
        if block.role is Role.ITEM:
            rested = self._head is not None and self._head.rest is not None
            return not rested or block.depth > self._depth
        timed = self._head is not None and (self._head.span is not None or self._flat)
        if block.role is not Role.TEXT or not timed or block.label_end:
            return False
        if self._bulleted and (block.after_blank or block.depth <= self._floor):
            return False  # what follows the list
        if not (block.passage.text[:1].isalpha() or leading_mark(block.passage.text)[0]):
            return self._is_next_number(block)
        plain = block.passage.text.partition(" ")[0].lower() not in _NO_OPENING
        if self._flat and block.depth == self._depth and not block.after_blank:
            return not is_window(block.passage.text)
        return block.depth > max(0, self._depth) or (self._depth < 0 and self._named and plain)

    def _is_next_number(self, block: Block) -> bool:
        """Whether a deeper line opens with the number of the next action: ``2 sample it``."""
        number, blank, _ = block.passage.text.partition(" ")
        return bool(blank) and block.depth > self._depth and number == str(len(self._actions) + 1)

    def _is_sibling(self, block: Block) -> bool:
        """Whether a line has no window where the ones beside it have: ``Some day: move it``."""
        begun = self.stages or self._head is not None
        if not (self._named and block.label_end and begun and _may_stand_beside(block)):
            return False
        level = block.depth <= self._depth if self._head is not None else True
        rested = self._head is None or self._head.rest is not None
        words = block.passage.text[: block.label_end].split()
        return level and rested and self._stepped and len(words) <= _NAME_WORDS

    def _add_sibling(self, block: Block) -> None:
        """Add a stage that has a name and no window."""
        rest = block.passage.part(block.value_start)
        if not rest.text:
            return
        self.close()
        title = block.passage.part(0, block.label_end)
        self.stages.append(
            stage_of(Head(tidy(title.written()), None, title, None), [*split_actions(rest)])
        )

    def _add_lone(self, step: Step, block: Block) -> None:
        """Add the stage of a line or table row that needs no heading."""
        if self._named or not step.span.calendar:
            self.close()
            add_step(self.stages, step, block.marker, _state_cell(block.cells))

    def close(self) -> None:
        """Finish the stage that is open."""
        if self._head is not None:
            add_stage(self.stages, stage_of(self._head, self._actions))
        self._head, self._actions, self._flat, self._bulleted = None, [], False, False

    def _open(self, head: Head, block: Block) -> None:
        """Begin a stage."""
        self.close()
        number = f"{len(self.stages) + 1} "  # a list number without its dot
        if head.name is not None and self.stages and head.name.startswith(number):
            head = head._replace(name=tidy(head.name[len(number) :]))
        self._head = head
        self._stepped = head.rest is not None and block.role is not Role.HEADING
        self._depth = block.depth if block.role is not Role.HEADING else -1
        self._numbered = block.marker[:1].isdigit()
        self._level = block.depth if block.role is Role.HEADING else 0
        self._column = block.column
        told = split_actions(head.rest) if head.rest else ()
        self._actions = [one._replace(mark=one.mark or box_of(block.marker)) for one in told]
        self._floor = 0

    def _add(self, block: Block) -> None:
        """Add an action; what stands deeper than the first one explains it."""
        if not self._actions:
            self._floor = block.depth
        if self._floor <= block.depth <= max(self._floor, self._depth + 1):
            words = block.passage
            counted = block.role is Role.TEXT and self._is_next_number(block)
            words = words.part(words.text.index(" ")) if counted else words
            one = [action_of(words, block.marker)]
            self._bulleted = block.role is Role.ITEM
            self._actions.extend(one if self._bulleted else split_actions(words))


def _heads_others(block: Block, following: Block | None) -> bool:
    """Whether a line without bullet stands in the column of bullets, and heads others."""
    if block.role is not Role.TEXT or following is None or following.role is not Role.ITEM:
        return False
    few = len(block.passage.text.split()) <= _NAME_WORDS and block.passage.text[-1:] not in ".!?"
    return few and block.depth <= following.depth


def _name_above(block: Block, following: Block | None) -> str:
    """Give what a line without window calls the actions that stand deeper below it: ``Later``."""
    first = following.passage.text.partition(" ")[0].lower() if following is not None else ""
    name = tidy(block.passage.written()) or ""
    deeper = following is not None and following.depth > block.depth
    named = deeper and may_name(name) and topic_of(name) is Topic.NONE
    return name if named and is_work(first) else ""


def _orders_in_hours(step: Step) -> bool:
    """Whether a step has hours, and opens with a verb of work: it needs no heading of a plan."""
    return not step.span.calendar and is_work(step.action.text.partition(" ")[0].lower())


def _may_stand_beside(block: Block) -> bool:
    """Whether a line may be a stage without window: an item, or a label that tells of a time."""
    if block.role is Role.ITEM:
        return True
    timed = block.label.partition(" ")[0] in _TIME_OPENS
    return timed and block.role is Role.TEXT and not block.after_blank


_TIME_OPENS = word_set("at in on by with during before after until from once when for towards")


def _has_year(title: str) -> bool:
    """Whether a date in full stands in a title."""
    words = (word.strip(",.;:()") for word in title.split())
    return any(len(word) == _YEAR and word.isdigit() for word in words)


def _goes_on_in_sentences(rest: str) -> bool:
    """Whether the next sentence opens with a window of its own: ``... Within 3 days: ...``."""
    head, colon, _ = rest.partition(". ")[2][:_LONGEST_OPENING].partition(": ")
    return bool(colon) and find_span(head) is not None


_LONGEST_OPENING = 48  # characters of a window that opens a sentence


def _tagged_steps(row: Block) -> list[Step]:
    """Read what stands behind the tag of a log entry: ``22:20 | PLAN | Relief 0-2 h: stop it``."""
    tags = [number for number, cell in enumerate(row.cells) if topic_of(cell.text) is Topic.PLAN]
    if not tags or tags[0] + 1 >= len(row.cells):
        return []
    start = row.passage.place_of(row.cells[tags[0] + 1])
    return steps_in(row.passage.part(start), loose=True)


def _state_cell(cells: Sequence[Passage]) -> str:
    """Give the cell of a row that tells a state: ``[DONE]``, ``in progress``."""
    words = [cell.text.strip("[] ").lower() for cell in cells]
    return next((word for word in words if word in STATE_PHRASES), "")


def _steps_of(block: Block, *, inside: bool, named: bool) -> list[Step]:
    """Read a line that holds both window and action, unless it is an action of a stage."""
    if inside or block.role not in {Role.ITEM, Role.TEXT} or is_no_stage(block.passage.text):
        return []
    passage = block.passage.part(leading_mark(block.passage.text)[1])
    code = _code().match(passage.text) if passage.text[1:2].isdigit() else None
    if code is not None:
        passage = passage.part(code.end())
    drawn = step_of_cells(cells_at_bars(passage)) if " | " in passage.text else None
    if drawn is not None and drawn.name is not None and not drawn.span.calendar:
        return [drawn]  # "Contain | 0-2 h | stop it"
    listed = named and (block.role is Role.ITEM or code is not None)
    told = steps_in(passage, loose=True) if named else []
    if len(told) > 1:
        return told if listed else []  # sentences are read as such
    step = read_step(passage)
    if step is not None and step.span.calendar and field_of(block.label):
        return []  # "State: Open" is no window
    if step is not None and not (
        block.role is Role.TEXT and step.span.calendar and not step.title.text
    ):
        return [step]
    return told if listed else []


@cache
def _code() -> re.Pattern[str]:
    """Compile the code of a line in minutes: ``D1 ``, ``A2: ``."""
    return re.compile(r"[A-Z][0-9]{1,2}[.):]? +(?:- )?")
