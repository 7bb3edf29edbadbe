"""Records: dumps, forms and tables whose fields stand in a shape of their own.

Each style of record is recognised by its shape in several lines, and its lines are composed anew
in the one form that all later rules understand: ``label: value``, headings, and lists of actions.
What was written, and its place, stays known of every character. A style is loaded only when a
text may hold it.
"""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise, starmap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from impactcalc.intake.escalation.text.lines import Line

_FEWEST = 3  # lines with the sign of a style
_LEADERS = (">", "\u2192", "::", "*+", "* ", "|")
_ARROWS = ("->", "=>", "\u2192")
_MARKS = frozenset("-*#|=+[\u2022~_0123456789")
_WORDS = 6  # before an equals sign
_SHORT = 60  # characters
_WORK = ("action", "task", "step", "measure", "what", "activity", "work")
_TURNS = 6  # lines that make a talk
_HANGING = 8  # blanks before what hangs below a value
_INDENT = 5  # blanks before what stands below an action
_SAME = ('"  ', "''  ", '" |', "ditto", " do. ", ",,", "\u3003")
_BOXES = ("[ ", "[x", "[X", "( )", "(x)", "(X)", "\u2610", "\u2611", "\u2612", "ed out")


def unfolded(lines: Sequence[Line]) -> Sequence[Line]:
    """Compose the lines of records anew; all others stay as they are.

    Parameters
    ----------
    lines
        The lines of a text.

    Returns
    -------
    Sequence of Line
        Several of them may stand on the same line of the text.
    """
    for style in _styles(lines):
        written: Callable[[Sequence[Line]], Sequence[Line]] = getattr(
            import_module(f"{__name__}.{style}"), f"with_{style}"
        )
        lines = written(lines)
    return lines


def folded(lines: Sequence[Line], plain: Sequence[Line]) -> frozenset[int]:
    """Give the numbers of the lines that have no words of their own any more."""
    if plain is lines:
        return frozenset()
    kept = {line.number for line in plain if line.text}
    return frozenset(line.number for line in lines if line.text and line.number not in kept)


def _styles(lines: Sequence[Line]) -> Iterator[str]:
    """Name the styles that a text may hold, by signs that cost next to nothing to look for."""
    texts = [line.text for line in lines]
    yield from (style for style, may_hold in _SIGNS if may_hold(texts))


_SIGNS: tuple[tuple[str, Callable[[Sequence[str]], bool]], ...] = (
    (
        "hanging",
        lambda texts: any(text[:_HANGING].isspace() or text[:1] == "\t" for text in texts),
    ),
    ("cases", lambda texts: any(map(_may_head_cases, texts))),
    ("forms", lambda texts: sum(map(_may_be_field, texts)) > _FEWEST),
    ("turns", lambda texts: sum(map(_may_speak, texts)) >= _TURNS),
    ("continued", lambda texts: any(map(_may_continue, texts))),
    ("keyed", lambda texts: sum(text.count("=") > 1 for text in texts) > 1),
    (
        "assignments",
        lambda texts: (
            sum(map(_may_assign, texts)) >= _FEWEST
            or any(text.count("=") > 1 and "=" not in text[:1] for text in texts)
        ),
    ),
    (
        "trees",
        lambda texts: sum(map(_may_be_named, texts)) >= _FEWEST or any(map(_may_be_map, texts)),
    ),
    ("stanzas", lambda texts: sum(map(_may_act, texts)) > 1),
    ("markup", lambda texts: any("</" in text for text in texts)),
    (
        "outlines",
        lambda texts: any(text[:3] == "** " or ".. list-table" in text for text in texts),
    ),
    ("framed", lambda texts: any(text.lstrip()[:3] in {"+--", "+=="} for text in texts)),
    ("numbered", lambda texts: sum(map(_is_numbered, texts)) > _FEWEST),
    ("coded", lambda texts: sum(map(_may_be_coded, texts)) >= _FEWEST),
    ("asked", lambda texts: sum(text[:2] in {"Q.", "Q:"} for text in texts) >= _FEWEST),
    ("threads", lambda texts: any(_has(text, ("\u21b3", ":one:")) for text in texts)),
    ("gapped", lambda texts: sum(map(_is_listed, texts)) >= _FEWEST - 1),
    ("banded", lambda texts: any(map(_may_band, texts))),
    ("boxes", lambda texts: any(_has(text, _BOXES) for text in texts)),
    (
        "leaders",
        lambda texts: (
            sum(_has(text, _LEADERS) for text in texts) >= _FEWEST
            or any(_has(text, _ARROWS) for text in texts)
        ),
    ),
    ("overhead", lambda texts: any(map(_may_head, texts))),
    ("pairs", lambda texts: any(map(_may_pair, texts))),
    (
        "delimited",
        lambda texts: (
            any(sum(mark in text for text in texts) > 1 for mark in ";\t|")
            or sum(map(_has_cells, texts)) > 1
        ),
    ),
    ("ruled", lambda texts: any("-- " in text or "== " in text for text in texts)),
    ("aligned", lambda texts: sum("   " in text.strip() for text in texts) > 1),
    ("terms", lambda texts: any(starmap(_may_be_term, pairwise(texts)))),
    ("stacked", lambda texts: sum(map(_is_short, texts)) > _FEWEST),
)
"""Each style with the question whether a text may hold it."""


