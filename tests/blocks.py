"""Hypothesis strategies for whole processes, and how to change one step of a process.

Every process made here is well-formed and sound: branches end, flow on or go
back to a step of their own way, parallel branches meet. Teach ``blocks()`` a
new word, and every property learns it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import rshift

from hypothesis import strategies as st

from flowstd.dsl import (
    applicant,
    back,
    call,
    days,
    decider,
    end,
    flow_of,
    fragment,
    hours,
    months,
    onward,
    organ,
    parallel,
    result,
    reviewer,
    system,
    third_party,
    window,
    workdays,
)
from flowstd.dsl.blocks import Block, Decision, Exit, Fragment, Parallel, Sequence, Step, walk
from flowstd.dsl.lanes import Lane
from flowstd.ir.graph import after
from flowstd.ir.kinds import Kind, StepKind
from flowstd.ir.model import Flow

LANES = (applicant, window, reviewer, decider, third_party, system, organ("市住建局"), window.named("综合窗口（一窗）"))
LABELS = ("受理", "提交申请", "审查", "现场勘验", "出具《行政许可决定书》", "补正材料", "Notify the applicant",
          "专家评审、论证", "作出决定", "制证", "送达", "公示", "缴费", "听证（依申请）", "<b>登记 & 备案</b>",
          "告知申请人自收到通知之日起五日内补正全部材料")
QUESTIONS = ("材料是否齐全、符合法定形式？", "是否准予许可？", "是否需要听证？", "Complete?", "检测结果")
ANSWERS = ("是", "否", "不属于职权", "需要现场勘验", "other")
CONDITIONS = ("涉及重大利益", "技术复杂", "需要听证的", "if others object")
PAPERS = ("申请表", "身份证明", "场所证明", "受理通知书", result("营业执照"), result("许可证"))
LAWS = ("行政许可法 第三十二条", "《行政许可法》第四十五条", "市场主体登记管理条例")
ENDS = (end.granted, end.refused, end.not_accepted, end.transferred, end.withdrawn, end.revoked,
        end.done, end.refused("不予备案"))
KINDS = tuple(StepKind)

_terms = st.builds(lambda unit, count: unit(count), st.sampled_from((workdays, days, hours, months)),
                   st.integers(0, 60))
_options = st.fixed_dictionaries({}, optional={
    "within": _terms,
    "materials": st.lists(st.sampled_from(PAPERS), max_size=3),
    "issues": st.sampled_from(PAPERS),
    "law": st.sampled_from(LAWS),
    "excluded_by": st.sampled_from(LAWS),
    "criteria": st.just("申请材料与原件一致"),
    "post": st.just("受理岗"),
    "onsite": st.booleans(),
    "note": st.just("可邮寄"),
})


def blocks(*, lanes: int = 8, depth: int = 3, length: int = 4) -> st.SearchStrategy[Block]:
    """Whole processes: up to *lanes* lanes, nested up to *depth*, up to *length* parts in a row."""
    return _process(lanes, depth, length)


def flows(*, lanes: int = 8, depth: int = 3, length: int = 4) -> st.SearchStrategy[Flow]:
    """The flows of such processes."""
    return blocks(lanes=lanes, depth=depth, length=length).map(lambda block: flow_of(block, "办理流程"))


@st.composite
def _process(draw: st.DrawFn, lanes: int, depth: int, length: int) -> Block:
    count = draw(st.sampled_from(range(lanes, 0, -1)))
    pen = _Pen(draw, tuple(draw(st.permutations(LANES[:lanes]))[:count]), length)
    return pen.row(depth, (), closed=True, may_end=True)


@dataclass
class _Pen:
    """One process being made; names are numbered, so that no two steps share one."""

    draw: st.DrawFn
    lanes: tuple[Lane, ...]
    length: int
    names: int = 0
    parallels: list[str] = field(default_factory=list)

    def row(self, depth: int, earlier: tuple[str, ...], *, closed: bool, may_end: bool) -> Block:
        """Blocks in a row after the steps called *earlier*; a *closed* row ends, others flow on, end or go back."""
        made: list[Block] = [self.step()]
        way = [*earlier, _name(made[0])]
        for _ in range(self.draw(st.sampled_from(range(self.length)))):
            one = self.part(depth, tuple(way), may_end=may_end)
            made.append(one)
            way += [_name(one)] if _name(one) else []
            if not one.flows_on:
                return _row(made)
        if closed:
            made.append(self.end())
        return _row(made)

    def part(self, depth: int, earlier: tuple[str, ...], *, may_end: bool) -> Block:
        if depth and self.draw(st.integers(0, 2)):
            return self.nested(depth - 1, earlier, may_end=may_end)
        return self.step()

    def step(self) -> Block:
        if self.names and self.draw(st.integers(0, 11)) == 0:          # a call alone has no lane
            return call("123-45", self.name(LABELS), **self.draw(_options))
        kind = self.draw(st.sampled_from(KINDS))
        return self.lane().do(self.name(LABELS), kind, **self.draw(_options))

    def nested(self, depth: int, earlier: tuple[str, ...], *, may_end: bool) -> Block:
        match self.draw(st.sampled_from(("decision", "decision", "parallel", "fragment"))):
            case "decision":
                return self.decision(depth, earlier, may_end=may_end)
            case "parallel":
                branches = [self.parallel_branch(depth) for _ in range(self.draw(st.integers(2, 3)))]
                return parallel(*branches, name=self.draw(st.sampled_from(("", self.name(("并联审查", "同步"))))))
            case _:
                inside = self.row(depth, earlier, closed=False, may_end=may_end)
                return fragment(self.name(("受理环节", "决定环节")), inside)

    def parallel_branch(self, depth: int) -> Block | dict[str, Block]:
        branch = self.row(depth, (), closed=False, may_end=False)
        return {self.name(CONDITIONS): branch} if self.draw(st.integers(0, 3)) == 0 else branch

    def decision(self, depth: int, earlier: tuple[str, ...], *, may_end: bool) -> Block:
        question = self.name(QUESTIONS)
        labels = self.draw(st.lists(st.sampled_from(ANSWERS), min_size=2, max_size=4, unique=True))
        exits = {label: self.branch(depth, (*earlier, question), first=not number, may_end=may_end)
                 for number, label in enumerate(labels)}
        return self.lane().ask(question, exits, default=self.draw(st.sampled_from(("", *labels))),
                               **self.draw(_options))

    def branch(self, depth: int, earlier: tuple[str, ...], *, first: bool, may_end: bool) -> Block:
        """The first branch never goes back, so that an end can always be reached."""
        ways = ["on", "row"] + ["end"] * may_end + ["back"] * (not first)
        match self.draw(st.sampled_from(ways)):
            case "on":
                return onward
            case "end":
                alone = self.draw(st.booleans())
                return self.end() if alone else self.row(depth, earlier, closed=True, may_end=may_end)
            case "back":
                direct = earlier[:-1] and self.draw(st.booleans())
                if direct:
                    return back(self.draw(st.sampled_from(earlier[:-1])))
                return self.step() >> back(self.draw(st.sampled_from(earlier)))
            case _:
                return self.row(depth, earlier, closed=False, may_end=may_end)

    def end(self) -> Block:
        return replace(self.draw(st.sampled_from(ENDS)))          # an object of its own

    def lane(self) -> Lane:
        return self.draw(st.sampled_from(self.lanes))

    def name(self, words: tuple[str, ...]) -> str:
        self.names += 1
        return f"{self.draw(st.sampled_from(words))}{self.names}"


def _name(block: Block) -> str:
    return block.label if hasattr(block, "label") else getattr(block, "name", "") if isinstance(block, Parallel) else ""


def _row(made: list[Block]) -> Block:
    return reduce(rshift, made)


# ---- changing one step of a process


def steps_of(block: Block) -> list[Step | Decision]:
    """Every step and decision, in the order they were written."""
    return [one for one in walk(block) if isinstance(one, Step | Decision)]


def rewritten(block: Block, change: Callable[[Block, Block], Block]) -> Block:
    """*block* with every part replaced, innermost first, by what ``change(the part as it was, as it is now)`` gives."""

    def inner(one: Block) -> Block:
        return rewritten(one, change)

    match block:
        case Sequence():
            return change(block, _row([inner(one) for one in block.blocks]))
        case Decision():
            exits = tuple(Exit(label, branch and inner(branch)) for label, branch in block.exits)
            return change(block, replace(block, exits=exits))
        case Parallel():
            return change(block, replace(block, branches=tuple(
                one._replace(block=inner(one.block)) for one in block.branches)))
        case Fragment():
            return change(block, replace(block, block=inner(block.block)))
    return change(block, block)


def lies_between_start_and_end(flow: Flow) -> bool:
    """Whether the start leads to every node, and every node to an end."""
    ways = {node.id: after(flow, [node.id]) for node in flow.nodes}
    ending = {node.id for node in flow.nodes if node.kind is Kind.END}
    return ways["start"] == set(ways) and all(ending & reached for reached in ways.values())
