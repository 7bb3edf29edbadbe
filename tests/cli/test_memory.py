"""Freed pages are kept where the C library can, and nothing breaks where it cannot."""

import ctypes
from types import SimpleNamespace

import pytest

from impactcalc.cli.memory import keep_freed_pages


def test_both_thresholds_are_raised(monkeypatch):
    asked = []
    library = SimpleNamespace(mallopt=lambda what, value: asked.append((what, value)))
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    keep_freed_pages()
    assert sorted(asked) == [(-3, 2**30), (-1, 2**30)]  # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD


@pytest.mark.parametrize("trouble", [OSError, AttributeError, TypeError])
def test_a_library_without_the_switch_is_left_alone(monkeypatch, trouble):
    def missing(_):
        raise trouble

    monkeypatch.setattr(ctypes, "CDLL", missing)
    keep_freed_pages()
