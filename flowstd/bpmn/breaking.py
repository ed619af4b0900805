"""Where BPMN editors break a name: the rule of bpmn-js, so that room is made for what it will draw.

It cuts a line that is too wide by the share that is too much, less one
character, at a space or hyphen if there is one; Chinese is cut anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flowstd.layout.measure import advance

INSIDE = 12                # px of type in shapes
OUTSIDE = 11               # px of type beside shapes
LEADING = 1.2              # line height, as a share of the type

_LINES = re.compile("\u00ad?\r?\n").split
_PIECES = re.compile("(\\s|-|\u00ad)").split
_SLACK = 1.02              # the reader's font is not ours
_ARIAL = {                 # advances of its capitals, in thousandths of an em: editors draw with it, and they are wide
    "A": 667, "B": 667, "C": 722, "D": 722, "E": 667, "F": 611, "G": 778, "H": 722, "I": 278, "J": 500, "K": 667,
    "L": 556, "M": 833, "N": 722, "O": 778, "P": 667, "Q": 778, "R": 722, "S": 667, "T": 611, "U": 722, "V": 667,
    "W": 944, "X": 667, "Y": 667, "Z": 611, "_": 556,
}


class _Widest(dict[str, int]):
    """The advance of every character in whichever font is wider; found when it is first asked for."""

    def __missing__(self, letter: str) -> int:
        self[letter] = found = max(advance(letter), _ARIAL.get(letter, 0))
        return found


_widest_of = _Widest().__getitem__


def height(lines: int, size: int) -> int:
    """Room of so many lines, in px.

    >>> height(2, 11)
    27
    """
    return -int(-lines * size * LEADING // 1)


def least_room(text: str, lines: int, size: int) -> int:
    """In less room, px, *text* never takes so few lines: what is not white space would fill them.

    >>> least_room("材料是否齐全、符合法定形式？", 2, 11)
    78
    """
    return int(_width("".join(text.split())) * size * _SLACK / 1000 / lines)


@lru_cache(maxsize=20_000)
def broken(text: str, room: int, size: int) -> tuple[int, int]:
    """How many lines *text* takes in *room* px, and how wide the widest is, in px.

    >>> broken("材料是否齐全、符合法定形式？", 90, 11)
    (2, 79)
    """
    waiting = _LINES(text)[::-1]
    count, widest = 0, 0.0
    while waiting:
        line = waiting.pop()
        taken, width = _first_line(line, room, size)
        count += 1
        widest = max(widest, width)
        if len(taken) < len(line):
            waiting.append(line[len(taken):].strip())
    return count, -int(-widest // 1)


def _first_line(line: str, room: int, size: int) -> tuple[str, float]:
    while True:
        width = _width(line.rstrip()) * size * _SLACK / 1000
        if width <= room or len(line) < 2:
            return line, width
        length = max(len(line) * room / width, 1)
        line = _shortened(line, length) or line[:max(int(length - 0.5), 1)]


def _width(text: str) -> int:
    """The width of *text* in whichever font is wider, in thousandths of an em."""
    return sum(map(_widest_of, text))


def _shortened(line: str, length: float) -> str:
    """As many words of *line* as have fewer than *length* characters."""
    pieces = _PIECES(line)
    if len(pieces) == 1:
        return ""
    kept: list[str] = []
    total = 0
    for piece in pieces:
        if not piece:
            break
        if len(piece) + total >= length:
            if piece in ("-", "\u00ad") and kept:
                kept.pop()
            break
        kept.append(piece)
        total += len(piece)
    return "".join(kept)
