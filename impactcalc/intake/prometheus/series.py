"""The series: labels and samples in the order of time, as scrapes left them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Number = int | Fraction
NAME, LE = "__name__", "le"


class Sample(NamedTuple):
    """One scraped value.

    ``restarted`` says that the counter began anew since the sample before, although its value may
    have risen.
    """

    at_ns: int
    value: Number
    restarted: bool = False


class Series(NamedTuple):
    """One series.

    Parameters
    ----------
    labels
        By name; the metric's name is ``__name__``, missing after most functions of PromQL.
    samples
        In the order of time, one an instant; NaN and missing scrapes are no samples.
    scrapes
        All instants of the file for this series, those with NaN too.
    where
        File and path, for messages.
    """

    labels: Mapping[str, str]
    samples: list[Sample]
    scrapes: list[int]
    file: str
    where: str

    @property
    def name(self) -> str:
        """Name of the metric; empty when it has none."""
        return self.labels.get(NAME, "")


def written(labels: Mapping[str, str]) -> str:
    """Write labels as PromQL does.

    Examples
    --------
    >>> written({"__name__": "http_requests_total", "code": "503"})
    'http_requests_total{code="503"}'
    """
    inner = ",".join(f'{key}="{value}"' for key, value in labels.items() if key != NAME)
    return f"{labels.get(NAME, '')}{{{inner}}}"


def moment(at_ns: int) -> str:
    """Write an instant for a message."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at_ns / 1e9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
