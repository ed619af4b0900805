"""What stands around the chart on a page: title, fields, remarks, legend, foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .frames import Frames, frames
from .measure import clean
from .model import Form, Rect
from .page import Print, Rule, Sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowstd.standard.edition import Edition, TypeSizes

    from .elements import Field
    from .model import Drawing


class Block(NamedTuple):
    """Type and lines of one part of a page, from its own top left corner; *height* in px."""

    height: int = 0
    prints: tuple[Print, ...] = ()
    rules: tuple[Rule, ...] = ()
    boxes: tuple[Rect, ...] = ()
    samples: tuple[Sample, ...] = ()

    def at(self, x: int, y: int) -> Block:
        """The block with its corner at (x, y)."""
        return Block(
            self.height,
            tuple([p._replace(x=p.x + x, y=p.y + y) for p in self.prints]),
            tuple([Rule(r.x1 + x, r.y1 + y, r.x2 + x, r.y2 + y) for r in self.rules]),
            tuple([Rect(b.x + x, b.y + y, b.w, b.h) for b in self.boxes]),
            tuple([Sample(s.form, Rect(s.rect.x + x, s.rect.y + y, s.rect.w, s.rect.h)) for s in self.samples]))


def stacked(blocks: Iterable[Block], gap: int) -> Block:
    """The blocks that are not empty, one below the other, as one."""
    done, y = Block(), 0
    for block in blocks:
        if block.height:
            y += gap if done.height else 0
            one = block.at(0, y)
            y += block.height
            done = Block(y, done.prints + one.prints, done.rules + one.rules, done.boxes + one.boxes,
                         done.samples + one.samples)
    return done


class Furniture(NamedTuple):
    """Makes the blocks of a page *width* px wide, in one size of type."""

    rules: Edition
    type: TypeSizes
    width: int

    @property
    def frames(self) -> Frames:
        """Measures and sets text."""
        return frames(self.rules)

    def title(self, title: str, illustrative: bool) -> Block:
        """The title in the middle, as large as fits on one line; a long one is broken."""
        set_, word = self.frames.set, self.rules.words.page.illustrative
        stamp = set_.width(word, self.type.field) + 2 * _INSET if illustrative else 0
        room = self.width - 2 * (stamp + _INSET if illustrative else 0)
        sizes = range(self.type.title, self.type.title_least - 1, -2)
        size = next((size for size in sizes if set_.width(title, size) <= room), self.type.title_least)
        pitch = size * 5 // 4
        prints = [Print(line, self.width // 2, self._base((pitch - size) // 2 + number * pitch, size), size, "middle",
                        bold=True) for number, line in enumerate(set_.lines(title, room, size))]
        height = pitch * len(prints)
        if not illustrative:
            return Block(height, tuple(prints))
        box = Rect(self.width - stamp, 0, stamp, self.type.field + _INSET)
        prints.append(Print(word, box.x + stamp // 2, self._base(_INSET // 2, self.type.field), self.type.field, "middle"))
        return Block(height, tuple(prints), _frame(box))

    def table(self, rows: tuple[tuple[Field, ...], ...]) -> Block:
        """The fields of each row, ruled; a row is as high as its longest value."""
        if not rows:
            return Block()
        size, row_height = self.type.field, self.type.row
        head = max(self.frames.set.width(field.name, size) for row in rows for field in row) + 2 * _INSET
        split = self.width * self.type.left // 100
        prints: list[Print] = []
        rules = [Rule(0, 0, self.width, 0)]
        boxes: list[Rect] = []
        top = 0
        for row in rows:
            bounds = (0, split, self.width) if len(row) == 2 else (0, self.width)
            values = [self.frames.set.lines(clean(field.value), end - start - head - 2 * _INSET, size)
                      for field, start, end in zip(row, bounds, bounds[1:], strict=False)]
            height = max(row_height + (len(lines) - 1) * (size + _LEADING) for lines in values)
            for field, lines, x in zip(row, values, bounds, strict=False):
                boxes.append(Rect(x, top, head, height))
                prints += self._cell((field.name,), x + _INSET, top, height)
                prints += self._cell(lines, x + head + _INSET, top, height, field.link)
                rules += [Rule(x, top, x, top + height), Rule(x + head, top, x + head, top + height)]
            top += height
            rules.append(Rule(0, top, self.width, top))
        rules.append(Rule(self.width, 0, self.width, top))
        return Block(top, tuple(prints), tuple(rules), tuple(boxes))

    def paragraph(self, head: str, parts: Iterable[str]) -> Block:
        """Small type: a word and what it introduces."""
        text = _WIDE_SPACE.join(parts)
        if not text:
            return Block()
        size, row = self.type.small, self.type.small_row
        head += self.rules.words.page.colon
        indent = self.frames.set.width(head, size)
        lines = self.frames.set.lines(text, self.width - indent, size)
        base = self._base((row - size) // 2, size)
        return Block(row * len(lines), (Print(head, 0, base, size, soft=True), *(
            Print(line, indent, base + number * row, size, soft=True) for number, line in enumerate(lines))))

    def legend(self, drawing: Drawing) -> Block:
        """A sample of each symbol that the drawing uses, with its meaning; in as many rows as it takes."""
        sizes, size, row, set_ = self.rules.sheet.legend, self.type.small, self.type.small_row, self.frames.set
        used = _forms(drawing)
        head = self.rules.words.page.legend + self.rules.words.page.colon
        high = min(sizes.height, row - 2)
        prints = [Print(head, 0, self._base((row - size) // 2, size), size, soft=True)]
        samples: list[Sample] = []
        left = x = set_.width(head, size)
        y = 0
        for form in self.rules.symbols.form:
            if form.id not in used:
                continue
            wide = sizes.width + sizes.gap + set_.width(form.meaning, size)
            if x + wide > self.width and x > left:
                x, y = left, y + row
            samples.append(Sample(form.id, Rect(x, y + (row - high) // 2, sizes.width, high)))
            prints.append(Print(form.meaning, x + sizes.width + sizes.gap, self._base(y + (row - size) // 2, size), size,
                                soft=True))
            x += wide + sizes.between
        return Block(y + row, tuple(prints), (), (), tuple(samples))

    def foot(self, fingerprint: str, illustrative: bool, page: int, pages: int) -> Block:
        """The last line: the standard, the content hash, the note on illustrative values, the page number."""
        words, fields, size = self.rules.words.page, self.rules.words.field, self.type.small
        parts = [fields.edition + words.colon + words.edition.format(edition=self.rules.name),
                 fields.fingerprint + words.colon + fingerprint[:_HASH_SHOWN]]
        if illustrative:
            parts.append(words.illustrative_note)
        y = self._base((self.type.small_row - size) // 2, size)
        return Block(self.type.small_row, (
            Print(_WIDE_SPACE.join(parts), 0, y, size, soft=True),
            Print(words.number.format(page=page, pages=pages), self.width, y, size, "end", soft=True)))

    def _cell(self, lines: tuple[str, ...], x: int, top: int, height: int, link: str = "") -> list[Print]:
        size = self.type.field
        first = top + (height - len(lines) * (size + _LEADING) + _LEADING) / 2
        return [Print(line, x, self._base(first + number * (size + _LEADING), size), size, link=link)
                for number, line in enumerate(lines)]

    def _base(self, top: float, size: int) -> int:
        return self.frames.base(top, size)


def _forms(drawing: Drawing) -> dict[Form, None]:
    """The symbols that a drawing uses."""
    forms = [symbol.form for symbol in drawing.symbols]
    forms += [paper.form for symbol in drawing.symbols for paper in symbol.papers]
    forms += [aside.form for aside in drawing.asides]
    return dict.fromkeys(forms)


def _frame(box: Rect) -> tuple[Rule, ...]:
    return (Rule(box.x, box.y, box.right, box.y), Rule(box.x, box.bottom, box.right, box.bottom),
            Rule(box.x, box.y, box.x, box.bottom), Rule(box.right, box.y, box.right, box.bottom))


_INSET = 6                    # from rule to text
_LEADING = 3                  # between the lines of a cell
_HASH_SHOWN = 16              # hexadecimal digits: enough to tell any two charts apart
_WIDE_SPACE = "\u3000"
