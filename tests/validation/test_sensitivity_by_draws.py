"""Ishigami's function by pick-freeze draws: columns of different names are independent.

Row 25 of the validation cases. First-order indices by Saltelli et al. (2010), total ones by Jansen
(1999): wrong as soon as two names share a column or a shift.
"""

import math

import numpy as np
import pytest

from impactcalc.stats.located import standard_error
from impactcalc.stats.streams import Streams

POINTS = 2**14
FIRST = (0.31390519, 0.44241114, 0.0)
TOTAL = (0.55758886, 0.44241114, 0.24368366)


def ishigami(x):
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


@pytest.fixture(scope="module")
def runs():
    streams = Streams(1, [f"{base}/{i}" for base in "ab" for i in range(3)])
    a, b = (
        [math.pi * (2 * streams.draw(f"{base}/{i}", 0, POINTS) - 1) for i in range(3)]
        for base in "ab"
    )
    mixed = [ishigami([b[j] if j == i else a[j] for j in range(3)]) for i in range(3)]
    return ishigami(a), ishigami(b), mixed


def test_ishigami_has_its_exact_mean_and_variance(runs, wrong):
    variance = 0.5 + 49 / 8 + 0.1 * math.pi**4 / 5 + 0.01 * math.pi**8 / 18
    assert wrong(runs[0], {"mean": 3.5, "var": variance}) == []


@pytest.mark.parametrize("i", range(3))
def test_ishigami_has_its_exact_indices(runs, i):
    a, b, mixed = runs
    variance = a.var(axis=1)
    first = (b * (mixed[i] - a)).mean(axis=1) / variance
    total = ((a - mixed[i]) ** 2).mean(axis=1) / (2 * variance)
    for rows, exact in ((first, FIRST[i]), (total, TOTAL[i])):
        assert abs(rows.mean() - exact) < 4 * standard_error(rows) < 0.01
