"""What the text leaves unclear is told where it is missed, and never called not stated."""

from collections.abc import Callable

from impactcalc.domain.check import Check
from impactcalc.domain.result import Estimate
from impactcalc.domain.sourced import Caution
from impactcalc.report.brief import content
from impactcalc.report.narrative import findings, money, sla
from impactcalc.report.narrative.headline import no_money
from impactcalc.report.narrative.unclear import begun, no_revenue_reason, no_sla_reason
from impactcalc.report.terminal.screen import render

TWO = "line 4 says '$6K daily', line 9 says '$9K daily': nothing in the text prefers one"
CHECK = Check("left open", f"revenue at risk: {TWO}", (4, 9))
WARNINGS = tuple(Caution("revenue_at_risk_per_day", TWO, line) for line in (4, 9))
ODD = Check("left open", "SLA: '120%' is above 100%; left out", (6,))


def unclear(estimate: Estimate) -> Estimate:
    """Give an estimate of a text that names two amounts."""
    return estimate._replace(checks=(CHECK, ODD), warnings=WARNINGS)


def test_a_reason_names_the_lines_that_leave_it_unclear(variant: Callable[[str], Estimate]) -> None:
    estimate = unclear(variant("no money"))
    assert no_revenue_reason(estimate) == "the revenue at risk is unclear (lines 4, 9)"
    assert money.no_money_reason(estimate).endswith("is unclear (lines 4, 9)")
    assert no_money(estimate) == "The revenue at risk is unclear (lines 4, 9)."
    assert begun("") == ""


def test_an_impossible_sla_is_unclear(variant: Callable[[str], Estimate]) -> None:
    estimate = variant("no sla")
    assert no_sla_reason(estimate) == "no SLA is stated"
    warned = estimate._replace(warnings=(Caution("sla_objective", "'120%' is above 100%", 6),))
    assert no_sla_reason(warned) == "the SLA is unclear (line 6)"
    assert sla.sla_heading(warned) == sla.sla_title(warned) == "The SLA is unclear (line 6)"


def test_the_screen_tells_both_values_in_full(variant: Callable[[str], Estimate]) -> None:
    words = " ".join(render(unclear(variant("no money")), colour=False, unicode=True).split())
    assert "Left open by the text" in words
    assert f"Revenue at risk: {TWO}" in words
    assert "SLA: '120%' is above 100%; left out (line 6)" in words


def test_what_is_left_open_is_told_once(variant: Callable[[str], Estimate]) -> None:
    estimate = unclear(variant("no money"))
    found = findings.findings(estimate)
    assert found == (
        (f"Revenue at risk: {TWO}", ""),
        ("SLA: '120%' is above 100%; left out", "line 6"),
    )
    assert "unclear (lines 4, 9)" in str(content(estimate)["figures"])
