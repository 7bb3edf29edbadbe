"""What changed since an earlier estimate: parts that add up, sightings kept, surprises named."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactcalc.analysis.changes import PARTS
from impactcalc.domain.result import Estimate
from impactcalc.usecases.estimate import record
from tests.analysis.update_case import LOGNORMAL, NEXT, NOON, PLAN, SEED, WINDOW, Case, ended


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def difference(today: Estimate, before: Estimate) -> tuple[float, float]:
    return (
        today.customer.total.mean - before.customer.total.mean,
        today.recovery.full_recovery_h.mean - before.recovery.full_recovery_h.mean,
    )


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("Customer: Stratton", "Customer:  STRATTON", []),
        ("WAL repair in progress", "WAL repair completed", ["news of status"]),
        ("$75K daily", "$90K daily", ["corrected facts"]),
        ("3 tablets with corrupted", "9 tablets with corrupted", ["corrected facts"]),
    ],
)
def test_the_parts_add_up_and_only_what_changed_has_a_part(
    case: Case, old: str, new: str, moved: list[str]
) -> None:
    before = case.answer(SEED, NOON)
    today = case.answer(SEED.replace(old, new), NEXT, case.kept(before))
    assert tuple(one.part for one in today.changes) == PARTS
    total, end = difference(today, before)
    assert sum(one.mean for one in today.changes) == pytest.approx(total, abs=1e-9)
    assert sum(one.full_recovery_h for one in today.changes) == pytest.approx(end, abs=1e-9)
    assert [one.part for one in today.changes if one.mean] == ["time passed", *moved]
    assert today.since.after - today.since.before == pytest.approx(total, abs=1e-9)


def test_the_same_document_at_the_same_time_changes_nothing(case: Case) -> None:
    before = case.answer(SEED, NOON)
    today = case.answer(SEED, NOON, case.kept(before))
    assert [(one.mean, one.full_recovery_h) for one in today.changes] == [(0.0, 0.0)] * len(PARTS)
    assert today.since.surprises == ()
    kept, now = record(before), record(today)
    for part in ("sla", "recovery", "promise", "customer", "provider", "lost_share"):
        assert now[part] == kept[part]


def test_the_model_s_part_is_what_the_record_says_beside_today_s_program(case: Case) -> None:
    before = case.answer(SEED, NOON)
    name = case.kept(before)
    more = case.answer(SEED, NOON, name, trials=4096)
    version = more.changes[-1]
    assert version.mean == pytest.approx(difference(more, before)[0], abs=1e-9)
    assert "1,024 -> 4,096 trials" in version.note
    older = before._replace(run=before.run._replace(version="0.0.9"))
    today = case.answer(SEED, NOON, case.kept(older))
    assert today.changes[-1].note.startswith("0.0.9 -> ")


def test_notes_name_the_hours_the_stage_and_the_fact(case: Case) -> None:
    before = case.answer(SEED, NOON)
    text = SEED.replace("WAL repair in progress", "WAL repair completed").replace("$75K", "$90K")
    time, news, facts, version = case.answer(text, NEXT, case.kept(before)).changes
    assert time.note == "18 h later"
    assert news.note == "'Short-term' done"
    assert facts.note == "revenue at risk: 75 K USD/day -> 90 K USD/day"
    assert version.note == "same version (0.1.0)"


def test_without_money_the_end_is_bridged(case: Case) -> None:
    text = "\n".join(line for line in SEED.splitlines() if "Revenue" not in line)
    before = case.answer(text, NOON)
    today = case.answer(text, NEXT, case.kept(before))
    assert today.since.figure == "recovery.full_recovery_h"
    assert [one.mean for one in today.changes] == [one.full_recovery_h for one in today.changes]
    assert sum(one.mean for one in today.changes) == pytest.approx(
        difference_of_ends(today, before), abs=1e-9
    )


def difference_of_ends(today: Estimate, before: Estimate) -> float:
    return today.recovery.full_recovery_h.mean - before.recovery.full_recovery_h.mean


@settings(max_examples=8, deadline=None)
@given(
    hours=st.integers(0, 30),
    revenue=st.integers(40, 120),
    done=st.booleans(),
    trials=st.sampled_from([64, 256]),
)
def test_whatever_changes_the_parts_add_up(
    tmp_path_factory: pytest.TempPathFactory, hours: int, revenue: int, done: bool, trials: int
) -> None:
    case = Case(tmp_path_factory.mktemp("case"), 128)
    before = case.answer(SEED, NOON)
    text = SEED.replace("$75K", f"${revenue}K")
    text = text.replace("WAL repair in progress", "WAL repair completed") if done else text
    as_of = f"2024-01-{23 + (12 + hours) // 24}T{(12 + hours) % 24:02}:00+00:00"
    today = case.answer(text, as_of, case.kept(before), trials=trials)
    total, end = difference(today, before)
    assert sum(one.mean for one in today.changes) == pytest.approx(total, abs=1e-9)
    assert sum(one.full_recovery_h for one in today.changes) == pytest.approx(end, abs=1e-9)


# sightings


def stages_of(answer: Estimate) -> dict[str, dict[str, str]]:
    plan: Any = answer.scenario.figures["recovery"]
    return {
        stage["name"].value: {
            key: stage[key].value
            for key in ("seen", "elapsed", "finished", "open_at", "done_by")
            if key in stage
        }
        for stage in plan["stages"]
    }


def test_a_sighting_is_kept_from_record_to_record(case: Case) -> None:
    first = case.answer(PLAN.format(two=f"{LOGNORMAL}, status: in_progress", three=""), NOON)
    second = case.answer(
        PLAN.format(two=f"{LOGNORMAL}, status: in_progress", three=""), NEXT, case.kept(first)
    )
    assert stages_of(second)["Two"] == {"seen": "2024-01-23T12:00:00+00:00"}
    assert stages_of(second)["One"] == {"done_by": "2024-01-23T12:00:00+00:00"}
    again = case.answer(
        PLAN.format(two=f"{LOGNORMAL}, status: in_progress", three=""),
        "2024-01-25T06:00+00:00",
        case.kept(second),
    )
    assert stages_of(again)["Two"] == {"seen": "2024-01-23T12:00:00+00:00"}  # the first one
    third = case.answer(
        PLAN.format(two=f"{LOGNORMAL}, status: done", three=""),
        "2024-01-25T06:00+00:00",
        case.kept(second),
    )
    assert stages_of(third)["Two"] == {
        "open_at": "2024-01-24T06:00:00+00:00",
        "seen": "2024-01-23T12:00:00+00:00",
    }
    two = third.recovery.stages[1].finish_h
    assert 34 <= two.p5 <= two.p95 <= 58  # hours from 20:00 on the 22nd: between both forecasts


def test_a_running_repair_is_not_younger_for_being_updated(case: Case) -> None:
    text = PLAN.format(two=f"{LOGNORMAL}, status: in_progress", three="")
    name = case.kept(case.answer(text, NOON))
    later = "2024-01-26T12:00+00:00"
    kept, forgot = case.answer(text, later, name), case.answer(text, later)
    now = 88.0  # hours from 20:00 on the 22nd
    remaining = [one.recovery.stages[1].finish_h.p50 - now for one in (kept, forgot)]
    assert remaining[0] > 1.3 * remaining[1]


def test_elapsed_time_grows_with_the_clock(case: Case) -> None:
    text = PLAN.format(two=f"{LOGNORMAL}, status: in_progress, elapsed: 5 h", three="")
    before = case.answer(text, NOON)
    today = case.answer(text.replace(", elapsed: 5 h", ""), NEXT, case.kept(before))
    assert stages_of(today)["Two"]["elapsed"] == "82800 s"  # 5 h + 18 h


def test_what_today_states_goes_before_what_was_seen(case: Case) -> None:
    text = PLAN.format(two=f"{WINDOW}, status: in_progress", three="")
    done = PLAN.format(two=f"{WINDOW}, status: done, finished: 2024-01-23T20:00Z", three="")
    today = case.answer(done, NEXT, case.kept(case.answer(text, NOON)))
    assert stages_of(today)["Two"] == {"finished": "2024-01-23T20:00Z"}
    assert today.recovery.stages[1].finish_h.p95 == pytest.approx(24.0)


def test_a_start_known_to_the_day_lay_before_the_earlier_forecast(case: Case) -> None:
    today = case.answer(SEED, NEXT, case.kept(case.answer(SEED, NOON)))
    started = today.scenario.recovery.started.value
    assert started.latest == datetime(2024, 1, 23, 12, tzinfo=UTC)
    assert started.earliest == datetime(2024, 1, 23, tzinfo=UTC)
    (note,) = [one for one in today.assumptions if one.field == "recovery.started"]
    assert note.value == "2024-01-23 00:00 to 2024-01-23 12:00 UTC"


def test_an_unchanged_alternative_saves_nothing_in_an_update_either(case: Case) -> None:
    text = PLAN.format(two=f"{LOGNORMAL}, status: in_progress", three="") + (
        "what_if:\n  - {name: Nothing, cost: 1 K USD}\n"
        "  - {name: Faster, scale: {recovery.stages.Two.duration: 0.6}}\n"
    )
    today = case.answer(text, NEXT, case.kept(case.answer(text, NOON)))
    saved = {one.name: one.saving for one in today.what_if}
    assert (saved["Nothing"].mean, saved["Nothing"].sd) == (0.0, 0.0)
    assert saved["Faster"].p5 >= 0


# surprises


@pytest.mark.parametrize(
    ("finished", "low", "high", "words"),
    [
        ("2024-01-23T12:15Z", 0, 5, "sooner than in"),
        ("2024-01-23T20:00Z", 20, 60, ""),
    ],
)
def test_a_known_end_has_the_percentile_of_yesterday_s_forecast(
    case: Case, finished: str, low: float, high: float, words: str
) -> None:
    before = case.answer(PLAN.format(two=f"{WINDOW}, status: in_progress", three=""), NOON)
    text = PLAN.format(two=f"{WINDOW}, status: done, finished: {finished}", three="")
    today = case.answer(text, NEXT, case.kept(before))
    two = next(one for one in today.since.surprises if one.stage == "Two")
    over = ended(before, finished.replace("Z", "+00:00"), 1024)[1]
    assert two.percentile == pytest.approx(100 * over.mean())
    assert two.low == two.high == two.percentile
    assert low <= two.percentile <= high
    asked = [one.message for one in today.checks if one.kind == "surprise"]
    assert two.review == bool(words) == any("'Two'" in one and words in one for one in asked)


def test_a_stage_that_runs_on_for_very_long_asks_for_a_review(case: Case) -> None:
    text = PLAN.format(two=f"{WINDOW}, status: in_progress", three="")
    today = case.answer(text, "2024-02-20T12:00+00:00", case.kept(case.answer(text, NOON)))
    two = next(one for one in today.since.surprises if one.stage == "Two")
    assert two.review
    assert two.percentile > 95
    (check,) = [one for one in today.checks if one.kind == "surprise" and "'Two'" in one.message]
    assert check.message == (
        "review what was assumed of 'Two': still open at 2024-02-20 12:00 UTC, later than in 99 of "
        "100 cases of the earlier forecast"
    )
    assert today.checks[0] == check  # before all other findings


def test_a_stage_that_is_done_at_an_unknown_moment_has_a_bracket(case: Case) -> None:
    text = PLAN.format(two=f"{WINDOW}, status: in_progress", three="")
    before = case.answer(text, NOON)
    today = case.answer(text.replace("in_progress", "done"), NEXT, case.kept(before))
    two = next(one for one in today.since.surprises if one.stage == "Two")
    assert two.low == 0
    assert two.high == pytest.approx(100 * ended(before, NEXT, 1024)[1].mean())
    assert two.low < two.percentile < two.high


# files of measurements and histories


def test_measurements_of_both_days_are_read_up_to_each_moment(case: Case) -> None:
    def rows(count: int) -> str:
        start = datetime(2024, 1, 22, 20, tzinfo=UTC)
        lines = [
            f"{(start + timedelta(hours=hour)).isoformat()},100,{70 + hour // 2}"
            for hour in range(count)
        ]
        return "\n".join(["time,valid,good", *lines]) + "\n"

    text = PLAN.format(two=f"{WINDOW}, status: in_progress", three="")
    file = case.folder / "counts.csv"
    file.write_text(rows(16), encoding="utf-8")
    before = case.answer(text, NOON, observations=(str(file),))
    name = case.kept(before)
    same = case.answer(text, NOON, name, observations=(str(file),))
    assert [one.mean for one in same.changes] == [0.0] * len(PARTS)
    file.write_text(rows(34), encoding="utf-8")
    today = case.answer(text, NEXT, name, observations=(str(file),))
    assert today.changes[-1].mean == 0.0
    total, _ = difference(today, before)
    assert sum(one.mean for one in today.changes) == pytest.approx(total, abs=1e-9)


def test_a_history_teaches_both_days(case: Case) -> None:
    file = case.folder / "history.csv"
    rows = [f"2023-0{m}-0{d}T00:00Z,2023-0{m}-0{d}T0{d}:00Z" for m in (3, 5, 7) for d in (1, 4, 6)]
    file.write_text("\n".join(["start,end", *rows]) + "\n", encoding="utf-8")
    text = PLAN.format(two='duration: "history(all)", status: in_progress', three="")
    before = case.answer(text, NOON, history=str(file))
    same = case.answer(text, NOON, case.kept(before), history=str(file))
    assert [one.mean for one in same.changes] == [0.0] * len(PARTS)
    untaught = case.answer(text, NOON, case.kept(case.answer(text, NOON)), history=str(file))
    assert [one.part for one in untaught.changes if one.mean] == ["corrected facts"]
