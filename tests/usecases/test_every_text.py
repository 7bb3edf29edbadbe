"""Every escalation text at hand: answered like the scenario that is written from it."""

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from impactcalc.errors import InputError
from impactcalc.report.terminal import render, summary_line
from impactcalc.report.width import width_of
from impactcalc.usecases.estimate import estimate, record
from impactcalc.usecases.read import write_scenario_of
from impactcalc.usecases.request import Request

DATA = Path(__file__).parents[1] / "data"
TEXTS = sorted([*DATA.glob("corpus/*.txt"), *DATA.glob("escalations/*.txt")])
NOW = datetime(2027, 1, 15, 9, 30, tzinfo=UTC)
REQUEST = Request(trials=512)
PARTS = ("as_of", "sla", "recovery", "promise", "customer", "provider", "drivers")
SILENT = {
    "b11",
    "hypothetical-mills",
    "impossible-values",
}  # neither money nor a contract: nothing to estimate


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_text_and_its_scenario_have_one_answer(text, tmp_path):
    case = tmp_path / "case.yaml"
    write_scenario_of(str(text), case)
    if text.stem in SILENT:
        for source in (text, case):
            with pytest.raises(InputError, match=r"needs money at risk .* or a contract"):
                estimate(str(source), REQUEST, NOW)
        return
    first, second = (record(estimate(str(source), REQUEST, NOW)) for source in (text, case))
    for part in PARTS:
        assert json.dumps(first[part]) == json.dumps(second[part]), part


@pytest.mark.parametrize(
    "text", [path for path in TEXTS if path.stem not in SILENT], ids=lambda path: path.stem
)
def test_the_page_of_a_text_is_plain_and_fits_its_columns(text):
    answer = estimate(str(text), REQUEST, NOW)
    for width in (80, 60):
        page = render(answer, width=width, colour=False, unicode=True)
        assert max(map(width_of, page.splitlines())) <= width
        assert not {one for one in page if unicodedata.category(one) in {"Cc", "Cs"}} - {"\n"}
    assert len(summary_line(answer)) <= 255
    assert render(answer, width=80, colour=False, unicode=False).isascii()
