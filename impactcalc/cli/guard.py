"""The guard around every command: each way to fail becomes one line and an exit code."""

from __future__ import annotations

import errno
import sys
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impactcalc import __version__
from impactcalc.cli import console
from impactcalc.cli.help import Debug
from impactcalc.cli.outcome import Outcome
from impactcalc.cli.progress import wipe
from impactcalc.errors import ConditionMet, ImpactcalcError, InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer import Typer

OURS, INTERRUPTED, PIPE_CLOSED = 1, 130, 141


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code.

    Parameters
    ----------
    arguments
        The words after the program's name.

    Returns
    -------
    int
        0 done; 2 the input is wrong; 1 our fault or the machine's; 3 ``--fail-if`` holds;
        130 Ctrl-C; 141 the reader of standard output has gone, as any program in a pipe.
    """
    debug = Debug()
    try:
        try:
            outcome = _command(arguments, debug)
        finally:
            wipe()
        return _deliver(outcome)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - no page of traceback, ever
        code, lines = _explain(error, debug)
    console.abandon()
    console.complain(lines)
    return code


def _explain(error: BaseException, debug: Debug) -> tuple[int, list[str]]:
    """Give the exit code of a failure, and the lines that say it."""
    code = OURS
    match error:
        case BrokenPipeError():
            code, lines = PIPE_CLOSED, []
        case KeyboardInterrupt():
            code, lines = INTERRUPTED, ["impactcalc: interrupted; finished files are whole"]
        case InputError():
            code, lines = error.exit_code, [str(problem) for problem in error.problems]
        case ImpactcalcError():
            code, lines = error.exit_code, [f"impactcalc: {error}"]
        case OSError(errno=errno.ENOSPC | errno.EFBIG, strerror=reason):  # the help's own echo
            lines = [f"impactcalc: standard output: {reason}"]
        case MemoryError():
            lines = ["impactcalc: out of memory; give fewer --trials or a smaller file"]
        case _:
            lines = _internal(error, debug)
    return code, lines


def _command(arguments: Sequence[str], debug: Debug) -> Outcome:
    """Parse the command line and run its command; a wrong command line is an `InputError`."""
    from typer._click.exceptions import ClickException  # no public name; typer is pinned
    from typer.main import get_command

    from impactcalc.cli.app import app

    command = get_command(_of_called(app, arguments))
    try:
        result = command.main(list(arguments), "impactcalc", standalone_mode=False, obj=debug)
    except ClickException as error:
        raise _usage(error) from error
    if result == INTERRUPTED:
        raise KeyboardInterrupt
    return result if isinstance(result, Outcome) else Outcome()


def _of_called(app: Typer, arguments: Sequence[str]) -> Typer:
    """Leave out the commands that are not called: typer builds all options of those it knows, 5 ms.

    All are there for what names no command first: a wrong name, the help of all, completion.
    """
    called = [
        each
        for each in app.registered_commands
        if each.callback is not None and [each.callback.__name__] == list(arguments[:1])
    ]
    if not called:
        return app
    alone = copy(app)
    alone.registered_commands = called
    return alone


def _usage(error: Any) -> InputError:
    """Turn the parser's finding into one line that names the help to read."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "impactcalc"
    message = error.format_message().rstrip(".").replace(chr(10), " ")
    return InputError(Problem(f"{command}: {message}", f"see {command} --help"))


def _deliver(outcome: Outcome) -> int:
    """Write what a command says, and judge its exit code."""
    console.emit(outcome.text, utf8=outcome.utf8)
    console.complain(outcome.notes)
    if outcome.met:
        raise ConditionMet(outcome.met)
    return 0


def _internal(error: BaseException, debug: Debug) -> list[str]:
    """Say where a bug of ours is; the traceback goes to the file of ``--debug`` alone."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "impactcalc" in Path(frame.filename).parts] or frames
    place = ""
    if ours:
        parts = Path(ours[-1].filename).with_suffix("").parts
        after = len(parts) - parts[::-1].index("impactcalc") if "impactcalc" in parts else -1
        place = f" in {'.'.join(parts[after:])}:{ours[-1].lineno}"
    what = f"internal error ({type(error).__name__}{place})"
    lines = [f"impactcalc: {what}: please report, with the file named by --debug"]
    if debug.file is not None:
        lines.append(_write_traceback(error, debug.file))
    return lines


def _write_traceback(error: BaseException, file: Path) -> str:
    """Write the traceback for a report to us, and say where it is."""
    import traceback

    text = "".join(traceback.format_exception(error))
    try:
        file.write_text(f"impactcalc {__version__}, Python {sys.version}\n{text}", "utf-8")
    except OSError as problem:
        return f"{file}: {problem.strerror}; the traceback could not be written"
    return f"wrote {file}"
