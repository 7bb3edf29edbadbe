"""Reading an escalation: text -> lines -> blocks -> statements -> candidates -> facts.

Structure comes before patterns: each line gets a role, each statement knows its section and
label, each quantity is typed before anyone asks what it is about. A new phrase is one row in a
table of the module whose noun it concerns. A value is recorded only if the text states it; where
two values contradict each other, or a value cannot be, the fact is None with a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.intake.escalation.asides import set_aside
from impactcalc.intake.escalation.facts.candidates import Candidate, Weight
from impactcalc.intake.escalation.facts.chronicle import place_in_time
from impactcalc.intake.escalation.facts.gathering import Gathered, gather
from impactcalc.intake.escalation.facts.recalling import mark_recalled
from impactcalc.intake.escalation.facts.timing import dated_stamps
from impactcalc.intake.escalation.ledger import classify, line_cautions, order_cautions
from impactcalc.intake.escalation.plan.doubts import unread_heads
from impactcalc.intake.escalation.plan.plan import read_plan
from impactcalc.intake.escalation.progress.progress import Progress, Told, read_progress
from impactcalc.intake.escalation.reading import (
    Count,
    Facts,
    Json,
    Provenance,
    Reading,
    Technical,
    plain_edge,
    plain_value,
)
from impactcalc.intake.escalation.records import folded, unfolded
from impactcalc.intake.escalation.structure.blocks import read_blocks
from impactcalc.intake.escalation.structure.questions import with_answers
from impactcalc.intake.escalation.structure.walking import read_statements
from impactcalc.intake.escalation.structure.wrapped import with_rests_hung
from impactcalc.intake.escalation.text.furniture import without_furniture
from impactcalc.intake.escalation.text.language import foreign
from impactcalc.intake.escalation.text.lines import split_lines
from impactcalc.intake.escalation.text.logs import without_excess, without_gaps, without_logs
from impactcalc.intake.escalation.text.margins import without_margins
from impactcalc.intake.escalation.text.narrow import without_half_figures
from impactcalc.intake.escalation.text.notation import in_one_notation
from impactcalc.intake.escalation.text.unfilled import without_blanks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.plan.stages import PlannedStage
    from impactcalc.intake.escalation.structure.statements import Statement

__all__ = ["Reading", "read_escalation"]

_TECHNICAL = ("tablets", "leaderless_tablets", "corrupt_tablets")


def read_escalation(text: str) -> Reading:
    r"""Read the facts of an escalation.

    Parameters
    ----------
    text
        The text of a ticket, mail, chat or note.

    Returns
    -------
    Reading
        Facts with the line of each, contradictions, warnings, and the class of every line.

    Examples
    --------
    >>> read_escalation("Customer: Stratton\nNodes: a 7-node cluster").facts.customer
    'Stratton'
    """
    whole, cut = without_half_figures(without_margins(split_lines(text)))
    lines, repeated = without_logs(in_one_notation(whole))
    lines, excess = without_excess(lines)
    printed, furniture = without_furniture(without_gaps(lines))
    searched, left, asides = set_aside(with_rests_hung(printed))
    plain = without_blanks(unfolded(searched))
    blocks = read_blocks(plain)
    statements = read_statements(blocks)
    place_in_time(statements)
    statements = with_answers(statements)
    mark_recalled(statements)
    language = _language_cautions(text)
    gathered = gather(statements, Weight.LIKELY if language else Weight.HINT)
    stages = () if gathered.second else read_plan(statements)
    told = read_progress(statements, stages)
    progress = told.progress
    provenance = tuple(_provenance(gathered, stages, progress))
    used = {one.line for one in provenance} | gathered.disputed
    technical = _technical(gathered)
    used.update(gathered.found[name].line for name in _TECHNICAL if name in gathered.found)
    return Reading(
        facts=_facts(gathered, stages, progress),
        provenance=provenance,
        contradictions=tuple(gathered.contradictions),
        warnings=(
            *language,
            *_cut_cautions(cut),
            *_log_cautions(repeated),
            *_excess_cautions(*excess),
            *line_cautions(lines),
            *asides,
            *order_cautions(statements),
            *gathered.cautions,
            *_end_cautions(text, len(lines), gathered),
            *_plan_cautions(stages, () if gathered.second else statements),
            *_progress_cautions(told),
        ),
        lines=classify(lines, blocks, statements, used, folded(searched, plain) | left | furniture),
        technical=technical,
        dated=dated_stamps(statements),
        found=gathered.found,
        stages=stages,
        progress=progress,
        statements=statements,
    )


def _cut_cautions(cut: Sequence[int]) -> list[Caution]:
    """Warn of lines that end where the text is cut off."""
    if not cut:
        return []
    message = f"{len(cut)} lines end at the column where this text is cut off: their ends are lost"
    return [Caution("", message, cut[0])]


def _log_cautions(repeated: int) -> list[Caution]:
    """Warn of lines that were taken for a log."""
    if not repeated:
        return []
    message = f"{repeated:,} lines repeat the shape of others, as a log does: they are not searched"
    return [Caution("", message)]


def _excess_cautions(left: int, first: int, last: int) -> list[Caution]:
    """Warn of figures in the middle of a huge text that were not searched."""
    if not left:
        return []
    message = (
        f"a text this long is searched at both ends: {left:,} lines, from this one to "
        f"line {last:,}, are left out; give the escalation alone"
    )
    return [Caution("", message, first)]


def _end_cautions(text: str, last: int, gathered: Gathered) -> list[Caution]:
    """Warn of a figure with which a text ends in the middle of a line: it may go on."""
    end = text[text.rfind("\n") + 1 :]
    return [
        Caution(name, f"the text ends with '{found.text}': it may be cut off", last)
        for name, found in gathered.found.items()
        if found.figure is not None and found.line == last and _is_open(end, found.text)
    ]


def _is_open(end: str, figure: str) -> bool:
    """Whether a line ends with a figure, or with nothing but digits and marks behind it."""
    before, _, rest = end.rpartition(figure)
    words = "".join(" " if one.isdigit() or one in ".,-" else one for one in rest).split()
    return figure[-1:].isdigit() and bool(before) and {"and", "to", "or"}.issuperset(words)


def _language_cautions(text: str) -> list[Caution]:
    """Warn of a text in a language that is not read: what stands in it may be missed."""
    why = foreign(text)
    return [Caution("", f"{why}: facts may be missed", 1)] if why else []


def _facts(
    gathered: Gathered, stages: tuple[PlannedStage, ...], progress: tuple[Progress, ...]
) -> Facts:
    """Turn what was chosen into plain facts."""
    values = {
        name: plain_value(candidate.value)
        for name, candidate in gathered.found.items()
        if name not in _TECHNICAL
    }
    planned: list[Json] = [_stage(stage) for stage in stages]
    spoken: list[Json] = [_progress(one) for one in progress]
    return Facts(**values, stages=planned or None, progress=spoken or None)  # type: ignore[arg-type]


def _stage(stage: PlannedStage) -> Json:
    """Give a stage as plain facts."""
    actions: list[Json] = [action.text for action in stage.actions]
    return {
        "name": stage.name,
        "from_hours": plain_edge(stage.earliest),
        "to_hours": plain_edge(stage.latest),
        "actions": actions,
    }


def _progress(one: Progress) -> Json:
    """Give an action's state as plain facts."""
    return {"action": one.action.text, "state": one.state.value}


