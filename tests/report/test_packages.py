"""Packages that one's own template would fetch."""

from pathlib import Path

import pytest

from impactcalc.errors import InputError
from impactcalc.report.layout import read_layout
from impactcalc.report.packages import fetched_packages

PACKAGE = '#import "@preview/cetz:0.3.4": canvas'


def test_a_package_is_refused_at_its_line_in_whatever_file_takes_it_in(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "own.typ").write_text('= Title\n#import "parts/style.typ": *\n', encoding="utf-8")
    (tmp_path / "parts" / "style.typ").write_text(
        f'#include "../own.typ"\n\n{PACKAGE}\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_layout(None, tmp_path / "own.typ", None)
    (problem,) = caught.value.problems
    assert Path(problem.file or "").resolve() == (tmp_path / "parts" / "style.typ").resolve()
    assert problem.line == 3
    assert problem.message == "--template: @preview/cetz:0.3.4 would be fetched from the network"


@pytest.mark.parametrize(
    "source",
    [
        f"// {PACKAGE}",
        f"/* one\n{PACKAGE}\n*/",
        '#import "@local/house:1.0.0": page',
        'The words @preview/cetz:0.3.4 and "@preview/cetz:0.3.4"',
        '#import "missing.typ": *',
    ],
)
def test_what_fetches_nothing_is_let_through(tmp_path: Path, source: str) -> None:
    file = tmp_path / "own.typ"
    file.write_text(source, encoding="utf-8")
    assert list(fetched_packages(file)) == []


def test_a_place_of_the_network_before_an_import_hides_nothing(tmp_path: Path) -> None:
    file = tmp_path / "own.typ"
    file.write_text(f'#let home = "https://example.org"; {PACKAGE[1:]}', encoding="utf-8")
    assert len(list(fetched_packages(file))) == 1
