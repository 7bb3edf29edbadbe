"""The registry: what a name stands for, and which reader a file goes to."""

import gzip
import json
import os

import pytest

from impactcalc.domain.observation import Counts, Histogram, States
from impactcalc.errors import InputError
from impactcalc.intake.observation_file import LARGEST, find
from impactcalc.intake.observations import read_observations
from impactcalc.intake.read_options import ReadOptions

CSV = "timestamp,good,total\n2024-01-22T00:00:00Z,9,10\n"
PROMETHEUS = {
    "status": "success",
    "data": {
        "resultType": "matrix",
        "result": [
            {"metric": {"__name__": "http_requests_total", "code": code},
             "values": [[1705881600, "0"], [1705881660, "5"]]}
            for code in ("200", "500")
        ],
    },
}  # fmt: skip
PINGDOM = {"summary": {"states": [{"status": "up", "timefrom": 1705881600, "timeto": 1705885200}]}}


def read(tmp_path, content, name="x", options=None):
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_observations([str(tmp_path / name)], options or ReadOptions())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (CSV, Counts),
        (PINGDOM, States),
        ({"incidents": []}, States),
        ("Event,Monitor,Date-Time\nDown,a,2024-01-22 00:00:00Z\n", States),
        ("started_at,resolved_at\n2024-01-22T00:00Z,\n", States),
    ],
)
def test_the_kind_is_told_by_the_content(tmp_path, content, kind):
    assert isinstance(read(tmp_path, content).data, kind)
    packed = gzip.compress((content if isinstance(content, str) else json.dumps(content)).encode())
    assert isinstance(read(tmp_path, packed, "x.gz").data, kind)


def test_counters_are_prometheus(tmp_path):
    found = read(tmp_path, PROMETHEUS, options=ReadOptions(errors='code=~"5.."'))
    assert isinstance(found.data, Counts | Histogram)


def test_documents_are_told_from_measurements(tmp_path):
    document = {"apiVersion": "openslo/v1", "kind": "SLO", "metadata": {"name": "a"}, "spec": {}}
    with pytest.raises(InputError, match="spec"):
        read(tmp_path, document, "a.json")
    with pytest.raises(InputError, match=r"b\.yaml"):
        read(tmp_path, "x: 1\n", "b.yaml")
    contract = {"impactcalc": 1, "sla": {"target": "99.9%"}}
    assert read(tmp_path, contract, "c.json").sla.target.text == "99.9%"
    assert read(tmp_path, "impactcalc: 1\nsla: {target: 99.9%}\n", "c.yaml").data is None


def test_all_problems_of_all_names_are_named(tmp_path):
    names = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    with pytest.raises(InputError) as error:
        read_observations(names, ReadOptions())
    assert [each.file for each in error.value.problems] == names


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04...", "is a zip file or a workbook; unpack it, or save its sheet as CSV"),
        (b"BZh9...", "is compressed with bzip2"),
        (b"\xfd7zXZ\0", "is compressed with xz"),
    ],
)
def test_packed_files_are_refused_with_the_way_out(tmp_path, content, words):
    with pytest.raises(InputError, match=words):
        read(tmp_path, content)


def test_a_csv_that_is_called_parquet_is_named(tmp_path):
    with pytest.raises(InputError, match="is no Parquet file: it does not begin with PAR1"):
        read(tmp_path, CSV, "x.parquet")


def test_what_is_no_file_is_refused_in_words(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe"):
        read_observations([str(tmp_path / "pipe")], ReadOptions())
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file of this kind is there"):
        read_observations([str(tmp_path / "empty")], ReadOptions())


def test_hidden_files_of_a_folder_are_none(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.csv", ".b.csv", "_c.csv", "d.txt"):
        (folder / name).write_text(CSV)
    found = find(str(folder), tmp_path)
    assert [each.name for each in found] == [str(folder / "a.csv")]


def test_a_packed_file_that_grows_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("impactcalc.intake.observation_file.LARGEST", 20)
    with pytest.raises(InputError, match="holds more than 0 GB"):
        read(tmp_path, gzip.compress(CSV.encode()), "x.gz")
    assert LARGEST > 10**9


@pytest.mark.parametrize("ending", [".csv.gz", ".csv.zst", ".xz"])
def test_a_name_that_promises_what_the_file_is_not_is_refused(tmp_path, ending):
    with pytest.raises(InputError, match="though its name ends in"):
        read(tmp_path, CSV.encode(), f"x{ending}")
