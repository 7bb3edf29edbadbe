"""Memory of a command: freed pages are kept for the next array."""

from __future__ import annotations

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h
_NEVER = 2**30


def keep_freed_pages() -> None:
    """Let the C library reuse large blocks instead of giving each back to the system.

    Arrays of a megabyte come and go by the hundred; fetching their pages anew takes a quarter of
    the CPU of the trials and summaries. Where the library has no such switch nothing happens.
    """
    import ctypes  # loaded by numpy already

    try:
        switch = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return
    switch(_TRIM_THRESHOLD, _NEVER)
    switch(_MMAP_THRESHOLD, _NEVER)
