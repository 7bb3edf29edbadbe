"""The downtime rule of a contract, from the file's words to the figures.

The golden figures are those of ``measuring_rules`` (tests/data/slo/credit_schedules.json): six
outages, 1,502 s in all, counted as seven contracts would.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from impactcalc.cli.guard import run

RULES = json.loads(
    (Path(__file__).parents[1] / "data" / "slo" / "credit_schedules.json").read_text("utf-8")
)["measuring_rules"]
DAY = 1_704_067_200  # 1 January 2024, UTC


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    clock = [
        tuple(datetime.fromtimestamp(DAY + at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for at in each)
        for each in RULES["outages_s"]
    ]
    rows = "".join(f"{start},{end},1\n" for start, end in clock)
    (tmp_path / "outages.csv").write_text(f"started_at,resolved_at,lost_share\n{rows}", "utf-8")
    return tmp_path


def judged(capsys, folder, rule, *files, period="{start: 2024-01-01, end: 2024-01-02}"):
    text = f"impactcalc: 1\nsla:\n  target: 99%\n  period: {period}\n  downtime: {rule}\n"
    (folder / "contract.yaml").write_text(text, encoding="utf-8")
    code = run(["sli", *files, "contract.yaml", "--json"])
    out, err = capsys.readouterr()
    assert code == 0, err
    return json.loads(out)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("continuous", "all_fail"),
        ("whole_minutes", "{definition: all_fail, slice: 1 min, whole_slices: yes}"),
        (
            "min_5_consecutive",
            "{definition: all_fail, slice: 1 min, whole_slices: yes, min_consecutive: 5}",
        ),
        (
            "min_10_consecutive",
            "{definition: all_fail, slice: 60 s, whole_slices: yes, min_consecutive: 10}",
        ),
        ("whole_5_minute_intervals", "{definition: all_fail, slice: 5 min, whole_slices: yes}"),
        ("touched_minutes", "{definition: all_fail, slice: 1 min}"),
    ],
)
def test_six_outages_count_as_the_contract_says(capsys, folder, name, rule):
    found = judged(capsys, folder, rule, "outages.csv")
    assert found["downtime"]["all_fail"]["downtime_s"] == RULES["downtime_s"][name]
    assert found["downtime"]["all_fail"]["availability"] == pytest.approx(
        1 - RULES["downtime_s"][name] / 86400, rel=1e-12
    )


# Fifteen minutes: bad of 10 requests in each; "i" idle, "-" no row.
MINUTES = ["9", "0", "0", "0", "0", "9", "9", "9", "i", "-", "9", "9", "-", "i", "i"]


def rows_of(folder):
    rows = []
    for at, bad in enumerate(MINUTES):
        if bad == "-":
            continue
        events = "0,0" if bad == "i" else f"{10 - int(bad)},10"
        rows.append(f"2024-01-01T00:{at:02d}:00Z,{events}\n")
    (folder / "minutes.csv").write_text("timestamp,good,total\n" + "".join(rows), "utf-8")


@pytest.mark.parametrize(
    ("rule", "minutes", "lost_share"),
    [
        # rows: 0, 5, 6, 7, 10, 11
        ("{definition: threshold, threshold: 50%}", 6, 0.9 * 6),
        # slices of 5: 9 of 50 bad: up; 27 of 30: its 4 known minutes; 18 of 20: its 4 known ones
        ("{definition: threshold, threshold: 50%, slice: 5 min}", 8, 9 / 10 + 0.9 * 8),
        # 18% of the first slice is more than 15%
        ("{definition: threshold, threshold: 15%, slice: 5 min}", 13, 9 / 10 + 0.9 * 8),
        # the third slice has 20 requests
        ("{definition: threshold, threshold: 50%, slice: 5 min, min_events: 25}", 4, 4.5),
        # no slice is known and down from end to end
        ("{definition: threshold, threshold: 50%, slice: 5 min, whole_slices: yes}", 0, 8.1),
        # slices of 3: 6-8 is known, and down whenever somebody asked
        ("{definition: threshold, threshold: 50%, slice: 3 min, whole_slices: yes}", 3, None),
        # rows 5, 6, 7
        ("{definition: threshold, threshold: 50%, min_consecutive: 3}", 3, 5.4),
        # silence as down: rows 8, 9 and 12, 13, 14 besides
        ("{definition: threshold, threshold: 50%, empty_slices: bad}", 11, 0.9 * 6 + 5),
        ("{definition: threshold, threshold: 50%, empty_slices: good}", 6, 0.9 * 6),
        # slices of 3: 3-5 up; 6-8 with its idle minute; 9-11 its two known ones; 12-14 silent
        ("{definition: threshold, threshold: 50%, slice: 3 min, empty_slices: bad}", 8, None),
    ],
)  # fmt: skip
def test_slices_of_rows_count_as_the_contract_says(capsys, folder, rule, minutes, lost_share):
    rows_of(folder)
    period = "{start: 2024-01-01T00:00Z, end: 2024-01-01T00:15Z}"
    found = judged(capsys, folder, rule, "minutes.csv", period=period)
    assert found["downtime"]["threshold"]["downtime_s"] == minutes * 60
    if lost_share is not None:
        assert found["downtime"]["proportional"]["downtime_s"] == pytest.approx(lost_share * 60)
    assert found["minutes"] == {"known": 13, "idle": 3, "unknown": 2, "excluded": 0}


def test_silence_that_counts_as_down_is_not_counted_twice(capsys, folder):
    rows_of(folder)
    rule = "{definition: threshold, threshold: 50%, empty_slices: bad}"
    period = "{start: 2024-01-01T00:00Z, end: 2024-01-01T00:15Z}"
    found = judged(capsys, folder, rule, "minutes.csv", period=period)["downtime"]["threshold"]
    assert found["availability"] == found["availability_if_unknown_is_down"]
    assert found["availability"] == pytest.approx(4 / 15)


def test_slices_that_the_rows_cannot_make_are_warned_of(capsys, folder):
    rows_of(folder)
    rule = "{definition: threshold, threshold: 50%, slice: 90 s, whole_slices: yes}"
    period = "{start: 2024-01-01T00:00Z, end: 2024-01-01T00:15Z}"
    found = judged(capsys, folder, rule, "minutes.csv", period=period)
    assert found["downtime"]["threshold"]["downtime_s"] == 360
    assert any("slices of 1 min 30 s" in each["message"] for each in found["warnings"])


def test_the_screen_says_how_downtime_was_counted(capsys, folder):
    rows_of(folder)
    rule = "{definition: threshold, threshold: 50%, slice: 5 min, whole_slices: yes, min_events: 9}"
    judged(capsys, folder, rule, "minutes.csv")
    assert run(["sli", "minutes.csv", "contract.yaml"]) == 0
    words = "Downtime counts by whole slices of 5 min, with at least 9 events."
    assert words in capsys.readouterr().out


def test_the_document_says_by_what_downtime_was_counted(capsys, folder):
    rows_of(folder)
    rule = (
        "{definition: threshold, threshold: 5%, slice: 5 min, min_consecutive: 2, min_events: 60, "
        'whole_slices: no, empty_slices: excluded, source: "MSA section 4.2"}'
    )
    assert judged(capsys, folder, rule, "minutes.csv")["rule"] == {
        "definition": "threshold", "threshold": 0.05, "slice_s": 300, "whole_slices": False,
        "min_consecutive": 2, "min_events": 60, "empty_slices": "excluded",
        "source": "MSA section 4.2",
    }  # fmt: skip
