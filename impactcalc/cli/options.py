"""The options of ``estimate``: from the words of the command line to checked values."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from impactcalc.errors import InputError, Problem
from impactcalc.named import NamedTuple
from impactcalc.units.ratio import parse_ratio
from impactcalc.usecases.request import DEFAULT_SEED, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from impactcalc.intake.read_options import ReadOptions
    from impactcalc.report.layout import Layout
    from impactcalc.usecases.condition import Condition

FEWEST_TRIALS, MOST_TRIALS, LARGEST_SEED = 2, 2**63 - 1, 2**64 - 1
_MOST_ZEROS = 2
_SHOWN = 100
T = TypeVar("T")


class Style(enum.Enum):
    """What stands on standard output."""

    PAGE = "the terminal page"
    JSON = "--json"
    SUMMARY = "--summary"
    PATHS = "--quiet"


class Wish(NamedTuple):
    """What is to be answered, and how it is to be said.

    Parameters
    ----------
    sources
        Names of the sources; None is the bundled escalation.
    style
        What stands on standard output.
    quiet
        Whether notes on standard error are left out.
    conditions
        Of ``--fail-if``.
    """

    sources: tuple[str | None, ...]
    style: Style
    quiet: bool
    conditions: tuple[Condition, ...]


class Reading(NamedTuple):
    """What is said about measurements, in the words of the command line."""

    columns: str | None
    errors: str | None
    threshold: str | None
    zone: str | None


class Findings:
    """Collects the problems of all options, so that one run names them all."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def read(self, reader: Callable[[str], T], text: str | None, default: T) -> T:
        """Read one option; a problem is kept for `finish` and the default returned."""
        if text is None:
            return default
        try:
            return reader(text)
        except InputError as error:
            self._problems.extend(error.problems)
            return default

    def keep(self, error: InputError) -> None:
        """Keep the problems that a reader raised."""
        self._problems.extend(error.problems)

    def refuse(self, message: str, remedy: str) -> None:
        """Keep a problem of options that do not go together."""
        self._problems.append(Problem(message, remedy))

    def finish(self) -> None:
        """Raise all problems that were kept.

        Raises
        ------
        InputError
            With one problem a wrong option.
        """
        if self._problems:
            raise InputError(*self._problems)


def read_request(  # noqa: PLR0913 - one parameter an option
    findings: Findings,
    *,
    observations: Sequence[Path] | None,
    history: Path | None,
    reading: Reading,
    as_of: str | None,
    settings: Sequence[str] | None,
    accuracy: str | None,
    trials: str | None,
    seed: str | None,
    since: Path | None = None,
) -> Request:
    """Read the options that change an answer; problems go to `findings`."""
    return Request(
        as_of=as_of,
        settings=tuple(settings or ()),
        accuracy=findings.read(read_accuracy, accuracy, None),
        trials=findings.read(read_trials, trials, None),
        seed=findings.read(read_seed, seed, DEFAULT_SEED),
        observations=tuple(str(file) for file in observations or ()),
        since=None if since is None else str(since),
        reading=_read_reading(findings, reading) if any(reading) else None,
        history=None if history is None else str(history),
    )


def _read_reading(findings: Findings, words: Reading) -> ReadOptions | None:
    """Read what is said about measurements, as ``sli`` reads it; problems go to `findings`."""
    from impactcalc.cli.sli import ROLES, Asked, read_request
    from impactcalc.intake.history import ROLES as OF_HISTORY

    asked = Asked(
        files=(), target=None, period=None, downtime=None, min_consecutive=None, min_events=None,
        exclude=(), zone=words.zone, columns=words.columns, errors=words.errors,
        threshold=words.threshold, weight=(), component=None, kind=None, slice_width=None,
        slice_target=None, as_of=None,
    )  # fmt: skip
    try:
        return read_request(
            asked, history=False, roles=tuple(dict.fromkeys(ROLES + OF_HISTORY))
        ).reading
    except InputError as error:
        findings.keep(error)
        return None


