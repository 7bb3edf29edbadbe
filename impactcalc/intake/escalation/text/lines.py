"""A line of the text: what was written, and the plain form that is searched."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.text.misread import entities, misread, unreadable
from impactcalc.intake.escalation.text.struck import struck_places
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

LONGEST_SEARCHED = 10_000  # characters; a longer line is nobody's sentence
_MANY = 5_000  # lines

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u2043\u2219\u22c5\u30fb", "\u2022"),
    **dict.fromkeys("\u25b8\u25ba\u25c6\u2666\u27a2\u27a4", "\u2022"),
    **dict.fromkeys("\u2192\u27f6\u21d2\u2794\u279c\u27a1", "\u2192"),
    **dict.fromkeys("\u0085\u2028\u2029\x0b\x0c", " "),
    "\u2044": "/",
    "\u3010": "[",
    "\u3011": "]",
    "\t": "\t",
}
_ESCAPE = 0x1B  # opens a terminal code
_BREAK = "\n"  # what <br> stands for inside a line


class Line(NamedTuple):
    """One line of the text.

    Parameters
    ----------
    number
        From 1.
    raw
        As written, without its line end.
    text
        The searched form: NFKC, straight quotes and hyphens, no emphasis marks, link brackets
        or invisible characters; ``<br>`` is a newline. Empty when the line is too long.
    origin
        For each character of `text` its index in `raw`; None when they are the same.
    hidden
        Code points of the invisible characters that `raw` holds.
    quoted
        How many mails ago it was written: the ``>`` before it, and the heads of forwarded mail
        above it. The marks are no part of `text`.
    level
        Level of the heading that a record makes of it; 0 when its words decide.
    struck
        Whether some of it was crossed out by its writer; that is no part of `text`.
    """

    number: int
    raw: str
    text: str
    origin: tuple[int, ...] | None = None
    hidden: tuple[int, ...] = ()
    quoted: int = 0
    level: int = 0
    struck: bool = False

    def unsearched(self) -> Line:
        """Give the line without searched words."""
        # Half a million lines: to replace one field of a plain line takes twice the time.
        if self.origin is None and not (self.hidden or self.quoted or self.level or self.struck):
            return Line(self.number, self.raw, "")
        return self._replace(text="")

    def excerpt(self, start: int, end: int) -> str:
        """Give the stretch of `raw` behind ``text[start:end]``: it occurs in the line."""
        if self.origin is None or end <= start:
            return self.raw[start:end]
        return self.raw[self.origin[start] : self.origin[end - 1] + 1]

    def written(self, start: int, end: int) -> str:
        """Give ``text[start:end]`` in the characters that the person wrote, marks left out."""
        if self.origin is None:
            return self.raw[start:end]
        kept = {
            i: " " if plain == _BREAK or self.raw.startswith(_BLANK, i) else self.raw[i]
            for i, plain in zip(self.origin[start:end], self.text[start:end], strict=True)
        }
        return "".join(kept.values())


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Split a text at its line ends (``\n``, ``\r\n``, ``\r``).

    Examples
    --------
    >>> [line.text for line in split_lines("Users:  ~\uff11\uff15\r\n**high** priority\n")]
    ['Users:  ~15', 'high priority', '']
    """
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    struck = struck_places(unified)
    plain = not struck and _is_plain(unified)
    lines = _plain_lines(unified) if plain else _lines(unified, struck)
    return (
        tuple(_aged(lines))
        if ">" in text or _FORWARDED.intersection(_hinted(text))
        else tuple(lines)
    )


# What opens an older mail below the newer one, in small letters, as mail programs write it.
_FORWARDED = frozenset(
    {
        "original message",
        "forwarded message",
        "begin forwarded",
        "urspr\u00fcngliche nachricht",
        "weitergeleitete nachricht",
        "message d'origine",
        "message transf\u00e9r\u00e9",
        "mensaje original",
    }
)


def _hinted(text: str) -> frozenset[str]:
    """Give the marks of forwarded mail that a text holds."""
    lower = text.lower()
    return frozenset(mark for mark in _FORWARDED if mark in lower)


def _aged(lines: Sequence[Line]) -> Iterator[Line]:
    """Count the quotation marks of each line and leave them out; count forwarding heads above."""
    forwarded = 0
    for line in lines:
        start = depth = 0
        words = line.text
        while words[start : start + 1] == ">" or words[start : start + 2] == " >":
            start, depth = words.index(">", start) + 1, depth + 1
        if depth:
            start += words[start : start + 1] == " "
            origin = line.origin or tuple(range(len(words)))
            line = line._replace(text=words[start:], origin=origin[start:])  # noqa: PLW2901 - the same line, unwrapped
        elif _FORWARDED.intersection(_hinted(words)):
            forwarded += 1
        yield line._replace(quoted=depth + forwarded) if depth + forwarded else line


