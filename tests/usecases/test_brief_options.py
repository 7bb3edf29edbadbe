"""``--paper``, ``--logo`` and ``--template`` from the command line to the file."""

from pathlib import Path

import pypdf
import pytest

from impactcalc.cli.guard import run

TEXT = Path(__file__).parents[2] / "scenarios" / "stratton.txt"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><path d="M0 0h3v1z"/></svg>'


def said(capsys, *words):
    code = run(["estimate", str(TEXT), "--trials", "256", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_brief_is_set_on_letter_with_a_logo(capsys, tmp_path):
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    out = tmp_path / "out"
    words = ["--pdf", "--png", "--paper", "Letter", "--logo", str(tmp_path / "logo.svg")]
    code, paths, err = said(capsys, *words, "--quiet", "--out", str(out))
    assert (code, err) == (0, "")
    pdf = next(path for path in paths.splitlines() if path.endswith(".pdf"))
    assert float(pypdf.PdfReader(pdf).pages[0].mediabox.width) == 612


def test_a_template_that_fails_writes_nothing(capsys, tmp_path):
    own, out = tmp_path / "own.typ", tmp_path / "out"
    own.write_text("= Title\n#image(", encoding="utf-8")
    code, shown, err = said(capsys, "--pdf", "--template", str(own), "--out", str(out))
    assert (code, shown) == (2, "")
    assert err.startswith(f"{own}:2:")
    assert "the template fails: " in err
    assert err.count("\n") == 1
    assert not list(tmp_path.rglob("*.pdf"))
    assert not list(tmp_path.rglob("*.json"))


def test_a_template_that_breaks_pdf_ua_is_said_with_the_reason(capsys, tmp_path):
    own, out = tmp_path / "own.typ", tmp_path / "out"
    own.write_text("A page without a title", encoding="utf-8")
    words = ["--pdf", "--template", str(own), "--out", str(out), "--quiet"]
    code, shown, err = said(capsys, *words)
    assert (code, shown.count("\n")) == (0, 2)
    assert err.startswith("warning: the PDF does not claim PDF/UA-1, for screen readers: ")
    assert "missing document title; set the title with" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--paper", "letter"], "--paper concerns the brief; add --pdf or --png"),
        (["--pdf", "--paper", "a5"], "--paper: 'a5' is no paper; write a4 or letter"),
        (["--pdf", "--logo", "none.svg"], "none.svg: --logo: no such file"),
        (["--pdf", "--template", "none.typ"], "none.typ: --template: no such file"),
    ],
)
def test_a_wish_that_cannot_be_met_is_exit_2(capsys, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    code, shown, err = said(capsys, *words)
    assert (code, shown) == (2, "")
    assert message in err
    assert not list(tmp_path.iterdir())


def test_a_letter_that_no_font_has_is_named_once(capsys, tmp_path):
    text = TEXT.read_text(encoding="utf-8").replace("Stratton", "Bank \U000f0000")
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    words = [str(tmp_path / "x.txt"), "--pdf", "--trials", "256", "--out", str(tmp_path), "--quiet"]
    assert run(["estimate", *words]) == 0
    err = capsys.readouterr().err
    assert err.startswith("warning: no font has \U000f0000 (U+F0000): shown as an empty box")
    assert err.count("\n") == 1
