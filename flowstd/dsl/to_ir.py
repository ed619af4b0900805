"""Declarations → Flow: one walk over the blocks, keeping the exits that wait for what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flowstd.base.errors import AmbiguousStep, BadFlow, UnknownStep
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text, short
from flowstd.base.where import Where
from flowstd.ir.kinds import DocumentKind, Kind, Role
from flowstd.ir.model import Document, Flow, Lane, Link, Node

from .blocks import (
    Actor,
    Back,
    Block,
    Call,
    Decision,
    End,
    Fragment,
    Parallel,
    Sequence,
    Step,
    remedy,
    walk,
)
from .details import PLAIN, Details, Paper
from .position import here
from .wording import kind_of, slug, wording

START = "start"


def flow_of(block: Block, title: str = "") -> Flow:
    """The graph of a whole process.

    Ids grow from names: a step's is "lane/label", an end's "end/outcome/label",
    those of a parallel part "parallel/name/split" and "…/join". So renaming a
    step changes one id, and adding one changes no other.

    Raises: BadFlow: the process is empty or does not end, or a way back crosses a parallel part.
    AmbiguousStep: two steps of one lane share a name. UnknownStep: a way back leads to no step.

    >>> from flowstd.dsl import applicant, end, window
    >>> flow = flow_of(applicant.submit("提交申请") >> window.accept("受理") >> end.done)
    >>> [node.id for node in flow.nodes]
    ['start', '申请人/提交申请', '窗口/受理', 'end/done/办结']
    """
    if not isinstance(block, Block):
        raise BadFlow(Text(f"流程不是步骤，而是 {kind_of(block)}", f"the process is no block but {kind_of(block)}"),
                      where=here(), fix=remedy(block))
    if title:
        wording(title, Text("流程标题", "the title of the flow"), block.where)
    try:
        return _Writing().flow(block, title)
    except RecursionError:
        raise BadFlow(Text("流程嵌套过深", "the process is nested too deeply"), where=block.where,
                      fix=Text("把内层写成另一张图，用 call(…) 引用",
                               "make the inner part a chart of its own and call(…) it")) from None


_Scope = tuple[tuple[str, int], ...]      # the parallel branches that a node stands in, outermost first


class _Loose(NamedTuple):
    """An exit that waits for the step that comes next."""

    source: str                # node id
    lane: str                  # of the source
    number: int = 0            # which exit of the source
    label: str = ""
    default: bool = False


class _Return(NamedTuple):
    """A way back; where it leads is found when every step is known."""

    loose: _Loose
    back: Back
    scope: _Scope


@dataclass(slots=True)
class _Writing:
    """One flow being written."""

    lanes: dict[str, Lane] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    links: list[tuple[_Loose, Link]] = field(default_factory=list)
    returns: list[_Return] = field(default_factory=list)
    scopes: dict[str, _Scope] = field(default_factory=dict)        # by node id
    parallels: dict[str, str] = field(default_factory=dict)        # name → id of the split
    unnamed: int = 0

    def flow(self, block: Block, title: str) -> Flow:
        """The whole flow."""
        actor = _first_actor(block)
        if actor is None:
            raise BadFlow(Text("流程是空的：没有一条泳道有步骤", "the process is empty: no lane has a step"),
                          where=block.where,
                          fix=Text('至少写一个步骤，例如 window.accept("受理") >> end.done',
                                   'write at least one step: window.accept("受理") >> end.done'))
        lane = self._lane(actor, block.where)
        self._add(Node(id=START, kind=Kind.START, label="开始", lane=lane, where=block.where), [], ())
        self._check_ends(self._write(block, [_Loose(START, lane)], (), ""), block)
        if self.returns:
            self._go_back()
        order = {name: number for number, name in enumerate(self.nodes)}
        self.links.sort(key=lambda pair: (order[pair[0].source], pair[0].number))
        return Flow(title=title, where=block.where, nodes=tuple(self.nodes.values()),
                    lanes=tuple(sorted(self.lanes.values(), key=lambda lane: lane.role is not Role.APPLICANT)),
                    links=tuple(link for _, link in self.links), documents=tuple(self.documents.values()))

    # ---- one block after the exits in *loose*; the answer is the exits that it leaves open

    def _write(self, block: Block, loose: list[_Loose], scope: _Scope, group: str) -> list[_Loose]:
        match block:
            case Sequence():
                for one in block.blocks:
                    loose = self._write(one, loose, scope, group)
                return loose
            case Step():
                node = self._acted(block, Kind.TASK, group)
                self._add(node, loose, scope)
                return [_Loose(node.id, node.lane)]
            case Decision():
                return self._decision(block, loose, scope, group)
            case Parallel():
                return self._parallel(block, loose, scope, group)
            case Fragment():
                return self._write(block.block, loose, scope, f"{group}/{block.name}" if group else block.name)
            case Call():
                return self._call(block, loose, scope, group)
            case End():
                self._end(block, loose, scope, group)
            case Back():
                self.returns += [_Return(one, block, scope) for one in loose]
        return []

    def _decision(self, block: Decision, loose: list[_Loose], scope: _Scope, group: str) -> list[_Loose]:
        node = self._acted(block, Kind.DECISION, group)
        self._add(node, loose, scope)
        left: list[_Loose] = []
        for number, (label, branch) in enumerate(block.exits):
            exit = [_Loose(node.id, node.lane, number, label, label == block.default)]
            left += exit if branch is None else self._write(branch, exit, scope, group)
        return left

    def _parallel(self, block: Parallel, loose: list[_Loose], scope: _Scope, group: str) -> list[_Loose]:
        key, lane = self._parallel_key(block), loose[0].lane
        split = Node(id=f"{key}/split", kind=Kind.SPLIT, label=block.name, lane=lane, group=group, where=block.where)
        self._add(split, loose, scope)
        arrived: list[_Loose] = []
        for number, (branch, condition) in enumerate(block.branches):
            inside = (*scope, (key, number))
            arrived += self._merged(self._write(branch, [_Loose(split.id, lane, number, condition)], inside, group),
                                    f"{key}/{number + 1}/merge", branch, inside, group)
        join = Node(id=f"{key}/join", kind=Kind.JOIN, label="", lane=lane, group=group, where=block.where)
        self._add(join, arrived, scope)
        return [_Loose(join.id, lane)]

    def _merged(self, loose: list[_Loose], key: str, branch: Block, scope: _Scope, group: str) -> list[_Loose]:
        """One exit for the branch: a join waits for every line that enters it, so alternatives meet before it."""
        if len(loose) < 2:
            return loose
        merge = Node(id=key, kind=Kind.DECISION, label="", lane=loose[0].lane, group=group, where=branch.where)
        self._add(merge, loose, scope)
        return [_Loose(merge.id, merge.lane)]

    def _call(self, block: Call, loose: list[_Loose], scope: _Scope, group: str) -> list[_Loose]:
        name = f"call/{slug(block.details.id or block.label)}"
        node = Node(id=name, kind=Kind.CALL, label=block.label, lane=loose[0].lane, calls=block.target, group=group,
                    where=block.where, **self._particulars(block.details, block.where))
        self._add(node, loose, scope)
        return [_Loose(node.id, node.lane)]

    def _end(self, block: End, loose: list[_Loose], scope: _Scope, group: str) -> None:
        name = f"end/{block.outcome}/{slug(block.label)}"
        if name in self.nodes:
            self._connect(loose, name, block.where)
            return
        self._add(Node(id=name, kind=Kind.END, label=block.label, lane=loose[0].lane, outcome=block.outcome,
                       group=group, where=block.where), loose, scope)

    # ---- parts of the graph

    def _acted(self, block: Step | Decision, kind: Kind, group: str) -> Node:
        lane = self._lane(block.actor, block.where)
        return Node(id=f"{lane}/{slug(block.details.id or block.label)}", kind=kind, label=block.label, lane=lane,
                    step=block.kind, group=group, where=block.where, **self._particulars(block.details, block.where))

    def _add(self, node: Node, loose: list[_Loose], scope: _Scope) -> None:
        first = self.nodes.get(node.id)
        if first is not None:
            raise _two_of_one_name(first, node, self.lanes[node.lane])
        self.nodes[node.id] = node
        self.scopes[node.id] = scope
        self._connect(loose, node.id, node.where)

    def _connect(self, loose: list[_Loose], target: str, where: Where, *, back: bool = False) -> None:
        for one in loose:
            name = f"{one.source}→{one.label}→{target}" if one.label else f"{one.source}→{target}"
            self.links.append((one, Link(id=name, source=one.source, target=target, label=one.label, back=back,
                                         default=one.default, where=where)))

    def _lane(self, actor: Actor, where: Where) -> str:
        name = slug(actor.name)
        lane = self.lanes.get(name)
        if lane is None:
            self.lanes[name] = Lane(id=name, name=actor.name, role=actor.role, where=where)
        elif lane.name != actor.name or lane.role is not actor.role:
            raise _two_lanes(lane, actor, where)
        return name

    def _particulars(self, details: Details, where: Where) -> dict[str, Any]:
        if details is PLAIN:
            return {}
        return {
            "within": details.within, "excluded_by": details.excluded_by, "bases": details.law,
            "takes": self._papers(details.materials, DocumentKind.MATERIAL, where),
            "issues": self._papers(details.issues, DocumentKind.NOTICE, where),
            "criteria": details.criteria, "post": details.post, "onsite": details.onsite, "note": details.note,
        }

    def _papers(self, papers: tuple[Paper, ...], kind: DocumentKind, where: Where) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._paper(paper.name, paper.kind or kind, where) for paper in papers))

    def _paper(self, name: str, kind: DocumentKind, where: Where) -> str:
        key = slug(name)
        known = self.documents.get(key)
        if known is None:
            self.documents[key] = Document(id=key, name=name, kind=kind, where=where)
        elif known.name != name:
            raise BadFlow(Text(f"同一份文件有两种写法：“{short(known.name)}”（{known.where}）和“{short(name)}”",
                               f'one document is spelt in two ways: "{short(known.name)}" ({known.where}) and '
                               f'"{short(name)}"'), where=where, fix=Text("统一写法", "spell it in one way"))
        elif _KNOWS_MORE.index(kind) > _KNOWS_MORE.index(known.kind):      # what is issued somewhere is no material
            self.documents[key] = Document(id=key, name=name, kind=kind, where=known.where)
        return key

    def _parallel_key(self, block: Parallel) -> str:
        if not block.name:
            self.unnamed += 1
            return f"parallel/{self.unnamed}"
        key = f"parallel/{slug(block.name)}"
        self.parallels[slug(block.name)] = f"{key}/split"
        return key

    # ---- what only the whole process can tell

    def _check_ends(self, loose: list[_Loose], block: Block) -> None:
        if loose:
            last = self.nodes[loose[0].source]
            raise BadFlow(Text(f"流程没有结束：“{short(last.label)}”之后没有步骤",
                               f'the process does not end: nothing follows "{short(last.label)}"'), where=last.where,
                          fix=Text("在最后加上 >> end.granted（或其他办结状态）", "add >> end.granted, or another end"))
        if all(node.kind is not Kind.END for node in self.nodes.values()):
            raise BadFlow(Text("流程没有结束：每条路都返回", "the process does not end: every way goes back"),
                          where=self.returns[0].back.where if self.returns else block.where,
                          fix=Text("让一个分支走到 end.granted（或其他办结状态）",
                                   "let one exit lead to end.granted, or another end"))

    def _go_back(self) -> None:
        names = self._names()
        after: dict[str, list[str]] = {name: [] for name in self.nodes}
        for _, link in self.links:
            after[link.source].append(link.target)
        for loose, back, scope in self.returns:
            target = self._target(back, names)
            if self.scopes[target] != scope:
                raise _crosses(back, self.nodes[target])
            if target == loose.source:
                raise _to_itself(back)
            if loose.source not in _reached(target, after):
                raise _not_earlier(back, self.nodes[target])
            self._connect([loose], target, back.where, back=True)

    def _names(self) -> dict[str, list[str]]:
        """What back() may call each node: its label, or the id= that stands for it."""
        names: dict[str, list[str]] = {name: [split] for name, split in self.parallels.items()}
        for node in self.nodes.values():
            if node.kind in (Kind.TASK, Kind.DECISION, Kind.CALL) and node.label:
                for name in dict.fromkeys((slug(node.label), node.id.rpartition("/")[2])):
                    names.setdefault(name, []).append(node.id)
        return names

    def _target(self, back: Back, names: dict[str, list[str]]) -> str:
        lane, slash, label = back.target.partition("/")
        qualified = f"{slug(lane)}/{slug(label)}"
        if slash and self.nodes.get(qualified) is not None:
            return qualified
        found = names.get(slug(back.target), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise _several(back, [self.nodes[name] for name in found], self.lanes)
        raise _unknown(back, [node.label for node in self.nodes.values() if slug(node.label) in names])


_KNOWS_MORE = (DocumentKind.MATERIAL, DocumentKind.NOTICE, DocumentKind.RESULT)


def _first_actor(block: Block) -> Actor | None:
    return next((one.actor for one in walk(block) if isinstance(one, Step | Decision)), None)


def _reached(start: str, after: dict[str, list[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for name in after[waiting.pop()]:
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen


# ---- how each fault is told


def _two_lanes(lane: Lane, actor: Actor, where: Where) -> BadFlow:
    return BadFlow(Text(f"两条泳道都叫“{short(actor.name)}”，但角色或写法不同（另一条在 {lane.where}）",
                        f'two lanes are called "{short(actor.name)}", but differ in role or spelling '
                        f"(the other: {lane.where})"), where=where,
                   fix=Text("用同一个泳道值，或换一个名称", "use the same lane value, or another name"))


def _two_of_one_name(first: Node, second: Node, lane: Lane) -> AmbiguousStep:
    if second.kind in (Kind.TASK, Kind.DECISION, Kind.CALL):
        what = Text(f"泳道“{lane.name}”里有两个步骤都叫“{short(second.label)}”（另一个在 {first.where}）",
                    f'two steps in lane "{lane.name}" are called "{short(second.label)}" (the other: {first.where})')
        fix = Text("给其中一个写 id=，例如 id=\"再次受理\"；要回到同一步骤，用 back(…)",
                   'give one of them id="another name"; to return to the same step, use back(…)')
    else:
        what = Text(f"有两处并行都叫“{short(second.label)}”（另一处在 {first.where}）",
                    f'two parallel parts are called "{short(second.label)}" (the other: {first.where})')
        fix = Text("给其中一处写不同的 name=", "give one of them another name=")
    return AmbiguousStep(what, where=second.where, fix=fix)


def _several(back: Back, found: list[Node], lanes: dict[str, Lane]) -> AmbiguousStep:
    name, number = short(back.target), len(found)
    places = [f"{lanes[node.lane].name}（{node.where}）" for node in found]
    ways = [f'back("{lanes[node.lane].name}/{short(node.label)}")' for node in found]
    return AmbiguousStep(Text(f"有 {number} 个步骤叫“{name}”：{'、'.join(places)}",
                              f'{number} steps are called "{name}": {", ".join(places)}'), where=back.where,
                         fix=Text(f"写明泳道：{' 或 '.join(ways)}", f"name the lane: {' or '.join(ways)}"))


def _unknown(back: Back, labels: list[str]) -> UnknownStep:
    return UnknownStep(Text(f"没有叫“{short(back.target)}”的步骤可以返回",
                            f'there is no step "{short(back.target)}" to go back to'), where=back.where,
                       fix=did_you_mean(back.target, labels))


def _crosses(back: Back, target: Node) -> BadFlow:
    return BadFlow(Text(f"back(“{short(back.target)}”) 穿过了并行部分的边界：目标在 {target.where}",
                        f'back("{short(back.target)}") crosses the border of a parallel part: its target is at '
                        f"{target.where}"), where=back.where,
                   fix=Text("在并行汇合之后用判断返回，并返回到并行之前（或并行的 name=）",
                            "go back from a decision after the parallel part, to a step before it or to its name="))


def _to_itself(back: Back) -> BadFlow:
    return BadFlow(Text(f"back(“{short(back.target)}”) 回到了自己：中间没有步骤",
                        f'back("{short(back.target)}") returns to the very same step: nothing happens in between'),
                   where=back.where, fix=Text("在返回之前写出要做的事，例如 applicant.supply(\"补正材料\") >> back(…)",
                                              'say what happens before: applicant.supply("补正材料") >> back(…)'))


def _not_earlier(back: Back, target: Node) -> BadFlow:
    return BadFlow(Text(f"back(“{short(back.target)}”) 不是返回：那个步骤不在这里之前（在 {target.where}）",
                        f'back("{short(back.target)}") does not go back: that step does not come before this place '
                        f"({target.where})"), where=back.where,
                   fix=Text("返回到这条路上较早的步骤；另一个分支里的步骤要在这里另写一个，名称不同",
                            "name an earlier step of this very way; a step of another branch must be written here "
                            "anew, under another name"))