def _is_plain(text: str) -> bool:
    """Whether every line of a text is searched as it is written."""
    shown = text.replace("\n", " ").replace("\t", " ")
    return shown.isascii() and shown.isprintable() and not _has_marks(shown)


def _plain_lines(text: str) -> list[Line]:
    """Build the lines of a plain text, which may be half a million: no step of ours a line."""
    numbered = [(number, raw.rstrip()) for number, raw in _numbered(text)]
    raws = [raw for _, raw in numbered]
    texts = raws
    if max(map(len, raws)) > LONGEST_SEARCHED:
        texts = ["" if len(raw) > LONGEST_SEARCHED else raw for raw in raws]
    if len(raws) > _MANY:  # a lone letter says nothing; half a million of them cost time
        texts = ["" if len(text) == 1 and text.isalpha() else text for text in texts]
    return list(map(Line, (number for number, _ in numbered), raws, texts))


def _lines(text: str, struck: Mapping[int, AbstractSet[int]]) -> list[Line]:
    """Build the lines of any text."""
    return [
        _line(number, raw, struck.get(number, frozenset())) if raw else Line(number, "", "")
        for number, raw in _numbered(text)
    ]


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    """Give the lines with their numbers; of blank ones in a row a huge text keeps one."""
    written = text.split("\n")
    if len(written) <= _MANY:
        return enumerate(written, 1)
    known = zip(written, ["x", *written], strict=False)
    return ((number, raw) for number, (raw, above) in enumerate(known, 1) if raw or above)


def _line(number: int, raw: str, struck: AbstractSet[int]) -> Line:
    """Build a line; the common case, plain ASCII without marks, costs next to nothing."""
    raw = raw.rstrip()
    if len(raw) > LONGEST_SEARCHED:
        return Line(number, raw, "")
    if struck:
        return _marked_line(number, raw, struck)._replace(struck=True)
    if raw.isascii() and raw.replace("\t", " ").isprintable() and not _has_marks(raw):
        return Line(number, raw, raw)
    if "\u00b7" in raw and _decimal_dot().search(raw):
        return _line(number, _decimal_dot().sub(".", raw), struck)._replace(raw=raw)
    return _marked_line(number, raw, struck)


def _marked_line(number: int, raw: str, struck: AbstractSet[int]) -> Line:
    """Build a line that holds marks, characters beyond ASCII, or struck text."""
    dropped, shown = _marks(raw)
    dropped |= struck
    shown |= {} if _VULGAR.keys().isdisjoint(raw) else _fractions(raw)
    shown |= {} if _WIDE.keys().isdisjoint(raw) else _wide_signs(raw)
    if not (dropped or shown):
        forms = [_plain(character) for character in raw]
        if "" not in forms and len(text := "".join(forms)) == len(raw):
            return Line(number, raw, text.rstrip())
    if not shown and raw.isascii() and raw.replace("\t", " ").isprintable():
        places = [index for index in range(len(raw)) if index not in dropped]
        text = "".join([raw[index] for index in places]).rstrip()
        return Line(number, raw, text, tuple(places[: len(text)]))
    characters: list[str] = []
    origin: list[int] = []
    hidden = [_ESCAPE] if chr(_ESCAPE) in raw else []
    for index, character in enumerate(raw):
        if index in dropped:
            continue
        plain = shown.get(index) or _plain(character)
        if not plain:
            hidden.append(ord(character))
        characters.extend(plain)
        origin.extend([index] * len(plain))
    text = "".join(characters)
    kept = len(text.rstrip())
    return Line(number, raw, text[:kept], tuple(origin[:kept]), tuple(dict.fromkeys(hidden)))


@cache
def _decimal_dot() -> re.Pattern[str]:
    """Compile a raised dot between digits: ``99\u00b79 %``."""
    return re.compile(r"(?<=[0-9])\u00b7(?=[0-9])")


_VULGAR = {"\u00bc": ".25", "\u00bd": ".5", "\u00be": ".75"}


@cache
def _vulgar_fraction() -> re.Pattern[str]:
    """Compile a fraction in one character, behind a digit or before a unit: ``4\u00bd s``."""
    return re.compile(
        r"(?P<whole>[0-9])?[\u00bc\u00bd\u00be]"
        r"(?(whole)|(?= ?(?:seconds?|minutes?|hours?|days?|weeks?|months?|million|[smh]|min)\b))"
    )


def _fractions(raw: str) -> dict[int, str]:
    """Give the decimal form of the characters that are a fraction: ``4\u00bd`` is 4.5."""
    return {
        match.end() - 1: ("" if match["whole"] else "0") + _VULGAR[raw[match.end() - 1]]
        for match in _vulgar_fraction().finditer(raw)
    }


