"""The documents: each one of a file to the reader of its format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Remark
from impactcalc.errors import InputError, Problem
from impactcalc.intake.objectives.openslo import read_openslo
from impactcalc.intake.objectives.openslo_alpha import read_openslo_alpha
from impactcalc.intake.objectives.pyrra import read_pyrra
from impactcalc.intake.objectives.sloth import read_sloth
from impactcalc.intake.scenario_file.findings import Findings
from impactcalc.intake.scenario_file.section import Section
from impactcalc.intake.source import TEXT_LIMIT
from impactcalc.intake.yaml_tree import parse_yaml_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from impactcalc.domain.observation import Objective
    from impactcalc.intake.document import Node
    from impactcalc.intake.observation_file import ObservationFile

    Reader = Callable[[Section, tuple[Node, ...]], list[Objective]]

_SLOTH, _PYRRA, _OPENSLO, _ALPHA = (
    "sloth.slok.dev/v1", "pyrra.dev/v1alpha1", "openslo/v1", "openslo/v1alpha",
)  # fmt: skip
_FORMATS: dict[tuple[str, str], Reader] = {
    (_OPENSLO, "SLO"): read_openslo,
    (_ALPHA, "SLO"): read_openslo_alpha,
    (_SLOTH, "PrometheusServiceLevel"): read_sloth,
    (_PYRRA, "ServiceLevelObjective"): read_pyrra,
}
_SLOTH_VERSION = "prometheus/v1"
_BESIDE = {
    "Service", "SLI", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget",
}  # fmt: skip
_KNOWN = "OpenSLO (openslo/v1), Sloth (version: prometheus/v1) and Pyrra (pyrra.dev/v1alpha1)"


def is_objectives(data: bytes) -> bool:
    """Tell by the content whether a file holds documents of objectives, and no scenario.

    Examples
    --------
    >>> is_objectives(b"apiVersion: openslo/v1"), is_objectives(b"impactcalc: 1")
    (True, False)
    """
    mark = rb"^[\s{,-]*[\"']?(apiVersion|version)[\"']?\s*:\s*[\"']?(\w[\w./-]*)"
    found = {name[2].decode() for name in re.finditer(mark, data[:TEXT_LIMIT], re.MULTILINE)}
    families = ("openslo", "sloth.slok.dev", "pyrra.dev", "prometheus/v")
    return any(name.startswith(families) for name in found)


def read_objectives(
    source: ObservationFile,
) -> tuple[tuple[Objective, ...], tuple[Remark, ...]]:
    """Read the objectives of one file.

    Returns
    -------
    tuple
        The objectives in the order of the file, and warnings.

    Raises
    ------
    InputError
        With every problem of the file at once: of what the formats forbid, or when there is no
        objective.
    """
    findings = Findings(source.name)
    documents = tuple(_documents(parse_yaml_stream(source.data, source.name)))
    objectives: list[Objective] = []
    for document in documents:
        objectives += _read(Section(findings, document), documents)
    findings.raise_problems()
    if not objectives:
        raise InputError(Problem("holds no objective", f"read are {_KNOWN}", source.name))
    remarks = [Remark(one.message, source.name, one.line) for one in findings.all_cautions()]
    return tuple(objectives), tuple(remarks)


def _documents(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Go through documents, those in lists too."""
    for node in nodes:
        if node.kind == "a list":
            yield from _documents(node.items)
        elif (kind := node.get("kind")) is not None and kind.text == "List":
            items = node.get("items")
            yield from _documents(items.items if items else ())
        else:
            yield node


def _read(part: Section, documents: tuple[Node, ...]) -> list[Objective]:
    """Read one document by its format."""
    named = {key: part.text_of(key) for key in ("apiVersion", "version", "kind")}
    texts = {key: node.text or "" if node else "" for key, node in named.items()}
    if texts["version"] == _SLOTH_VERSION:
        return read_sloth(part, documents)
    reader = _FORMATS.get((texts["apiVersion"], texts["kind"]))
    if reader is not None:
        return reader(part, documents)
    if texts["apiVersion"] in {_OPENSLO, _ALPHA} and texts["kind"] in _BESIDE:
        return []
    key = next((key for key, text in texts.items() if text), "")
    shown = " ".join(text for text in texts.values() if text)
    what = f"'{shown}' is not known" if shown else "has neither apiVersion nor version"
    part.findings.problem(
        key or "document", part.node.get(key) or part.node, f"{what}; read are {_KNOWN}"
    )
    return []
