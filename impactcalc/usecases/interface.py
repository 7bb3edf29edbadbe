"""The estimate from Python: one function for notebooks and scripts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.usecases.request import DEFAULT_SEED, Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from impactcalc.domain.result import Estimate

FilePath = str | os.PathLike[str]


def estimate(  # noqa: PLR0913 - one parameter an option of the command
    source: FilePath | None,
    *,
    as_of: datetime | str | None = None,
    settings: Mapping[str, object] | None = None,
    observations: FilePath | Iterable[FilePath] = (),
    history: FilePath | None = None,
    since: FilePath | None = None,
    accuracy: float | None = None,
    trials: int | None = None,
    seed: int = DEFAULT_SEED,
) -> Estimate:
    """Answer one escalation, as ``impactcalc estimate`` does.

    Parameters
    ----------
    source
        Path of an escalation text or a scenario file; None is the bundled escalation.
    as_of
        Moment of the forecast, an aware datetime or as written in a scenario file; None: the
        source's own, else the present.
    settings
        Values to change by their path, as ``--set`` takes them: ``{"business.reading": "lost"}``.
    observations
        A file of measurements or several; they go before what the source says.
    history
        File of earlier incidents; it goes before the one that the source names.
    since
        Record of an earlier estimate of the same incident: the answer says what changed.
    accuracy
        Wanted relative standard error of the main figures, in (0, 1]; None: 1%, or none when
        `trials` is given.
    trials
        How many to run, at least 2; with `accuracy` the most that may be run.
    seed
        Of the draws, from 0; the same seed gives the same answer.

    Returns
    -------
    Estimate
        A named tuple of named tuples; durations named ``_h`` are hours, ``_s`` seconds, money is
        in ``Estimate.currency``, moments are aware.

    Raises
    ------
    InputError
        With every problem of the source and the settings at once.

    Examples
    --------
    >>> answer = estimate(None, trials=256)
    >>> answer.currency, len(answer.customer.dots)
    ('USD', 20)
    """
    from impactcalc.usecases.estimate import estimate as answer

    _check(source, {"accuracy": accuracy, "trials": trials, "seed": seed})
    files = (observations,) if isinstance(observations, str | os.PathLike) else observations
    request = Request(
        as_of=_moment(as_of),
        settings=tuple(f"{path}={value}" for path, value in (settings or {}).items()),
        accuracy=accuracy,
        trials=trials,
        seed=seed,
        since=None if since is None else os.fspath(since),
        observations=tuple(os.fspath(file) for file in files),
        history=None if history is None else os.fspath(history),
    )
    return answer(None if source is None else os.fspath(source), request)


def _check(source: FilePath | None, numbers: Mapping[str, object]) -> None:
    """Refuse a text in the place of its file, and what is no number; all problems at once."""
    problems = []
    if isinstance(source, str) and "\n" in source:
        remedy = "save the text, and give the path of its file"
        problems.append(Problem("source: this is a text, no path", remedy))
    elif source is not None and not isinstance(source, str | os.PathLike):
        remedy = "give a str, a Path or None"
        problems.append(Problem(f"source: a {type(source).__name__} is no path", remedy))
    for name, value in numbers.items():
        if value is not None and not isinstance(value, int | float):
            remedy = "e.g. 0.01 for 1%" if name == "accuracy" else "give a whole number"
            problems.append(Problem(f"{name}: {value!r} is no number", remedy))
    if problems:
        raise InputError(*problems)


def _moment(as_of: datetime | str | None) -> str | None:
    """Write a moment as the command line takes it; one without an offset is refused."""
    if as_of is None or isinstance(as_of, str):
        return as_of
    if as_of.tzinfo is None:
        remedy = "e.g. datetime(2024, 1, 23, 12, tzinfo=UTC)"
        raise InputError(Problem("as_of: the moment has no time zone", remedy))
    return as_of.isoformat()
