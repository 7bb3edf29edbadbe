"""Plan against causes, text against itself: what is found, and what is left in peace."""

import re
from datetime import UTC, datetime

import pytest

from impactcalc.domain.check import Check
from impactcalc.usecases.request import Request
from impactcalc.usecases.source import Source, scenario_of

CAUSE, UNMET, TWICE = "cause without action", "prerequisite unmet", "listed twice"
PAIR, WINDOWS = "percent against pair", "plan windows"
LATER = datetime(2027, 1, 1, tzinfo=UTC)
HEAD = """\
Customer: Example
Created: 2026-03-02
Availability SLA: 99.9%

Root Cause Analysis:
"""


def checks_of(text: str, name: str = "case.txt") -> tuple[Check, ...]:
    """Find the checks of a text, or of a scenario file by its name."""
    request = Request(settings=("sla.target=99.9%",))
    return scenario_of(Source(name, text.encode()), request, LATER).checks


def kinds(text: str, name: str = "case.txt") -> list[str]:
    """List the kinds of checks that a text gives."""
    return [check.kind for check in checks_of(text, name)]


def escalation(causes: list[str], plan: list[str], rest: str = "") -> str:
    """Write an escalation of the house's form with causes and one stage a plan item."""
    lines = [*(f"- {cause}" for cause in causes), "", "Action Plan:"]
    for number, action in enumerate(plan, 1):
        lines += [f"{number}. Stage {number} ({number - 1}-{number * 4} hours):"]
        lines += [f"   - {one}" for one in action.split("; ")]
    return HEAD + "\n".join(lines) + "\n" + rest


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        ("Network partitions between the two sites", "the network fault"),
        ("Packet loss on the backbone", "the network fault"),
        ("Memory leak in the export worker", "the lack of memory"),
        ("Log volume filled up over night", "the lack of disk space"),
        ("Signing certificate expired on Sunday", "the certificate"),
        ("Deadlocks on the order table", "the lock contention"),
        ("Faulty line card in the core router", "the hardware fault"),
        ("Clock drift of 4 s between two hosts", "the clock"),
        ("Thread pool exhausted by retries", "the exhausted connections"),
        ("DDoS attack on the login page", "the attack"),
        ("Corrupted index on the ledger table", "the corruption"),
        ("Outage of the payment provider", "the supplier's fault"),
    ],
)
def test_a_cause_that_is_only_watched_is_named(cause: str, fault: str) -> None:
    found = checks_of(escalation([cause], ["Add dashboards for the support desk"]))
    assert [(check.kind, check.lines) for check in found] == [(CAUSE, (6,))]
    assert found[0].message.startswith(f"no step found that treats {fault} ('{cause}')")


@pytest.mark.parametrize(
    ("cause", "action"),
    [
        ("Network partitions between the two sites", "Reroute traffic over the second carrier"),
        ("Network partitions between the two sites", "Replace the cable; Alert on packet loss"),
        ("Packet loss on the backbone", "Work with the telecom provider on the line"),
        ("Memory leak in the export worker", "Roll back to release 4.1"),
        ("Memory leak in the export worker", "Deploy the vendor's patch"),
        ("Log volume filled up over night", "Purge old logs"),
        ("Signing certificate expired on Sunday", "Renew it"),
        ("Deadlocks on the order table", "Kill the long sessions"),
        ("Faulty line card in the core router", "Swap the card"),
        ("Clock drift of 4 s between two hosts", "Restore NTP"),
        ("Thread pool exhausted by retries", "Double the pool; Cap retries"),
        ("DDoS attack on the login page", "Turn on the scrubbing; Block the sources"),
        ("Corrupted index on the ledger table", "Reindex the ledger"),
        ("Outage of the payment provider", "Switch to the second acquirer"),
        ("Too many connections from the old client", "Raise the limit"),
    ],
)
def test_a_step_that_speaks_of_the_subject_treats_it(cause: str, action: str) -> None:
    assert CAUSE not in kinds(escalation([cause], [action]))


@pytest.mark.parametrize(
    "rest",
    [
        "\nCurrent Status:\n- Network link repaired at 09:00\n",
        "\nNext Steps:\n1. Call the network carrier\n",
        "\nCurrent Status:\n- The carrier is working on the line\n",
    ],
)
def test_what_is_done_outside_the_plan_counts(rest: str) -> None:
    watched = escalation(["Network partitions between sites"], ["Add network monitoring"])
    assert CAUSE in kinds(watched)
    assert CAUSE not in kinds(watched + rest)


