"""What stands around the chart on a page: title, fields, legend, foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .frames import frames
from .measure import clean
from .model import Rect
from .page import Print, Rule, Sample

if TYPE_CHECKING:
    from flowstd.item import Item
    from flowstd.standard.edition import Edition

    from .measure import Setter
    from .model import Drawing, Form


class Field(NamedTuple):
    """One element as the page shows it."""

    name: str
    value: str
    link: str = ""


class Block(NamedTuple):
    """Type and lines of one part of a page, from its own top left corner; *height* in px."""

    height: int
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


class Fields(NamedTuple):
    """The fields above the chart and those below it, and whether some are illustrative."""

    above: tuple[Field, ...]
    below: tuple[Field, ...]
    illustrative: bool


def title_of(name: str, scenario: str, rules: Edition) -> str:
    """What the page is headed: the item's name, “办理流程图”, and the scenario in brackets.

    >>> from flowstd.standard.edition import load
    >>> title_of("户外广告设施设置许可", "新办", load())
    '户外广告设施设置许可办理流程图（新办）'
    """
    words = rules.words.title
    if name and not name.endswith(words.ending):
        name = words.chart.format(name=name)
    return (name or words.untitled) + (words.scenario.format(scenario=scenario) if scenario else "")


def fields_of(item: Item | None, rules: Edition) -> Fields:
    """The elements of *item* that the page shows; empty ones are left out."""
    if item is None:
        return Fields((), (), False)
    words, page = rules.words.field, rules.words.page
    doubtful = frozenset(item.illustrative)
    marked = False

    def field(name: str, element: str, value: str, link: str = "") -> Field:
        nonlocal marked
        if value and element in doubtful:
            marked = True
            value += page.illustrative_mark
        return Field(name, value, link)

    above = (
        field(words.code, "code", item.code or item.local_code),
        field(words.item_type, "item_type", item.item_type),
        field(words.authority, "authority", item.authority),
        field(words.version, "version", item.version),
        field(words.statutory, "statutory", item.statutory.zh if item.statutory else ""),
        field(words.promised, "promised", item.promised.zh if item.promised else ""),
    )
    below = (
        field(words.place, "place", item.place),
        field(words.hours, "opening_hours", item.opening_hours),
        field(words.contact, "contact", item.contact),
        field(words.complaint, "complaint", item.complaint),
        field(words.link, "link", item.link, item.link),
        field(words.fee, "fee", item.fee.zh if item.fee else ""),
    )
    return Fields(tuple(f for f in above if f.value), tuple(f for f in below if f.value), marked or bool(doubtful))


def title_block(title: str, illustrative: bool, width: int, rules: Edition) -> Block:
    """The title in the middle, as large as fits on one line; a long one is broken."""
    type_, set_ = rules.sheet.type, frames(rules).set
    words = rules.words.page
    room = width - (2 * (set_.width(words.illustrative, type_.field) + 2 * _INSET) if illustrative else 0)
    size = next((size for size in range(type_.title, type_.title_least - 1, -2) if set_.width(title, size) <= room),
                type_.title_least)
    pitch = size * type_.title_pitch // type_.title
    lines = set_.lines(title, room, size)
    base = frames(rules).base
    prints = [Print(line, width // 2, base((pitch - size) // 2 + number * pitch, size), size, "middle", bold=True)
              for number, line in enumerate(lines)]
    rules_: list[Rule] = []
    if illustrative:                                           # a small stamp in the upper right corner
        wide = set_.width(words.illustrative, type_.field) + 2 * _INSET
        high = type_.field + _INSET
        prints.append(Print(words.illustrative, width - wide // 2, base(_INSET // 2, type_.field), type_.field, "middle"))
        rules_ = _frame(Rect(width - wide, 0, wide, high))
    return Block(pitch * len(lines), tuple(prints), tuple(rules_))


def table(fields: tuple[Field, ...], width: int, rules: Edition) -> Block:
    """The fields two in a row, ruled; a row is as high as its longest value."""
    if not fields:
        return Block(0)
    sheet, set_ = rules.sheet.type, frames(rules).set
    name_wide = max(set_.width(field.name, sheet.field) for field in fields) + 2 * _INSET
    split = width * sheet.left // 100
    columns = ((0, split), (split, width))
    prints: list[Print] = []
    lines: list[Rule] = [Rule(0, 0, width, 0)]
    boxes: list[Rect] = []
    top = 0
    for row in _pairs(fields):
        spans = columns if len(row) == 2 else ((0, width),)
        texts = [_value_lines(field, end - start - name_wide - 2 * _INSET, rules) for field, (start, end)
                 in zip(row, spans, strict=True)]
        high = max(sheet.row + (len(text) - 1) * (sheet.field + _LEADING) for text in texts)
        for field, text, (start, _) in zip(row, texts, spans, strict=True):
            boxes.append(Rect(start, top, name_wide, high))
            prints += _cell((field.name,), start + _INSET, top, high, rules)
            prints += [p._replace(link=field.link) for p in _cell(text, start + name_wide + _INSET, top, high, rules)]
            lines += [Rule(start, top, start, top + high), Rule(start + name_wide, top, start + name_wide, top + high)]
        top += high
        lines.append(Rule(0, top, width, top))
    lines.append(Rule(width, 0, width, top))
    return Block(top, tuple(prints), tuple(lines), tuple(boxes))


def legend(drawing: Drawing, width: int, rules: Edition) -> Block:
    """A sample of each symbol that the drawing uses, with its meaning; in as many rows as it takes."""
    sizes, type_, set_ = rules.sheet.legend, rules.sheet.type, frames(rules).set
    used: set[Form] = {symbol.form for symbol in drawing.symbols} | {aside.form for aside in drawing.asides}
    head = rules.words.page.legend + rules.words.page.colon
    base = frames(rules).base
    prints = [Print(head, 0, base((type_.small_row - type_.small) // 2, type_.small), type_.small, soft=True)]
    samples: list[Sample] = []
    left = x = set_.width(head, type_.small)
    y = 0
    for form in rules.symbols.form:
        if form.id not in used:
            continue
        wide = sizes.width + sizes.gap + set_.width(form.meaning, type_.small)
        if x + wide > width and x > left:
            x, y = left, y + type_.small_row
        samples.append(Sample(form.id, Rect(x, y + (type_.small_row - sizes.height) // 2, sizes.width, sizes.height)))
        prints.append(Print(form.meaning, x + sizes.width + sizes.gap,
                            base(y + (type_.small_row - type_.small) // 2, type_.small), type_.small, soft=True))
        x += wide + sizes.between
    return Block(y + type_.small_row, tuple(prints), (), (), tuple(samples))


def foot(fingerprint: str, illustrative: bool, page: int, pages: int, width: int, rules: Edition) -> Block:
    """The last line: what the chart was drawn to, its content hash, the note on illustrative values, the page number."""
    words, fields, type_ = rules.words.page, rules.words.field, rules.sheet.type
    y = frames(rules).base((type_.small_row - type_.small) // 2, type_.small)
    left = [f"{fields.edition}{words.colon}{words.edition.format(edition=rules.name)}"]
    if fingerprint:
        left.append(f"{fields.fingerprint}{words.colon}{fingerprint[:_HASH_SHOWN]}")
    if illustrative:
        left.append(words.illustrative_note)
    return Block(type_.small_row, (
        Print(_WIDE_SPACE.join(left), 0, y, type_.small, soft=True),
        Print(words.number.format(page=page, pages=pages), width, y, type_.small, "end", soft=True)))


def _value_lines(field: Field, room: int, rules: Edition) -> tuple[str, ...]:
    set_: Setter = frames(rules).set
    return set_.lines(clean(field.value), room, rules.sheet.type.field)


def _cell(lines: tuple[str, ...], x: int, top: int, high: int, rules: Edition) -> list[Print]:
    size = rules.sheet.type.field
    depth = len(lines) * (size + _LEADING) - _LEADING
    first = top + (high - depth) / 2
    return [Print(line, x, frames(rules).base(first + number * (size + _LEADING), size), size)
            for number, line in enumerate(lines)]


def _pairs(fields: tuple[Field, ...]) -> list[tuple[Field, ...]]:
    return [fields[at:at + 2] for at in range(0, len(fields), 2)]


def _frame(box: Rect) -> list[Rule]:
    return [Rule(box.x, box.y, box.right, box.y), Rule(box.x, box.bottom, box.right, box.bottom),
            Rule(box.x, box.y, box.x, box.bottom), Rule(box.right, box.y, box.right, box.bottom)]


_INSET = 6                    # from rule to text
_LEADING = 3                  # between the lines of a cell
_HASH_SHOWN = 16              # hexadecimal digits: enough to tell any two charts apart
_WIDE_SPACE = "\u3000"
