"""What changed since an earlier estimate: values of the ``estimate --since`` document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


class Change(NamedTuple):
    """One part of the difference between an earlier answer and today's, in means.

    ``mean`` is of the figure that `Since.figure` names; ``full_recovery_h`` and ``breach_prob`` are
    the same part in the mean end and in the chance of a breach, None where one of them has none.
    """

    part: str
    mean: float
    note: str
    full_recovery_h: float | None = None
    breach_prob: float | None = None


class Surprise(NamedTuple):
    """Where one of today's facts fell in the earlier forecast.

    ``low`` and ``high`` bracket its percentile (0 to 100): equal where the moment is known,
    ``high`` 100 for a stage that is still open. ``review`` asks for a look at the assumptions: the
    fact lies below the 5th or above the 95th percentile.
    """

    stage: str
    fact: str
    percentile: float
    low: float
    high: float
    review: bool


class Since(NamedTuple):
    """The earlier answer that today's is compared with.

    ``figure`` is the path of the figure whose means are ``before`` and ``after``.
    """

    record: str
    as_of: datetime
    version: str
    figure: str
    before: float
    after: float
    surprises: tuple[Surprise, ...]
