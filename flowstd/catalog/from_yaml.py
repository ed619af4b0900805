"""YAML item files → cases: the elements of one item, and for each scenario a template or its own steps.

    name: 户外广告设施设置许可
    item_type: 行政许可
    promised: 5工作日
    scenarios:
      新办:
        template: ordinary_licence
        with: {special: [现场勘验]}
      注销:
        steps:
          - 申请人: 提交注销申请
          - end: done
      变更:
        flow: change.flow.json        # canonical JSON, beside this file

An item with one scenario may write ``scenario``, ``template``, ``with``, ``steps`` beside its elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from flowstd.base.errors import BadSource, FlowstdError
from flowstd.base.files import read_source
from flowstd.base.near import nearest
from flowstd.base.text import UNSHOWN, Text, short
from flowstd.base.where import Where
from flowstd.ir.case import Case, make_case
from flowstd.ir.model import Flow
from flowstd.item.model import Item
from flowstd.item.problems import field_names
from flowstd.item.source import item_from

from .choice import Choice
from .entry import Failed, failures
from .source import Mark, Source, unknown_key
from .source import Path as Place
from .steps import block_of, lanes_of
from .undivided import in_yaml
from .yaml_text import read_yaml

ALIASES = {"情形": "scenario", "各情形": "scenarios", "模板": "template", "参数": "with", "插槽": "slots", "步骤": "steps",
           "泳道": "lanes", "流程": "flow"}
_NAMES = field_names(Item)
_TEXT = re.compile(r"\bstr\b")         # in the annotation of an element that is text
FLOW = ("template", "with", "slots", "steps", "lanes", "flow")
_WORDS = (*FLOW, "scenario", "scenarios", *ALIASES, *_NAMES)


def cases_in(path: Path, defaults: Mapping[str, Any]) -> Iterator[Case | Failed]:
    """One case for each scenario of the item in *path*, or why there is none.

    Raises: BadSource: not YAML. BadElement, ItemProblems: the item itself is wrong.
    """
    yield from cases_of(read_yaml(read_source(path), str(path)), defaults)


def cases_of(source: Source, defaults: Mapping[str, Any]) -> Iterator[Case | Failed]:
    """The same for an item that has been read already. Raises BadSource, BadElement, ItemProblems."""
    source = _renamed(source)
    source.only_mapping()
    item, noticed = _item(source, defaults), in_yaml(source)
    for name, flow in _scenarios(source):
        label = f"{item.code or item.name}.{name}" if name else item.code or item.name
        try:
            case = _case(item, name, flow)
            yield case.model_copy(update={"noticed": noticed}) if noticed else case
            noticed = ()
        except FlowstdError as error:
            yield failures(label, error)


def _item(source: Source, defaults: Mapping[str, Any]) -> Item:
    given = {key: value for key, value in source.data.items() if key not in (*FLOW, "scenario", "scenarios")}

    def place(path: tuple[str | int, ...]) -> Where:
        unknown = len(path) == 1 and path[0] not in _NAMES
        return source.where_key(*path) if unknown else source.where(*path)

    for key in given:
        if key not in _NAMES and nearest(str(key), _WORDS) not in _NAMES:
            raise unknown_key(str(key), _WORDS, source.where_key(key))      # a word of the flow, misspelt
    named = {_NAMES.get(key, key) for key in given}
    left = {name: value for name, value in defaults.items() if name not in named}
    return item_from({**left, **_as_spelt(given, source)}, source.where(), place)


def _as_spelt(given: Mapping[str, Any], source: Source) -> dict[str, Any]:
    """Texts that look like numbers stay as written: a code 0012 keeps its zeros, and 2024 as a version is a text."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        field = Item.model_fields.get(_NAMES.get(key, ""))
        number = isinstance(value, int | float) and not isinstance(value, bool)
        is_text = field is not None and _TEXT.search(str(field.annotation))
        found[key] = source.spelt(key) if number and is_text else value
    return found


def _scenarios(source: Source) -> list[tuple[str, Source]]:
    if "scenarios" not in source.data:
        return [(source.get("scenario", str, ""), source)]
    for key in (*FLOW, "scenario"):
        if key in source.data:
            raise BadSource(Text(f"“{key}”不能与 scenarios 并列", f'"{key}" cannot stand beside "scenarios"'),
                            where=source.where_key(key), fix=Text("移到某个情形之下", "move it under one of the scenarios"))
    source.get("scenarios", dict, {})
    if not source.data["scenarios"]:
        raise BadSource(Text("scenarios 是空的", '"scenarios" is empty'), where=source.where("scenarios"),
                        fix=Text("写至少一个情形", "write at least one scenario"))
    found = []
    for name in source.data["scenarios"]:
        flow = _renamed(source.part("scenarios", name))
        flow.only(*FLOW)
        found.append((name, flow))
    return found


def _case(item: Item, scenario: str, flow: Source) -> Case:
    where = flow.where()
    if sum(key in flow.data for key in ("template", "steps", "flow")) != 1:
        raise BadSource(Text("每个情形写 template、steps 或 flow，取其一",
                             "a scenario has either a template or steps, or a flow file"), where=where,
                        fix=Text("例如 template: ordinary_licence", "such as template: ordinary_licence"))
    if "flow" in flow.data:
        return make_case(item, scenario, _flow_file(flow), where=where)
    if "steps" in flow.data:
        flow_only = [key for key in ("with", "slots") if key in flow.data]
        if flow_only:
            raise BadSource(Text(f"“{flow_only[0]}”只与 template 一起用", f'"{flow_only[0]}" goes with a template only'),
                            where=flow.where(flow_only[0]), fix=Text("删去", "remove it"))
        return make_case(item, scenario, block_of(flow.part("steps"), lanes_of(flow)), where=where)
    flow.get("with", dict, {})
    given = flow.part("with") if "with" in flow.data else replace(flow, data={})
    choice = Choice(scenario, flow.get("template", str, ""), given, flow.where("template"))
    return make_case(item, scenario, choice.block_for(item, _slots(flow)), where=where)


def _flow_file(source: Source) -> Flow:
    """The flow in the file that stands beside this one. Raises BadSource, BadFlow."""
    name = source.get("flow", str, "")
    if name != PurePath(name).name or re.search(r"[\\:]", name) or UNSHOWN.search(name) or not name.endswith(".json"):
        raise BadSource(Text(f"“{short(name)}”不是旁边的 .json 文件", f'"{short(name)}" is no .json file beside this one'),
                        where=source.where("flow"),
                        fix=Text("写同一文件夹里的文件名", "write the name of a file in the same folder"))
    path = Path(source.file).with_name(name)
    return Flow.from_json(read_source(path), file=str(path))


def _slots(flow: Source) -> dict[str, Any]:
    flow.get("slots", dict, {})
    if "slots" not in flow.data:
        return {}
    slots, lanes = flow.part("slots"), lanes_of(flow)
    return {name: block_of(slots.part(name), lanes) for name in slots.data}


def _renamed(source: Source) -> Source:
    """*source* with the Chinese names of its flow words in code."""
    if not isinstance(source.data, dict) or not ALIASES.keys() & source.data.keys():
        return source
    root = source.root

    def renamed(marks: Mapping[Place, Mark]) -> dict[Place, Mark]:
        return {(*root, ALIASES[str(path[len(root)])], *path[len(root) + 1:])
                if len(path) > len(root) and path[:len(root)] == root and path[len(root)] in ALIASES else path: mark
                for path, mark in marks.items()}

    data = {ALIASES.get(key, key): value for key, value in source.data.items()}
    return Source(source.file, data, renamed(source.marks), root, renamed(source.keys))
