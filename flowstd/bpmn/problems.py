"""What is wrong with a file that can be read all the same, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import TYPE_CHECKING

from flowstd.base.errors import BadSource
from flowstd.base.finding import Finding, Level
from flowstd.base.text import Text
from flowstd.base.where import Where
from flowstd.ir.limits import LONGEST_TEXT

from .element import line_of, local, parts_of, plain_id
from .graph import FLOW_NODES, HOSTS
from .table import BPMN, BPMNDI, DC, DI

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

# attributes and children that name another element of the same file
_REFERENCES = {
    "sequenceFlow": ("sourceRef", "targetRef"),
    "messageFlow": ("sourceRef", "targetRef"),
    "association": ("sourceRef", "targetRef"),
    "boundaryEvent": ("attachedToRef",),
    "dataObjectReference": ("dataObjectRef",),
    "participant": ("processRef",),
}
LAID = frozenset({"collaboration", "process", "subProcess", "transaction", "adHocSubProcess"})
_SCOPES = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
_FAR = 1_000_000                       # px; nothing is drawn further out
MOST_STEPS = 5_000                     # of one file; a diagram that people read has a hundred
FLOWS, MORE = 5, 100                   # sequence flows for each step, and beyond that


def index_of(root: Element, file: str) -> dict[str, Element]:
    """Every BPMN element by its id. Raises BadSource: two have the same."""
    found: dict[str, Element] = {}
    for element in root.iter(f"{{{BPMN}}}*"):
        key = element.get("id")
        if key is None:
            continue
        if key in found:
            first = line_of(found[key])
            raise BadSource(Text(f"两个元素的 id 都是“{key}”（另一个在第 {first} 行），引用它的连线无法分辨",
                                 f'two elements have the id "{key}" (the other one on line {first}): '
                                 f"what refers to it could mean either"),
                            where=Where(file or "BPMN", line_of(element)),
                            fix=Text("改掉其中一个 id", "change one of the ids"))
        found[key] = element
    return found


def check_amount(ids: dict[str, Element], file: str) -> None:
    """Refuse what could be kept, but neither drawn nor read as a flow. Raises BadSource, with the line."""
    where = Where(file or "BPMN")
    steps = [element for element in ids.values() if local(element) in FLOW_NODES]
    if len(steps) > MOST_STEPS:
        raise BadSource(Text(f"文件有 {len(steps)} 个步骤，超过 {MOST_STEPS} 个，没有这么大的流程图",
                             f"the file has {len(steps)} steps, more than {MOST_STEPS}; no chart is that large"),
                        where=Where(where.file, line_of(steps[MOST_STEPS])),
                        fix=Text("拆成几个流程；原样保存不受限制", "split the process; it can be kept as it is at any size"))
    flows = [element for element in ids.values() if local(element) == "sequenceFlow"]
    most = FLOWS * len(steps) + MORE
    if len(flows) > most:
        raise BadSource(Text(f"{len(steps)} 个步骤之间有 {len(flows)} 条顺序流，超过 {most} 条，画不出来",
                             f"{len(flows)} sequence flows between {len(steps)} steps, more than {most}, "
                             f"cannot be drawn"),
                        where=Where(where.file, line_of(flows[most])),
                        fix=Text("用网关合并", "let gateways bring them together"))
    for element in ids.values():
        length = max(len(element.get("name", "")), len(element.findtext(f"{{{BPMN}}}text") or ""))
        if length > LONGEST_TEXT:
            raise BadSource(Text(f"名称有 {length} 个字，超过 {LONGEST_TEXT} 个，画不出来",
                                 f"a name of {length} characters, more than {LONGEST_TEXT}, cannot be drawn"),
                            where=Where(where.file, line_of(element)), fix=Text("缩短名称", "shorten the name"))


def unusable(root: Element) -> list[Element]:
    """Shapes and edges whose place is no place: numbers missing, not finite, or a size below zero."""
    found = []
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
        places = [shape, *shape.iterchildren(f"{{{BPMNDI}}}BPMNLabel")]
        bounds = [one for place in places for one in place.iterchildren(f"{{{DC}}}Bounds")]
        points = list(shape.iterchildren(f"{{{DI}}}waypoint"))
        if not all(map(_placed, bounds)) or not all(map(_reached, points)):
            found.append(shape)
    return found


def _placed(bounds: Element) -> bool:
    sizes = [_number(bounds.get(name)) for name in ("x", "y", "width", "height")]
    return (
        all(size is not None and abs(size) < _FAR for size in sizes) and (sizes[2] or 0) >= 0 and (sizes[3] or 0) >= 0
    )


def _reached(point: Element) -> bool:
    return all((found := _number(point.get(name))) is not None and abs(found) < _FAR for name in ("x", "y"))


def _number(text: str | None) -> float | None:
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if isfinite(found) else None


def problems_of(root: Element, ids: dict[str, Element], left_out: list[Element], file: str) -> tuple[Finding, ...]:
    """Every problem, in the order of the file within each kind."""
    return (*(_geometry(shape, file) for shape in left_out), *_dangling(root, ids, file), *_crossing(ids, file),
            *_circles(root, file), *_astray(ids, file))


def is_laid_out(about: Element) -> bool:
    """Whether our engine draws such diagrams: choreographies and conversations stay as they are."""
    kinds = {local(one) for one in parts_of(about)}
    return local(about) in LAID and not any("onversation" in kind for kind in kinds)


def kept_as_drawn(root: Element, ids: dict[str, Element], file: str) -> tuple[Finding, ...]:
    """Every diagram that is not laid out anew or completed, because our engine has no layout for its kind."""
    shown = [ids.get(plain_id(plane.get("bpmnElement"))) for plane in root.iter(f"{{{BPMNDI}}}BPMNPlane")]
    abouts = [*shown, *(about for about in parts_of(root, "choreography", "collaboration") if about not in shown)]
    return tuple(_finding("BPM005", "kept-as-drawn", about, file,
                          Text("编排和会话图保持原样", "diagrams of choreographies and conversations stay as they are"),
                          Text("无需处理", "nothing is to be done"))
                 for about in abouts if about is not None and not is_laid_out(about))


def _geometry(shape: Element, file: str) -> Finding:
    name = shape.get("bpmnElement", "")
    return _finding(
        "BPM001",
        "unusable-geometry",
        shape,
        file,
        Text(
            f"“{name}”的位置或大小不是数字，已按没有位置处理",
            f'the place or size of "{name}" is no number; it is taken to have none',
        ),
        Text("用 --layout-missing 重新安放", "place it anew with --layout-missing"),
    )


def _dangling(root: Element, ids: dict[str, Element], file: str) -> Iterator[Finding]:
    for element in root.iter(f"{{{BPMN}}}*"):
        tag = local(element)
        named = [element.get(name) for name in (*_REFERENCES.get(tag, ()), "default") if element.get(name)]
        if tag == "lane":
            named += [ref.text for ref in parts_of(element, "flowNodeRef")]
        elif tag in ("incoming", "outgoing"):
            named.append(element.text)
        for name in named:
            if plain_id(name) not in ids:
                yield _finding(
                    "BPM002",
                    "dangling-reference",
                    element,
                    file,
                    Text(
                        f"{tag} 引用的“{(name or '').strip()}”不存在",
                        f'{tag} refers to "{(name or "").strip()}", which does not exist',
                    ),
                    Text("删去这个引用，或补上被引用的元素", "remove the reference or add what it refers to"),
                )
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
        name = plain_id(shape.get("bpmnElement"))
        if name not in ids:
            yield _finding("BPM002", "dangling-reference", shape, file,
                           Text(f"图形引用的元素“{name}”不存在", f'a shape is drawn for "{name}", which does not exist'),
                           Text("删去这个图形", "remove the shape"))


def _crossing(ids: dict[str, Element], file: str) -> Iterator[Finding]:
    for element in ids.values():
        if local(element) != "sequenceFlow":
            continue
        scopes = {
            _scope(ids[end])
            for end in map(plain_id, (element.get("sourceRef"), element.get("targetRef")))
            if end in ids
        }
        if len(scopes) > 1:
            yield _finding("BPM003", "flow-across-pools", element, file,
                           Text(f"顺序流“{element.get('id')}”跨越了泳池或子流程的边界",
                                f'sequence flow "{element.get("id")}" crosses the border of a pool or sub-process'),
                           Text("改用消息流", "use a message flow"))


def _scope(element: Element) -> Element | None:
    scope = element.getparent()
    while scope is not None and local(scope) not in _SCOPES:
        scope = scope.getparent()
    return scope


def _circles(root: Element, file: str) -> Iterator[Finding]:
    """Processes of this file that call each other for ever."""
    calls = {
        process.get("id", ""): [
            (plain_id(call.get("calledElement")), call) for call in process.iter(f"{{{BPMN}}}callActivity")
        ]
        for process in parts_of(root, "process")
    }
    done: set[str] = set()
    for first in calls:
        way: list[tuple[str, Iterator[tuple[str, Element]]]] = (
            [(first, iter(calls[first]))] if first not in done else []
        )
        while way:
            name, waiting = way[-1]
            done.add(name)
            called = next(waiting, None)
            if called is None:
                way.pop()
            elif any(called[0] == one for one, _ in way):
                yield _finding(
                    "BPM004",
                    "calls-in-a-circle",
                    called[1],
                    file,
                    Text(
                        f"调用成环：“{called[0]}”最终又调用自己",
                        f'calls go in a circle: "{called[0]}" comes to call itself',
                    ),
                    Text("去掉其中一个调用", "remove one of the calls"),
                )
            elif called[0] in calls and called[0] not in done:
                way.append((called[0], iter(calls[called[0]])))


def _astray(ids: dict[str, Element], file: str) -> Iterator[Finding]:
    """Boundary events at what takes no time."""
    for element in ids.values():
        host = ids.get(plain_id(element.get("attachedToRef"))) if local(element) == "boundaryEvent" else None
        if host is not None and local(host) not in HOSTS:
            name = host.get("id", "")
            yield _finding("BPM006", "boundary-on-no-activity", element, file,
                           Text(f"边界事件附在“{name}”上，它不是活动", f'a boundary event is at "{name}", which is no activity'),
                           Text("附到任务或子流程上，或改为中间事件",
                                "attach it to a task or sub-process, or make it an intermediate event"))


def _finding(code: str, name: str, element: Element, file: str, message: Text, fix: Text) -> Finding:
    return Finding(
        code=code,
        name=name,
        level=Level.WARNING,
        message=message,
        where=Where(file or "BPMN", line_of(element)),
        fix=fix,
        node=element.get("id", ""),
    )
