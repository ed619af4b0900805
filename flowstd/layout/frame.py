"""A symbol before it has a place: sizes and set text, from its own top left corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .model import Form, TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

Role = Literal["name", "term", "label", "aside"]


class SetLine(NamedTuple):
    """One line of a frame: *x* is its middle, *y* its baseline."""

    text: str
    x: int
    y: int
    size: int
    role: Role


class Strip(NamedTuple):
    """Paper that hangs on a frame over its whole width, from *y* on."""

    form: Form
    y: int
    height: int
    lines: tuple[SetLine, ...]


class Frame(NamedTuple):
    """A symbol's form, its size in px with all that hangs on it, and its text."""

    form: Form
    width: int
    height: int
    lines: tuple[SetLine, ...]
    strips: tuple[Strip, ...] = ()

    def grown(self, width: int, height: int) -> Frame:
        """The frame in that size: its text stays in the middle, papers stay at its head and foot."""
        aside, below = (width - self.width) // 2, height - self.height
        lines = _moved(self.lines, aside, below // 2)
        strips = tuple(strip._replace(y=strip.y + (below if strip.y else 0), lines=_moved(strip.lines, aside, 0))
                       for strip in self.strips)
        return Frame(self.form, width, height, lines, strips)


def _moved(lines: tuple[SetLine, ...], x: int, y: int) -> tuple[SetLine, ...]:
    return tuple(line._replace(x=line.x + x, y=line.y + y) for line in lines)


def placed(lines: Sequence[SetLine], x: int, y: int) -> tuple[TextLine, ...]:
    """The lines of a frame that stands at (x, y)."""
    return tuple([TextLine(text, x + dx, y + dy, size, "middle", role) for text, dx, dy, size, role in lines])
