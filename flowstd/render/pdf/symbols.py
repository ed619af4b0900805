"""The symbols of GB/T 1526-1989 as lines of a PDF; colour and weight come from around them."""

from __future__ import annotations

from collections.abc import Callable

from flowstd.layout.model import Form, Rect
from flowstd.standard.edition import Symbols

from .pen import Pen, waves

Outline = Callable[[Pen, Rect, Symbols], None]


def terminal(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """端点符: a stadium."""
    pen.rect(box, round_=min(box.h // 2, sizes.terminal.round))


def process(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """处理: a rectangle."""
    pen.rect(box)


def decision(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """判断: a diamond."""
    half_w, half_h = box.w // 2, box.h // 2
    pen.line(((box.x + half_w, box.y), (box.right, box.y + half_h), (box.x + half_w, box.bottom),
              (box.x, box.y + half_h)),
             closed=True, fill=True)


def predefined(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """既定处理: a rectangle with double side bars."""
    bar = min(sizes.predefined.bar, box.w // 6)
    pen.rect(box)
    for x in (box.x + bar, box.right - bar):
        pen.line(((x, box.y), (x, box.bottom)))


def parallel(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """并行方式: two level lines, and the paper between them; upright where the flow runs right."""
    pen.rect(box, stroke=False)
    stroke = sizes.parallel.stroke
    inset = stroke // 2
    if box.w >= box.h:
        for y in (box.y + inset, box.bottom - inset):
            pen.line(((box.x, y), (box.right, y)), width=stroke)
    else:
        for x in (box.x + inset, box.right - inset):
            pen.line(((x, box.y), (x, box.bottom)), width=stroke)


def document(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """文件: a rectangle with a wavy foot."""
    foot = min(sizes.paper.foot, box.h // 3)
    _waved(pen, box, box.bottom - foot // 2, foot)


def hung_document(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """文件 as it hangs at the foot of a symbol: lines dock where the wave passes the middle."""
    _waved(pen, box, box.bottom, sizes.paper.foot)


def data(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """数据: a parallelogram."""
    lean = min(sizes.paper.slant, box.w // 4)
    pen.line(((box.x + lean, box.y), (box.right, box.y), (box.right - lean, box.bottom), (box.x, box.bottom)),
             closed=True, fill=True)


def hung_data(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """数据 as it lies on the head of a symbol: it leans out as far on one side as it draws in on the other."""
    lean = sizes.paper.slant // 2
    pen.line(((box.x + lean, box.y), (box.right + lean, box.y), (box.right - lean, box.bottom),
              (box.x - lean, box.bottom)),
             closed=True, fill=True)


def note(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """注解符: a bracket, open away from what it explains (here to the right)."""
    pen.line(((box.x + _BRACKET, box.y), (box.x, box.y), (box.x, box.bottom), (box.x + _BRACKET, box.bottom)))


def note_mirrored(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """注解符 on the other side of what it explains."""
    pen.line(((box.right - _BRACKET, box.y), (box.right, box.y), (box.right, box.bottom),
              (box.right - _BRACKET, box.bottom)))


def connector(pen: Pen, box: Rect, sizes: Symbols) -> None:
    """连接符: a circle."""
    pen.canvas.circle(box.x + box.w / 2, box.y + box.h / 2, min(box.w, box.h) / 2, stroke=1, fill=1)


def _waved(pen: Pen, box: Rect, base: float, foot: int) -> None:
    """A rectangle whose foot swings about *base*: up by the right half, down by the left one."""
    quarter, middle = box.w / 4, box.x + box.w / 2
    path = pen.canvas.beginPath()
    path.moveTo(box.x, box.y)
    path.lineTo(box.right, box.y)
    path.lineTo(box.right, base)
    waves(path, (((box.right, base), (box.right - quarter, base - foot), (middle, base)),
                 ((middle, base), (middle - quarter, base + foot), (box.x, base))))
    path.close()
    pen.canvas.drawPath(path, stroke=1, fill=1)


SYMBOLS: dict[Form, Outline] = {
    "terminal": terminal, "process": process, "decision": decision, "predefined": predefined, "parallel": parallel,
    "document": document, "data": data, "note": note, "connector": connector,
}
HUNG: dict[Form, Outline] = {"document": hung_document, "data": hung_data}
_BRACKET = 6
