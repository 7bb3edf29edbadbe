"""A label before a value, and the fact that it announces: a new word is one entry."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from impactcalc.intake.escalation.words.synonyms import SYNONYMS
from impactcalc.intake.escalation.words.vocabulary import DIGITS, word_set

_LABELS: dict[str, str] = {
    "id": "ticket; case; incident; escalation; id; ticket id; ticket number; ticket no; case id;"
    "case number; case no; incident id; incident number; incident no; escalation id; reference;"
    "escalation number; escalation no; ref; reference number; ticket ref; issue; issue id; key;"
    "reference no; reference nr; ref nr;"
    "request id; case ref; case reference; incident ref; ticket #; case #; ticket nr; case nr;"
    "escalation ref; escalation reference; problem id; number; tracking number; ticket ids;"
    "our case; our ticket; our reference; our ref; your case; case nr.; file; file number;"
    "dossier; no; nr; esc; escalation; incident; esc id; escalation nr; incident nr; support case; "
    "support ticket",
    "customer": "customer; client; account; customer name; client name; account name; company;"
    "organisation; organization; tenant; affected customer; customer account; end customer;"
    "customer/account; account/customer; for customer; name of customer; client company;"
    "affected account; who is it; caller company; partner; subscriber; organisation name",
    "service": "service; component; product; platform; system; application; affected service;"
    "affected product; affected system; affected component; affected application; service name;"
    "affected platform; product affected; service affected; failing service; business service;"
    "ci; product / service; service/product; what is down; what is broken; solution; product name;"
    "product/service; affected ci; affected product area; platform affected; system affected;"
    " workload; affected module; impacted system; failing system;"
    "configuration item; product area; affected services; impacted service; module",
    "subject": "what; symptom; subject; title; topic; short description; summary; headline; "
    "re; pinned;"
    "issue title; problem; fault; regarding; issue summary; about; issue description; subj;"
    "what happens; what is happening; what happened; in short; problem statement; one line;"
    "case summary; description; short",
    "priority": "priority; prio; severity; sev; urgency; severity level; priority level;"
    "case priority; ticket priority; incident priority; incident severity; case severity; p;"
    "how bad; our rating; how severe; how urgent; rating; classification; criticality; "
    "class; sev level;"
    "priority class; escalation priority; prio/sev; severity/priority; priority/severity",
    "status": "status; state; current state; current status; ticket status; case status;"
    "incident status; case state; ticket state; incident state; escalation status; status today;"
    "status now; overall status; present status; present state; latest status; ticket state now",
    "created": "created; opened; raised; reported; logged; created on; opened on; created at;"
    "opened at; raised on; reported on; logged on; date created; date opened; date raised;"
    "creation date; case opened; ticket opened; incident opened; ticket created; case created;"
    "since when; ticket raised; case raised; created (utc); opened (utc);"
    "first reported; case created on; open date; start; started; began; start time; begin; "
    "date time opened; time opened;"
    "reported at; open since; begun; date reported; opening date; incident created;"
    "registered; filed",
    "escalated": "escalated; escalated on; escalated at; escalation date; date escalated;"
    "escalation time; escalated since; escalation raised; escalation opened; escalated when;"
    "escalated (utc); escal; date of escalation; escalated to us; esc date; case escalated;"
    "date time escalated; time escalated",
    "users": "affected users; users affected; impacted users; users impacted; users;"
    "user impact; who; who is affected; people affected; affected people; number of users;"
    "affected customers; affected staff; affected employees; affected end users; end users;"
    "affected agents; affected subscribers; affected members; users hit; account holders; "
    "who is hit; audience;"
    "number of affected users; affected user count; affected population; customers affected;"
    "who is affected; who is hit by it; who suffers; how many; how many users; how many "
    "people; staff hit; people hit; staff affected;"
    "employees affected; affected parties; reach; scope; blast radius; who is concerned;"
    "touched; people concerned; users concerned; affected; impacted; concerned;"
    "headcount affected; whom does it hit; hit",
    "revenue": "revenue impact; revenue at risk; revenue; financial impact; money; money at risk;"
    "revenue exposure; at risk; estimated revenue impact; estimated revenue at risk; exposure;"
    "daily revenue at risk; hourly revenue at risk; sales at risk; business at risk;"
    "what is it worth; cost of outage; revenue risk; turnover at risk; bookings at risk;"
    "revenue impact estimate; monetary impact; revenue loss; sales impact; at stake;"
    "weekly revenue at risk; monthly revenue at risk; revenue at risk per day; cost; costs;"
    "financial exposure; risk; at risk per day; at risk per hour; business value at risk;"
    "revenue at stake; money at stake; cost of downtime; value at risk; loss; losses;"
    "cost to customer; cost to the customer; what it costs; damage; revenue/day; revenue per day;"
    "financial; impact (money); impact in money; cost per hour; cost per day",
    "sla": "sla violation; sla; sla status; uptime commitment; availability commitment;"
    "sla target; sla impact; uptime; uptime sla; availability sla; contractual availability;"
    "contracted availability; service level; service level agreement; slo; slo target; contract;"
    "sla breach; sla risk; availability target; uptime guarantee; availability guarantee;"
    "guaranteed availability; guaranteed uptime; committed uptime; committed availability;"
    "sla objective; sla uptime; availability; agreed availability; uptime target; sla level;"
    "agreed uptime; contracted uptime; contractual uptime; promised availability; promised uptime;"
    "contract sla; sla (contract); agreement; sla agreed; service level objective; sla promise;"
    "uptime in contract; what we promised; contract terms; contract says; contract uptime",
    "level": "escalation level; level; esc level; esc. level; escalation tier; escalated to level",
    "nodes": "nodes; number of nodes; cluster nodes; node count; cluster size; brokers",
    "zones": "availability zones; number of availability zones; azs; zones",
    "replication": "replication factor; rf",
    "errors": "error rate; failure rate; login error rate; request error rate; errors; "
    "failures; rejects;"
    "failed; failing; error share; share of failures; failing requests; failed requests; "
    "error ratio",
    "normal": "normal latency; latency normal; baseline latency; latency baseline; usual latency;"
    "normal response time; response time normal; usual response time; latency usual; normally;"
    "latency before; usual; response before; response time before; latency (normal)",
    "now": "latency now; current latency; latency current; current response time; latency;"
    "response time; response times; response time now; latency during incident; login time;"
    "load time; page load; page load time; query time; latency (now); response time (now);"
    "response now; latency p95; p95; p99; p95 latency; p99 latency; delay; processing time;"
    "transaction time; loading time; answer time",
    "fee": "monthly fee; monthly service fee; monthly subscription; monthly subscription fee;"
    "fee per month; monthly charge; monthly charges; monthly price; monthly contract fee;"
    "monthly fees; service fee per month; monthly invoice; monthly spend; monthly payment;"
    "recurring monthly fee; monthly recurring fee; monthly recurring charge; mrc; mrr;"
    "subscription; subscription fee; fee; contract fee; service fee; fee (monthly); monthly;"
    "they pay; pays; customer pays; price per month; monthly rate; monthly subscription price",
    "arr": "arr; annual recurring revenue; account arr; current arr; arr (annual recurring "
    "revenue);"
    "annual recurring revenue (arr); customer arr",
    "renewal": "renewal; renewal date; contract renewal; renews; renews on; renewal on;"
    "next renewal; contract renewal date; renewal due; due for renewal; contract renews;"
    "up for renewal; contract renews on; next renewal date; renewal comes up",
}
FIELD_BY_LABEL = {
    label.strip(): field
    for table in (SYNONYMS, _LABELS)
    for field, labels in table.items()
    for label in labels.split(";")
}


@cache
def _noise() -> re.Pattern[str]:
    """Compile what does not count in a label."""
    return re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[^a-z#. ?]+")


@lru_cache(maxsize=4096)
def field_of(label: str) -> str:
    """Give the fact that a label announces; empty when it is none that we know.

    Examples
    --------
    >>> field_of("affected users"), field_of("Renewal Date"), field_of("colour")
    ('users', 'renewal', '')
    """
    lower = label.lower().strip()
    found = FIELD_BY_LABEL.get(lower)
    if found is None:
        lower = lower.replace("_", " ").replace("what's", "what is")
        at = min((at for tail in _TAILS if (at := lower.find(tail)) > 0), default=0)
        at = len(lower) - 6 if lower.endswith(" today") else at
        if at and (told := FIELD_BY_LABEL.get(lower[:at])):
            return told
        settled = _settled(lower)
        if settled in FIELD_BY_LABEL:
            return FIELD_BY_LABEL[settled]
        if lower.startswith(_STATES) and _noted().search(lower):
            return "status"
        timed = _clock_tail().match(lower) if lower.rstrip()[-1:] in DIGITS else None
        lower = timed[1] if timed else lower  # "state at 07:00"
        named, _, unit = lower.rpartition(" ")
        if unit in _UNITS and named in FIELD_BY_LABEL:
            return FIELD_BY_LABEL[named]
        if not lower[:3].isalpha() and any(map(str.isdigit, lower[:3])):
            lower = _section_code().sub("", lower)
        plain = DIGITS.isdisjoint(lower.partition("(")[0]) and " - " not in lower
        if not (lower.isascii() and lower.replace(" ", "").isalpha()):
            lower = _noise().sub(" ", lower)
        lower = " ".join(lower.split()).strip(". ") if lower[-1:] != "?" else lower
        found = FIELD_BY_LABEL.get(lower)
        if found is None and lower.endswith("?"):
            found = FIELD_BY_LABEL.get(lower[:-1])
            told = " ".join(word for word in lower[:-1].split() if word not in _ASKING)
            how = lower.startswith("how ") and FIELD_BY_LABEL.get(told) in {"customer", "service"}
            lower = "" if how else told  # "How is the customer?" asks for their mood
            found = found or FIELD_BY_LABEL.get(lower)
        if found is None and plain:  # "users - 2 users" is no label in other words
            words = [word for word in lower.split() if word not in _EMPTY]
            found = _field_by_words().get(frozenset(words), "") if len(words) > 1 else ""
            found = found or (FIELD_BY_LABEL.get(lower[2:], "") if lower[:2] == "u " else "")
    return found or _field_of_joined(label)


def _field_of_joined(label: str) -> str:
    """Give the fact of a name that joins its words: ``Custom.UsersImpacted``."""
    name = label.rpartition(".")[2].lower()
    return _field_by_joined().get(name, "") if len(name) >= _JOINED and name.isalpha() else ""


def _settled(label: str) -> str:
    """Leave out that a status or grade was agreed on: ``Status agreed``, ``Agreed severity``."""
    first, _, rest = label.partition(" ")
    head, _, last = label.rpartition(" ")
    name = rest if first in _AGREED else head.removesuffix(" as") if last in _AGREED else ""
    return name if name in _GRADED else ""


_AGREED = word_set("agreed assigned recorded noted confirmed given set decided")
_GRADED = word_set("status state priority severity level class")


_JOINED = 10  # letters of a name whose words are joined


@cache
def _field_by_joined() -> dict[str, str]:
    """Give the facts of labels as names that join their words: ``monthlyfee``."""
    return {
        label.replace(" ", ""): field
        for label, field in FIELD_BY_LABEL.items()
        if " " in label and len(label) >= _JOINED
    }


_TAILS = (
    " at the end of ",
    " for the customer",
    " for the status page",
    " as of ",
    " as at ",
    " at the date ",
    " at the time ",
    " on the date ",
    *(f" on {day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")),
    *(" this morning", " this afternoon", " this evening"),
)
"""Words that only say when: ``State at the date of this letter``."""
_STATES = ("status ", "state ", "current ", "case st", "ticket st", "overall st")


@cache
def _noted() -> re.Pattern[str]:
    """Compile where a status is written down: ``Status recorded for the weekly list``."""
    return re.compile(
        r"^(?:(?:current|case|ticket|overall) )?(?:status|state) (?:as )?(?:recorded|noted|"
        r"entered|given|shown|set|for|in) (?:[a-z]+ ){0,4}(?:list|report|record|minutes|portal|"
        r"ticket|system|tool|register|page|sheet)$"
    )


_UNITS = word_set(
    "usd eur gbp chf jpy cad aud sek nok dkk day hour week month ms s sec seconds milliseconds "
    "percent pct"
)
_EMPTY = (
    frozenset({"u", "the", "our", "of", "to", "in", "at", "on", "by", "a", "is", "for", "per"})
    | _UNITS
)
"""Words that tell nothing in a label; a ``u`` stands before the fields that a house added."""


_ASKING = word_set(
    "who what which when where how many much is are was were it does do did the we they has"
)
"""Words of a question that tell nothing: ``When was it opened?``."""


@cache
def _field_by_words() -> dict[frozenset[str], str]:
    """Give the facts of labels by their words in any order: ``availability promised``."""
    found: dict[frozenset[str], str] = {}
    for label, field in FIELD_BY_LABEL.items():
        words = frozenset(label.split()) - _EMPTY
        if len(words) > 1 and found.setdefault(words, field) != field:
            found[words] = ""  # the order tells
    return found


@cache
def _clock_tail() -> re.Pattern[str]:
    """Compile a label and the time of day for which it holds: ``state at 07:00``."""
    return re.compile(r"([a-z ]{3,30}) (?:at|as of|by) [0-9]{1,2}(?:[:.][0-9]{2})?$")


@cache
def _section_code() -> re.Pattern[str]:
    """Compile the number of a form's line: ``A1 Customer``, ``2.3 Priority``, ``(4) Status``."""
    return re.compile(r"^\(?[a-z]?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.):]? +")


def plain_label(label: str) -> str:
    """Leave out the number of a form's line and the dots that lead to its value.

    Examples
    --------
    >>> plain_label("a6 current state ........."), plain_label("3")
    ('current state', '3')
    """
    return _section_code().sub("", label).rstrip(" .")


@cache
def loose_label_pattern() -> re.Pattern[str]:
    """Compile a label cut from its value by a dash, an equals sign or a wide gap."""
    return re.compile(
        r"([A-Za-z][A-Za-z_ /.?]{0,39}?)(?: +-+ +| *=>? *|\t+| {2,}| *\| *| > )(?=\S)"
    )
