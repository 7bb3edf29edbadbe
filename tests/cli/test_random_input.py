"""Random command lines and spoilt scenarios: an answer or a clear refusal, never a bug."""

import contextlib
import io
import re
import sys
from pathlib import Path
from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from impactcalc.cli.guard import run

TOP = Path(__file__).parents[2]
CASE = TOP / "scenarios" / "payments.yaml"
LINES = CASE.read_text(encoding="utf-8").splitlines()
FIRST = LINES.index("incident:")
JUNK = st.sampled_from(
    [
        *["", "nan", ".inf", "-5", "0", "1e309", "100%", "101%", "0%", "99.9", "many", "~", "[]"],
        *["{}", "- x", ": :", "'", "\t", "&a", "*a", "!!int 5", "<<: x", "---", "2 h", "0 h"],
        *["9 h to 1 h", "0 h to 0 h", "1 s to 1000 y", "pert(1 h, 1 h, 1 h)", "uniform(0%, 100%)"],
        *["normal(-5 h, 5 h)", "lognormal(2 h, 1 h)", "history(all)", "5 USD/h", "1 EUR/day"],
        *["done", "in_progress", "2024-02-30", "2025-11-29", "2025-11-28T18:00+00:00", "\x1b[31m"],
        *["1e-30 h", "0.0000000001%", "999999999 y", "1 B GBP/day", "threshold 0%", "all_fail"],
    ]
)
OPTIONS = st.sampled_from(
    [
        *["--trials", "--seed", "--accuracy", "--as-of", "--set", "--fail-if", "--json"],
        *["--summary", "--quiet", "--example", "--pptx", "--history", "--nonsense", "-h"],
    ]
)
WORDS = st.one_of(
    OPTIONS,
    JUNK,
    st.text(max_size=8),
    st.sampled_from(["estimate", "check", "read", "schema", str(CASE), "business.reading=lost"]),
)


def said(*words):
    """Run a command line; return its exit code and what stands on both outputs."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = run(list(words))
        except SystemExit as left:  # of the shell completion alone
            code = int(left.code or 0)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return code, *texts


def no_bug(code, out, err):
    assert code in {0, 2, 3}, err
    assert "internal error" not in err
    assert not (code == 2 and out)
    assert len(err.splitlines()) <= 40
    assert len(err) <= 8_000
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", err)


@given(st.lists(WORDS, max_size=6))
@example(["estimate", str(CASE), "--trials", "16", "--fail-if", "breach_prob>0"])
def test_any_command_line_is_answered_or_refused(words):
    words = [word for word in words if "completion" not in word]
    no_bug(*said(*words, *(["--trials", "64"] if "estimate" in words[:1] else [])))


@settings(max_examples=300)
@given(st.data())
def test_a_spoilt_scenario_is_answered_or_refused_with_lines_inside_the_file(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(FIRST, len(lines) - 1))
        key, colon, _ = lines[at].partition(": ")
        change = data.draw(st.sampled_from(["value", "value", "value", "drop", "double", "indent"]))
        if change == "value":
            lines[at] = f"{key}{colon or ' '}{data.draw(JUNK)}"
        elif change == "drop":
            del lines[at]
        elif change == "double":
            lines.insert(at, lines[at])
        else:
            lines[at] = "  " + lines[at]
    text = "\n".join(lines) + "\n"
    judge_scenario(text)


def judge_scenario(text):
    """Check and estimate one scenario text by standard input."""
    for words in (["check", "-"], ["estimate", "-", "--trials", "64"]):
        stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
        with mock.patch.object(sys, "stdin", stdin):
            code, out, err = said(*words)
        no_bug(code, out, err)
        for line in err.splitlines() if code == 2 else ():
            place = re.match(r"-:(\d+)(?::\d+)?: ", line)
            assert place is None or int(place[1]) <= text.count("\n") + 1, line
