"""The JSON document ``impactcalc/backtest/1`` (contracts/outputs.md): keys are never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.domain.backtest import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.domain.backtest import Asked, Backtest

SCHEMA = "impactcalc/backtest/1"
BINS = 10


def backtest_document(found: Backtest) -> dict[str, object]:
    """Lay a backtest out as the document that other programs read; plain values alone."""
    return {
        "schema": SCHEMA,
        "file": found.file,
        "incidents": found.incidents,
        "scored": found.scored,
        "burn_in": found.burn_in,
        "window": found.window,
        "skipped": [{"line": row.line, "why": row.why} for row in found.skipped],
        "at": [backtest_entry(one) for one in found.asked],
        "pooled_coverage_80": found.pooled80,
        "pooled_band_80": None if found.band80 is None else list(found.band80),
        "verdict": found.verdict.value,
        "remarks": list(found.remarks),
    }


def backtest_entry(one: Asked) -> dict[str, object]:
    """Lay out the scores at one asked time."""
    return {
        "elapsed_h": one.elapsed_h,
        "n": one.n,
        "crps_h": one.crps_h,
        "skill": one.skill,
        "bias_h": one.bias_h,
        "coverage": {str(level): one.coverage[level] for level in LEVELS},
        "band_80": None if one.band80 is None else list(one.band80),
        "width80_h": one.width80_h,
        "pit_ks_p": one.pit_ks_p,
        "pit_counts": pit_counts(one.pit),
    }


def pit_counts(pit: Sequence[float]) -> list[int]:
    """Count the PIT in ten equal bins from 0 to 1.

    Examples
    --------
    >>> pit_counts([0.0, 0.05, 0.1, 0.999, 1.0])
    [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    """
    counts = [0] * BINS
    for value in pit:
        counts[min(int(value * BINS), BINS - 1)] += 1
    return counts
