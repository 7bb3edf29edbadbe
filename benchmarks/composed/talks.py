"""Structures of people who speak: logs, chats, mails, minutes, letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composed import distractors
from composed.labels import HEAD, pairs
from composed.story import sentences, state_sentence

if TYPE_CHECKING:
    from composed.story import Stage, Story

FACTS = (
    "users",
    "revenue",
    "now",
    "growth",
    "errors",
    "nodes",
    "replication",
    "sla",
    "fee",
    "arr",
    "renewal",
)


def _clock(minutes: int) -> str:
    return f"{8 + minutes // 60:02}:{minutes % 60:02}"


def _said(story: Story, noise: int = 4) -> list[str]:
    """Give facts and distractors as sentences in any order."""
    lines = sentences(story, FACTS)
    lines += distractors.sentences(story, story.chance.randint(0, noise))
    story.chance.shuffle(lines)
    return lines


def _windows(story: Story) -> list[str]:
    """Give the plan as a line a stage."""
    lines = []
    for stage in story.stages:
        actions = "; ".join(f"{verb} {what}" for verb, _, what in stage.actions)
        lines.append(f"{stage.window}: {actions}")
    return lines


def _correct(story: Story) -> str:
    """Correct the users' number in a newer word: the earlier one is kept in what was said."""
    users = story.facts.get("users_affected")
    if not isinstance(users, int) or story.maybe(0.5):
        return ""
    better = users + story.chance.randint(1, 9) * 10
    story.facts["users_affected"] = better
    words, old = story.pen.whole(better), story.pen.whole(users)
    if words.endswith("k") or old.endswith("k"):
        words, old = str(better), str(users)
    return story.chance.choice(
        (
            f"Correction: {words} {story.people} are affected, not {old}.",
            f"I have to correct my figure: {words} {story.people} are affected, not {old}.",
        )
    )


def log(story: Story) -> str:
    """A log of events: time, word of the event, words."""
    day = f"{story.opened:%Y/%m/%d}"
    pen = story.pen
    name = pen.zone[0]
    if "created" in story.said:
        story.facts["created"] = f"{story.opened}T08:00:00{pen.zone[1]}"
    story.said.pop("escalated", None)
    story.facts.pop("escalated", None)
    head = "; ".join(f"{a}: {b}" for a, b in pairs(story, ("id", "customer", "service")))
    lines = [f"=== incident log === {head} ===", ""]
    first = "CREATED" if story.maybe(0.3) else "OPENED"
    opening = story.said.get("priority", "")
    rows = []
    if "created" in story.said:
        rows.append((first, f"{opening}, " * bool(opening) + f"{story.service} is slow"))
    elif "priority" in story.said:
        rows.append(("NOTE", f"Priority: {opening}"))
    if "level" in story.said:
        rows.append(("NOTE", f"Escalation level: {story.said['level']}"))
    rows += [(story.chance.choice(("NOTE", "CUSTOMER")), one) for one in _said(story)]
    correction = _correct(story)
    if correction:
        rows.append(("NOTE", correction))
    rows += [("PLAN", one) for one in _windows(story)]
    rows += [("WORK", state_sentence(story, words)) for words in story.states]
    if "status" in story.said:
        rows.append(("STATUS", "Investigating"))
        rows.append(("STATUS", story.said["status"]))
    if "sentiment" in story.said:
        rows.append(("NOTE", f"Overall sentiment: {story.said['sentiment']}"))
    minutes = 0
    for word, words in rows:
        lines.append(f"{day} {_clock(minutes)} {name}  {word:<10} {words}")
        minutes += story.chance.randint(1, 7)
    return "\n".join(lines)


def chat(story: Story) -> str:
    """A chat: heads of several kinds, short messages, statuses at its end."""
    head = " | ".join(f"{a}: {b}" for a, b in pairs(story, HEAD))
    lines = [f"#esc-{story.customer.lower().replace(' ', '-')}", head, ""]
    kind = story.chance.randrange(4)
    said = _said(story)
    correction = _correct(story)
    if correction:
        said.append(correction)
    plan = _windows(story)
    if plan:
        said.append("\n".join(["plan", *plan]))
    if story.states:
        said.append("\n".join(state_sentence(story, words) for words in story.states))
    if "sentiment" in story.said:
        said.append(f"overall sentiment: {story.said['sentiment']}")
    minutes = 0
    for words in said:
        who, clock = story.chance.choice(story.staff), _clock(minutes)
        minutes += story.chance.randint(1, 9)
        if kind == 0:
            lines += [f"{who.split()[0].lower()}  {clock}", words, ""]
        elif kind == 1:
            lines.append(f"[{clock}] {who.split()[0]} (support): {words}")
        elif kind == 2:
            lines += [f"[{story.opened:%d.%m.%Y} {clock}] {who} (Service Desk)", words, ""]
        else:
            lines += [f"{who}  {int(clock[:2]) % 12 or 12}:{clock[3:]} {_half(clock)}", words, ""]
    return "\n".join(lines)


