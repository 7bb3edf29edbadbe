"""The drivers in words: what moves next to nothing is left out, names are told apart."""

from impactcalc.domain.result import Driver, DriverEnd, Estimate
from impactcalc.report.narrative.drivers import driver_rows, drivers_sentence


def driver(name: str, low: float, high: float) -> Driver:
    return Driver(name, DriverEnd(0.1, low), DriverEnd(0.9, high), 0.2)


def test_an_input_that_moves_next_to_nothing_is_no_driver(seed_estimate: Estimate):
    many = (driver("strong", 1e4, 5e4), driver("weak", 2e4, 2.11e4), driver("fair", 4e4, 2e4))
    rows = driver_rows(seed_estimate._replace(drivers=many), 3)
    assert [row.label for row in rows] == ["strong", "fair"]
    assert driver_rows(seed_estimate._replace(drivers=()), 3) == ()


def test_names_with_the_same_beginning_are_told_apart_by_their_ends(seed_estimate: Estimate):
    names = [f"time until it was done (Isolate network segment {n})" for n in (1, 6)]
    many = tuple(driver(name, 1e4, 5e4) for name in (*names, "time until it was done (Restore)"))
    labels = [row.label for row in driver_rows(seed_estimate._replace(drivers=many), 3)]
    assert len(set(labels)) == 3
    assert labels[0].endswith("segment 1)")
    assert labels[2] == "time until it was done (Restore)"


def test_the_sentence_names_the_two_strongest(seed_estimate: Estimate):
    many = (driver("one", 1e4, 5e4), driver("other", 4e4, 2e4))
    sentence = drivers_sentence(seed_estimate._replace(drivers=many))
    assert sentence == (
        "What moves it most: one ($10K to $50K on average) and other ($40K to $20K on average)."
    )
