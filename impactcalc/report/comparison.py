"""The JSON document ``impactcalc/whatif/1`` (contract of the other commands)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.report.export import plain
from impactcalc.report.narrative.what_if import sentences

if TYPE_CHECKING:
    from impactcalc.domain.result import Comparison

SCHEMA = "impactcalc/whatif/1"


def to_document(comparison: Comparison) -> dict[str, object]:
    """Lay a comparison out as the document that other programs read."""
    return {
        "schema": SCHEMA,
        "as_of": plain(comparison.as_of),
        "currency": comparison.currency,
        "base": plain(comparison.base),
        "what_if": plain(comparison.what_if),
        "recommended": comparison.recommended,
        "drivers": plain(comparison.drivers),
        "sentences": list(sentences(comparison)),
        "warnings": plain(comparison.warnings),
        "run": plain(comparison.run),
    }
