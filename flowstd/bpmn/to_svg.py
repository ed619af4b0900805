"""Pictures of BPMN files in BPMN notation, without a browser: one SVG for all diagrams of a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from math import atan2, degrees, hypot

from flowstd.layout.measure import Setter, setter
from flowstd.standard.edition import NEWEST, load

from .element import local, parts_of
from .marks import AD_HOC, COLLAPSED, COMPENSATION, EVENTS, FILLED_TASKS, GATEWAYS, LOOPS, TASKS, event_of, loop_of
from .picture import Box, Edge, Picture, Shape
from .xml import attribute, content

INK, PAPER = "#000000", "#ffffff"
MARGIN = 12                # px round everything
GAP = 40                   # px between two diagrams
INSIDE, OUTSIDE = 12, 11   # px of type
HEAD = 30                  # px of the head of a pool or lane
FONTS = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', Arial, sans-serif"

_ACTIVITIES = frozenset({*TASKS, "task", "callActivity", "subProcess", "transaction", "adHocSubProcess",
                         "callChoreography", "choreographyTask", "subChoreography"})
_SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_EVENTS = {"startEvent": "start", "endEvent": "end", "boundaryEvent": "middle", "intermediateCatchEvent": "middle",
           "intermediateThrowEvent": "middle"}


def to_svg(pictures: tuple[Picture, ...], title: str) -> str:
    """All diagrams of a file, one below the other; equal files give equal bytes."""
    frames = [picture.frame for picture in pictures]
    width = max([frame.w for frame in frames], default=0) + 2 * MARGIN
    head = 24 if len(pictures) > 1 else 0
    height = sum(frame.h + head for frame in frames) + GAP * max(0, len(pictures) - 1) + 2 * MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" font-family="{FONTS}" font-size="{INSIDE}" role="img" '
        f'aria-labelledby="title desc">\n<title id="title">{content(title)}</title>\n'
        f'<desc id="desc">{content(_described(pictures))}</desc>\n'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n']
    top: float = MARGIN
    for picture, frame in zip(pictures, frames, strict=True):
        if head:
            out.append(f'<text x="{MARGIN}" y="{_n(top + 14)}" font-weight="bold">{content(picture.name)}</text>\n')
            top += head
        out.append(f'<g transform="translate({_n(MARGIN - frame.x)} {_n(top - frame.y)})">\n')
        out += _drawn(picture)
        out.append("</g>\n")
        top += frame.h + GAP
    return "".join(out) + "</svg>\n"


def _described(pictures: tuple[Picture, ...]) -> str:
    shapes = sum(len(picture.shapes) for picture in pictures)
    edges = sum(len(picture.edges) for picture in pictures)
    return f"BPMN: {len(pictures)} diagrams, {shapes} shapes, {edges} lines"


def _drawn(picture: Picture) -> Iterator[str]:
    """Holders first, then what stands in them, then lines, then the names beside things."""
    yield from (_shape(shape) for shape in picture.shapes if _holds(shape))
    yield from (_shape(shape) for shape in picture.shapes if not _holds(shape))
    yield from map(_edge, picture.edges)
    yield from map(_name_beside, picture.shapes)
    yield from map(_name_beside, picture.edges)


def _holds(shape: Shape) -> bool:
    return shape.tag in ("participant", "lane") or (shape.expanded and shape.tag in (*_SCOPES, "callActivity"))


# ---- shapes

def _shape(shape: Shape) -> str:
    stroke, fill = shape.stroke or INK, shape.fill or PAPER
    inner = _body(shape, stroke, fill)
    name = f"<title>{content(f'{shape.name} ({shape.tag})' if shape.name else shape.tag)}</title>"
    return f'<g id="{attribute(shape.id)}" class="{shape.tag}" stroke="{stroke}" fill="{fill}"' \
           f' stroke-width="1.5">{name}{inner}</g>\n'


def _body(shape: Shape, stroke: str, fill: str) -> str:
    tag, box = shape.tag, shape.box
    if tag in ("participant", "lane"):
        return _pool(shape, stroke)
    if tag in _ACTIVITIES:
        return _activity(shape, stroke, fill)
    if tag in _EVENTS:
        return _event(shape, stroke, fill)
    if tag.endswith("Gateway"):
        return _gateway(shape, stroke)
    if tag in ("dataObjectReference", "dataObject", "dataInput", "dataOutput"):
        return _data(shape, stroke)
    if tag in ("dataStoreReference", "dataStore"):
        return _store(box)
    if tag == "textAnnotation":
        reach = min(10.0, box.w)
        bracket = _path("M", box.x + reach, box.y, "H", box.x, "V", box.bottom, "H", box.x + reach)
        text = _set(shape.name, box.x + 7, box.y, box.w - 10, INSIDE, stroke, left=True)
        return f'<path d="{bracket}" fill="none"/>{text}'
    if tag == "group":
        return _rect(box, 10, 'fill="none" stroke-dasharray="10 4 2 4"')
    if tag == "message":
        flap = _path("M", box.x, box.y, "l", box.w / 2, box.h * 0.6, box.w / 2, -box.h * 0.6)
        return f'{_rect(box, 0, "")}<path d="{flap}" fill="none"/>'
    return _rect(box, 0, "") + _centred(shape.name, box, INSIDE, stroke)


def _pool(shape: Shape, stroke: str) -> str:
    box, name = shape.box, shape.name
    if shape.tag == "participant" and not shape.element.get("processRef"):
        return _rect(box, 0, "") + _centred(name, box, INSIDE, stroke)
    line = ""
    if shape.tag == "participant":
        way = (
            _path("M", box.x, box.y + HEAD, "H", box.right)
            if shape.upright
            else _path("M", box.x + HEAD, box.y, "V", box.bottom)
        )
        line = f'<path d="{way}" fill="none"/>'
    if shape.upright:
        return _rect(box, 0, "") + line + _centred(name, box._replace(h=HEAD), INSIDE, stroke)
    head = _centred(name, box._replace(x=0.0, y=0.0, w=box.h, h=float(HEAD)), INSIDE, stroke)
    return f'{_rect(box, 0, "")}{line}<g transform="translate({_n(box.x)} {_n(box.bottom)}) rotate(-90)">{head}</g>'


def _activity(shape: Shape, stroke: str, fill: str) -> str:
    box, tag = shape.box, shape.tag
    look = 'stroke-width="4"' if tag in ("callActivity", "callChoreography") else ""
    if shape.element.get("triggeredByEvent") == "true":
        look = 'stroke-dasharray="1 4" stroke-linecap="round" stroke-width="2"'
    parts = [_rect(box, 10, look)]
    if tag == "transaction":
        parts.append(_rect(box._replace(x=box.x + 3, y=box.y + 3, w=box.w - 6, h=box.h - 6), 8, 'fill="none"'))
    if tag in TASKS:
        parts.append(_mark(TASKS[tag], box.x + 5, box.y + 5, 16, stroke, tag in FILLED_TASKS))
    feet = _feet(shape)
    for number, foot in enumerate(feet):
        left = box.x + box.w / 2 - 9 * len(feet) + 18 * number + 1
        parts.append(_mark(foot, left, box.bottom - 18, 15, stroke, foot == AD_HOC))
    if _holds(shape):
        parts.append(_set(shape.name, box.x + 8, box.y + 2, box.w - 16, INSIDE, stroke))
    else:
        low = 18 if feet else 0
        parts.append(_centred(shape.name, box._replace(x=box.x + 5, w=box.w - 10, h=box.h - low), INSIDE, stroke))
    return "".join(parts)


def _feet(shape: Shape) -> list[str]:
    """The signs at the lower border of an activity."""
    found = []
    loop = loop_of(shape.element)
    if loop:
        found.append(LOOPS[loop])
    if shape.element.get("isForCompensation") == "true":
        found.append(COMPENSATION)
    if shape.tag in _SCOPES and not shape.expanded:
        found.append(COLLAPSED)
    if shape.tag == "adHocSubProcess":
        found.append(AD_HOC)
    return found


def _event(shape: Shape, stroke: str, fill: str) -> str:
    box, element = shape.box, shape.element
    cx, cy, r = box.x + box.w / 2, box.y + box.h / 2, min(box.w, box.h) / 2
    kind, place = event_of(element), _EVENTS[shape.tag]
    dashed = element.get("isInterrupting") == "false" or element.get("cancelActivity") == "false"
    look = 'stroke-dasharray="4 3"' if dashed else ""
    width = 4 if place == "end" else 1.5
    r_outer = r - (1 if place == "end" else 0)
    parts = [f'<circle cx="{_n(cx)}" cy="{_n(cy)}" r="{_n(r_outer)}" stroke-width="{width}" {look}/>']
    if place == "middle":
        parts.append(f'<circle cx="{_n(cx)}" cy="{_n(cy)}" r="{_n(r - 3)}" {look}/>')
    if kind == "terminate":
        parts.append(f'<circle cx="{_n(cx)}" cy="{_n(cy)}" r="{_n(r * 0.6)}" fill="{stroke}" stroke="none"/>')
    elif kind in EVENTS:
        size = r * 1.1
        thrown = shape.tag in ("endEvent", "intermediateThrowEvent")
        parts.append(_mark(EVENTS[kind], cx - size / 2, cy - size / 2, size, stroke, thrown))
    return "".join(parts)


def _gateway(shape: Shape, stroke: str) -> str:
    box = shape.box
    cx, cy = box.x + box.w / 2, box.y + box.h / 2
    diamond = f'<path d="{_path("M", cx, box.y, "L", box.right, cy, cx, box.bottom, box.x, cy, "z")}"/>'
    size = min(box.w, box.h) * (0.56 if shape.tag == "eventBasedGateway" else 0.42)
    sign = GATEWAYS.get(shape.tag, "") if shape.marked else ""
    if shape.tag == "eventBasedGateway" and shape.element.get("eventGatewayType") == "Parallel":
        sign = EVENTS["parallel"]
    heavy = 1.3 if shape.tag == "eventBasedGateway" else 3
    return diamond + (_mark(sign, cx - size / 2, cy - size / 2, size, stroke, False, heavy) if sign else "")


def _data(shape: Shape, stroke: str) -> str:
    box, fold = shape.box, min(12.0, shape.box.w / 3)
    sheet = _path(
        "M", box.x, box.y, "H", box.right - fold, "L", box.right, box.y + fold, "V", box.bottom, "H", box.x, "z"
    )
    corner = _path("M", box.right - fold, box.y, "V", box.y + fold, "H", box.right)
    page = f'<path d="{sheet}"/><path d="{corner}" fill="none"/>'
    if shape.tag in ("dataInput", "dataOutput"):
        page += _mark("M1.5 5.5h7v-3l6 5.5-6 5.5v-3h-7z", box.x + 3, box.y + 3, 14, stroke, shape.tag == "dataOutput")
    if _many(shape):
        page += _mark(LOOPS["parallel"], box.x + box.w / 2 - 7, box.bottom - 16, 14, stroke, False)
    return page


def _many(shape: Shape) -> bool:
    """Whether a data object stands for several."""
    element, target = shape.element, shape.element.get("dataObjectRef")
    if element.get("isCollection") == "true":
        return True
    parent = element.getparent()
    return target is not None and parent is not None and any(
        one.get("id") == target and one.get("isCollection") == "true" for one in parts_of(parent, "dataObject"))


def _store(box: Box) -> str:
    rise = min(8.0, box.h / 5)
    bow = (0.0, rise * 1.3, box.w, rise * 1.3, box.w, 0.0)
    lids = "".join(f'<path d="{_path("M", box.x, box.y + rise + at, "c", *bow)}" fill="none"/>'
                   for at in (0.0, rise * 0.7, rise * 1.4))
    outline = _path(
        "M",
        box.x,
        box.y + rise,
        "c",
        0.0,
        -rise * 1.3,
        box.w,
        -rise * 1.3,
        box.w,
        0.0,
        "V",
        box.bottom - rise,
        "c",
        0.0,
        rise * 1.3,
        -box.w,
        rise * 1.3,
        -box.w,
        0.0,
        "z",
    )
    body = f'<path d="{outline}"/>'
    return body + lids


# ---- lines

def _edge(edge: Edge) -> str:
    stroke = edge.stroke or INK
    way = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in edge.points)
    look, ends = _line(edge, stroke)
    title = f"<title>{content(f'{edge.name} ({edge.tag})' if edge.name else edge.tag)}</title>"
    return (f'<g id="{attribute(edge.id)}" class="{edge.tag}" stroke="{stroke}" fill="none" stroke-width="1.5">{title}'
            f'<path d="{way}" stroke-linejoin="round" {look}/>{ends}</g>\n')


def _line(edge: Edge, stroke: str) -> tuple[str, str]:
    """How a line is drawn, and what stands at its ends."""
    first, second, last, before = edge.points[0], edge.points[1], edge.points[-1], edge.points[-2]
    if edge.tag == "sequenceFlow":
        return "", _arrow(before, last, stroke, stroke) + _tail(edge, first, second, stroke)
    if edge.tag == "messageFlow":
        circle = f'<circle cx="{_n(first[0])}" cy="{_n(first[1])}" r="3.5" fill="{PAPER}"/>'
        return 'stroke-dasharray="10 6"', circle + _arrow(before, last, stroke, PAPER)
    if edge.tag in ("conversationLink",):
        return 'stroke-width="4"', ""
    ends = ""
    direction = edge.element.get("associationDirection", "None")
    if edge.tag in ("dataInputAssociation", "dataOutputAssociation") or direction in ("One", "Both"):
        ends = _open(before, last)
    if direction == "Both":
        ends += _open(second, first)
    return 'stroke-dasharray="1 4" stroke-linecap="round"', ends


def _tail(edge: Edge, first: tuple[float, float], second: tuple[float, float], stroke: str) -> str:
    """A slash for the default flow of a node, a diamond for a condition on an activity's flow."""
    parent, source = edge.element.getparent(), edge.element.get("sourceRef")
    node = next((one for one in parts_of(parent) if one.get("id") == source), None) if parent is not None else None
    if node is None:
        return ""
    turn = _turn(first, second)
    if node.get("default") == edge.id:
        return f'<path d="M8 -5L14 5" transform="{turn}"/>'
    conditional = any(local(child) == "conditionExpression" for child in parts_of(edge.element))
    if conditional and not local(node).endswith("Gateway"):
        return f'<path d="M0 0L8 -5 16 0 8 5z" fill="{PAPER}" transform="{turn}"/>'
    return ""


