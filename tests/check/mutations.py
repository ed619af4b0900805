"""Ways to break one thing in a lawful chart, each with the rules meant to find it.

A kind yields every chart it can make of one subject; where it does not apply it yields nothing. *also* names rules
whose findings are true consequences of the same breakage, so that they are not counted as false alarms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flowstd.base.legal import LegalSource
from flowstd.base.term import Term, days, workdays
from flowstd.check.subject import LICENCE, Subject
from flowstd.check.time import HOURS
from flowstd.ir.kinds import DocumentKind, Kind, Outcome, Role, StepKind
from flowstd.ir.model import Flow, Lane, Link, Node
from flowstd.item import Allowance, Material


@dataclass(frozen=True)
class Breakage:
    """One kind: what is broken, what it is called in Chinese, who should notice."""

    name: str
    zh: str
    found_by: tuple[str, ...]
    make: Callable[[Subject], Iterator[Subject]]
    also: tuple[str, ...] = ()


KINDS: list[Breakage] = []


def kind(name: str, zh: str, found_by: str, also: str = "") -> Callable[[Callable[[Subject], Iterator[Subject]]],
                                                                        object]:
    """Put a breakage on the list."""
    def put(make: Callable[[Subject], Iterator[Subject]]) -> object:
        KINDS.append(Breakage(name, zh, tuple(found_by.split()), make, tuple(also.split())))
        return make
    return put


# ---- tools


@dataclass
class Draft:
    """A flow taken apart."""

    subject: Subject
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes = {node.id: dict(node) for node in self.subject.flow.nodes}
        self.links = {link.id: dict(link) for link in self.subject.flow.links}

    def done(self, prune: bool = False, lanes: tuple[Lane, ...] = ()) -> Subject:
        flow = self.subject.flow
        if prune:
            self._prune()
        built = Flow(title=flow.title, lanes=(*flow.lanes, *lanes), documents=flow.documents,
                     nodes=tuple(Node(**node) for node in self.nodes.values()),
                     links=tuple(Link(**link) for link in self.links.values()))
        return Subject(built, self.subject.declared, self.subject.scenario)

    def drop(self, node: str) -> None:
        """Take a step out; what came before leads on to what followed."""
        after = [link for link in self.links.values() if link["source"] == node]
        for link in self.links.values():
            if link["target"] == node:
                link.update(target=after[0]["target"], back=after[0]["back"])
        self.links = {id: link for id, link in self.links.items() if link["source"] != node}
        del self.nodes[node]

    def _prune(self) -> None:
        seen, stack = {"start"}, ["start"]
        while stack:
            at = stack.pop()
            for link in self.links.values():
                if link["source"] == at and link["target"] not in seen:
                    seen.add(link["target"])
                    stack.append(link["target"])
        self.nodes = {id: node for id, node in self.nodes.items() if id in seen}
        self.links = {id: link for id, link in self.links.items() if link["source"] in seen}


def changed(subject: Subject, node: Node, **update: Any) -> Subject:
    draft = Draft(subject)
    draft.nodes[node.id].update(update)
    return draft.done()


def item(subject: Subject, **update: Any) -> Subject:
    return Subject(subject.flow, subject.item.model_copy(update=update), subject.scenario)


def licences(make: Callable[[Subject], Iterator[Subject]]) -> Callable[[Subject], Iterator[Subject]]:
    """Only for items that the licensing law binds."""
    return lambda subject: make(subject) if subject.item_type == LICENCE else iter(())


def without_branch(subject: Subject, node: Node, *words: str) -> Iterator[Subject]:
    for link in subject.flow.exits[node.id]:
        if any(word in link.label for word in words):
            draft = Draft(subject)
            del draft.links[link.id]
            yield draft.done(prune=True)


def complete(subject: Subject) -> Node | None:
    """The question whether the file is complete."""
    return next((node for node in subject.steps(StepKind.CHECK) if "齐全" in node.label or "完整" in node.label), None)


def plus(term: Term, count: int) -> Term:
    return Term(count=term.count + count, unit=term.unit)


def counted(subject: Subject) -> list[Node]:
    """The counted steps of the longest way, with a term."""
    way = subject.measure.counted
    return [node for node in way.steps if node.within is not None and node.within.count] if way is not None else []


# ---- structure


@kind("second-start", "多一个开始", "STR001")
def _(subject: Subject) -> Iterator[Subject]:
    draft = Draft(subject)
    first = next(link for link in draft.links.values() if link["source"] == "start")
    draft.nodes["start2"] = {**draft.nodes["start"], "id": "start2", "label": "另一个开始"}
    draft.links["start2"] = {**first, "id": "start2", "source": "start2"}
    yield draft.done()


@kind("stray-step", "多一个走不到的步骤", "STR002")
def _(subject: Subject) -> Iterator[Subject]:
    draft = Draft(subject)
    node = subject.steps(StepKind.ARCHIVE)[0]
    draft.nodes["stray"] = {"id": "stray", "kind": Kind.TASK, "label": "登记台账", "lane": node.lane,
                            "step": StepKind.HANDLE,
                            "within": workdays(0)}
    draft.links["stray"] = {"id": "stray", "source": "stray", "target": subject.flow.exits[node.id][0].target}
    yield draft.done()


@kind("cut-line", "剪断一条连线", "STR002", also="PRC001 PRC002 PRC007 PRC015 PRC005 PRC021 PRC022 PRC028 "
      "ITM003 TIM011")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.tasks[::4]:
        draft = Draft(subject)
        del draft.links[subject.flow.exits[node.id][0].id]
        yield draft.done()


@kind("unmarked-branch", "步骤后不经判断就分两路", "STR003", also="STR005 PRC001 PRC006 PRC015 PRC007")
def _(subject: Subject) -> Iterator[Subject]:
    node = next(one for one in subject.steps(StepKind.ARCHIVE, StepKind.DELIVER))
    draft = Draft(subject)
    end = subject.by_kind[Kind.END][0]
    draft.links["extra"] = {"id": "extra", "source": node.id, "target": end.id}
    yield draft.done()


@kind("join-splits", "汇合处又分开", "STR004", also="STR005 PRC001 PRC007 PRC015 PRC008")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.by_kind[Kind.JOIN]:
        draft = Draft(subject)
        draft.links["extra"] = {"id": "extra", "source": node.id, "target": subject.by_kind[Kind.END][-1].id}
        yield draft.done()


@kind("join-to-merge", "把汇合改成直接合并", "STR005")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.by_kind[Kind.JOIN]:
        yield changed(subject, node, kind=Kind.TASK, step=StepKind.HANDLE, label="汇总", within=workdays(0))


@kind("split-to-choice", "把并行开始改成择一", "STR005", also="STR006 STR008 TIM002")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.by_kind[Kind.SPLIT]:
        yield changed(subject, node, kind=Kind.DECISION)


@kind("branch-ends", "并行的一个分支自行结束", "STR005", also="STR013 PRC001 PRC007 PRC008 PRC015 PRC019")
def _(subject: Subject) -> Iterator[Subject]:
    for split in subject.by_kind[Kind.SPLIT]:
        draft = Draft(subject)
        first = subject.flow.node_by_id[subject.flow.exits[split.id][0].target]
        refused = next(iter(subject.ends(Outcome.REFUSED)), None)
        if refused is not None:
            out = subject.flow.exits[first.id][0]
            draft.nodes["ask"] = {"id": "ask", "kind": Kind.DECISION, "step": StepKind.HANDLE, "label": "是否同意？",
                                  "lane": first.lane}
            draft.links[out.id].update(source="ask", label="是")
            draft.links["ask1"] = {"id": "ask1", "source": first.id, "target": "ask"}
            draft.links["ask2"] = {"id": "ask2", "source": "ask", "target": refused.id, "label": "否"}
            yield draft.done()


@kind("parallel-loop", "并行的一个分支退回到并行之前", "STR005", also="STR003")
def _(subject: Subject) -> Iterator[Subject]:
    for split in subject.by_kind[Kind.SPLIT]:
        draft = Draft(subject)
        first = subject.flow.node_by_id[subject.flow.exits[split.id][0].target]
        before = subject.flow.entries[split.id][0].source
        draft.nodes["ask"] = {"id": "ask", "kind": Kind.DECISION, "step": StepKind.HANDLE, "label": "是否补充？",
                              "lane": first.lane}
        draft.links[subject.flow.exits[first.id][0].id].update(source="ask", label="否")
        draft.links["ask1"] = {"id": "ask1", "source": first.id, "target": "ask"}
        draft.links["ask2"] = {"id": "ask2", "source": "ask", "target": before, "label": "是", "back": True}
        yield draft.done()


@kind("blank-answer", "分支没有写答案", "STR008", also="PRC003 PRC004 PRC022")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.decisions:
        draft = Draft(subject)
        draft.links[subject.flow.exits[node.id][0].id].update(label="")
        yield draft.done()


@kind("same-answer", "两个分支写同一个答案", "STR008", also="PRC003 PRC004 PRC022 PRC028")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.decisions:
        draft = Draft(subject)
        first, second = subject.flow.exits[node.id][:2]
        draft.links[first.id].update(label=second.label)
        yield draft.done()


@kind("one-exit", "判断只剩一个分支", "STR013", also="PRC002 PRC003 PRC004 PRC006 PRC007 PRC008 PRC021 PRC022 PRC001 "
      "PRC012 PRC028 STR008")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.decisions:
        draft = Draft(subject)
        for link in subject.flow.exits[node.id][1:]:
            del draft.links[link.id]
        yield draft.done(prune=True)


@kind("double-line", "连线重复", "STR014", also="STR003 STR005 STR008")
def _(subject: Subject) -> Iterator[Subject]:
    for link in subject.flow.links[1::6]:
        draft = Draft(subject)
        draft.links["twin"] = {**dict(link), "id": "twin"}
        yield draft.done()


@kind("wrong-lane", "把机关的步骤放进申请人泳道", "STR011", also="PRC017 TIM009 TIM016 TIM024 PRC025 TIM017")
def _(subject: Subject) -> Iterator[Subject]:
    lane = next(lane.id for lane in subject.flow.lanes if lane.role is Role.APPLICANT)
    for node in subject.steps(StepKind.ACCEPT, StepKind.DECIDE, StepKind.DELIVER, StepKind.ARCHIVE, StepKind.INSPECT,
                              StepKind.HEAR, StepKind.REVIEW, StepKind.TEST, StepKind.TENDER, StepKind.EXAM):
        yield changed(subject, node, lane=lane)
    for node in subject.steps(StepKind.NOTIFY):
        if node.issues:
            yield changed(subject, node, lane=lane)


@kind("outsider-decides", "由第三方受理、决定或者不予", "PRC029", also="PRC017 TIM017")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.ACCEPT, StepKind.DECIDE, StepKind.REFUSE):
        draft = Draft(subject)
        draft.nodes[node.id].update(lane="agency")
        yield draft.done(lanes=(Lane(id="agency", name="检测机构", role=Role.THIRD_PARTY),))


# ---- procedure


for _kinds, _name, _zh in (((StepKind.ACCEPT,), "no-acceptance", "漏掉受理"),
                           ((StepKind.EXAMINE,), "no-examination", "漏掉审查"),
                           ((StepKind.SUBMIT,), "no-application", "漏掉申请")):
    def _drop(subject: Subject, kinds: tuple[StepKind, ...] = _kinds) -> Iterator[Subject]:
        steps = [node for node in subject.steps(*kinds) if node.kind is Kind.TASK]
        others = subject.steps(StepKind.INSPECT, StepKind.REVIEW, StepKind.HEAR, StepKind.TEST, StepKind.APPRAISE,
                               StepKind.TENDER, StepKind.EXAM, StepKind.PRELIMINARY)
        if steps and len(steps) == 1 and not (kinds == (StepKind.EXAMINE,) and others):
            draft = Draft(subject)
            draft.drop(steps[0].id)
            yield draft.done()
    kind(_name, _zh, "PRC001", also="TIM002 TIM003 TIM016 TIM024 TIM008 MAT005 TIM005")(licences(_drop))


@kind("no-service", "漏掉送达", "PRC001 PRC015", also="PRC017")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.DELIVER):
        if subject.any_after(node, subject.ends(Outcome.GRANTED)):
            draft = Draft(subject)
            draft.drop(node.id)
            yield draft.done()


@kind("only-done", "不予的结果写成办结", "PRC001 PRC007", also="PRC002 PRC008 PRC015 PRC016 PRC017 PRC028")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.ends(Outcome.REFUSED, Outcome.NOT_ACCEPTED):
        yield changed(subject, node, outcome=Outcome.DONE)


@kind("no-certificate", "漏掉制证", "PRC015", also="ITM003")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    if any(node.step is StepKind.REGISTER for node in subject.tasks):
        return
    for node in subject.steps(StepKind.CERTIFY):
        draft = Draft(subject)
        draft.drop(node.id)
        yield draft.done()


def _exchanged(subject: Subject, first: StepKind, second: StepKind) -> Iterator[Subject]:
    """Where a step of one kind leads straight on to one of another: the two in the other order."""
    flow = subject.flow
    for node in subject.steps(first):
        after = flow.node_by_id[flow.exits[node.id][0].target]
        if node.kind is after.kind is Kind.TASK and after.step is second and len(flow.entries[after.id]) == 1:
            draft, other = Draft(subject), {node.id: after.id, after.id: node.id}
            for link in draft.links.values():
                link.update({side: other.get(link[side], link[side]) for side in ("source", "target")})
            yield draft.done()


@kind("served-before-made", "先送达后制证", "PRC015")
def _(subject: Subject) -> Iterator[Subject]:
    if len(subject.steps(StepKind.CERTIFY)) == 1:
        yield from _exchanged(subject, StepKind.CERTIFY, StepKind.DELIVER)


@kind("served-before-written", "先送达后写不予决定书", "PRC008")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    yield from _exchanged(subject, StepKind.REFUSE, StepKind.DELIVER)


@kind("archived-before-published", "先归档后公开", "PRC016")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    yield from _exchanged(subject, StepKind.PUBLISH, StepKind.ARCHIVE)


@kind("no-correction", "去掉补正的分支", "PRC002", also="STR008 PRC003")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    node = complete(subject)
    if node is not None:
        yield from without_branch(subject, node, "否")


@kind("no-correction-on-the-spot", "去掉当场更正的分支", "PRC003")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    node = complete(subject)
    if node is not None:
        yield from without_branch(subject, node, "当场")


@kind("no-way-elsewhere", "去掉不属于职权或不需要许可的分支", "PRC004", also="PRC002 STR008")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    yield from without_branch(subject, subject.decisions[0], "不属于")
    yield from without_branch(subject, subject.decisions[0], "不需要")


@kind("corrected-into-acceptance", "补正后直接受理", "PRC005", also="STR002 PRC002")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    accepting = subject.steps(StepKind.ACCEPT)
    for node in subject.steps(StepKind.SUPPLY):
        before = subject.flow.node_by_id[subject.flow.entries[node.id][0].source]
        if before.step is StepKind.NOTIFY and "补正" in before.label:
            draft = Draft(subject)
            draft.links[subject.flow.exits[node.id][0].id].update(target=accepting[0].id, back=False)
            yield draft.done()


@kind("no-receipt", "受理不出凭证", "PRC006")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.ACCEPT):
        yield changed(subject, node, issues=())


@kind("no-refusal-branch", "去掉不予的分支", "PRC007", also="PRC028 STR008 STR013")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.deciding:
        yield from without_branch(subject, node, "不")


@kind("bare-refusal", "不予决定没有文书、理由或救济途径", "PRC008")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.REFUSE):
        if subject.any_after(node, subject.ends(Outcome.REFUSED)):
            yield changed(subject, node, issues=())
            yield changed(subject, node, note="")
            yield changed(subject, node, note="说明理由")


@kind("one-officer", "核查不写两名人员", "PRC009")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.INSPECT):
        yield changed(subject, node, post="审查岗")


@kind("no-hearing-right", "不告知听证权利", "PRC010", also="TIM009 TIM008")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    told = [node for node in subject.steps(StepKind.NOTIFY) if "听证权利" in node.label]
    if subject.steps(StepKind.HEAR) and told:
        draft = Draft(subject)
        for node in told:
            draft.drop(node.id)
        yield draft.done()


@kind("examiner-presides", "审查人员主持听证", "PRC011")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    posts = [node.post for node in subject.steps(StepKind.EXAMINE) if node.post]
    for node in subject.steps(StepKind.HEAR):
        yield changed(subject, node, post=posts[0])


@kind("undeclared-procedure", "特别程序与流程不符", "PRC012")
def _(subject: Subject) -> Iterator[Subject]:
    declared = subject.item.special_procedures
    for absent in [word for word in ("鉴定", "招标") if word not in declared][:1]:
        yield item(subject, special_procedures=(*declared, absent))
    if len(declared) > 1:
        yield item(subject, special_procedures=declared[1:])


@kind("not-archived", "漏掉归档", "PRC016")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.ARCHIVE):
        draft = Draft(subject)
        draft.drop(node.id)
        yield draft.done()


@kind("two-counters", "在另一处送达", "PRC017")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.DELIVER):
        if subject.any_after(node, subject.ends(Outcome.GRANTED)):
            draft = Draft(subject)
            draft.nodes[node.id].update(lane="发证科")
            yield draft.done(lanes=(Lane(id="发证科", name="发证科", role=Role.REVIEWER),))


@kind("submitted-again", "上报后再要材料", "PRC018", also="MAT007")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.FORWARD):
        draft = Draft(subject)
        lane = next(lane.id for lane in subject.flow.lanes if lane.role is Role.APPLICANT)
        draft.nodes["again"] = {"id": "again", "kind": Kind.TASK, "step": StepKind.SUPPLY, "label": "再次提交材料",
                                "lane": lane}
        draft.links[subject.flow.exits[node.id][0].id].update(source="again")
        draft.links["again"] = {"id": "again", "source": node.id, "target": "again"}
        yield draft.done()


@kind("half-commitment", "告知承诺少了核查、告知或撤销", "PRC021", also="STR008 STR013")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.SUPERVISE):
        draft = Draft(subject)
        draft.drop(node.id)
        yield draft.done()
        told = next(one for one in subject.steps(StepKind.NOTIFY) if "后果" in one.label)
        draft = Draft(subject)
        draft.drop(told.id)
        yield draft.done()
        asked = subject.flow.node_by_id[subject.flow.exits[node.id][0].target]
        yield from without_branch(subject, asked, "否")


@kind("half-tolerance", "容缺少了承诺、期限或核对", "PRC022", also="STR008 STR013 TIM016 TIM024 STR002")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.PLEDGE):
        if "补交" in node.label:
            draft = Draft(subject)
            draft.drop(node.id)
            yield draft.done()
            supply = next(one for one in subject.steps(StepKind.SUPPLY) if "容缺" in one.label)
            yield changed(subject, supply, within=None)
            yield from without_branch(subject, next(one for one in subject.decisions if "容缺" in one.label), "未补齐")


@kind("fee-at-the-counter", "不收费的事项多了缴费", "PRC024")
def _(subject: Subject) -> Iterator[Subject]:
    if subject.steps(StepKind.PAY):
        return
    node = subject.steps(StepKind.SUBMIT)[0]
    draft = Draft(subject)
    draft.nodes["pay"] = {"id": "pay", "kind": Kind.TASK, "step": StepKind.PAY, "label": "缴纳工本费", "lane": node.lane}
    draft.links[subject.flow.exits[node.id][0].id].update(source="pay")
    draft.links["pay"] = {"id": "pay", "source": node.id, "target": "pay"}
    yield draft.done()


@kind("merged-posts", "审查和决定合为一岗", "PRC025")
def _(subject: Subject) -> Iterator[Subject]:
    if subject.measure.counted is not None and subject.measure.counted.total.hours <= 8:
        return
    for node in subject.deciding:
        for one in subject.steps(StepKind.EXAMINE):
            if one.post and subject.follows(one, node):
                yield changed(subject, node, post=one.post)
                break


@kind("unannounced-visit", "要到现场而没有写次数", "PRC026")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.SUBMIT):
        yield changed(subject, node, onsite=True)
    yield item(subject, onsite_visits=2, onsite_reason="核验原件")


@kind("online-but-onsite", "全程网办却要到现场", "PRC027", also="PRC026")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(changed(subject, subject.steps(StepKind.SUBMIT)[0], onsite=True), channels=("网上办理",), onsite_visits=1,
               onsite_reason="核验原件")


@kind("swapped-answers", "两个答案写反", "PRC028", also="PRC003 PRC004 PRC021 PRC022")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.decisions:
        first, second = (next((link for link in subject.flow.exits[node.id] if link.label.startswith(words)), None)
                         for words in (("是", "准予", "批准", "符合"), ("否", "不")))
        if first is not None and second is not None and (
                node.step in (StepKind.CHECK, StepKind.DECIDE) or "听证" in node.label):
            draft = Draft(subject)
            draft.links[first.id].update(label=second.label)
            draft.links[second.id].update(label=first.label)
            yield draft.done()


# ---- time


@kind("late-correction", "补正告知超过五日", "TIM001")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.NOTIFY):
        if "补正" in node.label:
            yield changed(subject, node, within=workdays(8))
            yield changed(subject, node, within=None)


@kind("over-the-limit", "步骤加长到超过法定时限", "TIM002 TIM003", also="TIM016 TIM018 TIM005")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in counted(subject):
        yield changed(subject, node, within=workdays(46))


@kind("over-the-promise", "步骤加长到超过承诺", "TIM016", also="TIM002 TIM003 TIM018 TIM005")
def _(subject: Subject) -> Iterator[Subject]:
    for node in counted(subject):
        yield changed(subject, node, within=plus(node.within or workdays(0), 1))


@kind("below-the-promise", "步骤缩短而承诺未改", "TIM024")
def _(subject: Subject) -> Iterator[Subject]:
    for node in counted(subject):
        if node.within is not None and len(subject.flow.exits[node.id]) and _alone(subject, node):
            yield changed(subject, node, within=plus(node.within, -1))


def _alone(subject: Subject, node: Node) -> bool:
    """Whether shortening it shortens the longest way: nothing as long runs beside it."""
    way = subject.measure.counted
    shorter = changed(subject, node, within=plus(node.within or workdays(1), -1)).measure.counted
    return way is not None and shorter is not None and shorter.total.hours < way.total.hours


@kind("long-preliminary-review", "初审超过二十日", "TIM005", also="TIM002 TIM016")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.PRELIMINARY):
        yield changed(subject, node, within=workdays(21))


@kind("late-service", "决定后超过十日送达", "TIM006")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.CERTIFY, StepKind.DELIVER):
        if subject.any_after(node, subject.ends(Outcome.GRANTED)):
            yield changed(subject, node, within=workdays(11))


@kind("wrongly-excluded", "把应计的时间扣除", "TIM007", also="TIM024 TIM008 TIM016")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    law = LegalSource(title="行政许可法", article="第四十五条")
    for node in subject.steps(StepKind.INSPECT, StepKind.ANNOUNCE, StepKind.EXAMINE):
        yield changed(subject, node, excluded_by=law)


@kind("untold-wait", "特别程序不告知所需时间", "TIM008")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    excluded = [node for node in subject.flow.nodes if node.excluded_by is not None
                and subject.role(node) is not Role.APPLICANT]
    notices = [node for node in subject.steps(StepKind.NOTIFY) if "特别程序" in node.label]
    if excluded and notices and not subject.steps(StepKind.HEAR):
        draft = Draft(subject)
        draft.drop(notices[0].id)
        yield draft.done()


@kind("short-hearing-window", "缩短要求听证的期限", "TIM009")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.decisions:
        if "听证" in node.label:
            yield changed(subject, node, within=workdays(3))
            yield changed(subject, node, within=days(5))
            yield changed(subject, node, within=None)


@kind("late-hearing", "听证晚于二十日", "TIM010")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    asked = any("听证" in node.label for node in subject.decisions)       # the limit runs from the request for one
    for node in subject.steps(StepKind.HEAR) if asked else ():
        yield changed(subject, node, within=workdays(21))


@kind("short-hearing-notice", "听证通知不足七日", "TIM011")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.NOTIFY):
        if "听证时间" in node.label:
            yield changed(subject, node, note="举行听证三日前通知")
            yield changed(subject, node, note="")


@kind("no-competition", "有限资源的许可不招标", "PRC013")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    if not subject.steps(StepKind.TENDER):
        yield item(subject, legal_bases=(LegalSource(title="行政许可法", article="第十二条第二项"),))


@kind("no-order-of-grant", "有数量限制而不写先后", "PRC014")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    if not subject.steps(StepKind.TENDER):
        yield item(subject, acceptance_conditions=(*subject.item.acceptance_conditions, "有数量限制，每年 20 个"))


@kind("handling-code", "业务办理项编码序号不对", "COD004")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, code=subject.item.code + "00")
    yield item(subject, code=subject.item.code + "X1")


@kind("late-assignment", "检验人员指派过晚，或者只有一人", "TIM012", also="PRC009")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.TEST):
        if "指派" in node.note:
            yield changed(subject, node, note="受理后十五日内指派两名以上人员")
            yield changed(subject, node, note="受理后五日内指派一名人员")


@kind("calendar-days", "时限改用自然日", "TIM014", also="TIM016 TIM015")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    beside = subject.steps(StepKind.ACCEPT, StepKind.NOTIFY, StepKind.CERTIFY, StepKind.DELIVER, StepKind.REFUSE)
    for node in (*counted(subject), *beside):
        if all("行政许可法" in source.title for source in node.bases):                # another law may count otherwise
            yield changed(subject, node, within=days(node.within.count if node.within and node.within.count else 30))
    yield item(subject, statutory=days(20))


@kind("promise-above-law", "承诺长于法定", "TIM015", also="TIM018")
def _(subject: Subject) -> Iterator[Subject]:
    statutory = subject.item.statutory
    if statutory is not None:
        yield item(subject, promised=plus(statutory, 1))


@kind("step-without-limit", "步骤不写时限", "TIM017", also="TIM001 PRC022 TIM024")
def _(subject: Subject) -> Iterator[Subject]:
    for node in (*subject.tasks[::3], *subject.deciding):
        if node.within is not None and subject.role(node) is not Role.APPLICANT:
            yield changed(subject, node, within=None)


@kind("not-immediate", "不是即办却写即办件", "TIM018")
def _(subject: Subject) -> Iterator[Subject]:
    counted = subject.measure.counted
    if subject.item.case_type == "承诺件" and counted is not None and counted.total.hours > 8:
        yield item(subject, case_type="即办件")


@kind("work-before-acceptance", "受理之前先勘验或审查", "TIM020", also="PRC001 TIM001 TIM024 TIM008 TIM007 PRC019 TIM016")
def _(subject: Subject) -> Iterator[Subject]:
    accepting = subject.steps(StepKind.ACCEPT)
    for node in subject.steps(StepKind.EXAMINE, StepKind.INSPECT):
        exits = subject.flow.exits[node.id]
        ordinary = len(subject.flow.entries[node.id]) == 1 and len(exits) == 1 and node.kind is Kind.TASK
        before = subject.flow.node_by_id[subject.flow.entries[node.id][0].source] if ordinary else None
        if accepting and before is not None and before.kind is not Kind.SPLIT:
            draft = Draft(subject)
            draft.drop(node.id)
            draft.nodes[node.id] = dict(node)
            for link in draft.links.values():
                if link["target"] == accepting[0].id:
                    link["target"] = node.id
            draft.links["moved"] = {"id": "moved", "source": node.id, "target": accepting[0].id}
            yield draft.done()


# ---- item, codes, materials, law, names


@kind("element-missing", "要素没有填写", "ITM001", also="COD001 PRC024")
def _(subject: Subject) -> Iterator[Subject]:
    for name in ("contact", "place", "authority", "opening_hours", "acceptance_conditions"):
        yield item(subject, **{name: () if name == "acceptance_conditions" else ""})
    yield item(subject, fee=None)


@kind("result-not-issued", "证件没有步骤出具", "ITM003", also="PRC015")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.tasks:
        papers = [paper for paper in node.issues if subject.flow.document_by_id[paper].kind is DocumentKind.RESULT]
        if papers:
            yield changed(subject, node, issues=tuple(paper for paper in node.issues if paper not in papers))


@kind("one-telephone", "咨询投诉同一电话", "ITM004")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, complaint=subject.item.contact)


@kind("code-too-short", "编码少一位", "COD001")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, code=subject.item.code[:-1])


@kind("digit-wrong", "信用代码错一位", "COD002", also="COD003 COD001")
def _(subject: Subject) -> Iterator[Subject]:
    for place in range(2, 18, 5):
        code = subject.item.authority_code
        yield item(subject, authority_code=code[:place] + ("1" if code[place] != "1" else "2") + code[place + 1:])


@kind("digits-swapped", "信用代码对调两位", "COD002", also="COD003 COD001")
def _(subject: Subject) -> Iterator[Subject]:
    code = subject.item.authority_code
    for place in range(2, 17):
        if code[place] != code[place + 1]:
            yield item(subject, authority_code=code[:place] + code[place + 1] + code[place] + code[place + 2:])


@kind("code-disagrees", "编码与层级不符", "COD003")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, levels=("县级",))


@kind("vague-material", "兜底材料", "MAT001", also="MAT005 MAT002")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, materials=(*subject.item.materials, Material(name="其他相关材料")))


@kind("unused-material", "清单里有而流程不收", "MAT005", also="MAT002")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, materials=(*subject.item.materials, Material(name="法定代表人简历")))


@kind("unlisted-material", "流程收而清单里没有", "MAT007", also="MAT005")
def _(subject: Subject) -> Iterator[Subject]:
    for material in subject.item.materials[:1]:
        yield item(subject, materials=(material.model_copy(update={"name": "与流程无关的材料"}), *subject.item.materials[1:]))


@kind("material-without-basis", "材料没有依据", "MAT004")
def _(subject: Subject) -> Iterator[Subject]:
    for material in subject.item.materials[:1]:
        yield item(subject, materials=(material.model_copy(update={"basis": None}), *subject.item.materials[1:]))


@kind("form-without-blank", "表格没有空白样表", "MAT006")
def _(subject: Subject) -> Iterator[Subject]:
    for material in subject.item.materials[:1]:
        if material.name.endswith(("申请表", "备案表", "申请书")):
            yield item(subject, materials=(material.model_copy(update={"blank": ""}), *subject.item.materials[1:]))


@kind("too-low-a-source", "以通知设许可", "LAW002")
@licences
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, legal_bases=(LegalSource(title="关于加强管理的通知", article="第三条"),))


@kind("no-article", "依据不写条款", "LAW001")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, legal_bases=(LegalSource(title="示例市户外广告设施管理条例"),))


@kind("repealed-basis", "引用已废止的依据", "LAW004")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, legal_bases=(LegalSource(title="物权法", article="第九条"),))


@kind("level-in-name", "名称带层级", "NAM001")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, name=subject.item.name + "（县级）")


@kind("narrow-bracket", "半角括号", "NAM002")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, name=subject.item.name + "(试行)")


@kind("unnamed-kind", "受理写成一般步骤", "NAM003", also="PRC001 PRC002 TIM020 TIM024 TIM016 PRC006")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.steps(StepKind.ACCEPT):
        yield changed(subject, node, step=StepKind.HANDLE)


@kind("nameless-end", "结束不写状态", "NAM006")
def _(subject: Subject) -> Iterator[Subject]:
    for node in subject.by_kind[Kind.END][:1]:
        yield changed(subject, node, label="结束")


@kind("idle-allowance", "没有问题也写允许", "ALW001")
def _(subject: Subject) -> Iterator[Subject]:
    yield item(subject, allow=(Allowance(rule="STR001", reason="以防万一"),))


assert HOURS          # the unit table is what "longer" means here
