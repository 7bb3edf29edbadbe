"""``--set`` changes a known path, or names the nearest one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from impactcalc.domain.exposure import Reading
from impactcalc.intake.scenario_file import read_scenario
from impactcalc.intake.scenario_file.settings import resolve, split_setting


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ("business.reading=lost", lambda s: s.business.reading.value is Reading.LOST),
        (
            "recovery.stages.Upgrade.fails=20%",
            lambda s: _third(s).fails.value.fixed == Decimal("0.2"),
        ),
        ("recovery.stages.3.fails=20%", lambda s: _third(s).fails.value.fixed == Decimal("0.2")),
        ('recovery.stages."Fail over".elapsed=9 h', lambda s: _second(s).elapsed_s.value == 32400),
        ("recovery.stages.Fail over.elapsed=9 h", lambda s: _second(s).elapsed_s.value == 32400),
        ("sla.cap=25%", lambda s: s.sla.credits.cap == Decimal("0.25")),
        ("sla.credits.1.credit=5%", lambda s: s.sla.credits.tiers[0].credit == Decimal("0.05")),
        ("recovery.stages.Upgrade.after=[]", lambda s: _third(s).after == ()),
        ("recovery.stages.Upgrade.after=[Restart]", lambda s: _third(s).after == ("Restart",)),
        (
            "sla.period={start: 2026-01-01, end: 2026-02-01}",
            lambda s: s.sla.period.value.end.earliest.month == 2,
        ),
        ("recovery.rto = 8 h", lambda s: s.recovery.rto_s.value == 28800),
        ("incident.latency.now=9 s", lambda s: s.incident.latency.now.value.fixed == 9),
    ],
)
def test_a_setting_changes_its_path(base, read, setting, found):
    assert found(read(base, setting))


def _second(scenario):
    return scenario.recovery.stages[1]


def _third(scenario):
    return scenario.recovery.stages[2]


def test_a_set_value_has_the_option_as_its_source(base, read):
    scenario = read(base, "business.reading=lost", "sla.credits=[{below: 99%, credit: 5%}]")
    assert scenario.business.reading.source == "--set"
    assert scenario.figures["business"]["reading"].source == "--set"
    assert scenario.sla.credits.tiers[0].source == "--set"


def test_setting_a_window_removes_the_duration_and_the_other_way_round(base, read):
    scenario = read(
        base, "recovery.stages.Upgrade.window=24 h to 72 h", "recovery.stages.Restart.duration=2 h"
    )
    assert (_third(scenario).duration, scenario.recovery.stages[0].window) == (None, None)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (
            "recovery.stages.Fail ovr.fails=20%",
            (
                "there is no 'Fail ovr' in recovery.stages; did you mean "
                'recovery.stages."Fail over".fails?'
            ),
        ),
        ("business.readng=lost", "did you mean business.reading?"),
        ("busyness.reading=lost", "there is no 'busyness' in a scenario; did you mean business."),
        ("qqq=lost", "known are incident, recovery, business, sla, observations, history"),
        ("recovery.stages.9.fails=1%", "there is no '9' in recovery.stages"),
        ("business.reading.x=1", "there is no 'x' in business.reading; it has no keys"),
        ("business=5", "names a section; name one of its keys, e.g. business.currency"),
        ("recovery.stages.Restart=5", "names a section; name one of its keys"),
        ("recovery.stages=5", "is text; a list is wanted"),
        ("business.users=[1]", "is a list; text is wanted"),
        ("what_if.1.cost=5 USD", "cannot be set"),
        ("impactcalc=2", "cannot be set"),
        ("business.reading", "write PATH=VALUE"),
        ("business.reading=", "write PATH=VALUE"),
        ("=lost", "write PATH=VALUE"),
        ("recovery.stages.Upgrade.after=[a", "a bracket is not closed"),
        ("sla.period={start: &x 1}", "anchor '&x' is not allowed"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(base, problems, setting, words):
    (found,) = problems(base, setting)
    assert str(found).startswith(f"--set {setting}: ")
    assert words in str(found)


def test_the_value_of_a_setting_is_checked_like_one_of_the_file(base, problems):
    (found,) = problems(base, "business.revenue_at_risk=5 h")
    assert str(found) == (
        "--set business.revenue_at_risk: '5 h' is a duration, money is wanted, e.g. 75 K USD/day"
    )


def test_all_wrong_settings_are_named_at_once(base, problems):
    assert len(problems(base, "a=1", "b=2")) == 2


def test_a_setting_is_split_at_the_first_equals_sign_outside_quotes():
    assert split_setting(r'recovery.stages."a \"=\" b".fails=x=y') == (
        r'recovery.stages."a \"=\" b".fails',
        "x=y",
    )


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("bsiness.readng", "business.reading"),
        ("recovery.stages.Restrt.windw", "recovery.stages.Restart.window"),
        ("recovery.stages.v1.2 b.fails", 'recovery.stages."v1.2 b".fails'),
        ("recovery.stages.v1.2 b.fais", 'recovery.stages."v1.2 b".fails'),
    ],
)
def test_the_path_that_is_named_exists(base, problems, written, near):
    yaml = base.replace("name: Upgrade", "name: v1.2 b")
    (found,) = problems(yaml, f"{written}=20%")
    assert f"did you mean {near}?" in found.message
    tree = read_scenario(yaml.encode(), "a.yaml").tree
    assert resolve(tree, near)[0]


def test_a_plan_that_is_not_written_has_no_stage_to_set(problems):
    yaml = "impactcalc: 1\nincident: {started: 2026-01-01}\nsla: {target: 99%}\n"
    (found,) = problems(yaml, "recovery.stages.Recovery.fails=5%")
    assert "there is no 'Recovery' in recovery.stages; no stage is written" in found.message
