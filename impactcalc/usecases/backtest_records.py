"""The backtest of records: a folder of kept estimates against what came true."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.analysis.track_record import score_records
from impactcalc.domain.record import TRACK_FILE
from impactcalc.domain.track_record import QUANTILES, KeptForecast, SkippedForecast
from impactcalc.errors import InputError, OutputError, Problem
from impactcalc.intake.actuals import read_actuals
from impactcalc.intake.record import RECORD_LIMIT, is_record, read_record
from impactcalc.intake.source import read_bytes

if TYPE_CHECKING:
    from impactcalc.domain.track_record import RecordBacktest
    from impactcalc.intake.record import Record

ACTUALS = "actuals.csv"
"""Where what came true is looked for when nothing is said: in the folder itself."""


def backtest_records(folder: str, actuals: str | None = None) -> RecordBacktest:
    """Score the records of a folder against actual ends and losses.

    Parameters
    ----------
    folder
        Of the records; its other files are passed over.
    actuals
        CSV file of what came true; None: ``actuals.csv`` in the folder.

    Returns
    -------
    RecordBacktest
        A record that was changed after it was written, or cannot be read, is refused: it is
        listed among the skipped, and not scored.

    Raises
    ------
    InputError
        When there is no record, none can be used, or the actuals cannot be read.
    """
    file = str(Path(folder) / ACTUALS) if actuals is None else actuals
    if actuals is None and not Path(file).is_file():
        raise InputError(
            Problem(
                "what came true is not told", "give --actuals FILE (id,as_of,ended,loss)", folder
            )
        )
    records, refused = _records(folder)
    happened = read_actuals(file)
    kept = [_kept(one) for one in records]
    refused += [
        SkippedForecast(record.name, 0, "does not keep the quantiles of its ranges")
        for record, forecast in zip(records, kept, strict=True)
        if forecast is None
    ]
    found = score_records([one for one in kept if one is not None], happened.lines, (folder, file))
    return found._replace(
        skipped=(*refused, *happened.skipped, *found.skipped), remarks=happened.remarks
    )


def _records(folder: str) -> tuple[list[Record], list[SkippedForecast]]:
    """Read every record; those that are refused, each with its reason."""
    found: list[Record] = []
    problems: list[Problem] = []
    try:
        files = sorted(path for path in Path(folder).iterdir() if path.suffix == ".json")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputError(Problem(f"the folder cannot be read: {reason}", "", folder)) from error
    for path in files:
        if not path.is_file() or not is_record(read_bytes(str(path), RECORD_LIMIT)):
            continue
        try:
            found.append(read_record(str(path)))
        except InputError as error:
            problems.extend(error.problems)
    if not found and problems:
        raise InputError(*problems)
    if not found:
        remedy = "records are the NAME.json that estimate --out writes"
        raise InputError(Problem("holds no record of an estimate", remedy, folder))
    return found, [SkippedForecast(one.file, one.line, one.message) for one in problems]


def _kept(record: Record) -> KeptForecast | None:
    """Take from a record what can be compared; None when an older version did not keep it."""
    rest, full = (
        _quantiles(record, f"recovery.{name}") for name in ("remaining_h", "full_recovery_h")
    )
    if rest is None or full is None:
        return None
    middle = QUANTILES.index(50)
    return KeptForecast(
        file=record.name,
        id=record.id,
        as_of=record.as_of,
        elapsed_h=max(0.0, full[middle] - rest[middle]),
        open=bool(record.figure("recovery.open")),
        rest_h=rest,
        loss=_quantiles(record, "customer.total"),
        currency=record.figure("currency"),
    )


def _quantiles(record: Record, path: str) -> tuple[float, ...] | None:
    """Take the quantiles of a distribution; None when one of them is not there."""
    found = tuple(record.figure(f"{path}.p{percent}") for percent in QUANTILES)
    return found if all(isinstance(one, float | int) for one in found) else None


def leave_track_record(found: RecordBacktest) -> str:
    """Leave what later estimates say of these forecasts in their folder.

    Returns
    -------
    str
        The file's name; empty when the folder cannot be written: the answer stands without it.
    """
    from impactcalc.report.output import write_reports
    from impactcalc.report.record_backtest import track_record_file

    try:
        return str(write_reports(Path(found.folder), {TRACK_FILE: track_record_file(found)})[0])
    except (InputError, OutputError):
        return ""


def write_picture(found: RecordBacktest, folder: Path) -> Path:
    """Write the pictures of one's own forecasts as ``backtest-records.png``.

    Raises
    ------
    InputError
        When no end was scored, or the folder cannot be one.
    OutputError
        When the file could not be written.
    """
    from impactcalc.domain.backtest import Backtest
    from impactcalc.usecases.backtest import write_picture as picture

    return picture(
        Backtest(
            file=f"{Path(found.folder).name or 'records'}-records",
            incidents=found.incidents,
            scored=found.scored,
            skipped=(),
            asked=(found.ends,),
            verdict=found.verdict,
            pooled80=found.pooled80,
            band80=found.band80,
            burn_in=0,
            window=0,
            last=found.last,
            own=True,
        ),
        folder,
    )
