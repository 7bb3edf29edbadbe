"""Named streams of uniform draws: a randomised Sobol column for every name.

A draw is ``u(name, replicate, i)``: point ``i`` of the column that the name owns, XOR a random
digital shift that the seed, the replicate and the name fix, in the middle of its cell of width
2^-32. So a draw depends on nothing else: not on blocks, their order, threads, or on which other
names exist (common random numbers survive every edit of a scenario). Names past the table of
direction numbers get a counter-based generator keyed by the same name.

Sources: Joe and Kuo (2008) for the direction numbers; L'Ecuyer and Lemieux (2002) for the random
digital shift; Steele, Lea and Flood (2014) for the SplitMix64 finaliser.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

REPLICATES = 16
_BITS = 32
_CELL = 2.0**-_BITS
_TABLE = Path(__file__).parent / "data" / "sobol_joe_kuo_256x32.u4"


def _key(seed: int, replicate: int, name: str) -> int:
    from hashlib import blake2b

    digest = blake2b(f"{seed}|{replicate}|{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


class Streams:
    """Uniform draws by name, for 16 replicates of one seed.

    Parameters
    ----------
    seed
        Any integer >= 0.
    names
        The names in order of weight: the first columns of the table are the most even ones.

    Examples
    --------
    >>> streams = Streams(1, ["a", "b"])
    >>> streams.draw("a", 0, 4).shape
    (16, 4)
    >>> alone = Streams(1, ["a"])
    >>> bool((streams.draw("a", 0, 4) == alone.draw("a", 0, 4)).all())
    True
    """

    def __init__(self, seed: int, names: Iterable[str] = ()) -> None:
        self._seed = seed
        self._columns: dict[str, int] = {}
        self._shifts: dict[str, NDArray[np.uint32]] = {}
        self._low: dict[tuple[str, int], NDArray[np.uint32]] = {}
        self._directions = np.fromfile(_TABLE, dtype="<u4").reshape(-1, _BITS)
        for name in names:
            self.register(name)

    def register(self, name: str) -> None:
        """Give ``name`` the next column, unless it has one."""
        if name not in self._columns:
            self._columns[name] = len(self._columns)

    def draw(self, name: str, start: int, count: int) -> NDArray[np.float64]:
        """Draws ``start`` to ``start + count`` of every replicate.

        Parameters
        ----------
        name
            Registered on first use.
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
        self.register(name)
        column = self._columns[name]
        if column >= len(self._directions):
            return self._counter_draw(name, start, count)
        points = self._low_points(name, column, count)
        offset = self._offset(column, start)
        bits = points[np.newaxis, :] ^ (self._shift(name) ^ offset)[:, np.newaxis]
        uniform: NDArray[np.float64] = bits * _CELL
        uniform += _CELL / 2
        return uniform

    def _low_points(self, name: str, column: int, count: int) -> NDArray[np.uint32]:
        found = self._low.get((name, count))
        if found is None:
            found = np.zeros(count, dtype=np.uint32)
            size, bit = 1, 0
            while size < count:
                np.bitwise_xor(
                    found[:size], self._directions[column, bit], out=found[size : 2 * size]
                )
                size, bit = 2 * size, bit + 1
            self._low[name, count] = found
        return found

    def _offset(self, column: int, start: int) -> np.uint32:
        offset, bit = np.uint32(0), 0
        while start:
            if start & 1:
                offset ^= self._directions[column, bit]
            start, bit = start >> 1, bit + 1
        return offset

    def _shift(self, name: str) -> NDArray[np.uint32]:
        found = self._shifts.get(name)
        if found is None:
            keys = [_key(self._seed, r, name) & 0xFFFFFFFF for r in range(REPLICATES)]
            found = np.array(keys, dtype=np.uint32)
            self._shifts[name] = found
        return found

    def _counter_draw(self, name: str, start: int, count: int) -> NDArray[np.float64]:
        keys = np.array([_key(self._seed, r, name) for r in range(REPLICATES)], dtype=np.uint64)
        counter = np.arange(start + 1, start + count + 1, dtype=np.uint64)
        bits = keys[:, np.newaxis] + counter[np.newaxis, :] * np.uint64(0x9E3779B97F4A7C15)
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        bits ^= bits >> np.uint64(31)
        uniform: NDArray[np.float64] = (bits >> np.uint64(32)) * _CELL
        uniform += _CELL / 2
        return uniform
