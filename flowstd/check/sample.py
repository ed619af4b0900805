"""How a rule writes its two examples: in the DSL, or as a bare graph where the DSL refuses to build the fault."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from flowstd.base.term import workdays
from flowstd.ir.kinds import Kind, Outcome, Role
from flowstd.ir.model import Flow, Lane, Link, Node

from .picture import Picture
from .subject import Subject

if TYPE_CHECKING:
    from flowstd.dsl import Block
    from flowstd.item import Item
    from flowstd.layout.model import Drawing

MARKS = {"?": Kind.DECISION, "+": Kind.SPLIT, "=": Kind.JOIN, "!": Kind.END}
_LINK = re.compile(r"(?P<source>[^>:\s]+)(?::(?P<label>[^>\s]+))?>(?P<target>\S+)")


def of(block: Block, item: Item | None = None, scenario: str = "") -> Subject:
    """The subject of a process written in the DSL."""
    from flowstd.dsl import flow_of

    return Subject(flow_of(block), item, scenario)


def graph(text: str) -> Subject:
    """The subject of ``"开始>提交 提交>?齐全 ?齐全:是>!办结"``: ? is a decision, + a split, = a join, ! an end.

    >>> [node.kind.value for node in graph("开始>受理 受理>!办结").flow.nodes]
    ['start', 'task', 'end']
    """
    names: dict[str, None] = {}
    links = []
    for number, found in enumerate(_LINK.finditer(text)):
        names.update({found["source"]: None, found["target"]: None})
        links.append(Link(id=str(number), source=found["source"], target=found["target"], label=found["label"] or ""))
    return Subject(Flow(lanes=(Lane(id="窗口", name="窗口", role=Role.WINDOW),),
                        nodes=tuple(_node(name) for name in names), links=tuple(links)))


def _node(name: str) -> Node:
    kind = MARKS.get(name[0], Kind.START if name.startswith("开始") else Kind.TASK)
    return Node(id=name, kind=kind, label=name.lstrip("?+=!"), lane="窗口",
                outcome=Outcome.DONE if kind is Kind.END else None)


def without(subject: Subject, *labels: str) -> Subject:
    """The same subject with the steps called *labels* taken out; what came before leads on to what followed."""
    flow = subject.flow
    for label in labels:
        gone = next(node for node in flow.nodes if node.label == label)
        after = flow.exits[gone.id][0]
        links = tuple(link.model_copy(update={"target": after.target, "back": after.back}) if link.target == gone.id
                      else link for link in flow.links if link.source != gone.id)
        flow = flow.model_validate({
            "title": flow.title, "lanes": flow.lanes, "documents": flow.documents, "links": links,
            "nodes": tuple(node for node in flow.nodes if node is not gone)})
    return Subject(flow, subject.declared, subject.scenario)


def licence(**elements: Any) -> Item:
    """A licence item, lawful and complete, with *elements* changed."""
    from flowstd.item import item_from

    return item_from({**LICENCE, **elements})


def ordinary(item: dict[str, Any] | None = None, *, scenario: str = "新办", template: str = "ordinary_licence",
             **parameters: Any) -> Subject:
    """The lawful item, with the elements in *item* changed, handled as a standard template with *parameters* says."""
    from flowstd.dsl.templates import TEMPLATES

    return of(TEMPLATES[template](**{"limit": _TEN, **parameters} if template == "ordinary_licence" else parameters),
              licence(**(item or {})), scenario)


def drawn(subject: Subject, drawing: Drawing | None = None, *, pages: int = 1) -> Subject:
    """The same subject with its drawing, or with another one."""
    from flowstd.layout.from_ir import lay_out

    picture = Picture(subject.flow, drawing or lay_out(subject.flow), pages)
    return Subject(subject.flow, subject.declared, subject.scenario, picture)


def settled(subject: Subject) -> Subject:
    """The same subject after a run of ``publish`` in 2026, so that it knows what became of its allowances."""
    from .run import settled as settle

    subject = Subject(subject.flow, subject.declared, subject.scenario, today=date(2026, 11, 23))
    settle(subject, "publish")
    return subject


def catalogue(*items: dict[str, Any], listed: dict[str, str] | None = None) -> Subject:
    """Several cases of the lawful item, each with its elements changed; ``template`` and ``scenario`` name others."""
    from flowstd.ir.case import make_case

    cases = []
    for elements in items:
        given = {name: elements[name] for name in ("template", "scenario") if name in elements}
        one = ordinary({name: value for name, value in elements.items() if name not in given}, **given)
        cases.append(make_case(one.item, one.scenario, one.flow))
    return Subject(cases[0].flow, cases=tuple(cases), listed=listed)


_TEN = workdays(10)
LICENCE: dict[str, Any] = {
    "name": "户外广告设施设置许可",
    "item_type": "行政许可",
    "code": "11379900MB000000003370117003000",
    "catalog_code": "370117003000",
    "authority": "示例市城市管理局",
    "authority_code": "11379900MB00000000",
    "authority_kind": "法定机关",
    "levels": ["市级"],
    "power_source": "法定本级行使",
    "state": "在用",
    "version": "1",
    "legal_bases": ["《示例市户外广告设施管理条例》第十条"],
    "statutory": "20工作日",
    "promised": "10工作日",
    "acceptance_conditions": ["设施位于规划允许的区域"],
    "case_type": "承诺件",
    "service_targets": ["企业法人"],
    "channels": ["窗口办理", "网上办理"],
    "onsite_visits": 0,
    "materials": [{
        "name": "申请表", "need": "必要", "kind": "原件", "form": "纸质/电子化", "source": "申请人自备", "copies": 1,
        "basis": "《行政许可法》第二十九条", "blank": "https://example.org/blank", "sample": "https://example.org/sample",
    }],
    "fee": "不收费",
    "results": [{"name": "许可证", "type": "证照"}],
    "place": "示例市政务服务中心一楼",
    "opening_hours": "工作日 9:00–17:00",
    "contact": "0531-12340001",
    "complaint": "0531-12345",
}