@pytest.mark.parametrize(
    "cause",
    [
        "No network partitions were seen",
        "Network partitions were ruled out",
        "A disk failure is unlikely",
        "Network partitions, fixed yesterday",
        "If a network partition came, it would be worse",
        "Last year's outage in March was a network partition",
        "The moon stood in the way",
    ],
)
def test_what_is_denied_over_supposed_or_of_no_known_family_is_no_finding(cause: str) -> None:
    assert CAUSE not in kinds(escalation([cause], ["Add dashboards"]))


def test_without_a_plan_nothing_is_said() -> None:
    assert kinds(escalation(["Network partitions between sites"], [])) == []


def test_a_cause_of_no_family_is_named_when_a_step_watches_it_by_name() -> None:
    plan = ["Restart the portal; Alert on tariff table mismatches"]
    found = checks_of(escalation(["Tariff table mismatches since the spring import"], plan))
    assert [(check.kind, check.lines) for check in found] == [(CAUSE, (6, 11))]
    treated = ["Correct the tariff table; Alert on tariff table mismatches"]
    assert kinds(escalation(["Tariff table mismatches since the spring import"], treated)) == []


def test_a_watching_gap_is_treated_by_watching() -> None:
    causes = ["Monitoring did not cover long calls"]
    assert kinds(escalation(causes, ["Monitor calls longer than 10 minutes"])) == []


def test_a_prose_reason_counts_as_a_cause() -> None:
    text = (
        "Customer: Example. The SLA is 99.9%. The portal is slow because of packet loss between "
        "the sites.\nRecovery has two steps. Within 2 hours we restart the portal. "
        "Within 3 days we add alerts on packet loss.\n"
    )
    assert kinds(text) == [CAUSE]
    assert kinds(text.replace("restart the portal", "replace the faulty router")) == []


def test_the_product_s_name_alone_treats_nothing() -> None:
    text = escalation(["Kafka network partition between zones"], ["Add Kafka dashboards"])
    text = text.replace("Created", "Service: Kafka cluster\nCreated")
    upgraded = text.replace("Add Kafka dashboards", "Upgrade Kafka")
    assert CAUSE in kinds(text)
    assert CAUSE in kinds(upgraded)


REPLICAS = "Read replicas not serving traffic due to leader issues"


def test_more_of_what_the_same_reason_stops_is_named_with_the_later_step() -> None:
    plan = ["Restart servers; Implement emergency read replicas", "Rebalance tablet leaders"]
    found = [check for check in checks_of(escalation([REPLICAS], plan)) if check.kind == UNMET]
    assert [check.lines for check in found] == [(6, 11)]
    assert "'Rebalance tablet leaders' comes later" in found[0].message


@pytest.mark.parametrize(
    "plan",
    [
        ["Rebalance tablet leaders", "Implement emergency read replicas"],
        ["Rebalance tablet leaders; Implement emergency read replicas"],
        ["Repair the read replicas; Implement more read replicas"],
        ["Implement request limits"],
    ],
)
def test_an_earlier_step_that_mends_it_meets_it(plan: list[str]) -> None:
    assert UNMET not in kinds(escalation([REPLICAS], plan))


@pytest.mark.parametrize(
    ("broken", "action"),
    [
        ("Last three backups failed", "Restore from backup"),
        ("The standby is out of sync by two hours", "Fail over to the standby"),
        ("Snapshots are corrupt since Monday", "Recover the volume from snapshot"),
        ("Secondary site offline for maintenance", "Switch to the secondary site"),
        ("Fallback gateway not reachable", "Route calls to the fallback gateway"),
    ],
)
def test_use_of_what_is_broken_is_named(broken: str, action: str) -> None:
    found = [one for one in checks_of(escalation([broken], [action])) if one.kind == UNMET]
    assert len(found) == 1
    assert "no step found before it that helps" in found[0].message


