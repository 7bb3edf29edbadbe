"""Named streams of uniform draws: a randomised Sobol column for every name.

A draw is ``u(name, replicate, i)``: point ``i`` of the column that the name owns, XOR a random
digital shift that the seed, the replicate and the name fix, in the middle of its cell of width
2^-32. So a draw depends on nothing else: not on blocks, their order, threads, or on which other
names exist (common random numbers survive every edit of a scenario). Names without a column, or
past the table of direction numbers, get a counter-based generator keyed by the same name.

Sources: Joe and Kuo (2008) for the direction numbers; L'Ecuyer and Lemieux (2002) for the random
digital shift; Steele, Lea and Flood (2014) for the SplitMix64 finaliser.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from impactcalc.digests import blake2b

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

REPLICATES = 16
_BITS = 32
_CELL = 2.0**-_BITS
_TABLE = Path(__file__).parent / "data" / "sobol_joe_kuo_256x32.u4"


def _key(seed: int, replicate: int, name: str) -> int:
    digest = blake2b(f"{seed}|{replicate}|{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class Streams:
    """Uniform draws by name, for 16 replicates of one seed.

    Parameters
    ----------
    seed
        Any integer >= 0.
    names
        The name of each column of the table, in order; None leaves a column free.

    Examples
    --------
    >>> streams = Streams(1, ["a", "b"])
    >>> streams.draw("a", 0, 4).shape
    (16, 4)
    >>> alone = Streams(1, ["a"])
    >>> bool((streams.draw("a", 0, 4) == alone.draw("a", 0, 4)).all())
    True
    """

    def __init__(self, seed: int, names: Iterable[str | None] = ()) -> None:
        self._seed = seed
        self._directions = np.fromfile(_TABLE, dtype="<u4").reshape(-1, _BITS)
        self._columns: dict[str, int] = {}
        for column, name in enumerate(names):
            if name is not None and column < len(self._directions):
                self._columns.setdefault(name, column)
        self._keys: dict[str, NDArray[np.uint64]] = {}
        self._low: dict[tuple[str, int], NDArray[np.uint32]] = {}

    def draw(self, name: str, start: int, count: int) -> NDArray[np.float64]:
        """Draws ``start`` to ``start + count`` of every replicate.

        Parameters
        ----------
        name
            Of the column, or of a counter generator when it has none.
        start, count
            ``count`` is a power of two and ``start`` a multiple of it.

        Returns
        -------
        Array of shape (16, count), each in (0, 1).

        Raises
        ------
        ValueError
            When the block does not start at a multiple of its power-of-two length.
        """
        if count & (count - 1) or start % count:
            raise ValueError(f"block {start}+{count}: count is 2^k, start a multiple of it")
        if name not in self._columns:
            return self._counter_draw(name, start, count)
        points = self._low_points(name, count)
        bits = points ^ self._offset(name, start)[:, np.newaxis]
        uniform: NDArray[np.float64] = np.multiply(bits, _CELL, dtype=np.float64)
        uniform += _CELL / 2
        return uniform

    def _low_points(self, name: str, count: int) -> NDArray[np.uint32]:
        """First ``count`` points before the shift."""
        found = self._low.get((name, count))
        if found is None:
            directions = self._directions[self._columns[name]]
            found = np.zeros(count, dtype=np.uint32)
            size, bit = 1, 0
            while size < count:
                np.bitwise_xor(found[:size], directions[bit], out=found[size : 2 * size])
                size, bit = 2 * size, bit + 1
            self._low[name, count] = found
        return found

    def _offset(self, name: str, start: int) -> NDArray[np.uint32]:
        """Shift of every replicate XOR the point ``start``, shape (16,)."""
        offset = self._keys_of(name).astype(np.uint32)
        directions, bit = self._directions[self._columns[name]], 0
        while start:
            if start & 1:
                offset ^= directions[bit]
            start, bit = start >> 1, bit + 1
        return offset

    def _keys_of(self, name: str) -> NDArray[np.uint64]:
        found = self._keys.get(name)
        if found is None:
            keys = [_key(self._seed, replicate, name) for replicate in range(REPLICATES)]
            found = self._keys[name] = np.array(keys, dtype=np.uint64)
        return found

    def _counter_draw(self, name: str, start: int, count: int) -> NDArray[np.float64]:
        counter = np.arange(start + 1, start + count + 1, dtype=np.uint64)
        bits = _mixed(self._keys_of(name)[:, np.newaxis], counter)
        uniform: NDArray[np.float64] = np.multiply(
            bits >> np.uint64(_BITS), _CELL, dtype=np.float64
        )
        uniform += _CELL / 2
        return uniform


def _mixed(keys: NDArray[np.uint64], counter: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64 of a key at a counter."""
    bits: NDArray[np.uint64] = keys + counter * np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
