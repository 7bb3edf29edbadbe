"""Whole documents: the public corpus, the seed, and documents of our own."""

import json
from pathlib import Path

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.text.decoding import decode

DATA = Path(__file__).parents[2] / "data"
CORPUS = sorted((DATA / "corpus").glob("*.txt"))
OWN = sorted((DATA / "escalations").glob("*.txt"))
ALTERNATIVES = json.loads((DATA / "corpus" / "alternatives.json").read_text("utf-8"))


def read(path):
    text, _ = decode(path.read_bytes(), path.name)
    return read_escalation(text)


def expected(path):
    return json.loads(path.with_suffix("").with_suffix(".expected.json").read_text("utf-8"))


def squeezed(value):
    """Collapse white space and case, as the corpus compares free text."""
    if isinstance(value, str):
        return " ".join(value.split()).casefold()
    if isinstance(value, list):
        return [squeezed(one) for one in value]
    if isinstance(value, dict):
        return {key: squeezed(one) for key, one in value.items()}
    return pytest.approx(value, rel=1e-6) if isinstance(value, float) else value


def states(facts):
    return {squeezed(one["action"]): one["state"] for one in facts["progress"] or []}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_fact_of_the_public_corpus_is_right(path):
    reading, wanted = read(path), expected(path)
    facts = reading.facts.to_mapping()
    others = ALTERNATIVES.get(path.stem, {})
    for field, value in facts.items():
        if field in {"progress", "service"}:
            continue
        allowed = [wanted[field], *others.get(field, [])]
        assert any(squeezed(value) == squeezed(one) for one in allowed), field
    missing = set(map(squeezed, others.get("progress_may_omit", [])))
    said, told = states(wanted), states(facts)
    assert {key: told.get(key) for key in said if key not in missing} == {
        key: state for key, state in said.items() if key not in missing
    }
    assert set(told) <= set(said)
    services = [wanted["service"], *others.get("service", [])]
    words = set(squeezed(facts["service"] or "").split())
    assert any(words & set(squeezed(service or "").split()) for service in services) or (
        facts["service"] is wanted["service"] is None
    )
    assert set(wanted["contradictions"]) == set(reading.contradictions)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_every_fact_of_our_own_documents_is_right(path):
    facts, wanted = read(path).facts.to_mapping(), expected(path)
    assert states(facts) == states(wanted)
    for field in facts.keys() - {"progress"}:
        assert squeezed(facts[field]) == squeezed(wanted[field]), field


@pytest.mark.parametrize("path", CORPUS + OWN, ids=lambda path: path.stem)
def test_the_words_of_every_fact_occur_in_the_named_line(path):
    text, _ = decode(path.read_bytes(), path.name)
    lines = text.replace("\r\n", "\n").split("\n")
    reading = read_escalation(text)
    assert reading.provenance
    for one in reading.provenance:
        assert one.text, one
        assert one.text in lines[one.line - 1], one


@pytest.mark.parametrize("path", CORPUS + OWN, ids=lambda path: path.stem)
def test_every_line_with_words_has_one_class(path):
    text, _ = decode(path.read_bytes(), path.name)
    filled = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    reading = read_escalation(text)
    assert [one.line for one in reading.lines] == filled
    kinds = {one.kind for one in reading.lines}
    assert kinds <= {"used", "context", "heading", "not understood"}
    used = {one.line for one in reading.lines if one.kind == "used"}
    assert {one.line for one in reading.provenance} <= used


def test_the_house_template_is_understood_line_by_line():
    reading = read(DATA / "corpus" / "CE1004-stratton.txt")
    kinds = {one.line: one.kind for one in reading.lines}
    assert kinds[4] == kinds[44] == kinds[24] == kinds[36] == "used"
    assert kinds[10] == kinds[11] == "heading"
    assert kinds[31] == kinds[35] == "context"
    assert "not understood" not in kinds.values()


def test_the_document_of_read_json_has_the_contracts_keys():
    document = read(DATA / "corpus" / "c01.txt").to_document()
    assert list(document) == ["facts", "provenance", "contradictions", "warnings", "lines"]
    assert {tuple(one) for one in document["provenance"]} == {("field", "value", "line", "text")}
    assert {tuple(one) for one in document["warnings"]} == {("field", "message", "line")}
    assert {tuple(one) for one in document["lines"]} == {("line", "class")}
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_the_seeds_tablets_are_read_beside_the_facts():
    technical = read(DATA / "corpus" / "CE1004-stratton.txt").technical
    assert technical.tablets is None
    assert (technical.leaderless_tablets.value, technical.leaderless_tablets.line) == (15, 36)
    assert (technical.corrupt_tablets.value, technical.corrupt_tablets.line) == (3, 37)


def test_dated_status_lines_are_moments_with_the_year_of_the_case():
    reading = read(DATA / "corpus" / "a11.txt")
    days = [(str(moment.middle.date()), line) for moment, line in reading.moments]
    assert days == [("2026-08-03", 7), ("2026-08-04", 8), ("2026-08-04", 73)]


def test_a_contradiction_names_both_lines():
    reading = read(DATA / "corpus" / "c01.txt")
    assert reading.facts.users_affected is None
    named = {one.line for one in reading.warnings if one.field == "users_affected"}
    assert named == {13, 43}
    assert all("line 13" in one.message for one in reading.warnings if one.line == 13)
