"""The files beside a source: measurements and a history of incidents, read where there are any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.source import STANDARD_INPUT

if TYPE_CHECKING:
    from impactcalc.domain.scenario import Scenario
    from impactcalc.usecases.request import Request


def with_files(scenario: Scenario, request: Request, source: str) -> Scenario:
    """Let measurements and history speak.

    Parameters
    ----------
    scenario
        As its own source tells it.
    request
        Its files go before those that the scenario names.
    source
        Name of the scenario's own source: its files lie beside it.

    Raises
    ------
    InputError
        With every problem of a file; when something is said about files and there is none.
    """
    measured = bool(request.observations or scenario.observations)
    if request.reading is not None and not measured and not _taught(scenario, request):
        raise InputError(
            Problem(
                "--columns, --errors, --threshold and --tz concern measurements",
                "give --observations FILE, too",
            )
        )
    scenario = with_history(scenario, request, source)
    if measured:
        from impactcalc.usecases.observe import observed

        scenario = observed(scenario, request, source)
    return scenario


def with_history(scenario: Scenario, request: Request, source: str) -> Scenario:
    """Let the history alone speak, where there is one; see `with_files`."""
    name = request.history
    if name is None and scenario.history is not None:
        name = beside(scenario.history.value, source)
    if name is None:
        return scenario
    if name == source == STANDARD_INPUT:
        raise InputError(Problem("'-' (standard input) can be read once", "give --history a file"))
    from impactcalc.usecases.learn import learned

    return learned(scenario, request, name)


def _taught(scenario: Scenario, request: Request) -> bool:
    return request.history is not None or scenario.history is not None


def beside(name: str, source: str) -> str:
    """Name a file that a scenario states, from where the program runs."""
    folder = Path() if source == STANDARD_INPUT else Path(source).parent
    return str(folder / name)
