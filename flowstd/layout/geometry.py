"""A drawing as plain numbers, for other programs: boxes, lines, labels and lanes without pages.

px at 96 to the inch, y downwards; x, y is the top left corner; points run from
border to border; ``loop`` marks lines against the flow. A box is the step
alone: lines run on behind the papers that hang on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Drawing, Rect, Wire


def geometry(drawing: Drawing, id: str = "") -> dict[str, Any]:
    """The geometry of *drawing*, named *id* (or by its title): what ``--format geometry`` writes."""
    lanes = [band.id for band in drawing.bands]
    steps = {symbol.id: symbol.body for symbol in drawing.symbols}
    return {
        "id": id or drawing.title,
        "direction": "TB" if drawing.direction == "down" else "LR",
        "font_pt": drawing.font_px * 3 / 4,
        "nodes": {symbol.id: {**_box(steps[symbol.id]), "shape": "diamond" if symbol.form == "decision" else "rect",
                              "lane": lanes[symbol.lane]} for symbol in drawing.symbols},
        "edges": [_edge(wire, steps) for wire in drawing.wires],
        "lanes": {band.id: _box(band.rect) for band in drawing.bands},
    }


def _edge(wire: Wire, steps: Mapping[str, Rect]) -> dict[str, Any]:
    first, *corners, last = wire.points
    points = (_at_border(first, steps[wire.source]), *corners, _at_border(last, steps[wire.target]))
    edge: dict[str, Any] = {"src": wire.source, "dst": wire.target, "points": [list(point) for point in points],
                            "loop": wire.back}
    if wire.text:
        edge["text"] = wire.text
    if wire.label is not None:
        edge["label"] = _box(wire.label.rect)
    return edge


def _at_border(end: tuple[int, int], step: Rect) -> tuple[int, int]:
    """The *end* of a line, straight on to its step where paper hangs between them."""
    x, y = end
    return min(max(x, step.x), step.right), min(max(y, step.y), step.bottom)


def _box(rect: Rect) -> dict[str, int]:
    return {"x": rect.x, "y": rect.y, "w": rect.w, "h": rect.h}
