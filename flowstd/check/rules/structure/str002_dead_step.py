"""STR002: a step that no case comes to, or from which none can end."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import modelled
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import graph
from flowstd.check.subject import Subject, listed, said
from flowstd.check.trouble import Wrong
from flowstd.ir.graph import cycle_through
from flowstd.ir.model import Flow

NAMED = 6                # steps of a round that are told by name
MORE, ARROW = Text("…", "…"), Text(" → ", " → ")


def check(subject: Subject) -> Iterator[Fault]:
    for trouble in subject.verdict.troubles:
        if trouble.kind is Wrong.UNREACHED:
            name = said(subject.flow.node_by_id[trouble.node])
            yield Fault(Text(f"从开始走不到{name.zh}", f"no way leads from the start to {name.en}"),
                        Text(f"接上通往{name.zh}的步骤，或删去它", f"let a step lead to {name.en}, or take it out"),
                        trouble.node)
        elif trouble.kind is Wrong.NO_END and not _leads_on(subject, trouble.node):
            yield _endless(subject.flow, trouble.node)


def _endless(flow: Flow, node: str) -> Fault:
    """That no end comes after *node*: nothing does, or a round of steps that is named."""
    name = said(flow.node_by_id[node])
    zh, en = f"从{name.zh}出发走不到任何结束", f"no way leads from {name.en} to an end"
    cycle = cycle_through(flow, node)
    if not cycle:
        return Fault(Text(zh, en), Text(f"在{name.zh}之后接上后续步骤或一个结束", f"add what follows {name.en}, or an end"),
                     node)
    shown = [said(flow.node_by_id[one]) for one in cycle[:NAMED]] + [MORE] * (len(cycle) > NAMED)
    way = listed((*shown, name), ARROW)
    return Fault(Text(f"{zh}，只会循环：{way.zh}", f"{en}, only round and round: {way.en}"),
                 Text("给循环留一个通往结束的出口", "give the loop an exit that leads to an end"), node)


def _leads_on(subject: Subject, node: str) -> bool:
    """Whether a later step is lost too: the last one of a row is told, not the whole row."""
    lost = {one.node for one in subject.verdict.troubles if one.kind is Wrong.NO_END}
    return any(link.target in lost for link in subject.forward[node])


def bad() -> Subject:
    return graph("开始>受理 受理>!办结 补正>受理")


def good() -> Subject:
    return graph("开始>受理 受理>!办结")


RULE = Rule(
    code="STR002", name="dead-step", since="0.1", reads="flow",
    summary=Text("有的步骤从开始走不到，或者从它走不到任何结束。",
                 "A step cannot be reached from the start, or no end can be reached from it."),
    why=Text("走不到的步骤等于没有；没有去向的步骤会让办事人停在半路。",
             "A step no case comes to does not exist; one that leads nowhere leaves people stranded."),
    source=modelled("eCH-0158", "EVT-002"),
    bad=bad, good=good, check=check,
)
