"""Observations to the lost share of known time."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from impactcalc.domain.contract import Downtime, DowntimeRule
from impactcalc.domain.observation import (
    MINUTE_NS,
    Counts,
    Episode,
    Observations,
    Samples,
    States,
    Window,
)
from impactcalc.models.measured import measured_share

TEN = Window(0, 10 * MINUTE_NS)


def counts(minutes, good, valid, known=None):
    known = [True] * len(minutes) if known is None else known
    data = Counts(
        np.array(minutes, dtype=np.int64) * MINUTE_NS,
        MINUTE_NS,
        np.array(good, dtype=np.int64),
        np.array(valid, dtype=np.int64),
        np.array(known, dtype=bool),
    )
    span = Window(minutes[0] * MINUTE_NS, (minutes[-1] + 1) * MINUTE_NS)
    return Observations(data, span, ("m.csv",))


def test_the_lost_share_is_bad_over_valid_and_idle_time_loses_nothing():
    found = measured_share(counts([0, 1, 2], [5, 0, 0], [10, 8, 0]), TEN, None)
    assert found.lost_share.tolist() == [0.5, 1.0, 0.0]
    assert found.judged.tolist() == [True, True, False]
    assert found.readings["all_fail"].tolist() == [0.0, 1.0, 0.0]
    assert found.readings["threshold"].tolist() == [1.0, 1.0, 0.0]
    assert found.readings["proportional"].tolist() == [0.5, 1.0, 0.0]
    assert found.files == ("m.csv",)


def test_unknown_time_has_no_stretch_and_later_data_are_cut():
    seen = counts([0, 1, 3, 12], [1, 1, 1, 0], [1, 1, 1, 1], [True, False, True, True])
    found = measured_share(seen, TEN, None)
    assert (found.start_ns // MINUTE_NS).tolist() == [0, 3]
    assert found.beyond
    assert found.span == TEN


def test_the_contracts_rule_decides_what_counts_as_down():
    rule = DowntimeRule(Downtime.THRESHOLD, Decimal("0.4"), min_consecutive=2, min_events=4)
    seen = counts([0, 1, 2, 3, 4], [5, 5, 9, 5, 1], [10, 10, 10, 10, 3])
    found = measured_share(seen, TEN, rule)
    assert found.readings["threshold"].tolist() == [1.0, 1.0, 0.0, 0.0, 0.0]
    assert found.readings["proportional"].tolist() == [0.5, 0.5, 0.1, 0.5, 0.0]
    assert found.lost_share[-1] == pytest.approx(
        2 / 3
    )  # too few to count as down, lost all the same


def test_states_lose_their_share_and_silence_is_up_where_the_source_says_so():
    episode = Episode(2 * MINUTE_NS, 4 * MINUTE_NS, Fraction(3, 10))
    span = Window(2 * MINUTE_NS, 4 * MINUTE_NS)
    found = measured_share(
        Observations(States((episode,), Fraction(0)), span, ("i.csv",)), TEN, None
    )
    assert found.lost_share.tolist() == [0.0, 0.3, 0.0]
    assert found.readings["threshold"].tolist() == [0.0, 1.0, 0.0]
    assert found.span == TEN
    monitored = measured_share(Observations(States((episode,), None), span, ("i.csv",)), TEN, None)
    assert monitored.lost_share.tolist() == [0.3]
    assert monitored.span == span


def test_what_tells_no_lost_share_is_refused():
    with pytest.raises(ValueError, match="no time is known"):
        measured_share(counts([20], [1], [1]), TEN, None)
    cells = counts([0], [1], [1]).data
    with pytest.raises(ValueError, match="tell no lost share"):
        measured_share(Observations(Samples(cells, None, {}), TEN, ("l.csv",)), TEN, None)
