"""The reader: a YAML file's bytes to a document, by its form first, then by its shape."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Document

if TYPE_CHECKING:
    from typing import Any


def read_scenario(data: bytes, file: str) -> Document:
    """Read a scenario file.

    Parameters
    ----------
    data
        Its bytes, at most `SCENARIO_LIMIT` of ``intake.source``.
    file
        Its name, as the person wrote it.

    Returns
    -------
    Document
        Its tree, every scalar as text with its line.

    Raises
    ------
    InputError
        With every problem at once, sorted by line: of YAML alone when it cannot be read, else of
        the shape and, when there is one, of the values too.
    """
    from impactcalc.intake.scenario_file.findings import in_order
    from impactcalc.intake.scenario_file.mapper import problems_of
    from impactcalc.intake.scenario_file.shape import shape_problems
    from impactcalc.intake.yaml_tree import parse_yaml

    tree = parse_yaml(data, file)
    problems = shape_problems(tree, file)
    if problems:
        named = {(problem.line, problem.column) for problem in problems}
        of_values = problems_of(tree, now=datetime.now(UTC), file=file)
        meant = {problem.remedy for problem in problems}
        problems += [
            one
            for one in of_values
            if (one.line, one.column) not in named and not _echoes(one, meant)
        ]
        raise InputError(*in_order(problems))
    return Document(tree)


def _echoes(problem: Problem, meant: set[str]) -> bool:
    """Tell whether a key is missing only because it is misspelt."""
    found = re.search(r"'(\w+)' is missing", problem.message)
    return found is not None and f"did you mean '{found[1]}'?" in meant


def schema() -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of the scenario file."""
    from impactcalc.intake.scenario_file.json_schema import json_schema

    return json_schema()
