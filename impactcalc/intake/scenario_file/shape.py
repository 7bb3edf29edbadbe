"""The shape of the file: pydantic models made from the table of keys, and their JSON Schema.

The only place that imports pydantic, and for files only. The models know keys, lists and text;
what a text may say is the mapper's business.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Union, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictStr,
    Tag,
    TypeAdapter,
    ValidationError,
    create_model,
)

from impactcalc.errors import Problem
from impactcalc.intake.document import dotted, walk
from impactcalc.intake.scenario_file.keys import SCENARIO, Form, Free, Key, ListOf, Table, Text
from impactcalc.intake.scenario_file.section import nearest

if TYPE_CHECKING:
    from impactcalc.intake.document import Node

_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)
_TITLE = "impactcalc scenario, version 1"


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


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of the file."""
    schema = cast("dict[str, Any]", _without_noise(_validator().json_schema()))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = _TITLE
    return schema


def _without_noise(schema: Any) -> Any:
    """Take out what pydantic adds of its own: titles of keys, and null as the default of text."""
    if isinstance(schema, list):
        return [_without_noise(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    noise = {"title"} if isinstance(schema.get("title"), str) else set()
    noise |= {"type"} if "enum" in schema else set()  # the values say it
    noise |= {"default"} if schema.get("default", "") is None else set()
    return {key: _without_noise(item) for key, item in schema.items() if key not in noise}


@cache
def _validator() -> TypeAdapter[Any]:
    """Build the models once."""
    return TypeAdapter(_model(SCENARIO.name, SCENARIO))


@cache
def _models() -> dict[int, type[BaseModel]]:
    """Keep one model a table, so that a stage is one definition wherever it stands."""
    return {}


def _model(name: str, table: Table) -> type[BaseModel]:
    """Make the model of a mapping."""
    made = _models().get(id(table))
    if made is None:
        fields = {
            f"key_{number}": _field(key, one)
            for number, (key, one) in enumerate(table.keys.items())
        }
        title = "".join(part.capitalize() for part in name.split("_"))
        made = cast("type[BaseModel]", create_model(title, __config__=_CONFIG, **fields))
        _models()[id(table)] = made
    return made


def _field(name: str, key: Key) -> Any:
    """Make a field: its type, and what a schema says of it."""
    kind = _type(key.forms)
    about = key.about[:1].upper() + key.about[1:]
    if key.required:
        return kind, Field(alias=name, description=about)
    return kind, Field(default=None, alias=name, description=about)


def _type(forms: tuple[Form, ...]) -> Any:
    """Make the type of a value: one form, or several told apart by their kind."""
    if len(forms) == 1:
        return _one_type(forms[0])
    tagged = tuple(_subscript(Annotated, (_one_type(form), Tag(_tag(form)))) for form in forms)
    return _subscript(Annotated, (_subscript(Union, tagged), Discriminator(_kind_of)))


def _subscript(generic: Any, parameters: Any) -> Any:
    """Make a type at run time, which type checkers cannot follow."""
    return generic[parameters]


def _tag(form: Form) -> str:
    """Name a form where several are possible; the brackets keep it apart from keys."""
    if isinstance(form, Text):
        return "<text>"
    return "<list>" if isinstance(form, ListOf) else "<mapping>"


def _kind_of(value: object) -> str:
    """Tell the form of a value."""
    if isinstance(value, list):
        return "<list>"
    return "<mapping>" if isinstance(value, dict) else "<text>"


def _one_type(form: Form) -> Any:
    """Make the type of one form."""
    if isinstance(form, Text):
        return Annotated[StrictStr, Field(json_schema_extra=_extra(form))]
    if isinstance(form, ListOf):
        return _subscript(list, _one_type(form.item))
    if isinstance(form, Free):
        return _subscript(dict, (str, _one_type(Text())))
    return _model(form.name, form)


def _extra(form: Text) -> dict[str, Any]:
    """Say in the schema what a text may be; numbers and truth values are text to us, too."""
    extra: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    if form.choices:
        others = [_AS_OTHERS_READ[word] for word in form.choices if word in _AS_OTHERS_READ]
        extra = {"enum": [*form.choices, *others]}
    if form.example:
        extra["examples"] = [form.example]
    return extra


_AS_OTHERS_READ: dict[str, object] = {"1": 1, "yes": True, "no": False}
"""What an editor's YAML reader makes of words that are text to us."""


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
