"""A group of neighbouring clauses about the same actions, and the state that they give together."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.shares import nothing_is_left, without_last_part
from impactcalc.intake.escalation.states.state import State
from impactcalc.intake.escalation.states.state_words import EFFECTS
from impactcalc.intake.escalation.words.vocabulary import holds, word_set
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.plan.stages import Action


_REST = (
    *("the rest", "remaining", "remainder", "the other", "second half"),
    *("follow", "still missing", "to come", "to go", "is missing", "are missing", " left", "yet"),
    *("outstanding", "pending", "tomorrow", "tonight", "next", "open", "still", "to do"),
)


@cache
def _rest_follows() -> re.Pattern[str]:
    """Compile words that say that a part is still missing."""
    return re.compile(
        r"\b(?:the rest|remaining|remainder|the others?|second half)\b|\bfollows?\b|\bto follow\b"
        r"|\b(?:still|is|are) missing\b|\b(?:is|are|comes?) next\b|\bto come\b|\bto go\b|"
        r"\b[0-9a-z]+ (?:are |is )?left\b(?! (?:the|its|our)\b)|"
        r"\b(?:still|[0-9]+) (?:to (?:do|be [a-z]+)|outstanding|pending|open)\b|"
        r"\b(?:not yet|pending|outstanding|tomorrow|tonight|next (?:week|month)|still open)$"
    )


_AGREEING = word_set("yes yep yeah ok okay sure")
_VERBAL = word_set(
    "is are was were has have had been be being will shall would can could may might must should "
    "do does did took takes went goes runs ran needs remains waits"
)


_BEGUN = (
    *("started", "began", "begun", "commenced", "kicked off", "was being", "were being"),
    "was still",
)
"""Words of work that went on before a later clause may end it."""


class Group:
    """What a statement says of some actions in neighbouring clauses.

    Parameters
    ----------
    actions
        The actions.
    joint
        What joins it to the clause before.
    sure
        Whether there is no doubt that it speaks of them.
    whole
        Whether they were named by number, order or stage.
    without
        Words that leave actions out, which tell nothing of the state.
    labelled
        Whether its first clause is the label of what follows.

    Attributes
    ----------
    states, clauses
        What each clause says, and its words.
    listed
        The state of the list that it stands in.
    leads
        Whether the state stands before the action.
    denied
        Whether a clause denies the action's own verb.
    doubted
        Whether what is done may be a part, or not the work of anybody.
    """

    def __init__(  # noqa: PLR0913 - how it was found is known to the reader only
        self,
        actions: Sequence[Action],
        joint: str,
        *,
        sure: bool = True,
        whole: bool = False,
        without: str = "",
        labelled: bool = False,
    ) -> None:
        self.actions = tuple(actions)
        self.joint = joint
        self.sure = sure
        self.whole = whole
        self.without = without
        self.labelled = labelled
        self.states: list[State | None] = []
        self.clauses: list[str] = []
        self.listed: State | None = None
        self.leads = False
        self.denied = False
        self.doubted = False

    @property
    def is_bare(self) -> bool:
        """Whether it only names its actions."""
        words = set(re.findall(r"[a-z]+", " ".join(self.clauses)))
        return words.isdisjoint(_VERBAL) and words.isdisjoint(EFFECTS)

    @property
    def state(self) -> State | None:
        """The state that its clauses give together; none where it is done beyond no doubt."""
        state = self._together()
        return None if self.doubted and state is State.DONE else state

    def _together(self) -> State | None:
        """Give the state that its clauses give together."""
        told = [place for place, state in enumerate(self.states) if state is not None]
        if len(told) > 1 and self.clauses[told[0]].strip(" ,.") in _AGREEING:
            del told[0]  # "yes, calling them now"
        at = told[0] if told else -1
        if at < 0:
            return self.listed
        if self.states[at] is State.DONE:
            return self._unless_taken_back(at)
        if self.states[at] is State.NOT_STARTED:
            return self._unless_outdone(at)
        begun = holds(self.clauses[at], _BEGUN)
        if begun and self.states[-1] is State.DONE and self.states[at] is State.IN_PROGRESS:
            return State.DONE  # "the upgrade, which we started on Monday, is finished"
        rest_done = any(
            state is State.DONE and _opens_with_rest(clause)
            for state, clause in zip(self.states[at + 1 :], self.clauses[at + 1 :], strict=True)
        )
        return State.DONE if rest_done else self.states[at]

    def _unless_taken_back(self, at: int) -> State | None:
        """Give what the clauses after a done one leave of it."""
        if self.denied:
            return State.NOT_STARTED
        first = self.clauses[at]
        if _ends_badly().search(self.clauses[-1]):
            return None
        for clause in self.clauses[at + 1 :]:
            worth = _worth_behind(clause)
            if worth is not None:
                return worth.state
        may_be = holds(first, ("in ", "on ", "for ", "at ", "of "))
        of_part = may_be and _of_part().search(first) is not None
        for state, clause in zip(self.states[at + 1 :], self.clauses[at + 1 :], strict=True):
            other = _corrected(state, clause, of_part=of_part)
            if other is not None:
                return other
        part = holds(first, _REST) and not nothing_is_left(first)
        part = part and _rest_follows().search(without_last_part(first)) is not None
        one = not self.whole and _first_of().match(first)
        return State.IN_PROGRESS if part or one else State.DONE

    def _unless_outdone(self, at: int) -> State | None:
        """Give what the clauses around one that tells of no start make of it."""
        clause = self.clauses[at]
        if at and _opens_with_rest(clause):
            return State.IN_PROGRESS  # "it is on two hosts, the others follow tonight"
        said = [state for state in self.states if state is not None]
        return said[-1] if _was_planned(clause) else said[0]


class _Worth(NamedTuple):
    """What a clause leaves of a done one before it: a state, or nothing."""

    state: State | None


def _worth_behind(clause: str) -> _Worth | None:
    """Give what a clause leaves of what is done before it; None where it leaves it as it is."""
    if _is_undone(clause) or _spoils().search(clause) or _is_number().fullmatch(clause):
        return _Worth(None)
    if " work has not " in clause or _is_none().fullmatch(clause):
        return _Worth(State.NOT_STARTED)  # "it is written; on your system the work has not begun"
    part = _leaves_out().match(clause) or _is_share().fullmatch(clause)
    return _Worth(State.IN_PROGRESS) if part else None


def _is_undone(clause: str) -> bool:
    """Whether a clause says that what was done is no longer so: ``and withdrawn again``."""
    if not holds(clause, ("withdrawn", "rolled back", "reverted", "undone", "backed out")):
        return False
    return not holds(clause, ("not ", "if ", "can be", "never ", "old ", "previous "))


@cache
def _leaves_out() -> re.Pattern[str]:
    """Compile a clause that takes something from what is done: ``bar node 6``."""
    return re.compile(
        r"\W{0,8}(?:and |but )?(?:bar|except|excluding|apart from|other than|save for|without the|"
        r"not (?:yet |so |those )?(?:everywhere|in|on|for|at|from|to|of|all)|minus|partly|"
        r"partially|mostly|largely|in part|so far only|only (?:in|on|for|at|the))\b"
    )


@cache
def _is_share() -> re.Pattern[str]:
    """Compile a clause that is nothing but a part: ``about a quarter``, ``most of them``."""
    return re.compile(
        r"\W{0,4}(?:(?:about|around|roughly|nearly|almost|approximately|over|only) )?(?:half|most|"
        r"some|few|several|many|(?:a|one|two|three) (?:half|third|quarter|fifth|few)s?)"
        r"(?: of (?:them|it|these|those))?\W*"
    )


@cache
def _ends_badly() -> re.Pattern[str]:
    """Compile a last clause that says that it is no longer so: ``restarted by mistake``."""
    return re.compile(
        r"\b[a-z]+ed by (?:mistake|accident)\b|\b(?:broken|down|failing|lost|stuck|wrong) again\b"
    )


@cache
def _is_none() -> re.Pattern[str]:
    """Compile a clause that counts nothing behind its label: ``: 0``."""
    return re.compile(
        r"\W{0,4}(?:0|zero|nil|none|no|never|not (?:a single )?one)(?: yet| so far)?\W*"
    )


@cache
def _is_number() -> re.Pattern[str]:
    """Compile a clause that only counts behind its label, which may be all or a part: ``: 40``."""
    return re.compile(r"\W{0,4}[0-9][0-9,.]*\W*")


@cache
def _spoils() -> re.Pattern[str]:
    """Compile a clause that makes what is done worthless: ``but wrongly``, ``failed again``."""
    return re.compile(
        r"\b(?:wrongly|incorrectly|in vain|to no avail|not really|without success|"
        r"unsuccessfully|(?:must|has to|have to|needs? to) be (?:repeated|redone|done again)|"
        r"(?:has |have |then )?failed (?:again|at|after|with|on)|broke (?:again|down)|"
        r"(?:some|several|one|two|few|[0-9]+) (?:[a-z]+ )?(?:hung|crashed|failed|did not))\b"
    )


def _opens_with_rest(clause: str) -> bool:
    """Whether a clause speaks of the part that was missing: ``the other half was done today``."""
    return (
        re.match(
            r"\W{0,8}(?:the )?(?:rest|others?|remain(?:ing|der)?|last|"
            r"(?:those|the ones) (?:for|of|in|at))\b",
            clause,
        )
        is not None
    )


@cache
def _first_of() -> re.Pattern[str]:
    """Compile the begin of a clause about one of several things: ``first gateway upgraded``."""
    return re.compile(r"\W{0,8}(?:the )?first (?!of |half )[a-z]+ ")


@cache
def _of_part() -> re.Pattern[str]:
    """Compile where or for what something is done: ``in the north``, ``for May``."""
    return re.compile(r"\b(?:in|on|for|at|of) (?:the )?(?!all|every|place|time|full|noon)[a-z]")


def _was_planned(clause: str) -> bool:
    """Whether a clause tells a plan of the past, which a later clause may outdo."""
    return re.search(r"\b(?:was|were) (?:planned|scheduled|due|booked|to)\b", clause) is not None


def _corrected(state: State | None, clause: str, *, of_part: bool) -> State | None:
    """Give what a clause makes of a done action: a part is missing, or only the rehearsal is over.

    Parameters
    ----------
    state, clause
        What a later clause says, and its words.
    of_part
        Whether the done one may speak of a part: ``live in the west``.

    Returns
    -------
    State or None
        None where it stays done.
    """
    if state is State.IN_PROGRESS and _is_tried().match(clause):
        return state
    words = frozenset(re.findall(r"[a-z]+", clause))
    if len(words) > _PART or not words.isdisjoint(_CHECKS) or nothing_is_left(clause):
        return None
    if state is State.NOT_STARTED and not words.isdisjoint(_GOING_LIVE):
        return State.NOT_STARTED
    elsewhere = state is State.NOT_STARTED and clause.rstrip(" .!").endswith(_ELSEWHERE_NOT)
    follows = holds(clause, _REST) and _rest_follows().search(clause) is not None
    lacks = state is not State.DONE and (_last_waits().match(clause) or _misses().fullmatch(clause))
    if elsewhere or follows or lacks:
        return State.IN_PROGRESS  # "the east gate is updated, the north gate is not"
    if state is None or state is State.DONE or _opens_with_work(clause):
        return None
    counted = re.match(r"\W{0,8}[0-9]{1,9}(?![0-9])[^a-z]{0,40}(?:of|/)", clause) is not None or (
        len(words) < _FEW and "%" in clause
    )
    shared = (
        counted
        or _opens_with_rest(clause)
        or holds(clause, ("second", "other"))
        or not words.isdisjoint(_GOING_LIVE)
    )
    return State.IN_PROGRESS if of_part or shared else None


@cache
def _misses() -> re.Pattern[str]:
    """Compile a clause that names what is missing: ``Narvik excepted``."""
    return re.compile(r"\W{0,4}(?:[a-z0-9-]+ ){1,4}(?:excepted|excluded|missing|left out)\W*")


@cache
def _last_waits() -> re.Pattern[str]:
    """Compile a clause about the last of several things: ``the last one is due at six``."""
    return re.compile(
        r"\W{0,8}(?:the )?last (?:ones?|two|three|few|part|batch|of them)\b.*\b(?:due|will|waits?|"
        r"follows?|planned|scheduled|expected|tomorrow|tonight|next|not|still|to be|pending|open)\b"
    )


_ELSEWHERE_NOT = (" is not", " are not", " was not", " were not", " has not", " have not")


@cache
def _is_tried() -> re.Pattern[str]:
    """Compile a clause without a subject that says that the last step goes on: ``being tested``."""
    return re.compile(
        r"\W{0,8}(?:(?:now|currently|still|it is|is|are) )*(?:being (?:tested|reviewed|checked)\b|"
        r"(?:in|under) (?:code |peer )?(?:review|test|testing)\b)"
    )


def _opens_with_work(clause: str) -> bool:
    """Whether a clause speaks of other work: ``cleaning of old versions continues``."""
    first = clause.split(maxsplit=1)[:1]
    return bool(first) and first[0].endswith(("ing", "ation"))


_PART = 9  # words of a clause that tells what is missing


_FEW = 3  # words beside a figure of which none tells of anything else
_CHECKS = word_set(
    "confirmed verified tested informed notified updated documented communicated approved reported "
    "checked results result report findings customer monitoring verification confirmation "
    "documentation billing vendor we"
)


_GOING_LIVE = word_set(
    "deployment rollout production release execution installation live switchover cutover go-live "
    "deployed released activation"
)


def share_states(groups: Sequence[Group]) -> None:
    """Let actions that are only named share the state of those beside them."""
    for before, group in pairwise(groups):
        if (
            group.state is None
            and group.is_bare
            and group.joint.strip(" ") in {",", "and", ", and", "nor"}
        ):
            group.listed = before.state if before.leads else None
            group.leads = before.leads
    for after, group in pairwise(reversed(groups)):
        joined = after.joint.strip() in {"and", ", and", "nor"} or (
            after.joint.strip() == "," and after.listed is not None and after.is_bare
        )
        if group.state is None and group.is_bare and joined and not after.leads:
            group.listed = after.state
