"""The language of a text: whether it is one that the reader's words are of."""

from __future__ import annotations

import unicodedata
from collections import Counter

from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import word_set

_ENGLISH = word_set(
    "the and is are was of to in for on with not at by from be has have this that it we they "
    "per customer status priority impact plan action users risk day hours"
)
_SEARCHED = 20_000  # characters
_FEWEST = 25  # words; fewer tell no language
_LEAST = 0.04  # share of English words; a mail of names and numbers still has more
_HALF = 0.5
_ASCII = 128
_DOUBTFUL = 0.15  # below this share of English words another language may have more
_FEW = 3  # words of another language; two may be a name


def _script(text: str) -> str:
    """Name the script of most letters, if it is not the Latin one; empty when it is."""
    scripts = Counter(
        unicodedata.name(character, "?").split()[0]
        for character in text
        if ord(character) >= _ASCII and character.isalpha()
    )
    scripts.pop("LATIN", None)
    letters = sum(character.isalpha() for character in text)
    if sum(scripts.values()) <= _HALF * letters:
        return ""
    return max(scripts, key=lambda name: scripts[name])


def _other_language(words: list[str], known: int) -> str:
    """Name the language that has more of the words than English has; empty when none has."""
    from impactcalc.intake.escalation.words.languages import function_words

    shares = {
        name: sum(word in small for word in words) for name, small in function_words().items()
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _FEW and shares[best] > known else ""


def foreign(text: str) -> str:
    """Tell why a text is in no language that is read; empty when it is English, or too short.

    Parameters
    ----------
    text
        The whole text; its beginning decides.

    Examples
    --------
    >>> foreign("The portal is down for 40 users of the bank.")
    ''
    >>> foreign("Das Portal ist seit gestern sehr langsam, 40 Benutzer der Bank sind betroffen.")
    'the text reads as German, only English is read'
    """
    start = text[:_SEARCHED]
    script = "" if start.isascii() else _script(start)
    if script:
        return f"the text is written in {script.capitalize()} letters, only English is read"
    words = [word for word in word_pattern().findall(start.lower()) if len(word) > 1]
    known = sum(word in _ENGLISH for word in words)
    if known >= _DOUBTFUL * len(words):
        return ""
    language = _other_language(words, known)
    if language:
        return f"the text reads as {language}, only English is read"
    if len(words) < _FEWEST or known >= _LEAST * len(words):
        return ""
    return "the text is not in English, which is read only"
