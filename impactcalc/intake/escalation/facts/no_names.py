"""Words in capitals that name no customer: persons, places, makers' products, other parties."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.facts.houses import is_house, is_public, name_pattern, whole_name
from impactcalc.intake.escalation.words.given_names import GIVEN_NAMES
from impactcalc.intake.escalation.words.vocabulary import holds, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from impactcalc.intake.escalation.structure.statements import Statement

_GENERAL = word_set(
    "action actions acceptance account acknowledgement administration agreement analysis annual "
    "appendix assessment assurance attendance background business capacity cause centre center "
    "change chief cloud command committee communication communications compliance continuity "
    "contract control coordination corrective crisis critical current daily data day delivery "
    "department deployment description detail details development disaster emergency engineering "
    "environment escalation evening executive external facts field first global governance head "
    "help history human impact incident infrastructure internal investigation issue key known "
    "leadership learned legal lesson lessons level line list local log logistics main maintenance "
    "major management master measures meeting monitoring month morning network next night notice "
    "office on-call open operational operations overall overview permanent phase planned planning "
    "platform point points policy post preliminary present problem procedure process procurement "
    "production programme program progress project public purchasing quality questions recovery "
    "regional release reliability remediation report required resolution resources response "
    "responsible review risk room root sales schedule second secondary security senior service "
    "shift site situation software specialist stage steering step steps summary support system "
    "systems target task team technical temporary term terms test testing third ticket timeline "
    "top total transition unit update urgent user users vendor war week weekly work year one two "
    "three four five six trustees governors directors partners members chairman chairwoman chair "
    "treasurer bursar principal secretary owner owners tenants residents madam sir sirs"
)
"""Words of offices, papers and sections: what consists of them alone is no house's name."""


_PLACES = word_set(
    "africa alps america amsterdam andes angeles antwerp arabia asia athens atlantic auckland "
    "australia austria baltic bangalore bangkok barcelona bavaria beijing belfast belgium berlin "
    "birmingham bogota boston brazil bremen bristol britain brussels budapest cairo california "
    "canada cape cardiff chicago chile china cologne copenhagen cornwall czech dallas delhi "
    "denmark denver detroit dublin edinburgh egypt england estonia europe finland france francisco "
    "frankfurt geneva germany ghent glasgow greece hamburg hanover helsinki hong houston hungary "
    "iceland india indonesia ireland israel istanbul italy jakarta japan johannesburg kenya "
    "kingdom kong korea leeds leipzig lille lisbon liverpool london los luxembourg lyon madrid "
    "malaysia manchester manila marseille mediterranean melbourne mexico miami milan montreal "
    "moscow mumbai munich nairobi naples netherlands new nice norway nuremberg osaka oslo ottawa "
    "pacific paris peking perth poland porto portugal prague republic rhine rome rotterdam san "
    "scandinavia scotland seattle seoul shanghai singapore slovakia slovenia spain states "
    "stockholm stuttgart sweden switzerland sydney taiwan tallinn texas thailand tokyo toronto "
    "toulouse turin turkey ukraine united vancouver venice vienna vietnam wales warsaw washington "
    "york zagreb zurich north south east west northern southern eastern western central upper "
    "lower greater great and"
)
"""Words of places: cities, countries, and where in them."""


_MAKERS = word_set(
    "microsoft oracle apache amazon aws azure google cisco sap vmware ibm intel citrix fortinet "
    "juniper adobe atlassian redis mongodb postgres postgresql mysql mariadb kubernetes docker "
    "kafka rabbitmq elasticsearch elastic splunk cloudflare akamai okta windows linux ubuntu "
    "debian android grafana prometheus jenkins gitlab github nginx tomcat hadoop spark cassandra "
    "clickhouse terraform ansible openshift sharepoint exchange outlook excel salesforce "
    "servicenow zendesk jira confluence slack zoom datadog dynatrace veeam netapp"
)
"""Makers of products, and products, that a text on faults names; a customer is none of them."""


def is_no_house(part: str) -> bool:
    """Whether words are an office, a paper, a place or a maker's product.

    Examples
    --------
    >>> [is_no_house(one) for one in ("Root Cause Analysis", "New York", "Alder Foods")]
    [True, True, False]
    """
    words = [word.strip(".,;:'\"()") for word in part.lower().split()]
    if is_public(words):
        return False
    plain = [word for word in words if word not in {"of", "and", "the", "for", "&"}]
    return (
        _GENERAL.issuperset(plain)
        or _PLACES.issuperset(words)
        or (words[:1] != [] and (words[0] in _MAKERS or words[:2] == ["red", "hat"]))
    )


def is_given(name: str) -> bool:
    """Whether a name opens with a person's given name, and does not end as those of houses do.

    Examples
    --------
    >>> [is_given(one) for one in ("Gail Penrose", "Martin Bakeries", "Alder Foods")]
    [True, False, False]
    """
    words = name.lower().split()
    if not 1 < len(words) <= _LONGEST or is_house(name) or not {"&", "of"}.isdisjoint(words):
        return False
    return words[0] in GIVEN_NAMES


_LONGEST = 5  # words: "Gail Penrose and Tom Oakes"


_KINDS = (
    "supplier",
    "vendor",
    "subcontractor",
    "contractor",
    "competitor",
    "reseller",
    "integrator",
    "insurer",
    "regulator",
    "auditor",
    "provider",
    *(f"{done} by" for done in ("hosted", "supplied", "provided", "operated", "maintained")),
    *("delivered by", "installed by"),
    "hosting partner",
    "cloud partner",
    "manufacturer",
)


@cache
def _called_other() -> re.Pattern[str]:
    """Compile what calls the name before or behind it another party: ``our supplier NAME``."""
    open_kinds = "supplier|vendor|subcontractor|contractor|competitor|reseller|integrator"
    own_kinds = rf"{open_kinds}|insurer|regulator|auditor|manufacturer"
    hosts = r"(?:[a-z]+ ){0,2}(?:provider|hosting partner|cloud partner)"
    return re.compile(
        rf"\b(?:(?:the|its|a|and|to|from|by|with|of) (?:[a-z]+ )?(?:{open_kinds})"
        rf"|(?:our|their|your|my) (?:[a-z]+ )?(?:{own_kinds})"
        r"|(?:hosted|supplied|provided|operated|maintained|delivered|installed) by"
        rf"|(?:our|their|the|your) {hosts}|^(?:{own_kinds}|provider)),?:?$"
    )


@cache
def _is_other() -> re.Pattern[str]:
    """Compile what behind a name makes it another party: ``NAME (our supplier)``."""
    return re.compile(
        r" ?[(,] ?(?:our|the|their|a) (?:[a-z]+ ){0,2}(?:supplier|vendor|subcontractor|contractor|"
        r"competitor|reseller|integrator|provider|hosting partner|cloud partner)\b"
    )


def other_parties(statements: Sequence[Statement]) -> frozenset[str]:
    """Give the names, in small letters, that a text calls a supplier, insurer or competitor."""
    found: set[str] = set()
    for statement in statements[:_SEARCHED]:
        if not holds(statement.lower, _KINDS):
            continue
        for match in name_pattern().finditer(statement.text):
            start, end = whole_name(statement.text, *match.span())
            first, _, rest = statement.lower[start:end].partition(" ")
            if first in _KINDS:
                found.update((statement.lower[start:end], rest))
            before, after = statement.lower[:start].rstrip(" \"'"), statement.lower[end : end + 60]
            if _called_other().search(before[-60:]) or _is_other().match(after):
                found.add(statement.text[start:end].casefold())
    return frozenset(found)


_SEARCHED = 400  # statements
