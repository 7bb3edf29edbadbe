"""Every figure has its source; what is missing is asked for."""

from collections.abc import Callable

from impactcalc.domain.moment import Moment
from impactcalc.domain.result import Estimate
from impactcalc.domain.sourced import Assumption, Caution, Sourced
from impactcalc.report.narrative import run
from impactcalc.report.narrative.findings import findings, open_points
from impactcalc.report.narrative.labels import label, source_file, source_words
from impactcalc.report.narrative.sources import (
    FigureRow,
    assumption_rows,
    figure_rows,
    key_rows,
)

Variant = Callable[[str], Estimate]


def with_figures(estimate: Estimate, figures: dict[str, object]) -> Estimate:
    scenario = estimate.scenario._replace(figures=figures)
    return estimate._replace(scenario=scenario, assumptions=())


def rows_by_label(estimate: Estimate) -> dict[str, FigureRow]:
    return {row.label: row for row in figure_rows(estimate)}


def test_every_figure_of_the_scenario_is_shown_with_its_source(seed_estimate: Estimate) -> None:
    rows = rows_by_label(seed_estimate)
    assert rows["stated revenue"] == FigureRow(
        "stated revenue", "75 K USD/day", "line 44", "", stated=True
    )
    assert rows["users"].value == "15,000"
    assert rows["response time"].value == "normal 2 s, now 20 s to 45 s, increase 400%"
    assert rows["response time"].source == "lines 24, 13"
    assert rows["stage 2: Short-term"].value == "4 h to 24 h, in progress"
    assert rows["stage 2: Short-term"].source == "lines 54, 71"
    period = rows["SLA period"]
    assert (period.source, period.why, period.stated) == (
        "default", "Calendar month, UTC [A]", False,
    )  # fmt: skip


def test_assumptions_without_a_figure_follow(seed_estimate: Estimate) -> None:
    rows = rows_by_label(seed_estimate)
    assert rows["monthly fee"].source == "missing"
    assert rows["definition of downtime"].value == "all three readings are shown"
    assert len(assumption_rows(seed_estimate)) == len(seed_estimate.assumptions)


def test_lists_and_odd_values_have_a_form(seed_estimate: Estimate) -> None:
    hours = [Sourced("1", "case.yaml:12") for _ in range(168)]
    figures: dict[str, object] = {
        "business": {
            "profile": hours,
            "history": [Sourced("a.csv", "case.yaml:3"), Sourced("b.csv", "--set")],
            "flag": Sourced(value=True, source="case.yaml:4"),
            "nothing": Sourced(None, "default: missing"),
        },
        "sla": {"credits": [{"below": Sourced("99.9%", "case.yaml:9"),
                             "credit": Sourced("10%", "case.yaml:9")}]},
        "what_if": [{"name": Sourced("More people", "case.yaml:20"), "scale": {
            "recovery.stages.A.window": Sourced("0.6", "case.yaml:21")}}],
    }  # fmt: skip
    rows = rows_by_label(with_figures(seed_estimate, figures))
    assert rows["revenue over the week"].value == "168 values"
    assert rows["revenue over the week"].source == "line 12"
    assert (rows["history"].value, rows["history"].source) == ("a.csv, b.csv", "line 3, --set")
    assert rows["flag"].value == "yes"
    assert rows["nothing"].value == "not stated"
    assert rows["credit tier 1"].value == "below 99.9%, credit 10%"
    assert rows["what if 1: More people"].value == "window 0.6"


def test_text_of_the_input_is_escaped_and_cut(seed_estimate: Estimate) -> None:
    long = Sourced("\x1b[31m" + "x" * 500, "line 1\u202e")
    (row,) = figure_rows(with_figures(seed_estimate, {"incident": {"note\x07": long}}))
    assert row.label == "note\\x07"
    assert row.value.startswith("\\x1b[31mxxx")
    assert len(row.value) <= 110
    assert row.source == "line 1\\u202e"


def test_key_figures_come_first_then_assumptions_by_reach(seed_estimate: Estimate) -> None:
    rows = key_rows(seed_estimate, 8)
    assert [row.label for row in rows] == [
        "stated revenue", "SLA target", "response time", "reading of the amount",
        "failing share at the start", "definition of downtime", "planned windows",
        "incident start",
    ]  # fmt: skip


