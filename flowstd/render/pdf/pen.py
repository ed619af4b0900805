"""Pen: draws on a page of a PDF in px, y downwards, as the sheet has it; text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from flowstd.layout.measure import advance, clean
from flowstd.layout.page import Anchor

from ..typeface import BOLD, FAMILY, font_file

if TYPE_CHECKING:
    from flowstd.layout.model import Rect

POINT = 0.75                     # of a px: 72 to the inch
Place = tuple[float, float]
_FILLED, _FILLED_AND_LINED = 0, 2     # ways to show text, as PDF numbers them


class Pen:
    """Draws on the page that *canvas*, of reportlab, has open."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.height = 0

    def page(self, width: int, height: int, paper: str) -> None:
        """Open a page of *width* × *height* px and lay *paper* on it."""
        _font()
        self.height = height
        self.canvas.setPageSize((width * POINT, height * POINT))
        self.canvas.transform(POINT, 0, 0, -POINT, 0, height * POINT)
        self.canvas.setLineJoin(0)
        self.canvas.setFillColor(paper)
        self.canvas.rect(0, 0, width, height, stroke=0, fill=1)

    @contextmanager
    def view(self, x: int, y: int, scale: float, part: Rect) -> Iterator[None]:
        """What is drawn inside is *part* of a drawing, from (x, y) on."""
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(x, y)
        canvas.scale(scale, scale)
        canvas.translate(-part.x, -part.y)
        yield
        canvas.restoreState()

    # ---- shapes

    def ink(self, stroke: str, width: float, fill: str = "") -> None:
        """Lines in *stroke*, *width* px; shapes that are filled in *fill*."""
        self.canvas.setStrokeColor(stroke)
        self.canvas.setLineWidth(width)
        if fill:
            self.canvas.setFillColor(fill)

    def dash(self, pattern: str = "") -> None:
        """Lines dashed by *pattern*, such as ``4 3``; by none, whole lines."""
        self.canvas.setDash([float(part) for part in pattern.split()] if pattern else [])

    def line(self, points: Sequence[Place], *, closed: bool = False, stroke: bool = True, fill: bool = False,
             width: float = 0) -> None:
        """A line through *points*, *width* px wide if that is not the ink's own width; closed, an area."""
        if width:
            self.canvas.saveState()
            self.canvas.setLineWidth(width)
            self.line(points, closed=closed, stroke=stroke, fill=fill)
            self.canvas.restoreState()
            return
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if closed:
            path.close()
        self.canvas.drawPath(path, stroke=stroke, fill=fill)

    def rect(self, box: Rect, *, stroke: bool = True, fill: bool = True, round_: float = 0) -> None:
        """A rectangle, its corners perhaps round."""
        if round_:
            self.canvas.roundRect(box.x, box.y, box.w, box.h, round_, stroke=stroke, fill=fill)
        else:
            self.canvas.rect(box.x, box.y, box.w, box.h, stroke=stroke, fill=fill)

    # ---- words

    def text(self, words: str, x: float, y: float, size: int, ink: str, anchor: Anchor = "middle", *,
             bold: bool = False) -> None:
        """One line of type on the baseline *y*."""
        words = clean(words).replace("\n", " ")
        x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * advance(words) * size / 1000
        text = self.canvas.beginText()
        text.setFont(FAMILY, size)
        text.setFillColor(ink)
        text.setTextTransform(1, 0, 0, -1, x, y)
        if bold:                              # the font has one weight: the outline gets a line around it
            self.ink(ink, BOLD * size)
            text.setTextRenderMode(_FILLED_AND_LINED)
        text.textOut(words)
        if bold:                              # holds on after the text until it is taken back
            text.setTextRenderMode(_FILLED)
        self.canvas.drawText(text)

    def link(self, url: str, box: Rect) -> None:
        """What stands in *box*, in px of the page, leads to *url*."""
        self.canvas.linkURL(url, self.area(box))

    def leads(self, place: str, box: Rect) -> None:
        """What stands in *box*, in px of the page, leads to the page that is marked as *place*."""
        self.canvas.linkAbsolute("", place, self.area(box), Border="[0 0 0]")

    def area(self, box: Rect) -> tuple[float, float, float, float]:
        """*box* in points from the lower left corner of the page."""
        return (box.x * POINT, (self.height - box.bottom) * POINT, box.right * POINT, (self.height - box.y) * POINT)


def waves(path: Any, points: Iterable[tuple[Place, Place, Place]]) -> None:
    """Go on along quadratic curves, each from a point by a bend to a point, as SVG has them."""
    for (x0, y0), (x1, y1), (x2, y2) in points:
        path.curveTo(x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3, x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3, x2,
                     y2)


@cache
def _font() -> None:
    """Make the font known to reportlab, once. Raises BadEnvironment: it cannot be read."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    registerFont(TTFont(FAMILY, str(font_file())))
