"""The mapper: a document's tree to a ``Scenario``, with every figure's source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from impactcalc.domain.exposure import Exposure, Reading
from impactcalc.domain.scenario import Scenario
from impactcalc.errors import Problem
from impactcalc.intake.document import Document, Node
from impactcalc.intake.scenario_file.business import map_business, parse_currency
from impactcalc.intake.scenario_file.figures import figures_of
from impactcalc.intake.scenario_file.findings import Findings
from impactcalc.intake.scenario_file.incident import map_incident
from impactcalc.intake.scenario_file.recovery import map_recovery
from impactcalc.intake.scenario_file.section import Section
from impactcalc.intake.scenario_file.sla import map_sla
from impactcalc.intake.scenario_file.timing import read_timing

if TYPE_CHECKING:
    from datetime import datetime

    from impactcalc.domain.contract import Sla
    from impactcalc.domain.scenario import WhatIf
    from impactcalc.domain.sourced import Caution
    from impactcalc.intake.scenario_file.what_if import Entry

VERSION = "1"


def to_scenario(
    document: Document, *, now: datetime, as_of: datetime | None, file: str, digest: str
) -> Scenario:
    """Map a document of either door.

    Parameters
    ----------
    document
        Tree, and what its reader assumed.
    now
        The present moment, for inputs that state none; aware.
    as_of
        ``--as-of``, aware; None: the document's own.
    file
        The input's name, for messages.
    digest
        Of the input's bytes and of the options that change the answer.

    Returns
    -------
    Scenario
        Moments known to the day stay whole days: the engine cuts them to the forecast.

    Raises
    ------
    InputError
        With every problem at once, sorted by line.
    """
    mapping = _Mapping(document, now, as_of, file)
    mapping.require_parts()
    mapping.findings.raise_problems()
    return mapping.scenario(digest)


def check_scenario(document: Document, *, now: datetime, file: str) -> tuple[Caution, ...]:
    """Check a document, which may hold only ``sla:``, and return its warnings.

    Raises
    ------
    InputError
        With every problem at once, sorted by line.
    """
    mapping = _Mapping(document, now, None, file)
    if not mapping.root.has("sla") or mapping.root.has("business"):
        mapping.require_parts()
    mapping.findings.raise_problems()
    return (*document.cautions, *mapping.findings.all_cautions())


def to_sla(document: Document, *, file: str) -> tuple[Sla, tuple[Caution, ...]]:
    """Map the ``sla`` part of a document, and return its warnings.

    Raises
    ------
    InputError
        When there is none, or with every problem of that part at once, sorted by line.
    """
    findings = Findings(file)
    root = Section(findings, document.tree)
    root.require("sla", "{target: 99.9%, credits: [{below: 99.9%, credit: 10%}]}")
    section = root.section("sla")
    sla = map_sla(section) if section is not None else None
    currency = _agreed_currency(findings, "", "")
    findings.raise_problems()
    if sla is None:
        raise AssertionError(f"{file}: no contract and no problem")
    return sla._replace(currency=currency), findings.all_cautions()


def _agreed_currency(findings: Findings, currency: str, where: str) -> str:
    """Return the one currency of all money; amounts in another are problems at their line."""
    for use in sorted(findings.money, key=lambda use: use.node.line):
        if not currency:
            currency, where = use.currency, use.label
        elif use.currency != currency:
            findings.problem(
                use.label,
                use.node,
                f"'{use.node.text}' is in {use.currency}, but {where} is in {currency}; "
                "use one currency",
            )
    return currency


def problems_of(tree: Node, *, now: datetime, file: str) -> list[Problem]:
    """Return the problems of a tree's values, whatever its shape."""
    return _Mapping(Document(tree), now, None, file).problems


