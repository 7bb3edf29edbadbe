"""The JSON Schema of the scenario file, written by pydantic models made from the table of keys."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Union, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictStr,
    Tag,
    TypeAdapter,
    create_model,
)

from impactcalc.intake.scenario_file.keys import SCENARIO, Form, Free, Key, ListOf, Table, Text
from impactcalc.intake.scenario_file.shape import kind_of, tag_of

_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)
_TITLE = "impactcalc scenario, version 1"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of the file."""
    schema = cast("dict[str, Any]", _without_noise(_adapter().json_schema()))
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
def _adapter() -> TypeAdapter[Any]:
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
    tagged = tuple(_subscript(Annotated, (_one_type(form), Tag(tag_of(form)))) for form in forms)
    return _subscript(Annotated, (_subscript(Union, tagged), Discriminator(kind_of)))


def _subscript(generic: Any, parameters: Any) -> Any:
    """Make a type at run time, which type checkers cannot follow."""
    return generic[parameters]


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
