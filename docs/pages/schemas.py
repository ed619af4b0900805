"""The JSON Schemas, as files to fetch, and what stands in canonical JSON."""

from __future__ import annotations

import json

from flowstd.catalog.schema import item_schema
from flowstd.dsl import applicant, end, flow_of, window, workdays
from flowstd.ir.limits import LONGEST_LABEL, LONGEST_TEXT, MOST_LINKS, MOST_PARTS
from flowstd.ir.text import FORMAT, json_schema

from .marks import code, fenced, page, table


def pages() -> dict[str, str]:
    """One page and two files."""
    flow = json_schema()
    example = flow_of(
        applicant.submit("提交申请", materials="申请表") >> window.accept("受理", within=workdays(1)) >> end.done, "受理")
    parts = [f"## 流程 / Flow `{FORMAT}`", "{download}`flow.schema.json`，也可用 `flowstd schema flow` 打印。",
             fenced(json.dumps(json.loads(example.to_json()), ensure_ascii=False, indent=2), "json"),
             f"一个流程最多 {MOST_PARTS:,} 个步骤，无论写成什么；泳道、文件也各不超过这个数，连线不超过 {MOST_LINKS:,} 条。"
             f"文件里的名称最多 {LONGEST_LABEL:,} 个字，其他文字 {LONGEST_TEXT:,} 个。",
             f"A flow has at most {MOST_PARTS:,} steps in whatever it is written, as many lanes and documents, and "
             f"{MOST_LINKS:,} links. In a file a label has at most {LONGEST_LABEL:,} characters, any other text "
             f"{LONGEST_TEXT:,}."]
    for name, definition in (("Flow", flow), *flow["$defs"].items()):
        if "properties" in definition:
            parts += [f"### {name}", table(("名称 / Name", "类型 / Type", "必填 / Required"), [
                (code(key), code(_type(value)), "✓" if key in definition.get("required", ()) else "")
                for key, value in definition["properties"].items()])]
    parts += ["## 事项 / Item", "{download}`item.schema.json`，也可用 `flowstd schema item` 打印；要素见 {doc}`elements`。"]
    return {"schema.md": page("JSON Schema", *parts), "flow.schema.json": _written(flow),
            "item.schema.json": _written(item_schema())}


def _type(value: dict[str, object]) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "anyOf" in value:
        return " | ".join(_type(one) for one in value["anyOf"])  # type: ignore[attr-defined]
    if value.get("type") == "array":
        return f"[{_type(value.get('items', {}))}]"  # type: ignore[arg-type]
    return str(value.get("const", value.get("type", "")))


def _written(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
