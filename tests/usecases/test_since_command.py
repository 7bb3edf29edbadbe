"""``estimate --since``: records that fit, and all that does not."""

import json
from pathlib import Path

import pytest

from impactcalc.cli.guard import run
from impactcalc.domain.record import record_digest

TEXT = str(Path(__file__).parents[2] / "scenarios" / "stratton.txt")
FEW = ["--trials", "64"]


@pytest.fixture
def kept(tmp_path, capsys):
    folder = tmp_path / "kept"
    assert run(["estimate", TEXT, *FEW, "--out", str(folder), "--quiet"]) == 0
    capsys.readouterr()
    return next(folder.glob("*.json"))


def changed(kept, tmp_path, change):
    """Write a record with a change, and a digest that fits it."""
    document = json.loads(kept.read_text("utf-8"))
    change(document)
    document["run"]["record_sha256"] = record_digest(document)
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    return other


def refused(capsys, tmp_path, record, *more):
    out = tmp_path / "out"
    code = run(["estimate", TEXT, *FEW, "--since", str(record), "--out", str(out), *more])
    captured = capsys.readouterr()
    assert (code, captured.out, out.exists()) == (2, "", False)
    return captured.err


def test_the_record_and_the_screen_say_what_changed(capsys, kept):
    words = ["estimate", TEXT, "--as-of", "2024-01-24T12:00Z", "--since", str(kept)]
    assert run([*words, *FEW, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["part"] for one in document["changes"]] == [
        "time passed",
        "news of status",
        "corrected facts",
        "changed model version",
    ]
    assert document["since"]["record"] == kept.name
    assert run([*words, *FEW]) == 0
    assert "What changed since 23 Jan 2024 12:00 UTC" in capsys.readouterr().out


def test_a_record_of_an_update_is_a_record(capsys, tmp_path, kept):
    first = ["estimate", TEXT, *FEW, "--as-of", "2024-01-24T12:00Z", "--since", str(kept)]
    assert run([*first, "--out", str(tmp_path / "second"), "--quiet"]) == 0
    second = next((tmp_path / "second").glob("*.json"))
    again = ["estimate", TEXT, *FEW, "--as-of", "2024-01-25T12:00Z", "--since", str(second)]
    capsys.readouterr()
    assert run([*again, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["since"]["as_of"] == "2024-01-24T12:00:00+00:00"


def test_the_same_record_gives_the_same_bytes(capsys, kept):
    words = ["estimate", TEXT, *FEW, "--since", str(kept), "--json"]
    answers = []
    for _ in range(2):
        assert run(words) == 0
        document = json.loads(capsys.readouterr().out)
        del document["run"]["seconds"]
        answers.append(document)
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(schema="impactcalc/estimate/2"), "'impactcalc/estimate/2'"),
        (lambda d: d.update(schema="impactcalc/whatif/1"), "is no record of an estimate"),
        (
            lambda d: d["scenario"]["incident"]["customer"].update(value="Brindlemoor"),
            "is of customer 'Brindlemoor', this estimate of 'Stratton'",
        ),
        (
            lambda d: d["scenario"]["incident"]["id"].update(value="CE1005"),
            "is of incident 'CE1005', this estimate of 'CE1004'",
        ),
        (lambda d: d.update(as_of="2024-01-25T12:00:00+00:00"), "later than this estimate"),
        (
            lambda d: d["scenario"]["recovery"]["stages"][0]["window"].update(value="soon"),
            "holds a scenario that cannot be read here",
        ),
        (lambda d: d.update(scenario=None), "holds a scenario that cannot be read here"),
        (lambda d: d["scenario"].update(recovery=[1, 2]), "holds a scenario that cannot be read"),
        (lambda d: d["run"].update(trials="many"), "has no number of trials"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_and_nothing_written(
    capsys, tmp_path, kept, change, words
):
    said = refused(capsys, tmp_path, changed(kept, tmp_path, change))
    assert words in said
    assert "other.json: " in said
    assert "; " in said  # the remedy


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is no JSON"),
        (b"{", "is no JSON"),
        (b"[1, 2]", "is no record of an estimate"),
        (b"Customer: Stratton\n", "is no JSON"),
        (b"\x00\x01\xff\xfe", "is no JSON"),
        (b'{"schema": "impactcalc/estimate/1"}', "has no digest"),
        (b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_is_no_record_is_refused(capsys, tmp_path, data, words):
    other = tmp_path / "other.json"
    other.write_bytes(data)
    said = refused(capsys, tmp_path, other)
    assert words in said
    assert "take the file that estimate --out wrote" in said


def test_a_record_that_was_changed_or_cut_is_refused(capsys, tmp_path, kept):
    text = kept.read_text("utf-8")
    other = tmp_path / "other.json"
    other.write_text(text.replace("75 K USD", "85 K USD"), encoding="utf-8")
    assert "was changed after it was written" in refused(capsys, tmp_path, other)
    other.write_text(text[: len(text) // 2], encoding="utf-8")
    assert "is no JSON" in refused(capsys, tmp_path, other)


def test_a_missing_record_and_a_folder_are_refused(capsys, tmp_path):
    assert "missing.json" in refused(capsys, tmp_path, tmp_path / "missing.json")
    assert str(tmp_path) in refused(capsys, tmp_path, tmp_path)


def test_one_source_at_a_time(capsys, tmp_path, kept):
    assert "--since compares one incident" in refused(capsys, tmp_path, kept, TEXT)