def _may_speak(text: str) -> bool:
    """Whether a line may open with who speaks, in a column of their own."""
    return text[:1].isupper() and _has(text[:_SHORT], ("  ", "\t"))


def _may_head_cases(text: str) -> bool:
    """Whether a line may name this case and others side by side."""
    if "|" not in text and "  " not in text.strip():
        return False
    lower = text.lower()
    return _has(lower, _OWN) and _has(lower, _CASES)


_CASES = (
    "(last ",
    "(closed",
    "incident",
    "case",
    "outage",
    "escalation",
    "event",
    "ticket",
    "disruption",
    "failure",
)
_OWN = ("this ", "current", "present ", "ongoing", "new ", "today's ", "(open")


def _may_be_field(text: str) -> bool:
    """Whether a line may be a numbered field of a form."""
    words = text.lstrip()
    return words[:1].isdigit() and "  " in words


def _may_continue(text: str) -> bool:
    """Whether a line may stand below a cell of the row above, or say that it is the same."""
    return text[:_INDENT].isspace() or _has(text, _SAME)


def _may_assign(text: str) -> bool:
    """Whether a few words and an equals sign open a line."""
    head, equals, _ = text.partition("=")
    return bool(equals) and 0 < len(head.split()) <= _WORDS


def _may_pair(text: str) -> bool:
    """Whether a gap, a bar or two slashes may part the fields of a line."""
    inner = text.strip(" \t|")
    if ": " in inner and _has(inner, (" - ", " / ")):
        return True
    return _has(inner, ("   ", "\t", " | ", " \u2022 ")) or inner.count(" / ") > 1


def _may_head(text: str) -> bool:
    """Whether a line may be labels side by side: no figure in it, and gaps between its words."""
    return "  " in text.strip() and text.replace(" ", "").replace(":", "").isalpha()


def _may_band(text: str) -> bool:
    """Whether a line may name the columns of a table of actions."""
    lower = text.lower()
    return _has(lower, _WORK) and _has(text, ("  ", "|", ";", "\t"))


def _has_cells(text: str) -> bool:
    """Whether a comma stands in a line that parts neither words nor digits."""
    for left, right in pairwise(text.split(",")):
        if right[:1] not in {"", " "} and not (left[-1:].isdigit() and right[:1].isdigit()):
            return True
    return False


def _may_be_term(above: str, text: str) -> bool:
    """Whether an indented line may be the window of the few words above it."""
    if text[:1] not in {" ", "\t"} or not (_is_short(above) and len(text) < _SHORT):
        return False
    first = text.lstrip()[:1]
    return above[:1].isalpha() and first not in {"-", "*"} and any(map(str.isdigit, text))


def _is_short(text: str) -> bool:
    """Whether a line is a few words without a colon: it may be a label, or a value."""
    words = text.strip()
    return bool(words) and len(words) < _SHORT and ":" not in text and words[0] not in _MARKS


def _has(text: str, signs: Sequence[str]) -> bool:
    """Whether any of the signs stands in a text."""
    return any(map(text.__contains__, signs))


def _may_be_named(text: str) -> bool:
    """Whether a line may open with a name as programs write it: small letters, or quoted."""
    head = text.partition(":")[0].lstrip(" \t-{")
    first = head[:1]
    return len(head) < len(text) and (first in {'"', "'"} or (first.islower() and " " not in head))


def _may_be_map(text: str) -> bool:
    """Whether a line may be a map in braces, or a list of them."""
    return "{" in text and ":" in text and text.lstrip(" \t-[")[:1] == "{"


def _may_act(text: str) -> bool:
    """Whether a line may be a field whose name says that its value is done: ``Actions:``."""
    head, colon, rest = text.partition(":" if ":" in text else "=")
    if not colon:
        return False
    name = head.lstrip(" \t-*").lower()
    return (
        "_actions:" in text.lower()
        or name.startswith(_ACTING)
        or name.endswith(("_actions", ".actions"))
        or (": " in rest and _has(rest.lower(), _INNER))
    )


_INNER = tuple(f" {name}:" for name in ("actions", "action", "tasks", "task", "what", "do"))
_ACTING = ("action", "activ", "task", "step", "measure", "do", "todo", "what", "item", "work")


def _is_numbered(text: str) -> bool:
    """Whether a line may open with the number of a section before a gap, or with its letter."""
    first = text[:1]
    gap = "  " in text[1:6]
    dotted = text[1:3] in {". ", ") "}
    return (first.isdigit() and (gap or dotted)) or (first.isupper() and (gap or text[1:2] == "."))


def _may_be_coded(text: str) -> bool:
    """Whether a line may hold the code of an action: ``D3.1 ``, ``[2] ``, ``H1(i) ``."""
    words = text.lstrip()
    if words[:1] == "[":
        return words[1:2].isdigit() and "]" in words[2:4]
    return "(i)" in words or (words[:1].isupper() and words[1:2].isdigit() and "." in words[2:4])


def _is_listed(text: str) -> bool:
    """Whether a line opens with a number of a list and has a gap, or has a list behind one."""
    words = text.lstrip()
    if _has(words, ("  - ", "  * ", "  \u2022 ")):
        return True
    return words.lstrip("(")[:1].isdigit() and words[1:4].find(")") >= 0 and "   " in words
