"""The request: what ``estimate`` is asked beside its source; loads nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from impactcalc.intake.read_options import ReadOptions

DEFAULT_SEED = 1


class Request(NamedTuple):
    """The options that change an answer.

    Parameters
    ----------
    as_of
        Moment of the forecast as written; None: the scenario's own.
    settings
        ``PATH=VALUE`` of every ``--set``, in their order.
    accuracy
        Wanted relative standard error in (0, 1]; None: the engine's default, or none when
        ``trials`` is given.
    trials
        Trials to run, at least 2; with ``accuracy`` the most that may be run; None: as many as
        the accuracy needs.
    seed
        Seed of the draws.
    observations
        Files of measurements; they take the place of those that a scenario names.
    since
        The record of an earlier estimate of the same incident; None: no comparison.
    reading
        What is said about those files; None: nothing.
    history
        File of earlier incidents; it takes the place of the one that a scenario names.
    """

    as_of: str | None = None
    settings: tuple[str, ...] = ()
    accuracy: float | None = None
    trials: int | None = None
    seed: int = DEFAULT_SEED
    observations: tuple[str, ...] = ()
    since: str | None = None
    reading: ReadOptions | None = None
    history: str | None = None
