"""The estimate from Python: the command's answer, and nothing loaded before it is asked for."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import impactcalc
from impactcalc import InputError, estimate, to_document
from impactcalc.report.export import plain

TEXT = Path(__file__).parents[2] / "scenarios" / "stratton.txt"
GUIDE = Path(__file__).parents[2] / "docs" / "python.md"


def test_it_gives_the_answer_of_the_command():
    command = [sys.executable, "-m", "impactcalc", "estimate", str(TEXT), "--json"]
    words = ["--trials", "512", "--seed", "7", "--as-of", "2024-01-23T18:00Z", "--set",
             "business.reading=lost"]  # fmt: skip
    said = subprocess.run([*command, *words], capture_output=True, text=True, check=True)
    answer = estimate(
        TEXT, trials=512, seed=7, as_of=datetime(2024, 1, 23, 18, tzinfo=UTC),
        settings={"business.reading": "lost"},
    )  # fmt: skip
    ours, theirs = json.loads(json.dumps(to_document(answer))), json.loads(said.stdout)
    for part in ("customer", "provider", "recovery", "promise", "sla", "headline", "currency"):
        assert ours[part] == theirs[part], part


def test_the_bundled_escalation_is_none():
    assert plain(estimate(None, trials=64).customer) == plain(estimate(TEXT, trials=64).customer)


def test_a_moment_may_be_written_but_not_without_a_zone():
    assert estimate(TEXT, trials=64, as_of="2024-01-23T15:00Z").as_of.hour == 15
    with pytest.raises(InputError, match="no time zone"):
        estimate(TEXT, as_of=datetime(2024, 1, 23, 18))  # noqa: DTZ001 - that is the point


def test_every_problem_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        estimate(tmp_path / "none.txt")
    with pytest.raises(InputError, match="this is a text, no path; save the text"):
        estimate(TEXT.read_text(encoding="utf-8"))
    with pytest.raises(InputError, match="a dict is no path") as caught:
        estimate({}, accuracy="2%", seed="a")
    assert len(caught.value.problems) == 3
    with pytest.raises(InputError, match=r"(?s)^[^\n]*none.csv: there is no such file[^\n]*$"):
        estimate(TEXT, observations=tmp_path / "none.csv")
    with pytest.raises(InputError, match="accuracy is 2"):
        estimate(TEXT, accuracy=2)
    with pytest.raises(InputError, match="there is no 'revenu'"):
        estimate(TEXT, settings={"business.revenu": "1 USD/day"})


def test_shown_by_itself_an_answer_is_one_line():
    shown = repr(estimate(None, trials=64))
    assert shown.startswith("<Estimate as of 2024-01-23 12:00 UTC: loss ")
    assert "\n" not in shown
    assert len(shown) < 160


def test_importing_the_package_loads_no_part_of_it_and_no_library():
    code = (
        "import sys; import impactcalc; heavy = {'numpy', 'matplotlib', 'typst', 'pydantic'}; "
        "print([n for n in sys.modules if n.startswith('impactcalc.') or n in heavy])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_every_public_name_is_there_and_described():
    names = [name for name in dir(impactcalc) if name != "__version__"]
    assert {"estimate", "plot_recovery_fan", "InputError"} <= set(names)
    guide = GUIDE.read_text(encoding="utf-8")
    for name in names:
        assert getattr(impactcalc, name).__doc__, name
        assert f"`{name}" in guide, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        impactcalc.nothing  # noqa: B018
