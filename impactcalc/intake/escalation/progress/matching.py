"""The match between a clause and the action of the plan that it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.states.said import is_participle
from impactcalc.intake.escalation.states.states import STATE_CUES
from impactcalc.intake.escalation.words.verbs import kinship, of_kind
from impactcalc.intake.escalation.words.vocabulary import DIGITS, may_hold, word_set
from impactcalc.intake.escalation.words.wording import plain_tokens, stem, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from impactcalc.intake.escalation.plan.stages import Action


_TRY = "test"
_STRONG = 1.5
_TELLING = 0.3  # two telling words among up to six
_HALF = 0.5
_SHORT = 2  # words of meaning in a clause that can speak of one thing only
_RARE = {1: 1.0, 2: 0.6}
_COMMON = 0.35
_WIDEST = 50  # actions; a stem that more of them hold points to none


class Matcher:
    """Finds the action that a clause speaks of, by the stems that they share.

    Parameters
    ----------
    actions
        All actions of the plan: a stem that many of them hold tells little.
    """

    def __init__(self, actions: Sequence[Action]) -> None:
        self._actions = actions
        self._core = {id(action): _core(action.text) for action in actions}
        self._means = {id(action): _means(action.text) for action in actions}
        self._way = {id(action): _way(action.text.lower()) for action in actions}
        self._stems = {id(action): list(dict.fromkeys(stems(action.text))) for action in actions}
        told_once = {action.text: self._stems[id(action)] for action in actions}
        counts = Counter(word for words in told_once.values() for word in words)
        self._weights = {word: _RARE.get(count, _COMMON) for word, count in counts.items()}
        self._holders: dict[str, list[int]] = {}
        for number, action in enumerate(actions):
            for word in self._stems[id(action)]:
                if counts[word] <= _WIDEST:
                    self._holders.setdefault(word, []).append(number)

    def _content(self, spoken: Sequence[str], *, tried: bool) -> list[str]:
        """Leave out of stems what only tells a state; what was tested is no test to be done."""
        return [
            word
            for word in spoken
            if (word in self._weights or not (word in _state_stems() or word[0].isdigit()))
            and not (tried and word == _TRY)
        ]

    def stems_of(self, action: Action) -> list[str]:
        """Give the stems of an action, its verb first."""
        return self._stems[id(action)]

    def quotes(self, lower: str) -> bool:
        """Whether the markup of a statement is that of an action: ``delete </td><script>``."""
        if "<" not in lower:
            return False
        tags = {tag for one in self._actions for tag in _tag().findall(one.text.lower())}
        return any(tag in tags for tag in _tag().findall(lower))

    def _same(self, near: Iterable[int], words: str) -> list[Action]:
        """Give actions by number; ``autoclave A is repaired`` tells nothing of autoclave B."""
        actions = [self._actions[number] for number in sorted(near)]
        named = _numbered_things(words)
        return [
            action
            for action in actions
            if not named
            or all(
                named.get(thing, sign) == sign
                for thing, sign in _numbered_things(action.text.lower()).items()
            )
        ]

    def topic(self, words: str) -> Action | None:
        """Find the one action that a question names by any of its words."""
        spoken = frozenset(stems(words))
        found = {number for word in spoken for number in self._holders.get(word, ())}
        return self._actions[found.pop()] if len(found) == 1 else None

    def match(self, words: str, before: str | None = None) -> tuple[Action | None, bool]:
        """Find the action that a clause speaks of, and whether there is no doubt.

        Parameters
        ----------
        words
            The clause.
        before
            The clause before, which named another action: then words that only tell where, or of
            what, an action is do not name it.
        """
        words = _without_means(words)
        spoken = list(dict.fromkeys(stems(_without_somebody(words))))
        near = {number for word in spoken for number in self._holders.get(word, ())}
        if not near:
            return None, False
        tried = " tested" in words and " test " not in words
        content = self._content(spoken, tried=tried)
        symptoms = not _symptom_stems().isdisjoint(content)
        best: tuple[bool, float, float, float, Action] | None = None
        for action in self._same(near, words):
            known = self.stems_of(action)
            if _versions(known) and _versions(spoken) and _versions(known).isdisjoint(spoken):
                continue  # "version 6.3 is everywhere" tells nothing of 6.2
            said = spoken if known[0] == _TRY or not tried else content
            shared = [word for word in known if word in said]
            alike = known[0] not in shared and any(
                kinship(word) & kinship(known[0]) for word in content
            )
            strength = sum(self._weights[word] for word in shared)
            strength += alike * min(_RARE[2], self._weights[known[0]])
            done = known[0] in shared or alike
            if symptoms and not done and not _symptom_stems() & frozenset(shared):
                continue  # "connection errors are gone" tells nothing of the connection limit
            sure = _is_clear(strength, content, known, [known[0], *shared] if alike else shared)
            if not sure and not (strength >= 1 and _is_subject(content, shared)):
                continue
            foreign = len(content) > 1 or (before is not None and not _continues(before, known))
            if shared == known[:1] and foreign and _is_told_of(words, known[0]):
                continue  # "the customer has agreed" tells of no agreement with another
            if len(shared) == 1 and not done and _opens_other_name(words, shared[0]):
                continue  # "the ticket office is open" tells nothing of the ticket machine
            few = (before is not None or len(shared) == 1) and not _versions(shared)
            way = self._way[id(action)]
            few = few and not (way.issuperset(content) and _in_use() & way.intersection(spoken))
            means = not done and self._means[id(action)].issuperset(shared)
            if means or (few and not done and self._core[id(action)].isdisjoint(shared)):
                continue  # "sale rooms 1 to 5 are finished" tells of no "relay per sale room"
            place = -min(content.index(word) for word in shared if word in content)
            coverage = strength / sum(self._weights[word] for word in known)
            if best is None or (sure, strength, place, coverage) > best[:4]:
                best = (sure, strength, place, coverage, action)
        return (best[4], best[0]) if best else (None, False)


@cache
def _tag() -> re.Pattern[str]:
    """Compile a tag of markup."""
    return re.compile(r"<[^<>]{1,60}>")


def _numbered_things(words: str) -> dict[str, str]:
    """Give the number or letter behind each thing that has one alone: ``autoclave B``."""
    found: dict[str, str] = {}
    numbered = any(map(_may_number, words.split(" ")[1:]))
    for match in _numbered_thing().finditer(words) if numbered else ():
        found.setdefault(stem(match[1]), match[2])
    return found


def _may_number(word: str) -> bool:
    """Whether a word may be the number or letter of a thing, with a mark behind it."""
    return word[:1] in DIGITS or not word[1:2].isalnum()


@cache
def _numbered_thing() -> re.Pattern[str]:
    """Compile a thing with its number or letter, no count and no range."""
    return re.compile(
        r"\b(?!(?:at|by|on|of|to|in|for|the|and|from|until|after|least|most|about|under|over|day|"
        r"days|may|march|june|july|april|phase|stage|step)\b)([a-z]{4,}) "
        r"([b-z]|a(?= (?:is|was|has)\b|[:,.]|$)|[0-9]{1,3})"
        r"(?=$|[.,;)]? (?!of\b|to\b|and\b|or\b|-|out\b|more\b|times\b|"
        r"(?!(?:is|was|has)\b)[a-z]+s\b))"
    )


def _opens_other_name(words: str, word: str) -> bool:
    """Whether a word is only the first of a name, of which something is said: ``ticket office``."""
    tokens = plain_tokens(words)
    for one, name, verb in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if stem(one) == word and verb in _AUXILIARIES:
            return name.isalpha() and not (
                name in _AUXILIARIES
                or name in _WORKS
                or name.endswith(("ed", "ing", "ly", "ion", "ment"))
                or kinship(stem(name))
                or not stems(name)
                or stem(name) in _state_stems()
            )
    return False


_WORKS = word_set(
    "change work works job task fix swap step part side switch project rollout effort "
    "backlog contents content entries records"
)
_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "will"})


def _without_somebody(words: str) -> str:
    """Leave out who does it, and call a contract by its one name."""
    if "the agreement " in words and "the agreement with " not in words:
        words = words.replace("the agreement ", "the contract ")  # signed, not being agreed
    if "work" in words:
        words = re.sub(r"\bwork(?:s|ed|ing)? (?=on\b)", "", words)  # no worker
    named = may_hold(words.lower(), ("ing the ", "ing our ", "ing a ", "ing an "))
    return _somebody_does().sub("", words) if named else words


def _without_means(words: str) -> str:
    """Leave out what does the work for somebody: ``the script for stale rows is prepared``."""
    return _means_for().sub("", words) if " for " in words else words


@cache
def _means_for() -> re.Pattern[str]:
    """Compile what does the work: ``the script for``."""
    return re.compile(
        r"^\W*(?:the |a |our )?(?:script|job|procedure|runbook|tool|macro|query|batch) for "
    )


@cache
def _somebody_does() -> re.Pattern[str]:
    """Compile who does it: ``Nina is testing``."""
    return re.compile(
        r"^\W*[a-z]+ (?:is|are) (?:now |still )?[a-z]+ing (?=(?:the|our|a|an) )", re.IGNORECASE
    )


def _core(text: str) -> frozenset[str]:
    """Give the stems of an action up to where it tells of what or where: its verb and object.

    What is to stand in the place of another thing is an object, too.
    """
    if stem(text.lower().partition(" ")[0]) in of_kind("replace"):
        return frozenset(stems(text))
    parts = _preposition().split(f"{_measured(text.lower())} ", maxsplit=1)
    core = stems(parts[0])
    return frozenset(core if len(core) > 1 else stems(text))


_GIVING = ("give ", "ship ", "grant ", "lend ", "offer ", "hand ", "assign ")


@cache
def _to_whom() -> re.Pattern[str]:
    """Compile to whom an action gives something: ``give every grid operator a queue``."""
    return re.compile(
        rf"(?:{'|'.join(_GIVING)})"
        r"((?:every|each|all|both) (?:[a-z-]+ ){1,3}?)(?:an?|its|their|one) "
    )


def _means(text: str) -> frozenset[str]:
    """Give the stems of what an action restores things from, or to whom it gives one.

    The first may be ready before that, the others may be spoken of for other reasons.
    """
    given = _to_whom().match(text.lower()) if text.lower().startswith(_GIVING) else None
    if given is not None:
        return frozenset(stems(given[1]))
    if stem(text.lower().partition(" ")[0]) not in of_kind("restore") | of_kind("rebuild"):
        return frozenset()
    parts = text.lower().split(" from ", maxsplit=1)
    return frozenset(stems(" ".join(parts[1:]))) - frozenset(stems(parts[0]))


def _way(text: str) -> frozenset[str]:
    """Give the stems of the way on which an action sends a thing, with words of use.

    ``fax is live`` tells of ``send the warnings by fax``, if nothing else is spoken of.
    """
    if not text.startswith(_SENDING) or " by " not in text:
        return frozenset()
    return frozenset(stems(text.rpartition(" by ")[2])) | _in_use()


_SENDING = (
    "send ",
    "deliver ",
    "route ",
    "transmit ",
    "report ",
    "hand ",
    "forward ",
    "distribute ",
)


@cache
def _in_use() -> frozenset[str]:
    """Give the stems of words that say that something is used."""
    return frozenset(stems("live use used running works working active"))


def _measured(text: str) -> str:
    """Leave out what only measures a thing: ``raise the number of clerks``."""
    return _measure().sub("", text) if " of " in text else text


@cache
def _measure() -> re.Pattern[str]:
    """Compile what only measures a thing."""
    return re.compile(r"\b(?:number|amount|count|size|rest|set|share) of ")


@cache
def _preposition() -> re.Pattern[str]:
    """Compile what parts an action's verb and object from what tells of where or what."""
    return re.compile(
        r" (?:per|for|at|in|on|of|from|to|with|by|into|onto|across|during|without|between|before|"
        r"after) "
    )


