"""The process: what a signal does to it, then the command line."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    """Leave through every ``finally``, so that no scratch folder stays; exit 143."""
    del frame
    raise SystemExit(128 + signum)


def main() -> NoReturn:
    """Run the command line and leave with its exit code.

    SIGINT stays at the system's default while packages are being imported: an interrupted import
    would print a page of traceback, the default prints nothing. The commands take it back once
    their imports are done (`impactcalc.cli.interrupts`). One thread for linear algebra,
    which we do not use, halves the CPU of importing numpy. A command lives for a moment and its
    objects die by their count: without the collector's rounds it starts a tenth sooner.
    """
    gc.disable()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, _terminate)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from impactcalc.cli.guard import run

    _leave(run(sys.argv[1:]))


def _leave(code: int) -> NoReturn:
    """End the process once all is written and every exit handler has run.

    Taking all modules apart again costs a tenth of a whole command; the system frees their memory
    at once.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # the interpreter says what it could not write
    atexit._run_exitfuncs()  # noqa: SLF001 - the only way to run them ahead of the end
    os._exit(code)


if __name__ == "__main__":
    main()
