"""One sheet of a workbook as rows of text: numbers and dates as people read them, what cannot be read as faults."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from sys import getsizeof

from flowstd.base.errors import BadSource
from flowstd.base.text import Text
from flowstd.base.where import Where

from .xml import events

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST = 32_767                # characters of one cell: more than Excel allows
MOST_HELD = 72 << 20            # bytes of memory for the cells of one workbook
CELL = 96                       # bytes that a cell takes besides its text
EXACT = 10 ** 15                # whole numbers from here on have lost digits in Excel

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


@dataclass
class Budget:
    """How much one workbook may still take in memory."""

    file: str
    held: int = 0

    def spend(self, size: int) -> None:
        """Raise BadSource when the workbook has more than we hold."""
        self.held += size
        if self.held > MOST_HELD:
            raise BadSource(Text("工作簿的内容太多，一次读不下", "the workbook holds more than can be read at once"),
                            where=Where(self.file), fix=Text("按部门分成几个文件", "divide it by department"))


@dataclass
class Cells:
    """The filled cells of one sheet: row → column → text, both from 1."""

    file: str
    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    faults: dict[tuple[int, int], Text] = field(default_factory=dict)      # cells whose value cannot be known
    formulas: list[str] = field(default_factory=list)                      # cells whose value a formula left behind

    def where(self, row: int, column: int) -> Where:
        """The place of a cell."""
        return Where(self.file, sheet=self.name, cell=f"{letters(column)}{row}")


@dataclass(frozen=True)
class Styles:
    """Which cell formats show dates, and from when days are counted."""

    dates: Sequence[bool] = ()
    first_1904: bool = False

    def is_date(self, style: str) -> bool:
        """Whether the format number *style* shows a date."""
        return style.isdigit() and len(style) < 7 and int(style) < len(self.dates) and self.dates[int(style)]


def letters(column: int) -> str:
    """The name of a column.

    >>> letters(1), letters(28), letters(16384)
    ('A', 'AB', 'XFD')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as ``B12``; None when there is no such cell.

    >>> place_of("B12"), place_of("XFE1")
    ((12, 2), None)
    """
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def plain(text: str) -> str:
    """Cell text with Excel's escapes resolved.

    >>> plain("a_x000D_b_x005F_x0041_")
    'a\\rb_x0041_'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def number_text(value: str) -> str | None:
    """A number as a person would type it; None when Excel has lost some of its digits.

    >>> number_text("511602000000"), number_text("0.10000000000000001"), number_text("5.0"), number_text("1E+20")
    ('511602000000', '0.1', '5', None)
    """
    number = float(value)
    if number != number or abs(number) >= EXACT:
        return None
    return str(int(number)) if number == int(number) else repr(number)


def date_text(value: str, *, first_1904: bool = False) -> str | None:
    """The day that a serial number stands for, with its time when it has one; None when it is no day of ours.

    >>> date_text("46053"), date_text("46053.5")
    ('2026-01-31', '2026-01-31 12:00')
    """
    days = float(value)
    if not 1 <= days < 2_958_466:
        return None
    first = datetime(1904, 1, 1) if first_1904 else datetime(1899, 12, 30)
    day = first + timedelta(seconds=round(days * 86_400))
    return f"{day:%Y-%m-%d}" if day.hour == day.minute == day.second == 0 else f"{day:%Y-%m-%d %H:%M}"


