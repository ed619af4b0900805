"""PRC026: the chart sends people to the counter more, or less, often than the item says."""

from __future__ import annotations

from collections.abc import Iterator

from flowstd.base.text import Text
from flowstd.check.law import practice
from flowstd.check.rule import Fault, Rule
from flowstd.check.sample import ordinary
from flowstd.check.subject import Subject, listed, said
from flowstd.ir.kinds import END, SPLIT
from flowstd.ir.model import Node


def check(subject: Subject) -> Iterator[Fault]:
    item = subject.item
    visits, way = _worst(subject)
    if item.onsite_visits is not None and visits != item.onsite_visits:
        steps = listed(said(node) for node in way)
        yield Fault(Text(f"流程最多要到现场 {visits} 次" + (f"（{steps.zh}）" if way else "")
                         + f"，“到办事现场次数”写的是 {item.onsite_visits}",
                         f"the flow asks for {visits} visit{'s' if visits != 1 else ''}"
                         + (f" ({steps.en})" if way else "")
                         + f", and the item declares {item.onsite_visits}"),
                    Text(f"把“到办事现场次数”改为 {visits}，或调整步骤的 onsite=",
                         f"declare {visits}, or change onsite= of the steps"),
                    way[-1].id if way else "")
    if item.onsite_visits and not item.onsite_reason:
        yield Fault(Text(f"要到现场 {item.onsite_visits} 次，没有说明必须现场办理的原因",
                         f"{item.onsite_visits} visits are needed and no reason is given"),
                    Text("填写“必须现场办理原因说明”", "fill in 必须现场办理原因说明"))


def _worst(subject: Subject) -> tuple[int, tuple[Node, ...]]:
    """How often, in the case that asks for most, the applicant must come; and at which steps.

    One exit of a decision is taken, every branch of a parallel part; a way that only leads back (a correction) is gone
    once, and then the case goes on.
    """
    nodes = subject.flow.node_by_id
    if not any(node.onsite for node in nodes.values()):
        return 0, ()
    ends = subject.bits(subject.by_kind[END])
    most: dict[str, frozenset[str]] = {}                  # the visits from each node on
    for at in reversed(subject.order):
        exits = [link.target for link in subject.forward[at]]
        on = [most[target] for target in exits if subject.onward[target] & ends]
        back = [most[target] for target in exits if not subject.onward[target] & ends]
        here = frozenset((at,) if nodes[at].onsite else ())
        most[at] = here.union(*on, *back) if nodes[at].kind is SPLIT else here | _largest(on) | _largest(back)
    visits = _largest(list(most.values()))
    return len(visits), tuple([nodes[at] for at in subject.order if at in visits])


def _largest(sets: list[frozenset[str]]) -> frozenset[str]:
    return max(sets, key=len, default=frozenset())


def bad() -> Subject:
    from flowstd.dsl import applicant

    return ordinary({"onsite_visits": 0}, slots={"replace_application": applicant.submit("提交许可申请", onsite=True)})


def good() -> Subject:
    from flowstd.dsl import applicant

    return ordinary({"onsite_visits": 1, "onsite_reason": "核验原件"},
                    slots={"replace_application": applicant.submit("提交许可申请", onsite=True)})


RULE = Rule(
    code="PRC026", name="visits-differ", since="0.1", reads="case",
    summary=Text("到办事现场次数与流程不一致，或者没有说明原因。",
                 "The declared visits differ from the flow, or have no reason."),
    why=Text("说跑一次就跑一次；图上要数得出来。", "If one visit is promised, the chart must show one."),
    source=practice("政务服务事项要素", "到办事现场次数"),
    bad=bad, good=good, check=check,
)
