"""The quantile: exact nearest ranks of any number of values in bounded memory.

DuckDB's own exact quantiles hold every value. Here one pass counts the values per bin of equal
width, a second one counts the distinct values of the few bins that hold a wanted rank; a bin that
is still too full is cut again.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from impactcalc.intake.tables.database import fetch
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

LEVELS = ("0.5", "0.9", "0.95", "0.99", "0.999")
_BINS = 65_536
_FEW = 2_000_000  # values that are grouped at once


class Values(NamedTuple):
    """Where the values are: SQL with a column ``latency`` (double; null: not present)."""

    connection: DuckDBPyConnection
    relation: str

    def grouped(self, within: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the distinct values of a span in rising order, and how often each stands."""
        arrays = fetch(
            self.connection,
            f"select latency, count(*) as number from {self.relation} where {within} "  # noqa: S608 - ours
            "group by 1 order by 1",
        )
        return arrays["latency"], arrays["number"]


class _Bins(NamedTuple):
    """Bins that hold values: how many, how many up to their end, and their outermost values."""

    number: NDArray[Any]
    upto: NDArray[Any]
    low: NDArray[Any]
    high: NDArray[Any]

    def before(self, place: int) -> int:
        """Count the values below a bin."""
        return int(self.upto[place] - self.number[place])

    def span(self, place: int) -> tuple[float, float]:
        """Return the outermost values of a bin."""
        return float(self.low[place]), float(self.high[place])


class Extent(NamedTuple):
    """How many values there are, and the outermost ones."""

    number: int
    least: float
    most: float


def quantiles(values: Values, extent: Extent) -> Mapping[str, float]:
    """Take the nearest-rank quantiles (numpy's ``inverted_cdf``) of latencies.

    Parameters
    ----------
    values
        Where they are.
    extent
        Of all of them.

    Returns
    -------
    mapping
        Value by level: `LEVELS` and ``"1"``, the maximum; empty without values.
    """
    if not extent.number:
        return {}
    ranks = {level: -(-extent.number * Fraction(level) // 1) for level in LEVELS}
    wanted = sorted(set(ranks.values()))
    found = _ranked(values, (extent.least, extent.most), extent.number, wanted)
    return {level: found[rank] for level, rank in ranks.items()} | {"1": extent.most}


def _ranked(
    values: Values, span: tuple[float, float], number: int, ranks: Sequence[int]
) -> dict[int, float]:
    """Find the values of some ranks (from 1) among the `number` values of a span."""
    least, most = span
    width = (most - least) / _BINS
    if number > _FEW and least + width > least:
        return _binned(values, span, width, ranks)
    import numpy as np

    distinct, numbers = values.grouped(_within(span))
    places = np.searchsorted(np.cumsum(numbers), ranks)
    return {rank: float(distinct[place]) for rank, place in zip(ranks, places, strict=True)}


def _within(span: tuple[float, float]) -> str:
    """Write the condition of a span, both ends included."""
    return f"latency between {span[0]!r} and {span[1]!r}"


def _binned(
    values: Values, span: tuple[float, float], width: float, ranks: Sequence[int]
) -> dict[int, float]:
    """Count values per bin, then look into the bins that hold a rank."""
    import numpy as np

    bins = _count(values, span, width)
    places = [int(place) for place in np.searchsorted(bins.upto, ranks)]
    found: dict[int, float] = {}
    light: list[int] = []
    for place in dict.fromkeys(places):
        low, high = bins.span(place)
        if int(bins.number[place]) <= _FEW or low == high:
            light.append(place)
            continue
        before = bins.before(place)
        inner = [rank - before for rank, its in zip(ranks, places, strict=True) if its == place]
        deeper = _ranked(values, (low, high), int(bins.number[place]), inner)
        found |= {rank + before: value for rank, value in deeper.items()}
    return found | _light(values, bins, light, ranks)


def _count(values: Values, span: tuple[float, float], width: float) -> _Bins:
    """Count the values per bin of equal width."""
    import numpy as np

    arrays = fetch(
        values.connection,
        f"select cast(trunc((latency - {span[0]!r}) / {width!r}) as integer) as bin, "  # noqa: S608 - ours
        f"count(*) as number, min(latency) as low, max(latency) as high from {values.relation} "
        f"where {_within(span)} group by 1 order by 1",
    )
    return _Bins(arrays["number"], np.cumsum(arrays["number"]), arrays["low"], arrays["high"])


def _light(
    values: Values, bins: _Bins, places: Sequence[int], ranks: Sequence[int]
) -> dict[int, float]:
    """Look into all bins of few values in one pass."""
    import numpy as np

    if not places:
        return {}
    spans = [bins.span(place) for place in places]
    distinct, numbers = values.grouped(" or ".join(map(_within, spans)))
    found: dict[int, float] = {}
    for place, (low, high) in zip(places, spans, strict=True):
        inside = (distinct >= low) & (distinct <= high)
        reach = bins.before(place) + np.cumsum(numbers[inside])
        mine = [rank for rank in ranks if bins.before(place) < rank <= int(bins.upto[place])]
        for rank in mine:
            found[rank] = float(distinct[inside][int(np.searchsorted(reach, rank))])
    return found
