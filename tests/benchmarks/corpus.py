"""A seeded set of approval processes that are all different: what layout, speed and peers are measured on.

Sizes and mix follow ordinary item charts: 8 to 39 nodes, two to five lanes,
one to four corrections or returns, a parallel review in three of eight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from flowstd.ir.kinds import Kind, Outcome, Role
from flowstd.ir.model import Flow, Lane, Link, Node

SIZE = 344
PARALLEL = 129        # charts with a parallel review
APPLICANT, WINDOW, REVIEWER, DECIDER, THIRD = range(5)
HERE = -1             # the desk that holds the case
ROLES = (Role.APPLICANT, Role.WINDOW, Role.REVIEWER, Role.DECIDER, Role.THIRD_PARTY)
NAMES = ("申请人", "综合窗口", "审查人员", "审批负责人", "第三方机构")
# which desk takes over the work of each role, by the number of lanes
DESKS = {
    2: ((0, 1, 1, 1, 1),),
    3: ((0, 1, 2, 2, 2), (0, 1, 1, 2, 1), (0, 1, 2, 2, 2)),
    4: ((0, 1, 2, 3, 2), (0, 1, 2, 2, 3)),
    5: ((0, 1, 2, 3, 4),),
}
SERIAL = ("材料审查", "形式复核", "资质核验", "实质审查", "合法性审核", "现场踏勘", "技术审查", "征求有关部门意见",
          "复核", "拟定审查意见", "提请集体讨论", "公示", "指标核定", "信用核查", "汇总审查意见", "初审", "档案比对",
          "数据共享核验")
SIDE = ("现场勘验", "专家评审", "消防意见", "环保意见", "检验检测", "规划核实", "卫生学评价", "安全评价", "听证",
        "联合踏勘", "抽样检测", "市政公用意见征询", "人防审查", "气象意见", "水土保持方案评审")
QUESTIONS = ("是否需要现场勘验？", "是否需要听证？", "是否需要专家评审？", "是否涉及公共利益？", "是否属于重大事项？",
             "是否需检测？", "是否跨部门？")
REVIEWS = ("复核是否通过？", "审查是否合格？", "意见是否一致？", "勘验是否合格？", "评审是否通过？", "初审是否通过？")
AFTER = ("公告结果", "缴纳费用", "归档", "信息公开", "推送监管信息", "电子证照生成", "核对信息")


@dataclass
class _Draft:
    """A flow being written; ``at`` holds the open exits: (node, label) pairs waiting for what comes next."""

    rng: Random
    desk: tuple[int, ...]
    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    at: list[tuple[str, str]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def put(self, kind: Kind, label: str, role: int, outcome: Outcome | None = None) -> str:
        """Add a node and lead all open exits to it."""
        lane = self.desk[role] if role != HERE else int(next(n.lane for n in self.nodes if n.id == self.at[0][0])[1:])
        name = f"L{lane}/{label.rstrip('？') or kind.value}"
        number = 1
        while name in self.used:
            number += 1
            name = f"L{lane}/{label.rstrip('？') or kind.value}.{number}"
        self.used.add(name)
        self.nodes.append(Node(id=name, kind=kind, label=label, lane=f"L{lane}", outcome=outcome))
        for source, word in self.at:
            self.join(source, name, word)
        self.at = [(name, "")]
        return name

    def join(self, source: str, target: str, label: str = "", back: bool = False) -> None:
        self.links.append(Link(id=f"{len(self.links) + 1}", source=source, target=target, label=label, back=back))

    def word(self, pool: tuple[str, ...]) -> str:
        """A word of *pool* that this flow has not used, as long as there is one."""
        free = [word for word in pool if not any(node.label == word for node in self.nodes)]
        return self.rng.choice(free or list(pool))


def corpus(size: int = SIZE, seed: int = 1) -> tuple[Flow, ...]:
    """*size* flows, no two of the same structure; equal arguments give equal flows."""
    found: list[Flow] = []
    seen: set[object] = set()
    rng = Random(seed)
    parallels = round(size * PARALLEL / SIZE)
    plan = [True] * parallels + [False] * (size - parallels)
    rng.shuffle(plan)
    while len(found) < size:
        flow = _process(rng, plan[len(found)], f"C{len(found):05d}")
        if 8 <= len(flow.nodes) <= 39 and (key := structure(flow)) not in seen:
            seen.add(key)
            found.append(flow)
    return tuple(found)


def structure(flow: Flow) -> object:
    """What makes two flows differ for layout: kinds, lanes, connections; no words."""
    number = {node.id: index for index, node in enumerate(flow.nodes)}
    return (tuple((node.kind, node.lane) for node in flow.nodes),
            tuple((number[link.source], number[link.target], link.back) for link in flow.links))


def _process(rng: Random, parallel: bool, title: str) -> Flow:
    lanes = rng.choices((2, 3, 4, 5), (21, 48, 23, 8))[0]
    draft = _Draft(rng, rng.choice(DESKS[lanes]))
    target = min(37, max(5, round(rng.lognormvariate(2.69, 0.53))))
    loops = rng.choices((1, 2, 3, 4), (48, 34, 13, 5))[0] - 1
    _apply(draft, target)
    budget = target - 6
    budget -= _accept(draft, budget)
    stages = [_parallel] if parallel else []
    for _ in range(loops):
        stages.append(rng.choice((_rework, _rework, _rectify)))
    while sum(4 if stage is _parallel else 2 for stage in stages) < budget - 2 and rng.random() < 0.85:
        stages.append(rng.choice((_serial, _serial, _serial, _optional, _optional, _verdict)))
    rng.shuffle(stages)
    if stages and stages[0] is not _serial:
        stages.insert(0, _serial)
    for stage in stages:
        if stage in (_parallel, _rework, _rectify) or len(draft.nodes) < target - 4:
            stage(draft)
    _decide(draft, target)
    flow_lanes = tuple(Lane(id=f"L{lane}", name=NAMES[draft.desk.index(lane)], role=ROLES[draft.desk.index(lane)])
                       for lane in range(lanes))
    return Flow(title=title, lanes=flow_lanes, nodes=tuple(draft.nodes), links=tuple(draft.links))


def _apply(draft: _Draft, target: int) -> None:
    draft.put(Kind.START, "开始", APPLICANT)
    draft.put(Kind.TASK, draft.rng.choice(("提交申请", "网上申报", "提出申请并提交材料")), APPLICANT)
    if target > 14 and draft.rng.random() < 0.5:
        draft.put(Kind.TASK, draft.rng.choice(("收件", "收件登记", "出具收件凭证")), WINDOW)


def _accept(draft: _Draft, budget: int) -> int:
    """The form check with its correction; the way back is the loop every chart has."""
    before = len(draft.nodes)
    questions = ("材料是否齐全？", "材料齐全且符合法定形式？", "是否符合受理条件？")
    check = draft.put(Kind.DECISION, draft.rng.choice(questions), WINDOW)
    draft.at = [(check, "否")]
    if budget > 6 and draft.rng.random() < 0.6:
        draft.put(Kind.TASK, draft.rng.choice(("一次性告知补正", "出具补正通知书")), WINDOW)
    fix = draft.put(Kind.TASK, draft.rng.choice(("补正材料", "补齐补正材料")), APPLICANT)
    draft.join(fix, draft.rng.choice((check, check, draft.nodes[1].id)), back=True)
    if budget > 8 and draft.rng.random() < 0.45:
        draft.at = [(check, draft.rng.choice(("不属于职权", "不予受理")))]
        if draft.rng.random() < 0.6:
            draft.put(Kind.TASK, draft.rng.choice(("不予受理", "出具不予受理通知书")), WINDOW)
        draft.put(Kind.END, "不予受理", draft.rng.choice((APPLICANT, HERE, HERE)), Outcome.NOT_ACCEPTED)
    draft.at = [(check, "是")]
    draft.put(Kind.TASK, draft.rng.choice(("受理", "出具受理通知书", "受理并出具受理凭证")), WINDOW)
    return len(draft.nodes) - before


def _serial(draft: _Draft) -> None:
    desks = (REVIEWER, REVIEWER, REVIEWER, HERE, HERE, WINDOW, DECIDER, THIRD)
    draft.put(Kind.TASK, draft.word(SERIAL), draft.rng.choice(desks))


def _parallel(draft: _Draft) -> None:
    rng = draft.rng
    role = rng.choice((REVIEWER, WINDOW))
    split = draft.put(Kind.SPLIT, "", role)
    open_ends: list[tuple[str, str]] = []
    for branch in range(rng.choices((2, 3, 4), (60, 30, 10))[0]):
        draft.at = [(split, "")]
        for _ in range(rng.choice((1, 1, 1, 2))):
            draft.put(Kind.TASK, draft.word(SIDE), rng.choice((REVIEWER, HERE, HERE, THIRD)) if branch else role)
        open_ends += draft.at
    draft.at = open_ends
    draft.put(Kind.JOIN, "", role)


def _optional(draft: _Draft) -> None:
    """A question whose yes makes a detour that flows back into the main path."""
    rng = draft.rng
    question = draft.put(Kind.DECISION, draft.word(QUESTIONS), rng.choice((HERE, HERE, REVIEWER, WINDOW)))
    draft.at = [(question, "是")]
    for _ in range(rng.choice((1, 1, 2))):
        draft.put(Kind.TASK, draft.word(SIDE), rng.choice((HERE, REVIEWER, THIRD, APPLICANT)))
    draft.at = [(question, "否"), *draft.at]
    draft.put(Kind.TASK, draft.word(SERIAL), rng.choice((HERE, REVIEWER)))


def _rework(draft: _Draft) -> None:
    """A look from above that can send the case back to an earlier step."""
    rng = draft.rng
    earlier = [node.id for node in draft.nodes[3:] if node.kind is Kind.TASK and node.lane != "L0"
               and not any(link.source == node.id and link.back for link in draft.links)] or [draft.nodes[1].id]
    look = draft.put(Kind.DECISION, draft.word(REVIEWS), rng.choice((DECIDER, HERE)))
    draft.join(look, rng.choice(earlier[-4:]), rng.choice(("否", "退回", "不通过")), back=True)
    draft.at = [(look, rng.choice(("是", "通过")))]


def _rectify(draft: _Draft) -> None:
    """An inspection that may ask the applicant to mend something, and comes again."""
    rng = draft.rng
    visit = draft.put(Kind.TASK, draft.word(SIDE), rng.choice((HERE, REVIEWER, THIRD)))
    look = draft.put(Kind.DECISION, draft.word(REVIEWS), HERE)
    draft.at = [(look, rng.choice(("否", "不合格")))]
    fix = draft.put(Kind.TASK, rng.choice(("整改", "限期整改")), APPLICANT)
    draft.join(fix, visit, back=True)
    draft.at = [(look, rng.choice(("是", "合格")))]


def _verdict(draft: _Draft) -> None:
    """A question that may end the case early."""
    rng = draft.rng
    look = draft.put(Kind.DECISION, draft.word(REVIEWS), rng.choice((HERE, HERE, REVIEWER, WINDOW)))
    draft.at = [(look, rng.choice(("否", "不符合")))]
    draft.put(Kind.END, rng.choice(("退回申请", "转有权机关", "终止办理")), rng.choice((WINDOW, HERE, HERE)),
              Outcome.TRANSFERRED)
    draft.at = [(look, rng.choice(("是", "符合")))]


def _decide(draft: _Draft, target: int) -> None:
    rng = draft.rng
    spare = target - len(draft.nodes)
    decide = draft.put(Kind.DECISION, rng.choice(("是否准予许可？", "是否同意？", "作出决定")), DECIDER)
    draft.at = [(decide, rng.choice(("不予", "否", "不予许可")))]
    refused = []
    if spare > 2 and rng.random() < 0.75:
        word = rng.choice(("作出不予许可决定", "出具不予许可决定书"))
        refused.append(draft.put(Kind.TASK, word, rng.choice((HERE, HERE, WINDOW))))
    shared = spare > 4 and bool(refused) and rng.random() < 0.45
    waiting = list(draft.at)
    if not shared:
        draft.put(Kind.END, "不予许可", rng.choice((WINDOW, HERE, HERE, APPLICANT)), Outcome.REFUSED)
    draft.at = [(decide, rng.choice(("准予", "是", "同意")))]
    if spare > 3:
        draft.put(Kind.TASK, rng.choice(("制证", "制作证照", "作出准予许可决定")), WINDOW)
    draft.at += waiting if shared else []
    if spare > 1 or shared:
        draft.put(Kind.TASK, rng.choice(("送达", "送达决定", "颁发证照")), WINDOW)
    for _ in range(min(3, max(0, target - len(draft.nodes) - 1))):
        draft.put(Kind.TASK, draft.word(AFTER), rng.choice((HERE, HERE, WINDOW, APPLICANT)))
    draft.put(Kind.END, "办结", rng.choice((APPLICANT, HERE, HERE)), Outcome.GRANTED)


def big(size: int, seed: int = 1, lanes: int = 5) -> Flow:
    """One flow of about *size* nodes in *lanes* lanes: stages after stages, for the growth of time with size."""
    rng = Random(seed)
    draft = _Draft(rng, DESKS[lanes][0])
    _apply(draft, size)
    _accept(draft, 20)
    while len(draft.nodes) < size - 6:
        rng.choice((_serial, _serial, _parallel, _optional, _rework, _rectify, _verdict))(draft)
    _decide(draft, size)
    flow_lanes = tuple(Lane(id=f"L{lane}", name=NAMES[lane], role=ROLES[lane]) for lane in range(lanes))
    return Flow(title=f"big-{size}", lanes=flow_lanes, nodes=tuple(draft.nodes), links=tuple(draft.links))


def statistics_of(flows: tuple[Flow, ...]) -> dict[str, float]:
    """The figures a set is described by."""
    sizes = sorted(len(flow.nodes) for flow in flows)
    lane = [{node.id: node.lane for node in flow.nodes} for flow in flows]
    links = [(flow, link) for number, flow in enumerate(flows) for link in flow.links
             if lane[number][link.source] != lane[number][link.target]]
    return {
        "charts": len(flows), "least": sizes[0], "most": sizes[-1], "median": sizes[len(sizes) // 2],
        "mean": sum(sizes) / len(sizes), "links": sum(len(flow.links) for flow in flows) / len(flows),
        "lanes": sum(len(flow.lanes) for flow in flows) / len(flows),
        "parallel": sum(any(node.kind is Kind.SPLIT for node in flow.nodes) for flow in flows),
        "change": len(links) / sum(len(flow.links) for flow in flows),
        "loops": sum(sum(link.back for link in flow.links) for flow in flows) / len(flows),
        "most loops": max(sum(link.back for link in flow.links) for flow in flows),
        "least loops": min(sum(link.back for link in flow.links) for flow in flows),
    }
