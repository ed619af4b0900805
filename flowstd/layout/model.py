"""Drawing: what every back end reads. All lengths are whole px (96 to the inch), y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Direction = Literal["down", "right"]
Form = Literal[
    "terminal",      # GB/T 1526 端点符: stadium
    "process",       # 处理: rectangle
    "decision",      # 判断: diamond
    "predefined",    # 既定处理: rectangle with double side bars
    "parallel",      # 并行方式: two level lines
    "document",      # 文件: rectangle with a wavy foot
    "data",          # 数据: parallelogram
    "note",          # 注解符: open bracket on a dashed line
    "connector",     # 连接符: circle
]


class Point(NamedTuple):
    """A place on the sheet."""

    x: int
    y: int


Corners = tuple[tuple[int, int], ...]      # points that nobody asks for x or y by name: a chart has hundreds


class Rect(NamedTuple):
    """An upright rectangle by its top left corner."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h


class TextLine(NamedTuple):
    """One line of set text: *x* is the middle of the line, or its left edge where anchor is start, *y* its baseline."""

    text: str
    x: int
    y: int
    size: int                        # px
    anchor: Literal["middle", "start"] = "middle"
    role: Literal["name", "term", "label", "aside"] = "name"


class Paper(NamedTuple):
    """Paper that hangs on a symbol and is part of it: materials on its head, documents at its foot."""

    form: Form                       # data or document
    rect: Rect
    lines: tuple[TextLine, ...]


class Symbol(NamedTuple):
    """One node of the flow on the sheet."""

    id: str
    form: Form
    rect: Rect                       # with the papers that hang on it: what lines dock at
    lane: int                        # index of its band; -1: of none, for connectors
    lines: tuple[TextLine, ...]
    papers: tuple[Paper, ...] = ()

    @property
    def body(self) -> Rect:
        """The symbol itself, without its papers."""
        if not self.papers:
            return self.rect
        head = sum(paper.rect.h for paper in self.papers if paper.rect.y == self.rect.y)
        hung = sum(paper.rect.h for paper in self.papers)
        return Rect(self.rect.x, self.rect.y + head, self.rect.w, self.rect.h - hung)


class Aside(NamedTuple):
    """Paper or remark that stands beside a symbol, tied to it by a dashed line."""

    owner: str                       # id of the symbol
    form: Form                       # document, data or note
    rect: Rect
    lines: tuple[TextLine, ...]
    tie: Corners                     # from the symbol to the paper


class Label(NamedTuple):
    """The word at the exit of a decision."""

    rect: Rect
    lines: tuple[TextLine, ...]


class Wire(NamedTuple):
    """One link: a right-angled line from border to border."""

    id: str
    source: str
    target: str
    points: Corners
    back: bool                       # runs against the flow
    label: Label | None = None
    text: str = ""                   # the label's words, unbroken


class Band(NamedTuple):
    """One lane: its whole strip, and the head that carries its name."""

    id: str
    name: str
    rect: Rect
    head: Rect
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A flow laid out; equal flows give equal drawings."""

    title: str
    direction: Direction
    font_px: int                     # size of the text in symbols
    width: int
    height: int
    bands: tuple[Band, ...]
    symbols: tuple[Symbol, ...]
    asides: tuple[Aside, ...]
    wires: tuple[Wire, ...]
