"""A flow as canonical JSON and back, and the JSON Schema of that text."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from flowstd.base.digest import canonical
from flowstd.base.errors import BadSource
from flowstd.base.text import Text
from flowstd.base.where import Where

from .model import Flow

FORMAT = "flowstd-flow/1"


def to_json(flow: Flow) -> str:
    """Canonical JSON of *flow*: defaults left out, keys sorted, one line, a line feed at the end."""
    return canonical({"format": FORMAT, **flow.model_dump(mode="json", exclude_defaults=True)}) + "\n"


def from_json(text: str | bytes, *, file: str = "") -> Flow:
    """The flow written in *text*. Raises BadSource (with the line where JSON breaks), BadFlow, UnknownStep."""
    try:
        data = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadSource(Text(f"不是合法的 JSON：{error.msg}", f"not JSON: {error.msg}"),
                        where=Where(file, error.lineno, error.colno)) from None
    except RecursionError:
        raise BadSource(Text("JSON 嵌套过深", "the JSON is nested too deeply"), where=Where(file)) from None
    except (ValueError, UnicodeDecodeError) as error:
        raise BadSource(Text(f"JSON 有误：{error}", f"bad JSON: {error}"), where=Where(file)) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadSource(Text(f"不是流程文件：缺少 \"format\": \"{FORMAT}\"", f'not a flow: "format": "{FORMAT}" is missing'),
                        where=Where(file))
    del data["format"]
    try:
        return Flow.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"])
        raise BadSource(Text(f"流程的 {path} 有误：{first['msg']}", f"{path} is wrong: {first['msg']}"),
                        where=Where(file)) from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``to_json`` writes."""
    schema = Flow.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["properties"] = {"format": {"const": FORMAT}, **schema["properties"]}
    schema["required"] = ["format", *schema["required"]]
    return schema


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"duplicate key {twice!r}")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
