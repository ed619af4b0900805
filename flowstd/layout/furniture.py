"""What stands around the chart on a page: title, fields, remarks, legend, foot.

A block knows its height before it is drawn, so that a page is drawn only on
the paper that is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .frames import Frames, frames
from .measure import advance
from .model import Form, Rect
from .page import Print, Rule, Sample

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition, TypeSizes

    from .elements import Field
    from .model import Drawing


class Ink(NamedTuple):
    """What has been drawn on a page so far."""

    prints: list[Print]
    rules: list[Rule]
    boxes: list[Rect]
    samples: list[Sample]


class Block(NamedTuple):
    """One part of a page: its height in px, and how to draw it with its corner at (x, y)."""

    height: int
    draw: Callable[[Ink, int, int], None]


NOTHING = Block(0, lambda ink, x, y: None)


def stacked(blocks: Iterable[Block], gap: int) -> Block:
    """The blocks that are not empty, one below the other, as one."""
    filled = [block for block in blocks if block.height]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING

    def draw(ink: Ink, x: int, y: int) -> None:
        for block in filled:
            block.draw(ink, x, y)
            y += block.height + gap

    return Block(sum([block.height for block in filled]) + gap * (len(filled) - 1), draw)


def drawn_once(block: Block) -> Block:
    """The same block; what it draws at one place is remembered."""
    known: dict[tuple[int, int], Ink] = {}

    def draw(ink: Ink, x: int, y: int) -> None:
        found = known.get((x, y))
        if found is None:
            found = known[x, y] = Ink([], [], [], [])
            block.draw(found, x, y)
        ink.prints.extend(found.prints)
        ink.rules.extend(found.rules)
        ink.boxes.extend(found.boxes)
        ink.samples.extend(found.samples)

    return Block(block.height, draw)


class Furniture(NamedTuple):
    """Makes the blocks of a page *width* px wide, in one size of type."""

    rules: Edition
    type: TypeSizes
    width: int
    frames: Frames                   # measures and sets text

    @classmethod
    def of(cls, rules: Edition, type_: TypeSizes, width: int) -> Furniture:
        """Furniture of that edition and type."""
        return cls(rules, type_, width, frames(rules))

    def title(self, title: str, illustrative: bool) -> Block:
        """The title in the middle, as large as fits on one line; a long one is broken."""
        set_, word = self.frames.set, self.rules.words.page.illustrative
        stamp = set_.width(word, self.type.field) + 2 * _INSET if illustrative else 0
        room = self.width - 2 * (stamp + _INSET if illustrative else 0)
        size, wide = self.type.title, advance(title)
        while size > self.type.title_least and set_.px(wide, size) > room:
            size = max(size - 2, self.type.title_least)
        pitch, lines = size * 5 // 4, set_.lines(title, room, size)

        def draw(ink: Ink, x: int, y: int) -> None:
            for number, line in enumerate(lines):
                base = self._base(y + (pitch - size) // 2 + number * pitch, size)
                ink.prints.append(Print(line, x + self.width // 2, base, size, "middle", bold=True))
            if illustrative:
                box = Rect(x + self.width - stamp, y, stamp, self.type.field + _INSET)
                base = self._base(y + _INSET // 2, self.type.field)
                ink.prints.append(Print(word, box.x + stamp // 2, base, self.type.field, "middle"))
                ink.rules.extend(_frame(box))

        return Block(pitch * len(lines), draw)

    def running(self, title: str, illustrative: bool) -> Block:
        """The title on a further page: small, at the left, on one line if it can be."""
        size, row = self.type.field, self.type.row
        lines = self.frames.set.lines(title, self.width - 2 * _INSET, size)
        word = self.rules.words.page.illustrative if illustrative else ""

        def draw(ink: Ink, x: int, y: int) -> None:
            for number, line in enumerate(lines):
                base = self._base(y + (row - size) // 2 + number * row, size)
                ink.prints.append(Print(line, x, base, size, bold=True))
            if word and len(lines) == 1:
                taken = self.frames.set.width(lines[0], size) + self.frames.set.width(word, size) + 2 * _INSET
                if taken <= self.width:
                    ink.prints.append(Print(word, x + self.width, self._base(y + (row - size) // 2, size), size, "end"))

        return Block(row * len(lines), draw)

    def table(self, rows: tuple[tuple[Field, ...], ...]) -> Block:
        """The fields of each row, ruled; a row is as high as its longest value."""
        if not rows:
            return NOTHING
        size, width, set_ = self.type.field, self.width, self.frames.set
        head = max([set_.width(field.name, size) for row in rows for field in row]) + 2 * _INSET
        split = width * self.type.left // 100
        values, laid = [], []
        for row in rows:
            spans = ((0, split), (split, width)) if len(row) == 2 else ((0, width),)
            cells = [set_.lines(field.value, end - start - head - 2 * _INSET, size)
                     for field, (start, end) in zip(row, spans, strict=True)]
            height = self.type.row + (max([len(lines) for lines in cells]) - 1) * (size + _LEADING)
            laid.append((height, tuple([(field.name, start) for field, (start, _) in zip(row, spans, strict=True)])))
            values += [(lines, field.link) for lines, field in zip(cells, row, strict=True)]

        def draw(ink: Ink, x: int, y: int) -> None:
            form = _blank(self.frames, size, width, head, tuple(laid), x, y)
            prints, rules, boxes, _ = ink
            rules += form.rules
            boxes += form.boxes
            for name, cell, (lines, link) in zip(form.names, form.cells, values, strict=True):
                prints.append(name)
                prints += _set_in(self.frames, size, lines, *cell, link)

        return Block(sum([height for height, _ in laid]), draw)

    def paragraph(self, head: str, parts: Iterable[str]) -> Block:
        """Small type: a word and what it introduces."""
        text = _WIDE_SPACE.join(parts)
        if not text:
            return NOTHING
        size, row = self.type.small, self.type.small_row
        head += self.rules.words.page.colon
        indent = self.frames.set.width(head, size)
        lines = self.frames.set.lines(text, self.width - indent, size)

        def draw(ink: Ink, x: int, y: int) -> None:
            base = self._base(y + (row - size) // 2, size)
            ink.prints.append(Print(head, x, base, size, soft=True))
            for number, line in enumerate(lines):
                ink.prints.append(Print(line, x + indent, base + number * row, size, soft=True))

        return Block(row * len(lines), draw)

    def legend(self, used: Collection[Form]) -> Block:
        """A sample of each symbol that the page uses, with its meaning; in as many rows as it takes."""
        sizes, size, row = self.rules.sheet.legend, self.type.small, self.type.small_row
        head, laid, height = _legend(self.frames, frozenset(used), size, row, self.width)

        def draw(ink: Ink, x: int, y: int) -> None:
            high, base = min(sizes.height, row - 2), self._base(y + (row - size) // 2, size)
            ink.prints.append(Print(head, x, base, size, soft=True))
            for form, meaning, dx, dy in laid:
                ink.samples.append(Sample(form, Rect(x + dx, y + dy + (row - high) // 2, sizes.width, high)))
                ink.prints.append(Print(meaning, x + dx + sizes.width + sizes.gap, base + dy, size, soft=True))

        return Block(height, draw)

    def foot(self, fingerprint: str, illustrative: bool, page: int, pages: int) -> Block:
        """The last line: the standard, the content hash, the note on illustrative values, the page number."""
        def draw(ink: Ink, x: int, y: int) -> None:
            words, fields, size = self.rules.words.page, self.rules.words.field, self.type.small
            parts = [fields.edition + words.colon + words.edition.format(edition=self.rules.name),
                     fields.fingerprint + words.colon + fingerprint[:_HASH_SHOWN]]
            if illustrative:
                parts.append(words.illustrative_note)
            number = words.number.format(page=page, pages=pages)
            base = self._base(y + (self.type.small_row - size) // 2, size)
            ink.prints.append(Print(_WIDE_SPACE.join(parts), x, base, size, soft=True))
            ink.prints.append(Print(number, x + self.width, base, size, "end", soft=True))

        return Block(self.type.small_row, draw)

    def _base(self, top: float, size: int) -> int:
        return self.frames.base(top, size)


class _Blank(NamedTuple):
    """A table before it is filled in: the names of its fields, and the left, top and height of the cell of each."""

    rules: tuple[Rule, ...]
    boxes: tuple[Rect, ...]
    names: tuple[Print, ...]
    cells: tuple[tuple[int, int, int], ...]


_Row = tuple[int, tuple[tuple[str, int], ...]]        # its height, and the name and start of each field


@lru_cache(maxsize=512)
def _blank(frames: Frames, size: int, width: int, head: int, rows: tuple[_Row, ...], x: int, y: int) -> _Blank:
    """The form that all items share whose values take as many lines."""
    right, foot = x + width, y + sum([height for height, _ in rows])
    rules, boxes, names, cells = [Rule(x, y, right, y), Rule(right, y, right, foot)], [], [], []
    for height, fields in rows:
        for name, start in fields:
            left = x + start
            boxes.append(Rect(left, y, head, height))
            rules += [Rule(at, y, at, y + height) for at in (left, left + head)]
            names += _set_in(frames, size, (name,), left + _INSET, y, height)
            cells.append((left + head + _INSET, y, height))
        y += height
        rules.append(Rule(x, y, right, y))
    return _Blank(tuple(rules), tuple(boxes), tuple(names), tuple(cells))


def _set_in(frames: Frames, size: int, lines: tuple[str, ...], x: int, top: int, height: int,
            link: str = "") -> list[Print]:
    """Lines in the middle of a cell."""
    pitch = size + _LEADING
    first = top + (height - len(lines) * pitch + _LEADING) / 2
    return [Print(line, x, frames.base(first + number * pitch, size), size, "start", False, False, link)
            for number, line in enumerate(lines)]


class _Legend(NamedTuple):
    """The word before a legend, each symbol with its meaning and place, and the height of all."""

    head: str
    laid: tuple[tuple[Form, str, int, int], ...]
    height: int


@lru_cache(maxsize=512)
def _legend(frames: Frames, used: frozenset[Form], size: int, row: int, width: int) -> _Legend:
    """The legend of all charts that use these symbols."""
    sizes, words = frames.edition.sheet.legend, frames.edition.words.page
    head = words.legend + words.colon
    left = across = frames.set.width(head, size)
    laid, down = [], 0
    for form in frames.symbols.form:
        if form.id not in used:
            continue
        wide = sizes.width + sizes.gap + frames.set.width(form.meaning, size)
        if across + wide > width and across > left:
            across, down = left, down + row
        laid.append((form.id, form.meaning, across, down))
        across += wide + sizes.between
    return _Legend(head, tuple(laid), down + row)


def forms_of(drawing: Drawing) -> frozenset[Form]:
    """The symbols that a drawing uses."""
    forms = {symbol.form for symbol in drawing.symbols}
    forms.update([paper.form for symbol in drawing.symbols if symbol.papers for paper in symbol.papers])
    forms.update([aside.form for aside in drawing.asides])
    return frozenset(forms)


def _frame(box: Rect) -> tuple[Rule, ...]:
    return (Rule(box.x, box.y, box.right, box.y), Rule(box.x, box.bottom, box.right, box.bottom),
            Rule(box.x, box.y, box.x, box.bottom), Rule(box.right, box.y, box.right, box.bottom))


_INSET = 6                    # from rule to text
_LEADING = 3                  # between the lines of a cell
_HASH_SHOWN = 16              # hexadecimal digits: enough to tell any two charts apart
_WIDE_SPACE = "\u3000"
