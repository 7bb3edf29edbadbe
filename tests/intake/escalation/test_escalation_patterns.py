"""Every pattern of the reader meets its worst input: lines as long as any that is searched."""

import importlib
import inspect
import pkgutil
import re
import signal

import pytest

import impactcalc.intake.escalation as reader
from impactcalc.intake.escalation import read_escalation

LENGTH = 2_500  # characters; what backtracks without end does not come back from forty
WATCHDOG = 20  # seconds of CPU: a pattern that backtracks without end would never come back
ARGUMENTS = {
    "plain": (True, False),
    "form": (0, 1, 2, 3),
    "cue": ("*", "__", "''", "[[", "](", "\x1b"),
}
WORDS = (
    *(
        "of",
        "in",
        "the",
        "within",
        "next",
        "not",
        "level",
        "to",
        "and",
        "is",
        "day",
        "per",
        "A",
        "a",
    ),
    *("half a", "Customer", "case", "1 of 2", "may", "one", "by the", "late", "phase", "no.", "Aa"),
    *("escalat", "fail", "today", "12:34", "1", "within the", "or", "we will", "up to", "-"),
)
MARKS = (
    *(
        " ",
        "a",
        "1",
        "1,",
        "1.",
        "1:2",
        "-",
        "--",
        "(",
        "[",
        "=",
        "$1",
        "1%",
        ". ",
        ", ",
        ": ",
        "|",
    ),
    *("*a", "_", "''", "[[a", "<br", "#", "'", '"', ">", "\u20ac", "a-", "a.", "a/", "2026-"),
)
UNITS = (*(f"{word} " for word in WORDS), *MARKS)


def patterns():
    """Give every compiled pattern of the reader by its name."""
    for module in pkgutil.walk_packages(reader.__path__, f"{reader.__name__}."):
        loaded = importlib.import_module(module.name)
        for name, made in vars(loaded).items():
            if getattr(made, "__module__", "") != module.name or not hasattr(made, "__wrapped__"):
                continue
            wanted = list(inspect.signature(made.__wrapped__).parameters.values())
            if "Pattern" not in str(inspect.signature(made.__wrapped__).return_annotation):
                continue
            calls = [({}, ())]
            if wanted and wanted[0].kind is inspect.Parameter.KEYWORD_ONLY:
                calls = [({wanted[0].name: value}, ()) for value in ARGUMENTS[wanted[0].name]]
            elif wanted:
                calls = [({}, (value,)) for value in ARGUMENTS[wanted[0].name]]
            for named, placed in calls:
                label = f"{module.name.rpartition('.')[2]}.{name}{[*named.values(), *placed] or ''}"
                yield pytest.param(made(*placed, **named), id=label)


def worst_inputs():
    """Give long lines of one unit each, and such that fail at their end."""
    for unit in UNITS:
        line = unit * (LENGTH // len(unit))
        yield line
        yield line[:-1] + "!"


@pytest.fixture(autouse=True)
def _watchdog():
    """Break off what would run without end."""

    def bark(*_):
        pytest.fail("the pattern does not come back")

    old = signal.signal(signal.SIGVTALRM, bark)
    signal.setitimer(signal.ITIMER_VIRTUAL, WATCHDOG)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, old)


@pytest.mark.parametrize("pattern", [*patterns()])
def test_a_pattern_comes_back_from_its_worst_input(pattern):
    for line in worst_inputs():
        for _ in pattern.finditer(line):
            pass


def test_there_are_patterns():
    assert len(list(patterns())) > 40
    assert all(isinstance(one.values[0], re.Pattern) for one in patterns())


def test_a_text_of_worst_lines_is_read_whole():
    text = "\n".join(line[:2_000] for line in worst_inputs())
    assert read_escalation(text).lines
