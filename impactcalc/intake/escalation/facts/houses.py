"""Names of houses, the words that end them, and the words in capitals that are no name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.figures.zones import ZONE_HOURS
from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENERS = word_set(
    "the a an our their your his her its this that these those today yesterday tomorrow now since "
    "at on in for from of with by to and but if as when while because so yes no there here it he "
    "she they we i you who what which where why how dear hi hello hey mr mrs ms miss dr prof sir "
    "also then after before until during between both all some each every please thanks thank "
    "customer client account company firm caller subject re fwd fw topic heads-up note update "
    "affected"
)
"""Words in capitals that begin a sentence, and no name."""


_ZONES = {"am", "pm", *(name.lower() for name in ZONE_HOURS)}


TITLES = word_set("mr mrs ms miss dr prof sir herr frau monsieur madame")


ROLES = word_set(
    "manager managers director directors head officer desk management team lead engineer engineers "
    "engineering chief president partner support account accounts operations service staff council "
    "governor owner agent duty office department division board group-lead vp ceo cio coo cto cfo "
    "ciso it regards sincerely faithfully region north south east west emea amer apac"
)
"""Words of a role; a name that ends in one is a person's function."""


_HOUSES = word_set(
    "ltd limited plc llp llc inc corp corporation gmbh ag kg se sa bv nv oy ab spa pty co bank "
    "university college school hospital clinic clinics foods group holdings holding insurance "
    "assurance mutual council city county ministry museum museums railways rail airways airlines "
    "logistics freight shipping telecom energy utilities motors pharma laboratories labs studios "
    "media networks partners brothers sons stores retail hotels resorts trust foundation institute "
    "society association authority agency exchange auctions fitness transit dairy farms brewery "
    "works industries manufacturing capital finance financial savings credit union broadcasting "
    "publishing press games online outdoor outfitters services solutions systems technologies "
    "hospice aquarium zoo theatre theatres opera orchestra surgery solicitors lawyers notaries "
    "bakery bakeries growers vineyards winery distillery distilleries ferries mill mills sawmills "
    "quarry quarries mine mines haulage couriers pharmacy pharmacies housing homes estates academy "
    "archives gallery galleries cooperative co-op federation cruises hospitals dental veterinary "
    "nurseries water electric power steel cement paper textiles chemicals plastics ceramics timber "
    "fisheries seeds seafoods airport shipyard ironworks waterworks parcels laundries breweries "
    "orchards ranch colliery abbey cathedral diocese cinemas"
)
"""Words that end the names of organisations."""


KINDS_OF_TEXT = word_set(
    "escalation escalations summary notes note memo status page call incident handover hand-over "
    "report update customer case ticket private internal confidential urgent fwd fw re topic "
    "minutes meeting brief briefing review post-mortem postmortem outage problem issue "
    "hello hi hey dear team all everyone everybody folks colleagues morning afternoon evening good "
    "greetings regards thanks thank who what when how why where money card sheet transcript bridge "
    "weekly daily monthly account log timeline document form template title draft version "
    "success care relations memorandum post-call resolved monitoring pinned "
    "identified investigating mitigated record export chat history dossier situation heads-up "
    "sitrep overview recording recorded hotline "
    "aw wg tr rv antw sv vs re: fw: please help attention warning important information info "
    "teams slack jira servicenow zendesk confluence whatsapp zoom webex pagerduty opsgenie "
    "statuspage salesforce sharepoint outlook news newsletter intranet extranet blog wiki "
    "cordialement bonjour gr\u00fc\u00dfe saludos weitergeleitet forwarded "
    "eskalation vorgang auftrag anfrage ticket meldung protokoll board "
    "item agenda esc"
)
"""Words of what kind of text it is, of a salutation, of a tool: none is a part of a name."""


@cache
def name_pattern() -> re.Pattern[str]:
    """Compile words in capitals with small joints between them."""
    return re.compile(
        r"(?<![\w@./-])(?:St\. )?[A-Z][\w&'-]{0,30}"
        r"(?:(?: (?:&|of|and|de|van|der|for|the)){0,2} [A-Z][\w&'-]{0,30}){0,5}(?![\w@])"
    )


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Give a name without the words that only open its sentence, with ``plc`` behind it.

    Examples
    --------
    >>> [("Today Alder Foods plc"[a:b]) for a, b in [whole_name("Today Alder Foods plc", 0, 17)]]
    ['Alder Foods plc']
    """
    words = text[start:end].split(" ")
    if text[end : end + 1] == ":" and len(words) > _LONE:  # "with Alder Foods Date: 4 May"
        end -= len(words.pop()) + 1
    while words and (words[0][:1].islower() or _opens(words[0].lower())):
        start += len(words.pop(0)) + 1
    while words and (words[-1].islower() or words[-1] == "&"):
        end -= len(words.pop()) + 1
    if words and words[-1].endswith("'s"):
        end -= 2
    form = re.match(r" (plc|ltd|llp|inc|gmbh|limited)\b", text[end:])
    return (start, end + len(form[0])) if form and words else (start, max(start, end))


def _opens(word: str) -> bool:
    """Whether a word in capitals only opens a sentence or a title."""
    return word not in TITLES and (word in _OPENERS or word in KINDS_OF_TEXT or word in _ZONES)


def is_role(name: str) -> bool:
    """Whether the last word of a name is that of a role: ``Managing Partner``."""
    return (
        not is_public(name.lower().split())
        and name.rpartition(" ")[2].lower().strip(".,'") in ROLES
    )


_PUBLIC = word_set(
    "weather ambulance fire health police prison postal post rescue water park probation civil "
    "court school library district county city town harbour port"
)


def is_public(words: Sequence[str]) -> bool:
    """Whether words are a public house: ``Northern Ambulance Service``, ``Alder School Board``."""
    if words[-1:] == ["council"]:
        return len(words) > 1
    return len(words) > _LONE and words[-2] in _PUBLIC and words[-1] in ROLES


_LONE = 2  # "Health Service" may be a department


_SEATED = word_set("registry office courts court network library libraries port chamber borough")
"""What has its place behind ``of``: ``Chamber of Alder``."""


def is_house(name: str) -> bool:
    """Whether a name ends, or begins, as those of organisations do."""
    words = name.lower().replace(".", "").split(" ")
    if "of" in words[1:]:  # "City of Alder", "Land Registry of Alder"
        words = [*words[: words.index("of", 1)], ""]
        return words[-2] in _HOUSES or words[-2] in _SEATED
    return len(words) > 1 and (words[-1] in _HOUSES or is_public(words))
