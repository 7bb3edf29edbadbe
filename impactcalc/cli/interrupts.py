"""The interrupt: whose Ctrl-C is, the system's or ours."""

from __future__ import annotations

import signal


def interruptible() -> None:
    """Take Ctrl-C back from the system, now that the imports are done."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