def _is_clear(
    strength: float, content: Sequence[str], known: Sequence[str], shared: Sequence[str]
) -> bool:
    """Whether the shared words leave no doubt that a clause speaks of an action."""
    if not shared:
        return False
    if _versions(shared):
        return True
    if known[0] in shared and len(shared) > 1 and set(content) <= set(shared):
        return True  # its verb and what is worked on, and nothing else: "till correction"
    part = len(shared) / max(1, len(content))
    if strength >= _STRONG and len(shared) > 1:
        return part >= _TELLING
    return strength >= 1 and part >= _HALF and (known[0] in shared or len(content) <= _SHORT)


def _versions(words: Sequence[str]) -> frozenset[str]:
    """Give the numbers of versions among some words: ``6.2.1``."""
    return frozenset(word for word in words if "." in word)


def _continues(before: str, known: Sequence[str]) -> bool:
    """Whether the clause before names what a lone verb is about: ``the import: stopped``."""
    return not frozenset(known[1:]).isdisjoint(stems(before))


def _is_told_of(words: str, verb: str) -> bool:
    """Whether a verb stands in its past form, and not as the noun of the action: ``the cap``."""
    return any(
        is_participle(word) and stem(word) == verb and f"the {word} " not in f"{words} "
        for word in plain_tokens(words)
    )


