"""Answers of query_range, and what is read from them."""

import json
from pathlib import Path
from typing import Any

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.observation_file import ObservationFile
from impactcalc.intake.prometheus import read_prometheus
from impactcalc.intake.read_options import ReadOptions

SLO = Path(__file__).parents[2] / "data" / "slo"
T0 = 1_705_881_600  # 2024-01-22T00:00Z
ERRORS = 'code=~"5.."'


def series(values, start=0, step=60, **labels):
    """Series with a value a step; None is a missing scrape."""
    pairs = [
        [T0 + start + number * step, str(v)] for number, v in enumerate(values) if v is not None
    ]
    return {"metric": {"__name__": "http_requests_total"} | labels, "values": pairs}


def answer(*all_series):
    data = {"resultType": "matrix", "result": list(all_series)}
    return {"status": "success", "data": data}


def read(*documents, **options) -> Any:
    options.setdefault("errors", ERRORS)
    sources = [
        ObservationFile(f"p{n}.json", json.dumps(d).encode()) for n, d in enumerate(documents)
    ]
    return read_prometheus(sources, ReadOptions(**options))


def refusal(document, **options):
    with pytest.raises(InputError) as caught:
        read(document, **options)
    return str(caught.value)


def rows(observed):
    """Minute, good, valid and known of every interval."""
    data = observed.data
    starts = (data.start_ns // 10**9 - T0) / data.step_ns * 10**9
    return list(
        zip(
            starts.tolist(),
            data.good.tolist(),
            data.valid.tolist(),
            data.known.tolist(),
            strict=True,
        )
    )


def said(observed):
    return " | ".join(remark.message for remark in observed.remarks)


def named(name, *values, **labels):
    return series(values, **labels) | {"metric": {"__name__": name} | labels}
