"""The shape that a flow's drawing is arranged from, with the boxes that its real text needs."""

from __future__ import annotations

from typing import Any

from flowstd.ir.model import Flow
from flowstd.layout import from_ir
from flowstd.layout.model import Direction
from flowstd.layout.shape import Shape


def shape_of_drawing(flow: Flow, direction: Direction = "down") -> Shape:
    """What ``lay_out`` asks the engine to arrange."""
    asked: list[Shape] = []
    real: Any = from_ir.arranged

    def listening(shape: Shape) -> Any:
        asked.append(shape)
        return real(shape)

    from_ir.arranged = listening
    try:
        from_ir.lay_out(flow, direction)
    finally:
        from_ir.arranged = real
    return asked[0]
