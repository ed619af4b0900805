"""Shapes of BPMN as SVG: pools, activities, events, gateways, data, remarks."""

from __future__ import annotations

from .element import parts_of
from .marks import AD_HOC, EVENTS, FILLED_TASKS, GATEWAYS, LOOPS, SCOPES, TASKS, event_of, feet_of
from .picture import Box, Shape
from .strokes import INK, INSIDE, PAPER, centred, mark, path, rect, set_text, short
from .xml import attribute, content

HEAD = 30                  # px of the head of a pool or lane
GREY = "#d9d9d9"           # of a participant who answers
BOLD = ' stroke-width="4"'  # of what calls

ACTIVITIES = frozenset({*TASKS, "task", "callActivity", "subProcess", "transaction", "adHocSubProcess",
                         "callChoreography", "choreographyTask", "subChoreography"})
_EVENTS = {"startEvent": "start", "endEvent": "end", "boundaryEvent": "middle", "intermediateCatchEvent": "middle",
           "intermediateThrowEvent": "middle"}


def holds(shape: Shape) -> bool:
    if shape.tag in ("participant", "lane"):
        return not shape.band
    return shape.expanded and shape.tag in (*SCOPES, "callActivity")


def shape_as_svg(shape: Shape) -> str:
    stroke, fill = shape.stroke or INK, shape.fill or PAPER
    inner = _body(shape, stroke, fill)
    name = f"<title>{content(f'{shape.name} ({shape.tag})' if shape.name else shape.tag)}</title>"
    return f'<g id="{attribute(shape.id)}" class="{shape.tag}" stroke="{stroke}" fill="{fill}"' \
           f' stroke-width="1.5">{name}{inner}</g>\n'


def _body(shape: Shape, stroke: str, fill: str) -> str:
    tag, box = shape.tag, shape.box
    if shape.band:
        return _band(shape) + centred(shape.name, box, INSIDE, stroke)
    if tag in ("participant", "lane"):
        return _pool(shape, stroke)
    if tag in ACTIVITIES:
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
        bracket = path("M", box.x + reach, box.y, "H", box.x, "V", box.bottom, "H", box.x + reach)
        text = set_text(shape.name, box.x + 7, box.y, box.w - 10, INSIDE, stroke, left=True)
        return f'<path d="{bracket}" fill="none"/>{text}'
    if tag == "group":
        return rect(box, 10, 'fill="none" stroke-dasharray="10 4 2 4"')
    if tag in ("conversation", "subConversation", "callConversation"):
        third = box.w / 4
        hexagon = path("M", box.x, box.y + box.h / 2, "l", third, -box.h / 2, "h", box.w - 2 * third, "l", third,
                       box.h / 2,
                       "l", -third, box.h / 2, "h", 2 * third - box.w, "z")
        return f'<path d="{hexagon}"{BOLD if tag == "callConversation" else ""}/>'
    if tag == "message":
        flap = path("M", box.x, box.y, "l", box.w / 2, box.h * 0.6, box.w / 2, -box.h * 0.6)
        return f'{rect(box, 0, "")}<path d="{flap}" fill="none"/>'
    return rect(box, 0, "") + centred(shape.name, box, INSIDE, stroke)


def _pool(shape: Shape, stroke: str) -> str:
    box, name = shape.box, shape.name
    if shape.tag == "participant" and not shape.element.get("processRef"):
        return rect(box, 0, "") + (_up(name, box, stroke) if shape.upright else centred(name, box, INSIDE, stroke))
    line = ""
    if shape.tag == "participant":
        way = (
            path("M", box.x, box.y + HEAD, "H", box.right)
            if shape.upright
            else path("M", box.x + HEAD, box.y, "V", box.bottom)
        )
        line = f'<path d="{way}" fill="none"/>'
    if shape.upright:
        return rect(box, 0, "") + line + centred(name, box._replace(h=HEAD), INSIDE, stroke)
    return rect(box, 0, "") + line + _up(name, box._replace(w=float(HEAD)), stroke)


def _up(name: str, box: Box, stroke: str) -> str:
    """A name that runs up the middle of *box*."""
    words = centred(name, Box(0.0, 0.0, box.h, box.w), INSIDE, stroke)
    return f'<g transform="translate({short(box.x)} {short(box.bottom)}) rotate(-90)">{words}</g>'


def _band(shape: Shape) -> str:
    """A participant of a choreography task: at its head or foot, with its corners, or between."""
    box, place = shape.box, shape.band.partition("_")[0]
    near, far, turn = (box.y, box.bottom, 10) if place == "top" else (box.bottom, box.y, -10)
    look = f'fill="{GREY if shape.band.endswith("non_initiating") else PAPER}"'
    if place not in ("top", "bottom"):
        return rect(box, 0, look)
    way = path("M", box.x, far, "V", near + turn, "q", 0, -turn, 10, -turn, "H", box.right - 10, "q", 10, 0, 10, turn,
               "V", far, "z")
    return f'<path d="{way}" {look}/>'


