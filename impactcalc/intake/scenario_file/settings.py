"""The settings: ``--set PATH=VALUE``, and the paths that a scenario knows.

Stages in paths go by name, in double quotes when the name holds a dot or a blank
(``recovery.stages."Fail over".window``), or by number from 1.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from impactcalc.errors import InputError, Problem
from impactcalc.intake.document import Document, Node, Path, text
from impactcalc.intake.scenario_file.keys import SCENARIO, Form, ListOf, Table, Text
from impactcalc.intake.scenario_file.section import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = "--set"
_CLOSED = ("impactcalc", "what_if")
_EITHER = {"window": "duration", "duration": "window"}


def apply_settings(document: Document, settings: Sequence[str]) -> Document:
    """Change a document by ``PATH=VALUE`` texts, in their order.

    A value in brackets or braces is a list or a mapping in YAML's short form. Setting a stage's
    window removes its duration, and the other way round.

    Parameters
    ----------
    document
        What was read.
    settings
        Such as ``"business.reading=lost"`` or ``"recovery.stages.Repair.fails=20%"``.

    Raises
    ------
    InputError
        For every unknown path (the nearest known one is named) and every text without a value;
        whether a value makes sense is found when the document is mapped.
    """
    tree, problems = document.tree, []
    for setting in settings:
        written, value = split_setting(setting)
        if not written or not value:
            words = f"{SOURCE} {setting}: write PATH=VALUE, e.g. business.reading=lost"
            problems.append(Problem(words))
            continue
        try:
            tree = set_value(tree, written, _node(value))
        except ValueError as error:
            problems.append(Problem(f"{SOURCE} {setting}: {error}"))
    if problems:
        raise InputError(*problems)
    return replace(document, tree=tree)


def split_setting(setting: str) -> tuple[str, str]:
    """Split at the first equals sign outside quotes.

    Examples
    --------
    >>> split_setting('recovery.stages."a = b".fails=20%')
    ('recovery.stages."a = b".fails', '20%')
    """
    found = re.match(r'((?:"(?:[^"\\]|\\.)*"|[^"=])*)=(.*)', setting, re.DOTALL)
    return (found[1].strip(), found[2].strip()) if found else (setting.strip(), "")


def set_value(tree: Node, written: str, new: Node) -> Node:
    """Return a tree with a value at a written path.

    Raises
    ------
    ValueError
        When the path is unknown, or the value cannot stand there.
    """
    path, forms = resolve(tree, written)
    _refuse_form(written, forms, new)
    tree = tree.replaced(path, new)
    other = _EITHER.get(str(path[-1]))
    if other and path[:2] == ("recovery", "stages"):
        tree = tree.replaced((*path[:-1], other), None)
    return tree


def _node(value: str) -> Node:
    """Read a value: text, or YAML's short form of a list or mapping."""
    if value[:1] not in ("[", "{"):
        return text(value, SOURCE)
    from impactcalc.intake.yaml_tree import parse_yaml

    try:
        return _placeless(parse_yaml(b"value: " + value.encode(), SOURCE)["value"])
    except InputError as error:
        raise ValueError(error.problems[0].message) from error


def _placeless(node: Node) -> Node:
    """Return a node whose place is the option."""
    value = node.value
    if isinstance(value, tuple):
        value = tuple(_placeless(item) for item in value)
    elif not isinstance(value, str | None):
        value = {key: _placeless(item) for key, item in value.items()}
    return Node(value, SOURCE)


def resolve(tree: Node, written: str) -> tuple[Path, tuple[Form, ...]]:
    """Find the path of a written one, and the forms that its value may have.

    Parameters
    ----------
    tree
        The scenario; stages are found in it by name or number.
    written
        Dotted, as a person writes it.

    Raises
    ------
    ValueError
        When a step is not known; the words name the nearest path.

    Examples
    --------
    >>> from impactcalc.intake.document import mapping
    >>> resolve(mapping({}, "a.yaml:1"), "sla.target")[0]
    ('sla', 'target')
    """
    steps = _steps(written)
    if not steps or steps[0] in _CLOSED:
        raise ValueError("cannot be set; name a key of incident, recovery, business or sla")
    path: Path = ()
    forms: tuple[Form, ...] = (SCENARIO,)
    for number, step in enumerate(steps):
        node = tree.at(path)
        found, below = _step(node, forms, step)
        if found is None:
            raise ValueError(_unknown(tree, steps, number, _known(node, forms)))
        path, forms = (*path, found), below
    return path, forms


