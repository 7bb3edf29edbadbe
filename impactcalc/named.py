"""Named tuples that are quick to define: typing's, without a look at their annotations.

`typing.NamedTuple` turns every annotation into a reference that nobody here resolves: 0.14 ms a
class, 20 ms of a command that needs 160 of them. To a type checker both are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    import collections

    _OWN = frozenset({"__annotations__", "__module__", "__qualname__", "__classcell__"})

    class _Maker(type):
        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> type:
            del bases
            fields = namespace.get("__annotations__", {})
            made = collections.namedtuple(  # noqa: PYI024 - it is made typed just here
                name,
                fields,
                defaults=[namespace[field] for field in fields if field in namespace],
                module=namespace["__module__"],
            )
            made.__annotations__ = fields
            made.__qualname__ = namespace["__qualname__"]
            for key, value in namespace.items():
                if key not in fields and key not in _OWN:
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
