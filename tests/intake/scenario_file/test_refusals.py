"""Every mistake in a scenario is named at its exact line, with a remedy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.scenario_file import check_scenario, read_scenario

EDITS = [
    # (what is replaced, by what, line:column and words of the only problem)
    ("impactcalc: 1", "impactcalc: 9", "1:13: impactcalc: version '9' is not known"),
    ("  id: B1", "  id: ''", "3:7: incident.id: is empty"),
    ("customer:", "custmer:", "4:3: unknown key 'custmer'; did you mean 'customer'?"),
    ("customer: Stratton", "customer: [a]", "4:13: incident.customer is a list; one value"),
    ("customer: Stratton", "customer:", "4:3: incident.customer has no value"),
    ("  id: B1", "  priority: hihg", "3:13: incident.priority: 'hihg' is not known; did you mean"),
    ("  id: B1", "  priority: 1", "write one of critical, high, medium, low"),
    ("  id: B1", "  sentiment: sad", "3:14: incident.sentiment: 'sad' is not known"),
    ("  id: B1", "  escalation_level: two", "3:21: incident.escalation_level: 'two'"),
    ("2026-01-22T09:00Z", "2026-02-30", "5:12: incident.started: '2026-02-30' is no date of"),
    ("2026-01-22T09:00Z", "2026-01-22T09:00", "5:12: incident.started: '2026-01-22T09:00' has no"),
    ("2026-01-23T09:00Z", "2025-01-23T09:00Z", "6:10: incident.as_of: '2025-01-23T09:00Z' lies"),
    ("2026-01-23T09:00Z", "tomorrow", "6:10: incident.as_of: 'tomorrow' is no date"),
    ("35% to 80%", "80% to 35%", "7:15: incident.lost_share: '80% to 35%' runs backwards"),
    ("35% to 80%", "130%", "7:15: incident.lost_share: '130%' lies outside 0% to 100%"),
    ("35% to 80%", "99.9", "7:15: incident.lost_share: '99.9' is above 1"),
    ("35% to 80%", "2 h", "7:15: incident.lost_share: '2 h' is a duration, a share is wanted"),
    ("35% to 80%", ".nan", "7:15: incident.lost_share: '.nan' is not a number"),
    ("  id: B1", "  error_rate: -1%", "3:15: incident.error_rate: '-1%' lies outside"),
    ("  id: B1", "  latency: 2 s", "3:12: incident.latency is text; keys are wanted"),
    ("  id: B1", "  latency: {now: 2}", "3:18: incident.latency.now: '2' has no unit"),
    ("  id: B1", "  latency: {normal_is: x}", "incident.latency.normal_is: 'x' is not known"),
    ("  id: B1", "  cluster: {nodes: 0}", "3:20: incident.cluster.nodes: '0' is not possible"),
    (
        "  id: B1",
        "  cluster: {tablets: 5, leaderless_tablets: 6}",
        "3:45: incident.cluster.leaderless_tablets: '6' exceeds the 5 tablets",
    ),
    ("  id: B1", "  milestones: [{restored: 5%}]", "3:16: incident.milestones.1.at is missing"),
    (
        "  id: B1",
        "  milestones: [{at: 2026-02-01, restored: 5%}]",
        "3:21: incident.milestones.1.at: '2026-02-01' lies after as_of",
    ),
    (
        "  id: B1",
        "  milestones: [{at: 2026-01-20, restored: 5%}]",
        "3:21: incident.milestones.1.at: '2026-01-20' lies before incident.started",
    ),
    ("dependence: 0.5", "dependence: 1.5", "9:15: recovery.dependence: '1.5' lies outside 0 to"),
    ("dependence: 0.5", "dependence: 99%", "9:15: recovery.dependence: '99%' lies outside 0 to"),
    ("dependence: 0.5", "dependence: x", "9:15: recovery.dependence: 'x' is not a number"),
    ("dependence: 0.5", "rto: 0 h", "9:8: recovery.rto: '0 h' has no length"),
    ("dependence: 0.5", "started: 2026-01-21", "9:12: recovery.started: '2026-01-21' lies before"),
    ("dependence: 0.5", "started: 2026-01-25", "9:12: recovery.started: '2026-01-25' lies after"),
    ("name: Restart", "nme: Restart", "11:7: unknown key 'nme'; did you mean 'name'?"),
    ("name: Restart", "shape: step", "11:7: recovery.stages.1.name is missing"),
    ("name: Upgrade", "name: Restart", "22:13: recovery.stages.Restart.name: 'Restart' is used t"),
    ("0 h to 4 h", "4 h to 0 h", "12:15: recovery.stages.Restart.window: '4 h to 0 h' runs back"),
    ("0 h to 4 h", "4:30", "12:15: recovery.stages.Restart.window: '4:30' is no window"),
    ("window: 0 h to 4 h", "window: [0 h, 4 h]", "12:15: recovery.stages.1.window is a list"),
    ("restores: 60%", "restores: 70%", "24:17: recovery.stages.Upgrade.restores: the stages' sha"),
    ("restores: 60%", "restores: 50%", "the stages' shares add up to 90%, not 100%"),
    ("restores: 60%", "restores: 160%", "13:17: recovery.stages.Restart.restores: '160%' lies ou"),
    ("status: done", "status: dnoe", "14:15: recovery.stages.Restart.status: 'dnoe' is not known"),
    (
        "status: done",
        "finished: 2026-01-22T10:00Z",
        "14:17: recovery.stages.Restart.finished: the stage is not_started, not done",
    ),
    (
        "restores: 60%\n",
        "restores: 60%\n      finished: 2026-01-24\n",
        "14:17: recovery.stages.Restart.finished: '2026-01-24' lies after the forecast",
    ),
    (
        "restores: 60%\n",
        "restores: 60%\n      finished: 2026-01-20\n",
        "14:17: recovery.stages.Restart.finished: '2026-01-20' lies before the incident's start",
    ),
    (
        "after: [Restart]",
        "after: [Restrt]",
        "17:15: recovery.stages.\"Fail over\".after: no stage is called 'Restrt'; did you mean 'R",
    ),
    ("after: [Restart]", "after: Restart", "17:14: recovery.stages.2.after is text; a list"),
    ("after: [Restart]", "after: [Fail over]", '17:15: recovery.stages."Fail over".after: \'Fail'),
    (
        "after: [Restart]",
        "after: [Upgrade]",
        (
            '17:14: recovery.stages."Fail over".after: the stages wait for each other in a cycle: '
            "Fail over -> Upgrade -> Fail over"
        ),
    ),
    ("4 h to 24 h", "4 USD to 24 USD", "16:17: recovery.stages.\"Fail over\".duration: '4 USD' is"),
    ("4 h to 24 h", "0 h", "16:17: recovery.stages.\"Fail over\".duration: '0 h' has no length"),
    ("4 h to 24 h", "prt(1 h, 2 h, 3 h)", "did you mean 'pert'?"),
    (
        "      after: [Restart]",
        "      window: 4 h to 9 h",
        '17:15: recovery.stages."Fail over".window: window and duration are both written',
    ),
    ("elapsed: 6 h", "elapsed: 6", "20:16: recovery.stages.\"Fail over\".elapsed: '6' has no unit"),
    ("elapsed: 6 h", "elapsed: 6 USD", "20:16: recovery.stages.\"Fail over\".elapsed: '6 USD' is"),
    ("elapsed: 6 h", "seen: 2026-01-25", '20:13: recovery.stages."Fail over".seen: \'2026-01-25'),
    ("fails: 13%", "fails: -10%", "25:14: recovery.stages.Upgrade.fails: '-10%' lies outside"),
    ("fails: 13%", "max_tries: 0", "25:18: recovery.stages.Upgrade.max_tries: '0' lies outside 1"),
    ("fails: 13%", "max_tries: 101", "'101' lies outside 1 to 100"),
    ("fails: 13%", "actions: [[a]]", "25:17: recovery.stages.3.actions.1 is a list"),
    ("currency: USD", "currency: usd", "27:13: business.currency: 'usd' is no currency"),
    ("75 K USD/day", "1e309 USD/day", "28:20: business.revenue_at_risk: '1e309 USD' has an expon"),
    ("75 K USD/day", ".inf", "28:20: business.revenue_at_risk: '.inf' cannot be read as money"),
    ("75 K USD/day", "-75 K USD/day", "28:20: business.revenue_at_risk: '-75 K USD/day' is negat"),
    ("75 K USD/day", "75 K USD", "'75 K USD' is an amount without a period"),
    ("reading: exposed", "reading: yes", "29:12: business.reading: 'yes' is not known"),
    ("users: 15000", "users: 017500", "30:10: business.users: '017500' begins with a zero"),
    ("users: 15000", "users: many", "30:10: business.users: 'many' is not a number"),
    ("users: 15000", "profile: flta", "30:12: business.profile: 'flta' is no profile; did you me"),
    ("users: 15000", "profile: x", "write flat, business-hours or a list"),
    ("users: 15000", "profile: [1, 2]", "30:12: business.profile: has 2 weights; write 24"),
    (
        "users: 15000",
        "profile: [" + ", ".join(["0"] * 24) + "]",
        "30:12: business.profile: has no weight above 0",
    ),
    (
        "users: 15000",
        "profile: [-1, " + ", ".join(["1"] * 23) + "]",
        "30:13: business.profile.1: '-1' is negative",
    ),
    (
        "users: 15000",
        "profile: [[1], " + ", ".join(["1"] * 23) + "]",
        "30:13: business.profile.1 is a list",
    ),
    ("users: 15000", "timezone: Europe/Berlni", "30:13: business.timezone: 'Europe/Berlni' is no"),
    ("users: 15000", "deferred_for: 0 h", "30:17: business.deferred_for: '0 h' has no length"),
    ("users: 15000", "churn: {base: 2}", "30:17: business.churn.base: '2' is above 1"),
    (
        "users: 15000",
        "backlog: {utilisation: 100%}",
        "30:26: business.backlog.utilisation: '100%' leaves no capacity",
    ),
    ("users: 15000", "recovery_cost: {overtime: x}", "30:29: business.recovery_cost.overtime: 'x'"),
    ("users: 15000", "arr: 5 h", "30:8: business.arr: '5 h' is a duration"),
    ("  target: 99.9%", "  claim: x", "32:3: sla.target is missing"),
    ("target: 99.9%", "target: 0%", "32:11: sla.target: '0%' lies outside (0%, 100%]"),
    ("target: 99.9%", "target: 199.9%", "32:11: sla.target: '199.9%' lies outside 0% to 100%"),
    (
        "credit: 50%",
        "credit: 5%",
        "40:30: sla.credits.3.credit: below 99.0% gives 25% but below 95.0%, a worse month",
    ),
    ("target: 99.9%", "target: 99.9", "32:11: sla.target: '99.9' is above 1 and has no percent"),
    ("period: month", "period: fortnight", "33:11: sla.period: 'fortnight' cannot be read"),
    ("period: month", "period: 0 d", "33:11: sla.period: '0 d' has no length"),
    ("period: month", "period: {start: 2026-01-01}", "33:11: sla.period.end is missing"),
    (
        "period: month",
        "period: {start: 2026-01-02, end: 2026-01-01}",
        "33:36: sla.period.end: '2026-01-01' does not lie after the start",
    ),
    ("timezone: UTC", "timezone: Europe/Berlni", "34:13: sla.timezone: 'Europe/Berlni' is no time"),
    (
        "proportional",
        "proportionel",
        "35:13: sla.downtime: 'proportionel' is not known; did you me",
    ),
    ("proportional", "threshold", "35:13: sla.downtime: 'threshold' needs its share"),
    ("proportional", "threshold 100%", "'100%' can never be exceeded"),
    ("proportional", "all_fail 5%", "35:13: sla.downtime: 'all_fail 5%': all_fail takes no share"),
    ("proportional", "[a]", "35:13: sla.downtime is a list; another form is wanted"),
    ("proportional", "{threshold: 5%}", "35:13: sla.downtime.definition is missing"),
    (
        "proportional",
        "{definition: threshold}",
        "35:26: sla.downtime.definition: needs a threshold",
    ),
    (
        "proportional",
        "{definition: all_fail, min_consecutive: 0}",
        "35:53: sla.downtime.min_consecutive: '0' is not possible",
    ),
    (
        "proportional",
        "{definition: all_fail, whole_slices: 2}",
        "write one of yes, no, true, false",
    ),
    ("40 K USD", "40 K EUR", "36:16: sla.monthly_fee: '40 K EUR' is in EUR, but business.currency"),
    ("40 K USD", "-40 K USD", "36:16: sla.monthly_fee: '-40 K USD' is negative"),
    ("credit: 50%", "credit: 150%", "40:30: sla.credits.3.credit: '150%' lies outside 0% to 100%"),
    (", credit: 50%", "", "40:7: sla.credits.3.credit is missing"),
    ("below: 95.0%", "from: 95.0%", "40:7: sla.credits.3: has no upper bound"),
    (
        "below: 95.0%",
        "up_to: 95%, below: 95.0%",
        "40:15: sla.credits.3.up_to: below and up_to are b",
    ),
    (
        "below: 95.0%",
        "from: 96%, below: 95.0%",
        "40:14: sla.credits.3.from: '96%' does not lie bel",
    ),
    ("cap: 100%", "cap: 101%", "41:8: sla.cap: '101%' lies outside 0% to 100%"),
    (
        "  cap: 100%",
        "what_if: [{name: A, scale: {sla.cap: -1}}]",
        "41:38: what_if.A.scale",
    ),
    ("cap: 100%", "rounding: 0%", "41:13: sla.rounding: '0%' is no step"),
    ("cap: 100%", "claim: ''", "41:10: sla.claim: is empty"),
    ("cap: 100%", "minimum: 5%", "41:12: sla.minimum: '5%' is a percentage, an amount of money"),
    (
        "cap: 100%",
        "future: {per_year: x, duration: 1 h}",
        "41:22: sla.future.per_year: 'x' is not a number",
    ),
    ("sla:", "slo:", "31:1: unknown key 'slo'; did you mean 'sla'?"),
    ("sla:", "qqqqqq:", "31:1: unknown key 'qqqqqq'; known are impactcalc, incident, recovery"),
]


@pytest.mark.parametrize(("old", "new", "words"), EDITS)
def test_a_mistake_is_named_at_its_line(base, problems, old, new, words):
    assert base.count(old) >= 1
    found = problems(base.replace(old, new, 1))
    assert [str(problem) for problem in found if words in str(problem)], found
    assert len(found) == 1, found
    assert all(problem.file == "x/case.yaml" for problem in found)


def test_all_mistakes_are_named_at_once_in_the_order_of_their_lines(base, problems):
    yaml = base.replace("B1", "''").replace("users: 15000", "users: many").replace("99.9%\n", "9\n")
    yaml = yaml.replace("customer:", "custmer:")
    assert [problem.line for problem in problems(yaml)] == [3, 4, 30, 32]


def test_every_amount_in_another_currency_is_named(base, problems):
    found = problems(base.replace("currency: USD", "currency: EUR"))
    assert [
        (one.line, "is in USD, but business.currency is in EUR" in one.message) for one in found
    ] == [
        (28, True),
        (36, True),
    ]


def test_a_misspelt_required_key_is_one_problem(base, problems):
    found = problems(
        base.replace("  target: 99.9%\n  period: month", "  period: month\n  tergat: 9%")
    )
    assert [str(one) for one in found] == [
        "x/case.yaml:33:3: unknown key 'tergat'; did you mean 'target'?"
    ]


def test_the_reading_lost_needs_something_lost(base, problems):
    yaml = base.replace("35% to 80%", "0%").replace("exposed", "lost")
    (found,) = problems(yaml)
    assert (found.line, "incident.lost_share is '0%'" in found.message) == (29, True)


def test_a_cycle_through_stages_above_is_printed_round(base, problems):
    yaml = base.replace("name: Restart\n", "name: Restart\n      after: [Upgrade]\n", 1)
    (found,) = problems(yaml)
    assert "Restart -> Upgrade -> Fail over -> Restart" in found.message
    assert found.line == 12


def test_a_long_cycle_is_cut_short(base, problems):
    stages = "".join(f"    - {{name: s{n}, duration: 1 h}}\n" for n in range(50))
    yaml = base.split("    - name")[0] + stages.replace("1 h}", "1 h, after: [s49]}", 1)
    yaml += "business: {revenue_at_risk: 1 USD/day}\n"
    (found,) = problems(yaml)
    assert "s0 -> s49 -> s48 -> ... -> s0" in found.message


def test_very_many_problems_are_counted_not_shown(base, problems):
    stages = "".join(f"    - {{name: s{n}, duration: 1}}\n" for n in range(500))
    yaml = base.split("    - name")[0] + stages + "business: {revenue_at_risk: 1 USD/day}\n"
    found = problems(yaml)
    assert str(found[-1]) == "470 further problems are not shown; mend these first"
    assert len(found) == 31


def test_an_estimate_needs_an_incident_and_money_or_a_contract(problems):
    (found,) = problems("impactcalc: 1\nsla: {target: 99.9%}\n")
    assert str(found).startswith("x/case.yaml:1: an estimate needs an incident ('incident'); w")
    (found,) = problems("impactcalc: 1\nincident: {id: A}\n")
    assert "needs money at risk ('business') or a contract ('sla')" in found.message
    (found,) = problems("impactcalc: 1\nrecovery: {dependence: 0}\n")
    assert "needs an incident ('incident') and money at risk" in found.message


def test_as_of_of_the_option_is_checked_like_that_of_the_file(base, problems):
    (found,) = problems(base, as_of=datetime(2026, 1, 1, tzinfo=UTC))
    assert str(found).startswith("--as-of: '2026-01-01T00:00:00+00:00' lies before")


def test_a_start_in_the_future_is_named_where_nothing_else_says_when(base, problems):
    yaml = base.replace("  as_of: 2026-01-23T09:00Z\n", "").replace(
        "started: 2026", "started: 2100"
    )
    found = problems(yaml)
    assert "5:12: incident.started: '2100-01-22T09:00Z' lies in the future" in str(found[0])


def test_a_list_item_without_keys_is_named(base, problems):
    (found,) = problems(base.replace("- {below: 95.0%, credit: 50%}", "- 95%"))
    assert str(found) == "x/case.yaml:40:7: sla.credits.3 is text; keys are wanted"


def test_a_multiplier_of_nothing_is_refused(base, problems):
    yaml = base.replace("  credits:", "  credits: {multiplier: 0}").replace("    - {", "    # {")
    (found,) = problems(yaml)
    assert str(found) == (
        "x/case.yaml:37:25: sla.credits.multiplier: '0' pays nothing; "
        "write a number above 0, e.g. 10"
    )


def test_a_stage_without_a_name_in_its_name_is_refused(base, problems):
    (found,) = problems(base.replace("name: Upgrade", "name: ''"))
    assert "22:13: recovery.stages.3.name: is empty; give the stage a name" in str(found)


def test_a_check_needs_more_than_a_version():
    document = read_scenario(b"impactcalc: 1\n", "c.yaml")
    with pytest.raises(InputError, match="needs an incident"):
        check_scenario(document, now=datetime(2026, 11, 1, tzinfo=UTC), file="c.yaml")


def test_a_misspelt_name_is_found_among_very_many(base, problems):
    stages = "".join(f"    - {{name: s{n}, duration: 1 h}}\n" for n in range(600))
    yaml = base.split("    - name")[0] + stages + "    - {name: x, after: [s12x]}\n"
    (found,) = problems(yaml + "business: {revenue_at_risk: 1 USD/day}\n")
    assert "no stage is called 's12x'; did you mean 's12'?" in found.message
