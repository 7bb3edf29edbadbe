"""A record is read as it was written, and refused when it was changed, however little."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactcalc.domain.record import DIGEST, record_digest
from impactcalc.errors import InputError
from impactcalc.intake.record import is_record, read_record
from impactcalc.usecases.estimate import estimate, record, write
from impactcalc.usecases.request import Request

NOW = datetime(2026, 11, 25, tzinfo=UTC)
CASE = """
impactcalc: 1
incident: {id: CE7, started: 2026-05-04T02:30Z, as_of: 2026-05-04T18:00+02:00, lost_share: 40%}
business: {currency: EUR, revenue_at_risk: 120 K EUR/day}
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """Give a small estimate."""
    file = tmp_path_factory.mktemp("case") / "case.yaml"
    file.write_text(CASE, "utf-8")
    return estimate(str(file), Request(trials=64), NOW)


@pytest.fixture
def kept(answer, tmp_path):
    """Give the path of its record."""
    return write([answer], (), tmp_path)[0]


def digest_of(answer):
    return json.loads(json.dumps(record(answer)))["run"][DIGEST]


def rewritten(path, change):
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document), "utf-8")
    return str(path)


def refusal(name):
    with pytest.raises(InputError) as caught:
        read_record(name)
    (problem,) = caught.value.problems
    assert problem.file == name
    assert problem.remedy
    return problem.message


def test_a_record_is_read_as_it_was_written(answer, kept):
    found = read_record(str(kept))
    assert found.document == json.loads(json.dumps(record(answer)))
    assert found.as_of == datetime(2026, 5, 4, 16, 0, tzinfo=UTC)
    assert found.id == "CE7"
    assert found.figure("customer.total.p50") == answer.customer.total.p50
    assert found.figure("sla.breach_prob.value") is None
    assert found.digest == digest_of(answer)


def test_the_digest_is_that_of_the_canonical_json():
    document = {"b": 1.5, "a": "\u00e9", "run": {"trials": 2, "seconds": 9, DIGEST: "z"}}
    text = '{"a":"\\u00e9","b":1.5,"run":{"trials":2}}'
    assert record_digest(document) == hashlib.sha256(text.encode()).hexdigest()


def test_equal_questions_give_equal_digests(answer, kept):
    other = answer._replace(run=answer.run._replace(seconds=77.0))
    assert digest_of(other) == read_record(str(kept)).digest


def test_how_a_record_is_laid_out_is_no_change(kept):
    def turn_around(document):
        for key in list(document)[::-1]:
            document[key] = document.pop(key)

    assert read_record(rewritten(kept, turn_around)).id == "CE7"


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["recovery"]["full_recovery_h"].update(p50=1.0),
        lambda d: d.update(as_of="2026-05-04T18:00:01+02:00"),
        lambda d: d["run"].update(version="9.9.9"),
        lambda d: d["run"].update(inputs_sha256="0"),
        lambda d: d["customer"].pop("dots"),
        lambda d: d.update(note="looks fine"),
        lambda d: d["warnings"].append({}),
        lambda d: d["scenario"]["incident"]["id"].update(value="CE8"),
        lambda d: d["customer"]["total"].update(p50=float("nan")),
        lambda d: d["run"].update({DIGEST: "0" * 64}),
    ],
)
def test_a_changed_record_is_refused(kept, change):
    assert "was changed after it was written" in refusal(rewritten(kept, change))


def leaves(value, path=()):
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*path, key))
    else:
        yield path


@given(data=st.data())
def test_no_leaf_of_a_record_can_be_changed_unseen(answer, data):
    document = json.loads(json.dumps(record(answer)))
    paths = [path for path in leaves(document) if path != ("run", "seconds")]
    *above, last = data.draw(st.sampled_from(paths))
    node = document
    for key in above:
        node = node[key]
    node[last] = "changed" if node[last] is None else None
    assert record_digest(document) != document["run"][DIGEST]


def test_a_record_without_a_digest_is_refused(kept):
    name = rewritten(kept, lambda d: d["run"].pop(DIGEST))
    assert f"has no digest (run.{DIGEST})" in refusal(name)
    assert "has no digest" in refusal(rewritten(kept, lambda d: d.pop("run")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no JSON"),
        (b'{"schema": "impactcalc/estimate/1", "as_of', "is no JSON"),
        (b"[1, 2]", "is no record of an estimate"),
        (b'{"schema": "impactcalc/sli/1"}', "is no record of an estimate"),
        (b'{"schema": "impactcalc/estimate/2"}', "is of the form 'impactcalc/estimate/2'"),
        (b'{"schema": 1, "schema": 2}', "the key 'schema' stands twice"),
        (b'{"schema": "impactcalc/estimate/1", "a": ' + b"[" * 9000, "is nested too deeply"),
    ],
)
def test_what_is_no_record_is_refused(tmp_path, content, words):
    file = tmp_path / "x.json"
    file.write_bytes(content)
    assert words in refusal(str(file))


@pytest.mark.parametrize("moment", [None, "yesterday", "2026-05-04T18:00:00"])
def test_a_record_without_a_moment_is_refused(kept, moment):
    def forge(document):
        document["as_of"] = moment
        document["run"][DIGEST] = record_digest(document)

    assert "has no moment of its forecast" in refusal(rewritten(kept, forge))


def test_a_record_that_is_not_there_is_refused(tmp_path):
    assert "there is no such file" in refusal(str(tmp_path / "none.json"))


def test_records_are_told_from_other_files(kept):
    data = kept.read_bytes()
    assert is_record(data)
    assert is_record(data[:-9])
    assert not is_record(b'{"schema": "impactcalc/sli/1"}')
    assert not is_record(b"id,as_of,ended,loss\n")
    assert not is_record(b"[" * 9000)
