"""The record: what makes a kept answer the one that was given, whoever wrote it to a file."""

from __future__ import annotations

from collections.abc import Mapping

DIGEST = "record_sha256"
"""Key under ``run`` that holds the digest."""
TRACK_SCHEMA = "impactcalc/track-record/1"
TRACK_FILE = "track-record.json"
"""Where a folder of records keeps what later estimates say of them."""
_UNDIGESTED = frozenset({DIGEST, "seconds"})  # equal questions give equal digests on any machine


def record_digest(document: Mapping[str, object]) -> str:
    """Digest a record's content: of everything but ``run.seconds`` and the digest itself.

    The canonical form is JSON with sorted keys and no blanks, so that neither indentation nor the
    order of keys matters, and any changed figure, word or key does.

    Parameters
    ----------
    document
        The record as read from JSON, or as it will be written.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    ValueError
        When a figure is not finite: JSON has no such number.

    Examples
    --------
    >>> one = {"schema": "x", "run": {"seconds": 0.2}}
    >>> record_digest(one) == record_digest({"run": {"seconds": 9.0, DIGEST: "0"}, "schema": "x"})
    True
    >>> record_digest(one) == record_digest({"schema": "y", "run": {"seconds": 0.2}})
    False
    """
    import hashlib  # who only looks at a screen has no use for them
    import json

    run = document.get("run")
    if isinstance(run, Mapping):
        kept = {key: value for key, value in run.items() if key not in _UNDIGESTED}
        document = {**document, "run": kept}
    text = json.dumps(document, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
