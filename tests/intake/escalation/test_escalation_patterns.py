"""Every pattern of the reader meets its worst input: lines as long as any that is searched."""

import ast
import importlib
import inspect
import pkgutil
import re
import signal

import pytest

import impactcalc.intake.escalation as reader
from impactcalc.intake.escalation import read_escalation
from impactcalc.intake.escalation.words.blanks import VALUES

LENGTH = 2_500  # characters; what backtracks without end does not come back from forty
WATCHDOG = 20  # seconds of CPU: a pattern that backtracks without end would never come back
ARGUMENTS = {
    "plain": (True, False),
    "form": (0, 1, 2, 3),
    "mark": (",", "."),
    "kind": tuple(VALUES),
    "strike": ("~", "{--", "]#", "tracker", "label", "alike"),
    "cue": ("*", "__", "''", "[[", "](", "\x1b"),
    "order": (
        *("plain", "marked", "called", "obliged", "about this text", "over all", "told", "changed"),
    ),
    "opening": ("<!--", "out:", "{{", "${", "$(", "<%", "(", "="),
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
    *(
        "*a",
        "_",
        "~~",
        "{{a",
        "$(",
        "<s>",
        "<!-- ",
        "=1+",
        "1o",
        "''",
        "[[a",
        "<br",
        "#",
        "'",
        '"',
        ">",
        "\u20ac",
        "a-",
        "a.",
        "a/",
        "2026-",
    ),
    *("XX", "X-", "<a", "{a", "[a/", "\u00ab", "__", "normally ", ": enter the ", "yy-"),
    *("~a", "-a", "{--", "]#", "a\u0336"),
)
UNITS = (*(f"{word} " for word in WORDS), *MARKS)


def modules():
    """Give every module of the reader, those of its packages, too."""
    for module in pkgutil.walk_packages(reader.__path__, f"{reader.__name__}."):
        yield importlib.import_module(module.name)


def patterns():
    """Give every compiled pattern of the reader by its name."""
    for loaded in modules():
        for name, made in vars(loaded).items():
            if getattr(made, "__module__", "") != loaded.__name__:
                continue
            if not hasattr(made, "__wrapped__"):
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
                label = f"{loaded.__name__.removeprefix(reader.__name__ + '.')}.{name}"
                label += f"{[*named.values(), *placed] or ''}"
                yield pytest.param(made(*placed, **named), id=label)


def patterns_in_passing():
    """Give every pattern that the reader hands to `re` where it uses it."""
    for loaded in modules():
        for node in ast.walk(ast.parse(inspect.getsource(loaded))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            first = node.args[0] if node.args else None
            known = not of_re or node.func.attr in {"compile", "escape"}  # `patterns` has those
            if known or not isinstance(first, ast.Constant):
                continue
            name = f"{loaded.__name__.removeprefix(reader.__name__ + '.')}:{node.lineno}"
            yield pytest.param(re.compile(str(first.value)), id=name)


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


@pytest.mark.parametrize("pattern", [*patterns(), *patterns_in_passing()])
def test_a_pattern_comes_back_from_its_worst_input(pattern):
    for line in worst_inputs():
        for _ in pattern.finditer(line):
            pass


def test_there_are_patterns():
    assert len(list(patterns())) > 40
    assert any(one.id.startswith("records.") for one in patterns())
    assert len(list(patterns_in_passing())) > 20
    assert all(isinstance(one.values[0], re.Pattern) for one in patterns())


def test_a_text_of_worst_lines_is_read_whole():
    text = "\n".join(line[:2_000] for line in worst_inputs())
    assert read_escalation(text).lines
