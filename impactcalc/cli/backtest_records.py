"""The command ``backtest`` on a folder of records: its answer on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.cli.outcome import Outcome

if TYPE_CHECKING:
    from impactcalc.cli.backtest import Asked, Write
    from impactcalc.domain.track_record import RecordBacktest


def answer(asked: Asked, write: Write) -> Outcome:
    """Score a folder of records, leave the track record in it, and say it."""
    from impactcalc.usecases.backtest_records import (
        backtest_records,
        leave_track_record,
        write_picture,
    )

    _refuse(asked, write)
    found = backtest_records(asked.history, None if asked.actuals is None else str(asked.actuals))
    notes = [f"{found.actuals}: warning: {words}" for words in found.remarks]
    for one in found.skipped:
        place = f"{one.file}:{one.line}" if one.line else one.file
        notes.append(f"{place}: warning: not used: {one.why}")
    if write.png:
        from impactcalc.cli.backtest import REPORTS

        notes.append(f"wrote {write_picture(found, write.out or REPORTS)}")
    left = leave_track_record(found)
    notes.append(f"wrote {left}: estimates say it" if left else "the folder cannot be written")
    return Outcome(_text(found, as_json=write.as_json), utf8=write.as_json, notes=tuple(notes))


def _refuse(asked: Asked, write: Write) -> None:
    """Refuse what belongs to a history, all at once."""
    from impactcalc.cli.options import Findings

    findings = Findings()
    options = {
        "--columns": asked.columns,
        "--tz": asked.zone,
        "--burn-in": asked.burn_in,
        "--window": asked.window,
    }
    for name, value in options.items():
        if value is not None:
            findings.refuse(f"{name} belongs to a history, not to a folder", "leave it out")
    if write.out is not None and not write.png:
        findings.refuse("--out is the folder of the pictures", "give --png, too")
    findings.finish()


def _text(found: RecordBacktest, *, as_json: bool) -> str:
    """Write the document or the screen."""
    if as_json:
        import json

        from impactcalc.report.record_backtest import record_backtest_document

        document = record_backtest_document(found)
        return json.dumps(document, allow_nan=False, ensure_ascii=False, indent=1) + "\n"
    from impactcalc.cli import console
    from impactcalc.report.terminal.record_backtest import render_record_backtest

    face = console.face()
    return render_record_backtest(found, width=face.width, colour=face.colour, unicode=face.unicode)
