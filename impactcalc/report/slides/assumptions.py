"""Slide 5: what the figures rest on, and what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.slides.deck import INNER, MARGIN, MUTED, ON_WASH, Box, Deck, Grid, Run

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

Words = dict[str, Any]
_ROWS, _ASKS, _FINDINGS = 9, 5, 3


def add_assumptions(deck: Deck, estimate: Estimate, words: Words) -> None:
    """Add the slide."""
    del estimate
    page = deck.page(_title(words), _notes(words))
    width = 7.3
    rows = [(one["label"], one["value"], one["source"]) for one in words["rests_on"][:_ROWS]]
    if rows:
        file = words["source_file"]
        place = f" ({file})" if file else ""
        heads = ("Figure", "Value", f"Source{place}")
        grid = Grid(heads, rows, (2.1, 3.2, 1.4), bold=0, numbers=len(heads))
        words_ = "What the figures rest on, with their sources"
        page.table(Box(MARGIN, 1.6, width, 4), grid, words_)
    paragraphs: list[list[Run]] = []
    if words["open"]:
        paragraphs.append([Run("Ask first: what would change this", 14, bold=True)])
    paragraphs += [
        [Run(ask if ask.endswith("?") else f"{ask}:", 12.5, bold=True), Run(f" {why}", 12.5)]
        for ask, why in words["open"][:_ASKS]
    ]
    if words["findings"]:
        paragraphs.append([Run("To know", 14, bold=True)])
    paragraphs += [
        [Run(text, 12), Run(f" {place}" if place else "", 11, MUTED)]
        for text, place in words["findings"][:_FINDINGS]
    ]
    if paragraphs:
        box = Box(MARGIN + width + 0.3, 1.6, INNER - width - 0.3, 5.0)
        page.text(box, paragraphs, "What to ask and to know", ON_WASH)


def _title(words: Words) -> str:
    """Count the assumptions, and name the first question."""
    count = words["assumptions"]
    noun = "assumption" if count == 1 else "assumptions"
    text = f"The answer rests on what was stated and on {count} {noun}"
    return f"{text}; ask first what is open." if words["open"] else f"{text}."


def _notes(words: Words) -> list[str]:
    """Write every figure with source and reason."""
    notes = [_title(words)]
    for one in words["proof"]["figures"]:
        why = f": {one['why']}" if one["why"] else ""
        notes.append(f"{one['label']}: {one['value']} ({one['source']}{why})")
    return [*notes, words["run"]]
