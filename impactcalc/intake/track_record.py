"""The track record that ``backtest DIR`` leaves beside the records: small, so cheap to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.domain.record import DIGEST, TRACK_FILE, TRACK_SCHEMA, record_digest
from impactcalc.domain.track_record import TrackRecord
from impactcalc.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST = 100_000
_AGAIN = "run impactcalc backtest on its folder again, or delete it"


def read_track_record(folder: Path) -> TrackRecord | None:
    """Read the track record of a folder; None when none was left there.

    Raises
    ------
    InputError
        When the file is damaged, or was changed after it was written.
    """
    path = folder / TRACK_FILE
    if not path.is_file():
        return None
    from impactcalc.intake.json_tree import plain_json
    from impactcalc.intake.source import read_bytes

    document = plain_json(read_bytes(str(path), LARGEST), str(path))
    if not isinstance(document, dict) or document.get("schema") != TRACK_SCHEMA:
        raise InputError(Problem("is no track record of this version", _AGAIN, str(path)))
    run = document.get("run")
    if not isinstance(run, dict) or run.get(DIGEST) != record_digest(document):
        raise InputError(Problem("was changed after it was written", _AGAIN, str(path)))
    return _track_record(document)


def _track_record(document: Mapping[str, Any]) -> TrackRecord:
    band = document["band"]
    return TrackRecord(
        scored=document["scored"],
        forecasts=document["forecasts"],
        held=document["held"],
        band=None if band is None else (band[0], band[1]),
        verdict=document["verdict"],
    )
