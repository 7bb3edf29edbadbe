"""The same bytes whoever computes: processes, blocks, other stages, other seeds.

Issue "The engine at its limit", item 4. Blocks of any size are in tests/engine, streams by name in
tests/stats.
"""

import itertools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import pytest

from impactcalc.engine.sampling import run_blocks
from impactcalc.engine.simulate import simulate
from impactcalc.engine.trial import compile_model
from impactcalc.report.export import to_document, to_json
from impactcalc.stats.streams import REPLICATES, Streams

BUSY = """
impactcalc: 1
incident: {started: 2026-05-04, as_of: 2026-05-04T18:00Z, lost_share: 25% to 60%}
recovery:
  started: 2026-05-04T06:00Z
  stages:
    - {name: Contain, window: 0 h to 4 h, restores: 50%, status: done, relapse: 20%}
    - {name: Repair, window: 4 h to 24 h, restores: 30%, status: in_progress, fails: 30%}
    - {name: Move, duration: 2 h to 9 h, restores: 20%, shape: linear, hand_over: 0.2 h to 1 h}
business: {currency: EUR, revenue_at_risk: 80 K to 120 K EUR/day, profile: business-hours}
sla: {target: 99.5%, downtime: proportional, to_date: 2 min to 9 min}
"""
TABLETS = """
impactcalc: 1
incident:
  started: 2026-05-04T02:30Z
  as_of: 2026-05-04T12:00Z
  latency: {normal: 2 s, now: 20 s to 45 s, increase: 400%}
  cluster: {nodes: 7, zones: 3, replication_factor: 3, tablets: 112, leaderless_tablets: 15}
business: {currency: USD, revenue_at_risk: 75 K USD/day, deferred: 30%, deferred_for: 6 h}
"""
CONTRACT = """
impactcalc: 1
incident: {started: 2026-05-04T02:30Z, as_of: 2026-05-04T12:00Z, priority: high}
recovery: {stages: [{name: Repair, duration: "pert(4 h, 10 h, 24 h)"}]}
sla:
  target: 99.9%
  monthly_fee: 40 K USD
  downtime: threshold 30%
  credits: [{below: 99.9%, credit: 10%}, {below: 99%, credit: 25%}]
"""
WINDOWS = BUSY.replace("duration: 2 h to 9 h", "window: 24 h to 168 h").replace(
    ", hand_over: 0.2 h to 1 h", ""
)


def written(estimate):
    """Return the record, byte for byte, but for the seconds that it took."""
    return to_json(to_document(estimate._replace(run=estimate.run._replace(seconds=0.0)))).encode()


@pytest.fixture(scope="module")
def scenarios(build):
    return [build(text) for text in (BUSY, TABLETS, CONTRACT, WINDOWS)]


def test_pools_of_1_2_and_4_processes_write_the_same_bytes(scenarios):
    answer = partial(simulate, trials=4096, seed=7)
    alone = [written(answer(scenario)) for scenario in scenarios]
    assert len(set(alone)) == len(scenarios)
    for workers in (1, 2, 4):
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=spawn) as pool:
            # last first, so that no worker meets the scenarios in the order of the others
            turned = list(pool.map(answer, scenarios[::-1]))
        assert [written(estimate) for estimate in turned[::-1]] == alone, workers


def test_blocks_in_any_order_give_the_same_trials(build):
    model = compile_model(build(BUSY))
    whole, pieces = {}, {}
    run_blocks(model, Streams(3, model.names), 0, 1024, whole)
    streams = Streams(3, model.names)
    for start in (768, 256, 512, 0):
        run_blocks(model, streams, start, start + 256, pieces)
    assert set(pieces) == set(whole)
    for name, values in whole.items():
        assert np.array_equal(pieces[name], values), name


EXTRA = "    - {name: Extra, duration: 2 h to 9 h, restores: 0%, after: [], fails: 30%}\n"


def with_extra(text):
    return text.replace("business:", f"{EXTRA}business:")


def test_a_stage_added_to_a_base_changes_no_draw_of_the_base(build):
    # columns belong to the base: the changed scenario keeps them, and new names append
    base, changed = compile_model(build(BUSY)), compile_model(build(with_extra(BUSY)))
    before, after = {}, {}
    run_blocks(base, Streams(7, base.names), 0, 256, before)
    run_blocks(changed, Streams(7, base.names), 0, 256, after)
    for name, values in before.items():
        assert np.array_equal(after[name], values), name
    assert "stage/3" in after
    assert np.unique(after["stage/3"]).size > after["stage/3"].size / 2


TWO_STAGES = TABLETS.replace(
    "business:",
    """recovery:
  started: 2026-05-04
  stages:
    - {name: Repair, window: 4 h to 24 h, restores: 60%, fails: 5% to 30%, max_tries: 6}
    - {name: Move, duration: 2 h to 9 h, restores: 40%, status: in_progress}
business:""",
)
LARGE = BUSY.replace(
    "business:",
    "".join(
        f"    - {{name: Part {k}, window: {k + 1} h to {k + 9} h, restores: 0%, fails: 10%}}\n"
        for k in range(40)
    )
    + "business:",
)


@pytest.mark.parametrize(
    "text", [BUSY, WINDOWS, TWO_STAGES, LARGE], ids=["busy", "windows", "derived", "large"]
)
def test_a_stage_added_at_the_end_of_a_file_changes_no_other_draw(build, text):
    base, changed = compile_model(build(text)), compile_model(build(with_extra(text)))
    before, after = Streams(7, base.names), Streams(7, changed.names)
    added = set(changed.names) - set(base.names) - {None}
    assert added == {"recovery/Extra/duration", "recovery/Extra/further"}
    for name in base.names:
        if name is not None:
            assert np.array_equal(after.draw(name, 0, 64), before.draw(name, 0, 64)), name


@pytest.mark.parametrize("text", [BUSY, TWO_STAGES], ids=["busy", "derived"])
def test_a_stage_added_at_the_end_of_a_file_leaves_every_figure_where_it_was(run, text):
    before, after = run(text, 256, 7), run(with_extra(text), 256, 7)
    for name, values in before.items():
        assert np.array_equal(after[name], values), name


def test_two_seeds_share_no_column_of_any_name_in_any_replicate(build):
    names = [name for name in compile_model(build(BUSY)).names if name is not None]
    seeds = (0, 1, 2, 7, 8, 12, 2**64 - 1)
    rows = [
        row.tobytes()
        for seed in seeds
        for name in dict.fromkeys(names)
        for row in Streams(seed, names).draw(name, 0, 16)
    ]
    assert len(rows) == len(seeds) * len(set(names)) * REPLICATES
    assert len(set(rows)) == len(rows)


def test_answers_of_two_seeds_are_no_more_alike_than_independent_ones(build):
    # over many pairs of seeds, the errors of the mean are uncorrelated
    model = compile_model(build(CONTRACT))
    means = []
    for seed in range(64):
        kept = {}
        run_blocks(model, Streams(seed, model.names), 0, 64, kept)
        means.append(kept["full_recovery_h"].mean())
    errors = np.array(means) - np.mean(means)
    for lag in (1, 2, 3):
        correlation = np.corrcoef(errors[lag:], errors[:-lag])[0, 1]
        assert abs(correlation) < 4 / np.sqrt(errors.size - lag)
    assert all(a != b for a, b in itertools.combinations(means, 2))
