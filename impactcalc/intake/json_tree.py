"""The JSON tree: bytes of a file to plain values, or to nodes whose every scalar is text.

Fractions stay text, so that no digit is lost on the way to an exact number, and so do NaN and
Infinity, which no JSON has but some exporters write.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Node, mapping, sequence

DEEPEST = 40
_WORDS = {True: "true", False: "false"}


def parse_json(data: bytes, file: str) -> Any:
    """Read a JSON document into dicts, lists, texts, whole numbers, truth values and None.

    Parameters
    ----------
    data
        The file's bytes: UTF-8, UTF-16 or UTF-32.
    file
        Its name, as the person wrote it.

    Returns
    -------
    object
        Numbers with a fraction or an exponent are text.

    Raises
    ------
    InputError
        When it is no JSON, with its line and column.
    """
    return _loads(data, file, parse_float=str, parse_constant=str)


def plain_json(data: bytes, file: str) -> Any:
    """Read a JSON document of our own: every number as Python reads it.

    Raises
    ------
    InputError
        When it is no JSON, or has a key twice: a reader could not tell which of them holds.
    """
    return _loads(data, file, object_pairs_hook=lambda pairs: _distinct(pairs, file))


def json_tree(data: bytes, file: str) -> Node:
    """Read a JSON document into the nodes that YAML files become, too.

    Raises
    ------
    InputError
        When it is no JSON, has a key twice, or is nested more than `DEEPEST` levels deep.
    """
    value = _loads(
        data,
        file,
        parse_float=str,
        parse_int=str,
        parse_constant=str,
        object_pairs_hook=lambda pairs: _distinct(pairs, file),
    )
    return _node(value, PurePath(file).name, file, 0)


def _loads(data: bytes, file: str, **options: Any) -> Any:
    try:
        return json.loads(data, **options)
    except json.JSONDecodeError as error:
        message = error.msg[:1].lower() + error.msg[1:]
        problem = Problem(
            f"is no JSON: {message}", "export it again", file, error.lineno, error.colno
        )
    except UnicodeDecodeError:
        problem = Problem("is no JSON: it is not UTF-8", "save the file as UTF-8", file)
    except RecursionError:
        problem = Problem("is nested too deeply", f"{DEEPEST} levels are the limit", file)
    except ValueError:  # a whole number of thousands of digits
        problem = Problem("holds a number that is too long", "export it again", file)
    raise InputError(problem)


def _distinct(pairs: list[tuple[str, Any]], file: str) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InputError(Problem(f"the key '{twice}' stands twice", "keep one of them", file))
    return found


def _node(value: Any, source: str, file: str, depth: int) -> Node:
    if depth > DEEPEST:
        raise InputError(Problem("is nested too deeply", f"{DEEPEST} levels are the limit", file))
    if isinstance(value, dict):
        fields = {key: _node(item, source, file, depth + 1) for key, item in value.items()}
        return mapping(fields, source)
    if isinstance(value, list):
        return sequence([_node(item, source, file, depth + 1) for item in value], source)
    return Node(_WORDS[value] if isinstance(value, bool) else value, source)
