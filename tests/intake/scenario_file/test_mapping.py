"""Every key of the contract reaches its value, every default its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from impactcalc.domain.contract import CreditTier, Downtime, PeriodKind
from impactcalc.domain.exposure import Reading
from impactcalc.domain.incident import Shape, Status, Window
from impactcalc.domain.quantity import Law
from impactcalc.domain.sourced import Assumption, Caution, Sourced
from impactcalc.errors import InputError
from impactcalc.intake.document import Document, mapping, sequence, text
from impactcalc.intake.scenario_file import check_scenario, read_scenario, to_scenario

DATA = Path(__file__).parents[2] / "data"
EVERY_KEY = (DATA / "every-key.yaml").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)


@pytest.fixture
def whole(read):
    return read(EVERY_KEY)


def test_every_key_of_the_incident_is_read(whole):
    incident = whole.incident
    texts = (incident.id, incident.customer, incident.service, incident.priority)
    assert [one.value for one in texts] == ["E1", "Every Key Ltd", "Everything", "high"]
    assert incident.started.value.width_h == 24
    assert incident.started.source == "case.yaml:8"
    assert incident.lost_share.value.parameters == (Decimal("0.21"), Decimal("0.53"))
    assert incident.error_rate.value.fixed == Decimal("0.12")
    assert incident.latency.now.value.parameters == (20, 45)
    assert incident.latency.normal.value.fixed == 2
    assert not incident.latency.normal_is_bound
    assert incident.latency.increase.value.fixed == 4
    cluster = incident.cluster
    counts = (cluster.nodes, cluster.zones, cluster.replication_factor, cluster.tablets)
    assert [one.value for one in counts] == [7, 3, 3, 112]
    assert (cluster.leaderless_tablets.value, cluster.corrupt_tablets.value) == (15, 3)
    (milestone,) = incident.milestones
    assert milestone.value.restored == Decimal("0.4")
    assert (incident.sentiment.value, incident.escalation_level.value) == ("negative", 2)
    assert whole.as_of == Sourced(
        datetime(2024, 1, 23, 12, tzinfo=UTC), "case.yaml:9", "2024-01-23T12:00+00:00"
    )


def test_every_key_of_the_plan_is_read(whole):
    plan = whole.recovery
    assert plan.started.value.earliest == datetime(2024, 1, 23, 5, tzinfo=UTC)  # New York's day
    assert (plan.rto_s.value, plan.mtpd_s.value) == (28800, 259200)
    assert plan.dependence.value == Decimal("0.4")
    first, second, third = plan.stages
    assert (first.name, first.source, first.after) == ("Immediate", "case.yaml:23", ())
    assert first.window.value == Window(Decimal(0), Decimal(14400))
    assert (first.restores.value, first.shape, first.status.value) == (
        Decimal("0.6"),
        Shape.STEP,
        Status.DONE,
    )
    assert first.finished.value.earliest == datetime(2024, 1, 23, 6, tzinfo=UTC)
    assert (first.fails.value.fixed, first.retry.value.fixed, first.max_tries) == (
        0,
        Decimal("0.6"),
        3,
    )
    assert first.relapse.value.fixed == Decimal("0.05")
    assert [action.value for action in first.actions] == ["Restart affected tablet servers"]
    assert (second.window, second.duration.value.law) == (None, Law.INTERVAL)
    assert (second.elapsed_s.value, second.shape, second.after) == (
        7200,
        Shape.LINEAR,
        ("Immediate",),
    )
    assert second.seen.value.exact
    assert third.after == ("Short term",)
    assert third.hand_over.value.parameters == (1440, 5400)


def test_every_key_of_the_business_is_read(whole):
    business = whole.business
    assert (business.currency, whole.currency) == ("USD", "USD")
    assert business.revenue_at_risk.value.fixed == 75_000
    assert business.reading.value is Reading.EXPOSED
    assert business.profile.value.name == "business-hours"
    assert business.timezone.value == "America/New_York"
    assert business.deferred.value.fixed == Decimal("0.5")
    assert (business.deferred_for_s.value, business.users.value) == (21600, 15000)


def test_every_key_of_the_contract_is_read(whole):
    sla = whole.sla
    assert sla.target == Sourced(Decimal("0.999"), "case.yaml:62", "99.9%")
    period = sla.period.value
    assert period.kind is PeriodKind.FIXED
    assert period.start.earliest == datetime(2024, 1, 1, 5, tzinfo=UTC)
    assert period.end.exact
    assert sla.timezone.value == "America/New_York"
    rule = sla.downtime.value
    assert (rule.definition, rule.threshold) == (Downtime.THRESHOLD, Decimal("0.05"))
    assert (rule.slice_s, rule.min_consecutive, rule.min_events) == (60, 5, 60)
    assert (rule.whole_slices, rule.empty_slices) == (False, "excluded")
    assert rule.clause == "MSA section 4.2"
    assert (sla.to_date.value.fixed, sla.excluded_s.value) == (720, 14400)
    assert (sla.monthly_fee.value, sla.currency) == (40_000, "USD")
    credits_ = sla.credits
    assert credits_.tiers == (
        CreditTier(Decimal("0.999"), Decimal("0.1"), source="case.yaml:70"),
        CreditTier(
            Decimal("0.99"),
            Decimal("0.25"),
            upper_inclusive=True,
            lower=Decimal("0.95"),
            source="case.yaml:71",
        ),
        CreditTier(
            Decimal("0.95"),
            Decimal("0.5"),
            lower=Decimal(0),
            lower_inclusive=False,
            source="case.yaml:72",
        ),
    )
    assert (credits_.cap, credits_.minimum, credits_.rounding) == (
        Decimal("0.5"),
        1,
        Decimal("0.001"),
    )
    assert sla.claim.value == "30 d after the period"


def test_nothing_is_read_without_being_used(whole):
    assert not [one for one in whole.cautions if "not yet" in one.message]
    assert (whole.history.value, whole.history.source) == ("incidents.csv", "case.yaml:79")


def test_which_categories_have_a_prior_is_told_by_the_history_where_there_is_one(base, read):
    asks = base.replace("lognormal(24 h, 72 h)", "history(weather)")
    assert any("no prior is shipped" in one.message for one in read(asks).cautions)
    assert read(f"{asks}history: incidents.csv\n").cautions == ()


def test_a_plain_scenario_has_nothing_to_warn_of(base, read):
    assert read(base).cautions == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("0 h to 4 h", "1 h to 24 h", "12:15: so wide that its mean"),
        ("lognormal(24 h, 72 h)", "pert(12 h, 24 h, 72 h)", "23:17: cannot overrun its maximum"),
        ("lognormal(24 h, 72 h)", "1 h to 1000 h", "23:17: so wide"),
        ("lognormal(24 h, 72 h)", "history(weather)", "23:17: no prior is shipped"),
        (
            "status: done",
            "status: in_progress\n      elapsed: 2 h",
            "15:16: is not used: a window",
        ),
        ("status: in_progress", "status: done", "20:16: is not used: the stage is done"),
        ("status: done", "status: done\n      seen: 2026-01-22", "15:13: is not used"),
        ("status: done", "status: done\n      hand_over: 1 h", "15:18: is not used"),
        ("elapsed: 6 h", "hand_over: 1 h", "20:18: is not used"),
        ("dependence: 0.5", "started: 2026-01-24T09:00Z", "9:12: after the forecast"),
        ("  id: B1", "  latency: {normal: 2 s, now: 1 s}", "3:31: does not exceed the normal"),
        (
            "elapsed: 6 h",
            "elapsed: 30 h",
            "20:16: '30 h' is longer than the incident has lasted (24",
        ),
        (
            "below: 95.0%, credit: 50%",
            "from: 0%, below: 95.0%, credit: 5%",
            "40:40: the credit falls to '5%'",
        ),
        ("below: 99.0%", "below: 99.9%", "39:15: two credit tiers have this bound"),
        (
            "proportional",
            "{definition: all_fail, threshold: 5%}",
            "35:47: is not used by the definition",
        ),
    ],
)
def test_what_is_odd_is_warned_of_at_its_line(base, read, old, new, place):
    (caution,) = read(base.replace(old, new, 1)).cautions
    line, column, words = place.split(":", 2)
    assert (caution.line, caution.column) == (int(line), int(column))
    assert words.strip() in caution.message


def test_a_stage_that_is_done_before_one_that_it_waits_for_is_warned_of(base, read):
    yaml = base.replace("status: done", "shape: step").replace("      elapsed: 6 h\n", "")
    (caution,) = read(yaml.replace("in_progress", "done")).cautions
    assert (caution.line, caution.column) == (19, 15)
    assert "'Restart', which it waits for, is not" in caution.message


def test_cap_and_minimum_need_credits_rounding_does_not(base, read):
    yaml = base.replace("  credits:\n", "").replace("    - {below", "    #")
    scenario = read(yaml)
    assert scenario.sla.credits is None
    assert [one.field for one in scenario.cautions] == ["sla.cap"]
    rounded = read(yaml.replace("cap: 100%", "rounding: 0.1%")).sla.credits
    assert (rounded.rounding, rounded.tiers) == (Decimal("0.001"), ())


def test_warnings_of_one_kind_are_counted_when_there_are_many(base, read):
    stages = "".join(f"    - {{name: s{n}, duration: 'uniform(1 h, 2 h)'}}\n" for n in range(50))
    yaml = base.split("    - name")[0] + stages + "business: {revenue_at_risk: 1 USD/day}\n"
    cautions = read(yaml).cautions
    assert len(cautions) == 6
    assert cautions[-1] == Caution("", "45 further stages cannot overrun")


def test_lengths_and_other_forms_of_the_contract(base, read):
    for written, kind in [("30 d", PeriodKind.ROLLING), ("week", PeriodKind.WEEK)]:
        assert read(base.replace("month", written, 1)).sla.period.value.kind is kind
    assert read(base.replace("month", "30 d", 1)).sla.period.value.length_s == 30 * 86400
    rule = read(base.replace("proportional", "threshold 30%")).sla.downtime.value
    assert (rule.definition, rule.threshold) == (Downtime.THRESHOLD, Decimal("0.3"))
    assert read(base.replace("proportional", "all_fail")).sla.downtime.value.threshold is None
    yaml = base.replace("  credits:\n", "  credits: {multiplier: 10}\n").replace(
        "    - {", "    # {"
    )
    assert read(yaml).sla.credits.multiplier == 10


def test_a_profile_of_weights(base, read):
    weights = ", ".join(str(hour / 10) for hour in range(24))
    profile = read(base.replace("users: 15000", f"profile: [{weights}]")).business.profile
    assert profile.value.weights[23] == Decimal("2.3")
    assert profile.text == "24 weights"


def test_a_single_normal_latency_is_a_bound_unless_it_is_the_value(base, read):
    def bound(latency: str) -> bool:
        found = read(base.replace("  id: B1", f"  latency: {{{latency}}}")).incident.latency
        return bool(found.normal_is_bound)

    assert bound("normal: 2 s, now: 9 s")
    assert not bound("normal: 2 s, now: 9 s, normal_is: value")
    assert not bound("normal: 1 s to 2 s, now: 9 s")
    assert bound("normal: 1 s to 2 s, now: 9 s, normal_is: bound")


def test_figures_nest_like_the_file_with_a_source_each(whole):
    figures = whole.figures
    assert list(figures) == [
        "impactcalc",
        "incident",
        "recovery",
        "business",
        "sla",
        "observations",
        "history",
        "what_if",
    ]
    assert figures["business"]["users"] == Sourced(15000, "case.yaml:55", "15000")
    assert figures["incident"]["latency"]["now"] == Sourced(
        "20 s to 45 s", "case.yaml:11", "20 s to 45 s"
    )
    stages = figures["recovery"]["stages"]
    assert stages[0]["after"] == []
    assert stages[2]["after"] == Sourced("Short term", "default: the stage above")
    assert stages[2]["max_tries"].value == 3
    assert stages[2]["status"].value == "not_started"
    assert list(stages[1])[:4] == ["name", "duration", "after", "restores"]


def test_figures_of_a_plan_that_is_not_written_hold_its_stage(read):
    figures = read("impactcalc: 1\nincident: {id: A}\nsla: {target: 99.9%}\n").figures
    stage = figures["recovery"]["stages"][0]
    assert stage["name"].value == "Recovery"
    assert stage["duration"].source.startswith("default: no stages")


def test_money_of_the_contract_alone_names_the_currency(base, read):
    yaml = base.split("business:")[0] + "sla:" + base.split("sla:")[1]
    scenario = read(yaml)
    assert (scenario.business, scenario.currency) == (None, "USD")
    no_money = read(yaml.replace("  monthly_fee: 40 K USD\n", ""))
    assert no_money.currency is None


def test_demand_that_comes_back_has_a_time_constant(base, read):
    scenario = read(base.replace("users: 15000", "deferred: 50%"))
    assumed = {one.field: one.value for one in scenario.assumptions}
    assert assumed["business.deferred_for"] == "6 h"
    assert "business.deferred" not in assumed


def test_too_long_a_what_if_list_is_not_tried_out_and_says_so(base, read, monkeypatch):
    monkeypatch.setattr("impactcalc.intake.scenario_file.what_if._MOST_WORK", 3)
    scenario = read(base + "what_if: [{name: A, set: {business.reading: lost}}]\n")
    assert "too long for its values to be tried out" in scenario.cautions[0].message


def test_a_file_may_hold_only_a_contract_to_be_checked():
    document = read_scenario(
        b"sla: {target: 99.9%, downtime: {definition: all_fail, slice: 1 min}}\n", "c.yaml"
    )
    (caution,) = check_scenario(document, now=NOW, file="c.yaml")
    assert (caution.field, caution.line) == ("sla.downtime.slice", 1)


def test_further_incidents_need_their_number_and_their_length(base, read):
    text = base.replace("sla:\n", "sla:\n  future: {per_year: 6, duration: 0.5 h to 8 h}\n")
    further = read(text).sla.further
    assert further.per_year == 6
    assert further.duration.parameters == (1800, 28_800)
    with pytest.raises(InputError, match="'duration' is missing"):
        read(base.replace("sla:\n", "sla:\n  future: {per_year: 6}\n"))
    with pytest.raises(InputError, match="outside 0 to 5,000"):
        read(base.replace("sla:\n", "sla:\n  future: {per_year: -1, duration: 1 h}\n"))


def test_a_text_gives_the_same_scenario_with_its_own_sources():
    moment = text("2026-01-22", "line 3", line=3, as_written="22 Jan 2026")
    incident = mapping({"started": moment}, "line 3", line=3)
    stage = mapping({"name": text("Stage 1", "default: no name")}, "line 9", line=9)
    recovery = mapping({"stages": sequence([stage], "line 9")}, "line 9")
    sla = mapping({"target": text("99.9%", "line 5", line=5)}, "line 5", line=5)
    tree = mapping({"incident": incident, "recovery": recovery, "sla": sla}, "case.txt", line=1)
    said = Assumption("incident.started", "created", "line 3", "the text calls it created")
    dated = text("2026-01-25", "line 20", line=20)
    warned = Caution("users", "two numbers", 7)
    document = Document(tree, (said,), (warned,), (dated,))
    scenario = to_scenario(document, now=NOW, as_of=None, file="case.txt", digest="d")
    assert scenario.incident.started.source == "line 3"
    assert scenario.incident.started.text == "22 Jan 2026"
    assert scenario.as_of.value == datetime(2026, 1, 25, 12, tzinfo=UTC)
    assert scenario.as_of.source == "line 20"
    assert scenario.assumptions[0] == said
    assert scenario.cautions[0] == warned
    assert scenario.inputs_sha256 == "d"
