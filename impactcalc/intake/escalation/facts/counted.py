"""What a figure counts: people, or things."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.mention import Kind
from impactcalc.intake.escalation.words.sentences import word_pattern
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.figures.mention import Mention
    from impactcalc.intake.escalation.structure.statements import Statement

_PEOPLE = word_set(
    "people persons person ppl usr usrs custs pax "
    "users user staff employees employee customers customer clients patients "
    "students pupils members guests agents colleagues nurses doctors clinicians physicians "
    "citizens "
    "residents citizens accountants analysts scientists researchers players bidders shoppers "
    "riders "
    "drivers passengers travellers travelers visitors viewers listeners readers subscribers "
    "callers "
    "workers engineers developers operators dispatchers couriers merchants traders brokers "
    "advisers "
    "advisors sellers buyers teachers lecturers tenants policyholders cardholders shareholders "
    "account-holders holders cashiers technicians pilots crew officers dealers farmers "
    "participants "
    "attendees consumers households subscribers gamers streamers creators freelancers contractors "
    "recruiters candidates applicants taxpayers beneficiaries claimants investors retailers "
    "partners "
    "consultants lawyers journalists editors designers planners pharmacists prescribers "
    "radiologists "
    "clerks reps representatives staffers associates tellers families children parents "
    "kids learners lodgers surgeons midwives notaries hosts chemists vets apprentices cadets "
    "athletes delegates architects mechanics surveyors aides "
    "hands heads souls trainees interns paramedics "
    "guards judges chefs cooks crews seniors veterans secretaries "
    "recipients stewards wardens captains landlords recruits couples adults registrars scholars "
    "graduates undergraduates patrons "
    "fans diners commuters cyclists pickers packers foremen women men seats workforce headcount"
)
_PERSON_ENDINGS = ("ers", "ors", "ists", "ants", "ees", "ians", "men", "women", "folk")
_THINGS = word_set(
    "groups group shifts districts counties rooms gates lanes halls buildings campuses brands hubs "
    "channels yards ports farms estates villages towns vessels ships aircraft trains trams wagons "
    "stores store shops branches sites site offices calls messages devices terminals tills "
    "requests sessions tickets orders transactions queries nodes tables locations clubs "
    "hotels schools centres centers connections invoices tenants companies countries regions "
    "markets machines servers vehicles trucks sensors meters turnstiles doors applications "
    "apps accounts rows records pages gb tb vcpus warehouses depots plants factories "
    "restaurants caf\u00e9s cafes airports stations wards clinics hospitals departments "
    "teams licences licenses cities times minutes hours days routers containers numbers "
    "clusters elevators transfers parameters counters filters headers pointers timers "
    "adapters printers scanners computers trailers papers letters offers layers controllers "
    "loggers producers processors monitors connectors indicators mirrors floors vectors "
    "registers buffers triggers folders chargers parcels lockers processes contracts cards "
    "posts tokens steps carriers suppliers newspapers quarters others percent invocations "
    "events errors emails e-mails documents files phones handsets lines towers corners "
    "answers covers freezers coolers boilers heaters mixers dryers tankers lifters "
    "freighters helicopters tractors harvesters reactors motors generators inverters "
    "transformers conveyors detectors escalators incubators ventilators calculators variants "
    "grants warrants fees trees degrees coffees committees lists playlists wishlists "
    "checklists specimen chapters characters factors colours colors vendors newsletters "
    "barriers boosters breakers burners cylinders drawers dispensers encoders decoders gears "
    "kickers lasers liters monsters openers planers pliers pullers receivers repeaters "
    "rollers samplers shutters sinkers speakers sprinklers starters stickers thermometers "
    "toasters trackers transmitters transponders vouchers washers actuators compressors "
    "cursors extractors harbors ancestors rotors simulators tensors valves behaviors "
    "behaviours flavors flavours"
)
FOLLOWING_WORDS = 4
_JOINTS = ("is", "are", "was", "were", "now", "at", "stand", "stands", ":", "=")


@cache
def _number_of() -> re.Pattern[str]:
    """Compile ``the number of people who notice at`` right before a figure."""
    return re.compile(
        r"\bnumber of (?:affected |impacted )?([a-z]+)(?: who| that)?(?: [a-z'\u2019]+){0,4} "
        r"(?:at|is|to|from) ?[~<>]?$"
    )


@cache
def _people_before() -> re.Pattern[str]:
    """Compile ``affected users are`` right before a figure."""
    return re.compile(
        r"\b([a-z]+)(?: count| number)?"
        r"(?: affected| impacted| hit| concerned| waiting| without [a-z]+| locked out| blocked)?"
        r"(?: (?:is|are|was|were|now|at|stands?)| ?[:=])+ ?[~<>]?$"
    )


def words_after(statement: Statement, mention: Mention) -> list[str]:
    """Give the words that follow a figure in its clause, up to the next figure."""
    rest = statement.lower[mention.end :]
    for index, character in enumerate(rest):
        if character in ",;(.:" or character.isdigit():
            rest = rest[:index]
            break
    return word_pattern().findall(rest)


def what_is_counted(statement: Statement, mention: Mention) -> str:
    """Tell what a figure counts: ``"people"``, ``"things"`` or nothing that we know."""
    words = words_after(statement, mention)
    if words[:2] in (["of", "them"], ["of", "these"]):
        return "people"
    if words[:1] == ["out"]:
        words = words[1:]
    if words[:1] and words[0] in _BEING and _PLAIN_WORDS.intersection(words[1:3]):
        return _noun_of_others(statement, mention)
    if words[:1] == ["of"]:
        return _noun_of_whole(statement, mention)
    if _are_machines(statement, mention, words):
        return "things"
    return _kind_of(words)


def _are_machines(statement: Statement, mention: Mention, words: Sequence[str]) -> bool:
    """Whether what is counted are programs that bear a name of people: ``8 idle workers``."""
    named = words[:2] if words[:1] and words[0] in _IDLING else words[:1]
    if _PROGRAMS.isdisjoint(named):
        return False
    beside = word_pattern().findall(statement.clause(mention))
    return named[0] in _IDLING or not _MACHINERY.isdisjoint(beside)


_PROGRAMS = word_set(
    "workers brokers consumers producers publishers subscribers readers writers listeners agents "
    "clients members masters replicas followers leaders controllers schedulers runners players "
    "operators threads builders crawlers parsers encoders packagers"
)
"""Programs that bear a name of people."""
_IDLING = word_set("idle stalled crashed hung spare busy dead extra additional worker standby")
"""What a program is, and nobody is called."""
_MACHINERY = word_set(
    "kafka cluster node nodes mqtt rabbitmq zones partition partitions pool pools lag lagging lags "
    "topic topics restart restarted restarting reboot rebooted scale scaled drain "
    "drained shard shards replica replicas pod pods container containers thread threads cpu memory "
    "heap lock locks table instance instances server servers daemon process processes "
    "primary secondary quorum transcoding indexer broker worker rebalance offset"
)
"""Words of a clause that speaks of programs."""


def _kind_of(words: Sequence[str]) -> str:
    """Tell what the words after a figure count; ``shop assistants`` are people."""
    named = words[:FOLLOWING_WORDS]
    for word, following in zip(named, [*named[1:], ""], strict=False):
        if is_person(word):
            return "people"
        if word in _THINGS and not is_person(following):
            return "things"
    return ""


def is_person(word: str) -> bool:
    """Whether a word names people."""
    return word not in _THINGS and (word in _PEOPLE or word.endswith(_PERSON_ENDINGS))


_BEING = frozenset({"is", "are", "was", "were"})
_PLAIN_WORDS = frozenset({"affected", "impacted", "hit", "concerned", "stuck", "blocked"})


def _noun_of_others(statement: Statement, mention: Mention) -> str:
    """Tell what ``310`` counts in ``of 2,600 users, 310 are affected``: the same as before."""
    earlier = [one for one in statement.mentions if one.end <= mention.start]
    return what_is_counted(statement, earlier[-1]) if earlier else ""


@cache
def _about() -> re.Pattern[str]:
    """Compile what may stand between a noun and its figure."""
    return re.compile(r"(?:about|around|roughly|some|nearly|almost|approx\.?|ca\.?|circa) ?$")


def counted_before(statement: Statement, mention: Mention) -> str:
    """Tell what ``affected users are 250`` counts, by the words before."""
    words = _about().sub("", statement.lower[: mention.start])
    counted = _number_of().search(words) if "number of " in words else None
    if counted and is_person(counted[1]):
        return "people"
    before = _people_before().search(words) if words.rstrip(" ~<>").endswith(_JOINTS) else None
    if before and is_person(before[1]):
        return "people"
    return ""


def _noun_of_whole(statement: Statement, mention: Mention) -> str:
    """Tell what is counted by the words after the whole: ``of 2,100 users``, ``of our users``."""
    words = words_after(statement, mention)
    later = [other for other in statement.mentions if other.start >= mention.end]
    if words[1:2] and words[1] in _WHOSE and (named := _kind_of(words[2:])):
        return named
    if later and later[0].kind is Kind.COUNT:
        return what_is_counted(statement, later[0])
    return ""


_WHOSE = word_set("the our their your its his her all those these my")
