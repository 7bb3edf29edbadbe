"""Slide 1: the answer, its figures with their ranges, the step to take and what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.narrative.actions import action_sentence
from impactcalc.report.slides.deck import (
    INNER,
    MARGIN,
    MUTED,
    ON_WASH,
    TONES,
    Box,
    Deck,
    Look,
    Page,
    Run,
)

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

Words = dict[str, Any]
_GAP = 0.35
_LONG, _LONGER = 9, 13  # characters of a figure, from which on it is set smaller


def add_answer(deck: Deck, estimate: Estimate, words: Words) -> None:
    """Add the slide."""
    page = deck.page(words["headline"], _notes(estimate, words))
    page.text(Box(MARGIN, 1.5, INNER, 0.8), [[Run(words["sub"], 16, MUTED)]], "How wide, by when")
    figures = words["figures"]
    width = (INNER - _GAP * (len(figures) - 1)) / len(figures)
    for number, one in enumerate(figures):
        _figure(page, one, MARGIN + number * (width + _GAP), width)
    _below(page, estimate, words)


def _figure(page: Page, one: Words, left: float, width: float) -> None:
    """Write one figure with its strip and range."""
    strong = TONES[one["tone"]][0]
    page.rule(Box(left, 2.55, width, 0.025), strong)
    value = one["value"]
    size = 34 if len(value) <= _LONG else 26 if len(value) <= _LONGER else 20
    label, notes = one["label"], [[Run(note, 13, MUTED)] for note in one["notes"]]
    page.text(Box(left, 2.65, width, 0.3), [[Run(label, 13, MUTED)]], label)
    page.text(Box(left, 2.95, width, 0.7), [[Run(value, size, strong, bold=True)]], value)
    if one["strip"] is not None:
        words = f"{label}: {value}; {', '.join(one['notes'])}"
        page.strip(Box(left, 3.7, width, 0.2), one["strip"], one["tone"], words)
    page.text(Box(left, 4.0, width, 0.6), notes, ", ".join(one["notes"]))


def _below(page: Page, estimate: Estimate, words: Words) -> None:
    """Write the best step, and what to ask first."""
    half = (INNER - _GAP) / 2
    step = action_sentence(estimate)
    if step in words["sub"]:  # it is said above
        step = ""
    left = [[Run("What to do", 14, bold=True)], [Run(step, 14)]] if step else []
    if words["warning"]:
        left.append([Run(words["warning"], 13, TONES["red"][0], bold=True)])
    changed = words["changes"]
    if changed is not None:
        left += [[Run(changed["title"], 14, bold=True)], [Run(changed["note"], 14)]]
    if words["exposure"]:
        left += [[Run("What passes through", 14, bold=True)], [Run(words["exposure"], 14)]]
    elif words["failing"]:
        left += [[Run("What fails", 14, bold=True)], [Run(words["failing"], 14)]]
    page.text(Box(MARGIN, 4.95, half, 1.9), left, "What to do, and what fails", Look(space=4))
    asks = [
        [Run(ask if ask.endswith("?") else f"{ask}:", 13, bold=True), Run(f" {why}", 13)]
        for ask, why in words["open"][:3]
    ]
    if asks:
        box = Box(MARGIN + half + _GAP, 4.9, half, 1.9)
        page.text(box, [[Run("Ask first", 14, bold=True)], *asks], "Ask first", ON_WASH)


def _notes(estimate: Estimate, words: Words) -> list[str]:
    """Write what the speaker says: the figures and where they come from."""
    notes = [words["headline"], words["sub"]]
    notes += [
        f"{one['label']}: {one['value']} ({'; '.join(one['notes'])})" for one in words["figures"]
    ]
    notes += [f"{one['label']}: {one['value']} ({one['source']})" for one in words["rests_on"]]
    if words["changes"] is not None:
        notes.append(words["changes"]["title"])
        notes += [f"{part}: {moved} ({note})" for part, moved, _, note in words["changes"]["rows"]]
    if estimate.what_if:
        notes.append(action_sentence(estimate))
    return [*notes, RANGES]


RANGES = (
    "The large figure is the even chance: as many simulated cases lie below it as above. Ranges "
    "hold 9 in 10 simulated cases, under the assumptions of the last slide."
)
