"""The plan's stages as the scenario file writes them: windows, states, actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Assumption
from impactcalc.intake.document import Node, mapping, sequence, text
from impactcalc.intake.escalation.states.states import State
from impactcalc.intake.escalation.written import duration_text
from impactcalc.units.dimension import DAY, HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactcalc.domain.moment import Moment
    from impactcalc.intake.escalation.figures.span import Edge
    from impactcalc.intake.escalation.plan.stages import PlannedStage
    from impactcalc.intake.escalation.progress.progress import Progress
    from impactcalc.intake.escalation.reading import Reading

_SATURDAY = 5
_BUSINESS = "business days are days of 24 h on Monday to Friday, counted from the plan's start"
_NO_END = "the text gives no end of the window: a quarter of such stages ends before its start [A]"
_NO_WINDOW = "the text gives no window in hours: incidents of all kinds [E]"
_FROM_ACTIONS = (
    "a stage is in progress if any of its actions is, else done if any is done, "
    "else not started [A]"
)
_EARLIER = "a stage before a running or done one is done [A]"
_NO_NAME = "the stage has no name"


class Staging:
    """Turns the stages of a reading into nodes, and notes each rule that it applies.

    Parameters
    ----------
    reading
        What was read.
    started
        The plan's start, from which business days are counted; None when unknown.
    """

    def __init__(self, reading: Reading, started: Moment | None) -> None:
        self._stages = reading.stages
        self._told: dict[int, Progress] = {id(one.action): one for one in reading.progress}
        self._started = started
        self.assumptions: list[Assumption] = []

    def nodes(self) -> Node | None:
        """Give the list of stages, None when there is none."""
        if not self._stages:
            return None
        states = self._states()
        names = self._names()
        items = [
            self._stage(stage, name, *state)
            for stage, name, state in zip(self._stages, names, states, strict=True)
        ]
        return sequence(items, _source(self._stages[0].line), line=self._stages[0].line)

    def _names(self) -> list[str]:
        """Give each stage a name of its own."""
        names: list[str] = []
        for number, stage in enumerate(self._stages, 1):
            name = stage.name or f"Stage {number}"
            if stage.name is None:
                self._assume(f"{name}.name", name, _source(stage.line), _NO_NAME)
            count = 2
            while name in names:
                name = f"{stage.name or 'Stage'} ({count})"
                count += 1
            names.append(name)
        return names

    def _states(self) -> list[tuple[State, int, str]]:
        """Give state, line and rule of each stage."""
        own = [self._own_state(stage) for stage in self._stages]
        last = max((i for i, one in enumerate(own) if one[0] is not State.NOT_STARTED), default=-1)
        return [
            (State.DONE, own[last][1], _EARLIER)
            if index < last and state[0] is not State.DONE
            else state
            for index, state in enumerate(own)
        ]

    def _own_state(self, stage: PlannedStage) -> tuple[State, int, str]:
        """Give the state that a stage's own actions make."""
        told = [one for action in stage.actions if (one := self._told.get(id(action)))]
        for wanted in (State.IN_PROGRESS, State.DONE, State.NOT_STARTED):
            for one in told:
                if one.state is wanted:
                    return wanted, one.line, _FROM_ACTIONS
        return State.NOT_STARTED, 0, ""

    def _stage(self, stage: PlannedStage, name: str, state: State, line: int, why: str) -> Node:
        """Build the node of one stage."""
        source = _source(stage.line)
        fields = {"name": text(name, source, line=stage.line)}
        key, written = self._length(stage, name)
        fields[key] = text(written, source, line=stage.line, as_written=stage.excerpt)
        if line:
            fields["status"] = text(state.value, _source(line), line=line)
            self._assume(f"{name}.status", state.value, _source(line), why)
        if stage.actions:
            actions = [
                text(action.text, _source(action.line), line=action.line)
                for action in stage.actions
            ]
            fields["actions"] = sequence(actions, source, line=stage.line)
        return mapping(fields, source, line=stage.line)

    def _length(self, stage: PlannedStage, name: str) -> tuple[str, str]:
        """Write the window, or the history where the text gives no hours."""
        low = self._seconds(stage.earliest, name, stage.line)
        high = self._seconds(stage.latest, name, stage.line)
        source = _source(stage.line)
        if low is not None and high is not None and high > 0 and high >= low:
            return "window", f"{duration_text(low)} to {duration_text(high)}"
        if low is not None and low > 0 and high is None:
            written = f"{duration_text(low)} to unknown"
            self._assume(f"{name}.window", written, source, _NO_END)
            return "window", written
        self._assume(f"{name}.duration", "history(all)", source, _NO_WINDOW)
        return "duration", "history(all)"

    def _seconds(self, edge: Edge | None, name: str, line: int) -> Decimal | None:
        """Give an end of a window in seconds from the plan's start."""
        if edge is None or not edge.business:
            return None if edge is None else edge.amount
        seconds = after_business_days(self._started, edge.amount)
        value = f"{edge.amount:f} business days = {duration_text(seconds)}"
        self._assume(f"{name}.window", value, _source(line), _BUSINESS)
        return seconds

    def _assume(self, path: str, value: str, source: str, why: str) -> None:
        """Note a rule."""
        self.assumptions.append(Assumption(f"recovery.stages.{path}", value, source, why))


def _source(line: int) -> str:
    """Write where a value stands."""
    return f"line {line}"


def after_business_days(started: Moment | None, days: Decimal) -> Decimal:
    """Count business days of 24 h, Monday to Friday in UTC, from a start.

    Parameters
    ----------
    started
        The start; of a bare date 12:00 counts. None: no weekend is known to lie in between.
    days
        Business days.

    Returns
    -------
    Decimal
        Seconds from the start until they have passed.
    """
    if started is None:
        return days * DAY
    start = started.middle.astimezone(UTC)
    left = timedelta(seconds=float(days * DAY))
    now = start
    for begin, end in _working_spans(start):
        now = begin + min(left, end - begin)
        left -= min(left, end - begin)
        if not left:
            break
    return Decimal(round((now - start) / timedelta(seconds=1))) if days else 0 * HOUR


def _working_spans(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give the stretches of working days from a moment on."""
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    begin = start
    while True:
        end = midnight + timedelta(days=1)
        if begin.weekday() < _SATURDAY:
            yield begin, end
        begin = midnight = end
