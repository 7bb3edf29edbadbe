"""The shape of the file: unknown, missing and misplaced keys, found by pydantic's core.

The core validates a schema of plain dictionaries, made from the table of keys: a seventh of the
start-up time of pydantic's models, with the same findings. The models themselves only write the
JSON Schema (`json_schema`). For files only; what a text may say is the mapper's business.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import SchemaValidator, ValidationError

from impactcalc.errors import Problem
from impactcalc.intake.document import dotted, walk
from impactcalc.intake.scenario_file.keys import SCENARIO, Form, Free, ListOf, Table, Text
from impactcalc.intake.scenario_file.section import nearest

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

    from impactcalc.intake.document import Node


def shape_problems(tree: Node, file: str) -> list[Problem]:
    """Find unknown keys, missing keys, and lists or mappings in each other's place.

    Parameters
    ----------
    tree
        A file's tree.
    file
        Its name, for the problems.

    Returns
    -------
    list of Problem
        Each with its line and column, unsorted.
    """
    try:
        _validator().validate_python(_plain(tree))
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        found = [_problem(tree, detail["type"], detail["loc"], file) for detail in details]
        return _without_echoes([*found, *_empty_keys(tree, file)])
    return _empty_keys(tree, file)


@cache
def _validator() -> SchemaValidator:
    """Build the validator once."""
    return SchemaValidator(cast("CoreSchema", _schema(SCENARIO)))


def _schema(form: Form) -> dict[str, Any]:
    """Make the core's schema of one form."""
    if isinstance(form, Text):
        return {"type": "str", "strict": True}
    if isinstance(form, ListOf):
        return {"type": "list", "items_schema": _schema(form.item)}
    if isinstance(form, Free):
        text = _schema(Text())
        return {"type": "dict", "keys_schema": text, "values_schema": text}
    fields = {
        key: {"type": "typed-dict-field", "required": one.required, "schema": _value(one.forms)}
        for key, one in form.keys.items()
    }
    return {"type": "typed-dict", "fields": fields, "extra_behavior": "forbid"}


def _value(forms: tuple[Form, ...]) -> dict[str, Any]:
    """Make the schema of a value: one form, or several told apart by their kind."""
    if len(forms) == 1:
        return _schema(forms[0])
    choices = {tag_of(form): _schema(form) for form in forms}
    return {"type": "tagged-union", "choices": choices, "discriminator": kind_of}


def tag_of(form: Form) -> str:
    """Name a form where several are possible; the brackets keep it apart from keys."""
    if isinstance(form, Text):
        return "<text>"
    return "<list>" if isinstance(form, ListOf) else "<mapping>"


def kind_of(value: object) -> str:
    """Tell the form of a value."""
    if isinstance(value, list):
        return "<list>"
    return "<mapping>" if isinstance(value, dict) else "<text>"


def _plain(node: Node) -> Any:
    """Turn a tree into plain values; keys without a value are left out."""
    if node.text is not None:
        return node.text
    if node.kind == "a list":
        return [_plain(item) for item in node.items]
    return {key: _plain(item) for key, item in node.fields.items() if item.value is not None}


def _problem(tree: Node, kind: str, loc: tuple[int | str, ...], file: str) -> Problem:
    """Say a finding of pydantic in the product's words, at the mark of its key or value."""
    path = [step for step in loc if not (isinstance(step, str) and step.startswith("<"))]
    parent, form = tree, cast("Form", SCENARIO)
    for step in path[:-1]:
        form = _below(form, parent, step)
        parent = parent.at((step,)) or parent
    last = path[-1] if path else ""
    node = parent.at((last,)) if path else tree
    if kind == "extra_forbidden" and node is not None:
        return _unknown_key(str(last), node, form, parent, file)
    label = dotted(tuple(path))
    if kind == "missing" or node is None:
        return Problem(f"{label} is missing", _ADD, file, parent.line, parent.column)
    wanted = _WANTED.get(kind, "another form is wanted")
    return Problem(f"{label} is {node.kind}", wanted, file, node.line, node.column)


_ADD = "add it"
_WANTED = {
    "string_type": "one value is wanted",
    "list_type": "a list is wanted",
    "model_type": "keys are wanted",
    "dict_type": "keys are wanted",
}


def _below(form: Form, node: Node, step: int | str) -> Form:
    """Return the form below a step, as the value there has it."""
    if isinstance(form, ListOf):
        return form.item
    keys = form.keys if isinstance(form, Table) else {}
    forms = keys[str(step)].forms if step in keys else (form,)
    value = node.at((step,))
    kinds = {"text": Text, "a list": ListOf, "a mapping": Table}
    wanted = kinds.get(value.kind if value is not None else "", Text)
    return next((one for one in forms if isinstance(one, wanted)), forms[0])


def _unknown_key(key: str, node: Node, form: Form, parent: Node, file: str) -> Problem:
    """Name an unknown key and its nearest known neighbour."""
    known = list(form.keys) if isinstance(form, Table) else []
    free = [name for name in known if name not in parent.fields]
    near = nearest(key, free) or nearest(key, known)
    remedy = f"did you mean '{near}'?" if near else f"known are {', '.join(known)}"
    return Problem(f"unknown key '{key}'", remedy, file, node.key_line, node.key_column)


def _without_echoes(problems: list[Problem]) -> list[Problem]:
    """Drop "is missing" where the same key is named as the nearest of an unknown one."""
    meant = {problem.remedy for problem in problems}
    return [
        problem
        for problem in problems
        if problem.remedy != _ADD or f"did you mean '{_last_key(problem)}'?" not in meant
    ]


def _last_key(problem: Problem) -> str:
    """Return the key of "a.b.key is missing"."""
    return problem.message.removesuffix(" is missing").rpartition(".")[2]


def _empty_keys(tree: Node, file: str) -> list[Problem]:
    """Find keys and list items without a value."""
    return [
        Problem(
            f"{dotted(path)} has no value",
            "write one, or delete the line",
            file,
            node.key_line or node.line,
            node.key_column or node.column,
        )
        for path, node in walk(tree)
        if node.value is None and path
    ]
