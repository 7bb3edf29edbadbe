"""A history of incidents: what is known of each, and the rows that could not be used."""

from __future__ import annotations

from impactcalc.named import NamedTuple

ALL = "all"
"""The category that holds every incident."""


class PastIncident(NamedTuple):
    """One incident of a history.

    Parameters
    ----------
    start_s, end_s
        Seconds since 1970; ``end_s`` None: still open.
    labels
        Its category, impact and stage in small letters, as far as they are known; a category
        ``coordination/quorum`` counts as each of its parts, too.
    line
        Line of the file, from 1; number of the row in Parquet.
    id
        As written; empty where the file has none.
    """

    start_s: float
    end_s: float | None
    labels: tuple[str, ...] = ()
    line: int = 0
    id: str = ""


class SkippedRow(NamedTuple):
    """A row that is not used: its line (number of the row in Parquet), and why."""

    line: int
    why: str


class IncidentHistory(NamedTuple):
    """The incidents of one file, by their start.

    Parameters
    ----------
    file
        As the person wrote it.
    incidents
        Rising starts; of equal ones in the order of the file.
    skipped
        Rows that are not used, in the order of the file.
    remarks
        What a reader of the answer should know about the file.
    sha256
        Digest of the file's bytes.
    """

    file: str
    incidents: tuple[PastIncident, ...]
    skipped: tuple[SkippedRow, ...] = ()
    remarks: tuple[str, ...] = ()
    sha256: str = ""

    def of(self, category: str) -> tuple[PastIncident, ...]:
        """Incidents of a category, in small letters; ``all``: every one.

        Examples
        --------
        >>> rows = (PastIncident(0.0, 60.0, ("network",)), PastIncident(5.0, None))
        >>> history = IncidentHistory("h.csv", rows)
        >>> len(history.of("network")), len(history.of(ALL))
        (1, 2)
        """
        if category == ALL:
            return self.incidents
        return tuple(one for one in self.incidents if category in one.labels)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that occurs, in alphabetical order."""
        return tuple(sorted({label for one in self.incidents for label in one.labels}))