def _steps(written: str) -> list[str]:
    """Split at the dots outside quotes, and take the quotes off."""
    steps = []
    for quoted_step, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|([^."]+)', written):
        steps.append(re.sub(r"\\(.)", r"\1", quoted_step) if quoted_step else bare.strip())
    return steps


def _step(
    node: Node | None, forms: tuple[Form, ...], step: str
) -> tuple[str | int | None, tuple[Form, ...]]:
    """Go one step down; None when there is no such key, name or number."""
    for form in forms:
        if isinstance(form, Table) and step in form.keys:
            return step, form.keys[step].forms
        if isinstance(form, ListOf):
            number = _item(node, form, step)
            if number is not None:
                return number, (form.item,)
    return None, ()


def _item(node: Node | None, form: ListOf, step: str) -> int | None:
    """Find an item by name, then by number from 1."""
    items = node.items if node is not None else ()
    if form.named:
        for number, item in enumerate(items):
            name = item.get("name")
            if name is not None and (name.text or "").strip() == step:
                return number
    if re.fullmatch(r"[0-9]{1,6}", step) and 1 <= int(step) <= len(items):
        return int(step) - 1
    return None


def _known(node: Node | None, forms: tuple[Form, ...]) -> list[str]:
    """List the steps that are possible."""
    known: list[str] = []
    for form in forms:
        if isinstance(form, Table):
            known += [key for key in form.keys if key not in _CLOSED]
        elif isinstance(form, ListOf):
            for number, item in enumerate(node.items if node is not None else (), 1):
                name = item.get("name") if form.named else None
                known.append(name.text or str(number) if name is not None else str(number))
    return known


_MOST_NAMED = 12


def _unknown(tree: Node, steps: list[str], number: int, known: list[str]) -> str:
    """Say which step is unknown, and name the nearest path that exists."""
    where = ".".join(quoted(step) for step in steps[:number]) or "a scenario"
    near = _nearest_path(tree, steps)
    if len(near) > number:
        hint = f"did you mean {'.'.join(quoted(step) for step in near)}?"
    elif known:
        more = ", ..." if len(known) > _MOST_NAMED else ""
        hint = f"known are {', '.join(quoted(name) for name in known[:_MOST_NAMED])}{more}"
    elif where == "recovery.stages":
        hint = "no stage is written; write the plan under recovery.stages first"
    else:
        hint = "it has no keys"
    return f"there is no '{steps[number]}' in {where}; {hint}"


def _nearest_path(tree: Node, steps: list[str]) -> list[str]:
    """Follow the steps as far as there are keys or names like them, a name without its quotes too.

    Examples
    --------
    >>> from impactcalc.intake.document import mapping
    >>> _nearest_path(mapping({}, "a.yaml:1"), ["bsiness", "readng"])
    ['business', 'reading']
    """
    near: list[str] = []
    path: Path = ()
    forms: tuple[Form, ...] = (SCENARIO,)
    rest = steps
    while rest:
        node = tree.at(path)
        step, taken = _nearest_step(rest, _known(node, forms))
        found, below = _step(node, forms, step)
        if found is None:
            return near
        near.append(step)
        path, forms, rest = (*path, found), below, rest[taken:]
    return near


def _nearest_step(rest: list[str], known: list[str]) -> tuple[str, int]:
    """Return the name that the next steps are or resemble, and how many of them it takes."""
    for taken in range(len(rest), 0, -1):  # "v1.2" without quotes falls into two steps
        if ".".join(rest[:taken]) in known:
            return ".".join(rest[:taken]), taken
    return nearest(rest[0], known) or rest[0], 1


def _refuse_form(written: str, forms: tuple[Form, ...], new: Node) -> None:
    """Refuse a value where a section stands, and the other way round."""
    kinds = {
        "text": any(isinstance(form, Text) for form in forms),
        "a list": any(isinstance(form, ListOf) for form in forms),
        "a mapping": any(isinstance(form, Table) for form in forms),
    }
    if kinds.get(new.kind):
        return
    keys = next((list(form.keys) for form in forms if isinstance(form, Table)), [])
    if new.kind == "text" and keys:
        raise ValueError(f"names a section; name one of its keys, e.g. {written}.{keys[0]}")
    wanted = " or ".join(kind for kind, allowed in kinds.items() if allowed)
    raise ValueError(f"is {new.kind}; {wanted} is wanted")
