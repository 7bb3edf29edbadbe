"""Pyrra: an objective in percent, a rolling window, and one of four kinds of indicator.

Source: github.com/pyrra-dev/pyrra, ServiceLevelObjective of ``pyrra.dev/v1alpha1``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Method, Objective, ObjectiveWindow
from impactcalc.intake.objectives.fields import parse_fraction, parse_percent, prometheus_seconds

if TYPE_CHECKING:
    from fractions import Fraction

    from impactcalc.intake.document import Node
    from impactcalc.intake.scenario_file.section import Section

_METRICS = {
    "ratio": ("errors", "total"),
    "latency": ("success", "total"),
    "latencyNative": ("total",),
    "latency_native": ("total",),
    "boolGauge": (),
    "bool_gauge": (),
}
_NATIVE = {"latencyNative", "latency_native"}
_LE = re.compile(r'[{,]\s*le\s*=\s*"([^"]*)"')


def read_pyrra(part: Section, _documents: tuple[Node, ...]) -> list[Objective]:
    """Read one objective."""
    part.require("metadata", "{name: availability}")
    part.require("spec", "{target: '99.9', window: 4w}")
    metadata, spec = part.section("metadata"), part.section("spec")
    if metadata is None or spec is None:
        return []
    metadata.require("name", "availability")
    for key, example in (("target", "'99.9'"), ("window", "4w"), ("indicator", "{ratio: {}}")):
        spec.require(key, example)
    name, target = metadata.read("name", str), spec.read("target", parse_percent)
    window = spec.read("window", prometheus_seconds)
    threshold = _threshold(spec)
    if name is None or target is None or window is None:
        return []
    if target.value == 1:
        spec.caution("target", "100% leaves no budget: any error breaks it")
    objective = Objective(
        name=name.value,
        service=None,
        target=target.value,
        window=ObjectiveWindow(rolling_s=window.value),
        method=Method.OCCURRENCES,
        indicator="ratio" if threshold is None else "latency",
        threshold=threshold,
        op=None if threshold is None else "lte",
        threshold_s=threshold,
    )
    return [objective]


def _threshold(spec: Section) -> Fraction | None:
    """Read the kind of indicator; return the threshold of a latency in seconds."""
    indicator = spec.section("indicator")
    if indicator is None:
        return None
    kinds = [kind for kind in _METRICS if indicator.has(kind)]
    if len(kinds) != 1:
        spec.problem("indicator", f"needs one of ratio, latency, latencyNative, bool_gauge; it "
                                  f"has {len(kinds)}")  # fmt: skip
        return None
    part = indicator.section(kinds[0])
    if part is None:
        return None
    for key in _METRICS[kinds[0]]:
        part.require(key, "{metric: http_requests_total}")
    if kinds[0] in _NATIVE:
        part.require("latency", "200ms")
        native = part.read("latency", prometheus_seconds)
        return native.value if native else None
    return _bucket(part) if kinds[0] == "latency" else None


def _bucket(part: Section) -> Fraction | None:
    """Read the threshold from the ``le`` label of the success metric."""
    success = part.section("success")
    if success is None:
        return None
    success.require("metric", "'..._bucket{le=\"0.5\"}'")
    found = success.read("metric", _le)
    return found.value if found else None


def _le(text: str) -> Fraction:
    found = _LE.search(text)
    if found is None:
        raise ValueError(f"'{text}' has no label le, the threshold; write e.g. le=\"0.5\"")
    return parse_fraction(found[1])
