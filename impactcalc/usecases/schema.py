"""The JSON Schema of the scenario file, as text."""

from __future__ import annotations

import json

from impactcalc.intake import scenario_file


def schema() -> str:
    """Return the schema (2020-12) as an indented document with its line end."""
    return json.dumps(scenario_file.schema(), indent=2, ensure_ascii=False) + "\n"
