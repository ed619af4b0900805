"""Heads of lanes: level above columns, upright before rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .frames import frames
from .measure import clean
from .model import Band, Rect, TextLine

if TYPE_CHECKING:
    from flowstd.ir.model import Flow
    from flowstd.standard.edition import Edition, TextSizes

    from .model import Direction


class Named(Protocol):
    """A lane, of a flow or drawn."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


class Heads(NamedTuple):
    """The names of all lanes in lines, and the depth that all heads share, px."""

    lines: tuple[tuple[str, ...], ...]
    depth: int


def lane_least(flow: Flow, direction: Direction, rules: Edition) -> tuple[int, ...]:
    """The least size of each lane across the flow: its head must hold its name."""
    sizes, text = rules.symbols.lane, rules.symbols.text
    if direction == "right":
        heads = _upright(tuple(lane.name for lane in flow.lanes), rules)
        return tuple([_stack_depth(len(lines), text) + 2 * sizes.side for lines in heads.lines])
    size, side, least, most, width = text.size, sizes.side, sizes.least, sizes.ordinary, frames(rules).set.width
    return tuple([max(least, min(width(clean(lane.name), size) + 2 * side, most)) for lane in flow.lanes])


def heads(lanes: Sequence[Named], direction: Direction, rules: Edition, spans: Sequence[tuple[int, int]]) -> Heads:
    """The heads of lanes that reach from, to across the flow."""
    names = tuple(lane.name for lane in lanes)
    return _upright(names, rules) if direction == "right" else _level(names, rules, spans)


def bands(lanes: Sequence[Named], direction: Direction, rules: Edition, spans: Sequence[tuple[int, int]], found: Heads,
          along: int) -> tuple[Band, ...]:
    """Every lane as its strip of *along* px and its head."""
    text, base = rules.symbols.text, frames(rules).base
    size, pitch = text.size, text.size + text.gap
    depth, drawn = found.depth, []
    for lane, (start, end), lines in zip(lanes, spans, found.lines, strict=True):
        if direction == "down":
            whole, head = Rect(start, 0, end - start, along), Rect(start, 0, end - start, depth)
        else:
            whole, head = Rect(0, start, along, end - start), Rect(0, start, depth, end - start)
        x, y, wide, high = head
        top = y + (high - _stack_depth(len(lines), text)) / 2
        texts = tuple([TextLine(line, x + wide // 2, base(top + number * pitch, size), size)
                       for number, line in enumerate(lines)])
        drawn.append(Band(lane.id, lane.name, whole, head, texts))
    return tuple(drawn)


def _level(names: tuple[str, ...], rules: Edition, spans: Sequence[tuple[int, int]]) -> Heads:
    sizes, text, set_ = rules.symbols.lane, rules.symbols.text, frames(rules).set
    size, side = text.size, sizes.side
    lines = tuple([set_.lines(name, max(size, end - start - 2 * side), size)
                   for name, (start, end) in zip(names, spans, strict=True)])
    return Heads(lines, max(sizes.head, _stack_depth(max(map(len, lines)), text) + 2 * side))


def _upright(names: tuple[str, ...], rules: Edition) -> Heads:
    """One Chinese character a line where all names allow it, level lines in a broader head where not."""
    sizes = rules.symbols.lane
    if all(len(name) <= sizes.upright and all("一" <= letter <= "鿿" for letter in name) for name in names):
        return Heads(tuple(tuple(name) for name in names), sizes.head_right)
    set_ = frames(rules).set
    room = sizes.head_right_wide - 2 * sizes.side
    return Heads(tuple(set_.lines(name, room, rules.symbols.text.size) for name in names), sizes.head_right_wide)


def _stack_depth(lines: int, text: TextSizes) -> int:
    return max(0, lines * (text.size + text.gap) - text.gap)
