"""Frozen values of the field: what was measured, promised, broken, and what hangs on it.

They know no numpy, no file and no screen. Every figure that a person did not state is a
`Sourced` value whose source says where it comes from: ``"line 44"``, ``"case.yaml:12"`` or
``"default: why"``.
"""