def _activity(shape: Shape, stroke: str, fill: str) -> str:
    box, tag = shape.box, shape.tag
    look = BOLD.strip() if tag in ("callActivity", "callChoreography") else ""
    if shape.element.get("triggeredByEvent") == "true":
        look = 'stroke-dasharray="1 4" stroke-linecap="round" stroke-width="2"'
    parts = [rect(box, 10, look)]
    if tag == "transaction":
        parts.append(rect(box._replace(x=box.x + 3, y=box.y + 3, w=box.w - 6, h=box.h - 6), 8, 'fill="none"'))
    if tag in TASKS:
        parts.append(mark(TASKS[tag], box.x + 5, box.y + 5, 16, stroke, tag in FILLED_TASKS))
    feet = feet_of(shape.element, expanded=shape.expanded)
    for number, foot in enumerate(feet):
        left = box.x + box.w / 2 - 9 * len(feet) + 18 * number + 1
        parts.append(mark(foot, left, box.bottom - 18, 15, stroke, foot == AD_HOC))
    if holds(shape):
        parts.append(set_text(shape.name, box.x + 8, box.y + 2, box.w - 16, INSIDE, stroke))
    else:
        low = 18 if feet else 0
        parts.append(centred(shape.name, box._replace(h=box.h - low), INSIDE, stroke))
    return "".join(parts)


def _event(shape: Shape, stroke: str, fill: str) -> str:
    box, element = shape.box, shape.element
    cx, cy, r = box.x + box.w / 2, box.y + box.h / 2, min(box.w, box.h) / 2
    kind, place = event_of(element), _EVENTS[shape.tag]
    dashed = element.get("isInterrupting") == "false" or element.get("cancelActivity") == "false"
    look = 'stroke-dasharray="4 3"' if dashed else ""
    width = 4 if place == "end" else 1.5
    r_outer = r - (1 if place == "end" else 0)
    parts = [f'<circle cx="{short(cx)}" cy="{short(cy)}" r="{short(r_outer)}" stroke-width="{width}" {look}/>']
    if place == "middle":
        parts.append(f'<circle cx="{short(cx)}" cy="{short(cy)}" r="{short(r - 3)}" {look}/>')
    if kind == "terminate":
        parts.append(f'<circle cx="{short(cx)}" cy="{short(cy)}" r="{short(r * 0.6)}" fill="{stroke}" stroke="none"/>')
    elif kind in EVENTS:
        size = r * 1.1
        thrown = shape.tag in ("endEvent", "intermediateThrowEvent")
        parts.append(mark(EVENTS[kind], cx - size / 2, cy - size / 2, size, stroke, thrown))
    return "".join(parts)


def _gateway(shape: Shape, stroke: str) -> str:
    box = shape.box
    cx, cy = box.x + box.w / 2, box.y + box.h / 2
    diamond = f'<path d="{path("M", cx, box.y, "L", box.right, cy, cx, box.bottom, box.x, cy, "z")}"/>'
    size = min(box.w, box.h) * (0.56 if shape.tag == "eventBasedGateway" else 0.42)
    sign = GATEWAYS.get(shape.tag, "") if shape.marked else ""
    if shape.tag == "eventBasedGateway" and shape.element.get("eventGatewayType") == "Parallel":
        sign = EVENTS["parallel"]
    heavy = 1.3 if shape.tag == "eventBasedGateway" else 3
    return diamond + (mark(sign, cx - size / 2, cy - size / 2, size, stroke, False, heavy) if sign else "")


def _data(shape: Shape, stroke: str) -> str:
    box, fold = shape.box, min(12.0, shape.box.w / 3)
    sheet = path(
        "M", box.x, box.y, "H", box.right - fold, "L", box.right, box.y + fold, "V", box.bottom, "H", box.x, "z"
    )
    corner = path("M", box.right - fold, box.y, "V", box.y + fold, "H", box.right)
    page = f'<path d="{sheet}"/><path d="{corner}" fill="none"/>'
    if shape.tag in ("dataInput", "dataOutput"):
        page += mark("M1.5 5.5h7v-3l6 5.5-6 5.5v-3h-7z", box.x + 3, box.y + 3, 14, stroke, shape.tag == "dataOutput")
    if _many(shape):
        page += mark(LOOPS["parallel"], box.x + box.w / 2 - 7, box.bottom - 16, 14, stroke, False)
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
    lids = "".join(f'<path d="{path("M", box.x, box.y + rise + at, "c", *bow)}" fill="none"/>'
                   for at in (0.0, rise * 0.7, rise * 1.4))
    outline = path(
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
