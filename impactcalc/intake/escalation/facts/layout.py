"""The layout of a cluster: nodes, zones, replication factor."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.candidates import Candidate, Weight, doubtful, offer
from impactcalc.intake.escalation.figures.mention import Kind, Mention
from impactcalc.intake.escalation.words.sections import Topic
from impactcalc.intake.escalation.words.vocabulary import ends_in, holds, is_word_part, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

TOPICS = frozenset(
    {
        Topic.NONE,
        Topic.DESCRIPTION,
        Topic.CAUSE,
        Topic.TECHNICAL,
        Topic.PERFORMANCE,
        Topic.IMPACT,
    }
)
TERMS = frozenset({Topic.ACCOUNT, Topic.CREDITS})
"""Topics of sections where a count or a time only disputes others."""
_PARTS_OF_CLUSTER = (
    "data ",
    "master",
    "standby",
    "primar",
    "replica",
    "witness",
    "spare",
    "control ",
    "worker",
)
_NODE_WORDS = ("node", "broker", "server", "member", "instance", "machine", "host")
_ZONE_WORDS = (" availability", "-availability", " az", "-az", " fault", "-fault", " zone")
_MESSAGING = (
    "kafka",
    "mqtt",
    "cluster",
    "rabbit",
    "message",
    "messaging",
    "queue",
    "storage",
    "zone",
    "rf=",
    "rf ",
    " azs",
    "replication",
    "partition",
)
_GROUPS = (
    *("cluster of", "ring of", "farm of", "consists of", "pool of", "ensemble of", "shield of"),
    *("spoke of", "speaks of", "made of", "made up of", "total of", "group of", "set of"),
    *("tier of", "layer of", "fleet of", "mesh of", "grid of", "quorum of"),
)
_MOST = 100_000
_MOST_COPIES = 100  # of the same data; nobody keeps more


@cache
def _nodes() -> re.Pattern[str]:
    """Compile what follows the number of nodes."""
    return re.compile(
        r"(?P<joined>[- ](?:node|broker|server|member|instance|machine)s?\b"
        r"(?=[ -](?:\w+ )?(?:cluster|ring|replica set|ensemble|quorum)))"
        r"|(?P<plain>-node\b| (?:[a-z-]+ ){0,3}?(?:nodes|brokers)\b"
        r"(?! [0-9](?![0-9]*[ -]?(?:azs?|zones?|availability)\b)))"
        r"|(?P<spread> (?:[a-z-]+ ){0,2}?(?:servers|machines|instances|hosts|members)\b"
        r"(?=,? (?:(?:all|spread|placed|in|across|over|on) )+(?:a single |[a-z0-9]+ )"
        r"(?:availability[ -])?(?:zones?|azs?)\b))"
    )


@cache
def _machines() -> re.Pattern[str]:
    """Compile what a cluster consists of, behind ``a cluster of six``."""
    return re.compile(
        r" (?P<joined>)(?:[a-z-]+ ){0,2}?(?:servers|machines|instances|hosts|members)\b"
    )


@cache
def _zones() -> re.Pattern[str]:
    """Compile what follows the number of availability zones."""
    return re.compile(r"[ -](?:availability[ -]zones?|azs?|fault[ -]domains?)\b")


_COPIES = {"two": 2, "three": 3, "four": 4, "five": 5}


@cache
def _replication() -> re.Pattern[str]:
    """Compile the replication factor, stated as such."""
    return re.compile(
        r"\b(?:rf ?[=:]? ?(-?[0-9]+)|replication[ .-]factor(?: of| is|:| =|=)? ?(-?[0-9]+|"
        r"two|three|four|five))\b"
        r"|\b(-?[0-9]+)[- ](?:fold|way) replication\b"
    )


def layout_candidates(statements: Sequence[Statement]) -> Iterator[Candidate]:
    """Find nodes, availability zones and replication factor."""
    for statement in statements:
        if statement.is_past:
            continue
        if statement.topic not in _REPORTS:
            yield from _labelled(statement)
        if statement.topic in TERMS:
            yield from (one._replace(aside=True) for one in _counted(statement))
        if statement.topic in TOPICS:
            yield from _counted(statement)


def _counted(statement: Statement) -> Iterator[Candidate]:
    """Find the counts of a statement about a cluster."""
    yield from _replication_candidates(statement)
    if statement.field == "users":
        return  # "2,800 adjusters and 400 brokers" are people
    yield from _out_of_all(statement)
    for mention in statement.mentions:
        if mention.kind is Kind.COUNT and mention.high is None:
            yield from _node_candidates(statement, mention)
            yield from _zone_candidates(statement, mention)


def _out_of_all(statement: Statement) -> Iterator[Candidate]:
    """Take the whole of ``3 of 12 nodes are out`` and ``nodes 6/8 up``; not of work on nodes."""
    if "node" not in statement.lower or not holds(statement.lower, ("/", " of ")):
        return
    for mention in statement.mentions:
        whole = _of_the_whole(statement, mention)
        if whole is not None:
            yield count_of(statement, "nodes", mention, Weight.LIKELY, whole.end())
    for match in _parted().finditer(statement.lower):
        part, every = (int(group) for group in match.groups() if group)
        if part < every <= _MOST:
            yield offer(statement, "nodes", every, Weight.LIKELY, match.span())


def _of_the_whole(statement: Statement, mention: Mention) -> re.Match[str] | None:
    """Find the nodes behind the number of all: ``two of the 6 relay nodes announce``."""
    if mention.kind is not Kind.COUNT or mention.high is not None:
        return None
    before = statement.lower[: mention.start]
    if not before.endswith((" of the ", " of our ", " of its ", " of their ")):
        return None
    part = before.rpartition(" of ")[0].rpartition(" ")[2].lstrip("(")
    known = part in _PARTS or (part.isdigit() and int(part) < mention.low)
    return _named_nodes().match(statement.lower, mention.end) if known else None


_PARTS = frozenset(("one", "two", "three", "four", "five", "six", "some", "most", "none", "each"))


@cache
def _parted() -> re.Pattern[str]:
    """Compile the nodes of a cluster that are up, or down, and all of them."""
    return re.compile(
        r"(?<![0-9./])([0-9]{1,5})(?:/| (?:out )?of (?:the |our |its |their |all )?)([0-9]{1,5}) "
        r"(?:[a-z]+ )?nodes (?:(?:are|were|is|went|have|still) ){0,2}(?:out|down|up|lost|dead|gone"
        r"|failed|offline|unreachable|alive|healthy|crashed|online|ready)\b(?! (?:in|of|at)\b)"
        r"|\bnodes:? ([0-9]{1,5})(?:/| of )([0-9]{1,5}) (?:up|down|ok|healthy|ready|online|alive)\b"
    )


_REPORTS = frozenset({Topic.STATUS, Topic.PLAN, Topic.NEXT})  # there a label may name a part
_FACT_BY_LABEL = {"nodes": "nodes", "zones": "zones", "replication": "replication_factor"}


def _labelled(statement: Statement) -> Iterator[Candidate]:
    """Take a bare number after a label: ``Nodes: 6``."""
    field = _labelled_field(statement) if statement.start else None
    after = [one for one in statement.mentions if one.start >= statement.start]
    if field is None or not after:
        return
    mention = after[0]
    others = {cell.text.strip() for cell in statement.block.cells[2:] if cell.text.isdigit()}
    if others - {statement.value.strip()}:
        return  # "Nodes | 7 | 9" below "Now" and "Normal"
    rest = statement.text[mention.end : statement.stop].lstrip()
    first = statement.text[statement.start : mention.start].strip() in {"", '"', "'", "[", "("}
    alone = first and (not rest or rest[0] in "(,;.\"'|])" or rest.startswith(_PLACES))
    if alone and mention.kind is Kind.COUNT and mention.high is None:
        yield count_of(statement, field, mention, Weight.STATED, mention.end)


def _labelled_field(statement: Statement) -> str | None:
    """Tell which number a label announces: ``Nodes``, ``Storage nodes``, ``Availability zones``."""
    words = statement.label.replace("_", " ").replace(".", " ").split()
    known = _FACT_BY_LABEL.get(statement.field)
    if known is not None or not 1 < len(words) <= _LONGEST_LABEL:
        return known
    named = words[-1] in {"nodes", "brokers"} and _PART_NODES.isdisjoint(words)
    return "nodes" if named else "zones" if words[-2:] == ["availability", "zones"] else None


_LONGEST_LABEL = 4  # words
_PLACES = ("in ", "across ", "over ", "spread ")
_PART_NODES = frozenset({"failed", "affected", "down", "lost", "of", "per", "bad", "replaced"})


def _node_candidates(statement: Statement, mention: Mention) -> Iterator[Candidate]:
    """Take ``7-node``, ``24 storage nodes``; not ``on three nodes``, ``2 of 6 nodes``."""
    if statement.lower[: mention.start].endswith((" nodes ", " nodes: ", ",nodes ")):
        if statement.lower[mention.end :][:1] in {"", ",", ";", "."} and mention.bare:
            yield count_of(statement, "nodes", mention, Weight.LIKELY, mention.end)
        return  # "nodes 4, data centres 2"
    if not holds(statement.lower[mention.end :], _NODE_WORDS):
        return
    match = _nodes().match(statement.lower, mention.end)
    if match is None and statement.lower[: mention.start].rstrip("~ ").endswith(_GROUPS):
        match = _machines().match(statement.lower, mention.end)
    if match is None or is_part(statement, mention, match[0]):
        return
    machines = statement.topic in {Topic.TECHNICAL, Topic.CAUSE} or holds(
        statement.lower, _MESSAGING
    )
    if "broker" in match[0] and not machines:
        return  # people who trade
    if statement.lower.startswith((" of ", " per ", " each", " at each", " in each"), match.end()):
        return  # "two storage nodes of eight"
    joined = match["joined"] or match[0] == "-node"
    if not joined and _is_subset(statement, mention):
        return
    weight = Weight.STATED if joined or not mention.in_words else Weight.LIKELY
    yield count_of(statement, "nodes", mention, weight, match.end())


def is_part(statement: Statement, mention: Mention, words: str) -> bool:
    """Whether a count is a part of the cluster: ``node 5 of 12``, ``12 data nodes`` in brackets."""
    before = statement.lower[: mention.start].rstrip("~ ")
    if before.endswith(_GROUPS):
        return False
    if before.endswith((" of", "of the", "node", "nodes")):
        return True
    if _is_of(statement, mention):
        return True
    if not _OF_PART.isdisjoint(words.split()):
        return True
    inside = before.rfind("(") > before.rfind(")")
    return inside and any(part in words for part in _PARTS_OF_CLUSTER)


_OF_PART = word_set(
    "reserved spare dedicated standby idle remaining other affected failed slow faulty broken "
    "damaged unhealthy degraded lagging overloaded crashed extra additional"
)
"""What only some nodes of a cluster are."""


def _is_of(statement: Statement, mention: Mention) -> bool:
    """Whether ``of`` or ``out of`` follows a figure."""
    rest = statement.lower[mention.end :]
    ending = next((one for one in (" of", " out of") if rest.startswith(one)), "")
    return bool(ending) and not is_word_part(rest[len(ending) :][:1])


def _is_subset(statement: Statement, mention: Mention) -> bool:
    """Whether ``on three nodes`` tells where something happens."""
    before = statement.lower[: mention.start].rstrip("~ ")
    runs = re.search(
        r"\b(?:runs?|running|is on|are on|sits? on|lives? on|deployed|hosted|spread|clustered"
        r"|consists?|across|held|kept|stored|lies)\b",
        before,
    )
    configured = statement.topic is Topic.TECHNICAL and not any(
        other.kind is Kind.SHARE for other in statement.mentions
    )
    if configured and not mention.in_words:
        return False
    if not statement.words.isdisjoint(_IN_ALL) or before.endswith((" all", " all of its")):
        return False
    opens = not statement.text[statement.start : mention.start].strip()
    if mention.in_words and opens and not statement.label and _acts(statement.lower[mention.end :]):
        return True  # "Two nodes carry most of the load"
    if _in_zones().match(statement.lower, mention.end):
        return False  # "gateway on 6 nodes in 2 AZs"
    placed = before.endswith((" on", " at", " from", " between", "only", "last", "other", "failed"))
    words = statement.lower[mention.end : mention.end + 40]
    troubled = re.search(
        r"\b(?:down|failed|failing|lost|crashed|affected|unreachable|restarted)\b", words
    )
    placed = placed or ends_in(before.removesuffix(" the"), _CHANGING)
    return (placed and not runs) or (mention.in_words and not runs and placed) or bool(troubled)


@cache
def _in_zones() -> re.Pattern[str]:
    """Compile nodes with the zones in which all of them stand."""
    return re.compile(
        r" (?:[a-z-]+ ){0,2}?(?:nodes|brokers),? (?:in|across|over) (?:a single|[a-z0-9]+) "
        r"(?:availability[ -]zones?|azs?|zones?)\b"
    )


def _acts(rest: str) -> bool:
    """Whether nodes that open a sentence do something: `` brokers carry most of the load``."""
    acting = _named_nodes().match(rest)
    return acting is not None and not holds(rest, ("zone", " az", "cluster", "total"))


@cache
def _named_nodes() -> re.Pattern[str]:
    """Compile nodes with a word right behind them."""
    return re.compile(r" (?:(?!other|remaining|new|failed)[a-z-]+ ){0,2}?(?:nodes|brokers) [a-z]")


_CHANGING = (
    *("lost", "lose", "loses", "add", "adds", "added", "adding", "remove", "removed", "removing"),
    *("replace", "replaced", "replacing", "drain", "drained", "restart", "restarted", "rebooted"),
    *("another", "further", "additional", "extra", "new", "spare", "by", "isolated", "rebuilt"),
)
"""Words right before a count of nodes that come, go, or are mended."""
_IN_ALL = frozenset({"total", "altogether"})
"""Words of a sentence that counts all of them."""


def _zone_candidates(statement: Statement, mention: Mention) -> Iterator[Candidate]:
    """Take availability zones; ``zones`` alone only beside the number of nodes."""
    rest = statement.lower[mention.end :]
    if not rest.startswith(_ZONE_WORDS):
        return
    match = _zones().match(statement.lower, mention.end)
    weight = Weight.STATED
    if match is None:
        match = re.compile(r" zones?\b").match(statement.lower, mention.end)
        if match is None or not re.search(
            r"\b(?:nodes?|brokers?|cluster|servers|machines)\b", statement.lower
        ):
            return
        weight = Weight.LIKELY
    if statement.lower[: mention.start].rstrip().endswith((" of", "one of the", "second", "other")):
        return
    if _is_of(statement, mention) or _is_of_failed(statement, mention):
        return
    yield count_of(statement, "zones", mention, weight, match.end())


def _is_of_failed(statement: Statement, mention: Mention) -> bool:
    """Whether a zone is that of those nodes which failed: ``3 nodes are out, all in one zone``."""
    before = statement.lower[: mention.start].rstrip()
    return ends_in(before, ("all in", "both in", "all from")) and holds(before, _TROUBLED)


_TROUBLED = (" out,", " down", "failed", " lost", " dead", "crashed", "unreachable", " gone")


def count_of(
    statement: Statement, field: str, mention: Mention, weight: Weight, end: int
) -> Candidate:
    """Make a candidate of a positive whole number."""
    found = offer(statement, field, mention.low, weight, (mention.start, end))
    most = _MOST_COPIES if field == "replication_factor" else _MOST
    if mention.low <= 0 or mention.low > most or mention.low % 1:
        return doubtful(found, f"'{found.text}' is no possible number of {field}")
    return found._replace(figure=mention)


def _replication_candidates(statement: Statement) -> Iterator[Candidate]:
    """Take ``RF=3`` and ``replication factor 3``."""
    if not (statement.has_figures and holds(statement.lower, ("rf", "replication"))):
        return
    for match in _replication().finditer(statement.lower):
        said = next(group for group in match.groups() if group)
        number = _COPIES.get(said) or int(said)
        found = offer(statement, "replication_factor", number, Weight.STATED, match.span())
        whole = not _decimals().match(statement.lower, match.end())
        if whole and 0 < number <= _MOST_COPIES:
            yield found
        else:
            yield doubtful(found, f"'{found.text}' is no possible replication factor")


@cache
def _decimals() -> re.Pattern[str]:
    """Compile what makes a whole number a broken one."""
    return re.compile(r"[.,][0-9]")
