"""Figures in a text, and every form in which a document's numbers may be written.

``sys.modules["number_lint"]`` after conftest.py has loaded it: the tests' folders are no packages.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from impactcalc.domain.result import Estimate
from impactcalc.report.export import plain, to_document
from impactcalc.report.phrases import Clock, seconds
from impactcalc.units.money import short_money
from impactcalc.units.ratio import percent

BANNED = re.compile(
    r"\b(un)?likely\b|\bpossibl[ey]\b|worst[ -]case|\bconservative|\bconfiden|\bpenalt|\brefund"
    r"|total impact|\bMTTR\b|no SLA penalty|\bguarantee|\bSLA at risk",
    re.IGNORECASE,
)
AT_RISK = re.compile(r"at risk(?! a day)", re.IGNORECASE)
PHRASES = re.compile(  # odds that name a quantile, and certainty's edges: no figures of the result
    r"\b(8|9) (in|of) 10\b|\b1 in (2|4|10|20)\b|\bover 9\d(%| of 100)|\bunder \d+(%| of 100)"
    r"|\bof 100\b|\bpage 2\b|\bpast 9 in 10\b"
)
TOKEN = re.compile(
    r"(?P<date>\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?: \d{4})?(?: \d\d:\d\d)?)|(?P<money>-?[$€£]\d[\d,.]*[KMBT]?)|(?P<share>\d[\d.]*%)"
    r"|(?P<length>\d[\d.,]*(?: to \d[\d.,]*)? (?:min|h|days?|s)\b)"
)


def leaves(node: object) -> Iterator[object]:
    """Yield every value of a document."""
    if isinstance(node, dict):
        for value in node.values():
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    else:
        yield node


CURVES = frozenset(
    {"fan", "exceedance", "dots", "mc_error", "sd"}
)  # dense: they would hold any number


def numbers(node: object) -> set[float]:
    """Collect the numbers of a part, its curves left out."""
    if isinstance(node, dict):
        return set().union(*(numbers(value) for key, value in node.items() if key not in CURVES))
    if isinstance(node, list):
        return set().union(*(numbers(value) for value in node))
    is_number = isinstance(node, (int, float)) and not isinstance(node, bool)
    return {float(node)} if is_number else set()  # type: ignore[arg-type]


def written_forms(estimate: Estimate) -> set[str]:
    """Write every number of the document in the forms that the narrative knows for its kind."""
    document: dict[str, Any] = to_document(estimate)
    contract = estimate.scenario.sla
    credit_terms = None if contract is None else plain(contract.credits)
    routes = [route["revenue_loss"] for route in document["lost_share"]["routes"]]
    steps, inputs = document["what_if"], document["drivers"]
    sums = numbers([document["customer"], document["provider"], routes, steps, inputs])
    shares = numbers(
        [document["sla"], document["lost_share"], document["recovery"]["stages"], inputs]
    )
    shares |= numbers([credit_terms, document["run"]["accuracy"], document["run"]["error_reached"]])
    forms = {short_money(one, estimate.currency or "USD", n) for one in sums for n in (1, 2, 3)}
    for one in shares:
        if one <= 10:
            forms |= {percent(one, count) for count in (1, 2, 3, 6)} | {f"{100 * one:.2g}%"}
            forms.add(f"{100 * one:.2f}%")  # availability
            forms |= {f"{round(100 * one / step) * step}%" for step in (1, 5, 10)}
    forms |= {seconds(one, count) for one in numbers(document["sla"]) for count in (1, 2, 3)}
    hours = {abs(one) for one in numbers([document["recovery"], steps, inputs])}
    forms |= {seconds(one * 3600, count) for one in hours for count in (1, 2)}
    return forms | moment_forms(estimate, document)


def moment_forms(estimate: Estimate, document: dict[str, Any]) -> set[str]:
    clock = Clock.of(estimate)
    forms = set()
    for leaf in leaves(document):
        if isinstance(leaf, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d", leaf):
            moment = datetime.fromisoformat(leaf)
            texts = (clock.brief(moment), clock.full(moment), clock.exact(moment))
            forms |= {text.removesuffix(f" {clock.zone_name}") for text in texts}
            forms |= {text.rpartition(" ")[2] for text in texts if ":" in text}
    return forms


def tokens(text: str) -> Iterator[str]:
    """Yield the figures of a text; the first of ``"1.8 to 19 h"`` takes the unit of the last."""
    for found in TOKEN.finditer(PHRASES.sub("", text.replace("\N{MINUS SIGN}", "-"))):
        low, to, high = found.group().rstrip(",.").partition(" to ")
        if not to:
            yield low.removesuffix(" ")
            continue
        unit = high.partition(" ")[2]
        yield f"{low} {unit}"
        yield high
