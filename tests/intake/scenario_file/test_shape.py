"""The JSON Schema says the same as the table of keys, and every file of the contract fits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from impactcalc.intake.scenario_file import read_scenario, schema
from impactcalc.intake.scenario_file.keys import BUSINESS, INCIDENT, RECOVERY, SCENARIO, SLA, STAGE

DATA = Path(__file__).parents[2] / "data"
FILES = [DATA / "every-key.yaml", *sorted((DATA / "reference").glob("*.yaml"))]


def test_the_schema_is_a_document_of_json_schema_2020_12():
    whole = schema()
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert whole["additionalProperties"] is False
    assert json.loads(json.dumps(whole)) == whole


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Incident", INCIDENT),
        ("Recovery", RECOVERY),
        ("Stage", STAGE),
        ("Business", BUSINESS),
        ("Sla", SLA),
    ],
)
def test_a_definition_has_the_keys_of_its_table(name, table):
    definition = schema()["$defs"][name]
    assert list(definition["properties"]) == list(table.keys)
    required = [key for key, one in table.keys.items() if one.required]
    assert definition.get("required", []) == required
    assert all(one["description"] for one in definition["properties"].values())


def test_words_that_another_reader_takes_for_numbers_or_truth_are_allowed():
    whole = schema()
    assert whole["properties"]["impactcalc"]["enum"] == ["1", 1]
    slices = whole["$defs"]["Downtime"]["properties"]["whole_slices"]
    assert slices["enum"] == ["yes", "no", True, False]
    assert "number" in whole["$defs"]["Business"]["properties"]["users"]["type"]


def test_the_table_names_every_section_once():
    assert list(SCENARIO.keys)[:5] == ["impactcalc", "incident", "recovery", "business", "sla"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_the_contract_has_the_right_shape(file):
    assert read_scenario(file.read_bytes(), file.name).tree.kind == "a mapping"


def test_the_way_of_a_text_to_a_scenario_loads_nothing_heavy():
    code = (
        "import sys, impactcalc.intake.scenario_file as f;"
        "print(sorted({'yaml', 'pydantic', 'numpy', 'difflib', 'zoneinfo'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