def _is_subject(content: Sequence[str], shared: Sequence[str]) -> bool:
    """Whether the shared word opens the clause, among few others: ``Hotfix live in the west``."""
    return content[:1] == shared[:1] and len(content) <= _SHORT + 1


@cache
def _symptom_stems() -> frozenset[str]:
    """Give the stems of words that tell how it looks, not what was done."""
    words = (
        "error timeout latency failure complaint alert alarm issue problem outage exception crash "
    )
    moods = "satisfied happy angry pleased disappointed"
    return frozenset(stems(f"{words}symptom spike slowness {moods}"))


@cache
def _state_stems() -> frozenset[str]:
    """Give the stems of words that tell a state, so that they are no subject."""
    keep = {"test", "review", "deploy", "clos", "drop", "activ", "schedul", "run", "batch", "roll"}
    times = (
        "since noon midnight night morning evening afternoon today yesterday monday tuesday "
        "wednesday thursday friday saturday sunday january february march april june july august "
        "september october november december utc cet pm am off on out up down back where stays "
        "far yet ok okay yes hi also good staging sandbox lab two three four five six seven eight "
        "nine ten"
    )
    return frozenset(
        set(stems(" ".join((*STATE_CUES, times)))) - keep - {stem("rolled"), stem("work")}
    )