def _arrow(before: tuple[float, float], last: tuple[float, float], stroke: str, fill: str) -> str:
    return f'<path d="M0 0L-11 -4.5V4.5z" fill="{fill}" transform="{_turn(last, _beyond(before, last))}"/>'


def _open(before: tuple[float, float], last: tuple[float, float]) -> str:
    return f'<path d="M-9 -5L0 0-9 5" transform="{_turn(last, _beyond(before, last))}"/>'


def _beyond(before: tuple[float, float], last: tuple[float, float]) -> tuple[float, float]:
    return 2 * last[0] - before[0], 2 * last[1] - before[1]


def _turn(at: tuple[float, float], towards: tuple[float, float]) -> str:
    angle = degrees(atan2(towards[1] - at[1], towards[0] - at[0]))
    return f"translate({_n(at[0])} {_n(at[1])}) rotate({_n(angle)})"


# ---- words

@cache
def _setter() -> Setter:
    return setter(load(NEWEST))


def _name_beside(thing: Shape | Edge) -> str:
    """The name of an event, gateway, data object or line, where the file puts it or where it is usual."""
    if not thing.name or thing.tag in _ACTIVITIES or thing.tag in ("participant", "lane", "textAnnotation"):
        return ""
    stroke = thing.stroke or INK
    if thing.label is not None:
        box = thing.label
        room = max(box.w * 1.2, 24)              # the reader's font may be wider
        text = _set(thing.name, box.x + (box.w - room) / 2, box.y - 2, room, OUTSIDE, stroke)
    elif isinstance(thing, Shape):
        text = _set(thing.name, thing.box.x + thing.box.w / 2 - 60, thing.box.bottom + 2, 120, OUTSIDE, stroke)
    else:
        x, y = _middle(thing.points)
        text = _set(thing.name, x - 45, y - 18, 90, OUTSIDE, stroke)
    return f'<g class="name">{text}</g>\n'