@pytest.mark.parametrize(
    ("broken", "action"),
    [
        ("Last three backups failed", "Repair the backup job; Restore from backup"),
        ("The standby is out of sync", "Resync the standby; Fail over to the standby"),
        ("The standby is out of sync", "Rebuild the standby"),
        ("Fallback key was disabled in the tenant", "Re-enable the fallback key"),
        ("Replicas lagging by 11 minutes", "Route reads to the healthy standby"),
        ("Replicas lagging by 11 minutes", "Move reports to a dedicated replica"),
        ("No backups failed", "Restore from backup"),
        ("Certificate expired", "Restore from backup"),
    ],
)
def test_repair_or_another_one_is_no_finding(broken: str, action: str) -> None:
    assert UNMET not in kinds(escalation([broken], [action]))


def test_news_that_it_works_again_meets_it() -> None:
    text = escalation(["The standby is out of sync"], ["Fail over to the standby"])
    assert UNMET in kinds(text)
    assert UNMET not in kinds(text + "\nCurrent Status:\n- Standby caught up at 10:40\n")


def test_a_step_that_waits_for_one_of_a_later_stage_is_named() -> None:
    plan = ["Replay stuck orders", "Compact the positions table"]
    status = "\nCurrent Status:\n- Replay of stuck orders depends on the compaction of positions\n"
    found = [one for one in checks_of(escalation([], plan, status)) if one.kind == UNMET]
    assert [one.lines for one in found] == [(9, 11, 14)]
    assert UNMET not in kinds(escalation([], plan[::-1], status))


@pytest.mark.parametrize(
    ("action", "following"),
    [
        ("Repair corrupted WAL files", "Complete WAL repair process"),
        ("Run manual VACUUM FREEZE on the tables", "Finish VACUUM FREEZE before the evening"),
        ("Compact the positions table", "Complete compaction by 6 August"),
        ("Roll back the gateway firmware", "Complete the rollback"),
        ("Restart the registrars one by one", "Restart remaining registrars"),
        ("Move 3 shards to zone b", "Continue moving shards to zone b"),
    ],
)
def test_a_next_step_that_goes_on_with_an_action_is_the_same_work(
    action: str, following: str
) -> None:
    text = escalation([], [action], f"\nNext Steps:\n1. {following}\n")
    found = [check for check in checks_of(text) if check.kind == TWICE]
    assert [check.lines for check in found] == [(9, 12)]


@pytest.mark.parametrize(
    ("action", "following"),
    [
        ("Verify load times with the desk", "Confirm load times after the next release"),
        ("Close indices older than 18 months", "Customer to approve closing old indices"),
        ("Add query timeout monitoring", "Monitor leader stability"),
        ("Restart node 1", "Restart node 2"),
        ("Deploy the fix in region eu-1", "Deploy the fix in region eu-2"),
        ("Rebalance tablet leaders", "Schedule post-mortem analysis"),
        ("Repair WAL files", "Complete the report"),
    ],
)
def test_other_work_on_the_same_thing_is_not(action: str, following: str) -> None:
    assert kinds(escalation([], [action], f"\nNext Steps:\n1. {following}\n")) == []


def test_of_several_that_fit_none_is_named() -> None:
    plan = ["Restart the front servers", "Restart the back servers"]
    assert kinds(escalation([], plan, "\nNext Steps:\n1. Complete restarts\n")) == []


def test_a_scenario_file_s_actions_are_compared_too() -> None:
    text = """\
impactcalc: 1
incident: {started: 2026-03-02}
recovery:
  stages:
    - name: First
      window: 0 h to 4 h
      actions:
        - Rebuild the search index
    - name: Second
      window: 4 h to 9 h
      actions:
        - Rebuild search index of the shop
        - Close the case
"""
    (found,) = checks_of(text, "case.yaml")
    assert (found.kind, found.lines) == (TWICE, (8, 12))
    assert found.message.startswith("the same work in two stages of the plan")


def latency(normal: str, now: str, increase: str, more: str = "") -> str:
    return (
        f"impactcalc: 1\nincident:\n  started: 2026-03-02\n"
        f"  latency: {{normal: {normal}, now: {now}, increase: {increase}{more}}}\n"
    )


