"""Columns of the draws: fixed by what comes before them, the same whatever is added behind."""

from impactcalc.engine.places import FURTHER, KEPT_FREE, LATE, places

STAGES = [f"recovery/{k}/duration" for k in range(300)]


def laid(stages=3, first=("z",), single=("share",), further=("f0", "f1"), late=("l0",)):
    return places(first, STAGES[:stages], single, further, late)


def test_every_draw_has_a_column_of_its_own():
    named = [name for name in laid(stages=40) if name is not None]
    assert len(named) == len(set(named)) == 45


def test_a_longer_plan_moves_nothing():
    short = laid(stages=2)
    for stages in (3, 9, 10, 40, 170, 300):
        longer = laid(stages=stages)
        assert {longer.index(name) == short.index(name) for name in short if name} == {True}


def test_single_draws_and_stages_never_meet():
    found = laid(stages=300)
    taken = [k for k, name in enumerate(found) if name in STAGES]
    assert not {*KEPT_FREE, *FURTHER, *LATE} & set(taken)
    assert taken[:9] == list(range(1, 10))
    assert len(taken) == 9 + FURTHER.start - KEPT_FREE.stop


def test_a_draw_that_finds_no_column_is_left_out():
    found = laid(further=[f"f{k}" for k in range(50)], late=[f"l{k}" for k in range(50)])
    assert "f31" in found
    assert "f32" not in found
    assert len(found) == 256


def test_no_draw_at_all_needs_no_column():
    assert places((), (), (), (), ()) == ()
