"""``flowstd schema item|flow``: the JSON Schema that editors complete and check files by."""

from __future__ import annotations

import click

from flowstd.base.text import Text

from .commands import command as make


def command() -> click.Command:
    """The command as click knows it."""
    return make(
        "schema", _schema, click.Argument(["kind"], type=click.Choice(["item", "flow"])),
        help=Text("打印 JSON Schema，编辑器用它补全和检查：item 是 YAML 事项文件，flow 是 flow.json。",
                  "Print the JSON Schema by which editors complete and check: item for YAML, flow for flow.json."))


def _schema(kind: str) -> int:
    import json

    from flowstd.catalog.schema import item_schema
    from flowstd.ir.text import json_schema

    from .terminal import say

    say(json.dumps(item_schema() if kind == "item" else json_schema(), ensure_ascii=False, indent=1))
    return 0