@pytest.mark.parametrize(
    ("normal", "now", "increase"),
    [("2 s", "20 s to 45 s", 4.0), ("0.8 s", "12 s", 3.4), ("1 s", "60 s to 90 s", 9.0)],
)
def test_the_slow_share_gives_back_the_stated_average(
    normal: str, now: str, increase: float
) -> None:
    (found,) = checks_of(latency(normal, now, f"{increase:.0%}"), "case.yaml")
    assert (found.kind, found.lines) == (PAIR, (4,))
    usual = float(normal.split(maxsplit=1)[0])
    shares = re.search(r"only if (.*) are slow", found.message)
    assert shares is not None
    numbers = sorted(float(one) / 100 for one in re.findall(r"([0-9.]+)%", shares[1]))
    slow = sorted((float(one) for one in re.findall(r"[0-9.]+", now)), reverse=True)
    for share, one in zip(numbers, slow, strict=True):  # the slower, the fewer
        average = share * one + (1 - share) * usual
        assert average == pytest.approx((1 + increase) * usual, rel=0.03)  # two digits are shown


@pytest.mark.parametrize(
    ("normal", "now", "increase"),
    [
        ("1.5 s", "9 s", "500%"),  # 6 times, to the digit
        ("1 ms", "2.2 ms", "120%"),
        ("1 s", "8 s to 15 s", "900%"),
        ("2 s", "8 s", "400%"),  # "by 400%" for "4 times"
        ("2 s", "3 s", "400%"),  # a bound may be far below: nothing is known
    ],
)
def test_figures_that_may_both_hold_are_no_finding(normal: str, now: str, increase: str) -> None:
    assert kinds(latency(normal, now, increase), "case.yaml") == []


def test_a_percentage_far_above_an_exact_pair_is_named() -> None:
    text = latency("2 s", "3 s", "400%", ", normal_is: value")
    (found,) = checks_of(text, "case.yaml")
    assert "400% more than 2 s is 10 s, but 3 s is stated" in found.message


def plan(*windows: str, status: str = "not_started", after: str = "") -> str:
    lines = ["impactcalc: 1", "incident: {started: 2026-03-02}", "recovery:", "  stages:"]
    for number, window in enumerate(windows, 1):
        lines += [f"    - name: Stage {number}", f"      window: {window}"]
        lines += [f"      status: {status}"] if number == 1 else []
        lines += [f"      after: {after}"] if after and number > 1 else []
    return "\n".join(lines) + "\n"


def test_a_stage_that_ends_before_what_it_waits_for_is_named() -> None:
    (found,) = checks_of(plan("4 h to 24 h", "0 h to 8 h"), "case.yaml")
    assert (found.kind, found.lines) == (WINDOWS, (5, 8))
    assert "'Stage 2' is planned to end after 8 h, before 'Stage 1'" in found.message


@pytest.mark.parametrize(
    "text",
    [
        plan("0 h to 4 h", "0 h to 48 h", "0 h to 500 h"),
        plan("0 h to 4 h", "0 h to 4 h"),
        plan("4 h to 24 h", "0 h to 8 h", after="[]"),
        plan("4 h to 24 h", "0 h to 8 h", status="done"),
    ],
)
def test_windows_that_can_be_kept_are_no_finding(text: str) -> None:
    assert kinds(text, "case.yaml") == []


DISPUTED = """\
Customer: Example
Created: 2026-03-02
Revenue Impact: $60K daily revenue at risk
Availability SLA: 99.9%

Financial Impact:
- Revenue at risk: $95,000 per day
- 140% of requests fail
"""


def test_a_figure_with_two_values_is_left_open_with_both_lines():
    found = [one for one in checks_of(DISPUTED) if one.kind == "left open"]
    assert [one.lines for one in found] == [(3, 7), (8,)]
    assert found[0].message.startswith("revenue at risk: line 3 says '$60K daily'")
    assert found[1].message.startswith("error rate: '140%'")


def test_a_figure_that_was_given_beside_the_text_is_not_open():
    request = Request(settings=("business.revenue_at_risk=70 K USD/day",))
    checks = scenario_of(Source("case.txt", DISPUTED.encode()), request, LATER).checks
    assert [one.lines for one in checks if one.kind == "left open"] == [(8,)]


def test_a_window_that_runs_backwards_is_left_open():
    plan = "Action Plan:\n1. Repair (8-2 hours):\n   - Restart the pumps\n"
    found = [
        one for one in checks_of(HEAD + "- A pump fails\n\n" + plan) if one.kind == "left open"
    ]
    assert [one.message.partition(":")[0] for one in found] == ["plan"]
