"""Sheet Answer: the headline, both ledgers, the time, the SLA under each reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from impactcalc.report.narrative import changes, money, run, sla
from impactcalc.report.narrative.headline import headline, second_sentence
from impactcalc.report.phrases import Clock, length, length_range
from impactcalc.report.workbook.sheet import Column, Sheet, Styles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from impactcalc.domain.result import Estimate, Summary

_WIDTHS = (34, 28, 14, 14, 14, 14, 16, 16, 24)
SIMULATED = "simulated"
_MINUTE_S = 60.0
_ERROR_COLUMN = 7
_FINE_H = 0.01


def _columns(first: str, style: str) -> tuple[Column, ...]:
    """Lay out a table of simulated figures."""
    return (
        Column(first, "text", 34),
        Column("in short: even chance (9 in 10)", "text", 22),
        Column("even chance", style, 14),
        Column("9 in 10: from", style, 14),
        Column("9 in 10: to", style, 14),
        Column("on average", style, 14),
        Column("average of the worst 1 in 20", style, 16),
        Column("simulation error of the average", style, 16),
        Column("source", "muted", 24),
    )


def write_answer(
    workbook: Any, worksheet: Any, styles: Styles, estimate: Estimate, footer: str
) -> None:
    """Write the sheet."""
    del workbook
    sheet = Sheet(worksheet, styles, _WIDTHS)
    sheet.heading(headline(estimate), "title", 40)
    sheet.heading(second_sentence(estimate), "lead", 30)
    sheet.heading(f"As of {Clock.of(estimate).now()}", "lead")
    warning = run.convergence_warning(estimate)
    if warning:
        sheet.heading(warning, "missing")
    sheet.step()
    _ledger(sheet, "Customer's ledger", money.customer_rows(estimate), _CUSTOMER)
    _ledger(sheet, "Our ledger, apart from the customer's", money.provider_rows(estimate), _OURS)
    _time(sheet, estimate)
    _contract(sheet, estimate)
    _changes(sheet, estimate)
    sheet.printed(footer, pages=1)


_CUSTOMER, _OURS = frozenset({"Revenue loss", "Customer's loss"}), frozenset({"Our exposure"})


def _ledger(
    sheet: Sheet, title: str, rows: Iterable[money.MoneyRow], wholes: frozenset[str]
) -> None:
    """Write one ledger; a whole of several parts is the sum of its visible averages."""
    sheet.heading(title)
    sheet.heads(_columns("amount", "money"))
    listed = list(rows)
    added = _parts_that_add_up(listed, wholes)
    for row in listed:
        sheet.text(0, row.label, "indent" if row.level else "strong")
        if row.figure is None:
            sheet.text(1, row.missing, "missing")
            sheet.text(8, "missing", "muted")
        else:
            short = row.middle if row.span == row.middle else f"{row.middle} ({row.span})"
            sheet.text(1, short)
            figures(sheet, row.figure, "money")
        if row is listed[0] and added and row.figure is not None:
            first = sheet.row + 2
            formula = f"=SUM(F{first}:F{first + added - 1})"
            sheet.formula(5, formula, row.figure.mean, "money")
        sheet.step()
    sheet.step()


def _parts_that_add_up(rows: list[money.MoneyRow], wholes: frozenset[str]) -> int:
    """Count the rows below the first whose averages add up to its average; 0: they do not."""
    whole = rows[0].figure
    parts = [row.figure for row in rows[1:] if row.figure is not None and row.level < 2]  # noqa: PLR2004
    if whole is None or not any(rows[0].label.startswith(name) for name in wholes):
        return 0
    if len(parts) < 2 or len(parts) != len(rows[1 : len(parts) + 1]):  # noqa: PLR2004
        return 0
    together = sum(part.mean for part in parts)
    return len(parts) if abs(together - whole.mean) <= 1e-9 * max(1.0, abs(whole.mean)) else 0


def figures(sheet: Sheet, figure: Summary, style: str, unit: float = 1.0) -> None:
    """Write the numbers of a simulated figure from column 2 on; `unit` divides them."""
    values = (
        figure.p50, figure.p5, figure.p95, figure.mean, figure.expected_shortfall_95,
        figure.mc_error.mean,
    )  # fmt: skip
    for column, value in enumerate(values, 2):
        shown = None if value is None else value / unit
        fine = style
        if style == "hours" and column == _ERROR_COLUMN and shown is not None:
            fine = "hours fine" if shown >= _FINE_H or not shown else "hours finest"
        sheet.number(column, shown, fine)
    sheet.text(8, SIMULATED, "muted")


def _time(sheet: Sheet, estimate: Estimate) -> None:
    """Write when service is back, in hours and by clock."""
    answer, clock = estimate.recovery, Clock.of(estimate)
    sheet.heading("When it is over")
    sheet.heads(_columns("hours", "hours"))
    rows = (
        ("Full recovery, since the start", answer.full_recovery_h),
        ("First relief, since the start", answer.first_relief_h),
        ("Full recovery, from now", answer.remaining_h),
    )
    for label, figure in rows if answer.open else rows[:2]:
        sheet.text(0, label, "strong")
        sheet.text(1, f"{length(figure, 'p50')} ({length_range(figure)})")
        figures(sheet, figure, "hours")
        sheet.step()
    promise = estimate.promise
    moments = (
        ("Half of the cases are over by", promise.p50),
        ("8 of 10 are over by", promise.p80),
        ("9 of 10 are over by", promise.p90),
        ("Next news, even chance", promise.next_update if answer.open else None),
    )
    for label, moment in moments:
        if moment is not None:
            sheet.text(0, f"{label} ({clock.zone_name})", "strong")
            sheet.text(1, clock.zoned(moment))
            sheet.moment(2, moment, clock.zone)
            sheet.text(8, SIMULATED, "muted")
            sheet.step()
    sheet.step()


_SLA_COLUMNS = (
    Column("downtime if", "text", 34),
    Column("chance that it is broken", "text", 22),
    Column("downtime, even chance", "minutes", 14),
    Column("9 in 10: from", "minutes", 14),
    Column("9 in 10: to", "minutes", 14),
    Column("allowed", "minutes", 14),
    Column("over the allowed", "minutes", 16),
    Column("times the allowed", "times", 16),
    Column("source", "muted", 24),
)


def _contract(sheet: Sheet, estimate: Estimate) -> None:
    """Write the SLA under each reading; minutes over and times the allowed are live."""
    answer = estimate.sla
    sheet.heading(sla.sla_heading(estimate))
    if answer is None:
        sheet.step()
        return
    sheet.heads(_SLA_COLUMNS)
    allowed = answer.budget.allowed_s / _MINUTE_S
    for row, reading in zip(sla.sla_rows(estimate), answer.readings.values(), strict=True):
        used = reading.downtime_s
        sheet.text(0, f"{row.label} (in force)" if row.in_force else row.label, "strong")
        sheet.text(1, f"broken in {row.broken} of the cases")
        for column, value in enumerate((used.p50, used.p5, used.p95), 2):
            sheet.number(column, value / _MINUTE_S, "minutes")
        sheet.number(5, allowed, "minutes")
        middle, most = sheet.cell(2), sheet.cell(5)
        over = used.p50 / _MINUTE_S - allowed
        sheet.formula(6, f"={middle}-{most}", over, "minutes")
        if allowed > 0:
            sheet.formula(7, f"={middle}/{most}", used.p50 / answer.budget.allowed_s, "times")
        sheet.text(8, SIMULATED, "muted")
        sheet.step()
    _tiers(sheet, estimate)
    sheet.step()


def _tiers(sheet: Sheet, estimate: Estimate) -> None:
    """Write the credit of each tier; in money it is fee times share, live."""
    answer, contract = estimate.sla, estimate.scenario.sla
    if answer is None or contract is None or not answer.credit_tiers:
        return
    fee = contract.monthly_fee
    sheet.step()
    heads = ("credit when availability is below", "share of the fee", "chance that it is paid",
             *(("monthly fee", "credit") if fee is not None else ()))  # fmt: skip
    for column, head in enumerate(heads):
        sheet.text(column, head, "head" if column == 0 else "head right")
    sheet.step()
    cap = None if contract.credits is None else contract.credits.cap
    for tier in answer.credit_tiers:
        sheet.number(0, tier.below, "below")
        share = tier.credit if cap is None else min(tier.credit, float(cap))
        sheet.number(1, share, "share")
        sheet.number(2, tier.paid_prob, "chance")
        if fee is not None:
            amount = float(fee.value)
            sheet.number(3, amount, "money")
            sheet.formula(4, f"={sheet.cell(3)}*{sheet.cell(1)}", amount * share, "money")
        sheet.text(8, "contract; chance simulated", "muted")
        sheet.step()


def _changes(sheet: Sheet, estimate: Estimate) -> None:
    """Write what changed since the earlier estimate; today's average is then plus every part."""
    since = estimate.since
    if since is None or not estimate.changes:
        return
    unit = "money" if changes.of_money(estimate) else "hours"
    sheet.heading(changes.changes_heading(estimate))
    heads = (Column("part", "text", 34), Column("why", "text", 22),
             Column("on average", unit, 14), Column("end", "hours", 14))  # fmt: skip
    sheet.heads(heads)
    first = sheet.row + 1
    _moved(sheet, "then", "", since.before, unit)
    sheet.step()
    for row, change in zip(changes.change_rows(estimate), estimate.changes, strict=True):
        _moved(sheet, row.label, row.note, change.mean, unit)
        sheet.number(3, change.full_recovery_h, "hours")
        sheet.step()
    _moved(sheet, "now", "", None, unit)
    now = since.before + sum(change.mean for change in estimate.changes)
    sheet.formula(2, f"=SUM(C{first}:C{sheet.row})", now, unit)
    sheet.step()
    for words in changes.surprise_words(estimate):
        sheet.heading(words, "lead", 15)
    sheet.step()


def _moved(sheet: Sheet, label: str, why: str, value: float | None, unit: str) -> None:
    """Write one row of what changed."""
    sheet.text(0, label, "strong")
    sheet.text(1, why)
    if value is not None:
        sheet.number(2, value, unit)
    sheet.text(8, SIMULATED, "muted")