def test_assumptions_that_say_the_same_are_shown_once(seed_estimate: Estimate) -> None:
    one = Assumption("sla.downtime", "all three readings", "default: not stated", "the text")
    twice = seed_estimate._replace(assumptions=(one, one))
    labels = [row.label for row in key_rows(twice, 8)]
    assert labels.count("definition of downtime") == 1


def test_figures_that_are_missing_are_no_key_figures(seed_estimate: Estimate) -> None:
    assert key_rows(with_figures(seed_estimate, {"sla": Sourced("x", "line 1")}), 4) == ()


def test_fields_are_named_in_words() -> None:
    assert label("incident.lost_share/point_reads") == "failing share: point reads"
    assert label("incident.cluster/tablets") == "cluster: tablets"
    assert label("business.timezone") == "revenue timezone"
    assert label("recovery.stages.Short-term.status") == "Short-term: status"
    assert label("unheard_of") == "unheard of"


def test_sources_are_lines_of_the_one_file(seed_estimate: Estimate) -> None:
    assert source_words("case.yaml:12") == "line 12"
    assert source_words("default: not stated") == "missing"
    assert source_words("default: measured") == "default"
    assert source_words("--set") == "--set"
    assert source_file(seed_estimate) == ""
    incident = seed_estimate.scenario.incident._replace(
        started=Sourced(Moment(seed_estimate.as_of, seed_estimate.as_of), "my/case.yaml:3"),
    )
    scenario = seed_estimate.scenario._replace(incident=incident)
    assert source_file(seed_estimate._replace(scenario=scenario)) == "my/case.yaml"


def asked(estimate: Estimate) -> list[str]:
    return [ask for ask, _ in open_points(estimate)]


def test_what_would_change_the_answer_is_asked_in_its_order(seed_estimate: Estimate) -> None:
    assert asked(seed_estimate) == [one.ask for one in seed_estimate.questions]
    assert asked(seed_estimate._replace(questions=())) == []


def test_a_question_says_what_it_is_worth_and_whom_to_ask(seed_estimate: Estimate) -> None:
    plain = seed_estimate.questions[0]
    priced = plain._replace(worth=2134.0, whom="the engineers")
    none = plain._replace(worth=0.0)
    points = open_points(seed_estimate._replace(questions=(priced, none)))
    assert [why for _, why in points] == [
        "two figures disagree about the failing share; worth $2.1K (ask the engineers)",
        "two figures disagree about the failing share",
    ]


def test_findings_begin_as_sentences_and_name_their_lines(seed_estimate: Estimate) -> None:
    assert findings(seed_estimate) == (
        ("The ways by tablets and by the percentage differ 5 times", "lines 13, 24"),
        ("How many tablets there are is not stated", "line 36"),
    )
    twice = tuple(Caution("users", "9,500 or 4,000", line) for line in (13, 43, 13))
    merged = seed_estimate._replace(checks=(), warnings=twice)
    assert findings(merged) == (("9,500 or 4,000", "lines 13, 43"),)
    caution = Caution("recovery.stages.A.duration", "recovery.stages.A.duration: cannot overrun")
    noted = seed_estimate._replace(checks=(), warnings=(caution,))
    assert findings(noted) == (("A: duration: cannot overrun", ""),)


def test_the_run_is_told_with_its_error(seed_estimate: Estimate, variant: Variant) -> None:
    assert run.run_words(seed_estimate) == (
        "impactcalc 0.1.0 · 65,536 trials, seed 1, simulation error 0.6% · input 4f9c2a714f9c"
    )
    assert run.run_words(variant("huge"), digest=False).endswith(
        "not converged: simulation error 21%"
    )
    blind = seed_estimate.run._replace(error_reached=None, inputs_sha256="")
    words = run.run_words(seed_estimate._replace(run=blind))
    assert words == "impactcalc 0.1.0 · 65,536 trials, seed 1"
    lost = blind._replace(converged=False)
    estimate = seed_estimate._replace(run=lost)
    assert run.run_words(estimate).endswith("seed 1, not converged")
    assert run.convergence_warning(estimate) == "Not converged: 65,536 trials did not reach 1%."
