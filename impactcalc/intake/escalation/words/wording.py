"""The stems of words, so that ``compaction`` and ``compact`` are the same thing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

_IRREGULAR = {
    "sent": "send",
    "comparison": "compare",
    "comparisons": "compare",
    "built": "build",
    "written": "write",
    "frozen": "freeze",
    "unfrozen": "unfreeze",
    "taken": "take",
    "chosen": "choose",
    "brought": "bring",
    "bought": "buy",
    "found": "find",
    "held": "hold",
    "kept": "keep",
    "made": "make",
    "done": "do",
    "gone": "go",
    "ran": "run",
    "shed": "shed",
    "spread": "spread",
    "shut": "shut",
    "swept": "sweep",
    "drawn": "draw",
    "withdrawn": "withdraw",
    "given": "give",
    "shown": "show",
    "grown": "grow",
    "led": "lead",
    "met": "meet",
    "begun": "begin",
    "bound": "bind",
    "unbound": "unbind",
    "shrunk": "shrink",
    "won": "win",
    "hidden": "hide",
    "thrown": "throw",
    "laid": "lay",
    "paid": "pay",
    "sold": "sell",
    "left": "leave",
    "lent": "lend",
    "wound": "wind",
    "unwound": "unwind",
    "driven": "drive",
    "overridden": "override",
    "flown": "fly",
    "taught": "teach",
    "caught": "catch",
    "sought": "seek",
    "bent": "bend",
    "struck": "strike",
    "stuck": "stick",
    "slid": "slide",
    "undone": "undo",
    "wrote": "write",
    "froze": "freeze",
    "chose": "choose",
    "took": "take",
    "gave": "give",
    "drove": "drive",
    "broke": "break",
    "threw": "throw",
    "drew": "draw",
    "withdrew": "withdraw",
    "grew": "grow",
    "shrank": "shrink",
    "spoke": "speak",
    "rerun": "rerun",
    "woken": "wake",
    "broken": "break",
    "spoken": "speak",
    "overwritten": "overwrite",
    "spun": "spin",
    "dealt": "deal",
    "felt": "feel",
    "fed": "feed",
    "lit": "light",
    "cast": "cast",
    "put": "put",
    "told": "tell",
    "sped": "speed",
    "indices": "index",
    "conversion": "convert",
    "reversion": "revert",
    "removal": "remove",
    "approval": "approve",
    "renewal": "renew",
    "exclusion": "exclude",
    "inclusion": "include",
    "division": "divide",
    "revision": "revise",
    "diversion": "divert",
    "inversion": "invert",
    "transmission": "transmit",
    "submission": "submit",
    "closure": "close",
    "withdrawal": "withdraw",
    "sale": "sell",
    "retention": "retain",
    "maintenance": "maintain",
    "subscription": "subscribe",
    "resumption": "resume",
    "consumption": "consume",
    "clearance": "clear",
    "acceptance": "accept",
    "delivery": "deliver",
    "recovery": "recover",
    "discovery": "discover",
    "sync": "synchronise",
    "synced": "synchronise",
    "syncing": "synchronise",
    "resync": "resynchronise",
    "cleanup": "clean",
    "cleansing": "cleanse",
    "extraction": "extract",
    "delays": "delay",
    "analysis": "analyse",
    "analyses": "analyse",
    "replacement": "replace",
    "allocation": "allocate",
    "failover": "failover",
    "replay": "replay",
    "installation": "install",
    "purchase": "purchase",
    "isolation": "isolate",
    "rotation": "rotate",
    "separation": "separate",
    "db": "database",
    "config": "configuration",
    "prod": "production",
    "certificates": "certificate",
    "certs": "certificate",
    "cert": "certificate",
    "caches": "cache",
    "databases": "database",
    "nodes": "node",
    "queries": "query",
    "policies": "policy",
    "retries": "retry",
    "replicas": "replica",
    "expansion": "expand",
    "extension": "extend",
    "suspension": "suspend",
    "provision": "provide",
    "introduction": "introduce",
    "reduction": "reduce",
    "production": "production",
    "reproduction": "reproduce",
    "tests": "test",
    "news": "news",
    "series": "series",
    "dns": "dns",
    "access": "access",
    "process": "process",
    "class": "class",
    "address": "address",
}
_OF_VERBS = frozenset({"ed", "ing", "ings", "ment", "ments"})
_VERB_ENDINGS = ("ion", "ate", "er")
_PARTICLES = frozenset({"off", "on", "over", "back", "out", "up", "down", "in"})
_PARTICLE_VERBS = word_set(
    "fail roll turn switch shut set scale fall cut back clean clear hand bring take step build "
    "ramp spin phase warm lock log sign swap move push pull wind ship"
)
_STOPS = word_set(
    "a an the and or of to in on at for from with by as is are was were be been being has have had "
    "it its this that these those their our your they we he she all any each per into onto across "
    "during after before than then also now again still so such not no only more most other new "
    "there which who whom will would can could should may might must do does did if but yet very "
    "too about under over between both every some one two three"
)
_SHORTEST_STEM = 3
_VOWELS = frozenset("aeiouy")
_ENDINGS = (
    "izations",
    "isations",
    "ization",
    "isation",
    "ations",
    "ation",
    "ising",
    "ised",
    "ises",
    "ise",
    "izing",
    "ized",
    "izes",
    "ize",
    "ating",
    "ated",
    "ates",
    "ate",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ers",
    "ies",
    "ied",
    "ed",
    "er",
    "es",
    "al",
    "s",
    "e",
)


@cache
def _tokens() -> re.Pattern[str]:
    """Compile a word with digits and inner hyphens split off, or the number of a version."""
    return re.compile(r"[a-z\u00df-\u00ff]+[0-9]*|[0-9]+(?:\.[0-9]+)*")


@cache
def _prefix() -> re.Pattern[str]:
    """Compile a prefix with a hyphen: ``re-export`` is one word."""
    return re.compile(r"\b(re|pre|un|de|co|non)-(?=[a-z])")


@cache
def stem(word: str) -> str:
    """Give the stem of a word in small letters.

    Examples
    --------
    >>> {stem(w) for w in ("compact", "compaction", "compacted", "compacting")}
    {'compact'}
    >>> stem("indices") == stem("indexes"), stem("sent") == stem("sending"), stem("rolled")
    (True, True, 'rol')
    >>> stem("defragment") == stem("defragmentation") == stem("defragmented")
    True
    """
    word = _base_form(word)
    if word.removesuffix("s") in _VERBS_IN_MENT:
        return word.removesuffix("s")  # as "implemented" and "implementation" give it
    ending = _ending(word, _ENDINGS)
    word = word[: len(word) - len(ending)]
    if ending in _OF_VERBS:  # what is left is a verb: "deliver|ed", "partition|ing"
        word = _undoubled(word)
        word = word[: len(word) - len(_ending(word, _VERB_ENDINGS))]
    word = _undoubled(word)
    while word.endswith(("e", "i", "y")) and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    return _undoubled(word)


_VERBS_IN_MENT = frozenset(
    {"implement", "segment", "fragment", "defragment", "instrument", "supplement"}
    | {"increment", "experiment", "augment", "comment"}
)


def _base_form(word: str) -> str:
    """Give the base of an irregular form, with ``re`` before it, too: ``redelivery``."""
    if word.endswith(("ification", "ifications")):
        return word[: word.index("ification")] + "ify"
    if word.endswith("ally") and len(word) > _ALLY:
        return word[:-2]
    again = word[2:] if word.startswith("re") else ""
    return _IRREGULAR.get(word) or ("re" + _IRREGULAR[again] if again in _IRREGULAR else word)


_ALLY = 6  # letters of the shortest adverb: "locally" is "local"


def _ending(word: str, endings: tuple[str, ...]) -> str:
    """Give the ending that a word loses; it keeps three letters with a vowel."""
    for ending in endings if word.endswith(endings) else ():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            if not _VOWELS.isdisjoint(word[: -len(ending)]):
                return ending
    return ""


def _undoubled(word: str) -> str:
    """Leave out the last of two equal consonants."""
    doubled = len(word) > _SHORTEST_STEM - 1 and word[-1] == word[-2] and word[-1] not in "aeiou"
    return word[:-1] if doubled else word


def plain_tokens(text: str) -> list[str]:
    """Cut a text into small-letter words as they stand: one for each of ``split_words``."""
    lower = text.lower()
    if "-" in lower:
        lower = _prefix().sub(r"\1", lower)
    return _tokens().findall(lower)


def split_words(text: str) -> list[str]:
    """Cut a text into small-letter words; a verb and its particle become one more word.

    Examples
    --------
    >>> split_words("Roll back the firmware")
    ['rollback', 'back', 'the', 'firmware']
    """
    words: list[str] = []
    tokens = plain_tokens(text)
    for word, following in zip(tokens, [*tokens[1:], ""], strict=False):
        verb = words and word in _PARTICLES and _base(words[-1]) in _PARTICLE_VERBS
        if verb and not (word in _DATING and following[:3] in _DAYS):
            words[-1] = _base(words[-1]) + word
        words.append(word)
    if len(words) > _APART and _base(words[0]) in _PARTICLE_VERBS:
        words[0] = _base(words[0]) + _particle_apart(words)
    return words


def _particle_apart(words: Sequence[str]) -> str:
    """Give the particle that stands behind the object: ``roll the release back to 2.4``."""
    for at, word in enumerate(words[_APART:], start=_APART):
        ends = at + 1 == len(words) or (word in _ADVERBS and words[at + 1] in _BEHIND)
        if word in _PARTICLES and ends and _base(words[at - 1]) not in _PARTICLE_VERBS:
            return word
    return ""


_ADVERBS = frozenset({"back", "off", "over", "up", "down"})
_BEHIND = word_set("to from at for until by in on and since")


_DATING = frozenset({"on", "in"})
_DAYS = word_set("mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec")
"""Beginnings of days and months: ``swapped on Monday`` has no particle."""
_APART = 2  # words of a verb and a particle with nothing between them


@cache
def _base(word: str) -> str:
    """Give the verb of a form that may take a particle: ``rolled`` -> ``roll``."""
    return word if word in _PARTICLE_VERBS else _verb_by_stem().get(stem(word), word)


@cache
def _verb_by_stem() -> dict[str, str]:
    """Give the verbs that may take a particle by their stems."""
    return {stem(verb): verb for verb in _PARTICLE_VERBS}


def stems(text: str) -> list[str]:
    """Give the stems of the words that carry meaning, in order."""
    return stems_of(split_words(text))


def stems_of(words: Sequence[str]) -> list[str]:
    """Give the stems of those of some small-letter words that carry meaning, in order."""
    return [stem(word) for word in words if word not in _STOPS and len(word) > 1]
