"""The symbols of GB/T 1526-1989 as SVG outlines; colour and weight come from around them."""

from __future__ import annotations

from collections.abc import Callable

from flowstd.layout.model import Form, Rect
from flowstd.standard.edition import Symbols

Outline = Callable[[Rect, Symbols], str]


def terminal(box: Rect, sizes: Symbols) -> str:
    """端点符: a stadium."""
    x, y, w, h = box
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{min(h // 2, sizes.terminal.round)}"/>'


def process(box: Rect, sizes: Symbols) -> str:
    """处理: a rectangle."""
    x, y, w, h = box
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}"/>'


def decision(box: Rect, sizes: Symbols) -> str:
    """判断: a diamond."""
    x, y, w, h = box
    middle, level = x + w // 2, y + h // 2
    return f'<path d="M{middle} {y}L{x + w} {level}L{middle} {y + h}L{x} {level}Z"/>'


def predefined(box: Rect, sizes: Symbols) -> str:
    """既定处理: a rectangle with double side bars."""
    bar = min(sizes.predefined.bar, box.w // 6)
    return (f'<path d="M{box.x} {box.y}H{box.right}V{box.bottom}H{box.x}Z'
            f'M{box.x + bar} {box.y}V{box.bottom}M{box.right - bar} {box.y}V{box.bottom}"/>')


def parallel(box: Rect, sizes: Symbols) -> str:
    """并行方式: two level lines, and the paper between them; upright where the flow runs right."""
    stroke = sizes.parallel.stroke
    back = f'<rect x="{box.x}" y="{box.y}" width="{box.w}" height="{box.h}" stroke="none"/>'
    (x, y), (right, bottom) = (box.x, box.y), (box.right, box.bottom)
    inset = stroke // 2
    if box.w >= box.h:
        lines = f"M{x} {y + inset}H{right}M{x} {bottom - inset}H{right}"
    else:
        lines = f"M{x + inset} {y}V{bottom}M{right - inset} {y}V{bottom}"
    return f'{back}<path d="{lines}" stroke-width="{stroke}"/>'


def document(box: Rect, sizes: Symbols) -> str:
    """文件: a rectangle with a wavy foot."""
    foot = min(sizes.paper.foot, box.h // 3)
    quarter, half = box.w / 4, box.w / 2
    return (f'<path d="M{box.x} {box.y}H{box.right}V{box.bottom - foot // 2}'
            f'q{-quarter:g} {-foot} {-half:g} 0t{-half:g} 0Z"/>')


def data(box: Rect, sizes: Symbols) -> str:
    """数据: a parallelogram."""
    lean = min(sizes.paper.slant, box.w // 4)
    return f'<path d="M{box.x + lean} {box.y}H{box.right}L{box.right - lean} {box.bottom}H{box.x}Z"/>'


def note(box: Rect, sizes: Symbols) -> str:
    """注解符: a bracket, open away from what it explains (here to the right)."""
    return f'<path d="M{box.x + _BRACKET} {box.y}H{box.x}V{box.bottom}H{box.x + _BRACKET}" fill="none"/>'


def note_mirrored(box: Rect, sizes: Symbols) -> str:
    """注解符 on the other side of what it explains."""
    return (f'<path d="M{box.right - _BRACKET} {box.y}H{box.right}V{box.bottom}H{box.right - _BRACKET}" '
            f'fill="none"/>')


def connector(box: Rect, sizes: Symbols) -> str:
    """连接符: a circle."""
    return f'<circle cx="{box.x + box.w / 2:g}" cy="{box.y + box.h / 2:g}" r="{min(box.w, box.h) / 2:g}"/>'


def hung_document(box: Rect, sizes: Symbols) -> str:
    """文件 as it hangs at the foot of a symbol: lines dock where the wave passes the middle."""
    foot = sizes.paper.foot
    return (f'<path d="M{box.x} {box.y}H{box.right}V{box.bottom}'
            f'q{-box.w / 4:g} {-foot} {-box.w / 2:g} 0t{-box.w / 2:g} 0Z"/>')


def hung_data(box: Rect, sizes: Symbols) -> str:
    """数据 as it lies on the head of a symbol: it leans out as far on one side as it draws in on the other."""
    lean = sizes.paper.slant // 2
    return (f'<path d="M{box.x + lean} {box.y}H{box.right + lean}L{box.right - lean} {box.bottom}'
            f'H{box.x - lean}Z"/>')


SYMBOLS: dict[Form, Outline] = {
    "terminal": terminal, "process": process, "decision": decision, "predefined": predefined, "parallel": parallel,
    "document": document, "data": data, "note": note, "connector": connector,
}
HUNG: dict[Form, Outline] = {"document": hung_document, "data": hung_data}
_BRACKET = 6
