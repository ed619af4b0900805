"""The block algebra: a process is an expression of frozen values, and ``>>`` puts one after another.

A block flows on, or it does not: after an end or a way back nothing can
follow. An ill-formed block cannot be built; what only the whole process can
tell (a step that does not exist, two of one name) is said by ``to_ir``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from flowstd.base.errors import BadFlow, FlowstdError
from flowstd.base.late import late
from flowstd.base.text import Text, short
from flowstd.base.where import NOWHERE, Where
from flowstd.ir.kinds import Outcome, Role, StepKind

from .details import PLAIN, Details
from .position import here, last_line
from .wording import kind_of, naming

if TYPE_CHECKING:
    from flowstd.pipeline import Chart


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the name at the head of a lane, and the role."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a process. Equal blocks say the same, wherever they were written.

    >>> from flowstd import applicant, end
    >>> (applicant.submit("提交申请") >> end.done).compile().drawn.nodes[1].label
    '提交申请'
    """

    where: Where = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    flows_on: bool = field(default=True, init=False, compare=False, repr=False)
    """Whether anything may follow: no end, no way back, at least one exit left open."""

    @property
    def inner(self) -> tuple[Block, ...]:
        """The blocks this one is made of, in the order they were written."""
        return ()

    def __rshift__(self, after: Block) -> Sequence:
        if not isinstance(after, Block):
            _refuse_operand(after, right=True)
        if not self.flows_on:
            raise nothing_may_follow(self, after)
        return Sequence((*_parts(self), *_parts(after)), where=self.where)

    def __rrshift__(self, before: object) -> NoReturn:
        _refuse_operand(before, right=False)

    def compile(self, **options: Any) -> Chart:
        """Findings, drawing and files of this process: a :class:`flowstd.pipeline.Chart`.

        Raises: BadFlow, AmbiguousStep, UnknownStep: the block is not a whole process.
        """
        chart: Chart = late("flowstd.dsl.to_ir:flow_of")(self).compile(**options)
        return chart

    def _repr_svg_(self) -> str | None:
        try:
            return str(self.compile().svg())
        except FlowstdError:
            return None                     # a piece of a process has no chart; its text says why

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        try:
            bundle: dict[str, str] = self.compile()._repr_mimebundle_(include, exclude)
        except FlowstdError as error:
            return {"text/plain": f"{self!r}\n{error}"}
        return bundle


@dataclass(frozen=True, slots=True)
class Step(Block):
    """One action by one lane."""

    actor: Actor
    kind: StepKind
    label: str
    details: Details = PLAIN

    def __repr__(self) -> str:
        return f"{self.actor.name}.{self.kind}({self.label!r})"


class Exit(NamedTuple):
    """One labelled way out of a decision; without a block it goes straight on."""

    label: str
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Decision(Block):
    """A question of which exactly one exit is taken."""

    actor: Actor
    kind: StepKind
    label: str
    exits: tuple[Exit, ...]
    default: str                             # the exit taken when no other condition holds
    details: Details = PLAIN

    def __post_init__(self) -> None:
        _set_flows_on(self, any(one.block is None or one.block.flows_on for one in self.exits))

    @property
    def inner(self) -> tuple[Block, ...]:
        return tuple(one.block for one in self.exits if one.block is not None)

    def __repr__(self) -> str:
        exits = ", ".join(f"{one.label}={one.block or ONWARD!r}" for one in self.exits)
        return f"{self.actor.name}.{self.kind}({self.label!r}, {exits})"


class ParallelBranch(NamedTuple):
    """One branch of a parallel part; with a condition it is taken only where that holds."""

    block: Block
    condition: str = ""

    def __repr__(self) -> str:
        return f"{{{self.condition!r}: {self.block!r}}}" if self.condition else repr(self.block)


@dataclass(frozen=True, slots=True)
class Parallel(Block):
    """Branches that are all taken, as far as they apply; what follows waits for all that are."""

    branches: tuple[ParallelBranch, ...]
    name: str = ""

    @property
    def inner(self) -> tuple[Block, ...]:
        return tuple(one.block for one in self.branches)

    def __repr__(self) -> str:
        name = f", name={self.name!r}" if self.name else ""
        return f"parallel({', '.join(map(repr, self.branches))}{name})"


@dataclass(frozen=True, slots=True)
class Sequence(Block):
    """One block after another."""

    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        _set_flows_on(self, self.blocks[-1].flows_on)

    @property
    def inner(self) -> tuple[Block, ...]:
        return self.blocks

    def __repr__(self) -> str:
        return " >> ".join(map(repr, self.blocks))


@dataclass(frozen=True, slots=True)
class Fragment(Block):
    """A block with a name, which a chart may show as one."""

    name: str
    block: Block

    def __post_init__(self) -> None:
        _set_flows_on(self, self.block.flows_on)

    @property
    def inner(self) -> tuple[Block, ...]:
        return (self.block,)

    def __repr__(self) -> str:
        return f"fragment({self.name!r}, {self.block!r})"


