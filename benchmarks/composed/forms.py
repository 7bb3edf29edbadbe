"""Structures of labels and cells: dumps, exports, forms, boxes, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from composed import distractors
from composed.labels import BODY, HEAD, pairs, tiers
from composed.parts import mixed, plan_lines, plan_table, progress_lines, prose, sections
from composed.story import PRIORITIES, wording

if TYPE_CHECKING:
    from composed.story import Stage, Story

MARKS = {"done": "x", "in_progress": "~", "not_started": " "}


def house(story: Story) -> str:
    """The house template: head, underlined sections."""
    head = [f"{story.said['id']} - Customer Escalation Summary", "=" * 37, ""]
    head += [f"{a}: {b}" for a, b in pairs(story, HEAD) if not _is_id(story, b)]
    parts = [("Issue Description", prose(story, ("now", "growth", "errors")))]
    parts.append(("Impact Assessment", _bullets(mixed(story, ("users", "revenue", "sla"), 2))))
    parts.append(("Account Information", _bullets(mixed(story, ("fee", "arr", "renewal"), 2))))
    parts.append(("Platform Configuration", _bullets(mixed(story, ("nodes", "replication"), 1))))
    parts.append(("Customer Sentiment", _bullets(mixed(story, ("sentiment",), 0))))
    parts = sections(story, parts)
    return "\n".join([*head, *(f"\n{name}:\n{'-' * 17}\n{text}" for name, text in parts if text)])


def _is_id(story: Story, words: str) -> bool:
    return words == story.said["id"]


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def key_value(story: Story) -> str:
    """An export: name=value, underscores, a prefix at fields of one's own."""
    rows = pairs(story, HEAD) + pairs(story, BODY) + distractors.labelled(story, 4)
    story.chance.shuffle(rows)
    prefix = story.chance.choice(("", "", "u_"))
    mark = story.chance.choice(("=", "=", " = ", ": "))
    lines = [f"{prefix}{_key(name)}{mark}{words}" for name, words in rows]
    if story.stages:
        legend = mark + "[x] done, [~] running, [ ] not started"
        if story.states:
            lines.append(f"{prefix}plan_legend{legend}")
        lines.append(f"{prefix}plan{mark.rstrip()}")
        for stage in story.stages:
            lines.append(f" {_heading(stage)}")
            for action in stage.actions:
                state = story.states.get(wording(action))
                box = f"[{MARKS[state]}] " if state else "- "
                lines.append(f" {box}{wording(action)}")
    return "\n".join(lines)


def _key(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower())


def _heading(stage: Stage) -> str:
    return f"{stage.name}, {stage.window}" if stage.start is not None else stage.window


def yaml_dump(story: Story) -> str:
    """A dump of a record: nested names, comments, lists of actions."""
    lines = ["# dump of the record, do not edit", "escalation:"]
    lines += [f"  {_key(name)}: {_quoted(words)}" for name, words in pairs(story, HEAD)]
    lines.append("impact:")
    rows = pairs(story, BODY) + distractors.labelled(story, 3)
    story.chance.shuffle(rows)
    lines += [f"  {_key(name)}: {_quoted(words)}" for name, words in rows]
    if story.stages:
        lines.append("plan:")
    for stage in story.stages:
        name = stage.name if stage.start is not None else stage.window
        lines.append(f"  - name: {name}")
        lines.append(f"    window: {stage.window if stage.start is not None else '~'}")
        lines.append("    actions:")
        lines += [f"      - {wording(action)}" for action in stage.actions]
    if story.states:
        lines += ["progress:", *(f"  - {line}" for line in progress_lines(story))]
    return "\n".join(lines)


def _quoted(words: str) -> str:
    return f'"{words}"' if words[0] in "#~-%@&*" or ": " in words else words


def semicolons(story: Story) -> str:
    """A table of one fact a row: section;field;value."""
    mark = story.chance.choice(";;|\t")
    rows = [("head", *one) for one in pairs(story, HEAD)]
    rest = [("facts", *one) for one in pairs(story, BODY) + distractors.labelled(story, 3)]
    story.chance.shuffle(rest)
    wide = story.maybe(0.5)
    lines = [mark.join(("section", "field", "value") if wide else ("field", "value"))]
    lines += [mark.join(row if wide else row[1:]) for row in rows + rest]
    return "\n".join([*lines, *_appendix(story)])


