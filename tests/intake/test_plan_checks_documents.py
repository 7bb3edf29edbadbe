"""All sample documents checked: every finding is judged in docs/plan-checks.md."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.domain.check import Check
from impactcalc.intake.escalation.text.decoding import decode
from impactcalc.usecases.request import Request
from impactcalc.usecases.source import Source, scenario_of

CAUSE, UNMET, TWICE = "cause without action", "prerequisite unmet", "listed twice"
OPEN = "left open"
PAIR = "percent against pair"
DATA = Path(__file__).parents[1] / "data"
DOCUMENTS = sorted([*(DATA / "corpus").glob("*.txt"), *(DATA / "escalations").glob("*.txt")])
SEED = DATA / "corpus" / "CE1004-stratton.txt"
FOUND: dict[str, list[tuple[str, tuple[int, ...]]]] = {  # document: kinds with lines
    "CE1004-stratton": [
        (CAUSE, (20, 38, 57)),
        (UNMET, (26, 51)),
        (PAIR, (13, 24)),
        (TWICE, (55, 80)),
    ],
    "a01": [(TWICE, (55, 79))],
    "a11": [(TWICE, (60, 86))],
    "c01": [(OPEN, (44, 49)), (OPEN, (13, 43)), (TWICE, (56, 80))],
    "c03": [(OPEN, (22,)), (OPEN, (35,))],
    "house-cdn-streaming": [(PAIR, (13, 24))],
    "house-elasticsearch-travel": [(PAIR, (13, 22))],
    "house-geocoding-logistics": [(PAIR, (13, 22))],
    "house-influxdb-grid": [(PAIR, (14, 24))],
    "house-kafka-payments": [(PAIR, (13, 24)), (TWICE, (54, 76))],
    "house-ml-inference": [(PAIR, (13, 24)), (TWICE, (50, 75))],
    "house-sip-telephony": [(TWICE, (48, 72))],
    "house-street-lights": [(OPEN, (38,))],
    "impossible-values": [
        *((OPEN, (line,)) for line in (33, 7, 22, 23, 32, 44)),
        (TWICE, (45, 48)),
    ],
    "update-corrects-markets": [(OPEN, (22,)), (OPEN, (39,))],
}


def checks_of(text: str) -> tuple[Check, ...]:
    """Find the checks of a text."""
    request = Request(settings=("sla.target=99.9%",))
    later = datetime(2027, 1, 1, tzinfo=UTC)
    return scenario_of(Source("case.txt", text.encode()), request, later).checks


GAPS = {  # documents with planted gaps, written after the rules
    "gap01": [(CAUSE, (17,))],
    "gap02": [(CAUSE, (17,)), (TWICE, (28, 35))],
    "gap03": [],  # a step on the prices shares a word with the leak: silence proves nothing
    "gap04": [(CAUSE, (17, 31)), (UNMET, (18, 28))],
    "gap05": [(CAUSE, (17,))],
    "gap06": [(CAUSE, (3, 5))],
    "gap07": [(UNMET, (17, 28))],
}
OTHERS = sorted((DATA / "plan-checks").glob("*.txt"))


@pytest.mark.parametrize("document", OTHERS, ids=lambda path: path.stem)
def test_documents_written_after_the_rules_have_no_false_alarm(document: Path) -> None:
    found = [(check.kind, check.lines) for check in checks_of(document.read_text("utf-8"))]
    assert found == GAPS.get(document.stem, [])


def seed() -> str:
    return SEED.read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_document_gives_the_findings_that_were_judged_right(document: Path) -> None:
    text, _ = decode(document.read_bytes(), document.name)
    found = [(check.kind, check.lines) for check in checks_of(text)]
    assert found == FOUND.get(document.stem, [])


def test_the_seed_is_told_what_its_plan_forgets() -> None:
    causes, prerequisites, pair, twice = (check.message for check in checks_of(seed()))
    assert causes == (
        "no step found that treats the network fault ('Raft consensus protocol experiencing "
        "network partitions'): 'Implement network partition detection' only watches for it"
    )
    assert prerequisites == (
        "what line 26 calls broken is needed by 'Implement emergency read replicas': "
        "'Rebalance tablet leaders across nodes' comes later"
    )
    assert pair == (
        "400% more than 2 s is 10 s, but slow ones take 20 s to 45 s: both hold only if 19% to "
        "44% are slow"
    )
    assert twice == (
        "the same work listed twice, counted once: 'Repair corrupted WAL files' and "
        "'Complete WAL repair process'"
    )


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        (
            "Implement network partition detection",
            "Repair the network link between the zones",
            CAUSE,
        ),
        ("- Implement emergency read replicas", "- Pause reports", UNMET),
        ("increased by 400%", "increased by 1500%", PAIR),
        ("Complete WAL repair process", "Call the customer", TWICE),
    ],
)
def test_mending_the_seed_takes_one_finding_away(old: str, new: str, gone: str) -> None:
    left = [kind for kind, _ in FOUND["CE1004-stratton"] if kind != gone]
    assert [check.kind for check in checks_of(seed().replace(old, new))] == left


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_any_order_of_lines_is_read_and_names_lines_that_exist(seed_of_order: int) -> None:
    lines = seed().splitlines()
    Random(seed_of_order).shuffle(lines)
    text = "Created: 2026-03-02\nUptime SLA 99.9%\n" + "\n".join(lines)
    for check in checks_of(text):
        assert all(1 <= line <= len(lines) + 2 for line in check.lines)
        assert 0 < len(check.message) < 400