class Pieces:
    """One text as it comes in pieces; of one that is too long, only enough is kept to say so."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, piece: str) -> None:
        """One more piece."""
        if self.length <= LONGEST:
            self.pieces.append(piece)
            self.length += len(piece)

    def take(self) -> str:
        """The whole text; the next one begins."""
        text = "".join(self.pieces)[:LONGEST + 1]
        self.pieces.clear()
        self.length = 0
        return text


def read_texts(chunks: Iterable[bytes], part: str, budget: Budget) -> list[str]:
    """The shared texts of a workbook; readings of Chinese letters are left out."""
    texts: list[str] = []
    pieces = Pieces()
    inside = aside = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside, aside
        inside += name == "t"
        aside += name == "rPh"

    def end(name: str) -> None:
        nonlocal inside, aside
        inside -= name == "t"
        aside -= name == "rPh"
        if name == "si":
            text = plain(pieces.take())
            budget.spend(getsizeof(text) + 8)
            texts.append(text)

    def words(text: str) -> None:
        if inside and not aside:
            pieces.add(text)

    events(chunks, part, budget.file, start, end, words)
    return texts


def read_styles(chunks: Iterable[bytes], part: str, file: str, *, first_1904: bool) -> Styles:
    """Which cell formats are dates."""
    custom: dict[str, bool] = {}
    dates: list[bool] = []
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if name == "numFmt" and len(custom) < 10_000:
            custom[attributes.get("numFmtId", "")] = _shows_date(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside and len(dates) < 70_000:
            number = attributes.get("numFmtId", "0")
            dates.append(custom.get(number, number.isdigit() and len(number) < 4 and int(number) in _DATES))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    events(chunks, part, file, start, end)
    return Styles(tuple(dates), first_1904)


def _shows_date(code: str) -> bool:
    bare = _NOT_DATE.sub("", code).lower()
    return any(sign in bare for sign in ("y", "d", "年", "日")) and "general" not in bare


class CellReader:
    """Takes the events of one sheet and keeps its filled cells."""

    def __init__(self, sheet: Cells, texts: Sequence[str], styles: Styles, budget: Budget) -> None:
        self.sheet, self.texts, self.styles, self.budget = sheet, texts, styles, budget
        self.row = self.column = 0
        self.kind = self.style = self.given = ""
        self.formula = False
        self.linked = False
        self.value = Pieces()
        self.inside = ""                      # "v", "t" or "f": what the words belong to
        self.aside = 0
        self.merged: list[tuple[int, int, int]] = []      # first row, last row, first column

    def read(self, chunks: Iterable[bytes], part: str) -> None:
        """Read the whole part. Raises BadSource."""
        events(chunks, part, self.sheet.file, self.start, self.end, self.words)
        self._spread()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._open(attributes)
        elif name == "row":
            given = attributes.get("r", "")
            self.row = int(given) if given.isdigit() and len(given) < 8 else self.row + 1
            self.column, self.given = 0, ""
            if not 1 <= self.row <= LAST_ROW:
                raise self._odd(given)
        elif name in ("v", "t"):
            self.inside = name
        elif name == "f":
            self.inside, self.formula = name, True
        elif name == "rPh":
            self.aside += 1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "c":
            self._close()
        elif name in ("v", "t", "f"):
            self.inside = ""
        elif name == "rPh":
            self.aside -= 1

    def words(self, text: str) -> None:
        """A piece of text."""
        if self.inside == "f":
            self.linked = self.linked or "[" in text
        elif self.inside and not self.aside:
            self.value.add(text)

    # ---- one cell

    def _open(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r", "")
        if not given:
            self._stand()
            self.column += 1
        self.given = given
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.formula = self.linked = False
        self.inside = ""

    def _close(self) -> None:
        raw = self.value.take() if self.value.length else ""
        if not raw and not self.formula:
            return
        self._stand()
        self.budget.spend(CELL)
        place = (self.row, self.column)
        if not raw and self.kind not in ("str", "inlineStr", "s"):
            self._fault(place, Text("公式没有算出的值", "the formula has no computed value"))
            return
        text, fault = self._text(raw)
        if fault is not None:
            self._fault(place, fault)
        elif text:
            if self.formula and len(self.sheet.formulas) < 1_000:
                self.sheet.formulas.append(self._reference() + ("*" if self.linked else ""))
            self.sheet.rows.setdefault(self.row, {})[self.column] = text

    def _stand(self) -> None:
        """Find out where the cell is; few of the cells that are empty are ever asked."""
        if self.given:
            place = place_of(self.given)
            if place is None:
                raise self._odd(self.given)
            self.row, self.column = place
            self.given = ""
        elif self.column > LAST_COLUMN or not self.row:
            raise self._odd(letters(self.column))

    def _text(self, raw: str) -> tuple[str, Text | None]:
        if self.kind == "s":
            if not raw.isdigit() or len(raw) > 9 or int(raw) >= len(self.texts):
                raise self._odd(self._reference())
            return self._short(self.texts[int(raw)])
        if self.kind in ("str", "inlineStr"):
            text = plain(raw)
            self.budget.spend(getsizeof(text))
            return self._short(text)
        if self.kind == "b":
            return "是" if raw == "1" else "否", None
        if self.kind == "e":
            return "", Text(f"公式出错：{raw[:20]}", f"the formula failed: {raw[:20]}")
        if self.kind == "d":
            day, _, time = raw.partition("T")
            return day if time.rstrip("Z") in ("", "00:00:00", "00:00:00.000") else f"{day} {time[:5]}", None
        return self._number(raw)

    def _short(self, text: str) -> tuple[str, Text | None]:
        if len(text) > LONGEST:
            return "", Text(f"内容超过 {LONGEST} 个字符", f"holds more than {LONGEST} characters")
        return text, None

    def _number(self, raw: str) -> tuple[str, Text | None]:
        try:
            dated = date_text(raw, first_1904=self.styles.first_1904) if self.styles.is_date(self.style) else None
            text = dated or number_text(raw)
        except (ValueError, OverflowError):
            raise self._odd(self._reference()) from None
        if text is None:
            return "", Text("数字太长，Excel 已丢失末尾几位", "the number is too long: Excel has lost its last digits")
        return text, None

    def _fault(self, place: tuple[int, int], fault: Text) -> None:
        self.budget.spend(2 * CELL)
        self.sheet.faults[place] = fault
        self.sheet.rows.setdefault(place[0], {})

    # ---- merged cells

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = place_of(first), place_of(last or first)
        if start is None or stop is None:
            raise self._odd(reference)
        if stop[0] > start[0]:
            self.budget.spend(CELL)
            self.merged.append((start[0], stop[0], start[1]))

    def _spread(self) -> None:
        """What stands in cells merged downwards is said of each of their rows that holds anything else."""
        rows = self.sheet.rows
        numbers = sorted(rows) if self.merged else []
        for first, last, column in self.merged:
            value = rows.get(first, {}).get(column)
            if value is None:
                continue
            for number in numbers[bisect_right(numbers, first):bisect_left(numbers, last + 1)]:
                self.budget.spend(CELL)
                rows[number].setdefault(column, value)

    def _reference(self) -> str:
        return f"{letters(self.column)}{self.row}"

    def _odd(self, reference: str) -> BadSource:
        return BadSource(Text(f"工作表“{self.sheet.name}”里的单元格写法不对：{reference[:20]}",
                              f'a cell of the sheet "{self.sheet.name}" is malformed: {reference[:20]}'),
                         where=Where(self.sheet.file, sheet=self.sheet.name,
                                     cell=self._reference() if self.column else ""),
                         fix=Text("在 Excel 或 WPS 里打开，另存一份", "open it in Excel or WPS and save it anew"))


def shown(references: Collection[str], most: int = 5) -> str:
    """A few of many cells."""
    few = "、".join(list(references)[:most])
    return few + (f" 等 {len(references)} 格" if len(references) > most else "")