def read_wish(  # noqa: PLR0913 - one parameter an option
    findings: Findings,
    *,
    sources: Sequence[Path] | None,
    observations: Sequence[Path] | None,
    since: Path | None,
    example: bool,
    as_json: bool,
    summary: bool,
    quiet: bool,
    fail_if: Sequence[str] | None,
) -> Wish:
    """Read what is to be said about which sources; problems go to `findings`."""
    names = tuple(str(source) for source in sources or ())
    if example and names:
        findings.refuse("--example answers the bundled escalation", "leave SOURCE or it out")
    if not example and not names:
        findings.refuse("SOURCE is missing", "try it: impactcalc estimate --example")
    if observations and len(names) > 1:
        findings.refuse("--observations belong to one incident", "give one SOURCE at a time")
    if since is not None and len(names) > 1:
        findings.refuse("--since compares one incident", "give one SOURCE at a time")
    if since is not None and str(since) == "-" and "-" in names:
        findings.refuse("'-' (standard input) can be read once", "give the record as a file")
    if as_json and len(names) > 1:
        findings.refuse("--json prints one document", "give one SOURCE, or --out for one file each")
    if as_json and summary:
        findings.refuse("--json and --summary exclude each other", "leave one out")
    if names.count("-") > 1:
        findings.refuse("'-' (standard input) can be read once", "give it once")
    wanted = ((as_json, Style.JSON), (summary, Style.SUMMARY), (quiet, Style.PATHS))
    return Wish(
        sources=(None,) if example else names,
        style=next((style for asked, style in wanted if asked), Style.PAGE),
        quiet=quiet,
        conditions=_read_conditions(fail_if or (), findings),
    )


def read_page(
    findings: Findings,
    forms: Sequence[str],
    *,
    paper: str | None,
    template: Path | None,
    logo: Path | None,
) -> Layout | None:
    """Read the wishes about the page of the brief; None when there are none."""
    asked = {"--paper": paper, "--template": template, "--logo": logo}
    given = [option for option, value in asked.items() if value is not None]
    if not given:
        return None
    if not {"pdf", "png"} & set(forms):
        findings.refuse(f"{given[0]} concerns the brief", "add --pdf or --png")
    from impactcalc.report.layout import read_layout

    try:
        return read_layout(paper, template, logo)
    except InputError as error:
        findings.keep(error)
        return None


def read_trials(text: str) -> int:
    """Read ``--trials``: a whole number of at least 2; 1e9 is one, too."""
    mantissa, _, zeros = text.strip().lower().partition("e")
    if mantissa.isdecimal() and zeros.isdecimal() and len(zeros) <= _MOST_ZEROS:
        text = mantissa + "0" * int(zeros)
    return whole("--trials", text, (FEWEST_TRIALS, MOST_TRIALS), "--trials 16384")


def read_seed(text: str) -> int:
    """Read ``--seed``: a whole number of 64 bits, from 0."""
    return whole("--seed", text, (0, LARGEST_SEED), "--seed 1")


def read_accuracy(text: str) -> float:
    """Read ``--accuracy``: a share in (0, 100%]; above 1 it needs its percent sign."""
    try:
        share = parse_ratio(text)
    except ValueError as error:
        share = _bare_percentage(text)
        if share <= 1:
            raise InputError(Problem(f"--accuracy: {error}")) from error
    if not 0 < share <= 1:
        outside = f"--accuracy: '{text}' lies outside 0% (excluded) to 100%"
        raise InputError(Problem(outside, "e.g. --accuracy 1%"))
    return float(share)


def _bare_percentage(text: str) -> Decimal:
    """Read a number as if its percent sign were there; 0 when it is no number at all."""
    try:
        return parse_ratio(f"{text}%")
    except ValueError:
        return Decimal(0)


def _read_conditions(texts: Sequence[str], findings: Findings) -> tuple[Condition, ...]:
    """Read every ``--fail-if``."""
    if not texts:
        return ()
    from impactcalc.usecases.condition import parse_condition

    read = [findings.read(parse_condition, text, None) for text in texts]
    return tuple(condition for condition in read if condition is not None)


def whole(option: str, text: str, bounds: tuple[int, int], example: str) -> int:
    """Read a whole number in plain digits, between two bounds."""
    plain = text.strip()
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."  # the remedy stays in sight
    digits = plain.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise InputError(Problem(f"{option}: '{shown}' is not a whole number", f"e.g. {example}"))
    least, most = bounds
    digits = digits.lstrip("0") or "0"
    # how many digits there are says enough: int() refuses thousands of them
    size = int(digits) if len(digits) <= len(str(most)) else most + 1
    number = -size if plain.startswith("-") else size
    if not least <= number <= most:
        outside = f"{option}: '{shown}' lies outside {least} to {most}"
        raise InputError(Problem(outside, f"e.g. {example}"))
    return number