@dataclass(frozen=True, slots=True)
class Call(Block):
    """Another chart, by the code or the file of its item."""

    target: str
    label: str
    details: Details = PLAIN

    def __repr__(self) -> str:
        return f"call({self.target!r}, {self.label!r})"


@dataclass(frozen=True, slots=True)
class Back(Block):
    """The way back to an earlier step."""

    target: str

    def __post_init__(self) -> None:
        _set_flows_on(self, False)

    def __repr__(self) -> str:
        return f"back({self.target!r})"


@dataclass(frozen=True, slots=True)
class End(Block):
    """How a case ends: one terminal, however often it is used."""

    outcome: Outcome
    label: str

    def __post_init__(self) -> None:
        _set_flows_on(self, False)

    def __call__(self, label: str) -> End:
        """The same end under another label: ``end.refused("不予备案")``."""
        where = here()
        return End(self.outcome, naming(label, Text("结束的名称", "the label of an end"), where), where=where)

    def __repr__(self) -> str:
        return f"end.{self.outcome.name.lower()}({self.label!r})"


@dataclass(frozen=True, slots=True)
class Onward:
    """The branch in which nothing happens: the case flows straight on.

    >>> from flowstd import onward, window
    >>> window.check("是否需要补正？", 是=window.notify("一次性告知补正"), 否=onward)
    窗口.check('是否需要补正？', 是=窗口.notify('一次性告知补正'), 否=onward)
    """

    def __repr__(self) -> str:
        return "onward"


ONWARD = Onward()


def walk(block: Block) -> Iterator[Block]:
    """*block* and every block in it, in the order they were written."""
    waiting = [block]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.inner))


def named(block: Block) -> Text:
    """What a message calls *block*."""
    if isinstance(block, Step | Decision | Call | End):
        return Text(f"“{short(block.label)}”", f'"{short(block.label)}"')
    if isinstance(block, Parallel):
        return Text(f"并行“{short(block.name)}”", f'the parallel part "{short(block.name)}"')
    if isinstance(block, Back):
        return Text(f"back(“{short(block.target)}”)", f'back("{short(block.target)}")')
    return named(_edge(block, -1))


def nothing_may_follow(before: Block, after: Block) -> BadFlow:
    """The error of a block put after one that does not flow on."""
    last, first = _edge(before, -1), _edge(after, 0)
    name, then = named(last), named(first)
    if isinstance(last, End):
        what = Text(f"{name.zh}是结束，后面不能再有{then.zh}", f"{name.en} is an end: {then.en} cannot follow it")
        fix = Text(f"把{then.zh}放在结束之前", f"put {then.en} before the end")
    elif isinstance(last, Back):
        what = Text(f"{name.zh}已经返回，后面不能再有{then.zh}", f"{name.en} goes back: {then.en} cannot follow it")
        fix = Text(f"把{then.zh}放在 back(…) 之前", f"put {then.en} before back(…)")
    else:
        what = Text(f"{name.zh}的每个分支都已结束或返回，走不到{then.zh}",
                    f"every exit of {name.en} ends or goes back: nothing leads to {then.en}")
        fix = Text("让一个分支继续往下走（去掉它的结束，或写 onward），或去掉后面的步骤",
                   "let one exit flow on (take its end away, or use onward), or take away what follows")
    return BadFlow(what, where=first.where, fix=fix)


def _set_flows_on(block: Block, flows_on: bool) -> None:
    """Known when the block is made: asking a deep nest each time would cost, and could fail."""
    object.__setattr__(block, "flows_on", flows_on)


def _edge(block: Block, side: int) -> Block:
    """The first (0) or last (-1) part of *block* that is no mere sequence or fragment."""
    while isinstance(block, Sequence | Fragment):
        block = block.inner[side]
    return block


def _parts(block: Block) -> tuple[Block, ...]:
    return block.blocks if isinstance(block, Sequence) else (block,)


def _refuse_operand(value: object, *, right: bool) -> NoReturn:
    place = here()
    side = Text("后面", "after") if right else Text("前面", "before")
    raise BadFlow(Text(f">> {side.zh}不是步骤，而是 {kind_of(value)}",
                       f"what stands {side.en} >> is no step but {kind_of(value)}"),
                  where=last_line(place) if right else place, fix=remedy(value))


def remedy(value: object) -> Text:
    """How to make a block of something that an author took for one."""
    if isinstance(value, Actor):
        return Text("写出这条泳道做什么，例如 window.accept(\"受理\")", 'say what the lane does: window.accept("受理")')
    if isinstance(value, Onward):
        return Text("onward 只能作判断的分支", "onward can only be the exit of a decision")
    if isinstance(value, Outcome) or type(value).__name__ == "Endings":
        return Text("写出办结状态，例如 end.granted", "say how it ends: end.granted")
    if callable(value):
        return Text("加上括号和名称，例如 window.accept(\"受理\")", 'call it: window.accept("受理")')
    return Text("用泳道的动词造步骤，例如 window.accept(\"受理\")",
                'make a step with a verb of a lane: window.accept("受理")')
