import json
from fractions import Fraction
from pathlib import Path

import numpy as np

from impactcalc.domain.observation import MINUTE_NS, Counts, Window
from impactcalc.models.sli.slices import time_slices

GOLDEN = json.loads(
    (Path(__file__).parents[2] / "data" / "slo" / "golden.json").read_text(encoding="utf-8")
)["sli_methods"]


def counts_of(rows, step=MINUTE_NS):
    good, valid = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    start = step * np.arange(len(rows))
    return Counts(start, step, good, valid, np.ones(len(rows), dtype=bool))


def test_every_method_gives_its_golden_answer():
    rows, number = GOLDEN["slices"], len(GOLDEN["slices"])
    window = Window(0, number * MINUTE_NS)
    found = time_slices(counts_of(rows), window, MINUTE_NS, Fraction(GOLDEN["slice_target"]))
    for name in ("empty_excluded", "empty_good", "empty_bad"):
        assert getattr(found, f"sli_{name}") == Fraction(GOLDEN[f"timeslice_{name}"]["exact"])
    for name in ("empty_excluded", "empty_good"):
        wanted = Fraction(GOLDEN[f"ratio_timeslices_{name}"]["exact"])
        assert getattr(found, f"ratio_{name}") == wanted


def test_slices_count_from_the_windows_start_and_the_last_one_may_be_short():
    rows = [(1, 1), (0, 1), (1, 1), (1, 1), (1, 1)]
    window = Window(MINUTE_NS, 5 * MINUTE_NS)
    inside = counts_of(rows)._replace(start_ns=MINUTE_NS * np.arange(5))
    kept = inside._replace(
        start_ns=inside.start_ns[1:], good=inside.good[1:], valid=inside.valid[1:],
        known=inside.known[1:],
    )  # fmt: skip
    found = time_slices(kept, window, 3 * MINUTE_NS, Fraction(1))
    assert (found.good, found.bad, found.empty) == (1, 1, 0)


def test_unknown_time_is_in_no_slice():
    counts = counts_of([(0, 9), (1, 1)])._replace(known=np.array([False, True]))
    found = time_slices(counts, Window(0, 2 * MINUTE_NS), MINUTE_NS, Fraction(1))
    assert (found.good, found.bad, found.empty) == (1, 0, 1)


def test_without_events_every_slice_is_empty():
    found = time_slices(counts_of([(0, 0)]), Window(0, 7 * MINUTE_NS), 5 * MINUTE_NS, Fraction(1))
    assert (found.good, found.bad, found.empty) == (0, 0, 2)
    assert found.sli_empty_excluded is None
    assert found.sli_empty_good == 1