_WIDE = {"\u301c": "-", "\uff5e": "-", "\uff1a": ": "}


@cache
def _wide_sign() -> re.Pattern[str]:
    """Compile the sign of a range between digits, and a colon right before words."""
    return re.compile(
        r"(?<=[0-9\uff10-\uff19])[\u301c\uff5e](?=[0-9\uff10-\uff19])|\uff1a(?=[^\s0-9\uff10-\uff19])"
    )


def _wide_signs(raw: str) -> dict[int, str]:
    """Give the plain form of East Asian signs by what stands beside them: ``0\u301c4 h``."""
    return {match.start(): _WIDE[match[0]] for match in _wide_sign().finditer(raw)}


_FORCED = "\\\\"  # a line break of Jira
_BLANK = "&nbsp;"  # a blank of HTML


def _has_marks(raw: str) -> bool:
    """Whether a line may hold emphasis, links or breaks."""
    return (
        ("&" in raw and ";" in raw)
        or "*" in raw
        or "''" in raw
        or "](" in raw
        or "[[" in raw
        or "<br" in raw
        or _FORCED in raw
        or "__" in raw
        or (" _" in raw and raw.count("_") > 1)
    )


@cache
def _plain(character: str) -> str:
    """Give the searched form of one character; empty for an invisible one."""
    if character in _PLAIN:
        return _PLAIN[character]
    by_category = {"Cc": "", "Cf": "", "Zs": " "}.get(unicodedata.category(character))
    if by_category is not None:
        return by_category
    form = unicodedata.decomposition(character)
    if form.startswith(("<super>", "<sub>")) and character.isdigit():
        return " "  # a footnote mark is no digit
    if form.startswith(("<super>", "<sub>", "<fraction>")):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return "".join(_PLAIN.get(one, one) for one in plain)


# Marks that are no part of the words, by the characters that each of them holds; what a group
# of the pattern takes in is kept.
_MARKS = {
    "*": r"(?:^|(?<=[\s(|\"]))\*{1,3}(?=\S)([^*]{1,300})(?<=\S)\*{1,3}(?![\w*])",
    " _": r"(?<=[\s(|\"])_(?=[^\s_])([^_]{1,300})(?<=[^\s_])_(?!\w)",
    "__": r"(?:^|(?<=[\s(|\"]))__(?=\S)([^_]{1,300})(?<=\S)__(?!\w)",
    "''": r"'{2,5}(?=[^'\s])(.{1,300}?)(?<=[^'\s])'{2,5}",
    "[[": r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]",
    "](": r"\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)",
    "\x1b": "\x1b\\[[0-9;?]{0,40}[@-~]",
}


@cache
def _mark_pattern(cue: str) -> re.Pattern[str]:
    """Compile one kind of mark."""
    return re.compile(_MARKS[cue])


@cache
def _break_pattern() -> re.Pattern[str]:
    """Compile the line break of HTML and wikis, and that of Jira.

    A path has none, and ``replace <br> by ...`` speaks of one.
    """
    return re.compile(
        r"(?i:<br ?/?>)(?! (?:by|with|in|from|tags?|and|or|as) )"
        r"|(?<![:\\])\\{2}(?=\s|\||$)|(?<=[\w.;)])\\{2}(?![a-z0-9_$\\])"
    )


def _spoilt(raw: str) -> Iterator[tuple[int, int, str]]:
    """Give the signs beside digits that were spoilt, and what they mean."""
    if "\u00c2" in raw or "\u00e2" in raw:
        yield from misread(raw)
    if "&" in raw and ";" in raw:
        yield from entities(raw)
    if not raw.isascii() or "\x08" in raw or "\x7f" in raw:
        yield from ((*span, "\ufffd") for span in unreadable(raw))


def _marks(raw: str) -> tuple[set[int], dict[int, str]]:
    """Find the characters of marks to be left out, and those that stand for others."""
    dropped: set[int] = set()
    shown: dict[int, str] = {}
    for pattern in map(_mark_pattern, (cue for cue in _MARKS if cue in raw)):
        for match in pattern.finditer(raw):
            kept = range(*match.span(1)) if pattern.groups else range(0)
            dropped.update(set(range(*match.span())) - set(kept))
    at = raw.find(_BLANK)
    while at >= 0:
        shown[at] = " "
        dropped.update(range(at + 1, at + len(_BLANK)))
        at = raw.find(_BLANK, at + 1)
    for start, stop, plain in _spoilt(raw):
        shown[start] = plain
        dropped.update(range(start + 1, stop))
    for match in _break_pattern().finditer(raw) if "<" in raw or _FORCED in raw else ():
        shown[match.start()] = _BREAK
        dropped.update(range(match.start() + 1, match.end()))
    return dropped, shown
