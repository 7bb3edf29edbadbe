"""Judging: a reading against the truth, piece by piece, as the corpus is scored."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from composed.story import wording

if TYPE_CHECKING:
    from composed.truth import Truth
    from impactcalc.intake.escalation.reading import Reading

LOOSE = {"service"}
DATES = {"created", "escalated", "renewal_date"}


def verdicts(truth: Truth, reading: Reading) -> dict[str, str]:
    """Tell for every fact of a story whether it was read right, missed, flagged or wrong."""
    flagged = set(reading.contradictions) | {one.field for one in reading.warnings}
    got = reading.facts.to_mapping()
    told: dict[str, str] = {}
    for field, found in got.items():
        if field in {"stages", "progress"} or field in truth.skipped:
            continue
        wanted = truth.facts.get(field)
        if _same(field, found, wanted):
            told[field] = "right" if wanted is not None else "right, not stated"
        elif field in truth.unsure and found in (None, 0):
            told[field] = "right, not stated"
        elif found is None:
            told[field] = f"missed {wanted!r}"
        else:
            told[field] = _verdict(field, found, wanted, field in flagged)
    if "stages" in truth.skipped:
        return told
    told.update(_stages(truth, got["stages"] or [], flagged))
    told.update(_progress(truth, got["progress"] or [], flagged))
    return told


def _squeezed(words: object) -> str:
    return re.sub(r"\s+", " ", str(words)).strip().casefold()


def _same(field: str, got: Any, wanted: Any) -> bool:
    if got is None or wanted is None:
        return got is wanted
    if isinstance(wanted, dict) and isinstance(got, dict):
        return set(wanted) == set(got) and all(_same(field, got[key], wanted[key]) for key in got)
    if isinstance(wanted, list) and isinstance(got, list):
        pairs = zip(got, wanted, strict=False)
        return len(wanted) == len(got) and all(_same(field, a, b) for a, b in pairs)
    if isinstance(wanted, (int, float)) and isinstance(got, (int, float)):
        return abs(got - wanted) <= 1e-6 * max(1.0, abs(wanted))
    if field in DATES:
        return _instant(got) == _instant(wanted) and ("T" in got) == ("T" in wanted)
    mine, theirs = _squeezed(got), _squeezed(wanted)
    return bool(set(mine.split()) & set(theirs.split())) if field in LOOSE else mine == theirs


def _instant(words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words)


def _stages(truth: Truth, got: list[Any], flagged: set[str]) -> dict[str, str]:
    """Judge the stages one by one."""
    told: dict[str, str] = {}
    for at in range(max(len(got), len(truth.stages))):
        found = got[at] if at < len(got) else {}
        stage = truth.stages[at] if at < len(truth.stages) else None
        wanted: dict[str, Any] = {}
        if stage is not None:
            wanted = {
                "from_hours": stage.start,
                "to_hours": stage.stop,
                "actions": [wording(one) for one in stage.actions],
            }
        for key in ("from_hours", "to_hours", "actions"):
            told[f"stages.{at}.{key}"] = _verdict(
                key, found.get(key), wanted.get(key), "stages" in flagged
            )
    return told


def _progress(truth: Truth, got: list[Any], flagged: set[str]) -> dict[str, str]:
    """Judge the state of each action."""
    found = {_squeezed(one["action"]): one["state"] for one in got}
    wanted = {_squeezed(words): state for words, state in truth.states.items()}
    return {
        f"progress.{words}": _verdict(
            "progress", found.get(words), wanted.get(words), "progress" in flagged
        )
        for words in {**wanted, **found}
    }


def _verdict(key: str, got: Any, wanted: Any, flagged: bool) -> str:
    if _same(key, got, wanted):
        return "right" if wanted is not None else "right, not stated"
    if got is None:
        return f"missed {wanted!r}"
    word = "flagged" if flagged else "invented" if wanted is None else "wrong"
    return f"{word}: {got!r}, not {wanted!r}"
