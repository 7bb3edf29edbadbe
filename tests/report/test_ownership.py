"""Only files that this program wrote, and nobody changed or protected, are replaced."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from impactcalc.domain.result import Estimate
from impactcalc.report.export import to_document, to_json
from impactcalc.report.forms import FORMS, render_forms
from impactcalc.report.ownership import free_name, is_ours, replaceable

JSON = b'{\n "schema": "impactcalc/estimate/1",\n "as_of": null}'


def office(creator: str, editor: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        parts.writestr(
            "docProps/core.xml",
            f"<cp:coreProperties><dc:creator>{creator}</dc:creator>"
            f"<cp:lastModifiedBy>{editor}</cp:lastModifiedBy></cp:coreProperties>",
        )
    return buffer.getvalue()


def test_every_form_that_we_make_bears_our_mark(seed_estimate: Estimate) -> None:
    made = render_forms(seed_estimate, FORMS)
    assert list(made) == list(FORMS)
    assert all(is_ours(f".{form}", data) for form, data in made.items())
    assert is_ours(".json", to_json(to_document(seed_estimate)).encode())


@pytest.mark.parametrize("ending", [".pdf", ".png", ".pptx", ".xlsx", ".html", ".csv", ".json"])
@pytest.mark.parametrize("content", [b"", b"mine", b"impactcalc", b"PK\x03\x04 broken", b"{}"])
def test_a_strangers_file_is_not_ours(ending: str, content: bytes) -> None:
    assert not is_ours(ending, content)


def test_slides_that_a_person_edited_are_not_ours_any_more() -> None:
    assert is_ours(".pptx", office("impactcalc", "impactcalc"))
    assert not is_ours(".pptx", office("impactcalc", "A. Manager"))
    assert not is_ours(".xlsx", office("A. Manager", "impactcalc"))


def test_a_free_name_is_the_wanted_one(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a", ("pdf", "json")) == "a"
    assert free_name(tmp_path / "missing", "a", ("json",)) == "a"
    (tmp_path / "a.json").write_bytes(JSON)
    (tmp_path / "a.pdf").write_bytes(b"mine")
    assert free_name(tmp_path, "a", ("json",)) == "a"


def test_the_whole_set_goes_aside_of_one_strange_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"mine")
    (tmp_path / "a-2.json").mkdir()
    assert free_name(tmp_path, "a", ("pdf", "json")) == "a-3"


def test_a_protected_file_a_folder_and_a_link_are_kept(tmp_path: Path) -> None:
    ours = tmp_path / "a.json"
    ours.write_bytes(JSON)
    assert replaceable(ours)
    ours.chmod(0o444)
    assert not replaceable(ours)
    (tmp_path / "b.json").symlink_to(ours)
    assert not replaceable(tmp_path / "b.json")
    os.mkfifo(tmp_path / "c.json")
    assert not replaceable(tmp_path / "c.json")


def test_a_file_far_larger_than_ours_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as stream:
        stream.write(JSON)
        stream.truncate(17_000_000)
    assert not replaceable(path)
