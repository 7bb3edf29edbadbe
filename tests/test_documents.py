"""What the documents promise is so."""

import json
import re
from pathlib import Path

import pytest

from impactcalc import __version__
from impactcalc.cli.guard import run

TOP = Path(__file__).parents[1]
README = (TOP / "README.md").read_text(encoding="utf-8")
FLOORS = (TOP / "docs" / "architecture.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_readme_has_its_two_commands():
    first, second = blocks("sh")
    assert first.splitlines()[-1].startswith(".venv/bin/impactcalc estimate scenarios/")
    assert second.splitlines()[-1] == ".ci/check"


def test_the_readme_names_every_option_of_estimate(capsys):
    assert run(["estimate", "--help"]) == 0
    options = set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", capsys.readouterr().out, re.MULTILINE))
    assert options - {"--help"} <= set(re.findall(r"--[\w-]+", README))


def test_the_scenario_of_the_readme_is_a_good_one(tmp_path, capsys):
    scenario, what_if = blocks("yaml")
    case = tmp_path / "case.yaml"
    case.write_text(scenario + what_if, encoding="utf-8")
    assert run(["check", str(case)]) == 0
    assert run(["estimate", str(case), "--trials", "512", "--summary"]) == 0
    assert "Stratton" in capsys.readouterr().out
    assert run(["whatif", str(case), "--trials", "512"]) == 0
    assert "Second repair team" in capsys.readouterr().out


@pytest.mark.parametrize("case", sorted((TOP / "scenarios").glob("*.yaml")), ids=lambda p: p.name)
def test_every_scenario_that_is_shipped_is_checked_without_a_warning(case, capsys):
    assert run(["check", str(case)]) == 0
    assert capsys.readouterr().err == ""


def test_the_changelog_begins_with_this_version():
    changelog = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)[0] == __version__


def test_the_bundled_example_is_the_one_of_the_scenarios():
    ours = TOP / "impactcalc" / "usecases" / "example" / "stratton.txt"
    assert ours.read_bytes() == (TOP / "scenarios" / "stratton.txt").read_bytes()


def test_the_architecture_names_every_package():
    packages = {path.parent.name for path in (TOP / "impactcalc").glob("*/__init__.py")}
    modules = {path.stem for path in (TOP / "impactcalc").glob("*.py")} - {"__init__"}
    assert packages | modules == set(re.findall(r"`(\w+)`", re.sub(r"(?m)^[^|].*$", "", FLOORS)))


def test_no_file_names_a_place_of_one_machine():
    places = re.compile("/" + "(?:work|farm|root|home)/")
    texts = [*TOP.glob("*.md"), *TOP.glob("docs/**/*.md"), *TOP.glob("impactcalc/**/*.py")]
    assert not [str(path) for path in texts if places.search(path.read_text(encoding="utf-8"))]


def test_the_picture_of_the_readme_is_todays_answer(capsys):
    assert run(["estimate", "--example", "--json"]) == 0
    headline = json.loads(capsys.readouterr().out)["headline"]
    picture = (TOP / "reports" / "sample.png").read_bytes()
    assert f"Description\0\0\0\0\0{headline}".encode() in picture


def test_the_map_of_the_reader_names_every_file_once():
    reader = TOP / "impactcalc" / "intake" / "escalation"
    files = {path.relative_to(reader) for path in reader.rglob("*.py") if path.stem != "__init__"}
    named, folder = [], ""
    for row in (TOP / "docs" / "reading.md").read_text(encoding="utf-8").splitlines():
        if row.startswith("|"):
            place, _, modules = row.strip("|").split("|")
            folder = place.strip(" `/") or folder
            within = "" if folder == "at the top" else f"{folder}/"
            named += [f"{within}{module}.py" for module in re.findall(r"`(\w+)`", modules)]
    records = {str(path) for path in files if path.parts[0] == "records"}
    assert sorted(named) == sorted({str(path) for path in files} - records)
