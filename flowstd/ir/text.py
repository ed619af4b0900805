"""A flow as canonical JSON, and the JSON Schema of that text; read.py takes it back."""

from __future__ import annotations

from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any

from flowstd.base.digest import Begun, canonical
from flowstd.base.frozen import Frozen
from flowstd.base.kept import Kept

from .kinds import DocumentKind, Role
from .model import Document, Flow, Lane, Link, Node

FORMAT = "flowstd-flow/1"
_BODIES = Kept()                      # flows that differ in their title only are written once


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


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``to_json`` writes."""
    schema = Flow.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["properties"] = {"format": {"const": FORMAT}, **schema["properties"]}
    schema["required"] = ["format", *schema["required"]]
    return schema
