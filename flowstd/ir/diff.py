"""Two versions of a process: what was added, removed and changed, in the author's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel

from flowstd.base.late import late
from flowstd.base.legal import LegalSource
from flowstd.base.term import Term
from flowstd.base.text import Text
from flowstd.item.model import Item

from .kinds import Kind
from .model import Flow, Link, Node


class Sign(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Edit(NamedTuple):
    """One part of a thing that says something else now; what it did not or does not say is empty."""

    what: Text
    before: str
    after: str


class Change(NamedTuple):
    """One thing that is not as it was."""

    sign: Sign
    kind: Text                         # element, lane, step, line
    name: str
    edits: tuple[Edit, ...] = ()       # of a change
    before: str = ""                   # the id of a step in the earlier flow
    after: str = ""                    # and in the later one


@dataclass(frozen=True)
class Diff:
    """What leads from one flow to another; false where they say the same."""

    before: Flow
    after: Flow
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        return str(late("flowstd.report.diff:to_text")(self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": str(late("flowstd.report.diff:to_html")(self)), "text/plain": str(self)}


ACTED = (Kind.TASK, Kind.DECISION, Kind.CALL)      # the lane of others follows from theirs
ELEMENT, LANE, STEP, LINE = (Text("要素", "element"), Text("泳道", "lane"), Text("环节", "step"), Text("流向", "line"))


def diff(before: Any, after: Any) -> Diff:
    """What leads from *before* to *after*, each a flow, a block, a case or a chart; of cases the elements as well.

    A step that another took the place of, between the same neighbours, counts as renamed.

    >>> from flowstd.dsl import applicant, end, flow_of, window, workdays
    >>> old = applicant.submit("提交申请") >> window.accept("受理", within=workdays(5)) >> end.done
    >>> new = applicant.submit("提交申请") >> window.accept("受理", within=workdays(3)) >> end.done
    >>> [(change.name, change.edits[0].before, change.edits[0].after) for change in diff(old, new).changes]
    [('受理', '5个工作日', '3个工作日')]
    """
    old, new = _flow(before), _flow(after)
    pairs = _pairs(old, new)
    items = (getattr(before, "item", None), getattr(after, "item", None))
    return Diff(old, new, (*_elements(*items), *_lanes(old, new), *_steps(old, new, pairs), *_lines(old, new, pairs)))


def _flow(value: Any) -> Flow:
    if isinstance(value, Flow):
        return value
    flow = getattr(value, "written", None) or getattr(value, "flow", None)
    return flow if isinstance(flow, Flow) else late("flowstd.dsl.to_ir:flow_of")(value)


# ---- which step is which

def _pairs(old: Flow, new: Flow) -> dict[str, str]:
    """The steps of *old* that are in *new*: by their ids, by their labels, by their neighbours."""
    pairs = {node.id: node.id for node in old.nodes if node.id in new.node_by_id}
    _pair(old, new, pairs, lambda flow, node, known: (node.kind, node.step, node.label))
    while _pair(old, new, pairs, _neighbours):
        pass
    return pairs


def _pair(old: Flow, new: Flow, pairs: dict[str, str], sign: Callable[[Flow, Node, dict[str, str]], Any]) -> bool:
    """Add to *pairs* the steps that alone have a *sign* on either side; whether there were any."""
    here = _alone(old, pairs.keys(), lambda node: sign(old, node, pairs))
    there = _alone(new, pairs.values(), lambda node: sign(new, node, {id_: id_ for id_ in pairs.values()}))
    found = {here[key]: there[key] for key in here if key is not None and key in there}
    pairs.update(found)
    return bool(found)


def _alone(flow: Flow, taken: Iterable[str], sign: Callable[[Node], Any]) -> dict[Any, str]:
    found: dict[Any, list[str]] = {}
    taken = frozenset(taken)
    for node in flow.nodes:
        if node.id not in taken:
            found.setdefault(sign(node), []).append(node.id)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


def _neighbours(flow: Flow, node: Node, known: dict[str, str]) -> Any:
    """What *node* stands between, in ids of the later flow; None where that is not known."""
    around = [(known.get(link.source), link.label, "in") for link in flow.entries[node.id]]
    around += [(known.get(link.target), link.label, "out") for link in flow.exits[node.id]]
    if not around or any(other is None for other, _, _ in around):
        return None
    return node.kind, tuple(sorted(map(str, around)))


# ---- what is different

def _elements(old: Item | None, new: Item | None) -> Iterator[Change]:
    if old is None or new is None:
        return
    for name, field in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        if name != "where" and before != after:
            title = field.title or name
            yield Change(Sign.CHANGED, ELEMENT, title, (Edit(Text(title, title), _said(before), _said(after)),))


def _lanes(old: Flow, new: Flow) -> Iterator[Change]:
    before, after = ({lane.id: lane for lane in flow.lanes} for flow in (old, new))
    for lane in new.lanes:
        if lane.id not in before:
            yield Change(Sign.ADDED, LANE, lane.name)
        elif before[lane.id].role != lane.role:
            yield Change(Sign.CHANGED, LANE, lane.name,
                         (Edit(Text("角色", "role"), before[lane.id].role.value, lane.role.value),))
    yield from (Change(Sign.REMOVED, LANE, lane.name) for lane in old.lanes if lane.id not in after)


def _steps(old: Flow, new: Flow, pairs: dict[str, str]) -> Iterator[Change]:
    earlier = {after: before for before, after in pairs.items()}
    for node in new.nodes:
        if node.id not in earlier:
            yield Change(Sign.ADDED, STEP, _name(node), after=node.id)
            continue
        was = old.node_by_id[earlier[node.id]]
        edits = tuple(Edit(what, before, after) for (what, before), (_, after)
                      in zip(_told(old, was), _told(new, node), strict=True) if before != after)
        if edits:
            yield Change(Sign.CHANGED, STEP, _name(node), edits, was.id, node.id)
    for node in old.nodes:
        if node.id not in pairs:
            yield Change(Sign.REMOVED, STEP, _name(node), before=node.id)


def _lines(old: Flow, new: Flow, pairs: dict[str, str]) -> Iterator[Change]:
    before = [(link, (pairs.get(link.source, f"\0{link.source}"), pairs.get(link.target, f"\0{link.target}")))
              for link in old.links]
    after = [(link, (link.source, link.target)) for link in new.links]
    for link, ends in list(after):                       # those that are as they were
        same = next((one for one in before if one[1] == ends and _line(one[0]) == _line(link)), None)
        if same is not None:
            before.remove(same)
            after.remove((link, ends))
    for link, ends in after:
        was = next((one for one in before if one[1] == ends), None)
        if was is None:
            yield Change(Sign.ADDED, LINE, _way(new, link))
            continue
        before.remove(was)
        yield Change(Sign.CHANGED, LINE, _way(new, link), tuple(
            Edit(what, first, last) for (what, first), (_, last) in zip(_line(was[0]), _line(link), strict=True)
            if first != last))
    yield from (Change(Sign.REMOVED, LINE, _way(old, link)) for link, _ in before)


# ---- in words

def _told(flow: Flow, node: Node) -> Iterator[tuple[Text, str]]:
    """All that is said of a step."""
    lanes = {lane.id: lane.name for lane in flow.lanes}

    def papers(ids: tuple[str, ...]) -> str:
        return "、".join(flow.document_by_id[id_].name for id_ in ids)

    yield Text("名称", "name"), node.label
    yield Text("主体", "who"), lanes[node.lane] if node.kind in ACTED else ""
    yield Text("种类", "kind"), node.step.value if node.step else node.kind.value
    yield Text("时限", "limit"), _said(node.within)
    yield Text("不计入时限的依据", "not counted, by"), _said(node.excluded_by)
    yield Text("材料", "takes"), papers(node.takes)
    yield Text("文书", "issues"), papers(node.issues)
    yield Text("依据", "law"), _said(node.bases)
    yield Text("审查标准", "criteria"), node.criteria
    yield Text("岗位", "post"), node.post
    yield Text("到现场", "on site"), _said(node.onsite)
    yield Text("办结状态", "outcome"), node.outcome.value if node.outcome else ""
    yield Text("另见", "calls"), node.calls
    yield Text("所属环节", "fragment"), node.group
    yield Text("备注", "note"), node.note


def _line(link: Link) -> tuple[tuple[Text, str], ...]:
    return ((Text("条件", "condition"), link.label), (Text("退回", "goes back"), _said(link.back)),
            (Text("缺省", "default"), _said(link.default)))


def _name(node: Node) -> str:
    return node.label or node.kind.value


def _way(flow: Flow, link: Link) -> str:
    label = f"（{link.label}）" if link.label else ""
    return f"{_name(flow.node_by_id[link.source])}{label} → {_name(flow.node_by_id[link.target])}"


def _said(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Term | LegalSource):
        return value.zh
    if isinstance(value, tuple):
        return "、".join(map(_said, value))
    if isinstance(value, BaseModel):
        parts = (_said(part) for name, part in value if name != "where" and part not in (None, "", (), False))
        return " ".join(parts)
    return "" if value is None else str(value)
