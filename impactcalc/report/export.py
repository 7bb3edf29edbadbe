"""The JSON document ``impactcalc/estimate/1`` (DESIGN.md 4.3): keys are kept, never renamed."""

from __future__ import annotations

import enum
import json
import math
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.domain.result import Run
from impactcalc.domain.sourced import Sourced
from impactcalc.report.narrative.headline import headline

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate

SCHEMA = "impactcalc/estimate/1"
_INTERNAL = frozenset({"half_width_factor"})  # how text rounds a figure: no figure itself
_SHOWN_AS = {"probe": "byte_probe"}  # what is computed for a document only


def to_document(estimate: Estimate) -> dict[str, object]:
    """Lay an estimate out as the document that other programs read.

    Parameters
    ----------
    estimate
        The whole answer.

    Returns
    -------
    dict
        Of plain values that `to_json` can write; its keys stand in the contract's order.
        ``run.record_sha256`` is the digest of all of it: a record that was changed is refused.
    """
    from impactcalc.domain.record import DIGEST, record_digest

    run: dict[str, object] = {name: plain(getattr(estimate.run, name)) for name in _names(Run)}
    document = {
        "schema": SCHEMA,
        "as_of": plain(estimate.as_of),
        "currency": estimate.currency,
        "headline": headline(estimate),
        "scenario": plain(estimate.scenario.figures),
        "assumptions": plain(estimate.assumptions),
        "sla": plain(estimate.sla),
        "recovery": plain(estimate.recovery),
        "promise": plain(estimate.promise),
        "customer": plain(estimate.customer),
        "provider": plain(estimate.provider),
        "lost_share": plain(estimate.lost_share),
        "drivers": plain(estimate.drivers),
        "what_if": plain(estimate.what_if),
        "warnings": plain(estimate.warnings),
        "questions": plain(estimate.questions),
        "checks": plain(estimate.checks),
        "changes": plain(estimate.changes),
        "since": plain(estimate.since),
        "run": run,
    }
    run[DIGEST] = record_digest(document)
    return document


def to_json(document: Mapping[str, object]) -> str:
    """Write a document as JSON with floats at full precision, ending in a line end.

    ``<`` is written as its escape: a record that is put into a page cannot end its script.

    Raises
    ------
    ValueError
        When a figure is not finite: JSON has no such number.
    """
    text = json.dumps(document, allow_nan=False, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c") + "\n"


def plain(value: object) -> object:
    """Turn domain values into what JSON knows, whatever they hold.

    Named tuples become objects by the order of their fields, a `Sourced` value keeps ``value`` and
    ``source`` alone, moments become ISO 8601 with their offset, exact decimals numbers.

    Parameters
    ----------
    value
        A domain value, or a container of such.

    Returns
    -------
    object
        Of dict, list, str, int, float, bool and None alone.

    Raises
    ------
    TypeError
        When a value has no form in JSON.
    """
    if value is None or type(value) in {bool, int, float, str}:
        return _finite(value)
    if isinstance(value, Sourced):
        return {"value": plain(value.value), "source": _text(value.source)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {_text(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return _scalar(value)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """List the fields of a named tuple that the document shows; looked up once a class."""
    named: tuple[str, ...] = getattr(kind, "_fields", ())
    return tuple(_SHOWN_AS.get(name, name) for name in named if name not in _INTERNAL)


def _finite(value: object) -> object:
    """Keep a figure that JSON can write; infinity and NaN become null, text valid Unicode."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _scalar(value: object) -> object:
    """Turn a single value of another type into text or a number."""
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return int(value) if whole else float(value)
    if isinstance(value, (str, float)):
        return _finite(str(value) if isinstance(value, str) else float(value))
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
