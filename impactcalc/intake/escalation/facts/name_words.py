"""Whether words may be the name of a house: no sentence, no label, no product, no address."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.houses import KINDS_OF_TEXT, is_house, is_public
from impactcalc.intake.escalation.facts.no_names import is_no_house
from impactcalc.intake.escalation.structure.speakers import VERBS
from impactcalc.intake.escalation.words.labels import field_of
from impactcalc.intake.escalation.words.sections import Topic, topic_of
from impactcalc.intake.escalation.words.untold import is_untold
from impactcalc.intake.escalation.words.verbs import VERBS as WORK_VERBS
from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ACRONYM = 5
_SHORTEST_NAME = 3  # letters of a name of one word: "IT" is none
_HEADING_WORDS = 2  # a name of more words is a name although one of them heads sections


NOT_LAST = word_set(
    "api apis cluster service services platform portal system systems database gateway server app "
    "application engineer engineers manager managers team director lead officer desk support "
    "helpdesk operations engineering status plan impact summary notes utc cet cest gmt "
    "caller reporter requester contact author owner assignee contain home customers clients "
    "accounts wiki space spaces teams channel channels project projects"
)
"""Last words of what is a product, a role or a heading, and no customer."""


CALENDAR = word_set(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep "
    "sept oct nov "
    "dec mon tue wed thu fri sat sun q1 q2 q3 q4 christmas easter"
)


_JOINTS = word_set("of and the de la le du van von der den & und et y e")


def _is_acronym(word: str) -> bool:
    """Whether a word is short and in capitals: ``NOC``, ``EMEA``."""
    return word.isupper() and len(word) <= _LONGEST_ACRONYM


def _is_common(words: Sequence[str]) -> bool:
    """Whether words name a product, a role or a heading: ``IT``, ``Payments API``."""
    last = words[-1].lower().strip(".,:;")
    if len(words) == 1 and (len(last) < _SHORTEST_NAME or _is_acronym(words[0])):
        return True
    if len(words) > 1 and (last in _PRODUCTS or last in _STREETS):
        return True
    return last in NOT_LAST and len(words) <= _HEADING_WORDS


_PRODUCTS = word_set("api apis platform portal database cluster gateway server backend webshop")
"""Last words that no house bears, however long the name: ``Parcel Tracking Portal``."""
_STREETS = word_set("street road lane avenue row drive terrace strasse stra\u00dfe weg allee rue")
"""Last words of an address: ``Old Mill Lane``."""
_POINTING = word_set("here there that this these those it what so he she they we you i")
"""Words that open a sentence and point at something."""


_SMALL = frozenset({"OF", "THE", "ON", "TO", "FROM", "FOR", "WITH", "BY"})


def _is_no_name(part: str, words: Sequence[str]) -> bool:
    """Whether words point at something, or are a title in capitals: ``RECORD OF PROCEEDINGS``."""
    if is_untold(part) or (part.isupper() and not _SMALL.isdisjoint(words)):
        return True
    if words[-1].lower().strip(".,") in _FAULTS:
        return True  # "Disk Failure"
    if words[0].lower() in _GROUNDS and not is_house(part):
        return True  # "Warehouse Berlin", "Ward Seven"
    if not _HAPPENING.isdisjoint(part.lower().split()):
        return True  # "Data Loss After Upgrade"
    if len(words) > 1 and words[0].lower() in WORK_VERBS and not is_house(part):
        return True  # "Drain Node A"
    return len(words) == 1 and part.lower().partition("'")[0] in _POINTING | _COLUMNS | VERBS


_FAULTS = word_set(
    "failure failures outage outages crash crashes loss error errors slowness delay delays problem "
    "problems issue issues incident incidents fault faults breach degradation unavailable down "
    "timeout timeouts latency leak disruption interruption complaint complaints alert alerts alarm"
)
"""Last words of a title that tells what happens, and of no house."""
_GROUNDS = word_set(
    "warehouse depot plant site building hall terminal ward room floor block zone region rack dock "
    "branch pier gate lane line shift wing berth shaft platform server node cluster host database "
    "version release phase stage step team tier level module clause section annex appendix"
)
"""First words of a place, a part or a team, and of no house."""
_COLUMNS = word_set(
    "value answer content entry field key attribute item question property parameter details "
    "metric measure unit amount"
)
"""Names of the columns of a form, of which none is a house's."""
_HAPPENING = word_set("after during when while since before because not cannot is are was were")
"""Words of what happens, that stand in no name although a title may write them in capitals."""


