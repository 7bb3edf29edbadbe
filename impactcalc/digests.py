"""Digests for what every answer digests: `hashlib` loads OpenSSL's binding first, 3 ms.

The standard library's `random` does the same. Where an interpreter has other names, `hashlib` gives
the same digests; it stays in use for large files, which OpenSSL digests in less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["blake2b", "sha256"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b
        from _sha256 import sha256
    except ImportError:
        from hashlib import blake2b, sha256
