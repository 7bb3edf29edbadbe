"""Whatever stands in a foreign file, it is read or refused; nothing else ever happens."""

import copy
import json
from datetime import UTC
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.errors import InputError
from impactcalc.intake.credit_schedule import read_contract
from impactcalc.intake.monitors import read_monitors
from impactcalc.intake.objectives import read_objectives
from impactcalc.intake.observation_file import ObservationFile
from impactcalc.intake.openmetrics import read_openmetrics
from impactcalc.intake.prometheus import read_prometheus
from impactcalc.intake.read_options import ReadOptions

SLO = Path(__file__).parents[1] / "data" / "slo"
COUNTERS = ReadOptions(errors='code=~"5.."')
READERS = {
    "uptimerobot_monitor": (read_monitors, ReadOptions(zone=UTC)),
    "pingdom_outage": (read_monitors, ReadOptions(zone=UTC)),
    "statuspage_incidents": (read_monitors, ReadOptions(component="api1")),
    "prom_counters_3d": (read_prometheus, COUNTERS),
    "prom_histogram_6h": (read_prometheus, ReadOptions(threshold_s=Fraction(1, 2))),
}
ODD = st.sampled_from(
    [None, True, -1, 0, 10**30, 5.5, "", "x", "NaN", "+Inf", [], {}, [[]], [{}], {"a": 1},
     "2024-01-01", "1705881600", "99.9%"]
)  # fmt: skip


def shortened(value, most=4):
    if isinstance(value, dict):
        return {key: shortened(item) for key, item in value.items() if key != "worked_examples"}
    return [shortened(item) for item in value[:most]] if isinstance(value, list) else value


def places(value, path=()):
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else pairs:
        yield from places(item, (*path, key))


def document(name):
    return shortened(json.loads((SLO / f"{name}.json").read_text(encoding="utf-8")))


DOCUMENTS = {name: document(name) for name in (*READERS, "credit_schedules")}


@st.composite
def changed(draw, name):
    whole = copy.deepcopy(DOCUMENTS[name])
    *path, last = draw(st.sampled_from(list(places(whole))))
    inner = whole
    for step in path:
        inner = inner[step]
    inner[last] = copy.deepcopy(draw(ODD))
    return whole


def read_or_refused(read):
    """Call a reader; a refusal must hold its problems, anything else fails the test."""
    problems = None
    try:
        read()
    except InputError as error:
        problems = error.problems
    assert problems != ()


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_export_is_read_or_refused(name, data):
    reader, options = READERS[name]
    text = json.dumps(data.draw(changed(name)))
    read_or_refused(lambda: reader([ObservationFile(name, text.encode())], options))


@given(whole=changed("credit_schedules"))
@settings(max_examples=60, deadline=None)
def test_a_changed_schedule_is_read_or_refused(whole, tmp_path_factory):
    file = tmp_path_factory.getbasetemp() / "schedules.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    read_or_refused(lambda: read_contract(str(file), "upstash"))


def read_scrape(source):
    return read_openmetrics([source], COUNTERS)


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("openslo_timeslices.yaml", read_objectives),
        ("sloth_getting_started.yml", read_objectives),
        ("pyrra_latency.yaml", read_objectives),
        ("scrape.after.om.txt", read_scrape),
    ],
)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_text_is_read_or_refused(name, reader, data):
    text = (SLO / name).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    middle = data.draw(st.sampled_from(["", "{", "}", "[", ":", "- ", '"', "'", "\n", "\\", "999"]))
    odd = ObservationFile(name, (text[:start] + middle + text[end:]).encode())
    read_or_refused(lambda: reader(odd))
