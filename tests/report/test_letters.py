"""Letters that the bundled font lacks: shown by another font, or named."""

from collections.abc import Callable

import pytest

from impactcalc.domain.result import Estimate
from impactcalc.domain.sourced import Sourced
from impactcalc.report import letters
from impactcalc.report.letters import covered, foreign, homeless, missing_words
from impactcalc.report.pdf import letters_note, render_pdf

Variant = Callable[[str], Estimate]
NOWHERE = "\U000f0000"  # a private letter: no font has it


def named(estimate: Estimate, customer: str) -> Estimate:
    incident = estimate.scenario.incident._replace(customer=Sourced(customer, "line 4"))
    return estimate._replace(scenario=estimate.scenario._replace(incident=incident))


def test_the_bundled_font_has_the_letters_of_europe() -> None:
    assert covered("Größe Ёлка Ωμέγα Łódź Ağr $€£ … ≥")
    assert not covered("東")
    assert foreign("a東b東京\n") == ["東", "京"]


def test_a_letter_that_no_font_has_is_found() -> None:
    assert homeless([]) == []
    assert homeless([NOWHERE]) == [NOWHERE]
    assert homeless(["a", NOWHERE, "é"]) == [NOWHERE]


def test_a_letter_that_another_font_has_is_not_called_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "_characters", lambda: frozenset({0x61}))
    assert foreign("ab") == ["b"]
    assert homeless(foreign("ab")) == []


def test_the_note_names_letters_and_the_package_of_a_font() -> None:
    assert missing_words(["東"]) == (
        "no font has 東 (U+6771): shown as an empty box; install fonts-noto-cjk"
    )
    words = missing_words(["한", "か", "\U0001f642", "ༀ"])
    assert "U+1F642" in words
    assert words.endswith(
        "shown as empty boxes; install fonts-noto-cjk, fonts-noto-color-emoji, fonts-noto-core"
    )
    assert missing_words(list("東京銀行漢字仮名交文")).count("U+") == 8
    assert "and 2 more" in missing_words(list("東京銀行漢字仮名交文"))


def test_the_brief_of_such_a_name_is_made_and_the_letter_named(seed_estimate: Estimate) -> None:
    estimate = named(seed_estimate, f"Bank {NOWHERE}")
    assert letters_note(estimate).startswith(f"no font has {NOWHERE} (U+F0000)")
    assert render_pdf(estimate).startswith(b"%PDF")
    assert letters_note(seed_estimate) == ""
