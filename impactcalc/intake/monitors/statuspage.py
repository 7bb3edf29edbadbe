"""Statuspage: incidents with the states of the components that they touch.

Component states decide, not the impact label. A state holds from the update that sets it to the
next update of the same incident, at the latest to the incident's end; an open one never ends.
Incidents overlap; the worst state of a moment counts once, which is the model's business.

Source: Statuspage's API, "incident_updates.affected_components"; slo/README.md, semantics 20.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from impactcalc.domain.observation import Episode, Remark
from impactcalc.intake.foreign_json import Complaints, Item, shown
from impactcalc.intake.moments import parse_zone
from impactcalc.intake.observation_file import FOREVER_NS
from impactcalc.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

_WEIGHTS = {
    "operational": ("operational", 0), "degraded_performance": ("degraded", 0),
    "partial_outage": ("partial", 0), "major_outage": ("major", 1),
    "under_maintenance": ("maintenance", 0),
}  # fmt: skip
_OVER = {"resolved", "postmortem", "completed"}
_LISTS = ("incidents", "scheduled_maintenances")


class Change(NamedTuple):
    """An update that sets the state of one component."""

    at_ns: int
    code: str
    name: str
    status: str


class Page(NamedTuple):
    """What a page tells.

    Parameters
    ----------
    episodes
        Of every component, by code.
    names
        Name by code.
    groups
        Codes of the members by code of the group.
    moments
        Starts and ends of the incidents, for the data's own span; open ones end at their start.
    remarks
        Warnings.
    """

    episodes: dict[str, list[Episode]]
    names: dict[str, str]
    groups: dict[str, list[str]]
    moments: list[int]
    remarks: list[Remark]


def read_statuspage(
    document: dict[str, object],
    weights: Mapping[str, Fraction],
    zone: tzinfo | None,
    complaints: Complaints,
) -> Page:
    """Read the incidents of a page.

    Parameters
    ----------
    document
        ``incidents``, also ``scheduled_maintenances`` and ``components`` where they are.
    weights
        Lost share by state: partial, also degraded, major, maintenance.
    zone
        Of times without offset; None: the page's own.
    complaints
        Where problems go.
    """
    root = Item(document, "", complaints)
    page = Page({}, {}, {}, [], [])
    zone = zone or _zone(root.item("page").text("time_zone"))
    _read_components(root, page)
    for key in _LISTS:
        for incident in root.items(key):
            _read_incident(incident, page, weights, zone)
    return page


def _zone(name: str) -> tzinfo | None:
    try:
        return parse_zone(name) if name else None
    except ValueError:
        return None


def _read_components(root: Item, page: Page) -> None:
    """Note names and groups, nested or by the id of their group."""
    for part in root.items("components"):
        code = part.text("id", "code", "name")
        page.names[code] = part.text("name", "id", "code")
        group = part.text("group_id")
        if group:
            page.groups.setdefault(group, []).append(code)
        for member in part.plain("components"):
            inner = (
                Item(member, part.at("components"), part.complaints)
                if isinstance(member, dict)
                else None
            )
            known = inner.text("id", "code", "name") if inner else str(member)
            page.groups.setdefault(code, []).append(known)
            if inner:
                page.names[known] = inner.text("name", "id", "code")


def _read_incident(
    incident: Item, page: Page, weights: Mapping[str, Fraction], zone: tzinfo | None
) -> None:
    """Turn the updates of one incident into episodes of its components."""
    updates = list(incident.items("incident_updates"))
    ordered = sorted(
        ((at_ns, update) for update in reversed(updates)
         if (at_ns := update.instant("display_at", "created_at", zone=zone)) is not None),
        key=lambda pair: pair[0],
    )  # fmt: skip
    end = _end(incident, ordered, zone)
    start = ordered[0][0] if ordered else incident.instant("started_at", "created_at", zone=zone)
    if start is None:
        return
    if end < start:
        incident.refuse("resolved_at", "lies before the first update", "swap them")
        return
    page.moments.extend((start, end if end < FOREVER_NS else start))
    changes = [change for at_ns, update in ordered for change in _changes(at_ns, update)]
    if not changes:
        words = f"'{incident.text('name', 'id')}' names no component's state: it is not counted"
        page.remarks.append(Remark(words, incident.complaints.file))
    for code in dict.fromkeys(change.code for change in changes):
        own = [change for change in changes if change.code == code]
        page.names.setdefault(code, own[0].name)
        page.episodes.setdefault(code, []).extend(_episodes(own, end, weights))


def _end(incident: Item, ordered: list[tuple[int, Item]], zone: tzinfo | None) -> int:
    """When an incident is over: never, while it is open."""
    if incident.fields.get("resolved_at") is not None:
        return incident.instant("resolved_at", zone=zone) or FOREVER_NS
    if incident.text("status") not in _OVER:
        return FOREVER_NS
    closing = [at_ns for at_ns, update in ordered if update.text("status") in _OVER]
    return closing[0] if closing else FOREVER_NS


def _changes(at_ns: int, update: Item) -> Iterator[Change]:
    """Go through the component states that an update sets."""
    for part in update.items("affected_components"):
        code, status = part.text("code", "id", "name"), part.read("new_status", str)
        if not code:
            part.refuse("code", "is missing")
        elif status is not None and status not in _WEIGHTS:
            remedy = f"known are {', '.join(_WEIGHTS)}"
            part.refuse("new_status", f"{shown(status)} is no state of a component", remedy)
        elif status is not None:
            yield Change(at_ns, code, part.text("name", "code", "id"), status)


def _episodes(
    changes: list[Change], end: int, weights: Mapping[str, Fraction]
) -> Iterator[Episode]:
    """Let each state last until the next change of the same incident."""
    ends = [*(change.at_ns for change in changes[1:]), end]
    for change, following in zip(changes, ends, strict=True):
        name, share = _WEIGHTS[change.status]
        lost = weights.get(name, weights.get(change.status, Fraction(share)))
        until = min(following, end)
        if lost and until > change.at_ns:
            yield Episode(change.at_ns, until, lost)


def members(page: Page, wanted: str) -> list[str]:
    """Codes of the components that a code or a name means; a group means its members."""
    codes = {*page.names, *page.episodes, *page.groups}
    found = [code for code in codes if code == wanted]
    found = found or [code for code in codes if page.names.get(code) == wanted]
    folded = wanted.casefold()
    found = found or [code for code in codes if page.names.get(code, code).casefold() == folded]
    below = [code for one in found for group in [page.groups.get(one, ())] for code in group]
    return [*found, *below]
