"""Many sheets → one PDF: contents by heading that lead to each chart, then the charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from flowstd.layout.measure import advance, setter
from flowstd.layout.model import Rect
from flowstd.standard.edition import NEWEST, load

from .document import document
from .from_sheet import draw
from .pen import Pen

if TYPE_CHECKING:
    from flowstd.layout.page import Sheet
    from flowstd.standard.edition import Edition


class Entry(NamedTuple):
    """One chart of a book, and the headings it stands under, the widest first."""

    headings: tuple[str, ...]
    title: str
    sheet: Sheet


def to_book(title: str, entries: Sequence[Entry], *, edition: str = NEWEST, theme: str = "official") -> bytes:
    """A book of all *entries*, in their order, called *title*; equal entries give equal bytes.

    Raises: MissingExtra: reportlab is not installed. UnknownName: there is no such edition or theme.
    """
    rules = load(edition)
    contents = _Contents(rules, theme, title, _lines(entries, rules))
    with document(title) as made:
        contents.draw(made.pen)
        made.pen.canvas.showOutline()
        at = contents.pages
        before: tuple[str, ...] = ()
        for number, entry in enumerate(entries):
            for page in draw(made.pen, entry.sheet, theme):
                at += 1
                folio(made.pen, rules, contents.theme.soft, page.width, at)
                if page.number == 1:
                    _outline(made.pen, number, entry, before)
            before = entry.headings
    return made.bytes()


class _Line(NamedTuple):
    """One line of the contents: a heading, or a title or part of one; the last part names the page."""

    text: str
    level: int
    entry: int = -1                  # where it leads; a heading, nowhere
    page: int = 0                    # counted from the first chart; 0: no page is named


def _lines(entries: Sequence[Entry], rules: Edition) -> tuple[_Line, ...]:
    found: list[_Line] = []
    before: tuple[str, ...] = ()
    page = 1
    for number, entry in enumerate(entries):
        for level, heading in enumerate(entry.headings):
            if entry.headings[:level + 1] != before[:level + 1]:
                found.append(_Line(heading, level))
        level = len(entry.headings)
        *parts, last = setter(rules).lines(entry.title, _room(rules, level), rules.sheet.type[0].field) or ("",)
        found += [_Line(part, level, number) for part in parts]
        found.append(_Line(last, level, number, page))
        before = entry.headings
        page += len(entry.sheet.pages)
    return tuple(found)


def _room(rules: Edition, level: int) -> int:
    """How wide a title may be that stands under *level* headings."""
    return rules.sheet.paper[0].width - 2 * rules.sheet.page.margin - level * INDENT - NUMBER


class _Contents:
    """The pages of contents: as many as the lines need."""

    def __init__(self, rules: Edition, theme: str, title: str, lines: tuple[_Line, ...]) -> None:
        self.rules = rules
        self.theme = rules.theme(theme)
        self.title = title
        self.lines = lines
        self.paper = rules.sheet.paper[0]
        self.margin = rules.sheet.page.margin
        self.type = rules.sheet.type[0]

    @property
    def pages(self) -> int:
        """How many there are."""
        return sum(1 for _ in self._cut())

    def draw(self, pen: Pen) -> None:
        """Add them to a document."""
        offset = self.pages
        for number, lines in enumerate(self._cut(), 1):
            pen.page(self.paper.width, self.paper.height, self.theme.paper)
            y = self.margin
            if number == 1:
                y += self._head(pen)
            for line in lines:
                self._line(pen, line, y, offset)
                y += self.type.row
            folio(pen, self.rules, self.theme.soft, self.paper.width, number)
            pen.canvas.showPage()

    def _cut(self) -> Iterator[tuple[_Line, ...]]:
        """The lines of each page; a heading is not left alone at the foot of one."""
        room = (self.paper.height - 2 * self.margin) // self.type.row
        start, space = 0, room - self._head_height // self.type.row - 1
        while True:
            end = min(len(self.lines), start + space)
            while start < end < len(self.lines) and self.lines[end - 1].entry < 0:
                end -= 1
            end = end if end > start else min(len(self.lines), start + space)
            yield self.lines[start:end]
            start, space = end, room
            if start >= len(self.lines):
                return

    @property
    def _titles(self) -> tuple[str, ...]:
        return setter(self.rules).lines(self.title, self.paper.width - 2 * self.margin, self.type.title)

    @property
    def _head_height(self) -> int:
        return self.type.title * 3 // 2 * (len(self._titles) + 1)

    def _head(self, pen: Pen) -> int:
        """The title of the book, and the word for contents."""
        pitch, middle = self.type.title * 3 // 2, self.paper.width // 2
        for number, line in enumerate(self._titles):
            pen.text(line, middle, self.margin + self.type.title + number * pitch, self.type.title, self.theme.ink,
                     bold=True)
        pen.text(self.rules.words.book.contents, middle, self.margin + self.type.title + len(self._titles) * pitch,
                 self.type.field + 2, self.theme.ink)
        return self._head_height

    def _line(self, pen: Pen, line: _Line, top: int, offset: int) -> None:
        size, theme = self.type.field, self.theme
        x, right = self.margin + line.level * INDENT, self.paper.width - self.margin
        base = top + self.type.row - (self.type.row - size) // 2 - size // 6
        pen.text(line.text, x, base, size, theme.ink, "start", bold=line.entry < 0)
        if line.page:
            number = str(line.page + offset)
            pen.text(number, right, base, size, theme.ink, "end")
            start, stop = x + _width(line.text, size) + GAP, right - _width(number, size) - GAP
            if start < stop:
                pen.ink(theme.soft, theme.thin)
                pen.dash(LEADERS)
                pen.line(((start, base), (stop, base)))
                pen.dash()
        if line.entry >= 0:
            pen.leads(_mark(line.entry), Rect(x, top, right - x, self.type.row))


def folio(pen: Pen, rules: Edition, ink: str, width: int, number: int) -> None:
    """The number of a page of the book, in the margin at its foot."""
    size = rules.sheet.type[0].small
    pen.text(rules.words.book.page.format(page=number), width // 2,
             pen.height - rules.sheet.page.margin // 2 + size // 3,
             size, ink)


def _outline(pen: Pen, number: int, entry: Entry, before: tuple[str, ...]) -> None:
    """What viewers show beside the pages, for the chart whose page is open: new headings, and its title under them."""
    canvas, levels = pen.canvas, len(entry.headings)
    for level in range(levels):
        if entry.headings[:level + 1] != before[:level + 1]:
            key = f"{_mark(number)}.{level}"                  # a place has one title: headings need their own
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(entry.headings[level], key, level, closed=level > 0)
    canvas.bookmarkPage(_mark(number))
    canvas.addOutlineEntry(entry.title, _mark(number), levels, closed=True)


def _width(text: str, size: int) -> int:
    return advance(text) * size // 1000


def _mark(number: int) -> str:
    return f"chart{number + 1}"


INDENT = 16                      # px, of a title under its heading
NUMBER = 48                      # px, kept free for dots and the page number
GAP = 6                          # px, between words and dots
LEADERS = "1 3"
