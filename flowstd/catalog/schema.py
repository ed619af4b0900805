"""The JSON Schema of items in YAML: editors complete names, show what they mean and mark what cannot be.

It is made from the models, the code lists and the templates, so it never lags behind them. What depends on
several values at once is left to ``flowstd check``.
"""

from __future__ import annotations

import re
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from flowstd.base.legal import LegalSource
from flowstd.dsl.details import KEYWORDS
from flowstd.dsl.templates import PROCEDURES, TEMPLATES
from flowstd.dsl.templates.registry import Template
from flowstd.ir.kinds import Outcome, Role
from flowstd.item import values
from flowstd.item.element import Element
from flowstd.item.model import INNER_LISTS, LISTS, Fee, Item, Materials, Results
from flowstd.item.profile import names, profile
from flowstd.item.term_text import ON_THE_SPOT, UNIT_OF

from .from_yaml import ALIASES
from .steps import LANES, SPECIAL, VERBS

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number"]}
_LIMIT: Schema = {
    "description": "20工作日、7自然日、4小时、2个月、当场 / 20 workdays, 7 calendar days, 4 hours, 2 months, on the spot",
    "anyOf": [{"type": "string", "pattern": "^\\s*(" + "|".join(map(re.escape, ON_THE_SPOT)) + "|[0-9０-９]+\\s*个?\\s*("
                                            + "|".join(map(re.escape, UNIT_OF)) + "))\\s*$"},
              {"type": "object", "required": ["count", "unit"], "additionalProperties": False,
               "properties": {"count": {"type": "integer", "minimum": 0}, "unit": {"type": "string"}}}]}
_LAW: Schema = {
    "description": "行政许可法 第三十二条",
    "anyOf": [{"type": "string"},
              {"type": "object", "required": ["title"], "additionalProperties": False,
               "properties": {name: {"type": ["string", "null"]} for name in LegalSource.model_fields}}]}
_KINDS: tuple[tuple[Any, str, Schema], ...] = (       # the annotation of an element, the name of its kind, its schema
    (values.Limit, "limit", _LIMIT),
    (values.Law, "law", _LAW),
    (values.Laws, "laws", {"anyOf": [{"$ref": "#/$defs/law"}, {"type": "array", "items": {"$ref": "#/$defs/law"}}]}),
    (values.Day, "day", {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\d$", "description": "2026-01-31"}),
    (values.Link, "link", {"type": "string", "pattern": "^(https?://.*)?$"}),
    (values.YesNo, "yes-no", {"enum": [True, False, "是", "否"]}),
    (values.Whole, "whole", {"type": "integer", "minimum": 0}),
    (values.Words, "words", {"anyOf": [{"type": "string"}, {"type": "array", "items": _TEXT}]}),
    (values.Lines, "lines", {"anyOf": [{"type": "string"}, {"type": "array", "items": _TEXT}]}),
)


def item_schema() -> Schema:
    """The JSON Schema (2020-12) of an item file.

    >>> "承诺办结时限" in item_schema()["properties"]
    True
    """
    flow = _flow_words()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "flowstd item / 政务服务事项",
        "type": "object",
        "anyOf": [{"required": ["name"]}, {"required": ["事项名称"]}],
        "properties": {**_elements(Item), **_both({"scenario": _TEXT, "scenarios": _scenarios()}), **flow},
        "additionalProperties": False,
        "allOf": _templates(),
        "$defs": {**{name: schema for _, name, schema in _KINDS}, "scenario": {
            "type": "object", "properties": flow, "additionalProperties": False, "allOf": _templates()},
            "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}}, "step": _step()},
    }


# ---- elements

def _elements(model: type[Element]) -> Schema:
    """The elements of *model*, each by its name in code and by the office's."""
    hints = get_type_hints(model, include_extras=True)
    found: Schema = {}
    for name, field in model.model_fields.items():
        if name != "where":
            title = field.title or name
            schema = {**_kind(hints[name], _codes(model, name)), "title": title}
            found[name] = schema
            found[title] = {**schema, "title": name}
    return found


def _kind(hint: Any, codes: str) -> Schema:
    """What may stand where an element is annotated *hint*; *codes* names its code list."""
    hint = _given(hint)
    if codes:
        return _coded(codes, many=hint == values.Words)
    for known, name, _ in _KINDS:
        if hint == known:
            return {"$ref": f"#/$defs/{name}"}
    if get_origin(hint) is tuple or hint in (Materials, Results):
        return _parts(_model_in(hint))
    model = _model_in(hint)
    return {"anyOf": [_part(model), {"enum": [False, "不收费", "否", "免费"]}]} if model is Fee else _TEXT


def _given(hint: Any) -> Any:
    """*hint* without "or nothing"."""
    if get_origin(hint) in (Union, UnionType):
        left = [one for one in get_args(hint) if one is not NoneType]
        return left[0] if len(left) == 1 else hint
    return hint


def _model_in(hint: Any) -> Any:
    """The model that *hint* is a value, or many values, of."""
    if isinstance(hint, type) and issubclass(hint, Element):
        return hint
    return next((found for one in get_args(hint) if (found := _model_in(one)) is not None), None)


def _parts(model: type[Element]) -> Schema:
    one = {"anyOf": [_TEXT, _part(model)]} if "name" in model.model_fields else _part(model)
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _part(model: type[Element]) -> Schema:
    return {"type": "object", "properties": _elements(model), "additionalProperties": False}


def _codes(model: type[Element], name: str) -> str:
    return LISTS.get(name, "") if model is Item else INNER_LISTS.get(model, {}).get(name, "")


def _coded(codes: str, *, many: bool) -> Schema:
    """The words of a code list, in any profile; or a code."""
    words = dict.fromkeys(word for name in names() for word in profile(name).list(codes).words)
    one: Schema = {"anyOf": [{"enum": [*words, ""]}, {"type": "string", "pattern": "^[0-9A-Z]+$"}, {"type": "integer"}]}
    several: Schema = {"anyOf": [one, {"type": "array", "items": one}, {"type": "string", "pattern": "[\\^、；;,，|\\n]"}]}
    return several if many else one


# ---- flows

def _both(schemas: Schema) -> Schema:
    """*schemas* by their names in code and by their Chinese ones."""
    return {**schemas, **{chinese: schemas[name] for chinese, name in ALIASES.items() if name in schemas}}


def _flow_words() -> Schema:
    names = [name for one in TEMPLATES.values() for name in (one.name, one.title)]
    return _both({
        "template": {"enum": names, "title": "模板"}, "with": {"type": "object", "title": "参数"},
        "slots": {"type": "object", "title": "插槽", "additionalProperties": {"$ref": "#/$defs/steps"}},
        "steps": {"$ref": "#/$defs/steps", "title": "步骤"},
        "lanes": {"type": "object", "title": "泳道", "additionalProperties": {"enum": [role.value for role in Role]}},
        "flow": {"type": "string", "pattern": "\\.json$", "title": "流程"}})


def _scenarios() -> Schema:
    return {"type": "object", "minProperties": 1, "additionalProperties": {"$ref": "#/$defs/scenario"}}


def _templates() -> list[Schema]:
    """What ``with`` and ``slots`` may hold depends on the template."""
    return [{"if": {"anyOf": [{"required": [word], "properties": {word: {"enum": [one.name, one.title]}}}
                              for word in ("template", "模板")]},
             "then": {"properties": _both({"with": _parameters(one), "slots": _slots(one)})}}
            for one in TEMPLATES.values()]


def _parameters(one: Template) -> Schema:
    known = {name: _parameter(name, str(parameter.annotation))
             for name, parameter in one.parameters.items() if name != "slots"}
    return {"type": "object", "properties": known, "additionalProperties": False, "description": one.summary}


def _parameter(name: str, annotation: str) -> Schema:
    if name == "special":
        titles = [word for key, procedure in PROCEDURES.items() for word in (key, procedure.title)]
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"enum": titles}}]}
    if annotation.startswith("Mapping"):
        return {"type": "object", "additionalProperties": _parameter("", annotation.partition(",")[2].strip(" ]"))}
    if annotation.startswith("Sequence"):
        return {"$ref": "#/$defs/words"}
    return {"$ref": "#/$defs/limit"} if "Term" in annotation else _TEXT