def _half(clock: str) -> str:
    return "AM" if int(clock[:2]) < 12 else "PM"


def mail(story: Story) -> str:
    """A thread: the newest mail corrects and reports, the quoted ones hold plan and facts."""
    sender, first = story.staff[0], story.staff[1]
    day = story.opened
    correction = _correct(story)
    new = ["Hello all,", "", "a short update."]
    if correction:
        new.append(correction)
    new += [state_sentence(story, words) + "." for words in story.states]
    if "status" in story.said:
        new.append(f'The ticket is currently "{story.said["status"]}".')
    if "sentiment" in story.said:
        new.append(f"Overall sentiment: {story.said['sentiment']}.")
    old = [f"From: {first}", f"Date: {day:%a, %d %b %Y} 09:10 +0000", ""]
    fields = tuple(one for one in HEAD if one != "status")
    old += [f"{a}: {b}" for a, b in pairs(story, fields)]
    if "status" in story.said:
        old.append("Status: Investigating")
    old += ["", *_said(story)]
    plan = _windows(story)
    if plan:
        old += ["", "Plan:", *(f"- {one}" for one in plan)]
    head = [f"From: {sender}", "To: duty-leads", f"Date: {day:%a, %d %b %Y} 17:42 +0000"]
    head.append(f"Subject: Re: [{story.said['id']}] {story.customer}, {story.service}")
    return "\n".join([*head, "", *new, "", sender, "", *(f"> {one}".rstrip() for one in old)])


def minutes(story: Story) -> str:
    """Minutes: numbered clauses, progress by reference to the clause of the plan."""
    lines = ["MINUTES", f"Escalation meeting {story.customer}, case {story.said['id']}", ""]
    lines += [f"Present: {', '.join(story.staff)}", "", "1. Situation"]
    said = sentences(story, ("created", "priority", "level", "status", *FACTS))
    said = [f"The failing service is the {story.service}.", *said]
    said += distractors.sentences(story, story.chance.randint(0, 4))
    body = said[1:]
    story.chance.shuffle(body)
    for number, words in enumerate([said[0], *body], start=1):
        who = f"Mr {story.chance.choice(story.staff).split()[1]}: " if story.maybe(0.3) else ""
        lines.append(f"   1.{number} {who}{words}")
    if story.stages:
        lines += ["", "2. Plan"]
        lines += [f"   2.{at} {one}" for at, one in enumerate(_windows(story), start=1)]
    if story.states:
        lines += ["", "3. State of work"]
        for number, words in enumerate(story.states, start=1):
            lines.append(f"   3.{number} {_progress(story, words)}")
    if "sentiment" in story.said:
        lines += ["", "4. Any other business", f"   Overall sentiment: {story.said['sentiment']}"]
    return "\n".join(lines)


def _progress(story: Story, words: str) -> str:
    """Say how far an action is by its clause, or by its words."""
    for at, stage in enumerate(story.stages, start=1):
        if len(stage.actions) == 1 and words.lower() == " ".join(stage.actions[0][::2]).lower():
            forms = {
                "done": f"2.{at} was completed on Monday.",
                "in_progress": f"2.{at} is under way.",
                "not_started": f"2.{at} has not commenced.",
            }
            if story.maybe(0.3):
                return forms[story.states[words]]
    return state_sentence(story, words) + "."


def letter(story: Story) -> str:
    """A letter in sentences."""
    chance = story.chance
    lines = ["Dear Dr Renshaw,", ""]
    first = [f"I write about {story.customer} and their {story.service}."]
    first += sentences(story, ("id", "created", "priority", "level", "status"))
    body = sentences(story, FACTS) + distractors.sentences(story, chance.randint(0, 4))
    chance.shuffle(body)
    lines += [" ".join(first), "", " ".join(body), ""]
    if story.stages:
        told = []
        for stage in story.stages:
            actions = " and ".join(f"{verb} {what}" for verb, _, what in stage.actions)
            told.append(_promise(stage, actions))
        lines += ["Our engineers have a plan. " + " ".join(told), ""]
    if story.states:
        lines += [" ".join(state_sentence(story, one) + "." for one in story.states), ""]
    if "sentiment" in story.said:
        lines += [f"Overall sentiment: {story.said['sentiment']}.", ""]
    return "\n".join([*lines, "With kind regards,", story.staff[0]])


def _promise(stage: Stage, actions: str) -> str:
    if stage.start is None:
        return f"{stage.window.capitalize()} they will {actions}."
    if stage.stop is None:
        return f"After 7 days they will {actions}."
    if stage.start == 0:
        return f"In the first {stage.stop:g} hours they will {actions}."
    if stage.window.endswith("weeks"):
        return f"After that, within {stage.window.replace('-', ' to ')}, they will {actions}."
    return f"Between {stage.start:g} and {stage.stop:g} hours they will {actions}."
