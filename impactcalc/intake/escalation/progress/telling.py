"""What one statement tells of actions: its clauses, and the states that they share."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.dates import find_stamps
from impactcalc.intake.escalation.plan.legends import state_of_mark
from impactcalc.intake.escalation.plan.stages import box_of, leading_mark
from impactcalc.intake.escalation.progress.asking import asks, asks_on
from impactcalc.intake.escalation.progress.group import Group, share_states
from impactcalc.intake.escalation.progress.matching import Matcher
from impactcalc.intake.escalation.progress.preparations import is_preparation
from impactcalc.intake.escalation.progress.quantifiers import ORDER
from impactcalc.intake.escalation.progress.report_clauses import Clause, clauses
from impactcalc.intake.escalation.progress.selection import Selector
from impactcalc.intake.escalation.progress.supposing import cited_spans, idle_spans
from impactcalc.intake.escalation.states.reach import reach_of
from impactcalc.intake.escalation.states.said import denies, has_digits
from impactcalc.intake.escalation.states.shares import are_all_there, tells_some_units, whole_of
from impactcalc.intake.escalation.states.state_labels import mark_in, state_label, trailing_mark
from impactcalc.intake.escalation.states.state_words import EFFECTS
from impactcalc.intake.escalation.states.states import State, state_of
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from impactcalc.intake.escalation.plan.stages import Action, PlannedStage
    from impactcalc.intake.escalation.progress.totals import Totals
    from impactcalc.intake.escalation.structure.statements import Statement


_TAKEN_UP = frozenset({"it", "this", "that", "both", "these", "they", "all", "them"})


def _takes_up(words: str) -> bool:
    """Whether the subject of a clause was named before."""
    back = not _TAKEN_UP.isdisjoint(words.replace("'", " ").split())
    return back and _pronoun().match(words) is not None


def _names_nothing(words: str) -> bool:
    """Whether a clause is nothing but a state, of whatever was asked for: ``both done``."""
    return _takes_up(words) or state_label(words) is not None


@cache
def _pronoun() -> re.Pattern[str]:
    """Compile a clause whose subject was named before: ``it has finished``, ``both are done``."""
    return re.compile(
        r"(?:and |but |now |then |since then |meanwhile )*(it|this|that|that one|this one|both|"
        r"all [0-9]+|(?:all|half|most|some|one|two|three|[0-9]+) of (?:them|these|it)|"
        r"both of them|these two|they both)(?: is|'s| was| has| have| are| were| will| took|"
        r" finished| completed| went| ran| runs| started| only| still| now)\b"
    )


_ONES = tuple(f"the {word} one" for word in ("first", "second", "third", "last", "other", "final"))
_AWAITING = ("waits for", "waiting for", "waits until", "waiting until", "blocked by", "held up by")
_THE_WORK = (" the work has ", " the work is ", " work has not ")
"""Words for what was named before: "it is written; on your system the work has not begun"."""
_OF_LAST = ("which ", "that one ", "this one ", "it ", "they ", "these ", "those ")
"""How a clause takes up what the one before left out: "all but the cache, which is pending"."""
_TAKEN_BACK = ("scratch that", "strike that", "my mistake", "that was wrong", "forget that")
"""Words that take back what was said right before."""
_NEAR = 24  # columns in which a list mark stands


_SPEAKER = 2  # statements up to the next one behind the name of its speaker
_ANSWERS = 2  # statements after a question in which its answer stands


class Teller:
    """Reads statements one after another; keeps what was spoken of before.

    Parameters
    ----------
    stages
        The plan.
    numbers
        The list numbers that stand in the plan.
    legend
        What signs stand for in this text.
    totals
        How many things there are of a kind.
    """

    def __init__(
        self,
        stages: Sequence[PlannedStage],
        numbers: Mapping[int, tuple[Action, ...]],
        legend: Mapping[str, State | None],
        totals: Totals,
    ) -> None:
        self._legend = legend
        self._totals = totals
        self._matcher = Matcher([action for stage in stages for action in stage.actions])
        self._selector = Selector(stages, numbers)
        self._asked: tuple[Action, ...] = ()
        self._last: tuple[Action, ...] = ()
        self._order = -1
        self._told: set[int] = set()
        self._patience = 0
        self._near = False  # whether the last actions were named in the statement before
        self._parts: dict[float, tuple[Action, ...]] = {}  # by the number of all their things
        self._parted = False  # whether the last state was that of a part

    def ask(self, actions: Sequence[Action]) -> None:
        """Note the actions that the next statement answers."""
        self._asked = tuple(actions)
        self._patience = 1

    def read(self, statement: Statement) -> Iterator[tuple[Action, State, bool]]:
        """Give action, state, and whether a whole stage was meant, for all that is told."""
        if asks(statement):  # it tells nothing, but the answer will
            self._asked = ()
            self._note_question(statement, self._groups(statement))
            return
        groups = self._groups(statement)
        share_states(groups)
        told: dict[int, tuple[Action, State, bool]] = {}
        for group in groups:
            state = group.state
            if state is None or (group.whole and state is State.IN_PROGRESS and group.actions[1:]):
                continue
            for action in group.actions:
                told.setdefault(id(action), (action, state, group.whole))
        yield from told.values()
        self._note(statement, groups, told)

    def _note(
        self,
        statement: Statement,
        groups: Sequence[Group],
        told: Mapping[int, tuple[Action, State, bool]],
    ) -> None:
        """Keep what the next statement may speak of."""
        self._told.update(told)
        if told or self._patience == 0:
            self._asked = ()
        self._patience -= 1
        if groups:
            self._last = tuple(dict.fromkeys(action for one in groups for action in one.actions))
            self._order = statement.order
            self._parted = any(group.state is State.IN_PROGRESS for group in groups)

    def _note_question(self, statement: Statement, groups: Sequence[Group]) -> None:
        """Keep what a question asks for; what it does not name, is what was spoken of before."""
        named = tuple(action for group in groups for action in group.actions)
        topic = self._matcher.topic(statement.lower) if not named else None
        if topic is not None:
            named = (topic,)
        elif not named and asks_on(statement):
            named = self._last
        self._asked = self._last = named
        self._order = statement.order
        self._patience = _ANSWERS

    def _groups(self, statement: Statement) -> list[Group]:
        """Read clause by clause; one without a subject speaks of the action before it."""
        mark, start = leading_mark(statement.text)
        tail, stop = trailing_mark(statement.text)
        shown = (
            state_of_mark(mark or tail, self._legend) if mark or tail else self._boxed(statement)
        )
        aside = re.match(r"\([a-z ]{2,20}\) ", statement.lower)  # "(thumbs up) it is off"
        start = max(start, aside.end() if aside else 0)
        opening = [stamp.end for stamp in find_stamps(statement.text) if stamp.start <= start + 1]
        groups: list[Group] = self._of_marker(statement)
        crossed = self._is_crossed(statement)
        listed = _heading_state(statement)
        gap = 1 if statement.said is None else _SPEAKER
        idle = [] if self._matcher.quotes(statement.lower) else cited_spans(statement.text)
        if not asks(statement):
            idle.extend(idle_spans(statement.text))
        self._near = statement.order <= self._order + gap
        for clause in clauses(statement.text, max([start, *opening]), stop):
            if any(begin < clause.end - 1 and clause.begin < end for begin, end in idle):
                continue
            words = statement.lower[clause.begin : clause.end]
            if groups and shown and "would " in words:
                continue  # ":x: not before noon, it would lock the doors"
            if holds(words, _TAKEN_BACK):
                groups.clear()
                continue
            labels = _labels(statement.text, clause.end)
            label = state_label(words)
            if label is not None and (
                statement.text[clause.end : clause.end + 1] == ":"
                or words.rstrip().endswith((" are", " is"))
            ):
                listed = label
                continue
            group = self._subject(words, clause, groups, labels=labels)
            if group is None:
                continue
            if not groups or groups[-1] is not group:
                groups.append(group)
            sign = mark_in(statement.lower[clause.end : clause.end + _NEAR])
            self._say(group, clause, words, sign or shown, labels=labels)
            if clause.depends and not any(group.states) and _to_do().search(words):
                group.states[-1] = State.NOT_STARTED
            group.listed = group.listed or listed
            group.doubted = group.doubted or crossed
        return groups

    def _is_crossed(self, statement: Statement) -> bool:
        """Whether a dash stands in the checkbox of an item, and no legend tells what it means."""
        return box_of(statement.block.marker) == "[-]" and "[-]" not in self._legend

    def _boxed(self, statement: Statement) -> State | None:
        """Give the state that the checkbox of a list item shows."""
        box = box_of(statement.block.marker)
        first = statement.passage.pieces[0][2] < _NEAR
        if not box or not first:
            return None
        state = state_of_mark(box, self._legend)
        empty = box == "[ ]" and box not in self._legend and statement.topic is Topic.STATUS
        return State.NOT_STARTED if empty else state

    def _of_marker(self, statement: Statement) -> list[Group]:
        """Read ``2) done``: a list number stands for its action, where nothing else does."""
        marker = statement.block.marker.strip("().[] ")
        if not marker.isdigit() or statement.passage.pieces[0][2] > _NEAR:
            return []
        state = state_label(statement.text.partition(",")[0])
        chosen = self._selector.of_number(int(marker)) if state is not None else ()
        if not chosen:
            return []
        group = Group(chosen, "", whole=True)
        group.listed = state
        return [group]

    def _subject(
        self, words: str, clause: Clause, groups: Sequence[Group], *, labels: bool
    ) -> Group | None:
        """Give the group of actions that a clause speaks of."""
        if groups and (words.lstrip().startswith(_AWAITING) or holds(f" {words}", _THE_WORK)):
            return groups[-1]  # "the merge is not begun, waits for the split"
        excepted = groups[-1].without if groups and words.lstrip().startswith(_OF_LAST) else ""
        left = self._matcher.match(excepted)[0] if excepted else None
        here = {id(action) for one in groups for action in one.actions if one.state is not None}
        opens = not groups or clause.joint.strip()[:1] in {".", ";"}
        ordinal = labels and words.strip() in ORDER
        chosen = self._selector.select(
            f"the {words.strip()}" if ordinal else words,
            self._told | here,
            groups[-1].actions if groups else self._last if self._near else (),
            lambda named: self._matcher.match(named)[0],
            first=not groups,
        )
        # "test clients: the last one is blocked"
        part = bool(groups) and not groups[-1].whole and holds(words, _ONES)
        rest = chosen.rest and not self._rest_is_of_plan(groups)
        if left is None and chosen.actions and not (rest or part):
            if clause.joint.strip() == ":" and _holds_all(chosen.actions, groups[-1:]):
                return groups[-1]  # "Hardening: none of the items has begun"
            return Group(chosen.actions, clause.joint, whole=True, without=chosen.without)
        before = " ".join(groups[-1].clauses[-1:]) if groups else None
        action, sure = (left, True) if left else self._matcher.match(words, before)
        if action is None and labels and opens:
            action, sure = self._matcher.topic(words), True
        labelled = bool(groups) and groups[-1].labelled and not opens
        # "the queue is being drained, 24 of 64 pages are through"
        counted = clause.joint.strip() == "," and words.lstrip()[:1].isdigit()
        again = counted and id(action) in self._told
        if labelled or (
            groups and action is not None and (again or groups[-1].actions == (action,))
        ):
            return groups[-1]  # "Rebalancing: pending driver upgrade"
        if action is not None:
            labelled = sure and labels and opens
            return Group((action,), clause.joint, sure=sure, labelled=labelled)
        return groups[-1] if groups else self._recalled(words)

    def _recalled(self, words: str) -> Group | None:
        """Give the group that a clause without a subject of its own takes up."""
        words = words.strip()
        back = self._last if self._near and _takes_up(words) else ()
        asked = self._asked if len(self._asked) == 1 or _names_nothing(words) else ()
        told_of = self._parts.get(whole_of(words) or 0, ()) if words.startswith("all ") else ()
        subjects = told_of or asked or (back if len(back) == 1 or words.startswith("both") else ())
        return Group(subjects, "") if subjects else None

    def _rest_is_of_plan(self, groups: Sequence[Group]) -> bool:
        """Whether ``the rest`` means other actions, and no part of the one before."""
        if groups:
            return groups[-1].whole or len({one for g in groups for one in g.actions}) > 1
        return not self._parted

    def _say(
        self, group: Group, clause: Clause, words: str, shown: State | None, *, labels: bool
    ) -> None:
        """Add what a clause says of a group."""
        known = self._matcher.stems_of(group.actions[0]) if len(group.actions) == 1 else []
        first = not group.clauses
        said = words.replace(group.without, " ") if group.without else words
        state = shown or state_of(said, known, sure=not group.sure or any(group.states))
        if state is State.DONE and not shown and len(group.actions) == 1:
            reach = reach_of(self._totals.with_all(said), group.actions[0].text.lower())
            group.doubted = group.doubted or reach is None
            state = reach or state
        if state is None:
            state = self._outcome(group, said, known)
        if state is State.DONE and not shown and tells_some_units(group.actions[0].text, said):
            state = State.IN_PROGRESS
        told = state is State.DONE or (state is State.NOT_STARTED and "open" in words)
        if told and not shown and is_preparation(words, known):
            state = None
        if clause.joint == " nor " and state is not None and not shown:
            state = State.NOT_STARTED  # "neither the pool nor the decoder has been touched"
        if state is State.NOT_STARTED and known and denies(said, known[0]):
            group.denied = True
        if state is not None and not shown and labels and not has_digits(words):
            state = None  # "Throttling imports: not started"
        if first and state is not None and known and not shown:
            group.leads = self._opens_with_state(words)
        whole = whole_of(words) if state is State.IN_PROGRESS else None
        if whole is not None:
            self._parts[whole] = group.actions
        group.states.append(state)
        group.clauses.append(words)

    def _outcome(self, group: Group, words: str, known: Sequence[str]) -> State | None:
        """Give the state of a group whose result is told, or of which all is where it goes."""
        if are_all_there(words) and group.actions == self._parts.get(whole_of(words) or 0):
            return State.DONE
        if not known or any(group.states):
            return None
        from impactcalc.intake.escalation.states.results import result_holds

        return result_holds(words, group.actions[0].text)

    def _opens_with_state(self, words: str) -> bool:
        """Whether a clause tells the state before it names the action."""
        if holds(words, _WHO_DOES) and _we_did().match(words):
            return True
        parts = words.split()
        head = " ".join(parts[: max(1, len(parts) // 2)])
        return self._matcher.match(head)[0] is None and state_of(head, []) is not None


def _holds_all(actions: Sequence[Action], groups: Sequence[Group]) -> bool:
    """Whether actions are those of a whole stage and more."""
    chosen = set(map(id, actions))
    return any(one.whole and chosen > set(map(id, one.actions)) for one in groups)


@cache
def _to_do() -> re.Pattern[str]:
    """Compile what somebody is going to do."""
    return re.compile(r"\b(?:we|they|will|'ll|can|is|are)\b")


_WHO_DOES = ("we ", "we'", "they ", "they'", "i ", "i'", "team", "engineering", "support", "op")


@cache
def _we_did() -> re.Pattern[str]:
    """Compile a clause whose subject are those who do the work: ``we have restarted``."""
    return re.compile(
        r"(?:so far|today|yesterday|meanwhile|already|now|and|in the meantime)*,? ?(?:we|they|i|"
        r"the team|engineering|support|ops|operations)(?:'ve| have| has| had)? "
        r"(?:already |now |also )?(?!are |is |will |would |want|could |must |need)[a-z]+"
    )


def _heading_state(statement: Statement) -> State | None:
    """Give the state that the heading of a list tells: ``Done``, ``Still open``."""
    if not statement.headings or not EFFECTS.isdisjoint(statement.words):
        return None
    return state_label(statement.headings[-1])


_STATE = 80  # characters of a state behind a label


def _labels(text: str, end: int) -> bool:
    """Whether what ends here is the label of a state behind it: ``Split the table: running``."""
    rest = text[end : end + _STATE]
    mark = re.match(r": +| ?\.{3,} ?| \| ", rest)
    if mark is None:
        return False
    said = re.split(r"[.;] ", rest[mark.end() :].lower())[0]
    return state_of(said, []) is not None or state_label(said) is not None or "%" in said
