"""What the reader tells the preview: plain values that cross from one process to the other."""

from __future__ import annotations

from typing import Any, NamedTuple

from flowstd.pipeline import DIRECTIONS, DOWN, INTERNAL, THEME, VIEWS

Told = dict[str, Any]              # a finding as the page shows it, see told.py


class Looks(NamedTuple):
    """How a chart is looked at."""

    view: str = INTERNAL
    direction: str = DOWN
    theme: str = THEME

    def known(self, themes: tuple[str, ...]) -> bool:
        """Whether there are such a view and direction, and such a theme among *themes*."""
        return self.view in VIEWS and self.direction in DIRECTIONS and self.theme in (THEME, *themes)


class Entry(NamedTuple):
    """One line of the list: a chart, before it is drawn."""

    id: str                        # the same while its file and its key are
    stamp: str                     # another one as soon as anything that makes the chart is
    title: str
    scenario: str
    code: str
    authority: str
    file: str                      # relative to the folder, with slashes
    line: int


class Source(NamedTuple):
    """A file written by hand: its charts, or why there are none."""

    file: str
    entries: tuple[Entry, ...]
    faults: tuple[Told, ...]


class Listing(NamedTuple):
    """A folder as it is now."""

    title: str
    looks: Looks                   # that the catalogue asks for
    themes: tuple[str, ...]
    sources: tuple[Source, ...]
    rows: tuple[Entry, ...] | None  # of tables; None: as they were
    faults: tuple[Told, ...]       # of flowstd.toml and of tables


NOTHING = Listing("", Looks(), (), (), None, ())


class Drawn(NamedTuple):
    """A chart as the page shows it, or why there is none."""

    pages: tuple[str, ...] = ()    # SVG
    steps: tuple[Told, ...] = ()   # what can be pointed at: its ids in the pages, label, place
    findings: tuple[Told, ...] = ()
    summary: str = ""
    faults: tuple[Told, ...] = ()


class File(NamedTuple):
    """A chart to be kept."""

    name: str
    data: bytes