def _middle(points: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """The middle of a line by its length."""
    left = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)) / 2
    for a, b in pairwise(points):
        length = hypot(b[0] - a[0], b[1] - a[1])
        if left <= length and length:
            share = left / length
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= length
    return points[-1]


def _centred(text: str, box: Box, size: int, ink: str) -> str:
    lines = _setter().lines(text, max(int(box.w) - 4, size), size)
    return _lines(lines, box.x + box.w / 2, box.y + (box.h - len(lines) * size * 1.2) / 2, size, ink, "middle")


def _set(text: str, x: float, y: float, room: float, size: int, ink: str, *, left: bool = False) -> str:
    lines = _setter().lines(text, max(int(room), size), size)
    return _lines(lines, x if left else x + room / 2, y + 3, size, ink, "start" if left else "middle")


def _lines(lines: tuple[str, ...], x: float, top: float, size: int, ink: str, anchor: str) -> str:
    if not lines:
        return ""
    rows = "".join(f'<tspan x="{_n(x)}" y="{_n(top + size * (1.2 * number + 0.95))}">{content(line)}</tspan>'
                   for number, line in enumerate(lines))
    return f'<text text-anchor="{anchor}" font-size="{size}" fill="{ink}" stroke="none">{rows}</text>'


# ---- small parts

def _mark(path: str, x: float, y: float, size: float, stroke: str, filled: bool, width: float = 1.1) -> str:
    body, _, upon = path.partition("|")
    scale = size / 16
    fill = stroke if filled else "none"
    lines = f'<path d="{body}" fill="{fill}"/>'
    if upon:
        lines += f'<path d="{upon}" fill="none" stroke="{PAPER if filled else stroke}"/>'
    return f'<g transform="translate({_n(x)} {_n(y)}) scale({_n(scale)})" stroke-width="{_n(width)}"' \
           f' stroke-linejoin="round">{lines}</g>'


def _rect(box: Box, radius: float, look: str) -> str:
    corner = f' rx="{_n(radius)}"' if radius else ""
    more = f" {look}" if look else ""
    return f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.w)}" height="{_n(box.h)}"{corner}{more}/>'


def _path(*steps: str | float) -> str:
    """The letters and numbers of an SVG path."""
    return " ".join(step if isinstance(step, str) else _n(step) for step in steps)


def _n(value: float) -> str:
    """A number as short as it can be said."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
