"""The scenario file: YAML or an escalation's tree to a ``domain.scenario.Scenario``, and back.

* `read_scenario`: bytes of a YAML file -> `Document` (YAML, then shape; pydantic lives there only);
* `apply_settings`: ``--set`` -> a changed document;
* `to_scenario`: a document of either door -> `Scenario`, or every problem at once;
* `check_scenario`: the same checks for a file that may hold only ``sla:``;
* `to_sla`: a document -> its contract alone;
* `write_scenario`: a document -> YAML with its sources as comments;
* `schema`: JSON Schema 2020-12 of the file.

Each is loaded at its first use: a text's way to a scenario loads no yaml, no pydantic, and none of
what only ``--set`` and writing need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from impactcalc.intake.scenario_file.mapper import check_scenario, to_scenario, to_sla
    from impactcalc.intake.scenario_file.reader import read_scenario, schema
    from impactcalc.intake.scenario_file.settings import apply_settings
    from impactcalc.intake.scenario_file.writer import write_scenario

_PLACES = {
    "apply_settings": "settings",
    "check_scenario": "mapper",
    "read_scenario": "reader",
    "schema": "reader",
    "to_scenario": "mapper",
    "to_sla": "mapper",
    "write_scenario": "writer",
}

__all__ = [
    "apply_settings",
    "check_scenario",
    "read_scenario",
    "schema",
    "to_scenario",
    "to_sla",
    "write_scenario",
]


def __getattr__(name: str) -> Any:
    """Load a name from its module at its first use."""
    if name not in _PLACES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
