"""The what_if list is refused with its action's name and the place, and contradictions named."""

from __future__ import annotations

import pytest


def test_what_if_is_checked_in_full(base, problems):
    yaml = base + (
        "what_if:\n"
        "  - name: A\n"
        "    scale: {recovery.stages.Restart.windw: 0.5, recovery.stages.Upgrade.duration: -1}\n"
        "    set: {business.readng: lost, sla.target: 5 h, recovery.stages.Restart: x}\n"
        "    delay: {Restat: 12 h, Restart: 12}\n"
        "    remove: [Upgrad]\n"
        "    add: [{duration: 2 h}]\n"
        "    credit: 5 h\n"
        "  - scale: {recovery.dependence: [1]}\n"
        "  - 5\n"
    )
    found = [str(problem).removeprefix("x/case.yaml:") for problem in problems(yaml)]
    expected = [
        "44:13: what_if.A.scale.recovery.stages.Restart.windw: there is no 'windw' in recovery",
        "44:83: what_if.A.scale.recovery.stages.Upgrade.duration: '-1' is negative",
        (
            "45:11: what_if.A.set.business.readng: there is no 'readng' in business; did you mean "
            "business.reading?"
        ),
        "46:13: what_if.A.delay.Restat: no stage is called 'Restat'; did you mean 'Restart'?",
        "46:36: what_if.A.delay.Restart: '12' has no unit",
        "47:14: what_if.A.remove: no stage is called 'Upgrad'; did you mean 'Upgrade'?",
        "48:11: what_if.1.add.1.name is missing",
        "49:13: what_if.A.credit: '5 h' is a duration",
        "50:5: what_if.2.name is missing",
        "50:34: what_if.2.scale.recovery.dependence is a list",
        "51:5: what_if.3 is text; keys are wanted",
    ]
    assert [line for line in expected if not any(one.startswith(line) for one in found)] == []
    assert len(found) == len(expected)


def test_values_of_what_if_are_tried_out(base, problems):
    yaml = base + (
        "what_if:\n"
        "  - name: A\n"
        "    set: {sla.target: 5 h, recovery.stages.Restart.status: done}\n"
        "  - name: B\n"
        "    add: [{name: Review, duration: 2 USD, after: [Nobody], restores: 5%}]\n"
        "  - name: C\n"
        "    set: {recovery.stages.Restart.restores: 90%}\n"
        "    cost: 5 EUR\n"
    )
    found = [str(problem).removeprefix("x/case.yaml:") for problem in problems(yaml)]
    expected = [
        "44:23: what_if.A: sla.target: '5 h' is a duration",
        "46:36: what_if.B: recovery.stages.Review.duration: '2 USD' is an amount of money",
        "46:51: what_if.B: recovery.stages.Review.after: no stage is called 'Nobody'",
        "48:45: what_if.C.set.recovery.stages.Restart.restores: with this value, recovery.stages",
        "49:11: what_if.C.cost: '5 EUR' is in EUR, but business.currency is in USD",
    ]
    assert [line for line in expected if not any(one.startswith(line) for one in found)] == []


def test_a_change_that_makes_the_scenario_invalid_names_its_action(base, problems):
    yaml = base + (
        "what_if:\n"
        "  - name: Fine\n"
        "  - name: Two halves\n"
        "    set: {recovery.stages.Restart.restores: 90%}\n"
    )
    (found,) = problems(yaml)
    assert (found.line, found.column) == (45, 45)
    assert found.message.startswith('what_if."Two halves".set.recovery.stages.Restart.restores: ')
    assert "add up to" in found.message


def test_a_place_behind_the_list_is_told_at_the_action(base, problems):
    listed = "what_if:\n  - name: A\n    set: {incident.as_of: 2020-01-01T00:00Z}\n"
    head, rest = base.split("incident:", 1)
    (found,) = problems(f"{head}{listed}incident:{rest}")
    assert "what_if.A" in found.message
    assert found.line == head.count("\n") + 3


def test_an_action_without_letters_in_its_name_is_refused(base, problems):
    (found,) = problems(base + "what_if:\n  - {name: '', credit: 5 K USD}\n")
    assert "what_if.1.name: is empty" in found.message


def test_a_window_and_a_duration_of_one_stage_are_refused(base, problems):
    changes = "recovery.stages.Upgrade.window: 3 h to 6 h, recovery.stages.3.duration: 5 h"
    (found,) = problems(base + f"what_if:\n  - name: A\n    set: {{{changes}}}\n")
    assert "what_if.A.set.recovery.stages.3.duration: window of 'Upgrade' is set" in found.message


@pytest.mark.parametrize(
    "change",
    [
        "delay: {Upgrade: 2 h}",
        "set: {recovery.stages.Upgrade.fails: 1%}",
        "scale: {recovery.stages.3.duration: 0.5}",
    ],
)
def test_a_change_of_a_removed_stage_is_warned_of(base, read, change):
    listed = "what_if:\n  - name: A\n    remove: [Upgrade]\n"
    warned = [one.message for one in read(f"{base}{listed}    {change}\n").cautions]
    quiet = [one.message for one in read(base + listed).cautions]
    (message,) = set(warned) - set(quiet)
    assert "changes nothing, for 'Upgrade' is removed" in message
