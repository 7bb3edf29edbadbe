"""Quick named tuples behave as typing's."""

import pickle
import typing

from impactcalc.domain.result import Probability, Summary
from impactcalc.named import NamedTuple


class Pair(NamedTuple):
    """Two numbers."""

    first: int
    second: int = 2

    @property
    def total(self):
        """Their sum."""
        return self.first + self.second


class Typed(typing.NamedTuple):
    """Two numbers."""

    first: int
    second: int = 2


def test_a_value_has_typings_fields_defaults_and_names():
    assert Pair._fields == Typed._fields
    assert Pair._field_defaults == Typed._field_defaults
    assert (Pair.__name__, Pair.__qualname__, Pair.__module__) == ("Pair", "Pair", __name__)
    assert Pair.__doc__ == "Two numbers."
    assert Pair(1) == Typed(1) == (1, 2)
    assert repr(Pair(1)) == "Pair(first=1, second=2)"
    assert Pair(1)._replace(first=5).total == 7


def test_a_value_of_the_package_survives_another_process():
    value = Probability(0.25, 0.001)
    assert pickle.loads(pickle.dumps(value)) == value
    assert set(Summary.__annotations__) == set(Summary._fields)
