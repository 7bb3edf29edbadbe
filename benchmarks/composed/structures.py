"""Every structure by its name, and a document in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composed import forms, plain, talks
from composed.story import Story
from composed.truth import Truth

if TYPE_CHECKING:
    import random

STRUCTURES = {
    "labelled": None,
    **{one.__name__: one for one in (forms.house, forms.key_value, forms.yaml_dump)},
    **{one.__name__: one for one in (forms.semicolons, forms.record, forms.infobox)},
    **{one.__name__: one for one in (forms.wiki_labels, forms.leaders, forms.many_on_a_line)},
    **{one.__name__: one for one in (forms.measures, talks.log, talks.chat, talks.mail)},
    **{one.__name__: one for one in (talks.minutes, talks.letter)},
}


def compose(chance: random.Random, name: str) -> Truth:
    """Compose a document in a structure."""
    write = STRUCTURES[name]
    if write is None:
        return plain.compose(chance)
    story = Story(chance)
    text = write(story)
    return Truth(text, story.facts, frozenset(story.unsure), story.stages, story.states)