def _provenance(
    gathered: Gathered, stages: tuple[PlannedStage, ...], progress: tuple[Progress, ...]
) -> list[Provenance]:
    """List line and words of every fact."""
    found = [
        Provenance(name, plain_value(one.value), one.line, one.text)
        for name, one in gathered.found.items()
        if name not in _TECHNICAL
    ]
    for stage in stages:
        found.append(Provenance("stages", stage.name, stage.line, stage.excerpt))
        found.extend(
            Provenance("stages", action.text, action.line, action.excerpt)
            for action in stage.actions
        )
    found.extend(Provenance("progress", _progress(one), one.line, one.excerpt) for one in progress)
    return found


def _technical(gathered: Gathered) -> Technical:
    """Give the figures of the store."""
    counts = {
        name: Count(int(str(one.value)), one.line, one.text)
        for name in _TECHNICAL
        if (one := gathered.found.get(name)) is not None and isinstance(one, Candidate)
    }
    return Technical(**counts)


def _progress_cautions(told: Told) -> list[Caution]:
    """Warn of actions of which two lines of one list say different things: they have no entry."""
    return [
        Caution(
            "progress",
            f"'{one.excerpt}' against '{other.excerpt}' (line {other.line}): left out",
            one.line,
        )
        for one, other in told.disputed
    ]


def _plan_cautions(
    stages: Sequence[PlannedStage], statements: Sequence[Statement]
) -> list[Caution]:
    """Warn of windows that were left out, and of heads in the plan that were not read."""
    left_out = [
        Caution("stages", f"'{stage.excerpt}': {stage.problem}; left out", stage.line)
        for stage in stages
        if stage.problem
    ]
    unread = [
        Caution("stages", f"'{words}' looks like the head of a stage and is not read", line)
        for line, words in unread_heads(statements, stages)
    ]
    return left_out + unread
