"""Sub-processes of a flow, laid out: the inside of each first, which is then one large box in its lane."""

from __future__ import annotations

from flowstd.layout.model import Corners, Point, Rect

from .aside import PaperPlace, RemarkPlace
from .breaking import INSIDE, broken, height
from .elements import Elements, Paper, Part, Remark, Way
from .geometry import moved
from .layout import Laid, set_out, size_of

INNER = 10                 # px between a sub-process and what is in it
LEAST = 140                # px that the name of a sub-process may take


def set_out_nested(elements: Elements, least: tuple[int, ...], origin: Point) -> Laid:
    """Everything of *elements* with its sub-processes open; arguments as of :func:`set_out`."""
    inner: dict[int, tuple[_Picked, Laid]] = {}
    sizes: dict[int, tuple[int, int]] = {}
    for home in dict.fromkeys(part.home for part in elements.parts if part.home >= 0):
        picked = _Picked(elements, home)
        laid = picked.set_out((0,), {}, Point(0, 0))
        inner[home] = picked, laid
        sizes[home] = size_round(elements.parts[home].name, laid.along, laid.across)
    outer = _Picked(elements, -1)
    laid = outer.set_out(least, sizes, origin)
    whole = _Whole(elements, laid)
    whole.take(outer, laid)
    for home, (picked, held) in inner.items():
        rect = whole.parts[home]
        down = rect.y + INNER + head_of(elements.parts[home].name, rect.w)
        whole.take(picked, _moved(held, rect.x + (rect.w - held.along) // 2, down))
    return whole.laid()


def size_round(name: str, wide: int, tall: int) -> tuple[int, int]:
    """Width and height of an open sub-process with so much in it, in px."""
    whole = max(wide + 2 * INNER, LEAST)
    return whole, tall + 2 * INNER + head_of(name, whole)


def head_of(name: str, wide: int) -> int:
    """The room for the name of an open sub-process so wide, in px."""
    return height(broken(name, wide - 2 * INNER, INSIDE)[0], INSIDE) + 4


def _moved(laid: Laid, dx: int, dy: int) -> Laid:
    """The same, all that is in its lanes elsewhere."""
    def rect(one: Rect) -> Rect:
        return moved(one, dx, dy)

    def line(corners: Corners) -> Corners:
        return tuple([(x + dx, y + dy) for x, y in corners])

    return laid._replace(
        parts=tuple(map(rect, laid.parts)), part_labels=tuple([one and rect(one) for one in laid.part_labels]),
        papers=tuple([PaperPlace(rect(one.rect), rect(one.name), line(one.tie)) for one in laid.papers]),
        remarks=tuple([RemarkPlace(rect(one.rect), line(one.tie)) for one in laid.remarks]),
        ways=tuple(map(line, laid.ways)), way_labels=tuple([one and rect(one) for one in laid.way_labels]))


class _Picked:
    """What stands in one sub-process (or, -1, in none), as elements of their own."""

    def __init__(self, elements: Elements, home: int) -> None:
        self.parts = [number for number, part in enumerate(elements.parts) if part.home == home]
        place = {number: at for at, number in enumerate(self.parts)}
        self.ways = [number for number, way in enumerate(elements.ways) if way.source in place]
        self.papers = [number for number, paper in enumerate(elements.papers) if paper.part in place]
        self.remarks = [number for number, remark in enumerate(elements.remarks) if remark.part in place]
        parts = [elements.parts[number] for number in self.parts]
        self.elements = Elements(
            elements.lanes if home < 0 else ("",),
            tuple(parts if home < 0 else [Part(part.id, part.tag, part.name, 0, *part[4:]) for part in parts]),
            tuple([Way(way.id, place[way.source], place[way.target], *way[3:])
                   for way in map(elements.ways.__getitem__, self.ways)]),
            tuple([Paper(paper.id, place[paper.part], *paper[2:])
                   for paper in map(elements.papers.__getitem__, self.papers)]),
            tuple([Remark(remark.id, place[remark.part], remark.text)
                   for remark in map(elements.remarks.__getitem__, self.remarks)]))

    def set_out(self, least: tuple[int, ...], sizes: dict[int, tuple[int, int]], origin: Point) -> Laid:
        known = [sizes.get(number) or size_of(part.tag, part.name)
                 for number, part in zip(self.parts, self.elements.parts, strict=True)]
        return set_out(self.elements, least, known, origin)


class _Whole:
    """The places of all, put together."""

    def __init__(self, elements: Elements, outer: Laid) -> None:
        self.elements, self.outer = elements, outer
        self.parts: dict[int, Rect] = {}
        self.part_labels: dict[int, Rect | None] = {}
        self.papers: dict[int, PaperPlace] = {}
        self.remarks: dict[int, RemarkPlace] = {}
        self.ways: dict[int, Corners] = {}
        self.way_labels: dict[int, Rect | None] = {}

    def take(self, picked: _Picked, laid: Laid) -> None:
        """What was picked, where it was laid."""
        self.parts.update(zip(picked.parts, laid.parts, strict=True))
        self.part_labels.update(zip(picked.parts, laid.part_labels, strict=True))
        self.papers.update(zip(picked.papers, laid.papers, strict=True))
        self.remarks.update(zip(picked.remarks, laid.remarks, strict=True))
        self.ways.update(zip(picked.ways, laid.ways, strict=True))
        self.way_labels.update(zip(picked.ways, laid.way_labels, strict=True))

    def laid(self) -> Laid:
        every, outer = range(len(self.elements.parts)), self.outer
        ways = range(len(self.elements.ways))
        return Laid(
            outer.across, outer.along, outer.lanes,
            tuple(map(self.parts.__getitem__, every)), tuple(map(self.part_labels.__getitem__, every)),
            tuple(map(self.papers.__getitem__, range(len(self.elements.papers)))),
            tuple(map(self.remarks.__getitem__, range(len(self.elements.remarks)))),
            tuple(map(self.ways.__getitem__, ways)), tuple(map(self.way_labels.__getitem__, ways)))
