"""A flow as canonical JSON and back, and the JSON Schema of that text."""

from __future__ import annotations

import json
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any

from pydantic import ValidationError

from flowstd.base.digest import Begun, canonical
from flowstd.base.errors import BadSource, FlowstdError
from flowstd.base.frozen import Frozen
from flowstd.base.kept import Kept
from flowstd.base.text import Text, short
from flowstd.base.where import Where
from flowstd.item.problems import told

from .kinds import DocumentKind, Role
from .model import Document, Flow, Lane, Link, Node

FORMAT = "flowstd-flow/1"
_BODIES = Kept()                      # flows that differ in their title only are written once
_MADE = Text("改正此处，或重新写出文件：flowstd draw 来源 -o flow.json",
             "mend this, or write the file anew: flowstd draw SOURCE -o flow.json")


def to_json(flow: Flow) -> str:
    """Canonical JSON of *flow*: defaults left out, keys sorted, one line, a line feed at the end."""
    return _beginning(flow) + _ending(flow)


def digest_with(flow: Flow, more: str) -> str:
    """The digest of the canonical JSON of *flow* and of *more*."""
    begun = _BODIES.of(flow.body, "digest", lambda: Begun(_beginning(flow)))
    return begun.digest(_ending(flow) + more)


def _beginning(flow: Flow) -> str:
    return _BODIES.of(flow.body, "text", lambda: _body(flow))


def _ending(flow: Flow) -> str:
    """The title, of all keys the last."""
    return f',"title":{canonical(flow.title)}}}\n' if flow.title else "}\n"


def _body(flow: Flow) -> str:
    """All but the title and the last brace, key by key: taking it apart and sorting it would cost twice as much."""
    return "".join((
        "{", f'"documents":[{",".join(map(_document, flow.documents))}],' if flow.documents else "",
        f'"format":"{FORMAT}","lanes":[{",".join(map(_lane, flow.lanes))}]',
        f',"links":[{",".join(map(_link, flow.links))}]' if flow.links else "",
        f',"nodes":[{",".join(map(_node, flow.nodes))}]'))


def _document(document: Document) -> str:
    kind = "" if document.kind == DocumentKind.MATERIAL else f',"kind":{_quoted(document.kind)}'
    return f'{{"id":{_quoted(document.id)}{kind},"name":{_quoted(document.name)}}}'


def _lane(lane: Lane) -> str:
    role = "" if lane.role == Role.ORGAN else f',"role":{_quoted(lane.role)}'
    return f'{{"id":{_quoted(lane.id)},"name":{_quoted(lane.name)}{role}}}'


def _link(link: Link) -> str:
    back, default = '"back":true,' if link.back else "", '"default":true,' if link.default else ""
    label = f',"label":{_quoted(link.label)}' if link.label else ""
    return (f'{{{back}{default}"id":{_quoted(link.id)}{label},"source":{_quoted(link.source)},'
            f'"target":{_quoted(link.target)}}}')


def _node(node: Node) -> str:
    return "".join((
        "{", f'"bases":[{",".join(map(_dumped, node.bases))}],' if node.bases else "",
        f'"calls":{_quoted(node.calls)},' if node.calls else "",
        f'"criteria":{_quoted(node.criteria)},' if node.criteria else "",
        f'"excluded_by":{_dumped(node.excluded_by)},' if node.excluded_by else "",
        f'"group":{_quoted(node.group)},' if node.group else "",
        f'"id":{_quoted(node.id)}', f',"issues":{_list(node.issues)}' if node.issues else "",
        f',"kind":{_quoted(node.kind)},"label":{_quoted(node.label)},"lane":{_quoted(node.lane)}',
        f',"note":{_quoted(node.note)}' if node.note else "", ',"onsite":true' if node.onsite else "",
        f',"outcome":{_quoted(node.outcome)}' if node.outcome else "",
        f',"post":{_quoted(node.post)}' if node.post else "", f',"step":{_quoted(node.step)}' if node.step else "",
        f',"takes":{_list(node.takes)}' if node.takes else "",
        f',"within":{_dumped(node.within)}' if node.within else "", "}"))


def _list(names: tuple[str, ...]) -> str:
    return f'[{",".join(map(_quoted, names))}]'


@lru_cache(maxsize=1024)
def _dumped(value: Frozen) -> str:
    """A term or a source of law; flows have most of theirs in common."""
    return canonical(value.model_dump(mode="json", exclude_defaults=True))


def from_json(text: str | bytes, *, file: str = "") -> Flow:
    """The flow written in *text*. Raises BadSource (with the line where JSON breaks), BadFlow, UnknownStep."""
    data = _loaded(text, Where(file))
    written = data.get("format") if isinstance(data, dict) else None
    if isinstance(written, str) and written.partition("/")[0] == FORMAT.partition("/")[0] and written != FORMAT:
        raise BadSource(Text(f"格式版本是 {short(written)}，这个程序只读 {FORMAT}",
                             f"its format is {short(written)}, and this program reads {FORMAT}"),
                        where=Where(file), fix=Text("升级 flowstd，或重新写出文件：flowstd draw 来源 -o flow.json",
                                                    "upgrade flowstd, or write the file anew: flowstd draw SOURCE -o "
                                                    "flow.json"))
    if not isinstance(data, dict) or written != FORMAT:
        raise BadSource(Text(f"不是流程文件：缺少 \"format\": \"{FORMAT}\"", f'not a flow: "format": "{FORMAT}" is missing'),
                        where=Where(file), fix=_MADE)
    del data["format"]
    try:
        return Flow.model_validate(data)
    except ValidationError as error:
        first = told(error, Flow, lambda path: Where(file))[0]
        raise BadSource(first.what, where=first.where, fix=first.fix or _MADE) from None
    except FlowstdError as error:
        error.where, error.fix = error.where or Where(file), error.fix or _MADE
        raise


def _loaded(text: str | bytes, where: Where) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadSource(Text(f"不是合法的 JSON：{error.msg}", f"not JSON: {error.msg}"),
                        where=Where(where.file, error.lineno, error.colno),
                        fix=Text("检查此处的逗号、引号和括号", "check the commas, quotes and brackets at this place")) from None
    except RecursionError:
        raise BadSource(Text("JSON 嵌套过深", "the JSON is nested too deeply"), where=where, fix=_MADE) from None
    except UnicodeDecodeError:
        raise BadSource(Text("文件不是 UTF-8 编码", "the file is not UTF-8"), where=where,
                        fix=Text("另存为 UTF-8", "save it as UTF-8")) from None
    except BadSource as error:
        raise BadSource(error.what, where=where, fix=error.fix) from None


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
        raise BadSource(Text(f"键 {twice!r} 出现两次", f"duplicate key {twice!r}"), fix=Text("删去一个", "remove one of them"))
    return found


def _no_constant(name: str) -> Any:
    raise BadSource(Text(f"{name} 不是数", f"{name} is not a number"), fix=Text("写成数字", "write a number"))