def _is_heading(part: str, words: Sequence[str]) -> bool:
    """Whether one or two words head a section or are a label; ``Alder Finance`` is a house."""
    if is_house(part) and topic_of(words[0]) is Topic.NONE and not field_of(words[0]):
        return False
    return topic_of(part) is not Topic.NONE or bool(field_of(part))


_TRADES = frozenset({"card", "money", "care", "news", "record", "board", "relations"})
"""Words that say what text it is, but inside a name what they trade in: ``Alder Card Services``."""


def is_name(part: str) -> bool:
    """Whether every word may belong to a name: capitals, or a small joint between them."""
    words = part.split()
    if not words or _is_common(words) or _is_no_name(part, words) or is_no_house(part):
        return False
    if not part[:1].isupper() or any(character.isdigit() for character in part):
        return False
    if len(words) <= _HEADING_WORDS and _is_heading(part, words):
        return False
    kinds = KINDS_OF_TEXT.intersection(word.lower().strip(":,.!?*") for word in words)
    if not is_public(part.lower().split()) and kinds - _TRADES.intersection(
        word.lower() for word in words[1:-1]
    ):
        return False
    if CALENDAR.intersection(word.lower().strip(",.") for word in words[:1]):
        return False
    return all(word[0].isupper() or word in _JOINTS or not word[0].isalpha() for word in words)


_TELLING = word_set(
    "is are was were has have had cannot can't will would could should must may do does did don't "
    "doesn't isn't want wants need needs report reports call calls wait waits see sees say says "
    "ask asks lose loses go goes expect expects complain complains work works fail fails "
    "not no never nothing nobody we they our their us them he she his her you your it i "
    "until because when while who which that this if as see attached above below already yet "
    "again informed told unknown"
)
"""Words in small letters that no name holds: they make a clause."""
_NONE = word_set("unknown none various multiple several tbd tba tbc all many internal ? -")
_SHORT = 4  # words of a name in small letters


def is_clause(words: str) -> bool:
    """Whether the words behind a label tell something, and name nobody.

    Examples
    --------
    >>> [is_clause(one) for one in ("3,000 scanners go offline", "alder foods", "not told yet")]
    [True, False, True]
    """
    tokens = [word.strip(".,;:!?\"'()") for word in words.split()]
    if not tokens or words.lower() in _NONE:
        return True
    if len(tokens) == 1 and not words.islower():
        return False
    if field_of(tokens[0]) and not DIGITS.isdisjoint(words):
        return True  # "ARR USD 20,000"
    if not _TELLING.isdisjoint(tokens[1:]) or tokens[0] in _TELLING:
        return True
    if any(character.isupper() for character in words):
        return False
    return len(tokens) > _SHORT or not DIGITS.isdisjoint(words) or words.endswith((".", "?", "!"))


def behind_title(words: str) -> tuple[int, int] | None:
    """Give where the house stands behind a person: ``Ms Orde, Alder Foods``; None if no person."""
    match = _person().match(words) if words.startswith(_TITLES) else None
    if match is None:
        return None
    return match.span(match.lastindex) if match.lastindex else (0, 0)


_TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Herr", "Frau")


def behind_person(words: str) -> tuple[int, int] | None:
    """Give where the house stands behind a person without a title: ``Ada Orde, Alder Foods``."""
    match = _untitled().match(words)
    return match.span(match.lastindex) if match and match.lastindex else None


@cache
def _untitled() -> re.Pattern[str]:
    """Compile a person's names, and the house behind a comma, a small word or in brackets."""
    return re.compile(
        r"[A-Z][\w'-]*(?: [A-Z][\w'-]*){1,2}"
        r"(?: (?:of|from|at) ([A-Z].+)|, (?:[a-z][\w ]{2,40}, )?([A-Z].+)| ?\(([A-Z][^()]+)\))$"
    )


@cache
def _person() -> re.Pattern[str]:
    """Compile a person with a title, and the house behind a comma or in brackets."""
    return re.compile(
        rf"(?:{'|'.join(_TITLES)})\.? [A-Z][\w'-]*(?: [A-Z][\w'-]*){{0,2}}"
        r"(?: of (.+)|,? (?:from|at) (.+)|, (?:[a-z][\w ]{2,40}, )?(.+)| ?\((.+)\))?$"
    )
