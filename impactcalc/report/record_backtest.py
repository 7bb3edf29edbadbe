"""The JSON document of ``backtest DIR``, and the track record that is left beside the records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from impactcalc.domain.backtest import LEVELS
from impactcalc.domain.record import DIGEST, TRACK_SCHEMA, record_digest
from impactcalc.report.backtest import SCHEMA, backtest_entry

if TYPE_CHECKING:
    from impactcalc.domain.track_record import LossScores, RecordBacktest


def record_backtest_document(found: RecordBacktest) -> dict[str, object]:
    """Lay a backtest of records out as the document that other programs read.

    ``at`` has one entry for all forecasts: ``elapsed_h`` is the median time at which they were
    made, the hours are those from the forecast on.
    """
    return {
        "schema": SCHEMA,
        "folder": found.folder,
        "actuals": found.actuals,
        "incidents": found.incidents,
        "scored": found.scored,
        "forecasts": found.forecasts,
        "waiting": found.waiting,
        "skipped": [{"file": one.file, "line": one.line, "why": one.why} for one in found.skipped],
        "at": [backtest_entry(found.ends)],
        "loss": None if found.loss is None else _loss(found.loss),
        "pooled_coverage_80": found.pooled80,
        "pooled_band_80": None if found.band80 is None else list(found.band80),
        "verdict": found.verdict.value,
        "remarks": list(found.remarks),
    }


def _loss(loss: LossScores) -> dict[str, object]:
    return {
        "n": loss.n,
        "crps": loss.crps,
        "bias": loss.bias,
        "coverage": {str(level): loss.coverage[level] for level in LEVELS},
        "width80": loss.width80,
        "pit_ks_p": loss.pit_ks_p,
        "currency": loss.currency,
    }


def track_record_file(found: RecordBacktest) -> bytes:
    """Write what later estimates say of these forecasts; with a digest, as every record."""
    run: dict[str, object] = {}
    document: dict[str, object] = {
        "schema": TRACK_SCHEMA,
        "scored": found.scored,
        "forecasts": found.forecasts,
        "held": found.pooled80,
        "band": None if found.band80 is None else list(found.band80),
        "verdict": found.verdict.value,
        "run": run,
    }
    run[DIGEST] = record_digest(document)
    return (json.dumps(document, allow_nan=False, indent=1) + "\n").encode("ascii")