class _Mapping:
    """One mapping of one document."""

    business: Exposure | None = None
    sla: Sla | None = None

    def __init__(
        self, document: Document, now: datetime, as_of: datetime | None, file: str
    ) -> None:
        self.document, self.findings, self.now = document, Findings(file), now
        self.root = Section(self.findings, document.tree)
        self.findings.taught = self.root.has("history")
        self._check_version()
        self._map_plan(now, as_of)
        self._map_money()
        self.observations = self.root.texts("observations")
        self.history = self.root.read("history", str)
        self.entries = self._checked_entries()
        self._settle_currency()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the tree's values, whatever its shape."""
        return self.findings.problems

    def changed(self, tree: Node) -> _Mapping:
        """Map a changed tree at the same moment; it may state another one itself."""
        document = replace(self.document, tree=tree)
        stated = tree.at(("incident", "as_of")) != self.root.node.at(("incident", "as_of"))
        as_of = None if stated else self.timing.as_of.value
        return _Mapping(document, self.now, as_of, self.findings.file)

    def _check_version(self) -> None:
        version = self.root.text_of("impactcalc")
        if version is not None and version.text != VERSION:
            what = f"version '{version.text}' is not known; this program reads version {VERSION}"
            self.root.problem("impactcalc", what)

    def _map_plan(self, now: datetime, as_of: datetime | None) -> None:
        root = self.root
        timing = read_timing(root, now, as_of, self.document.moments)
        self.timing = timing
        self.incident = map_incident(
            self._section("incident"), timing.incident_started, timing.as_of.value, timing.zone
        )
        self.recovery = map_recovery(self._section("recovery"), timing)

    def _section(self, key: str) -> Section:
        """Return a section, an empty one when it is not written."""
        empty = Section(self.findings, Node({}, self.root.node.source), (key,), key)
        return self.root.section(key) or empty

    def _map_money(self) -> None:
        """Map business and sla."""
        business, sla = self.root.section("business"), self.root.section("sla")
        if sla is not None:
            self.sla = map_sla(sla)
        if business is not None:
            self.business = map_business(business)
            self._refuse_lost_zero(business)

    def _settle_currency(self) -> None:
        """See that all money is in one currency, those of actions too."""
        self.currency = self._one_currency()
        if self.business is None:
            return
        self.business = self.business._replace(currency=self.currency)
        if self.currency:
            return
        from impactcalc.intake.scenario_file.loss_parts import missing_currency

        part, example = missing_currency(self.business)
        if part:
            what = f"its default amount has no currency; write e.g. {{{example}}}"
            self._section("business").problem(part, what)

    def _one_currency(self) -> str:
        """Return the stated currency, else that of the first amount."""
        node = self.root.node.at(("business", "currency"))
        currency, where = "", ""
        if node is not None and node.text is not None:
            try:
                currency, where = parse_currency(node.text), "business.currency"
            except ValueError:
                return ""  # named already
        return _agreed_currency(self.findings, currency, where)

    def _refuse_lost_zero(self, business: Section) -> None:
        """Refuse the reading "lost" where nothing is lost: it divides by the lost share."""
        lost = self.incident.lost_share
        reading = self.business.reading.value if self.business else None
        if lost is not None and lost.value.fixed == 0 and reading is Reading.LOST:
            business.problem(
                "reading",
                f"'lost' says that the outage loses revenue, but incident.lost_share is "
                f"'{lost.text}'; write exposed, or a share above 0%",
            )

    def require_parts(self) -> None:
        """Require an incident, and money or a contract, as an estimate does."""
        root = self.root
        remedies = []
        missing = []
        if not root.has("incident"):
            missing.append("an incident ('incident')")
            remedies.append("write e.g. incident: {started: 2024-01-22}")
        if not root.has("business") and not root.has("sla"):
            missing.append("money at risk ('business') or a contract ('sla')")
            remedies.append("add one, e.g. --set sla.target=99.9%")
        if missing:
            words = f"an estimate needs {' and '.join(missing)}"
            place = (self.findings.file, root.node.line)
            self.findings.problems.append(Problem(words, "; ".join(remedies), *place))

    def scenario(self, digest: str) -> Scenario:
        """Put the parts together; there is no problem by now."""
        return Scenario(
            incident=self.incident,
            recovery=self.recovery,
            as_of=self.timing.as_of,
            business=self.business,
            sla=self.sla,
            figures=figures_of(self.document.tree, self.findings.defaults),
            assumptions=(*self.document.assumptions, *self.findings.assumptions),
            cautions=(*self.document.cautions, *self.findings.all_cautions()),
            currency=self.currency or None,
            inputs_sha256=digest,
            observations=self.observations,
            history=self.history,
            what_if=self._alternatives(),
        )

    def _checked_entries(self) -> list[Entry]:
        """Check the what_if list; without one, its checks are not loaded."""
        if not self.root.has("what_if"):
            return []
        from impactcalc.intake.scenario_file.what_if import check_what_if

        return check_what_if(self.root, self.changed)

    def _alternatives(self) -> tuple[WhatIf, ...]:
        """Read the what_if list; without one, its reader is not loaded."""
        if not self.entries:
            return ()
        from impactcalc.intake.scenario_file.alternatives import read_alternatives

        return read_alternatives(self.entries, self.root.node, self.changed)
