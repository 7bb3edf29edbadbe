"""Records of earlier estimates: ``NAME.json`` as ``estimate --out`` wrote it, and unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from impactcalc.domain.record import DIGEST, record_digest
from impactcalc.errors import InputError, Problem
from impactcalc.intake.json_tree import plain_json
from impactcalc.intake.source import read_bytes
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILY = "impactcalc/estimate/"
SCHEMA = f"{FAMILY}1"
RECORD_LIMIT = 20_000_000
_AGAIN = "take the file that estimate --out wrote, or estimate again"


class Record(NamedTuple):
    """One answer as it was given.

    Parameters
    ----------
    name
        Of its file, as the person wrote it.
    document
        The JSON document ``impactcalc/estimate/1``; numbers as Python reads them.
    as_of
        The moment of the forecast, aware.
    """

    name: str
    document: Mapping[str, Any]
    as_of: datetime

    @property
    def id(self) -> str:
        """The incident's id; empty when the input stated none."""
        stated = self.figure("scenario.incident.id.value")
        return "" if stated is None else str(stated)

    @property
    def digest(self) -> str:
        """The digest of the record."""
        return str(self.document["run"][DIGEST])

    def figure(self, path: str) -> Any:
        """Give the value at a dotted path of keys; None where the answer has none.

        Examples
        --------
        >>> from datetime import UTC
        >>> kept = Record("x.json", {"customer": {"total": None}}, datetime(2024, 1, 1, tzinfo=UTC))
        >>> kept.figure("customer.total.p50") is None
        True
        """
        value: Any = self.document
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        return value


def read_record(name: str) -> Record:
    """Read one record and refuse it when it is not what was written.

    Parameters
    ----------
    name
        Path of the file, or ``-`` for standard input.

    Raises
    ------
    InputError
        When there is no such file, it is no record of an estimate, has no digest, or its content
        was changed after it was written.
    """
    data = read_bytes(name, RECORD_LIMIT)
    try:
        document = plain_json(data, name)
    except InputError as error:
        raise InputError(*(replace(one, remedy=_AGAIN) for one in error.problems)) from error
    if not isinstance(document, dict) or not str(document.get("schema", "")).startswith(FAMILY):
        raise InputError(Problem("is no record of an estimate", _AGAIN, name))
    if document["schema"] != SCHEMA:
        raise InputError(
            Problem(
                f"is of the form '{document['schema']}', and '{SCHEMA}' is read here",
                "use the version of impactcalc that wrote it",
                name,
            )
        )
    _refuse_changed(document, name)
    return Record(name, document, _as_of(document, name))


def is_record(data: bytes) -> bool:
    """Tell whether a file looks like a record of an estimate, changed or not.

    Examples
    --------
    >>> is_record(b'{"schema": "impactcalc/estimate/1"}'), is_record(b'{"schema": "other"}')
    (True, False)
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return FAMILY.encode() in data  # a damaged one is to be named, not passed over
    return isinstance(document, dict) and str(document.get("schema", "")).startswith(FAMILY)


def _refuse_changed(document: dict[str, Any], name: str) -> None:
    run = document.get("run")
    written = run.get(DIGEST) if isinstance(run, dict) else None
    if not isinstance(written, str):
        raise InputError(
            Problem(f"has no digest (run.{DIGEST}), so it cannot be trusted", _AGAIN, name)
        )
    try:
        found = record_digest(document)
    except (ValueError, RecursionError):  # a number that is none, or brackets without end
        found = ""
    if found != written:
        raise InputError(
            Problem("was changed after it was written: its digest does not fit", _AGAIN, name)
        )


def _as_of(document: dict[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(document.get("as_of")))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputError(Problem("has no moment of its forecast (as_of)", _AGAIN, name))
    return moment
