"""What mail and export programs put before or below every line is no part of the words."""

import pytest

from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.text.lines import split_lines
from impactcalc.intake.escalation.text.margins import without_margins

SUMMARY = """\
Customer: Tarbeck Water
Priority: High

Impact Assessment:
-----------------
- Affected Users: ~1,900 households
- Revenue Impact: $8,000 daily revenue at risk

Action Plan:
-----------
1. Immediate (0-4 hours):
   - Enlarge the buffer
   - Call the schools

2. Short-term (4-24 hours):
   - Go back to the February version

Current Status:
--------------
- Buffer enlarged on all gateways
- Schools not yet called
"""


def facts_of(text):
    return read_escalation(text).to_document()["facts"]


@pytest.mark.parametrize("mark", ["| ", "AB> ", "  > ", ": ", "    ", ">", "          ", "an>"])
def test_a_mark_or_margin_before_every_line_is_left_out(mark):
    text = "".join(f"{mark}{line}".rstrip() + "\n" for line in SUMMARY.splitlines())
    assert facts_of(text) == facts_of(SUMMARY)


@pytest.mark.parametrize("end", ["\n\n", "\r\r\n", "\n \n"])
def test_doubled_line_ends_are_single_ones(end):
    assert facts_of(SUMMARY.replace("\n", end)) == facts_of(SUMMARY)
    assert facts_of(f"\n\n{SUMMARY}".replace("\n", end)) == facts_of(SUMMARY)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(f"Paragraph {number} of a letter" for number in range(20)),
        "\n".join(f"| row {number} | {number} | open |" for number in range(20)),
        "\n".join(f"| row {number} | {number}" for number in range(20)),
        SUMMARY,
        "  x\n",
        "",
    ],
)
def test_what_was_written_so_stays(text):
    lines = split_lines(text)
    assert without_margins(lines) == lines
