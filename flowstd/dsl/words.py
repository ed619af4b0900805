"""The words of a process beside the lanes' verbs: parallel, back, end, call, onward, fragment, result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, Unpack

from flowstd.base.errors import BadFlow
from flowstd.base.text import Text, short
from flowstd.ir.kinds import DocumentKind, Outcome, Role

from .blocks import ONWARD, Back, Block, Call, End, Fragment, Onward, Parallel, ParallelBranch, remedy, walk
from .blocks import named as said
from .details import Paper, StepOptions, details_of
from .lanes import Lane, refuse_name
from .position import here
from .wording import LABEL, kind_of, naming, wording

__all__ = [
    "Block", "applicant", "back", "call", "decider", "end", "fragment", "onward", "organ", "parallel", "result",
    "reviewer", "system", "third_party", "window",
]

applicant = Lane("申请人", Role.APPLICANT)
window = Lane("窗口", Role.WINDOW)
reviewer = Lane("审查人员", Role.REVIEWER)
decider = Lane("决定人", Role.DECIDER)
third_party = Lane("第三方机构", Role.THIRD_PARTY)
system = Lane("系统", Role.SYSTEM)

onward = ONWARD
"""The exit of a decision in which nothing happens: the case flows straight on."""

PARALLEL = Text("并行的名称", "the name of the parallel part")


def organ(name: str) -> Lane:
    """Another administrative organ, with a lane of its own.

    >>> organ("市住建局").examine("出具意见").actor.name
    '市住建局'
    """
    return Lane(naming(name, Text("机关名称", "the name of an organ"), here()), Role.ORGAN)


def parallel(*branches: Block | Mapping[str, Block], name: str = "", **conditional: Block) -> Parallel:
    """Branches that are all taken; what follows waits for all of them.

    A branch given by keyword, or in a mapping, is taken only where its condition holds; where every branch has one,
    at least one of them is taken.

    Raises: BadFlow: fewer than two branches, an empty one, one that ends or never arrives, two of one condition.

    >>> parallel(reviewer.inspect("现场勘验"), third_party.review("专家评审"), name="并联审查").name
    '并联审查'
    >>> parallel(reviewer.inspect("现场勘验"), 涉及重大利益=reviewer.hear("听证")).branches[1].condition
    '涉及重大利益'
    """
    where = here()
    if name:
        naming(name, PARALLEL, where)
    found = tuple(_branches((*branches, conditional)))
    if len(found) < 2:
        raise BadFlow(Text(f"并行需要至少两个分支，这里有 {len(found)} 个",
                           f"a parallel part has {len(found)} branches; it needs at least two"), where=where,
                      fix=Text("写 parallel(甲, 乙)；只有一个分支就不用 parallel，视情形才做的写成判断",
                               "write parallel(a, b); one branch needs no parallel, and one that is not always taken "
                               "is a decision"))
    return Parallel(found, name, where=where)


def back(target: str) -> Back:
    """The way back to an earlier step, by its name; "窗口/受理" where two lanes have a step of that name.

    >>> (applicant.supply("补正材料") >> back("材料是否齐全？")).flows_on
    False
    """
    where = here()
    return Back(naming(target, Text("back() 要回到的步骤", "the step that back() returns to"), where), where=where)


def call(target: str, label: str = "", /, **options: Unpack[StepOptions]) -> Call:
    """Another chart, by the code or file of its item; it stands in the lane of the step before.

    >>> call("000131001000", "办理营业执照").label
    '办理营业执照'
    """
    where = here()
    wording(target, Text("被调用的事项编码或文件", "the code or file that call() names"), where)
    return Call(target, naming(label or target, LABEL, where), details_of(options, where), where=where)


def fragment(name: str, block: Block) -> Fragment:
    """*block* under a name: a part of the process that a chart may show as one.

    >>> fragment("受理环节", window.receive("收件") >> window.accept("受理")).name
    '受理环节'
    """
    where = here()
    naming(name, Text("片段名称", "the name of a fragment"), where)
    if not isinstance(block, Block):
        raise BadFlow(Text(f"片段“{short(name)}”不是步骤，而是 {kind_of(block)}",
                           f'the fragment "{short(name)}" is no step but {kind_of(block)}'),
                      where=where, fix=remedy(block))
    return Fragment(name, block, where=where)


def result(name: str) -> Paper:
    """The certificate or approval that the applicant came for, as something a step issues.

    >>> window.certify("制证", issues=result("营业执照")).details.issues[0].kind
    <DocumentKind.RESULT: 'result'>
    """
    return Paper(naming(name, Text("证照或批文的名称", "the name of a result"), here()), DocumentKind.RESULT)


class Endings:
    """The ways a case can end.

    >>> window.deliver("送达") >> end.granted
    窗口.deliver('送达') >> end.granted('办结')
    >>> end.refused("不予备案").label
    '不予备案'
    """

    @property
    def granted(self) -> End:
        """准予: the applicant gets what was applied for."""
        return End(Outcome.GRANTED, "办结", where=here())

    @property
    def refused(self) -> End:
        """不予许可: refused after examination."""
        return End(Outcome.REFUSED, "不予许可", where=here())

    @property
    def not_accepted(self) -> End:
        """不予受理: not taken on."""
        return End(Outcome.NOT_ACCEPTED, "不予受理", where=here())

    @property
    def transferred(self) -> End:
        """转有权机关: another organ is competent."""
        return End(Outcome.TRANSFERRED, "转有权机关", where=here())

    @property
    def withdrawn(self) -> End:
        """申请人撤回: the applicant took the application back."""
        return End(Outcome.WITHDRAWN, "申请人撤回", where=here())

    @property
    def revoked(self) -> End:
        """撤销: what was granted is taken back."""
        return End(Outcome.REVOKED, "撤销", where=here())

    @property
    def done(self) -> End:
        """办结: no grant or refusal was at stake."""
        return End(Outcome.DONE, "办结", where=here())

    if not TYPE_CHECKING:
        def __getattr__(self, name: str) -> NoReturn:
            refuse_name(name, self, Text(f"没有办结状态 end.{name}", f"a case cannot end as end.{name}"))


end = Endings()


def _branches(given: tuple[Block | Mapping[str, Block], ...]) -> Iterator[ParallelBranch]:
    """The branches in the order they were written, each checked."""
    number, conditions = 0, set[str]()
    for one in given:
        conditional = isinstance(one, Mapping)
        for condition, branch in one.items() if isinstance(one, Mapping) else (("", one),):
            number += 1
            _check_branch(number, branch)
            if conditional:
                _check_condition(number, condition, branch, conditions)
            yield ParallelBranch(branch, condition)


def _check_condition(number: int, condition: str, branch: Block, known: set[str]) -> None:
    wording(condition, Text(f"并行第 {number} 个分支的条件", f"the condition of branch {number} of the parallel part"),
            branch.where)
    if condition.strip() in known:
        raise BadFlow(Text(f"并行有两个分支的条件都是“{short(condition)}”",
                           f'two branches of a parallel part have the condition "{short(condition)}"'),
                      where=branch.where, fix=Text("条件相同的写成一个分支：甲 >> 乙，或里面再写 parallel(甲, 乙)",
                                                   "make them one branch: a >> b, or parallel(a, b) inside it"))
    known.add(condition.strip())


def _check_branch(number: int, branch: Any) -> None:
    name = Text(f"并行的第 {number} 个分支", f"branch {number} of the parallel part")
    if isinstance(branch, Onward):
        raise BadFlow(Text(f"{name.zh}是空的", f"{name.en} is empty"), where=here(),
                      fix=Text("去掉这个分支", "take the branch away"))
    if not isinstance(branch, Block):
        raise BadFlow(Text(f"{name.zh}不是步骤，而是 {kind_of(branch)}", f"{name.en} is no step but {kind_of(branch)}"),
                      where=here(), fix=remedy(branch))
    ending = next((one for one in walk(branch) if isinstance(one, End)), None)
    if ending is not None:
        last = said(ending)
        raise BadFlow(Text(f"{name.zh}在里面结束了（{last.zh}），其他分支会一直等它",
                           f"{name.en} ends inside it, as {last.en}; the others would wait for ever"),
                      where=ending.where,
                      fix=Text("让各分支都走到汇合处，在 parallel(…) 之后用判断决定是否结束",
                               "let every branch arrive, and decide on the end after parallel(…)"))
    if not branch.flows_on:
        raise BadFlow(Text(f"{name.zh}走不到汇合处", f"{name.en} never arrives where they meet"), where=branch.where,
                      fix=Text("让它的一条路继续往下走", "let one of its ways flow on"))
