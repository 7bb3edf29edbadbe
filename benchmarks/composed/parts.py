"""Parts that many structures share: plans, progress, prose with distractors between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composed import distractors
from composed.labels import pairs
from composed.story import sentences, state_sentence, wording

if TYPE_CHECKING:
    from composed.story import Story

WORDS = {
    "done": ("done", "completed", "complete"),
    "in_progress": ("in progress", "running", "3 of 7 nodes"),
    "not_started": ("not started", "not started yet", "open, not begun"),
}


def mixed(story: Story, fields: tuple[str, ...], noise: int) -> list[str]:
    """Give facts as labelled lines or sentences, with distractors between, in any order."""
    lines: list[str] = []
    for field in fields:
        if field not in story.said:
            continue
        told = (
            [] if story.maybe(0.5) or field in {"normal", "zones"} else sentences(story, (field,))
        )
        if field in {"now", "normal"}:
            told = sentences(story, ("now",)) if field == "now" else ["-"]
        if field in {"nodes", "zones"}:
            told = sentences(story, ("nodes",)) if field == "nodes" else ["-"]
        lines += told or [f"{name}: {words}" for name, words in pairs(story, (field,))]
    lines = [line for line in lines if line != "-"]
    for extra in distractors.sentences(story, story.chance.randint(0, noise)):
        lines.insert(story.chance.randint(0, len(lines)), extra)
    return lines


def prose(story: Story, fields: tuple[str, ...], noise: int = 2) -> str:
    """Write a paragraph: what fails, facts, distractors."""
    lines = [f"The {story.service} of {story.customer} is slow and fails."]
    rest = sentences(story, fields)
    rest += distractors.sentences(story, story.chance.randint(0, noise))
    story.chance.shuffle(rest)
    return story.chance.choice((" ", "\n")).join(lines + rest)


def plan_lines(story: Story) -> list[str]:
    """Write the plan as headed lists."""
    form = story.chance.choice(
        ("{n}. {name} ({window}):", "{name} ({window})", "{name}, {window}:")
    )
    bullet = story.chance.choice(("   - ", "  * ", "- "))
    lines: list[str] = []
    for number, stage in enumerate(story.stages, start=1):
        head = form.format(n=number, name=stage.name, window=stage.window)
        if stage.start is None:
            head = stage.window.capitalize() + (":" if head.endswith(":") else "")
            head = f"{number}. {head}" if form.startswith("{n}") else head
        lines.append(head)
        lines += [bullet + wording(action) for action in stage.actions]
    return lines


def plan_table(story: Story) -> list[str]:
    """Write the plan as a table with a column of states."""
    names = story.chance.choice(
        (("Phase", "Window", "Action", "State"), ("#", "When", "What", "Where we are"))
    )
    lines = ["| " + " | ".join(names) + " |", "|---|---|---|---|"]
    for number, stage in enumerate(story.stages, start=1):
        first = str(number) if names[0] == "#" else stage.name
        if stage.start is None and first == stage.name:
            first = ""
        for action in stage.actions:
            state = story.states.get(wording(action))
            words = story.chance.choice(WORDS[state]) if state else ""
            lines.append(f"| {first} | {stage.window} | {wording(action)} | {words} |")
    return lines


def progress_lines(story: Story) -> list[str]:
    """Say how far each action has come, one line each."""
    return [state_sentence(story, words) for words in story.states]


def sections(story: Story, parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Add plan and status to sections and put all into any order."""
    story.chance.shuffle(parts)
    if story.stages:
        parts.append(("Action Plan", "\n".join(plan_lines(story))))
        if story.states:
            parts.append(("Current Status", "\n".join(f"- {one}" for one in progress_lines(story))))
    return parts
