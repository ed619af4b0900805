"""Sheet → PDF: every page, with text that can be searched and copied; equal sheets give equal bytes.

The same parts in the same order as in the SVG, from the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from flowstd.layout.measure import advance
from flowstd.layout.model import Rect
from flowstd.layout.trunks import own_parts
from flowstd.standard.edition import Edition, Theme, load

from ..svg.writer import safe_link
from .document import document
from .pen import Pen
from .symbols import HUNG, SYMBOLS, note_mirrored

if TYPE_CHECKING:
    from flowstd.layout.model import Aside, Band, Drawing, Form, Symbol, TextLine, Wire
    from flowstd.layout.page import Page, Print, Sheet


def to_pdf(sheet: Sheet, theme: str = "official", *, author: str = "") -> bytes:
    """All pages of *sheet* as one PDF document in the inks of *theme*.

    Raises: MissingExtra: reportlab is not installed. UnknownName: the edition has no such theme.
    """
    with document(sheet.title, subject=sheet.description, author=author) as made:
        for _ in draw(made.pen, sheet, theme):
            pass
    return made.bytes()


def draw(pen: Pen, sheet: Sheet, theme: str = "official") -> Iterator[Page]:
    """Add the pages of *sheet* to a document; each is yielded while it is open, so that more may be put on it."""
    rules = load(sheet.edition)
    for page in sheet.pages:
        writer = _Writer(pen, sheet.on(page).drawing, rules, rules.theme(theme))
        pen.page(page.width, page.height, writer.theme.paper)
        writer.page(page)
        yield page
        pen.canvas.showPage()


class _Writer:
    """Draws pages of one sheet; looks everything up, decides nothing."""

    def __init__(self, pen: Pen, drawing: Drawing, rules: Edition, theme: Theme) -> None:
        self.pen = pen
        self.drawing = drawing
        self.rules = rules
        self.theme = theme

    def page(self, page: Page) -> None:
        """The whole page."""
        self._furniture(page)
        view = page.view
        with self.pen.view(view.x, view.y, view.scale / 1000, view.part):
            self._lanes(self.drawing.bands, view.along)
            self._papers(self.drawing.asides)
            self._wires(self.drawing.wires)
            self._steps(self.drawing.symbols)

    # ---- around the chart

    def _furniture(self, page: Page) -> None:
        pen, theme = self.pen, self.theme
        pen.ink(theme.hair, theme.thin, theme.head)
        for box in page.boxes:
            pen.rect(box, stroke=False)
        for rule in page.rules:
            pen.line(((rule.x1, rule.y1), (rule.x2, rule.y2)))
        for sample in page.samples:
            pen.ink(theme.soft, theme.thin, self._fill(sample.form))
            SYMBOLS[sample.form](pen, sample.rect, self.rules.symbols)
        for line in page.prints:
            self._print(line)

    def _print(self, line: Print) -> None:
        ink = self.theme.soft if line.soft else self.theme.ink
        self.pen.text(line.text, line.x, line.y, line.size, ink, line.anchor, bold=line.bold)
        link = safe_link(line.link)
        if link:
            wide = advance(line.text) * line.size // 1000
            left = line.x - {"start": 0, "middle": wide // 2, "end": wide}[line.anchor]
            self.pen.link(link, Rect(left, line.y - line.size, wide, line.size * 5 // 4))

    # ---- the chart

    def _lanes(self, bands: Sequence[Band], along: int) -> None:
        pen, theme, down = self.pen, self.theme, self.drawing.direction == "down"
        pen.ink(theme.hair, theme.thin, theme.head)
        for band in bands:
            pen.rect(band.head, stroke=False)
        for band in bands[1:]:
            x, y = band.rect.x, band.rect.y
            pen.line(((x, y), (x, along) if down else (along, y)))
        first, last = bands[0].rect, bands[-1].rect
        width, height = (last.right, along) if down else (along, last.bottom)
        foot, side = first.y + bands[0].head.h, bands[0].head.right
        pen.line(((first.x, foot), (width, foot)) if down else ((side, first.y), (side, height)))
        pen.ink(theme.line, theme.border)
        pen.rect(Rect(first.x, first.y, width - first.x, height - first.y), fill=False)
        for band in bands:
            self._texts(band.lines, theme.ink, bold=True)

    def _papers(self, asides: Sequence[Aside]) -> None:
        pen, theme = self.pen, self.theme
        pen.ink(theme.soft, theme.thin, theme.fill)
        pen.dash(theme.dash)
        for aside in asides:
            pen.line(aside.tie)
        pen.dash()
        for aside in asides:
            pen.ink(theme.soft, theme.thin, self._fill(aside.form))
            mirrored = aside.form == "note" and aside.tie[-1][0] > aside.rect.x
            (note_mirrored if mirrored else SYMBOLS[aside.form])(pen, aside.rect, self.rules.symbols)
            self._texts(aside.lines, theme.soft)

    def _wires(self, wires: Sequence[Wire]) -> None:
        pen, theme = self.pen, self.theme
        for wire, (points, arrives) in zip(wires, own_parts(wires), strict=True):
            pen.ink(theme.line, theme.wire, theme.line)
            if not arrives:
                pen.line(points)
                self._texts(wire.label.lines if wire.label else (), theme.ink)
                continue
            (px, py), (x, y) = points[-2], points[-1]
            dx, dy = (x > px) - (x < px), (y > py) - (y < py)             # the way the arrow points
            long, half = theme.arrow_length, theme.arrow_width // 2
            short = min(long - 1, abs(x - px) + abs(y - py))              # the line stops inside its head
            pen.line((*points[:-1], (x - dx * short, y - dy * short)))
            pen.line(((x, y), (x - dx * long - dy * half, y - dy * long - dx * half),
                      (x - dx * long + dy * half, y - dy * long + dx * half)), closed=True, stroke=False, fill=True)
            self._texts(wire.label.lines if wire.label else (), theme.ink)

    def _steps(self, symbols: Sequence[Symbol]) -> None:
        pen, theme, sizes = self.pen, self.theme, self.rules.symbols
        for symbol in symbols:
            for paper in symbol.papers:
                pen.ink(theme.soft, theme.thin, self._fill(paper.form))
                HUNG[paper.form](pen, paper.rect, sizes)
                self._texts(paper.lines, theme.soft)
            pen.ink(theme.line, theme.border, self._fill(symbol.form))
            SYMBOLS[symbol.form](pen, symbol.body, sizes)
            self._texts(symbol.lines, theme.ink)

    def _texts(self, lines: Iterable[TextLine], ink: str, *, bold: bool = False) -> None:
        for line in lines:
            self.pen.text(line.text, line.x, line.y, line.size, ink, line.anchor, bold=bold)

    def _fill(self, form: Form) -> str:
        return self.theme.fills.get(form, self.theme.fill)
