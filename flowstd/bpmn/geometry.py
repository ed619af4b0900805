"""Where the things of one diagram go: what the layout says and the file is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flowstd.layout.model import Point, Rect

Points = tuple[Point, ...]
FURTHEST, STEP = 240, 8    # px from a thing in which its name is looked for, and between two places


@dataclass
class Geometry:
    """Where everything goes, by id; px from the top left corner."""

    shapes: dict[str, Rect] = field(default_factory=dict)
    names: dict[str, Rect] = field(default_factory=dict)          # of shapes and lines
    lines: dict[str, Points] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)                 # sub-processes whose inside is drawn
    upright: set[str] = field(default_factory=set)                # pools and lanes with their heads on top
    width: int = 0
    height: int = 0

    def moved(self, dx: int, dy: int) -> Geometry:
        """The same, elsewhere."""
        return Geometry({key: moved(rect, dx, dy) for key, rect in self.shapes.items()},
                        {key: moved(rect, dx, dy) for key, rect in self.names.items()},
                        {key: tuple(Point(x + dx, y + dy) for x, y in points) for key, points in self.lines.items()},
                        self.opened, self.upright, self.width, self.height)

    def without(self, keys: set[str]) -> Geometry:
        """The same but for the shapes and lines with these ids."""
        return Geometry({key: rect for key, rect in self.shapes.items() if key not in keys},
                        {key: rect for key, rect in self.names.items() if key not in keys},
                        {key: points for key, points in self.lines.items() if key not in keys},
                        self.opened, self.upright, self.width, self.height)

    def copy(self) -> Geometry:
        """The same, so that what is taken into it is not in this one."""
        return Geometry(dict(self.shapes), dict(self.names), dict(self.lines), set(self.opened), set(self.upright),
                        self.width, self.height)

    def take(self, other: Geometry) -> None:
        """Everything of *other* as well."""
        self.shapes.update(other.shapes)
        self.names.update(other.names)
        self.lines.update(other.lines)
        self.opened |= other.opened
        self.upright |= other.upright


def turned(rect: Rect) -> Rect:
    """The same rectangle where what went right goes down."""
    return Rect(rect.y, rect.x, rect.h, rect.w)


def around(a: Point, b: Point) -> Rect:
    """The rectangle between two points."""
    return Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))


def meet(a: Rect, b: Rect, off: int) -> bool:
    """Whether two rectangles are nearer than *off* px to each other; 0: whether they share more than a border."""
    ax, ay, aw, ah = a
    bx, by, bw, bh = b
    return bx - off < ax + aw and ax < bx + bw + off and by - off < ay + ah and ay < by + bh + off


def moved(rect: Rect, dx: int, dy: int) -> Rect:
    """The same rectangle, elsewhere."""
    return Rect(rect.x + dx, rect.y + dy, rect.w, rect.h)


def round_all(rects: Iterable[Rect], off: int) -> Rect:
    """The rectangle so far round all of *rects*."""
    held = tuple(rects)
    x, y = min(rect.x for rect in held) - off, min(rect.y for rect in held) - off
    return Rect(x, y, max(rect.right for rect in held) + off - x, max(rect.bottom for rect in held) + off - y)


def rings(rect: Rect, wide: int, tall: int) -> Iterator[Rect]:
    """Places for a name all round a shape or stretch of a line, near ones first."""
    for off in range(4, FURTHEST, STEP):
        for left in range(rect.x - off - wide, rect.right + off + 1, STEP):
            yield Rect(left, rect.bottom + off, wide, tall)
            yield Rect(left, rect.y - off - tall, wide, tall)
        for top in range(rect.y - off - tall, rect.bottom + off + 1, STEP):
            yield Rect(rect.right + off, top, wide, tall)
            yield Rect(rect.x - off - wide, top, wide, tall)


def straight(points: Iterable[Point]) -> Points:
    """The same line without points that change nothing."""
    out: list[Point] = []
    for point in points:
        if out and out[-1] == point:
            continue
        if len(out) > 1 and (out[-2].x == out[-1].x == point.x or out[-2].y == out[-1].y == point.y):
            out[-1] = point
        else:
            out.append(point)
    return tuple(out)
