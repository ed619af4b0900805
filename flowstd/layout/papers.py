"""Materials and documents in small type: what they are called, in how many lines, how large the paper is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .frame import Frame, SetLine, Strip
from .measure import setter
from .model import Form

if TYPE_CHECKING:
    from flowstd.standard.edition import Edition


class Papers:
    """Makes the papers of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.set = setter(edition)

    def strip(self, form: Form, names: tuple[str, ...], width: int) -> Strip:
        """Paper as it hangs on a symbol of that width; its *y* is still 0."""
        lines = self._set(self.listed(names), form, width)
        return Strip(form, 0, self._height(form, len(lines)), self._stack(form, lines, width))

    def sheet(self, form: Form, names: tuple[str, ...]) -> Frame:
        """Paper as it stands beside a symbol, only as wide as its words."""
        sizes, text = self.edition.symbols.paper, self.edition.symbols.text
        width = sizes.note_width if form == "note" else sizes.width
        while True:
            lines = self._set(names if form == "note" else self.listed(names), form, width)
            if self._height(form, len(lines)) <= 2 * width or width >= self.edition.symbols.step.widest:
                break
            width = width * 4 // 3
        natural = max((self.set.width(line, text.small) for line in lines), default=0) + self._inset(form)
        width = min(width, natural)
        width += width % 2
        return Frame(form, width, self._height(form, len(lines)), self._stack(form, lines, width))

    def listed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names as one text; only the first few, and how many there are."""
        most, words = self.edition.symbols.paper.names, self.edition.words.step
        listed = words.paper_join.join(names[:most])
        return (listed + words.papers_more.format(count=len(names)) if len(names) > most else listed,)

    def _set(self, texts: tuple[str, ...], form: Form, width: int) -> list[str]:
        small = self.edition.symbols.text.small
        return [line for text in texts for line in self.set.lines(text, width - self._inset(form), small)]

    def _inset(self, form: Form) -> int:
        sizes = self.edition.symbols.paper
        return 2 * sizes.side + (sizes.slant if form == "data" else 0)

    def _height(self, form: Form, lines: int) -> int:
        sizes, text = self.edition.symbols.paper, self.edition.symbols.text
        height = lines * (text.small + text.gap) - text.gap + 2 * sizes.above
        height += sizes.foot if form == "document" else 0
        return height + height % 2

    def _stack(self, form: Form, lines: list[str], width: int) -> tuple[SetLine, ...]:
        sizes, text = self.edition.symbols.paper, self.edition.symbols.text
        pitch = text.small + text.gap
        depth = len(lines) * pitch - text.gap
        free = self._height(form, len(lines)) - (sizes.foot if form == "document" else 0) - depth
        first = free / 2 + text.small * (50 + text.raised) / 100
        return tuple([SetLine(line, width // 2, int(first + number * pitch + 0.5), text.small, "aside")
                      for number, line in enumerate(lines)])


@cache
def papers(edition: Edition) -> Papers:
    """The papers of *edition*."""
    return Papers(edition)
