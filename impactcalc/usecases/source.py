"""The source: which door a file or standard input goes through, and the scenario behind it."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from impactcalc.digests import sha256
from impactcalc.errors import InputError, Problem
from impactcalc.intake.source import STANDARD_INPUT, TEXT_LIMIT, read_bytes
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from impactcalc.domain.scenario import Scenario
    from impactcalc.intake.document import Document
    from impactcalc.intake.escalation import Reading
    from impactcalc.usecases.request import Request

SCENARIO_SUFFIXES = (".yaml", ".yml")


class Source(NamedTuple):
    """What was read, before anything is made of it.

    Parameters
    ----------
    name
        As the person wrote it; ``-`` for standard input.
    data
        All its bytes.
    """

    name: str
    data: bytes

    @property
    def is_scenario(self) -> bool:
        """Whether it is a scenario file: by its suffix, on standard input by its first key."""
        if self.name == STANDARD_INPUT:
            return bool(
                re.match(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\n)*impactcalc:", self.data)
            )
        return PurePath(self.name).suffix.lower() in SCENARIO_SUFFIXES


def read_source(name: str) -> Source:
    """Read a file or standard input.

    Raises
    ------
    InputError
        When there is no such file, it cannot be read, or is larger than 20 MB.
    """
    return Source(name, read_bytes(name, TEXT_LIMIT))


def reading_of(source: Source) -> Reading:
    """Read the facts of an escalation text.

    Raises
    ------
    InputError
        When it is empty, binary, encrypted, of a kind that is not read, or in a language that
        is not read.
    """
    from impactcalc.intake.coats import uncoat
    from impactcalc.intake.escalation import read_escalation

    text, cautions = uncoat(source.data, source.name)
    reading = read_escalation(text)
    if not reading.found and not reading.stages:
        _refuse_foreign(text, source.name)
    return reading._replace(warnings=(*cautions, *reading.warnings))


def _refuse_foreign(text: str, name: str) -> None:
    """Refuse a text of which nothing was understood because of its language."""
    from impactcalc.intake.escalation.text.language import foreign

    why = foreign(text)
    if why:
        remedy = "write its facts in English, as 'Affected users: 1,200'"
        raise InputError(Problem(f"{why}: nothing in it was understood", remedy, name))


def document_of(source: Source) -> Document:
    """Turn a source into the tree of the scenario file's keys, by the door of its kind.

    Raises
    ------
    InputError
        With every problem of the file's form at once.
    """
    if source.is_scenario:
        from impactcalc.intake.scenario_file import read_scenario

        return read_scenario(source.data, source.name)
    return _document_of_reading(reading_of(source), source)


def _document_of_reading(reading: Reading, source: Source) -> Document:
    """Turn a reading into the tree of the scenario file's keys."""
    from impactcalc.intake.escalation.scenario import scenario_document

    return scenario_document(reading, source.name)


def scenario_of(source: Source, request: Request, now: datetime) -> Scenario:
    """Turn a source and the options into the question that the engine answers.

    Parameters
    ----------
    source
        The bytes.
    request
        Its ``settings`` and ``as_of`` are used.
    now
        The present moment, for sources that state none; aware.

    Raises
    ------
    InputError
        With every problem at once.
    """
    from impactcalc.intake.plan_checks import plan_checks
    from impactcalc.intake.scenario_file import to_scenario

    reading = None if source.is_scenario else reading_of(source)
    document = document_of(source) if reading is None else _document_of_reading(reading, source)
    if request.settings:
        from impactcalc.intake.scenario_file import apply_settings

        document = apply_settings(document, request.settings)
    scenario = to_scenario(
        document,
        now=now,
        as_of=_as_of(request.as_of),
        file=source.name,
        digest=_digest(source, request),
    )
    return scenario._replace(checks=plan_checks(scenario, reading))


def present() -> datetime:
    """Return the present minute: a forecast knows no seconds, and its page shows none."""
    from datetime import UTC, datetime

    return datetime.now(UTC).replace(second=0, microsecond=0)


def _as_of(text: str | None) -> datetime | None:
    """Read ``--as-of``; a bare date is its noon, as everywhere."""
    if text is None:
        return None
    from impactcalc.intake.moments import parse_moment

    try:
        return parse_moment(text).middle
    except ValueError as error:
        raise InputError(Problem(f"--as-of: {error}")) from error


def _digest(source: Source, request: Request) -> str:
    """Digest the bytes and the options that change the question, not its exactness."""
    digest = sha256(source.data)
    for option in (request.as_of or "", *request.settings):
        digest.update(b"\0" + option.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
