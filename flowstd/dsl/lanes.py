"""Who acts: a lane has a verb for every kind of step, and three that ask a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, Unpack

from flowstd.base.errors import BadFlow, UnknownName
from flowstd.base.legal import LegalSource
from flowstd.base.near import did_you_mean
from flowstd.base.term import Term
from flowstd.base.text import Text, short
from flowstd.base.where import Where
from flowstd.ir.kinds import StepKind

from .blocks import Actor, Block, Decision, Exit, Onward, Step, remedy
from .details import KEYWORDS, Laws, Papers, StepOptions, details_of
from .position import here
from .wording import LABEL, kind_of, naming, wording

Branch = Block | Onward


class UnknownVerb(UnknownName, AttributeError):          # hasattr() must see an AttributeError
    """A verb or word that does not exist; the nearest one is offered."""

    @property
    def name(self) -> str:
        """The fault's name as messages show it."""
        return "unknown-verb"

    @name.setter
    def name(self, attribute: str) -> None:
        """Python tells an AttributeError which attribute was asked for; the message says so already."""


class Lane(Actor):
    """Who acts in a process; lanes stand on the chart in the order they first act, the applicant first.

    Every verb takes the step's name and the keywords of :class:`flowstd.dsl.details.StepOptions`:

    >>> from flowstd.dsl import window, workdays
    >>> window.accept("受理", within=workdays(1), issues="受理通知书", law="行政许可法 第三十二条").label
    '受理'
    """

    __slots__ = ()

    def named(self, name: str) -> Lane:
        """A lane of the same role and another name.

        >>> from flowstd.dsl import window
        >>> window.named("综合窗口").role
        <Role.WINDOW: 'window'>
        """
        return Lane(naming(name, Text("泳道名称", "the name of a lane"), here()), self.role)

    # ---- questions

    def check(self, question: str, branches: Mapping[str, Branch] | None = None, /, *, default: str = "",
              within: Term | None = None, materials: Papers | None = None, issues: Papers | None = None,
              law: Laws | None = None, excluded_by: str | LegalSource | None = None, criteria: str | None = None,
              post: str | None = None, onsite: bool | None = None, note: str | None = None, id: str | None = None,
              **exits: Branch) -> Block:
        """形式审查: whether the file is complete; exits as a mapping, as keywords, or both.

        The last exit declared is the one taken when no other condition holds, unless *default* names another.
        Without exits it is a plain step, if its name asks no question.

        Raises: BadFlow: one exit only, an empty or unlabelled one, two of one label.

        >>> from flowstd.dsl import applicant, back, onward, window
        >>> window.check("是否齐全？", 是=onward, 否=applicant.supply("补正材料") >> back("是否齐全？")).flows_on
        True
        """
        return self._ask(StepKind.CHECK, question, branches, exits, default, StepOptions(
            within=within, materials=materials, issues=issues, law=law, excluded_by=excluded_by,
            criteria=criteria, post=post, onsite=onsite, note=note, id=id))

    def decide(self, question: str, branches: Mapping[str, Branch] | None = None, /, *, default: str = "",
               within: Term | None = None, materials: Papers | None = None, issues: Papers | None = None,
               law: Laws | None = None, excluded_by: str | LegalSource | None = None, criteria: str | None = None,
               post: str | None = None, onsite: bool | None = None, note: str | None = None, id: str | None = None,
               **exits: Branch) -> Block:
        """决定: what is decided; exits as in :meth:`check`.

        >>> from flowstd.dsl import decider, end
        >>> decider.decide("是否准予许可？", 准予=end.granted, 不予=end.refused).flows_on
        False
        """
        return self._ask(StepKind.DECIDE, question, branches, exits, default, StepOptions(
            within=within, materials=materials, issues=issues, law=law, excluded_by=excluded_by,
            criteria=criteria, post=post, onsite=onsite, note=note, id=id))

    def ask(self, question: str, branches: Mapping[str, Branch] | None = None, /, *, default: str = "",
            within: Term | None = None, materials: Papers | None = None, issues: Papers | None = None,
            law: Laws | None = None, excluded_by: str | LegalSource | None = None, criteria: str | None = None,
            post: str | None = None, onsite: bool | None = None, note: str | None = None, id: str | None = None,
            **exits: Branch) -> Block:
        """判断: any other question; exits as in :meth:`check`.

        >>> from flowstd.dsl import onward, reviewer
        >>> reviewer.ask("是否需要听证？", {"是": reviewer.hear("听证"), "否": onward}).default
        '否'
        """
        return self._ask(StepKind.HANDLE, question, branches, exits, default, StepOptions(
            within=within, materials=materials, issues=issues, law=law, excluded_by=excluded_by,
            criteria=criteria, post=post, onsite=onsite, note=note, id=id))

    # ---- steps, in the order of a case

    def do(self, label: str, kind: StepKind = StepKind.HANDLE, **options: Unpack[StepOptions]) -> Step:
        """办理: any step; *kind* where no verb is known beforehand.

        >>> from flowstd.dsl import system
        >>> system.do("核对电子证照").kind
        <StepKind.HANDLE: 'handle'>
        """
        return self._step(kind, label, options)

    def submit(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """申请: the applicant hands in the application."""
        return self._step(StepKind.SUBMIT, label, options)

    def supply(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """补正材料: the applicant supplies what was missing."""
        return self._step(StepKind.SUPPLY, label, options)

    def pledge(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """承诺: the applicant signs a commitment."""
        return self._step(StepKind.PLEDGE, label, options)

    def withdraw(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """撤回申请: the applicant takes the application back."""
        return self._step(StepKind.WITHDRAW, label, options)

    def receive(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """收件: the file is taken in, not yet accepted."""
        return self._step(StepKind.RECEIVE, label, options)

    def accept(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """受理: the case is accepted; the statutory limit starts."""
        return self._step(StepKind.ACCEPT, label, options)

    def notify(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """告知: what is missing, or what happens next, is told in writing."""
        return self._step(StepKind.NOTIFY, label, options)

    def examine(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """审查: the substance is examined."""
        return self._step(StepKind.EXAMINE, label, options)

    def preliminary(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """初审: a lower organ examines before a higher one decides."""
        return self._step(StepKind.PRELIMINARY, label, options)

    def forward(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """上报、转办: the case goes to another organ."""
        return self._step(StepKind.FORWARD, label, options)

    def inspect(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """现场勘验、核查: the place is looked at."""
        return self._step(StepKind.INSPECT, label, options)

    def hear(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """听证: a hearing is held."""
        return self._step(StepKind.HEAR, label, options)

    def review(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """专家评审: experts assess."""
        return self._step(StepKind.REVIEW, label, options)

    def test(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """检验、检测、检疫: something is tested."""
        return self._step(StepKind.TEST, label, options)

    def appraise(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """鉴定: something is appraised."""
        return self._step(StepKind.APPRAISE, label, options)

    def tender(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """招标、拍卖: the chance is given by tender or auction."""
        return self._step(StepKind.TENDER, label, options)

    def exam(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """考试、考核: people are examined."""
        return self._step(StepKind.EXAM, label, options)

    def announce(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """公示、公告: the public is told before the decision."""
        return self._step(StepKind.ANNOUNCE, label, options)

    def refuse(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """不予受理、不予许可: the application is refused, with reasons and remedies."""
        return self._step(StepKind.REFUSE, label, options)

    def register(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """登记、备案: an entry is made."""
        return self._step(StepKind.REGISTER, label, options)

    def pay(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """缴费: a fee is paid."""
        return self._step(StepKind.PAY, label, options)

    def disburse(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """发放: money is paid out."""
        return self._step(StepKind.DISBURSE, label, options)

    def certify(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """制证: the certificate is made."""
        return self._step(StepKind.CERTIFY, label, options)

    def deliver(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """送达: the decision or certificate is served."""
        return self._step(StepKind.DELIVER, label, options)

    def publish(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """公开: the result is published."""
        return self._step(StepKind.PUBLISH, label, options)

    def archive(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """归档: the file is put away."""
        return self._step(StepKind.ARCHIVE, label, options)

    def supervise(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """事后核查: what was promised is verified afterwards."""
        return self._step(StepKind.SUPERVISE, label, options)

    def revoke(self, label: str, **options: Unpack[StepOptions]) -> Step:
        """撤销: a decision is taken back."""
        return self._step(StepKind.REVOKE, label, options)

    def _step(self, kind: StepKind, label: str, options: StepOptions) -> Step:
        where = here()
        return Step(self, StepKind(kind), naming(label, LABEL, where), details_of(options, where), where=where)

    def _ask(self, kind: StepKind, question: str, branches: Mapping[str, Branch] | None, exits: dict[str, Branch],
             default: str, options: StepOptions) -> Block:
        where = here()
        label = naming(question, Text("判断的问题", "the question"), where)
        found = _exits(label, branches, exits, where)
        details = details_of(options, where)
        if not found and not _is_question(kind, label):
            return Step(self, kind, label, details, where=where)
        if len(found) < 2:
            raise BadFlow(Text(f"判断“{short(label)}”只有 {len(found)} 个分支",
                               f'the decision "{short(label)}" has {len(found)} exits'), where=where,
                          fix=Text("至少写两个分支，例如 是=…, 否=…", "give it at least two: 是=…, 否=…"))
        return Decision(self, kind, label, found, _default(default, found, where), details, where=where)

    if not TYPE_CHECKING:
        def __getattr__(self, name: str) -> NoReturn:
            refuse_name(name, self, Text(f"泳道没有动词 {name}", f"a lane has no verb {name}"))


def refuse_name(name: str, owner: object, what: Text) -> NoReturn:
    """Raise UnknownVerb for an attribute that *owner* does not have, offering the nearest one."""
    if name.startswith("_"):
        raise AttributeError(name)
    words = [word for word in dir(owner) if not word.startswith("_")]
    raise UnknownVerb(what, where=here(), fix=did_you_mean(name, words))


def _is_question(kind: StepKind, label: str) -> bool:
    """Whether a label wants exits; a question written without them has lost its branches."""
    return kind is StepKind.HANDLE or label.rstrip().endswith(("？", "?")) or "是否" in label


def _exits(question: str, branches: Mapping[str, Branch] | None, keywords: dict[str, Branch],
           where: Where) -> tuple[Exit, ...]:
    if branches is not None and not isinstance(branches, Mapping):
        raise BadFlow(Text(f"判断“{short(question)}”的分支没有标签：{kind_of(branches)}",
                           f'the exits of "{short(question)}" have no labels: {kind_of(branches)}'),
                      where=branches.where if isinstance(branches, Block) else where,
                      fix=Text('写成 {"是": …, "否": …} 或 是=…, 否=…', 'write {"是": …, "否": …} or 是=…, 否=…'))
    found: list[Exit] = []
    seen: set[str] = set()
    for label, branch in (*(branches or {}).items(), *keywords.items()):
        one = _exit(question, label, branch, where, keyword=label in keywords)
        if one.label.strip() in seen:
            raise BadFlow(Text(f"判断“{short(question)}”有两个分支都叫“{short(label)}”",
                               f'two exits of "{short(question)}" are called "{short(label)}"'),
                          where=one.block.where if one.block else where,
                          fix=Text("给分支不同的标签", "give each exit its own label"))
        seen.add(one.label.strip())
        found.append(one)
    return tuple(found)


def _exit(question: str, label: str, branch: Any, where: Where, *, keyword: bool) -> Exit:
    if keyword and not isinstance(branch, Block | Onward) and not isinstance(branch, Actor) and branch is not None:
        near = did_you_mean(label, ("default", *KEYWORDS))
        raise UnknownName(Text(f"{label}= 不是分支也不是参数：它的值是 {kind_of(branch)}",
                               f"{label}= is neither an exit nor a keyword: its value is {kind_of(branch)}"),
                          where=where, fix=near)
    place = branch.where if isinstance(branch, Block) else where
    wording(label, Text(f"判断“{short(question)}”的分支标签", f'an exit label of "{short(question)}"'), place)
    if isinstance(branch, Onward):
        return Exit(label)
    if not isinstance(branch, Block):
        raise _no_branch(question, label, branch, where)
    return Exit(label, branch)


def _no_branch(question: str, label: str, branch: object, where: Where) -> BadFlow:
    name = Text(f"判断“{short(question)}”的分支“{short(label)}”", f'exit "{short(label)}" of "{short(question)}"')
    if branch is None:
        return BadFlow(Text(f"{name.zh}是空的", f"{name.en} is empty"), where=where,
                       fix=Text("直接往下走的分支写 onward", "use onward for an exit that flows straight on"))
    return BadFlow(Text(f"{name.zh}不是步骤，而是 {kind_of(branch)}", f"{name.en} is no step but {kind_of(branch)}"),
                   where=where, fix=remedy(branch))


def _default(name: str, exits: tuple[Exit, ...], where: Where) -> str:
    if not name:
        return exits[-1].label
    if all(one.label != name for one in exits):
        raise UnknownName(Text(f"default= 所说的分支“{short(name)}”不存在",
                               f'there is no exit "{short(name)}", which default= names'), where=where,
                          fix=did_you_mean(name, [one.label for one in exits]))
    return name
