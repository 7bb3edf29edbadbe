"""Named streams: even, independent of blocks, and the same for a name whatever else exists."""

import numpy as np
import pytest
from scipy.stats import qmc

from impactcalc.stats.streams import REPLICATES, Streams


def test_a_column_holds_the_points_of_the_published_sobol_sequence_up_to_its_shift():
    points = qmc.Sobol(8, scramble=False, bits=32).random(256)
    streams = Streams(3, [f"d{i}" for i in range(8)])
    for i in range(8):
        drawn = (streams.draw(f"d{i}", 0, 256)[0] * 2.0**32).astype(np.uint64)
        published = (points[:, i] * 2.0**32).astype(np.uint64)
        shift = int(streams._keys_of(f"d{i}")[0]) & 0xFFFFFFFF
        assert sorted(int(x) ^ shift for x in drawn) == sorted(int(x) for x in published)


def test_replicates_differ_by_their_shifts_alone():
    # so they spread evenly around the truth, and 16 of them tell their error (decision 009)
    draws = (Streams(1, ["a"]).draw("a", 0, 64) * 2.0**32).astype(np.uint64)
    assert len({(row ^ row[0]).tobytes() for row in draws}) == 1


def test_every_column_puts_one_point_into_each_of_256_intervals():
    streams = Streams(2, [f"d{i}" for i in range(40)])
    for i in (0, 1, 2, 17, 39):
        for start in (0, 256, 1024):
            drawn = streams.draw(f"d{i}", start, 256)
            assert (np.sort((drawn * 256).astype(int), axis=1) == np.arange(256)).all()


def test_a_name_without_a_column_is_drawn_the_same_whatever_was_drawn_before():
    streams = Streams(1, ["a"])
    streams.draw("other", 0, 64)
    assert np.array_equal(streams.draw("new", 0, 64), Streams(1).draw("new", 0, 64))


def test_a_free_column_moves_no_other():
    assert np.array_equal(
        Streams(1, [None, "b"]).draw("b", 0, 64), Streams(1, ["a", "b"]).draw("b", 0, 64)
    )


def test_pairs_of_columns_fill_every_elementary_box_once():
    # a (0, m, 2)-net in base 2: each of the 16 x 16 boxes holds one of 256 points
    streams = Streams(1, ["x", "y"])
    x, y = (streams.draw(name, 0, 256)[5] for name in ("x", "y"))
    boxes = set(zip((x * 16).astype(int), (y * 16).astype(int), strict=True))
    assert len(boxes) == 256


@pytest.mark.parametrize("size", [1, 2, 64, 512])
def test_blocks_of_any_size_give_the_same_draws(size):
    whole = Streams(9, ["a", "b"]).draw("b", 0, 1024)
    streams = Streams(9, ["a", "b"])
    parts = [streams.draw("b", start, size) for start in range(0, 1024, size)]
    assert np.array_equal(np.concatenate(parts, axis=1), whole)


def test_a_name_beyond_the_table_draws_evenly_and_by_blocks_too():
    names = [f"n{i}" for i in range(300)]
    streams = Streams(4, names)
    whole = streams.draw("n299", 0, 4096)
    half = streams.draw("n299", 2048, 2048)
    assert np.array_equal(whole[:, 2048:], half)
    assert abs(whole.mean() - 0.5) < 4 / np.sqrt(12 * whole.size)
    correlation = np.corrcoef(whole.ravel(), streams.draw("n298", 0, 4096).ravel())[0, 1]
    assert abs(correlation) < 4 / np.sqrt(whole.size)


def test_replicates_and_seeds_differ():
    first, second = Streams(1, ["a"]).draw("a", 0, 64), Streams(2, ["a"]).draw("a", 0, 64)
    assert len({tuple(row) for row in first}) == REPLICATES
    assert not np.array_equal(first, second)


def test_draws_lie_strictly_between_0_and_1():
    draws = Streams(1, ["a"]).draw("a", 0, 4096)
    assert draws.min() > 0
    assert draws.max() < 1
    # each in the middle of its cell of width 2^-32
    assert np.all((draws * 2.0**32) % 1.0 == 0.5)


def test_appending_a_name_changes_no_other_column():
    before = Streams(1, ["a", "b"]).draw("b", 0, 128)
    after = Streams(1, ["a", "b", "c"])
    after.draw("c", 0, 128)
    assert np.array_equal(after.draw("b", 0, 128), before)


@pytest.mark.parametrize(("start", "count"), [(0, 3), (1, 2), (512, 1024)])
def test_a_block_that_would_break_the_net_is_refused(start, count):
    with pytest.raises(ValueError, match=r"2\^k"):
        Streams(1).draw("a", start, count)