def _slots(one: Template) -> Schema:
    return {"type": "object", "additionalProperties": False,
            "properties": {name: {"$ref": "#/$defs/steps"} for name in one.slots}}


def _step() -> Schema:
    """One step: an end, a way back, a parallel part, a call, or a lane with what it does."""
    steps = {"$ref": "#/$defs/steps"}
    conditional = {"type": "object", "minProperties": 1, "additionalProperties": steps}
    branches = {"type": "array", "minItems": 1, "items": {"anyOf": [steps, conditional]}}
    outcomes = dict.fromkeys(word for outcome in Outcome for word in (outcome.value.replace("-", "_"), outcome.value))
    special = {
        "end": {"end": {"enum": list(outcomes)}, "label": _TEXT},
        "back": {"back": _TEXT},
        "parallel": {"parallel": branches, "name": _TEXT},
        "call": {"call": _TEXT, "label": _TEXT},
    }
    assert tuple(special) == SPECIAL
    shapes: list[Schema] = [{"required": [word], "properties": known, "additionalProperties": False}
                            for word, known in special.items()]
    options = {name: _OPTIONS.get(name, _TEXT) for name in KEYWORDS}
    nothing = {"type": "array", "maxItems": 0}
    exits = {"type": "object", "minProperties": 2,
             "additionalProperties": {"anyOf": [steps, nothing, {"type": "null"}]}}
    beside = {"verb": {"enum": list(VERBS)}, "exits": exits, "default": _TEXT, "label": _TEXT, "name": _TEXT}
    lanes = {name: {"type": ["string", "number"], "title": lane.role.value} for name, lane in LANES.items()}
    shapes.append({"properties": {**lanes, **beside, **options}, "additionalProperties": _TEXT, "minProperties": 1,
                   "not": {"anyOf": [{"required": [word]} for word in SPECIAL]}})
    return {"type": "object", "oneOf": shapes}


_OPTIONS: Schema = {
    "within": {"$ref": "#/$defs/limit"}, "materials": {"$ref": "#/$defs/words"}, "issues": {"$ref": "#/$defs/words"},
    "law": {"$ref": "#/$defs/words"}, "onsite": {"$ref": "#/$defs/yes-no"},
}
