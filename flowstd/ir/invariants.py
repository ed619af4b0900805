"""Named facts that hold of every flow: what cannot be built at all, told at the author's line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flowstd.base.errors import AmbiguousStep, BadFlow, FlowstdError, UnknownStep
from flowstd.base.text import Text
from flowstd.base.where import Where

from .kinds import END, START
from .limits import MOST_LINKS, MOST_PARTS

if TYPE_CHECKING:
    from .model import Document, Flow, Lane, Link, Node

    _Part = TypeVar("_Part", Lane, Node, Link, Document)


def check_built(flow: Flow) -> None:
    """Raise the first reason why the parts of *flow* do not make one graph."""
    for name in WORDS:
        check_amount(name, len(getattr(flow, name)), flow.where)
    lanes = _unique(flow.lanes, WORDS["lanes"])
    nodes = _unique(flow.nodes, WORDS["nodes"])
    _unique(flow.links, WORDS["links"])
    documents = _unique(flow.documents, WORDS["documents"])
    for node in flow.nodes:
        if node.lane not in lanes:
            raise _broken(UnknownStep, f"步骤“{node.id}”所在泳道“{node.lane}”不存在",
                          f'step "{node.id}" is in lane "{node.lane}", which does not exist', node.where)
        for document in (*node.takes, *node.issues):
            if document not in documents:
                raise _broken(UnknownStep, f"步骤“{node.id}”引用的文件“{document}”不存在",
                              f'step "{node.id}" refers to document "{document}", which does not exist', node.where)
        if (node.outcome is not None) != (node.kind is END):
            raise _broken(BadFlow, f"“{node.id}”：结束节点且只有结束节点有办结状态",
                          f'"{node.id}": an end, and only an end, has an outcome', node.where)
    for link in flow.links:
        for end in (link.source, link.target):
            if end not in nodes:
                raise _broken(UnknownStep, f"连线“{link.id}”指向的步骤“{end}”不存在",
                              f'link "{link.id}" refers to step "{end}", which does not exist', link.where)
        if nodes[link.source].kind is END:
            raise _broken(BadFlow, f"结束节点“{link.source}”之后不能再有步骤",
                          f'nothing may follow the end "{link.source}"', link.where)
        if nodes[link.target].kind is START:
            raise _broken(BadFlow, f"不能回到开始节点“{link.target}”",
                          f'nothing may lead back to the start "{link.target}"', link.where)


WORDS = {"lanes": Text("泳道", "lanes"), "nodes": Text("步骤", "steps"), "links": Text("连线", "links"),
         "documents": Text("文件", "documents")}


def check_amount(name: str, number: int, where: Where) -> None:
    """Raise BadFlow when there are more of the parts called *name* than any chart has."""
    what, most = WORDS[name], MOST_LINKS if name == "links" else MOST_PARTS
    if number > most:
        raise BadFlow(Text(f"流程有 {number} 个{what.zh}，超过 {most} 个，没有这么大的流程图",
                           f"the flow has {number} {what.en}, more than {most}; no chart is that large"), where=where,
                      fix=Text("拆成几张图，用 call(…) 引用", "split it into several charts, which call(…) each other"))


def _unique(parts: tuple[_Part, ...], what: Text) -> dict[str, _Part]:
    found: dict[str, _Part] = {}
    for part in parts:
        key = part.id
        if key in found:
            raise _broken(AmbiguousStep, f"两个{what.zh}的编号都是“{key}”", f'two {what.en} have the id "{key}"', part.where)
        if not key:
            raise _broken(BadFlow, f"{what.zh}的编号为空", f"one of the {what.en} has an empty id", part.where)
        found[key] = part
    return found


def _broken(kind: type[FlowstdError], zh: str, en: str, where: Where) -> FlowstdError:
    return kind(Text(zh, en), where=where)
