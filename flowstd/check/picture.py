"""Picture: a chart as it is drawn and set on paper, for the rules that look at it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flowstd.base.kept import Kept
from flowstd.ir.model import Flow

from .facts import Facts

if TYPE_CHECKING:
    from flowstd.layout.model import Drawing
    from flowstd.layout.page import Sheet
    from flowstd.layout.quality import Quality, Seen

_LOOKED_AT = Kept()
POINTS_PER_PX = 0.75


@dataclass(frozen=True)
class Picture:
    """What a chart shows, and how; charts that differ in their title only are measured once."""

    flow: Flow                         # as it is drawn: perhaps another view than its author wrote
    drawing: Drawing
    pages: int = 1
    pt: float = 0                      # the size of the text on paper; 0: as it is in the drawing

    @property
    def points(self) -> float:
        """The size of the text in pt."""
        return self.pt or self.drawing.font_px * POINTS_PER_PX

    @cached_property
    def seen(self) -> Seen:
        """What should be zero on every drawing, and how often lines cross."""
        from flowstd.layout.quality import seen

        return _LOOKED_AT.of(self._parts, ("seen", *self._size), lambda: seen(self.drawing))

    @property
    def quality(self) -> Quality:
        """How good the drawing is, in numbers."""
        from flowstd.layout.quality import measure

        return _LOOKED_AT.of(self._parts, ("quality", *self._size), lambda: measure(self.drawing))

    @property
    def extent(self) -> tuple[float, float]:
        """Its width and height in mm with text at 9 pt; asked of charts of several pages only, and so not kept."""
        from flowstd.layout.quality import extent

        return extent(self.drawing)

    @property
    def returning(self) -> frozenset[str]:
        """The links of the flow that is drawn that go back to an earlier step."""
        return _LOOKED_AT.of(self.flow.body, "returning", lambda: Facts(self.flow).returning)

    @property
    def identity(self) -> tuple[tuple[object, ...], Hashable]:
        """All that it shows, as parts that are the very same and the rest; the key of ``Kept``."""
        return (*self.flow.body, *self._parts), (self.pages, self.pt, *self._size)

    @property
    def _parts(self) -> tuple[object, ...]:
        drawing = self.drawing
        return (drawing.bands, drawing.symbols, drawing.asides, drawing.wires)

    @property
    def _size(self) -> tuple[int, ...]:
        return (self.drawing.font_px, self.drawing.width, self.drawing.height)


def picture_of(flow: Flow, sheet: Sheet) -> Picture:
    """The picture of *flow* that stands on *sheet*."""
    return Picture(flow, sheet.drawing, len(sheet.pages), sheet.pt)