def record(story: Story) -> str:
    """A table with one record below its header: semicolons, pipes or wide columns."""
    rows = pairs(story, HEAD)
    story.chance.shuffle(rows)
    names, words = [one[0] for one in rows], [one[1] for one in rows]
    kind = story.chance.randrange(3)
    if kind == 0:
        lines = [";".join(names), ";".join(words)]
    elif kind == 1:
        lines = [_row(names), _row(["---"] * len(names)), _row(words)]
    else:
        widths = [max(len(a), len(b)) + 2 for a, b in rows]
        lines = [
            "".join(one.ljust(width) for one, width in zip(line, widths, strict=True)).rstrip()
            for line in (names, words)
        ]
    rest = mixed(story, BODY, 4)
    return "\n".join([*lines, "", *rest, *_appendix(story)])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def infobox(story: Story) -> str:
    """A wiki page with an infobox."""
    lines = ["{{Infobox escalation"]
    lines += [f"| {_key(name)} = {words}" for name, words in pairs(story, HEAD)]
    lines += ["}}", "", "== What happens ==", *prose(story, ("now", "errors", "nodes")).split("\n")]
    rows = pairs(story, ("users", "revenue", "sla", "replication", "fee", "arr", "renewal"))
    rows += distractors.labelled(story, 2)
    lines += ["", "== Figures ==", '{| class="wikitable"', "! Item !! Value"]
    for name, words in rows:
        lines += ["|-", f"| {name} || {words}"]
    lines.append("|}")
    if story.maybe(0.3):
        lines += ["", "=== Service credits ===", '{| class="wikitable"']
        lines.append("! Monthly uptime !! Credit")
        for name, words in tiers(story):
            lines += ["|-", f"| {name} || {words}"]
        lines.append("|}")
    lines += _appendix(story, "== {} ==")
    if "sentiment" in story.said:
        lines += ["", "== Mood ==", f"Overall: {story.said['sentiment']}"]
    return "\n".join(lines)


def wiki_labels(story: Story) -> str:
    """Bold labels of a wiki, one a line."""
    form = story.chance.choice(
        ("'''{}:''' {}<br/>", "* *{}:* {}", "**{}:** {}", "- **{}**: {}", "*{}*: {}")
    )
    rows = pairs(story, HEAD) + pairs(story, BODY) + distractors.labelled(story, 3)
    lines = [form.format(name, words) for name, words in rows]
    heading = "== {} ==" if "'''" in form else "h2. {}" if "* *" in form else "## {}"
    return "\n".join([*lines, *_appendix(story, heading)])


def leaders(story: Story) -> str:
    """A form whose dots lead to the values, choices as boxes."""
    lines = ["ESCALATION FORM  F-27 rev. 4", ""]
    rows = pairs(story, HEAD) + pairs(story, BODY) + distractors.labelled(story, 3)
    for name, words in rows:
        if any(words == one[0] for one in PRIORITIES) and words in {"Low", "High", "Critical"}:
            boxes = [
                f"[{'x' if one == words else ' '}] {one.lower()}"
                for one in ("Critical", "High", "Medium", "Low")
            ]
            words = "   ".join(boxes)  # noqa: PLW2901
        lines.append(f" {name} {'.' * (30 - len(name))} : {words}")
    return "\n".join([*lines, *_appendix(story)])


def many_on_a_line(story: Story) -> str:
    """Several labels on a line, between bars, semicolons, wide gaps or commas."""
    rows = pairs(story, HEAD)
    gap = story.chance.choice((" | ", "; ", "    ", "  |  "))
    lines: list[str] = []
    while rows:
        count = story.chance.randint(2, 4)
        some, rows = rows[:count], rows[count:]
        lines.append(gap.join(f"{name}: {words}" for name, words in some))
    lines.append("")
    body = pairs(story, BODY)
    while body:
        some, body = body[:2], body[2:]
        lines.append(gap.join(f"{name}: {words}" for name, words in some))
    lines += ["", *(one for one in distractors.sentences(story, 2)), *_appendix(story)]
    return "\n".join(lines)


def measures(story: Story) -> str:
    """A page with a table of facts and one of measures: normal, now."""
    lines = [f"# {story.customer}: {story.service}", "", "| Field | Value |", "|---|---|"]
    lines += [_row([name, words]) for name, words in pairs(story, HEAD)]
    number = story.chance.randint(2, 90)
    rows = [
        ["Replica lag", "1 s", f"{number} s"],
        ["Cache hit ratio", "99 %", f"{number} %"],
        ["GC pause", "20 ms", f"{number * 10} ms"],
    ]
    if "now" in story.said:
        rows.append([f"Time per {story.unit}", story.said["normal"], story.said["now"]])
    if "errors" in story.said:
        rows.append([f"Failed {story.units}", "0.1 %", story.said["errors"]])
    story.chance.shuffle(rows)
    lines += ["", "## Symptoms", "", "| Measure | Normal | Now |", "|:--|--:|--:|"]
    lines += [_row(one) for one in rows]
    rest = tuple(one for one in BODY if one not in {"normal", "now", "errors"})
    lines += ["", "## Who and what", "", "| Question | Answer |", "|---|---|"]
    lines += [_row([*one]) for one in pairs(story, rest) + distractors.labelled(story, 2)]
    if story.maybe(0.3):
        lines += ["", "## Service credits", "", "| Monthly uptime | Credit |", "|---|---|"]
        lines += [_row([*one]) for one in tiers(story)]
    return "\n".join([*lines, *_appendix(story, "## {}", table=True)])


def _appendix(story: Story, heading: str = "{}", *, table: bool | None = None) -> list[str]:
    """Add plan, progress and distracting remarks below the facts."""
    lines: list[str] = []
    if table is None:
        table = story.maybe(0.3)
    if story.stages:
        if table:
            lines += ["", heading.format("Plan"), "", *plan_table(story)]
        else:
            lines += ["", heading.format("Plan"), *plan_lines(story)]
            if story.states:
                lines += ["", heading.format("Progress")]
                lines += [f"- {line}" for line in progress_lines(story)]
    remarks = distractors.sentences(story, story.chance.randint(0, 3))
    if remarks:
        lines += ["", heading.format("Remarks"), *remarks]
    return lines
