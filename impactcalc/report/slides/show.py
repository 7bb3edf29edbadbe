"""The five slides in order: answer, recovery, money, actions and SLA, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.brief import content
from impactcalc.report.slides.actions import add_actions
from impactcalc.report.slides.answer import add_answer
from impactcalc.report.slides.assumptions import add_assumptions
from impactcalc.report.slides.deck import Deck
from impactcalc.report.slides.loss import add_loss
from impactcalc.report.slides.recovery import add_recovery

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate


def render_slides(estimate: Estimate) -> bytes:
    """Write the answer as a presentation.

    Parameters
    ----------
    estimate
        The whole answer.

    Returns
    -------
    bytes
        A PPTX file of five slides of 16 to 9. Titles are sentences, charts are native and
        editable, notes hold the figures and their sources, every shape says what it shows.
    """
    words = content(estimate)
    footer = f"{words['title']} · as of {words['as_of']} · {words['run']}"
    deck = Deck(str(words["headline"]), estimate.as_of, footer)
    for add in (add_answer, add_recovery, add_loss, add_actions, add_assumptions):
        add(deck, estimate, words)
    return deck.saved()
