"""The scenario file: YAML or an escalation's tree to a ``domain.scenario.Scenario``, and back.

* `read_scenario`: bytes of a YAML file -> `Document` (YAML, then shape; pydantic lives there only);
* `apply_settings`: ``--set`` -> a changed document;
* `to_scenario`: a document of either door -> `Scenario`, or every problem at once;
* `check_scenario`: the same checks for a file that may hold only ``sla:``;
* `to_sla`: a document -> its contract alone;
* `write_scenario`: a document -> YAML with its sources as comments;
* `schema`: JSON Schema 2020-12 of the file.

Nothing heavy is imported before it is needed: a text's way to a scenario loads no yaml, no
pydantic.
"""

from impactcalc.intake.scenario_file.mapper import check_scenario, to_scenario, to_sla
from impactcalc.intake.scenario_file.reader import read_scenario, schema
from impactcalc.intake.scenario_file.settings import apply_settings
from impactcalc.intake.scenario_file.writer import write_scenario

__all__ = [
    "apply_settings",
    "check_scenario",
    "read_scenario",
    "schema",
    "to_scenario",
    "to_sla",
    "write_scenario",
]
