"""Quick named tuples behave as typing's."""

import copy
import inspect
import pickle
import typing

import pytest

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
    assert Pair.__match_args__ == Typed.__match_args__
    assert list(inspect.signature(Pair).parameters) == list(inspect.signature(Typed).parameters)


def test_a_value_does_what_typings_does():
    assert Pair._make([3, 4]) == Typed._make([3, 4]) == (3, 4)
    assert Pair(1)._asdict() == Typed(1)._asdict() == {"first": 1, "second": 2}
    assert (copy.copy(Pair(1)), copy.deepcopy(Pair([1]))) == (Pair(1), Pair([1]))
    assert not hasattr(Pair(1), "__dict__")
    match Pair(1):
        case Pair(1, second=found):
            assert found == 2


@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind(1, 2, 3),
        lambda kind: kind(third=1),
        lambda kind: kind._make([1]),
        lambda kind: kind(1)._replace(third=3),
        lambda kind: setattr(kind(1), "first", 2),
        lambda kind: setattr(kind(1), "third", 2),
    ],
)
def test_a_value_refuses_what_typings_refuses_in_the_same_words(wrong):
    said = []
    for kind in (Typed, Pair):
        with pytest.raises((TypeError, ValueError, AttributeError)) as caught:
            wrong(kind)
        said.append((type(caught.value), str(caught.value).replace("Typed", "Pair")))
    assert said[0] == said[1]


def test_a_value_of_the_package_survives_another_process():
    value = Probability(0.25, 0.001)
    assert pickle.loads(pickle.dumps(value)) == value
    assert set(Summary.__annotations__) == set(Summary._fields)
